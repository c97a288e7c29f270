"""What the figures say about one indicator: who answers what, and the nation over the years."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.analysis.edition import DELVIS, JA, NEJ, Edition

WHOLE = "alla"
"""The part of the question that means all of it."""


@dataclass(frozen=True)
class Point:
    """The nation's share of Ja one year according to one source."""

    ar: int
    share: int
    derived: bool
    comparable: str
    note: str | None
    source_id: str
    place: str


@dataclass(frozen=True)
class Series:
    """The nation over the years for one part of the question, oldest first.

    `segments` are the runs of points that may be joined by a line: each year once, and every
    point comparable with 2015's definition. A break lies between two runs.
    """

    part: str
    points: list[Point]

    @property
    def segments(self) -> list[list[Point]]:
        runs: list[list[Point]] = [[]]
        for point in self.points:
            if point.comparable != "ja":
                runs.append([])
            elif not runs[-1] or runs[-1][-1].ar < point.ar:
                runs[-1].append(point)
        return [run for run in runs if len(run) > 1]


def nation_over_years(riket: pd.DataFrame) -> dict[str, list[Series]]:
    """The nation's shares of every indicator, one series per part of the question.

    `riket` is the public table with all its years. Without those of which a single year is known:
    then there is nothing to compare. The whole question comes first.
    """
    found: dict[str, dict[str, list[Point]]] = {}
    for row in riket.sort_values(["ar", "kalla_id"]).to_dict("records"):
        parts = found.setdefault(row["indikator_id"], {})
        parts.setdefault(row["delmangd"], []).append(_point(row))
    return {
        indicator: [Series(part, parts[part]) for part in sorted(parts, key=lambda part: (part != WHOLE, part))]
        for indicator, parts in found.items()
        if len({point.ar for points in parts.values() for point in points}) > 1
    }


def _point(row: dict) -> Point:
    return Point(
        ar=int(row["ar"]),
        share=int(row["andel_ja_procent"]),
        derived=bool(row["harledd"]),
        comparable=row["jamforbar"],
        note=None if pd.isna(row["anmarkning"]) else row["anmarkning"],
        source_id=row["kalla_id"],
        place=row["plats"],
    )


def units_by_answer(edition: Edition, indikator_id: str) -> dict[int | None, list[str]]:
    """Ids of the units per answer (2, 1, 0, None for a missing one), in the edition's order."""
    row = edition.answers.loc[indikator_id]
    by_code: dict[int | None, list[str]] = {
        code: list(row.index[row.eq(code).fillna(False)]) for code in (JA, DELVIS, NEJ)
    }
    return by_code | {None: list(row.index[row.isna()])}
