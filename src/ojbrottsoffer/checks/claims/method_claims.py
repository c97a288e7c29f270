"""How claims in the documents behind the methods are tried (`claims.METHODS` names them)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from ojbrottsoffer.checks.claims.report_claims import Evidence

READ_FROM_TABLE = "namn_pa_raden"


def _asked(evidence: Evidence, question: str) -> pd.DataFrame:
    """The rows of one question; a question that is not there raises `KeyError`."""
    rows = evidence.tables["valdsutovare_jonkoping"].query("fraga_id == @question")
    if rows.empty:
        raise KeyError(question)
    return rows


def in_table(evidence: Evidence, items: list[str]) -> int:
    """Municipalities with a row of their own in the question's table."""
    return int((_asked(evidence, items[0])["sakerhet_i_avlasningen"] == READ_FROM_TABLE).sum())


def not_in_table(evidence: Evidence, items: list[str]) -> int:
    return len(_asked(evidence, items[0])) - in_table(evidence, items)


def answering(evidence: Evidence, items: list[str]) -> int:
    """Municipalities whose answer begins with a text."""
    answers = _asked(evidence, items[0])["svar"].astype("str")
    return int(answers.str.startswith(items[1]).sum())


def one_answering(evidence: Evidence, items: list[str]) -> int:
    """1 if a named municipality's answer begins with a text, else 0."""
    kommun, question, text = items
    rows = _asked(evidence, question).query("kommun == @kommun")
    if rows.empty:
        raise KeyError(kommun)
    return int(rows["svar"].astype("str").str.startswith(text).sum())


def answering_otherwise(evidence: Evidence, items: list[str]) -> int:
    return len(_asked(evidence, items[0])) - answering(evidence, items)


def interviews_in_pairs(evidence: Evidence, items: list[str]) -> int:
    """Two municipalities at a time, with so many of them on their own."""
    alone = int(items[0])
    asked = evidence.tables["valdsutovare_jonkoping"]["kommun"].nunique()
    return (asked - alone) // 2 + alone


def occupancy(evidence: Evidence, items: list[str]) -> int:
    """Placements times their mean length in days, as a share of the days from first to last."""
    placements, mean, first, last = items
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return round(100 * int(placements) * int(mean) / days)


def same_number(evidence: Evidence, items: list[str]) -> int:
    """Principles that have the same number in both of the report's lists."""
    rows = evidence.tables["sodertalje_bedomning"].drop_duplicates("princip_nr")
    return int((rows["princip_nr"] == rows["nummer_i_bilaga_1"]).sum())


def shared_actions(evidence: Evidence, items: list[str]) -> int:
    """Actions of the plan that stand for these actors together."""
    return int((evidence.tables["sodertalje_plan"]["ansvarig"] == items[0]).sum())
