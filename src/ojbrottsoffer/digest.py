"""Digests of files by place and content. Standard library only: `make` must start at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ojbrottsoffer.project import Project

IGNORED = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def names_in(folder: Path) -> list[str]:
    """What lies in a folder, in a stable order; a missing folder has nothing."""
    return sorted(set(os.listdir(folder)) - IGNORED) if folder.is_dir() else []


def files_below(path: Path) -> Iterator[Path]:
    """What a path holds that is no folder, in a stable order; a missing path has nothing. A link below it is
    not followed: it is one of the things told, as a pipe is.
    """
    if not path.is_dir():
        if path.exists():
            yield path
    for name in names_in(path):
        below = path / name
        if below.is_dir() and not below.is_symlink():
            yield from files_below(below)
        else:
            yield below


def folder_digest(folder: Path) -> str:
    """A digest of what a folder holds, wherever it lies; a missing folder has one too."""
    total = hashlib.sha256()
    _add(total, folder, folder)
    return total.hexdigest()


def digest(project: Project, names: tuple[str, ...], settings: tuple[str, ...] = ()) -> str:
    """A digest of the named files' places and contents, and of the settings."""
    total = hashlib.sha256()
    for name in names:
        _add(total, project.root / name, project.root)
    for setting in settings:
        total.update(f"{setting}={os.environ.get(setting, '')}\0".encode())
    return total.hexdigest()


def _add(total: hashlib._Hash, path: Path, above: Path) -> None:
    for file in files_below(path):
        total.update(os.fsencode(file.relative_to(above)) + b"\0")
        total.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
