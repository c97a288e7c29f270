"""The API described: a schema for each kind of document, and OpenAPI 3.1 around them.

Specification: https://spec.openapis.org/oas/v3.1.0 (its schemas are JSON Schema 2020-12).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ojbrottsoffer import __version__
from ojbrottsoffer.schema.datapackage import DESCRIPTION, DESCRIPTION_EN, LICENCE, TITLE
from ojbrottsoffer.schema.model import Column
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.downloads.api.documents import IN_WORDS, KEPT

Schema = dict[str, object]
"""A JSON Schema, or a part of one."""
TEXT: Schema = {"type": "string"}
YEARS: Schema = {"type": "array", "items": {"type": "integer"}, "description": "År, det äldsta först."}


@dataclass(frozen=True)
class Kind:
    """One kind of document: what it answers, and the schema of its `data`."""

    address: str
    """Below `api/v1/`; a name in braces stands for an id."""
    says: str
    english: str
    data: Callable[[], Schema]


def column_schema(column: Column) -> Schema:
    """One column as its declaration has it. A value that may be missing may be null."""
    schema: Schema = {"description": f"{column.description} {column.english}".strip()}
    if column.codes:
        codes = [int(code) if column.type == "integer" else code for code in column.codes.codes]
        schema["enum"] = codes if column.required else [*codes, None]
    schema["type"] = column.type if column.required else [column.type, "null"]
    bounds = {"minimum": column.minimum, "maximum": column.maximum, "pattern": column.pattern}
    return schema | {name: bound for name, bound in bounds.items() if bound is not None}


def row(table: str, *without: str, **more: Schema) -> Schema:
    """A row of a public table, without some columns, with more properties and with the names that `v1` keeps."""
    columns = {
        column.name: column_schema(column) for column in TABLES[table].columns if column.name not in without
    }
    kept = {old: instead(columns[new], new) for old, new in KEPT.get(table, {}).items()}
    words = {new: columns[old] for new, old in IN_WORDS.get(table, {}).items()}
    listed = {old: instead(columns[old], new) for new, old in IN_WORDS.get(table, {}).items()}
    return thing(**(columns | kept | words | listed | more))


def instead(schema: Schema, name: str) -> Schema:
    """A field that is kept for who reads it already: `name` says the same."""
    return schema | {"deprecated": True, "description": f"Läs {name} i stället. Read {name} instead."}


def thing(**properties: Schema) -> Schema:
    """An object with all of these. Version 1 may get more of them, never fewer."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def number(says: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": says}


def _unit() -> Schema:
    counts = {
        "svar_ja": number("Antal svar som är Ja."),
        "svar_delvis": number("Antal svar som är Delvis."),
        "svar_nej": number("Antal svar som är Nej."),
        "svar_saknas": number("Antal frågor utan uppgift."),
    }
    counts |= {name.removeprefix("svar_"): instead(count, name) for name, count in counts.items()}
    edition = row("enheter_ar", "enhet_id", **counts, svar=many(row("resultat", "enhet_id", "ar")))
    return row(
        "enheter",
        utgavor=many(edition),
        rankningar=many(row("rankning", "enhet_id")),
        avvikelser=many(row("avvikelser", "enhet_id")),
        kommunsvar=many(row("kommunsvar", "enhet_id")),
        unizon_utan_placering=many(row("unizon_utan_placering", "enhet_id")),
        antal_ja=many(row("antal_ja", "enhet_id")),
        nyckeltal_varden=many(row("nyckeltal_varden", "enhet_id")),
    )


def _indicator() -> Schema:
    answers = many(row("resultat", "indikator_id", "ar"))
    links = many(row("indikatorer_mellan_ar"))
    return row(
        "indikatorer",
        utgavor=many(row("indikatorer_ar", "indikator_id", svar=answers)),
        riket=many(row("riket", "indikator_id")),
        definitioner=many(row("definitioner", "indikator_id", **_terms())),
        faktorer=many(row("indikatorer_faktorer", "indikator_id")),
        kolada=many(row("indikatorer_kolada", "indikator_id")),
        mellan_ar=links,
        samband=instead(links, "mellan_ar"),
    )


def _terms() -> Schema:
    ids = many(TEXT) | {"description": "Begreppen i definitionen: begrepp_id i begrepp.csv."}
    return {"anvander_begrepp": ids, "begrepp": instead({"type": ["string", "null"]}, "anvander_begrepp")}


def _table() -> Schema:
    files = many(TEXT) | {"description": "Adresser, hela eller räknade från det här dokumentet."}
    return thing(
        namn=TEXT, grupp=TEXT, titel=TEXT, beskrivning=TEXT, rader=number("Antal rader."), filer=files
    )


KINDS = {
    "index": Kind(
        "index.json", "Vad som finns.", "What there is.", lambda: many(thing(adress=TEXT, om=TEXT))
    ),
    "enheter": Kind(
        "enheter.json",
        "Alla enheter, med de år de har svar eller placering.",
        "Every unit, with the years that it has answers or a placing.",
        lambda: many(
            row("enheter", ar_med_svar=YEARS, ar=instead(YEARS, "ar_med_svar"), ar_med_rankning=YEARS)
        ),
    ),
    "enhet": Kind(
        "enheter/{enhet_id}.json",
        "En enhet: svar, antal, placeringar, motsägelser, vad kommunen själv har publicerat och nyckeltal ur Kolada.",
        "One unit: answers, counts, placings, contradictions, what the municipality has published itself and figures from Kolada.",
        _unit,
    ),
    "kommunkoder": Kind(
        "kommunkoder.json",
        "Kommunkod till enheter. En stadsdel har sin kommuns kod.",
        "Municipality code to units. A district has its city's code.",
        lambda: many(
            thing(
                kommunkod=column_schema(TABLES["enheter"].column("kommunkod")),
                enheter=many(TEXT) | {"description": "Kommunens och stadsdelarnas enhet_id."},
                enhet_id=instead(many(TEXT), "enheter"),
            )
        ),
    ),
    "indikatorer": Kind(
        "indikatorer.json",
        "Alla indikatorer, med de år de ingår.",
        "Every indicator, with the years that it is in.",
        lambda: many(row("indikatorer", ar_med_svar=YEARS, ar=instead(YEARS, "ar_med_svar"))),
    ),
    "indikator": Kind(
        "indikatorer/{indikator_id}.json",
        "En indikator: frågan varje år, vad ett Ja kräver, rikets andelar, vem som svarar vad, framgångsfaktor, "
        "samma fråga i Kolada och samband över år.",
        "One indicator: the question each year, what a Yes requires, the nation's shares, who answers what, success factor, "
        "the same question in Kolada and links over years.",
        _indicator,
    ),
    "omraden": Kind(
        "omraden.json",
        "Kvalitetsområden och indikatorområden.",
        "Quality areas and indicator areas.",
        lambda: many(row("omraden")),
    ),
    "rankningar": Kind(
        "rankningar.json",
        "Placeringar i ÖJ och Unizons rankningar.",
        "Placings in the survey and in Unizon's rankings.",
        lambda: many(row("rankning")),
    ),
    "nyckeltal": Kind(
        "nyckeltal.json",
        "Nyckeltal ur Kolada: vad de är och vad de inte säger. Värdena finns hos varje enhet.",
        "Key figures of Kolada: what they are and what they do not say. Each unit has its values.",
        lambda: many(row("nyckeltal")),
    ),
    "kallor": Kind(
        "kallor.json",
        "Källorna, och vad som är känt om rätten att använda dem.",
        "The sources, and what is known of the right to use them.",
        lambda: many(row("kallor")),
    ),
    "metadata": Kind(
        "metadata.json",
        "Tabellerna bakom: vad de heter, hur många rader de har och i vilka filer de finns.",
        "The tables behind: their names, numbers of rows and files.",
        lambda: many(_table()),
    ),
}
"""Kind -> what it is."""


def envelope(kind: str) -> Schema:
    """A whole document: `data` and what is said of it."""
    return thing(
        version={"type": "string", "description": "Datamängdens version."},
        licens={"type": "string", "format": "uri", "description": "Gäller vår bearbetning."},
        kalla={
            "type": "string",
            "description": "Så anges källan: datamängden, dess version och källorna bakom siffrorna.",
        },
        kallor={**many(TEXT), "description": "Id:n i kallor.json för de källor siffrorna kommer ur."},
        antal=number("Antal i data; 1 när dokumentet gäller en sak."),
        lankar={
            "type": "object",
            "description": "Adresser: sjalv (dokumentet), sida (för människor), upp (listan).",
            "properties": {"sjalv": TEXT, "sida": TEXT, "upp": TEXT},
            "required": ["sjalv", "upp"],
        },
        data=KINDS[kind].data(),
    )


def description(server: str) -> Schema:
    """The OpenAPI document. `server` is where the API is: an address, or one relative to this file."""
    paths = {}
    for name, kind in KINDS.items():
        ids = [part.strip("{}.json") for part in kind.address.split("/") if part.startswith("{")]
        parameters = [{"name": one, "in": "path", "required": True, "schema": TEXT} for one in ids]
        answer = {
            "description": kind.says,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }
        responses = {"200": answer} | ({"404": {"description": "Id:t finns inte."}} if ids else {})
        asked = {
            "operationId": name,
            "summary": kind.says,
            "description": kind.english,
            "responses": responses,
        }
        paths[f"/{kind.address}"] = {"get": asked | ({"parameters": parameters} if parameters else {})}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": __version__,
            "description": f"{DESCRIPTION} {DESCRIPTION_EN} Från version 0.4.0 ligger v1 fast: fält och dokument "
            "tillkommer, inget tas bort och inget byter betydelse. From version 0.4.0 on, v1 is fixed: fields and "
            "documents are added, none is removed or changes meaning.",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": {name: envelope(name) for name in KINDS}},
    }
