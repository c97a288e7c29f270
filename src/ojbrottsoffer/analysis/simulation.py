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
    """Share of intervals that cover, 0–1, and how many there were."""

    indicators: float
    indicator_intervals: int
    groups: float
    group_intervals: int


def coverage(
    shares: np.ndarray, groups: list[np.ndarray], *, rounds: int, seed: int,
    true_sigma: float, assumed_sigma: float, country: int = 264, top: int = 20, chosen: int = 8,
) -> Coverage:
    """`shares`: national shares in percent that the invented countries resemble. `groups`: masks
    over the indicators whose sums are judged too.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    truth = difficulties(shares, true_sigma)
    ids = [str(n) for n in range(len(truth))]
    names = [[ids[n] for n in np.flatnonzero(mask)] for mask in groups]
    hits, tried, group_hits, group_tried = 0, 0, 0, 0
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
        verdicts = [one for one in map(found.of_indicators, names) if one is not None]
        group_hits += sum(not one.outside for one in verdicts)
        group_tried += len(verdicts)
    return Coverage(hits / tried, tried, group_hits / max(group_tried, 1), group_tried)
