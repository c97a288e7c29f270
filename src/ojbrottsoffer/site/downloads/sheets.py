"""A sheet of many plain rows, written quickly: byte for byte what XlsxWriter writes cell by cell.

XlsxWriter looks at every cell three times, which is most of what a workbook of all tables costs.
Here it makes everything but the rows below the headings, and those are written in one go. The
methods with an underscore are XlsxWriter's own; a test compares the two for every kind of value.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

BLOCK = 16
"""Rows that share a note of which columns they use."""
LONGEST = 16_000
"""Longer texts may have to be cut to be opened by Excel, which XlsxWriter does."""
PLAIN = {str, int, float, bool, type(None)}
"""Anything else is left to XlsxWriter."""
Row = Sequence[object]
Cell = tuple[int, object, bool]
"""Column, the value or the text's number among the workbook's, and whether it is a text."""


class Sheet(Worksheet):
    """Headings are written as usual, in the first row and every column; the rest by `fill`."""

    def fill(self, body: list[Row], text: Format) -> None:
        """The rows below the headings, texts in a format. Empty cells are not written."""
        if any(
            type(value) not in PLAIN
            or (type(value) is str and len(value) > LONGEST)
            or (type(value) is float and not isfinite(value))
            for row in body
            for value in row
        ):
            self._one_by_one(body, text)
            return
        self._body, self._text = [], text
        shared = self.str_table._get_shared_string_index
        for number, row in enumerate(body, start=1):
            cells: list[Cell] = [
                (column, shared(value), True) if type(value) is str else (column, value, False)
                for column, value in enumerate(row)
                if value is not None and value != ""
            ]
            self._body.append(cells)
            if cells:
                self._check_dimensions(number, cells[-1][0])

    def _one_by_one(self, body: list[Row], text: Format) -> None:
        for number, row in enumerate(body, start=1):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, bool):
                    self.write_boolean(number, column, value)
                elif isinstance(value, str):
                    self.write_string(number, column, value, text)
                else:
                    self.write_number(number, column, value)

    def _write_rows(self) -> None:
        body: list[list[Cell]] = getattr(self, "_body", [])
        if not body:
            super()._write_rows()
            return
        width = self.dim_colmax + 1
        names = [xl_col_to_name(column) for column in range(width)]
        plain = [
            self._style(self.col_info[n].column_format if n in self.col_info else None) for n in range(width)
        ]
        text = self._style(self._text)
        spans = self._spans(body)
        self._write_row(0, spans[0])
        for column in range(width):
            self._write_cell(0, column, self.table[0][column])
        self._xml_end_tag("row")
        for number, cells in enumerate(body, start=1):
            if not cells:
                continue
            self._write_row(number, spans[number // BLOCK])
            self.fh.write(
                "".join(
                    [
                        f'<c r="{names[column]}{number + 1}"{text} t="s"><v>{value}</v></c>'
                        if is_text
                        else f'<c r="{names[column]}{number + 1}"{plain[column]} t="b"><v>{value:d}</v></c>'
                        if value is True or value is False
                        else f'<c r="{names[column]}{number + 1}"{plain[column]}><v>{value:.16G}</v></c>'
                        for column, value, is_text in cells
                    ]
                )
            )
            self._xml_end_tag("row")

    @staticmethod
    def _style(style: Format | None) -> str:
        return f' s="{style._get_xf_index()}"' if style else ""

    def _spans(self, body: list[list[Cell]]) -> list[str]:
        """Block of rows -> the first and the last column that it uses; all of them, by the headings."""
        rows = [[(0, 0, True), (self.dim_colmax, 0, True)], *body]
        found = []
        for start in range(0, len(rows), BLOCK):
            used = [cells for cells in rows[start : start + BLOCK] if cells]
            low = min((cells[0][0] for cells in used), default=0)
            high = max((cells[-1][0] for cells in used), default=0)
            found.append(f"{low + 1}:{high + 1}")
        return found
