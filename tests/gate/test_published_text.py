"""What is published is text that can be read: refused in every kind of file, with the sign and its place."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from breaking import stopped
from conftest import ROOT

from ojbrottsoffer.checks.rules.publishable import unfit_texts, years_to_come
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.columns import DATES
from ojbrottsoffer.schema.csv_tables import read_csv
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.model import Column
from ojbrottsoffer.schema.published_text import flaw
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.origins import read_origins

SIGNS = {
    "\x07": "U+0007",
    "\x7f": "U+007F",
    "\u200b": "ZERO WIDTH SPACE",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE",
    "\u2066": "LEFT-TO-RIGHT ISOLATE",
    "\u2028": "LINE SEPARATOR",
    "\u2029": "PARAGRAPH SEPARATOR",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
    "\U000e0041": "TAG LATIN CAPITAL LETTER A",
    "\ufffd": "REPLACEMENT CHARACTER",
    "\U000e0fff": "U+E0FFF",
    "\ue000": "U+E000",
    "\u2003": "EM SPACE",
    "\u00ad": "SOFT HYPHEN",
    "e\u0301\u0302\u0303": "löst accenttecken",
    "А": "CYRILLIC CAPITAL LETTER A",
    "Ο": "GREEK CAPITAL LETTER OMICRON",
    "𝐀": "MATHEMATICAL BOLD CAPITAL A",
    "Ａ": "FULLWIDTH LATIN CAPITAL LETTER A",
    "١": "ARABIC-INDIC DIGIT ONE",
    "\u2800": "BRAILLE PATTERN BLANK",
    "\ufffc": "OBJECT REPLACEMENT CHARACTER",
    "\u3164": "HANGUL FILLER",
    "Ⅼ": "ROMAN NUMERAL FIFTY",
    "Ⓐ": "CIRCLED LATIN CAPITAL LETTER A",
    "🄰": "SQUARED LATIN CAPITAL LETTER A",
    "ﬁ": "LATIN SMALL LIGATURE FI",
    "ɑ": "LATIN SMALL LETTER ALPHA",
    "ǃ": "LATIN LETTER RETROFLEX CLICK",
    "ı": "LATIN SMALL LETTER DOTLESS I",
    "❶": "DINGBAT NEGATIVE CIRCLED DIGIT ONE",
    "٪": "ARABIC PERCENT SIGN",
}


@pytest.mark.parametrize("sign", SIGNS, ids=SIGNS.get)
def test_a_sign_that_is_not_what_it_seems_is_named(sign: str):
    assert SIGNS[sign] in flaw(f"Test{sign}kommun").what


@pytest.mark.parametrize(
    "text",
    [
        " a",
        "a ",
        "\u00a0a",
        "a\n",
        " =1",
        "\u00a0@a",
        "'=1",
        '"+a',
        ";-a",
        "a;=1",
        "a;-1+b|c",
        "a; @b",
        "a\u00a0 b",
        "a\u00a0\u00a0b",
        "x" * 2001,
        "9" * 400,
    ],
)
def test_blanks_hidden_formulas_and_sizes_are_refused(text: str):
    assert flaw(text)


@pytest.mark.parametrize(
    "text",
    [
        "Upplands Väsby",
        "10\u00a0%",
        "16–18",
        "−3",
        "-3",
        "(1 = finns)",
        "é, ü, ß, æ, š, ŋ",
        "½ ”citat” © …",
        "👩",
    ],
)
def test_swedish_text_is_let_through(text: str):
    assert flaw(text) is None


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("raw/kalmar/origin.yml", "Kalmar kommun", "K\u0430lmar kommun"),
        ("raw/kalmar/riket.csv", "2021,Aktuell rutin", "2021,Aktuell\u200b rutin"),
        ("raw/skl-2016/tabell-2-del-1.csv", " %", "\u2003%"),
        ("reference/enheter.csv", "Lund,kommun", "Lund\u202e,kommun"),
        ("reference/tips.yml", "samverkan", "samv\ufffderkan"),
        ("reference/rattelser.csv", "Sidan fattades.", "' =1+1"),
        ("reference/metoder/sjalvskattning.csv", "arbete", "arbete\u2028"),
    ],
)
def test_every_kind_of_file_is_read_with_the_same_rule(file: str, old: str, new: str, scratch: Project):
    path = scratch.root / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    finding = stopped(scratch)[0]
    assert finding.file == f"data/{file}" and finding.row and finding.expected and finding.action
    assert "tecken" in finding.what or "formel" in finding.what


def test_every_string_column_of_every_public_table_is_tried(project: Project):
    """All of them in one go, each in its first row."""
    frames = {name: read_csv(project.clean / f"{name}.csv", table) for name, table in TABLES.items()}
    assert not unfit_texts(frames)[1] and not years_to_come(frames)
    filled = [
        (name, column)
        for name, table in TABLES.items()
        for column in (table.columns if len(frames[name]) else ())
    ]

    def told(damaged: list[tuple[str, Column]], value: object, check: Callable) -> set[tuple[str, str]]:
        spoilt = {name: frame.copy() for name, frame in frames.items()}
        for name, column in damaged:
            spoilt[name].loc[0, column.name] = value
        assert len(damaged) > 3
        return {(found.table, found.column) for found in check(spoilt)}

    for value, check, damaged in (
        (
            "Testkommun\u200b 001",
            lambda spoilt: unfit_texts(spoilt)[1],
            [(name, column) for name, column in filled if column.type == "string"],
        ),
        ("2026-02-30", years_to_come, [one for one in filled if one[1].pattern in DATES]),
        (
            2061,
            years_to_come,
            [(name, column) for name, column in filled if column.type != "string" and column.unit == "år"],
        ),
    ):
        assert told(damaged, value, check) == {(name, column.name) for name, column in damaged}


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("extra: &a [1]\nsame: *a\n", "pekar på sig själv"),
        ("extra: " + "[" * 20_000 + "]" * 20_000 + "\n", "för djup"),
        ("extra: " + "x" * 600_000 + "\n", "för stor"),
        ("no: 1\n", "Namnet är ingen text"),
        ("kalla_id: kalmar\n", "Samma namn står två gånger"),
        ("extra: .inf\n", "läses som något annat"),
        ("extra: !!binary aGVq\n", "en typ skriven framför sig"),
        ("extra: !!set {a, b}\n", "en typ skriven framför sig"),
        ("extra: ! a\n", "en typ skriven framför sig"),
        ("extra: 12:30:45\n", "läses som något annat"),
        ("extra: 010\n", "läses som något annat"),
        ("extra: 1_000\n", "läses som något annat"),
        ("extra: 1.50\n", "läses som något annat"),
        ("extra: 2026-11-21 12:00:00\n", "läses som något annat"),
        ("2024: a\n'2024': b\n", "Samma namn står två gånger"),
        ("extra: " + "9" * 400 + "\n", "Talet är för stort"),
    ],
)
def test_yaml_that_says_too_much_is_answered_at_once(damage: str, says: str, tmp_path: Path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    folder = shutil.copytree(ROOT / "data" / "raw" / "kalmar", tmp_path / "data" / "raw" / "kalmar")
    path = folder / "origin.yml"
    path.write_text(path.read_text(encoding="utf-8") + damage, encoding="utf-8")
    started = time.process_time()
    with pytest.raises(DataError) as error:
        read_origins(Project(tmp_path))
    (finding,) = error.value.findings
    assert says in finding.what and finding.file == "data/raw/kalmar/origin.yml" and finding.action
    assert time.process_time() - started < 5
