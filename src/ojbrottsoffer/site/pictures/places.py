"""A small map of where one municipality lies: a dot for each of the country's, its own county's larger, a
square for those with answers, and a ring around the one.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from ojbrottsoffer.analysis.geography import WIDTH, Geography

SQUARE = 15
"""Side of a square on the map; on the page it is half as wide."""
KEY = {
    "egen": '<circle cx="10" cy="10" r="7"/><path d="M10 10h0"/>',
    "svar": '<path d="M4 4h12v12h-12z"/>',
    "lan": '<path d="M10 10h0"/>',
    "ovriga": '<path d="M10 10h0"/>',
}
"""What is shown -> its sign, 20 units square."""


def place_map(
    geography: Geography, own: str, county: Iterable[str], answers: Iterable[str], label: str
) -> Markup:
    """`own`, `county`, `answers`: SCB codes, of which those without a point are left out. `label`: what the
    picture says.
    """
    at = {code: tuple(map(round, geography.on_map(point))) for code, point in geography.points.items()}
    squares, inside = set(answers) & at.keys(), set(county) & at.keys()
    half = SQUARE // 2
    drawn = {
        "ovriga": "".join(f"M{x} {y}h0" for code, (x, y) in at.items() if code not in squares | inside),
        "lan": "".join(f"M{x} {y}h0" for code, (x, y) in at.items() if code in inside - squares),
        "svar": "".join(
            f"M{at[code][0] - half} {at[code][1] - half}h{SQUARE}v{SQUARE}h-{SQUARE}z"
            for code in sorted(squares)
        ),
    }
    x, y = at[own]
    return Markup(
        f'<svg class="oj-lage__karta" viewBox="0 0 {WIDTH:g} {geography.height:.0f}" role="img" '
        f'aria-label="{escape(label)}">'
        + "".join(f'<path class="oj-lage__{kind}" d="{path}"/>' for kind, path in drawn.items() if path)
        + f'<g class="oj-lage__egen"><circle cx="{x}" cy="{y}" r="19"/><path d="M{x} {y}h0"/></g></svg>'
    )


def sign(kind: str) -> Markup:
    """One of `KEY`."""
    return Markup(
        f'<svg class="oj-symbol" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><g class="oj-lage__{kind}">'
        f"{KEY[kind]}</g></svg>"
    )
