"""What must hold before a table may leave the project: no column that nobody has described,
no text that a spreadsheet would run.
"""

from __future__ import annotations

import re

import pandas as pd

from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables import TABLES

STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Spreadsheets take a cell that begins with one of these for a formula, or may do so."""
PLAIN_NUMBER = re.compile(r"[+-][0-9]+([.,][0-9]+)?")
"""Begins with a sign but is only a number."""


def undeclared_columns(frames: dict[str, pd.DataFrame]) -> list[Finding]:
    """A finding for each column that came with a table but is not declared.

    Without this it would be dropped without a word. Columns with a leading `_` are the checks'
    own (where a row comes from, what was expected) and are never published.
    """
    return [
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


def unsafe_texts(frames: dict[str, pd.DataFrame]) -> tuple[Check, list[Finding]]:
    """Every text of every table, tried against what a spreadsheet takes for a formula."""
    tested, findings = 0, []
    for name, table in TABLES.items():
        frame = frames[name]
        for column in table.columns:
            if column.type == "string":
                values = frame[column.name].to_numpy(dtype=object)
                tested += int((~pd.isna(values)).sum())
                unsafe = {value for value in pd.unique(values) if isinstance(value, str) and runs(value)}
                findings += (
                    [
                        _unsafe(table, frame, index, column.name)
                        for index, value in zip(frame.index, values, strict=True)
                        if value in unsafe
                    ]
                    if unsafe
                    else []
                )
    check = Check(
        "alla",
        "Ingen text börjar med ett tecken som kalkylprogram läser som formel",
        "Den som öppnar filen ska få se texten, inte köra den.",
        tested,
        len(findings),
        origin="struktur",
    )
    return check, findings


def runs(value: str) -> bool:
    """True if a spreadsheet might run the text.

    >>> [runs(text) for text in ("=1+1", "-2", "-2+3", "@a", "Lund")]
    [True, False, True, True, False]
    """
    return value.startswith(STARTS_FORMULA) and not PLAIN_NUMBER.fullmatch(value)


def _unsafe(table: Table, frame: pd.DataFrame, index: object, column: str) -> Finding:
    row = frame.loc[index]
    line = row.get("_rad")
    return Finding(
        "Texten kan läsas som en formel av kalkylprogram",
        file=_file(frame.loc[[index]]),
        table=table.name,
        row=None if line is None or pd.isna(line) else int(line),
        row_label=", ".join(f"{key} = {row[key]}" for key in table.key),
        column=column,
        value=row[column],
        expected="en text som inte börjar med =, +, -, @, tabb eller radbrytning",
        action="Ta bort tecknet i början i den fil texten kommer från, eller skriv om texten.",
    )


def _file(frame: pd.DataFrame) -> str:
    """The file the rows come from, if it is one and the same."""
    files = frame["_fil"].dropna().unique() if "_fil" in frame.columns else []
    return str(files[0]) if len(files) == 1 else ""
