"""Do the intervals hold? Invented countries where the model is true, drawn, chosen from and judged.

Each round draws a country, publishes its rounded shares, takes units among those with most Ja
as the report did, and lets the analysis loose on them. What it says is compared with the truth:
nothing deviates, so an interval that misses is a miss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.expected import Expected
from ojbrottsoffer.analysis.rasch import difficulties


@dataclass(frozen=True)
class Coverage:
    """Share of intervals that cover, 0–1, and how many there were: per indicator and per kind of
    group (`omraden`, `faktorer` …)."""

    rounds: int
    indicators: float
    indicator_intervals: int
    groups: dict[str, tuple[float, int]]


def coverage(
    shares: np.ndarray, groups: dict[str, list[np.ndarray]], *, rounds: int, seed: int,
    true_sigma: float, assumed_sigma: float, country: int = 264, top: int = 20, chosen: int = 8,
) -> Coverage:
    """`shares`: national shares in percent that the invented countries resemble. `groups`: kind ->
    masks over the indicators whose sums are judged too.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    truth = difficulties(shares, true_sigma)
    ids = [str(n) for n in range(len(truth))]
    names = {kind: [[ids[n] for n in np.flatnonzero(mask)] for mask in masks]
             for kind, masks in groups.items()}
    hits, tried = 0, 0
    covered: dict[str, list[bool]] = {kind: [] for kind in groups}
    for _ in range(rounds):
        ability = rng.normal(0, true_sigma, country)
        yes = rng.random((len(truth), country)) < 1 / (1 + np.exp(truth[:, None] - ability))
        best = np.argsort(-yes.sum(axis=0), kind="stable")[:top]
        units = rng.choice(best, chosen, replace=False)
        published = np.round(100 * yes.mean(axis=1))
        ja = pd.DataFrame(yes[:, units], index=ids, columns=[f"u{n}" for n in range(chosen)])
        found = Expected(assumed_sigma, pd.Series(difficulties(published, assumed_sigma), index=ids),
                         pd.DataFrame(True, index=ja.index, columns=ja.columns), ja, ())
        hits += sum(not one.outside for one in found.indicators.values())
        tried += len(found.indicators)
        for kind, members in names.items():
            verdicts = map(found.of_indicators, members)
            covered[kind] += [not one.outside for one in verdicts if one is not None]
    return Coverage(rounds, hits / tried, tried, {
        kind: (float(np.mean(found)), len(found)) for kind, found in covered.items() if found})
