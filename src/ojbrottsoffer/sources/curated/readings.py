"""How the documents were read for contradictions (`data/reference/lasning.csv`), told on the quality page."""

from __future__ import annotations

from dataclasses import dataclass

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import Column
from ojbrottsoffer.sources.parse.raw import read_rows
from ojbrottsoffer.sources.parse.records import among

FILE_NAME = "lasning.csv"
COLUMNS = ["kalla_id", "meningar", "med_tal", "nya_andra_gangen"]
MOST = 100_000
"""Sentences in one document; the longest read has 1,366."""
WHOLE = Column("antal", "integer", "Antal", "Ett antal meningar eller motsägelser.", minimum=0, maximum=MOST)


@dataclass(frozen=True)
class Reading:
    """One document: its sentences, those with a number, and what only the second reading found."""

    source_id: str
    sentences: int
    with_numbers: int
    new: int


def read_readings(project: Project, sources: list[str]) -> list[Reading]:
    """In the file's order. Raises `DataError` naming a cell that is no count, or no source of `sources`."""
    path = project.reference / FILE_NAME
    file = project.relative(path)
    found, findings = [], []

    def bad(number: int, column: str, value: str, expected: str) -> None:
        findings.append(
            Finding(
                "Värdet går inte att tolka",
                file=file,
                row=number,
                column=column,
                value=value,
                expected=expected,
                action="Rätta cellen.",
                priority=1,
            )
        )

    for number, row in read_rows(path, file, COLUMNS):
        if row["kalla_id"] not in sources:
            bad(number, "kalla_id", row["kalla_id"], among(sources, row["kalla_id"]))
        counts = []
        for name in COLUMNS[1:]:
            try:
                number_of = WHOLE.parse(row[name])
                if number_of is None or not 0 <= number_of <= MOST:
                    raise ValueError(WHOLE.expected())
                counts.append(number_of)
            except ValueError as error:
                bad(number, name, row[name], str(error))
        if len(counts) == len(COLUMNS) - 1:
            found.append(Reading(row["kalla_id"], *counts))
            if counts[1] > counts[0]:
                bad(number, "med_tal", row["med_tal"], f"högst {counts[0]}, som är alla meningar")
    if findings:
        raise DataError(findings)
    return found
