"""Whoever presses Enter all the way, which gives the first offered answer, never gets a wrong one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from importfiler import KALLA, UNITS, indicators_of, invented_answers
from importforms import FORMS, Answers, Book, save_book

from ojbrottsoffer.cli.asking import RESEMBLING
from ojbrottsoffer.importer.choices import offered, with_answer
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.importer.understand import read_file

ANSWERED_AT_MOST = 60
"""No file may ask more, or an answer doesn't settle its question."""


def first_answers(path, reference) -> tuple[Reading, list[str]]:
    """The reading when every question has got its first answer, and the kinds that were asked. Enter is ”Vet inte” where
    nothing is offered, and where nothing known resembles what is asked about."""
    profile = Profile(slag="svar", kalla=KALLA)
    unknown, asked = set(), []
    for _ in range(ANSWERED_AT_MOST):
        reading = read_file(path, path.name, profile, reference, ar=2016)
        left = [q for q in reading.questions if (q.id, q.what, q.value) not in unknown]
        if not left:
            return reading, asked
        question = min(left, key=lambda q: q.priority)
        asked.append(question.id)
        first = next(iter(offered(question.choices)), None)
        if first is None or first.slots or question.id in RESEMBLING and not question.alike:
            unknown.add((question.id, question.what, question.value))
        else:
            profile = with_answer(profile, first.sets)
    raise AssertionError(f"frågorna tar inte slut: {asked}")


def wrong_answers(reading: Reading, answers: Answers) -> list:
    """What was read as another answer than the file was made with; one that is missing is not wrong."""
    got = {key: answer.code for key, (answer, _) in reading.answers.items() if answer.code is not None}
    return [key for key, true in answers.expected().items() if key in got and got[key] != true]


def lost_answers(reading: Reading, answers: Answers) -> list:
    got = {key for key, (answer, _) in reading.answers.items() if answer.code is not None}
    return [key for key, true in answers.expected().items() if not isinstance(true, str) and key not in got]


def headed(change):
    """A wide table with its headings changed."""

    def book(answers: Answers) -> Book:
        ((head, *rows),) = FORMS["wide"](answers).values()
        return {"Svar": [[head[0], *map(change, head[1:], range(1, len(head)))], *rows]}

    return book


def in_two_rows(answers: Answers) -> Book:
    """The last word of each question under the others."""
    ((head, *rows),) = FORMS["wide"](answers).values()
    words = [text.rsplit(" ", 1) for text in head[1:]]
    return {
        "Svar": [
            [head[0], *(own[0] for own in words)],
            ["", *(own[-1] if own[1:] else "" for own in words)],
            *rows,
        ]
    }


def rows_of(answers: Answers, coding: dict | None = None) -> list[list[object]]:
    """Unit, question and answer."""
    coded = replace(answers, coding=coding) if coding else answers
    return [
        [name, item[1], coded.shown(name, item[0])]
        for name, _ in answers.units
        for item in answers.indicators
    ]


LONG = ["Kommun", "Indikator", "Svar"]


def in_words(yes, partly, no):
    """A row for each answer, in other words than Ja, Delvis and Nej."""
    coding = {2: yes, 1: partly, 0: no, "ej_besvarat": "", "sekretess": ""}
    return lambda answers: {"Svar": [LONG, *rows_of(answers, coding)]}


def with_sums(answers: Answers) -> Book:
    """A row with how many of a unit's answers are Ja, below them."""
    rows = rows_of(answers)
    for name, _ in answers.units:
        last = max(n for n, row in enumerate(rows) if row[0] == name)
        rows.insert(last + 1, [name, "Antal ja", sum(own[0] == name and own[2] == "Ja" for own in rows)])
    return {"Svar": [LONG, *rows]}


def headed_again(answers: Answers) -> Book:
    rows = rows_of(answers)
    return {"Svar": [row for n, own in enumerate(rows) for row in ([LONG, own] if n % 40 == 0 else [own])]}


def marked(sign, none):
    """A row for each possible answer, with a mark at the right one."""
    return lambda answers: {
        "Svar": [
            ["Kommun", "Indikator", "Alternativ", "Markering"],
            *(
                [name, question, word, sign if word == answer else none]
                for name, question, answer in rows_of(answers)
                for word in ("Ja", "Delvis", "Nej")
            ),
        ]
    }


def crossed(sign, none):
    """Ja, Delvis and Nej under each question, with a cross in one of them."""

    def book(answers: Answers) -> Book:
        ((head, *rows),) = FORMS["wide"](answers).values()
        words = ("Ja", "Delvis", "Nej")
        over = [text for label in head[1:] for text in (label, None, None)]
        crosses = [[row[0], *(sign if a == w else none for a in row[1:] for w in words)] for row in rows]
        return {"Svar": [[head[0], *over], [None, *(words * (len(head) - 1))], *crosses]}

    return book


FOLDED = str.maketrans("åäöÅÄÖ", "aaoAAO")
READ = {
    "points for spaces": headed(lambda text, n: re.sub(r"[^\w.]", ".", text)),
    "points and a number": headed(lambda text, n: f"X{n}..{re.sub(r'[^a-zåäö0-9.]', '.', text, flags=re.I)}"),
    "lines for spaces": headed(lambda text, n: re.sub(r"\W+", "_", text.translate(FOLDED).lower())),
    "question marks for letters": headed(lambda text, n: text.encode("ascii", "replace").decode()),
    "letters in another coding": headed(lambda text, n: text.encode().decode("cp1252", "replace")),
    "a number and a line": headed(lambda text, n: f"Q{n}_{text}"),
    "two rows of headings": in_two_rows,
    "crosses as a box": crossed(True, False),
    "crosses as a share": crossed("100 %", "0 %"),
    "crosses as a number": crossed(100, 0),
    "answers in other words": in_words("Ja, helt", "Ja, delvis", "Nej"),
    "answers in English": in_words("Yes", "Partly", "No"),
    "answers with numbers": in_words("1. Ja", "2. Delvis", "3. Nej"),
    "sums among the rows": with_sums,
    "headings again": headed_again,
    "a row for each possible answer": marked("x", None),
    "the same with numbers": marked(1, 0),
}
"""Files where every answer is read, with no question but those of `ASKED`: what a mark, a word or no row means."""
ASKED = {"marke", "okant-svar", "obekraftade-koder", "saknar-rad"}
BACKGROUND = ("Antal invånare", "Antal ärenden", "Kommungrupp", "Kostnad, kr")


def with_background(answers: Answers) -> Book:
    ((head, *rows),) = FORMS["wide"](answers).values()
    more = [
        [1000 + 317 * n, 3 * n + 11.5, ("Landsbygd", "Stad")[n % 2], 100 + 77 * n] for n in range(len(rows))
    ]
    return {
        "Svar": [
            [*head, *(f"b {n} {text}" for n, text in enumerate(BACKGROUND, start=1))],
            *([*row, *own] for row, own in zip(rows, more, strict=True)),
        ]
    }


def short_names(form):
    return headed(lambda text, n: form.format(n, n % 12 + 1))


SHORT = {
    "numbers": short_names("{}"),
    "letters and numbers": short_names("V{}"),
    "dates": short_names("2016-{1:02}-01"),
}
"""Headings that say nothing without a list."""
NOT_WRONG = {
    "background": with_background,
    "counts under each answer": crossed(7, 12),
    **{f"short names, {name}": form for name, form in SHORT.items()},
    "without a word": headed(lambda text, n: text.replace("våldsutsatta ", "")),
    "other words": headed(lambda text, n: f"Kommunen har {text.replace(' till ', ' för ').lower()}"),
    "codes that say nothing": in_words(101, 102, 103),
    "words that say little": in_words("Ja, för alla", "Ja, men inte för alla", "Nej"),
    "cut at 80": headed(lambda text, n: text[:80]),
    "cut at 31": headed(lambda text, n: text[:31]),
    "cut with points": headed(lambda text, n: text if len(text) < 50 else f"{text[:47]}..."),
}
"""Files that only a person can say all of."""


def made(project, tmp_path, form) -> tuple[Answers, object]:
    indicators = indicators_of(project)
    answers = Answers(UNITS, indicators, invented_answers(UNITS, indicators))
    return answers, save_book(tmp_path / "fil.xlsx", form(answers))


@pytest.mark.parametrize("name", READ)
def test_it_is_read(project, reference, tmp_path, name):
    answers, path = made(project, tmp_path, READ[name])
    reading, asked = first_answers(path, reference)
    assert wrong_answers(reading, answers) == lost_answers(reading, answers) == []
    assert set(asked) <= ASKED and reading.errors == []


@pytest.mark.parametrize("name", NOT_WRONG)
def test_nothing_is_wrong(project, reference, tmp_path, name):
    answers, path = made(project, tmp_path, NOT_WRONG[name])
    assert wrong_answers(first_answers(path, reference)[0], answers) == []


def test_headings_that_are_cut_are_one_finding(project, reference, tmp_path):
    """A beginning that only one question has is that question."""
    answers, path = made(project, tmp_path, NOT_WRONG["cut at 80"])
    reading, asked = first_answers(path, reference)
    (finding,) = reading.errors
    assert "avkortade" in finding.what and "okand-indikator" not in asked
    assert len(reading.indicators) > 40


@pytest.mark.parametrize("name", SHORT)
def test_short_names_without_a_list_are_one_finding(project, reference, tmp_path, name):
    answers, path = made(project, tmp_path, SHORT[name])
    reading, asked = first_answers(path, reference)
    assert "korta namn" in reading.errors[0].what and len(reading.errors) == 1 and asked == []


def test_the_list_as_a_sheet_settles_short_names(project, reference, tmp_path):
    """The advice works."""
    listed = [
        ["Namn", "Fråga"],
        *([f"V{n}", item[1]] for n, item in enumerate(indicators_of(project), start=1)),
    ]
    answers, path = made(project, tmp_path, lambda a: SHORT["letters and numbers"](a) | {"Lista": listed})
    reading, _ = first_answers(path, reference)
    assert wrong_answers(reading, answers) == lost_answers(reading, answers) == []


def test_columns_of_no_question_are_one_question(project, reference, tmp_path):
    answers, path = made(project, tmp_path, with_background)
    reading, asked = first_answers(path, reference)
    assert asked.count("okand-indikator") == 1
    (question,) = reading.questions
    none, each = question.choices
    assert len(none.sets["kolumner"]) == len(BACKGROUND)
    for choice, left in ((none, 0), (each, len(BACKGROUND))):
        profile = with_answer(Profile(slag="svar", kalla=KALLA), choice.sets)
        asked = [q.id for q in read_file(path, path.name, profile, reference, ar=2016).questions]
        assert asked.count("okand-indikator") == left


def test_numbers_under_each_answer_are_no_answers(project, reference, tmp_path):
    answers, path = made(project, tmp_path, NOT_WRONG["counts under each answer"])
    reading, asked = first_answers(path, reference)
    assert "annat än kryss" in reading.errors[0].what and "rubrikmonster" not in asked
