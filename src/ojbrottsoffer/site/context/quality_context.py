"""What the quality declaration shows: checks, contradictions, claims and the damage test."""

from __future__ import annotations

import re

import pandas as pd

from ojbrottsoffer.checks.records.damage_record import ClassResult, MutationResult
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.claims import FAILS, OUTCOMES, READINGS, claims_with_outcome
from ojbrottsoffer.schema.codes import AVVIKELSESLAG
from ojbrottsoffer.schema.finding import AVVIKELSE, FEL, UPPLYSNING
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.context.site_tables import SiteTables

FINDING_WORDS = {
    FEL: ("fel", "fel"),
    AVVIKELSE: ("avvikelse", "avvikelser"),
    UPPLYSNING: ("upplysning", "upplysningar"),
    "ingen": ("utan fynd", "utan fynd"),
}
"""Kinds of finding in the damage test, in the singular and the plural."""


def summary_values(site: SiteTables) -> dict[str, object]:
    """The state of the data in a few numbers."""
    damages = [row for result in site.mutation for row in result.klasser]
    return {
        "checks": len(site.report.checks),
        "values_tested": sum(check.tested for check in site.report.checks),
        "contradictions": len(contradicting(site.tables)),
        "readings": len(site.tables["avvikelser"]) - len(contradicting(site.tables)),
        "damages_demanded": sum(row.krav for row in damages),
        "damages_stopped": sum(row.krav_stoppade for row in damages),
        "damages_old": ", ".join(sorted({result.version for result in site.mutation if result.old})),
    }


def contradicting(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What can't be right on both sides; not what can be read in more than one way."""
    return tables["avvikelser"].query("slag == 'motsager'")


def contradictions_by_kind(site: SiteTables) -> list[dict]:
    """What does not agree, under a heading each, with the sources named for a reader: first what
    can't be right on both sides, then what can be read in more than one way."""
    names = site.tables["enheter"].set_index("enhet_id")["enhet"]
    rows = []
    for row in site.tables["avvikelser"].to_dict("records"):
        unit = None if pd.isna(row["enhet_id"]) else names[row["enhet_id"]]
        if row["avvikelsetyp"] == "pastaende":
            heading = row["beskrivning"].rstrip(".")
        elif unit:
            heading = unit
        elif not pd.isna(row["indikator_id"]):
            heading = site.question_names[row["indikator_id"]]
        else:  # in short what the description says: ”Det tryckta genomsnittet av …”
            heading = re.split(" är |: ", row["beskrivning"])[0]
        rows.append(
            row
            | {
                "heading": heading,
                "unit": unit,
                "source_a": site.source_name(row["kalla_id_a"]),
                "source_b": site.source_name(row["kalla_id_b"]),
            }
        )
    return [
        {"slag": slag, "rows": found}
        for slag in AVVIKELSESLAG.codes
        if (found := [row for row in rows if row["slag"] == slag])
    ]


def readings(site: SiteTables) -> list[dict]:
    """A row for each document that was read: what the reading came to. Only what goes apart within it counts."""
    claims = site.tables["pastaenden"]
    tried = claims[claims["utfall"] != "gar_inte_att_prova"]["kalla_id"].value_counts()
    found = site.tables["avvikelser"]
    sources = found[["kalla_id_a", "kalla_id_b"]]
    rows = []
    for item in site.readings:
        within = found[
            sources.isin({item.source_id, "beraknad"}).all(axis=1) & sources.eq(item.source_id).any(axis=1)
        ]
        kinds = within["slag"].value_counts()
        rows.append(
            {
                "source_id": item.source_id,
                "sentences": item.sentences,
                "with_numbers": item.with_numbers,
                "tried": int(tried.get(item.source_id, 0)),
                "motsager": int(kinds.get("motsager", 0)),
                "readings": int(kinds.get(READINGS, 0)),
                "new": item.new,
            }
        )
    return rows


def claims_by_outcome(site: SiteTables) -> list[dict]:
    """The claims under their outcome: those that fail first, those nobody can try last."""
    claims = claims_with_outcome(site.tables).to_dict("records")
    groups = [
        {
            "code": code,
            "words": words,
            "apart": code in (FAILS, READINGS),
            "untested": code == "gar_inte_att_prova",
            "rows": (rows := [row for row in claims if row["utfall"] == code]),
            "number": len(rows),
        }
        for code, words in OUTCOMES.items()
    ]
    return [group for group in groups if group["rows"]]


def checks_by_kind(site: SiteTables) -> list[dict]:
    """The checks per kind of finding, with totals and what came out."""
    meanings = {
        FEL: ("Fel", "Filen är trasig. Stoppar."),
        AVVIKELSE: (
            "Avvikelse",
            "Källor säger emot sig själva eller varandra. Stoppar om ingen har granskat den.",
        ),
        UPPLYSNING: ("Upplysning", "Värt att veta. Stoppar aldrig."),
    }
    outcomes = {
        FEL: "inga",
        AVVIKELSE: text.count(len(site.tables["avvikelser"]), "granskad", "granskade"),
        UPPLYSNING: text.count(len(site.report.notices), "upplysning", "upplysningar"),
    }
    return [
        {
            "title": title,
            "meaning": meaning,
            "outcome": outcomes[kind],
            "checks": (checks := [c for c in site.report.checks if c.kind == kind]),
            "tested": sum(check.tested for check in checks),
        }
        for kind, (title, meaning) in meanings.items()
    ]


def checks_by_table(site: SiteTables) -> list[dict]:
    """The checks grouped by what they look at, with totals."""
    titles = {name: f"{name}.csv" for name in TABLES}
    return [
        {
            "title": titles.get(name, name[:1].upper() + name[1:]),
            "checks": checks,
            "failed": sum(check.failed for check in checks),
        }
        for name, checks in (
            (name, [c for c in site.report.checks if c.table == name])
            for name in dict.fromkeys(c.table for c in site.report.checks)
        )
    ]


def notices_by_heading(site: SiteTables) -> list[dict]:
    """The notices of the run under the rule they come from."""
    groups: dict[str, dict] = {}
    for notice in site.report.notices:
        heading, _, what = notice.what.partition(": ")
        group = groups.setdefault(
            heading,
            {
                "heading": heading,
                "rule": f"Regeln: {notice.expected[:1].lower()}{notice.expected[1:]}.",
                "action": notice.action,
                "rows": [],
            },
        )
        place = ", ".join(
            part
            for part in (
                notice.table,
                f"rad {notice.row}" if notice.row and not notice.row_label else "",
                f"kolumn {notice.column}" if notice.column else "",
            )
            if part
        )
        group["rows"].append({"label": notice.row_label, "what": what, "place": place})
    return list(groups.values())


def mutation_parts(result: MutationResult) -> list[dict]:
    """The classes of damage by what is demanded of them, each with its rate."""

    def row(entry: ClassResult, demand: str, number: int, good: int) -> dict:
        kinds = ", ".join(text.count(n, *FINDING_WORDS[kind]) for kind, n in entry.utfall[demand].items())
        example = {"maste": entry.exempel, "kan-inte": entry.exempel_utan_krav}.get(demand)
        return {
            "titel": entry.titel,
            "number": number,
            "good": good,
            "share": 100 * good / number,
            "kinds": kinds,
            "exempel": example,
            "annan_kalla": entry.annan_kalla if demand == "kan-inte" else "",
        }

    silent = [(entry, entry.antal - entry.krav - entry.ofarliga) for entry in result.klasser]
    parts = (
        (
            "maste",
            "Inlagda fel som måste stoppas",
            "Stoppade",
            "Värdet blir ogiltigt, eller en "
            "etikett, tabellens form, antalet ja eller ett publicerat antal ändras.",
            [row(e, "maste", e.krav, e.krav_stoppade) for e in result.klasser if e.krav],
        ),
        (
            "kan-inte",
            "Inlagda fel som en källa inte kan avslöja",
            "Upptäckta",
            "Antalet ja, "
            "etiketterna och formen är oförändrade. En del märks ändå, genom en andra källa, "
            "ett prövat påstående eller rikets andel. Raden säger vilken källa som skulle visa "
            "resten.",
            [row(e, "kan-inte", n, e.upptackta_utan_krav) for e, n in silent if n],
        ),
        (
            "ofarlig",
            "Ofarliga skillnader",
            "Godtagna",
            "Tabellerna ska bli desamma.",
            [row(e, "ofarlig", e.ofarliga, e.ofarliga_godtagna) for e in result.klasser if e.ofarliga],
        ),
    )
    return [
        {
            "kind": kind,
            "title": title,
            "column": column,
            "text": words,
            "rows": rows,
            "number": sum(row["number"] for row in rows),
            "good": sum(row["good"] for row in rows),
        }
        for kind, title, column, words, rows in parts
        if rows
    ]
