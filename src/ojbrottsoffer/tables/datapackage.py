"""`datapackage.json`: the Frictionless description of the public tables.

Specification: Data Package 1.0 (tabular-data-package, tableschema).
"""

from __future__ import annotations

import hashlib
import json

from ojbrottsoffer import __version__
from ojbrottsoffer.tables.declarations import TABLES
from ojbrottsoffer.tables.model import Column, Table


def field_descriptor(column: Column) -> dict:
    """One column as a Table Schema field."""
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.codes:
        codes: list[object] = list(column.codes.codes)
        constraints["enum"] = [int(c) for c in codes] if column.type == "integer" else codes
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.max_length:
        constraints["maxLength"] = column.max_length
    field = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.description,
    }
    if constraints:
        field["constraints"] = constraints
    if column.unit:
        field["unit"] = column.unit
    if column.codes:
        field["codes"] = column.codes.codes
    return field


def table_schema(table: Table) -> dict:
    """One table as a Table Schema."""
    schema: dict[str, object] = {
        "fields": [field_descriptor(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": key.column,
                "reference": {
                    "resource": "" if key.target == table.name else key.target,
                    "fields": key.target_column,
                },
            }
            for key in table.foreign_keys
        ]
    return schema


def datapackage_bytes(files: dict[str, bytes], sources: list[dict[str, str]]) -> bytes:
    """The description of `files` (table name -> CSV bytes) as JSON.

    Depends on nothing but its arguments and the declarations: no clock, no commit.
    """
    package = {
        "profile": "tabular-data-package",
        "name": "oppna-jamforelser-brottsoffer",
        "title": "Öppna jämförelser Brottsoffer",
        "description": (
            "Kommuners och stadsdelars svar om stöd till våldsutsatta, rikets andelar, "
            "rankningar och de motsägelser som finns i källorna."
        ),
        "version": __version__,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Gäller vår bearbetning; för källornas uppgifter, se kallor.csv",
                "path": "https://creativecommons.org/licenses/by/4.0/deed.sv",
            }
        ],
        "sources": sources,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": f"{table.name}.csv",
                "title": table.title,
                "description": table.description,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(files[table.name]),
                "hash": "sha256:" + hashlib.sha256(files[table.name]).hexdigest(),
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"'},
                "schema": table_schema(table),
            }
            for table in TABLES.values()
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
