"""Observed against expected: which answers are not explained by the units' own totals.

The nation's shares give the difficulties (`rasch`); each unit's own total gives the exact
probability of Ja per indicator. Units with no Ja or only Ja carry no information, and
indicators without a national share have no difficulty; both are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.factors.rasch import (
    Conditional,
    Verdict,
    convolve,
    count_distribution,
    difficulties,
    national_totals,
    verdict,
)
from ojbrottsoffer.analysis.limits import DRAWN_PERMUTATIONS, EXACT_FLIPS, LEVEL, SIGMA, SIGMAS

WITHOUT_PARTLY = "Delvis utelämnas"


@dataclass(frozen=True)
class Expected:
    """One edition's units under one assumed spread.

    `answered`: indicator × unit, True where the answer counts. `ja`: the same, True for Ja.
    """

    sigma: float
    b: pd.Series
    answered: pd.DataFrame
    ja: pd.DataFrame
    without_share: tuple[str, ...]
    """Indicators without a national share."""

    @cached_property
    def units(self) -> list[str]:
        """Units that carry information."""
        ja, given = self.ja.to_numpy().sum(axis=0), self.answered.to_numpy().sum(axis=0)
        return list(self.answered.columns[(ja > 0) & (ja < given)])

    @property
    def left_out(self) -> list[str]:
        """Units with no Ja or only Ja."""
        return [unit for unit in self.answered.columns if unit not in set(self.units)]

    @cached_property
    def _yes(self) -> np.ndarray:
        """`ja` of the informative units."""
        return self.ja[self.units].to_numpy()

    @cached_property
    def _conditional(self) -> Conditional:
        return Conditional(self.b.to_numpy(), self.answered[self.units].to_numpy().T, self._yes.sum(axis=0))

    @cached_property
    def probabilities(self) -> pd.DataFrame:
        """The probability of Ja, indicator × informative unit; missing where nothing counts."""
        if not self.units:
            return pd.DataFrame(index=self.b.index, columns=self.units, dtype=float)
        p = np.where(self._conditional.answered, self._conditional.probabilities, np.nan)
        return pd.DataFrame(p.T, index=self.b.index, columns=self.units)

    @cached_property
    def indicators(self) -> dict[str, Verdict]:
        """Every indicator with a national share and answers, in published order."""
        if not self.units:
            return {}
        p = self.probabilities.to_numpy()
        pmfs = count_distribution(np.nan_to_num(p))
        given = (~np.isnan(p)).sum(axis=1)
        observed = self._yes.sum(axis=1)
        return {
            i: verdict(int(observed[n]), pmfs[n, : given[n] + 1], LEVEL)
            for n, i in enumerate(self.b.index)
            if given[n]
        }

    def of_indicators(self, ids: Iterable[str]) -> Verdict | None:
        """Some indicators together, exactly, each unit's total given."""
        ids = frozenset(ids)
        if ids not in self._together:
            self._together[ids] = self._judged(ids)
        return self._together[ids]

    @cached_property
    def _together(self) -> dict[frozenset[str], Verdict | None]:
        """What has been said of several indicators: pages and tables ask more than once."""
        return {}

    def _judged(self, ids: frozenset[str]) -> Verdict | None:
        members = self.b.index.isin(list(ids))
        if not members.any() or not self.units:
            return None
        given = self._conditional.answered[:, members].sum(axis=1)
        pmfs = [pmf[: n + 1] for pmf, n in zip(self._conditional.among(members), given, strict=True)]
        observed = int(self._yes[members].sum())
        return verdict(observed, convolve(pmfs), LEVEL)

    def residuals(self, ids: Iterable[str]) -> np.ndarray:
        """Observed minus expected Ja among some indicators, per informative unit."""
        members = self.b.index.isin(list(ids))
        return self._yes[members].sum(axis=0) - np.nansum(self.probabilities.to_numpy()[members], axis=0)

    @property
    def outside(self) -> dict[str, Verdict]:
        """The indicators whose count lies outside its interval."""
        return {i: one for i, one in self.indicators.items() if one.outside}

    @property
    def outside_by_chance(self) -> float:
        """How many would lie outside on average if the model held."""
        return sum(one.by_chance for one in self.indicators.values())

    def surprises(self, unit: str, most: int) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
        """The Ja that were least likely and the other answers where Ja was most likely, with
        the probability of Ja, most surprising first. Empty for a unit without information.
        """
        if unit not in self._columns:
            return [], []
        p, yes = self._columns[unit]

        def first(among: np.ndarray, order: np.ndarray) -> list[tuple[str, float]]:
            rows = np.flatnonzero(among & ~np.isnan(p))
            return [
                (self.b.index[row], float(p[row]))
                for row in rows[np.argsort(order[rows], kind="stable")][:most]
            ]

        return first(yes, p), first(~yes, -p)

    @cached_property
    def _columns(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Informative unit -> the probabilities of Ja, and where it answers Ja."""
        p, yes = self.probabilities.to_numpy(), self._yes
        return {unit: (p[:, n], yes[:, n]) for n, unit in enumerate(self.units)}


def expected(edition: Edition, sigma: float = SIGMA, leave_out_partly: bool = False) -> Expected:
    """The model for one edition. Delvis counts as not-Ja, as in the nation's shares; with
    `leave_out_partly` such answers are left out instead.
    """
    shares = edition.indicators["riket"]
    known = shares.index[shares.notna()]
    answered = edition.is_given.loc[known]
    if leave_out_partly:
        answered = answered & ~edition.is_partly.loc[known]
    b = difficulties(shares[known].to_numpy(dtype=float), sigma)
    return Expected(
        sigma,
        pd.Series(b, index=known),
        answered,
        edition.is_ja.loc[known],
        tuple(shares.index[shares.isna()]),
    )


def sign_flip(residuals: np.ndarray) -> float:
    """Two-sided p of a sum when each unit's residual could as well have had the other sign.

    Only the units have to be independent, not the answers within one. Every pattern of signs
    for few units, seeded drawn ones for many.
    """
    n = len(residuals)
    signs = _signs(n)
    as_far = int((np.abs(signs @ residuals) >= abs(residuals.sum()) - 1e-9).sum())
    return as_far / len(signs) if n <= EXACT_FLIPS else (as_far + 1) / (len(signs) + 1)


@lru_cache(maxsize=1)
def _signs(n: int) -> np.ndarray:
    """Patterns of signs of `n` units, one per row: the same for every group of indicators."""
    if n <= EXACT_FLIPS:
        signs = 1 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
    else:
        rng = np.random.Generator(np.random.PCG64(n))
        signs = rng.choice([-1, 1], size=(DRAWN_PERMUTATIONS, n))
    return signs.astype(float)


@dataclass(frozen=True)
class Sensitivity:
    """The same question under every spread of `SIGMAS`, and with Delvis left out."""

    by_sigma: dict[float, Expected]
    without_partly: Expected

    @property
    def main(self) -> Expected:
        return self.by_sigma[SIGMA]

    @property
    def variants(self) -> dict[str, Expected]:
        """What is assumed, in words -> the model."""
        return {
            **{f"spridning {sigma}".replace(".", ","): one for sigma, one in self.by_sigma.items()},
            WITHOUT_PARTLY: self.without_partly,
        }

    @property
    def _all(self) -> list[Expected]:
        return [*self.by_sigma.values(), self.without_partly]

    def holds(self, direction: int) -> list[str]:
        """Indicators above (1) or below (−1) their interval in every variant."""
        return [
            i
            for i in self.main.indicators
            if all(
                i in one.indicators
                and one.indicators[i].outside
                and one.indicators[i].surplus * direction > 0
                for one in self._all
            )
        ]

    def between_units(self, ids: Iterable[str]) -> float:
        """p of the residuals of some indicators together, units against each other."""
        return sign_flip(self.main.residuals(ids))

    def group_everywhere(self, ids: Iterable[str]) -> bool:
        """True if some indicators together lie outside the same way in every variant."""
        found = [one.of_indicators(ids) for one in self._all]
        return any(
            all(one is not None and one.outside and one.surplus * way > 0 for one in found) for way in (1, -1)
        )

    def outside_under(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The variants, in words, in which some indicators together lie outside."""
        return tuple(
            name
            for name, one in self.variants.items()
            if (found := one.of_indicators(ids)) is not None and found.outside
        )


def sensitivity(edition: Edition) -> Sensitivity:
    return Sensitivity(
        {sigma: expected(edition, sigma) for sigma in SIGMAS}, expected(edition, leave_out_partly=True)
    )


@dataclass(frozen=True)
class SpreadCheck:
    """How many units of the country a spread would put above a number of Ja, on average, and how
    likely it makes a number that agrees with the selection."""

    sigma: float
    above: float
    probability: float


def spread_check(edition: Edition, respondents: int, chosen_from: int) -> tuple[int, int, list[SpreadCheck]]:
    """How likely each spread makes a selection among the `chosen_from` units with most Ja.

    The lowest of the chosen has `limit` Ja. Those above it in the country are at least those
    among the chosen and fewer than `chosen_from`. Returns limit, that least number, and the
    number each spread gives among `respondents` units.
    """
    totals = edition.is_ja.sum()
    limit, known = int(totals.min()), int((totals > totals.min()).sum())
    checks = []
    shares = edition.indicators["riket"].dropna().to_numpy(dtype=float)
    for sigma in SIGMAS:
        one = float(national_totals(difficulties(shares, sigma), sigma)[limit + 1 :].sum())
        number = count_distribution(np.full(respondents, one))
        checks.append(SpreadCheck(sigma, respondents * one, float(number[known:chosen_from].sum())))
    return limit, known, checks
