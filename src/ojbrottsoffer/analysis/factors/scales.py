"""What many units make meaningful: how well a factor's indicators hang together, scores with
intervals, and units that answer alike. Each has its least number in `limits`.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.limits import (
    INDICATORS_FOR_RELIABILITY,
    LEVEL,
    SIMILAR_SHOWN,
    UNITS_FOR_RELIABILITY,
    UNITS_FOR_SIMILAR,
)


@dataclass(frozen=True)
class Reliability:
    """KR-20 of some indicators. `units` have answered all of them; `error` is the standard error
    of one unit's share, in percentage points."""

    units: int
    indicators: int
    kr20: float
    error: float


def reliability(edition: Edition, indicators: list[str]) -> Reliability | None:
    """KR-20, or None with too few indicators, too few units or no spread between units."""
    k = len(indicators)
    if k < INDICATORS_FOR_RELIABILITY:
        return None
    whole = edition.is_given.loc[indicators].all()
    answers = edition.is_ja.loc[indicators, whole.index[whole]].to_numpy().astype(float)
    if answers.shape[1] < UNITS_FOR_RELIABILITY:
        return None
    kr20 = kuder_richardson_20(answers)
    if kr20 is None:
        return None
    spread = answers.mean(axis=0).std(ddof=1)
    error = 100 * spread * np.sqrt(1 - max(kr20, 0.0))
    return Reliability(answers.shape[1], k, kr20, float(error))


def kuder_richardson_20(answers: np.ndarray) -> float | None:
    """KR-20 of a matrix indicator × unit of 0 and 1; None if all totals are equal."""
    k, n = answers.shape
    totals = answers.sum(axis=0)
    if k < 2 or n < 2 or totals.var(ddof=1) == 0:
        return None
    return float(k / (k - 1) * (1 - answers.var(axis=1, ddof=1).sum() / totals.var(ddof=1)))


@dataclass(frozen=True)
class FactorScore:
    """One unit's share of Ja among a factor's answered indicators, with an interval."""

    enhet_id: str
    ja: int
    answered: int
    share: float
    low: float
    high: float


def factor_scores(edition: Edition, indicators: list[str]) -> dict[str, FactorScore]:
    """Unit -> score with interval (share ± z standard errors, within 0–100); empty unless the
    reliability can be computed.
    """
    scale = reliability(edition, indicators)
    if scale is None:
        return {}
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) * scale.error
    yes, given = edition.is_ja.loc[indicators].sum(), edition.is_given.loc[indicators].sum()
    return {
        unit: FactorScore(
            unit,
            int(yes[unit]),
            int(given[unit]),
            share := 100 * yes[unit] / given[unit],
            max(0.0, share - reach),
            min(100.0, share + reach),
        )
        for unit in edition.answers.columns
        if given[unit]
    }


@dataclass(frozen=True)
class Similar:
    """A unit that answers like another: `same` of the `common` indicators both have answered."""

    enhet_id: str
    same: int
    common: int


def similar_units(edition: Edition) -> dict[str, list[Similar]]:
    """Unit -> the units that give the same answer most often, among indicators both have
    answered (at least half of all); empty with too few units.
    """
    if len(edition.units) < UNITS_FOR_SIMILAR:
        return {}
    codes = edition.answers.to_numpy(dtype=float, na_value=np.nan)
    given = ~np.isnan(codes)
    common = given.T.astype(int) @ given.astype(int)
    same = sum((codes == code).T.astype(int) @ (codes == code).astype(int) for code in (0, 1, 2))
    enough = common * 2 >= codes.shape[0]
    share = np.where(enough, same / np.maximum(common, 1), -1.0)
    np.fill_diagonal(share, -1.0)
    units = list(edition.answers.columns)
    found = {}
    for n, unit in enumerate(units):
        order = np.argsort(-share[n], kind="stable")[:SIMILAR_SHOWN]
        found[unit] = [
            Similar(units[m], int(same[n, m]), int(common[n, m])) for m in order if share[n, m] >= 0
        ]
    return found
