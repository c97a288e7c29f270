"""Which questions a line about codes is about, where it says so: by their text, their number or the letter of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.read.file_sheet import letters

CODES = re.compile(r"(?<!\w)\d{1,3}\s*(?:=|→|\bbetyder\b|\bär\b)")
"""Where what is said of the codes begins."""
ONE = r"(?:\d{1,3}[a-z]?|[A-Z]{1,2})\b"
REFERRED = re.compile(
    rf"\b(?:fråg(?:a|an|or|orna)|indikator(?:n|er|erna)?|kolumn(?:en|er|erna)?)\s+({ONE}(?:\s*(?:,|och|&)\s*{ONE})*)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:[^\W\d_]{1,12}[\s._-]*)?(\d{1,3}[a-z]?)(?![\w,])")
SHORTEST = 8
"""A question that a line names has at least so many characters."""


def questions_in(text: str, layout: Layout, named: dict[str, str]) -> list[str]:
    """The headings of the questions that stand before the codes of a line. `named`: question -> the heading of its answers."""
    found = CODES.search(text)
    if found is None:
        return []
    before = text[: found.start()]
    asked = f" {plain(before.rstrip(' :–-'))} "
    whole = {heading for name, heading in named.items() if len(name) >= SHORTEST and f" {name} " in asked}
    if whole:
        return sorted(whole)
    marks = re.findall(ONE, " ".join(match[1] for match in REFERRED.finditer(before)), re.IGNORECASE)
    own = _by_mark(layout, named)
    return (
        [own[mark.casefold()] for mark in marks] if marks and all(m.casefold() in own for m in marks) else []
    )


def _by_mark(layout: Layout, named: dict[str, str]) -> dict[str, str]:
    """Letter of a column, or number of a question where only one has it -> its heading."""
    columns = () if layout.form or layout.parts or layout.sheet.flipped else layout.indicators
    found = {letters(column.index).casefold(): column.label for column in columns}
    numbers = [
        (match[1], heading) for text, heading in _called(layout, named) if (match := NUMBER.match(text))
    ]
    once = {number for number, _ in numbers if len({h for n, h in numbers if n == number}) == 1}
    return found | {number: heading for number, heading in numbers if number in once}


def _called(layout: Layout, named: dict[str, str]) -> Iterable[tuple[str, str]]:
    yield from ((column.label.casefold(), column.label) for column in layout.indicators)
    yield from ((name, heading) for name, heading in named.items() if len(name) < SHORTEST)
