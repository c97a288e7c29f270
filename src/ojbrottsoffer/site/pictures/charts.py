"""Small charts as SVG in the page: nothing to fetch, printable, readable without scripts."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from ojbrottsoffer.analysis.units.indicator import Break, Series
from ojbrottsoffer.presentation import sentences
from ojbrottsoffer.site.words.tracing import traced

WIDTH, HEIGHT = 320, 120
LEFT, RIGHT, TOP, BOTTOM = 16, 18, 18, 22
"""Margins: room for the labels at the ends, above the highest point and under the axis."""
BREAK = 13
"""Height of a line of words about a break, above the chart."""
LABEL = 24
"""Room that a label needs from the next."""


def trend(series: Series, first: int, last: int) -> Markup:
    """The nation's share over the years `first`–`last`, axis from zero to a hundred percent.

    Points with 2015's definition are filled, others hollow. Those of the same question are joined;
    where it changed, a dashed line through the chart says what happened. The points are labelled,
    a derived one with a star; where the years stand too close, the first, the last and those
    between that there is room for. The picture adds nothing that the table beside it does not
    say, and is hidden from screen readers for that reason.
    """

    def x(year: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - first) / (last - first)

    top = TOP + BREAK * len(series.breaks)
    floor = top + HEIGHT - TOP - BOTTOM

    def y(share: float) -> float:
        return floor - (floor - top) * share / 100

    parts = [f'<path class="oj-trend__axel" d="M4 {y(0):.1f}H{WIDTH - 4}"/>']
    for run in series.segments:
        points = " ".join(f"{x(p.ar):.1f},{y(p.share):.1f}" for p in run)
        parts.append(f'<polyline class="oj-trend__linje" points="{points}"/>')
    for number, found in enumerate(series.breaks, start=1):
        at, said = (x(found.before) + x(found.after)) / 2, BREAK * number - 3
        parts += [
            f'<path class="oj-trend__brott" d="M{at:.1f} {said - 8}V{floor:.1f}"/>',
            _beside(at, said, found),
        ]
    for point in series.points:
        kind = "" if point.comparable == "ja" else " oj-trend__punkt--annan"
        parts.append(
            f'<circle class="oj-trend__punkt{kind}" cx="{x(point.ar):.1f}" cy="{y(point.share):.1f}" r="4"/>'
        )
    for year in _labelled(sorted({point.ar for point in series.points}), x):
        highest = max((p for p in series.points if p.ar == year), key=lambda p: p.share)
        star = "*" if highest.derived else ""
        told = traced(
            "cell",
            "riket",
            "andel_ja_procent",
            ar=year,
            indikator_id=highest.indikator_id,
            delmangd=highest.part,
            kalla_id=highest.source_id,
        )
        parts.append(
            f'<text x="{x(year):.1f}" y="{y(highest.share) - 8:.1f}"{told}>{highest.share}{star}</text>'
        )
        parts.append(
            f'<text class="oj-trend__ar" x="{x(year):.1f}" y="{floor + BOTTOM - 6:.1f}">{year}</text>'
        )
    return Markup(
        f'<svg class="oj-trend" viewBox="0 0 {WIDTH} {floor + BOTTOM:g}" aria-hidden="true" '
        f'focusable="false">{"".join(parts)}</svg>'
    )


def _beside(at: float, y: float, found: Break) -> str:
    """What happened at a break, on the side of its line where there is room."""
    left = at > WIDTH / 2
    return (
        f'<text class="oj-trend__ar oj-trend__vad" x="{at - 4 if left else at + 4:.1f}" y="{y}" '
        f'text-anchor="{"end" if left else "start"}">{escape(sentences.broken(found))}</text>'
    )


def _labelled(years: list[int], x: Callable[[int], float]) -> list[int]:
    """The years whose labels do not run into each other; the first and the last always.

    >>> _labelled([2015, 2016, 2018, 2019], lambda year: 13 * (year - 2015))
    [2015, 2019]
    >>> _labelled([2013, 2015, 2017], lambda year: 13 * (year - 2013))
    [2013, 2015, 2017]
    """
    found: list[int] = []
    for year in years:
        if (
            year == years[-1]
            or all(x(year) - x(other) >= LABEL for other in found[-1:])
            and x(years[-1]) - x(year) >= LABEL
        ):
            found.append(year)
    return found if len(found) > 1 or len(years) < 2 else [years[0], years[-1]]
