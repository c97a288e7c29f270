"""A sheet put together of cells that stand elsewhere in the file; every cell remembers where."""

from __future__ import annotations

from collections.abc import Iterable

from ojbrottsoffer.importer.read.file_sheet import Sheet

Cell = tuple[Sheet, int, int]
"""A sheet, and the row and the column of a cell in it."""


def put_together(
    sheets: Iterable[Sheet],
    texts: list[list[str]],
    origins: dict[tuple[int, int], Cell],
    row_names: tuple[str, ...],
) -> Sheet:
    """The texts as a sheet. A cell looks as it does where it comes from, and messages name that place."""
    sheets = list(sheets)

    def moved(name: str) -> dict:
        return {
            place: found[row, column]
            for place, (sheet, row, column) in origins.items()
            if (row, column) in (found := getattr(sheet, name))
        }

    return Sheet(
        "”, ”".join(dict.fromkeys(sheet.name for sheet in sheets)),
        texts,
        fills=moved("fills"),
        unread=moved("unread"),
        merged=moved("merged"),
        shows_fills=all(sheet.shows_fills for sheet in sheets),
        flipped=sheets[0].flipped,
        origins=origins,
        row_names=row_names,
    )
