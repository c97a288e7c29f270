"""Which files there may be among those a build takes in: each has a declared name in a declared place.

A file of another name is read by nobody, and a link or a pipe is something else the next time it is read.
"""

from __future__ import annotations

import re
import stat

from ojbrottsoffer.digest import files_below
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated import definitions, methods
from ojbrottsoffer.sources.kolada_answers import REQUESTS
from ojbrottsoffer.sources.origins import FETCHED, SINGLE_FIGURES
from ojbrottsoffer.sources.reference.boundaries import FOLDER as MAP
from ojbrottsoffer.sources.reference.register import COLUMNS
from ojbrottsoffer.sources.skl2016 import KALLA_ID as SKL

FOLDERS = ("data/raw", "data/reference", "data/versioner", "expectations")
"""What the gate reads."""
SOURCE = r"[a-z0-9]+(-[a-z0-9]+)*"
CURATED = (
    "definitioner engelska framgangsfaktorer granskade_utgavor kanda_avvikelser kolada metoder "
    "organisationsexempel tips"
).split()
TABLES_BY_HAND = ("flyttar", "lasning", "pastaenden", "rattelser")
RECORDS_OF_RUNS = {
    "data/reference/skadeprov.json": "make mutation",
    "data/reference/tackning.json": "make tackning",
    "data/reference/tillganglighet.json": "make audit",
    "data/versioner/versioner.json": "ojbrottsoffer dataversion --faststall",
}
"""What says how good the data and the pages are, and what ids have meant -> what writes it."""


def _one_of(*names: str) -> str:
    return f"({'|'.join(map(re.escape, names))})"


PLACES = tuple(
    re.compile(place)
    for place in (
        r"data/raw/SHA256SUMS",
        rf"data/raw/{SOURCE}/origin\.yml",
        rf"data/raw/{SOURCE}/{_one_of(*SINGLE_FIGURES, 'nyckeltal')}\.csv",
        rf"data/raw/{SKL}/tabell-1-sida-[0-9]-del-[0-9]\.csv",
        rf"data/raw/{SKL}/tabell-2-del-[0-9]\.csv",
        rf"data/raw/{methods.JONKOPING}/{_one_of('fragor', 'insatstrappa', 'svar')}\.csv",
        rf"data/raw/{methods.SODERTALJE}/{_one_of('handlingsplan', 'tabell-2')}\.csv",
        rf"data/raw/{definitions.KOLADA}/katalog\.csv",
        rf"data/raw/{FETCHED.pattern}/({re.escape(REQUESTS)}|[0-9]{{3}}-[a-z_]+\.json\.gz)",
        rf"data/raw/{MAP}/[A-Za-z0-9][A-Za-z0-9._-]*",
        r"data/raw/(oj|rankning|riket)-[0-9]{4}/(profil\.yml|[a-z0-9-]+\.[a-z]+)",
        rf"data/reference/{_one_of(*COLUMNS, *TABLES_BY_HAND)}\.csv",
        rf"data/reference/{_one_of(*CURATED)}\.yml",
        *map(re.escape, RECORDS_OF_RUNS),
        rf"data/reference/metoder/{_one_of(*methods.WRITTEN)}\.csv",
        r"data/versioner/([0-9]+\.[0-9]+\.[0-9]+\.zip)",
        r"expectations/(handskrivna_regler\.json|ord\.csv|rader\.json)",
        rf"expectations/gx/expectations/{_one_of(*TABLES)}\.json",
    )
)
"""Every place, relative to the project."""


def check_places(project: Project) -> None:
    """Raises `DataError` with everything that is no regular file, or has a name or a place of its own."""
    findings = []
    for path in (found for name in FOLDERS for found in files_below(project.root / name)):
        place = project.relative(path)
        if not stat.S_ISREG(path.lstat().st_mode):
            what = "I mappen ligger något som inte är en vanlig fil"
            expected = "en fil, inte en länk, ett rör eller en enhet"
        elif not any(declared.fullmatch(place) for declared in PLACES):
            what = "Filen har ett namn eller en plats som ingenting läser"
            expected = "en fil som står i src/ojbrottsoffer/checks/declared_places.py"
        else:
            continue
        findings.append(
            Finding(
                what,
                file=project.relative(path.parent),
                value=path.name,
                expected=expected,
                action="Ta bort den, eller ge den rätt namn och plats.",
                priority=1,
            )
        )
    if findings:
        raise DataError(findings)


def missing_records(project: Project) -> list[Finding]:
    """The records of runs that are not there. Invented data has none of its own."""
    if project.synthetic_mark.exists():
        return []
    return [
        Finding(
            "Filen saknas",
            file=file,
            expected=f"det som {command} skrev sist",
            action=f"Hämta tillbaka filen ur git (git checkout -- {file}), eller kör {command}.",
            priority=1,
        )
        for file, command in RECORDS_OF_RUNS.items()
        if not (project.root / file).exists()
    ]
