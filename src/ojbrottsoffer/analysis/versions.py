"""What has changed in the public tables from one version to the next, by rows and keys."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict

import pandas as pd
import yaml

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis import archive
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import rows_as_text
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.recorded_versions import (
    Rows,
    TableChange,
    Version,
    by_key,
    read_rows,
    read_versions,
)
from ojbrottsoffer.transaction import fresh, publish

KEY_HEADER = ["version", "tabell", "slag", "nyckel"]
"""Columns of the list of every key that was added, changed or removed."""


def rows_of(tables: dict[str, pd.DataFrame]) -> Rows:
    """Every row of the tables by its key."""
    return {
        name: by_key(
            (dict(zip(table.column_names, line, strict=True)) for line in rows_as_text(tables[name], table)),
            table.key,
        )
        for name, table in TABLES.items()
    }


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
    whole = archive.as_published(project)
    version = Version(
        __version__,
        release_date(project),
        hashlib.sha256(whole).hexdigest(),
        {name: len(tables[name]) for name in TABLES},
        {name: table.column_names for name, table in TABLES.items()},
        changes,
    )
    _write(project, [version, *versions], whole)
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


def _write(project: Project, versions: list[Version], whole: bytes) -> None:
    kept = {path.name: path.read_bytes() for path in project.versions.glob("*.zip")}
    kept[f"{__version__}.zip"] = whole
    folder = fresh(project.versions)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    text = json.dumps([asdict(version) for version in versions], ensure_ascii=False, indent=1)
    (folder / "versioner.json").write_text(text + "\n", encoding="utf-8")
    publish(project.versions)
