"""How claims in the documents behind the methods are tried, by name of the check."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ojbrottsoffer.checks.claims.evidence import Evidence, Method
from ojbrottsoffer.sources.curated.methods import MISSING

READ_FROM_TABLE = "namn_pa_raden"


def _asked(evidence: Evidence, question: str) -> pd.DataFrame:
    """The rows of one question; a question that is not there raises `KeyError`."""
    rows = evidence.tables["valdsutovare_jonkoping"].query("fraga_id == @question")
    if rows.empty:
        raise KeyError(question)
    return rows


def _said(rows: pd.DataFrame) -> pd.Series:
    """The answers in words, and the words for one that the source says is missing."""
    missing = rows["saknas_orsak"].eq("uppgift_saknas").fillna(False)
    return rows["svarstext"].astype("str").mask(missing, MISSING)


def _in_table(evidence: Evidence, items: list[str]) -> int:
    """Municipalities with a row of their own in the question's table."""
    return int((_asked(evidence, items[0])["sakerhet_i_avlasningen"] == READ_FROM_TABLE).sum())


def _not_in_table(evidence: Evidence, items: list[str]) -> int:
    return len(_asked(evidence, items[0])) - _in_table(evidence, items)


def _answering(evidence: Evidence, items: list[str]) -> int:
    """Municipalities whose answer begins with a text."""
    return int(_said(_asked(evidence, items[0])).str.startswith(items[1]).sum())


def _one_answering(evidence: Evidence, items: list[str]) -> int:
    """1 if a named municipality's answer begins with a text, else 0."""
    kommun, question, text = items
    rows = _asked(evidence, question).query("kommun == @kommun")
    if rows.empty:
        raise KeyError(kommun)
    return int(_said(rows).str.startswith(text).sum())


def _answering_otherwise(evidence: Evidence, items: list[str]) -> int:
    return len(_asked(evidence, items[0])) - _answering(evidence, items)


def _interviews_in_pairs(evidence: Evidence, items: list[str]) -> int:
    """Two municipalities at a time, with so many of them on their own."""
    alone = int(items[0])
    asked = evidence.tables["valdsutovare_jonkoping"]["kommun"].nunique()
    return (asked - alone) // 2 + alone


def _occupancy(evidence: Evidence, items: list[str]) -> int:
    """Placements times their mean length in days, as a share of the days from first to last."""
    placements, mean, first, last = items
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return round(100 * int(placements) * int(mean) / days)


def _same_number(evidence: Evidence, items: list[str]) -> int:
    """Principles that have the same number in both of the report's lists."""
    rows = evidence.tables["sodertalje_bedomning"].drop_duplicates("princip_nr")
    return int((rows["princip_nr"] == rows["nummer_i_bilaga_1"]).sum())


def _shared_actions(evidence: Evidence, items: list[str]) -> int:
    """Actions of the plan that stand for these actors together."""
    return int((evidence.tables["sodertalje_plan"]["ansvarig"] == items[0]).sum())


METHODS = {
    "kommuner-i-tabellen": Method("Vi har räknat kommunerna med en egen rad i frågans tabell.", _in_table),
    "kommuner-utanfor-tabellen": Method(
        "Vi har räknat kommunerna utan egen rad i frågans tabell.", _not_in_table
    ),
    "kommuner-som-svarar": Method(
        "Vi har räknat kommunerna med svaret i valdsutovare_jonkoping.csv.", _answering
    ),
    "kommun-svarar": Method(
        "Vi har letat efter kommunens svar i valdsutovare_jonkoping.csv (1 = finns, 0 = finns inte).",
        _one_answering,
        in_words=True,
    ),
    "kommuner-som-svarar-annat": Method(
        "Vi har räknat kommunerna utan svaret i valdsutovare_jonkoping.csv.", _answering_otherwise
    ),
    "intervjuer-parvis": Method(
        "Vi har delat kommunerna i par, utom den som intervjuades ensam.", _interviews_in_pairs
    ),
    "belaggning": Method(
        "Vi har delat antalet placeringar gånger medeltiden med periodens dagar.", _occupancy
    ),
    "samma-nummer": Method("Vi har räknat principerna med samma nummer i båda listorna.", _same_number),
    "gemensamma-atgarder": Method(
        "Vi har räknat åtgärderna som står för båda i sodertalje_plan.csv.", _shared_actions
    ),
}
