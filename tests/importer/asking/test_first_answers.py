"""What Enter alone gives is right, or leaves the question to the sender: words, marks and codes of the answers."""

from __future__ import annotations

import openpyxl
import pytest
from importfiler import indicators_of, read, save_rows, sheets, test_units

from ojbrottsoffer.importer.choices import offered
from ojbrottsoffer.importer.reading import Reading

UNITS = test_units(12)
UNSURE = "vet inte"


def words_of(number: int, i: int) -> int:
    """Which of Ja, Delvis, Nej and no answer a cell has: never all alike."""
    odd = (number * 31 + i * 17 + number * i) % 23
    return 3 if odd == 22 else odd % 3


def table(project, texts, questions: int = 60) -> list[list[object]]:
    """Twelve units, and these texts for Ja, Delvis, Nej and no answer."""
    labels = [indicator[1] for indicator in indicators_of(project)[:questions]]
    return [
        ["Kommun", *labels],
        *(
            [unit, *(texts[words_of(number, i)] for i in range(len(labels)))]
            for number, (unit, _) in enumerate(UNITS)
        ),
    ]


def first(reading: Reading, kind: str, value: str = "") -> object:
    """What Enter alone says in a question of this kind: what goes into the recipe, or that it is not known."""
    question = next(q for q in reading.questions if q.id == kind and value in (q.value or "").casefold())
    return UNSURE if question.even else offered(question.choices)[0].sets


@pytest.mark.parametrize(
    ("texts", "koder"),
    [
        (("Yes", "Partly", "No", "NA"), {"yes": "Ja", "partly": "Delvis", "no": "Nej"}),
        (
            ("Ja, helt", "Ja, delvis", "Nej, inte alls", "Vet ej"),
            {"ja, helt": "Ja", "ja, delvis": "Delvis", "nej, inte alls": "Nej"},
        ),
        (
            ("Ja, för alla", "Ja, men inte för alla", "Nej", ""),
            {"ja, för alla": "Ja", "ja, men inte för alla": "Delvis"},
        ),
        (("Helt", "Delvis", "Inte alls", ""), {"helt": "Ja", "inte alls": "Nej"}),
        (("✔", "(✔)", "✘", "–"), {"✔": "Ja", "(✔)": "Delvis", "✘": "Nej"}),
        (("+", "(+)", "-", ""), {"+": "Ja", "(+)": "Delvis"}),
    ],
)
def test_words_and_signs_for_the_three_answers_are_offered_as_them(
    project, reference, tmp_path, texts, koder
):
    reading = read(save_rows(tmp_path, table(project, texts)), reference, tmp_path, saknas={})
    assert first(reading, "obekraftade-koder") == {"koder": koder}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Vet ej", {"saknas": {"vet ej": "uppgift_saknas"}}),
        ("Kommunen har inte svarat", {"saknas": {"kommunen har inte svarat": "ej_besvarat"}}),
        ("Ja, men inte för alla", {"koder": {"ja, men inte för alla": "Delvis"}}),
        ("Ja, men bara i centrum", UNSURE),
        ("Ja (planeras 2017)", UNSURE),
        ("Nej, vet inte", UNSURE),
        ("Enligt plan", UNSURE),
        ("Ja?", UNSURE),
        ("Nja", UNSURE),
        ("- (9)", UNSURE),
        ("Jaa", {"koder": {"jaa": "Ja"}}),
        ("Nje", {"koder": {"nje": "Nej"}}),
        ("Delvsi", {"koder": {"delvsi": "Delvis"}}),
        ("Del", {"koder": {"del": "Delvis"}}),
    ],
)
def test_a_word_is_offered_as_what_it_says_or_left(project, reference, tmp_path, text, said):
    rows = table(project, ("Ja", "Delvis", "Nej", ""))
    rows[3][4] = text
    reading = read(save_rows(tmp_path, rows), reference, tmp_path)
    assert first(reading, "okant-svar") == said and len(reading.questions) == 1


@pytest.mark.parametrize("text", ["NA", "NaN", "NULL"])
def test_what_programs_write_for_nothing_is_missing(project, reference, tmp_path, text):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    rows[3][4] = text
    reading = read(save_rows(tmp_path, rows, "csv"), reference, tmp_path)
    assert first(reading, "marke") == {"saknas": {text.casefold(): "uppgift_saknas"}}


def test_comments_in_parentheses_are_one_question(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", ""))
    rows[3][4], rows[4][6] = "Ja (se bilaga)", "Nej (beslut i nämnd)"
    reading = read(save_rows(tmp_path, rows), reference, tmp_path)
    assert len(reading.questions) == 1
    assert first(reading, "okant-svar") == {"koder": {"ja (se bilaga)": "Ja", "nej (beslut i nämnd)": "Nej"}}
    rows[5][6] = "Ja (gäller inte barn)"
    reading = read(save_rows(tmp_path, rows), reference, tmp_path)
    assert len(reading.questions) == 1 and first(reading, "okant-svar") == UNSURE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Vet ej", {"koder": {"1": "Ja", "2": "Delvis", "3": "Nej"}, "saknas": {"9": "uppgift_saknas"}}),
        ("Enligt plan", UNSURE),
    ],
)
def test_a_code_for_no_answer_is_never_offered_as_one(project, reference, tmp_path, words, said):
    codes = [["Kod", "Svar"], [1, "Ja"], [2, "Delvis"], [3, "Nej"], [9, words]]
    path = sheets(tmp_path, Data=table(project, (1, 2, 3, 9)), Kodbok=codes)
    assert first(read(path, reference, tmp_path), "filens-koder") == said


def test_crosses_alone_are_yes_and_what_is_empty_then_is_not_known(project, reference, tmp_path):
    path = save_rows(tmp_path, table(project, ("x", "", "", "")))
    reading = read(path, reference, tmp_path, saknas={})
    assert first(reading, "marke", "x") == {"koder": {"x": "Ja"}}
    empty = read(path, reference, tmp_path, saknas={}, koder={"x": "Ja"})
    assert [q.even for q in empty.questions if q.id == "marke"] == [True]


def test_minus_beside_plus_may_be_no(project, reference, tmp_path):
    reading = read(save_rows(tmp_path, table(project, ("+", "(+)", "-", ""))), reference, tmp_path, saknas={})
    assert first(reading, "marke", "-") == UNSURE


def test_a_number_that_is_kept_as_text_is_its_code(project, reference, tmp_path):
    rows = [["2 = Ja; 1 = Delvis; 0 = Nej"], *table(project, ("'2", "'1", "'0", ""))]
    reading = read(save_rows(tmp_path, rows, "csv"), reference, tmp_path)
    assert reading.complete and {a.code for a, _ in reading.answers.values()} == {2, 1, 0, None}


def test_an_answer_without_a_row_is_not_answered(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", ""))
    long = [["Kommun", "Indikator", "Svar"]] + [
        [row[0], label, text]
        for row in rows[1:]
        for label, text in zip(rows[0][1:], row[1:], strict=True)
        if text
    ]
    reading = read(save_rows(tmp_path, long, "csv"), reference, tmp_path)
    assert first(reading, "saknar-rad") == {"saknas": {"(ingen rad)": "ej_besvarat"}}
    assert "tabell" not in next(q.what for q in reading.questions if q.id == "saknar-rad")


def turned(rows: list[list[object]]) -> list[list[object]]:
    """The same table with other answers, as an old one."""
    other = {"Ja": "Nej", "Nej": "Ja"}
    return [rows[0], *([row[0], *(other.get(text, text) for text in row[1:])] for row in rows[1:])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Föregående", "Resultat"),
        ("Svar gamla", "Svar"),
        ("Utkast", "Slutlig"),
        ("Arkiv 2014", "Blad1"),
        ("Ej slutlig", "Blad1"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_an_old_sheet_or_a_draft_comes_last(project, reference, tmp_path, old, new, order):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    path = sheets(tmp_path, **dict([(old, turned(rows)), (new, rows)][::order]))
    assert first(read(path, reference, tmp_path), "vilket-blad") == {"blad": new}


def test_two_sheets_that_differ_without_a_word_of_why_are_left(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    path = sheets(tmp_path, **{"Svar": turned(rows), "Svar (2)": rows})
    assert first(read(path, reference, tmp_path), "vilket-blad") == UNSURE


def test_a_hidden_sheet_with_more_answers_is_not_read_instead(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    old = [rows[0], *([row[0], *(text or "Nej" for text in row[1:])] for row in turned(rows)[1:])]
    path = sheets(tmp_path, Blad1=old, Blad2=rows)
    book = openpyxl.load_workbook(path)
    book["Blad1"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert first(read(path, reference, tmp_path), "olasta-svar") == {"lamnas": ["Blad1"]}


@pytest.mark.parametrize(
    ("rounds", "likely"),
    [
        (("Utkast", "Inskickad"), "Inskickad"),
        (("Preliminär", "Korrigerad"), "Korrigerad"),
        (("Ej slutlig", "B"), "B"),
        (("Kommentar", "Svar"), "Svar"),
        (("Omgång A", "Omgång B"), UNSURE),
    ],
)
@pytest.mark.parametrize("long", [True, False])
def test_a_draft_of_each_row_comes_last(project, reference, tmp_path, rounds, likely, long):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    both = [
        [row[0], name, *row[1:]]
        for pair in zip(turned(rows)[1:], rows[1:], strict=True)
        for name, row in zip(rounds, pair, strict=True)
    ]
    lines = (
        [
            [row[0], label, row[1], text]
            for row in both
            for label, text in zip(rows[0][1:], row[2:], strict=True)
        ]
        if long
        else both
    )
    head = ["Kommun", "Indikator", "Omgång", "Svar"] if long else ["Kommun", "Omgång", *rows[0][1:]]
    reading = read(save_rows(tmp_path, [head, *lines], "csv"), reference, tmp_path)
    question = next(q for q in reading.questions if q.id == "delar-svaren")
    assert question.even == (likely == UNSURE)
    assert likely == UNSURE or f"”{likely}”" in offered(question.choices)[0].in_words


def test_hidden_rows_of_a_round_come_last(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    both = [
        [row[0], number, *row[1:]]
        for pair in zip(turned(rows)[1:], rows[1:], strict=True)
        for number, row in enumerate(pair, 1)
    ]
    path = save_rows(tmp_path, [["Kommun", "Omgång", *rows[0][1:]], *both])
    book = openpyxl.load_workbook(path)
    for n in range(len(UNITS)):
        book.active.row_dimensions[2 + 2 * n].hidden = True
    book.save(path)
    question = next(q for q in read(path, reference, tmp_path).questions if q.id == "delar-svaren")
    assert not question.even and "”2”" in offered(question.choices)[0].in_words


@pytest.mark.parametrize("hidden", [True, False])
def test_a_question_in_two_columns_is_one_question(project, reference, tmp_path, hidden):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    twice = [
        [row[0], *(text for pair in zip(old[1:], row[1:], strict=True) for text in pair)]
        for old, row in zip(turned(rows), rows, strict=True)
    ]
    path = save_rows(tmp_path, twice)
    if hidden:
        book = openpyxl.load_workbook(path)
        for column in "BDFHJLNPRTVX":
            book.active.column_dimensions[column].hidden = True
        book.save(path)
    reading = read(path, reference, tmp_path)
    assert len(reading.questions) == 1 and not reading.errors
    left = {"kolumner": {f"kolumn {column}": "ignorera" for column in "BDFHJLNPRTVX"}}
    assert first(reading, "olasta-kolumner") == (left if hidden else UNSURE)
    assert left in [choice.sets for choice in offered(reading.questions[0].choices)]
    assert read(path, reference, tmp_path, **left).complete


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("* Uppgiften är felaktig och ska inte redovisas", "saknas"),
        ("* Gäller bara delar av kommunen, räknas som Delvis", UNSURE),
        ("* Preliminärt svar", UNSURE),
        ("* Uppgiften lämnades i maj", None),
    ],
)
def test_a_note_that_may_change_an_answer_is_asked_about(project, reference, tmp_path, note, said):
    rows = [*table(project, ("Ja", "Delvis", "Nej", ""), 12), [], [note]]
    rows[2][3] = rows[4][5] = "Ja*"
    reading = read(save_rows(tmp_path, rows), reference, tmp_path)
    if said is None:
        assert reading.complete
        return
    assert note.removeprefix("* ") in reading.questions[0].what and len(reading.questions) == 1
    asked = first(reading, "marke")
    assert asked == said if said == UNSURE else asked == {"saknas": {"ja*": "uppgift_saknas"}}


def test_names_that_belong_to_other_codes_are_left_with_both_answers(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    codes = dict(UNITS)
    apart = [
        ["Kommun", "Kommunkod", *rows[0][1:]],
        *([other[0], codes[row[0]], *row[1:]] for row, other in zip(rows[1:], rows[:0:-1], strict=True)),
    ]
    path = save_rows(tmp_path, apart)
    reading = read(path, reference, tmp_path)
    assert first(reading, "kommunkoder") == UNSURE
    by_code = next(q for q in reading.questions if q.id == "kommunkoder").choices[1].sets
    again = read(path, reference, tmp_path, **by_code)
    plain = read(save_rows(tmp_path, rows), reference, tmp_path)
    assert again.complete and again.answers.keys() == plain.answers.keys()
    assert {key: a for key, (a, _) in again.answers.items()} == {
        key: a for key, (a, _) in plain.answers.items()
    }


def test_numbers_against_texts_in_half_of_the_rows_are_asked_about(project, reference, tmp_path):
    rows = table(project, ("Ja", "Delvis", "Nej", "Ja"), 12)
    long = [
        [row[0], n if unit < 6 else n % 12 + 1, label, text]
        for unit, row in enumerate(rows[1:])
        for n, (label, text) in enumerate(zip(rows[0][1:], row[1:], strict=True), 1)
    ]
    path = save_rows(tmp_path, [["Kommun", "Nr", "Indikator", "Svar"], *long], "csv")
    assert first(read(path, reference, tmp_path), "fragenummer") == UNSURE


@pytest.mark.parametrize("separator", [",", ";"])
def test_lines_in_one_column_are_told_how_to_be_split(project, reference, tmp_path, separator):
    rows = table(project, ("Ja", "Delvis", "Nej", ""), 12)
    reading = read(save_rows(tmp_path, [[separator.join(row)] for row in rows]), reference, tmp_path)
    assert [error.what for error in reading.errors] == [
        "Hittar ingen tabell med kommuner: varje rad står i en enda cell"
    ]
    assert "Text till kolumner" in reading.errors[0].action


def test_lines_that_end_in_carriage_returns_are_read(project, reference, tmp_path):
    path = save_rows(tmp_path, table(project, ("Ja", "Delvis", "Nej", ""), 12), "csv")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r"))
    assert read(path, reference, tmp_path).complete


def test_codes_in_some_rows_and_words_in_others_are_one_question(project, reference, tmp_path):
    words, codes = (table(project, texts, 12) for texts in (("Ja", "Delvis", "Nej", ""), (1, 2, 3, "")))
    path = save_rows(tmp_path, words[:7] + codes[7:], "csv")
    reading = read(path, reference, tmp_path)
    assert (
        not reading.errors and first(reading, "obekraftade-koder") == UNSURE and len(reading.questions) == 1
    )
    way = reading.questions[0].choices[0].sets
    assert way == {"koder": {"1": "Ja", "2": "Delvis", "3": "Nej"}, "blandad_kodning": True}
    plain = read(save_rows(tmp_path, words, "tsv"), reference, tmp_path)
    again = read(path, reference, tmp_path, **way)
    assert again.complete
    assert {key: a for key, (a, _) in again.answers.items()} == {
        key: a for key, (a, _) in plain.answers.items()
    }


def test_a_word_like_no_answer_is_asked_about_for_itself(project, reference, tmp_path):
    path = save_rows(tmp_path, table(project, ("Yes", "Utreds", "No", "")))
    reading = read(path, reference, tmp_path)
    assert first(reading, "obekraftade-koder") == {"koder": {"no": "Nej", "yes": "Ja"}}
    assert first(reading, "okant-svar", "utreds") == UNSURE


def test_what_is_empty_beside_codes_of_each_column_is_missing(project, reference, tmp_path):
    rows = table(project, (1, 2, 3, ""), 12)
    own = {label: {"1": "Ja", "2": "Delvis", "3": "Nej"} for label in rows[0][1:]}
    reading = read(save_rows(tmp_path, rows), reference, tmp_path, saknas={}, koder_per_kolumn=own)
    assert [(q.id, q.even) for q in reading.questions] == [("marke", False)]
