"""Files that readers disagree about: other namespaces, styles that can't be read, other things named .xls, sheets
without end, and text files that have lost a field."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from importfiler import answers_of, indicators_of, invented_answers, read, told
from importforms import FORMS, UNITS, Answers, save_book

from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.read.ooxml import NAMESPACES
from ojbrottsoffer.importer.read.xlsb import _extent
from ojbrottsoffer.schema.finding import DataError

SAID = {"saknas": {"X": "sekretess", "tom": "ej_besvarat"}}


@pytest.fixture(scope="module")
def answers(project):
    indicators = indicators_of(project)[:12]
    return Answers(UNITS, indicators, invented_answers(UNITS, indicators))


def rewritten(path: Path, change) -> Path:
    """The file with every part as `change` makes it of its name and content."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def test_strict_open_xml_is_read(reference, answers, tmp_path):
    def strict(name: str, data: bytes) -> bytes:
        for new, old in NAMESPACES:
            data = data.replace(old, new)
        return data

    path = rewritten(save_book(tmp_path / "fil.xlsx", FORMS["wide"](answers)), strict)
    with pytest.raises(KeyError):
        openpyxl.load_workbook(path)["Svar"]
    reading = read(path, reference, tmp_path, **SAID)
    assert told(reading) == [] and answers_of(reading) == answers.expected()


def test_styles_that_cannot_be_read_are_told(reference, answers, tmp_path):
    broken = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills count="1"><fill/></fills>'
        b'<cellXfs count="1"><xf fillId="9" fontId="5" numFmtId="z"/></cellXfs></styleSheet>'
    )
    path = save_book(tmp_path / "fil.xlsx", FORMS["wide"](answers))
    rewritten(path, lambda name, data: broken if name == "xl/styles.xml" else data)
    reading = read(path, reference, tmp_path, **SAID)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    assert any("format (styles) går inte att läsa" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html><body><table><tr><td>Kommun</td></tr></table></body></html>", "en webbsida (HTML)"),
        (
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "ett XML-kalkylblad från 2003",
        ),
    ],
)
def test_other_things_saved_as_xls_are_called_what_they_are(tmp_path, content, words):
    (tmp_path / "fil.xls").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as stopped:
        read_sheets(tmp_path / "fil.xls", "fil.xls")
    assert words in str(stopped.value) and "xlsx" in str(stopped.value)


def endless(path: Path, rows: int) -> Path:
    """A workbook with so many formatted rows."""
    book = openpyxl.Workbook()
    book.save(path)
    cells = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(1, rows + 1))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    )
    return rewritten(path, lambda name, data: sheet.encode() if name.endswith("sheet1.xml") else data)


def cell(path: Path, name: str) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"], book.active[name] = "Kommun", "Ja"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: endless(path, 1_048_576), "rader"),
        (lambda path: cell(path, "XFD1048576"), r"(?s)Bladet har 1 048 576 rader.*cell XFD1048576"),
        (lambda path: cell(path, "XFD1"), "Bladet har 16 384 kolumner"),
    ],
    ids=["formaterade rader", "sista cellen", "många kolumner"],
)
def test_a_sheet_without_end_stops_before_it_is_read(tmp_path, make, words):
    path, started = make(tmp_path / "fil.xlsx"), time.process_time()
    with pytest.raises(DataError, match=words):
        read_sheets(path, "fil.xlsx")
    assert time.process_time() - started < 5


def test_the_extent_of_an_xlsb_sheet():
    """A row header, a cell in it with a long record number, and a cell beyond any table."""
    row = bytes([0, 4]) + (7).to_bytes(4, "little")
    short = bytes([6, 8]) + (3).to_bytes(4, "little") + bytes(4)
    other = bytes([0x94, 0x01, 2, 0, 0])
    far = bytes([0, 4]) + (1_048_575).to_bytes(4, "little") + bytes([6, 4]) + (16_383).to_bytes(4, "little")
    assert _extent(row + other + short) == (8, 4, 1)
    assert _extent(row + short + far) == (1_048_576, 16_384, 2)


def test_formulas_and_macros_are_mentioned(answers, tmp_path):
    path = save_book(tmp_path / "fil.xlsx", FORMS["wide"](answers))
    book = openpyxl.load_workbook(path)
    book["Svar"]["P1"] = "=1+1"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    (sheet,) = read_sheets(path, "fil.xlsx")
    assert any("1 formler" in note for note in sheet.notes) and any("makron" in note for note in sheet.notes)


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (lambda fields: fields[:3] + fields[4:], 4, "12 fält, men rubrikraden har 13"),
        (lambda fields: [*fields[:3], "", *fields[3:]], 4, "14 fält, men rubrikraden har 13"),
    ],
    ids=["kort", "lång"],
)
@pytest.mark.parametrize("form", ["wide", "long"])
def test_a_row_that_has_lost_or_gained_a_field_stops(answers, tmp_path, change, line, words, form):
    path = save_book(tmp_path / "fil.csv", FORMS[form](answers))
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = ";".join(change(lines[line - 1].split(";")))
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError) as stopped:
        read_sheets(path, "fil.csv")
    (finding,) = stopped.value.findings
    assert (
        finding.row == line
        and (form == "long" or words in finding.what)
        and UNITS[line - 2][0][:11] in finding.value
    )


@pytest.mark.parametrize(
    ("old", "line", "own", "usual"), [(1, 9, "Windows-1252", "UTF-8"), (6, 1, "UTF-8", "Windows-1252")]
)
def test_lines_of_two_encodings_stop(answers, tmp_path, old, line, own, usual):
    """The last lines, so many, are as an older program writes them."""
    rows = FORMS["wide"](answers)["Svar"][:9]
    lines = [";".join([*map(str, row), "Anmärkning"]) for row in rows]
    new = "\n".join(lines[:-old]).encode()
    (tmp_path / "fil.csv").write_bytes(new + "\n".join(["", *lines[-old:]]).encode("cp1252"))
    with pytest.raises(DataError) as stopped:
        read_sheets(tmp_path / "fil.csv", "fil.csv")
    (finding,) = stopped.value.findings
    assert (
        finding.row == line and f"är skriven i {own}" in finding.what and finding.what.endswith(f"i {usual}")
    )
    assert finding.value.startswith("Testkommun 008;" if line == 9 else "Kommun;")


def test_a_comma_in_an_unquoted_heading_stops(answers, tmp_path):
    rows = FORMS["wide"](answers)["Svar"]
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    (tmp_path / "fil.csv").write_text(text.replace(rows[0][3], f"{rows[0][3]}, alla"), encoding="utf-8")
    with pytest.raises(DataError, match="Rubrikraden har 14 fält, men raderna under den har 13"):
        read_sheets(tmp_path / "fil.csv", "fil.csv")


def test_titles_and_notes_of_a_text_file_may_be_short(reference, answers, tmp_path):
    path = save_book(tmp_path / "fil.csv", FORMS["wide"](answers))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"Svar på enkäten 2016\n\n{text}\n\nKälla: Testaren; egna uppgifter\n", encoding="utf-8")
    reading = read(path, reference, tmp_path, **SAID)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
