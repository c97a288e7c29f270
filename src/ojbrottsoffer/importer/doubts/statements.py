"""What a file itself says of its codes: beside the tables, in headings, comments and number formats, on other sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from ojbrottsoffer.importer.doubts.named_questions import questions_in
from ojbrottsoffer.importer.forms.codebook import NUMBERED
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.meaning.legend import Said, by_place, pairs_of
from ojbrottsoffer.importer.meaning.lists import Line, over_rows
from ojbrottsoffer.importer.meaning.scope import OTHER, OWN, PERHAPS, scope_of
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.workbooks import BESIDE
from ojbrottsoffer.importer.wording import NO, YES, meaning, tokens_of
from ojbrottsoffer.schema.finding import show

TURNED = re.compile(
    r"\b(?:omvän[dt]|invers|inverterad|spegelvän[dt])\w*\W+(?:\w+\W+){0,3}?(?:kod|skala)|"
    r"\bkod\w*\W+(?:\w+\W+){0,3}?(?:omvän[dt]|invers|inverterad)",
    re.IGNORECASE,
)
"""A note that some question is coded the other way round."""
TOLD_OF = re.compile(
    r"\b(ja|nej)\b[”\"']?\s*(?:=|betyder|innebär|står för|motsvarar)\s*([^.;=]+)", re.IGNORECASE
)
"""What Ja or Nej is said to be."""
HAS_CODE = re.compile(r"\d|\b[a-zåäö]\b", re.IGNORECASE)
Cells = list[tuple[int, str]]
Pair = tuple
"""(code, words, sure, in cells of their own), as `pairs_of` gives them."""
NEAR = 2
"""A line above is about the next lines if it is at most so many rows from them."""
LONGEST = 500
"""So many characters of a text are read."""
MOST_CELLS = 8
"""A row with more cells than this is no line of an explanation, but each cell may be one."""
MOST_CODES = 12
"""A code in a cell beside words is one of so many; more are rows with numbers."""
HEADING, CODE, WORDS = attrgetter("heading"), attrgetter("code"), attrgetter("words")
LEAST_LISTED = 2
"""More questions than this below each other, without codes, are a list: codes below it are those of all."""
LEAST_CODES = 2
"""So many codes make a list."""
MOST_TIMES = 3
"""A sheet that has more rows than this with one code and a word is data."""


def statements(
    layout: Layout, sheets: Iterable[Sheet], short: dict[str, str], ar: int | None = None
) -> list[Said]:
    """Everything said about numbers beside the tables, in their headings and on other sheets. `short`: what short
    headings ask. `ar`: the year that is read; what is said of another year's codes is marked so."""
    named = {plain(column.label): column.label for column in layout.indicators}
    named |= {plain(name): text for name, text in short.items()}
    return [
        said
        for sheet in sheets
        for said in (*_of_sheet(sheet, layout, named, ar), *_of_formats(sheet, layout))
    ]


def turned_round(layout: Layout, sheets: Iterable[Sheet]) -> tuple[str, str] | None:
    """The place and text of the first note that something is coded the other way round."""
    for sheet in sheets:
        for row, cells in (*outside(sheet, layout), *_commented(sheet, layout)):
            for column, text in cells:
                if TURNED.search(text) or _turns_words(text):
                    return sheet.where(row, column), text
    return None


def _turns_words(text: str) -> bool:
    """True if a text says that Ja is that something is not, or Nej that it is."""
    for said in TOLD_OF.finditer(text):
        words = set(tokens_of(said[2]))
        if bool(words & NO) == (said[1].casefold() == "ja") and words & (NO | YES) - {"ja", "nej", "har"}:
            return True
    return False


def _of_sheet(sheet: Sheet, layout: Layout, named: dict[str, str], ar: int | None) -> list[Said]:
    """What stands on a sheet. `named`: question -> the heading of its answers; a book may have codes for each."""
    headings = {
        place: column.label
        for part in _parts(sheet, layout)
        for row in part.header_rows
        for column in part.indicators
        for place in [_in_file(part, row, column.index)]
    }
    beside = list(outside(sheet, layout))
    found, lists = [], list(over_rows(beside))
    answered = {row for row, _ in answer_places(sheet, layout)}
    read = {n: _pairs(cells, row in answered, named) for n, (row, cells) in enumerate(beside)}
    for lines, pairs in lists:
        read |= dict.fromkeys(lines, [(beside[lines.start][1], pairs)])
    heads = {row for row, _ in headings}
    around = _around(sheet, beside, {n for n, lines in read.items() if lines}, answered, heads, ar)
    for lines, pairs in lists:
        row, cells = beside[lines.start]
        texts = [text for n in lines for _, text in beside[n][1]]
        scope = max(*(around[n] for n in lines), _own_scope(texts, pairs, ar))
        found += [
            Said(code, words, meaning(words), sheet.name, row, sheet.where(row, cells[0][0]), sure).about(
                scope, " ".join(texts)
            )
            for code, words, sure in pairs
        ]
    taken = {n for lines, _ in lists for n in lines}
    blocks = _blocks(beside, read, named) if not answered else set()
    own, last, listed = "", 0, 0
    span: list[str] = []
    for n, row, cells, lines in (
        *((n, *beside[n], read[n]) for n in range(len(beside)) if n not in taken),
        *(
            (None, row, cells, _pairs(cells, row in answered, named))
            for row, cells in _commented(sheet, layout)
        ),
    ):
        names = [] if answered else _names(cells, lines, named)
        if names:
            listed = 0 if lines else listed + 1
        elif listed <= LEAST_LISTED:
            listed = 0
        own = names[0] if names else own if row <= last + 2 and listed <= LEAST_LISTED else ""
        alone = [] if answered or names else questions_in(cells[0][1], layout, named, whole=True)
        span = alone if alone or names or row > last + 2 else span
        last = row
        for line, pairs in lines:
            texts, column = [text for _, text in line], line[0][0]
            label = headings.get((row, column), "") if len(line) == 1 else ""
            # One over several columns is about all of them.
            label = label if label and sheet.cells[row][column] in label else ""
            label = label or own * (bool(names) or own in blocks or any(in_cells for *_, in_cells in pairs))
            labels = (
                [label]
                if label or row in answered
                else questions_in(" ".join(texts), layout, named) or span or [label]
            )
            scope = OWN if labels[0] and not names else _own_scope(texts, pairs, ar, names)
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
                    len(pairs) == 1 and tokens_of(" ".join(texts)) == tokens_of(words),
                    heading,
                ).about(max(scope, around.get(n, OWN)), " ".join(texts))
                for heading in labels
                for code, words, sure, in_cells in pairs
            ]
    found = [  # what the first line of a list says of it is said of all
        replace(item, scope=max(other.scope for other in place))
        for place in by_place(found)
        for item in place
    ]
    found = _of_all(found)
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


def _names(cells: Cells, lines: list, named: dict[str, str]) -> list[str]:
    """The questions that a row names; a number with an answer beside it is a code."""
    codes = {pair[0] for _, pairs in lines for pair in pairs if pair[3]}
    return [named[name] for _, text in cells if (name := plain(text)) in named and text not in codes]


def _of_all(found: list[Said]) -> list[Said]:
    """What is said; a list of codes beside a list of questions, one on each row, is about all of them."""
    own = [item for item in found if item.heading and item.cells]
    each = {len({*map(part, own)}) for part in (HEADING, CODE, WORDS)}
    if len(own) < LEAST_CODES or each != {len(own)}:
        return found
    return [replace(item, heading="") if item in own else item for item in found]


def _blocks(beside: list[Line], read: dict[int, list], named: dict[str, str]) -> set[str]:
    """The headings of questions with a list of codes right under each of them, if there are several."""
    found = set()
    for n, (row, cells) in enumerate(beside[:-1]):
        names = [named[name] for _, text in cells if (name := plain(text)) in named]
        if names and not read[n] and read[n + 1] and beside[n + 1][0] == row + 1:
            found.add(names[0])
    return found if len(found) > 1 else set()


def _pairs(cells: Cells, answered: bool, named: Container[str]) -> list[tuple[Cells, list[Pair]]]:
    """The parts of a row that explain codes, with what they say: a row with many cells is one for each."""
    alone = len(cells) > MOST_CELLS
    found = []
    for line in [[cell] for cell in cells if len(cell[1]) > 2] if alone else [cells]:
        texts = [text for _, text in line]
        pairs = list(pairs_of(texts)) if HAS_CODE.search(" ".join(texts)) else []
        pairs = [pair for pair in pairs if plain(pair[1]) not in named]  # the number of a question is no code
        if answered:  # what stands in cells of its own beside answers is an answer too
            pairs = [pair for pair in pairs if not pair[3]]
        if len(pairs) > alone:
            found.append((line, pairs))
    return found


def _own_scope(texts: list[str], pairs: Iterable[Pair], ar: int | None, names: Iterable[str] = ()) -> int:
    """Whether a line says that its codes are those of these answers. Where a code has a cell of its own, other cells
    may name questions."""
    pairs = list(pairs)
    own = [text for text in texts if not any(plain(name) == plain(text) for name in names)]
    words = [word for _, said, *_ in pairs for word in tokens_of(said)]
    whole = " ".join(own)
    scope = scope_of(whole, ar, words)
    if any(pair[3] for pair in pairs if len(pair) > 3):
        cells = {text for pair in pairs for text in pair[:2]}
        others = [text for text in own if text not in cells and not NUMBERED.fullmatch(text.casefold())]
        return scope if scope == OTHER else max((scope_of(text, ar) for text in others), default=OWN)
    numbers = {*re.findall(r"\d+", whole)} - {pair[0] for pair in pairs} - {str(ar)}
    return max(scope, PERHAPS if numbers or "?" in whole else OWN)


def _around(
    sheet: Sheet,
    beside: list[Line],
    explaining: set[int],
    answered: set[int],
    heads: set[int],
    ar: int | None,
) -> dict[int, int]:
    """Line that explains codes -> what the sheet's name and the lines above and below it say of which answers it is about."""
    if not explaining:
        return {}
    own_sheet = bool(answered) or sheet.name == BESIDE
    texts = [" ".join(text for _, text in cells) for _, cells in beside]

    def near(n: int, beyond: int, most: int) -> int:
        """What a line beyond the first or last says, if it is so near."""
        there = 0 <= beyond < len(beside) and abs(beside[beyond][0] - beside[n][0]) <= most
        return scope_of(texts[beyond], ar) if there and beside[beyond][0] not in answered | heads else OWN

    whole = OWN if own_sheet else scope_of(sheet.name, ar)
    if not own_sheet and 0 not in explaining and scope_of(texts[0], ar) == OTHER:
        whole = OTHER
    found = {}
    for explains, run in groupby(range(len(beside)), explaining.__contains__):
        if explains:
            first, *_, last = *(lines := list(run)), lines[-1]
            above, below = near(first, first - 1, NEAR), near(last, last + 1, NEAR)
            of_table = own_sheet and beside[first][0] < min(answered, default=beside[first][0] + 1)
            sure = [scope for scope in (above, below) if scope == OTHER]
            found |= dict.fromkeys(lines, max(whole, *sure, OWN if of_table else above))
    return found


def _of_formats(sheet: Sheet, layout: Layout) -> Iterator[Said]:
    """What number formats show in place of the answers' codes; of the whole table, unless some cells with
    these codes show them as they are."""
    answers = answer_places(sheet, layout)
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


def answer_places(sheet: Sheet, layout: Layout) -> dict[tuple[int, int], str]:
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
    answers = answer_places(sheet, layout) if sheet.comments else ()
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
