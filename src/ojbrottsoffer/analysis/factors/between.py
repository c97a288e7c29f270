"""Do the units agree? Their differences from what is expected, judged against draws from the model.

Answers of one unit to questions that resemble each other go together, so an interval that counts
answers is too narrow. Here the units are what is counted: the sum of their differences beside how
far apart the differences lie. Numbers of Ja near the most or the least possible are not symmetric
around what is expected, and neither is the sum. Therefore it is compared with the same figure in
units that the model draws, each with the total of the real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ojbrottsoffer.analysis.limits import DRAWN_UNITS


@dataclass(frozen=True)
class BetweenUnits:
    """Some indicators together. `pmfs`: per unit the distribution of its number of Ja, given its
    total (unit × number)."""

    pmfs: np.ndarray

    @cached_property
    def expected(self) -> np.ndarray:
        """The expected number of Ja per unit."""
        return self.pmfs @ np.arange(self.pmfs.shape[1])

    def statistic(self, counts: np.ndarray) -> np.ndarray:
        """The sum of the units' differences, over the root of their sum of squares; `counts`: … × unit."""
        rest = counts - self.expected
        apart = np.sqrt((rest**2).sum(axis=-1))
        sums = rest.sum(axis=-1)
        return np.where(apart > 1e-9, sums / np.maximum(apart, 1e-9), 0.0)

    def apart(self, counts: np.ndarray) -> float | None:
        """The variance between the units of their differences, each in its own standard deviations:
        about 1 if the model is true. None unless two units can differ.
        """
        numbers = np.arange(self.pmfs.shape[1])
        deviation = np.sqrt(np.maximum(self.pmfs @ numbers**2 - self.expected**2, 0))
        free = deviation > 1e-6
        if free.sum() < 2:
            return None
        return float(np.var((counts - self.expected)[free] / deviation[free], ddof=1))

    def drawn(self, worlds: int, rng: np.random.Generator) -> np.ndarray:
        """Numbers of Ja that the model gives, world × unit."""
        return np.column_stack(
            [np.searchsorted(np.cumsum(pmf)[:-1], rng.random(worlds), side="right") for pmf in self.pmfs]
        )

    @cached_property
    def _reference(self) -> np.ndarray:
        """The statistic in drawn units, sorted. The same draws whichever group is asked about."""
        return np.sort(self.statistic(self.drawn(DRAWN_UNITS, np.random.Generator(np.random.PCG64(0)))))

    def p(self, counts: np.ndarray) -> np.ndarray:
        """Twice the smaller tail among drawn units, the observed one counted with them, at most 1."""
        found, n = self.statistic(counts), len(self._reference)
        at_most = np.searchsorted(self._reference, found + 1e-9, side="right")
        at_least = n - np.searchsorted(self._reference, found - 1e-9, side="left")
        return np.minimum(1.0, 2 * (np.minimum(at_most, at_least) + 1) / (n + 1))
