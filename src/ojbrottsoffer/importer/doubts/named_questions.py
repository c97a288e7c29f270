"""Which questions a line about codes is about, where it says so: by their text, their number or the letter of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.read.file_sheet import index_of, letters

CODES = re.compile(r"(?<!\w)\d{1,3}\s*(?:=|→|\bbetyder\b|\bär\b)")
"""Where what is said of the codes begins."""
TO = r"\s*(?:[-–—]|\btill(?: och med)?\b|\bt\.? ?o\.? ?m\.?)\s*"
ONE = r"(?:[^\W\d_]{1,12}[\s._-]?)?\d{1,3}[a-z]?\b|[A-Z]{1,2}\b"
SPAN = rf"(?:{ONE})(?:{TO}(?:{ONE}))?"
AND = r"\s*(?:,|&|;|\boch\b|\bsamt\b)\s*"
WHAT = (
    r"\b(?:fråg(?:a|an|or|orna)|indikator(?:n|er|erna)?|variab(?:el|eln|ler|lerna)|kolumn(?:en|er|erna)?)\s+"
)
REFERRED = re.compile(rf"{WHAT}({SPAN}(?:{AND}{SPAN})*)", re.IGNORECASE)
ALONE = re.compile(rf"(?:{WHAT}|(?:för|gäller)\s+)*({SPAN}(?:{AND}{SPAN})*)\s*[:–=(-]*\s*", re.IGNORECASE)
"""A line that says nothing else before the codes: `V1–V30:`."""
NUMBER = re.compile(r"(?:[^\W\d_]{1,12}[\s._-]*)?(\d{1,3}[a-z]?)(?![\w,])")
SHORTEST = 8
"""A question that a line names has at least so many characters."""


def questions_in(text: str, layout: Layout, named: dict[str, str], whole: bool = False) -> list[str]:
    """The headings of the questions that stand before the codes of a line; with `whole`, those that are all that it
    says. `named`: question -> the heading of its answers."""
    found = CODES.search(text)
    if found is None and not whole:
        return []
    before = text if whole else text[: found.start()]
    asked = f" {plain(before.rstrip(' :–-'))} "
    if texts := {
        heading for name, heading in named.items() if len(name) >= SHORTEST and f" {name} " in asked
    }:
        return [] if whole else sorted(texts)
    own = _by_mark(layout, named)
    alone = ALONE.fullmatch(before.strip())
    said = [alone[1]] if alone else [] if whole else [match[1] for match in REFERRED.finditer(before)]
    marks = [_squeezed(mark) for mark in re.split(AND, ", ".join(said)) if mark.strip()]
    if (
        alone
        and not re.match(WHAT, before.strip(), re.IGNORECASE)
        and not all(re.match(r"[^\W\d_]+\d", m) for m in marks)
    ):
        return []  # a number or a letter alone may be anything
    spans = [_span(mark, own) for mark in marks]
    return list(dict.fromkeys(own[mark] for span in spans for mark in span)) if all(spans) else []


def _span(mark: str, own: dict[str, str]) -> list[str]:
    """What a mark names, or every one from the first to the last of a span of them: `v1`, `v1–v30`, `b–g`."""
    first, *last = re.split(TO, mark)
    if not last:
        return [mark] if mark in own else []
    ends = [re.fullmatch(r"([^\W\d_]*)(\d*)", end) for end in (first, last[0])]
    if not all(ends):
        return []
    (word, low), (other, high) = (end.groups() for end in ends)
    if low and high and other in ("", word):
        between = [f"{word}{n}" for n in range(int(low), int(high) + 1)]
    elif not low and not high:
        between = [letters(n).casefold() for n in range(index_of(word), index_of(other) + 1)]
    else:
        return []
    return [name for name in between if name in own]


def _squeezed(text: str) -> str:
    return re.sub(r"(?<=[^\W\d_])[\s._-]+(?=\d)", "", text.strip().casefold())


def _by_mark(layout: Layout, named: dict[str, str]) -> dict[str, str]:
    """Letter of a column, short name, or number of a question where only one has it -> its heading."""
    columns = () if layout.form or layout.parts or layout.sheet.flipped else layout.indicators
    found = {letters(column.index).casefold(): column.label for column in columns}
    called = list(_called(layout, named))
    numbers = [(match[1], heading) for text, heading in called if (match := NUMBER.match(text))]
    once = {number for number, _ in numbers if len({h for n, h in numbers if n == number}) == 1}
    names = {name: heading for text, heading in called if NUMBER.fullmatch(name := _squeezed(text))}
    return found | names | {number: heading for number, heading in numbers if number in once}


def _called(layout: Layout, named: dict[str, str]) -> Iterable[tuple[str, str]]:
    yield from ((column.label.casefold(), column.label) for column in layout.indicators)
    yield from ((name, heading) for name, heading in named.items() if len(name) < SHORTEST)
