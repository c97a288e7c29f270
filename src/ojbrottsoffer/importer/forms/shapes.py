"""Shapes of a file that can't be read as a table of units and questions: told once, with what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from ojbrottsoffer.importer.forms.layout import Layout, TableColumn
from ojbrottsoffer.importer.meaning.values import WORDS
from ojbrottsoffer.importer.read.grid import Sheet

ONE_TABLE = (
    "Gör om filen till en tabell med en rad för varje enhet, en kolumn för varje indikator och svaret i cellen, eller "
    "be avsändaren om en sådan."
)
ALTERNATIVE = re.compile(rf"(.+?)\W+({'|'.join(WORDS)})\W*")


def crossed(layout: Layout) -> list[TableColumn]:
    """The columns of the first question that has one for each answer, with a cross in one of them."""
    groups: dict[str, list[TableColumn]] = defaultdict(list)
    for column in layout.columns:
        named = ALTERNATIVE.fullmatch(" / ".join(column.path).casefold())
        if named and column.role in (None, "ignorera"):
            groups[named[1]].append(column)
    for columns in groups.values():
        rows = [
            [layout.sheet.cells[row][c.index] for c in columns]
            for row in range(layout.first, layout.last + 1)
        ]
        crosses = sum(sum(text not in ("", "0") for text in row) == 1 for row in rows)
        if len(columns) > 1 and any(c.role is None for c in columns) and crosses * 2 > len(rows):
            return columns
    return []


def one_unit_each(sheets: list[Sheet], key: Callable[[str], str | None]) -> bool:
    """True if every sheet names one unit, in a cell or as its own name, and no two the same."""
    found = [_units(sheet, key) for sheet in sheets]
    return (
        len(sheets) > 1 and all(len(units) == 1 for units in found) and len(set.union(*found)) == len(sheets)
    )


def _units(sheet: Sheet, key: Callable[[str], str | None]) -> set[str]:
    """The first units that a sheet names, at most two."""
    found: set[str] = set()
    for text in _texts(sheet):
        if unit := key(text) or key(text.rpartition(":")[2].strip()):
            found.add(unit)
        if len(found) > 1:
            break
    return found


def _texts(sheet: Sheet) -> Iterator[str]:
    yield sheet.name
    yield from (text for row in sheet.cells for text in row if text and not text.isdigit())
