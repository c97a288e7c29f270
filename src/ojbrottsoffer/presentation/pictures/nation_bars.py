"""The nation's share of Ja, one bar for each question, the most common first: from what nearly all
have to what nearly nobody has. Widths are in percent and heights in pixels, so that the bars fill
any column and the texts keep their size.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup, escape

from ojbrottsoffer.presentation.text import percent

HEIGHT, EDGE = 172, 14
"""Of the picture, and of the room above a bar of a hundred percent and below the ground that bars stand on."""
STEPS = (0, 50, 100)
"""Shares with a line across."""
RAREST = 3
"""So many questions are marked by themselves."""
LINE = 18
"""Height of a line of text below the bars."""
LEFT = 7.5
"""Percent of the width that the scale takes."""


def nation_bars(
    rows: Sequence[tuple[str, float]],
    label: str,
    marked: Collection[int] | None = None,
    height: int = HEIGHT,
    named: int = 0,
) -> Markup:
    """`rows`: name and share of each question, the most common first. Those at the places `marked`
    are in the warm colour: by themselves the `RAREST`, and those that are as rare as they. `label`:
    what the picture says. `height`: in pixels, of the bars. `named`: on how many lines below them the first and the
    last are named; none where a page does it.
    """
    floor, most = height - EDGE, height - 2 * EDGE
    if marked is None:
        shares = [share for _, share in rows]
        rare = shares[-RAREST] if len(shares) > RAREST else -1
        marked = [number for number, share in enumerate(shares) if share <= rare]
    width = (100 - LEFT) / max(1, len(rows))
    parts = []
    for step in STEPS:
        y = floor - most * step / 100
        # The highest has room for its unit above its line; the others are narrower than the scale.
        left, at, unit = (0, y - 3, " %") if step == STEPS[-1] else (LEFT, y + 4, "")
        parts.append(f'<line class="oj-landet__steg" x1="{left}%" x2="100%" y1="{y:g}" y2="{y:g}"/>')
        parts.append(f'<text class="oj-landet__skala" x="0" y="{at:g}">{step}{unit}</text>')
    for number, (name, share) in enumerate(rows):
        tall = most * share / 100
        parts.append(
            f'<rect class="{"oj-landet__ovanlig" if number in marked else "oj-landet__stapel"}" '
            f'x="{LEFT + number * width:.2f}%" y="{floor - tall:.1f}" width="{width * 0.78:.2f}%" height="{tall:.1f}">'
            f"<title>{escape(name)}: {percent(share)}</title></rect>"
        )
    for number, anchor, at in (0, "start", f"{LEFT}%"), (-1, "end", "100%"):
        if named:
            name, share = rows[number]
            y = height + LINE * (named if number else 1)
            parts.append(
                f'<text class="oj-landet__namn" x="{at}" y="{y}" text-anchor="{anchor}"><tspan font-weight="700">'
                f"{percent(share)}</tspan> {escape(name)}</text>"
            )
    return Markup(
        f'<svg class="oj-landet" width="100%" height="{height + LINE * named + (4 if named else 0)}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
