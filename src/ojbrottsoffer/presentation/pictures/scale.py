"""Where an axis is marked: at round numbers."""

from __future__ import annotations

import math


def ticks(low: float, high: float, most: int = 6) -> list[int]:
    """Round whole numbers between `low` and `high`, at most `most` of them.

    >>> ticks(42, 54), ticks(1, 168, 5), ticks(0, 3)
    ([42, 44, 46, 48, 50, 52, 54], [50, 100, 150], [0, 1, 2, 3])
    """
    rough = max(1.0, (high - low) / most)
    size = 10 ** math.floor(math.log10(rough))
    step = next(n * size for n in (1, 2, 5, 10) if n * size >= rough)
    first = math.ceil(low / step)
    return [n * step for n in range(first, math.floor(high / step) + 1)]


def ceiling(high: float) -> float:
    """The round number that an axis from zero to `high` ends at.

    >>> ceiling(0.7), ceiling(1), ceiling(36.2), ceiling(612)
    (1.0, 1.0, 50.0, 1000.0)
    """
    if high <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(high))
    return next(n * size for n in (1, 2, 5, 10) if n * size >= high)
