"""Corrections that quote: what they say stood in a table did, in a recorded version, and what they say now stands does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated.corrections import FILE_NAME
from ojbrottsoffer.sources.recorded_versions import Version, read_rows

Row = dict[str, str]
Tables = Mapping[str, Sequence[Row]]
"""Table -> its rows as text."""


def corrections_that_do_not_hold(
    project: Project, corrections: Sequence[Row], now: Tables, versions: Sequence[Version]
) -> list[Finding]:
    """A finding for each quoting correction whose row was never there, or does not say what it should.

    `now`: the public tables. One that was corrected again need not stand any more.
    """
    quoting = [row for row in corrections if row["ordagrant"] != "nej"]
    again = {(row["tabell"], row["vad"], row["fore"]) for row in quoting}
    findings = [
        _wrong(project, row, "efter", "Rättelsens uppgift står inte i tabellen", "det som står i raden nu")
        for row in quoting
        if (row["tabell"], row["vad"], row["efter"]) not in again
        and not _stands(row, row["efter"], now.get(row["tabell"], ()))
    ]
    unseen = [row for row in quoting if row["fore"] and row["ordagrant"] == "ja"]
    for version in versions if unseen else ():
        recorded = read_rows(project, version.version)
        unseen = [
            row
            for row in unseen
            if not _stands(row, row["fore"], list(recorded.get(row["tabell"], {}).values()))
        ]
        if not unseen:
            break
    said = "det som stod i raden i någon fastställd version"
    return findings + [
        _wrong(project, row, "fore", "Det som rättelsen säger har stått har inte stått där", said)
        for row in unseen
        if versions
    ]


def _stands(correction: Row, said: str, rows: Sequence[Row]) -> bool:
    """True if one of the rows that a correction is about says it; of nothing, that there is no such row."""
    column = correction["vad"].rsplit(", ", 1)[-1]
    about = list(_about(correction, rows))
    if column in (rows[0] if rows else ()):
        return any(_says(row[column], said) for row in about)
    return any(_says(cell, said) for row in about for cell in row.values()) if said else not about


def _says(cell: str, said: str) -> bool:
    return cell == said or (" " in said and said in cell)


def _about(correction: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of which `vad` names most of the key, and of those the ones it names most else of."""
    key = TABLES[correction["tabell"]].key
    named = _names(correction["vad"])
    scores = [
        (sum(named(row.get(column, "")) for column in key), sum(map(named, row.values()))) for row in rows
    ]
    most = max(scores, default=(0, 0))
    return (row for row, score in zip(rows, scores, strict=True) if most[0] and score == most)


def _names(said: str) -> Callable[[str], bool]:
    """Whether a text stands in `said` as words of its own."""
    words = " ".join(("", *re.findall(r"[\w-]+", said.casefold()), ""))
    return lambda cell: f" {cell.casefold()} " in words if cell else False


def _wrong(project: Project, row: Row, column: str, what: str, expected: str) -> Finding:
    return Finding(
        what,
        file=project.relative(project.reference / FILE_NAME),
        table=row["tabell"],
        row_label=row["vad"],
        column=column,
        value=row[column],
        expected=expected,
        action="Rätta raden: vad ska nämna raden med dess nyckel, och sluta med kolumnens namn. Stod fore aldrig i en "
        "version: skriv efter i ordagrant. Är båda sagda med egna ord: skriv nej.",
        priority=2,
    )
