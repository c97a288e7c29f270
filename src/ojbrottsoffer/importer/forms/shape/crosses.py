"""A question with a column for each answer and a cross in one of them, as one column with the answer."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from ojbrottsoffer.importer.forms.shape.long import UNCROSSED, crossed, crosses_of, sums_up
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.meaning.values import WORDS
from ojbrottsoffer.importer.wording import NO, PARTLY, YES, meaning, tokens_of

ALTERNATIVE = re.compile(rf"(.+?)\W+({'|'.join(WORDS)})\W*")
SEPARATED = re.compile(r"\s*[,:;/(\[–-]\s*")
BEGINS = YES | PARTLY | NO | {"till", "helt", "fullt"}
"""The first word of an answer; a question may end with others that may stand in one, as ”i kommunen”."""


def alternative_of(text: str) -> tuple[str, str] | None:
    """The question and the answer that a heading, in small letters, says: ”social jour / ja, delvis” is Delvis."""
    for sign in SEPARATED.finditer(text):
        answer = text[sign.end() :].strip(" )].")
        word = meaning(answer) if tokens_of(answer)[:1] and tokens_of(answer)[0] in BEGINS else None
        if word and sign.start():
            return re.sub(r"\W+$", "", text[: sign.start()]), word
    named = ALTERNATIVE.fullmatch(text)
    return (named[1], WORDS[named[2]]) if named else None


def cross_groups(layout: Layout) -> dict[str, dict[str, TableColumn]]:
    """The same, of the questions with one cell among them filled in most rows, if enough of those are crosses."""
    groups = by_alternative(layout)
    rows = {name: _crossed_rows(layout, columns) for name, columns in groups.items()}
    likely = [name for name, found in rows.items() if sum(n == 1 for _, n in found) * 2 > len(found)]
    found = [crosses for name in likely for crosses, _ in rows[name]]
    return {name: groups[name] for name in likely} if sum(found) * 3 > len(found) else {}


def by_alternative(layout: Layout) -> dict[str, dict[str, TableColumn]]:
    """Question -> Ja, Delvis and Nej -> its column, for every question whose headings mean at least two of them."""
    groups: dict[str, dict[str, TableColumn]] = defaultdict(dict)
    for column in layout.columns:
        asked = [text for text in column.path if not text.isdigit()] or [
            column.label
        ]  # a number only counts them
        named = alternative_of(" / ".join(asked).casefold())
        if named and column.role in (None, "ignorera"):
            groups[named[0]].setdefault(named[1], column)
    return {
        name: columns
        for name, columns in groups.items()
        if len(columns) > 1 and any(c.role is None for c in columns.values())
    }


def _crossed_rows(layout: Layout, columns: dict[str, TableColumn]) -> list[tuple[bool, int]]:
    """Of each row of a unit: if it has one cross under the answers, and how many crosses, or other texts, it has."""
    found = []
    for row in range(layout.first, layout.last + 1):
        texts = {word: layout.sheet.cells[row][c.index] for word, c in columns.items()}
        if not sums_up(layout.sheet.cells[row][layout.label_column]):
            crosses = crosses_of(texts)
            filled = crosses if crosses is not None else set(texts.values()) - UNCROSSED
            found.append((crosses is not None and len(crosses) == 1, len(filled)))
    return found


def joined_crosses(layout: Layout, groups: dict[str, dict[str, TableColumn]]) -> Layout:
    """The table with one column for each of the questions; its cells stand where the crosses stand."""
    sheet = layout.sheet
    width = sheet.width
    cells = [list(row) for row in sheet.cells]
    origins = sheet.places
    taken = {column.index for columns in groups.values() for column in columns.values()}
    columns = [column for column in layout.columns if column.index not in taken]
    starts: dict[int, int] = {}
    """Where each of the new columns stands among the others."""
    for number, alternatives in enumerate(groups.values()):
        first = min(alternatives.values(), key=lambda column: column.index)
        own = alternative_of(first.label.casefold())
        label = first.path[-2] if first.path[1:] else first.label[: len(own[0])]
        path = first.path[:-1] or (label,)
        columns.append(TableColumn(width + number, label, path))
        starts[width + number] = first.index
        for row, texts in enumerate(cells):
            place = first.index
            if layout.first <= row <= layout.last and any(sheet.cells[row]):
                answers = {word: column.index for word, column in alternatives.items()}
                text, (_, _, place) = crossed(sheet, row, answers, sheet.cells[row][layout.label_column])
            else:
                text = label if layout.header_rows and row == layout.header_rows[0] else ""
            texts.append(text)
            if (row, place) in origins:
                origins[row, width + number] = origins[row, place]
    columns.sort(key=lambda column: starts.get(column.index, column.index))
    fills = {place: colour for place, colour in sheet.fills.items() if place[1] not in taken}
    whole = replace(sheet, cells=cells, origins=origins, fills=fills, row_names=_row_names(layout))
    return replace(layout, sheet=whole, columns=tuple(columns), crosses=tuple(groups))


def _row_names(layout: Layout) -> tuple[str, ...]:
    return layout.sheet.row_names or tuple(layout.sheet.row_name(row) for row in range(layout.sheet.height))
