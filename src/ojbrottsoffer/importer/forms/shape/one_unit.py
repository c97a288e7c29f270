"""A table of one unit, that is named as its sheet or in a title: the questions are headings over its answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.form_parts import SHEET_NAME

LEAST = 2
"""So many questions in a row are headings."""


def unit_of(sheet: Sheet, first: int, title: Callable[[str], str | None]) -> str:
    """Where the unit of a sheet is named, as the recipe says it: in a cell above the row `first`, or as the sheet."""
    cells = [(r, c) for r in range(first) for c, text in enumerate(sheet.cells[r]) if text and title(text)]
    if len({title(sheet.cells[r][c]) for r, c in cells}) == 1:
        return sheet.ref(*cells[0])
    return SHEET_NAME if not cells and title(sheet.name) else ""


def rows_of_answers(sheet: Sheet, is_heading: Callable[[str], bool]) -> tuple[int, range] | None:
    """The row with most headings, and the rows right under it that have something there."""
    asked = [[c for c, text in enumerate(texts) if text and is_heading(text)] for texts in sheet.cells]
    head = max(range(sheet.height), key=lambda row: (len(asked[row]), -row))
    last = head
    while last + 1 < sheet.height and any(sheet.cells[last + 1][c] for c in asked[head]):
        last += 1
    return (head, range(head + 1, last + 1)) if len(asked[head]) >= LEAST and last > head else None


def with_unit(sheet: Sheet, said: str, rows: range) -> Sheet:
    """The sheet with the unit's name in a column of its own, after the others."""
    origins, name = sheet.places, sheet.name
    if cell := re.fullmatch(r"([A-Z]+)([0-9]+)", said):
        row, column = int(cell[2]) - 1, index_of(cell[1])
        name = sheet.cells[row][column].rpartition(": ")[2]
        origins |= {(own, sheet.width): (sheet, row, column) for own in rows}
    cells = [[*texts, name if row in rows else ""] for row, texts in enumerate(sheet.cells)]
    return replace(sheet, cells=cells, origins=origins)
