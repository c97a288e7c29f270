"""What a damage is done to: the files of one source, and what their cells mean.

What a source looks like is known by whoever makes its `Target` (`skl2016_target` here); the damages
know only the interface, so an imported edition is damaged in the same ways by giving its `Target`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from ojbrottsoffer.checks.records.damage_record import CANNOT, HARMLESS, MUST
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.parse.raw import read_grid

Grid = list[list[str]]
Cell = tuple[str, int, int]
"""File, row and column, counted from 0."""


@dataclass(frozen=True)
class Target:
    """The files of one source as grids, and what their cells mean.

    `folder`: the source's folder in `data/raw/`. `answers`, `totals`, `shares`, `placings`,
    `groups`, `regions`: cells. `labels`: cells with an indicator's label. `units`: cells with a unit's name.
    `areas`: cells with a quality or indicator area. `encode`: a grid as the file's bytes.

    What a damage must lead to follows from how the source is read: `heading` is the row of
    headings; `units_in_rows` says which way the table lies; `in_order`, that rows and columns
    must stand as printed; `answer` and `share` give what a text means (None: nothing); `seen`,
    what a reader sees in the bytes (None: every byte counts); `stranger` is a unit that nobody
    knows, `acquaintance` one that the register knows but the source does not have. `second`:
    class of damages -> which other source could tell, where that depends on this one. `prepare` runs on the scratch copy before each check. `invented` describes a
    source that is not real.
    """

    folder: str
    grids: dict[str, Grid]
    answers: list[Cell]
    labels: list[Cell]
    units: list[Cell]
    totals: list[Cell]
    shares: list[Cell]
    areas: list[Cell]
    placings: list[Cell] = field(default_factory=list)
    groups: list[Cell] = field(default_factory=list)
    regions: list[Cell] = field(default_factory=list)
    encode: Callable[[Grid], bytes] = field(default=lambda grid: encode_csv(grid))
    heading: int = 1
    units_in_rows: bool = False
    in_order: bool = True
    answer: Callable[[str], int | None] = field(default=lambda text: _printed_answer(text))
    share: Callable[[str], float | None] = field(default=lambda text: _printed_share(text))
    seen: Callable[[bytes], object] | None = None
    stranger: str = "Testkommun 001"
    acquaintance: str = ""
    second: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[Project], None] = field(default=lambda project: None)
    invented: str = ""

    def value(self, cell: Cell) -> str:
        file, row, column = cell
        return self.grids[file][row][column]

    def data(self, file: str) -> bytes:
        return self.encode(self.grids[file])

    def with_cells(self, changes: dict[Cell, str]) -> dict[str, bytes]:
        """The files that change when the cells get other texts."""
        grids = {file: deepcopy(self.grids[file]) for file, _, _ in changes}
        for (file, row, column), text in changes.items():
            grids[file][row][column] = text
        return {file: self.encode(grid) for file, grid in grids.items()}

    def with_grid(self, file: str, grid: Grid) -> dict[str, bytes]:
        return {file: self.encode(grid)}

    def rows(self, file: str) -> list[int]:
        """The rows of a file that begin with an indicator's label or a unit's name."""
        return sorted(
            {row for name, row, _ in (*self.labels, *self.units) if name == file and row > self.heading}
        )

    def of_units(self) -> dict[tuple[str, int], list[Cell]]:
        """File and row or column of a unit -> its answer cells, in order."""
        return self._lines(1 if self.units_in_rows else 2)

    def of_questions(self) -> dict[tuple[str, int], list[Cell]]:
        """File and row or column of a question -> its answer cells, in order."""
        return self._lines(2 if self.units_in_rows else 1)

    def _lines(self, axis: int) -> dict[tuple[str, int], list[Cell]]:
        lines: dict[tuple[str, int], list[Cell]] = {}
        for cell in self.answers:
            lines.setdefault((cell[0], cell[axis]), []).append(cell)
        return lines

    def demand(self, changes: dict[Cell, str]) -> str:
        """What new texts in answers or shares must lead to: a text without meaning or another
        number of Ja is to be stopped, the same meaning to be accepted; one source can't tell
        the rest."""
        shares = set(self.shares)
        ja: dict[int, int] = {}
        same = True
        for cell, text in changes.items():
            read = self.share if cell in shares else self.answer
            before, after = read(self.value(cell)), read(text)
            if after is None:
                return MUST
            same = same and before == after
            if cell not in shares:
                unit = cell[1 if self.units_in_rows else 2]
                ja[unit] = ja.get(unit, 0) + (after == 2) - (before == 2)
        return MUST if any(ja.values()) else HARMLESS if same else CANNOT

    @property
    def moved(self) -> str:
        """What is demanded when rows or columns move together with their headings."""
        return MUST if self.in_order else HARMLESS

    @property
    def renamed(self) -> str:
        """What is demanded when two headings change places and what is under them does not."""
        return MUST if self.in_order else CANNOT


def _printed_answer(text: str) -> int | None:
    return int(text) if text in ("0", "1", "2") else None


def _printed_share(text: str) -> float | None:
    match = re.fullmatch(r"(\d{1,3}) %", text)
    return int(match[1]) if match and int(match[1]) <= 100 else None


def encode_csv(grid: Grid) -> bytes:
    """Comma-separated UTF-8 with `\\n`, as the transcribed files are written."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(grid)
    return out.getvalue().encode("utf-8")


def skl2016_target(project: Project) -> Target:
    """SKL's tables 1 and 2, part by part."""
    folder = project.raw / skl2016.KALLA_ID
    grids = {path.name: read_grid(path, path.name) for path in sorted(folder.glob("tabell-*.csv"))}
    found: dict[str, list[Cell]] = {
        name: []
        for name in (
            "answers",
            "labels",
            "units",
            "totals",
            "shares",
            "areas",
            "placings",
            "groups",
            "regions",
        )
    }
    for file, grid in grids.items():
        if file.startswith("tabell-2"):
            for row in range(2, len(grid)):
                found["labels"].append((file, row, 2))
                found["shares"].append((file, row, 3))
                found["areas"] += [(file, row, column) for column in (0, 1) if grid[row][column]]
            continue
        found["units"] += [(file, 1, column) for column in range(1, len(grid[1]))]
        first = 6 if "-sida-1-" in file else 2
        for name, row in (("groups", 2), ("regions", 3), ("totals", 4), ("placings", 5)):
            if first == 6:
                found[name] += [(file, row, column) for column in range(1, len(grid[row]))]
        for row in range(first, len(grid)):
            found["labels"].append((file, row, 0))
            found["answers"] += [(file, row, column) for column in range(1, len(grid[row]))]
    return Target(folder=skl2016.KALLA_ID, grids=grids, second=SECOND_2015, **found)


SECOND_2015 = {
    "andel-tio-fel": "Socialstyrelsens webbsida har tre av andelarna för 2015; för de andra saknas "
    "en andra källa.",
    "placering": "Unizons egen lista har tre av de sex placeringarna; för de andra saknas en andra källa.",
    "befolkningsgrupp": "Invånarantalen från SCB för 2015 skulle visa det.",
    "omrade-i-sverige": "Länet finns i kommunregistret, men rapporten säger inte hur den delar in "
    "landet. Ett prövat påstående märker bara om ett område försvinner helt.",
}
"""The sources that could tell what SKL's tables alone can't."""
