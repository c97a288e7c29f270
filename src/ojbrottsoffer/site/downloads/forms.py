"""Many workbooks that differ in their cells alone, written quickly.

XlsxWriter writes one with a mark in every cell that differs; a copy is that file with the marks
filled in, byte for byte what XlsxWriter would have written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from html import escape

SIGN = "\ue000"
"""Encloses a mark: a character that no text has."""
TALL, STEP = 600_000, 3
"""A row whose height differs has this height plus the place of its value times the step: a whole
number of both points and pixels."""
MARKED = re.compile(
    rf'<c (?P<place>[^>]*?) t="inlineStr"><is><t>{SIGN}(?P<cell>\d+){SIGN}</t></is></c>'
    rf'|(?<= ht=")(?P<height>6\d{{5}})(?=")|{SIGN}(?P<text>\d+){SIGN}'
)
UNUSUAL = re.compile(r"^\s|\s$|[\x00-\x08\x0b-\x1f\ue000\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^$")
"""Texts that XlsxWriter writes in a way of their own."""
LONGEST = 32_767
"""As many UTF-16 units as Excel has room for in a cell; XlsxWriter cuts what is longer."""


def height(value: object) -> int:
    """The height of a row, or the mark of one."""
    mark = str(value).strip(SIGN)
    return int(value) if mark == str(value) else TALL + STEP * int(mark)


OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""How such a workbook is made: each text stands in its cell, not in a list beside the sheets."""


class Unusual(ValueError):
    """A value that has to be written by XlsxWriter itself."""


class Form:
    """A workbook with marks; `make` writes it with the values it is given."""

    def __init__(self, make: Callable[[Sequence[object]], bytes], length: int):
        self.parts: list[tuple[zipfile.ZipInfo, list[str], list[tuple[str, str, int]]]] = []
        marks = [f"{SIGN}{n}{SIGN}" for n in range(length)]
        with zipfile.ZipFile(io.BytesIO(make(marks))) as book:
            for info in book.infolist():
                text = book.read(info).decode("utf-8")
                found = list(MARKED.finditer(text))
                cuts = [0, *(place for match in found for place in match.span()), len(text)]
                between = [text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
                self.parts.append((info, between, [_field(match) for match in found]))

    def filled(self, values: Sequence[object]) -> bytes:
        """A copy. Raises `Unusual` for what it can't write."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            for info, between, fields in self.parts:
                pieces = [between[0]]
                for (kind, place, n), after in zip(fields, between[1:], strict=True):
                    pieces.append(_cell(place, values[n]) if kind == "cell" else _text(str(values[n])))
                    pieces.append(after)
                book.writestr(copy(info), "".join(pieces))
        return out.getvalue()


def _field(match: re.Match[str]) -> tuple[str, str, int]:
    """What a mark is: its kind, the cell's attributes, and which value it stands for."""
    n = int(match[match.lastgroup])
    return match.lastgroup, match["place"] or "", (n - TALL) // STEP if match.lastgroup == "height" else n


def _cell(place: str, value: object) -> str:
    if value is None:
        return f"<c {place}/>" if " s=" in place else ""
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t>{_text(value)}</t></is></c>'
    if type(value) is not int:
        raise Unusual(repr(value))
    return f"<c {place}><v>{value}</v></c>"


@lru_cache(maxsize=20_000)
def _text(value: str) -> str:
    if UNUSUAL.search(value) or (2 * len(value) > LONGEST and len(value.encode("utf-16-le")) > 2 * LONGEST):
        raise Unusual(value)
    return escape(value, quote=False)
