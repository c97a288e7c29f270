"""The public tables in other formats. Same tables in, same bytes out: no clock, fixed order.

No format can carry a formula: texts are written as texts, and the gate has already stopped
those that a spreadsheet would run when it opens a CSV file.
"""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from ojbrottsoffer.schema.csv_tables import plain
from ojbrottsoffer.schema.datapackage import has_full_key
from ojbrottsoffer.schema.model import CodeList, Column, Table
from ojbrottsoffer.site.downloads.excel import new_workbook

if TYPE_CHECKING:
    import duckdb

Tables = list[tuple[Table, pd.DataFrame]]

WIDEST = 60
"""Widest column of a sheet, in characters."""
STATA_NAME, STATA_LABEL = 32, 80
"""The longest name and label that Stata takes."""
SQLITE_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DUCKDB_TYPES = {"string": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN"}

VIEWS = {
    "svar_med_namn": (
        "Vad svarar enheterna, med namn i klartext?",
        """
        SELECT r.ar, r.enhet_id, e.enhet, e.kommunkod, i.nr, r.indikator_id, i.indikator,
               k.omrade AS kvalitetsomrade, o.omrade AS indikatoromrade,
               r.svar_kod, r.svar, r.saknas_orsak, s.titel AS kalla, r.plats
        FROM resultat r
        JOIN enheter e ON e.enhet_id = r.enhet_id
        JOIN indikatorer_ar i ON i.ar = r.ar AND i.indikator_id = r.indikator_id
        JOIN omraden k ON k.omrade_id = i.kvalitetsomrade_id
        JOIN omraden o ON o.omrade_id = i.indikatoromrade_id
        JOIN kallor s ON s.kalla_id = r.kalla_id""",
    ),
    "antal_svar_per_enhet": (
        "Hur många Ja, Delvis och Nej har en enhet?",
        """
        SELECT r.ar, r.enhet_id, e.enhet, sum(r.svar_kod = 2) AS ja, sum(r.svar_kod = 1) AS delvis,
               sum(r.svar_kod = 0) AS nej, sum(r.svar_kod IS NULL) AS saknas, count(*) AS indikatorer
        FROM resultat r JOIN enheter e ON e.enhet_id = r.enhet_id
        GROUP BY r.ar, r.enhet_id""",
    ),
    "svar_per_omrade": (
        "Hur stor andel Ja har en enhet i varje kvalitetsområde?",
        """
        SELECT ar, enhet_id, enhet, kvalitetsomrade, sum(svar_kod = 2) AS ja, count(svar_kod) AS besvarade,
               round(100.0 * sum(svar_kod = 2) / count(svar_kod), 1) AS andel_ja_procent
        FROM svar_med_namn GROUP BY ar, enhet_id, kvalitetsomrade""",
    ),
    "svar_mot_riket": (
        "Hur ligger en enhet till mot landet, fråga för fråga?",
        """
        SELECT v.ar, v.enhet_id, v.enhet, v.nr, v.indikator_id, v.indikator, v.svar_kod, v.svar,
               n.andel_ja_procent AS riket_andel_ja_procent
        FROM svar_med_namn v
        LEFT JOIN riket n ON n.ar = v.ar AND n.indikator_id = v.indikator_id
             AND n.delmangd = 'alla' AND n.foredragen""",
    ),
    "brister": (
        "Vad saknar en enhet, det vanligaste i landet först?",
        """
        SELECT * FROM svar_mot_riket WHERE svar_kod < 2
        ORDER BY ar DESC, enhet_id, riket_andel_ja_procent DESC, nr""",
    ),
    "enheter_med_ja": (
        "Vilka har det som frågan gäller?",
        """
        SELECT ar, nr, indikator_id, indikator, sum(svar_kod = 2) AS antal_ja, count(svar_kod) AS besvarade,
               group_concat(CASE WHEN svar_kod = 2 THEN enhet END, '; ') AS enheter
        FROM svar_med_namn GROUP BY ar, indikator_id""",
    ),
    "riket_med_namn": (
        "Vilka andelar för landet finns, och från vilken källa?",
        """
        SELECT n.ar, n.indikator_id, i.kortnamn, n.delmangd, n.andel_ja_procent, n.antal_svarande,
               n.harledd, n.jamforbar, n.foredragen, s.titel AS kalla, n.plats
        FROM riket n
        JOIN indikatorer i ON i.indikator_id = n.indikator_id
        JOIN kallor s ON s.kalla_id = n.kalla_id""",
    ),
    "riket_over_ar": (
        "Hur har landets andel ändrats på frågor som går att jämföra med 2015?",
        """
        SELECT n.indikator_id, i.kortnamn, n.delmangd, n.ar, n.andel_ja_procent
        FROM riket n JOIN indikatorer i ON i.indikator_id = n.indikator_id
        WHERE n.foredragen AND n.jamforbar = 'ja'
        ORDER BY n.indikator_id, n.delmangd, n.ar""",
    ),
    "rankning_med_namn": (
        "Vilken placering fick en kommun, och enligt vem?",
        """
        SELECT p.undersokning, p.ar, p.enhet_id, e.enhet, e.kommunkod, p.placering, p.antal_rankade, p.delad,
               s.titel AS kalla
        FROM rankning p
        JOIN enheter e ON e.enhet_id = p.enhet_id
        JOIN kallor s ON s.kalla_id = p.kalla_id""",
    ),
    "avvikelser_med_namn": (
        "Var säger källorna emot varandra?",
        """
        SELECT a.avvikelse_id, a.ar, e.enhet, i.kortnamn, a.varde_a_text, ka.titel AS kalla_a,
               a.plats_a, a.varde_b_text, kb.titel AS kalla_b, a.plats_b, a.beskrivning, a.slag, a.beslut
        FROM avvikelser a
        LEFT JOIN enheter e ON e.enhet_id = a.enhet_id
        LEFT JOIN indikatorer i ON i.indikator_id = a.indikator_id
        JOIN kallor ka ON ka.kalla_id = a.kalla_id_a
        JOIN kallor kb ON kb.kalla_id = a.kalla_id_b""",
    ),
}
"""Views of the SQLite file: the question that each of them answers, and the query. A view may use those above."""


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


def stata(frame: pd.DataFrame, table: Table, released: str) -> bytes:
    """The table for Stata 14 and later: labelled variables and codes, true and false as 1 and 0.

    A name longer than Stata takes is cut; its label is whole. `released`: the day that the file is dated.
    """
    columns, labels, codes = {}, {}, {}
    for column in table.columns:
        name = column.name[:STATA_NAME]
        if name in columns:
            raise ValueError(f"{table.name}: två kolumner börjar med {name}; Stata skiljer dem inte åt")
        values = frame[column.name]
        if column.type == "string":
            columns[name] = values.astype("object").fillna("")
        else:
            whole = column.type != "number" and values.notna().all()
            columns[name] = values.astype("int32" if whole else "float64")
        labels[name] = column.title[:STATA_LABEL]
        if column.type == "boolean":
            codes[name] = {0: "nej", 1: "ja"}
        elif column.codes and column.type == "integer":
            codes[name] = {int(code): words for code, words in column.codes.codes.items()}
    out = io.BytesIO()
    pd.DataFrame(columns).to_stata(
        out,
        write_index=False,
        time_stamp=datetime.fromisoformat(released),
        data_label=table.title[:STATA_LABEL],
        variable_labels=labels,
        value_labels=codes,
        version=118,
    )
    return out.getvalue()


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
        connection.execute("CREATE TABLE vyer (vy PRIMARY KEY, fraga)")
        for name, (question, query) in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
            connection.execute("INSERT INTO vyer VALUES (?, ?)", (name, question))
    try:
        return connection.serialize()
    finally:
        connection.close()


def _create(table: Table) -> str:
    parts = [_sql_column(column) for column in table.columns]
    keys = ", ".join(map(_quoted, table.key))
    parts.append(f"{'PRIMARY KEY' if has_full_key(table) else 'UNIQUE'} ({keys})")
    parts += [
        f"FOREIGN KEY ({', '.join(map(_quoted, key.columns))}) "
        f"REFERENCES {_quoted(key.target)} ({', '.join(map(_quoted, key.target_columns))})"
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
    "datatyp",
    "titel",
    "beskrivning",
    "description",
    "far_vara_tom",
    "mattenhet",
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
