"""A value through the years beside the nation's, the axis from zero. Years are in percent of the width, so that
the picture fills any column and its texts keep their size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.pictures.scale import ceiling

TOP, FLOOR, HEIGHT = 14, 104, 126
"""Where the end of the axis and zero are, and the height of it all, in pixels."""
LEFT, RIGHT = 13, 76
"""Percent of the width: the first and the last year; names stand after it."""
APART = 14
"""Pixels between two names at least."""
COLUMNS, WIDE, GAP = 2, 340, 36
"""Of many courses together: how many stand beside each other, how wide one is, and the air between."""
HEAD = 24
"""Room for the name above each of them, in pixels."""


def course(values: Mapping[int, float], nation: Mapping[int, float], own: str, label: str) -> Markup:
    """`values`, `nation`: year -> value; a year without one breaks the line. `own`: the short name of
    whose values they are. `label`: what the picture says.
    """
    return Markup(
        f'<svg class="oj-bild oj-bild--lopp" width="100%" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(label)}">{_drawn(values, nation, own)}</svg>'
    )


def courses(rows: Sequence[tuple[str, Mapping[int, float], Mapping[int, float]]], own: str) -> Markup:
    """Several of them with their names as one picture of a size of its own. `rows`: name, values, the nation's."""
    parts = []
    for number, (name, values, nation) in enumerate(rows):
        x = (number % COLUMNS) * (WIDE + GAP)
        y = (number // COLUMNS) * (HEIGHT + HEAD + GAP)
        parts.append(
            f'<text class="oj-bild__rubrik" x="{x}" y="{y + 14}">{escape(name)}</text>'
            f'<svg x="{x}" y="{y + HEAD}" width="{WIDE}" height="{HEIGHT}" overflow="visible">'
            f"{_drawn(values, nation, own)}</svg>"
        )
    tall = -(-len(rows) // COLUMNS) * (HEIGHT + HEAD + GAP) - GAP
    wide = COLUMNS * WIDE + (COLUMNS - 1) * GAP
    return Markup(f'<svg class="oj-bild" viewBox="0 0 {wide} {tall}">{"".join(parts)}</svg>')


def _drawn(values: Mapping[int, float], nation: Mapping[int, float], own: str) -> str:
    years = sorted({*values, *nation})
    if not years:
        return ""
    first, last = years[0], years[-1]
    end = ceiling(max((*values.values(), *nation.values())))

    def x(year: int) -> float:
        return LEFT + (RIGHT - LEFT) * (year - first) / max(1, last - first)

    def y(value: float) -> float:
        return FLOOR - (FLOOR - TOP) * value / end

    parts = []
    for mark in (0, end / 2, end):
        said = text.number(mark, 0 if mark == round(mark) else 1 if end >= 1 else 2)
        parts.append(
            f'<line class="oj-bild__hjalp" x1="{LEFT}%" x2="{RIGHT}%" y1="{y(mark):.1f}" y2="{y(mark):.1f}"/>'
            f'<text class="oj-bild__liten" x="{LEFT - 2}%" y="{y(mark) + 4:.1f}" text-anchor="end">{said}</text>'
        )
    for year, anchor in dict.fromkeys([(first, "start"), (last, "end")]):
        parts.append(
            f'<text class="oj-bild__liten" x="{x(year):.1f}%" y="{HEIGHT - 4}" text-anchor="{anchor}">{year}</text>'
        )
    ends, lines = [], []
    for name, line, kind in (("Riket", nation, "oj-bild__vantat"), (own, values, "oj-bild__linje")):
        steps = [
            f"{'L' if year - 1 in line else 'M'}{x(year):.1f} {y(value):.0f}" for year, value in line.items()
        ]
        lines.append(f'<path class="{kind}" d="{"".join(steps)}"/>')
        if line:
            ends.append((y(line[max(line)]), name))
    parts.append(
        f'<svg viewBox="0 0 100 {HEIGHT}" width="100%" height="{HEIGHT}" preserveAspectRatio="none">{"".join(lines)}</svg>'
    )
    # A year alone has no line, and the last is where the name stands.
    parts += [
        f'<circle class="oj-bild__punkt" cx="{x(year):.1f}%" cy="{y(value):.1f}" r="3.5"/>'
        for year, value in values.items()
        if year == max(values) or not {year - 1, year + 1} & set(values)
    ]
    ends.sort()
    if len(ends) > 1 and ends[1][0] - ends[0][0] < APART:
        middle = min(max((ends[0][0] + ends[1][0]) / 2, TOP), FLOOR)
        ends = [(middle - APART / 2, ends[0][1]), (middle + APART / 2, ends[1][1])]
    parts += [
        f'<text class="oj-bild__namn" x="{RIGHT + 2}%" y="{at + 4:.1f}">{escape(name)}</text>'
        for at, name in ends
    ]
    return "".join(parts)
