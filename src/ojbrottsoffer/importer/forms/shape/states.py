"""A column beside each question that is about its answers: why one is missing, that it does not count, or what it is
corrected to."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.values import key_of


def asked_before(layout: Layout, column: int) -> int | None:
    """The question that a column says the state of: the nearest one before it."""
    return max((c.index for c in layout.indicators if c.index < column), default=None)


def with_states(layout: Layout, reasons: Container[str]) -> Layout:
    """The table with the correction in the place of an answer; and with the state in the place of one that is empty,
    unless answers have that state too, or that does not count as the state is one of the `reasons` why an answer is
    missing."""
    pairs = [
        (question, column.index, column.role)
        for column in layout.columns
        if column.role in ("status", "rattat")
        and (question := asked_before(layout, column.index)) is not None
    ]
    if not pairs:
        return layout
    sheet, rows = layout.sheet, range(layout.first, layout.last + 1)
    cells, origins = [list(row) for row in sheet.cells], sheet.places
    usual = {
        sheet.cells[row][beside]
        for row in rows
        for question, beside, _ in pairs
        if sheet.cells[row][question]
    }
    for row in rows:
        for question, beside, role in pairs:
            said, empty = cells[row][beside], not cells[row][question]
            if said and (role == "rattat" or (key_of(said) in reasons if said in usual else empty)):
                cells[row][question] = said
                origins[row, question] = origins[row, beside]
    return replace(layout, sheet=replace(sheet, cells=cells, origins=origins))
