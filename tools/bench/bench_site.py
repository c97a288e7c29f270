"""Measures the parts of the step `webbplats`: the CPU that each takes by itself, children included.

    bench_site.py PROJECT [RUNS]

PROJECT is the folder of a project whose tables and notebooks are made, such as the one that
`make demo-riket` leaves in `.build/demo-riket/projekt`. Median of `RUNS`, each from nothing. A part's seconds are without those of the parts it
calls. The memory is the peak of the largest process.
"""

from __future__ import annotations

import functools
import importlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tools.bench.measuring import RUNS

PARTS = (
    ("läsa tabeller och granskning", "ojbrottsoffer.site.pages.site_pages:SitePages.load"),
    ("arbetsböcker och CSV per enhet", "ojbrottsoffer.site.downloads.unit_files:all_files"),
    ("det som sätts för papper och delning", "ojbrottsoffer.site.paper.shared_files:all_files"),
    ("bildspel", "ojbrottsoffer.site.slides.unit_slides:all_files"),
    ("datamängdens filer", "ojbrottsoffer.site.downloads.dataset:Dataset.files"),
    ("sidornas innehåll", "ojbrottsoffer.site.pages.rendering:render"),
    ("Markdown", "mkdocs.structure.pages:Page.render"),
    ("ramen runt sidan", "mkdocs.commands.build:_build_page"),
    ("menyn", "mkdocs.commands.build:get_navigation"),
    ("kopiera filer", "mkdocs.structure.files:Files.copy_static_files"),
    ("sökregister", "ojbrottsoffer.site.search_index:make"),
)
"""What it is -> the function that does it."""
REST = "start, import och resten"
PROFILES, INDICATORS, OTHERS = "profiler", "indikatorsidor", "övriga sidor"
KINDS = {"unit/profile.html": PROFILES, "indicator/indicator.html": INDICATORS}
"""The pages' contents are told apart by template."""


class Clock:
    """CPU by part; a part that calls another is stopped meanwhile."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.stack = [REST]
        self.last = self.used()

    @staticmethod
    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    def turn(self) -> None:
        now = self.used()
        self.spent[self.stack[-1]] += now - self.last
        self.last = now

    def enter(self, part: str) -> None:
        self.turn()
        self.stack.append(part)
        self.calls[part] += 1

    def leave(self) -> None:
        self.turn()
        self.stack.pop()

    def timed(self, part: str, function: Callable) -> Callable:
        @functools.wraps(function)
        def run(*arguments, **named):
            name = (
                KINDS.get(arguments[1], OTHERS)
                if function.__name__ == "render" and part == "sidornas innehåll"
                else part
            )
            self.enter(name)
            try:
                found = function(*arguments, **named)
                return iter(list(found)) if function.__name__ == "all_files" else found
            finally:
                self.leave()

        return run


def watch(clock: Clock) -> None:
    """Puts the clock around every part."""
    for part, address in PARTS:
        module, _, path = address.partition(":")
        owner = importlib.import_module(module)
        *way, name = path.split(".")
        for step in way:
            owner = getattr(owner, step)
        found = vars(owner)[name]
        if isinstance(found, functools.cached_property):
            found.func = clock.timed(part, found.func)
        elif isinstance(found, classmethod):
            setattr(owner, name, classmethod(clock.timed(part, found.__func__)))
        else:
            setattr(owner, name, clock.timed(part, found))


def one_run(folder: str) -> None:
    """Builds the site and prints what each part took."""
    clock = Clock()
    from ojbrottsoffer.cli import commands

    watch(clock)
    if commands.main(["--rot", folder, "--avskilt", "webbplats"]):
        raise SystemExit(1)
    clock.turn()
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        json.dumps({"spent": clock.spent, "calls": clock.calls, "all": clock.used(), "memory": memory / 1024})
    )


def main(folder: str, runs: str = str(RUNS)) -> None:
    found = []
    for _ in range(int(runs)):
        out = subprocess.run(
            [sys.executable, __file__, "--en", str(Path(folder).resolve())],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        found.append(json.loads(out.splitlines()[-1]))
    names = sorted(
        {name for one in found for name in one["spent"]},
        key=lambda name: -statistics.median(one["spent"].get(name, 0) for one in found),
    )
    for name in names:
        spent = statistics.median(one["spent"].get(name, 0) for one in found)
        print(f"{name:<40}{found[0]['calls'].get(name, ''):>6}{spent:>9.2f} s CPU")
    whole, memory = (statistics.median(one[name] for one in found) for name in ("all", "memory"))
    print(f"{'allt':<46}{whole:>9.2f} s CPU{memory:>7.0f} MiB största process (median av {len(found)})")


if __name__ == "__main__":
    one_run(sys.argv[2]) if sys.argv[1] == "--en" else main(*sys.argv[1:])
