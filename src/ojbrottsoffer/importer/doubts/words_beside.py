"""The same answers twice in a file: as codes in one column and as words in another. Where the words agree with one coding
they are the file's own word for it; where they do not, the cells are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.legend import Said
from ojbrottsoffer.importer.meaning.values import WORDS, key_of
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.wording import meaning

MOST = 0.97
"""So large a part of the words must agree with one coding for it to be that of the column."""
ENOUGH = 10
"""So many cells with words are enough."""
MOST_CODES = 4
"""A column with more different numbers than this has no codes."""


@dataclass(frozen=True)
class Beside:
    """A column that is not read and says the same as the one that is."""

    sheet: Sheet
    column: int
    codes: dict[str, tuple[str, str, str]]
    """Code -> what it stands for by most rows: Ja, Delvis or Nej, as it is written, and the first such cell."""
    against: list[tuple[str, str, str]]
    """(cell, code, word) of the rows that say something else."""
    read_in_words: bool
    """True if it is the column with the words that is read."""


def columns_beside(layout: Layout, sheets: Iterable[Sheet]) -> Iterator[Beside]:
    """Each column with the words of the codes that are read, or with the codes of the words; in a wide table, one column
    for all that stand so far from their question's."""
    if not layout.form:
        for part in layout.parts or (layout,):
            left_out = {column.index for column in part.columns if column.role == "ignorera"}
            questions = {column.index for column in part.indicators}
            rows = range(part.first, part.last + 1)
            for distance in {a - b for a in left_out for b in questions}:
                pairs = [c for c in questions if c + distance in left_out]
                if len(pairs) * 2 > len(questions):
                    yield from _compared(part.sheet, [(row, c, c + distance) for row in rows for c in pairs])
        return
    answers: dict[str, dict[int, int]] = defaultdict(dict)
    used: dict[str, set[int]] = defaultdict(set)
    questions = {column.index for column in layout.indicators}
    for (row, column), (sheet, r, c) in layout.sheet.origins.items():
        used[sheet.name].add(c)
        if row and column in questions:
            answers[sheet.name][r] = c
    for sheet in sheets:
        for column in set(range(sheet.width)) - used[sheet.name] if sheet.name in answers else ():
            yield from _compared(sheet, [(row, read, column) for row, read in answers[sheet.name].items()])


def said_by(found: Beside) -> Iterator[Said]:
    """What a column of words says of the codes."""
    for code, (word, words, where) in () if found.read_in_words else found.codes.items():
        yield Said(code, words, word, found.sheet.name, -1, where, True, True, line=f"{code} bredvid {words}")


def _compared(sheet: Sheet, cells: list[tuple[int, int, int]]) -> Iterator[Beside]:
    """What the cells say; each is a row, the column that is read and the one beside."""
    pairs = []
    for row, *columns in cells:
        texts = [sheet.cells[row][column] for column in columns]
        read, beside = (WORDS.get(key_of(text)) or meaning(text, whole=True) for text in texts)
        if bool(read) != bool(beside) and all(texts):
            words, code = texts if read else texts[::-1]
            pairs.append((sheet.where(row, columns[1]), key_of(code), read or beside, words, bool(read)))
    by_code: dict[str, Counter] = defaultdict(Counter)
    for _, code, word, *_ in pairs:
        by_code[code][word] += 1
    one_way = len({read for *_, read in pairs}) == 1
    if not one_way or not 1 < len(by_code) <= MOST_CODES or len(pairs) < min(ENOUGH, len(cells) / 2):
        return
    usual = {code: count.most_common(1)[0][0] for code, count in by_code.items()}
    against = [(where, code, words) for where, code, word, words, _ in pairs if usual[code] != word]
    if len(set(usual.values())) < len(usual) or len(against) > (1 - MOST) * len(pairs):
        return
    codes = {
        code: (word, words, where) for where, code, word, words, _ in reversed(pairs) if usual[code] == word
    }
    yield Beside(sheet, cells[0][2], codes, against, pairs[0][-1])
