"""One chart that a reader can take along: what it shows and what its files are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ojbrottsoffer.presentation.pictures import sheet

FOLDER = "diagram"
HEIGHT = re.compile(r' height="([\d.]+)"')
Row = tuple[object, ...]


@dataclass(frozen=True)
class Chart:
    """One chart: a sentence, a drawing, and the figures that it shows."""

    id: str
    title: str
    drawing: Markup
    """The SVG that stands alone; a page may show it in parts."""
    signs: str
    """What its signs mean, in words; may be empty."""
    source: str
    page: str
    """The address of the page that it stands on."""
    heads: tuple[str, ...]
    rows: list[Row]
    narrow: Markup = Markup()
    """What a frame as narrow as a phone has in place of the drawing; nothing: the drawing fits."""

    @property
    def below(self) -> str:
        return " ".join(filter(None, [self.signs, f"Källa: {self.source}."]))

    def sheet(self, mark: str = "") -> Markup:
        """The drawing with its title and source, in the colours of the page that shows it. `mark`: what is
        no edition to rely on says so first.
        """
        return sheet.sheet(f"{mark}: {self.title}" if mark else self.title, self.drawing, self.below)

    @cached_property
    def height(self) -> int:
        """Of the page to frame, where it is as wide as the picture: the picture and three lines."""
        return round(float(HEIGHT.search(self.sheet())[1])) + 120

    def address(self, kind: str) -> str:
        """Of the picture (`svg`), the figures (`csv`) or the page to frame (`html`)."""
        return f"{FOLDER}/{self.id}.{kind}"
