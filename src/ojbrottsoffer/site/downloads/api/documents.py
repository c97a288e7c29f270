"""What the static API answers: the documents, made of the public tables.

Every row has the public columns' names and values; what a column holds is declared in
`schema/tables/`, and the OpenAPI description follows from there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.schema.csv_tables import plain
from ojbrottsoffer.schema.tables import TABLES

Row = dict[str, object]
"""One row of a public table as JSON has it: column -> value, None where it is missing."""


KEPT = {
    "definitioner": {"fran_ar": "kand_fran", "till_ar": "kand_till"},
    "indikatorer_mellan_ar": {"jamforbar": "svaren_jamforbara"},
}
"""Table -> a field that `v1` keeps -> the column that it has the value of. Nothing is taken out of `v1`: a field that
has got a clearer name is there under both, and the old one is described as deprecated."""
IN_WORDS = {"resultat": {"svar_i_ord": "svar"}, "kommunsvar": {"svar_i_ord": "svar"}}
"""Table -> a field -> the column that it has the value of, whose own name is a list elsewhere in `v1`."""


@dataclass(frozen=True)
class Document:
    """One file of the API.

    `address` is below `api/v1/`, `page` (the same for people) from the site's root; `kind` is a key
    of `openapi.KINDS`, and `up` the document that lists this one.
    """

    address: str
    kind: str
    data: object
    page: str = ""
    up: str = "index.json"

    @property
    def count(self) -> int:
        """How many there are in `data`; a document about one thing has one."""
        return len(self.data) if isinstance(self.data, list) else 1

    @property
    def sources(self) -> list[str]:
        """The ids of every source that a row names."""
        return sorted(set(_named(self.data)))


def _named(data: object) -> Iterator[str]:
    if isinstance(data, list):
        for one in data:
            yield from _named(one)
    elif isinstance(data, dict):
        for name, value in data.items():
            if name.startswith("kalla_id"):
                yield value
            else:
                yield from _named(value)


def documents(frames: dict[str, pd.DataFrame]) -> Iterator[Document]:
    """Every document but the index and the metadata."""
    tables = {name: _rows(name, frames[name]) for name in TABLES}
    yield from _lists(tables)
    yield from _units(tables)
    yield from _indicators(tables)


def _rows(table: str, frame: pd.DataFrame) -> list[Row]:
    names = TABLES[table].column_names
    again = KEPT.get(table, {}) | IN_WORDS.get(table, {})
    columns = [plain(frame[name]) for name in (*names, *again.values())]
    return [dict(zip((*names, *again), row, strict=True)) for row in zip(*columns, strict=True)]


def _by(rows: Iterable[Row], *keys: str) -> dict[tuple[object, ...], list[Row]]:
    """The rows by the values of `keys`, and without those columns. A value without rows has none."""
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        rest = {name: value for name, value in row.items() if name not in keys}
        found[tuple(row[key] for key in keys)].append(rest)
    return found


def _years(rows: Iterable[Row], column: str) -> dict[object, list[int]]:
    """Value of a column -> the years in which a row has it."""
    found: dict[object, set[int]] = defaultdict(set)
    for row in rows:
        found[row[column]].add(row["ar"])
    return {value: sorted(years) for value, years in found.items()}


def _lists(tables: dict[str, list[Row]]) -> Iterator[Document]:
    answers, ranked = tables["resultat"], tables["rankning"]
    took_part, placed = _years(answers, "enhet_id"), _years(ranked, "enhet_id")
    units = [
        row | _with_years(took_part, row["enhet_id"]) | {"ar_med_rankning": placed.get(row["enhet_id"], [])}
        for row in tables["enheter"]
    ]
    yield Document("enheter.json", "enheter", units, "kommuner/")
    codes = [
        {"kommunkod": code} | dict.fromkeys(("enheter", "enhet_id"), [row["enhet_id"] for row in rows])
        for (code,), rows in sorted(_by(tables["enheter"], "kommunkod").items())
    ]
    yield Document("kommunkoder.json", "kommunkoder", codes, "kommuner/")
    asked = _years(tables["indikatorer_ar"], "indikator_id")
    indicators = [row | _with_years(asked, row["indikator_id"]) for row in tables["indikatorer"]]
    yield Document("indikatorer.json", "indikatorer", indicators, "indikatorer/")
    yield Document("omraden.json", "omraden", tables["omraden"], "indikatorer/")
    yield Document("rankningar.json", "rankningar", ranked, "rankning/")
    yield Document("nyckeltal.json", "nyckeltal", tables["nyckeltal"], "nyckeltal/")
    yield Document("kallor.json", "kallor", tables["kallor"], "om/")


def _with_years(found: dict[object, list[int]], one: str) -> Row:
    return dict.fromkeys(("ar_med_svar", "ar"), found.get(one, []))


def _units(tables: dict[str, list[Row]]) -> Iterator[Document]:
    answers, about = _by(tables["resultat"], "enhet_id", "ar"), _by(tables["enheter_ar"], "enhet_id", "ar")
    others = {
        "rankningar": "rankning",
        "avvikelser": "avvikelser",
        "kommunsvar": "kommunsvar",
        "unizon_utan_placering": "unizon_utan_placering",
        "antal_ja": "antal_ja",
        "nyckeltal_varden": "nyckeltal_varden",
    }
    by_unit = {name: _by(tables[table], "enhet_id") for name, table in others.items()}
    years = sorted({ar for _, ar in answers}, reverse=True)
    for unit in tables["enheter"]:
        name = unit["enhet_id"]
        editions = [
            {"ar": ar, **about[name, ar][0], **_counted(answers[name, ar]), "svar": answers[name, ar]}
            for ar in years
            if (name, ar) in answers
        ]
        data = unit | {"utgavor": editions} | {other: rows[name,] for other, rows in by_unit.items()}
        yield Document(f"enheter/{name}.json", "enhet", data, f"kommuner/{name}/", "enheter.json")


def _counted(answers: list[Row]) -> dict[str, int]:
    codes = Counter(row["svar_kod"] for row in answers)
    counts = {"ja": codes[2], "delvis": codes[1], "nej": codes[0], "saknas": codes[None]}
    return {f"svar_{name}": count for name, count in counts.items()} | counts


def _indicators(tables: dict[str, list[Row]]) -> Iterator[Document]:
    answers, asked = (
        _by(tables["resultat"], "indikator_id", "ar"),
        _by(tables["indikatorer_ar"], "indikator_id"),
    )
    nation, factors = (
        _by(tables["riket"], "indikator_id"),
        _by(tables["indikatorer_faktorer"], "indikator_id"),
    )
    required, kolada = (
        _by(tables["definitioner"], "indikator_id"),
        _by(tables["indikatorer_kolada"], "indikator_id"),
    )
    terms = _by(tables["definitioner_begrepp"], "indikator_id", "definition_id")
    for indicator in tables["indikatorer"]:
        name = indicator["indikator_id"]
        editions = [row | {"svar": answers[name, row["ar"]]} for row in reversed(asked[name,])]
        links = [row for row in tables["indikatorer_mellan_ar"] if name in (row["fran_id"], row["till_id"])]
        data = indicator | {
            "utgavor": editions,
            "riket": nation[name,],
            "definitioner": [
                row | _terms([term["begrepp_id"] for term in terms[name, row["definition_id"]]])
                for row in required[name,]
            ],
            "faktorer": factors[name,],
            "kolada": kolada[name,],
            "mellan_ar": links,
            "samband": links,
        }
        address = f"indikatorer/{name}"
        yield Document(f"{address}.json", "indikator", data, f"{address}/", "indikatorer.json")


def _terms(ids: list[str]) -> Row:
    """The terms of a definition; `begrepp` is what `v1` began with."""
    return {"anvander_begrepp": ids, "begrepp": " ".join(ids) or None}
