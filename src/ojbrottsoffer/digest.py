"""Digests of files by place and content. Standard library only: `build` must start at once."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ojbrottsoffer.project import Project

CHECKING = ("schema", "sources", "importer", "checks")
"""The packages that read and check; what they give depends on no other code of ours than
`COMMON`."""
SHOWING = (*CHECKING, "analysis", "presentation", "notebook", "site")
"""The packages that decide what a page or a file of the site shows."""
COMMON = ("__init__.py", "project.py", "transaction.py", "digest.py")

IGNORED = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def files_below(path: Path) -> Iterator[Path]:
    """The files of a path in a stable order; a missing path has none."""
    yield from map(Path, _names_below(str(path)))


def _names_below(path: str) -> Iterator[str]:
    if os.path.isfile(path):
        yield path
    elif os.path.isdir(path):
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            if entry.name in IGNORED:
                continue
            if entry.is_dir():
                yield from _names_below(entry.path)
            elif entry.is_file():
                yield entry.path


RESTED = 2_000_000_000
"""Nanoseconds since a file was touched, before what it holds is remembered: a change within the tick of
the file system's clock could otherwise go unseen."""
Known = dict[str, tuple[tuple[int, ...], str]]
KNOWN: Known = {}
"""File -> what the file system said of it when it was last read, and the digest of what it held. A
write can't leave all of it as it was: the time of the latest change is not for programs to set."""


def file_digest(path: str) -> bytes:
    """A digest of what a file holds; read again only if the file system says it may have changed."""
    said = os.stat(path)
    about = (said.st_dev, said.st_ino, said.st_size, said.st_mtime_ns, said.st_ctime_ns)
    known = KNOWN.get(path)
    if known and known[0] == about:
        return bytes.fromhex(known[1])
    with open(path, "rb") as file:
        found = hashlib.sha256(file.read())
    if time.time_ns() - max(said.st_mtime_ns, said.st_ctime_ns) > RESTED:
        KNOWN[path] = about, found.hexdigest()
    return found.digest()


def folder_digest(folder: Path) -> str:
    """A digest of what a folder holds, wherever it lies; a missing folder has one too."""
    total, above = hashlib.sha256(), len(str(folder)) + 1
    for path in _names_below(str(folder)):
        total.update(path[above:].encode() + b"\0")
        total.update(file_digest(path))
    return total.hexdigest()


def digest(project: Project, names: tuple[str, ...], settings: tuple[str, ...] = ()) -> str:
    """A digest of the named files' places and contents, and of the settings."""
    total, above = hashlib.sha256(), len(str(project.root)) + 1
    for name in names:
        for path in _names_below(str(project.root / name)):
            total.update(path[above:].encode() + b"\0")
            total.update(file_digest(path))
    for setting in settings:
        total.update(f"{setting}={os.environ.get(setting, '')}".encode())
    return total.hexdigest()
