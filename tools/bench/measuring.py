"""How the benchmarks measure: CPU, wall and peak memory of a command or of some work, and the line
that says the median of several runs.

Memory is said in two ways. The operating system keeps the peak of the largest single process. What
all processes of a command take together is asked for now and then while it runs: the sum of their
proportional shares (PSS), where memory that several use counts once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

RUNS = 3
"""A figure is the median of so many runs."""
EVERY = 0.5
"""Seconds between two looks at how much memory the processes take."""


class Run(NamedTuple):
    """CPU and wall in seconds, memory in MiB: of the largest process, and of all together."""

    cpu: float
    wall: float
    largest: float
    together: float


def measured(command: list[str], folder: Path) -> Run:
    """One command and the processes it starts. Stops if it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    return _followed(process.pid, started, f"{' '.join(command)} i {folder}")


def forked(work: Callable[[], object]) -> Run:
    """Some work in a copy of this process: what the caller has loaded counts as memory, not as CPU."""
    started = time.perf_counter()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    # The copy shares its memory with this process, so a proportional share would be half of it.
    return _followed(pid, started, work.__qualname__, ask=False)


def _followed(pid: int, started: float, what: str, ask: bool = True) -> Run:
    seen, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(EVERY):
            seen.append(sum(map(_share, _family(pid))))

    watcher = threading.Thread(target=watch)
    if ask:
        watcher.start()
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    done.set()
    if ask:
        watcher.join()
    if status:
        raise SystemExit(f"{what} misslyckades")
    largest = used.ru_maxrss / 1024
    return Run(used.ru_utime + used.ru_stime, wall, largest, max(largest, *seen))


def _family(pid: int) -> list[int]:
    """A process and those it has started, as they are now."""
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        for children in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                todo += map(int, children.read_text().split())
            except OSError:  # it has ended
                pass
    return found


def _share(pid: int) -> float:
    """A process's proportional share of the memory, in MiB; 0 where it can't be told."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(column) for column in zip(*runs, strict=True)))


def row(name: str, runs: list[Run], note: str = "") -> Run:
    """Prints the median of some runs and how many they were; returns it."""
    found = median(runs)
    together = f", tillsammans {found.together:.0f}" if found.together > found.largest else ""
    print(
        f"{name:<44}{found.cpu:>8.2f} s CPU{found.wall:>8.2f} s vägg{found.largest:>7.0f} MiB "
        f"största process{together} (median av {len(runs)}){note}",
        flush=True,
    )
    return found
