"""What an id means is what the latest recorded version says: a question's text, a unit's code, a label's indicator,
and what only one source tells of a figure or a municipality, with what it counts.

Two ids that have changed places agree with everything else, and would be published as the truth. A change that
is meant stands in `data/reference/rattelser.csv`; an id that is new is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import rows_as_text, typed
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.recorded_versions import Version, by_key, read_rows

Rows = Sequence[dict[str, str]]
Tables = dict[str, Rows]


@dataclass(frozen=True)
class Meaning:
    """In `table`, the columns `by` are an id, and `says` what it means: every value that was recorded of an id
    it still has. `words`: what may be put in other words, but not be given to another id.
    """

    table: str
    by: tuple[str, ...]
    says: tuple[str, ...]
    words: tuple[str, ...] = ()


MEANINGS = (
    Meaning("enheter", ("enhet_id",), ("enhet", "typ", "kommunkod", "kommun", "lanskod", "lan")),
    Meaning("indikatorer", ("indikator_id",), ("kortnamn", "malgrupp", "typ"), ("indikator_en",)),
    Meaning(
        "indikatorer_ar",
        ("ar", "indikator_id"),
        ("nr", "indikator", "kvalitetsomrade_id", "indikatoromrade_id"),
    ),
    Meaning("omraden", ("omrade_id",), ("niva", "omrade", "overordnat_id", "ordning"), ("omrade_en",)),
    Meaning("riket", ("kalla_id", "plats"), ("indikator_id", "delmangd")),
    Meaning("indikatorer_kolada", ("kolada_id",), ("titel", "indikator_id")),
    Meaning(
        "nyckeltal",
        ("nyckeltal_id",),
        ("kolada_id", "titel", "mattenhet", "decimaler", "vardekodning"),
        ("nyckeltal_en",),
    ),
    Meaning("metod_nyckeltal", ("metod_id", "metodtal_id"), ("metodtal", "varde", "mattenhet")),
    Meaning("andelar_i_ord", ("kalla_id", "ar", "geografi", "fraga"), ("uppgift",)),
    Meaning("unizon_utan_placering", ("uppgift_id",), ("uppgift",)),
    Meaning("indikatorer_faktorer", TABLES["indikatorer_faktorer"].key, ("faktor_id", "egen_koppling")),
    Meaning("rankning", TABLES["rankning"].key, ("delad",)),
    Meaning("omgangar", TABLES["omgangar"].key, ("publicerad",)),
    Meaning("avvikelser", ("avvikelse_id",), ("slag",)),
    Meaning("riket", TABLES["riket"].key, ("jamforbar", "harledd")),
    Meaning("kommunsvar", TABLES["kommunsvar"].key, ("svar", "svar_som_tryckt", "sakerhet")),
    Meaning("valdsutovare_jonkoping", TABLES["valdsutovare_jonkoping"].key, ("svarstext", "saknas_orsak")),
    Meaning("insatstrappa", ("trappsteg",), ("socialtjansten", "atv")),
    Meaning("sodertalje_bedomning", TABLES["sodertalje_bedomning"].key, ("varde",)),
    Meaning("sodertalje_plan", ("atgard_nr",), ("atgard", "ansvarig", "samverkar_med")),
    Meaning("definitioner", TABLES["definitioner"].key, ("galler_2015", "kand_fran", "kand_till")),
    Meaning("definitioner", ("definition_id",), (), ("indikator_id", "kort_en")),
    Meaning("metoder", ("metod_id",), ("titel", "kalla_id")),
    Meaning(
        "kallor", ("kalla_id",), ("titel", "utgivare", "publicerad", "url", "hamtad", "licens_anmarkning")
    ),
)


MAY_LOSE_ROWS = {"avvikelser", "nyckeltal_varden", "kommungrupper_kolada"}
"""Contradictions have a list of their own, and what has been fetched is replaced by what is fetched next."""


def as_text(frames: dict[str, pd.DataFrame]) -> Tables:
    """The public tables as their CSV files have them."""
    return {
        name: [
            dict(zip(table.column_names, row, strict=True))
            for row in rows_as_text(typed(frames[name][table.column_names], table), table)
        ]
        for name, table in TABLES.items()
    }


def changed_meanings(
    project: Project,
    rows: Tables,
    corrections: list[dict[str, str]],
    years: Iterable[int],
    versions: Sequence[Version],
) -> list[Finding]:
    """A finding for each id that means something else than in the latest version, and for each row that is gone.
    `rows`: the public tables as text. `years`: those that have an edition, published or waiting. `versions`: the latest first.
    """
    if not versions:
        return []
    recorded = read_rows(project, versions[0].version)
    decided = {(row["tabell"], row["vad"], row["fore"], row["efter"]) for row in corrections}
    gone = {(row["tabell"], row["vad"]) for row in corrections if not row["efter"]}
    findings = [
        _lost(name, key, versions[0].version)
        for name in recorded.keys() & rows.keys() - MAY_LOSE_ROWS
        for key in recorded[name].keys() - by_key(rows[name], TABLES[name].key).keys()
        if not _is_parted(recorded[name][key], years)
        and not any(table == name and f"{key} / ".startswith(f"{what} / ") for table, what in gone)
    ]
    findings.sort(key=lambda finding: (finding.table, finding.row_label))
    for meaning in MEANINGS:
        before, now = list(recorded.get(meaning.table, {}).values()), rows[meaning.table]
        known = set(before[0]) if before else set()
        for column in (*meaning.says, *meaning.words):
            if known >= {*meaning.by, column}:
                findings += [
                    _changed(meaning, name, column, old, new, versions[0].version)
                    for name, old, new in _changes(meaning, column, before, now)
                    if (meaning.table, f"{name}, {column}", old, new) not in decided
                ]
    return findings


def _is_parted(row: dict[str, str], years: Iterable[int]) -> bool:
    """True for a link from one year to another when an edition between them has come: the links lead by way of it."""
    return "fran_ar" in row and any(int(row["fran_ar"]) < year < int(row["till_ar"]) for year in years)


def _changes(meaning: Meaning, column: str, before: Rows, now: Rows) -> list[tuple[str, str, str]]:
    """(id, what it meant, what it means now) of each that has changed."""
    old, new = _by_id(meaning, column, before), _by_id(meaning, column, now)
    owners = {said: name for name, values in old.items() for said in values}
    found = []
    for name in old.keys() & new.keys():
        gone, come = old[name] - new[name], new[name] - old[name]
        if gone and (column in meaning.says or any(owners.get(said, name) != name for said in come)):
            found.append((name, " | ".join(sorted(gone)), " | ".join(sorted(come))))
    return sorted(found)


def _by_id(meaning: Meaning, column: str, rows: Rows) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(" / ".join(row[name] for name in meaning.by), set()).add(row[column])
    return found


def _lost(table: str, key: str, version: str) -> Finding:
    return Finding(
        "En rad som fanns i den senast fastställda versionen är borta",
        file="data/reference/",
        table=table,
        row_label=key,
        expected=f"raden, som i version {version}",
        action="Hämta tillbaka raden i den fil den kommer från. Ska den bort: skriv en rad i data/reference/rattelser.csv med "
        f"tabell {table}, vad ”{key}” (eller det som nycklarna börjar med, för flera rader), före det som stod, inget efter och ordagrant nej.",
        priority=2,
    )


def _changed(meaning: Meaning, name: str, column: str, old: str, new: str, version: str) -> Finding:
    return Finding(
        "Id:t betyder något annat än i den senast fastställda versionen",
        file="data/reference/",
        table=meaning.table,
        row_label=name,
        column=column,
        value=new,
        expected=f"”{old}”, som i version {version}",
        action="Har två rader bytt plats: rätta det i den fil uppgiften kommer från. Är ändringen avsedd: skriv en rad i "
        f"data/reference/rattelser.csv med tabell {meaning.table}, vad ”{name}, {column}”, före ”{old}” och "
        f"efter ”{new}” och ordagrant ja.",
        priority=2,
    )
