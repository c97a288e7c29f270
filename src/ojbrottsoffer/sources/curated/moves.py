"""How to move from one version of the tables to the next, old beside new: `data/reference/flyttar.csv`, written by hand."""

from __future__ import annotations

import re

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.sources.parse.raw import read_rows

FILE_NAME = "flyttar.csv"
COLUMNS = ["version", "tabell", "forut", "nu"]
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def read_moves(project: Project) -> list[dict[str, str]]:
    """Every move, as it stands. Raises `DataError` naming a row without a version or with an empty cell."""
    path = project.reference / FILE_NAME
    file = project.relative(path)
    rows = read_rows(path, file, COLUMNS)
    findings = [
        Finding(
            "Flytten är inte hel",
            file=file,
            row=number,
            row_label=row["tabell"],
            column=name,
            value=row[name],
            expected="en version, till exempel 0.5.0" if name == "version" else "text",
            action="Rätta cellen.",
            priority=1,
        )
        for number, row in rows
        for name in COLUMNS
        if not (VERSION.fullmatch(row[name]) if name == "version" else row[name].strip())
    ]
    if findings:
        raise DataError(findings)
    return [row for _, row in rows]
