"""What `make audit` found on the pages: written by it, shown by the accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.parse.json_records import (
    RecordedDay,
    RecordedVersion,
    is_old,
    other_than,
    read_json_record,
    repeated,
)

FILE_NAME = "tillganglighet.json"
OLDER = "äldre profil"
"""A unit in an edition before the latest; there is one where the data have several."""
WITHOUT_ANSWERS = "kommun utan svar"
"""A municipality that is not in the data: the address of a profile, but no files beside the page."""
PAGE_TYPES = {
    "felsida": r"404\.html",
    "start": r"",
    "lista": r"(kommuner|indikatorer)/(\d{4}/)?",
    OLDER: r"kommuner/[^/]+/\d{4}/",
    "profil": r"kommuner/[^/]+/",
    "ordlista": r"indikatorer/ordlista/",
    "indikator": r"indikatorer/[^/]+/",
    "jämförelse": r"jamfor/(\d{4}/)?",
    "egna svar": r"din-kommun/",
    "sök": r"sok/",
    "utvecklingsområde": r"framgangsfaktorer/(valdsforebyggande|mata-|verksamheter-for|finansiering|rattsvasendets|kunskap-i)[^/]*/",
    "faktor": r"framgangsfaktorer/([^/]+/)*",
    "nyckeltal": r"nyckeltal/",
    "rankning": r"rankning/([^/]+/)*",
    "roll": r"roller/([^/]+/)*",
    "metod": r"metoder/([^/]+/)*",
    "kvalitet": r"kvalitet/([^/]+/)*",
    "data": r"data/([^/]+/)*",
    "anteckningsbok": r"anteckningsbocker/([^/]+/)*",
    "diagram": r"diagram/[^/]+\.html",
    "engelska": r"english/",
    "om": r"om/([^/]+/)*",
    WITHOUT_ANSWERS: None,
}
"""Type -> pattern of its addresses; the first that fits counts."""
Number = Annotated[int, Field(ge=0, le=20_000)]
Pages = Annotated[int, Field(ge=1, le=5_000)]
"""Pages of one type; the most there are is 80."""
Words = Annotated[str, Field(min_length=1, max_length=100)]


@dataclass(frozen=True)
class Audited:
    """What was found on the pages of one type."""

    sidtyp: Words
    sidor: Pages
    axe: Number
    ovrigt: Number
    html: Number

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        if not self.sidor and (self.axe or self.ovrigt or self.html):
            raise ValueError(f"fel på sidor som inte är prövade: {self.sidtyp}")


@dataclass(frozen=True)
class AuditRecord:
    """One run. `sidor_i_landet`, `fel_i_landet`: in an invented edition with many units."""

    css: Number
    datum: RecordedDay
    version: RecordedVersion
    chromium: Annotated[str, Field(pattern=r"^[0-9]{1,4}$")]
    sidor_i_landet: Number
    fel_i_landet: Number
    typer: Annotated[list[Audited], Field(min_length=1)]

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        kinds = [row.sidtyp for row in self.typer]
        if repeated(kinds):
            raise ValueError("en sidtyp står två gånger")
        # An older version had fewer; whether there are earlier editions depends on the data.
        may_be_missing = set(PAGE_TYPES) - set(kinds) if self.gammal else {OLDER}
        if wrong := other_than(set(PAGE_TYPES) - may_be_missing, set(kinds) - may_be_missing, "de sidtyper"):
            raise ValueError(wrong)
        if self.fel_i_landet and not self.sidor_i_landet:
            raise ValueError("fel på sidor som inte är prövade")

    @property
    def sidor(self) -> int:
        return sum(row.sidor for row in self.typer)

    @property
    def fel(self) -> int:
        return self.css + sum(row.axe + row.ovrigt + row.html for row in self.typer)

    @property
    def gammal(self) -> bool:
        """True if the pages were of another version of the data."""
        return is_old(self.version)


def load_audit(project: Project) -> AuditRecord | None:
    """The latest run; None if there is none. Raises `DataError` for a file that says something else."""
    path = project.reference / FILE_NAME
    return (
        read_json_record(path, project.relative(path), AuditRecord, "make audit") if path.exists() else None
    )
