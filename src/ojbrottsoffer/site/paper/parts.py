"""What everything for paper has in common: how long its texts may be, its frame, its signs.

A text longer than its place is cut, with `…` where the cut is, and the reader is told where it
stands whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import segno

from ojbrottsoffer.presentation import palette
from ojbrottsoffer.presentation.design import PAPER_FONT
from ojbrottsoffer.presentation.pictures import sheet
from ojbrottsoffer.presentation.pictures.paint import alone
from ojbrottsoffer.presentation.pictures.spine import SCALE
from ojbrottsoffer.presentation.pictures.squares import KINDS, SIDE, counted, square
from ojbrottsoffer.presentation.text import SURVEYS
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.paper.printer import parted
from ojbrottsoffer.site.settings import site_url
from ojbrottsoffer.site.words.marking import marking

NAME, FOOTNOTE, SHORT_NAME, AREA, REMARK, SOURCE, REQUIRED, ADVICE = 70, 100, 46, 60, 420, 400, 240, 160
"""The most characters of each kind of text."""
PUBLISHER = "Öppna jämförelser Brottsoffer"
SPINE_WIDTH = 420
"""Of one row of the chart of areas, in the drawing's pixels."""
SQUARES_GROWN = 1.25
"""Beside the names of the areas the squares are so much larger than alone."""
WORDS = {**SVAR.codes, "x": "Saknas"}
"""Kind of square -> the answer in a word, for narrow columns."""


@dataclass
class Texts:
    """Cuts texts, and remembers whether any of them was cut."""

    cut: bool = field(default=False)

    def fit(self, words: object, most: int) -> str:
        """At most `most` characters of a text, whole words where it has any."""
        said = " ".join(str(words).split())
        if len(said) > most:
            self.cut = True
            kept = said[: most - 1]
            said = f"{kept.rsplit(' ', 1)[0] if ' ' in kept[most // 2 :] else kept} …"
        return parted(said)


def frame(edition: EditionContext, title: str) -> dict[str, object]:
    """What every template gets: title, who publishes it, colours, signs, the scale of shares, and whether it is invented."""
    return {
        "title": title,
        "author": PUBLISHER,
        "mark": marking(edition.site.project),
        "colours": palette.ON_PAPER,
        "signs": {key: _sign(key) for key in KINDS},
        "scale": [said for _, said in SCALE],
        "edition": f"{SURVEYS['oj']} {edition.year.ar}",
    }


def _sign(key: str) -> str:
    """One square, to stand beside its word."""
    side = SIDE + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f"{square(key, [(0, 0)], palette.ON_PAPER)}</svg>"
    )


def named_squares(edition: EditionContext, unit: str) -> str:
    """One square for each question, with the name of each quality area and its number of Ja above."""
    return alone(sheet.named_squares(_areas(edition, unit), scale=SQUARES_GROWN), SPINE_WIDTH, PAPER_FONT)


def squares_said(edition: EditionContext, unit: str) -> str:
    """The squares in words, for those who don't see them: how many of each answer in each area."""
    told = [f"{name} {counted(codes)}" for name, codes in _areas(edition, unit)]
    return f"En ruta för varje fråga. {'; '.join(told)}."


def _areas(edition: EditionContext, unit: str) -> list[tuple[str, list]]:
    """Name and answers of each quality area."""
    names = [group["title"] for group in edition.indicator_groups]
    return list(zip(names, edition.codes_by_area[unit], strict=True))


def place(path: str) -> str:
    """Where a page is: its whole address, or the site's name and the page's own address where nobody has
    said where the site will be.
    """
    return f"{site_url()}{path}" if site_url() else f"webbplatsen {PUBLISHER}, {path}"


def leading(path: str, says: str, cut: bool = False) -> dict[str, str]:
    """What leads to a page: what is said before it, where it is, and a QR code in SVG where the site has
    an address. `cut`: a text stands whole only there.
    """
    says = f"Där … står är texten kortad. {says}" if cut else says
    code = (
        segno.make(place(path), error="m").svg_inline(border=2, scale=4, omitsize=True) if site_url() else ""
    )
    return {"page": place(path), "page_says": says, "qr": code}
