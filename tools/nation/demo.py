"""`make demo-riket`: ten invented years of 320 invented units, through the front door.

A copy of the project in `.build/demo-riket/` gets an invented register; Excel files are made,
imported with `importera`, signed off, and the whole site is built there. The copy
carries a mark that every page shows. Nothing is written anywhere else.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from ojbrottsoffer.checks.editions import signoff
from ojbrottsoffer.cli import build
from ojbrottsoffer.cli.arguments import Parser
from ojbrottsoffer.cli.imports import import_file
from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.importer.accepted.accept import folder_name
from ojbrottsoffer.project import Project, find_project
from ojbrottsoffer.schema.csv_tables import read_csv
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated import decisions
from ojbrottsoffer.sources.origins import read_origins
from ojbrottsoffer.sources.reference.register import COLUMNS, load_reference, unit_id
from tools.nation import delivered_files, invented

SOURCES = (
    "data",
    "expectations",
    "notebooks",
    "docs",
    "theme",
    "src",
    "mkdocs.yml",
    "requirements.lock",
    "CHANGELOG.md",
    "CITATION.cff",
)
BASE_YEAR = 2015
FIRST_YEAR = 2031
MUNICIPALITIES, DISTRICTS, YEARS = 290, 30, 10
REWORDED_IN = 5
"""The number of years after which a question is worded anew, to show a break."""
RANKED_EVERY = 3
"""Years between two of the other ranking."""
MARK = (
    "Testkommunerna finns inte, och svaren för {} är slumpade. Sidorna visar hur verktyget bär "
    "ett helt land och ska inte spridas."
)
REVIEWER = ("Demonstrationen", "Påhittade uppgifter, godkända för att visas här")


def make_project(project: Project, folder: Path, municipalities: int, years: list[int]) -> Project:
    """A copy of the project in an empty folder, with the invented register and the mark."""
    for name in SOURCES:
        source, target = project.root / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "clean"))
        else:
            shutil.copy(source, target)
    copy = Project(folder)
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    copy.synthetic_mark.write_text(MARK.format(span) + "\n", encoding="utf-8")
    write_register(copy, invented.register(municipalities))
    return copy


def write_register(copy: Project, places: list[invented.Place]) -> None:
    """The invented municipalities, and those real ones that any source has a figure of."""
    path = copy.reference / "kommuner.csv"
    named = _named_municipalities(copy)
    with path.open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    kept = [row for row in real if row["kommunkod"] in named or unit_id(row["kommun"]) in named]
    # The register is refused with fewer rows than the country has municipalities.
    kept += [row for row in real if row not in kept][: max(0, len(real) - len(kept) - len(places))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS["kommuner"], lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *(vars(place) for place in places)])


def _named_municipalities(copy: Project) -> set[str]:
    """Codes of the listed units, and every name in the raw files, as ids."""
    with (copy.reference / "enheter.csv").open(encoding="utf-8", newline="") as file:
        found = {row["kommunkod"] for row in csv.DictReader(file)}
    for path in copy.raw.glob("*/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {unit_id(cell) for row in csv.reader(file) for cell in row}
    return found


def import_years(
    published: Project, copy: Project, made: Path, municipalities: int, districts: int, years: list[int]
) -> Iterator[int]:
    """Makes the files and brings them in one by one, each reviewed and signed off. Gives each year
    when it is in, so that a caller can look at the project as it grows.
    """
    reference = load_reference(copy)
    edition = reference.edition(BASE_YEAR)
    names = dict(zip(reference.omraden["omrade_id"], reference.omraden["omrade"], strict=True))
    headings = [
        (row.indikator, names[row.indikatoromrade_id], names[reference.parent_area[row.indikatoromrade_id]])
        for row in edition.itertuples()
    ]
    units = invented.units_of(invented.register(municipalities), districts)
    made.mkdir(parents=True, exist_ok=True)
    drawn = invented.answers(units, _shares(published, list(edition.index)), years)
    for number, year in enumerate(drawn):
        reworded = {}
        if number == REWORDED_IN:
            label = headings[0][0]
            headings[0] = (delivered_files.REWORDED.format(label.lower()), *headings[0][1:])
            reworded = {headings[0][0]: {"id": edition.index[0], "samband": "omformulerad"}}
        elif number > REWORDED_IN:
            reworded = {headings[0][0]: edition.index[0]}
        table, profile = made / f"testsvar-{year.ar}.xlsx", made / f"profil-{year.ar}.yml"
        tall = number % 2 == 1
        delivered_files.answer_file(table, year, units, headings, tall=tall)
        delivered_files.profile_file(
            profile, year.ar, _new_districts(units, year, copy), reworded, numbers=tall
        )
        _bring_in(copy, table, year.ar, "svar", profile)
        if number % RANKED_EVERY == 0:
            ranking = made / f"testrankning-{year.ar}.xlsx"
            profile = made / f"profil-rankning-{year.ar}.yml"
            delivered_files.ranking_file(ranking, year, units)
            delivered_files.profile_file(profile, year.ar, [], {})
            _bring_in(copy, ranking, year.ar, "rankning", profile)
        yield year.ar


def _new_districts(units: list[invented.Unit], year: invented.Answers, copy: Project) -> list[invented.Unit]:
    known = set(load_reference(copy).enheter["enhet_id"])
    return [
        unit for unit in units if unit.district and unit.label in year.codes and unit.enhet_id not in known
    ]


def _shares(published: Project, indicators: list[str]) -> list[float]:
    """The nation's shares of the printed table, to draw answers with like margins."""
    rows = read_csv(published.clean / "riket.csv", TABLES["riket"])
    rows = rows[(rows["ar"] == BASE_YEAR) & (rows["delmangd"] == "alla")]
    share = rows.drop_duplicates("indikator_id").set_index("indikator_id")["andel_ja_procent"]
    return [float(share.get(indicator, 50)) for indicator in indicators]


def _bring_in(copy: Project, table: Path, ar: int, slag: str, profile: Path) -> None:
    """Imports a file and signs it off unseen. The checks of all years come with the build: a
    contradiction stops there, since nobody has accepted any.
    """
    with redirect_stdout(io.StringIO()):  # what was understood; what was not goes to stderr
        code = import_file(
            copy,
            argparse.Namespace(
                fil=table,
                ar=[ar],
                slag=slag,
                profil=profile,
                blad=None,
                profilutkast=None,
                visa=False,
                hamtad=delivered_files.MADE,
                alla=False,
                skriv=True,
                inlasare=REVIEWER[0],
            ),
            tried=False,
        )
    if code:
        raise SystemExit(code)
    sign_off(copy, slag, ar)


def sign_off(copy: Project, slag: str, ar: int) -> None:
    """Approves an imported year as it is now."""
    folder = copy.raw / folder_name(slag, ar)
    read, origin = editions.read(copy, load_reference(copy), folder), read_origins(copy)[folder.name]
    decision = decisions.SignOff(
        kalla_id=folder.name,
        beslut=decisions.APPROVED,
        innehall=signoff.content_digest(read),
        fil=read.fil,
        profil=read.profil,
        granskad=max(delivered_files.MADE, origin.retrieved),
        granskad_av=REVIEWER[0],
        inlast_av=origin.imported_by,
        skal=REVIEWER[1],
    )
    (copy.reference / decisions.SIGN_OFFS).write_bytes(signoff.with_decision(copy, decision))


def main(argv: list[str] | None = None) -> int:
    """Makes the demonstration anew; returns an exit code."""
    parser = Parser(description=__doc__)
    parser.add_argument("--kommuner", type=int, default=MUNICIPALITIES)
    parser.add_argument("--stadsdelar", type=int, default=DISTRICTS)
    parser.add_argument("--utgavor", type=int, default=YEARS)
    parser.add_argument("--bara-data", action="store_true", help="läs in, men bygg inte")
    said = parser.parse_args(argv)
    project = find_project()
    folder = project.work / "demo-riket"
    shutil.rmtree(folder, ignore_errors=True)
    years = list(range(FIRST_YEAR, FIRST_YEAR + said.utgavor))
    started = time.perf_counter()
    copy = make_project(project, folder / "projekt", said.kommuner, years)
    for ar in import_years(project, copy, folder / "filer", said.kommuner, said.stadsdelar, years):
        print(f"{ar}: inläst och godkänd", flush=True)
    print(f"{len(years)} påhittade utgåvor lästes in på {time.perf_counter() - started:.0f} s.", flush=True)
    return 0 if said.bara_data else build.main(copy)


if __name__ == "__main__":
    sys.exit(main())
