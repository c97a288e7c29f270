"""How firm a rank is, how the report's units were chosen, and whether two rankings agree."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.limits import DRAWN_PERMUTATIONS, EXACT_PERMUTATIONS, PAIRS_FOR_AGREEMENT

TOP_OJ, TOP_UNIZON = 20, 10
"""The report's own limits (appendix 1): first on these two lists."""


def competition_rank(scores: np.ndarray) -> np.ndarray:
    """Ranks 1, 1, 3 … along the last axis, the highest score first."""
    scores = np.asarray(scores, dtype=float)
    order = np.sort(scores, axis=-1)
    flat = [
        np.searchsorted(row, own, side="right")
        for row, own in zip(
            order.reshape(-1, scores.shape[-1]), scores.reshape(-1, scores.shape[-1]), strict=True
        )
    ]
    return scores.shape[-1] - np.array(flat).reshape(scores.shape) + 1


@dataclass(frozen=True)
class RankRange:
    """One unit's rank among the edition's units, and how far it moves."""

    enhet_id: str
    ja: int
    published: int | None
    rank: int
    by_published: int | None
    """With the published number of Ja; None unless every unit has one."""
    by_half: int
    """With Delvis as half a Ja."""
    without_indicator: tuple[int, int]
    """Best and worst rank when any one indicator is left out."""
    without_area: tuple[int, int]
    """… any one indicator area."""

    @property
    def best(self) -> int:
        return min(self._all)

    @property
    def worst(self) -> int:
        return max(self._all)

    @property
    def _all(self) -> list[int]:
        found = [self.rank, self.by_half, *self.without_indicator, *self.without_area]
        return found if self.by_published is None else [*found, self.by_published]


def rank_ranges(edition: Edition) -> list[RankRange]:
    """Every unit, the first in rank first, then in the edition's order."""
    yes = edition.is_ja.to_numpy().astype(float)
    half = edition.is_partly.to_numpy() / 2
    total = yes.sum(axis=0)
    areas = edition.indicators["indikatoromrade_id"]
    area_yes = np.array([yes[(areas == area).to_numpy()].sum(axis=0) for area in areas.unique()])
    rank = competition_rank(total)
    by_half = competition_rank(total + half.sum(axis=0))
    one_less = competition_rank(total - yes)
    area_less = competition_rank(total - area_yes)
    published = edition.units["antal_ja_publicerat"]
    by_published = competition_rank(published.to_numpy(dtype=float)) if published.notna().all() else None
    found = [
        RankRange(
            enhet_id=unit,
            ja=int(total[n]),
            published=None if pd.isna(published[unit]) else int(published[unit]),
            rank=int(rank[n]),
            by_published=None if by_published is None else int(by_published[n]),
            by_half=int(by_half[n]),
            without_indicator=(int(one_less[:, n].min()), int(one_less[:, n].max())),
            without_area=(int(area_less[:, n].min()), int(area_less[:, n].max())),
        )
        for n, unit in enumerate(edition.units.index)
    ]
    return sorted(found, key=lambda row: row.rank)


@dataclass(frozen=True)
class Chosen:
    """One of the report's units: its rank among them and its Unizon placing per source."""

    enhet_id: str
    ja: int
    rank: int
    unizon: dict[str, int]
    missing: dict[str, str]
    """Source that says it has no placing -> the reason."""

    def on_both(self, kalla_id: str) -> bool:
        return self.unizon.get(kalla_id, TOP_UNIZON + 1) <= TOP_UNIZON

    @property
    def agreed(self) -> bool | None:
        """Whether it is on both lists by every source; None if they say differently, or if there is none."""
        said = {self.on_both(source) for source in self.unizon}
        return said.pop() if len(said) == 1 else None


@dataclass(frozen=True)
class Selection:
    """The published selection, as far as the data say."""

    chosen: list[Chosen]
    sources: list[str]
    """Sources that place at least one of the chosen."""
    others_on_top: dict[str, list[tuple[str, int]]]
    """Source -> units that are not among the chosen but on its top list, with placing."""

    def on_both(self, kalla_id: str) -> list[str]:
        return [row.enhet_id for row in self.chosen if row.on_both(kalla_id)]


def selection(tables: dict[str, pd.DataFrame], edition: Edition) -> Selection:
    """Ranks by Ja, the Unizon placings of the same year, and who is on both top lists."""
    rows = tables["rankning"]
    rows = rows[(rows["undersokning"] == "unizon") & (rows["ar"] == edition.ar)]
    placed = rows[rows["placering"].notna()]
    mine = placed[placed["enhet_id"].isin(edition.units.index)]
    sources = sorted(mine["kalla_id"].unique(), key=lambda s: -int((mine["kalla_id"] == s).sum()))
    absent = rows[rows["placering"].isna()]
    placings: dict[str, dict[str, int]] = {}
    reasons: dict[str, dict[str, str]] = {}
    for unit, source, placing in mine[["enhet_id", "kalla_id", "placering"]].itertuples(index=False):
        placings.setdefault(unit, {})[source] = int(placing)
    for unit, source, reason in absent[["enhet_id", "kalla_id", "saknas_orsak"]].itertuples(index=False):
        reasons.setdefault(unit, {})[source] = reason
    chosen = [
        Chosen(row.enhet_id, row.ja, row.rank, placings.get(row.enhet_id, {}), reasons.get(row.enhet_id, {}))
        for row in rank_ranges(edition)
    ]
    top = placed[(placed["placering"] <= TOP_UNIZON) & ~placed["enhet_id"].isin(edition.units.index)]
    return Selection(
        chosen,
        sources,
        {
            source: [
                (r["enhet_id"], int(r["placering"]))
                for r in top[top["kalla_id"] == source].sort_values("placering").to_dict("records")
            ]
            for source in sources
        },
    )


@dataclass(frozen=True)
class Agreement:
    """Rank correlation of two rankings of the same units. `pairs`: unit, first, second."""

    pairs: list[tuple[str, int, int]]
    missing: list[tuple[str, str | None]]
    """Units without the second placing, with the reason if one is given."""
    rho: float | None
    """None with fewer than `PAIRS_FOR_AGREEMENT` pairs or with no spread."""
    p: float | None
    exact: bool


def agreement(edition: Edition) -> Agreement:
    """Number of Ja against Unizon's placing among the units that have both."""
    rows = edition.rankings
    unizon = rows[rows["undersokning"] == "unizon"].set_index("enhet_id")
    placing = unizon["placering"].dropna()
    order = [row for row in rank_ranges(edition)]
    pairs = [
        (row.enhet_id, row.ja, int(placing[row.enhet_id])) for row in order if row.enhet_id in placing.index
    ]
    missing = [
        (row.enhet_id, unizon.at[row.enhet_id, "saknas_orsak"] if row.enhet_id in unizon.index else None)
        for row in order
        if row.enhet_id not in placing.index
    ]
    if len(pairs) < PAIRS_FOR_AGREEMENT:
        return Agreement(pairs, missing, None, None, True)
    rho, p, exact = spearman(
        np.array([ja for _, ja, _ in pairs]), -np.array([place for _, _, place in pairs])
    )
    return Agreement(pairs, missing, rho, p, exact)


def spearman(x: np.ndarray, y: np.ndarray) -> tuple[float | None, float | None, bool]:
    """Spearman's rho with a two-sided permutation p: every permutation for few pairs, seeded
    drawn ones for many. None when one of them has no spread.
    """
    a, b = (_centred_ranks(values) for values in (x, y))
    spread = math.sqrt(float(a @ a) * float(b @ b))
    if spread == 0:
        return None, None, True
    rho = float(a @ b) / spread
    exact = len(a) <= EXACT_PERMUTATIONS
    if exact:
        orders = np.array(list(itertools.permutations(range(len(a)))))
        permuted = b[orders]
    else:
        rng = np.random.Generator(np.random.PCG64(len(a)))
        permuted = rng.permuted(np.tile(b, (DRAWN_PERMUTATIONS, 1)), axis=1)
    as_far = int((np.abs(permuted @ a) >= abs(float(a @ b)) - 1e-9).sum())
    p = as_far / len(permuted) if exact else (as_far + 1) / (len(permuted) + 1)
    return rho, p, exact


def _centred_ranks(values: np.ndarray) -> np.ndarray:
    ranks = pd.Series(values, dtype=float).rank().to_numpy()
    return ranks - ranks.mean()
