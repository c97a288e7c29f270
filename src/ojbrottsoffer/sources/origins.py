"""Where a source comes from: the `origin.yml` of its folder in `data/raw/`."""

from __future__ import annotations

import csv
import hashlib
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.parse.raw import unlikely_day
from ojbrottsoffer.sources.parse.records import read_model, slip

NAME = "origin.yml"
FETCHED = re.compile(r"kolada-[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A folder of values that were fetched from Kolada. Snapshots of its list are called otherwise: they have no day."""
MAY_BE_EMPTY = {"published", "url", "retrieved"}
DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
FORMS = {
    "published": (rf"\d{{4}}(?:-(?:0[1-9]|1[0-2]))?|{DAY}", "år, år-månad eller år-månad-dag"),
    "retrieved": (DAY, "ett datum, ÅÅÅÅ-MM-DD"),
    "url": (
        r"https?://((?!xn--)[a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}([/?#][!-~]*)?",
        "en adress: https:// eller http://, värdens namn med små bokstäver och sedan sökvägen, "
        "utan mellanslag, inloggning och port",
    ),
}
"""Fields that have a form of their own: pattern, and how to say it."""
DATES = {"published", "retrieved"}
"""Fields where a whole day must be one that exists."""
NOTES = {".yml", ".md", ".txt"}
"""Endings of what describes a source; the other files are the source's own."""
SINGLE_FIGURES = ("riket", "rankning", "omgangar", "ovriga_andelar", "kommunsvar", "utan_placering")
"""The files of figures given one by one, without `.csv`."""


def _figures(value: object, fits: bool) -> object:
    if not fits:
        kinds = swedish_or([f"{name}.csv" for name in SINGLE_FIGURES])
        raise slip(
            "Källbeskrivningen har ett värde som inte går att använda",
            f"filens namn utan .csv och var i källan den står ({kinds})",
            action="Rätta fältet, till exempel   riket: webbsidans text",
        )
    return value


def _files(value: object) -> object:
    return {} if value is None else _figures(value, isinstance(value, dict))


FigureFile = Annotated[str, BeforeValidator(lambda value: _figures(value, value in SINGLE_FIGURES))]
Where = Annotated[str, BeforeValidator(lambda value: _figures(value, isinstance(value, str) and value != ""))]


class Origin(BaseModel):
    """One source. Other fields of the file are notes for whoever reads it."""

    model_config = ConfigDict(frozen=True)

    kalla_id: str
    title: str
    producer: str
    published: str | None
    url: str | None
    retrieved: str | None
    licence: str
    single_figures: Annotated[dict[FigureFile, Where], BeforeValidator(_files)] = Field(default_factory=dict)
    """File of single figures without `.csv` -> where in the source it stands."""
    imported_by: str | None = None
    """Who imported the edition, if it is one."""
    key_figures_for: str | None = None
    """The method that the key figures beside it are about."""

    @field_validator(
        "kalla_id", "title", "producer", "published", "url", "retrieved", "licence", mode="before"
    )
    @classmethod
    def _can_be_shown(cls, value: object, info: Any) -> str | None:
        if expected := unfit_for_origin(info.field_name, value):
            raise slip(
                "Källbeskrivningen har ett värde som inte går att använda", expected, action="Rätta fältet."
            )
        return None if value is None else str(value)

    @model_validator(mode="before")
    @classmethod
    def _no_slip_of_the_pen(cls, content: dict) -> dict:
        # One that is missing and must be there is told as missing.
        fields = [
            name for name, field in cls.model_fields.items() if name in content or not field.is_required()
        ]
        for name in content.keys() - cls.model_fields.keys():
            if meant := get_close_matches(str(name), fields, 1, 0.8):
                raise slip(
                    "Källbeskrivningen har ett fält som inte finns",
                    f"fältet {meant[0]}",
                    str(name),
                    "Rätta namnet.",
                )
        return content

    @model_validator(mode="after")
    def _was_there_to_retrieve(self) -> Origin:
        if self.published and self.retrieved and self.retrieved[: len(self.published)] < self.published:
            raise slip(
                "Källan är hämtad innan den publicerades",
                f"en dag från {self.published}",
                self.retrieved,
                "Rätta published eller retrieved.",
            )
        return self


def unfit_for_origin(name: str, value: object) -> str | None:
    """What a field of `origin.yml` should be, if `value` is not that; else None."""
    if value is None and name in MAY_BE_EMPTY:
        return None
    pattern, expected = FORMS.get(name, (r"(?s).*\S.*", "text på en rad"))
    text = "" if value is None else str(value)
    if name not in FORMS and not isinstance(value, str):
        return f"{expected}; citattecken runt tal och datum"
    if isinstance(value, list | dict | bool) or not re.fullmatch(pattern, text):
        return expected
    unlikely = unlikely_day(text) if name in DATES else None
    return f"{expected}, {unlikely}" if unlikely else None


def read_origins(project: Project) -> dict[str, Origin]:
    """Folder -> its origin, in order of name. Raises `DataError` with what is wrong in any of them."""
    found, findings = {}, []
    for folder in sorted(path for path in project.raw.iterdir() if path.is_dir()):
        try:
            found[folder.name] = read_origin(project, folder)
        except DataError as error:
            findings += error.findings
    findings += _twice(project, found)
    if findings:
        raise DataError(findings)
    return found


def _twice(project: Project, origins: dict[str, Origin]) -> list[Finding]:
    """A source that stands under two ids: described alike, or with a file that is the other's."""
    seen: dict[object, str] = {}
    findings = []
    editions = {
        folder for folder, origin in origins.items() if not (origin.single_figures or origin.key_figures_for)
    }
    for folder, origin in origins.items():
        described: object = (origin.title, origin.producer, origin.published, origin.url)
        if folder in editions:
            described = folder  # the editions of a yearly survey may be described alike
        files = {
            _content(path): path
            for path in sorted((project.raw / folder).iterdir())
            if path.suffix not in NOTES and path.is_file()
        }
        for same, path in {described: project.raw / folder / NAME, **files}.items():
            other = seen.setdefault(same, folder)
            years = {folder[-4:], other[-4:]} if {folder, other} <= editions else set()
            again = FETCHED.fullmatch(folder) and FETCHED.fullmatch(other)  # what is as it was the last time
            if other != folder and len(years) < 2 and not again:  # several years may come in one file
                findings.append(
                    Finding(
                        "Samma källa står två gånger, med olika id",
                        file=project.relative(path),
                        value=folder,
                        expected=f"varje källa en gång; den här är lik {other}",
                        action="Ta bort den ena mappen, eller rätta den som är fel.",
                        priority=2,
                    )
                )
    return findings


def _content(path: Path) -> str:
    """A digest of what a file says: of a table its rows, in any order, however their lines end."""
    data = path.read_bytes()
    if path.suffix == ".csv":
        rows = csv.reader(data.decode("utf-8-sig", errors="replace").splitlines())
        data = repr(sorted([cell.strip() for cell in row] for row in rows if any(row))).encode()
    return hashlib.sha256(data).hexdigest()


def read_origin(project: Project, folder: Path) -> Origin:
    """The origin of the source in `folder`, which is named after it."""
    path = folder / NAME
    origin = read_model(project, path, Origin, dict)
    file = project.relative(path)
    findings = [
        Finding(
            "Filen nämns inte i källbeskrivningen och läses därför inte",
            file=project.relative(folder / f"{name}.csv"),
            column="single_figures",
            value=f"{name}.csv",
            expected=f"key_figures_for i {file}"
            if name == "nyckeltal"
            else f"{name} under single_figures i {file}",
            action="Lägg tillbaka raden i källbeskrivningen, eller ta bort filen.",
            priority=1,
        )
        for name, read in (
            *((name, name in origin.single_figures) for name in SINGLE_FIGURES),
            ("nyckeltal", origin.key_figures_for is not None),
        )
        if not read and (folder / f"{name}.csv").exists()
    ]
    if origin.kalla_id != folder.name:
        findings.append(
            Finding(
                "Källans id är inte mappens namn",
                file=file,
                column="kalla_id",
                value=origin.kalla_id,
                expected=show(folder.name),
                action="Rätta kalla_id, eller mappens namn.",
                priority=1,
            )
        )
    if findings:
        raise DataError(findings)
    return origin
