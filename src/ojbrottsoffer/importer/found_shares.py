"""The nation's shares as they are printed, in a row among the units or in a table of their own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.found import Column, Place, Shares, missing_of, place_of
from ojbrottsoffer.importer.meaning.values import ABSENT, share
from ojbrottsoffer.importer.recipes.recipe import Profile

SURELY_PERCENT = 2
"""A share from here on is no fraction, also in a file where others are."""
A_SHARE = "en andel, till exempel 69, 69 % eller 0,69"
ShareCell = tuple[str, str, Place]
"""indikator_id, delmangd and the cell."""


@dataclass(frozen=True)
class Parsed:
    """The shares, and the cells that are neither shares nor explained."""

    shares: Shares
    unknown: list[Place]


def nation_cells(layout: Layout, row: int, questions: Iterable[Column]) -> list[ShareCell]:
    """The cells of the nation's row among the units."""
    cells = [(question.id, "alla", place_of(layout, row, question.index)) for question in questions]
    return [cell for cell in cells if cell[2].text != ABSENT]


def share_rows(layout: Layout) -> Iterator[tuple[int, str, str]]:
    """(row, label, part) of a table of shares; the label of merged cells stands in the first of its rows."""
    part = next((c.index for c in layout.columns if c.role == "delmangd"), None)
    above = ""
    for row in range(layout.first, layout.last + 1):
        texts = layout.sheet.cells[row]
        said = texts[part] if part is not None else ""
        above = texts[layout.label_column] or (above if said else "")
        yield row, above, said


def shares_of(cells: Iterable[ShareCell], profile: Profile) -> Parsed:
    """The shares in percent: fractions only if the recipe says so."""
    cells, factor = list(cells), 100 if profile.andel == "brak" else 1
    numbers = {place: share(place.text) for *_, place in cells}
    bare = [value for place, value in numbers.items() if value is not None and not says_percent(place.text)]
    mixed = any(value >= SURELY_PERCENT for value in bare)
    shares: Shares = {}
    unknown = []
    for indicator, part, place in cells:
        value = numbers[place]
        if value is not None:
            whole = says_percent(place.text) or mixed and value >= SURELY_PERCENT
            shares[indicator, part] = round(value * (1 if whole else factor), 6), place
        elif missing_of(place.text, profile):
            shares[indicator, part] = None, place
        else:
            unknown.append(place)
    return Parsed(shares, unknown)


def says_percent(text: str) -> bool:
    return text.strip().casefold().endswith(("%", "procent"))


def whole_percent(percent: float) -> int:
    """Rounded half up, as Swedish tables are."""
    return math.floor(percent + 0.5)
