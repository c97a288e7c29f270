"""What `make audit` found on the pages: written by it, shown by the accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.parse.json_records import RecordedDay, RecordedVersion, is_old, read_json_record

FILE_NAME = "tillganglighet.json"
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
        if len(set(kinds)) < len(kinds):
            raise ValueError("en sidtyp står två gånger")
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
