"""What must hold before a table may leave the project: no column that nobody has described,
no text that a reader can't see or a spreadsheet would run, no year to come.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.schema.columns import AR, DATES, FIRST_YEAR
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.published_text import Flaw, flaw, runs
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.parse.raw import last_day, unlikely_day


def unfit_columns(frames: dict[str, pd.DataFrame]) -> list[Finding]:
    """A finding for each column that came with a table but is not declared, and for each that is
    declared but did not come.

    Without this the first would be dropped without a word. Columns with a leading `_` are the checks'
    own (where a row comes from, what was expected) and are never published.
    """
    undeclared = [
        Finding(
            "Kolumnen är inte deklarerad",
            file=_file(frames[name]),
            table=name,
            row=1,
            column=column,
            value=column,
            expected=", ".join(table.column_names),
            action="Beskriv kolumnen i src/ojbrottsoffer/schema/tables/ och kör "
            "make suites, eller ta bort den.",
            priority=1,
        )
        for name, table in TABLES.items()
        for column in frames[name].columns
        if column not in table.column_names and not column.startswith("_")
    ]
    absent = [
        Finding(
            "Kolumnen är deklarerad, men tabellen har den inte",
            file=_file(frames[name]),
            table=name,
            row=1,
            column=column,
            value=column,
            expected=f"värden i kolumnen {column}",
            action="Ge den värden där tabellen görs, i src/ojbrottsoffer/sources/, eller ta bort den ur "
            "src/ojbrottsoffer/schema/tables/ och kör make suites.",
            priority=1,
        )
        for name, table in TABLES.items()
        for column in table.column_names
        if column not in frames[name].columns
    ]
    return undeclared + absent


def unfit_texts(frames: dict[str, pd.DataFrame]) -> tuple[list[Check], list[Finding]]:
    """Every text of every table, tried against what a published text may not hold."""
    tested, findings = 0, []
    for name, table in TABLES.items():
        frame = frames[name]
        for column in table.columns:
            if column.type == "string":
                values = frame[column.name].to_numpy(dtype=object)
                tested += int((~pd.isna(values)).sum())
                texts = [value for value in pd.unique(values) if isinstance(value, str)]
                unfit = {value: wrong for value in texts if (wrong := flaw(value))}
                findings += [
                    _unfit(table, frame, index, column.name, unfit[value])
                    for index, value in (zip(frame.index, values, strict=True) if unfit else ())
                    if value in unfit
                ]
    formulas = sum(runs(str(finding.value)) for finding in findings)
    return [
        Check(
            "alla",
            "Ingen text börjar med ett tecken som kalkylprogram läser som formel",
            "Den som öppnar filen ska få se texten, inte köra den.",
            tested,
            formulas,
            origin="struktur",
        ),
        Check(
            "alla",
            "Varje text har bara synliga tecken ur det latinska alfabetet och är lagom lång",
            "Det som inte syns, eller ser ut som något annat, går inte att kontrollera genom att läsa.",
            tested,
            len(findings) - formulas,
            origin="struktur",
        ),
    ], findings


def years_to_come(frames: dict[str, pd.DataFrame]) -> list[Finding]:
    """A finding for each row about a year or a day that has not come, or that is too long ago to be right."""
    first, last = FIRST_YEAR, last_day().year
    days = [
        _of_row(
            table,
            frames[name],
            index,
            column.name,
            Flaw("Dagen kan inte vara rätt", expected),
            "Rätta dagen i den fil raden kommer från.",
        )
        for name, table in TABLES.items()
        for column in table.columns
        if column.pattern in DATES
        for index, said in frames[name][column.name].dropna().items()
        if (expected := unlikely_day(str(said)))
    ]
    return days + [
        _of_row(
            table,
            frames[name],
            index,
            column,
            Flaw("Året kan inte vara rätt", f"ett år från {first} till och med {last}"),
            "Rätta året i den fil raden kommer från.",
        )
        for name, table in TABLES.items()
        for column, years in _years(table, frames[name])
        for index in years.index[~years.between(first, last)]
    ]


def _years(table: Table, frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Name of a column -> the years it has: all that is counted in years, and values whose row says so."""
    for column in table.columns:
        if column.type in ("integer", "number") and column.name in frame:
            counted = frame[column.name]
            if column.unit == AR.unit:
                yield column.name, pd.to_numeric(counted).dropna()
            elif column.name == "varde" and "mattenhet" in frame:
                yield column.name, pd.to_numeric(counted[frame["mattenhet"].eq(AR.unit)]).dropna()


def _unfit(table: Table, frame: pd.DataFrame, index: object, column: str, wrong: Flaw) -> Finding:
    return _of_row(
        table,
        frame,
        index,
        column,
        wrong,
        "Ta bort tecknet i den fil texten kommer från, eller skriv om texten.",
    )


def _of_row(
    table: Table, frame: pd.DataFrame, index: object, column: str, wrong: Flaw, action: str
) -> Finding:
    row = frame.loc[index]
    line = row.get("_rad")
    return Finding(
        wrong.what,
        file=_file(frame.loc[[index]]),
        table=table.name,
        row=None if line is None or pd.isna(line) else int(line),
        row_label=", ".join(f"{key} = {row[key]}" for key in table.key),
        column=column,
        value=str(row[column]),
        expected=wrong.expected,
        action=action,
    )


def _file(frame: pd.DataFrame) -> str:
    """The file the rows come from, if it is one and the same."""
    files = frame["_fil"].dropna().unique() if "_fil" in frame.columns else []
    return str(files[0]) if len(files) == 1 else ""
