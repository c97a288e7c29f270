"""What a build remembers of the one before, so that what has not changed is not done again.

Each thing remembered is a file in `.build/minne/` with a digest of everything that decides it:
what it was made of, our code that reads and checks, every installed library and Python itself.
If one of them differs it is made anew. Only `make` remembers: `make check` runs everything, as
does a build where `.build/` is gone. Nothing in the folder is published.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pandas as pd

from ojbrottsoffer.digest import CHECKING, COMMON, folder_digest
from ojbrottsoffer.paths import Project

T = TypeVar("T")
HEAD = hashlib.sha256().digest_size


def remembered(
    project: Project, kind: str, name: str, about: Callable[[], Iterable[str]], make: Callable[[], T],
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
    key = hashlib.sha256(repr([_code(), *about()]).encode()).digest()
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    payload = data[2 * HEAD:]
    if data[:HEAD] == key and data[HEAD:2 * HEAD] == hashlib.sha256(payload).digest():
        return pickle.loads(payload)
    made = make()
    if keep(made):
        payload = pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{name}.{os.getpid()}")
        temporary.write_bytes(key + hashlib.sha256(payload).digest() + payload)
        os.replace(temporary, path)
    return made


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of our code that reads and checks, the installed libraries and Python."""
    package = Path(__file__).resolve().parents[1]
    libraries = sorted({name for folder in map(Path, sys.path) if folder.is_dir()
                        for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))})
    own = [hashlib.sha256((package / name).read_bytes()).hexdigest() for name in COMMON]
    own += [folder_digest(package / name) for name in CHECKING]
    return repr([sys.version, libraries, own])


def frame_digest(frame: pd.DataFrame) -> str:
    """A digest of the columns, their types and every value; missing is not the same as empty."""
    total = hashlib.sha256()
    for name in frame.columns:
        total.update(repr((name, str(frame[name].dtype), frame[name].to_numpy(dtype=object).tolist())).encode())
    return total.hexdigest()
