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
DATE = re.compile(r"\d{4}-\d\d-\d\d")
SHORTEST = 8
"""An explanation has at least so many characters."""
LEAST = 2


@dataclass(frozen=True)
class Book:
    """Heading -> its explanation, and the place where they begin."""

    texts: dict[str, str]
    where: str
    against: tuple[str, str] = ("", "")
    """A heading that the file says something else of too, and where."""


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
        ((sum(map(is_question, book.texts.values())), len(book.texts)), sheet.name, book)
        for sheet in sheets
        for book in _explanations(sheet, unknown, is_question)
        if len(book.texts) * 2 >= len(unknown) and len(set(book.texts.values())) * 2 > len(book.texts)
    ]
    if not found:
        return None
    score, name, best = max(found, key=lambda item: item[0])
    elsewhere = (
        (label, book.where)
        for other, place, book in found
        if place != name and other[0] == score[0]
        for label, text in best.texts.items()
        if _are_apart(text, book.texts.get(label, text), is_question)
    )
    return best if any(best.against) else replace(best, against=next(elsewhere, ("", "")))


def _are_apart(one: str, other: str, is_question: Callable[[str], bool]) -> bool:
    return one != other and is_question(one) and is_question(other)


def _explanations(
    sheet: Sheet, unknown: dict[str, str], is_question: Callable[[str], bool]
) -> Iterator[Book]:
    """What each column of a sheet says of the short names."""
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
                again = (
                    (label, sheet.where(row, column))
                    for label, text in said.items()
                    for row in range(rows[label] + 1, listed.height)
                    if _name(listed.cells[row][keys]) == _name(listed.cells[rows[label]][keys])
                    and _are_apart(text, listed.cells[row][texts], is_question)
                )
                yield Book(said, sheet.where(min(rows.values()), column), next(again, ("", "")))


def is_short_name(text: str) -> bool:
    """True for a heading that says nothing without a list: `V12`, `9`, or the date that a program made of `1.12`."""
    return NUMBERED.fullmatch(_name(text)) is not None or DATE.fullmatch(text) is not None


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
