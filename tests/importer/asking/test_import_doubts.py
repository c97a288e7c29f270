"""What a file leaves in doubt is asked about or told, never passed over. Fictional units only."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
import xlwt
import yaml
from importfiler import (
    CODES,
    GREEN,
    NUMBERS,
    RED,
    SPREADSHEETS,
    UNITS,
    WORDS,
    File,
    answers_of,
    expected,
    indicators_of,
    invented_answers,
    profile_file,
    read,
    read_again,
    save_rows,
    test_units,
    told,
)
from odf.office import Annotation
from odf.opendocument import load
from odf.table import TableCell
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.cli.reviews import show_changed
from ojbrottsoffer.importer.accepted import accept, editions
from ojbrottsoffer.importer.accepted.edition_before import edition_before
from ojbrottsoffer.importer.conversation import draft, understood
from ojbrottsoffer.importer.doubts.statements import statements
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, shared_words
from ojbrottsoffer.importer.meaning.legend import legend_of
from ojbrottsoffer.importer.meaning.units import UnitMatcher
from ojbrottsoffer.importer.meaning.values import is_summary
from ojbrottsoffer.importer.meaning.years import other_years
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.number_formats import shown_words


@pytest.fixture(scope="module")
def file(project):
    """Twelve questions; every one has a Ja, so that the codes of a column are never in doubt."""
    asked = indicators_of(project)[:12]
    answers = invented_answers(UNITS, asked)
    for n, item in enumerate(asked):
        answers[UNITS[n % len(UNITS)][0], item[0]] = 2
    return File(UNITS, asked, answers, coding=WORDS)


@pytest.mark.parametrize(
    ("kind", "more", "remedy"),
    [
        ("ods", {"codes": "tal"}, "villkorsstyrd formatering"),
        ("xls", {"columns": True}, "villkorsstyrd formatering"),
        ("csv", {}, "en textfil har inga"),
    ],
)
def test_colours_that_a_format_hides_are_no_missing_answers(file, reference, tmp_path, kind, more, remedy):
    rows, *_ = replace(file, colours=True, **more).grid()
    reading = read(save_rows(tmp_path, rows, kind), reference, tmp_path)
    assert [finding.what for finding in reading.findings] == ["Ingen cell i tabellen har ett svar"]
    assert remedy in reading.findings[0].action


def test_a_unit_and_a_question_without_one_answer_must_be_confirmed(file, reference, tmp_path):
    rows, *_ = file.grid()
    rows[3][1:] = [None] * 12
    for row in rows[1:]:
        row[5] = "Ej svar"
    path = save_rows(tmp_path, rows, "xlsx")
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.questions] == [
        "1 enhet har inte ett enda svar",
        "1 indikator har inte ett enda svar",
    ]
    assert "cell A4" in reading.questions[0].table and "cell F1" in reading.questions[1].table
    silent = ["Testkommun 003", rows[0][5]]
    assert yaml.safe_load(draft(reading))["utan_svar"] == silent
    assert len(read(path, reference, tmp_path, utan_svar=silent[:1]).questions) == 1
    reading = read(path, reference, tmp_path, utan_svar=silent)
    assert told(reading) == [] and any("Utan ett enda svar" in note for note in reading.notes)
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_a_table_that_the_profile_empties_is_no_table(kind, file, reference, tmp_path):
    rows, fills, _ = replace(file, colours=True, answers=dict.fromkeys(file.answers, 2)).grid()
    path = save_rows(tmp_path, rows, kind, fills)
    silent = [*(name for name, _ in UNITS), *(item[1] for item in file.indicators)]
    reading = read(path, reference, tmp_path, farger={GREEN: "ej_besvarat"}, utan_svar=silent)
    assert [error.what for error in reading.errors] == ["Ingen cell i tabellen har ett svar"]


@pytest.mark.parametrize(
    ("slag", "rows", "what"),
    [
        (
            "riket",
            [
                ["Indikator", "Andel"],
                ["Social jourverksamhet", "saknas"],
                ["Aktuell information på de vanligaste språken i kommunen", "saknas"],
            ],
            "andel",
        ),
        (
            "rankning",
            [["Kommun", "Placering"], ["Testkommun 001", "-"], ["Testkommun 002", "-"]],
            "placering",
        ),
    ],
)
def test_a_table_without_one_number_is_no_table(reference, tmp_path, slag, rows, what):
    reading = read(save_rows(tmp_path, rows, "csv"), reference, tmp_path, slag)
    assert any(f"inte en enda {what}" in error.what for error in reading.errors), told(reading)


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_coloured_empty_cells_among_words_are_asked_about(kind, file, reference, tmp_path):
    rows, *_ = file.grid()
    cells = [(r, c) for r in range(1, 5) for c in range(1, 6)]
    for r, c in cells:
        rows[r][c] = None
    fills = {place: GREEN if place[0] < 3 else RED for place in cells[:-3]} | {
        place: "D9D9D9" for place in cells[-3:]
    }
    path = save_rows(tmp_path, rows, kind, fills)
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.questions] == ["20 tomma celler är färgade: är färgen svaret?"]
    assert reading.questions[0].value == f"{GREEN}: 10, {RED}: 7, D9D9D9: 3"
    assert list(yaml.safe_load(draft(reading))["farger"]) == [GREEN, RED, "D9D9D9"]
    reading = read(path, reference, tmp_path, farger={GREEN: "Ja", RED: "Nej", "D9D9D9": "ignorera"})
    assert told(reading) == [] and any(
        "20" not in note and "17 svar är lästa" in note for note in reading.notes
    )
    wanted = expected(file)
    for r, c in cells:
        unit, indicator = f"testkommun-{r:03}", file.indicators[c - 1][0]
        wanted[unit, indicator] = {GREEN: 2, RED: 0}.get(fills[r, c], "ej_besvarat")
    assert answers_of(reading) == wanted
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_a_colour_that_contradicts_the_text_is_told(kind, file, reference, tmp_path):
    rows, *_ = file.grid()
    fills = {
        (r, c): {"Ja": GREEN, "Nej": RED}[cell]
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell in ("Ja", "Nej")
    }
    wrong = next(place for place, fill in fills.items() if fill == GREEN)
    path = save_rows(tmp_path, rows, kind, fills | {wrong: RED})
    reading = read(path, reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(file)
    assert [
        note
        for note in reading.notes
        if "färgen säger emot texten i 1 cell," in note and f"stämmer i {len(fills) - 1}" in note
    ]
    notes = read(save_rows(tmp_path, rows, kind, fills), reference, tmp_path).notes
    assert [note for note in notes if "färg" in note] == []


def test_colours_of_the_theme_are_asked_about_and_white_is_none(file, reference, tmp_path):
    rows, fills, _ = replace(file, colours=True, answers=dict.fromkeys(file.answers, 2)).grid()
    path = save_rows(tmp_path, rows, "xlsx", {})
    book = openpyxl.load_workbook(path)
    for r, c in fills:
        book.active.cell(r + 1, c + 1).fill = PatternFill("solid", fgColor=Color(theme=9))
    book.active.cell(12, 2).fill = PatternFill("solid", fgColor="FFFFFF")
    book.save(path)
    reading = read(path, reference, tmp_path)
    assert [q.value for q in reading.questions] == ["TEMA9+0.00"] and "FFFFFF" not in reading.colours
    text = understood(reading, 2016, None)
    assert "ingen av dem betyder något ännu" in text and "läses som" not in text


def test_columns_with_one_and_zero_beside_others_with_two(file, reference, tmp_path):
    rows, *_ = replace(file, coding=NUMBERS).grid()
    wanted = expected(file)
    for row in rows[1:]:
        for c in (2, 7):
            row[c] = 1 if row[c] == 2 else 0
            wanted[row[0].lower().replace(" ", "-"), file.indicators[c - 1][0]] = 2 if row[c] == 1 else 0
    path = save_rows(tmp_path, rows, "xlsx")
    reading = read(path, reference, tmp_path)
    assert len(reading.questions) == 1
    assert reading.questions[0].what == (
        f"2 frågor har bara koderna 0 och 1, där andra har 0 1 2: {rows[0][2]}, {rows[0][7]}"
    )
    assert list(yaml.safe_load(draft(reading))["koder_per_kolumn"]) == [rows[0][2], rows[0][7]]
    same = read(path, reference, tmp_path, koder={"2": "Ja", "1": "Delvis", "0": "Nej"})
    assert told(same) == [] and 1 in {
        same.answers[u.unit.enhet_id, file.indicators[1][0]][0].code for u in same.units
    }
    own = {rows[0][c]: {"1": "Ja", "0": "Nej"} for c in (2, 7)}
    reading = read(path, reference, tmp_path, koder_per_kolumn=own, **CODES)
    assert told(reading) == [] and answers_of(reading) == wanted
    read_again(reading, path, reference, tmp_path)
    wrong = read(path, reference, tmp_path, koder_per_kolumn=own | {"Fel rubrik": {"1": "Ja"}})
    assert [error.what for error in wrong.errors] == ["Profilen pekar på en kolumn som inte finns"]


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_merged_answers_are_named_and_asked_about(file, reference, tmp_path, kind):
    rows, *_ = file.grid()
    rows[2][1], rows[3][1], rows[4][1] = "Ja", None, None
    path = save_rows(tmp_path, rows, kind, merged=[(2, 1, 4, 1)])
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.questions] == ["Svar står i 1 sammanfogat cellområde: B3:B5"]
    first = file.indicators[0][0]
    for way, answer in (("samma", 2), ("tomma", "ej_besvarat")):
        reading = read(path, reference, tmp_path, sammanfogade=way)
        assert told(reading) == []
        assert [answers_of(reading)[f"testkommun-00{n}", first] for n in (2, 3, 4)] == [2, answer, answer]
        read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize("columns", [False, True])
def test_rows_and_columns_that_sum_up_are_skipped_and_told(file, reference, tmp_path, columns):
    rows, *_ = file.grid()
    rows = [[*row, extra] for row, extra in zip(rows, ["Andel ja (procent)", *range(40, 49)], strict=True)]
    rows += [["Antal ja", *range(12), None], ["Medelvärde", *["1,5"] * 12, 44]]
    if columns:
        rows = [list(column) for column in zip(*rows, strict=True)]
    reading = read(save_rows(tmp_path, rows, "xlsx"), reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(file)
    text = understood(reading, 2016, None)
    assert "överhoppade (summering): Antal ja, Medelvärde" in text and "kolumner: Andel ja (procent)" in text


def test_no_unit_and_no_question_is_called_a_sum(reference):
    labels = [
        *reference.kommuner["kommun"],
        *reference.enheter["enhet"],
        *reference.indikatorer_ar["indikator"],
        *reference.etiketter["etikett"],
        *reference.etiketter_riket["etikett"],
    ]
    assert [label for label in labels if is_summary(label)] == []


def test_what_the_edition_before_had_is_always_told(file, project, reference, tmp_path):
    path = file.save(tmp_path)
    before = edition_before(project, reference, 2016)
    text = " ".join(understood(read(path, reference, tmp_path), 2016, None, before).split())
    units, questions = (part.partition(":")[2] for part in text.split("saknas i filen, fanns 2015")[1:])
    for name in reference.enheter["enhet"]:
        assert name in units
    gone = {i[0] for i in indicators_of(project)} - {i[0] for i in file.indicators}
    assert len(gone) == 48 and all(f" {reference.names[item]}" in questions for item in gone)
    assert "räknas som utgångna" in questions
    every = read(
        File(UNITS, indicators_of(project), invented_answers(UNITS, indicators_of(project))).save(tmp_path),
        reference,
        tmp_path,
    )
    assert "fanns 2015: inget" in understood(every, 2016, None, before)


def test_a_question_that_was_split_is_suggested_with_where_it_came_from(reference):
    matcher = IndicatorMatcher(reference)
    for label, indicator, source in (
        (
            "Samlad plan för kompetensutveckling för handläggare som utreder våldsärenden (barn)",
            "kompetensplan-barn",
            "kompetensplan",
        ),
        (
            "Stödsamtal till vuxna som utövat våld (biståndsbeslut, män)",
            "stodsamtal-utovare-bistandsbeslut-man",
            "stodsamtal-utovare",
        ),
    ):
        found = [str(item) for item in matcher.match(label).suggestions]
        assert any(text.startswith(f"{indicator} (delad ur {source}, se samband") for text in found), found


def test_a_word_that_many_questions_share_suggests_none(reference):
    matcher = IndicatorMatcher(reference)
    assert matcher.match("Rutin om xyz").suggestions == ()
    assert [item.indikator_id for item in matcher.match("Jourverksamhet om xyz").suggestions] == [
        "social-jour"
    ]
    headings = [f"Jourverksamhet, fråga {n}" for n in range(1, 6)]
    shared = shared_words(headings)
    assert [matcher.match(text, (), shared).suggestions for text in headings] == [()] * 5


@pytest.mark.parametrize("label", ["Testkomun 002", "Testkommun 002 [x]", "2) Testkommun 002 AB"])
def test_no_unit_is_suggested_by_its_number(reference, label):
    suggested = UnitMatcher(reference).match(label).suggestions
    assert [unit.enhet_id for unit in suggested] == ["testkommun-002"]
    assert UnitMatcher(reference).match(label.replace("002", "99")).suggestions == ()


@pytest.mark.parametrize("label", ["Testkommun 004 och 005", "Testkommun 004 / Testkommun 005"])
def test_no_unit_is_suggested_for_a_row_of_several(reference, label):
    found = UnitMatcher(reference).match(label)
    assert (found.unit, found.suggestions, found.problem) == (None, (), "raden gäller flera enheter")


def test_the_same_unit_is_suggested_once(reference):
    suggested = UnitMatcher(reference).match("mun 002", "9002").suggestions
    assert [unit.enhet_id for unit in suggested] == ["testkommun-002"]


@pytest.mark.parametrize("labels", [["Okänd fråga"], ["Social jourverksamhet", "Okänd fråga"]])
def test_a_short_table_of_shares_is_found(reference, tmp_path, labels):
    rows = [["Tabell"], [None, None], ["Fråga", "Andel ja"], *([label, "44 %"] for label in labels)]
    reading = read(save_rows(tmp_path, rows, "xlsx"), reference, tmp_path, "riket")
    assert [(q.what, q.value) for q in reading.questions] == [("Okänd indikator", "Okänd fråga")]


def test_a_short_table_of_shares_may_end_with_a_mark(reference, tmp_path):
    rows = [["Fråga", "Andel ja"], ["Social jourverksamhet", "44 %"], ["Okänd fråga", ".."]]
    reading = read(
        save_rows(tmp_path, rows, "xlsx"),
        reference,
        tmp_path,
        "riket",
        saknas={},
        indikatorer={"Okänd fråga": "kompetensplan"},
    )
    assert [q.what for q in reading.questions] == [
        "Vad betyder ”..” bland rikets andelar? Den finns i 1 cell"
    ]
    assert reading.errors == [] and '".."' in reading.questions[0].action


def test_a_mark_in_the_row_of_the_nation_is_one_question(project, reference, tmp_path):
    asked = indicators_of(project)[:12]
    marks = ["..", "-", "69", "..", *["50"] * 6, "..", ""]
    answers = {(name, item[0]): 2 for name, _ in UNITS for item in asked}
    path = File(UNITS, asked, answers, coding=WORDS, nation=marks).save(tmp_path)
    reading = read(path, reference, tmp_path, saknas={})
    assert [(q.what.partition("? ")[2], q.value) for q in reading.questions] == [
        ("Den finns i 3 celler", ".."),
        ("Den finns i 1 cell", "-"),
        ("Den finns i 1 cell", ""),
    ]
    assert reading.errors == [] and reading.open("saknas") == {"..", "-", "tom"}
    assert told(read(path, reference, tmp_path, saknas={m: "sekretess" for m in ("..", "-", "tom")})) == []


def test_a_table_of_only_crosses_asks_what_they_mean(file, reference, tmp_path):
    rows = [["Kommun", *(item[1] for item in file.indicators)]]
    rows += [[unit, *("x" if (n + i) % 2 else None for i in range(12))] for n, (unit, _) in enumerate(UNITS)]
    path = save_rows(tmp_path, rows, "xlsx")
    reading = read(path, reference, tmp_path, saknas={})
    assert [q.what.partition("?")[0] for q in reading.questions] == [
        "Vad betyder (tom cell)",
        "Vad betyder ”x”",
    ]
    assert reading.errors == []
    answered = read(path, reference, tmp_path, saknas={}, koder={"x": "Ja", "tom": "Nej"})
    assert told(answered) == [] and set(answers_of(answered).values()) == {0, 2}


def test_a_review_without_a_flipped_answer_says_so(project, capsys):
    path = project.work / "granskning" / "oj-2016.csv"
    path.parent.mkdir(parents=True)
    path.write_text("från en tidigare granskning", encoding="utf-8")
    show_changed(project, pd.DataFrame(columns=["enhet", "indikator", "fore", "efter"]), "oj-2016", True)
    assert capsys.readouterr().out == "\nInget svar har vänt.\n" and not path.exists()


def test_one_question_is_one_question(file, project, tmp_path, capsys):
    rows, *_ = file.grid()
    rows[1][1] = "21)"
    path = save_rows(tmp_path, rows, "xlsx")
    assert (
        main(
            [
                "--rot",
                str(project.root),
                "importera",
                str(path),
                "--ar",
                "2016",
                "--profil",
                str(profile_file(tmp_path, saknas={"tom": "ej_besvarat"})),
            ]
        )
        == 1
    )
    said = capsys.readouterr().err
    assert "i 1 cell, B2\n" in said and "Stopp: 1 fel och 1 fråga." in said


def test_a_mark_is_no_part_of_the_country(file, reference, tmp_path):
    rows = [
        [*row, region]
        for row, region in zip(
            file.grid()[0], ["Område i Sverige", "Norra", "-", "..", *["Södra"] * 6], strict=True
        )
    ]
    path = save_rows(tmp_path, rows)
    source = as_source(read(path, reference, tmp_path), path, reference, tmp_path)
    units = list(source.applied.units.items())[:4]
    assert [editions.unit_of_year(source, *unit)["landsdel"] for unit in units] == [
        "Norra",
        None,
        None,
        "Södra",
    ]


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
@pytest.mark.parametrize(
    ("heading", "at", "unknown"),
    [("Samverkar med", 1, 1), ("Svar lämnat av", 13, 1), ("Samverkar med", 1, 7)],
)
def test_another_column_with_municipalities_is_never_taken_for_the_units(
    file, reference, tmp_path, heading, at, unknown, columns
):
    rows, *_ = file.grid()
    misspelled = {f"{name} felstavad": name.lower().replace(" ", "-") for name, _ in UNITS[2 : 2 + unknown]}
    for row, label in zip(rows[3:], misspelled, strict=False):
        row[0] = label
    for n, row in enumerate(rows):
        row.insert(at, UNITS[n % len(UNITS)][0] if n else heading)
    if columns:
        rows = [list(column) for column in zip(*rows, strict=True)]
    path, mine, other = (
        save_rows(tmp_path, rows),
        "1" if columns else "A",
        (str(at + 1) if columns else "BN"[at > 1]),
    )
    reading = read(path, reference, tmp_path)
    question = next(q for q in reading.questions if q.what.startswith("Flera"))
    assert question.what.endswith(f"kan vara enheterna: {mine} (”Kommun”) och {other} (”{heading}”)")
    assert [choice.sets["enhetskolumn"] for choice in question.choices[:2]] == [mine, other]
    assert yaml.safe_load(draft(reading))["enhetskolumn"] == "?"
    reading = read(
        path, reference, tmp_path, enhetskolumn=mine, kolumner={heading: "ignorera"}, enheter=misspelled
    )
    assert told(reading) == [] and answers_of(reading) == expected(file)
    read_again(reading, path, reference, tmp_path)


def turned(rows: list[list]) -> list[list]:
    width = max(map(len, rows))
    return [list(column) for column in zip(*(row + [None] * (width - len(row)) for row in rows), strict=True)]


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
def test_the_nation_above_an_empty_row_is_read(file, reference, tmp_path, columns):
    rows, *_ = file.grid()
    rows[1:1] = [["Riket", *(f"{40 + n} %" for n in range(12))], ["Testlandets län", *["44 %"] * 12], []]
    reading = read(save_rows(tmp_path, turned(rows) if columns else rows), reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(file)
    assert [value for value, _ in reading.shares.values()] == [40 + n for n in range(12)]


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
@pytest.mark.parametrize(
    "between", [[["Testlandet"]], [[], ["Testlandet"]], [[]]], ids=["län", "tom rad och län", "tom rad"]
)
@pytest.mark.parametrize("unknown", [1, 2])
def test_unknown_units_above_the_first_known_one_are_not_taken_for_headings(
    file, reference, tmp_path, between, unknown, columns
):
    rows, *_ = file.grid()
    labels, answers = [f"Nybildad {n}" for n in range(unknown)], rows[1][1:]
    rows[1:1] = [*([label, *answers] for label in labels), *between]
    path = save_rows(tmp_path, turned(rows) if columns else rows)
    first, known = ("BCDEFG"[n] if columns else str(n + 2) for n in (0, unknown + len(between)))
    reading = read(path, reference, tmp_path)
    assert [q.value for q in reading.questions] == [labels[0], *labels]
    assert (
        f"forsta: {first} (raderna hör till tabellen); eller forsta: " in reading.questions[0].action
        and yaml.safe_load(draft(reading))["forsta"] == "?"
    )
    new = {label: {"typ": "kommun", "enhet": label, "kommunkod": f"909{n}"} for n, label in enumerate(labels)}
    reading = read(path, reference, tmp_path, forsta=first, enheter=new)
    assert told(reading) == [] and len(reading.units) == len(UNITS) + unknown
    assert answers_of(reading).items() > expected(file).items()
    start = (
        known
        if between == [[]]
        else "BCDEFG"[unknown + len(between) - 1]
        if columns
        else str(unknown + len(between) + 1)
    )
    without = read(path, reference, tmp_path, forsta=start)
    assert told(without) == [] and answers_of(without) == expected(file)


def test_the_last_unit_of_a_table_is_no_heading_of_the_next(file, reference, tmp_path):
    rows, *_ = file.grid()
    two = [*rows[:5], ["Okänd by", *rows[2][1:]], [], rows[0], *rows[5:]]
    reading = read(save_rows(tmp_path, two), reference, tmp_path)
    assert [(q.what, q.value) for q in reading.questions] == [("Okänd enhet: namnet är okänt", "Okänd by")]
    two = [*rows[:5], [], rows[0], ["Okänd by", *rows[2][1:]], [], *rows[5:]]
    path = save_rows(tmp_path, two)
    reading = read(path, reference, tmp_path)
    asked = [choice.sets["tabeller"] for choice in reading.questions[0].choices]
    assert [[table["forsta"] for table in tables] for tables in asked] == [["2", "8"], ["2", "10"]]
    tables = yaml.safe_load(draft(reading))["tabeller"]
    assert [table["forsta"] for table in tables] == ["2", "?"]
    tables[1]["forsta"] = "8"
    reading = read(path, reference, tmp_path, tabeller=tables, hoppa_over=["Okänd by"])
    assert told(reading) == [] and answers_of(reading) == expected(file)


@pytest.mark.parametrize(
    ("slag", "head", "value"),
    [("riket", ["Fråga", "Andel ja"], "5{} %"), ("rankning", ["Kommun", "Placering"], "{}")],
)
def test_new_rows_above_an_area_row_are_asked_about(project, reference, tmp_path, slag, head, value):
    known = (
        [item[1] for item in indicators_of(project)[:5]]
        if slag == "riket"
        else [name for name, _ in UNITS[:5]]
    )
    rows = [
        head,
        *([label, value.format(n)] for n, label in enumerate(["Ny ett", "Ny två"], 1)),
        ["Ett område"],
        *([label, value.format(n)] for n, label in enumerate(known, 3)),
    ]
    reading = read(save_rows(tmp_path, rows), reference, tmp_path, slag)
    assert (
        "forsta: 2 (raderna hör till tabellen); eller forsta: 5 (raderna hör inte"
        in reading.questions[0].action
    )
    assert {"Ny ett", "Ny två"} <= {q.value for q in reading.questions}


@pytest.mark.parametrize(
    ("headings", "asked", "right"),
    [
        (["Nr", "Kommun", "Plats 2022"], ["Nr", "Plats 2022"], 0),
        (["Kommun", "Plats 2022"], ["Plats 2022"], 1),
        (["Nr", "Kommun", "Placering"], ["Nr", "Placering"], 2),
        (["Nr", "Kommun", "Antal platser"], ["Nr", "Antal platser"], 0),
        (["Kommun", "Rankat av", "Resultat"], ["Rankat av", "Resultat"], 2),
        (["Ranking", "Kommun", "Rankingpoäng"], [], 0),
        (["Kommun", "Plats 2022", "Plats 2024"], [], 2),
        (["Kommun", "Placering i rankningen 2024", "Andel av platserna"], [], 1),
    ],
)
def test_only_a_column_of_that_name_and_year_has_the_placings(reference, tmp_path, headings, asked, right):
    rows = [headings] + [
        [name if text == "Kommun" else n + 1 if c == right else 9 - n for c, text in enumerate(headings)]
        for n, (name, _) in enumerate(UNITS)
    ]
    path = save_rows(tmp_path, rows)
    reading = read(path, reference, tmp_path, "rankning", ar=2024)
    assert [q.what for q in reading.questions] == [
        f"Det är oklart vilken kolumn som är placeringen: {' och '.join(f'”{text}”' for text in asked)}"
    ][: len(asked)]
    if asked:
        assert all(yaml.safe_load(draft(reading))["kolumner"][text] == "?" for text in asked)
        said = dict.fromkeys(asked, "ignorera") | {headings[right]: "placering"}
        reading = read(path, reference, tmp_path, "rankning", ar=2024, kolumner=said)
    assert told(reading) == []
    assert [place.text for (_, role), place in reading.background.items()] == [str(n + 1) for n in range(9)]


@pytest.mark.parametrize(
    ("under", "kind"),
    [(("2015", "2016"), "xlsx"), (("Svar", "Kommentar"), "xlsx"), (("Svar", "Kommentar"), "csv")],
)
def test_a_heading_over_two_columns_is_the_label_of_neither(file, reference, tmp_path, under, kind):
    rows, *_ = file.grid()
    own = under.index("2016") if "2016" in under else 0
    wide = [["Kommun"], [None]]
    for label in rows[0][1:]:
        wide[0] += [label, None]
        wide[1] += list(under)
    wide += [
        [row[0], *(cell for answer in row[1:] for cell in ((answer, "Nej") if own == 0 else ("Nej", answer)))]
        for row in rows[1:]
    ]
    path = save_rows(tmp_path, wide, kind, merged=[(0, c, 0, c + 1) for c in range(1, 25, 2)])
    reading = read(path, reference, tmp_path)
    if kind == "xlsx":  # a sheet with one known question is no reason to leave this one out
        book = openpyxl.load_workbook(path)
        other = book.create_sheet("Annat")
        for row in rows:
            other.append([row[0], row[1]])
        book.save(path)
        asked = read(path, reference, tmp_path)
        assert "”Svar”" in told(asked)[0] and "”Annat”" in told(asked)[0]
        del book["Annat"]
        book.save(path)
    labels = [[f"{label} / {text}" for label in rows[0][1:]] for text in under]
    if "2016" in under:
        assert [q.what for q in reading.questions] == [
            "Samma frågor står under flera år: 2015 (12 kolumner) och 2016 (12 kolumner)"
        ]
    else:
        assert [q.id for q in reading.questions] == ["rubrikmonster"]
        assert yaml.safe_load(draft(reading))["rubrikmonster"] == {
            "* / Svar": "svar",
            "* / Kommentar": "ignorera",
        }
        reading = read(
            path, reference, tmp_path, rubrikmonster={"* / Svar": "svar", "* / Kommentar": "ignorera"}
        )
        assert told(reading) == [] and answers_of(reading) == expected(file)
    each = {
        "kolumner": dict.fromkeys(labels[1 - own], "ignorera"),
        "indikatorer": dict(zip(labels[own], [item[0] for item in file.indicators], strict=True)),
    }
    for said in (each, {"kolumner": {under[1 - own]: "ignorera"}})[kind != "csv" :]:
        reading = read(path, reference, tmp_path, **said)
        assert told(reading) == [] and answers_of(reading) == expected(file)
        read_again(reading, path, reference, tmp_path)


def test_another_year_over_the_questions_is_asked_about(file, reference, tmp_path):
    rows, *_ = file.grid()
    path = save_rows(tmp_path, [[None, "2015"], *rows])
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.questions] == [
        "Rubriken över 12 indikatorer säger 2015, men filen läses som 2016"
    ]
    assert "rubrikrader: [2]" in reading.questions[0].action and "cell B1" in reading.questions[0].table
    assert (
        told(read(path, reference, tmp_path, ar=2015))
        == told(read(path, reference, tmp_path, rubrikrader=[2]))
        == []
    )


def as_source(reading, path, reference, folder) -> editions.Source:
    """The file as an accepted one."""
    applied = read_again(reading, path, reference, folder)
    return editions.Source(path.name, accept.recipe_of(reading), applied, "k", 2016)


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_a_placing_in_merged_cells_is_shared(reference, tmp_path, kind):
    rows = [
        ["Placering", "Kommun"],
        *([None if n in (3, 4) else n + 1, name] for n, (name, _) in enumerate(UNITS)),
    ]
    path = save_rows(tmp_path, rows, kind, merged=[(3, 0, 5, 0)])
    source = as_source(read(path, reference, tmp_path, "rankning"), path, reference, tmp_path)
    rows = editions.tables_of(source, reference)["rankning_unizon"]
    assert list(rows["placering"]) == [1, 2, 3, 3, 3, 6, 7, 8, 9]
    assert [n for n, shared in enumerate(rows["delad"]) if shared] == [2, 3, 4]


@pytest.mark.parametrize("some", [False, True])
def test_a_placing_with_something_else_in_the_cell_says_what_is_expected(reference, tmp_path, some):
    rows = [
        ["Kommun", "Placering"],
        *([name, n + 1 if some and n else f"{n + 1} (+2)"] for n, (name, _) in enumerate(UNITS)),
    ]
    (error,) = read(save_rows(tmp_path, rows), reference, tmp_path, "rankning").findings
    assert (error.value, error.column) == ("1 (+2)", "Placering") and "”12–14”" in error.expected
    assert "bara placeringen i kolumnen" in error.action and "saknas" not in error.action


@pytest.mark.parametrize(
    "place", ["ovanför", "i rubriken", "under", "egna celler", "annat blad", "i kolumner"]
)
@pytest.mark.parametrize("turned_round", [False, True], ids=["stämmer", "motsäger"])
def test_what_the_file_says_about_its_codes_is_compared(file, reference, tmp_path, place, turned_round):
    words = {"Nej": 2, "Delvis": 1, "Ja": 0} if turned_round else {"Nej": 0, "Delvis": 1, "Ja": 2}
    rows, *_ = file.grid()
    rows = [rows[0], *([row[0], *(words.get(cell, cell) for cell in row[1:])] for row in rows[1:])]
    line = "Kodning: " + ", ".join(f"{code} = {word}" for word, code in words.items())
    if place in ("ovanför", "i kolumner"):
        rows = [[line], [], *rows]
    elif place == "i rubriken":
        rows[0][0] = f"Kommun ({line})"
    elif place == "egna celler":
        rows += [[], *([code, word.lower()] for word, code in words.items())]
    elif place == "under":
        rows += [[], [line.replace(" = ", ": ")]]
    path = save_rows(tmp_path, turned(rows) if place == "i kolumner" else rows)
    if place == "annat blad":
        book = openpyxl.load_workbook(path)
        sheet = book.create_sheet("Läs mig")
        for n, (word, code) in enumerate(words.items(), 1):
            sheet.cell(n, 1, f"{word} – {code}")
        book.save(path)
    reading = read(path, reference, tmp_path)
    told_so = ", ".join(f"{code} = {word}" for word, code in sorted(words.items(), key=lambda item: item[1]))
    if turned_round:
        assert [q.what for q in reading.questions] == [f"Filen säger själv vad koderna betyder: {told_so}"]
        assert set(yaml.safe_load(draft(reading))["koder"].values()) == {"?"} and set(
            answers_of(reading).values()
        ) <= {"ej_besvarat", "sekretess"}
        assert any(
            "VARNING: filen säger själv" in note
            for note in read(path, reference, tmp_path, koder={"2": "Ja", "1": "Delvis", "0": "Nej"}).notes
        )
        reading = read(path, reference, tmp_path, koder={str(code): word for word, code in words.items()})
    assert told(reading) == [] and answers_of(reading) == expected(file)
    assert any(note.startswith("Filens egen förklaring") and told_so in note for note in reading.notes)
    if place in ("ovanför", "i kolumner"):
        assert f"Ej läst      A1: {line}" in understood(reading, 2016, None)


@pytest.mark.parametrize(
    ("line", "told_so"),
    [
        ("2=Ja och 2=Nej, 0=Nej", "0 = Nej, 2 = både Ja och Nej"),
        ("0 = Nej, 1 = Vet ej, 2 = Ja", "0 = Nej, 1 = ”Vet ej”, 2 = Ja"),
        ("0 = Låg, 1 = Mellan, 2 = Hög", "0 = ”Låg”, 1 = ”Mellan”, 2 = ”Hög”"),
        ("0 = Saknas, 2 = Ja", "0 = ”Saknas”, 2 = Ja"),
    ],
)
def test_an_explanation_that_is_unclear_is_a_question(file, reference, tmp_path, line, told_so):
    rows, *_ = replace(file, coding=NUMBERS).grid()
    reading = read(save_rows(tmp_path, [*rows, [], [line]]), reference, tmp_path)
    assert [q.what for q in reading.questions] == [f"Filen säger själv vad koderna betyder: {told_so}"]
    reading = read(
        save_rows(tmp_path, [*rows, [], [line]]),
        reference,
        tmp_path,
        koder={"0": "Nej", "1": "Delvis", "2": "Ja"},
    )
    assert told(reading) == [] and answers_of(reading) == expected(file)


def test_a_sheet_that_the_profile_leaves_out_may_still_explain_the_codes(file, reference, tmp_path):
    path = replace(file, coding=NUMBERS).save(tmp_path)
    book = openpyxl.load_workbook(path)
    name = book.sheetnames[0]
    book.create_sheet("Läs mig")["A1"] = TURNED
    book.save(path)
    assert [q.what for q in read(path, reference, tmp_path, blad=name).questions] == [
        f"Filen säger själv vad koderna betyder: {TURNED}"
    ]


def test_the_question_names_the_codes_that_are_unclear_too(file, reference, tmp_path):
    rows, *_ = replace(file, coding=NUMBERS).grid()
    path = save_rows(tmp_path, [*rows, [], ["2 = Ja, 1 = Åtminstone något, 0 = Nej"]])
    (question,) = read(path, reference, tmp_path).questions
    assert '{"0": Nej, "1": …, "2": Ja} (… är Ja, Delvis eller Nej) (filens' in question.action


def test_codes_that_all_mean_the_same_and_answers_about_other_files_are_told(file, reference, tmp_path):
    path = save_rows(tmp_path, replace(file, coding=NUMBERS).grid()[0])
    alike = read(path, reference, tmp_path, koder=dict.fromkeys("012", "Ja"))
    assert [error.what for error in alike.errors] == ["Alla koder betyder samma sak"]
    other = {"enheter": {"Drakköping": "testkommun-001"}, "hoppa_over": [file.units[0][0]]}
    other |= {
        "kolumner": {"Drakkolumn": "ignorera"},
        "koder_per_kolumn": {"Har drake": {"0": "Ja"}},
        "utan_svar": ["Drakby"],
    }
    reading = read(path, reference, tmp_path, koder={"0": "Nej", "1": "Delvis", "2": "Ja"}, **other)
    told_so = [note for note in reading.notes if "höra till en annan fil" in note]
    assert len(told_so) == 1 and told_so[0].endswith(
        "fil: ”Drakköping”, ”Drakkolumn”, ”Har drake”, ”Drakby”."
    )


@pytest.mark.parametrize("line", ["Not 1: Ja betyder att det finns en rutin", "Fråga 2 - Nej, se bilaga"])
def test_a_note_is_no_explanation_of_codes(file, reference, tmp_path, line):
    rows, *_ = replace(file, coding=NUMBERS).grid()
    reading = read(save_rows(tmp_path, [*rows, [], [line]]), reference, tmp_path)
    assert [q.id for q in reading.questions] == UNCONFIRMED
    assert reading.legend is None and answers_of(reading) == expected(file)


UNCONFIRMED = ["obekraftade-koder"]
"""All that is asked about a file with bare codes and no doubt of another kind."""
TURNED = "0 = Ja, 1 = Delvis, 2 = Nej"
USUAL = "0 = Nej, 1 = Delvis, 2 = Ja"
ASKED = "0 = ”Vet ej”, 1 = Ja, 2 = Nej"


@pytest.fixture(scope="module")
def coded(file, reference, tmp_path_factory):
    """The layout of a file with codes, for sheets beside it."""
    folder = tmp_path_factory.mktemp("kodad")
    return read(replace(file, coding=NUMBERS).save(folder), reference, folder).layout


@pytest.mark.parametrize(
    ("cells", "told_so"),
    [
        ([["0 = Uppfyllt, 1 = Delvis, 2 = Ej uppfyllt"]], TURNED),
        ([["0 betyder Ja"]], "0 = Ja"),
        ([["1 innebär nej."]], "1 = Nej"),
        ([["Ja (0)"], ["Delvis (1)"], ["Nej (2)"]], TURNED),
        ([["Ja: 0"]], "0 = Ja"),
        ([["Kodning: 0: Ja, 1: Delvis, 2: Nej"]], TURNED),
        ([["Uppfyllt (0), delvis uppfyllt (1), ej uppfyllt (2)"]], TURNED),
        ([["0/1/2 = ja/delvis/nej"]], TURNED),
        ([["0, 1 och 2 betyder ja, delvis respektive nej"]], TURNED),
        ([["2 står för saknas, 0 för ja", "2 = Saknas, 0 = Finns"]], "0 = Ja, 2 = Nej"),
        ([["Kod", "Betydelse"], ["0", "Ja, helt"], ["1", "Ja, delvis"], ["2", "Nej, inte alls"]], TURNED),
        ([["Uppfyller", "0"], ["Uppfyller till viss del", "1"], ["Uppfyller inte", "2"]], TURNED),
        ([["0 poäng = Ja, 1 poäng = Delvis, 2 poäng = Nej"]], TURNED),
        ([["Ja (kod 0), delvis (kod 1), nej (kod 2)"]], TURNED),
        ([["Ja ger 0, delvis ger 1 och nej ger 2"]], TURNED),
        ([["0 → Ja; 1 → Delvis; 2 → Nej"]], TURNED),
        ([["0 för ja, 2 för nej"]], "0 = Ja, 2 = Nej"),
        ([["J = ja, X = nej, i = nej"]], "x = Nej"),
        ([["Nej kodas som 2 och ja kodas som 0"]], "0 = Ja, 2 = Nej"),
        ([["0 Ja, 1 Delvis, 2 Nej"]], TURNED),
        ([["2 = Ja"], ["1 = Delvis"], ["0 = Uppgift saknas"]], "0 = ”Uppgift saknas”, 1 = Delvis, 2 = Ja"),
        ([["Svaren är kodade: 2=Ja,1=Delvis,0=Nej,9=Uppgift saknas"]], f"{USUAL}, 9 = ”Uppgift saknas”"),
        *(
            (cells, ASKED)
            for cells in (
                [["Svarsalternativ: 1. Ja 2. Nej 0. Vet ej"]],
                [["1) Ja 2) Nej 0) Vet ej"]],
                [["(1) Ja, (2) Nej och (0) Vet ej"]],
                [["1.Ja; 2.Nej; 0.Vet ej. Källa: enkäten 2016"]],
                [["Har ni en rutin? 1. Ja 2. Nej (gå till fråga 5) 0. Vet ej"]],
                [["1. Ja"], ["2. Nej"], ["0. Vet ej"]],
                [["Svarsalternativ"], ["1) Ja"], ["2) Nej"], ["0) Vet ej"]],
                [["Svar: 1. Ja"], ["2. Nej"], ["0. Vet ej"]],
                [["1.", "Ja"], ["2.", "Nej"], ["0.", "Vet ej"]],
                [["Svar", "1. Ja", "2. Nej", "0. Vet ej"]],
                [["", "1", "2", "0"], ["", "Ja", "Nej", "Vet ej"]],
                [["Kod:", "1", "2", "0"], ["Betydelse:", "Ja", "Nej", "Vet ej"]],
                [["Ja/Nej/Vet ej kodas 1/2/0"]],
                [["Ja, nej och Vet ej anges med 1, 2 respektive 0"]],
                [["Svaren ja, nej och Vet ej har kodats som 1, 2 och 0"]],
                [["Ja, Nej, Vet ej = 1, 2, 0"]],
                *(
                    [[line]]
                    for line in (
                        "1/ Ja 2/ Nej 0/ Vet ej",
                        "1] Ja 2] Nej 0] Vet ej",
                        "1, Ja 2, Nej 0, Vet ej",
                        "1; Ja 2; Nej 0; Vet ej",
                        "1.) Ja 2.) Nej 0.) Vet ej",
                        "1 | Ja | 2 | Nej | 0 | Vet ej",
                    )
                ),
                [["Kod:", "1", "Ja", "2", "Nej", "0", "Vet ej"]],
                [
                    ["Fråga", "Kod", "Etikett"],
                    *(
                        [name, code, word]
                        for name in ("V1", "V2", "V3", "V4")
                        for code, word in (("1", "Ja"), ("2", "Nej"), ("0", "Vet ej"))
                    ),
                ],
            )
        ),
        (
            [
                [
                    "2 = Kommunen uppfyller indikatorn",
                    "1 = Kommunen uppfyller delvis indikatorn",
                    "0 = Kommunen uppfyller inte indikatorn",
                ]
            ],
            USUAL,
        ),
        ([["1. Ja, i hela kommunen 2. Nej 0. Vet ej"]], "0 = ”Vet ej”, 1 = Ja, 2 = Nej"),
        ([["1. Ja 2. Planeras 0. Vet ej"]], "0 = ”Vet ej”, 1 = Ja, 2 = ”Planeras”"),
        ([["Svarsalternativ: 1. Ja 2. Delvis 3. Nej"]], "1 = Ja, 2 = Delvis, 3 = Nej"),
        ([["Ja (0) Delvis (1) Nej (2)"]], TURNED),
        ([["Ja 0. Delvis 1. Nej 2."]], TURNED),
        ([["Ja kodas 0. Delvis kodas 1. Nej kodas 2."]], TURNED),
    ],
)
def test_an_explanation_in_other_words_is_understood(coded, cells, told_so):
    width = max(map(len, cells))
    sheet = Sheet("Läs mig", [row + [""] * (width - len(row)) for row in cells])
    assert str(legend_of(statements(coded, [sheet], {}), {"0", "1", "2", "x"})) == told_so


@pytest.mark.parametrize(
    "cells",
    [
        [["Ansvarig: 1 = Kommunstyrelsen, 2 = Socialnämnden"]],
        [["Fråga 1: Ja"], ["Fråga 2: Nej"]],
        [["Se tabell 2: Ja-svar på sida 1 (Nej)"]],
        [["Antal ja = 2"]],
        [["Svarsfördelning: Ja (5), Delvis (2), Nej (1)"]],
        [["1. Ja, enligt rutin"], ["2. Nej, se bilaga 1"]],
        [["1: Ja, enligt rutin från i fjol"], ["2: Nej, men planeras"]],
        [["1", "Kommunstyrelsen"], ["2", "Nämnden"], ["3", "Annan"]],
        [[name, code, word] for name in "abcd" for code, word in (("2", "Ja"), ("0", "Ja"))],
        [["Ja = 45 kommuner, Nej = 12 kommuner"]],
        [["1. Ja, enligt rutin 2. Nej, se bilaga 1"]],
        [["1. Ja. Enligt rutin. 2. Nej. Planeras."]],
        [["Noter: 1. Avser vuxna 2. Avser barn 0. Avser alla"]],
        [["1. Avser vuxna"], ["2. Avser barn"], ["3. Ja"]],
        [["Fråga 1. Ja 2. Nej"]],
        [["1. Ja"], ["2. Nej"], ["3. Ja"], ["4. Ja"]],
        [["Svar", "Ja", "Delvis", "Nej"], ["Antal", "2", "1", "0"]],
        [["Antal ja, delvis och nej är 2, 1 och 0"]],
        [["Fråga", "1", "2"], ["a", "Ja", "Nej"], ["b", "Nej", "Ja"]],
        [["1. Ja 2. Enligt plan 3. Uppgift saknas"]],
        [["Nr", "Svarat"], *([str(n), "Ja" if n % 3 else "Nej"] for n in range(25))],
    ],
)
def test_what_is_no_explanation_is_not_taken_for_one(coded, cells):
    assert legend_of(statements(coded, [Sheet("Annat", cells)], {}), {"0", "1", "2"}) is None


def test_a_heading_that_explains_its_own_column_is_compared_with_it(file, reference, tmp_path):
    rows, *_ = replace(file, coding=NUMBERS).grid()
    wanted, asked = expected(file), rows[0][3]
    rows[0][3] = f"{asked} (0 = Ja, 1 = Delvis, 2 = Nej)"
    for row in rows[1:]:
        row[3] = {2: 0, 0: 2}.get(row[3], row[3])
    path, said = save_rows(tmp_path, rows), {"indikatorer": {rows[0][3]: file.indicators[2][0]}}
    (question,) = read(path, reference, tmp_path, **said).questions
    assert (
        question.what.startswith("1 rubrik förklarar koderna på ett annat sätt") and TURNED in question.what
    )
    own = {rows[0][3]: {"0": "Ja", "1": "Delvis", "2": "Nej"}}
    reading = read(path, reference, tmp_path, koder_per_kolumn=own, **CODES, **said)
    assert told(reading) == [] and answers_of(reading) == wanted


def _shown_as_words(sheet, columns):
    for row in sheet.iter_rows(min_row=2, min_col=2, max_col=columns + 1):
        for cell in row:
            cell.number_format = '[=0]"Ja";[=1]"Delvis";"Nej"'


def _with_comments(sheet, columns):
    for cell in sheet[1][1 : columns + 1]:
        cell.comment = Comment(f"Testaren:\n{TURNED}", "Testaren")


@pytest.mark.parametrize("say", [_shown_as_words, _with_comments])
@pytest.mark.parametrize("columns", [12, 1])
def test_what_a_number_format_or_a_comment_says_of_the_codes_is_compared(
    file, reference, tmp_path, say, columns
):
    rows, *_ = replace(file, coding=NUMBERS).grid()
    wanted = expected(file)
    for row in rows[1:]:
        row[1 : columns + 1] = [{2: 0, 0: 2}.get(cell, cell) for cell in row[1 : columns + 1]]
    path = save_rows(tmp_path, rows)
    book = openpyxl.load_workbook(path)
    say(book.active, columns)
    book.active["B2"].comment = Comment("Svaret är osäkert", "Testaren")
    book.save(path)
    reading = read(path, reference, tmp_path)
    (question,) = reading.questions
    assert TURNED in question.what and ("talformatet visar" in question.table) == (say is _shown_as_words)
    assert any("cell B2: Svaret är osäkert" in note for note in reading.notes)
    codes = {"0": "Ja", "1": "Delvis", "2": "Nej"}
    said = {"koder": codes} if columns == 12 else CODES | {"koder_per_kolumn": {rows[0][1]: codes}}
    reading = read(path, reference, tmp_path, **said)
    assert told(reading) == [] and answers_of(reading) == wanted


def _xls_in_words(folder, rows):
    book, look = xlwt.Workbook(), xlwt.XFStyle()
    look.num_format_str = '[=0]"Ja";[=1]"Delvis";"Nej"'
    sheet = book.add_sheet("Svar")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value, look)
    path = folder / "Påhittad fil.xls"
    book.save(str(path))
    return path


def _ods_in_words(folder, rows):
    path = save_rows(folder, rows, "ods")
    book = load(str(path))
    for cell in book.spreadsheet.getElementsByType(TableCell):
        if cell.getAttribute("valuetype") == "float":
            shown = P(
                text={"0": "Ja", "1": "Delvis", "2": "Nej"}[cell.getAttribute("value").partition(".")[0]]
            )
            cell.childNodes = []
            cell.addElement(shown)
    note = Annotation()
    note.addElement(P(text="Fråga 1 är ny"))
    book.spreadsheet.getElementsByType(TableCell)[1].addElement(note)
    book.save(str(path))
    return path


@pytest.mark.parametrize("save", [_xls_in_words, _ods_in_words])
def test_number_formats_of_other_spreadsheets(file, reference, tmp_path, save):
    path = save(tmp_path, replace(file, coding=NUMBERS | {2: 0, 0: 2}).grid()[0])
    (question,) = read(path, reference, tmp_path).questions
    assert TURNED in question.what and "talformatet visar" in question.table
    reading = read(path, reference, tmp_path, koder={"0": "Ja", "1": "Delvis", "2": "Nej"})
    assert told(reading) == [] and answers_of(reading) == expected(file)
    assert [note for note in reading.notes if "cell B1: Fråga 1 är ny" in note] != [] or path.suffix == ".xls"


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ('[=0]"Ja";[=1]"Nej";"Delvis"', ("Ja", "Nej", "Delvis")),
        ('"Ja";;"Nej"', ("Nej", "Ja", "Ja")),
        ('[=2]"Vet ej";0', ("", "", "Vet ej")),
        ('[Red][=0]"Nej";[Green][>=1]"Ja"', ("Nej", "Ja", "Ja")),
        ('0" = Ja"', ("Ja",) * 3),
        ("\\J\\a", ("Ja",) * 3),
        ('[=0]"; Ja";0', ("; Ja", "", "")),
        ('0" kr"', ("",) * 3),
        ('#,##0\\ "st"', ("",) * 3),
        ("General", ("",) * 3),
        ('0" poäng"', ("",) * 3),
        ('_-* #,##0_-;_-* "-"_-', ("",) * 3),
    ],
)
def test_the_words_of_a_number_format(number_format, shown):
    assert tuple(shown_words(number_format, code) for code in "012") == shown


def test_a_note_that_a_question_is_coded_the_other_way_round_is_asked_about(file, reference, tmp_path):
    path = save_rows(
        tmp_path, [*replace(file, coding=NUMBERS).grid()[0], [], ["OBS! Fråga 3 har omvänd kodning."]]
    )
    assert [q.what for q in read(path, reference, tmp_path).questions] == [
        "Filen säger att något är omvänt kodat"
    ]
    assert told(read(path, reference, tmp_path, koder={"0": "Nej", "1": "Delvis", "2": "Ja"})) == []


@pytest.mark.parametrize(
    ("values", "others", "asked"),
    [
        ([0, 1, 2] * 4, WORDS, "0, 1 och 2"),
        ([2, 1] * 6, NUMBERS, "2 och 1"),
        (["Ja", "Nej"] * 6, WORDS, "Ja och Nej"),
        (["2 %", "1 %", "0 %"] * 4, WORDS, None),
        ([0, 1, 2, 69] * 3, NUMBERS, None),
    ],
)
def test_a_row_of_the_nation_with_answers_is_not_read_as_shares(
    file, reference, tmp_path, values, others, asked
):
    path = save_rows(tmp_path, replace(file, coding=others, nation=values).grid()[0])
    reading = read(path, reference, tmp_path, **CODES)
    if asked is None:
        assert told(reading) == [] and len(reading.shares) == 12
        return
    assert reading.findings[0].what == f"Rikets värden ser ut som svar, inte andelar: {asked}"
    assert len(told(reading)) == 1 and not reading.shares
    assert "cell B2" in reading.questions[0].table
    reading = read(path, reference, tmp_path, hoppa_over=["Riket"], **CODES)
    assert told(reading) == [] and answers_of(reading) == expected(file)
    if "Ja" not in values:
        assert set(
            value for value, _ in read(path, reference, tmp_path, andel="procent").shares.values()
        ) == set(values)


def test_a_row_of_the_nation_that_counts_the_ja_of_the_file_is_not_read_as_shares(file, reference, tmp_path):
    yes = [sum(file.answers[name, item[0]] == 2 for name, _ in UNITS) for item in file.indicators]
    path = save_rows(tmp_path, replace(file, nation=[*yes]).grid()[0])
    assert [q.what for q in read(path, reference, tmp_path).questions] == [
        "Rikets värden är antalet ja-svar i filen, inte andelar"
    ]
    assert told(read(path, reference, tmp_path, hoppa_over=["Riket"])) == []
    assert len(read(path, reference, tmp_path, andel="procent").shares) == 12


def test_a_cross_that_the_file_calls_an_answer_is_compared_with_the_profile(file, reference, tmp_path):
    path = save_rows(tmp_path, [*file.grid()[0], [], ["x = ja, tom cell = nej"]])
    reading = read(path, reference, tmp_path)
    assert any(note.startswith("VARNING: filen säger själv x = Ja") for note in reading.notes)
    reading = read(path, reference, tmp_path, saknas={"tom": "ej_besvarat"})
    assert "Filen säger själv vad koderna betyder: x = Ja" in [q.what for q in reading.questions]
    assert yaml.safe_load(draft(reading))["koder"] == {"x": "?"}


@pytest.mark.parametrize(
    ("wrong", "coding", "asked"), [(9, {2: 0, 1: 1, 0: 2}, True), (9, WORDS, False), (2, NUMBERS, False)]
)
def test_a_column_of_totals_is_compared_with_the_answers(file, reference, tmp_path, wrong, coding, asked):
    """As read, `wrong` of nine units have another number of Ja than the column says."""
    rows, *_ = replace(file, coding={**NUMBERS, **coding}, total=True).grid()
    for row in rows[1 : 1 + wrong] if coding != {2: 0, 1: 1, 0: 2} else ():
        row[-1] = 1 + row[-1]
    path = save_rows(tmp_path, rows)
    reading = read(path, reference, tmp_path)
    what = f"Antal ja stämmer inte med svaren för {wrong} enheter"
    if not asked:
        assert [q.id for q in reading.questions] == (UNCONFIRMED if coding is NUMBERS else [])
        assert any(f"VARNING: {what}" in note for note in reading.notes)
        return
    assert [q.what.partition("enheter")[2] for q in reading.questions] == [
        ", men med antalet svar som är lästa som Nej"
    ]
    reading = read(path, reference, tmp_path, koder={"0": "Ja", "1": "Delvis", "2": "Nej"})
    assert told(reading) == [] and answers_of(reading) == expected(file) and not reading.notes


@pytest.mark.parametrize("opposite", [False, True])
def test_shares_of_the_nation_that_go_the_other_way_are_told(file, reference, tmp_path, opposite):
    rows = many_units(file, 12, {})
    for c in range(1, 13):
        for n, row in enumerate(rows[1:]):
            row[c] = 2 if n < c - 1 else n % 2
    rows.append(["Riket", *(f"{(95 - 5 * c) if opposite else 5 + 5 * c} %" for c in range(12))])
    reading = read(
        save_rows(tmp_path, rows), reference, tmp_path, koder={"0": "Nej", "1": "Delvis", "2": "Ja"}
    )
    assert (
        told(reading) == []
        and any("har små andelar i raden för riket" in note for note in reading.notes) == opposite
    )


def test_a_table_of_shares_with_only_codes_is_asked_about(file, reference, tmp_path):
    rows = [["Indikator", "Andel ja"], *([item[1], n % 3] for n, item in enumerate(file.indicators))]
    path = save_rows(tmp_path, rows)
    assert [q.what for q in read(path, reference, tmp_path, "riket").questions] == [
        "Rikets värden ser ut som svar, inte andelar: 0, 1 och 2"
    ]
    assert told(read(path, reference, tmp_path, "riket", andel="procent")) == []


def many_units(file, count: int, own: dict[int, tuple[int, ...]]):
    """A file with codes; the columns of `own` have only those."""
    units = test_units(count)
    rows = [["Kommun", *(item[1] for item in file.indicators)]]
    return rows + [
        [name, *(own[c][n % len(own[c])] if c in own else (n + c) % 3 for c in range(12))]
        for n, (name, _) in enumerate(units)
    ]


@pytest.mark.parametrize(
    ("count", "own", "asked"),
    [
        (24, {3: (1, 2), 7: (1, 2)}, "2 frågor har bara koderna 1 och 2, där andra har 0 1 2: "),
        (24, {3: (2, 2, 2, 2, 2, 1)}, None),
        (9, {3: (1, 2)}, None),
    ],
)
def test_columns_with_one_and_two_beside_others_with_zero(file, reference, tmp_path, count, own, asked):
    rows = many_units(file, count, own)
    path = save_rows(tmp_path, rows)
    reading = read(path, reference, tmp_path)
    if asked is None:
        assert [q.id for q in reading.questions] == UNCONFIRMED
        assert any(note.startswith(f"Bara 1 och 2, ingen 0, i {rows[0][4]}") for note in reading.notes)
        return
    (question,) = reading.questions
    assert question.what.startswith(asked) and '"1": Ja, "2": Nej' in question.action
    labels = [rows[0][c + 1] for c in own]
    assert yaml.safe_load(draft(reading))["koder_per_kolumn"] == dict.fromkeys(labels, {"1": "?", "2": "?"})
    assert told(read(path, reference, tmp_path, koder={"2": "Ja", "1": "Delvis", "0": "Nej"})) == []
    own_codes = {label: {"1": "Ja", "2": "Nej"} for label in labels}
    turned_round = read(path, reference, tmp_path, koder_per_kolumn=own_codes, **CODES)
    assert told(turned_round) == []
    assert {answers_of(turned_round)["testkommun-001", file.indicators[c][0]] for c in own} == {2}


def test_a_sheet_with_only_one_and_two_beside_one_with_zero(file, reference, tmp_path):
    rows = many_units(file, 9, {c: (1, 2) for c in range(6, 12)})
    path = save_rows(tmp_path, [row[:7] for row in rows])
    book = openpyxl.load_workbook(path)
    for row in rows:
        other = book["Del 2"] if "Del 2" in book.sheetnames else book.create_sheet("Del 2")
        other.append([row[0], *row[7:]])
    book.save(path)
    reading = read(path, reference, tmp_path, blad=["Svar", "Del 2"])
    assert ["6 frågor har bara koderna 1 och 2" in q.what for q in reading.questions] == [True]


def test_a_file_with_only_one_and_two_is_a_question(file, reference, tmp_path):
    path = save_rows(tmp_path, many_units(file, 9, {c: (1, 2) for c in range(12)}))
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.findings] == ["Filen säger inte vad koderna 1 och 2 betyder"]
    assert yaml.safe_load(draft(reading))["koder"] == {"1": "?", "2": "?"}
    assert set(answers_of(read(path, reference, tmp_path, koder={"1": "Ja", "2": "Nej"})).values()) == {0, 2}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Öppna jämförelser 2015, svar från kommunerna", "2015"),
        ("Svar_2015_slutlig", "2015"),
        ("2012–2014", "2012 2014"),
        ("Brottsoffer 2017", "2017"),
        ("Uttag 2015-06-01", "2015"),
        ("publicerad 2018", ""),
        ("Publicerad av Socialstyrelsen i juni 2017", ""),
        ("Kommuner enligt 2015 års indelning", ""),
        ("jämfört med 2015", ""),
        ("jämfört med 2012–2014", ""),
        ("2014–2017", ""),
        ("2015/16", ""),
        ("Öppna jämförelser 2016, jämfört med 2015", ""),
        ("Svar 2015 och 2016", ""),
        ("Socialtjänstlagen (2001:453)", ""),
        ("SOSFS 2014:4", ""),
        ("dnr 5.3-1234/2015", ""),
        ("Uttag 2017-03-01", ""),
        ("Befolkning 31 december 2014", ""),
        ("kod 2015001", ""),
        ("ÖJ15", "2015"),
        ("oj_15-slutlig", "2015"),
        ("Öppna jämförelser ’15", "2015"),
        ("ÖJ -15", "2015"),
        ("ÖJ16, jämfört med ’15", ""),
        ("Blad 15, frågor 1-15, 0 -15 år", ""),
    ],
)
def test_which_other_year_a_text_names(text, years):
    assert other_years(text, 2016) == years.split()


@pytest.mark.parametrize(
    ("above", "sheet", "name", "asked"),
    [
        (
            [["Öppna jämförelser 2015, svar"], []],
            "2015",
            "svar",
            "bladets namn ”2015”; också blad ”2015”, cell A1 (”Öppna jämförelser 2015, svar”)",
        ),
        ([], "Svar", "oj-2015", "filens namn"),
        (
            [["Enkät ’15"], []],
            "ÖJ15",
            "OJ15",
            "filens namn; också bladets namn ”ÖJ15” och blad ”ÖJ15”, cell A1 (”Enkät ’15”)",
        ),
        ([["Öppna jämförelser 2016"], []], "Svar", "levererad 2017", None),
        ([["Publicerad 2018, enligt 2015 års indelning"], []], "2016", "svar", None),
    ],
)
@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
def test_another_year_in_a_title_or_a_name_is_asked_about_once(
    file, reference, tmp_path, above, sheet, name, asked, columns
):
    rows, *_ = file.grid()
    path = save_rows(tmp_path, [*above, *(turned(rows) if columns else rows)], name=sheet)
    path = path.rename(path.with_stem(name))
    reading = read(path, reference, tmp_path)
    if asked is None:
        assert told(reading) == []
        return
    (question,) = reading.questions
    assert question.what == "Filen nämner 2015, men läses som 2016" and question.table == asked
    assert "\n# andra_ar: [2015]\n" in draft(reading)
    reading = read(path, reference, tmp_path, andra_ar=[2015])
    assert told(reading) == [] and accept.frozen_profile(reading)["andra_ar"] == ["2015"]
    assert told(read(path, reference, tmp_path, ar=2015)) == []


def test_another_year_in_a_merged_heading_is_asked_about(file, reference, tmp_path):
    rows, *_ = file.grid()
    path = save_rows(tmp_path, [[None, "Svar 2015 från kommunerna"], *rows], merged=[(0, 1, 0, 12)])
    assert [q.what for q in read(path, reference, tmp_path).questions] == [
        "Rubriken över 12 indikatorer säger 2015, men filen läses som 2016"
    ]
    assert told(read(path, reference, tmp_path, andra_ar=[2015])) == []
