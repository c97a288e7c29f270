"""One chart that a reader can take along: what it shows and what its files are called."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ojbrottsoffer.presentation.pictures import sheet

FOLDER = "diagram"
NARROW, WIDE = 340, 660
"""Pixels: the most that a drawing takes in a narrow frame, and from how wide a frame the whole sheet is shown."""
TITLE, SMALL, TITLE_LETTERS, SMALL_LETTERS = 22, 20, 27, 38
"""Of a page in a narrow frame: height of a line of the title and of the signs, and the letters that the narrowest,
of 320 pixels, has room for."""
FOOT, NARROW_FOOT = 110, 180
"""What such a page has besides: the way to the figures, to the site and to help, and what lies between."""
Row = tuple[object, ...]


@dataclass(frozen=True)
class Chart:
    """One chart: a sentence, a drawing, and the figures that it shows."""

    id: str
    title: str
    drawing: Markup
    """The SVG that stands alone; a page may show it in parts. Words where there is nothing to draw."""
    signs: str
    """What its signs mean, in words; may be empty."""
    source: str
    page: str
    """The address of the page that it stands on."""
    heads: tuple[str, ...]
    rows: list[Row]
    narrow: Markup = Markup()
    """What a frame as narrow as a phone has in place of the drawing; nothing: the drawing fits."""
    parts: Sequence[tuple[str, Markup]] = ()
    """The names and drawings that it is put together of, for a page that lays them out itself."""

    @property
    def below(self) -> str:
        return " ".join(filter(None, [self.signs, f"Källa: {self.source}."]))

    def sheet(self, mark: str = "") -> Markup:
        """The drawing with its title and source, in the colours of the page that shows it. `mark`: what is
        no edition to rely on says so first.
        """
        return sheet.sheet(f"{mark}: {self.title}" if mark else self.title, self.drawing, self.below)

    @cached_property
    def heights(self) -> tuple[int, int, int]:
        """Of the page to frame, in a frame as narrow as a phone and in one as wide as the sheet; and from how wide a
        frame the second counts."""
        own, tall = sheet.size(self.narrow or self.drawing)
        titles, signs = (
            len(textwrap.wrap(words, letters))
            for words, letters in ((self.title, TITLE_LETTERS), (self.below, SMALL_LETTERS))
        )
        narrow = tall * (NARROW / own if own else 1) + TITLE * titles + SMALL * signs
        wide, tall = sheet.size(self.sheet())
        return round(narrow) + NARROW_FOOT, round(tall * min(1, sheet.WIDTH / wide)) + FOOT, WIDE

    def address(self, kind: str) -> str:
        """Of the picture (`svg`), the figures (`csv`) or the page to frame (`html`)."""
        return f"{FOLDER}/{self.id}.{kind}"
