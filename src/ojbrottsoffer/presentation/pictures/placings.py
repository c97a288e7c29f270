"""A unit's placings through the years, the first place on top. Years are in percent of the width, so
that the picture fills any column and its texts keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

TOP, STEP, STEPS, BELOW = 26, 24, 3, 40
"""In pixels: where the best placing is, how far below it the worst is for each placing, at most so many
times, and the room below that one."""
LEFT, RIGHT = 8, 92
"""Percent of the width: the first and the last year."""


def placings(points: Sequence[tuple[int, int]], unknown: Sequence[bool], label: str) -> Markup:
    """`points`: year and placing, at least two, oldest first. `unknown`: for each step between two of
    them, whether a round between is unknown; that step is dotted. `label`: what the picture says.
    """
    years, ranks = [year for year, _ in points], [rank for _, rank in points]
    best, worst = min(ranks), max(ranks)
    floor = TOP + STEP * min(len(points), STEPS)
    height = floor + BELOW

    def x(year: int) -> float:
        return LEFT + (RIGHT - LEFT) * (year - years[0]) / (years[-1] - years[0])

    def y(rank: int) -> float:
        return TOP + (floor - TOP) * (rank - best) / max(1, worst - best)

    parts = [
        f'<line class="oj-plats__linje{" oj-plats__linje--okand" if hidden else ""}" x1="{x(a):.1f}%" '
        f'x2="{x(b):.1f}%" y1="{y(first):.1f}" y2="{y(second):.1f}"/>'
        for (a, first), (b, second), hidden in zip(points, points[1:], unknown, strict=False)
    ]
    for n, (year, rank) in enumerate(points):
        # Where the line turns upwards the number stands below its point, and clear of the line.
        turns = 0 < n < len(points) - 1 and rank > max(ranks[n - 1], ranks[n + 1])
        at = y(rank) + (20 if turns else -11)
        parts.append(
            f'<circle class="oj-plats__punkt" cx="{x(year):.1f}%" cy="{y(rank):.1f}" r="6"/>'
            f'<text class="oj-plats__tal" x="{x(year):.1f}%" y="{at:.1f}">{rank}</text>'
            f'<text class="oj-plats__ar" x="{x(year):.1f}%" y="{height - 2}">{year}</text>'
        )
    return Markup(
        f'<svg class="oj-plats" width="100%" height="{height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
