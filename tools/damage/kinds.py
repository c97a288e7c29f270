"""The ways to damage a source, each a class of damages. A damage knows only the `Target`."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from ojbrottsoffer.checks.records.damage_classes import OF_A_SOURCE
from ojbrottsoffer.checks.records.damage_record import CANNOT, HARMLESS, MUST
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.sources.skl2016 import MISSING_MARK
from tools.damage.target import Cell, Target


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


def damage(name: str, second: str = "") -> Callable[[Maker], Maker]:
    """Registers a function as a declared class of damages."""

    def register(make: Maker) -> Maker:
        CLASSES[name] = DamageClass(name, OF_A_SOURCE[name], make, second)
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


@damage("cell-0-2")
def _flip_02(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("0", "2"))


@damage("cell-1-2")
def _flip_12(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("1", "2"))


@damage("cell-0-1", "Antalet ja är oförändrat. Enhetens egna svar till Socialstyrelsen skulle visa det.")
def _flip_01(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("0", "1"))


@damage("ogiltig-kod")
def _invalid_code(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.answers)
    new = rng.choice(["3", "-1", "2.0", "2 ", "Ja", "NaN", "", "02", "²", "1,0"])
    return _cells_changed(f"{show(target.value(cell))} blir {show(new)}", target, {cell: new})


@damage("svar-i-tva-kolumner", NATION)
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


@damage("kolumner-byter-plats")
def _columns_moved(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.units}))
    grid = deepcopy(target.grids[file])
    a, b = rng.sample(range(1, len(grid[target.heading])), 2)
    for row in grid[target.heading :]:
        row[a], row[b] = row[b], row[a]
    return Damage(f"kolumn {a + 1} och {b + 1} byter plats", target.with_grid(file, grid), target.moved)


@damage("kolumn-forskjuten", NATION)
def _column_shifted(rng: random.Random, target: Target) -> Damage | None:
    cells = rng.choice(list(target.of_units().values()))
    texts = [target.value(cell) for cell in cells]
    moved = texts[-1:] + texts[:-1]
    if moved == texts:
        return None
    return _cells_changed("svaren förskjuts ett steg", target, dict(zip(cells, moved, strict=True)))


@damage("celler-i-kolumn", NATION)
def _cells_swapped(rng: random.Random, target: Target) -> Damage | None:
    cells = rng.choice(list(target.of_units().values()))
    a, b = rng.sample(cells, 2)
    if target.value(a) == target.value(b):
        return None
    return _cells_changed(
        "två av enhetens svar byter plats", target, {a: target.value(b), b: target.value(a)}
    )


@damage("svar-i-tva-rader", NATION)
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


@damage("rader-byter-plats")
def _rows_swapped(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.labels}))
    a, b = rng.sample(target.rows(file), 2)
    grid = deepcopy(target.grids[file])
    grid[a], grid[b] = grid[b], grid[a]
    return Damage(f"rad {a + 1} och {b + 1} byter plats", target.with_grid(file, grid), target.moved)


@damage("rad-borta")
def _row_deleted(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    row = rng.randrange(target.heading + 1, len(grid))
    del grid[row]
    return Damage(f"rad {row + 1} försvinner", target.with_grid(file, grid), MUST)


@damage("rad-dubbel")
def _row_duplicated(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    row = rng.randrange(target.heading + 1, len(grid))
    grid.insert(rng.randrange(row, len(grid) + 1), list(grid[row]))
    return Damage(f"rad {row + 1} upprepas", target.with_grid(file, grid), MUST)


@damage("rad-till-annan-del")
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


@damage("etikett")
def _label_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.labels + target.areas)
    return Damage(
        "en bokstav i etiketten ändras", target.with_cells({cell: _misspelt(rng, target.value(cell))}), MUST
    )


@damage("enhet-omdopt")
def _unit_renamed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.units)
    others = sorted({target.value(c) for c in target.units} - {target.value(cell)})
    known = [target.acquaintance] if target.acquaintance else []
    new = rng.choice([_misspelt(rng, target.value(cell)), rng.choice(others), *known])
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), MUST)


@damage(
    "enheter-byter-namn",
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


@damage("enhet-borta")
def _unit_removed(rng: random.Random, target: Target) -> Damage:
    file, row, column = rng.choice(target.units)
    grid = deepcopy(target.grids[file])
    if target.units_in_rows:
        del grid[row]
        return Damage(f"rad {row + 1} försvinner", target.with_grid(file, grid), MUST)
    for cells in grid:
        del cells[column : column + 1]
    return Damage(f"kolumn {column + 1} försvinner", target.with_grid(file, grid), MUST)


@damage("enhet-ny")
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


@damage("rubrik")
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


@damage("avskiljare")
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


@damage("citattecken")
def _quote_opened(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    lines = target.data(file).decode().splitlines(keepends=True)
    row = rng.randrange(target.heading + 1, len(lines))
    place = lines[row].rfind(",") + 1
    lines[row] = lines[row][:place] + '"' + lines[row][place:]
    return Damage(f"ett citattecken på rad {row + 1}", {file: "".join(lines).encode()}, MUST)


@damage("latin-1")
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


@damage("osynliga-tecken")
def _invisible(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.answers + target.labels + target.units + target.shares + target.totals)
    text = target.value(cell)
    char = rng.choice(["\u00a0", "\u200b", "\u2060", "\u00ad", "\u202f", "\ufeff"])
    place = rng.randrange(len(text) + 1)
    if place == 0 and cell[1:] == (0, 0):
        place = 1
    return Damage(show(char), target.with_cells({cell: text[:place] + char + text[place:]}), MUST)


@damage("avklippt")
def _truncated(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    data = target.data(file)
    length = rng.randrange(0, len(data) - 1)
    return Damage(f"{len(data) - length} byte saknas", {file: data[:length]}, MUST)


@damage("fil-borta")
def _file_lost(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    ways = {"saknas": None, "är tom": b""}
    others = sorted(set(target.grids) - {file})
    if others:
        other = rng.choice(others)
        ways[f"har innehållet i {other}"] = target.data(other)
    kind = rng.choice(list(ways))
    return Damage(f"{file} {kind}", {file: ways[kind]}, MUST)


@damage("andel-tio-fel")
def _share_off(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.shares)
    share = int(target.value(cell).split()[0])
    new = share + rng.choice([step for step in (-10, 10) if 0 <= share + step <= 100])
    return _cells_changed(f"{share} blir {new}", target, {cell: f"{new} %"})


@damage("andel-ogiltig")
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


@damage("antal-ja")
def _total_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.totals)
    total = target.value(cell)
    new = str(int(total) + rng.choice([-10, -5, -2, -1, 1, 2, 5, 10, 20]))
    return Damage(f"{total} blir {new}", target.with_cells({cell: new}), MUST)


@damage("omrade-flyttat")
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


@damage("placering")
def _placing_changed(rng: random.Random, target: Target) -> Damage | None:
    if not target.placings:
        return None
    cell = rng.choice(target.placings)
    if target.value(cell).isdigit():
        new = rng.choice([str(int(target.value(cell)) + step) for step in (1, 2, 10, 30)] + [MISSING_MARK])
    else:
        new = str(rng.randrange(1, 201))
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), CANNOT)


@damage("befolkningsgrupp")
def _group_changed(rng: random.Random, target: Target) -> Damage | None:
    if not target.groups:
        return None
    cell = rng.choice(target.groups)
    new = rng.choice(["", *sorted(set("12345") - {target.value(cell)})])
    # A printed table has no empty cell; in a file the group may be missing, and is told.
    demand = MUST if not new and target.in_order else CANNOT
    return Damage(f"{target.value(cell)} blir {new or 'tom'}", target.with_cells({cell: new}), demand)


@damage("omrade-i-sverige")
def _region_changed(rng: random.Random, target: Target) -> Damage | None:
    if not target.regions:
        return None
    cell = rng.choice(target.regions)
    new = rng.choice(sorted({target.value(c) for c in target.regions} - {target.value(cell)}))
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), CANNOT)


@damage("byteordningsmarke")
def _bom(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    return Damage(file, {file: b"\xef\xbb\xbf" + target.data(file)}, HARMLESS)


@damage("radslut")
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
