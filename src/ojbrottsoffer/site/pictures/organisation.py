"""The organisation that the report describes, as a picture and as text from the same lines.

The report's own figure is not among the sources; only what its prose says is drawn.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, MARGIN, GAP = 360, 8, 8
"""Narrow, so that the words can be read on a telephone."""
TITLE, LINE, PADDING = 24, 14, 10
"""Heights: a level's title, a line of text, the space inside a box."""
LETTERS = 48
"""Letters that a line across the picture has room for; beside each other boxes share them."""
BETWEEN = 40
"""Room for the arrows between two levels."""


@dataclass(frozen=True)
class Box:
    """A function or a group: what it is called, what it does, the page that says so."""

    name: str
    does: str
    page: str
    role: str | None = None
    """The role whose tip sheet it has."""


@dataclass(frozen=True)
class Level:
    """A level of the organisation, and what goes down and up to the level below."""

    name: str
    boxes: tuple[Box, ...]
    down: str = ""
    up: str = ""


LEVELS = (
    Level(
        "Hela kommunen",
        (
            Box("Förtroendevalda", "beslutar om mål, budget, strategi och plan", "49", "fortroendevald"),
            Box(
                "Strateg",
                "stödjer politiker och chefer, samordnar utbildning och resultat",
                "49–50",
                "kommunovergripande-strateg",
            ),
        ),
        "mål, budget, plan",
        "resultat",
    ),
    Level(
        "Förvaltningarna",
        (
            Box(
                "Förvaltningschefer", "tar in mål och plan i den egna förvaltningen", "50", "forvaltningschef"
            ),
            Box(
                "Socialtjänstens chef",
                "planerar organisationen, följer upp och ger mandat",
                "51",
                "forvaltningschef-socialtjansten",
            ),
        ),
        "mål, mandat",
        "resultat",
    ),
    Level(
        "Socialförvaltningens arbete",
        (
            Box(
                "Samordnare",
                "håller ihop grupperna, sammanställer resultat",
                "51–52",
                "samordnare-socialforvaltningen",
            ),
            Box("Enheterna", "skriver lokala rutiner, har egna specialister", "51–53"),
            Box("Styrgrupp", "bestämmer metoder, rutiner och arbetssätt", "52"),
            Box("Arbetsgrupp", "inför det som är beslutat, arbetar operativt", "52"),
            Box("Samordningsgrupp", "samordnar enskilda ärenden med dem som berörs", "52"),
        ),
        "samverkan",
        "samverkan",
    ),
    Level(
        "Utanför kommunen",
        (
            Box(
                "Myndigheter och ideella föreningar",
                "möter strategen om utvecklingen, samordnaren i ärenden",
                "49–52",
            ),
        ),
    ),
)


def picture() -> Markup:
    """The levels below each other as SVG. The table beside it says the same in words."""
    parts: list[str] = []
    y = 4
    for level in LEVELS:
        y = _level(level, y, parts)
    label = (
        "Organisationsmodell i fyra nivåer: hela kommunen, förvaltningarna, "
        "socialförvaltningens arbete och utanför kommunen. Innehållet står i tabellen efter."
    )
    return Markup(
        f'<svg class="oj-modell" viewBox="0 0 {WIDTH} {y}" role="img" aria-label="{label}" '
        f'focusable="false">{"".join(parts)}</svg>'
    )


def _level(level: Level, y: int, parts: list[str]) -> int:
    """Draws a level from `y` down; returns where the next one starts."""
    rows = [level.boxes[i : i + 2] for i in range(0, len(level.boxes), 2)]
    lines = [[textwrap.wrap(box.does, LETTERS // len(row)) for box in row] for row in rows]
    heights = [PADDING * 2 + LINE * (1 + max(map(len, row))) for row in lines]
    height = TITLE + sum(heights) + GAP * len(rows)
    parts.append(
        f'<rect class="oj-modell__niva" x="1" y="{y}" width="{WIDTH - 2}" height="{height}" rx="6"/>'
    )
    parts.append(f'<text class="oj-modell__rubrik" x="{MARGIN + 2}" y="{y + 17}">{escape(level.name)}</text>')
    top = y + TITLE
    for row, said, tall in zip(rows, lines, heights, strict=True):
        wide = (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row)
        for number, box in enumerate(row):
            _box(box.name, said[number], MARGIN + number * (wide + GAP), top, wide, tall, parts)
        top += tall + GAP
    y += height
    if level.down:
        _arrow(100, y, y + BETWEEN, level.down, parts)
        _arrow(240, y + BETWEEN, y, level.up, parts)
        y += BETWEEN
    return y + (0 if level.down else 4)


def _box(name: str, lines: list[str], x: float, y: float, wide: float, tall: float, parts: list[str]) -> None:
    parts.append(
        f'<rect class="oj-modell__ruta" x="{x:g}" y="{y:g}" width="{wide:g}" height="{tall:g}" rx="4"/>'
    )
    parts.append(
        f'<text class="oj-modell__namn" x="{x + 8:g}" y="{y + PADDING + 11:g}">{escape(name)}</text>'
    )
    parts += [
        f'<text x="{x + 8:g}" y="{y + PADDING + 11 + LINE * number:g}">{escape(line)}</text>'
        for number, line in enumerate(lines, start=1)
    ]


def _arrow(x: int, start: int, end: int, label: str, parts: list[str]) -> None:
    way = 1 if end > start else -1
    tip = end - 5 * way
    parts.append(
        f'<path class="oj-modell__pil" d="M{x} {start + 4 * way}V{tip}m-4 {-5 * way}l4 '
        f'{5 * way}l4 {-5 * way}"/>'
    )
    parts.append(f'<text x="{x + 9}" y="{(start + end) / 2 + 4:g}">{escape(label)}</text>')
