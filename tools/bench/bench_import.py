"""Measures the import of 320 units × 60 indicators, wide per file format and long as csv and xlsx: CPU and peak
memory. With a folder: how many questions each of its files raises, and how much there is to write.

The units are invented. Each run is a process of its own, so that memory is its own; the whole
includes starting Python and loading the libraries. Medians of `RUNS`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from importfiler import (  # noqa: E402
    FORMATS,
    MARKS,
    File,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    test_units,
)
from importforms import Answers, long, save_book  # noqa: E402

from tools.bench.measuring import RUNS  # noqa: E402

UNITS = 320
READ = """
import resource, sys
from pathlib import Path
from ojbrottsoffer.importer.recipe import load_profile
from ojbrottsoffer.importer.understand import read_file
from ojbrottsoffer.sources.register import load_reference
from ojbrottsoffer.project import Project
root, path, profile = sys.argv[1:]
reference = load_reference(Project(Path(root)))
before = resource.getrusage(resource.RUSAGE_SELF)
reading = read_file(Path(path), path, load_profile(Path(profile)), reference, ar=2016)
after = resource.getrusage(resource.RUSAGE_SELF)
assert reading.complete, reading.errors or reading.questions
# Not ru_maxrss: a new process takes over that of the one that starts it.
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(len(reading.answers), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
      after.ru_utime + after.ru_stime, peak)
"""


def main() -> None:
    """Prints one line per format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = make_project(folder, UNITS)
        units, indicators = test_units(UNITS), indicators_of(project)
        file = File(
            units,
            indicators,
            invented_answers(units, indicators),
            levels=3,
            codes="tal",
            above=2,
            below=2,
            nation=[str(20 + i) for i in range(len(indicators))],
        )
        profile = profile_file(folder, saknas=MARKS)
        made = Answers(units, indicators, invented_answers(units, indicators))
        files = [(f"bred {kind}", file.save(folder, kind)) for kind in FORMATS]
        files += [
            (f"lång {kind}", save_book(folder / f"lang.{kind}", long(made))) for kind in ("csv", "xlsx")
        ]
        for kind, path in files:
            runs = [
                subprocess.run(
                    [sys.executable, "-c", READ, str(project.root), str(path), str(profile)],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout.split()
                for _ in range(RUNS)
            ]
            answers, own, whole, memory = (statistics.median(float(run[n]) for run in runs) for n in range(4))
            print(
                f"import {kind:<5} {answers:.0f} svar{own:>8.2f} s CPU läsning{whole:>8.2f} s CPU totalt"
                f"{memory / 1024:>7.0f} MiB (median av {RUNS}){path.stat().st_size / 1024:>8.0f} kB fil"
            )


if __name__ == "__main__":
    main()
