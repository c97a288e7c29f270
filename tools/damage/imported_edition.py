"""An invented imported edition for the damage test: fictional units, read in like a real file.

The edition lies in a scratch project of its own and never comes near the published data. It is
brought in by `importera --skriv` and signed off; before each check it is signed off again as
it then stands, as by a reviewer who saw nothing. The sign-off's own checksum is thereby out
of play, as the checksums of the raw files are, and the rules must find the damage.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import random
import re
from pathlib import Path

import yaml

from ojbrottsoffer.checks.editions import signoff
from ojbrottsoffer.cli.imports import import_file
from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.importer.accepted.accept import folder_name
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.curated import decisions
from ojbrottsoffer.sources.origins import read_origins
from ojbrottsoffer.sources.reference.register import load_reference
from tools.damage.outcomes import scratch_copy
from tools.damage.target import Cell, Grid, Target, encode_csv

REVIEWER = "Skadeprovet (påhittad granskare)"
AR = 2026
"""A year that has begun and no source has figures of, so that nothing contradicts the invented shares."""
UNITS = 12
WIDE, LONG = "bred", "lång"
INVENTED = {
    WIDE: f"en påhittad utgåva med {UNITS} kommuner som inte finns, inläst med importen",
    LONG: "samma påhittade utgåva som en fil med en rad för varje svar",
}
PROFILE = {
    "kalla": {"titel": "Påhittad utgåva för skadeprovet", "utgivare": "Skadeprovet", "publicerad": str(AR)},
    "koder": {"2": "Ja", "1": "Delvis", "0": "Nej"},
}
BESIDE = ("Befolkningsgrupp", "Antal ja")
COUNTY = ("99", "Testlandet")
SHARES = (
    "Här finns rikets andelar bara i filen med svaren. En fil med andelarna för sig, inläst "
    "som rikets andelar, skulle visa det."
)
SECOND = {
    "andel-tio-fel": SHARES,
    "andel-ogiltig": f"En andel med decimal går att läsa och avrundas till hela procent. {SHARES}",
    "befolkningsgrupp": "Invånarantalen från SCB för samma år skulle visa det.",
}
"""The sources that could tell what the file alone can't."""


def import_target(project: Project, folder: Path, seed: int, form: str = WIDE) -> tuple[Project, Target]:
    """A scratch project in `folder` with the edition imported, and its `Target`. Its cells are those of the wide
    table; `form` says how the file is written."""
    root = folder / "projekt"
    scratch = scratch_copy(project, root)
    names = [f"Testkommun {number:03}" for number in range(1, UNITS + 1)]
    _register(scratch, names)
    grid = invented_grid(scratch, names, random.Random(seed))
    file, profile = folder / "Skadeprov.csv", folder / "profil.yml"
    file.write_bytes(ENCODE[form](grid))
    profile.write_text(yaml.safe_dump(PROFILE, allow_unicode=True), encoding="utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = import_file(
            scratch,
            argparse.Namespace(
                fil=file,
                ar=[AR],
                slag=None,
                profil=profile,
                blad=None,
                profilutkast=None,
                visa=False,
                hamtad=f"{AR}-01-01",
                alla=False,
                skriv=True,
                inlasare=REVIEWER,
            ),
            tried=False,
        )
    if code:
        raise RuntimeError(f"den påhittade utgåvan gick inte att läsa in:\n{said.getvalue()}")
    return scratch, _target(grid, _known_elsewhere(scratch), form)


def _known_elsewhere(project: Project) -> str:
    """A unit of an earlier edition, which the register therefore knows by name."""
    reference = load_reference(project)
    units = reference.units(set(reference.enheter_i_underlaget["enhet_id"]))
    return units.loc[units["typ"] == "kommun", "enhet"].iloc[0]


def _register(project: Project, names: list[str]) -> None:
    """Adds the fictional municipalities, with codes of no real county, to the scratch register."""
    with (project.reference / "kommuner.csv").open("a", encoding="utf-8") as file:
        for number, name in enumerate(names, start=1):
            file.write(f"{COUNTY[0]}{number:02},{name},{','.join(COUNTY)},60.0,15.0\n")


def invented_grid(project: Project, names: list[str], rng: random.Random) -> Grid:
    """The file: a row of headings, the nation's shares, a row per unit with its number of Ja."""
    reference = load_reference(project)
    labels = list(reference.edition(max(reference.years))["indikator"])
    likely = [rng.uniform(0.25, 0.75) for _ in labels]
    grid = [
        ["Kommun", BESIDE[0], *labels, BESIDE[1]],
        ["Riket", "", *(f"{round(100 * p)} %" for p in likely), ""],
    ]
    for name in names:
        codes = ["2" if rng.random() < p else rng.choice("01") for p in likely]
        grid.append([name, rng.choice("12345"), *codes, str(codes.count("2"))])
    return grid


def encode_long(grid: Grid) -> bytes:
    """The wide table as a row for each answer, with what stands beside a unit's answers on each of them."""
    heading, *rows = grid
    beside = [c for c, text in enumerate(heading) if text in BESIDE]
    asked = [c for c in range(1, len(heading)) if c not in beside]
    lines = [[heading[0], *(heading[c] for c in beside), "Indikator", "Svar"]]
    for row in rows:
        lines += [[row[0], *(row[c] for c in beside), heading[c], row[c]] for c in asked]
    return encode_csv(lines)


ENCODE = {WIDE: encode_csv, LONG: encode_long}


def _target(grid: Grid, acquaintance: str, form: str) -> Target:
    file = "skadeprov.csv"
    last = len(grid[0]) - 1

    def cells(rows: range, columns: range) -> list[Cell]:
        return [(file, row, column) for row in rows for column in columns]

    units, questions = range(2, len(grid)), range(2, last)
    return Target(
        folder=folder_name("svar", AR),
        grids={file: grid},
        answers=cells(units, questions),
        labels=cells(range(1), questions),
        units=cells(range(1, len(grid)), range(1)),
        totals=cells(units, range(last, last + 1)),
        shares=cells(range(1, 2), questions),
        areas=[],
        groups=cells(units, range(1, 2)),
        heading=0,
        units_in_rows=True,
        in_order=False,
        answer=_answer,
        share=_share,
        seen=_seen,
        stranger="Testkommun 901",
        acquaintance=acquaintance,
        second=SECOND,
        prepare=sign_off,
        invented=INVENTED[form],
        encode=ENCODE[form],
    )


# What a person sees in the file, written here and not borrowed from the importer, which is tried.


def _answer(text: str) -> int | None:
    match = re.fullmatch(r"\s*([012])(?:[.,]0)?\s*", text)
    return int(match[1]) if match else None


def _share(text: str) -> float | None:
    """A share with or without decimals and sign of percent; the tables have whole percent."""
    match = re.fullmatch(r"(\d{1,3})(?:[.,](\d))?\s*(?:%|procent)?", text)
    value = int(match[1]) + int(match[2] or 0) / 10 if match else 101
    return value if value <= 100 else None


def _seen(data: bytes) -> object:
    """The visible cells, whatever the encoding, the separator and the invisible characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    ways = []
    for separator in ",;\t":
        with contextlib.suppress(csv.Error):
            ways.append(_visible(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)))
    return max(ways, key=lambda grid: sum(map(len, grid)), default=data)


def _visible(rows) -> list[list[str]]:
    grid = [[" ".join(re.sub("[\u00ad\u200b\ufeff]", "", cell).split()) for cell in row] for row in rows]
    for row in grid:
        while row and not row[-1]:
            row.pop()
    while grid and not grid[-1]:
        grid.pop()
    return grid


def sign_off(project: Project) -> None:
    """Signs off on the edition as it stands; what can't be read is left for the gate to tell."""
    with contextlib.suppress(DataError):
        reference = load_reference(project)
        folder = project.raw / folder_name("svar", AR)
        edition, origin = editions.read(project, reference, folder), read_origins(project)[folder.name]
        decision = decisions.SignOff(
            kalla_id=folder.name,
            beslut=decisions.APPROVED,
            innehall=signoff.content_digest(edition),
            fil=edition.fil,
            profil=edition.profil,
            granskad=max("2026-01-02", origin.retrieved),
            granskad_av=REVIEWER,
            inlast_av=origin.imported_by,
            skal="Godkänd utan granskning, för att pröva kontrollerna.",
        )
        (project.reference / decisions.SIGN_OFFS).write_bytes(signoff.with_decision(project, decision))
