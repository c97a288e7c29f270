"""Invented files for the importer: every layout, every format, fictional units only."""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import xlwt
import yaml
from conftest import SOURCES, copied
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties
from odf.table import Table, TableCell, TableRow
from openpyxl.styles import PatternFill

from ojbrottsoffer.cli.imports import import_file
from ojbrottsoffer.importer.accepted import accept
from ojbrottsoffer.importer.apply import Applied, apply
from ojbrottsoffer.importer.meaning.known_names import KnownNames
from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe_file import load_profile
from ojbrottsoffer.importer.understand import read_file
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.reference.register import load_reference

SPREADSHEETS = ("xlsx", "xls", "ods")
FORMATS = (*SPREADSHEETS, "csv", "tsv")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman")
GREEN, YELLOW, RED = "00B050", "FFC000", "FF0000"
COUNTY = "Testlandet"
KALLA = {"titel": "Påhittade svar för test", "utgivare": "Testaren", "publicerad": "2017-06"}


def test_units(count: int = 24) -> list[tuple[str, str]]:
    """(name, SCB-like code) of invented municipalities; the codes lie in no real county."""
    return [(f"Testkommun {n:03}", f"{9000 + n}") for n in range(1, count + 1)]


test_units.__test__ = False


def make_project(folder: Path, count: int = 24) -> Project:
    """A copy of the project whose register also has the invented municipalities."""
    project = copied(folder, *SOURCES)
    add_to_register(project, test_units(count))
    return project


def shorten_notebooks(project: Project, *names: str) -> None:
    """Those that do once more what the first step of a build has done say nothing but their name."""
    for name in names:
        cells = [nbformat.v4.new_markdown_cell(f"# {name}"), nbformat.v4.new_code_cell("1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / f"{name}.ipynb")


def add_to_register(project: Project, units: list[tuple[str, str]]) -> None:
    """Adds invented municipalities to the register of a copy."""
    with (project.reference / "kommuner.csv").open("a", encoding="utf-8") as file:
        for name, code in units:
            county = COUNTY if code.startswith("90") else f"{COUNTY} {code[:2]}"
            file.write(f"{code},{name},{code[:2]},{county},60.0,15.0\n")


UNITS = test_units(9)
"""The units of the tests that only read files."""


def indicators_of(project: Project, ar: int = 2015) -> list[tuple[str, str, str, str]]:
    """(id, label, indicator area, quality area) of an edition, in order."""
    reference = load_reference(project)
    names = dict(zip(reference.omraden["omrade_id"], reference.omraden["omrade"], strict=True))
    return [
        (
            row.Index,
            row.indikator,
            names[row.indikatoromrade_id],
            names[reference.parent_area[row.indikatoromrade_id]],
        )
        for row in reference.edition(ar).itertuples()
    ]


def invented_answers(units, indicators, seed: int = 1, missing: bool = True) -> dict:
    """(unit, indicator id) -> 2, 1, 0 or the reason why there is none. Never all alike."""
    answers = {}
    for u, (name, _) in enumerate(units):
        for i, (indicator, *_rest) in enumerate(indicators):
            number = (u * 31 + i * 17 + u * i * seed + seed) % 23
            answers[name, indicator] = (
                "ej_besvarat"
                if missing and number == 22
                else "sekretess"
                if missing and number == 21
                else number % 3
            )
    return answers


WORDS = {2: "Ja", 1: "Delvis", 0: "Nej", "ej_besvarat": "", "sekretess": "X"}
ODD_WORDS = {2: " JA ", 1: "delvis", 0: "nej  ", "ej_besvarat": "Ej svar", "sekretess": ".."}
CODES = {"koder": {"2": "Ja", "1": "Delvis", "0": "Nej"}}
"""For the recipe of a file that does not explain its codes."""
NUMBERS = {2: 2, 1: 1, 0: 0, "ej_besvarat": "-", "sekretess": "X"}
ONE_ZERO = {2: 1, 0: 0, "ej_besvarat": None, "sekretess": "X"}
MARKS = {"": "ej_besvarat", "X": "sekretess", "..": "sekretess", "-": "ej_besvarat", "tom": "ej_besvarat"}


@dataclass
class File:
    """What a file holds and how it lies. `grid` gives it as rows of cells."""

    units: list[tuple[str, str]]
    indicators: list[tuple[str, str, str, str]]
    answers: dict
    coding: dict = field(default_factory=lambda: WORDS)
    levels: int = 1
    columns: bool = False
    codes: str | None = None
    """`text`, `tal`, `delad` (the county's digits in a column of their own) or None: SCB codes beside
    the names."""
    at: str = "först"
    """Where the units stand among the columns: `först`, `mitt` or `sist`."""
    title: str | None = None
    """A line above everything."""
    before: bool = False
    """Whether answers of 2015 stand to the left of those of 2016."""
    above: int = 0
    below: int = 0
    gap: int = 0
    apart: int = 0
    """Empty rows between the nation and the counties and the units."""
    new: int = 0
    """Units above all others that the register does not have."""
    counties: bool = False
    nation: list[str] | None = None
    total: bool = False
    colours: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    """Unit or indicator -> another label."""

    def grid(self) -> tuple[list[list[object]], dict, list]:
        """(rows, fills, merged areas); rows and columns from 0."""
        left = ["Kommun", *{None: [], "delad": ["Länskod", "Kommunkod"]}.get(self.codes, ["Kommunkod"])]
        width = len(left) + len(self.indicators) + self.total
        rows: list[list[object]] = []
        merged, fills = [], {}
        if self.title:
            rows.append([self.title] + [None] * (width - 1))
        rows += [[f"Påhittad tabell, rad {n + 1}"] + [None] * (width - 1) for n in range(self.above)]
        if self.above:
            rows.append([None] * width)
        headers = {1: [1], 2: [2, 1], 3: [3, 2, 1], 4: [3, 2, 0, 1]}[self.levels]
        start = len(rows)
        for level in headers:
            row: list[object] = [None] * width
            before, since = None, len(left)
            for i, item in enumerate(self.indicators):
                column = len(left) + i
                text = (
                    f"Fråga {i + 1}"
                    if level == 0
                    else self.labels.get(item[0], item[1])
                    if level == 1
                    else item[level]
                )
                if level in (2, 3) and text == before:
                    continue
                if level in (2, 3) and before is not None and column - since > 1:
                    merged.append((len(rows), since, len(rows), column - 1))
                before, since, row[column] = text, column, text
            rows.append(row)
        rows[-1][: len(left)] = left
        if self.total:
            rows[-1][-1] = "Antal ja"
        if len(headers) > 1:
            merged += [(start, c, len(rows) - 1, c) for c in range(len(left))]
            for c in range(len(left)):
                rows[start][c], rows[-1][c] = rows[-1][c], None
        rows += [[None] * width for _ in range(self.gap)]
        for n in range(self.new):
            rows.append(
                [f"Nybildad {n + 1}", *self._code(f"99{n:02}")]
                + [self.coding[n % 3] for _ in self.indicators]
                + [1] * self.total
            )
        if self.nation:
            rows.append(["Riket", *self._code("")] + list(self.nation) + [None] * self.total)
        if self.counties:
            rows.append(
                [f"{COUNTY}s län", *self._code("90")]
                + [f"{40 + i % 9} %" for i in range(len(self.indicators))]
                + [None] * self.total
            )
        rows += [[None] * width for _ in range(self.apart)]
        for name, code in self.units:
            row = [self.labels.get(name, name), *self._code(code)]
            for i, item in enumerate(self.indicators):
                answer = self.answers[name, item[0]]
                if self.colours:
                    row.append(None)
                    if answer in (0, 1, 2):
                        fills[len(rows), len(left) + i] = {2: GREEN, 1: YELLOW, 0: RED}[answer]
                else:
                    row.append(self.coding[answer])
            if self.total:
                row.append(sum(self.answers[name, item[0]] == 2 for item in self.indicators))
            rows.append(row)
        if self.below:
            rows.append([None] * width)
            rows += [[f"Not {n + 1}: påhittade uppgifter"] + [None] * (width - 1) for n in range(self.below)]
        if self.before:
            rows, merged = self._with_year_before(rows, merged, range(start, start + len(headers)), len(left))
        if self.at != "först":
            to = len(rows[0]) - 1 if self.at == "sist" else len(left) - 1 + len(self.indicators) // 2
            merged = _moved_first(rows, merged, range(start, start + len(headers) + self.before), to)
            fills = {(r, c - (0 < c <= to)): colour for (r, c), colour in fills.items()}
        if self.columns:
            rows = [list(column) for column in zip(*rows, strict=True)]
            fills = {(c, r): colour for (r, c), colour in fills.items()}
            merged = [(c0, r0, c1, r1) for r0, c0, r1, c1 in merged]
        return rows, fills, merged

    def _code(self, code: str) -> list[object]:
        if self.codes == "delad":
            return [int(half) if half else None for half in (code[:2], code[2:])]
        return (
            []
            if self.codes is None
            else [int(code) if self.codes == "tal" and len(code) > 2 else code or None]
        )

    def _with_year_before(
        self, rows: list[list], merged: list, headings: range, left: int
    ) -> tuple[list[list], list]:
        """Every question under 2015 too, with other answers, and a row with the years on top."""
        asked, start = len(self.indicators), headings.start
        years = [None] * left + ["2015"] + [None] * (asked - 1) + ["2016"] + [None] * (asked - 1 + self.total)
        wide = [
            row[:left] + row[left : left + asked][:: 1 if r < headings.stop else -1] + row[left:]
            for r, row in enumerate(rows)
        ]
        moved = [
            (r0 + (r0 >= start), c0 + asked * (c0 >= left), r1 + (r0 >= start), c1 + asked * (c0 >= left))
            for r0, c0, r1, c1 in merged
        ]
        return wide[:start] + [years] + wide[start:], moved

    def save(
        self,
        folder: Path,
        kind: str = "xlsx",
        encoding: str = "utf-8",
        separator: str = ",",
        extra_sheets: tuple[str, ...] = (),
    ) -> Path:
        rows, fills, merged = self.grid()
        return save_rows(folder, rows, kind, fills, merged, encoding, separator, extra_sheets)


def _moved_first(rows: list[list], merged: list, headings: range, to: int) -> list:
    """Moves the first column to `to`, in place; a heading that it then cuts in two is said again.
    Returns the merged areas, without those of several columns."""
    for r in headings:
        if rows[r][to + 1 : to + 2] == [None] and r < headings[-1]:
            rows[r][to + 1] = next((text for text in reversed(rows[r][1 : to + 1]) if text), None)
    for row in rows:
        row.insert(to, row.pop(0))
    return [
        (r0, to if c0 == 0 else c0 - (c0 <= to), r1, to if c0 == 0 else c0 - (c0 <= to))
        for r0, c0, r1, c1 in merged
        if c0 == c1
    ]


def save_rows(
    folder: Path,
    rows,
    kind="xlsx",
    fills=None,
    merged=(),
    encoding="utf-8",
    separator=",",
    extra_sheets=(),
    name="Svar",
) -> Path:
    """Rows of cells as a file of any format."""
    path = folder / f"Påhittad fil.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = name
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(r, c, value)
        for (r, c), colour in (fills or {}).items():
            sheet.cell(r + 1, c + 1).fill = PatternFill("solid", fgColor=colour)
        for r0, c0, r1, c1 in merged:
            sheet.merge_cells(start_row=r0 + 1, start_column=c0 + 1, end_row=r1 + 1, end_column=c1 + 1)
        for extra in extra_sheets:
            book.create_sheet(extra)["A1"] = "Läs mig"
        book.save(path)
    elif kind == "xls":
        book = xlwt.Workbook(style_compression=2)
        sheet = book.add_sheet(name)
        styles = {}
        for number, colour in enumerate(dict.fromkeys((fills or {}).values()), start=8):
            book.set_colour_RGB(number, *bytes.fromhex(colour))
            styles[colour] = xlwt.XFStyle()
            styles[colour].pattern.pattern = xlwt.Pattern.SOLID_PATTERN
            styles[colour].pattern.pattern_fore_colour = number
        for r, c in sorted(
            {(r, c) for r, row in enumerate(rows) for c in range(len(row))} | set(fills or ())
        ):
            value, fill = (
                rows[r][c] if r < len(rows) and c < len(rows[r]) else None,
                (fills or {}).get((r, c)),
            )
            if value is not None or fill:
                sheet.write(r, c, value, *([styles[fill]] if fill else []))
        for r0, c0, r1, c1 in merged:
            sheet.merge(r0, r1, c0, c1)
        for extra in extra_sheets:
            book.add_sheet(extra).write(0, 0, "Läs mig")
        book.save(str(path))
    elif kind == "ods":
        with pd.ExcelWriter(path, engine="odf") as writer:
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, header=False, index=False)
            for extra in extra_sheets:
                pd.DataFrame([["Läs mig"]]).to_excel(writer, sheet_name=extra, header=False, index=False)
            _format_ods(writer.book, fills or {}, merged)
    else:
        separator = "\t" if kind == "tsv" else separator
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(
                [["" if value is None else value for value in row] for row in rows]
            )
    return path


def sheets(folder: Path, **rows_of) -> Path:
    """A workbook with these sheets."""
    path, book = folder / "Påhittad fil.xlsx", openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in rows_of.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _format_ods(book: OpenDocumentSpreadsheet, fills: dict[tuple[int, int], str], merged) -> None:
    """Colours and merges cells of the first sheet. Every second colour is a style of the document that the
    cell's own inherits, as when somebody has chosen ”Bra” among the program's styles."""
    for number, colour in enumerate(dict.fromkeys(fills.values())):
        fill = TableCellProperties(backgroundcolor=f"#{colour.lower()}")
        look = Style(name=f"cell{colour}", family="table-cell")
        if number % 2:
            named = Style(name=f"farg{number}", family="table-cell")
            named.addElement(fill)
            book.styles.addElement(named)
            look.setAttribute("parentstylename", named)
        else:
            look.addElement(fill)
        book.automaticstyles.addElement(look)
    rows = book.spreadsheet.getElementsByType(Table)[0].getElementsByType(TableRow)
    for (r, c), colour in fills.items():
        _ods_cell(rows[r], c).setAttribute("stylename", f"cell{colour}")
    for r0, c0, r1, c1 in merged:
        cell = _ods_cell(rows[r0], c0)
        cell.setAttribute("numberrowsspanned", r1 - r0 + 1)
        cell.setAttribute("numbercolumnsspanned", c1 - c0 + 1)


def _ods_cell(row: TableRow, column: int) -> TableCell:
    """The cell; a run of empty ones before it is written out."""
    for gap in [cell for cell in row.childNodes if cell.getAttribute("numbercolumnsrepeated")]:
        for _ in range(gap.getAttribute("numbercolumnsrepeated")):
            row.insertBefore(TableCell(), gap)
        row.removeChild(gap)
    while len(row.childNodes) <= column:
        row.addElement(TableCell())
    return row.childNodes[column]


def profile_file(folder: Path, **said: object) -> Path:
    path = folder / "profil.yml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return path


def read(
    path: Path, reference: KnownNames, folder: Path, slag: str = "svar", ar: int = 2016, **said: object
) -> Reading:
    """The file as a profile with these answers, the usual marks and a source makes it read."""
    profile = load_profile(profile_file(folder, **{"saknas": MARKS, "kalla": KALLA} | said), slag)
    return read_file(path, path.name, profile, reference, ar=ar)


def bring_in(
    project: Project,
    path: Path,
    profile: Path,
    slag: str | None = None,
    ar: int = 2016,
    write: bool = True,
    reader: str | None = None,
) -> int:
    """`importera` without the gate's trial, for tests of something else: what the trial does is shown in
    `test_import_bad`. A file that can't be read raises `DataError`."""
    return import_file(
        project,
        argparse.Namespace(
            fil=path,
            ar=[ar],
            slag=slag,
            profil=profile,
            blad=None,
            profilutkast=None,
            visa=False,
            hamtad=f"{ar + 1}-07-01",
            alla=False,
            skriv=write,
            inlasare=reader,
        ),
        tried=False,
    )


def read_again(reading: Reading, path: Path, reference: KnownNames, folder: Path) -> Applied:
    """As an accepted file is read ever after, by its recipe alone: the same."""
    assert told(reading) == []
    again = apply_frozen(reading, path, folder)
    assert again.answers == reading.answers and again.shares == reading.shares
    assert again.background == reading.background and again.numbers == reading.numbers
    return again


def apply_frozen(reading: Reading, path: Path, folder: Path) -> Applied:
    """The file by the recipe that was written when `reading` was accepted. Raises `DataError` if it no longer fits."""
    frozen = folder / "frusen.yml"
    frozen.write_text(yaml.safe_dump(accept.frozen_profile(reading), allow_unicode=True), encoding="utf-8")
    whole, profile = accept.recipe_of(reading), load_profile(frozen)
    recipe = profile.but(enheter=whole.enheter, indikatorer=whole.indikatorer)
    return apply(recipe, read_sheets(path, path.name, recipe.sheets), reading.ar, path.name)


def told(reading: Reading) -> list[str]:
    """Everything that is asked and wrong."""
    return ["\n".join(finding.lines()) for finding in reading.findings]


def answers_of(reading: Reading) -> dict:
    """(unit, indicator) -> what was read: the code, or why there is none."""
    return {
        key: answer.reason if answer.code is None else answer.code
        for key, (answer, _) in reading.answers.items()
    }


def expected(*files: File) -> dict:
    """The same as the files were made."""
    return {
        (name.lower().replace(" ", "-"), item[0]): file.answers[name, item[0]]
        for file in files
        for name, _ in file.units
        for item in file.indicators
    }
