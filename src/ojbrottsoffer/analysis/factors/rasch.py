"""The Rasch model: how likely a Ja is, given how many Ja the unit has in all.

A unit with ability θ says Ja to indicator i with probability 1 / (1 + exp(b_i − θ)). The
difficulties b come from the nation's shares under an assumed spread of ability, N(0, σ²): the
share is the probability averaged over the country. Given a unit's own total, θ falls out of
the conditional probabilities, and they are exact: ratios of elementary symmetric functions of
exp(−b). The expected numbers then sum to the total, and choosing units by their total leaves
them as they are.

The symmetric functions are computed as probabilities of counts at the ability where the
expected total is the unit's own; every term is positive, so nothing cancels and nothing
overflows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

NODES = 61
"""Gauss–Hermite nodes: enough for six decimals of a share at σ = 3."""
FURTHEST = 60.0
"""Difficulties and abilities are sought between minus and plus this many logits."""
ROUNDED_AWAY = 0.25
"""A published 0 (100) percent means less (more) than half a percent: the middle of that is used."""


def difficulties(shares: np.ndarray, sigma: float) -> np.ndarray:
    """The difficulty of each indicator from its national share in percent.

    Raises `ValueError` for a share outside 0–100 or a spread that is not positive.
    """
    shares = np.asarray(shares, dtype=float)
    if not np.all((shares >= 0) & (shares <= 100)):  # also false for a missing share
        raise ValueError(f"shares outside 0-100: {shares[~((shares >= 0) & (shares <= 100))]}")
    if not sigma > 0:
        raise ValueError(f"the spread must be positive: {sigma}")
    wanted = np.clip(shares, ROUNDED_AWAY, 100 - ROUNDED_AWAY) / 100
    return _solve(lambda b: wanted - national_share(b, sigma), len(shares))


def national_share(b: np.ndarray, sigma: float) -> np.ndarray:
    """The share of Ja in a country with spread `sigma`, 0–1."""
    nodes, weights = _nodes()
    return (_logistic(sigma * nodes[:, None] - b) * weights[:, None]).sum(axis=0)


def national_totals(b: np.ndarray, sigma: float) -> np.ndarray:
    """The distribution of the number of Ja in the country: index = number, value = share."""
    nodes, weights = _nodes()
    return sum(w * count_distribution(_logistic(sigma * x - b)) for x, w in zip(nodes, weights, strict=True))


@cache
def _nodes() -> tuple[np.ndarray, np.ndarray]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()


def _logistic(x: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0, -x))


def _solve(rising, size: int) -> np.ndarray:
    """Where a function that rises in each of its `size` arguments is zero, by bisection."""
    low, high = np.full(size, -FURTHEST), np.full(size, FURTHEST)
    for _ in range(60):
        middle = (low + high) / 2
        below = rising(middle) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def count_distribution(p: np.ndarray) -> np.ndarray:
    """The distribution of the number of successes among independent trials, along the last axis.

    Rows are computed together; a trial with probability 0 adds nothing but a zero at the end.
    """
    trials = np.ascontiguousarray(np.moveaxis(p, -1, 0))  # numbers that are used together lie together
    n = len(trials)
    pmf = np.zeros((n + 1, *trials.shape[1:]))
    one_more = np.empty_like(pmf)
    pmf[0] = 1
    for i, one in enumerate(trials):
        np.multiply(pmf[: i + 1], one, out=one_more[: i + 1])
        pmf[: i + 1] *= 1 - one
        pmf[1 : i + 2] += one_more[: i + 1]
    return np.ascontiguousarray(np.moveaxis(pmf, 0, -1))


def convolve(distributions: Iterable[np.ndarray]) -> np.ndarray:
    """The distribution of a sum of independent counts: two by two, so that hundreds take few steps."""
    parts = list(distributions) or [np.ones(1)]
    while len(parts) > 1:
        odd = parts[-1:] if len(parts) % 2 else []
        parts = [np.convolve(a, b) for a, b in zip(parts[::2], parts[1::2], strict=False)] + odd
    return parts[0]


@dataclass(frozen=True)
class Conditional:
    """Units' answers given their totals.

    `b`: difficulty per indicator. `answered`: unit × indicator, True where an answer counts.
    `totals`: number of Ja per unit among those, at least one and not all.
    """

    b: np.ndarray
    answered: np.ndarray
    totals: np.ndarray

    def __post_init__(self) -> None:
        if not np.all((self.totals > 0) & (self.totals < self.answered.sum(axis=1))):
            raise ValueError("a unit with no Ja or only Ja says nothing about single answers")

    @cached_property
    def _p(self) -> np.ndarray:
        """Probabilities at the ability where a unit's expected total is its own, unit ×
        indicator; 0 where nothing is answered.
        """

        def at(ability: np.ndarray) -> np.ndarray:
            return _logistic(ability[:, None] - self.b) * self.answered

        return at(_solve(lambda x: at(x).sum(axis=1) - self.totals, len(self.totals)))

    @cached_property
    def probabilities(self) -> np.ndarray:
        """The probability of Ja, unit × indicator; a unit's sum to its total."""
        units, n = self._p.shape
        before, after = np.zeros((n + 1, units, n + 1)), np.zeros((n + 1, units, n + 1))
        before[0, :, 0] = after[n, :, 0] = 1
        for i in range(n):
            p = self._p[:, i, None]
            before[i + 1] = before[i] * (1 - p)
            before[i + 1, :, 1:] += before[i, :, :-1] * p
        for i in range(n - 1, -1, -1):
            p = self._p[:, i, None]
            after[i] = after[i + 1] * (1 - p)
            after[i, :, 1:] += after[i + 1, :, :-1] * p
        rest = self.totals[:, None] - 1 - np.arange(n + 1)
        turned = np.take_along_axis(after[1:], np.maximum(rest, 0)[None], axis=2) * (rest >= 0)
        others = (before[:n] * turned).sum(axis=2).T
        return self._p * others / before[n, np.arange(units), self.totals][:, None]

    def among(self, members: np.ndarray) -> np.ndarray:
        """The distribution of each unit's number of Ja among some indicators (a mask): one row
        per unit, as many columns as there are members and one more.
        """
        inside = count_distribution(self._p[:, members])
        outside = count_distribution(self._p[:, ~members])
        rest = self.totals[:, None] - np.arange(inside.shape[1])
        possible = (rest >= 0) & (rest < outside.shape[1])
        other = np.take_along_axis(outside, np.clip(rest, 0, outside.shape[1] - 1), axis=1)
        pmf = np.where(possible, inside * other, 0.0)
        return pmf / pmf.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class Verdict:
    """An observed count beside its exact distribution."""

    observed: int
    of: int
    expected: float
    low: int
    high: int
    """The central interval: the count falls below (above) it with probability at most half of
    what the level leaves."""
    p: float
    """Twice the smaller tail, observed count included, at most 1."""
    by_chance: float
    """The probability of a count outside the interval, if the model holds."""

    @property
    def surplus(self) -> float:
        return self.observed - self.expected

    @property
    def outside(self) -> bool:
        return not self.low <= self.observed <= self.high


def verdict(observed: int, pmf: np.ndarray, level: float) -> Verdict:
    """What an observed count says against its distribution."""
    tail = (1 - level) / 2
    at_most = np.cumsum(pmf)
    low = int(np.argmax(at_most > tail + 1e-12))
    high = int(np.argmax(at_most >= 1 - tail - 1e-12))
    upper = pmf[observed:].sum()
    return Verdict(
        observed=observed,
        of=len(pmf) - 1,
        expected=float(pmf @ np.arange(len(pmf))),
        low=low,
        high=high,
        p=float(min(1.0, 2 * min(at_most[observed], upper))),
        by_chance=float(pmf[:low].sum() + pmf[high + 1 :].sum()),
    )
