"""Measures a national edition: CPU, wall and peak memory per step, and how they grow.

320 invented units × 60 indicators, one edition and ten, in a folder of its own. Median of
`RUNS`; the ten editions once, unless another number is given: bench_riket.py [RUNS [RUNS_TEN]].
Part of `make bench`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from bench import measured, row

from ojbrottsoffer.demo import riket
from ojbrottsoffer.paths import Project
from ojbrottsoffer.quality.checksums import write_checksums

ROOT = Path(__file__).resolve().parents[1]
RUNS, RUNS_TEN = 3, 1
STEPS = (("läsa in, kontrollera, skriva", "data"), ("anteckningsböcker", "anteckningsbocker"),
         ("sidor, filer, sökregister", "webbplats"))


def command(project: Project, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "ojbrottsoffer", "--rot", str(project.root), *arguments]


BUILD = [sys.executable, "-m", "ojbrottsoffer.build"]


def change_a_cell(project: Project, years: list[int]) -> None:
    """One answer of the last year is another: the file, its checksum and its sign-off."""
    import openpyxl

    path = next((project.raw / f"oj-{years[-1]}").glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["Svar"]
    last = next(r for r in range(sheet.max_row, 0, -1) if sheet.cell(r, 4).value is not None)
    no, partly = ("Nej", "Delvis") if isinstance(sheet.cell(last, 4).value, str) else (0, 1)
    cell = next(sheet.cell(last, c) for c in range(4, 64) if sheet.cell(last, c).value in (no, partly))
    cell.value = partly if cell.value == no else no
    book.save(path)
    write_checksums(project)
    riket.sign_off(project, "svar", years[-1])


def edition(project: Project, folder: Path, count: int, runs: int) -> None:
    years = list(range(riket.FIRST_YEAR, riket.FIRST_YEAR + count))
    print(f"\n{count} {'utgåva' if count == 1 else 'utgåvor'} med 320 enheter, median av {runs}", flush=True)
    copy = riket.make_project(project, folder / "projekt", riket.MUNICIPALITIES, years)
    made = folder / "filer"
    riket.import_years(project, copy, made, riket.MUNICIPALITIES, riket.DISTRICTS, years)
    if count == 1:
        bare = riket.make_project(project, folder / "tomt", riket.MUNICIPALITIES, years)
        file, profile = made / f"testsvar-{years[0]}.xlsx", made / f"profil-{years[0]}.yml"
        row("läsa in en fil (importera, utan att skriva, med kontrollerna)", [
            measured(command(bare, "importera", str(file), "--ar", str(years[0]), "--profil", str(profile)), ROOT)
            for _ in range(runs)])
    for name, step in STEPS:
        row(name, [measured(command(copy, "--avskilt", step), ROOT) for _ in range(runs)])
    whole, unchanged = [], []
    for _ in range(runs):
        for part in (".build", "site", "data/clean"):
            shutil.rmtree(copy.root / part, ignore_errors=True)
        whole.append(measured(BUILD, copy.root))
        unchanged.append(measured(BUILD, copy.root))
    row("allt från början (make)", whole)
    row("allt igen, inget ändrat", unchanged)
    changed = []
    for _ in range(runs):
        change_a_cell(copy, years)
        changed.append(measured(BUILD, copy.root))
    row("allt igen, en ändrad cell", changed)


def main(runs: int = RUNS, runs_ten: int = RUNS_TEN) -> None:
    for count, times in ((1, runs), (10, runs_ten)):
        if times:
            with tempfile.TemporaryDirectory() as name:
                edition(Project(ROOT), Path(name), count, times)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
