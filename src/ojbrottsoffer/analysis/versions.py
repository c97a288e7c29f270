"""What has changed in the public tables from one version to the next, by rows and keys.

`data/versioner/versioner.json` has, for each version, what had changed since the one before.
`data/versioner/VERSION.zip` is all of its tables, which the next version is compared with. Written by `ojbrottsoffer dataversion --faststall`, never by
hand.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

import pandas as pd
import yaml
from pydantic import ConfigDict

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis import archive
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import rows_as_text
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.parse.json_records import RecordedDay, RecordedVersion, read_json_record
from ojbrottsoffer.transaction import fresh, publish

KEY_HEADER = ["version", "tabell", "slag", "nyckel"]
"""Columns of the list of every key that was added, changed or removed."""

Rows = dict[str, dict[str, dict[str, str]]]
"""Table -> key of a row in words -> column -> value as CSV has it."""


@dataclass(frozen=True)
class TableChange:
    """One table since the version before."""

    tabell: str
    rader_fore: int | None
    """None if the table is new."""
    rader_efter: int | None
    """None if the table is gone."""
    nya: int = 0
    andrade: int = 0
    borttagna: int = 0
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
    """One version of the data. `datum` is that of `CITATION.cff`, not of the day it was run."""

    version: RecordedVersion
    datum: RecordedDay
    rader: dict[str, int]
    kolumner: dict[str, list[str]]
    andringar: list[TableChange]
    """Empty for the first version."""

    __pydantic_config__ = ConfigDict(extra="forbid")


def rows_of(tables: dict[str, pd.DataFrame]) -> Rows:
    """Every row of the tables by its key."""
    return {
        name: _by_key(
            (dict(zip(table.column_names, line, strict=True)) for line in rows_as_text(tables[name], table)),
            table.key,
        )
        for name, table in TABLES.items()
    }


def _by_key(rows: Iterable[dict[str, str]], key: Sequence[str]) -> dict[str, dict[str, str]]:
    return {" / ".join(row[column] or "–" for column in key): row for row in rows}


def compare(before: Rows, columns_before: dict[str, list[str]], now: Rows) -> list[TableChange]:
    """Every table of either version. Rows in both are compared in the columns that both have: a new
    column does not make every row a changed one.
    """
    changes = []
    for name in dict.fromkeys([*TABLES, *columns_before]):
        old, new = before.get(name, {}), now.get(name, {})
        columns = TABLES[name].column_names if name in TABLES else []
        old_columns = columns_before.get(name, [])
        shared = [column for column in columns if column in old_columns]
        kinds = {
            "nya": [key for key in new if key not in old],
            "andrade": [key for key in new if key in old and any(new[key][c] != old[key][c] for c in shared)],
            "borttagna": [key for key in old if key not in new],
        }
        known = name in columns_before and name in TABLES
        changes.append(
            TableChange(
                name,
                len(old) if name in columns_before else None,
                len(new) if name in TABLES else None,
                **{kind: len(keys) for kind, keys in kinds.items()},
                nycklar={kind: keys for kind, keys in kinds.items() if keys and known},
                nya_kolumner=[c for c in columns if known and c not in old_columns],
                borttagna_kolumner=[c for c in old_columns if known and c not in columns],
            )
        )
    return [change for change in changes if change.changed]


def read_versions(project: Project) -> list[Version]:
    """The versions so far, the latest first; none before the first is recorded. Raises `DataError` for a
    file that says something else.
    """
    path = project.versions / "versioner.json"
    if not path.exists():
        return []
    return read_json_record(
        path, project.relative(path), list[Version], "ojbrottsoffer dataversion --faststall"
    )


def read_rows(project: Project, version: str) -> Rows:
    """The rows of a recorded version, by the keys that its tables had then."""
    found: Rows = {}
    with zipfile.ZipFile(project.versions / f"{version}.zip") as kept:
        for table in json.loads(kept.read("datapackage.json"))["resources"]:
            schema = table["schema"]
            (key,) = schema.get("uniqueKeys") or [schema["primaryKey"]]
            text = io.StringIO(kept.read(table["path"]).decode("utf-8"), newline="")
            yes_no = [field["name"] for field in schema["fields"] if field["type"] == "boolean"]
            # Versions before 0.5.0 wrote true and false.
            rows = (row | {name: row[name].upper() for name in yes_no} for row in csv.DictReader(text))
            found[table["name"]] = _by_key(rows, key)
    return found


def since_latest(project: Project, tables: dict[str, pd.DataFrame]) -> list[TableChange]:
    """What has changed in the tables since the latest version; nothing before the first."""
    versions = read_versions(project)
    if not versions:
        return []
    return compare(read_rows(project, versions[0].version), versions[0].kolumner, rows_of(tables))


def record(project: Project, tables: dict[str, pd.DataFrame]) -> Version | None:
    """Records the tables as the version the package has now. None if it already is recorded.

    Raises `DataError` if that version is recorded with other tables: then it needs a new number.
    """
    versions = read_versions(project)
    changes = since_latest(project, tables)
    if versions and versions[0].version == __version__ and not changes:
        return None
    if any(version.version == __version__ for version in versions):
        raise DataError(
            [
                Finding(
                    "Versionen är redan fastställd, och tabellerna har ändrats sedan dess",
                    file=project.relative(project.versions / "versioner.json"),
                    value=__version__,
                    expected="ett nytt versionsnummer",
                    action="Höj versionen i src/ojbrottsoffer/__init__.py, pyproject.toml och "
                    "CITATION.cff, bygg om med make och kör kommandot igen.",
                )
            ]
        )
    version = Version(
        __version__,
        release_date(project),
        {name: len(tables[name]) for name in TABLES},
        {name: table.column_names for name, table in TABLES.items()},
        changes,
    )
    _write(project, [version, *versions])
    return version


def release_date(project: Project) -> str:
    """The date `CITATION.cff` gives the version. Raises `DataError` if it is of another version."""
    citation = yaml.safe_load((project.root / "CITATION.cff").read_text(encoding="utf-8"))
    if str(citation["version"]) != __version__:
        raise DataError(
            [
                Finding(
                    "CITATION.cff gäller en annan version",
                    file="CITATION.cff",
                    column="version",
                    value=str(citation["version"]),
                    expected=__version__,
                    action="Ändra version och date-released i CITATION.cff.",
                )
            ]
        )
    return str(citation["date-released"])


def changed_keys(versions: list[Version], unreleased: list[TableChange]) -> bytes:
    """Every key of every change as CSV, the latest first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(KEY_HEADER)
    said = [(version.version, version.andringar) for version in versions]
    waiting = [(f"efter {versions[0].version}", unreleased)] if versions else []
    writer.writerows(
        (version, change.tabell, kind, key)
        for version, changes in [*waiting, *said]
        for change in changes
        for kind, keys in change.nycklar.items()
        for key in keys
    )
    return file.getvalue().encode("utf-8")


def _write(project: Project, versions: list[Version]) -> None:
    kept = {path.name: path.read_bytes() for path in project.versions.glob("*.zip")}
    kept[f"{__version__}.zip"] = archive.as_published(project)
    folder = fresh(project.versions)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    text = json.dumps([asdict(version) for version in versions], ensure_ascii=False, indent=1)
    (folder / "versioner.json").write_text(text + "\n", encoding="utf-8")
    publish(project.versions)
