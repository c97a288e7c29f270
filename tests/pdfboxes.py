"""Where each piece of text on a page of a PDF begins and ends, and which of them lie on each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pypdf
from pypdf.generic import ContentStream

Matrix = tuple[float, ...]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


class Box(NamedTuple):
    """A piece of text: its sides in points from the lower left corner of the page."""

    left: float
    right: float
    bottom: float
    top: float


def boxes(page: pypdf.PageObject) -> list[Box]:
    """Of all texts on a page that show something, also those within drawings."""
    return list(_walked(page.get_contents(), page["/Resources"], UNMOVED, page.pdf))


def misplaced(page: pypdf.PageObject, margin: float = 0) -> list[str]:
    """What is wrong with the places of the texts on a page: there is none, one reaches past the paper or past a
    margin at its sides (in points), or two cover each other by more than a point each way.
    """
    found = sorted(boxes(page))
    wide, tall = float(page.mediabox.width), float(page.mediabox.height)
    said = [] if found else ["no text"]
    for number, box in enumerate(found):
        if box.left < margin or box.right > wide - margin or box.bottom < 0 or box.top > tall:
            said.append(f"outside: {box}")
        for other in islice(found, number + 1, None):
            if other.left >= box.right:
                break
            across = min(box.right, other.right) - other.left
            if across > 1 and min(box.top, other.top) - max(box.bottom, other.bottom) > 1:
                said.append(f"covered: {box} {other}")
    return said


def _walked(content: ContentStream, resources: dict, placed: Matrix, reader: object) -> Iterator[Box]:
    """The boxes of a stream of drawing instructions (PDF 32000, 9.4), whose origin is `placed`."""
    kept: list[Matrix] = []
    fonts: dict[str, _Font] = {}
    line = text = UNMOVED
    font, size, leading = None, 0.0, 0.0
    for given, name in content.operations:
        if name == b"q":
            kept.append(placed)
        elif name == b"Q":
            placed = kept.pop()
        elif name == b"cm":
            placed = _times(tuple(map(float, given)), placed)
        elif name == b"BT":
            line = text = UNMOVED
        elif name == b"Tf":
            if given[0] not in fonts:
                fonts[given[0]] = _Font(resources["/Font"][given[0]])
            font, size = fonts[given[0]], float(given[1])
        elif name == b"TL":
            leading = float(given[0])
        elif name == b"Tm":
            line = text = tuple(map(float, given))
        elif name in (b"Td", b"TD", b"T*"):
            across, up = map(float, given) if given else (0, -leading)
            line = text = _times((1, 0, 0, 1, across, up), line)
        elif name in (b"Tj", b"TJ"):
            parts = given[0] if name == b"TJ" else [given[0]]
            wide = sum(
                -float(part) / 1000 if isinstance(part, int | float) else font.width(part) for part in parts
            )
            shown = any(not isinstance(part, int | float) and font.shows(part) for part in parts)
            if shown:
                yield _box(_times(text, placed), size, wide * size)
            text = _times((1, 0, 0, 1, wide * size, 0), text)
        elif name == b"Do":
            inner = resources["/XObject"][given[0]]
            if inner["/Subtype"] == "/Form":
                own = _times(tuple(map(float, inner.get("/Matrix", UNMOVED))), placed)
                stream = ContentStream(inner, reader)
                yield from _walked(stream, inner.get("/Resources", resources), own, reader)


class _Font:
    """The widths of a font's signs, in parts of its size."""

    def __init__(self, font: dict):
        self._two = "/DescendantFonts" in font
        if not self._two:
            first = font["/FirstChar"]
            self._widths = {first + n: float(wide) for n, wide in enumerate(font["/Widths"])}
            self._other = 0.0
            return
        inner = font["/DescendantFonts"][0].get_object()
        self._widths, self._other = {}, float(inner.get("/DW", 1000))
        listed = list(inner.get("/W", []))
        while listed:
            first, after = listed.pop(0), listed.pop(0)
            after = after.get_object() if hasattr(after, "get_object") else after
            if isinstance(after, list):
                self._widths |= {first + n: float(wide) for n, wide in enumerate(after)}
            else:
                self._widths |= dict.fromkeys(range(first, after + 1), float(listed.pop(0)))

    def _codes(self, said: object) -> list[int]:
        raw = said if isinstance(said, bytes) else said.original_bytes
        return [int.from_bytes(raw[n : n + 2]) for n in range(0, len(raw), 2)] if self._two else list(raw)

    def width(self, said: object) -> float:
        return sum(self._widths.get(code, self._other) for code in self._codes(said)) / 1000

    def shows(self, said: object) -> bool:
        return self.width(said) > 0


def _box(at: Matrix, size: float, wide: float) -> Box:
    """From a little under the line that the letters stand on to the top of small letters; turned text too."""
    points = [(x, y) for x in (0, wide) for y in (-0.15 * size, 0.55 * size)]
    found = [(at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]) for x, y in points]
    across, up = zip(*found, strict=True)
    return Box(min(across), max(across), min(up), max(up))


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
