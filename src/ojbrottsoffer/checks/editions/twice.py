"""An edition that is another year's once more: the same units with the same answers."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from ojbrottsoffer.schema.finding import FEL, UPPLYSNING, Finding

ENOUGH = 50
"""Answers in common before it can't be chance that so few of them have changed."""
ALIKE = 0.98
"""The share that is unchanged, 0–1, from which somebody should look: a few answers may have been touched."""


def editions_twice(answers: pd.DataFrame) -> list[Finding]:
    """A finding for each pair of years whose common questions have the same answers from the same units; one
    that does not stop, where nearly all are the same.

    `answers`: `resultat`, with `_fil` where a row was read.
    """
    key = ["enhet_id", "indikator_id"]
    findings = []
    for one, other in combinations(sorted(answers["ar"].unique()), 2):
        before, after = (answers[answers["ar"] == year] for year in (one, other))
        both = before.merge(after, on=key, suffixes=("_fore", "_efter")).dropna(
            subset=["svar_kod_fore", "svar_kod_efter"]
        )
        # A single municipality may well answer as it did the time before.
        if len(both) < ENOUGH or both["enhet_id"].nunique() < 2:
            continue
        changed = int((both["svar_kod_fore"] != both["svar_kod_efter"]).sum())
        if changed > (1 - ALIKE) * len(both):
            continue
        files = after.get("_fil", pd.Series(dtype=object)).dropna().unique()
        findings.append(
            Finding(
                f"Utgåvan {other} har {'nästan ' if changed else ''}samma svar som utgåvan {one}",
                file=str(files[0]) if len(files) else "data/raw/",
                table="resultat",
                value=f"{len(both)} svar, {changed or 'inget'} ändrat",
                expected="fler svar som har ändrats från en undersökning till nästa",
                action="Kontrollera att rätt fil är inläst för året.",
                kind=UPPLYSNING if changed else FEL,
                priority=2,
            )
        )
    return findings
