"""The cells of a file that nothing is read from, as ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ojbrottsoffer.importer.read.sheet import Sheet

FEW = 12
"""So many cells beside each other are listed one by one; more are a range."""
LONGEST = 500
"""So many ranges and cells are listed."""


@dataclass(frozen=True)
class Cells:
    """A cell or a range of them, with the text of the first one and its place."""

    ref: str
    number: int
    text: str
    where: str


def left_cells(sheets: Iterable[Sheet], places: set[str]) -> list[Cells]:
    """The cells with text at these places: those that lie together are one range."""
    return [found for sheet in sheets for block in _blocks(sheet, places) for found in _listed(sheet, block)]


def _blocks(sheet: Sheet, places: set[str]) -> list[list[tuple[int, int]]]:
    """The cells, gathered where rows of them lie above one another."""
    done: list[list[tuple[int, int]]] = []
    above: list[tuple[int, int, list[tuple[int, int]]]] = []
    for r, texts in enumerate(sheet.cells):
        here: list[tuple[int, int, list[tuple[int, int]]]] = []
        run: list[tuple[int, int]] = []
        for c, text in enumerate([*texts, None]):
            if text and sheet.where(r, c) in places:
                run.append((r, c))
            elif run and text != "":  # an empty cell does not divide a row
                first, last = run[0][1], run[-1][1]
                block = next((b for a, z, b in above if a <= last and z >= first), None)
                if block is None:
                    block = []
                    done.append(block)
                block += run
                here.append((first, last, block))
                run = []
        above = here
    return done


def _listed(sheet: Sheet, block: list[tuple[int, int]]) -> list[Cells]:
    if len(block) <= FEW:
        return [
            Cells(f"{sheet.name} {sheet.ref(r, c)}", 1, sheet.cells[r][c], sheet.where(r, c))
            for r, c in block
        ]
    rows, columns = [r for r, _ in block], [c for _, c in block]
    corners = sheet.ref(min(rows), min(columns)), sheet.ref(max(rows), max(columns))
    r, c = block[0]
    return [Cells(f"{sheet.name} {':'.join(corners)}", len(block), sheet.cells[r][c], sheet.where(r, c))]
