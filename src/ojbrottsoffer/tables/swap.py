"""Replaces a published folder in one step, so that a reader sees the old or the new, never half.

Linux can exchange two names atomically (`renameat2` with `RENAME_EXCHANGE`, Linux 3.15).
Where that is not available two renames are used; `recover` finishes them if the power went
between the two.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def fresh(target: Path) -> Path:
    """An empty folder beside `target` to build the next version in."""
    recover(target)
    new = _new(target)
    new.mkdir(parents=True)
    return new


def publish(target: Path) -> None:
    """Puts what was built in `fresh(target)` in the place of `target`."""
    new, old = _new(target), _old(target)
    if not target.exists():
        new.rename(target)
    elif _exchange(new, target):
        shutil.rmtree(new)
    else:
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old)


def recover(target: Path) -> None:
    """Cleans up after an interrupted build: `target` is the old version or the new."""
    new, old = _new(target), _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _new(target: Path) -> Path:
    return target.with_name(f".{target.name}.ny")


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.gammal")


def _exchange(a: Path, b: Path) -> bool:
    """Swaps two names atomically; False where the system can't."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE)
    return done == 0
