"""Measures the import of 320 units × 60 indicators, wide per file format and long as csv and xlsx: CPU and peak
memory. With a folder as argument: how many questions each of its files raises, how many places of the draft a person
must fill in, and how many characters the lines that answer the questions have. Municipalities of the folder's own
stand in `testkommuner.csv`, `X.facit.csv` is passed by, and a year in a file's name is the one it is read for.

The units are invented. Each run is a process of its own, so that memory is its own; the whole
includes starting Python and loading the libraries. Medians of `RUNS`.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

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
from importforms import AR, Answers, long, save_book  # noqa: E402

from ojbrottsoffer.importer.conversation import draft  # noqa: E402
from ojbrottsoffer.importer.meaning.known_names import KnownNames, load_known_names  # noqa: E402
from ojbrottsoffer.importer.recipes.recipe import ASK, Profile  # noqa: E402
from ojbrottsoffer.importer.understand import read_file  # noqa: E402
from ojbrottsoffer.schema.finding import DataError  # noqa: E402
from tools.bench.measuring import RUNS  # noqa: E402

UNITS = 320
READ = """
import resource, sys
from pathlib import Path
from ojbrottsoffer.importer.recipes.recipe_file import load_profile
from ojbrottsoffer.importer.understand import read_file
from ojbrottsoffer.importer.meaning.known_names import load_known_names
from ojbrottsoffer.project import Project
root, path, profile = sys.argv[1:]
reference = load_known_names(Project(Path(root)))
before = resource.getrusage(resource.RUSAGE_SELF)
reading = read_file(Path(path), path, load_profile(Path(profile)), reference, ar=2016)
after = resource.getrusage(resource.RUSAGE_SELF)
assert reading.complete, reading.errors or reading.questions
# Not ru_maxrss: a new process takes over that of the one that starts it.
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(len(reading.answers), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
      after.ru_utime + after.ru_stime, peak)
"""


def asked(folder: Path) -> None:
    """Prints a line for each file of the folder, read without a recipe."""
    with tempfile.TemporaryDirectory() as name:
        project = make_project(Path(name), 0)
        own = folder / "testkommuner.csv"
        if own.exists():
            with (project.reference / "kommuner.csv").open("a", encoding="utf-8") as register:
                register.write(own.read_text(encoding="utf-8"))
        reference = load_known_names(project)
        for path in sorted(folder.iterdir()):
            if path.is_dir() or path == own or path.name.endswith(".facit.csv"):
                continue
            named = re.search(r"20\d\d", path.stem)
            print(f"{path.name:<32}{_questions(path, int(named[0]) if named else AR, reference)}")


def _questions(path: Path, ar: int, reference: KnownNames) -> str:
    try:
        reading = read_file(path, path.name, Profile(), reference, ar)
    except DataError as error:
        return f"stopp: {error.findings[0].what}"
    places = sum(text.count(f"{ASK!r}") + text.count(f'"{ASK}"') for text in draft(reading).splitlines())
    answers = [yaml.safe_dump(question.draft, allow_unicode=True) for question in reading.questions]
    return (
        f"{len(reading.questions)} frågor, {len(reading.errors)} fel, {places} platser att fylla i utkastet, "
        f"{sum(map(len, answers))} tecken i raderna som svarar"
    )


def main() -> None:
    """Prints one line per format, or one per file of a folder."""
    if len(sys.argv) > 1:
        asked(Path(sys.argv[1]))
        return
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
