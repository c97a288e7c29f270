"""Measures a national edition: CPU, wall and peak memory per step, and how they grow.

Invented units × 60 indicators, imported as in `make demo-riket`, in a folder of their own.

1. One edition of 320 units: the import of its file, the three steps, everything from nothing,
   everything again, and after one changed cell.
2. Editions of 80, 160 and 320 units (`--enheter`), and 1, 3 and 10 editions of 320 units
   (`--utgavor`): the three steps, with a line fitted to them: what a unit and an edition cost, and
   how far the measured points are from the line.
3. The last of those again as a whole: everything from nothing, unchanged, one changed cell.

Every figure is the median of `--korningar` (3). Part of `make bench`, where all of it takes more
than an hour on two cores, most of it for the ten editions. Quicker: `--korningar 1 --utgavor 1 3`,
or `--bara-lutning` for part 2 alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import tools.bench.bench_site
from ojbrottsoffer.checks.checksums import write_checksums
from ojbrottsoffer.cli.arguments import Parser
from ojbrottsoffer.project import Project
from tools.bench.measuring import RUNS, Run, measured, row
from tools.nation import delivered_files, demo

ROOT = Path(__file__).resolve().parents[2]
UNITS = demo.MUNICIPALITIES + demo.DISTRICTS
STEPS = {
    "data": "läsa in, kontrollera, skriva",
    "anteckningsbocker": "anteckningsböcker",
    "webbplats": "sidor, filer, sökregister",
}
BUILD = [sys.executable, "-m", "ojbrottsoffer.cli.build"]
WORDS = ("Ja", 2, "Delvis", 1, "Nej", 0)
FIRST = 1 + len(delivered_files.BACKGROUND)
"""Column of the first answer in the invented files."""


def command(project: Project, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "ojbrottsoffer", "--rot", str(project.root), *arguments]


def change_a_cell(project: Project, ar: int, to_ja: bool) -> None:
    """One answer of a year is another: the file, its checksum and its sign-off.

    `to_ja`: a Nej that becomes Ja, with the unit's total, so that places and shares follow; else
    one between Nej and Delvis, that no total counts.
    """
    import openpyxl

    path = next((project.raw / f"oj-{ar}").glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["Svar"]
    last = next(r for r in range(sheet.max_row, 0, -1) if sheet.cell(r, FIRST).value is not None)
    answers = [sheet.cell(last, column) for column in range(FIRST, FIRST + 60)]
    other = {"Nej": "Ja", 0: 2} if to_ja else {"Nej": "Delvis", "Delvis": "Nej", 0: 1, 1: 0}
    cell = next(
        cell for cell in answers if cell.value in other and (not to_ja or _same_share(sheet, cell.column))
    )
    cell.value = other[cell.value]
    if to_ja:
        sheet.cell(last, FIRST + 60).value += 1
    book.save(path)
    write_checksums(project)
    demo.sign_off(project, "svar", ar)


def _same_share(sheet, column: int) -> bool:
    """True if one Ja more leaves the nation's printed share as it is."""
    values = [
        sheet.cell(row, column).value
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, 1).value != "Riket"
    ]
    ja, answered = (sum(value in words for value in values) for words in (WORDS[:2], WORDS))
    return round(100 * ja / answered) == round(100 * (ja + 1) / answered)


def growing(folder: Path, units: int, editions: int) -> Iterator[tuple[Project, int]]:
    """An invented country, each time with one edition more: the project and the latest year."""
    districts = demo.DISTRICTS * units // UNITS
    years = list(range(demo.FIRST_YEAR, demo.FIRST_YEAR + editions))
    copy = demo.make_project(Project(ROOT), folder / "projekt", units - districts, years)
    for ar in demo.import_years(Project(ROOT), copy, folder / "filer", units - districts, districts, years):
        yield copy, ar


def heading(units: int, editions: int) -> None:
    print(f"\n{editions} {'utgåva' if editions == 1 else 'utgåvor'} med {units} enheter", flush=True)


def steps(copy: Project, runs: int) -> dict[str, Run]:
    """Median of each step from nothing, printed and returned."""
    taken: dict[str, list[Run]] = {step: [] for step in STEPS}
    for _ in range(runs):
        for step in STEPS:
            taken[step].append(measured(command(copy, "--avskilt", step), ROOT))
    return {step: row(name, taken[step]) for step, name in STEPS.items()}


def whole(copy: Project, ar: int, runs: int) -> None:
    """The build from nothing, again, and after one changed cell of two kinds."""
    first, again, mild, ja = [], [], [], []
    for _ in range(runs):
        for part in (".build", "site", "data/clean"):
            shutil.rmtree(copy.root / part, ignore_errors=True)
        first.append(measured(BUILD, copy.root))
        again.append(measured(BUILD, copy.root))
        for to_ja, taken in ((False, mild), (True, ja)):
            change_a_cell(copy, ar, to_ja)
            taken.append(measured(BUILD, copy.root))
    row("allt från början (make)", first)
    row("allt igen, inget ändrat", again)
    row("allt igen, ett Nej blev Delvis eller tvärtom", mild)
    row("allt igen, ett Nej blev Ja", ja)


def import_of_a_file(folder: Path, ar: int, runs: int) -> None:
    bare = demo.make_project(Project(ROOT), folder / "tomt", demo.MUNICIPALITIES, [ar])
    file, profile = folder / "filer" / f"testsvar-{ar}.xlsx", folder / "filer" / f"profil-{ar}.yml"
    row(
        "läsa in en fil (importera, utan att skriva, med kontrollerna)",
        [
            measured(command(bare, "importera", str(file), "--ar", str(ar), "--profil", str(profile)), ROOT)
            for _ in range(runs)
        ],
    )


def slope(what: str, unit: str, points: dict[int, dict[str, Run]]) -> None:
    """CPU per step as a line through the points: what one more costs, and how straight it is."""
    if len(points) < 2:
        return
    print(f"\nLutning, CPU: {what} {', '.join(map(str, points))}")
    at = np.array(list(points), dtype=float)
    parts = {name: [run[step].cpu for run in points.values()] for step, name in STEPS.items()}
    parts["tillsammans"] = [sum(run[step].cpu for step in STEPS) for run in points.values()]
    for name, seconds in parts.items():
        each, fixed = np.polyfit(at, seconds, 1)
        away = max(abs(fixed + each * at - seconds) / seconds)
        print(
            f"{name:<30}{' → '.join(f'{s:.1f}' for s in seconds):>30} s   {each:.3f} s per {unit}, "
            f"fast del {fixed:.1f} s, största avvikelse från linjen {100 * away:.0f} %"
        )


def main() -> None:
    parser = Parser(description=__doc__)
    parser.add_argument("--korningar", type=int, default=RUNS, help="varje siffra är medianen av så många")
    parser.add_argument("--enheter", type=int, nargs="+", default=[80, 160, UNITS])
    parser.add_argument("--utgavor", type=int, nargs="+", default=[1, 3, demo.YEARS])
    parser.add_argument("--bara-lutning", action="store_true", help="hoppa över del 1 och 3")
    said = parser.parse_args()
    by_units: dict[int, dict[str, Run]] = {}
    by_editions: dict[int, dict[str, Run]] = {}
    for units in sorted(set(said.enheter) - {UNITS}):
        with tempfile.TemporaryDirectory() as name:
            for copy, _ in growing(Path(name), units, 1):
                heading(units, 1)
                by_units[units] = steps(copy, said.korningar)
    wanted = sorted({1, *said.utgavor})
    with tempfile.TemporaryDirectory() as name:
        for editions, (copy, ar) in enumerate(growing(Path(name), UNITS, wanted[-1]), start=1):
            if editions not in wanted:
                continue
            one, last = editions == 1, editions == wanted[-1]
            heading(UNITS, editions)
            if one and not said.bara_lutning:
                import_of_a_file(Path(name), ar, said.korningar)
            by_editions[editions] = steps(copy, said.korningar)
            if one and not said.bara_lutning:
                print("Delarna av sidsteget:", flush=True)
                tools.bench.bench_site.main(str(copy.root), str(said.korningar))
            if (one or last) and not said.bara_lutning:
                whole(copy, ar, said.korningar)
    slope("enheter", "enhet", by_units | {UNITS: by_editions[1]})
    slope("utgåvor", "utgåva", by_editions)


if __name__ == "__main__":
    main()
