"""What Enter alone gives is right, or leaves the question to the sender: words, marks and codes of the answers."""

from __future__ import annotations

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
