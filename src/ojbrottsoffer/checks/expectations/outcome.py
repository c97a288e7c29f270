"""What a rule of a suite said, and its words to the person who has to act on it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from ojbrottsoffer.checks.expectations.row_places import place
from ojbrottsoffer.checks.expectations.suites import suite_path
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import as_cell
from ojbrottsoffer.schema.finding import UPPLYSNING, Finding, show
from ojbrottsoffer.schema.tables import TABLES


@dataclass(frozen=True)
class Outcome:
    """What Great Expectations said of one rule, or of one demand of a declaration.

    `told` has what the suite says of it; `rows` the keys, places and values of the rows that break
    it; `error` why it could not be run.
    """

    told: dict[str, str]
    column: str
    tested: int
    success: bool
    rows: list[dict] = field(default_factory=list)
    observed: object = ""
    error: str = ""


def findings_of(project: Project, table: str, outcome: Outcome) -> list[Finding]:
    """The rows that break a rule, or the table as a whole where the rule is not about rows."""
    told = outcome.told
    if outcome.success:
        return []
    if outcome.error:
        return [_not_run(project, table, outcome)]
    if not outcome.rows:
        return [
            Finding(
                "Tabellen bryter mot en regel",
                file=place(project, table, None)[0],
                table=table,
                column=outcome.column,
                value=str(outcome.observed),
                expected=told["vad"],
                action=told["atgard"],
                kind=told["slag"],
                priority=6,
            )
        ]
    return [_of_row(project, table, outcome.column, told, row) for row in outcome.rows]


def _not_run(project: Project, table: str, outcome: Outcome) -> Finding:
    return Finding(
        "Kontrollen kunde inte köras",
        file=project.relative(suite_path(project, table)),
        table=table,
        value=outcome.error,
        expected=outcome.told["vad"],
        action="Rätta regeln i expectations/ eller tabellen den läser.",
    )


def _of_row(project: Project, table: str, column: str, told: dict, row: dict) -> Finding:
    """One row that breaks a rule; `told` may have a heading of its own (`rubrik`)."""
    what = told.get("rubrik", "Otillåtet värde")
    computed = column.startswith("_")
    value = row.get(column)
    if computed and value is not None:
        what = f"{what}: {value}"
    if isinstance(row.get("_fil"), str):
        # The printed cell is not always what is wrong: it may be the row's source or unit.
        if not (computed or pd.isna(value) or str(value) == row["_varde"]):
            what = f"{what} i kolumnen {column}: {show(str(value))}"
        return Finding(
            what,
            file=row["_fil"],
            table=row["_tabell"],
            row=int(row["_rad"]),
            row_label=row["_etikett"],
            column=row["_kolumn"],
            value=row["_varde"],
            expected=told["vad"],
            action=told["atgard"],
            kind=told["slag"],
        )
    keys = ", ".join(f"{name} = {as_cell(row[name]) or 'tomt'}" for name in TABLES[table].key if name in row)
    file, line = place(project, table, row)
    return Finding(
        what,
        file=file,
        table=table,
        row=line,
        row_label=keys,
        column="" if computed else column,
        value=None if value is None or computed else str(value),
        expected=told["vad"],
        action=told["atgard"],
        kind=told["slag"],
    )


def one_per_cell(findings: list[Finding]) -> list[Finding]:
    """One cell can break several rules; the first says enough. Notices are kept apart."""
    seen: dict[tuple, Finding] = {}
    for finding in findings:
        cell = (
            (finding.file, finding.row, finding.column)
            if finding.row
            else (finding.table, finding.row_label, finding.column, finding.expected)
        )
        seen.setdefault((finding.kind == UPPLYSNING, *cell), finding)
    return list(seen.values())
