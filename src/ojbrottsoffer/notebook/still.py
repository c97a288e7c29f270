"""A notebook's figure as a still picture: on paper, without scripts, and until a reader begins to read.

It draws what our figures are made of: lying bars, lines and points, on names or numbers. No library does it here:
Plotly's own pictures are made by a browser, which a build must not need.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ojbrottsoffer.presentation import palette
from ojbrottsoffer.presentation.pictures.scale import ticks

WIDTH, TALL, ROW = 290, 280, 17
"""Readable on the narrowest phone; height of a picture of two numbers, and of a row with a name."""
LETTER, BESIDE, NAMED = 6.3, 22, 60
"""Width of a letter, the longest name that stands beside its row and not above, and the most rows with names."""
COLOURS = {hue: f"var(--oj-{name})" for name, hue in palette.LIGHT.items()}
"""The figures' colours as a page has them: they follow its scheme."""


def still(figure: go.Figure, label: str) -> str:
    """The figure as an SVG, `label` for those who don't see it."""
    place = Places.of(figure)
    parts = [*_axes(figure, place)]
    key = 0.0
    for trace in figure.data:
        if trace.name and trace.showlegend is not False:
            parts.append(f'<rect x="{key}" y="4" width="10" height="10" fill="{_hue(trace)}"/>')
            parts.append(_words(key + 14, 13, trace.name))
            key += 30 + LETTER * len(trace.name)
        parts += _bars(trace, place) if trace.type == "bar" else _marks(trace, place)
    return (
        f'<svg class="oj-bild" viewBox="0 0 {WIDTH} {place.bottom + 38:.0f}" role="img" aria-label="{escape(label)}">'
        f"{''.join([*parts, *_apart(place.texts)])}</svg>"
    )


@dataclass
class Places:
    """Where on a picture the values of a figure are."""

    names: list[str]
    """What its rows are; empty if they are numbers."""
    ends: tuple[float, float]
    """The least and greatest number across."""
    heights: tuple[float, float]
    """The lowest and highest number up."""
    left: float
    bottom: float
    top: float
    row: float
    right: float
    reached: dict[str, float] = field(default_factory=dict)
    """How far the bars of each row have come."""
    texts: list[tuple[float, float, str]] = field(default_factory=list)
    """What stands beside bars and marks: the middle, the line and the text."""

    @classmethod
    def of(cls, figure: go.Figure) -> Places:
        xs = [x for trace in figure.data for x in trace.x if pd.notna(x)] or [0]
        names = list(dict.fromkeys(y for trace in figure.data for y in trace.y if isinstance(y, str)))
        ys = [] if names else [y for trace in figure.data for y in trace.y if pd.notna(y)]
        bars = [trace for trace in figure.data if trace.type == "bar"]
        sums: dict[str, float] = {}
        for trace in bars:
            for name, x in zip(trace.y, trace.x, strict=True):
                sums[name] = sums.get(name, 0) + (x if pd.notna(x) else 0)
        across = [0, *sums.values()] if bars else xs
        heights = tuple(figure.layout.yaxis.range or (min(ys, default=0), max(ys, default=0)))
        longest = max(map(len, names), default=0)
        row = (2 * ROW if longest > BESIDE else ROW) if len(names) <= NAMED else TALL * 2 / len(names)
        left = LETTER * longest + 10 if names else 44
        top = 30 + ROW * any(trace.showlegend is not False and trace.name for trace in figure.data)
        return cls(
            names,
            (min(across), max(across)),
            heights[::-1] if figure.layout.yaxis.autorange == "reversed" else heights,
            12 if longest > BESIDE or len(names) > NAMED else left,
            top + (row * len(names) if names else TALL),
            top,
            row,
            40 if bars else 18,
        )

    @property
    def above(self) -> bool:
        """True if the names are too long to stand beside their rows."""
        return max(map(len, self.names), default=0) > BESIDE

    def across(self, x: float) -> float:
        low, high = self.ends
        return self.left + (WIDTH - self.left - self.right) * (x - low) / ((high - low) or 1)

    def down(self, y: Any) -> float:
        if self.names:
            return self.bottom - self.row * (self.names.index(y) + 0.5) + (7 if self.above else 0)
        least, most = self.heights
        return self.bottom - 10 - (self.bottom - self.top - 24) * (y - least) / ((most - least) or 1)


def _axes(figure: go.Figure, place: Places) -> Iterator[str]:
    """The line below with its numbers, and the names or numbers of the rows."""
    yield f'<path class="oj-bild__axel" d="M{place.left:.0f} {place.bottom}H{WIDTH - 10}"/>'
    marked = "".join(f'<tspan x="{place.across(x):.0f}">{x}</tspan>' for x in ticks(*place.ends, 5))
    yield f'<text y="{place.bottom + 15:.0f}" text-anchor="middle" class="oj-bild__liten">{marked}</text>'
    yield _words(WIDTH - 10, place.bottom + 32, figure.layout.xaxis.title.text or "", "liten", "end")
    if place.names and len(place.names) <= NAMED:
        for name in place.names:
            yield _words(0, place.down(name) + (-11 if place.above else 4), name)
    elif not place.names and figure.layout.yaxis.showticklabels is not False:
        for y in ticks(*sorted(place.heights), 5):
            yield _words(place.left - 8, place.down(y) + 4, y, "liten", "end")
        yield _words(0, 12, figure.layout.yaxis.title.text or "", "liten")


def _bars(trace: Any, place: Places) -> Iterator[str]:
    """Lying bars, each from where the one before in its row ends, with their numbers where there is room."""
    drawn = ""
    for x, name, number in _points(trace):
        begin, y = place.across(place.reached.get(name, 0.0)), place.down(name)
        place.reached[name] = place.reached.get(name, 0.0) + (x if pd.notna(x) else 0)
        a, b = sorted((begin, place.across(place.reached[name])))
        drawn += f"M{a:.0f} {y - 6:.0f}h{b - a:.0f}v12H{a:.0f}z"
        wide = LETTER * len(number)
        if trace.textposition != "inside":
            place.texts.append((b + 4 + wide / 2, y + 4, number))
        elif wide < b - a:
            place.texts.append(((a + b) / 2, y + 4, number))
    yield f'<path d="{drawn}" fill="{_hue(trace)}"/>'


def _marks(trace: Any, place: Places) -> Iterator[str]:
    """Lines, points and what stands beside them."""
    points = _points(trace)
    if "lines" in trace.mode:
        drawn, sign = "", "M"
        for x, y, _ in points:
            if pd.isna(x):
                sign = "M"
            else:
                drawn, sign = f"{drawn}{sign}{place.across(x):.0f} {place.down(y):.0f}", "L"
        yield (
            f'<path d="{drawn}" stroke="{_hue(trace)}" stroke-width="{trace.line.width or 2}" '
            f'opacity="{trace.opacity or 1}"/>'
        )
    if "markers" in trace.mode:
        mark, wide = ("m0 -7v14", 2) if trace.marker.symbol == "line-ns-open" else ("h0", 8)
        drawn = "".join(f"M{place.across(x):.0f} {place.down(y):.0f}{mark}" for x, y, _ in points)
        yield f'<path d="{drawn}" stroke="{_hue(trace)}" stroke-width="{wide}" stroke-linecap="round"/>'
    if "text" in trace.mode:
        place.texts += [(place.across(x), place.down(y) - 8, name) for x, y, name in points if name]


def _apart(texts: list[tuple[float, float, str]]) -> Iterator[str]:
    """The texts that lie on no other."""
    taken: list[tuple[float, float, float]] = []
    for x, y, said in texts:
        half = LETTER * len(said) / 2
        x = min(max(x, half), WIDTH - half)
        if not any(abs(x - a) < half + b and abs(y - c) < 12 for a, b, c in taken):
            taken.append((x, half, y))
            yield _words(x, y, said, "namn", "middle")


def _points(trace: Any) -> list[tuple[Any, Any, str]]:
    """Across, up and the text beside each."""
    said = [""] * len(trace.x) if trace.text is None else [_shown(each) for each in trace.text]
    return list(zip(trace.x, trace.y, said, strict=True))


def _hue(trace: Any) -> str:
    hue = trace.marker.color or trace.line.color if trace.type == "scatter" else trace.marker.color
    return COLOURS.get(hue, hue)


def _words(x: float, y: float, said: object, kind: str = "", anchor: str = "") -> str:
    style = f' class="oj-bild__{kind}"' if kind else ""
    at = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{at}{style}>{escape(str(said))}</text>'


def _shown(said: object) -> str:
    """A number or a name beside a mark."""
    return f"{said:g}" if isinstance(said, float) else str(said)
