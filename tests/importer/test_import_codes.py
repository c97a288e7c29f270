"""Codes that the file does not explain are one question; what it says of them anywhere counts."""

from __future__ import annotations

import openpyxl
import pytest
from importfiler import NUMBERS, UNITS, File, indicators_of, profile_file, save_rows
from odf.opendocument import load
from odf.table import ContentValidation, ContentValidations, HelpMessage, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.recipes.recipe_file import load_profile
from ojbrottsoffer.importer.understand import read_file

SAYS = "0 = Ja, 1 = Delvis, 2 = Nej"


@pytest.fixture(scope="module")
def file(project):
    indicators = indicators_of(project)[:12]
    return File(UNITS, indicators, every_code(indicators), coding=NUMBERS)


def every_code(indicators) -> dict:
    """Answers with all three codes in every question, and from two to seven Ja."""
    made = {
        (name, item[0]): 2 if u < 2 + i % 6 else (u + i) % 2
        for u, (name, _) in enumerate(UNITS)
        for i, item in enumerate(indicators)
    }
    return made | {
        (UNITS[0][0], indicators[0][0]): "ej_besvarat",
        (UNITS[0][0], indicators[7][0]): "sekretess",
    }


def questions(path, reference, folder, shares=None, **said):
    profile = load_profile(profile_file(folder, saknas={"-": "ej_besvarat", "X": "sekretess"}, **said))
    return read_file(path, path.name, profile, reference, ar=2016, shares_before=shares).questions


def coded(found) -> list[str]:
    return [question.id for question in found if "koder" in question.keys]


def test_codes_without_an_explanation_are_one_question(file, reference, tmp_path):
    path = file.save(tmp_path)
    (question,) = questions(path, reference, tmp_path)
    assert (
        question.id == "obekraftade-koder"
        and question.what == "Filen säger inte vad koderna 2, 1 och 0 betyder"
    )
    assert questions(path, reference, tmp_path, koder={"2": "Ja", "1": "Delvis", "0": "Nej"}) == []


@pytest.mark.parametrize("turned", [False, True])
def test_the_nations_shares_make_a_coding_likely(file, reference, tmp_path, turned):
    yes = {
        item[0]: sum(file.answers[name, item[0]] == (0 if turned else 2) for name, _ in UNITS)
        for item in file.indicators
    }
    (question,) = questions(
        file.save(tmp_path), reference, tmp_path, {key: 10 * count for key, count in yes.items()}
    )
    assert ("0 är Ja och 2 Nej" if turned else "2 är Ja (") in question.action


def _comment(sheet) -> None:
    sheet["B3"].comment = Comment(f"Koder: {SAYS}", "Testaren")


def _prompt(sheet) -> None:
    rule = DataValidation(
        type="list", formula1='"0,1,2"', promptTitle="Svar", prompt=SAYS, showInputMessage=True
    )
    rule.add("B2:M10")
    sheet.add_data_validation(rule)


def _note(sheet) -> None:
    sheet.append([])
    sheet.append([SAYS])


def _sheet(sheet) -> None:
    listed = sheet.parent.create_sheet("Koder")
    for code, word in ((0, "Ja"), (1, "Delvis"), (2, "Nej")):
        listed.append([code, word])


@pytest.mark.parametrize("say", [_comment, _prompt, _note, _sheet])
def test_what_the_file_says_of_its_codes_is_found_anywhere(file, reference, tmp_path, say):
    path = file.save(tmp_path)
    book = openpyxl.load_workbook(path)
    say(book["Svar"])
    book.save(path)
    (question,) = questions(path, reference, tmp_path)
    assert question.id == "filens-koder" and SAYS in question.what


def test_a_prompt_in_an_ods_file_is_found_and_one_in_xls_is_told_of(file, reference, tmp_path):
    path = file.save(tmp_path, "ods")
    book = load(path)
    rules, prompt = ContentValidations(), HelpMessage(title="Svar", display="true")
    prompt.addElement(P(text=SAYS))
    rule = ContentValidation(name="val1")
    rule.addElement(prompt)
    rules.addElement(rule)
    book.spreadsheet.insertBefore(rules, book.spreadsheet.firstChild)
    row = book.spreadsheet.getElementsByType(TableRow)[1]
    row.getElementsByType(TableCell)[1].setAttribute("contentvalidationname", "val1")
    book.save(path)
    (question,) = questions(path, reference, tmp_path)
    assert question.id == "filens-koder" and SAYS in question.what and "cell B2" in question.table
    old = file.save(tmp_path, "xls")
    assert "dataverifiering" in read_sheets(old, old.name)[0].notes[0]


def test_totals_that_agree_confirm_the_codes(project, reference, tmp_path):
    indicators = indicators_of(project)[:12]
    table = File(UNITS, indicators, every_code(indicators), coding=NUMBERS, total=True)
    assert coded(questions(table.save(tmp_path), reference, tmp_path)) == []


def test_the_file_says_why_answers_are_missing(file, reference, tmp_path):
    rows = [*file.grid()[0], [], ["X = Uppgiften är sekretessbelagd"], ["- Kommunen har inte svarat"]]
    path = save_rows(tmp_path, rows)
    profile = load_profile(
        profile_file(tmp_path, koder={"2": "Ja", "1": "Delvis", "0": "Nej"}, saknas={"-": "ej_besvarat"})
    )
    reading = read_file(path, path.name, profile, reference, ar=2016)
    assert reading.questions == [] and reading.profile.saknas["x"] == "sekretess"
