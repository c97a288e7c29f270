"""Short headings (F1, ind 2, b 9) that another place in the file explains: a code book or a list of indicators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.values import is_summary
from ojbrottsoffer.importer.read.file_sheet import Sheet

SHORT = r"(?:[^\W\d_]{1,12}[\s._-]*)?"
NUMBERED = re.compile(rf"{SHORT}(\d{{1,3}}[a-z]?)")
BOTH = re.compile(rf"({SHORT}\d{{1,3}}[a-z]?)(?:\s*[.:)=–-])?\s+(.*[^\W\d_]{{3}}.*)")
"""A short name and what it asks in one cell: `b 9. Social jour`."""
SHORTEST = 8
"""An explanation has at least so many characters."""
LEAST = 2


@dataclass(frozen=True)
class Book:
    """Heading -> its explanation, and the place where they begin."""

    texts: dict[str, str]
    where: str
    against: str = ""
    """Where the file says something else of them."""


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
    found = [
        ((sum(map(is_question, said.values())), len(said)), sheet.name, Book(said, where))
        for sheet in sheets
        for said, where in _explanations(sheet, unknown)
        if len(said) * 2 >= len(unknown) and len(set(said.values())) * 2 > len(said)
    ]
    if not found:
        return None
    score, name, best = max(found, key=lambda item: item[0])
    against = (
        book.where
        for other, elsewhere, book in found
        if elsewhere != name
        and other[0] == score[0]
        and any(
            is_question(text) and is_question(own) and text != own
            for label, text in best.texts.items()
            if (own := book.texts.get(label))
        )
    )
    return replace(best, against=next(against, ""))


def _explanations(sheet: Sheet, unknown: dict[str, str]) -> Iterator[tuple[dict[str, str], str]]:
    """What each column of a sheet says of the short names, and where that begins."""
    for listed, keys, column in _lists(sheet):
        names = _rows_by_name(listed, keys)
        for exact in (True, False):
            rows = {
                label: row
                for label, name in unknown.items()
                if (row := names.get(name if exact else _number(name))) is not None
            }
            if len(rows) < LEAST or len(rows) * 2 < len(unknown):
                continue
            for texts in (c for c in range(listed.width) if c != keys):
                said = {
                    label: text
                    for label, row in rows.items()
                    if len(text := listed.cells[row][texts]) >= SHORTEST and text != label
                }
                yield said, sheet.where(min(rows.values()), column)


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


def _lists(sheet: Sheet) -> Iterator[tuple[Sheet, int, int]]:
    """The sheet with each column that may hold the names, and where that stands; also with a column of both (`b 9. Text`)
    as two."""
    for column in range(sheet.width):
        yield sheet, column, column
        both = [BOTH.fullmatch(row[column]) for row in sheet.cells]
        if sum(map(bool, both)) >= LEAST:
            yield (
                replace(sheet, cells=[list(found.groups()) if found else ["", ""] for found in both]),
                0,
                column,
            )


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
