"""The rows of a table: which have a label or a code, which have neither, and which are of another year."""

from __future__ import annotations

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.units import joined_code, region_code
from ojbrottsoffer.importer.meaning.years import YEAR


def labelled_rows(layout: Layout) -> list[tuple[int, str, str | None]]:
    """(row, label, SCB code) of every row that has a label or a code."""
    sheet = layout.sheet
    part_column = next((c.index for c in layout.columns if c.role == "stadsdel"), None)
    rows, county = [], ""
    for row in range(layout.first, layout.last + 1):
        label, code = sheet.cells[row][layout.label_column], None
        if layout.county_column is not None:  # a code that stands once for its county
            county = sheet.cells[row][layout.county_column] or county
        if layout.code_column is not None:
            code = joined_code(county, sheet.cells[row][layout.code_column])
        elif label.isdigit():
            code, label = region_code(label), ""
        if part_column is not None and sheet.cells[row][part_column]:
            label = f"{label}, {sheet.cells[row][part_column]}"
        if label or code:
            rows.append((row, label, code))
    return rows


def value_columns(layout: Layout) -> list[int]:
    """The columns whose values say something; those without a heading are asked about."""
    return [c.index for c in layout.columns if c.role != "ignorera" and c.label]


def rows_without_label(layout: Layout, labelled: set[int]) -> list[int]:
    """The rows with values that are none of the `labelled`."""
    columns = value_columns(layout)
    rows = (row for row in range(layout.first, layout.last + 1) if row not in labelled)
    return [row for row in rows if any(layout.sheet.cells[row][c] for c in columns)]


def years_of_rows(layout: Layout) -> set[str]:
    """What a column of years says, in a table that has one."""
    columns = [c.index for c in layout.columns if c.role == "ar"]
    rows = range(layout.first, layout.last + 1)
    return {year_of(text) for c in columns for row in rows if (text := layout.sheet.cells[row][c])}


def other_year(layout: Layout, row: int, ar: int | None) -> str:
    """What the column of years says of a row that is not of `ar`; empty for one that is."""
    column = next((c.index for c in layout.columns if c.role == "ar"), None)
    said = year_of(layout.sheet.cells[row][column]) if column is not None and ar else ""
    return "" if said == str(ar) else said


def year_of(text: str) -> str:
    """The year of a date, or of a round that is named after one; a text without a year as it is."""
    found = YEAR.search(text)
    return found[0] if found else text
