"""Every form that files come in, with what people add to them: read right or asked about, never wrong."""

from __future__ import annotations

import pytest
from importfiler import answers_of, indicators_of, invented_answers, read, read_again, told
from importforms import CROSSED, FORMS, QUIRKS, UNITS, Answers, save_book

ASKED = {("numbered", "wide_columns"): "a row of numbers above the names is a heading row too many"}
"""Where a question is right, and why."""


@pytest.fixture(scope="module")
def indicators(project):
    return indicators_of(project)[:12]


def truth(indicators, form: str = "") -> Answers:
    made = invented_answers(UNITS, indicators)
    if form in CROSSED:
        made = {key: "ej_besvarat" if isinstance(value, str) else value for key, value in made.items()}
    return Answers(UNITS, indicators, made)


SAID = {"saknas": {"X": "sekretess", "tom": "ej_besvarat", "(inget kryss)": "ej_besvarat"}}
CODED = {"koder": {"1": "Ja", "2": "Delvis", "3": "Nej"}}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("quirk", QUIRKS)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_with_a_quirk(project, reference, indicators, tmp_path, form, quirk, kind):
    answers = truth(indicators, form)
    book = QUIRKS[quirk](FORMS[form](answers))
    if kind == "csv" and len(book) > 1:
        return
    path = save_book(tmp_path / f"fil.{kind}", book)
    reading = read(path, reference, tmp_path, **SAID, **(CODED if form == "code_book" else {}))
    if not reading.complete:
        assert (quirk, form) in ASKED, told(reading)[:3]
        return
    assert answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)
