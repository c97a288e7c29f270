"""Reads and writes the public CSV files. Same frame in, same bytes out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import Column, Table

DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""Declared type -> pandas dtype."""


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """`frame` with exactly the declared columns, in order and with their dtypes.

    Raises `KeyError` naming what is missing or not declared.
    """
    missing = [name for name in table.column_names if name not in frame.columns]
    extra = [name for name in frame.columns if name not in table.column_names]
    if missing or extra:
        raise KeyError(f"tabellen {table.name}: saknade kolumner {missing}, ej deklarerade kolumner {extra}")
    return pd.DataFrame(
        {column.name: _typed(frame[column.name], DTYPES[column.type]) for column in table.columns}
    )


def _typed(values: pd.Series, dtype: str) -> pd.Series:
    if values.dtype == dtype:
        return values.reset_index(drop=True)
    return pd.Series(plain(values), dtype=dtype)


def plain(values: pd.Series) -> list[object]:
    """The values as plain Python: None, bool, int, float or str. A column at a time, since pandas
    takes long to hand out one value.
    """
    objects = values.to_numpy(dtype=object)
    return [
        None if missing else value
        for value, missing in zip(objects.tolist(), pd.isna(objects).tolist(), strict=True)
    ]


def to_csv_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """The table as RFC 4180 CSV: UTF-8, comma, `\\n`, header, empty = missing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows(rows_as_text(frame, table))
    return out.getvalue().encode("utf-8")


def rows_as_text(frame: pd.DataFrame, table: Table) -> Iterator[tuple[str, ...]]:
    """The rows with every value as CSV has it."""
    return zip(*(_texts(frame[name]) for name in table.column_names), strict=True)


def _texts(values: pd.Series) -> list[str]:
    """The cells of a column; in one with a type, each different value is written once."""
    if values.dtype == "str":
        return list(values.fillna("").to_numpy(dtype=object))
    if values.dtype != object:
        codes, different = pd.factorize(values)  # -1, the last, where there is none
        texts = [_text(value) for value in np.asarray(different, dtype=object).tolist()]
        return list(np.array([*texts, ""], dtype=object)[codes])
    return ["" if value is None else value if type(value) is str else _text(value) for value in plain(values)]


def as_cell(value: object) -> str:
    """A value as CSV has it: `TRUE`, `4.75`, `2013`; empty if it is missing."""
    return "" if pd.isna(value) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "TRUE" if value else "FALSE"
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
                    file=str(path),
                    table=table.name,
                    row=1,
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
    whole: list[tuple[int, list[str]]] = []
    for number, row in enumerate(rows, start=first_row):
        if len(row) != len(table.columns):
            findings.append(
                Finding(
                    "Raden har fel antal kolumner",
                    file=file,
                    table=table.name,
                    row=number,
                    value=",".join(row),
                    expected=f"{len(table.columns)} kolumner: {', '.join(table.column_names)}",
                    action="Rätta raden: för få fält betyder oftast att filen är avklippt.",
                    priority=1,
                )
            )
            continue
        whole.append((number, row))
    values: dict[str, list[object]] = {}
    columns = zip(*(row for _, row in whole), strict=True) if whole else ((),) * len(table.columns)
    for column, cells in zip(table.columns, columns, strict=True):
        values[column.name], wrong = _parsed(column, cells)
        if wrong:
            findings += [
                _unparsed(column, table, file, number, text, wrong[text])
                for (number, _), text in zip(whole, cells, strict=True)
                if text in wrong
            ]
    if findings:
        raise DataError(findings)
    return pd.DataFrame(
        {column.name: pd.Series(values[column.name], dtype=DTYPES[column.type]) for column in table.columns}
    )


def _parsed(column: Column, cells: Sequence[str]) -> tuple[list[object], dict[str, str]]:
    """The values, and for each text that is none what was expected. A text is read once."""
    known: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for text in set(cells):
        try:
            known[text] = column.parse(text)
        except ValueError as error:
            wrong[text] = str(error)
    return [known.get(text) for text in cells], wrong


def _unparsed(column: Column, table: Table, file: str, row: int, text: str, expected: str) -> Finding:
    return Finding(
        "Värdet går inte att tolka",
        file=file,
        table=table.name,
        row=row,
        column=column.name,
        value=text,
        expected=expected,
        action="Rätta värdet i filen.",
    )
