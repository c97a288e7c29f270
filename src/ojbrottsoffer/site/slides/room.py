"""How much room a text takes on a slide. A reader without the house's font sees another, so it is reckoned
for a wide one: what has room here has room in most programs.
"""

from __future__ import annotations

from collections.abc import Sequence

NARROW, BROAD = frozenset(" fijlrtI.,:;'|!()[]-"), frozenset("mwMW%@—…")
LINE, AFTER, BOLD = 1.2, 1 / 3, 1.1
"""Height of a line, room after a paragraph and width of bold letters, as parts of the size."""
CELL = (14.4, 6)
"""What a cell's margins take of its width and its height, in points."""


def width(said: str, size: float) -> float:
    """Of a text on one line, in points."""
    return size * sum(
        0.42 if sign in NARROW else 1 if sign in BROAD else 0.8 if sign.isupper() else 0.64 for sign in said
    )


def lines(said: str, wide: float, size: float) -> int:
    """How many lines a text takes that is parted between words; a word wider than a line is parted too."""
    number, at = 1, 0.0
    for word in said.split():
        more = width(f" {word}" if at else word, size)
        if at and at + more > wide:
            number, at, more = number + 1, 0.0, width(word, size)
        at += more
        number, at = number + int(at // wide), at % wide
    return number


def height(texts: Sequence[str], wide: float, size: float) -> float:
    """Of paragraphs below each other, in points."""
    return sum(lines(said, wide, size) * size * LINE + size * AFTER for said in texts)


def size_for(texts: Sequence[str], wide: float, tall: float, sizes: Sequence[int]) -> int:
    """The first of the sizes that has room for the paragraphs; the last if none has."""
    return next((size for size in sizes if height(texts, wide, size) <= tall), sizes[-1])


def row_heights(rows: Sequence[Sequence[str]], wides: Sequence[float], size: float) -> list[float]:
    """Of the rows of a table with columns of these widths, in points."""
    return [
        max(height([said], wide - CELL[0], size) for said, wide in zip(row, wides, strict=True)) + CELL[1]
        for row in rows
    ]
