"""What xls and ods say about cells beside their values: fills, percent formats, errors, formulas
without a stored value, merged areas of ods, hidden rows. (xlsx: `grid`, by openpyxl.)

ods is streamed, and its runs of repeated cells are cut, so that a small file can't become a huge one.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

MAX_FILLS = 300_000
"""Coloured cells of one sheet; a table of 300 units and 1,000 indicators."""
CHUNK = 1 << 16
SOLID = 1
"""xls's number for a pattern that covers the cell."""
ERROR = re.compile(r"#[^\W\d_/0]+(?:/[0A])?[!?]?|(?:Err|Fel):\d+")
"""What a formula that failed shows: `#DIV/0!`, `#SAKNAS!`, `Err:502`."""
OFFICE, TABLE, STYLE, FO, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "table", "style", "xsl-fo-compatible", "text")
)


class TooManyFills(Exception):
    """A sheet with more coloured cells than any table has; its name is the argument."""


@dataclass
class Looks:
    """One sheet. Rows and columns count from 0; `fills`: cell -> six hex digits, white left out."""

    name: str
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    """Number formats with text in them, of xls."""
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    """What cells with numbers show, where it is or has words, of ods."""
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """First and last cell of each area, of ods: calamine tells them of the other formats."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    """Cells whose text is struck through."""
    height: int = 0
    """As far as there are values, whatever is repeated."""
    width: int = 0

    def fill(self, row: int, column: int, colour: str) -> None:
        self.fills[row, column] = colour
        if len(self.fills) > MAX_FILLS:
            raise TooManyFills(self.name)


def xls_looks(path: Path, rows: int, columns: int) -> dict[str, Looks]:
    """Every sheet of an xls file by name, as far as `rows` and `columns`."""
    import xlrd

    with xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, logfile=io.StringIO()) as book:
        looks = {}
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            looks[name] = _xls_sheet(book, sheet, rows, columns)
            book.unload_sheet(name)
    return looks


def _xls_sheet(book, sheet, rows: int, columns: int) -> Looks:
    import xlrd

    looks = Looks(
        sheet.name,
        hidden_rows={r for r, row in sheet.rowinfo_map.items() if row.hidden},
        hidden_columns={c for c, column in sheet.colinfo_map.items() if column.hidden},
    )
    colours = [_xls_colour(book, xf) for xf in book.xf_list]
    formats = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    percents = ["%" in text for text in formats]
    struck = [bool(book.font_list[xf.font_index].struck_out) for xf in book.xf_list]
    in_words = ['"' in text or "\\" in text for text in formats]
    looks.comments = {
        place: note.text
        for place, note in sheet.cell_note_map.items()
        if place[0] < rows and place[1] < columns
    }
    for row in range(min(sheet.nrows, rows)):
        for column in range(min(sheet.row_len(row), columns)):
            style = sheet.cell_xf_index(row, column)
            if percents[style] and sheet.cell_type(row, column) == xlrd.XL_CELL_NUMBER:
                looks.percent.add((row, column))
            elif sheet.cell_type(row, column) == xlrd.XL_CELL_ERROR:
                shown = xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#?")
                looks.unread[row, column] = f"cellen visar felet {shown}"
            if in_words[style] and sheet.cell_type(row, column) == xlrd.XL_CELL_NUMBER:
                looks.formats[row, column] = formats[style]
            if struck[style] and sheet.cell_value(row, column) != "":
                looks.struck.add((row, column))
            if colours[style]:
                looks.fill(row, column, colours[style])
    return looks


def _xls_colour(book, xf) -> str:
    """The fill of a format, empty if it has none; the palette's nearest, as the file stores it."""
    if xf.background.fill_pattern != SOLID:
        return ""
    rgb = book.colour_map.get(xf.background.pattern_colour_index)
    return _hex("{:02X}{:02X}{:02X}".format(*rgb)) if rgb else ""


def ods_looks(path: Path, rows: int, columns: int) -> dict[str, Looks]:
    """Every sheet of an ods file by name, as far as `rows` and `columns`."""
    styles = _Styles()
    content = _Content(styles, rows, columns)
    with zipfile.ZipFile(path) as archive:
        if "styles.xml" in archive.namelist():
            _stream(archive, "styles.xml", styles)
        _stream(archive, "content.xml", content)
    return content.looks


def _stream(archive: zipfile.ZipFile, name: str, target: object) -> None:
    """Feeds a part of the file to `target` without building a tree; a declared entity raises."""
    from defusedxml.ElementTree import XMLParser

    parser = XMLParser(target=target, forbid_dtd=True)
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            parser.feed(chunk)
    parser.close()


class _Styles:
    """The fill of every cell style, with what it inherits, and which strike their text through."""

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.struck: set[str] = set()
        self.open = ""
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == STYLE + "style" and attributes.get(STYLE + "family") == "table-cell":
            self.open = attributes.get(STYLE + "name", "")
            self.parents[self.open] = attributes.get(STYLE + "parent-style-name", "")
        elif tag == STYLE + "table-cell-properties" and self.open and FO + "background-color" in attributes:
            self.own[self.open] = attributes[FO + "background-color"]
        elif tag == STYLE + "text-properties" and self.open:
            if attributes.get(STYLE + "text-line-through-style", "none") != "none":
                self.struck.add(self.open)

    def end(self, tag: str) -> None:
        if tag == STYLE + "style":
            self.open = ""

    def close(self) -> None:
        """Nothing: what was read is in the attributes."""

    def colour(self, name: str) -> str:
        if name not in self.found:
            seen, at = set(), name
            while at in self.parents and at not in self.own and at not in seen:
                seen.add(at)
                at = self.parents[at]
            self.found[name] = _hex(self.own.get(at, "").lstrip("#"))
        return self.found[name]


@dataclass
class _Run:
    """Cells beside each other that are alike."""

    first: int
    count: int
    style: str
    has_value: bool
    percent: bool
    formula: bool
    spans: tuple[int, int]
    shown: str = ""
    """The text of a cell with a formula or a number."""
    number: bool = False
    comment: str = ""

    @property
    def end(self) -> int:
        return self.first + self.count


class _Content:
    """Follows the rows of `content.xml`; its own styles come before its sheets."""

    def __init__(self, styles: _Styles, rows: int, columns: int) -> None:
        self.styles, self.rows, self.columns = styles, rows, columns
        self.looks: dict[str, Looks] = {}
        self.depth = 0
        self.row: dict[str, str] | None = None
        self.run: _Run | None = None
        self.in_comment = False
        self.prompts: dict[str, str] = {}
        """What is said when a cell is filled in: name of the rule -> its titles and texts."""
        self.rule = ""
        self.in_prompt = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == TABLE + "table":
            self.depth += 1
            if self.depth == 1:
                self._open_sheet(attributes.get(TABLE + "name", ""))
        elif self.depth == 0:
            self.styles.start(tag, attributes)
            self._prompt(tag, attributes)
        elif self.depth > 1:  # a table inside a cell
            return
        elif tag == TABLE + "table-column":
            self._column(attributes)
        elif tag == TABLE + "table-row":
            self.row, self.runs, self.at = attributes, [], 0
        elif tag in (TABLE + "table-cell", TABLE + "covered-table-cell") and self.row is not None:
            self._cell(attributes)
        elif tag == OFFICE + "annotation":
            self.in_comment, self.in_text = True, False
        elif tag == TEXT + "p" and self.in_comment:
            self.in_text = True
        elif tag == TEXT + "p" and self.run:
            self.run.has_value = True

    def end(self, tag: str) -> None:
        if tag == TABLE + "table":
            self.depth -= 1
            if self.depth == 0:
                self._close_sheet()
        elif self.depth == 0:
            self.styles.end(tag)
            self.in_prompt = self.in_prompt and tag != TEXT + "p"
        elif self.depth > 1:
            return
        elif tag == OFFICE + "annotation":
            self.in_comment = False
        elif tag == TEXT + "p" and self.in_comment and self.run:
            self.run.comment += " "
        elif tag == TABLE + "table-row" and self.row is not None:
            self._close_row()
        elif tag in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            self.run = None

    def _prompt(self, tag: str, attributes: dict[str, str]) -> None:
        """What stands before the sheets about how cells are filled in."""
        if tag == TABLE + "content-validation":
            self.rule = attributes.get(TABLE + "name", "")
        elif tag in (TABLE + "help-message", TABLE + "error-message") and (TABLE + "title") in attributes:
            self.prompts[self.rule] = self.prompts.get(self.rule, "") + attributes[TABLE + "title"] + ". "
        elif tag == TEXT + "p" and self.rule:
            self.in_prompt = True

    def data(self, text: str) -> None:
        if self.in_prompt:
            self.prompts[self.rule] = self.prompts.get(self.rule, "") + text + " "
        elif self.run and self.in_comment:
            self.run.comment += text if self.in_text else ""
        elif self.run and (self.run.formula or self.run.number):
            self.run.shown += text

    def close(self) -> None:
        """Nothing: what was read is in the attributes."""

    def _open_sheet(self, name: str) -> None:
        self.sheet = self.looks[name] = Looks(name)
        self.row, self.run, self.next_row = None, None, 0
        self.column_styles: list[str] = []
        self.background: list[tuple[range, _Run, str]] = []

    def _column(self, attributes: dict[str, str]) -> None:
        first = len(self.column_styles)
        count = min(_number(attributes, "columns-repeated"), self.columns - first)
        self.column_styles += [attributes.get(TABLE + "default-cell-style-name", "")] * count
        if attributes.get(TABLE + "visibility", "visible") != "visible":
            self.sheet.hidden_columns |= set(range(first, first + count))

    def _cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get(OFFICE + "value-type")
        self.run = _Run(
            self.at,
            _number(attributes, "columns-repeated"),
            attributes.get(TABLE + "style-name", ""),
            kind is not None,
            kind == "percentage",
            TABLE + "formula" in attributes,
            (_number(attributes, "rows-spanned"), _number(attributes, "columns-spanned")),
            number=kind == "float",
            # Told at the first cell that the rule goes for.
            comment=self.prompts.pop(attributes.get(TABLE + "content-validation-name", ""), ""),
        )
        self.runs.append(self.run)
        self.at = self.run.end

    def _close_row(self) -> None:
        """What the row's cells look like, in each of the rows it stands for. Empty rows and runs
        that go past the limits are the sheet's background: seen as far as there are values."""
        row, self.row = self.row, None
        first, count = self.next_row, _number(row, "rows-repeated")
        self.next_row = first + count
        used = [run for run in self.runs if run.has_value or run.formula]
        if used:
            self.sheet.height, self.sheet.width = self.next_row, max(self.sheet.width, used[-1].end)
        rows = range(first, min(self.next_row, self.rows))
        if row.get(TABLE + "visibility", "visible") != "visible":
            self.sheet.hidden_rows |= set(rows)
        if not used and self.next_row > self.rows:
            return
        for run in self.runs:
            if run.comment.strip() and first < self.rows and run.first < self.columns:
                self.sheet.comments[first, run.first] = run.comment
            if run.spans != (1, 1):
                self.sheet.merged.append(
                    ((first, run.first), (first + run.spans[0] - 1, run.first + run.spans[1] - 1))
                )
            style = row.get(TABLE + "default-cell-style-name", "")
            if run.has_value or run.formula or run.end <= self.columns:
                self._look(rows, run, style)
            elif run.first < self.columns:
                self.background.append((rows, run, style))

    def _close_sheet(self) -> None:
        for rows, run, style in self.background:
            run.count = max(0, self.sheet.width - run.first)
            self._look(range(rows.start, min(rows.stop, self.sheet.height)), run, style)

    def _look(self, rows: range, run: _Run, row_style: str) -> None:
        for column in range(run.first, min(run.end, self.columns)):
            default = self.column_styles[column] if column < len(self.column_styles) else ""
            style = run.style or row_style or default
            colour = self.styles.colour(style)
            if run.has_value and style in self.styles.struck:
                self.sheet.struck |= {(row, column) for row in rows}
            for row in rows if colour else ():
                self.sheet.fill(row, column, colour)
            for row in rows if run.percent else ():
                self.sheet.percent.add((row, column))
            for row in rows if run.number and any(map(str.isalpha, run.shown)) else ():
                self.sheet.words[row, column] = run.shown
            for row in (
                rows if run.formula and (not run.has_value or ERROR.fullmatch(run.shown.strip())) else ()
            ):
                self.sheet.unread[row, column] = (
                    f"cellen visar felet {run.shown.strip()}"
                    if run.has_value
                    else "formeln har inget sparat värde"
                )


def _number(attributes: dict[str, str], what: str) -> int:
    """How many rows or columns a cell, row or column stands for."""
    return max(1, int(attributes.get(f"{TABLE}number-{what}", "1")))


def _hex(colour: str) -> str:
    """Six hex digits in capitals; empty for white, `transparent` and anything else."""
    colour = colour.upper()
    return (
        colour if len(colour) == 6 and set(colour) <= set("0123456789ABCDEF") and colour != "FFFFFF" else ""
    )
