"""Damages that follow from the declarations: every file and every column, in every way that fits its type.

One file at a time (for the public tables: all of them at once), with the same damage in every column
or value of it, each in a row of its own. What was told of each place is counted for itself.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import yaml

from ojbrottsoffer.checks.audit_record import FILE_NAME as AUDIT_RECORD
from ojbrottsoffer.checks.damage_record import MUST, ClassResult, Example, MutationResult, stamp
from ojbrottsoffer.checks.expectations.declared import demands, known_values
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.checks.places import FOLDERS, check_places
from ojbrottsoffer.checks.publishable import unfit_texts, years_to_come
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.columns import DATES
from ojbrottsoffer.schema.finding import UPPLYSNING, DataError, Finding
from ojbrottsoffer.schema.model import Column, Table
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.inputs import read_all
from ojbrottsoffer.sources.reference.register_rules import DECLARED
from tools.damage.outcomes import scratch_copy
from tools.nation.invented import register
from tools.nation.key_figures import write_fetched

SCOPE = "Alla filer och alla tabellers kolumner"


@dataclass(frozen=True)
class TextDamage:
    """A way to spoil any text. `spoil`: what it becomes."""

    name: str
    title: str
    spoil: Callable[[str], str]


TEXTS = (
    TextDamage("text-styrtecken", "Ett styrtecken i texten", lambda text: f"{text}\x07x"),
    TextDamage("text-osynligt", "Ett osynligt tecken i texten", lambda text: f"{text}\u200bx"),
    TextDamage("text-riktning", "Ett tecken som vänder textens riktning", lambda text: f"\u202e{text}"),
    TextDamage("text-etikettecken", "Ett etikettecken (U+E0041) i texten", lambda text: f"{text}\U000e0041x"),
    TextDamage("text-radbrytning", "En dold radbrytning (U+2028)", lambda text: f"{text}\u2028x"),
    TextDamage("text-olasligt", "Ett tecken som ersatt ett oläsligt", lambda text: f"{text}\ufffd"),
    TextDamage("text-otilldelat", "Ett tecken som inte finns i Unicode", lambda text: f"{text}\U000e0fff"),
    TextDamage("text-accenter", "En hög av lösa accenter", lambda text: f"{text}e\u0301\u0302\u0303"),
    TextDamage("text-i-delar", "En bokstav i delar (inte NFC)", lambda text: f"{text}a\u030a"),
    TextDamage("text-alfabet", "En kyrillisk bokstav bland latinska", lambda text: f"{text}А"),
    TextDamage("text-mellanrum", "Ett mellanslag först eller sist", lambda text: f" {text}"),
    TextDamage("text-formel", "En formel efter hårt mellanslag", lambda text: f"\u00a0=1+{text}"),
    TextDamage("text-formel-citat", "En formel efter citattecken", lambda text: f"'=1+{text}"),
    TextDamage("text-formel-semikolon", "En formel efter semikolon", lambda text: f"{text};=1"),
    TextDamage("text-for-lang", "En text på 100 000 tecken", lambda text: "x" * 100_000 + text),
    TextDamage("tal-for-langt", "Ett tal med 400 siffror", lambda text: f"{'9' * 400}{sum(map(ord, text))}"),
)
"""Tried in every column of every raw and reference table, every value of every YAML file and every
text column of every public table.
"""


@dataclass(frozen=True)
class Tried:
    """One place that was damaged, and the first finding that tells of it."""

    place: str
    told: Finding | None


def whole_result(project: Project, seed: int) -> MutationResult:
    """Every class on every file. How the classes are divided between the processors decides nothing."""
    names = [
        *(kind.name for kind in TEXTS),
        *FILES,
        *RECORDS,
        *COLUMNS,
        *(name for name, _ in (SWAPPED, PLACED)),
    ]
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
    found: dict[str, tuple[str, list[Tried]]] = {}

    def add(name: str, title: str, tried: Iterator[Tried] | list[Tried]) -> None:
        if names is None or name in names:
            found.setdefault(name, (title, []))[1].extend(tried)

    frames = every_table(project)
    with TemporaryDirectory() as folder:
        scratch = scratch_copy(project, Path(folder))
        data = scratch.root / "data"
        tables = [path for path in sorted(data.rglob("*.csv")) if files(path)]
        notes = [path for path in sorted(data.rglob("*.yml")) if files(path)]
        records = [scratch.reference / AUDIT_RECORD, scratch.versions / "versioner.json"]
        records = [path for path in records if files(path)]
        for kind in (one for one in TEXTS if names is None or one.name in names):
            for path in tables:
                add(kind.name, kind.title, in_table(scratch, path, kind.spoil))
            for path in notes:
                add(kind.name, kind.title, in_values(scratch, path, kind.spoil))
            add(kind.name, kind.title, in_text_columns(frames, kind.spoil))
        for name, (title, spoil) in (FILES | RECORDS).items():
            for path in notes if name in FILES else records:
                add(name, title, _whole(scratch, path, spoil) if names is None or name in names else [])
        if names is None or SWAPPED[0] in names:
            add(*SWAPPED, swapped_meanings(scratch, files))
        if names is None or PLACED[0] in names:
            add(*PLACED, placed_anywhere(scratch))
    for name, (title, value) in COLUMNS.items():
        if names is None or name in names:
            add(name, title, in_declared_columns(frames, value))
    return MutationResult(
        **stamp(),
        kalla_id="alla",
        fro=seed,
        omfang=SCOPE,
        klasser=[summed(name, title, tried) for name, (title, tried) in found.items() if tried],
    )


def every_table(project: Project) -> dict[str, pd.DataFrame]:
    """The public tables, with invented values in those that are empty until somebody has fetched them."""
    with TemporaryDirectory() as folder:
        copy = scratch_copy(project, Path(folder))
        with (copy.reference / "kommuner.csv").open("a", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(vars(place).values() for place in register(3))
        write_fetched(copy, (2023, 2024), "2026-01-01")
        return ingest_and_check(copy, guard=False).tables


def summed(name: str, title: str, tried: list[Tried]) -> ClassResult:
    """All must stop: what one file can't tell is no damage to its form."""
    kinds: dict[str, int] = {}
    for one in tried:
        kind = one.told.kind if one.told else "ingen"
        kinds[kind] = kinds.get(kind, 0) + 1
    told = next((one for one in tried if one.told), None)
    return ClassResult(
        klass=name,
        titel=title,
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


FILES: dict[str, tuple[str, Callable[[str], str]]] = {
    "yaml-djup": ("En YAML-fil med 20 000 klamrar i varandra", lambda text: "[" * 20_000 + "]" * 20_000),
    "yaml-alias": (
        "En YAML-fil som pekar på sig själv",
        lambda text: "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    ),
    "yaml-stor": ("En YAML-fil på en megabyte", lambda text: f"{text}\n#{'x' * 1_000_000}\n"),
    "yaml-dubbelt": ("Ett namn två gånger i en YAML-fil", lambda text: "a: 1\na: 2\n"),
    "yaml-no": ("Ett namn som YAML läser som falskt (no)", lambda text: "no: 1\n"),
    "yaml-tal": ("Ett tal som inget program räknar med", lambda text: f"a: {'9' * 400}\n"),
    "yaml-typ": ("En typ skriven framför ett YAML-värde (!!binary)", lambda text: "a: !!binary aGVq\n"),
    "yaml-mangd": ("En mängd i stället för text i en YAML-fil (!!set)", lambda text: "a: !!set {b, c}\n"),
    "yaml-omskrivet": ("Ett YAML-värde som läses som ett annat tal (010)", lambda text: "a: 010\n"),
    "yaml-tid": ("Ett YAML-värde som läses som ett klockslag (12:30:45)", lambda text: "a: 12:30:45\n"),
    "yaml-samma": ("Samma namn som tal och som text i en YAML-fil", lambda text: "2024: a\n'2024': b\n"),
    "yaml-trasig": ("En YAML-fil som slutar mitt i", lambda text: 'a: "b\n'),
}
"""Ways to damage a YAML file as a whole: name -> title and its new text, given the old."""

RECORDS: dict[str, tuple[str, Callable[[str], str]]] = {
    "json-dubbelt": (
        "Samma fält två gånger i ett provs resultat",
        lambda text: _first(text, r'(".*?": .*?,)', r"\1\1"),
    ),
    "json-osynligt": (
        "Ett osynligt tecken i ett provs resultat",
        lambda text: _first(text, r'(": ")', "\\1\u200b"),
    ),
    "json-framtid": (
        "Ett prov som inte har gjorts än",
        lambda text: _first(text, r'("datum": ")\d{4}', r"\g<1>2999"),
    ),
    "json-negativt": (
        "Ett negativt antal i ett provs resultat",
        lambda text: _first(text, r"(: )(\d)", r"\1-1\2"),
    ),
    "json-form": ("Ett provs resultat är något annat", lambda text: "[5]"),
}
"""The same for the record of a run in `data/reference/`."""


def _first(text: str, pattern: str, new: str) -> str:
    return re.sub(pattern, new, text, count=1)


def _whole(scratch: Project, path: Path, spoil: Callable[[str], str]) -> list[Tried]:
    file = scratch.relative(path)
    findings = _findings(scratch, path, spoil(path.read_text(encoding="utf-8")))
    return [Tried(file, next((finding for finding in findings if finding.file == file), None))]


def _findings(scratch: Project, path: Path, text: str) -> list[Finding]:
    """What the reading says with the file changed; what the whole gate says, if that is nothing."""
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        read_all(scratch)
        ingest_and_check(scratch, guard=False)
    except DataError as error:
        return error.findings
    finally:
        path.write_bytes(before)
    return []


SWAPPED = ("betydelse-byter-plats", "Två id byter betydelse i en referensfil")
PLACED = ("fil-okand", "En fil som ingenting läser")
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


COLUMNS: dict[str, tuple[str, Value]] = {
    "kolumn-kod": ("En kod som inte finns", _code),
    "kolumn-under": ("Ett tal under det minsta", _below),
    "kolumn-over": ("Ett tal över det största", _above),
    "kolumn-form": ("Ett id eller en kod med fel form", _form),
    "kolumn-tom": ("En tom cell där värdet krävs", _empty),
    "kolumn-lang": ("En text längre än kolumnen får ha", _long),
    "kolumn-pekar": ("Ett id som inte finns i tabellen det pekar på", _nowhere),
    "kolumn-framtid": ("Ett år som inte har börjat, eller en dag som inte har kommit", _later),
}
"""Ways to damage a column of a public table: name -> title and the new value."""


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
