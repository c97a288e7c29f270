"""Codes that the file does not explain are one question; what it says of them anywhere counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

import openpyxl
import pytest
from importfiler import (
    NUMBERS,
    UNITS,
    WORDS,
    File,
    answers_of,
    expected,
    indicators_of,
    profile_file,
    read,
    read_again,
    save_rows,
    test_units,
    told,
)
from odf.opendocument import load
from odf.table import ContentValidation, ContentValidations, HelpMessage, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from ojbrottsoffer.importer.choices import offered
from ojbrottsoffer.importer.meaning.values import CODE_WORDS, MISSING
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


def _prose(sheet) -> None:
    sheet.parent.create_sheet("Om")["A1"] = "Svaren är kodade så att ja motsvarar 0, delvis 1 och nej 2."


def _foot(sheet) -> None:
    sheet.oddFooter.center.text = SAYS


def _about(sheet) -> None:
    sheet.parent.properties.description = f"Kodning: {SAYS}"


def _numbered(sheet, lines) -> None:
    """The questions as numbers, and a sheet with what they and the codes are."""
    asked = []
    for n, cell in enumerate(sheet[1][1:], start=1):
        asked.append([n, cell.value])
        cell.value = n
    listed = sheet.parent.create_sheet("Etiketter")
    for row in lines(asked, [[0, "Ja"], [1, "Delvis"], [2, "Nej"]]):
        listed.append(row)


def _below(sheet) -> None:
    _numbered(sheet, lambda asked, codes: [["Nr", "Etikett"], *asked, [], ["Värde", "Etikett"], *codes])


def _beside(sheet) -> None:
    _numbered(
        sheet, lambda asked, codes: [[*a, None, *b] for a, b in zip_longest(asked, codes, fillvalue=[])]
    )


def _apart(sheet) -> None:
    _numbered(sheet, lambda asked, codes: asked)
    _sheet(sheet)


@pytest.mark.parametrize(
    "say", [_comment, _prompt, _note, _sheet, _prose, _foot, _about, _below, _beside, _apart]
)
def test_what_the_file_says_of_its_codes_is_found_anywhere(file, reference, tmp_path, say):
    path = file.save(tmp_path)
    book = openpyxl.load_workbook(path)
    say(book["Svar"])
    book.save(path)
    (question,) = questions(path, reference, tmp_path)
    assert question.id == "filens-koder" and SAYS in question.what


USUAL = "2 = Ja, 1 = Delvis, 0 = Nej"
IN_CELLS = [[2, "Ja"], [1, "Delvis"], [0, "Nej"]]


@pytest.mark.parametrize(
    ("name", "rows", "asked"),
    [
        ("Koder", [[USUAL]], []),
        ("Koder", [["Kod", "Betydelse"], *IN_CELLS], []),
        ("Codes", [["Value", "Label"], [2, "Yes"], [1, "Partly"], [0, "No"]], []),
        ("Koder", [[f"Kodning t.o.m. 2015: {USUAL}"]], ["obekraftade-koder"]),
        ("Koder", [[f"I förra undersökningen var {USUAL}."]], ["obekraftade-koder"]),
        ("Koder", [[f"Skala i Unizons granskning: {USUAL}"]], ["obekraftade-koder"]),
        ("Koder", [[f"Koderna {USUAL} användes inte i år"]], ["obekraftade-koder"]),
        ("Koder", [["2 poäng = Ja, 1 poäng = Delvis, 0 poäng = Nej (gäller summan)"]], ["obekraftade-koder"]),
        ("Koder 2014", IN_CELLS, ["obekraftade-koder"]),
        ("Koder", [["Kod", "Betydelse 2014"], *IN_CELLS], ["obekraftade-koder"]),
        ("Koder", [*IN_CELLS, ["Koderna ovan gällde till 2013"]], ["obekraftade-koder"]),
        ("Koder", [["Skalan i kvalitetsregistret"], *IN_CELLS], ["filens-koder"]),
        ("Brås skala", IN_CELLS, ["filens-koder"]),
        ("Koder", [["F1", *IN_CELLS[0]], [None, *IN_CELLS[1]], [None, *IN_CELLS[2]]], []),
        ("Koder", [["Enkät", "Kod", "Svar"], *(["Jour", *pair] for pair in IN_CELLS)], ["filens-koder"]),
        ("Koder", [[f"Fråga 3: {USUAL}"]], ["filens-koder"]),
        ("Koder", [[f"{USUAL}?"]], ["filens-koder"]),
        ("Koder", [[f"{USUAL}. Tvärtom i region Nord."]], ["filens-koder"]),
        (
            "Koder",
            [["Kod", "2014", "2016"], [2, "Ja", "Nej"], [1, "Delvis", "Delvis"], [0, "Nej", "Ja"]],
            ["filens-koder"],
        ),
    ],
)
def test_what_may_be_said_of_other_answers_does_not_settle_the_codes(
    file, reference, tmp_path, name, rows, asked
):
    path = file.save(tmp_path)
    book = openpyxl.load_workbook(path)
    listed = book.create_sheet(name)
    for row in rows:
        listed.append(row)
    book.save(path)
    found = [question for question in questions(path, reference, tmp_path) if question.id != "annat-ar"]
    assert [question.id for question in found] == asked
    for question in found:  # the place of what was seen is told
        assert f"blad ”{name}”, cell A" in " ".join(question.lines())


def test_a_code_book_with_codes_of_each_question_is_one_question(file, reference, tmp_path):
    """Every second question is coded the other way round, and the file says so."""
    turned = {item[0] for item in file.indicators[::2]}
    answers = {
        key: 2 - value if key[1] in turned and isinstance(value, int) else value
        for key, value in file.answers.items()
    }
    path = replace(file, answers=answers).save(tmp_path)
    book = openpyxl.load_workbook(path)
    listed = book.create_sheet("Kodbok")
    listed.append(["Fråga", "Kod", "Betydelse"])
    for item in file.indicators:
        for code, word in enumerate(
            ("Ja", "Delvis", "Nej") if item[0] in turned else ("Nej", "Delvis", "Ja")
        ):
            listed.append([None if code else item[1], code, word])
    book.save(path)
    (asked,) = questions(path, reference, tmp_path)
    said = {"koder_per_kolumn": asked.choices[0].sets["koder_per_kolumn"]}
    reading = read(path, reference, tmp_path, saknas={"-": "ej_besvarat", "X": "sekretess"}, **said)
    assert told(reading) == [] and answers_of(reading) == expected(file)


@pytest.mark.parametrize(
    "line",
    ["Frågan om {asked}: {said}", "Kolumn D är omvänt kodad ({said})", "Obs! För fråga 3 gäller {said}"],
)
def test_a_line_that_names_a_question_is_about_its_codes_alone(file, reference, tmp_path, line):
    turned, codes = file.indicators[2], {2: 1, 1: 2, 0: 3}
    table = replace(file, answers={key: n if isinstance(n, int) else 0 for key, n in file.answers.items()})
    rows = replace(table, coding=codes).grid()[0]
    rows[0] = [rows[0][0], *(f"{n}. {text}" for n, text in enumerate(rows[0][1:], start=1))]
    for row in rows[1:]:
        row[3] = 4 - row[3]
    said = line.format(asked=turned[1].lower(), said="1 = Nej, 2 = Delvis, 3 = Ja")
    path = save_rows(tmp_path, [*rows, [], ["1 = Ja, 2 = Delvis, 3 = Nej"], [said]])
    (asked,) = read(path, reference, tmp_path).questions
    known = {"koder": {"1": "Ja", "2": "Delvis", "3": "Nej"}}
    assert asked.id == "filens-koder" and asked.choices[0].sets == known
    (asked,) = read(path, reference, tmp_path, **known).questions
    assert asked.id == "koder-i-rubriker" and rows[0][3] in asked.what
    reading = read(path, reference, tmp_path, **known, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == expected(table)


def _long(table, coding, *odd: int) -> list[list[object]]:
    """A row for each answer, with its code and its word; the words of some rows are another's."""
    words = {2: "Ja", 1: "Delvis", 0: "Nej"}
    made = [["Kommun", "Fråga", "Svarskod", "Svarstext"]]
    for n, ((name, _), item) in enumerate((unit, item) for unit in table.units for item in table.indicators):
        answer = table.answers[name, item[0]]
        made.append([name, item[1], coding[answer], words[(answer + 1) % 3 if n in odd else answer]])
    return made


def _side_by_side(table, coding, *odd: int) -> list[list[object]]:
    """The same, with two columns for each question."""
    listed = _long(table, coding, *odd)[1:]
    wide = [["Kommun", *(f"{item[1]} ({what})" for item in table.indicators for what in ("kod", "text"))]]
    for u, (name, _) in enumerate(table.units):
        count = len(table.indicators)
        wide.append([name, *(cell for row in listed[u * count : (u + 1) * count] for cell in row[2:])])
    return wide


@pytest.mark.parametrize(
    ("form", "said"),
    [(_long, {}), (_side_by_side, {"rubrikmonster": {"* (kod)": "svar", "* (text)": "ignorera"}})],
)
@pytest.mark.parametrize("coding", [{2: 2, 1: 1, 0: 0}, {2: 0, 1: 1, 0: 2}, {2: 1, 1: 2, 0: 3}])
def test_words_beside_the_codes_say_what_they_mean(file, reference, tmp_path, form, said, coding):
    answers = {key: value if isinstance(value, int) else 0 for key, value in file.answers.items()}
    table = replace(file, answers=answers)
    reading = read(save_rows(tmp_path, form(table, coding)), reference, tmp_path, **said)
    if coding[2] == 2:
        assert reading.questions == []
    else:
        (asked,) = reading.questions
        said = said | asked.choices[0].sets
        assert asked.id == "filens-koder"
        reading = read(save_rows(tmp_path, form(table, coding)), reference, tmp_path, **said)
    assert told(reading) == [] and answers_of(reading) == expected(table)
    against = read(save_rows(tmp_path, form(table, coding, 7)), reference, tmp_path, **said)
    assert ["Kod och ord säger emot varandra i 1 cell: " in finding.what for finding in against.findings] == [
        True
    ]


@pytest.mark.parametrize(
    ("own", "questions_of", "said"),
    [
        ({2: 1, 1: 2, 0: 3}, range(6), []),
        ({2: 1, 1: 2, 0: 3}, range(2), []),
        ({2: 1, 1: 2, 0: 3}, range(6), [["0 = Nej, 1 = Delvis, 2 = Ja"], ["1 = Ja, 2 = Delvis, 3 = Nej"]]),
        ({2: 3, 1: 2, 0: 1}, range(6), [["0 = Nej, 1 = Delvis, 2 = Ja"], ["1 = Nej, 2 = Delvis, 3 = Ja"]]),
        ({2: 100, 1: 50, 0: 0}, range(3), []),
    ],
)
def test_questions_with_other_codes_are_one_question_for_each_set_of_codes(
    file, reference, tmp_path, own, questions_of, said
):
    units = test_units(24)
    answers = {
        (name, item[0]): (u + i) % 3
        for u, (name, _) in enumerate(units)
        for i, item in enumerate(file.indicators)
    }
    table = replace(file, units=units, answers=answers)
    rows = table.grid()[0]
    for row in rows[1:]:
        for column in questions_of:
            row[column + 1] = own[row[column + 1]]
    path = save_rows(tmp_path, [*rows, [], *said])
    reading, asked, answered = read(path, reference, tmp_path), [], {}
    while reading.questions:
        question = min(reading.questions, key=lambda item: item.priority)
        asked.append(question.id)
        for key, value in offered(question.choices)[0].sets.items():
            answered[key] = answered.get(key, {}) | value
        reading = read(path, reference, tmp_path, **answered)
    assert len(asked) == 2 and asked[0] == "koder-per-fraga"
    # One coding for all of them is no answer for each.
    every = {"koder": {str(code): "Ja" for code in {*own.values(), 0, 1, 2}}}
    assert read(path, reference, tmp_path, **every).is_asked("koder-per-fraga")
    assert told(reading) == [] and answers_of(reading) == expected(table)


@pytest.mark.parametrize(
    ("marks", "likely"),
    [
        (("j", "d", "n"), True),
        (("Yes", "Partly", "No"), True),
        ((100, 50, 0), True),
        (("A", "B", "C"), False),
    ],
)
def test_other_marks_for_the_answers_are_one_question(file, reference, tmp_path, marks, likely):
    coding = dict(zip((2, 1, 0), marks, strict=True)) | {"ej_besvarat": "-", "sekretess": "X"}
    path = replace(file, coding=coding).save(tmp_path)
    (asked,) = questions(path, reference, tmp_path)
    meant = dict(zip((str(mark).casefold() for mark in marks), ("Ja", "Delvis", "Nej"), strict=True))
    assert asked.id == "obekraftade-koder" and ({"koder": meant} == asked.choices[0].sets) == likely
    assert questions(path, reference, tmp_path, koder=meant) == []


@pytest.mark.parametrize(
    ("words", "first", "asks"),
    [
        (
            ["Till viss del"] * 4,
            "Delvis",
            ["Vad betyder ”Till viss del”? Det står i 4 celler, som B2, B3 och B4"],
        ),
        (
            ["Ja, sedan 2000", "Ja, sedan 2015", "Ja, sedan 2000"],
            "Ja",
            [
                "Vad betyder ”Ja, sedan 2000” och 1 svar till som bara skiljer sig i siffror? Det står i 3 celler, B2 och B3"
            ],
        ),
        (["Nej, planeras"], "Nej", ["Vad betyder ”Nej, planeras”? Det står i 1 cell, B2"]),
        (["Ja, men inte alla"], "Delvis", ["Vad betyder ”Ja, men inte alla”? Det står i 1 cell, B2"]),
        (["Ej relevant"], "", ["Vad betyder ”Ej relevant”? Det står i 1 cell, B2"]),
        (["Inte ja"], "", ["Vad betyder ”Inte ja”? Det står i 1 cell, B2"]),
        (["Ja Nej"], "", ["Vad betyder ”Ja Nej”? Det står i 1 cell, B2"]),
        (["se Testkommun 002"], "", ["Vad betyder ”se Testkommun 002”? Det står i 1 cell, B2"]),
        (["Nivå 1", "Nivå 2"], "", [f"Vad betyder ”Nivå {n}”? Det står i 1 cell, B{n + 1}" for n in (1, 2)]),
    ],
)
def test_words_that_nobody_has_explained_are_asked_about(file, reference, tmp_path, words, first, asks):
    rows = replace(file, coding=WORDS | {"ej_besvarat": "-", "sekretess": "X"}).grid()[0]
    for row, word in zip(rows[1:], words, strict=False):
        row[1] = word
    path = save_rows(tmp_path, rows)
    asked = questions(path, reference, tmp_path)
    assert [question.what for question in asked] == asks
    usual = sorted(("Ja", "Delvis", "Nej"), key=lambda word: word != first)
    said: dict[str, str] = {}
    for question in asked:
        choices = offered(question.choices)
        # Where nothing is likely, no answer is the first that is offered.
        answered, missing = (choices[:3], choices[3:]) if first else (choices[-3:], choices[:-3])
        assert [choice.in_words for choice in answered] == usual
        assert all(choice.in_words.startswith("Svaret saknas: ") for choice in missing)
        assert not any(choice.slots for choice in choices) and len(missing) == len(MISSING)
        said |= answered[0].sets["koder"]
    assert said == dict.fromkeys((word.casefold() for word in words), usual[0])
    meant = {
        (name, file.indicators[0][0]): CODE_WORDS[usual[0]]
        for (name, _), _ in zip(UNITS, words, strict=False)
    }
    reading = read(path, reference, tmp_path, koder=said, saknas={"-": "ej_besvarat", "X": "sekretess"})
    assert told(reading) == []
    assert answers_of(reading) == expected(replace(file, answers=file.answers | meant))


def test_what_is_said_of_some_codes_is_never_said_of_another(file, reference, tmp_path):
    (asked,) = questions(file.save(tmp_path), reference, tmp_path, koder={"1": "Delvis", "2": "Nej"})
    assert asked.choices[0].sets == {"koder": {"0": "Ja"}}


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


@pytest.mark.parametrize("legend", [True, False])
def test_the_file_says_why_answers_are_missing(file, reference, tmp_path, legend):
    """In a legend, but not where marks and words stand in cells of their own beside the answers."""
    rows = file.grid()[0]
    rows[0] += ["Kod", "Anmärkning"]
    rows[1] += ["X", "Ej aktuellt"]
    if legend:
        rows += [[], ["X = Uppgiften är sekretessbelagd"], ["- Kommunen har inte svarat"]]
    said = {"koder": {"2": "Ja", "1": "Delvis", "0": "Nej"}, "saknas": {"-": "ej_besvarat"}}
    left = dict.fromkeys(("Kod", "Anmärkning"), "ignorera")
    reading = read(save_rows(tmp_path, rows), reference, tmp_path, **said, kolumner=left)
    assert [question.id for question in reading.questions] == ([] if legend else ["marke"])
    assert reading.profile.saknas.get("x") == ("sekretess" if legend else None)


@pytest.mark.parametrize(
    ("code", "mark", "note", "meant"),
    [
        (0, "–", "– = Nej", {"–": "Nej"}),
        (0, ".", ". = nej", {".": "Nej"}),
        (0, None, "Tomma celler betyder nej.", {"tom": "Nej"}),
        (1, "Ja*", "* = delvis", {"ja*": "Delvis"}),
    ],
)
def test_a_mark_that_the_file_says_is_an_answer(file, reference, tmp_path, code, mark, note, meant):
    table = replace(file, coding=WORDS | {code: mark, "ej_besvarat": "-", "sekretess": "X"})
    path = save_rows(tmp_path, [*table.grid()[0], [], [note]])
    (asked,) = questions(path, reference, tmp_path)
    assert asked.id == "marke" and asked.choices[0].sets == {"koder": meant}
    reading = read(path, reference, tmp_path, koder=meant, saknas={"-": "ej_besvarat", "X": "sekretess"})
    assert told(reading) == [] and answers_of(reading) == expected(table)
    read_again(reading, path, reference, tmp_path)
