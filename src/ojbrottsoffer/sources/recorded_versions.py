"""The versions of the tables as they were recorded: `data/versioner/versioner.json`, which has for each version
what had changed since the one before, and `data/versioner/VERSION.zip`, all of its tables.

Written by `ojbrottsoffer dataversion --faststall`, never by hand.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.sources.parse.json_records import RecordedDay, RecordedVersion, read_json_record, repeated

COMMAND = "ojbrottsoffer dataversion --faststall"
Rows = dict[str, dict[str, dict[str, str]]]
"""Table -> key of a row in words -> column -> value as CSV has it."""
Number = Annotated[int, Field(ge=0, le=10_000_000)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class TableChange:
    """One table since the version before."""

    tabell: str
    rader_fore: Number | None
    """None if the table is new."""
    rader_efter: Number | None
    """None if the table is gone."""
    nya: Number = 0
    andrade: Number = 0
    borttagna: Number = 0
    nycklar: dict[str, list[str]] = field(default_factory=dict)
    """Kind of change -> every key; empty for a table that is new or gone."""
    nya_kolumner: list[str] = field(default_factory=list)
    borttagna_kolumner: list[str] = field(default_factory=list)

    __pydantic_config__ = ConfigDict(extra="forbid")

    @property
    def changed(self) -> bool:
        return bool(
            self.nya
            or self.andrade
            or self.borttagna
            or self.nya_kolumner
            or self.borttagna_kolumner
            or self.rader_fore is None
            or self.rader_efter is None
        )


@dataclass(frozen=True)
class Version:
    """One version of the data. `datum` is that of `CITATION.cff`, not of the day it was run. `sha256` is that
    of its ZIP.
    """

    version: RecordedVersion
    datum: RecordedDay
    sha256: Digest
    rader: dict[str, Number]
    kolumner: dict[str, list[str]]
    andringar: list[TableChange]
    """Empty for the first version."""

    __pydantic_config__ = ConfigDict(extra="forbid")


def read_versions(project: Project) -> list[Version]:
    """The versions so far, the latest first; none before the first is recorded. Raises `DataError` for a
    file that says something else, and for a ZIP that is not the one that was recorded.
    """
    path = project.versions / "versioner.json"
    kept = {found.stem: found for found in sorted(project.versions.glob("*.zip"))}
    if not path.exists() and not kept:
        return []
    versions: list[Version] = read_json_record(path, project.relative(path), list[Version], COMMAND)
    numbers = [version.version for version in versions]
    findings = [
        _not_as_recorded(project, path, number, "varje version en gång")
        for number in sorted(repeated(numbers))
    ]
    if numbers != sorted(numbers, key=in_order, reverse=True):
        findings.append(_not_as_recorded(project, path, ", ".join(numbers), "den senaste versionen först"))
    findings += [
        _not_as_recorded(
            project, path, version.datum, f"en dag från {before.datum}, som version {before.version}"
        )
        for version, before in zip(versions, versions[1:], strict=False)
        if version.datum < before.datum
    ]
    findings += [
        _not_as_recorded(project, kept[number], number, "en version som står i versioner.json")
        for number in kept.keys() - set(numbers)
    ]
    for version, before in zip(versions, [*versions[1:], None], strict=False):
        file = project.versions / f"{version.version}.zip"
        if expected := _unlike(version, file):
            findings.append(_not_as_recorded(project, file, version.version, expected))
        findings += [
            _not_as_recorded(project, path, f"{version.version}, {change.tabell}", "tal som går ihop")
            for change in version.andringar
            if before is None or not _adds_up(change, before.rader, version.rader)
        ]
    if findings:
        raise DataError(findings)
    return versions


def _adds_up(change: TableChange, before: dict[str, int], after: dict[str, int]) -> bool:
    """True if the numbers of a change are those of the two versions and of its keys."""
    if (change.rader_fore, change.rader_efter) != (before.get(change.tabell), after.get(change.tabell)):
        return False
    if change.rader_fore is None or change.rader_efter is None:
        return not change.nycklar
    told = {kind: len(keys) for kind, keys in change.nycklar.items()}
    counted = {"nya": change.nya, "andrade": change.andrade, "borttagna": change.borttagna}
    return (
        told == {kind: number for kind, number in counted.items() if number}
        and change.rader_efter - change.rader_fore == change.nya - change.borttagna
    )


def _unlike(version: Version, file: Path) -> str | None:
    """What the ZIP of a version should be, if it is not."""
    if not file.is_file():
        return "versionens tabeller i en ZIP-fil"
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != version.sha256:
        return "det innehåll som versioner.json anger (sha256)"
    try:
        rows, columns = rows_in(data), columns_in(data)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError) as error:
        return f"en hel ZIP-fil med versionens tabeller ({type(error).__name__})"
    counted = {name: len(found) for name, found in rows.items()}
    for said, there in ((version.rader, counted), (version.kolumner, columns)):
        if wrong := sorted(name for name in {**said, **there} if said.get(name) != there.get(name)):
            return f"de rader och kolumner som versioner.json anger i {', '.join(wrong)}"
    return None


def _not_as_recorded(project: Project, path: Path, number: str, expected: str) -> Finding:
    file = project.relative(path)
    return Finding(
        "Versionen är inte den som fastställdes",
        file=file,
        value=number,
        expected=expected,
        action=f"Hämta tillbaka filen ur git (git checkout -- {file}); den skrivs bara av {COMMAND}.",
        priority=1,
    )


def in_order(version: str) -> list[int]:
    """What versions are sorted by."""
    return [int(part) for part in version.split(".")]


def rows_in(archive: bytes) -> Rows:
    """The rows of a recorded version, by the keys that its tables had then."""
    found: Rows = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as kept:
        for table in json.loads(kept.read("datapackage.json"))["resources"]:
            schema = table["schema"]
            (key,) = schema.get("uniqueKeys") or [schema["primaryKey"]]
            text = io.StringIO(kept.read(table["path"]).decode("utf-8"), newline="")
            yes_no = [field["name"] for field in schema["fields"] if field["type"] == "boolean"]
            # Versions before 0.5.0 wrote true and false.
            rows = (row | {name: row[name].upper() for name in yes_no} for row in csv.DictReader(text))
            found[table["name"]] = by_key(rows, key)
    return found


def columns_in(archive: bytes) -> dict[str, list[str]]:
    """Table -> its columns, in a recorded version."""
    with zipfile.ZipFile(io.BytesIO(archive)) as kept:
        tables = json.loads(kept.read("datapackage.json"))["resources"]
    return {table["name"]: [column["name"] for column in table["schema"]["fields"]] for table in tables}


def read_rows(project: Project, version: str) -> Rows:
    """The rows of a recorded version."""
    return rows_in((project.versions / f"{version}.zip").read_bytes())


def by_key(rows: Iterable[dict[str, str]], key: Sequence[str]) -> dict[str, dict[str, str]]:
    """The rows by their keys in words."""
    return {" / ".join(row[column] or "–" for column in key): row for row in rows}
