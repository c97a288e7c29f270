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
import random
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ojbrottsoffer.ingest import skl2016
from ojbrottsoffer.ingest.raw import read_grid
from ojbrottsoffer.paths import Project
from ojbrottsoffer.quality.gate import ingest_and_check
from ojbrottsoffer.quality.mutation_result import ClassResult, Example, MutationResult
from ojbrottsoffer.quality.validate import Passed
from ojbrottsoffer.tables.findings import UPPLYSNING, DataError, Finding, show

Grid = list[list[str]]
Cell = tuple[str, int, int]
"""File, row and column, counted from 0."""

MUST, CANNOT, HARMLESS = "maste", "kan-inte", "ofarlig"
"""What is demanded of a damage: to be stopped, nothing (one source can't tell), to be accepted."""


@dataclass(frozen=True)
class Target:
    """The files of one source as grids, and what their cells mean.

    `folder`: the source's folder in `data/raw/`. `answers`, `totals`, `shares`, `placings`,
    `groups`: cells. `labels`: cells with an indicator's label. `units`: cells with a unit's name.
    `areas`: cells with a quality or indicator area. `encode`: a grid as the file's bytes.
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
    encode: Callable[[Grid], bytes] = field(default=lambda grid: encode_csv(grid))

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

    def answer_columns(self) -> dict[tuple[str, int], list[Cell]]:
        """File and column -> its answer cells, from the top."""
        columns: dict[tuple[str, int], list[Cell]] = {}
        for cell in self.answers:
            columns.setdefault((cell[0], cell[2]), []).append(cell)
        return columns


def encode_csv(grid: Grid) -> bytes:
    """Comma-separated UTF-8 with `\\n`, as the transcribed files are written."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(grid)
    return out.getvalue().encode("utf-8")


def skl2016_target(project: Project) -> Target:
    """SKL's tables 1 and 2, part by part."""
    folder = project.raw / skl2016.KALLA_ID
    grids = {path.name: read_grid(path, path.name) for path in sorted(folder.glob("tabell-*.csv"))}
    found: dict[str, list[Cell]] = {name: [] for name in
                                    ("answers", "labels", "units", "totals", "shares", "areas",
                                     "placings", "groups")}
    for file, grid in grids.items():
        if file.startswith("tabell-2"):
            for row in range(2, len(grid)):
                found["labels"].append((file, row, 2))
                found["shares"].append((file, row, 3))
                found["areas"] += [(file, row, column) for column in (0, 1) if grid[row][column]]
            continue
        found["units"] += [(file, 1, column) for column in range(1, len(grid[1]))]
        first = 6 if "-sida-1-" in file else 2
        for name, row in (("groups", 2), ("totals", 4), ("placings", 5)):
            if first == 6:
                found[name] += [(file, row, column) for column in range(1, len(grid[row]))]
        for row in range(first, len(grid)):
            found["labels"].append((file, row, 0))
            found["answers"] += [(file, row, column) for column in range(1, len(grid[row]))]
    return Target(folder=skl2016.KALLA_ID, grids=grids, **found)


@dataclass(frozen=True)
class Damage:
    """One damage: the new bytes of the files it changes (None: the file is gone)."""

    what: str
    files: dict[str, bytes | None]
    demand: str


Maker = Callable[[random.Random, Target], Damage | None]


@dataclass(frozen=True)
class DamageClass:
    """A way to damage. `second`: which other source could tell, if one source can't."""

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


def _flip(rng: random.Random, target: Target, pair: tuple[str, str], demand: str) -> Damage | None:
    cells = [cell for cell in target.answers if target.value(cell) in pair]
    if not cells:
        return None
    cell = rng.choice(cells)
    old = target.value(cell)
    new = pair[1 - pair.index(old)]
    return Damage(f"{old} blir {new}", target.with_cells({cell: new}), demand)


NATION = ("Rikets andel visar bara det osannolika. Enhetens egna svar till Socialstyrelsen skulle "
          "visa resten.")


@damage("cell-0-2", "Ett svar ändras mellan Nej och Ja")
def _flip_02(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("0", "2"), MUST)


@damage("cell-1-2", "Ett svar ändras mellan Delvis och Ja")
def _flip_12(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("1", "2"), MUST)


@damage("cell-0-1", "Ett svar ändras mellan Nej och Delvis",
        "Antalet ja är oförändrat. Enhetens egna svar till Socialstyrelsen skulle visa det.")
def _flip_01(rng: random.Random, target: Target) -> Damage | None:
    return _flip(rng, target, ("0", "1"), CANNOT)


@damage("ogiltig-kod", "Ett svar får en kod som inte finns")
def _invalid_code(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.answers)
    new = rng.choice(["3", "-1", "2.0", "2 ", "Ja", "NaN", "", "02", "²", "1,0"])
    return Damage(f"{show(target.value(cell))} blir {show(new)}",
                  target.with_cells({cell: new}), MUST)


@damage("svar-i-tva-kolumner", "Två enheter byter svar i en del av tabellen", NATION)
def _columns_swapped(rng: random.Random, target: Target) -> Damage:
    columns = target.answer_columns()
    file = rng.choice(sorted({file for file, _ in columns}))
    a, b = rng.sample([cells for (name, _), cells in columns.items() if name == file], 2)
    changes = {}
    for first, second in zip(a, b, strict=True):
        changes |= {first: target.value(second), second: target.value(first)}
    if all(target.value(cell) == text for cell, text in changes.items()):
        return _columns_swapped(rng, target)
    same = sum(target.value(c) == "2" for c in a) == sum(target.value(c) == "2" for c in b)
    return Damage("svaren byter kolumn" + (", lika många ja" if same else ""),
                  target.with_cells(changes), CANNOT if same else MUST)


@damage("kolumner-byter-plats", "Två kolumner byter plats, med rubrik")
def _columns_moved(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.units}))
    grid = deepcopy(target.grids[file])
    a, b = rng.sample(range(1, len(grid[1])), 2)
    for row in grid[1:]:
        row[a], row[b] = row[b], row[a]
    return Damage(f"kolumn {a + 1} och {b + 1} byter plats", target.with_grid(file, grid), MUST)


@damage("kolumn-forskjuten", "En enhets svar förskjuts en rad i en del av tabellen", NATION)
def _column_shifted(rng: random.Random, target: Target) -> Damage | None:
    cells = rng.choice(list(target.answer_columns().values()))
    texts = [target.value(cell) for cell in cells]
    moved = texts[-1:] + texts[:-1]
    if moved == texts:
        return None
    return Damage("svaren förskjuts en rad nedåt",
                  target.with_cells(dict(zip(cells, moved, strict=True))), CANNOT)


@damage("celler-i-kolumn", "Två svar i en kolumn byter plats", NATION)
def _cells_swapped(rng: random.Random, target: Target) -> Damage | None:
    cells = rng.choice(list(target.answer_columns().values()))
    a, b = rng.sample(cells, 2)
    if target.value(a) == target.value(b):
        return None
    return Damage("två celler i samma kolumn byter plats",
                  target.with_cells({a: target.value(b), b: target.value(a)}), CANNOT)


@damage("svar-i-tva-rader", "Svaren på två frågor byter plats i en del av tabellen", NATION)
def _answers_of_rows_swapped(rng: random.Random, target: Target) -> Damage | None:
    file, row_a, _ = rng.choice(target.answers)
    row_b = rng.choice(sorted({row for name, row, _ in target.answers if name == file}))
    grid = deepcopy(target.grids[file])
    if grid[row_a][1:] == grid[row_b][1:]:
        return None
    grid[row_a][1:], grid[row_b][1:] = grid[row_b][1:], grid[row_a][1:]
    return Damage("svaren på två rader byter plats", target.with_grid(file, grid), CANNOT)


@damage("rader-byter-plats", "Två rader byter plats")
def _rows_swapped(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted({file for file, _, _ in target.labels}))
    a, b = rng.sample(sorted({row for name, row, _ in target.labels if name == file}), 2)
    grid = deepcopy(target.grids[file])
    grid[a], grid[b] = grid[b], grid[a]
    return Damage(f"rad {a + 1} och {b + 1} byter plats", target.with_grid(file, grid), MUST)


@damage("rad-borta", "En rad försvinner")
def _row_deleted(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    row = rng.randrange(2, len(grid))
    del grid[row]
    return Damage(f"rad {row + 1} försvinner", target.with_grid(file, grid), MUST)


@damage("rad-dubbel", "En rad upprepas")
def _row_duplicated(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    row = rng.randrange(2, len(grid))
    grid.insert(rng.randrange(row, len(grid) + 1), list(grid[row]))
    return Damage(f"rad {row + 1} upprepas", target.with_grid(file, grid), MUST)


@damage("rad-till-annan-del", "En rad flyttas till en annan del av tabellen")
def _row_moved(rng: random.Random, target: Target) -> Damage:
    file, row, _ = rng.choice(target.labels)
    same_width = [name for name in sorted(target.grids) if name != file
                  and len(target.grids[name][1]) == len(target.grids[file][1])]
    other = rng.choice(same_width)
    grid, elsewhere = deepcopy(target.grids[file]), deepcopy(target.grids[other])
    moved = grid.pop(row)
    elsewhere.insert(rng.randrange(2, len(elsewhere) + 1), moved)
    return Damage(f"rad {row + 1} flyttas till {other}",
                  target.with_grid(file, grid) | target.with_grid(other, elsewhere), MUST)


def _misspelt(rng: random.Random, text: str) -> str:
    """`text` with one letter changed, dropped or doubled."""
    places = [i for i, char in enumerate(text) if char.isalpha()]
    i = rng.choice(places)
    new = rng.choice([text[:i] + text[i + 1:], text[:i] + text[i] * 2 + text[i + 1:],
                      text[:i] + rng.choice("abdefgnort") + text[i + 1:]])
    return new if new != text else _misspelt(rng, text)


@damage("etikett", "En bokstav i en etikett ändras")
def _label_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.labels + target.areas)
    return Damage("en bokstav i etiketten ändras",
                  target.with_cells({cell: _misspelt(rng, target.value(cell))}), MUST)


@damage("enhet-omdopt", "En enhet får ett annat namn")
def _unit_renamed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.units)
    others = sorted({target.value(c) for c in target.units} - {target.value(cell)})
    new = rng.choice([_misspelt(rng, target.value(cell)), rng.choice(others)])
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), MUST)


@damage("enhet-borta", "En enhets kolumn försvinner")
def _unit_removed(rng: random.Random, target: Target) -> Damage:
    file, _, column = rng.choice(target.units)
    grid = [row[:column] + row[column + 1:] for row in target.grids[file]]
    return Damage(f"kolumn {column + 1} försvinner", target.with_grid(file, grid), MUST)


@damage("enhet-ny", "En kolumn för mycket")
def _unit_added(rng: random.Random, target: Target) -> Damage:
    file, _, column = rng.choice(target.units)
    name = rng.choice(["Testkommun 001", target.grids[file][1][column]])
    grid = [[*row[:column], name if number == 1 else row[column], *row[column:]]
            for number, row in enumerate(target.grids[file])]
    return Damage(f"kolumnen {show(name)} läggs till", target.with_grid(file, grid), MUST)


@damage("rubrik", "Rubriken skadas")
def _header_damaged(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    grid = deepcopy(target.grids[file])
    kind = rng.choice(["titel", "rubrikrad borta", "tom rubrikcell", "första raden borta"])
    if kind == "titel":
        grid[0][0] = grid[0][0].replace("1", "9").replace("TABELL 2", "TABELL 3")
    elif kind == "rubrikrad borta":
        del grid[1]
    elif kind == "tom rubrikcell":
        grid[1][rng.randrange(1, len(grid[1]))] = ""
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
    row = rng.randrange(1, len(lines))
    place = lines[row].rfind(",")
    lines[row] = lines[row][:place] + new + lines[row][place + 1:]
    return Damage(f"ett komma på rad {row + 1} blir {show(new)}",
                  {file: "".join(lines).encode()}, MUST)


@damage("citattecken", "Ett citattecken öppnas och stängs inte")
def _quote_opened(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    lines = target.data(file).decode().splitlines(keepends=True)
    row = rng.randrange(2, len(lines))
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
    data = text[:place].encode() + letter.encode("latin-1") + text[place + 1:].encode()
    return Damage(f"ett {letter}", {file: data}, MUST)


@damage("osynliga-tecken", "Ett osynligt tecken smyger sig in")
def _invisible(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.answers + target.labels + target.units + target.shares
                      + target.totals)
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
    file, other = rng.sample(sorted(target.grids), 2)
    kind = rng.choice(["saknas", "är tom", f"har innehållet i {other}"])
    data = {"saknas": None, "är tom": b""}.get(kind, target.data(other))
    return Damage(f"{file} {kind}", {file: data}, MUST)


@damage("andel-tio-fel", "En andel för riket är fel med tio procentenheter",
        "Socialstyrelsens webbsida har tre av andelarna för 2015; för de andra saknas en andra "
        "källa.")
def _share_off(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.shares)
    share = int(target.value(cell).split()[0])
    new = share + rng.choice([step for step in (-10, 10) if 0 <= share + step <= 100])
    return Damage(f"{share} blir {new}", target.with_cells({cell: f"{new} %"}), CANNOT)


@damage("andel-ogiltig", "En andel är över 100, har decimaler eller saknar procenttecken")
def _share_invalid(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.shares)
    share = target.value(cell).split()[0]
    new = rng.choice([f"1{share.zfill(2)} %", f"{share},5 %", f"{share}.5 %", f"{share}%", share,
                      f"-{share} %", f"{share} procent", ""])
    return Damage(f"{show(target.value(cell))} blir {show(new)}",
                  target.with_cells({cell: new}), MUST)


@damage("antal-ja", "Ett publicerat antal ja-svar ändras")
def _total_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.totals)
    total = target.value(cell)
    new = str(int(total) + rng.choice([-10, -5, -2, -1, 1, 2, 5, 10, 20]))
    return Damage(f"{total} blir {new}", target.with_cells({cell: new}), MUST)


@damage("omrade-flyttat", "Ett kvalitets- eller indikatorområde flyttas en rad")
def _area_moved(rng: random.Random, target: Target) -> Damage | None:
    file, row, column = rng.choice(target.areas)
    grid = deepcopy(target.grids[file])
    to = row + rng.choice([-1, 1])
    if not 2 <= to < len(grid) or grid[to][column]:
        return None
    grid[to][column], grid[row][column] = grid[row][column], ""
    return Damage(f"området flyttas från rad {row + 1} till {to + 1}",
                  target.with_grid(file, grid), MUST)


@damage("placering", "En placering hos Unizon ändras",
        "Unizons egen lista har tre av de sex placeringarna; för de andra saknas en andra källa.")
def _placing_changed(rng: random.Random, target: Target) -> Damage | None:
    cell = rng.choice(target.placings)
    if not target.value(cell).isdigit():
        return None
    new = str(int(target.value(cell)) + rng.choice([1, 2, 10, 30]))
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), CANNOT)


@damage("befolkningsgrupp", "En befolkningsgrupp ändras till en annan",
        "Invånarantalen från SCB för 2015 skulle visa det.")
def _group_changed(rng: random.Random, target: Target) -> Damage:
    cell = rng.choice(target.groups)
    new = rng.choice(sorted(set("12345") - {target.value(cell)}))
    return Damage(f"{target.value(cell)} blir {new}", target.with_cells({cell: new}), CANNOT)


@damage("byteordningsmarke", "Filen får ett byteordningsmärke (BOM)")
def _bom(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    return Damage(file, {file: b"\xef\xbb\xbf" + target.data(file)}, HARMLESS)


@damage("radslut", "Filen får Windows radslut, eller en rad mer eller mindre i slutet")
def _line_ends(rng: random.Random, target: Target) -> Damage:
    file = rng.choice(sorted(target.grids))
    data = target.data(file)
    new = rng.choice([data.replace(b"\n", b"\r\n"), data + b"\n", data.rstrip(b"\n"),
                      data + b"\n\n", data.rstrip(b"\n") + b"\r\n"])
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
    project: Project, target: Target, per_class: int, seed: int, names: list[str] | None = None,
) -> Iterator[tuple[DamageClass, Outcome]]:
    """Damages a scratch copy, `per_class` times per class, and yields what the gate said.

    The same seed gives the same damages. Raises `Unhandled` if the gate raises anything but
    `DataError`.
    """
    passed: Passed = {}
    with TemporaryDirectory() as folder:
        scratch = _scratch_copy(project, Path(folder))
        clean = ingest_and_check(scratch, passed)
        files, known = clean.files(), set(clean.report.notices)
        for name in names or CLASSES:
            kind = CLASSES[name]
            rng = random.Random(f"{seed} {name}")
            for made in _made(rng, kind, target, per_class):
                for file, data in made.files.items():
                    _write(scratch.raw / target.folder / file, data)
                try:
                    yield kind, _judge(scratch, made, passed, files, known)
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
        yield candidate


def _judge(
    scratch: Project, made: Damage, passed: Passed, files: dict[str, bytes], known: set[Finding]
) -> Outcome:
    checked = ingest_and_check(scratch, passed)
    new = [notice for notice in checked.report.notices if notice not in known]
    same = checked.files() == files
    return Outcome(made, new[0].kind if new else None, new[0] if new else None, same)


def _scratch_copy(project: Project, folder: Path) -> Project:
    for source in (project.raw, project.reference, project.expectations):
        shutil.copytree(source, folder / source.relative_to(project.root))
    return Project(folder)


def _write(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)


def run(
    project: Project, target: Target, per_class: int, seed: int,
    progress: Callable[[str], None] = lambda text: None,
) -> MutationResult:
    """Every class, summed up. The outcome depends only on the files, the rules and the seed."""
    collected: dict[str, list[Outcome]] = {name: [] for name in CLASSES}
    for kind, outcome in outcomes(project, target, per_class, seed):
        if not collected[kind.name]:
            progress(kind.title)
        collected[kind.name].append(outcome)
    return MutationResult(
        kalla_id=target.folder, fro=seed,
        klasser=[_summed(CLASSES[name], found) for name, found in collected.items() if found],
    )


def _summed(kind: DamageClass, found: list[Outcome]) -> ClassResult:
    demanded = [o for o in found if o.damage.demand == MUST]
    told = [o for o in found if o.finding is not None]
    kinds: dict[str, dict[str, int]] = {}
    for outcome in found:
        of_demand = kinds.setdefault(outcome.damage.demand, {})
        of_demand[outcome.kind or "ingen"] = of_demand.get(outcome.kind or "ingen", 0) + 1
    return ClassResult(
        klass=kind.name, titel=kind.title, antal=len(found),
        krav=len(demanded), krav_stoppade=sum(o.stopped for o in demanded),
        upptackta_utan_krav=sum(
            o.kind is not None for o in found if o.damage.demand == CANNOT),
        ofarliga=sum(o.damage.demand == HARMLESS for o in found),
        ofarliga_godtagna=sum(
            o.damage.demand == HARMLESS and not o.stopped and o.same_tables for o in found),
        utfall=kinds, annan_kalla=kind.second,
        exempel=_example(told[0]) if told else None,
    )


def _example(outcome: Outcome) -> Example:
    return Example(outcome.damage.what, "\n".join(outcome.finding.lines()))
