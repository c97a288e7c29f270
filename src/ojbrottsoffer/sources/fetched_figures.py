"""What has been fetched from Kolada: folders `data/raw/kolada-ÅÅÅÅ-MM-DD/`, answers as they came.

A folder has `anrop.json`, which lists the requests in order with the file of each answer, and the answers as
gzip. The newest folder is read: each has all years. Without one, the tables are empty.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import typed
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.schema.tables.kolada_tables import NATION
from ojbrottsoffer.sources.curated.key_figures import FILE, KeyFigure, KeyFigures
from ojbrottsoffer.sources.kolada_answers import (
    REQUESTS,
    Answer,
    Described,
    Entry,
    Group,
    Request,
    Value,
    misshapen,
)
from ojbrottsoffer.sources.origins import FETCHED
from ojbrottsoffer.sources.parse.raw import last_day, read_text
from ojbrottsoffer.sources.reference.register import Reference

LARGEST = 50_000_000
"""Bytes of one answer, unpacked; one of 5,000 entries has under a million."""
AGAIN = "Hämta på nytt: ojbrottsoffer hamta kolada --om."
MISSING = {"-": "ej_besvarat", ".": "ej_aktuellt", "..": "sekretess"}
"""What Kolada's exports write at an empty value -> why it is missing; anything else, and nothing, is `uppgift_saknas`."""
SEXES = {"T": "alla", "K": "kvinnor", "M": "man"}
LIKE = re.compile(r"(?P<kind>.+), (?P<name>[^,]+), (?P<year>[0-9]{4})")
"""Title of one of Kolada's groups: what its municipalities are like in, whom it is made for, and the year."""


@dataclass
class Fetched:
    """What the answers say. `remarks`: what was not an error but is worth knowing, in Swedish."""

    tables: dict[str, pd.DataFrame]
    gone: list[KeyFigure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    descriptions: dict[str, str] = field(default_factory=dict)
    """Id of a key figure in Kolada -> how Kolada describes it, in words."""


def is_fetched(name: str) -> bool:
    """True for the name of a folder of fetched values."""
    return FETCHED.fullmatch(name) is not None


def newest(project: Project) -> Path | None:
    """The folder that is read."""
    folders = [path for path in project.raw.iterdir() if path.is_dir() and is_fetched(path.name)]
    return max(folders, key=lambda path: path.name, default=None)


def read(project: Project, figures: KeyFigures, reference: Reference) -> Fetched:
    """What the newest folder says; empty tables if there is none.

    Raises `DataError` with every value that can't be used.
    """
    folder = newest(project)
    if folder is None:
        return understood([], "", figures, reference)
    return understood(_answers(project, folder), folder.name, figures, reference)


def _answers(project: Project, folder: Path) -> list[Answer]:
    path = folder / REQUESTS
    file = project.relative(path)
    try:
        listed = TypeAdapter(list[Request]).validate_json(read_text(path, file), strict=True)
    except ValidationError as error:
        raise DataError([misshapen(file, one) for one in error.errors()]) from error
    there = {item.name for item in folder.glob("*.gz")}
    named = [request.fil for request in listed if request.fil is not None]
    if set(named) != there or len(named) != len(there):
        raise DataError(
            [
                Finding(
                    "Mappen har inte de svar som listan över anrop säger",
                    file=file,
                    value=", ".join(sorted(set(named) ^ there)) or "ett svar två gånger",
                    expected="varje fil en gång",
                    action=AGAIN,
                    priority=1,
                )
            ]
        )
    return [
        Answer(request.anrop, file, None)
        if request.fil is None
        else Answer(
            request.anrop, project.relative(folder / request.fil), _unpacked(project, folder / request.fil)
        )
        for request in listed
    ]


def _unpacked(project: Project, path: Path) -> bytes:
    try:
        with gzip.open(path) as packed:
            body = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        body, wrong = b"", f"en hel gzip-fil ({error})"
    else:
        wrong = f"högst {LARGEST} byte uppackad" if len(body) > LARGEST else ""
    if wrong:
        raise DataError(
            [
                Finding(
                    "Svaret går inte att packa upp",
                    file=project.relative(path),
                    expected=wrong,
                    action=f"Hämta tillbaka filen ur git (git checkout -- {project.relative(path)}). {AGAIN}",
                    priority=1,
                )
            ]
        )
    return body


def understood(
    answers: Iterable[Answer], kalla_id: str, figures: KeyFigures, reference: Reference
) -> Fetched:
    """The tables that the answers of one fetch make.

    Raises `DataError` with every value that is about something unknown, comes twice, or can't be.
    """
    reading = _Reading(kalla_id, figures, reference)
    for answer in answers:
        reading.take(answer)
    if reading.findings:
        raise DataError(reading.findings)
    return reading.fetched()


class _Reading:
    """Answers one by one, and what is made of them."""

    def __init__(self, kalla_id: str, figures: KeyFigures, reference: Reference) -> None:
        self.kalla_id, self.figures, self.known = kalla_id, figures, figures.of_kolada
        self.last_year = last_day().year
        known = reference.municipalities
        self.units = dict(zip(known["kommunkod"], known["enhet_id"], strict=True))
        self.names = dict(zip(reference.kommuner["kommun"], reference.kommuner["kommunkod"], strict=True))
        self.findings: list[Finding] = []
        self.values: list[tuple] = []
        self.seen: set[tuple] = set()
        self.groups: list[tuple] = []
        self.described: dict[str, str] = {}
        self.asked = False
        self.removed = 0
        self.unexplained: dict[str, int] = {}
        self.unknown_groups: list[str] = []

    def odd(
        self,
        answer: Answer,
        number: int,
        what: str,
        column: str,
        value: object,
        expected: str,
        action: str = AGAIN,
    ) -> None:
        self.findings.append(
            Finding(
                what,
                file=answer.file,
                table=f"values, post {number}",
                column=column,
                value=str(value),
                expected=expected,
                action=action,
                priority=1,
            )
        )

    def take(self, answer: Answer) -> None:
        page = answer.page()
        self.asked |= answer.kind == "kpi"
        for number, item in enumerate(page.values if page else (), start=1):
            if answer.kind == "data":
                self._entry(answer, number, item)
            elif answer.kind == "kpi":
                self._key_figure(answer, number, item)
            elif answer.kind == "municipality_groups":
                self._group(answer, number, item)

    def _key_figure(self, answer: Answer, number: int, item: Described) -> None:
        figure = self.known.get(item.id)
        if figure is None:
            self._unknown(answer, number, item.id)
            return
        self.described[item.id] = " ".join((item.description or "").split())
        if " ".join(item.title.split()) != " ".join(figure.titel.split()):
            self.odd(
                answer,
                number,
                "Nyckeltalet har en annan rubrik än när det granskades",
                "title",
                item.title,
                figure.titel,
                f"Läs i Kolada vad som har ändrats: vad som räknas, enheten eller kodningen. Är det samma tal, skriv den "
                f"nya rubriken som titel för {figure.id} i data/reference/{FILE}; är det ett annat, ge det en egen post "
                "med nytt id.",
            )

    def _unknown(self, answer: Answer, number: int, kpi: str) -> None:
        self.odd(
            answer,
            number,
            "Svaret har ett okänt nyckeltal",
            "kpi",
            kpi,
            f"ett kolada_id i data/reference/{FILE}",
            f"Lägg till nyckeltalet i data/reference/{FILE}, eller hämta på nytt.",
        )

    def _entry(self, answer: Answer, number: int, item: Entry) -> None:
        figure = self.known.get(item.kpi)
        if figure is None:
            self._unknown(answer, number, item.kpi)
        elif item.municipality != NATION and item.municipality not in self.units:
            self.odd(
                answer,
                number,
                "Kommunen finns inte i registret",
                "municipality",
                item.municipality,
                f"en kommunkod i data/reference/kommuner.csv, eller {NATION}",
                "Har kommunerna ändrats: rätta data/reference/kommuner.csv och data/reference/enheter_mellan_ar.csv.",
            )
        elif item.period > self.last_year:
            self.odd(
                answer,
                number,
                "Året har inte börjat",
                "period",
                item.period,
                f"ett år till och med {self.last_year}",
            )
        else:
            for value in item.values:
                self._value(answer, number, item, figure, value)

    def _value(self, answer: Answer, number: int, item: Entry, figure: KeyFigure, value: Value) -> None:
        if value.isdeleted:
            self.removed += 1
            return
        key = (figure.id, item.municipality, item.period, SEXES[value.gender])
        status = (value.status or "").strip()
        if key in self.seen:
            self.odd(
                answer,
                number,
                "Samma värde står två gånger",
                "values",
                ", ".join(map(str, key)),
                "varje värde en gång",
            )
        elif value.value is None:
            if status and status not in MISSING:
                self.unexplained[status] = self.unexplained.get(status, 0) + 1
            why = MISSING.get(status, "uppgift_saknas")
            self.values.append((*key, None, why, f"{answer.name}, post {number}"))
        elif status in MISSING:
            self.odd(
                answer,
                number,
                "Värdet är märkt som saknat men har ett tal",
                "status",
                status,
                "ett tomt värde",
            )
        elif value.value < 0 or figure.codes and value.value not in figure.codes:
            expected = (
                "ett tal som inte är negativt" if not figure.codes else f"någon av koderna {figure.kodning}"
            )
            self.odd(answer, number, "Värdet går inte att använda", "value", value.value, expected)
        else:
            self.values.append((*key, round(value.value, 6), None, f"{answer.name}, post {number}"))
        self.seen.add(key)

    def _group(self, answer: Answer, number: int, item: Group) -> None:
        """One of Kolada's groups, if it is one of those that are used."""
        said = LIKE.fullmatch(" ".join(item.title.split()))
        if said is None or said["kind"] not in self.figures.grupper:
            return
        code = self.names.get(said["name"])
        place = f"{answer.name}, post {number}"
        if code is None:
            self.unknown_groups.append(item.title)
            return
        for member in item.members:
            unit = self.units.get(member.member_id)
            if unit is None:
                self.odd(
                    answer,
                    number,
                    "Kommunen finns inte i registret",
                    "members",
                    member.member_id,
                    "en kommunkod i data/reference/kommuner.csv",
                )
            elif (item.id, unit) in self.seen:
                self.odd(
                    answer,
                    number,
                    "Kommunen står två gånger i gruppen",
                    "members",
                    member.member_id,
                    "varje kommun en gång",
                )
            else:
                self.seen.add((item.id, unit))
                self.groups.append((item.id, said["kind"], int(said["year"]), self.units[code], unit, place))

    def fetched(self) -> Fetched:
        order = {item.id: number for number, item in enumerate(self.figures.nyckeltal)}
        values = pd.DataFrame(
            sorted(self.values, key=lambda row: (order[row[0]], *row[1:4])),
            columns=["nyckeltal_id", "kommunkod", "ar", "kon", "varde", "saknas_orsak", "plats"],
        )
        groups = pd.DataFrame(
            sorted(self.groups, key=lambda row: (self.figures.grupper.index(row[1]), row[3], row[4])),
            columns=["kommungrupp_id", "kommungrupp", "ar", "enhet_id", "liknande_id", "plats"],
        )
        values = values.assign(enhet_id=values["kommunkod"].map(self.units), kalla_id=self.kalla_id)
        groups = groups.assign(kalla_id=self.kalla_id)
        with_status = [f"{status} ({count} värden)" for status, count in self.unexplained.items()]
        unknown = ", ".join(f"”{title}”" for title in self.unknown_groups)
        remarks = [
            f"Grupper för kommuner som inte finns i registret togs inte med: {unknown}." if unknown else "",
            f"{self.removed} värden är märkta som borttagna (isdeleted) och togs inte med."
            if self.removed
            else "",
            "Okända anmärkningar vid tomma värden, som lästes som uppgift saknas: " + ", ".join(with_status)
            if with_status
            else "",
        ]
        return Fetched(
            {
                "nyckeltal_varden": _typed("nyckeltal_varden", values),
                "kommungrupper_kolada": _typed("kommungrupper_kolada", groups),
            },
            [item for item in self.figures.nyckeltal if self.asked and item.kolada_id not in self.described],
            [remark for remark in remarks if remark],
            self.described,
        )


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return typed(frame[TABLES[name].column_names], TABLES[name])
