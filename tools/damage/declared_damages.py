"""Damages that follow from the declarations: every file and every column, in every way that fits its type.

One file at a time (for the public tables: all of them at once), with the same damage in every column
or value of it, each in a row of its own. What was told of each place is counted for itself.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import yaml

from ojbrottsoffer.checks.damage_classes import OF_EVERYTHING
from ojbrottsoffer.checks.damage_record import MUST, ClassResult, Example, MutationResult
from ojbrottsoffer.checks.expectations.declared import demands, known_values
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.checks.places import FOLDERS, RECORDS_OF_RUNS, check_places
from ojbrottsoffer.checks.publishable import unfit_texts, years_to_come
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.columns import DATES
from ojbrottsoffer.schema.finding import UPPLYSNING, DataError, Finding
from ojbrottsoffer.schema.model import Column, Table
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.inputs import read_all
from ojbrottsoffer.sources.parse.json_records import stamp
from ojbrottsoffer.sources.parse.yaml_files import composed, line_at
from ojbrottsoffer.sources.reference.register_rules import DECLARED
from tools.damage.contradicting_rows import (
    BETWEEN,
    DECIDED,
    PLACES,
    Tried,
    between,
    decided,
    moved,
    other_units,
)
from tools.damage.invented_records import RECORDS
from tools.damage.lost_rows import LOST, lists
from tools.damage.outcomes import scratch_copy
from tools.damage.typed_values import TYPES, Typed, deepest, replaced
from tools.nation.invented import register
from tools.nation.key_figures import write_fetched

SCOPE = "Alla filer och alla tabellers kolumner"


TEXTS: dict[str, Callable[[str], str]] = {
    "text-styrtecken": lambda text: f"{text}\x07x",
    "text-osynligt": lambda text: f"{text}\u200bx",
    "text-riktning": lambda text: f"\u202e{text}",
    "text-etikettecken": lambda text: f"{text}\U000e0041x",
    "text-radbrytning": lambda text: f"{text}\u2028x",
    "text-olasligt": lambda text: f"{text}\ufffd",
    "text-otilldelat": lambda text: f"{text}\U000e0fff",
    "text-accenter": lambda text: f"{text}e\u0301\u0302\u0303",
    "text-i-delar": lambda text: f"{text}a\u030a",
    "text-alfabet": lambda text: f"{text}А",
    "text-mellanrum": lambda text: f" {text}",
    "text-formel": lambda text: f"\u00a0=1+{text}",
    "text-formel-citat": lambda text: f"'=1+{text}",
    "text-formel-semikolon": lambda text: f"{text};=1",
    "text-for-lang": lambda text: "x" * 100_000 + text,
    "tal-for-langt": lambda text: f"{'9' * 400}{sum(map(ord, text))}",
}
"""Ways to spoil any text, tried in every column of every raw and reference table, every value of every YAML file
and every text column of every public table.
"""


def whole_result(project: Project, seed: int) -> MutationResult:
    """Every class on every file. How the classes are divided between the processors decides nothing."""
    names = list(OF_EVERYTHING)
    count = os.cpu_count() or 1
    shares = [set(names[number::count]) for number in range(count)]
    with ProcessPoolExecutor(count) as pool:
        parts = list(pool.map(partial(declared_result, project, seed), shares))
    found = {row.klass: row for part in parts for row in part.klasser}
    return replace(parts[0], klasser=[found[name] for name in names if name in found])


def declared_result(
    project: Project,
    seed: int,
    names: set[str] | None = None,
    files: Callable[[Path], bool] = lambda path: True,
) -> MutationResult:
    """Every class, or those with these `names`, on every file that `files` takes."""
    chosen = [name for name in OF_EVERYTHING if names is None or name in names]
    found: dict[str, list[Tried]] = {name: [] for name in chosen}
    frames = every_table(project) if {*TEXTS, *COLUMNS, *BETWEEN, UNITS} & set(chosen) else {}
    with TemporaryDirectory() as folder:
        scratch = scratch_copy(project, Path(folder))
        data = scratch.root / "data"
        tables, notes = (
            [path for path in sorted(data.rglob(f"*.{ending}")) if files(path)] for ending in ("csv", "yml")
        )
        records = [path for path in map(scratch.root.joinpath, RECORDS_OF_RUNS) if files(path)]
        for name in chosen:
            found[name] += _damaged(scratch, frames, name, files, tables, notes, records)
    return MutationResult(
        **stamp(),
        kalla_id="alla",
        fro=seed,
        omfang=SCOPE,
        klasser=[summed(name, tried) for name, tried in found.items() if tried],
    )


def _damaged(
    scratch: Project,
    frames: dict[str, pd.DataFrame],
    name: str,
    files: Callable[[Path], bool],
    tables: list[Path],
    notes: list[Path],
    records: list[Path],
) -> Iterator[Tried]:
    """Every damage of one class."""
    if name in TEXTS:
        for path in tables:
            yield from in_table(scratch, path, TEXTS[name])
        for path in notes:
            yield from in_values(scratch, path, TEXTS[name])
        yield from in_text_columns(frames, TEXTS[name])
    elif name in TYPES:
        for path in notes:
            yield from in_types(scratch, path, TYPES[name])
    elif name in FILES | RECORDS:
        for path in notes if name in FILES else records:
            yield _whole(scratch, path, (FILES | RECORDS)[name])
    elif name == SWAPPED:
        yield from swapped_meanings(scratch, files)
    elif name == PLACED:
        yield from placed_anywhere(scratch)
    elif name in BETWEEN:
        yield from between(scratch, frames, name)
    elif name == UNITS:
        yield from other_units(scratch, frames)
    elif name in PLACES:
        yield from moved(scratch, name)
    elif name in DECIDED:
        yield from decided(scratch, _findings, name)
    elif name in LOST:
        for path in filter(files, lists(scratch)):
            for which, text in LOST[name](path):
                found = _findings(scratch, path, text)
                yield Tried(f"{scratch.relative(path)}, {which}", next(iter(found), None))
    else:
        yield from in_declared_columns(frames, COLUMNS[name])


def every_table(project: Project) -> dict[str, pd.DataFrame]:
    """The public tables, with invented values in those that are empty until somebody has fetched them."""
    with TemporaryDirectory() as folder:
        copy = scratch_copy(project, Path(folder))
        with (copy.reference / "kommuner.csv").open("a", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(vars(place).values() for place in register(3))
        write_fetched(copy, (2023, 2024), "2026-01-01")
        return ingest_and_check(copy, guard=False).tables


def summed(name: str, tried: list[Tried]) -> ClassResult:
    """All must stop: what one file can't tell is no damage to its form."""
    kinds: dict[str, int] = {}
    for one in tried:
        kind = one.told.kind if one.told else "ingen"
        kinds[kind] = kinds.get(kind, 0) + 1
    told = next((one for one in tried if one.told), None)
    return ClassResult(
        klass=name,
        titel=OF_EVERYTHING[name],
        antal=len(tried),
        krav=len(tried),
        krav_stoppade=sum(one.told is not None and one.told.kind != UPPLYSNING for one in tried),
        upptackta_utan_krav=0,
        ofarliga=0,
        ofarliga_godtagna=0,
        utfall={MUST: kinds},
        annan_kalla="",
        exempel=Example(told.place, "\n".join(told.told.lines())) if told else None,
    )


def in_table(scratch: Project, path: Path, spoil: Callable[[str], str]) -> list[Tried]:
    """A file of cells with every column damaged, each in a row of its own as far as rows go."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    width = max(map(len, rows))
    whole = [number for number, row in enumerate(rows) if len(row) == width][1:]
    if not whole:
        return []
    places = []
    for column in range(width):
        row = whole[column % len(whole)]
        rows[row][column] = spoil(rows[row][column])
        places.append((row + 1, rows[row][column]))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    findings = _findings(scratch, path, out.getvalue())
    file = scratch.relative(path)
    return [
        Tried(
            f"{file} rad {row}",
            next((f for f in findings if f.file == file and f.row == row and f.value == text), None),
        )
        for row, text in places
    ]


def in_values(scratch: Project, path: Path, spoil: Callable[[str], str]) -> list[Tried]:
    """A YAML file with every text damaged."""
    spoilt: list[str] = []

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: changed(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [changed(inner) for inner in value]
        if isinstance(value, str):
            spoilt.append(spoil(value))
            return spoilt[-1]
        return value

    content = changed(yaml.safe_load(path.read_text(encoding="utf-8")))
    findings = _findings(scratch, path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    file = scratch.relative(path)
    told: dict[str | None, list[Finding]] = {}
    for finding in findings:
        if finding.file == file:
            told.setdefault(finding.value, []).append(finding)
    # A file that has grown too large is refused as a whole, before any of its values is read.
    whole = next((one for one in findings if one.file == file and "för stor" in one.what), None)
    return [
        Tried(f"{file}, värde {number}", told[text].pop() if told.get(text) else whole)
        for number, text in enumerate(spoilt, start=1)
    ]


FILES: dict[str, Callable[[str], str]] = {
    "yaml-djup": lambda text: "[" * 20_000 + "]" * 20_000,
    "yaml-alias": lambda text: "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "yaml-stor": lambda text: f"{text}\n#{'x' * 1_000_000}\n",
    "yaml-dubbelt": lambda text: "a: 1\na: 2\n",
    "yaml-no": lambda text: "no: 1\n",
    "yaml-tal": lambda text: f"a: {'9' * 400}\n",
    "yaml-typ": lambda text: "a: !!binary aGVq\n",
    "yaml-mangd": lambda text: "a: !!set {b, c}\n",
    "yaml-omskrivet": lambda text: "a: 010\n",
    "yaml-tid": lambda text: "a: 12:30:45\n",
    "yaml-samma": lambda text: "2024: a\n'2024': b\n",
    "yaml-trasig": lambda text: 'a: "b\n',
}
"""Ways to damage a YAML file as a whole: class -> its new text, given the old."""


def _whole(scratch: Project, path: Path, spoil: Callable[[str], str] | None) -> Tried:
    file = scratch.relative(path)
    findings = _findings(scratch, path, spoil and spoil(path.read_text(encoding="utf-8")))
    return Tried(file, next((finding for finding in findings if finding.file == file), None))


def in_types(scratch: Project, path: Path, other: Typed) -> Iterator[Tried]:
    """A YAML file with every value of another type, one level at a time; those that are not told of, because others
    are told of first, once more.
    """
    file, content = scratch.relative(path), yaml.safe_load(path.read_text(encoding="utf-8"))
    for depth in range(1, deepest(content) + 1):
        damaged, places = replaced(content, file, depth, other)
        while places:
            text = yaml.safe_dump(damaged, allow_unicode=True, sort_keys=False, width=10_000)
            rows = {one.row: one for one in _findings(scratch, path, text) if one.file == file}
            lines = composed(text)
            told = {place: rows.get(line_at(lines, place)) for place in places}
            left = [place for place, finding in told.items() if finding is None]
            for place, finding in told.items():
                if finding or len(left) == len(places):
                    yield Tried(f"{file}, {', '.join(map(str, place))}", finding)
            damaged, places = replaced(content, file, depth, other, left if len(left) < len(places) else ())


def _findings(scratch: Project, path: Path, text: str | None) -> list[Finding]:
    """What the reading says with the file changed, or gone; what the whole gate says, if that is nothing."""
    before = path.read_bytes()
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    try:
        if path.suffix != ".json":  # the gate begins with those
            read_all(scratch)
        ingest_and_check(scratch, guard=text is None)
    except DataError as error:
        return error.findings
    finally:
        path.write_bytes(before)
    return []


UNITS = "enhet-for-tal"
SWAPPED = "betydelse-byter-plats"
PLACED = "fil-okand"
FREE = {("indikatorer_kolada", "relation"), ("indikatorer_kolada", "skal")}
"""Columns that say what we think of a pair, not what its ids mean."""


def swapped_meanings(scratch: Project, files: Callable[[Path], bool]) -> Iterator[Tried]:
    """Every declared column of the reference tables, with the values of two rows in each other's place."""
    for name, (_, columns) in DECLARED.items():
        path = scratch.reference / f"{name}.csv"
        for column in columns if files(path) else ():
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
            at = rows[0].index(column)
            other = next((row for row in rows[2:] if row[at] != rows[1][at]), None)
            if other is None or (name, column) in FREE:
                continue
            rows[1][at], other[at] = other[at], rows[1][at]
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows(rows)
            findings = _findings(scratch, path, out.getvalue())
            yield Tried(f"{scratch.relative(path)}, {column}", next(iter(findings), None))


def placed_anywhere(scratch: Project) -> list[Tried]:
    """A file that no reader asks for in every folder that the gate reads."""
    folders = [
        scratch.root / name
        for top in FOLDERS
        for name in (top, *(path.relative_to(scratch.root) for path in (scratch.root / top).rglob("*/")))
    ]
    strange = [folder / "ny.csv" for folder in folders]
    for path in strange:
        path.write_bytes(b"a,b\n1,2\n")
    try:
        check_places(scratch)
        findings = []
    except DataError as error:
        findings = error.findings
    for path in strange:
        path.unlink()
    told = {finding.file: finding for finding in findings if finding.value == "ny.csv"}
    return [Tried(scratch.relative(path), told.get(scratch.relative(path.parent))) for path in strange]


def in_text_columns(frames: dict[str, pd.DataFrame], spoil: Callable[[str], str]) -> list[Tried]:
    """Every text column of the public tables, damaged in one row."""
    damaged, places = {}, []
    for name, table in TABLES.items():
        frame = damaged[name] = frames[name].copy()
        for number, column in enumerate(table.columns if len(frame) else ()):
            if column.type == "string":
                row = number % len(frame)
                old = frame.at[row, column.name]
                frame.at[row, column.name] = spoil("" if pd.isna(old) else old)
                places.append((name, column.name))
    told = {(finding.table, finding.column): finding for finding in unfit_texts(damaged)[1]}
    return [Tried(f"{table}, {column}", told.get((table, column))) for table, column in places]


Value = Callable[[Table, Column, pd.DataFrame], Any]
UNFIT = object()
"""Says that a damage does not fit a column."""


def _code(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    if not column.codes:
        return UNFIT
    return 99 if column.type == "integer" else "finns-inte"


def _below(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    return column.minimum - 1 if column.minimum is not None and not column.codes else UNFIT


def _above(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    return column.maximum + 1 if column.maximum is not None and not column.codes else UNFIT


def _form(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    return "Fel form!" if column.pattern else UNFIT


def _empty(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    return None if column.required else UNFIT


def _long(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    return "x" * (column.max_length + 1) if column.max_length else UNFIT


def _nowhere(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    keys = {name for key in table.foreign_keys for name in key.columns}
    return "finns-inte-alls" if column.name in keys and column.type == "string" else UNFIT


def _later(table: Table, column: Column, frame: pd.DataFrame) -> Any:
    if column.pattern in DATES:
        return "2999-01-01"
    return 2061 if column.type == "integer" and column.unit == "år" else UNFIT


COLUMNS: dict[str, Value] = {
    "kolumn-kod": _code,
    "kolumn-under": _below,
    "kolumn-over": _above,
    "kolumn-form": _form,
    "kolumn-tom": _empty,
    "kolumn-lang": _long,
    "kolumn-pekar": _nowhere,
    "kolumn-framtid": _later,
}
"""Ways to damage a column of a public table: class -> the new value."""


def in_declared_columns(frames: dict[str, pd.DataFrame], value: Value) -> list[Tried]:
    """Every column of the public tables that the damage fits, damaged in one row."""
    damaged, places = {}, []
    for name, table in TABLES.items():
        frame = damaged[name] = frames[name].copy()
        for number, column in enumerate(table.columns if len(frame) else ()):
            new = value(table, column, frame)
            if new is not UNFIT:
                row = number % len(frame)
                frame.at[row, column.name] = new
                places.append((name, column.name))
    known = known_values(frames)
    told: dict[tuple[str, str], Finding] = {(f.table, f.column): f for f in years_to_come(damaged)}
    for name, table in TABLES.items():
        for demand in demands(table):
            whole_key = demand.columns == table.key and len(table.key) > 1  # tells of no single column
            if whole_key or not demand.breaks(damaged[name], known).any():
                continue
            for column in demand.columns:
                finding = Finding(
                    demand.what, table=name, column=column, expected=demand.why, action=demand.fix
                )
                told.setdefault((name, column), finding)
    return [Tried(f"{table}, {column}", told.get((table, column))) for table, column in places]
