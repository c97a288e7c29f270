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

from dataclasses import dataclass
from functools import cached_property

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
    return sum(w * count_distribution(_logistic(sigma * x - b))
               for x, w in zip(nodes, weights, strict=True))


def _nodes() -> tuple[np.ndarray, np.ndarray]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()


def _logistic(x: np.ndarray) -> np.ndarray:
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def _solve(rising, size: int) -> np.ndarray:
    """Where a function that rises in each of its `size` arguments is zero, by bisection."""
    low, high = np.full(size, -FURTHEST), np.full(size, FURTHEST)
    for _ in range(60):
        middle = (low + high) / 2
        below = rising(middle) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def count_distribution(p: np.ndarray) -> np.ndarray:
    """The distribution of the number of successes among independent trials."""
    pmf = np.ones(1)
    for one in p:
        pmf = np.append(pmf * (1 - one), 0.0) + np.append(0.0, pmf * one)
    return pmf


def convolve(distributions: list[np.ndarray]) -> np.ndarray:
    """The distribution of a sum of independent counts."""
    pmf = np.ones(1)
    for one in distributions:
        pmf = np.convolve(pmf, one)
    return pmf


@dataclass(frozen=True)
class Conditional:
    """One unit's answers given its total: `total` Ja among indicators of difficulty `b`."""

    b: np.ndarray
    total: int

    def __post_init__(self) -> None:
        if not 0 < self.total < len(self.b):
            raise ValueError(f"{self.total} of {len(self.b)} Ja says nothing about single answers")

    @cached_property
    def _p(self) -> np.ndarray:
        """Probabilities at the ability where the expected total is the unit's own."""
        ability = _solve(lambda x: _logistic(x[:, None] - self.b).sum(axis=1) - self.total, 1)
        return _logistic(ability - self.b)

    @cached_property
    def probabilities(self) -> np.ndarray:
        """The probability of Ja per indicator; they sum to the total."""
        n, r = len(self.b), self.total
        before, after = np.zeros((n + 1, n + 1)), np.zeros((n + 1, n + 1))
        before[0, 0] = after[n, 0] = 1
        for i, p in enumerate(self._p):
            before[i + 1] = before[i] * (1 - p)
            before[i + 1, 1:] += before[i, :-1] * p
        for i in range(n - 1, -1, -1):
            p = self._p[i]
            after[i] = after[i + 1] * (1 - p)
            after[i, 1:] += after[i + 1, :-1] * p
        others = (before[:n, :r] * after[1:, r - 1::-1][:, :r]).sum(axis=1)
        return self._p * others / before[n, r]

    def among(self, members: np.ndarray) -> np.ndarray:
        """The distribution of the number of Ja among some of the indicators (a mask)."""
        inside, outside = count_distribution(self._p[members]), count_distribution(self._p[~members])
        rest = self.total - np.arange(len(inside))
        possible = (rest >= 0) & (rest < len(outside))
        pmf = np.where(possible, inside * outside[np.clip(rest, 0, len(outside) - 1)], 0.0)
        return pmf / pmf.sum()


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
        observed=observed, of=len(pmf) - 1,
        expected=float(pmf @ np.arange(len(pmf))), low=low, high=high,
        p=float(min(1.0, 2 * min(at_most[observed], upper))),
        by_chance=float(pmf[:low].sum() + pmf[high + 1:].sum()),
    )
