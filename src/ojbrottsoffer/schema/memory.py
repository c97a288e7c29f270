"""What a build remembers of the one before, so that what has not changed is not done again.

What is remembered lies in `.build/minne/` with a digest of everything that decides it: what it was
made of, our code, every installed library and Python itself. If one of them differs it is made
anew. Only `make` remembers: `make check` runs everything, as does a build where `.build/` is gone.
Nothing in the folder is published.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

import pandas as pd

from ojbrottsoffer.digest import CHECKING, COMMON, folder_digest
from ojbrottsoffer.project import Project

T = TypeVar("T")
HEAD = hashlib.sha256().digest_size


def remembered(
    project: Project,
    kind: str,
    name: str,
    about: Callable[[], Iterable[str]],
    make: Callable[[], T],
    keep: Callable[[T], bool] = lambda made: True,
) -> T:
    """`make()`, or what it gave before if nothing that decides it has changed.

    `about`: digests or texts of all that `make` reads; it must depend on nothing else, and what
    it gives may be changed by the caller only if it is asked for once. One thing is remembered
    per `kind` and `name`. What `keep` refuses, and an exception, is not remembered.
    """
    if project.memory is None:
        return make()
    path = project.memory / kind / name
    key = _key(_code(), *about())
    payload = _read(path, key)
    if payload is not None:
        before: T = pickle.loads(payload)
        return before
    made = make()
    if keep(made):
        _write(path, key, pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
    return made


class Kept(Generic[T]):
    """Many small things of a kind, such as the files of every unit: all of them in one file.

    What is not asked for in a build is forgotten when it is saved. `code` names the packages of
    ours that decide what is made.
    """

    def __init__(self, project: Project, kind: str, code: tuple[str, ...]):
        self._path = project.memory and project.memory / kind
        self._code = _key(_code(code)) if self._path else b""
        payload = self._path and _read(self._path, self._code)
        self._before: dict[str, tuple[bytes, T]] = pickle.loads(payload) if payload else {}
        self._now: dict[str, tuple[bytes, T]] = {}
        self._changed = False

    def get(self, name: str, about: Callable[[], Iterable[object]], make: Callable[[], T]) -> T:
        """`make()`, or what it gave before. `about`: all that `make` uses, as values whose `repr`
        says all there is to say of them.
        """
        if not self._path:
            return make()
        key = _key(*about())
        before = self._before.get(name)
        if before is None or before[0] != key:
            before, self._changed = (key, make()), True
        self._now[name] = before
        return before[1]

    def save(self) -> None:
        """Remembers what was asked for until the next build."""
        if self._path and (self._changed or len(self._now) < len(self._before)):
            _write(self._path, self._code, pickle.dumps(self._now, protocol=pickle.HIGHEST_PROTOCOL))


def folder_for(project: Project, kind: str, code: tuple[str, ...]) -> Path | None:
    """A folder for someone else's memory that does not look at our code or the libraries itself: a
    new one, and the old gone, when they have changed. None outside a build.
    """
    if not project.memory:
        return None
    folder = project.memory / kind / _key(_code(code)).hex()[:16]
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def _key(*about: object) -> bytes:
    return hashlib.sha256(repr(about).encode("utf-8", "surrogatepass")).digest()


def _read(path: Path, key: bytes) -> bytes | None:
    """What was written with the same key; None if there is nothing, or it is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    payload = data[2 * HEAD :]
    whole = data[:HEAD] == key and data[HEAD : 2 * HEAD] == hashlib.sha256(payload).digest()
    return payload if whole else None


def _write(path: Path, key: bytes, payload: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(key + hashlib.sha256(payload).digest() + payload)
    os.replace(temporary, path)


@lru_cache(maxsize=4)
def _code(packages: tuple[str, ...] = CHECKING) -> str:
    """A digest of some packages of ours, those that read and check, the libraries and Python."""
    package = Path(__file__).resolve().parents[1]
    libraries = sorted(
        {
            name
            for folder in map(Path, sys.path)
            if folder.is_dir()
            for name in os.listdir(folder)
            if name.endswith((".dist-info", ".egg-info"))
        }
    )
    own = [hashlib.sha256((package / name).read_bytes()).hexdigest() for name in COMMON]
    own += [folder_digest(package / name) for name in packages]
    return repr([sys.version, libraries, own])


def frame_digest(frame: pd.DataFrame) -> str:
    """A digest of the columns, their types and every value; missing is not the same as empty."""
    total = hashlib.sha256()
    for name in frame.columns:
        total.update(
            repr((name, str(frame[name].dtype), frame[name].to_numpy(dtype=object).tolist())).encode()
        )
    return total.hexdigest()


def recalled(project: Project, kind: str, name: str) -> dict[str, T]:
    """What `memorised` was given, by a digest of all that decides each thing; nothing if our code
    that checks, or a library, has changed since.
    """
    payload = project.memory and _read(project.memory / kind / name, _key(_code()))
    return pickle.loads(payload) if payload else {}


def memorised(project: Project, kind: str, name: str, things: dict[str, T]) -> None:
    """Remembers `things` in the place of what `recalled` gave."""
    if project.memory and things.keys() != recalled(project, kind, name).keys():
        _write(
            project.memory / kind / name,
            _key(_code()),
            pickle.dumps(things, protocol=pickle.HIGHEST_PROTOCOL),
        )
