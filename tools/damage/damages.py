"""Proof by damage: break the raw files in many ways, one at a time, and see what the gate says.

A damage changes the files of one source, seen through `Target`: grids of cells plus where the
answers, labels, units, totals and shares stand. What a source looks like is known by whoever
makes its `Target` (`skl2016_target` here); the damages know only the interface, so an imported
edition is damaged in the same ways by giving its `Target` to `run`.

Nothing here touches the project: the damaged files are written in a scratch copy, and the
checksums of the raw files play no part.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ojbrottsoffer.checks.damage_record import (
    CANNOT,
    FILE_NAME,
    HARMLESS,
    MUST,
    ClassResult,
    Example,
    MutationResult,
)
from ojbrottsoffer.checks.gate import Checked, ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import UPPLYSNING, DataError, Finding, show
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.raw import read_grid

Grid = list[list[str]]
Cell = tuple[str, int, int]
"""File, row and column, counted from 0."""

EARLIER_RUN = shutil.ignore_patterns(FILE_NAME)
"""Left out of the scratch copies: what an earlier run said decides nothing."""


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

    def second_source(self, kind: DamageClass) -> str:
        """Which other source could tell of a class's damages to this one."""
        return self.second.get(kind.name, kind.second)


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


@dataclass(frozen=True)
class Damage:
    """One damage: the new bytes of the files it changes (None: the file is gone)."""

    what: str
    files: dict[str, bytes | None]
    demand: str


Maker = Callable[[random.Random, Target], Damage | None]


@dataclass(frozen=True)
class DamageClass:
    """A way to damage. `second`: which other source could tell, if one source can't; a `Target`
    may know better."""

    name: str
    title: str
    make: Maker
    second: str = ""


CLASSES: dict[str, DamageClass] = {}


def damage(name: str, title: str, second: str = "") -> Callable[[Maker], Maker]:
    """Registers a function as a class of damages."""

    def register(make: Maker) -> Maker:
        CLASSES[name] = DamageClass(name, title, make, second)
        return make

    return register


def _flip(rng: random.Random, target: Target, pair: tuple[str, str]) -> Damage | None:
    cells = [cell for cell in target.answers if target.value(cell) in pair]
    if not cells:
        return None
    cell = rng.choice(cells)
    old = target.value(cell)
    new = pair[1 - pair.index(old)]
    return _cells_changed(f"{old} blir {new}", target, {cell: new})


def _cells_changed(what: str, target: Target, changes: dict[Cell, str]) -> Damage:
    return Damage(what, target.with_cells(changes), target.demand(changes))


NATION = "Rikets andel visar bara det osannolika. Enhetens egna svar till Socialstyrelsen skulle visa resten."


@damage("cell-0-2", "Ett svar ändras mellan Nej och Ja")
def _flip_02(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("0", "2"))


@damage("cell-1-2", "Ett svar ändras mellan Delvis och Ja")
def _flip_12(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("1", "2"))


@damage(
    "cell-0-1",
    "Ett svar ändras mellan Nej och Delvis",
    "Antalet ja är oförändrat. Enhetens egna svar till Socialstyrelsen skulle visa det.",
)
def _flip_01(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("0", "1"))


@damage("ogiltig-kod", "Ett svar får en kod som inte finns")
def _invalid_code(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.answers)
    new = rng.choice(["3", "-1", "2.0", "2 ", "Ja", "NaN", "", "02", "²", "1,0"])
    return _cells_changed(f"{show(target.value(cell))} blir {show(new)}", target, {cell: new})


@damage("svar-i-tva-kolumner", "Två enheter byter svar i en del av tabellen", NATION)
def _columns_swapped(rng: random.Random, target: Target) -> Damage:
    columns = target.of_units()
    file = rng.choice(sorted({file for file, _ in columns}))
    a, b = rng.sample([cells for (name, _), cells in columns.items() if name == file], 2)
    changes = {}
    for first, second in zip(a, b, strict=True):
        changes |= {first: target.value(second), second: target.value(first)}
    if all(target.value(cell) == text for cell, text in changes.items()):
        return _columns_swapped(rng, target)
    same = target.demand(changes) == CANNOT
    return Damage(
        "svaren byter kolumn" + (", lika många ja" if same else ""),
        target.with_cells(changes),
        target.demand(changes),
    )


@damage("kolumner-byter-plats", "Två kolumner byter plats, med rubrik")
def _columns_moved(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.units}))
    grid = deepcopy(target.grids[file])
    a, b = rng.sample(range(1, len(grid[target.heading])), 2)
    for row in grid[target.heading :]:
        row[a], row[b] = row[b], row[a]
    return Damage(f"kolumn {a + 1} och {b + 1} byter plats", target.with_grid(file, grid), target.moved)


@damage("kolumn-forskjuten", "En enhets svar förskjuts en rad i en del av tabellen", NATION)
def _column_shifted(rng: random.Random, target: Target) -> Damage | None:
    cells = rng.choice(list(target.of_units().values()))
    texts = [target.value(cell) for cell in cells]
    moved = texts[-1:] + texts[:-1]
    if moved == texts:
        return None
    return _cells_changed("svaren förskjuts ett steg", target, dict(zip(cells, moved, strict=True)))


@damage("celler-i-kolumn", "Två svar i en kolumn byter plats", NATION)
def _cells_swapped(rng: random.Random, target: Target) -> Damage | None:
    cells = rng.choice(list(target.of_units().values()))
    a, b = rng.sample(cells, 2)
    if target.value(a) == target.value(b):
        return None
    return _cells_changed(
        "två av enhetens svar byter plats", target, {a: target.value(b), b: target.value(a)}
    )


@damage("svar-i-tva-rader", "Svaren på två frågor byter plats i en del av tabellen", NATION)
def _answers_of_rows_swapped(rng: random.Random, target: Target) -> Damage | None:
    questions = target.of_questions()
    file = rng.choice(target.answers)[0]
    first, second = rng.sample([cells for (name, _), cells in questions.items() if name == file], 2)
    changes = {}
    for a, b in zip(first, second, strict=True):
        changes |= {a: target.value(b), b: target.value(a)}
    if target.demand(changes) == HARMLESS:
        return None
    return _cells_changed("svaren på två frågor byter plats", target, changes)


@damage("rader-byter-plats", "Två rader byter plats")
def _rows_swapped(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.labels}))
    a, b = rng.sample(target.rows(file), 2)
    grid = deepcopy(target.grids[file])
    grid[a], grid[b] = grid[b], grid[a]
    return Damage(f"rad {a + 1} och {b + 1} byter plats", target.with_grid(file, grid), target.moved)


@damage("rad-borta", "En rad försvinner")
def _row_deleted(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    row = rng.randrange(target.heading + 1, len(grid))
    del grid[row]
    return Damage(f"rad {row + 1} försvinner", target.with_grid(file, grid), MUST)


@damage("rad-dubbel", "En rad upprepas")
def _row_duplicated(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    row = rng.randrange(target.heading + 1, len(grid))
    grid.insert(rng.randrange(row, len(grid) + 1), list(grid[row]))
    return Damage(f"rad {row + 1} upprepas", target.with_grid(file, grid), MUST)


@damage("rad-till-annan-del", "En rad flyttas till en annan del av tabellen")
def _row_moved(rng: random.Random, target: Target) -> Damage | None:
    file, row, _ = rng.choice(target.labels)
    same_width = [
        name
        for name in sorted(target.grids)
        if name != file and len(target.grids[name][1]) == len(target.grids[file][1])
    ]
    if not same_width:
        return None
    other = rng.choice(same_width)
    grid, elsewhere = deepcopy(target.grids[file]), deepcopy(target.grids[other])
    moved = grid.pop(row)
    elsewhere.insert(rng.randrange(2, len(elsewhere) + 1), moved)
    return Damage(
        f"rad {row + 1} flyttas till {other}",
        target.with_grid(file, grid) | target.with_grid(other, elsewhere),
        MUST,
    )


def _misspelt(rng: random.Random, text: str) -> str:
    """`text` with one letter changed, dropped or doubled."""
    places = [i for i, char in enumerate(text) if char.isalpha()]
    i = rng.choice(places)
    new = rng.choice(
        [
            text[:i] + text[i + 1 :],
            text[:i] + text[i] * 2 + text[i + 1 :],
            text[:i] + rng.choice("abdefgnort") + text[i + 1 :],
        ]
    )
    return new if new != text else _misspelt(rng, text)


@damage("etikett", "En bokstav i en etikett ändras")
def _label_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.labels + target.areas)
    return Damage(
        "en bokstav i etiketten ändras", target.with_cells({cell: _misspelt(rng, target.value(cell))}), MUST
    )


@damage("enhet-omdopt", "En enhet får ett annat namn")
def _unit_renamed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.units)
    others = sorted({target.value(c) for c in target.units} - {target.value(cell)})
    known = [target.acquaintance] if target.acquaintance else []
    new = rng.choice([_misspelt(rng, target.value(cell)), rng.choice(others), *known])
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), MUST)


@damage(
    "enheter-byter-namn",
    "Två enheter byter namn överallt, och inget annat ändras",
    "Enheternas egna svar till Socialstyrelsen skulle visa det. Granskningen av en ny utgåva "
    "visar svar som vänt sedan utgåvan före.",
)
def _units_renamed(rng: random.Random, target: Target) -> Damage:
    answering = set(target.of_units())
    cells = [cell for cell in target.units if (cell[0], cell[1 if target.units_in_rows else 2]) in answering]
    one, other = rng.sample(sorted({target.value(cell) for cell in cells}), 2)
    new = {one: other, other: one}
    return Damage(
        f"{one} och {other} byter namn",
        target.with_cells({cell: new[target.value(cell)] for cell in cells if target.value(cell) in new}),
        target.renamed,
    )


@damage(
    "fragor-byter-etikett",
    "Två frågor byter etikett, och inget annat ändras",
    "Rikets andelar ur en annan källa skulle visa det. Granskningen av en ny utgåva visar "
    "svar som vänt sedan utgåvan före.",
)
def _labels_swapped(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.labels}))
    one, other = rng.sample([cell for cell in target.labels if cell[0] == file], 2)
    return Damage(
        "två etiketter byter plats",
        target.with_cells({one: target.value(other), other: target.value(one)}),
        target.renamed,
    )


@damage("enhet-borta", "En enhets kolumn eller rad försvinner")
def _unit_removed(rng: random.Random, target: Target) -> Damage:
    file, row, column = rng.choice(target.units)
    grid = deepcopy(target.grids[file])
    if target.units_in_rows:
        del grid[row]
        return Damage(f"rad {row + 1} försvinner", target.with_grid(file, grid), MUST)
    for cells in grid:
        del cells[column : column + 1]
    return Damage(f"kolumn {column + 1} försvinner", target.with_grid(file, grid), MUST)


@damage("enhet-ny", "En enhet för mycket")
def _unit_added(rng: random.Random, target: Target) -> Damage:
    file, row, column = rng.choice(target.units)
    name = rng.choice([target.stranger, target.grids[file][row][column]])
    grid = deepcopy(target.grids[file])
    if target.units_in_rows:
        grid.insert(row, [name, *grid[row][1:]])
        return Damage(f"raden {show(name)} läggs till", target.with_grid(file, grid), MUST)
    for number, cells in enumerate(grid):
        cells[column:column] = [name] if number == row else cells[column : column + 1]
    return Damage(f"kolumnen {show(name)} läggs till", target.with_grid(file, grid), MUST)


@damage("rubrik", "Rubriken skadas")
def _header_damaged(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    kind = rng.choice(["titel", "rubrikrad borta", "tom rubrikcell", "första raden borta"])
    if kind == "titel":
        grid[0][0] = grid[0][0].replace("1", "9").replace("TABELL 2", "TABELL 3")
    elif kind == "rubrikrad borta":
        del grid[target.heading]
    elif kind == "tom rubrikcell":
        grid[target.heading][rng.randrange(1, len(grid[target.heading]))] = ""
    else:
        del grid[0]
    return Damage(kind, target.with_grid(file, grid), MUST)


@damage("avskiljare", "Avskiljaren skadas")
def _separator_damaged(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    lines = target.data(file).decode().splitlines(keepends=True)
    new = rng.choice([";", "\t", "", ",,"])
    if rng.random() < 0.5:
        text = "".join(lines).replace(",", new)
        return Damage(f"alla komman blir {show(new)}", {file: text.encode()}, MUST)
    row = rng.randrange(target.heading, len(lines))
    place = lines[row].rfind(",")
    lines[row] = lines[row][:place] + new + lines[row][place + 1 :]
    return Damage(f"ett komma på rad {row + 1} blir {show(new)}", {file: "".join(lines).encode()}, MUST)


@damage("citattecken", "Ett citattecken öppnas och stängs inte")
def _quote_opened(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    lines = target.data(file).decode().splitlines(keepends=True)
    row = rng.randrange(target.heading + 1, len(lines))
    place = lines[row].rfind(",") + 1
    lines[row] = lines[row][:place] + '"' + lines[row][place:]
    return Damage(f"ett citattecken på rad {row + 1}", {file: "".join(lines).encode()}, MUST)


@damage("latin-1", "Filen sparas som Latin-1")
def _latin1(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    text = target.data(file).decode()
    if rng.random() < 0.5:
        return Damage("hela filen", {file: text.encode("latin-1")}, MUST)
    letter = rng.choice([char for char in "åäö" if char in text])
    places = [i for i, char in enumerate(text) if char == letter]
    place = rng.choice(places)
    data = text[:place].encode() + letter.encode("latin-1") + text[place + 1 :].encode()
    return Damage(f"ett {letter}", {file: data}, MUST)


@damage("osynliga-tecken", "Ett osynligt tecken smyger sig in")
def _invisible(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.answers + target.labels + target.units + target.shares + target.totals)
    text = target.value(cell)
    char = rng.choice(["\u00a0", "\u200b", "\u2060", "\u00ad", "\u202f", "\ufeff"])
    place = rng.randrange(len(text) + 1)
    if place == 0 and cell[1:] == (0, 0):
        place = 1
    return Damage(show(char), target.with_cells({cell: text[:place] + char + text[place:]}), MUST)


@damage("avklippt", "Filen är avklippt")
def _truncated(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    data = target.data(file)
    length = rng.randrange(0, len(data) - 1)
    return Damage(f"{len(data) - length} byte saknas", {file: data[:length]}, MUST)


@damage("fil-borta", "En fil saknas, är tom eller ligger på en annans plats")
def _file_lost(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    ways = {"saknas": None, "är tom": b""}
    others = sorted(set(target.grids) - {file})
    if others:
        other = rng.choice(others)
        ways[f"har innehållet i {other}"] = target.data(other)
    kind = rng.choice(list(ways))
    return Damage(f"{file} {kind}", {file: ways[kind]}, MUST)


@damage("andel-tio-fel", "En andel för riket är fel med tio procentenheter")
def _share_off(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.shares)
    share = int(target.value(cell).split()[0])
    new = share + rng.choice([step for step in (-10, 10) if 0 <= share + step <= 100])
    return _cells_changed(f"{share} blir {new}", target, {cell: f"{new} %"})


@damage("andel-ogiltig", "En andel är över 100, har decimaler eller saknar procenttecken")
def _share_invalid(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.shares)
    share = target.value(cell).split()[0]
    new = rng.choice(
        [
            f"1{share.zfill(2)} %",
            f"{share},5 %",
            f"{share}.5 %",
            f"{share}%",
            share,
            f"-{share} %",
            f"{share} procent",
            "",
        ]
    )
    return _cells_changed(f"{show(target.value(cell))} blir {show(new)}", target, {cell: new})


@damage("antal-ja", "Ett publicerat antal ja-svar ändras")
def _total_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.totals)
    total = target.value(cell)
    new = str(int(total) + rng.choice([-10, -5, -2, -1, 1, 2, 5, 10, 20]))
    return Damage(f"{total} blir {new}", target.with_cells({cell: new}), MUST)


@damage("omrade-flyttat", "Ett kvalitets- eller indikatorområde flyttas en rad")
def _area_moved(rng: random.Random, target: Target) -> Damage | None:
    if not target.areas:
        return None
    file, row, column = rng.choice(target.areas)
    grid = deepcopy(target.grids[file])
    to = row + rng.choice([-1, 1])
    if not 2 <= to < len(grid) or grid[to][column]:
        return None
    grid[to][column], grid[row][column] = grid[row][column], ""
    return Damage(f"området flyttas från rad {row + 1} till {to + 1}", target.with_grid(file, grid), MUST)


@damage("placering", "En placering hos Unizon ändras, försvinner eller tillkommer")
def _placing_changed(rng: random.Random, target: Target) -> Damage | None:
    if not target.placings:
        return None
    cell = rng.choice(target.placings)
    if target.value(cell).isdigit():
        new = rng.choice(
            [str(int(target.value(cell)) + step) for step in (1, 2, 10, 30)] + [skl2016.MISSING_MARK]
        )
    else:
        new = str(rng.randrange(1, 201))
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), CANNOT)


@damage("befolkningsgrupp", "En befolkningsgrupp ändras till en annan eller töms")
def _group_changed(rng: random.Random, target: Target) -> Damage | None:
    if not target.groups:
        return None
    cell = rng.choice(target.groups)
    new = rng.choice(["", *sorted(set("12345") - {target.value(cell)})])
    # A printed table has no empty cell; in a file the group may be missing, and is told.
    demand = MUST if not new and target.in_order else CANNOT
    return Damage(f"{target.value(cell)} blir {new or 'tom'}", target.with_cells({cell: new}), demand)


@damage("omrade-i-sverige", "Området i Sverige ändras till ett annat")
def _region_changed(rng: random.Random, target: Target) -> Damage | None:
    if not target.regions:
        return None
    cell = rng.choice(target.regions)
    new = rng.choice(sorted({target.value(c) for c in target.regions} - {target.value(cell)}))
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), CANNOT)


@damage("byteordningsmarke", "Filen får ett byteordningsmärke (BOM)")
def _bom(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    return Damage(file, {file: b"\xef\xbb\xbf" + target.data(file)}, HARMLESS)


@damage("radslut", "Filen får Windows radslut, eller en rad mer eller mindre i slutet")
def _line_ends(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    data = target.data(file)
    new = rng.choice(
        [
            data.replace(b"\n", b"\r\n"),
            data + b"\n",
            data.rstrip(b"\n"),
            data + b"\n\n",
            data.rstrip(b"\n") + b"\r\n",
        ]
    )
    return Damage(file, {file: new}, HARMLESS)


@dataclass(frozen=True)
class Outcome:
    """What the gate said of one damage: its kind (None: nothing) and the first finding."""

    damage: Damage
    kind: str | None
    finding: Finding | None = None
    same_tables: bool = True

    @property
    def stopped(self) -> bool:
        return self.kind is not None and self.kind != UPPLYSNING


class Unhandled(Exception):
    """The gate met a damage with something else than a message."""


def outcomes(
    project: Project, target: Target, per_class: int, seed: int, names: list[str] | None = None
) -> Iterator[tuple[DamageClass, Outcome]]:
    """Damages a scratch copy, `per_class` times per class, and yields what the gate said.

    The same seed gives the same damages. Raises `Unhandled` if the gate raises anything but
    `DataError`.
    """
    with TemporaryDirectory() as folder:
        scratch = scratch_copy(project, Path(folder))
        target.prepare(scratch)
        clean = ingest_and_check(scratch, guard=False)
        known = set(clean.report.notices)
        for name in CLASSES if names is None else names:
            kind = CLASSES[name]
            rng = random.Random(f"{seed} {name}")
            for made in _made(rng, kind, target, per_class):
                for file, data in made.files.items():
                    _write(scratch.raw / target.folder / file, data)
                try:
                    target.prepare(scratch)
                    yield kind, _judge(scratch, made, clean, known)
                except DataError as error:
                    first = error.findings[0]
                    yield kind, Outcome(made, first.kind, first)
                except Exception as error:
                    raise Unhandled(f"{name}: {made.what}: {error!r}") from error
                finally:
                    for file in made.files:
                        _write(scratch.raw / target.folder / file, target.data(file))


def _made(rng: random.Random, kind: DamageClass, target: Target, count: int) -> Iterator[Damage]:
    """`count` damages that change something, or fewer if the source has no place for them."""
    original = {file: target.data(file) for file in target.grids}
    tries = made = 0
    while made < count and tries < 50 * count:
        tries += 1
        candidate = kind.make(rng, target)
        if candidate is None or all(original[f] == d for f, d in candidate.files.items()):
            continue
        made += 1
        if target.seen and all(
            data is not None and target.seen(data) == target.seen(original[file])
            for file, data in candidate.files.items()
        ):
            candidate = replace(candidate, demand=HARMLESS)
        yield candidate


def _judge(scratch: Project, made: Damage, clean: Checked, known: set[Finding]) -> Outcome:
    checked = ingest_and_check(scratch, guard=False)
    new = [notice for notice in checked.report.notices if notice not in known]
    same = checked.files() == clean.files() or _same_rows(checked, clean)
    return Outcome(made, new[0].kind if new else None, new[0] if new else None, same)


def _same_rows(one: Checked, other: Checked) -> bool:
    """True if the tables have the same rows: their order and the cell they were read from aside."""

    def rows(frame: pd.DataFrame) -> Counter:
        return Counter(
            frame.drop(columns="plats", errors="ignore").astype(str).itertuples(index=False, name=None)
        )

    return all(rows(one.tables[name]) == rows(other.tables[name]) for name in one.tables)


def scratch_copy(project: Project, folder: Path) -> Project:
    for source in (project.raw, project.reference, project.expectations):
        shutil.copytree(source, folder / source.relative_to(project.root), ignore=EARLIER_RUN)
    return Project(folder)


def _write(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)


def run(
    project: Project,
    target: Target,
    per_class: int,
    seed: int,
    names: list[str] | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> MutationResult:
    """Every class, or those named, summed up. The outcome depends only on the files, the rules and
    the seed.
    """
    collected: dict[str, list[Outcome]] = {name: [] for name in CLASSES}
    work = partial(_collected, project, target, per_class, seed)
    for found in _in_parallel(work, list(CLASSES) if names is None else names):
        for name, outcome in found:
            if not collected[name]:
                progress(CLASSES[name].title)
            collected[name].append(outcome)
    return MutationResult(
        kalla_id=target.folder,
        fro=seed,
        pahittad=target.invented,
        klasser=[_summed(CLASSES[name], target, found) for name, found in collected.items() if found],
    )


def _collected(
    project: Project, target: Target, per_class: int, seed: int, names: list[str]
) -> list[tuple[str, Outcome]]:
    return [(kind.name, outcome) for kind, outcome in outcomes(project, target, per_class, seed, names)]


def _in_parallel(work: Callable[[list[str]], list], names: list[str]) -> Iterator[list]:
    """`work` on the classes, divided between the processors; each class draws for itself, so
    how they are divided decides nothing.
    """
    context = multiprocessing.get_context("fork")  # the children inherit what can't be pickled
    count = min(os.cpu_count() or 1, len(names))
    waiting = []
    for part in (names[number::count] for number in range(count)):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_send, args=(sender, work, part), daemon=True)
        child.start()
        sender.close()
        waiting.append((child, receiver))
    for child, receiver in waiting:
        try:
            found = receiver.recv()
        except EOFError as error:
            raise Unhandled("en del av skadeprovet avbröts") from error
        child.join()
        if isinstance(found, Exception):
            raise found
        yield found


def _send(sender: Connection, work: Callable[[list[str]], list], names: list[str]) -> None:
    try:
        sender.send(work(names))
    except Exception as error:
        sender.send(Unhandled(str(error)))


def _summed(kind: DamageClass, target: Target, found: list[Outcome]) -> ClassResult:
    demanded = [o for o in found if o.damage.demand == MUST]
    silent = [o for o in found if o.damage.demand == CANNOT]
    kinds: dict[str, dict[str, int]] = {}
    for outcome in found:
        of_demand = kinds.setdefault(outcome.damage.demand, {})
        of_demand[outcome.kind or "ingen"] = of_demand.get(outcome.kind or "ingen", 0) + 1
    return ClassResult(
        klass=kind.name,
        titel=kind.title,
        antal=len(found),
        krav=len(demanded),
        krav_stoppade=sum(o.stopped for o in demanded),
        upptackta_utan_krav=sum(o.kind is not None for o in silent),
        ofarliga=sum(o.damage.demand == HARMLESS for o in found),
        ofarliga_godtagna=sum(o.damage.demand == HARMLESS and not o.stopped and o.same_tables for o in found),
        utfall=kinds,
        annan_kalla=target.second_source(kind) if silent else "",
        exempel=_example(demanded),
        exempel_utan_krav=_example(silent),
    )


def _example(outcomes: list[Outcome]) -> Example | None:
    """The first of the damages that was noticed, with its message."""
    told = [outcome for outcome in outcomes if outcome.finding is not None]
    return Example(told[0].damage.what, "\n".join(told[0].finding.lines())) if told else None
