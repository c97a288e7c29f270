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
LABEL, SHARE = 34, 24
"""Room that a year needs from the next, and a share."""
LETTER = 6.2
"""Width of a letter, nearly."""


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
        parts.append(_break((x(found.before) + x(found.after)) / 2, BREAK * number - 3, floor, found))
    for point in series.points:
        kind = "" if point.comparable == "ja" else " oj-trend__punkt--annan"
        parts.append(
            f'<circle class="oj-trend__punkt{kind}" cx="{x(point.ar):.1f}" cy="{y(point.share):.1f}" r="4"/>'
        )
    years = sorted({point.ar for point in series.points})
    for year in _labelled(years, x, SHARE):
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
    for year, at in _labelled(years, x, LABEL).items():
        parts.append(f'<text class="oj-trend__ar" x="{at:.1f}" y="{floor + BOTTOM - 6:.1f}">{year}</text>')
    return Markup(
        f'<svg class="oj-trend" viewBox="0 0 {WIDTH} {floor + BOTTOM:g}" aria-hidden="true" '
        f'focusable="false">{"".join(parts)}</svg>'
    )


def _break(at: float, y: float, floor: float, found: Break) -> str:
    """The line of a break and what happened, on the side of it where there is room, else above it."""
    said = sentences.broken(found)
    wide = LETTER * len(said)
    top, anchor, words = y - 8, "start", at + 4
    if words + wide > WIDTH:
        anchor, words = "end", at - 4
        if words < wide:
            top, words = y + 3, wide
    return (
        f'<path class="oj-trend__brott" d="M{at:.1f} {top}V{floor:.1f}"/>'
        f'<text class="oj-trend__ar oj-trend__vad" x="{words:.1f}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'
    )


def _labelled(years: list[int], x: Callable[[int], float], room: float) -> dict[int, float]:
    """The years whose labels do not run into each other, the first and the last always, and where
    each label stands: at its year, the only two beside each other where the years are nearer than that.

    >>> list(_labelled([2015, 2016, 2018, 2019], lambda year: 20 * (year - 2015), LABEL))
    [2015, 2019]
    >>> list(_labelled([2013, 2015, 2017], lambda year: 20 * (year - 2013), LABEL))
    [2013, 2015, 2017]
    >>> _labelled([2013, 2014], lambda year: LEFT + 20 * (year - 2013), LABEL)
    {2013: 16, 2014: 50}
    """
    found = {years[0]: x(years[0])}
    for year in years[1:-1]:
        if x(year) - max(found.values()) >= room and x(years[-1]) - x(year) >= room:
            found[year] = x(year)
    first, last = x(years[0]), x(years[-1])
    if 0 < last - first < room:
        first = min(max((first + last - room) / 2, LEFT), WIDTH - RIGHT - room)
        found, last = {years[0]: first}, first + room
    return found | {years[-1]: last}
