"""What a text says that codes mean: ”0 = Nej, 1 = Delvis, 2 = Ja”, in whatever words.

First every statement about a number is gathered, then those that speak of the answers' codes are weighed
together: a sign as ”=” or a word as ”betyder” says what a number means; ”1: Ja” and ”Ja (1)” may be something
else, so they count only together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ojbrottsoffer.importer.meaning.lists import numbered, numbers_last
from ojbrottsoffer.importer.meaning.scope import OTHER, OWN
from ojbrottsoffer.importer.wording import COUNTED, REFERRED, meaning
from ojbrottsoffer.schema.finding import show

SIGN = r"\s*(?:=>?|[→⇒]|->)\s*"
EQUALS = rf"(?: poäng)?(?:{SIGN}|\s+(?:betyder|innebär|står för|motsvarar|avser|är|för|om|vid)\s+)"
CODED_AS = (
    rf"{SIGN}|\s+(?:betyder|innebär|motsvarar|kodas(?: som| med)?|anges (?:som|med)|är|ger|"
    r"har (?:kod|koden|värdet|siffran))\s+"
)
LOOSE = r"\s*[:(–-]\s*(?:(?:kod|värde)\s+)?|\s+"
CODE_FIRST = re.compile(
    rf"(?<![\w.-])(?<!\d,)([0-9]{{1,3}}|[a-zåäö])({EQUALS}|{LOOSE})"
    r"((?:(?! [a-zåäö] ?=)[^=:;()/.|\d→⇒])+)",
    re.IGNORECASE,
)
WORD_FIRST = re.compile(
    rf"([^=:;()/.|\d→⇒]{{1,60}}?)({CODED_AS}|{LOOSE})([0-9]{{1,3}}|[a-zåäö])(?!\w|[.,]\d|\s*[%=–→-])",
    re.IGNORECASE,
)
LISTED = re.compile(rf"((?:[0-9]\s*(?:[/,]|och)\s*)+[0-9])(?:{EQUALS})([^=:;().|\d]+)", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:[/,]|\boch\b|\brespektive\b)\s*")
LEADING = re.compile(
    r"^.*\b(?:och|samt|där|att|med|medan|svar|svaret|koden|kodning|kodas)\s+|^[\s,]+", re.IGNORECASE
)
CODE = re.compile("[0-9]{1,3}|[a-zåäö]", re.IGNORECASE)


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
    scope: int = OWN
    """Whether it is about these answers, as `scope_of` says."""
    line: str = ""
    """All that stands there."""

    def about(self, scope: int, line: str) -> Said:
        return replace(self, scope=scope, line=line)


@dataclass(frozen=True)
class Legend:
    """Code -> Ja, Delvis or Nej, and the place of the first line that says so."""

    codes: dict[str, str]
    where: str
    unclear: dict[str, str] = field(default_factory=dict)
    """Codes that are explained in two ways, or in words that are not understood -> what is said."""
    doubtful: frozenset[str] = frozenset()
    """Codes of which nothing says for certain that it is about these answers."""
    torn: frozenset[str] = frozenset()
    """Those of the unclear that are explained in two ways."""
    line: str = ""
    """All that stands where it begins."""

    def __str__(self) -> str:
        shown = self.codes | self.unclear
        return ", ".join(f"{code} = {word}" for code, word in sorted(shown.items()))


def legend_of(said: Iterable[Said], used: set[str]) -> Legend | None:
    """What the file says about the codes that are `used`; None if it says nothing."""
    numbers = {code for code in used if code.isdigit()}
    # A letter is asked about in any case: only where it is said to be an answer is there something to compare.
    said = [
        item
        for item in _as_a_pair([item for item in said if item.scope != OTHER])
        if (item.sure and item.word and item.code in used if item.code.isalpha() else numbers)
    ]
    if any(numbers == {item.code for item in place} for place in known_places(said)):
        other_sets = [place for place in known_places(said) if not {item.code for item in place} <= numbers]
        said = [item for item in said if not any(item in place for place in other_sets)]
    known = [item for item in said if item.word and item.sure]
    loose = [item for item in said if item.word and not item.sure]
    enough = len({item.code for item in (*known, *loose)}) > 1 or any(item.alone for item in loose)
    if enough and {item.code for item in loose} <= numbers:
        known += loose
    known += [item for item in said if item.word is None and _counts(item, said, known, numbers)]
    codes: dict[str, str] = {}
    unclear: dict[str, str] = {}
    torn: set[str] = set()
    other = ""
    for item in known:
        if item.word is None:
            unclear.setdefault(item.code, show(item.words))
        elif codes.setdefault(item.code, item.word) != item.word:
            unclear[item.code] = f"både {codes[item.code]} och {item.word}"
            torn.add(item.code)
            other = other or item.where
    for code in unclear.keys() & codes.keys():
        del codes[code]
    if not used & (codes.keys() | unclear.keys()):
        return None
    first = min(known, key=said.index)
    where = f"{first.where}; något annat står på {other}" if other not in ("", first.where) else first.where
    certain = {item.code for item in known if item.scope == OWN}
    return Legend(codes, where, unclear, frozenset(codes) - certain, frozenset(torn), first.line)


def by_place(said: Iterable[Said]) -> list[list[Said]]:
    """A list for each place where the file explains some codes, each once."""
    found: list[list[Said]] = []
    for item in said:
        last = found[-1][-1] if found else None
        apart = last is None or last.sheet != item.sheet or not last.row <= item.row <= last.row + 1
        if apart or item.code in {other.code for other in found[-1]}:
            found.append([])
        found[-1].append(item)
    return found


def known_places(said: Iterable[Said]) -> list[list[Said]]:
    """The same of what is said of the codes of these answers, in words that are known."""
    return by_place(item for item in said if item.scope != OTHER and item.word and not item.heading)


def _as_a_pair(said: list[Said]) -> list[Said]:
    """”Saknas” is Nej beside ”finns”; alone it may be an answer that is missing."""
    paired = any("finns" in item.words.casefold() for item in said)
    return (
        said
        if paired
        else [replace(item, word=None) if item.words.casefold() == "saknas" else item for item in said]
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


def pairs_of(texts: list[str]) -> Iterator[tuple[str, str, bool, bool]]:
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
