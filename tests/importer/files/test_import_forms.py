"""Every form that files come in, with what people add to them: read right or asked about, never wrong."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import odf.opendocument
import odf.style
import odf.table
import odf.text
import openpyxl
import pytest
import xlwt
from importfiler import answers_of, indicators_of, invented_answers, read, read_again, save_rows, told
from importforms import ANSWERED, CROSSED, FORMS, QUIRKS, UNITS, Answers, kolada, save_book

from ojbrottsoffer.importer.conversation import understood
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.reference.register import unit_id

ASKED = {
    ("numbered", "crosses_columns"): "numbers beside the questions look like one more row of headings",
    ("numbered", "sheet_per_unit_wide"): "a number beside one row of answers counts no rows",
    ("numbered", "code_book"): "numbers before the variables look like codes of their own",
}
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
PLAIN, *ODD = QUIRKS
CODED = {"koder": {"1": "Ja", "2": "Delvis", "3": "Nej"}}


@pytest.mark.parametrize("quirk", (PLAIN, *(pytest.param(name, marks=pytest.mark.slow) for name in ODD)))
@pytest.mark.parametrize("form", FORMS)
def test_a_form_with_a_quirk(project, reference, indicators, tmp_path, form, quirk):
    """A text file where the form has one sheet, else a workbook."""
    answers = truth(indicators, form)
    book = QUIRKS[quirk](FORMS[form](answers))
    path = save_book(tmp_path / f"fil.{'csv' if len(book) == 1 else 'xlsx'}", book)
    said = SAID | ANSWERED.get(form, {}) | (CODED if form == "code_book" else {})
    reading = read(path, reference, tmp_path, **said)
    if (quirk, form) in ASKED:
        assert reading.questions, "det som står i ASKED ska vara en fråga"
        return
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("I år: {}", "Fg år: {}"),
        ("Svar 2016: {}", "Svar 2015: {}"),
        ("{} / denna mätning", "{} / föregående mätning"),
        ("{} (svar)", "{} (kommentar)"),
        ("{} / svar 1", "{} / svar 2"),
    ],
)
def test_what_stands_beside_the_answer_is_never_the_likeliest(reference, indicators, tmp_path, now, before):
    answers = truth(indicators, "wide")
    ((head, *rows),) = FORMS["wide"](answers).values()
    heads = [head[0], *(form.format(label) for label in head[1:] for form in (before, now))]
    wide = [[row[0], *(text for answer in row[1:] for text in ("Nej", answer))] for row in rows]
    path = save_book(tmp_path / "fil.csv", {"Svar": [heads, *wide]})
    asked = read(path, reference, tmp_path, **SAID).questions[0]
    assert asked.id == "rubrikmonster"
    reading = read(path, reference, tmp_path, **SAID, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()


@pytest.mark.parametrize("codes", [{2: 1, 1: 2, 0: 3}, {2: 2, 1: 1, 0: 0}])
def test_other_codes_are_one_question_and_a_code_for_no_answer_another(
    reference, indicators, tmp_path, codes
):
    answers = truth(indicators, "wide")
    coded = replace(answers, coding=codes | {"ej_besvarat": 9, "sekretess": 8})
    path = save_book(tmp_path / "fil.csv", FORMS["wide"](coded))
    asked = read(path, reference, tmp_path)
    assert {question.id for question in asked.questions} == {"obekraftade-koder", "marke"}
    assert asked.errors == [] and len(asked.questions) == 3
    first = next(question for question in asked.questions if question.id == "obekraftade-koder").choices[0]
    said = {"saknas": {"9": "ej_besvarat", "8": "sekretess"}}
    reading = read(path, reference, tmp_path, **said, **first.sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()


def test_a_workbook_of_one_sheet_says_the_same(reference, indicators, tmp_path):
    """Every form of one sheet as it is in a workbook."""
    for form in sorted(FORMS):
        answers = truth(indicators, form)
        book = FORMS[form](answers)
        if len(book) == 1:
            said = SAID | ANSWERED.get(form, {})
            reading = read(save_book(tmp_path / f"{form}.xlsx", book), reference, tmp_path, **said)
            assert told(reading) == [] and answers_of(reading) == answers.expected(), form


@pytest.mark.parametrize("form", ["long", "stacked", "sheet_per_unit", "crosses"])
def test_an_answer_keeps_the_place_of_its_own_cell(reference, indicators, tmp_path, form):
    answers = truth(indicators, form)
    path = save_book(tmp_path / "fil.xlsx", FORMS[form](answers))
    reading = read(path, reference, tmp_path, **SAID)
    book = openpyxl.load_workbook(path)
    assert len({place.where for _, place in reading.answers.values()}) == len(reading.answers)
    for answer, place in reading.answers.values():
        sheet, cell = re.fullmatch("blad ”(.+)”, cell ([A-Z]+[0-9]+)", place.where).groups()
        shown = book[sheet][cell].value
        if answer.code is not None:
            assert shown == ("x" if form == "crosses" else answers.coding[answer.code]), place


def test_a_unit_and_a_question_twice_with_different_answers(reference, indicators, tmp_path):
    book = FORMS["long"](truth(indicators))
    first = book["Data"][1]
    book["Data"].append([*first[:-1], {"Ja": "Nej"}.get(first[-1], "Ja")])
    (error,) = read(save_book(tmp_path / "fil.csv", book), reference, tmp_path, **SAID).findings
    assert error.what == "En enhet har två olika svar på samma fråga" and error.row == 110
    assert error.expected.endswith("cell F2")


@pytest.mark.parametrize("sheet", ["Tidigare", "Indikatorer"])
def test_two_lists_that_explain_the_headings_in_two_ways(reference, indicators, tmp_path, sheet):
    book = FORMS["short_headings"](truth(indicators, "short_headings"))
    heads, *rows = book["Indikatorer"]
    turned = [[row[0], other[1]] for row, other in zip(rows, rows[::-1], strict=True)]
    also = {"Tidigare": [heads[:2], *turned], "Indikatorer": [heads, *rows, turned[4]]}
    path = save_book(tmp_path / "fil.xlsx", book | {sheet: also[sheet]})
    (error,) = read(path, reference, tmp_path, **SAID).errors
    assert error.what == "Filen förklarar samma korta rubriker på två sätt"
    assert error.expected.endswith(f"blad ”{sheet}”, cell A{2 if sheet == 'Tidigare' else len(rows) + 2}")
    assert (
        told(read(path, reference, tmp_path, **SAID, rubriker={f"ind {row[0]}": row[1] for row in rows}))
        == []
    )


def test_koladas_answer_as_json(reference, indicators, tmp_path):
    answers = truth(indicators)
    given = {
        2: ("", 2.0),
        1: ("", 1.0),
        0: ("", 0.0),
        "ej_besvarat": ("Missing", None),
        "sekretess": ("Private", None),
    }
    path = kolada(tmp_path / "kolada.json", answers, given)
    said = {
        "saknas": {"Missing": "ej_besvarat", "Private": "sekretess"},
        "koder": {"2": "Ja", "1": "Delvis", "0": "Nej"},
        "indikatorer": {item[1]: item[0] for item in indicators},
    }
    reading = read(path, reference, tmp_path, **said)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


def test_koladas_ids_are_known(reference, indicators, tmp_path):
    """A key figure that is the same question is read as it; one that is a part of it is asked about."""
    same = [("social-jour", "U31466"), ("info-kvinnor", "U37469"), ("extern-vuxna-polis", "U37488")]
    answers = invented_answers(UNITS, same)
    given = {2: ("", 1.0), 1: ("", 1.0), 0: ("", 0.0), "ej_besvarat": ("", None), "sekretess": ("", None)}
    path = kolada(tmp_path / "kolada.json", Answers(UNITS, same, answers), given)
    said = {"koder": {"1": "Ja", "0": "Nej"}, "saknas": {"": "ej_besvarat"}}
    reading = read(path, reference, tmp_path, **said)
    assert told(reading) == []
    assert {indicator for _, indicator in answers_of(reading)} == {indicator for indicator, _ in same}
    part = [*same, ("info-barn", "U37471")]
    path = kolada(tmp_path / "del.json", Answers(UNITS, part, invented_answers(UNITS, part)), given)
    (question,) = read(path, reference, tmp_path, **said).questions
    assert question.value == "U37471" and "info-barn (en del av frågan" in question.expected


KOLADA_CODES = {"U31466": {2: 1.0, 0: 0.0}, "U37469": {2: 1.0, 0: 0.0}, "U37518": {2: 2.0, 1: 1.0, 0: 0.0}}
"""Key figures -> the code of each answer in Kolada."""
KOLADA_SAME = [
    ("social-jour", "U31466"),
    ("info-kvinnor", "U37469"),
    ("uppfoljning-systematisk-vuxna", "U37518"),
]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_each_key_figure_of_kolada_is_read_by_its_own_coding(form, reference, tmp_path):
    """1 is Ja where Kolada has Ja and Nej alone, and Delvis where it has all three; what is missing is said."""
    posts, expected = [], {}
    for u, (name, code) in enumerate(UNITS):
        for i, (indicator, kpi) in enumerate(KOLADA_SAME):
            codes = KOLADA_CODES[kpi]
            answer = [*codes, None][(u + i + u * i) % (len(codes) + 1)]
            posts.append((kpi, code, name, None if answer is None else codes[answer]))
            expected[unit_id(name), indicator] = "ej_besvarat" if answer is None else answer
    path = tmp_path / f"kolada.{form}"
    if form == "json":
        entries = [
            {
                "kpi": kpi,
                "municipality": code,
                "period": 2016,
                "values": [{"gender": "T", "status": "" if value is not None else "-", "value": value}],
            }
            for kpi, code, _, value in posts
        ]
        entries.append({"kpi": "U37488", "municipality": UNITS[0][1], "period": 2016, "values": []})
        path.write_text(json.dumps({"values": entries, "next_url": None}), encoding="utf-8")
    else:
        lines = ["nyckeltal;kommunkod;kommun;ar;kon;varde"]
        lines += [f"{k};{c};{n};2016;T;{'-' if v is None else int(v)}" for k, c, n, v in posts]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = {"saknas": {"-": "ej_besvarat"}, "indikatorer": {"U37518": "uppfoljning-systematisk-vuxna"}}
    reading = read(path, reference, tmp_path, **said)
    assert told(reading) == [] and answers_of(reading) == expected
    assert any(
        "som Kolada kodar nyckeltalen: 2 med 1 = Ja, 0 = Nej, 1 med 2 = Ja" in note for note in reading.notes
    )
    assert form == "csv" or any("utan ett enda värde i filen: U37488" in note for note in reading.notes)
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "går inte att läsa som JSON"),
        ('{"svar": []}', "Filen är JSON, men inte Koladas"),
        ('{"values": [], "next_url": null}', "Koladas svar är tomt"),
        ('{"values": [{"kpi": "U1"}]}', "En post i filen har inte Koladas form"),
        ('{"values": [{"kpi": "U1"}], "next_url": "/v3/x"}', "Filen är bara en sida av Koladas svar"),
    ],
)
def test_json_that_is_not_koladas(reference, tmp_path, text, words):
    (tmp_path / "fil.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        read(tmp_path / "fil.json", reference, tmp_path)


def test_another_year_than_the_one_that_is_read(reference, indicators, tmp_path):
    path = save_book(tmp_path / "fil.csv", FORMS["long_years"](truth(indicators)))
    (error,) = read(path, reference, tmp_path, ar=2019, **SAID).findings
    assert (error.what, error.value) == ("Filen har inga svar för 2019", "2015, 2016, 2017")


def test_a_year_at_the_end_of_every_heading(reference, indicators, tmp_path):
    (heading, *rows) = FORMS["wide"](truth(indicators))["Svar"]
    wide = {"Svar": [[heading[0], *(f"{text} 2015" for text in heading[1:])], *rows]}
    path = save_book(tmp_path / "fil.xlsx", wide)
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "ar-i-rubriker" and question.what.startswith("12 rubriker har 2015")
    for more in ({"ar": 2015}, {"andra_ar": [2015]}):
        reading = read(path, reference, tmp_path, **SAID, **more)
        assert told(reading) == [] and answers_of(reading) == truth(indicators).expected()


@pytest.mark.parametrize("added", [" -15", " (15)", " ’15"])
def test_a_year_of_two_digits_is_a_year(reference, indicators, tmp_path, added):
    (heading, *rows) = FORMS["wide"](truth(indicators))["Svar"]
    named = [heading[0], *(f"{text}{added}" for text in heading[1:])]
    path = save_book(tmp_path / "fil.xlsx", {"Svar": [named, *rows]})
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "ar-i-rubriker" and question.choices[0].sets == {"andra_ar": ["2015"]}


def printed(path: Path, rows: list, text: str) -> None:
    """A workbook with a text at the head of its printed pages."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.active.oddHeader.left.text = text
        for row in rows:
            book.active.append(row)
    elif path.suffix == ".xls":
        book = xlwt.Workbook()
        sheet = book.add_sheet("Svar")
        sheet.header_str = f"&L&B{text}".encode()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value)
    else:
        save_rows(path.parent, rows, "ods").rename(path)
        book = odf.opendocument.load(path)
        layout = odf.style.PageLayout(name="Sida")
        page = odf.style.MasterPage(name="Sida", pagelayoutname=layout)
        page.addElement(head := odf.style.Header())
        head.addElement(odf.text.P(text=text))
        book.automaticstyles.addElement(layout)
        book.masterstyles.addElement(page)
    book.save(str(path))


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_another_year_at_the_head_of_the_printed_page_is_asked_about(reference, indicators, tmp_path, kind):
    path = tmp_path / f"fil.{kind}"
    printed(path, FORMS["wide"](truth(indicators))["Svar"], "Resultat 2015")
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "annat-ar" and question.value == "Resultat 2015"


def struck(path: Path, rows: list) -> None:
    """A workbook with a line through the text of cell C3; row 5 is hidden where the format has it here."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.active.title = "Svar"
        for row in rows:
            book.active.append(row)
        book.active["C3"].font = openpyxl.styles.Font(strike=True)
        book.active.row_dimensions[5].hidden = True
    elif path.suffix == ".xls":
        book, through = xlwt.Workbook(), xlwt.easyxf("font: struck_out on")
        sheet = book.add_sheet("Svar")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value, *([through] if (r, c) == (2, 2) else []))
        sheet.row(4).hidden = True
    else:
        save_rows(path.parent, rows, "ods").rename(path)
        book = odf.opendocument.load(path)
        through = odf.style.Style(name="Struken", family="table-cell")
        through.addElement(odf.style.TextProperties(textlinethroughstyle="solid"))
        book.automaticstyles.addElement(through)
        lines = book.getElementsByType(odf.table.TableRow)
        lines[4].setAttribute("visibility", "filter")
        lines[2].getElementsByType(odf.table.TableCell)[2].setAttribute("stylename", through)
    book.save(str(path))


@pytest.mark.parametrize(("kind", "form"), [("xlsx", "long"), ("xls", "wide"), ("ods", "long")])
def test_what_is_struck_through_or_hidden_is_told(reference, indicators, tmp_path, kind, form):
    path, answers = tmp_path / f"fil.{kind}", truth(indicators)
    (rows,) = FORMS[form](answers).values()
    struck(path, [["" if cell is None else cell for cell in row] for row in rows])
    reading = read(path, reference, tmp_path, **SAID)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    notes = " ".join(reading.notes)
    assert f"överstruken text på bladet ”Svar” läses som annan text: C3 ({rows[2][2]})." in notes
    assert "på bladet ”Svar” är lästa som om de syntes: 5" in notes


def in_numbers(answers: Answers, form: str, last: bool) -> dict:
    """The nation and a county with a whole number for each question, before the units or after them."""
    ((name, rows),) = FORMS[form](answers).items()
    own_row = form == "stacked_own_row"
    start = next(n for n, row in enumerate(rows) if answers.indicators[0][1] in row) - own_row
    width = len(rows[start + own_row])
    added = []
    for label in ("00 Riket", "90 Testlandets län"):
        added += [[label]] * own_row
        for n, item in enumerate(answers.indicators):
            above = [] if own_row else [label if n == 0 or form != "stacked" else None]
            added.append([*above, item[1], *[30 + n] * (width - len(above) - 1)])
    return {name: [*rows, *added] if last else [*rows[:start], *added, *rows[start:]]}


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("form", ["stacked", "stacked_own_row", "long_crosses"])
def test_the_nation_in_whole_numbers_hides_no_form(reference, indicators, tmp_path, form, last):
    answers = truth(indicators, form)
    path = save_book(tmp_path / "fil.xlsx", in_numbers(answers, form, last))
    reading = read(path, reference, tmp_path, **SAID)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    assert [value for value, _ in reading.shares.values()] == [30 + n for n in range(len(indicators))]
    read_again(reading, path, reference, tmp_path)


def test_a_heading_that_is_cut_is_the_only_question_that_begins_so(reference, indicators, tmp_path):
    answers = truth(indicators)
    (heading, *rows) = FORMS["wide"](answers)["Svar"]
    labels = heading[1:]
    alone = [text for text in labels if sum(other[:40] == text[:40] for other in labels) == 1]
    cut = [heading[0], *(f"{text[:40]}…" if text in alone else text for text in labels)]
    reading = read(save_book(tmp_path / "fil.xlsx", {"Svar": [cut, *rows]}), reference, tmp_path, **SAID)
    known = {item.label: item.how for item in reading.indicators}
    assert "början av en känd etikett" in known.values() and reading.errors == []
    right = answers.expected()
    assert all(right[key] == value for key, value in answers_of(reading).items())


@pytest.mark.parametrize("written", ["{}-11-01", "ÖJ {}"])
def test_a_column_of_dates_says_which_year_a_row_is_of(reference, indicators, tmp_path, written):
    answers = truth(indicators)
    heading, *rows = FORMS["wide_year_rows"](answers)["Svar"]
    dated = [[name, written.format(year), *rest] for name, year, *rest in rows]
    path = save_book(tmp_path / "fil.csv", {"Svar": [heading, *dated]})
    reading = read(path, reference, tmp_path, **SAID)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)
    (error,) = read(path, reference, tmp_path, ar=2014, **SAID).findings
    assert error.what == "Filen har inga svar för 2014" and error.value == "2015, 2016"


@pytest.mark.parametrize("form", ["long_years", "sheet_per_unit"])
def test_a_unit_that_only_has_another_year_is_asked_about(reference, indicators, tmp_path, form):
    answers = truth(indicators)
    book = FORMS[form](answers)
    unit = UNITS[4][0]
    if form == "long_years":
        book["Data"] = [row for row in book["Data"] if row[:2] != [unit, 2016]]
    else:
        book[unit][2][2] = "Svar 2015"
    path = save_book(tmp_path / "fil.xlsx", book)
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "utan-svar" and question.value.startswith(unit) and "2015" in question.what
    reading = read(path, reference, tmp_path, **SAID, **question.choices[0].sets)
    right = {key: value for key, value in answers.expected().items() if key[0] != unit_id(unit)}
    assert told(reading) == [] and answers_of(reading) == right
    read_again(reading, path, reference, tmp_path)


def test_one_question_for_one_pattern(reference, indicators, tmp_path):
    (heading, *rows) = FORMS["wide"](truth(indicators))["Svar"]
    wide = [[heading[0], *(text for own in heading[1:] for text in (own, f"{own} (fg år)"))]]
    wide += [[row[0], *(text for own in row[1:] for text in (own, "Nej"))] for row in rows]
    wide = [[f"{row[0]} 2016" if n else row[0], *row[1:]] for n, row in enumerate(wide)]
    path = save_book(tmp_path / "fil.xlsx", {"Svar": wide})
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "rubrikmonster" and "12 rubriker" in question.what
    reading = read(path, reference, tmp_path, **SAID, rubrikmonster={"* (fg år)": "ignorera"})
    assert told(reading) == [] and answers_of(reading) == truth(indicators).expected()
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize(
    ("pattern", "heading", "unit"),
    [
        ("#.# *", "{m}.{n} {}", "{}"),
        ("#. *", "{m}{abc}. {}", "{}"),
        ("#.# #) * (Ja/Nej)", "{m}.{n} {abc}) {} (Ja/Nej)", "{}"),
        ("U# *", "U330{n} {}", "{}"),
        ("* (n=#)", "{} (n={m})", "{}"),
        ("Hade kommunen i mars detta år: *", "Hade kommunen i mars detta år: {}?", "{}"),
        ("#. *", "{}", "{n}. {}"),
        ("* [#]", "{}", "{} [{n}]"),
        ("* (inkom # mars)", "{}", "{} (inkom {n} mars)"),
        ("* (…)", "{}", "{} ({word})"),
        ("* svarande: …", "{}", "{} – svarande: {word} Berg"),
    ],
)
def test_what_differs_from_one_label_to_the_next_is_put_aside(
    reference, indicators, tmp_path, pattern, heading, unit
):
    """The numbers go the other way than the questions: what is read is what the words say."""

    def written(form: str, texts: list[str]) -> list[str]:
        words = "Ada Bo Cia Dan Eva Fia Gun Hans Ida Jan Kai Leo Mia".split()
        return [
            form.format(text, n=40 - n, m=3 - n // 5, abc="lkjihgfedcba"[n % 12], word=words[n % 13])
            for n, text in enumerate(texts)
        ]

    answers = truth(indicators)
    (head, *rows) = FORMS["wide"](answers)["Svar"]
    labels = written(unit, [row[0] for row in rows])
    wide = [[label, *row[1:]] for label, row in zip(labels, rows, strict=True)]
    path = save_book(tmp_path / "fil.csv", {"Svar": [[head[0], *written(heading, head[1:])], *wide]})
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    many = len(rows) if heading == "{}" else len(head) - 1
    assert asked.what.startswith(f"{many} ") and f"”{pattern}”" in asked.what
    reading = read(path, reference, tmp_path, **SAID, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize("form", ["Kommentar till fråga {}", "Kommentar {}"])
def test_columns_that_differ_in_their_number_alone_are_left_out_together(
    reference, indicators, tmp_path, form
):
    answers = truth(indicators)
    (head, *rows) = FORMS["wide"](answers)["Svar"]
    wide = [[head[0], *(text for n, own in enumerate(head[1:]) for text in (own, form.format(n)))]]
    wide += [[row[0], *(text for own in row[1:] for text in (own, "Se rutin"))] for row in rows]
    path = save_book(tmp_path / "fil.csv", {"Svar": wide})
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    leave, each = (choice.sets for choice in asked.choices)
    assert asked.what.startswith(f"{len(head) - 1} rubriker") and f"”{form.format('#')}”" in asked.what
    reading = read(path, reference, tmp_path, **SAID, **leave)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    assert len(read(path, reference, tmp_path, **SAID, **each).questions) == len(head) - 1


def test_answers_on_a_sheet_that_is_not_read(reference, indicators, tmp_path):
    answers = truth(indicators)
    book = FORMS["wide"](answers)
    book["Bilaga"] = [["Ort", "Utfall"], *([f"Ort {n}", ("Ja", "Nej")[n % 2]] for n in range(20))]
    path = save_book(tmp_path / "fil.xlsx", book)
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "olasta-svar" and "”Bilaga” (20 celler)" in question.what
    reading = read(path, reference, tmp_path, **SAID, lamnas=["Bilaga"])
    assert told(reading) == [] and answers_of(reading) == answers.expected()


def test_what_other_sheets_say_is_asked_about_or_shown(reference, indicators, tmp_path):
    """The year of the answers is always asked about, another one unless the file names the right one itself; a table's
    years are its own."""
    answers = truth(indicators)
    (heading, *rows) = FORMS["wide"](answers)["Svar"]
    aside = {"Läs mig": [["Avser 2014"], ["1=Ja, 2=Nej"]]}
    path = save_book(tmp_path / "fil.xlsx", {"Svar": [heading, *rows]} | aside)
    reading = read(path, reference, tmp_path, **SAID)
    assert [(q.id, q.value) for q in reading.questions] == [("annat-ar", "Avser 2014")]
    for said in ({"andra_ar": ["2014"]}, {"andra_ar": ["2014"], "blad": ["Svar"]}):
        reading = read(path, reference, tmp_path, **SAID, **said)
        assert told(reading) == [] and answers_of(reading) == answers.expected()
        shown = understood(reading, 2016, None)
        assert all(f"Ej läst      Läs mig {text}" in shown for text in ("A1: Avser 2014", "A2: 1=Ja"))
    titled = {"Svar": [["Svar 2016"], [], heading, *rows]}
    reading = read(save_book(tmp_path / "fil.xlsx", titled | aside), reference, tmp_path, **SAID)
    assert [(q.id, q.value) for q in reading.questions] == [("annat-ar", "Avser 2014")]
    contact = {"Läs mig": [["Kontakt: Anna, 2014"]]}
    reading = read(save_book(tmp_path / "fil.xlsx", titled | contact), reference, tmp_path, **SAID)
    assert told(reading) == [] and any("Kontakt: Anna, 2014" in note for note in reading.notes)


def cards(answers: Answers, title: str) -> dict:
    """Each unit under a title of its own, its questions below."""
    ((head, *rows),) = FORMS["wide"](answers).values()
    return {
        "Svar": [
            line
            for row in rows
            for line in ([title.format(row[0])], *map(list, zip(head[1:], row[1:], strict=True)), [])
        ]
    }


def rounds(answers: Answers, heading: str, names: tuple[str, ...], form: str) -> dict:
    """Each row once for each of the names; the answers are in the rows of the first."""
    ((head, *rows),) = FORMS[form](answers).values()
    turned = {"Ja": "Nej", "Nej": "Ja"}
    twice = [
        [row[0], name, *row[1:]] if n == 0 else [row[0], name, *(turned.get(text, text) for text in row[1:])]
        for row in rows
        for n, name in enumerate(names)
    ]
    return {"Svar": [[head[0], heading, *head[1:]], *twice]}


def added(answers: Answers, *endings: str) -> dict:
    ((head, *rows),) = FORMS["wide"](answers).values()
    return {
        "Svar": [head, *([endings[n % len(endings)].format(row[0]), *row[1:]] for n, row in enumerate(rows))]
    }


def misnumbered(answers: Answers) -> dict:
    """A row for each answer with the question's number and its text, which is another's in some rows."""
    asked = answers.indicators
    rows = [
        [name, n + 1, asked[1 - n if u == 3 and n < 2 else n][1], answers.shown(name, item[0])]
        for u, (name, _) in enumerate(UNITS)
        for n, item in enumerate(asked)
    ]
    return {"Data": [["Kommun", "Nr", "Indikator", "Svar"], *rows]}


def dated(answers: Answers, **headings: int) -> dict:
    """A row for each answer of two years. `headings`: column -> how long after the year its year is."""
    rows = [
        [
            name,
            *(year + later for later in headings.values()),
            item[1],
            answers.shown(name, item[0], year != 2016),
        ]
        for name, _ in UNITS
        for item in answers.indicators
        for year in (2015, 2016)
    ]
    return {"Data": [["Kommun", *(name.replace("_", " ") for name in headings), "Indikator", "Svar"], *rows]}


def over_the_middle(answers: Answers, at: int, last: int) -> dict:
    """The questions of a year beside those of the year before, each year over one of its columns; the later has `last` questions."""
    ((head, *rows),) = FORMS["wide"](answers).values()
    turned = {"Ja": "Nej", "Nej": "Delvis", "Delvis": "Ja"}
    count = len(head) - 1
    years = [{at: "2015", count + at: "2016"}.get(column) for column in range(count + last + 1)]
    twice = [[*row, *row[1 : last + 1]] for row in [head]]
    twice += [[row[0], *(turned.get(text, text) for text in row[1:]), *row[1 : last + 1]] for row in rows]
    return {"Svar": [years, *twice]}


def noted(answers: Answers, *notes: str) -> dict:
    (rows,) = FORMS["wide"](answers).values()
    return {"Svar": [["Svar 2016"], [], *rows, [], *([note] for note in notes)]}


ONE_QUESTION = {
    "rounds of a year": ("delar-svaren", lambda a: rounds(a, "Period", ("HT 2016", "VT 2016"), "long")),
    "a revised year": ("delar-svaren", lambda a: rounds(a, "År", ("2016 (rev.)", "2016"), "long")),
    "the same of a wide table": ("delar-svaren", lambda a: rounds(a, "År", ("2016 rev", "2016"), "wide")),
    "words over each unit": ("enhetsmonster", lambda a: cards(a, "Svar från {}")),
    "a label over each unit": ("enhetsmonster", lambda a: cards(a, "Kommun: {}")),
    "parts of the country": ("enhetsmonster", lambda a: added(a, "{} (Norr)", "{} (Söder)", "{} (Mitt)")),
    "a note of another year": ("annat-ar", lambda a: noted(a, "Svaren avser 2014.")),
    "two years on each row": ("flera-ar", lambda a: dated(a, Insamlat_år=1, Avser_år=0)),
    "only the year of publishing": ("flera-ar", lambda a: dated(a, Publiceringsår=1)),
    "years over the middle of their columns": ("flera-ar", lambda a: over_the_middle(a, 7, 12)),
    "the number of another question": ("fragenummer", misnumbered),
    "two notes of other years": ("annat-ar", lambda a: noted(a, "Avser november 2015", "Inhämtat 2014")),
}
"""What one pattern of a file is asked about by, once, and read right with the first answer."""


@pytest.mark.parametrize("case", ONE_QUESTION)
def test_one_pattern_is_one_question(reference, indicators, tmp_path, case):
    kind, make = ONE_QUESTION[case]
    answers = truth(indicators)
    path = save_book(tmp_path / "fil.xlsx", make(answers))
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    assert asked.id == kind
    reading = read(path, reference, tmp_path, **SAID, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


def test_a_column_without_a_year_is_not_taken_for_the_year(reference, indicators, tmp_path):
    answers = truth(indicators)
    path = save_book(tmp_path / "fil.xlsx", over_the_middle(answers, 3, 11))
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    assert asked.id == "flera-ar" and asked.what.endswith(
        f", och utan år: ”{indicators[0][1]}”, ”{indicators[1][1]}”"
    )
    reading = read(path, reference, tmp_path, **SAID, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading).items() < answers.expected().items()


@pytest.mark.parametrize("parted", [", ", "; ", " "])
def test_lists_of_units_under_each_answer_are_refused(reference, indicators, tmp_path, parted):
    words = ("Ja", "Delvis", "Nej")
    listed = [[parted.join(name for name, _ in UNITS[n::3]) for n in range(3)] for _ in indicators]
    rows = [["Fråga", *words], *([item[1], *lists] for item, lists in zip(indicators, listed, strict=True))]
    reading = read(save_book(tmp_path / "fil.xlsx", {"Svar": rows}), reference, tmp_path)
    (error,) = reading.findings
    assert "räknar upp enheterna" in error.what and "cell B2" in error.table


def test_codes_of_other_municipalities_may_be_left_also_where_a_row_is_an_answer(
    reference, indicators, tmp_path
):
    answers = truth(indicators)
    ((head, *rows),) = FORMS["long"](answers).values()
    assert head[0] == "Kommunkod"
    codes = [UNITS[n // len(indicators) - 1][1] for n in range(len(rows))]
    book = {"Svar": [head, *([code, *row[1:]] for row, code in zip(rows, codes, strict=True))]}
    path = save_book(tmp_path / "fil.csv", book)
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    assert asked.id == "kommunkoder"
    reading = read(path, reference, tmp_path, **SAID, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()


def test_rows_that_are_withdrawn_are_left_out_or_told(reference, indicators, tmp_path):
    answers = truth(indicators)
    ((head, *rows),) = FORMS["long"](answers).values()
    states = ["Makulerad" if n % 7 == 3 else "Klar" for n in range(len(rows))]
    book = {"Svar": [[*head, "Läge"], *([*row, state] for row, state in zip(rows, states, strict=True))]}
    path = save_book(tmp_path / "fil.csv", book)
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    left, every = (choice.sets for choice in asked.choices)
    reading = read(path, reference, tmp_path, **SAID, **every)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    assert any("”Makulerad”" in note for note in reading.notes)
    missing = {"saknas": SAID["saknas"] | {"(ingen rad)": "ej_besvarat"}}
    reading = read(path, reference, tmp_path, **missing, **left)
    names, ids = {name for name, _ in UNITS}, {item[1]: item[0] for item in indicators}
    gone = {
        (unit_id(next(text for text in row if text in names)), next(ids[text] for text in row if text in ids))
        for row, state in zip(rows, states, strict=True)
        if state != "Klar"
    }
    assert told(reading) == [] and any("”Makulerad”" in note for note in reading.notes)
    read_again(reading, path, reference, tmp_path)
    assert answers_of(reading) == answers.expected() | dict.fromkeys(gone, "ej_besvarat")


@pytest.mark.parametrize("form", ["wide", "long_by_question"])
@pytest.mark.parametrize(("added", "many"), [(("{} 2014", "{} 2016"), 3), (("{} (avser 2014)", "{}"), 1)])
def test_a_question_that_only_has_another_year_is_asked_about(
    reference, indicators, tmp_path, form, added, many
):
    answers = truth(indicators)
    ((sheet, rows),) = FORMS[form](answers).items()
    named = {item[1]: added[n >= many].format(item[1]) for n, item in enumerate(indicators)}
    rows = [[named.get(text, text) for text in row] for row in rows]
    path = save_book(tmp_path / "fil.xlsx", {sheet: rows})
    (question,) = read(path, reference, tmp_path, **SAID).questions
    asked = "3 frågor har" if many == 3 else "1 fråga har"
    assert question.id == "ar-i-rubriker" and question.what.startswith(f"{asked} bara en kolumn för 2014")
    without, with_them = (
        read(path, reference, tmp_path, **SAID | choice.sets) for choice in question.choices
    )
    assert told(without) == told(with_them) == [] and len(without.indicators) == 12 - many
    for reading in (without, with_them):
        read_again(reading, path, reference, tmp_path)
    assert answers_of(with_them) == answers.expected()


def test_a_column_that_splits_the_answers_is_a_question_with_its_values(reference, indicators, tmp_path):
    answers = truth(indicators)
    ((heading, *rows),) = FORMS["long"](answers).values()
    rounds = [[*row, which] for row in rows for which in ("Omgång 1", "Omgång 2")]
    last = len(heading) - 1
    for row in rounds:
        if row[-1] == "Omgång 1" and row[last] in ("Ja", "Nej"):
            row[last] = {"Ja": "Nej", "Nej": "Ja"}[row[last]]
    path = save_book(tmp_path / "fil.xlsx", {"Svar": [[*heading, "Omgång"], *rounds]})
    reading = read(path, reference, tmp_path, **SAID)
    assert reading.errors == [] and [question.id for question in reading.questions] == ["delar-svaren"]
    words = [choice.in_words for choice in reading.questions[0].choices]
    assert words == [f"Bara raderna med ”Omgång {n}” ska läsas ({len(rows)} rader)" for n in (1, 2)]
    reading = read(path, reference, tmp_path, **SAID | reading.questions[0].choices[1].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)
    (heading, *rows) = FORMS["wide"](answers)["Svar"]
    rounds = [[row[0], which, *row[1:]] for row in rows for which in ("Vår", "Sommar", "Höst")]
    path = save_book(tmp_path / "fil.xlsx", {"Svar": [[heading[0], "Omgång", *heading[1:]], *rounds]})
    (question,) = read(path, reference, tmp_path, **SAID).findings
    reading = read(path, reference, tmp_path, **SAID | question.choices[2].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize("first", ["long", "wide"])
def test_two_forms_in_one_file_are_told_apart(reference, indicators, tmp_path, first):
    """On one sheet and on two: which part is which, and each of them can be chosen."""
    answers = truth(indicators)
    parts = {name: next(iter(FORMS[name](answers).values())) for name in ("long", "wide")}
    second = "wide" if first == "long" else "long"
    one = save_book(tmp_path / "ett.xlsx", {"Svar": [*parts[first], [], *parts[second]]})
    (question,) = read(one, reference, tmp_path, **SAID).questions
    assert question.id == "tva-tabeller" and question.what.startswith("Bladet har svar på två sätt: rad ")
    two = save_book(tmp_path / "tva.xlsx", {first: parts[first], second: parts[second]})
    (other,) = read(two, reference, tmp_path, **SAID).questions
    assert (
        other.id == "olasta-svar"
        and "”wide”" in other.what
        and "Läst är ”long”, med en rad för" in other.what
    )
    for path, asked in ((one, question), (two, other)):
        assert "be avsändaren om en fil med alla svar på ett sätt" in asked.otherwise
        for choice in asked.choices:
            reading = read(path, reference, tmp_path, **SAID | choice.sets)
            assert told(reading) == [] and answers_of(reading) == answers.expected()


@pytest.mark.parametrize("way", ["under", "beside", "units in columns"])
def test_of_two_tables_the_one_under_the_year_comes_first(reference, indicators, tmp_path, way):
    """Both can be chosen, and read again when they are kept."""
    answers = truth(indicators)
    rows = FORMS["wide"](answers)["Svar"]
    before = [[rows[0][0], *rows[0][1:]], *([row[0], *row[:0:-1]] for row in rows[1:])]
    if way == "units in columns":
        before, rows = ([list(line) for line in zip(*own, strict=True)] for own in (before, rows))
    tables = [[[f"Resultat {year}"], [], *own] for year, own in ((2015, before), (2016, rows))]
    width = len(rows[0]) + 1
    book = (
        [[*a, *[None] * (width - len(a)), *b] for a, b in zip(*tables, strict=True)]
        if way == "beside"
        else [*tables[0], [], *tables[1]]
    )
    path = save_book(tmp_path / "fil.xlsx", {"Svar": book})
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    assert asked.id == "tva-tabeller" and asked.choices[0].when.endswith("under 2016")
    for choice in asked.choices:
        reading = read(path, reference, tmp_path, **SAID, **choice.sets, andra_ar=["2015"])
        assert told(reading) == []
        assert (answers_of(reading) == answers.expected()) == (choice is asked.choices[0])
        read_again(reading, path, reference, tmp_path)


def test_the_larger_of_two_sheets_comes_first_and_corrections_are_named(reference, indicators, tmp_path):
    (heading, *rows) = FORMS["wide"](truth(indicators))["Svar"]
    path = save_book(tmp_path / "fil.xlsx", {"Rättelser": [heading, rows[0]], "Svar": [heading, *rows]})
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert [choice.sets["blad"] for choice in question.choices] == ["Svar", "Rättelser"]
    assert "(1 rad)" in question.table and "är det ena rättelser till det andra" in question.otherwise


@pytest.mark.parametrize(
    ("headings", "others"),
    [
        (["Svar", "Svar tidigare år"], ["Svar tidigare år", "Svar"]),
        (["Svar", None], ["Svar tidigare år", "Svar"]),
        (["Fastställt svar", "Egen bedömning"], ["Egen bedömning", "Fastställt svar"]),
        (["Egen bedömning", "Fastställt svar"], ["Fastställt svar", "Egen bedömning"]),
    ],
)
@pytest.mark.parametrize("form", ["sheet_per_unit_named", "sheet_per_question"])
def test_the_answers_of_each_sheet_stand_under_their_own_heading(
    reference, indicators, tmp_path, form, headings, others
):
    """One sheet has the columns the other way round, or one more before the answers."""
    answers = truth(indicators)
    book = {}
    for number, (name, rows) in enumerate(FORMS[form](answers).items()):
        head = next(n for n, row in enumerate(rows) if "Svar" in row)
        at, heads = rows[head].index("Svar"), others if number == 4 else headings
        book[name] = [*rows[:head], [*rows[head][:at], *heads]]
        for row in rows[head + 1 :]:
            shown = {"Svar": row[at], "Fastställt svar": row[at], None: None}
            book[name].append([*row[:at], *(shown.get(text, "Delvis") for text in heads)])
    path = save_book(tmp_path / "fil.xlsx", book)
    (asked,) = read(path, reference, tmp_path, **SAID).questions
    assert asked.id == "olasta-kolumner"
    reading = read(path, reference, tmp_path, **SAID, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize("shared", [False, True])
def test_sheets_with_one_question_and_sheets_with_several_are_read_as_one(
    reference, indicators, tmp_path, shared
):
    """Also where a question stands on two of them; where they differ both cells are named."""
    answers = truth(indicators)
    heading, *rows = FORMS["wide"](answers)["Svar"]
    areas = {"A": (1, 2), "B": (2, 3), "C": (3, 8), "D": (7 if shared else 8, 13)}
    book = {name: [[row[0], *row[a:b]] for row in (heading, *rows)] for name, (a, b) in areas.items()}
    path = save_book(tmp_path / "fil.xlsx", book)
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.choices[0].sets == {"blad": list(areas)}
    reading = read(path, reference, tmp_path, **SAID, blad=list(areas))
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)
    if shared:
        book["D"][3][1] = {"Ja": "Nej"}.get(book["D"][3][1], "Ja")
        (error,) = read(save_book(path, book), reference, tmp_path, **SAID, blad=list(areas)).findings
        assert "två olika svar på samma fråga" in error.what and error.table == "blad ”C”, cell F4"
        assert error.expected.endswith("blad ”D”, cell B4")


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_correction_beside_the_answers_is_asked_about(reference, indicators, tmp_path, form, rows):
    answers = truth(indicators)
    listed = [["Kommun", "Fråga", "Tidigare svar", "Nytt svar"]]
    listed += [[UNITS[n][0], indicators[n][1], "Delvis", "Ja"] for n in range(rows)]
    path = save_book(tmp_path / "fil.xlsx", FORMS[form](answers) | {"Rättelser": listed})
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "olasta-svar" and question.choices[0].sets == {"lamnas": ["Rättelser"]}
    reading = read(path, reference, tmp_path, **SAID, lamnas=["Rättelser"])
    assert told(reading) == [] and answers_of(reading) == answers.expected()


def test_of_figures_that_were_replaced_the_last_are_the_likeliest(reference, indicators, tmp_path):
    answers = truth(indicators)
    rows = [["Kommun", "Fråga", "Status", "Svar"]]
    rows += [
        [name, item[1], status, answers.shown(name, item[0], status == "Preliminär")]
        for name, _ in UNITS
        for item in indicators
        for status in ("Preliminär", "Slutlig")
    ]
    path = save_book(tmp_path / "fil.xlsx", {"Data": rows})
    (question,) = read(path, reference, tmp_path, **SAID).questions
    assert question.id == "delar-svaren"
    reading = read(path, reference, tmp_path, **SAID, **question.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()


def beside(rows, half):
    """The first rows, so many, and the others beside them."""
    return [[*a, None, *b] for a, b in zip_longest(rows[:half], rows[half:], fillvalue=[])]


BESIDE = {
    "two tables": lambda head, rows: [[*head, None, *head], *beside(rows, len(rows) // 2)],
    "two tables without headings": lambda _, rows: beside(
        [line for n, row in enumerate(rows) for line in ([[row[0], None]] * (n % 12 == 0) + [row[1:]])],
        13 * (len(UNITS) // 2 + 1),
    ),
    "the last is final": lambda head, rows: [
        [*head, "Slutligt svar"],
        *([name, asked, "Nej", shown] for name, asked, shown in rows),
    ],
    "words beside codes": lambda head, rows: [
        [*head[:2], "Svarskod", "Svarstext"],
        *(
            [name, asked, {"Ja": 0, "Delvis": 1, "Nej": 2}.get(shown, shown), shown]
            for name, asked, shown in rows
        ),
    ],
    "two triples of crosses": lambda _, rows: [
        ["Kommun", "Fråga", *("Ja", "Delvis", "Nej") * 2],
        *([*row[:2], *("x" * (row[2] == word) for word in ("Ja", "Delvis", "Nej") * 2)] for row in rows),
    ],
    "a few corrections": lambda head, rows: [
        [*head, "Rättat svar"],
        *([*row, "Ja" if n == 7 else None] for n, row in enumerate(rows)),
    ],
    "numbers and words of something else": lambda head, rows: [
        ["Nr", *head, "Befolkningsgrupp", "Anmärkning"],
        *([n % 3, *row, n % 2 + 1, "Ja" if n == 7 else f"Ja, {n}"] for n, row in enumerate(rows)),
    ],
}


@pytest.mark.parametrize("case", BESIDE)
def test_answers_beside_those_that_are_read_are_asked_about(reference, indicators, tmp_path, case):
    """The likeliest answer stands first, and the reading is then right."""
    answers = truth(indicators, "long_crosses" if "crosses" in case else "")
    rows = [[name, item[1], answers.shown(name, item[0])] for name, _ in UNITS for item in indicators]
    path = save_book(tmp_path / "fil.xlsx", {"Svar": BESIDE[case](["Kommun", "Fråga", "Svar"], rows)})
    reading = read(path, reference, tmp_path, **SAID)
    kind = (
        "filens-koder" if case == "words beside codes" else "olasta-kolumner"
    )  # the words explain the codes
    asked = [question for question in reading.questions if question.id == kind]
    assert len(asked) == (case != "numbers and words of something else")
    for question in asked:
        reading = read(path, reference, tmp_path, **SAID, **question.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, path, reference, tmp_path)


def test_most_rows_with_values_are_read(reference, indicators, tmp_path):
    (heading, *rows) = FORMS["wide"](truth(indicators))["Svar"]
    others = [[f"Ort {n}", *rows[0][1:]] for n in range(len(rows) + 1)]
    path = save_book(tmp_path / "fil.xlsx", {"Svar": [heading, *rows, *others]})
    left = [row[0] for row in others]
    (error,) = read(path, reference, tmp_path, **SAID, hoppa_over=left).findings
    assert error.what.startswith(f"{len(left)} rader med värden hoppas över")
    path = save_book(tmp_path / "fil.xlsx", {"Svar": [heading, *rows, *others[1:]]})
    assert told(read(path, reference, tmp_path, **SAID, hoppa_over=left[1:])) == []
