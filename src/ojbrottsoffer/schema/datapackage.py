"""`datapackage.json`: the Frictionless description of the public tables.

Specification: Data Package 2, which a reader of version 1 (tabular-data-package, tableschema) understands
too, and a few properties of our own: `description_en`, `unit`, and under `sources` what `kallor.csv` says
about each source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ojbrottsoffer import __version__
from ojbrottsoffer.schema.model import Column, Table
from ojbrottsoffer.schema.tables import TABLES

NAME = "oppna-jamforelser-brottsoffer"
"""Name of the package and of the files that hold all of it."""
TITLE = "Öppna jämförelser Brottsoffer"
TITLE_EN = "Open comparisons: support to victims of crime"
DESCRIPTION = (
    "Kommuners och stadsdelars svar om stöd till våldsutsatta, rikets andelar, "
    "rankningar och de motsägelser som finns i källorna."
)
DESCRIPTION_EN = (
    "Answers of Swedish municipalities and city districts on their support to victims of intimate "
    "partner violence, national shares, rankings, and the contradictions found in the sources."
)
KEYWORDS = {
    "sv": ["öppna jämförelser", "våld i nära relationer", "kommuner", "brottsoffer"],
    "en": ["intimate partner violence", "municipalities", "Sweden"],
}
PROFILES = "https://datapackage.org/profiles/2.0"
"""Where the profiles of Data Package 2 are; `profile`, `role` and the like are what version 1 says instead."""
Descriptor = dict[str, Any]
"""A part of the package as JSON has it."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of our own work, as programs know it; the sources' figures have none that we know of."""
LICENCE_FOR_PEOPLE = f"{LICENCE}deed.sv"


def field_descriptor(column: Column) -> Descriptor:
    """One column as a Table Schema field."""
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.codes:
        codes = list(column.codes.codes)
        constraints["enum"] = [int(c) for c in codes] if column.type == "integer" else codes
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.max_length:
        constraints["maxLength"] = column.max_length
    field: Descriptor = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.description,
        "description_en": column.english,
    }
    if constraints:
        field["constraints"] = constraints
    if column.unit:
        field["unit"] = column.unit
    if column.codes:
        field["categories"] = [
            {
                "value": int(code) if column.type == "integer" else code,
                "label": meaning,
                "label_en": column.codes.english.get(code, ""),
            }
            for code, meaning in column.codes.codes.items()
        ]
    return field


def _one_or_many(columns: tuple[str, ...]) -> str | list[str]:
    return columns[0] if len(columns) == 1 else list(columns)


def table_schema(table: Table) -> Descriptor:
    """One table as a Table Schema."""
    schema: dict[str, object] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [field_descriptor(column) for column in table.columns],
        "missingValues": [""],
    }
    # A primary key is never empty, in the standard as in SQL; a key that may be is only unique.
    if has_full_key(table):
        schema["primaryKey"] = list(table.key)
    else:
        schema["uniqueKeys"] = [list(table.key)]
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": _one_or_many(key.columns),
                "reference": {
                    "resource": "" if key.target == table.name else key.target,
                    "fields": _one_or_many(key.target_columns),
                },
            }
            for key in table.foreign_keys
        ]
    return schema


def has_full_key(table: Table) -> bool:
    """True if no column of the key may be empty."""
    return all(table.column(name).required for name in table.key)


def sources_of(table: Table, tables: dict[str, pd.DataFrame]) -> list[str]:
    """The ids of the sources behind a table: those its rows name, or those of the tables it
    shares sources with; and those it declares.
    """
    if "kalla_id" in table.column_names and table.name != "kallor":
        return sorted({*tables[table.name]["kalla_id"].unique(), *table.sources})
    found = {*table.sources} | {
        source for name in table.sources_of for source in sources_of(TABLES[name], tables)
    }
    return sorted(found)


def source_descriptor(row: dict[str, Any]) -> dict[str, str]:
    """One row of `kallor` as a source: title and path as the standard has them, then our own."""
    named = {
        "title": f"{row['utgivare']}: {row['titel']}",
        "path": row["url"],
        "kalla_id": row["kalla_id"],
        "published": row["publicerad"],
        "retrieved": row["hamtad"],
        "rights": row["licens_anmarkning"],
    }
    return {name: value for name, value in named.items() if not pd.isna(value)}


def datapackage_bytes(
    files: dict[str, bytes], tables: dict[str, pd.DataFrame], others: Iterable[Table] = (), address: str = ""
) -> bytes:
    """The description of `files` (table name -> CSV bytes of `tables`) as JSON: the public tables
    and `others` made of them. `address`: that of /data/, with a slash last, where it is known.

    Depends on nothing but its arguments, the declarations and the version: no clock, no commit.
    """
    sources = {row["kalla_id"]: source_descriptor(row) for row in tables["kallor"].to_dict("records")}
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "description_en": DESCRIPTION_EN,
        "version": __version__,
        **({"id": f"{address}{__version__}/", "homepage": address} if address else {}),
        "builtBy": f"ojbrottsoffer {__version__}",
        "keywords": [word for words in KEYWORDS.values() for word in words],
        "contributors": [{"title": TITLE, "role": "publisher", "roles": ["publisher"]}],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Gäller vår bearbetning; för källornas uppgifter, se kallor.csv",
                "path": LICENCE,
            }
        ],
        "sources": list(sources.values()),
        "resources": [
            _resource(
                table,
                files[table.name],
                len(tables[table.name]),
                [sources[source] for source in sources_of(table, tables)],
            )
            for table in (*TABLES.values(), *others)
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _resource(table: Table, data: bytes, rows: int, sources: list[dict[str, str]]) -> Descriptor:
    resource: dict[str, object] = {
        "$schema": f"{PROFILES}/dataresource.json",
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "description_en": table.english,
    }
    if table.origin:
        resource["origin"] = table.origin
    if sources:
        resource["sources"] = sources
    return resource | {
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "rows": rows,
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"'},
        "schema": table_schema(table),
    }
