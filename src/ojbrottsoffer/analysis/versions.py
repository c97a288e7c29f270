"""What has changed in the public tables from one version to the next, by rows and keys.

`data/versioner/nycklar.csv` has the key and a digest of every row of the latest version;
`data/versioner/versioner.json` has, for each version, what had changed since the one before.
`data/versioner/VERSION.zip` is all of its tables. Written by `ojbrottsoffer dataversion --faststall`, never by
hand.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
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
from ojbrottsoffer.sources.json_records import RecordedDay, RecordedVersion, read_json_record
from ojbrottsoffer.transaction import fresh, publish

HEADER = ["tabell", "nyckel", "radsumma"]
KEY_HEADER = ["version", "tabell", "slag", "nyckel"]
"""Columns of the list of every key that was added, changed or removed."""

Rows = dict[str, dict[str, str]]
"""Table -> key of a row in words -> digest of the row."""


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


def row_digests(tables: dict[str, pd.DataFrame]) -> Rows:
    """The key of every row with a digest of what it says."""
    found: Rows = {}
    for name, table in TABLES.items():
        places = [table.column_names.index(column) for column in table.key]
        found[name] = {
            " / ".join(line[place] or "–" for place in places): hashlib.sha256(
                "\0".join(line).encode()
            ).hexdigest()[:12]
            for line in rows_as_text(tables[name], table)
        }
    return found


def compare(before: Rows, columns_before: dict[str, list[str]], now: Rows) -> list[TableChange]:
    """Every table of either version. Where the columns differ, rows in both are not compared:
    every one of them would count as changed.
    """
    changes = []
    for name in dict.fromkeys([*TABLES, *columns_before]):
        old, new = before.get(name, {}), now.get(name, {})
        columns = TABLES[name].column_names if name in TABLES else []
        old_columns = columns_before.get(name, [])
        same = set(columns) == set(old_columns)
        kinds = {
            "nya": [key for key in new if key not in old],
            "andrade": [key for key in new if same and key in old and new[key] != old[key]],
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


def read_keys(project: Project) -> Rows:
    """The rows of the latest version."""
    found: Rows = {}
    path = project.versions / "nycklar.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["tabell"], {})[row["nyckel"]] = row["radsumma"]
    return found


def since_latest(project: Project, tables: dict[str, pd.DataFrame]) -> list[TableChange]:
    """What has changed in the tables since the latest version; nothing before the first."""
    versions = read_versions(project)
    if not versions:
        return []
    return compare(read_keys(project), versions[0].kolumner, row_digests(tables))


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
    now = row_digests(tables)
    version = Version(
        __version__,
        release_date(project),
        {name: len(keys) for name, keys in now.items()},
        {name: table.column_names for name, table in TABLES.items()},
        changes,
    )
    _write(project, [version, *versions], now)
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


def _write(project: Project, versions: list[Version], rows: Rows) -> None:
    kept = {path.name: path.read_bytes() for path in project.versions.glob("*.zip")}
    kept[f"{__version__}.zip"] = archive.as_published(project)
    folder = fresh(project.versions)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    text = json.dumps([asdict(version) for version in versions], ensure_ascii=False, indent=1)
    (folder / "versioner.json").write_text(text + "\n", encoding="utf-8")
    with (folder / "nycklar.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((name, key, digest) for name, keys in rows.items() for key, digest in keys.items())
    publish(project.versions)
