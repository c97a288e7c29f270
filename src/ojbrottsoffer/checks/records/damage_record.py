"""The outcome of the damage test as plain data: written by `mutation`, shown by the site.

Imports nothing of the gate, so that the site can be built without it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from ojbrottsoffer.checks.records.damage_classes import NOT_IN_ONE_FILE, OF_A_SOURCE, OF_EVERYTHING
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.parse.json_records import (
    RecordedDay,
    RecordedVersion,
    is_old,
    other_than,
    read_json_record,
    repeated,
    unlikely,
)

FILE_NAME = "skadeprov.json"
COMMAND = "make mutation"
QUOTING = {"skada", "meddelande"}
"""Fields that quote what was damaged."""
PARTS = [(False, False), (True, False), (True, False), (False, True)]
"""What a whole run damages, in order, as (invented, of wider scope): the report's tables, an invented edition,
wide and long, and every file and column.
"""
SEED = 2015
PER_CLASS = 30
"""What `make mutation` runs unless it is told otherwise: so many damages per class, drawn from the seed."""
PER_CLASS_IMPORT = 8
"""The same for the invented imported edition."""

Number = Annotated[int, Field(ge=0, le=20_000)]
"""Damages of one class; the most there are is 4,200."""
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
WHOLE = ConfigDict(extra="forbid")
"""A record has the fields that are declared, no others."""
MUST, CANNOT, HARMLESS = "maste", "kan-inte", "ofarlig"
"""What is demanded of a damage: to be stopped, nothing (one source can't tell), to be accepted."""


@dataclass(frozen=True)
class Example:
    """One damage and the message it gave."""

    skada: Words
    meddelande: Words

    __pydantic_config__ = WHOLE


@dataclass(frozen=True)
class ClassResult:
    """One class of damages.

    `krav`: how many change something that one source can reveal, `krav_stoppade` how many of
    them stopped; `upptackta_utan_krav` how many of the others were noticed all the same. `utfall`:
    what was demanded -> kind of the first finding (`ingen`: nothing) -> number.
    Raises `ValueError` if the numbers can't be of one run.
    """

    klass: Words
    titel: Words
    antal: Number
    krav: Number
    krav_stoppade: Number
    upptackta_utan_krav: Number
    ofarliga: Number
    ofarliga_godtagna: Number
    utfall: dict[
        Literal["maste", "kan-inte", "ofarlig"],
        dict[Literal["fel", "avvikelse", "upplysning", "ingen"], Number],
    ]
    annan_kalla: str
    exempel: Example | None
    """Of those that must stop."""
    exempel_utan_krav: Example | None = None
    """Of those that one source can't tell, if any was noticed."""

    __pydantic_config__ = WHOLE

    def __post_init__(self) -> None:
        counted = {demand: sum(kinds.values()) for demand, kinds in self.utfall.items()}
        silent = self.antal - self.krav - self.ofarliga
        wanted = {MUST: self.krav, CANNOT: silent, HARMLESS: self.ofarliga}
        if (
            counted != {demand: number for demand, number in wanted.items() if number}
            or self.krav_stoppade > self.krav - self.utfall.get(MUST, {}).get("ingen", 0)
            or self.upptackta_utan_krav > silent - self.utfall.get(CANNOT, {}).get("ingen", 0)
            or self.ofarliga_godtagna > self.ofarliga
        ):
            raise ValueError(f"talen går inte ihop: {self.titel}")


@dataclass(frozen=True)
class MutationResult:
    """All classes for the files of one source. `pahittad` describes a source that is not real;
    `omfang`, what was damaged where it is not one source. `datum`, `version`: when, and which version
    of the data.
    """

    kalla_id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    fro: Number
    klasser: Annotated[list[ClassResult], Field(min_length=1)]
    pahittad: str = ""
    omfang: str = ""
    datum: RecordedDay = field(kw_only=True)
    version: RecordedVersion = field(kw_only=True)

    __pydantic_config__ = WHOLE

    def __post_init__(self) -> None:
        if twice := sorted(repeated(row.klass for row in self.klasser)):
            raise ValueError(f"en klass står två gånger: {', '.join(twice)}")
        declared = OF_EVERYTHING if self.omfang else OF_A_SOURCE
        if unknown := [row.klass for row in self.klasser if row.klass not in declared]:
            raise ValueError(f"klasser som är deklarerade, inte {', '.join(unknown)}")

    @property
    def not_whole(self) -> str | None:
        """What the classes should be, if they are not those that a whole run of this version has."""
        declared = OF_EVERYTHING if self.omfang else OF_A_SOURCE
        absent = absent_from(bool(self.pahittad))
        wanted = [f"{klass}, {titel}" for klass, titel in declared.items() if klass not in absent]
        return other_than(wanted, [f"{row.klass}, {row.titel}" for row in self.klasser], "de klasser")

    @property
    def old(self) -> bool:
        """True if another version of the data was damaged."""
        return is_old(self.version)

    @property
    def antal(self) -> int:
        return sum(row.antal for row in self.klasser)

    @property
    def passed(self) -> bool:
        """True if everything that must stop stopped and everything harmless was accepted."""
        return all(
            row.krav == row.krav_stoppade and row.ofarliga == row.ofarliga_godtagna for row in self.klasser
        )


def absent_from(invented: bool) -> set[str]:
    """The classes that have no place in what was damaged, if it is an invented file."""
    return NOT_IN_ONE_FILE if invented else set()


def save_results(project: Project, results: list[MutationResult]) -> None:
    text = json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1)
    result_path(project).write_text(text + "\n", encoding="utf-8")


def result_path(project: Project) -> Path:
    return project.reference / FILE_NAME


def load_results(project: Project) -> list[MutationResult]:
    """What `save_results` wrote; an empty list if the test has never been run.

    Raises `DataError` for a file that says something else.
    """
    path = result_path(project)
    if not path.exists():
        return []
    file = project.relative(path)
    results = read_json_record(
        path, file, Annotated[list[MutationResult], Field(min_length=1)], COMMAND, QUOTING
    )
    sources = [(result.kalla_id, result.pahittad, result.omfang) for result in results]
    sums = project.raw / "SHA256SUMS"
    unknown = [
        kalla_id
        for kalla_id, invented, scope in sources
        # An invented country has no raw files of its own.
        if not (invented or scope or (project.raw / kalla_id).is_dir() or not sums.is_file())
    ]
    parts = [not result.old and (bool(result.pahittad), bool(result.omfang)) for result in results]
    for said, expected in (
        ([str(len(parts))] if any(parts) and parts != PARTS else [], "alla delar av provet, i ordning"),
        *(([one.kalla_id], one.not_whole) for one in results if not one.old and one.not_whole),
        (unknown, "en mapp i data/raw/, eller vad som är påhittat"),
        ([str(one) for one, *_ in repeated(sources)], "varje källa en gång"),
    ):
        if said:
            raise unlikely(file, "kalla_id", ", ".join(said), expected, COMMAND)
    return results
