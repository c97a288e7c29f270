"""Observed against expected: which answers are not explained by the units' own totals.

The nation's shares give the difficulties (`rasch`); each unit's own total gives the exact
probability of Ja per indicator. Units with no Ja or only Ja carry no information, and
indicators without a national share have no difficulty; both are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.factors.between import BetweenUnits
from ojbrottsoffer.analysis.factors.rasch import (
    Conditional,
    Verdict,
    convolve,
    count_distribution,
    difficulties,
    verdict,
)
from ojbrottsoffer.analysis.limits import LEVEL, SIGMA, SIGMAS, SIGNIFICANT

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
        if not self._members(ids).any() or not self.units:
            return None
        return verdict(int(self.counts(ids).sum()), convolve(self._pmfs(ids)), LEVEL)

    def _members(self, ids: Iterable[str]) -> np.ndarray:
        return self.b.index.isin(list(ids))

    def _pmfs(self, ids: Iterable[str]) -> list[np.ndarray]:
        """Per informative unit: the distribution of its number of Ja among some indicators."""
        members = self._members(ids)
        given = self._conditional.answered[:, members].sum(axis=1)
        return [pmf[: n + 1] for pmf, n in zip(self._conditional.among(members), given, strict=True)]

    def counts(self, ids: Iterable[str]) -> np.ndarray:
        """Number of Ja among some indicators, per informative unit."""
        return self._yes[self._members(ids)].sum(axis=0)

    def between(self, ids: Iterable[str]) -> BetweenUnits:
        """How units with these totals differ from each other among some indicators."""
        return BetweenUnits(self._conditional.among(self._members(ids)))

    def between_units(self, ids: Iterable[str]) -> float:
        """p of the units' differences together, the units counted and not their answers."""
        return float(self.between(ids).p(self.counts(ids)))

    def apart(self, groups: Iterable[Iterable[str]]) -> float:
        """How unlike each other the units are in groups of indicators, on average: about 1 if the
        model is true. Groups of one indicator are left out.
        """
        found = [
            self.between(ids).apart(self.counts(ids))
            for ids in map(list, groups)
            if self._members(ids).sum() > 1
        ]
        return float(np.mean([one for one in found if one is not None]))

    def unit_by_unit(self, ids: Iterable[str]) -> dict[str, Verdict]:
        """Informative unit -> what its own number of Ja among some indicators says."""
        return {
            unit: verdict(int(count), pmf, LEVEL)
            for unit, count, pmf in zip(self.units, self.counts(ids), self._pmfs(ids), strict=True)
        }

    def without_each(self, ids: Iterable[str]) -> dict[str, Verdict]:
        """Informative unit -> what the others together say when it is left out."""
        counts, pmfs = self.counts(ids), self._pmfs(ids)
        return {
            unit: verdict(int(counts.sum() - counts[n]), convolve([*pmfs[:n], *pmfs[n + 1 :]]), LEVEL)
            for n, unit in enumerate(self.units)
        }

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

    def group_everywhere(self, ids: Iterable[str]) -> bool:
        """True if some indicators together lie outside the same way in every variant."""
        found = [one.of_indicators(ids) for one in self._all]
        return any(
            all(one is not None and one.outside and one.surplus * way > 0 for one in found) for way in (1, -1)
        )

    def group_holds(self, ids: Iterable[str]) -> bool:
        """True if some indicators together are singled out as a deviation: outside the same way in
        every variant, and the units bear it when they and not their answers are counted.
        """
        ids = list(ids)
        return self.group_everywhere(ids) and self.main.between_units(ids) < SIGNIFICANT

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
