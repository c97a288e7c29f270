"""The plan to take home: prefilled, guarded, and whole after LibreOffice has had it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import golden
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.downloads import plan
from ojbrottsoffer.site.pages.site_pages import SitePages
from tools.programs import program

FIRST = plan.HEADER + 2
"""The first row to fill in, counted as a spreadsheet does."""


def file(project: Project, unit: str) -> Path:
    return project.site / "kommuner" / unit / f"handlingsplan-{unit}.xlsx"


def prefilled(sheet: Worksheet) -> list[tuple]:
    rows = sheet.iter_rows(min_row=FIRST, max_col=8, values_only=True)
    return [row for row in rows if row[0] is not None]


def guarded(sheet: Worksheet) -> dict[str, set[str]]:
    """Kind of rule -> the columns it holds for in the first row to fill in."""
    found: dict[str, set[str]] = {}
    for rule in sheet.data_validations.dataValidation:
        for column in "ABCDEFGHIJKLMNOP":
            if f"{column}{FIRST}" in rule.sqref:
                found.setdefault(rule.type, set()).add(column)
    return found


@pytest.mark.parametrize("unit", golden.PAGES)
def test_a_plan_holds_the_units_gaps_the_most_common_first(project: Project, unit: str):
    rows = prefilled(openpyxl.load_workbook(file(project, unit))["Handlingsplan"])
    codes = "".join(golden.PAGES[unit])
    words = {"1": "Delvis", "0": "Nej"}
    assert sorted((row[0], row[3], row[4]) for row in rows) == [
        (number, words[code], golden.SHARES[number - 1])
        for number, code in enumerate(codes, start=1)
        if code != "2"
    ]
    shares = [row[4] for row in rows]
    assert shares == sorted(shares, reverse=True)
    for row in rows:
        assert row[5] and row[6].count("(s. ") >= 2 and row[7]
        assert row[2].startswith("Ett Ja kräver: ") or "inte funnen" in row[2]


def test_a_plan_is_the_same_every_time(project: Project):
    edition = SitePages.load(project).latest
    made = plan.plan_workbook(edition, "lund", plan.known_cells(edition))
    assert made == file(project, "lund").read_bytes()


def test_libreoffice_opens_a_plan_counts_and_gives_it_back_whole(project: Project, tmp_path: Path):
    """The plan is filled in, opened and saved by LibreOffice, and read again."""
    original = openpyxl.load_workbook(file(project, "tyreso"))
    sheet = original["Handlingsplan"]
    sheet[f"I{FIRST}"], sheet[f"J{FIRST}"] = 5, 3
    sheet[f"L{FIRST}"], sheet[f"M{FIRST}"] = "Socialförvaltningen", "Å. Ström"
    sheet[f"I{FIRST + 1}"] = 4
    original.save(tmp_path / "ifylld.xlsx")
    (tmp_path / "ny.xlsx").write_bytes(file(project, "tyreso").read_bytes())
    done = subprocess.run(
        [
            program("soffice"),
            f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "ut"),
            str(tmp_path / "ifylld.xlsx"),
            str(tmp_path / "ny.xlsx"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0
    assert not [word for word in ("rror", "repair", "corrupt", "fel:") if word in said], said

    new = openpyxl.load_workbook(tmp_path / "ut" / "ny.xlsx")
    assert new.sheetnames == ["Handlingsplan", "Så väger ni"]
    for name in new.sheetnames:
        before = openpyxl.load_workbook(file(project, "tyreso"))[name]
        changed = [
            (cell.coordinate, cell.value, new[name][cell.coordinate].value)
            for row in before.iter_rows()
            for cell in row
            if cell.data_type != "f" and (cell.value or None) != (new[name][cell.coordinate].value or None)
        ]
        assert not changed
    kept, was = new["Handlingsplan"], openpyxl.load_workbook(file(project, "tyreso"))["Handlingsplan"]
    assert guarded(kept) == guarded(was) == {"list": {"I", "J", "L", "N"}, "date": {"O"}}
    # converting without a window, LibreOffice leaves out what belongs to the window
    assert was.freeze_panes == f"C{FIRST}"
    assert kept.print_title_rows == was.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"
    assert kept.page_setup.orientation == "landscape" and kept.print_title_cols == "$A:$B"
    assert "Kvinnofridslinjen" in kept.oddFooter.left.text

    counted = openpyxl.load_workbook(tmp_path / "ut" / "ifylld.xlsx", data_only=True)["Handlingsplan"]
    assert counted[f"K{FIRST}"].value == 15
    assert counted[f"K{FIRST + 1}"].value in (None, ""), "utan lätthet finns ingen prioritet"
    assert counted[f"M{FIRST}"].value == "Å. Ström"
    errors = [cell.coordinate for row in counted.iter_rows() for cell in row if cell.data_type == "e"]
    assert not errors
