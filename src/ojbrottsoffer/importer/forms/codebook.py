"""Short headings (F1, ind 2, b 9) that another place in the file explains: a code book or a list of indicators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.values import is_summary
from ojbrottsoffer.importer.read.sheet import Sheet

NUMBERED = re.compile(r"(?:[^\W\d_]{1,12}[\s._-]*)?(\d{1,3}[a-z]?)")
SHORTEST = 8
"""An explanation has at least so many characters."""
LEAST = 2


@dataclass(frozen=True)
class Book:
    """Heading -> its explanation, and the place where they begin."""

    texts: dict[str, str]
    where: str


def find_book(layout: Layout, sheets: Iterable[Sheet], is_question: Callable[[str], bool]) -> Book | None:
    """The list that explains most of the table's unknown headings, if it explains at least half of them."""
    unknown = {
        column.label: _name(column.label)
        for column in layout.indicators
        if column.label and not is_question(column.label) and not is_summary(column.label)
    }
    return book_of(unknown, sheets, is_question)


def names_in_book(sheets: list[Sheet], is_question: Callable[[str], bool]) -> set[str]:
    """The names of sheets that another sheet explains, where each sheet is called by a short name of its question."""
    names = {sheet.name: _name(sheet.name) for sheet in sheets if NUMBERED.fullmatch(_name(sheet.name))}
    book = book_of(names, sheets, is_question)
    return set(book.texts) if book and any(map(is_question, book.texts.values())) else set()


def book_of(
    unknown: dict[str, str], sheets: Iterable[Sheet], is_question: Callable[[str], bool]
) -> Book | None:
    """The list that explains most of some short names, if it explains at least half of them."""
    if len(unknown) < LEAST:
        return None
    best: tuple[tuple[int, int], Book] | None = None
    for sheet in sheets:
        for keys in range(sheet.width):
            names = _rows_by_name(sheet, keys)
            for exact in (True, False):
                rows = {
                    label: row
                    for label, name in unknown.items()
                    if (row := names.get(name if exact else _number(name))) is not None
                }
                if len(rows) < LEAST or len(rows) * 2 < len(unknown):
                    continue
                for texts in (c for c in range(sheet.width) if c != keys):
                    said = {
                        label: text
                        for label, row in rows.items()
                        if len(text := sheet.cells[row][texts]) >= SHORTEST and text != label
                    }
                    score = (sum(map(is_question, said.values())), len(said))
                    if (
                        len(said) * 2 >= len(unknown)
                        and len(set(said.values())) * 2 > len(said)
                        and (best is None or score > best[0])
                    ):
                        best = score, Book(said, sheet.where(min(rows.values()), keys))
    return best[1] if best else None


def explained(layout: Layout, texts: dict[str, str]) -> Layout:
    """The table with the explanations in the place of its short headings."""
    by_name = {_name(short): text for short, text in texts.items()}
    cells = list(layout.sheet.cells)
    columns = []
    for column in layout.columns:
        text = by_name.get(_name(column.label)) if column.role is None else None
        if text is None:
            columns.append(column)
            continue
        for row in layout.header_rows:
            if cells[row][column.index] == column.label:
                cells[row] = [text if c == column.index else own for c, own in enumerate(cells[row])]
        path = tuple(text if part == column.label else part for part in column.path)
        columns.append(replace(column, label=text, path=path))
    return replace(layout, sheet=replace(layout.sheet, cells=cells), columns=tuple(columns))


def _rows_by_name(sheet: Sheet, column: int) -> dict[str, int]:
    """What a column of the list calls each row, by its whole text and by its number; the first row counts."""
    found: dict[str, int] = {}
    for row, texts in enumerate(sheet.cells):
        if texts[column] and len(texts[column]) <= 40:
            name = _name(texts[column])
            found.setdefault(name, row)
            if number := _number(name):
                found.setdefault(number, row)
    return found


def _name(text: str) -> str:
    return re.sub(r"[\s._-]+", " ", text.casefold()).strip()


def _number(name: str) -> str:
    found = NUMBERED.fullmatch(name)
    return f"#{found[1]}" if found else ""
