"""Digests of files by place and content. Standard library only: `build` must start at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ojbrottsoffer.paths import Project

CHECKING = ("tables", "ingest", "quality")
"""The packages that read and check; what they give depends on no other code of ours than
`COMMON`."""
SHOWING = (*CHECKING, "analysis", "publish")
"""The packages that decide what a page or a file of the site shows."""
COMMON = ("__init__.py", "paths.py", "digest.py")

IGNORED = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def files_below(path: Path) -> Iterator[Path]:
    """The files of a path in a stable order; a missing path has none."""
    if path.is_file():
        yield path
    elif path.is_dir():
        for entry in sorted(path.iterdir(), key=lambda p: p.name):
            if entry.name not in IGNORED:
                yield from files_below(entry)


def folder_digest(folder: Path) -> str:
    """A digest of what a folder holds, wherever it lies; a missing folder has one too."""
    total = hashlib.sha256()
    for path in files_below(folder):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def digest(project: Project, names: tuple[str, ...], settings: tuple[str, ...] = ()) -> str:
    """A digest of the named files' places and contents, and of the settings."""
    total = hashlib.sha256()
    for name in names:
        for path in files_below(project.root / name):
            total.update(project.relative(path).encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    for setting in settings:
        total.update(f"{setting}={os.environ.get(setting, '')}".encode())
    return total.hexdigest()
