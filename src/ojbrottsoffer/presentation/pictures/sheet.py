"""A drawing with its title and source on a sheet of its own: what a reader takes along, and what
another site shows in a frame.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from markupsafe import Markup, escape

from ojbrottsoffer.presentation.pictures.spine import SCALE
from ojbrottsoffer.presentation.pictures.squares import BETWEEN, MISSING, ROWS, STEP, block, kind

WIDTH, MARGIN = 720, 28
TITLE, SMALL = 26, 18
"""Height of a line of the title and of the source."""
TITLE_LETTERS, SMALL_LETTERS = 56, 92
"""Letters that a line has room for."""
GROWN = 1.35
"""A drawing for a narrow screen is made so much larger."""
HEAD = re.compile(r"<svg[^>]*>")
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"|height="([\d.]+)"')
TRACE = re.compile(r' data-oj-tal="[^"]*"')
ROW, NAMES, NUMBERS = 44, 250, 70
"""A row of the spine: its height, and the width of its names and numbers."""


def size(drawing: str) -> tuple[float, float]:
    """Width and height of a drawing; no width where its places are in percent of what there is."""
    found = SIZE.search(HEAD.match(drawing)[0])
    return (float(found[1]), float(found[2])) if found[1] else (0, float(found[3]))


def sheet(title: str, drawing: Markup, below: str) -> Markup:
    """`drawing`: an SVG, as a page has it. `below`: what its signs mean, and the source."""
    if not HEAD.match(drawing):  # nothing to draw: the words say so
        drawing = Markup('<svg viewBox="0 0 400 10"></svg>')
    head = HEAD.match(drawing)[0]
    own, tall = size(drawing)
    inner = max(WIDTH - 2 * MARGIN, own)
    wide = inner + 2 * MARGIN
    if not own:  # places in percent: as wide as there is room for
        width, height, box = inner, tall, ""
    else:
        width = min(inner, own * GROWN)
        height, box = tall * width / own, f' viewBox="0 0 {own:g} {tall:g}"'
    css = re.search(r'class="[^"]*"', head)
    y, parts = MARGIN + 14, []
    for line in textwrap.wrap(title, TITLE_LETTERS):
        parts.append(f'<text class="oj-blad__titel" x="{MARGIN}" y="{y}">{escape(line)}</text>')
        y += TITLE
    y += 4
    content = TRACE.sub("", drawing[len(head) :])
    parts.append(
        f'<svg {css[0] if css else ""} x="{MARGIN}" y="{y}" width="{width:g}" height="{height:g}"{box} '
        f'overflow="visible">{content}'
    )
    y += height + 30
    for line in textwrap.wrap(below, SMALL_LETTERS):
        parts.append(f'<text class="oj-blad__kalla" x="{MARGIN}" y="{y:g}">{escape(line)}</text>')
        y += SMALL
    height = y + MARGIN - SMALL
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {height:g}" width="{wide:g}" height="{height:g}" '
        f'role="img" aria-label="{escape(title)}">'
        f'<rect width="{wide:g}" height="{height:g}" fill="var(--oj-yta)"/>{"".join(parts)}</svg>'
    )


def named_squares(areas: list[tuple[str, list]], beside: int = 4, scale: float = 1.9) -> Markup:
    """A block of squares for each area (name and answers), with its name and number of Ja among the answers
    above; so many `beside` each other. `scale`: of the squares, beside the names.
    """
    rows = []
    for name, codes in areas:
        given = [code for code in codes if kind(code) != MISSING]
        said = f"{given.count(2)} av {len(given)}" if given else "inga svar"
        rows.append((said, name.split()[0], codes))
    return named_blocks(rows, beside, scale)


def named_blocks(rows: list[tuple[str, str, list]], beside: int = 4, scale: float = 1.9) -> Markup:
    """Blocks of squares, each under a number and a name, so many `beside` each other."""
    top = 48
    tall = top + STEP * ROWS * scale
    parts, x, y, wide = [], 0.0, 0.0, 320.0 if beside < len(rows) else 400.0
    for n, (said, name, codes) in enumerate(rows):
        if n and n % beside == 0:
            x, y = 0.0, y + tall + 20
        drawn, width = block(codes)
        parts.append(
            f'<text class="oj-blad__tal" x="{x:.0f}" y="{y + 14:.0f}">{said}</text>'
            f'<text class="oj-blad__namn" x="{x:.0f}" y="{y + 34:.0f}">{escape(name)}</text>'
            f'<g transform="translate({x:.0f} {y + top:.0f}) scale({scale})">{drawn}</g>'
        )
        x += max(width * scale + BETWEEN * scale, 9 * len(name))
        wide = max(wide, x)
    return Markup(f'<svg viewBox="0 0 {wide:.0f} {y + tall:.0f}">{"".join(parts)}</svg>')


def named_courses(rows: list[tuple[str, Markup]], beside: int = 3, inner: int = WIDTH - 2 * MARGIN) -> Markup:
    """Small drawings with places in percent, so many `beside` each other, each under its name."""
    y, parts = 0.0, []
    for first in range(0, len(rows), beside):
        line = rows[first : first + beside]
        heights = [float(SIZE.search(drawn)[3]) for _, drawn in line]
        for n, (name, drawn) in enumerate(line):
            x = n * inner / beside
            parts.append(
                f'<text class="oj-blad__namn" x="{x + 12:.0f}" y="{y + 14:.0f}">{escape(name)}</text>'
                f'<svg class="oj-plats" x="{x:.0f}" y="{y + 20:.0f}" width="{inner / beside - 16:.0f}" '
                f'height="{heights[n]:g}" overflow="visible">{HEAD.sub("", str(drawn), count=1)}'
            )
        y += max(heights) + 40
    return Markup(f'<svg viewBox="0 0 {inner} {y - 14:.0f}">{"".join(parts)}</svg>')


def named_spines(
    rows: list[tuple[str, str, Markup]], narrow: bool = False, scale: Sequence[tuple[int, str]] = SCALE
) -> Markup:
    """Spines below each other on one scale: name, number in words and drawing of each; the name stands
    above where it is `narrow`. `scale`: what is said below, and where in percent of the width.
    """
    inner, names, above = (320, 8, 22) if narrow else (WIDTH - 2 * MARGIN, NAMES, 0)
    width = inner - names - (16 if narrow else NUMBERS + 20)
    parts = []
    for n, (name, number, spine) in enumerate(rows):
        y = n * (ROW + above)
        drawn = HEAD.sub("", str(spine), count=1)
        parts.append(
            f'<text class="oj-blad__namn" x="0" y="{y + 18}">{escape(name)}</text>'
            f'<svg x="{names}" y="{y + above}" width="{width}" height="26" overflow="visible">{drawn}'
            f'<text class="oj-blad__tal" x="{inner}" y="{y + 18}" text-anchor="end">{escape(number)}</text>'
        )
    floor = len(rows) * (ROW + above) + above // 2
    for at, said in scale:
        anchor, out = {0: ("start", -8), 100: ("end", 8)}.get(at, ("middle", 0))
        parts.append(
            f'<text class="oj-blad__kalla" x="{names + width * at / 100 + out:g}" y="{floor}" text-anchor="{anchor}">'
            f"{said}</text>"
        )
    return Markup(f'<svg viewBox="0 0 {inner} {floor + 4}">{"".join(parts)}</svg>')
