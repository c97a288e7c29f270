"""Answers spread over several tables, with a part of the questions or of the units in each.

They are put together as one layout with one row per unit. Every cell remembers where it stands
in the file, so that messages and provenance name the sheet and cell a reader can look up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from ojbrottsoffer.importer.forms.shape.put_together import put_together
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.meaning.units import normal
from ojbrottsoffer.importer.meaning.values import ABSENT

Place = tuple[Layout, int, int]
"""A cell: its table, its row and its column."""


def fit_together(
    layouts: list[Layout], key: Callable[[str], str | None], is_heading: Callable[[str], bool]
) -> bool:
    """True if no two of the tables answer the same known question about the same unit, or if each has a question of its
    own and they answer the others alike in most rows."""
    common = answered_twice(layouts, key, is_heading)
    if not common:
        return True
    asked = [{plain(c.label) for c in layout.indicators if is_heading(c.label)} for layout in layouts]
    own = all(a - set().union(*(b for b in asked if b is not a)) for a in asked)
    return own and len(different(common)) * 2 < len(common)


def answered_twice(
    layouts: list[Layout], key: Callable[[str], str | None], is_heading: Callable[[str], bool]
) -> list[tuple[Place, Place]]:
    """The cells of two tables that answer the same known question about the same unit."""
    found: dict[tuple, Place] = {}
    twice = []
    for layout in layouts:
        columns = [(plain(c.label), c.index) for c in layout.indicators if is_heading(c.label)]
        here = {
            (identity, label): (layout, row, column)
            for identity, row in _rows(layout, key)
            for label, column in columns
        }
        twice += [(found[name], place) for name, place in here.items() if name in found]
        found = here | found
    return twice


def different(common: Iterable[tuple[Place, Place]]) -> list[tuple[Place, Place]]:
    """Those of the cells that do not say the same."""
    return [(a, b) for a, b in common if _text(a) != _text(b)]


def _text(place: Place) -> str:
    layout, row, column = place
    return layout.sheet.cells[row][column]


def joined(layouts: list[Layout], key: Callable[[str], str | None]) -> Layout:
    """The tables as one. A unit that one of them lacks has `ABSENT` for its questions; a column
    that only repeats what another table says is left out."""
    heads = max(len(layout.header_rows) for layout in layouts)
    rows: dict[tuple, int] = {}
    columns: list[tuple[TableColumn, dict]] = []
    names: list[str] = []
    cells: dict[tuple[int, int], Place] = {}
    for layout in layouts:
        at = {}
        for identity, row in _rows(layout, key):
            if identity not in rows:
                rows[identity] = heads + len(rows)
                names.append(layout.sheet.row_name(row))
            at[row] = rows[identity]
            cells.setdefault((rows[identity], 0), (layout, row, layout.label_column))
        for column in layout.columns:
            target = _column_for(columns, column, layout, at, cells)
            if target is None:
                continue
            for row, joined_row in at.items():
                cells[joined_row, target] = (layout, row, column.index)
            for number, row in enumerate(reversed(layout.header_rows), start=1):
                cells.setdefault((heads - number, target), (layout, row, column.index))
    width = 1 + len(columns)
    texts = [[""] * width for _ in range(heads + len(rows))]
    for index, (column, _) in enumerate(columns, start=1):
        if column.role is None:
            for row in range(heads, heads + len(rows)):
                texts[row][index] = ABSENT
    for (row, index), (layout, own_row, own_column) in cells.items():
        texts[row][index] = layout.sheet.cells[own_row][own_column]
    heading_names = tuple(layouts[0].sheet.row_name(row) for row in layouts[0].header_rows)[-heads:]
    sheet = put_together(
        (layout.sheet for layout in layouts),
        texts,
        {place: (layout.sheet, row, index) for place, (layout, row, index) in cells.items()},
        (*heading_names, *[""] * (heads - len(layouts[0].header_rows)), *names),
    )
    return Layout(
        sheet,
        0,
        tuple(range(heads)),
        heads,
        heads + len(rows) - 1,
        tuple(replace(column, index=index) for index, (column, _) in enumerate(columns, start=1)),
        tuple((f"”{layout.sheet.name}” {ref}", text) for layout in layouts for ref, text in layout.unread),
        any(layout.too_many_headers for layout in layouts),
        parts=tuple(layouts),
    )


def _rows(layout: Layout, key: Callable[[str], str | None]) -> list[tuple[tuple, int]]:
    """(what identifies the row, its index): the unit or the label, and which time it comes."""
    sheet, seen = layout.sheet, Counter()
    part = next((c.index for c in layout.columns if c.role == "stadsdel"), None)
    found = []
    for row in range(layout.first, layout.last + 1):
        label = sheet.cells[row][layout.label_column]
        district = normal(sheet.cells[row][part]) if part is not None else ""
        if label:
            named = (key(label) or normal(label), district)
            seen[named] += 1
            found.append(((*named, seen[named]), row))
    return found


def _column_for(
    columns: list[tuple[TableColumn, dict]],
    column: TableColumn,
    layout: Layout,
    at: dict[int, int],
    cells: dict[tuple[int, int], Place],
) -> int | None:
    """Where the column goes: a new one, one that stands in another table too if the rows are
    others, or nowhere if it only repeats what is there."""
    for index, (other, texts) in enumerate(columns, start=1):
        if (
            other.role != column.role
            or (column.role is None or column.role == "ignorera")
            and plain(other.label) != plain(column.label)
        ):
            continue
        new = {joined_row: layout.sheet.cells[row][column.index] for row, joined_row in at.items()}
        common = new.keys() & texts.keys()
        repeats = all(new[row] == texts[row] for row in common)
        if repeats or not common:
            texts |= new
            for row, joined_row in at.items():
                cells.setdefault((joined_row, index), (layout, row, column.index))
            return None if common else index
    columns.append(
        (column, {joined_row: layout.sheet.cells[row][column.index] for row, joined_row in at.items()})
    )
    return len(columns)
