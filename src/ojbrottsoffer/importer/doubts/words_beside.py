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


Pair = tuple[str, str, str]
"""The place of the second of two cells with the same answer, and what each says."""


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
    pairs = [
        (sheet.where(row, beside), sheet.cells[row][read], sheet.cells[row][beside])
        for row, read, beside in cells
    ]
    said = _coded(pairs)
    one_way = len({read for *_, read in said}) == 1
    if not one_way or len(said) < min(ENOUGH, len(cells) / 2):
        return
    usual, against = _usual(said)
    if not usual or len(against) > (1 - MOST) * len(said):
        return
    codes = {
        code: (word, words, where) for where, code, word, words, _ in reversed(said) if usual[code] == word
    }
    yield Beside(sheet, cells[0][2], codes, against, said[0][-1])


def disagreements(pairs: Iterable[Pair]) -> tuple[list[Pair], dict[str, str]]:
    """Those of (place of the second, text, text) that do not say the same, where codes may stand for words; and what
    the codes stand for."""
    pairs = [pair for pair in pairs if all(pair[1:])]
    usual, against = _usual(_coded(pairs))
    if usual:
        places = {where for where, *_ in against}
        return [pair for pair in pairs if pair[0] in places], usual
    return [pair for pair in pairs if key_of(pair[1]) != key_of(pair[2])], {}


def _coded(pairs: Iterable[Pair]) -> list[tuple[str, str, str, str, bool]]:
    """(place, code, its word, as it is written, if the word stands first) of each pair of a code and a word."""
    found = []
    for where, *texts in pairs:
        first, second = (WORDS.get(key_of(text)) or meaning(text, whole=True) for text in texts)
        if bool(first) != bool(second) and all(texts):
            words, code = texts if first else texts[::-1]
            found.append((where, key_of(code), first or second, words, bool(first)))
    return found


def _usual(said: list[tuple]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """What each code stands for by most pairs, and the pairs that say something else; nothing where they are no codes."""
    by_code: dict[str, Counter] = defaultdict(Counter)
    for _, code, word, *_ in said:
        by_code[code][word] += 1
    usual = {code: count.most_common(1)[0][0] for code, count in by_code.items()}
    if not 1 < len(usual) <= MOST_CODES or len(set(usual.values())) < len(usual):
        return {}, []
    return usual, [(where, code, words) for where, code, word, words, _ in said if usual[code] != word]
