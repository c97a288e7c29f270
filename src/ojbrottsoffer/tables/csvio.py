"""Reads and writes the public CSV files. Same frame in, same bytes out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd

from ojbrottsoffer.tables.findings import DataError, Finding
from ojbrottsoffer.tables.model import Column, Table

DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""Declared type -> pandas dtype."""


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """`frame` with exactly the declared columns, in order and with their dtypes.

    Raises `KeyError` naming what is missing or not declared.
    """
    missing = [name for name in table.column_names if name not in frame.columns]
    extra = [name for name in frame.columns if name not in table.column_names]
    if missing or extra:
        raise KeyError(
            f"tabellen {table.name}: saknade kolumner {missing}, ej deklarerade kolumner {extra}"
        )
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [None if pd.isna(value) else value for value in frame[column.name]],
                dtype=DTYPES[column.type],
            )
            for column in table.columns
        }
    )


def to_csv_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """The table as RFC 4180 CSV: UTF-8, comma, `\\n`, header, empty = missing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    columns = [["" if value is None else value if type(value) is str else as_cell(value)
                for value in plain(frame[name])] for name in table.column_names]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8")


def plain(column: pd.Series) -> list[object]:
    """The values of a column as plain Python: None, bool, int, float or str."""
    return [None if missing else value
            for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]


def as_cell(value: object) -> str:
    """A value as CSV has it: `true`, `4.75`, `2013`; empty if it is missing."""
    if pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def read_csv(path: Path, table: Table) -> pd.DataFrame:
    """A public table from disk, typed as declared. The inverse of `to_csv_bytes`.

    Raises `DataError` naming file, row and column of what does not fit the declaration.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != table.column_names:
        raise DataError(
            [
                Finding(
                    "Kolumnerna stämmer inte med tabellens deklaration",
                    file=str(path), table=table.name, row=1,
                    value=",".join(rows[0]) if rows else "",
                    expected=",".join(table.column_names),
                    action="Bygg om tabellen med make.",
                )
            ]
        )
    return parse_rows(rows[1:], table, file=str(path), first_row=2)


def parse_rows(rows: list[list[str]], table: Table, file: str, first_row: int) -> pd.DataFrame:
    """Text rows as a typed frame; every value that does not parse is reported at once."""
    findings: list[Finding] = []
    values: dict[str, list[object]] = {name: [] for name in table.column_names}
    for number, row in enumerate(rows, start=first_row):
        if len(row) != len(table.columns):
            findings.append(
                Finding(
                    "Raden har fel antal kolumner",
                    file=file, table=table.name, row=number, value=",".join(row),
                    expected=f"{len(table.columns)} kolumner: {', '.join(table.column_names)}",
                    action="Rätta raden: för få fält betyder oftast att filen är avklippt.",
                    priority=1,
                )
            )
            continue
        for column, text in zip(table.columns, row, strict=True):
            try:
                values[column.name].append(column.parse(text))
            except ValueError as error:
                findings.append(_unparsed(column, table, file, number, text, str(error)))
    if findings:
        raise DataError(findings)
    return typed(pd.DataFrame(values, columns=table.column_names, dtype=object), table)


def _unparsed(
    column: Column, table: Table, file: str, row: int, text: str, expected: str
) -> Finding:
    return Finding(
        "Värdet går inte att tolka",
        file=file, table=table.name, row=row, column=column.name, value=text,
        expected=expected, action="Rätta värdet i filen.",
    )
