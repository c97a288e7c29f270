"""A table where a unit is named once and has several rows below, one for each year or group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.forms.shape.long import DITTO
from ojbrottsoffer.importer.meaning.values import is_numbering
from ojbrottsoffer.importer.meaning.years import YEAR
from ojbrottsoffer.importer.read.file_sheet import Sheet

LEAST, MOST = 2, 12
"""So many units are named once; their rows have no more different years or groups than this."""


def rows_of_names(sheet: Sheet, column: int, known: Callable[[str], object]) -> range | None:
    """The rows of the table, if its units are named once each: every one of them has the same years or groups, in its
    label column or beside it."""
    sheet = _without_numbers(sheet)
    blocks: list[list[int]] = []
    for row, texts in enumerate(sheet.cells):
        if known(texts[column]) and not YEAR.fullmatch(texts[column]):
            blocks.append([row])
        elif blocks and row == blocks[-1][-1] + 1 and _follows(sheet, row, column):
            blocks[-1].append(row)
    if len(blocks) < LEAST or sum(len(rows) > 1 for rows in blocks) * LEAST < len(blocks):
        return None
    start = blocks[0][0]
    blocks = [[row for row in block if _has_more(sheet, row, column)] for block in blocks]
    rows = [row for block in blocks for row in block]
    for tells in range(sheet.width):
        values = Counter(sheet.cells[row][tells] for row in rows)
        each = [[sheet.cells[row][tells] for row in block] for block in blocks]
        if tells == column:
            once = all(YEAR.fullmatch(text) for texts in each for text in texts)
        else:
            once = "" not in values and all(
                DITTO.fullmatch(sheet.cells[r][column])
                or not sheet.cells[r][column]
                or known(sheet.cells[r][column])
                for r in rows
            )
        apart = all(len(set(texts)) == len(texts) for texts in each)
        if once and apart and 1 < len(values) <= MOST and values.total() >= LEAST * len(values):
            return range(start, rows[-1] + 1)
    return None


def names_down(sheet: Sheet, column: int, rows: range) -> Sheet:
    """The sheet with the unit's name on each of its rows, with the year where that is all that stands there."""
    cells, name, plain = list(sheet.cells), "", _without_numbers(sheet)
    for row in rows:
        text, more = cells[row][column], _has_more(plain, row, column)
        label = text
        if YEAR.fullmatch(text) and more:
            label = f"{name} {text}".strip()
        elif more and (not text or DITTO.fullmatch(text)):
            label = name
        else:
            name, label = text or name, text if more else ""
        cells[row] = [label if c == column else own for c, own in enumerate(cells[row])]
    return replace(sheet, cells=cells)


def _without_numbers(sheet: Sheet) -> Sheet:
    """The sheet without columns that only number its rows."""
    numbers = [c for c in range(sheet.width) if is_numbering([texts[c] for texts in sheet.cells if texts[c]])]
    cells = [["" if c in numbers else text for c, text in enumerate(texts)] for texts in sheet.cells]
    return replace(sheet, cells=cells) if numbers else sheet


def _has_more(sheet: Sheet, row: int, column: int) -> bool:
    return any(text for c, text in enumerate(sheet.cells[row]) if c != column)


def _follows(sheet: Sheet, row: int, column: int) -> bool:
    text = sheet.cells[row][column]
    below = not text or DITTO.fullmatch(text) or YEAR.fullmatch(text)
    return bool(below) and _has_more(sheet, row, column)
