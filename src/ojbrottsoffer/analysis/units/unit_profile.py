"""What the figures say about one unit: counts, rank, areas, strengths and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.edition import DELVIS, JA, NEJ, Edition
from ojbrottsoffer.analysis.limits import VALUES_FOR_SIMILAR


@dataclass(frozen=True)
class AreaResult:
    """One area of one unit beside the nation and the units in the data."""

    omrade_id: str
    omrade: str
    ja: int
    answered: int
    """Number of indicators with an answer: the base of `share`."""
    share: float | None
    """Share of Ja in percent; None without answers."""
    nation: float | None
    """Mean of the nation's rounded shares over the area's indicators, in percent; None
    unless all of them are known."""
    others: float | None
    """Share of Ja among all units' answers in the area, in percent."""
    peers: float | None
    """The same among the other units of the population group; None without any."""


@dataclass(frozen=True)
class Ranking:
    """One placing. `placing` is None when the source gives none; `reason` then says why."""

    survey: str
    placing: int | None
    of: int | None
    shared: bool | None
    reason: str | None
    source_id: str
    place: str


@dataclass(frozen=True)
class Profile:
    """Everything the profile page says about one unit in one year.

    `strengths` and `gaps` are ids: strengths are Ja, the rarest in the nation first; gaps
    are Delvis or Nej, the most common in the nation first. `peers` are the other units of the
    population group, or of similar municipalities where enough of those have answered. `helpers` are the units that answer Ja to any of the gaps, with how many,
    the most first.
    """

    enhet_id: str
    ja: int
    partly: int
    no: int
    missing: int
    total: int
    areas: list[AreaResult]
    rankings: list[Ranking]
    strengths: list[str]
    gaps: list[str]
    peers: list[str]
    peers_are_similar: bool
    helpers: list[tuple[str, int]]


def profile(edition: Edition, enhet_id: str, similar: Sequence[str] = ()) -> Profile:
    """The profile of one unit. `similar`: the municipalities most like it, known from elsewhere.

    Raises `KeyError` for a unit that is not in the edition.
    """
    answers = edition.codes[enhet_id]
    given = list(answers.values())
    count = {code: given.count(code) for code in (JA, DELVIS, NEJ)}
    gaps = [i for i in edition.common_first if answers[i] in (DELVIS, NEJ)]
    answering = [unit for unit in similar if unit in edition.position]
    are_similar = len(answering) >= VALUES_FOR_SIMILAR
    peers = answering if are_similar else peers_of(edition, enhet_id)
    return Profile(
        enhet_id=enhet_id,
        ja=count[JA],
        partly=count[DELVIS],
        no=count[NEJ],
        missing=given.count(None),
        total=len(answers),
        areas=[area_result(edition, area_id, enhet_id, peers) for area_id in edition.quality_areas],
        rankings=_rankings(edition, enhet_id),
        strengths=[i for i in edition.rare_first if answers[i] == JA],
        gaps=gaps,
        peers=peers,
        peers_are_similar=are_similar,
        helpers=_helpers(edition, gaps),
    )


def area_result(edition: Edition, omrade_id: str, enhet_id: str, peers: list[str]) -> AreaResult:
    """One area (quality or indicator area) of one unit beside the nation, all units and `peers`."""
    rows = edition.rows_of[omrade_id]
    ja, answered = _count(edition, rows, [enhet_id])
    return AreaResult(
        omrade_id=omrade_id,
        omrade=edition.areas.at[omrade_id, "omrade"],
        ja=ja,
        answered=answered,
        share=_share(ja, answered),
        nation=edition.nation_means[omrade_id],
        others=_share(*edition.all_counts[omrade_id]),
        peers=_share(*_count(edition, rows, peers)),
    )


def area_range(edition: Edition, omrade_id: str, units: list[str]) -> tuple[float, float] | None:
    """The lowest and the highest share of Ja among some units, in percent; None without answers."""
    shares = edition.area_shares[omrade_id][[edition.position[unit] for unit in units]]
    known = shares[~np.isnan(shares)]
    return (float(known.min()), float(known.max())) if len(known) else None


def _count(edition: Edition, rows: np.ndarray, units: list[str]) -> tuple[int, int]:
    """Number of Ja and of answers that the units give to the indicators in `rows`."""
    places = [edition.position[unit] for unit in units]
    yes, given = (flags[rows][:, places] for flags in edition.cells)
    return int(yes.sum()), int(given.sum())


def _share(ja: int, answered: int) -> float | None:
    """Share of Ja among the answers, in percent; None without any."""
    return 100 * ja / answered if answered else None


def peers_of(edition: Edition, enhet_id: str) -> list[str]:
    """The other units of the same population group, in the edition's order."""
    group = edition.units.at[enhet_id, "befolkningsgrupp"]
    same = [] if pd.isna(group) else edition.members[group]
    return [unit for unit in same if unit != enhet_id]


def _helpers(edition: Edition, gaps: list[str]) -> list[tuple[str, int]]:
    rows = edition.answers.index.get_indexer(gaps)
    yes = edition.cells[0][rows].sum(axis=0).tolist()
    found = [(unit, n) for unit, n in zip(edition.position, yes, strict=True) if n]
    return sorted(found, key=lambda pair: -pair[1])


def foremost(helpers: list[tuple[str, int]], most: int) -> tuple[list[tuple[str, int]], int]:
    """The helpers to name: the first three, and those that have as many as the third; at most
    `most`, and how many more there are.
    """
    third = helpers[:3][-1][1] if helpers else 0
    ranked = [pair for pair in helpers if pair[1] >= third]
    shown = ranked[:most] if len(ranked) > most + 1 else ranked
    return shown, len(ranked) - len(shown)


def units_with_ja(edition: Edition, indikator_id: str) -> list[str]:
    """Ids of the units that answer Ja, in the edition's order."""
    row = edition.is_ja.loc[indikator_id]
    return list(row.index[row])


def _rankings(edition: Edition, enhet_id: str) -> list[Ranking]:
    return [
        Ranking(
            survey=row["undersokning"],
            placing=None if pd.isna(row["placering"]) else int(row["placering"]),
            of=None if pd.isna(row["antal_rankade"]) else int(row["antal_rankade"]),
            shared=None if pd.isna(row["delad"]) else bool(row["delad"]),
            reason=None if pd.isna(row["saknas_orsak"]) else row["saknas_orsak"],
            source_id=row["kalla_id"],
            place=row["plats"],
        )
        for row in edition.rankings_of.get(enhet_id, [])
    ]
