"""Explanations of codes as numbered lists (”1. Ja 2. Nej 0. Vet ej”, in a text or one to a row), with the codes in
one row and the words in the next, or with all words before all codes (”ja/nej/vet ej kodas 1/2/0”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ojbrottsoffer.importer.wording import COUNTED, REFERRED, meaning

Line = tuple[int, list[tuple[int, str]]]
"""A row and its cells with text: (row, [(column, text)])."""
ITEM = re.compile(r"(?<![\w(.-])(?<!\d,)\(?([0-9]{1,2})\s*(?:[.)\]/;|]|\.\)|,(?=\s))\s*(?=[^\W\d_])")
"""The number of an item, with its sign: ”1. ”, ”2) ”, ”(3) ”."""
WORDS = re.compile(r"[^\d.;:()=→⇒]*")
CODE_AFTER = re.compile(r"\s*(?:=|→|⇒|[:(]?\s*(?:kod\s*)?\d{1,2}(?!\w|[.,]\d|\s*%))")
"""What follows words where each code stands after its words: ”Ja (2) Nej (0)”."""
NUMBER = re.compile(r"([0-9]{1,2})[.)]?")
BETWEEN = re.compile(r"\s*(?:[/,]|\boch\b|\brespektive\b|\bsamt\b)\s*")
NUMBERS_LAST = re.compile(
    r"([^=:;()|\d→⇒]+?)(?:\s*(?:=>?|[→⇒])\s*|\s+(?:(?:har |är )?koda(?:s|ts|de|d)|ange(?:s|tts)|beteckna[sd]|är|har (?:fått )?(?:kod(?:en|erna)?|värde(?:t|na)?)|"
    r"motsvara[rs]|ger|får)(?: (?:som|med|av))?(?: (?:värdena|siffrorna|koderna))?\s+)"
    r"((?:[0-9]\s*(?:[/,]\s*(?:(?:och|respektive|samt)\b)?|och|respektive|samt)\s*)+[0-9])(?!\w|[.,]\d|\s*[/%])",
    re.IGNORECASE,
)
MOST_CODES = 8
"""Rows with more numbers than this are no explanation."""


def numbered(text: str) -> list[tuple[str, str]] | None:
    """(code, words) of a numbered list of answers; empty if the list is of something else, and None if the text
    is no list or has each code after its words."""
    starts = list(ITEM.finditer(text))
    if len(starts) < 2:
        return None
    ends = [start.start() for start in starts[1:]] + [len(text)]
    items = []
    for start, end in zip(starts, ends, strict=True):
        rest = text[start.end() : end]
        words, after = WORDS.match(rest)[0], rest[WORDS.match(rest).end() :]
        if CODE_AFTER.match(after):
            return None
        if end < len(text) and re.match(r"[.:;]\s*\w", after):
            words = rest  # a note in more than one sentence, not an answer
        items.append(
            (start[1], re.sub(r"\s+(?:och|samt|eller)\s*$", "", words.strip(" ,;/|–-.")).strip(" ,"))
        )
    return [] if REFERRED.search(text[: starts[0].start()]) else _if_answers(items)


def _if_answers(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The items, if at least two of them are different answers and none has two numbers. A list with a 0 is no
    list of notes: there one answer is enough, also with more words after it."""
    items = list(dict.fromkeys(items))
    words = [text.casefold() for _, text in items]
    finds = any("finns" in text for text in words)
    zero = any(code == "0" for code, _ in items)
    kinds = {meaning(text, whole=not zero) for text in words if finds or text != "saknas"} - {None}
    return items if len(kinds) > (not zero) and len(set(words)) == len(words) else []


def numbers_last(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """(code, words, the part of the text) where all words stand before all codes."""
    for match in NUMBERS_LAST.finditer(text):
        codes = re.findall(r"\d", match[2])
        words = [word.strip() for word in BETWEEN.split(match[1].rpartition(". ")[2]) if word.strip()][
            -len(codes) :
        ]
        if len(words) != len(codes) or COUNTED.search(match[1]):
            continue
        while meaning(words[0], whole=True) is None and " " in words[0]:
            words[0] = words[0].partition(" ")[2]
        if _if_answers(list(zip(codes, words, strict=True))):
            yield from ((code, word, match.span()) for code, word in zip(codes, words, strict=True))


def over_rows(lines: list[Line]) -> Iterator[tuple[range, list[tuple[str, str, bool]]]]:
    """(which of the lines, its (code, words, sure)) of every explanation that takes several rows."""
    at = 0
    while at < len(lines):
        end = at + 1
        if ITEM.search(_text(lines[at])):
            while (
                end < len(lines) and lines[end][0] - lines[end - 1][0] <= 2 and ITEM.match(_text(lines[end]))
            ):
                end += 1
        pairs = (
            [(*pair, True) for pair in numbered("; ".join(map(_text, lines[at:end]))) or ()]
            if end > at + 1
            else []
        )
        if not pairs and (pairs := _stacked(lines, at)):
            end = at + 2
        if pairs:
            yield range(at, end), pairs
        at = end


def _text(line: Line) -> str:
    return " ".join(text for _, text in line[1]) if len(line[1]) <= MOST_CODES else ""


def _stacked(lines: list[Line], at: int) -> list[tuple[str, str, bool]]:
    """A row of codes over a row of words; the other way round it may be a table of how many."""
    if at + 1 == len(lines) or lines[at + 1][0] != lines[at][0] + 1:
        return []
    upper, lower = dict(lines[at][1]), dict(lines[at + 1][1])
    after = dict(lines[at + 2][1]) if at + 2 < len(lines) and lines[at + 2][0] == lines[at][0] + 2 else {}
    for codes, words in ((upper, lower), (lower, upper)):
        numbers = {
            column: NUMBER.fullmatch(text)[1] for column, text in codes.items() if NUMBER.fullmatch(text)
        }
        if (
            not 1 < len(numbers) <= MOST_CODES
            or len(codes) > len(numbers) + 1
            or not numbers.keys() <= words.keys()
        ):
            continue
        counts = any(COUNTED.search(text) for text in (*codes.values(), *words.values()))
        more = any(meaning(after[c], whole=True) or NUMBER.fullmatch(after[c]) for c in numbers if c in after)
        pairs = [(number, words[column]) for column, number in numbers.items()]
        if not counts and not more and len(set(numbers.values())) == len(numbers) and _if_answers(pairs):
            return [(*pair, codes is upper) for pair in pairs]
    return []
