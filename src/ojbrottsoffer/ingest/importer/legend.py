"""What a file itself says that its codes mean: a line as ”0 = Nej, 1 = Delvis, 2 = Ja” outside the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ojbrottsoffer.ingest.importer.grid import Sheet
from ojbrottsoffer.ingest.importer.layout import Layout

CODE_FIRST = re.compile(r"(?<![\w.,])([0-9])\s*[=:–-]\s*(ja|nej|delvis)\b", re.IGNORECASE)
WORD_FIRST = re.compile(r"\b(ja|nej|delvis)\s*[=:–-]\s*([0-9])(?![\w.,])", re.IGNORECASE)
WORDS = {"ja", "nej", "delvis"}
ANY_WORD = re.compile(r"(?<![\w.,])([0-9])\s*=\s*([^\W\d_][^=;,/()\d]*)")
"""A code and whatever it is said to mean."""
MOST_CELLS = 8
"""A row with more cells than this is no line of an explanation."""


@dataclass(frozen=True)
class Legend:
    """Code -> Ja, Delvis or Nej, and the place of the first line that says so."""

    codes: dict[str, str]
    where: str
    unclear: frozenset[str] = frozenset()
    """Codes that are explained in two ways, or by another word."""

    def __str__(self) -> str:
        shown = self.codes | dict.fromkeys(self.unclear, "oklart")
        return ", ".join(f"{code} = {word}" for code, word in sorted(shown.items()))


def legend_of(layout: Layout, sheets: Iterable[Sheet]) -> Legend | None:
    """The explanation of the codes beside the tables, in their headings or on another sheet; None if
    there is none."""
    parts = layout.parts or (layout,)
    inside = {(part.sheet.name, row) for part in parts if not part.sheet.flipped
              for row in range(part.first, part.last + 1)}
    flipped = {part.sheet.name: {*range(part.first, part.last + 1)} for part in parts if part.sheet.flipped}
    codes: dict[str, str] = {}
    unclear: set[str] = set()
    where = ""
    for sheet in sheets:
        for row, texts in enumerate(sheet.cells):
            if (sheet.name, row) in inside:
                continue
            outside = flipped.get(sheet.name, ())
            line = [(c, text) for c, text in enumerate(texts) if text and c not in outside]
            if len(line) > MOST_CELLS:  # headings: a cell may explain the codes by itself
                line = [(c, text) for c, text in line if len(_pairs([text])) > 1][:1]
            found = _pairs([text for _, text in line])
            for code, word in found:
                if codes.setdefault(code, word) != word:
                    unclear.add(code)
                where = where or sheet.where(row, line[0][0])
            if len(found) > 1:
                unclear |= {code for _, text in line for code, word in ANY_WORD.findall(text)
                            if word.strip().casefold() not in WORDS}
    codes = {code: word for code, word in codes.items() if code not in unclear}
    if len(codes) + len(unclear) < 2 or len(set(codes.values())) < len(codes):
        return None
    return Legend(codes, where, frozenset(unclear))


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    """(code, word) of a line, whichever stands first; the two may have a cell each."""
    line = " = ".join(texts) if any(re.fullmatch("[0-9]", text) for text in texts) else "; ".join(texts)
    first = [(code, word.capitalize()) for code, word in CODE_FIRST.findall(line)]
    last = [(code, word.capitalize()) for word, code in WORD_FIRST.findall(line)]
    return last if len(last) > len(first) or not first else first
