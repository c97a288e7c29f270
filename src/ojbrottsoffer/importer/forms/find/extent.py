"""Where a table starts and ends, given the column with its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ojbrottsoffer.importer.forms.find.heading_words import YEAR, is_placing_heading, is_share_heading
from ojbrottsoffer.importer.forms.find.label_column import rivals_of
from ojbrottsoffer.importer.forms.find.value_columns import (
    MAX_GAP,
    find_columns,
    find_header_rows,
    has_values,
)
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.meaning.units import NATION, UNIT_HEADING, is_larger, normal, split_code
from ojbrottsoffer.importer.meaning.values import is_value
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.recipe import Profile

ALTERNATIVES = re.compile(r"(?:svars)?alternativ(?:et|en)?|svar(?:et|en)?")
"""What stands beside a row that says which answer each column is of."""


def table_at(sheet: Sheet, column: int, known, is_heading, profile: Profile) -> Layout | None:
    sheet = sheet if profile.slag == "riket" else _with_nation(sheet, column, profile)
    rows = _known_rows(sheet, column, known, is_heading, profile)
    if profile.forsta:
        first = index_of(profile.forsta)
    else:
        first = _edge(sheet, rows[0], -1, column, profile) if rows else None
    if first is None or any(
        index_of(name) >= sheet.height for name in (*profile.rubrikrader, profile.forsta or "1")
    ):
        return None
    last = (
        index_of(profile.sista)
        if profile.sista
        else (_edge(sheet, rows[-1], 1, column, profile) if rows else sheet.height - 1)
    )
    last = min(last, sheet.height - 1)
    inside = range(first, last + 1)
    filled = {c for r, c in (*sheet.fills, *sheet.unread) if first <= r <= last}
    used = [
        c
        for c in range(sheet.width)
        if c != column and (c in filled or any(sheet.cells[r][c] for r in inside))
    ]
    right = [c for c in used if c > column]
    if any(
        is_heading(sheet.cells[r][c]) for r in range(first) for c in used if c < column
    ):  # questions before the units
        right = [c for c in used if c > column or has_values(sheet, c, inside, profile)]
    right = right or used or list(range(column + 1, sheet.width))
    header_rows, too_many = find_header_rows(sheet, first, right, profile)
    columns, unread = find_columns(sheet, column, header_rows, inside, used, known, is_heading, profile)
    above = _data_above(sheet, first, right, column, columns, profile)
    if above and not profile.forsta:
        said = profile.but(forsta=sheet.row_name(above[0]))
        whole = table_at(sheet, column, known, is_heading, said)
        return whole and replace(whole, data_above=above, start=first)
    if above and not profile.rubrikrader:
        header_rows, too_many = find_header_rows(sheet, first, right, profile, above)
        columns, unread = find_columns(sheet, column, header_rows, inside, used, known, is_heading, profile)
    below = range(last + 1, sheet.height)
    data_below = [row for row in below if not profile.sista and _is_full(sheet, row, columns, profile)]
    unread = [
        *_row_texts(sheet, [row for row in range(first) if row not in header_rows]),
        *unread,
        *_row_texts(sheet, below),
    ]
    return Layout(
        sheet,
        column,
        header_rows,
        first,
        last,
        tuple(columns),
        tuple(unread),
        too_many,
        data_below=tuple(data_below),
        rivals=rivals_of(sheet, column, known, profile),
        headings=tuple((sheet.column_name(c.index), c.label) for c in columns),
    )


def _known_rows(sheet: Sheet, column: int, known, is_heading, profile: Profile) -> list[int]:
    """The rows with a known label, without a title above the headings that is such a label."""
    rows = [r for r, texts in enumerate(sheet.cells) if known(texts[column])]
    while len(rows) > 1 and not looks_like_data(sheet, rows[0], column, profile):
        top = next((row for row in range(rows[1]) if _is_header(sheet, row, column, is_heading, profile)), -1)
        if top <= rows[0]:
            break
        del rows[0]
    return rows


def _is_header(sheet: Sheet, row: int, column: int, is_heading, profile: Profile) -> bool:
    """True for a row with a known heading, or with the heading of the units and others beside it."""
    texts = [text for c, text in enumerate(sheet.cells[row]) if c != column and text]
    others = {"rankning": is_placing_heading, "riket": is_share_heading}.get(profile.slag, is_heading)
    return any(is_heading(text) or others(text.casefold()) for text in texts) or bool(
        texts and UNIT_HEADING.fullmatch(sheet.cells[row][column].casefold())
    )


def _row_texts(sheet: Sheet, rows: Iterable[int]) -> list[tuple[str, str]]:
    """(first cell, the texts) of each row that has any."""
    found = [(row, [(c, text) for c, text in enumerate(sheet.cells[row]) if text]) for row in rows]
    return [
        (sheet.ref(row, texts[0][0]), " ".join(text for _, text in texts)) for row, texts in found if texts
    ]


def _edge(sheet: Sheet, row: int, step: int, column: int, profile: Profile) -> int:
    """The first or last row of the table, with the nation and the counties that an empty row sets apart."""
    edge = _extend(sheet, row, step, column, profile)
    for beyond in range(edge + 2 * step, edge + (2 + MAX_GAP) * step, step):
        if not 0 <= beyond < sheet.height or any(sheet.cells[beyond - step]):
            break
        if (
            is_larger(sheet.cells[beyond][column])
            and looks_like_data(sheet, beyond, column, profile)
            and sum(
                is_value(text, profile) for c, text in enumerate(sheet.cells[beyond]) if c != column and text
            )
        ):
            return _edge(sheet, beyond, step, column, profile)
    return edge


def _with_nation(sheet: Sheet, column: int, profile: Profile) -> Sheet:
    """The sheet with the nation's row called so where its name stands in another column, as that of
    the counties."""
    cells = list(sheet.cells)
    for r, texts in enumerate(cells):
        said = [] if texts[column] else [text for text in texts if text]
        named = [text for text in said if normal(text) in NATION]
        if named and sum(is_value(text, profile) for text in said) * 2 > len(said):
            cells[r] = [named[0] if c == column else text for c, text in enumerate(texts)]
    return replace(sheet, cells=cells)


def _data_above(
    sheet: Sheet, first: int, right: list[int], column: int, columns: list[TableColumn], profile: Profile
) -> tuple[int, ...]:
    """The rows between the headings and the first row that look like data."""

    def is_heading(row: int) -> bool:
        return any((text := sheet.cells[row][c]) and not is_value(text, profile) for c in right)

    top = next((row for row in range(first) if is_heading(row)), first)
    return tuple(
        row
        for row in range(top + 1, first)
        if sheet.cells[row][column]
        and looks_like_data(sheet, row, column, profile)
        and (profile.slag == "rankning" or _is_full(sheet, row, columns, profile))
    )


def _extend(sheet: Sheet, row: int, step: int, column: int, profile: Profile) -> int:
    """The outermost row, from `row` in the direction of `step`, that still looks like data."""
    while 0 <= row + step < sheet.height and looks_like_data(sheet, row + step, column, profile):
        row += step
    return row


def looks_like_data(sheet: Sheet, row: int, column: int, profile: Profile) -> bool:
    others = [(c, text) for c, text in enumerate(sheet.cells[row]) if c != column and text]
    label = normal(split_code(sheet.cells[row][column])[1])
    if not label or ALTERNATIVES.fullmatch(label):
        return False
    if others and is_larger(label):
        return True
    if not others:
        return (
            sum(
                1
                for c in range(sheet.width)
                if c != column and ((row, c) in sheet.fills or (row, c) in sheet.unread)
            )
            >= 2
        )
    texts = [text for _, text in others]
    numbered = len(texts) > 3 and texts == [str(n) for n in range(1, len(texts) + 1)]
    numbers = [text for text in texts if is_value(text, profile)]
    years = bool(numbers) and all(map(YEAR.fullmatch, numbers))
    values = sum(is_value(text, profile) for text in texts)
    return values * 2 > len(texts) and not numbered and not years


def _is_full(sheet: Sheet, row: int, columns: list[TableColumn], profile: Profile) -> bool:
    """True if most of the table's columns have a value in the row."""
    own = [c.index for c in columns if c.role != "ignorera"]
    texts = [sheet.cells[row][c] for c in own if sheet.cells[row][c]]
    return len(own) >= (3 if profile.slag == "svar" else 1) and sum(
        is_value(text, profile) for text in texts
    ) * 2 > len(own)
