"""How unlike the country's units are: what a selection among those with most Ja says of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.factors.rasch import count_distribution, difficulties, national_totals
from ojbrottsoffer.analysis.limits import PLAUSIBLE, SIGMA_GRID, SIGMAS


@dataclass(frozen=True)
class SpreadCheck:
    """How many units of the country a spread would put above a number of Ja, on average, and how
    likely it makes a number that agrees with the selection."""

    sigma: float
    above: float
    probability: float


@dataclass(frozen=True)
class SpreadChecks:
    """The lowest of the chosen has `limit` Ja, and `known` of them have more. Fewer than
    `chosen_from` units in the country then have more. `surveyed` units got the questions and
    `respondents` of them answered.
    """

    limit: int
    known: int
    chosen_from: int
    surveyed: int
    respondents: int
    checks: tuple[SpreadCheck, ...]
    """Every spread of the grid and every one that is tried, the least first."""

    @cached_property
    def likeliest(self) -> SpreadCheck:
        return max(self.checks, key=lambda one: one.probability)

    @cached_property
    def plausible(self) -> tuple[float, float]:
        """The least and the greatest spread that make the selection nearly as likely."""
        near = [one.sigma for one in self.checks if one.probability >= PLAUSIBLE * self.likeliest.probability]
        return min(near), max(near)

    @cached_property
    def by_sigma(self) -> dict[float, SpreadCheck]:
        return {one.sigma: one for one in self.checks}


def spread_checks(edition: Edition, surveyed: int, respondents: int, chosen_from: int) -> SpreadChecks:
    """How likely each spread makes a selection among the `chosen_from` units with most Ja."""
    totals = edition.is_ja.sum()
    limit, known = int(totals.min()), int((totals > totals.min()).sum())
    shares = edition.indicators["riket"].dropna().to_numpy(dtype=float)
    checks = []
    for sigma in sorted({*SIGMA_GRID, *SIGMAS}):
        one = float(national_totals(difficulties(shares, sigma), sigma)[limit + 1 :].sum())
        number = count_distribution(np.full(respondents, one))
        checks.append(SpreadCheck(sigma, respondents * one, float(number[known:chosen_from].sum())))
    return SpreadChecks(limit, known, chosen_from, surveyed, respondents, tuple(checks))
