"""The nation's share of Ja, one bar for each question, the most common first: from what nearly all
have to what nearly nobody has. Widths are in percent and heights in pixels, so that the bars fill
any column and the texts keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from ojbrottsoffer.presentation.text import percent

HEIGHT, TOP, FLOOR = 172, 14, 158
"""Of the picture, of a bar of a hundred percent, and of the ground that bars stand on."""
STEPS = (0, 50, 100)
"""Shares with a line across."""
LEFT = 7.5
"""Percent of the width that the scale takes."""


def nation_bars(rows: Sequence[tuple[str, float]], label: str, marked: int = 3) -> Markup:
    """`rows`: name and share of each question, the most common first. The last `marked`, and those
    that are as rare as they, are in the warm colour. `label`: what the picture says.
    """
    shares = [share for _, share in rows]
    rare = shares[-marked] if len(shares) > marked else -1
    width = (100 - LEFT) / max(1, len(rows))
    parts = []
    for step in STEPS:
        y = FLOOR - (FLOOR - TOP) * step / 100
        parts.append(f'<line class="oj-landet__steg" x1="{LEFT}%" x2="100%" y1="{y:g}" y2="{y:g}"/>')
        parts.append(f'<text class="oj-landet__skala" x="0" y="{y + 4:g}">{step} %</text>')
    for number, (name, share) in enumerate(rows):
        tall = (FLOOR - TOP) * share / 100
        parts.append(
            f'<rect class="{"oj-landet__ovanlig" if share <= rare else "oj-landet__stapel"}" '
            f'x="{LEFT + number * width:.2f}%" y="{FLOOR - tall:.1f}" width="{width * 0.78:.2f}%" height="{tall:.1f}">'
            f"<title>{escape(name)}: {percent(share)}</title></rect>"
        )
    return Markup(
        f'<svg class="oj-landet" width="100%" height="{HEIGHT}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
