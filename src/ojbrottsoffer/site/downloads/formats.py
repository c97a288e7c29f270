"""The public tables in other formats. Same tables in, same bytes out: no clock, fixed order.

No format can carry a formula: texts are written as texts, and the gate has already stopped
those that a spreadsheet would run when it opens a CSV file.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from ojbrottsoffer.schema.csv_tables import as_cell, plain
from ojbrottsoffer.schema.datapackage import has_full_key
from ojbrottsoffer.schema.model import CodeList, Column, Table
from ojbrottsoffer.site.downloads.excel import new_workbook

if TYPE_CHECKING:
    import duckdb

Tables = list[tuple[Table, pd.DataFrame]]

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP file can hold."""
WIDEST = 60
"""Widest column of a sheet, in characters."""
SQLITE_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DUCKDB_TYPES = {"string": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN"}

VIEWS = {
    "svar_med_namn": """
        SELECT r.ar, r.enhet_id, e.enhet, e.kommunkod, i.nr, r.indikator_id, i.indikator,
               k.omrade AS kvalitetsomrade, o.omrade AS indikatoromrade,
               r.svar_kod, r.svar, r.saknas_orsak, s.titel AS kalla, r.plats
        FROM resultat r
        JOIN enheter e ON e.enhet_id = r.enhet_id
        JOIN indikatorer_ar i ON i.ar = r.ar AND i.indikator_id = r.indikator_id
        JOIN omraden k ON k.omrade_id = i.kvalitetsomrade_id
        JOIN omraden o ON o.omrade_id = i.indikatoromrade_id
        JOIN kallor s ON s.kalla_id = r.kalla_id""",
    "antal_svar_per_enhet": """
        SELECT r.ar, r.enhet_id, e.enhet, sum(r.svar_kod = 2) AS ja, sum(r.svar_kod = 1) AS delvis,
               sum(r.svar_kod = 0) AS nej, sum(r.svar_kod IS NULL) AS saknas, count(*) AS indikatorer
        FROM resultat r JOIN enheter e ON e.enhet_id = r.enhet_id
        GROUP BY r.ar, r.enhet_id""",
    "riket_med_namn": """
        SELECT n.ar, n.indikator_id, i.kortnamn, n.delmangd, n.andel_ja_procent, n.harledd,
               n.jamforbar, s.titel AS kalla, n.plats
        FROM riket n
        JOIN indikatorer i ON i.indikator_id = n.indikator_id
        JOIN kallor s ON s.kalla_id = n.kalla_id""",
}
"""Views of the SQLite file: the tables with the names that their ids stand for."""


def rows(frame: pd.DataFrame, table: Table) -> Iterable[tuple[object, ...]]:
    """The rows as plain values in declared order."""
    return zip(*(plain(frame[name]) for name in table.column_names), strict=True)


def json_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """A list of objects, one row per line; a missing value is null."""
    lines = (
        json.dumps(dict(zip(table.column_names, row, strict=True)), ensure_ascii=False)
        for row in rows(frame, table)
    )
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8")


def semicolon_csv(frame: pd.DataFrame, table: Table) -> bytes:
    """The table as a Swedish Excel opens it on a double click: `;`, decimal comma, BOM."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.column_names)
    writer.writerows([swedish(value) for value in row] for row in rows(frame, table))
    return out.getvalue().encode("utf-8-sig")


def swedish(value: object) -> str:
    """A value as a Swedish Excel writes it.

    >>> swedish(2.5), swedish(True), swedish(None)
    ('2,5', 'SANT', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    return as_cell(value).replace(".", ",") if isinstance(value, float) else str(value)


def parquet(as_csv: bytes, table: Table, version: str) -> bytes:
    """The table as Parquet with its declared types, of its CSV."""
    with TemporaryDirectory() as name:
        source, target = Path(name) / "in.csv", Path(name) / "ut.parquet"
        source.write_bytes(as_csv)
        columns = ", ".join(
            f"{_quoted(c.name)} {DUCKDB_TYPES[c.type]}{' NOT NULL' if c.required else ''}"
            for c in table.columns
        )
        about = {"titel": table.title, "beskrivning": table.description, "version": version}
        meta = ", ".join(f"{key}: {_text(value)}" for key, value in about.items())
        connection = _duckdb()
        connection.execute(f"CREATE OR REPLACE TABLE t ({columns})")
        connection.execute(
            f"COPY t FROM '{source}' (FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', "
            "ESCAPE '\"', NULLSTR '', AUTO_DETECT false)"
        )
        connection.execute(f"COPY t TO '{target}' (FORMAT parquet, KV_METADATA {{{meta}}})")
        connection.execute("DROP TABLE t")
        return target.read_bytes()


@lru_cache(maxsize=1)
def _duckdb() -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config={"threads": 1})


def sqlite(tables: Tables, version: str) -> bytes:
    """One database: the tables with keys, codes and references, the codebook, and views."""
    connection = sqlite3.connect(":memory:")
    with connection:
        for table, frame in tables:
            connection.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows(frame, table))
        columns, codes = codebook([table for table, _ in tables])
        for name, (head, *body) in (("kolumner", columns), ("kodlistor", codes)):
            connection.execute(f"CREATE TABLE {name} ({', '.join(head)})")
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(head))})", body)
        connection.execute("CREATE TABLE om (namn PRIMARY KEY, varde)")
        connection.execute("INSERT INTO om VALUES ('version', ?)", (version,))
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
    try:
        return connection.serialize()
    finally:
        connection.close()


def _create(table: Table) -> str:
    parts = [_sql_column(column) for column in table.columns]
    keys = ", ".join(map(_quoted, table.key))
    parts.append(f"{'PRIMARY KEY' if has_full_key(table) else 'UNIQUE'} ({keys})")
    parts += [
        f"FOREIGN KEY ({_quoted(key.column)}) REFERENCES {_quoted(key.target)} ({_quoted(key.target_column)})"
        for key in table.foreign_keys
    ]
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"


def _sql_column(column: Column) -> str:
    name = _quoted(column.name)
    text = f"{name} {SQLITE_TYPES[column.type]}{' NOT NULL' if column.required else ''}"
    if column.codes:
        codes = (code if column.type == "integer" else _text(code) for code in column.codes.codes)
        text += f" CHECK ({name} IN ({', '.join(codes)}))"
    elif column.type == "boolean":
        text += f" CHECK ({name} IN (0, 1))"
    return text


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


COLUMN_HEADS = (
    "tabell",
    "kolumn",
    "typ",
    "titel",
    "beskrivning",
    "description",
    "far_vara_tom",
    "enhet",
    "kodlista",
)
CODE_HEADS = ("kodlista", "kod", "betydelse", "meaning")


def codebook(tables: list[Table]) -> tuple[list[tuple], list[tuple]]:
    """Every column and every code as two lists of rows, headings first."""
    columns: list[tuple] = [COLUMN_HEADS]
    lists: dict[str, CodeList] = {}
    for table in tables:
        for column in table.columns:
            if column.codes:
                lists[column.codes.name] = column.codes
            columns.append(
                (
                    table.name,
                    column.name,
                    column.type,
                    column.title,
                    column.description,
                    column.english,
                    "nej" if column.required else "ja",
                    column.unit,
                    column.codes.name if column.codes else "",
                )
            )
    codes = [
        (one.name, code, meaning, one.english.get(code, ""))
        for one in lists.values()
        for code, meaning in one.codes.items()
    ]
    return columns, [CODE_HEADS, *codes]


def workbook(tables: Tables, readme: list[str], title: str, sheet_of: Callable[[str], str]) -> bytes:
    """One workbook: what it is, a sheet per table, every column and every code.

    Texts stay texts (leading zeros too), headings are frozen, nothing is a formula or a link.
    `sheet_of` names a table's sheet.
    """
    book, out = new_workbook(title)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "font_size": 14})
    about = book.add_worksheet("Läs mig")
    about.set_column(0, 0, 100)
    for number, line in enumerate(readme):
        about.write_string(number, 0, line, wrap if number else heading)
    for table, frame in tables:
        body = list(rows(frame, table))
        texts = {n for n, column in enumerate(table.columns) if column.type == "string"}
        _sheet(book, sheet_of(table.name), table.column_names, body, texts, bold, text)
    for name, (head, *body) in zip(("Kolumner", "Kodlistor"), codebook([t for t, _ in tables]), strict=True):
        _sheet(book, name, list(head), body, set(range(len(head))), bold, text)
    book.close()
    return out.getvalue()


def _sheet(book, name: str, heads: list[str], body: list[tuple], texts: set[int], bold, text) -> None:
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        longest = max([len(head) + 3, *(len(str(row[column])) for row in body if row[column] is not None)])
        sheet.set_column(column, column, min(longest + 1, WIDEST), text if column in texts else None)
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(body, start=1):
        for column, value in enumerate(row):
            sheet.write(number, column, value, text if value and isinstance(value, str) else None)
    sheet.freeze_panes(1, 0)
    if body:
        sheet.autofilter(0, 0, len(body), len(heads) - 1)


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as one ZIP, in order of name and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()
