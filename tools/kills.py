"""Kills the writing of an import at random points, many times: `data/` must be the old or the new, never between.

Run as `python -m tools.kills`; the number of rounds may be given (500 otherwise).
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ojbrottsoffer.transaction import finish_files, write_files

NAMES = [f"data/raw/oj-2016/fil-{n}.csv" for n in range(12)] + [
    "data/raw/SHA256SUMS",
    "data/reference/enheter.csv",
]
SIZE = 20_000


def kill_rounds(folder: Path, rounds: int, seed: int) -> Counter:
    """What each killed writing left: `gammalt` or `nytt`. Raises `AssertionError` for anything else."""
    drawn, left = random.Random(seed), Counter()
    longest = _time_of_one(folder / "tid")
    for number in range(rounds):
        root = folder / str(number)
        old = {name: f"gammal {name}".encode() for name in NAMES[-2:]}
        new = {name: bytes([number % 256]) * SIZE for name in NAMES}
        _make(root, old)
        child = os.fork()
        if child == 0:
            write_files(root, new)
            os._exit(0)
        time.sleep(drawn.random() * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        finish_files(root)
        found = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in (root / "data").rglob("*")
            if path.is_file()
        }
        assert found in (old, old | new), f"omgång {number}: {sorted(found)}"
        left["nytt" if found != old else "gammalt"] += 1
    return left


def _make(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def _time_of_one(root: Path) -> float:
    """Seconds that a writing takes when nobody kills it, and some more."""
    _make(root, {name: b"" for name in NAMES[-2:]})
    started = time.perf_counter()
    write_files(root, {name: bytes(SIZE) for name in NAMES})
    return 1.5 * (time.perf_counter() - started)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        print(f"{count} omgångar: {dict(kill_rounds(Path(name), count, seed=1))}")
