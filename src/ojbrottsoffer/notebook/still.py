"""A notebook's figure as a still picture: on paper, without scripts, and until a reader begins to read.

It draws what our figures are made of: lying bars, lines and points, on names or numbers. No library does it here:
Plotly's own pictures are made by a browser, which a build must not need.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ojbrottsoffer.presentation import palette
from ojbrottsoffer.presentation.pictures.scale import ticks

WIDTH, TALL, ROW = 340, 280, 17
"""Readable on a phone; height of a picture of two numbers, and of a row with a name."""
LETTER, BESIDE, NAMED = 6.3, 22, 60
"""Width of a letter, the longest name that stands beside its row and not above, and the most rows with names."""
COLOURS = {hue: f"var(--oj-{name})" for name, hue in palette.LIGHT.items()}
"""The figures' colours as a page has them: they follow its scheme."""


def still(figure: go.Figure, label: str) -> str:
    """The figure as an SVG, `label` for those who don't see it."""
    xs = [x for trace in figure.data for x in trace.x if pd.notna(x)] or [0]
    names = list(dict.fromkeys(y for trace in figure.data for y in trace.y if isinstance(y, str)))
    ys = [] if names else [y for trace in figure.data for y in trace.y if pd.notna(y)]
    bars = any(trace.type == "bar" for trace in figure.data)
    ends: dict[str, float] = {}
    for trace in figure.data if bars else []:
        for name, x in zip(trace.y, trace.x, strict=True):
            ends[name] = ends.get(name, 0) + (x if pd.notna(x) else 0)
    low, high = (min([0, *ends.values()]), max([0, *ends.values()])) if bars else (min(xs), max(xs))
    least, most = figure.layout.yaxis.range or (min(ys, default=0), max(ys, default=0))
    longest = max(map(len, names), default=0)
    above = longest > BESIDE
    row = (2 * ROW if above else ROW) if len(names) <= NAMED else TALL * 2 / len(names)
    left = 12 if above or len(names) > NAMED else LETTER * longest + 10 if names else 44
    top = 30 + ROW * any(trace.showlegend is not False and trace.name for trace in figure.data)
    bottom = top + (row * len(names) if names else TALL)
    if figure.layout.yaxis.autorange == "reversed":
        least, most = most, least

    def across(x: float) -> float:
        return left + (WIDTH - left - (40 if bars else 18)) * (x - low) / ((high - low) or 1)

    def down(y: Any) -> float:
        if names:
            return bottom - row * (names.index(y) + 0.5) + (7 if above else 0)
        return bottom - 10 - (bottom - top - 24) * (y - least) / ((most - least) or 1)

    def words(x: float, y: float, said: object, kind: str = "", anchor: str = "") -> str:
        style = f' class="oj-bild__{kind}"' if kind else ""
        at = f' text-anchor="{anchor}"' if anchor else ""
        return f'<text x="{x:.0f}" y="{y:.0f}"{at}{style}>{escape(str(said))}</text>'

    parts = [f'<path class="oj-bild__axel" d="M{left:.0f} {bottom}H{WIDTH - 10}"/>']
    marked = "".join(f'<tspan x="{across(x):.0f}">{x}</tspan>' for x in ticks(low, high, 5))
    parts.append(f'<text y="{bottom + 15:.0f}" text-anchor="middle" class="oj-bild__liten">{marked}</text>')
    parts.append(words(WIDTH - 10, bottom + 32, figure.layout.xaxis.title.text or "", "liten", "end"))
    if names and len(names) <= NAMED:
        parts += [words(0, down(name) + (-11 if above else 4), name) for name in names]
    elif not names and figure.layout.yaxis.showticklabels is not False:
        parts += [words(left - 8, down(y) + 4, y, "liten", "end") for y in ticks(*sorted((least, most)), 5)]
        parts.append(words(0, 12, figure.layout.yaxis.title.text or "", "liten"))
    reached, key = dict.fromkeys(names, 0.0), 0.0
    texts: list[tuple[float, float, str]] = []
    for trace in figure.data:
        hue = trace.marker.color or trace.line.color if trace.type == "scatter" else trace.marker.color
        hue = COLOURS.get(hue, hue)
        said = [""] * len(trace.x) if trace.text is None else [_shown(each) for each in trace.text]
        points = list(zip(trace.x, trace.y, said, strict=True))
        if trace.name and trace.showlegend is not False:
            parts.append(f'<rect x="{key}" y="4" width="10" height="10" fill="{hue}"/>')
            parts.append(words(key + 14, 13, trace.name))
            key += 30 + LETTER * len(trace.name)
        if trace.type == "bar":
            drawn = ""
            for x, name, number in points:
                begin, y = across(reached[name]), down(name)
                reached[name] += x if pd.notna(x) else 0
                a, b = sorted((begin, across(reached[name])))
                drawn += f"M{a:.0f} {y - 6:.0f}h{b - a:.0f}v12H{a:.0f}z"
                wide = LETTER * len(number)
                if trace.textposition != "inside":
                    texts.append((b + 4 + wide / 2, y + 4, number))
                elif wide < b - a:
                    texts.append(((a + b) / 2, y + 4, number))
            parts.append(f'<path d="{drawn}" fill="{hue}"/>')
            continue
        if "lines" in trace.mode:
            drawn, sign = "", "M"
            for x, y, _ in points:
                if pd.isna(x):
                    sign = "M"
                else:
                    drawn, sign = f"{drawn}{sign}{across(x):.0f} {down(y):.0f}", "L"
            parts.append(
                f'<path d="{drawn}" stroke="{hue}" stroke-width="{trace.line.width or 2}" '
                f'opacity="{trace.opacity or 1}"/>'
            )
        if "markers" in trace.mode:
            mark, wide = ("m0 -7v14", 2) if trace.marker.symbol == "line-ns-open" else ("h0", 8)
            drawn = "".join(f"M{across(x):.0f} {down(y):.0f}{mark}" for x, y, _ in points)
            parts.append(f'<path d="{drawn}" stroke="{hue}" stroke-width="{wide}" stroke-linecap="round"/>')
        if "text" in trace.mode:
            texts += [(across(x), down(y) - 8, name) for x, y, name in points if name]
    taken: list[tuple[float, float, float]] = []
    for x, y, each in texts:
        half = LETTER * len(each) / 2
        x = min(max(x, half), WIDTH - half)
        if not any(abs(x - a) < half + b and abs(y - c) < 12 for a, b, c in taken):
            taken.append((x, half, y))
            parts.append(words(x, y, each, "namn", "middle"))
    return (
        f'<svg class="oj-bild" viewBox="0 0 {WIDTH} {bottom + 38:.0f}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _shown(said: object) -> str:
    """A number or a name beside a mark."""
    return f"{said:g}" if isinstance(said, float) else str(said)
