"""A sheet of a file: text cells with a place, fills, merged areas, comments and what is hidden."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache

NOTE = re.compile(r"(?:(?<=[^\W\d_])\s?\d{1,2}\)|\s?[¹²³⁰-⁹]+\)?|\s?[*†‡]+\)?)+$")


@dataclass(frozen=True)
class Merged:
    """What a cell that is merged into another shows: the `text` and `fill` of the `first` cell of
    `area`, as the file names it."""

    area: str
    first: tuple[int, int]
    text: str
    fill: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows and columns count from 0; `cells` is rectangular, whitespace collapsed.

    `fills`: cell -> colour as six hex digits (or the theme's name for it). `unread`: cell -> why it has no value.
    `flipped` is True when rows and columns have changed places; `ref` still names the cell
    as the file does.
    """

    name: str
    cells: list[list[str]]
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[tuple[int, int], Merged] = field(default_factory=dict)
    """The cells of merged areas but for the first of each, which has the value."""
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells with a number that show these words in its place."""
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    visible: bool = True
    shows_fills: bool = True
    """False where the format has no colours."""
    flipped: bool = False
    origins: dict[tuple[int, int], tuple[Sheet, int, int]] = field(default_factory=dict)
    """Where each cell stands in the file, when the sheet is put together of several tables."""
    row_names: tuple[str, ...] = ()
    """What each row is called then: as in the first of the tables that has it."""
    notes: tuple[str, ...] = ()
    """What a reader of the file should know, in Swedish."""

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    @property
    def places(self) -> dict[tuple[int, int], tuple[Sheet, int, int]]:
        """Where each cell stands in the file."""
        own = ((row, column) for row in range(self.height) for column in range(self.width))
        return dict(self.origins) or {place: (self, *place) for place in own}

    def ref(self, row: int, column: int) -> str:
        """The cell as a spreadsheet names it: `F14`; empty if it is in no sheet of the file."""
        if self.origins:
            sheet, row, column = self.origins.get((row, column), (None, 0, 0))
            return sheet.ref(row, column) if sheet else ""
        row, column = (column, row) if self.flipped else (row, column)
        return f"{letters(column)}{row + 1}"

    def where(self, row: int, column: int) -> str:
        """The cell with its sheet: `blad ”Svar”, cell F14`."""
        sheet, *_ = self.origins.get((row, column), (self,))
        ref = self.ref(row, column)
        return f"blad ”{sheet.name}”" + (f", cell {ref}" if ref else "")

    def row_name(self, row: int) -> str:
        """A row as the file names it: a number, or letters when the sheet is flipped."""
        if self.row_names:
            return self.row_names[row]
        return letters(row) if self.flipped else str(row + 1)

    def column_name(self, column: int) -> str:
        if there := next((found for (_, c), found in self.origins.items() if c == column), None):
            sheet, _, own = there
            return sheet.column_name(own) if sheet is not self else letters(own)
        return str(column + 1) if self.flipped else letters(column)

    def only(self, rows: range | None = None, columns: range | None = None) -> Sheet:
        """The same sheet with everything outside these rows and columns empty."""
        rows, columns = rows or range(self.height), columns or range(self.width)

        def inside(cells: dict) -> dict:
            return {
                place: value for place, value in cells.items() if place[0] in rows and place[1] in columns
            }

        return replace(
            self,
            fills=inside(self.fills),
            unread=inside(self.unread),
            merged=inside(self.merged),
            cells=[
                [text if r in rows and c in columns else "" for c, text in enumerate(row)]
                for r, row in enumerate(self.cells)
            ],
        )

    def flip(self) -> Sheet:
        """The same sheet with rows and columns exchanged."""
        return replace(
            self,
            cells=[list(column) for column in zip(*self.cells, strict=True)],
            fills={(c, r): colour for (r, c), colour in self.fills.items()},
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            unread={(c, r): why for (r, c), why in self.unread.items()},
            merged={(c, r): area for (r, c), area in self.merged.items()},
            flipped=not self.flipped,
        )


@cache
def letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(name: str) -> int:
    """The inverse of `letters`, and of row numbers: `A` -> 0, `14` -> 13."""
    name = str(name).strip().upper()
    if name.isdigit():
        return int(name) - 1
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number - 1


def collapse(text: str) -> str:
    """Whitespace of every kind as single spaces; soft hyphens and zero-width characters gone; å, ä
    and ö as one character each, also from a file that writes them as two."""
    text = unicodedata.normalize("NFC", text)
    for char in "\u00ad\u200b\ufeff":
        text = text.replace(char, "")
    return " ".join(text.split())


def without_note(label: str) -> str:
    """A label without the sign of a footnote after it: `Lund1)`, `Lund¹`, `Lund *`."""
    return NOTE.sub("", label.strip())


def text_cells(rows: list[list[object]]) -> list[list[str]]:
    texts = [[_text(value) for value in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    width = max((i + 1 for row in texts for i, text in enumerate(row) if text), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in texts] if width else []


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return collapse(str(value))
