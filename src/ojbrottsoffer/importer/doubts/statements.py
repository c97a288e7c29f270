"""What a file itself says of its codes: beside the tables, in headings, comments and number formats, on other sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.meaning.legend import Said, pairs_of
from ojbrottsoffer.importer.meaning.lists import over_rows
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.wording import meaning, tokens_of
from ojbrottsoffer.schema.finding import show

TURNED = re.compile(
    r"\b(?:omvän[dt]|invers|inverterad|spegelvän[dt])\w*\W+(?:\w+\W+){0,3}?(?:kod|skala)|"
    r"\bkod\w*\W+(?:\w+\W+){0,3}?(?:omvän[dt]|invers|inverterad)",
    re.IGNORECASE,
)
"""A note that some question is coded the other way round."""
HAS_CODE = re.compile(r"\d|\b[a-zåäö]\b", re.IGNORECASE)
LONGEST = 500
"""So many characters of a text are read."""
MOST_CELLS = 8
"""A row with more cells than this is no line of an explanation, but each cell may be one."""
MOST_CODES = 12
"""A code in a cell beside words is one of so many; more are rows with numbers."""
MOST_TIMES = 3
"""A sheet that has more rows than this with one code and a word is data."""


def statements(layout: Layout, sheets: Iterable[Sheet], short: dict[str, str]) -> list[Said]:
    """Everything said about numbers beside the tables, in their headings and on other sheets. `short`: what short
    headings ask."""
    named = {plain(column.label): column.label for column in layout.indicators}
    named |= {plain(name): text for name, text in short.items()}
    return [
        said for sheet in sheets for said in (*_of_sheet(sheet, layout, named), *_of_formats(sheet, layout))
    ]


def turned_round(layout: Layout, sheets: Iterable[Sheet]) -> tuple[str, str] | None:
    """The place and text of the first note that something is coded the other way round."""
    for sheet in sheets:
        for row, cells in (*outside(sheet, layout), *_commented(sheet, layout)):
            for column, text in cells:
                if TURNED.search(text):
                    return sheet.where(row, column), text
    return None


def _of_sheet(sheet: Sheet, layout: Layout, named: dict[str, str]) -> list[Said]:
    """What stands on a sheet. `named`: question -> the heading of its answers; a book may have codes for each."""
    headings = {
        place: column.label
        for part in _parts(sheet, layout)
        for row in part.header_rows
        for column in part.indicators
        for place in [_in_file(part, row, column.index)]
    }
    found, beside, taken = [], list(outside(sheet, layout)), set()
    for lines, pairs in over_rows(beside):
        taken.update(lines)
        row, cells = beside[lines.start]
        found += [
            Said(code, words, meaning(words), sheet.name, row, sheet.where(row, cells[0][0]), sure)
            for code, words, sure in pairs
        ]
    answered = {row for row, _ in _answer_places(sheet, layout)}
    own, last = "", 0
    for row, cells in (
        *(line for n, line in enumerate(beside) if n not in taken),
        *_commented(sheet, layout),
    ):
        asked = [] if answered else [named[name] for _, text in cells[:-2] if (name := plain(text)) in named]
        own = asked[0] if asked else own if row <= last + 2 else ""
        last = row
        alone = len(cells) > MOST_CELLS
        lines = [[cell] for cell in cells if len(cell[1]) > 2] if alone else [cells]
        for line in lines:
            texts = [text for _, text in line]
            pairs = list(pairs_of(texts)) if HAS_CODE.search(" ".join(texts)) else []
            if row in answered:  # what stands in cells of its own beside answers is an answer too
                pairs = [pair for pair in pairs if not pair[3]]
            if alone and len(pairs) < 2:
                continue
            column, text = line[0]
            label = headings.get((row, column), "") if len(line) == 1 else ""
            label = (
                label if label and sheet.cells[row][column] in label else ""
            )  # one over several columns is about all of them
            label = label or own * any(in_cells for *_, in_cells in pairs)
            found += [
                Said(
                    code.lower(),
                    words,
                    meaning(words),
                    sheet.name,
                    row,
                    sheet.where(row, column),
                    sure,
                    in_cells,
                    len(pairs) == 1 and tokens_of(" ".join(text for _, text in line)) == tokens_of(words),
                    label,
                )
                for code, words, sure, in_cells in pairs
            ]
    often = Counter(item.code for item in found if item.cells and not item.heading)
    in_cells = {(item.code, item.words) for item in found if item.cells and not item.heading}
    if len(in_cells) == len({words for _, words in in_cells}) == len(often) <= MOST_CODES:
        return found  # a book of codes, the same for every question
    return [
        item
        for item in found
        if not (
            item.cells and not item.heading and (len(often) > MOST_CODES or max(often.values()) > MOST_TIMES)
        )
    ]


def _of_formats(sheet: Sheet, layout: Layout) -> Iterator[Said]:
    """What number formats show in place of the answers' codes; of the whole table, unless some cells with
    these codes show them as they are."""
    answers = _answer_places(sheet, layout)
    found = {place: words for place, words in sheet.words.items() if place in answers}
    codes = {sheet.cells[row][column] for row, column in found}
    as_they_are = (
        any((row, column) not in found and sheet.cells[row][column] in codes for row, column in answers)
        if found
        else False
    )
    told = set()
    for (row, column), words in found.items():
        code, label = sheet.cells[row][column], answers[row, column] if as_they_are else ""
        if (code, words, label) not in told:
            told.add((code, words, label))
            where = f"talformatet visar {show(words)} för {code} i {sheet.where(row, column)}"
            yield Said(code, words, meaning(words), sheet.name, row, where, True, heading=label, shown=True)


def _answer_places(sheet: Sheet, layout: Layout) -> dict[tuple[int, int], str]:
    """The cells of the sheet that are answers -> the heading of each."""
    if layout.form:
        labels = {column.index: column.label for column in layout.indicators}
        return {
            cell[1:]: labels[column]
            for (row, column), cell in layout.sheet.origins.items()
            if row and column in labels and cell[0].name == sheet.name
        }
    return {
        _in_file(part, row, column.index): column.label
        for part in _parts(sheet, layout)
        for row in range(part.first, part.last + 1)
        for column in part.indicators
    }


def _parts(sheet: Sheet, layout: Layout) -> list[Layout]:
    return [part for part in layout.parts or (layout,) if part.sheet.name == sheet.name]


def _in_file(part: Layout, row: int, column: int) -> tuple[int, int]:
    """A cell of the table as it lies in the file."""
    return (column, row) if part.sheet.flipped else (row, column)


def _commented(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """(row, [(column, comment)]) of comments and input prompts; one on an answer counts if it explains at least
    two codes, for else it is about that answer."""
    answers = _answer_places(sheet, layout) if sheet.comments else ()
    for (row, column), text in sheet.comments.items():
        if (row, column) not in answers or len({pair[0] for pair in pairs_of([text[:LONGEST]])}) > 1:
            yield row, [(column, text[:LONGEST])]


def outside(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """(row, its cells with text) as they lie in the file, but for the answers and what stands beside them."""
    taken: dict[int, set[int]] = {
        row: set(range(sheet.width))
        for part in layout.form
        if part.blad == sheet.name
        for row in range(part.forsta - 1, part.sista)
    }
    for part in _parts(sheet, layout):
        columns = {item.index for item in part.columns if item.role != "ignorera"} - {part.label_column}
        rows = range(part.first, part.last + 1)
        for row in columns if part.sheet.flipped else rows:
            taken.setdefault(row, set()).update(rows if part.sheet.flipped else columns)
    for row, texts in enumerate(sheet.cells):
        inside = taken.get(row, ())
        cells = [(c, text[:LONGEST]) for c, text in enumerate(texts) if text and c not in inside]
        if cells:
            yield row, cells
