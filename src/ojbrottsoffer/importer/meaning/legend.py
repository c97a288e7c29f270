"""What a file itself says that its codes mean: a line as ”0 = Nej, 1 = Delvis, 2 = Ja” outside the table,
in a heading or on another sheet, in whatever words.

First every statement about a number is gathered, then those that speak of the answers' codes are weighed
together: a sign as ”=” or a word as ”betyder” says what a number means; ”1: Ja” and ”Ja (1)” may be something
else, so they count only together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ojbrottsoffer.importer.forms.layout import Layout
from ojbrottsoffer.importer.meaning.lists import numbered, numbers_last, over_rows
from ojbrottsoffer.importer.meaning.wording import COUNTED, REFERRED, meaning, tokens_of
from ojbrottsoffer.importer.read.sheet import Sheet
from ojbrottsoffer.schema.finding import show

SIGN = r"\s*(?:=>?|[→⇒]|->)\s*"
EQUALS = rf"(?: poäng)?(?:{SIGN}|\s+(?:betyder|innebär|står för|motsvarar|avser|är|för|om|vid)\s+)"
CODED_AS = (
    rf"{SIGN}|\s+(?:betyder|innebär|motsvarar|kodas(?: som| med)?|anges (?:som|med)|är|ger|"
    r"har (?:kod|koden|värdet|siffran))\s+"
)
LOOSE = r"\s*[:(–-]\s*(?:(?:kod|värde)\s+)?|\s+"
CODE_FIRST = re.compile(
    rf"(?<![\w.-])(?<!\d,)([0-9]{{1,2}}|[a-zåäö])({EQUALS}|{LOOSE})"
    r"((?:(?! [a-zåäö] ?=)[^=:;()/.|\d→⇒])+)",
    re.IGNORECASE,
)
WORD_FIRST = re.compile(
    rf"([^=:;()/.|\d→⇒]{{1,60}}?)({CODED_AS}|{LOOSE})([0-9]{{1,2}}|[a-zåäö])(?!\w|[.,]\d|\s*[%=–→-])",
    re.IGNORECASE,
)
LISTED = re.compile(rf"((?:[0-9]\s*(?:[/,]|och)\s*)+[0-9])(?:{EQUALS})([^=:;().|\d]+)", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:[/,]|\boch\b|\brespektive\b)\s*")
LEADING = re.compile(r"^.*\b(?:och|samt|där|svar|svaret|koden|kodning|kodas)\s+|^[\s,]+", re.IGNORECASE)
TURNED = re.compile(
    r"\b(?:omvän[dt]|invers|inverterad|spegelvän[dt])\w*\W+(?:\w+\W+){0,3}?(?:kod|skala)|"
    r"\bkod\w*\W+(?:\w+\W+){0,3}?(?:omvän[dt]|invers|inverterad)",
    re.IGNORECASE,
)
"""A note that some question is coded the other way round."""
HAS_CODE = re.compile(r"\d|\b[a-zåäö]\b", re.IGNORECASE)
CODE = re.compile("[0-9]{1,2}|[a-zåäö]", re.IGNORECASE)
LONGEST = 500
"""So many characters of a text are read."""
MOST_CELLS = 8
"""A row with more cells than this is no line of an explanation, but each cell may be one."""
MOST_CODES = 12
"""A code in a cell beside words is one of so many; more are rows with numbers."""
MOST_TIMES = 3
"""A sheet that has more rows than this with one code and a word is data."""


@dataclass(frozen=True)
class Said:
    """One statement: that `code` means `words`, understood as `word` (Ja, Delvis, Nej or None)."""

    code: str
    words: str
    word: str | None
    sheet: str
    row: int
    where: str
    sure: bool
    """True where the file says that it means so, False for what may be something else."""
    cells: bool = False
    """True if the code has a cell of its own."""
    alone: bool = False
    """True if the line says nothing else."""
    heading: str = ""
    """The heading of the one column that it is about."""
    shown: bool = False
    """True if cells with the code show the words."""


@dataclass(frozen=True)
class Legend:
    """Code -> Ja, Delvis or Nej, and the place of the first line that says so."""

    codes: dict[str, str]
    where: str
    unclear: dict[str, str] = field(default_factory=dict)
    """Codes that are explained in two ways, or in words that are not understood -> what is said."""

    def __str__(self) -> str:
        shown = self.codes | self.unclear
        return ", ".join(f"{code} = {word}" for code, word in sorted(shown.items()))


def statements(layout: Layout, sheets: Iterable[Sheet]) -> list[Said]:
    """Everything said about numbers beside the tables, in their headings and on other sheets."""
    return [said for sheet in sheets for said in (*_of_sheet(sheet, layout), *_of_formats(sheet, layout))]


def turned_round(layout: Layout, sheets: Iterable[Sheet]) -> tuple[str, str] | None:
    """The place and text of the first note that something is coded the other way round."""
    for sheet in sheets:
        for row, cells in (*outside(sheet, layout), *_commented(sheet, layout)):
            for column, text in cells:
                if TURNED.search(text):
                    return sheet.where(row, column), text
    return None


def legend_of(said: Iterable[Said], used: set[str]) -> Legend | None:
    """What the file says about the codes that are `used`; None if it says nothing."""
    numbers = {code for code in used if code.isdigit()}
    # A letter is asked about in any case: only where it is said to be an answer is there something to compare.
    said = [
        item
        for item in _as_a_pair(list(said))
        if (item.sure and item.word and item.code in used if item.code.isalpha() else numbers)
    ]
    known = [item for item in said if item.word and item.sure]
    loose = [item for item in said if item.word and not item.sure]
    enough = len({item.code for item in (*known, *loose)}) > 1 or any(item.alone for item in loose)
    if enough and {item.code for item in loose} <= numbers:
        known += loose
    known += [item for item in said if item.word is None and _counts(item, said, known, numbers)]
    codes: dict[str, str] = {}
    unclear: dict[str, str] = {}
    other = ""
    for item in known:
        if item.word is None:
            unclear.setdefault(item.code, show(item.words))
        elif codes.setdefault(item.code, item.word) != item.word:
            unclear[item.code] = f"både {codes[item.code]} och {item.word}"
            other = other or item.where
    for code in unclear.keys() & codes.keys():
        del codes[code]
    if not used & (codes.keys() | unclear.keys()):
        return None
    where = min(known, key=said.index).where
    return Legend(
        codes, f"{where}; något annat står på {other}" if other not in ("", where) else where, unclear
    )


def _as_a_pair(said: list[Said]) -> list[Said]:
    """”Saknas” is Nej beside ”finns”; alone it may be an answer that is missing."""
    paired = any("finns" in item.words.casefold() for item in said)
    return (
        said
        if paired
        else [
            Said(**(vars(item) | {"word": None})) if item.words.casefold() == "saknas" else item
            for item in said
        ]
    )


def _counts(item: Said, said: list[Said], known: list[Said], numbers: set[str]) -> bool:
    """True if words that are not understood are about the answers: on a line with some that are, or where
    all the answers' codes are explained."""
    if item.shown or not item.sure:
        return item.shown
    if any((other.sheet, other.row) == (item.sheet, item.row) for other in known):
        return True
    here = [other for other in said if other.sure and other.sheet == item.sheet]
    return (
        len(numbers) > 1
        and numbers <= {other.code for other in here}
        and (not item.cells or any(other.word for other in here))
    )


def _of_sheet(sheet: Sheet, layout: Layout) -> list[Said]:
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
    for row, cells in (
        *(line for n, line in enumerate(beside) if n not in taken),
        *_commented(sheet, layout),
    ):
        alone = len(cells) > MOST_CELLS
        lines = [[cell] for cell in cells if len(cell[1]) > 2] if alone else [cells]
        for line in lines:
            texts = [text for _, text in line]
            pairs = list(_pairs(texts)) if HAS_CODE.search(" ".join(texts)) else []
            if alone and len(pairs) < 2:
                continue
            column, text = line[0]
            label = headings.get((row, column), "") if len(line) == 1 else ""
            label = (
                label if label and sheet.cells[row][column] in label else ""
            )  # one over several columns is about all of them
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
    often = Counter(item.code for item in found if item.cells)
    in_cells = {(item.code, item.words) for item in found if item.cells}
    if len(in_cells) == len({words for _, words in in_cells}) == len(often) <= MOST_CODES:
        return found  # a book of codes, the same for every question
    return [
        item
        for item in found
        if not (item.cells and (len(often) > MOST_CODES or max(often.values()) > MOST_TIMES))
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
        if (row, column) not in answers or len({pair[0] for pair in _pairs([text[:LONGEST]])}) > 1:
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


def _pairs(texts: list[str]) -> Iterator[tuple[str, str, bool, bool]]:
    """(code, words, sure, in cells of their own) of the cells of a line."""
    in_cells = list(_cell_pairs(texts))
    if in_cells:
        yield from in_cells
        return
    in_lists = [numbered(text) for text in (*texts, " ".join(texts))]
    if any(in_lists):
        yield from ((code, words, True, False) for code, words in next(filter(None, in_lists)))
        return
    for text, in_list in zip(texts, in_lists, strict=False):
        listed = list(_listed_pairs(text))
        rest = LISTED.sub("", text) if listed else text
        for *pair, (start, end) in numbers_last(rest):
            listed.append((*pair, True))
            rest = rest[:start] + " " * (end - start) + rest[end:]
        first, last = list(_code_first(rest)), list(_word_first(rest))
        if in_list is not None:  # ”1. Ja 2. Enligt plan”: what follows the words is the number of the next
            last = [pair for pair in last if pair[2]]
        understood = [sum(meaning(words) is not None for _, words, _ in pairs) for pairs in (first, last)]
        yield from ((*pair, False) for pair in (*listed, *(last if understood[1] > understood[0] else first)))


def _cell_pairs(texts: list[str]) -> Iterator[tuple[str, str, bool, bool]]:
    """A code in a cell and its meaning in the next, whichever stands first."""
    if (
        len(texts) > 2
        and CODE.fullmatch(texts[-2])
        and meaning(texts[-1], whole=True)
        and not CODE.fullmatch(texts[0])
    ):
        texts = texts[-2:]  # after a variable and its question
    if len(texts) > 2 and len(texts) % 2 and CODE.fullmatch(texts[1]) and not CODE.fullmatch(texts[0]):
        texts = texts[1:]
    at = next((n for n in (0, 1) if n < len(texts) and CODE.fullmatch(texts[n])), None)
    if at is None or len(texts) < 2:
        return
    for n in range(0, len(texts) - 1, 2) if len(texts) % 2 == 0 else [0]:
        code, words = texts[n + at], texts[n + 1 - at]
        if CODE.fullmatch(code) and not CODE.fullmatch(words):
            yield code, words, True, True


def _listed_pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """”0/1/2 = nej/delvis/ja”, ”0, 1 och 2 betyder nej, delvis respektive ja”."""
    for match in LISTED.finditer(text):
        codes, words = BETWEEN.split(match[1]), [word for word in BETWEEN.split(match[2]) if word.strip()]
        if len(codes) == len(words):
            yield from ((code, word.strip(), True) for code, word in zip(codes, words, strict=True))


def _code_first(text: str) -> Iterator[tuple[str, str, bool]]:
    for match in CODE_FIRST.finditer(text):
        words = re.sub(r"[\s,]+(?:och|samt|eller)?\s*$", "", match[3]).strip()
        sure = re.fullmatch(EQUALS, match[2], re.IGNORECASE) is not None
        if words and not REFERRED.search(text[: match.start()]) and (sure or _is_only(words)):
            yield match[1], words, sure


def _word_first(text: str) -> Iterator[tuple[str, str, bool]]:
    for match in WORD_FIRST.finditer(text):
        words = LEADING.sub("", match[1]).strip(" ,")
        if not _is_only(words):
            words = words.rpartition(",")[2].strip()
        sure = re.fullmatch(CODED_AS, match[2], re.IGNORECASE) is not None
        open_bracket = "(" in match[2] and not text[match.end() :].lstrip().startswith(")")
        if _is_only(words) and not COUNTED.search(match[1]) and not open_bracket:
            yield match[3], words, sure


def _is_only(words: str) -> bool:
    """True if every word is one that is understood: ”Ja” but not ”Ja, enligt rutin från i fjol”."""
    return meaning(words, whole=True) is not None
