"""What the file itself says that its marks for missing answers mean: `X`, `..`, `99`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ojbrottsoffer.importer.doubts.statements import answer_places, outside
from ojbrottsoffer.importer.meaning.values import (
    EMPTY,
    MARKS,
    NUMBERS,
    PLAIN_REASONS,
    WITHDRAWN,
    WORDS,
    key_of,
    reason_of,
    sign_of,
)
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.wording import meaning
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import swedish_list

SIGN = r"\s*(?:=|:|–|-|→|\bbetyder\b|\binnebär\b|\bstår för\b|\bavser\b|\banger\b)\s*"
EMPTY_CELLS = re.compile(rf"\b(?:tom|tomt|tomma|blankt?|blanka)\b(?: \w+)?{SIGN}([^=.;]+)", re.IGNORECASE)
LONGEST = 160
CHANGES = re.compile(r"\b(?:ja|delvis|nej|inte|ej|räknas|osäker|oklar)\b", re.IGNORECASE)
"""What a note to an answer says that may change it."""


def take_reasons(reading: Reading, sheets: Iterable[Sheet]) -> Reading:
    """The reading with what the file says of the marks that it uses; what a person has said goes before. Why an answer is
    missing is taken; that a mark, an empty cell or a footnote's sign is an answer is the likeliest of what is asked."""
    said = {key_of(mark) for mark in (*reading.profile.koder, *reading.profile.saknas)}
    layout = reading.layout
    texts = {
        layout.sheet.cells[row][column.index]
        for row in range(layout.first, layout.last + 1)
        for column in layout.indicators
    }
    used = set(map(key_of, texts))
    marks = {
        mark
        for mark in used - said - {EMPTY} - set(PLAIN_REASONS) - set(WORDS) - set(NUMBERS)
        if mark in MARKS or len(mark) <= 3
    }
    signs = {sign for text in texts if (sign := sign_of(text))} - marks
    found: dict[str, dict[str, str]] = defaultdict(dict)
    answers: dict[str, dict[str, str]] = defaultdict(dict)
    for sheet in sheets if marks or signs or EMPTY in used - said else ():
        answered = {row for row, _ in answer_places(sheet, layout)}
        for row, cells in outside(sheet, layout):
            where = sheet.where(row, cells[0][0])
            for mark, words in _explanations(cells, marks | signs, row in answered):
                reason = reason_of(words)
                if reason and mark in marks:
                    found[mark].setdefault(reason, where)
                elif meant := reason or meaning(words, whole=True):
                    answers[mark].setdefault(meant, where)
            for words in (match[1] for _, text in cells for match in EMPTY_CELLS.finditer(text)):
                if meant := meaning(words, whole=True) or reason_of(words):
                    answers[EMPTY].setdefault(meant, where)
            for sign in signs - answers.keys():
                for match in (re.match(rf"{re.escape(sign)}\s+(?![=:–-])(.+)", text) for _, text in cells):
                    if match and (WITHDRAWN.search(match[1]) or CHANGES.search(match[1])):
                        answers[sign][""] = f"{where}: {show(match[1], LONGEST)}"
    reading = replace(
        reading, said_marks={m: next(iter(s.items())) for m, s in answers.items() if len(s) == 1}
    )
    taken = {mark: next(iter(reasons)) for mark, reasons in found.items() if len(reasons) == 1}
    if taken:
        shown = swedish_list(
            [f"{show(mark)} = {SAKNAS_ORSAK.codes[reason]}" for mark, reason in taken.items()]
        )
        where = next(iter(found[next(iter(taken))].values()))
        reading.notes.append(f"Filen säger själv varför svar saknas: {shown} ({where}).")
        return replace(reading, profile=reading.profile.but(saknas=taken | reading.profile.saknas))
    return reading


def _explanations(cells: list[tuple[int, str]], marks: set[str], answered: bool) -> Iterator[tuple[str, str]]:
    """(mark, words) of a line: a mark in a cell beside words, or before them in one cell. `answered`: what stands in cells
    of its own beside answers is an answer too."""
    texts = [text for _, text in cells]
    for mark_text, words in zip(texts, texts[1:], strict=False) if not answered else ():
        if key_of(mark_text) in marks and key_of(words) not in marks:
            yield key_of(mark_text), words[:LONGEST]
    for text in texts:
        for mark in marks:
            for match in re.finditer(rf"(?<!\S){re.escape(mark)}{SIGN}([^=]+)", text, re.IGNORECASE):
                words = match[1]
                for other in marks - {mark}:  # ”X = sekretess, .. = ej svar” in one cell
                    words = re.split(rf"(?<!\S){re.escape(other)}\s*$", words, flags=re.IGNORECASE)[0]
                yield mark, re.split(r"[;.]\s", words)[0][:LONGEST]
