"""Whether a sheet lists the units under each answer, in cells or below each other: a form that is not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ojbrottsoffer.importer.meaning.values import ANSWERS
from ojbrottsoffer.importer.read.file_sheet import Sheet

LEAST = 2
"""So many lists, or units under an answer, are no coincidence."""
PART = 0.6
"""So much of what stands in a column is units then."""
MOST_WORDS = 4
"""In the name of a unit."""
BETWEEN = re.compile(r"[\s,;/]+(?:(?:och|samt)\s+)?")


def listed_units(
    sheet: Sheet, key: Callable[[str], str | None], is_question: Callable[[str], bool]
) -> tuple[int, int] | None:
    """The first cell of a list of units, on a sheet that has questions or answers too; None if it has no such lists."""

    @cache
    def units_in(text: str) -> int:
        """How many units a text names, if it says nothing else."""
        if key(text):
            return 1
        words, count, start = BETWEEN.split(text), 0, 0
        while start < len(words):
            for end in range(min(start + MOST_WORDS, len(words)), start, -1):
                if key(" ".join(words[start:end])):
                    start, count = end, count + 1
                    break
            else:
                return 0
        return count

    first: dict[int, int] = {}
    for row, (texts, below) in enumerate(zip(sheet.cells, sheet.cells[1:], strict=False)):
        answers = [column for column, text in enumerate(texts) if text in ANSWERS]
        under = [below[column] for column in answers if below[column]]
        once = LEAST <= len(answers) == len({texts[column] for column in answers})
        if once and under and all(map(units_in, under)):
            first |= {column: row for column in answers if column not in first}
    texts = {text for texts in sheet.cells for text in texts}
    asked = {""} | {text for text in texts if text and is_question(text)}
    if len(asked) <= LEAST and not first:
        return None
    for column in range(sheet.width):
        cells = [(row, texts[column]) for row, texts in enumerate(sheet.cells) if texts[column] not in asked]
        named = [row for row, text in cells if not text.isdigit() and units_in(text)]
        lists = [row for row in named if units_in(sheet.cells[row][column]) > 1]
        under = [row for row in named if row > first.get(column, sheet.height)]
        heads = sum(text in ANSWERS for _, text in cells)
        own = lists if len(lists) >= LEAST else under if len(under) >= max(LEAST, heads) else ()
        if own and len(named) + heads >= PART * len(cells):
            return own[0], column
    return None
