"""One square for each question, in a block for each quality area: the site's picture of a unit.

Full is Ja, half is Delvis, an outline is Nej and a dotted one has no answer. The shape says what
the colour does, so the picture holds in print, in forced colours and to other eyes. The questions
stand in published order, downwards: the same place is the same question for every unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from markupsafe import Markup, escape

from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.model import swedish_list

ROWS = 5
"""Squares in a column."""
STEP, SIDE = 18, 12
"""From one square to the next, and the side of one without its line."""
BETWEEN = 12
"""Room between two blocks."""
MISSING = "x"
KINDS = ("2", "1", "0", MISSING)
WORDS = {**SVAR.codes, MISSING: "Uppgift saknas"}
NAMES = {"2": "ja", "1": "delvis", "0": "nej", MISSING: "riket"}
"""Kind -> its colour in the palette."""
PAGE = {name: f"var(--oj-{name})" for name in NAMES.values()}
"""Colours as a page has them: they follow its scheme. Paper gives the palette's own."""
CHOSEN = PAGE | {NAMES["2"]: "var(--oj-accent)", NAMES["0"]: "var(--oj-dov)"}
"""Colours where a full square is a question that something is about, and no answer."""

Codes = Sequence[object]


def kind(code: object) -> str:
    """2, 1, 0 or none as the key of a drawing."""
    return MISSING if pd.isna(code) else str(code)


def counted(codes: Iterable[object]) -> str:
    """The answers in words: `48 Ja, 12 Nej`."""
    found = Counter(map(kind, codes))
    return swedish_list([f"{found[key]} {WORDS[key]}" for key in KINDS if found[key]])


def square(
    key: str, places: Iterable[tuple[int, int]], ink: Mapping[str, str] = PAGE, title: str = ""
) -> str:
    """Squares of one kind with their upper left corners at `places`, as SVG."""
    hue, at = ink[NAMES[key]], [(x + 2, y + 2) for x, y in places]
    frame = "".join(f"M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z" for x, y in at)
    said = f"<title>{escape(title)}</title>" if title else ""
    line = f'stroke="{hue}" stroke-linejoin="round" stroke-width="2.4"'
    if key == "2":
        return f'<path d="{frame}" fill="{hue}" {line}>{said}</path>'
    if key == MISSING:
        return f'<path d="{frame}" fill="none" {line} stroke-linecap="round" stroke-dasharray=".1 4">{said}</path>'
    drawn = f'<path d="{frame}" fill="none" {line}>{said}</path>'
    if key == "1":
        half = "".join(f"M{x} {y}h{SIDE / 2:g}v{SIDE}h-{SIDE / 2:g}z" for x, y in at)
        drawn += f'<path d="{half}" fill="{hue}"/>'
    return drawn


def block(
    codes: Codes, x: int = 0, ink: Mapping[str, str] = PAGE, titles: Sequence[str] = ()
) -> tuple[str, int]:
    """The squares of one area from `x` on, and how wide they are. With `titles` each square says
    what it stands for when it is pointed at.
    """
    places = [(x + STEP * (n // ROWS), STEP * (n % ROWS)) for n in range(len(codes))]
    width = STEP * -(-len(codes) // ROWS)
    keys = list(map(kind, codes))
    if titles:
        return "".join(square(k, [at], ink, t) for k, at, t in zip(keys, places, titles, strict=True)), width
    drawn = "".join(
        square(key, [at for k, at in zip(keys, places, strict=True) if k == key], ink)
        for key in KINDS
        if key in keys
    )
    return drawn, width


def area_squares(codes: Codes, titles: Sequence[str] = ()) -> Markup:
    """One area as a picture of its own; what it shows is said beside it."""
    drawn, width = block(codes, titles=titles)
    height = STEP * min(ROWS, max(1, len(codes)))
    return Markup(
        f'<svg class="oj-rutor__omrade" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def squares(
    areas: Sequence[Codes],
    label: str = "",
    ink: Mapping[str, str] = PAGE,
    ringed: tuple[int, int] | None = None,
) -> Markup:
    """All areas beside each other. `label` is what a screen reader says; without one the picture
    is decoration, for where the same thing is written beside it. `ringed`: area and place in it of
    one square with a ring around it.
    """
    drawn, x = "", 0
    for area, codes in enumerate(areas):
        more, width = block(codes, x, ink)
        if ringed and ringed[0] == area:
            at = x + STEP * (ringed[1] // ROWS), STEP * (ringed[1] % ROWS)
            more += f'<rect class="oj-rutor__ring" x="{at[0] - 2}" y="{at[1] - 2}" width="20" height="20" rx="3"/>'
        drawn, x = drawn + more, x + width + BETWEEN
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    room = 4 if ringed else 0
    box = f"{-room} {-room} {x - BETWEEN + 2 * room} {STEP * ROWS + 2 * room}"
    return Markup(
        f'<svg class="oj-rutor__alla" xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'{named} focusable="false">{drawn}</svg>'
    )


def sign(key: str) -> Markup:
    """One square, to stand among words."""
    return Markup(
        '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" '
        f'focusable="false">{square(key, [(0, 0)])}</svg>'
    )


def legend(codes: Iterable[object]) -> Markup:
    """What the kinds of square that are shown mean."""
    found = set(map(kind, codes))
    return Markup("").join(
        Markup(f'<span class="oj-rutor__tecken">{sign(key)} {WORDS[key]}</span> ')
        for key in KINDS
        if key in found
    )
