"""Cells of a file as they are listed for a person: one by one, or as ranges where many lie together."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from ojbrottsoffer.importer.read.file_sheet import Sheet

FEW, MANY = 12, 60
"""So many cells that lie together are listed one by one; and so many where they are no wider than `NARROW`."""
NARROW = 2
LONGEST = 500
"""So many ranges and cells are listed."""


@dataclass(frozen=True)
class Cells:
    """A cell or a range of them, with its sheet; the place of its first cell, and what it says."""

    ref: str
    number: int
    where: str
    said: str


def cells_at(sheets: Iterable[Sheet], places: Container[str]) -> list[Cells]:
    """The cells with text at these places."""
    return [found for sheet in sheets for block in _blocks(sheet, places) for found in _listed(sheet, block)]


def _blocks(sheet: Sheet, places: Container[str]) -> list[list[tuple[int, int]]]:
    """The cells, gathered where rows of them lie above one another. An empty cell does not divide a row."""
    done: list[list[tuple[int, int]]] = []
    above: list[tuple[int, int, list[tuple[int, int]]]] = []
    for r, texts in enumerate(sheet.cells):
        here, run = [], []
        for c, text in enumerate([*texts, None]):
            if text and sheet.where(r, c) in places:
                run.append((r, c))
            elif run and text != "":
                first, last = run[0][1], run[-1][1]
                block = next((b for a, z, b in above if a <= last and z >= first), None)
                if block is None:
                    done.append(block := [])
                block += run
                here.append((first, last, block))
                run = []
        above = here
    return done


def _listed(sheet: Sheet, block: list[tuple[int, int]]) -> list[Cells]:
    rows, columns = [r for r, _ in block], [c for _, c in block]
    if len(block) <= (MANY if max(columns) - min(columns) < NARROW else FEW):
        return [
            Cells(f"{sheet.name} {sheet.ref(r, c)}", 1, sheet.where(r, c), f": {sheet.cells[r][c]}")
            for r, c in block
        ]
    corners = f"{sheet.ref(min(rows), min(columns))}:{sheet.ref(max(rows), max(columns))}"
    r, c = block[0]
    said = f" ({len(block)} celler), som börjar med: {sheet.cells[r][c]}"
    return [Cells(f"{sheet.name} {corners}", len(block), sheet.where(r, c), said)]
