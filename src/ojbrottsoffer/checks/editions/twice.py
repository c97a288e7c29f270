"""An edition that is another year's once more: the same units with the same answers."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from ojbrottsoffer.schema.finding import Finding

ENOUGH = 50
"""Answers in common, of which not one has changed, before it can't be chance."""


def editions_twice(answers: pd.DataFrame) -> list[Finding]:
    """A finding for each pair of years whose common questions have the same answers from the same units.

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
        if (
            len(both) < ENOUGH
            or both["enhet_id"].nunique() < 2
            or not (both["svar_kod_fore"] == both["svar_kod_efter"]).all()
        ):
            continue
        files = after.get("_fil", pd.Series(dtype=object)).dropna().unique()
        findings.append(
            Finding(
                f"Utgåvan {other} har samma svar som utgåvan {one}",
                file=str(files[0]) if len(files) else "data/raw/",
                table="resultat",
                value=f"{len(both)} svar, inget ändrat",
                expected="minst ett svar som har ändrats från en undersökning till nästa",
                action="Kontrollera att rätt fil är inläst för året.",
                priority=2,
            )
        )
    return findings
