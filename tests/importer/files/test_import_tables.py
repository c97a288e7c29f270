"""Answers in several tables, rows of counties, footnotes and years as headings: read as one
table cell by cell, or asked about with the remedy that works. Fictional units, except where a
real county and municipality share their name; those have no answers attached.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import openpyxl
import pytest
import yaml
from importfiler import (
    KALLA,
    MARKS,
    NUMBERS,
    UNITS,
    WORDS,
    File,
    answers_of,
    bring_in,
    expected,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    read,
    read_again,
    sheets,
    test_units,
    told,
)

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.accepted import accept
from ojbrottsoffer.importer.accepted.editions import read as read_folder
from ojbrottsoffer.importer.apply import Applied, apply
from ojbrottsoffer.importer.conversation import draft, understood
from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.importer.stages.placing_columns import placing
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.reference.register import load_reference


@pytest.fixture(scope="module")
def parts(project):
    """A table per group of questions, about the same units."""
    every = indicators_of(project)[:24]
    answers = invented_answers(UNITS, every)
    return [File(UNITS, every[a:b], answers, coding=WORDS) for a, b in ((0, 10), (10, 18), (18, 24))]


def rows_of(file: File, **more) -> list[list]:
    return replace(file, **more).grid()[0]


def test_a_sheet_per_quality_area_is_proposed_and_read_as_one(parts, reference, tmp_path):
    path = sheets(
        tmp_path,
        Kunskap=rows_of(parts[0], above=2),
        Trygghet=rows_of(parts[1], codes="tal"),
        Samordning=rows_of(parts[2], columns=True),
    )
    asked = read(path, reference, tmp_path)
    assert [q.what for q in asked.questions] == ["Svaren verkar stå i 3 tabeller på flera blad"]
    proposal = draft(asked)
    assert yaml.safe_load(proposal)["blad"] == ["Kunskap", "Trygghet", "Samordning"]
    reading = read(path, reference, tmp_path, blad=["Kunskap", "Trygghet", "Samordning"])
    assert told(reading) == []
    assert answers_of(reading) == expected(*parts)
    places = {place.where for _, place in reading.answers.values()}
    assert len(places) == len(reading.answers) and "blad ”Trygghet”, cell C2" in places
    assert (
        reading.answers["testkommun-001", parts[2].indicators[0][0]][1].where == "blad ”Samordning”, cell B2"
    )


def test_an_accepted_file_of_several_sheets_is_read_the_same_ever_after(parts, reference, tmp_path):
    heading, *units = rows_of(parts[1])
    path = sheets(tmp_path, A=rows_of(parts[0]), B=[heading, *reversed(units)])
    reading = read(path, reference, tmp_path, blad=["A", "B"])
    assert told(reading) == [] and answers_of(reading) == expected(*parts[:2])
    recipe = accept.recipe_of(reading)

    def again(recipe: Profile) -> Applied:
        return apply(recipe, read_sheets(path, path.name, recipe.sheets), 2016, path.name)

    assert again(recipe).answers == reading.answers
    stranger = recipe.but(
        enheter={label: unit for label, unit in recipe.enheter.items() if label != UNITS[2][0]}
    )
    with pytest.raises(DataError) as refused:
        again(stranger)
    unknown = next(f for f in refused.value.findings if f.what == "Etiketten har ingen känd betydelse")
    assert (unknown.row, unknown.value) == (4, UNITS[2][0]) and "cell A4" in unknown.table
    book = openpyxl.load_workbook(path)
    book["B"].delete_rows(5)
    book.save(path)
    with pytest.raises(DataError):
        again(recipe)


def test_a_unit_that_one_sheet_lacks_is_asked_about(parts, reference, tmp_path):
    path = sheets(tmp_path, A=rows_of(parts[0]), B=rows_of(parts[1])[:-1])
    reading = read(path, reference, tmp_path, blad=["A", "B"])
    assert ["En enhet finns inte i alla tabeller; 8 svar saknar rad"] == [q.what for q in reading.questions]
    reading = read(path, reference, tmp_path, blad=["A", "B"], saknas=MARKS | {"(ingen rad)": "ej_besvarat"})
    assert told(reading) == []
    assert answers_of(reading)["testkommun-009", parts[1].indicators[0][0]] == "ej_besvarat"


def test_a_sheet_per_county_has_the_same_questions_about_other_units(parts, reference, tmp_path):
    first, second = replace(parts[0], units=UNITS[:4]), replace(parts[0], units=UNITS[4:])
    path = sheets(tmp_path, Nord=rows_of(first), Syd=rows_of(second))
    reading = read(path, reference, tmp_path, blad=["Nord", "Syd"])
    assert told(reading) == [] and answers_of(reading) == expected(first, second)


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
@pytest.mark.parametrize("codes", [None, "tal"])
@pytest.mark.parametrize("way", ["under", "beside"])
def test_two_tables_on_one_sheet(parts, reference, tmp_path, way, codes, columns):
    one, two = (replace(part, codes=codes).grid()[0] for part in parts[:2])
    width = max(len(one[0]), len(two[0]))
    if way == "under":
        rows = [*one, [None] * width, ["Fortsättning"], *two, [], ["Not: påhittat"]]
    else:
        rows = [a + [None] + b for a, b in zip(one, two, strict=True)]
    if columns:
        size = max(map(len, rows))
        rows = [
            list(column) for column in zip(*[row + [None] * (size - len(row)) for row in rows], strict=True)
        ]
    path = sheets(tmp_path, Svar=rows)
    reading = read(path, reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(*parts[:2])
    assert any("2 tabeller" in note for note in reading.notes)
    again = read(path, reference, tmp_path, **reading.layout.as_profile())
    assert told(again) == [] and again.answers == reading.answers


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
@pytest.mark.parametrize("heading", ["Kommun", "Namn"])
def test_other_units_beside_the_first_are_read_or_asked_about(parts, reference, tmp_path, heading, columns):
    """A long list set in two: with a heading that says what it is both are read; else both can be."""
    first, second = replace(parts[0], units=UNITS[:5]), replace(parts[0], units=UNITS[5:])
    one, two = ([[heading, *file[0][1:]], *file[1:]] for file in map(rows_of, (first, second)))
    rows = [a + [None] + b for a, b in zip(one, [*two, [None] * len(two[0])], strict=True)]
    path = sheets(tmp_path, Svar=[list(column) for column in zip(*rows, strict=True)] if columns else rows)
    reading = read(path, reference, tmp_path)
    if heading == "Namn":
        assert [q.what.split(":")[0] for q in reading.questions][:1] == [
            f"Flera {'rader' if columns else 'kolumner'} kan vara enheterna"
        ]
        reading = read(path, reference, tmp_path, **reading.questions[0].choices[-1].sets)
    assert told(reading) == [] and answers_of(reading) == expected(first, second)
    read_again(reading, path, reference, tmp_path)


def test_pairs_of_answer_and_comment_under_each_unit(parts, reference, tmp_path):
    """The row that tells them apart has no heading: it is one question which of them is read."""
    one = File(UNITS, parts[0].indicators, invented_answers(UNITS, parts[0].indicators, missing=False))
    heading, *rows = rows_of(one, columns=True)
    wide = [
        [heading[0], *(cell for name in heading[1:] for cell in (name, None))],
        [None, *["Svar", "Kommentar"] * len(UNITS)],
        *(
            [row[0], *(cell for text in row[1:] for cell in (text, "Se rutin" if text == "Nej" else None))]
            for row in rows
        ),
    ]
    path = sheets(tmp_path, Svar=[["Enkät"], *wide])
    (asked,) = read(path, reference, tmp_path).findings
    assert asked.id == "delar-svaren" and asked.choices[0].when.startswith("bara raderna med ”Svar”")
    reading = read(path, reference, tmp_path, **asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == expected(one)
    read_again(reading, path, reference, tmp_path)


def test_letters_of_two_characters_are_the_same_letters(parts, reference, tmp_path):
    """å as a and a ring, as files from some computers write it, in the file or in the profile."""
    two = [[cell and unicodedata.normalize("NFD", cell) for cell in row] for row in rows_of(parts[0])]
    label = "Hur stöder förvaltningen våldsutsatta?"
    assert two[0] != rows_of(parts[0])[0]
    two[0][1] = unicodedata.normalize("NFD", label)
    for form in ("NFC", "NFD"):
        reading = read(
            sheets(tmp_path, Svar=two),
            reference,
            tmp_path,
            indikatorer={unicodedata.normalize(form, label): parts[0].indicators[0][0]},
        )
        assert told(reading) == [] and answers_of(reading) == expected(parts[0])
        assert label in [item.label for item in reading.indicators]


def test_a_heading_repeated_further_down_is_no_new_question(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    reading = read(sheets(tmp_path, Svar=[*rows[:5], rows[0], *rows[5:]]), reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(parts[0])


def test_two_tables_with_the_same_questions_are_never_mixed(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    path = sheets(tmp_path, Svar=[*rows, [], ["Året före"], *rows])
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.questions] == ["Två tabeller svarar på samma fråga om samma enhet"]
    proposed = yaml.safe_load(draft(reading))["tabeller"]
    assert len(proposed) == 2
    reading = read(path, reference, tmp_path, tabeller=proposed[:1])
    assert told(reading) == [] and answers_of(reading) == expected(parts[0])


def county_rows(parts, *extra) -> list[list]:
    rows = rows_of(parts[0])
    width = len(rows[0]) - 1
    return [
        rows[0],
        *([label, *["44 %"] * width] for label in extra[:1]),
        *rows[1:],
        *([label, *["Ja"] * width] for label in extra[1:]),
    ]


def test_a_bare_county_name_is_a_county_and_a_shared_one_is_asked_about(parts, reference, tmp_path):
    path = sheets(tmp_path, Svar=county_rows(parts, "Skåne", "Örebro"))
    reading = read(path, reference, tmp_path)
    assert ("län", "Skåne") in reading.skipped
    assert [q.what for q in reading.questions] == ["”Örebro” kan vara länet eller kommunen"]
    assert '"rad 12"' in reading.questions[0].action and "Testkommun 009" in reading.questions[0].expected
    assert "orebro" not in {unit.unit.enhet_id for unit in reading.units}
    as_unit = read(path, reference, tmp_path, enheter={"rad 12": "orebro"})
    assert told(as_unit) == [] and "orebro" in {unit.unit.enhet_id for unit in as_unit.units}
    as_county = read(path, reference, tmp_path, hoppa_over=["rad 12"])
    assert told(as_county) == [] and len(as_county.units) == len(UNITS)


def test_county_and_municipality_of_one_name(parts, project, reference, tmp_path):
    rows = [
        row[:1] + ["Ja" if cell == "44 %" else cell for cell in row[1:]]
        for row in county_rows(parts, "Örebro", "Örebro")
    ]
    path = sheets(tmp_path, Svar=rows)
    assert len(read(path, reference, tmp_path).questions) == 2
    said = {"saknas": MARKS, "kalla": KALLA, "hoppa_over": ["rad 2"]}
    reading = read(path, reference, tmp_path, **said)
    assert told(reading) == []
    assert [unit.row for unit in reading.units if unit.unit.enhet_id == "orebro"] == [11]
    profile = profile_file(tmp_path, **said)
    scratch = make_project(tmp_path / "p")
    assert bring_in(scratch, path, profile) == 0
    frozen = yaml.safe_load((scratch.raw / "oj-2016/profil.yml").read_text(encoding="utf-8"))
    assert frozen["hoppa_over"] == ["rad 2"]
    after = read_folder(scratch, load_reference(scratch), scratch.raw / "oj-2016")
    places = set(after.frames["resultat"].query("enhet_id == 'orebro'")["_rad"])
    assert places == {12}, "kommunens rad, inte länets"


def test_a_lone_shared_name_among_municipalities_is_the_municipality(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    reading = read(sheets(tmp_path, Svar=[*rows, ["Kalmar", *rows[1][1:]]]), reference, tmp_path)
    assert told(reading) == [] and reading.units[-1].unit.enhet_id == "kalmar"


def test_the_code_tells_county_from_municipality(parts, reference, tmp_path):
    rows = rows_of(parts[0], codes="tal")
    width = len(rows[0]) - 2
    rows = [rows[0], ["Örebro", 18, *["44 %"] * width], *rows[1:], ["Örebro", 1880, *["Ja"] * width]]
    reading = read(sheets(tmp_path, Svar=rows), reference, tmp_path)
    assert told(reading) == [] and reading.units[-1].unit.enhet_id == "orebro"


@pytest.mark.parametrize("labels", [False, True], ids=["svaren", "också namnen"])
def test_a_table_of_formulas_without_values_says_so(parts, reference, tmp_path, labels):
    rows = [
        [(f'="{cell}"' if cell and (labels or c) and r else cell) for c, cell in enumerate(row)]
        for r, row in enumerate(rows_of(parts[0]))
    ]
    reading = read(sheets(tmp_path, Svar=rows), reference, tmp_path)
    assert len(reading.findings) == 1, told(reading)
    text = told(reading)[0]
    assert "formeln har inget sparat värde" in text and "Öppna filen" in text
    assert f"cell {'A' if labels else 'B'}2" in text


def test_no_unit_known_is_a_question_per_row(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    rows = [rows[0], *([f"Ort {n}", *row[1:]] for n, row in enumerate(rows[1:4]))]
    reading = read(sheets(tmp_path, Svar=rows), reference, tmp_path)
    assert [q.value for q in reading.questions] == ["Ort 0", "Ort 1", "Ort 2"]


def test_a_municipality_that_is_new_since_the_register(parts, project, tmp_path, capsys):
    rows = rows_of(parts[0])
    path = sheets(tmp_path, Svar=[*rows, ["Testkommun nybildad", *rows[1][1:]]])
    said = {"saknas": MARKS, "kalla": KALLA}
    scratch = make_project(tmp_path / "p")

    def run(**more):
        return main(
            [
                "--rot",
                str(scratch.root),
                "importera",
                str(path),
                "--ar",
                "2016",
                "--profil",
                str(profile_file(tmp_path, **said, **more)),
                "--hamtad",
                "2017-07-01",
                "--skriv",
            ]
        )

    assert run() == 1
    assert '"typ": kommun' in capsys.readouterr().err
    new = {"typ": "kommun", "enhet": "Testkommun nybildad", "kommunkod": "9001"}
    assert run(enheter={"Testkommun nybildad": new}) == 1
    assert "9001 är Testkommun 001" in capsys.readouterr().err
    assert run(enheter={"Testkommun nybildad": new | {"kommunkod": "9099"}}) == 0
    registered = (scratch.reference / "kommuner.csv").read_text(encoding="utf-8").splitlines()
    assert registered[-1] == "9099,Testkommun nybildad,90,Testlandet,,"
    after = read_folder(scratch, load_reference(scratch), scratch.raw / "oj-2016")
    row = after.frames["enheter"].set_index("enhet_id").loc["testkommun-nybildad"]
    assert (row["kommunkod"], row["typ"], row["lan"]) == ("9099", "kommun", "Testlandet")


def test_numbers_of_inhabitants_are_no_codes(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    rows = [
        [rows[0][0], "Bakgrund", *rows[0][1:]],
        *([row[0], 3000 + 7 * n, *row[1:]] for n, row in enumerate(rows[1:])),
    ]
    path = sheets(tmp_path, Svar=rows)
    assert [q.value for q in read(path, reference, tmp_path).questions] == ["Bakgrund"]
    reading = read(path, reference, tmp_path, kolumner={"Bakgrund": "ignorera"})
    assert told(reading) == [] and answers_of(reading) == expected(parts[0])


def test_signs_of_footnotes(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    rows[2][0], rows[3][0] = "Testkommun 002*", "Testkommun 003 †"
    rows[0][1] += "1)"
    for row in rows[1:]:
        row[1:] = [
            {"Ja": "Ja1)", "Nej": "nej *" if row[1] == "Nej" else "NEJ.", "Delvis": "Delvis²"}.get(cell, cell)
            for cell in row[1:]
        ]
    reading = read(sheets(tmp_path, Svar=rows), reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(parts[0])
    assert any(
        note.startswith("Fotnotstecken och skiljetecken efter") and "”Ja1)”" in note for note in reading.notes
    )


def test_digits_before_a_bracket_are_never_cut_into_a_code(parts, reference, tmp_path):
    rows = rows_of(replace(parts[0], coding=NUMBERS))
    rows[3][4] = "21)"
    assert any(
        "Okänd kod ”21)”" in text for text in told(read(sheets(tmp_path, Svar=rows), reference, tmp_path))
    )


@pytest.mark.parametrize("flipped", [False, True])
@pytest.mark.parametrize("above", [None, "Andel ja"])
def test_shares_with_years_as_headings(project, reference, tmp_path, above, flipped):
    rows = [["Indikator", 2014, 2015, 2016]] + [
        [item[1], 10 + n, 30 + n, 50 + n] for n, item in enumerate(indicators_of(project)[:6])
    ]
    rows = [["Påhittad tabell"], [], *([[None, above]] if above else []), *rows, [], ["Not: påhittat"]]
    if flipped:
        rows = [list(c) for c in zip(*[row + [None] * (4 - len(row)) for row in rows], strict=True)]
    path = sheets(tmp_path, Riket=rows)
    reading = read(path, reference, tmp_path, slag="riket")
    assert told(reading) == []
    assert [value for value, _ in reading.shares.values()] == [50 + n for n in range(6)]
    assert "2014, 2015" in reading.notes[0]
    other = read(path, reference, tmp_path, slag="riket", ar=2017)
    assert [q.what for q in other.questions] == ["Flera kolumner kan vara andelen: ”2014”, ”2015” och ”2016”"]


def test_shares_are_written_and_read_back(project, tmp_path):
    scratch = make_project(tmp_path / "p")
    wanted = {item[0]: 40 + n for n, item in enumerate(indicators_of(scratch)[:6])}
    path = sheets(
        tmp_path,
        Riket=[
            ["Indikator", "2015", "2016"],
            *([item[1], "12 %", f"{wanted[item[0]]} %"] for item in indicators_of(scratch)[:6]),
        ],
    )
    assert bring_in(scratch, path, profile_file(tmp_path, kalla=KALLA), "riket") == 0
    after = read_folder(scratch, load_reference(scratch), scratch.raw / "riket-2016").frames["riket"]
    assert dict(zip(after["indikator_id"], after["andel_ja_procent"], strict=True)) == wanted
    assert set(after["ar"]) == {2016} and after["plats"].iloc[0].startswith(
        "pahittad-fil.xlsx, blad ”Riket”, cell C2"
    )


@pytest.mark.parametrize("last", [[], [None], ["-"]], ids=str)
def test_the_last_question_without_a_share_is_asked_about_and_then_told(project, reference, tmp_path, last):
    labels = [item[1] for item in indicators_of(project)[:5]]
    path = tmp_path / "riket.csv"
    path.write_text(
        "\n".join(
            [
                "Indikator;Andel ja",
                *(f"{label};{40 + n} %" for n, label in enumerate(labels[:4])),
                ";".join([labels[4], *(text or "" for text in last)]),
            ]
        )
        + "\n",
        encoding="cp1252",
    )
    asked = read(path, reference, tmp_path, "riket", saknas={})
    assert [(q.what.partition("?")[0], q.row) for q in asked.questions] == [
        (f"Vad betyder {'”-”' if last == ['-'] else '(tom cell)'} bland rikets andelar", 6)
    ]
    reading = read(path, reference, tmp_path, "riket")
    assert told(reading) == [] and [value for value, _ in reading.shares.values()] == [40, 41, 42, 43, None]
    assert f"saknar andel, enligt profilen: {labels[4]} (cell B6)" in understood(reading, 2016, None)


def test_errors_that_come_again_and_again_are_told_once(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    reading = read(sheets(tmp_path, Svar=[*rows, *rows[1:]]), reference, tmp_path)
    assert len(reading.errors) == len(UNITS)
    assert (
        len(reading.findings) == 1 and "och 8 gånger till, som i A12, A13 och A14" in reading.findings[0].what
    )


def test_a_row_without_a_name_is_not_left_out_unsaid(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    rows[4][0] = None
    path = sheets(tmp_path, Svar=rows)
    reading = read(path, reference, tmp_path)
    assert [e.what for e in reading.errors] == ["En rad med värden saknar enhet"]
    assert "cell A5" in reading.errors[0].expected and '"rad 5"' in reading.errors[0].action
    reading = read(path, reference, tmp_path, hoppa_over=["rad 5"])
    assert told(reading) == [] and accept.frozen_profile(reading)["hoppa_over"] == ["rad 5"]


def test_unknown_units_after_an_empty_row_are_not_left_out_unsaid(parts, reference, tmp_path):
    rows = rows_of(parts[0])
    path = sheets(tmp_path, Svar=[*rows, [], ["Annanstans", *rows[1][1:]], [], ["Ja", "betyder ja"]])
    reading = read(path, reference, tmp_path)
    assert [q.what for q in reading.questions] == ["Det finns rader under tabellen som ser ut som svar"]
    assert "cell A12" in reading.questions[0].table
    assert [q.value for q in read(path, reference, tmp_path, sista=12).questions] == ["Annanstans"]
    assert told(read(path, reference, tmp_path, sista=10)) == []


def test_a_long_ranking_set_in_columns(reference, tmp_path):
    units = test_units(12)
    rows = [["Plats", "Kommun", None] * 3] + [
        [cell for block in (0, 4, 8) for cell in (block + n + 1, units[block + n][0], None)] for n in range(4)
    ]
    rows[2][3] = "6–7"
    reading = read(sheets(tmp_path, Lista=rows), reference, tmp_path, slag="rankning")
    assert told(reading) == []
    placings = {unit: place.text for (unit, role), place in reading.background.items() if role == "placering"}
    assert placings == {f"testkommun-{n:03}": str(n) if n != 6 else "6–7" for n in range(1, 13)}
    assert placing("6–7") == (6, True) and placing("7–6") is None


def test_parts_of_a_question_under_one_merged_label(project, reference, tmp_path):
    (_, first, *_), (_, second, *_) = indicators_of(project)[:2]
    rows = [["Indikator", "Delmängd", "Andel"], [first, "Vuxna", 40], [None, "Barn", 30], [second, None, 20]]
    reading = read(sheets(tmp_path, Riket=rows), reference, tmp_path, slag="riket")
    assert told(reading) == []
    assert sorted((part, value) for (_, part), (value, _) in reading.shares.items()) == [
        ("alla", 20),
        ("barn", 30),
        ("vuxna", 40),
    ]
    rows[2][1] = None
    reading = read(sheets(tmp_path, Riket=rows), reference, tmp_path, slag="riket")
    assert [e.what for e in reading.errors] == ["En rad med andel saknar indikator"]
    rows[2][1] = "Vuxen"
    (error,) = read(sheets(tmp_path, Riket=rows), reference, tmp_path, slag="riket").errors
    assert (error.what, error.value) == ("Okänd delmängd", "Vuxen")
    assert "B3" in error.table and "vuxna" in error.expected


def test_code_and_name_in_one_cell(parts, reference, tmp_path):
    rows = rows_of(parts[0], nation=["44 %"] * 10)
    for row, (name, code) in zip(rows[2:], UNITS, strict=True):
        row[0] = f"{code} {name}"
    rows[1][0] = "00 Riket"
    rows.insert(2, ["18 Örebro", *["44 %"] * 10])
    path = sheets(tmp_path, Svar=rows)
    reading = read(path, reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(parts[0]) and len(reading.shares) == 10
    rows[4][0] = "9001 Testkommun 002"
    asked = read(sheets(tmp_path, Svar=rows), reference, tmp_path)
    assert "namnet pekar på Testkommun 002 (9002) men koden 9001 är Testkommun 001" in told(asked)[0]


@pytest.mark.parametrize("cross", ["x", 1])
@pytest.mark.parametrize("way", ["under frågan", "i rubriken", "som svar"])
def test_a_column_per_answer_is_read_as_one_question(parts, reference, tmp_path, way, cross):
    """Following a message about each column would lose every answer but Ja."""
    labels, words = [item[1] for item in parts[0].indicators], ["Ja", "Delvis", "Nej"]
    heads = [
        ["Kommun", *(text for label in labels for text in (label, None, None))],
        [None, *words * len(labels)],
    ]
    if way == "i rubriken":
        heads = [["Kommun", *(f"{label} ({word})" for label in labels for word in words)]]
    rows = [
        *heads,
        *(
            [name, *((cross if text == word else None) for text in row[1:] for word in words)]
            for (name, _), row in zip(UNITS, rows_of(parts[0])[1:], strict=True)
        ),
    ]
    answer = (
        {}
        if way != "som svar"
        else {
            "indikatorer": {
                f"{label} / Ja": item[0] for label, item in zip(labels, parts[0].indicators, strict=True)
            },
            "kolumner": {f"{label} / {word}": "ignorera" for label in labels for word in words[1:]},
            "koder": {str(cross): "Ja"},
        }
    )
    if way != "som svar":
        rows.insert(len(heads), ["00 Riket", *(f"{n} %" for n in range(len(rows[-1]) - 1))])
        rows += [["Summa", *range(len(rows[-1]) - 1)], ["Andel, %", *range(len(rows[-1]) - 1)]]
    path = sheets(tmp_path, Svar=rows)
    reading = read(path, reference, tmp_path, saknas=MARKS | {"(inget kryss)": "ej_besvarat"}, **answer)
    right = {
        key: "ej_besvarat" if isinstance(value, str) else value for key, value in expected(parts[0]).items()
    }
    assert told(reading) == [] and answers_of(reading) == right
    read_again(reading, path, reference, tmp_path)


def test_no_cross_or_two_is_a_question(parts, reference, tmp_path):
    labels, words = [item[1] for item in parts[0].indicators], ["Ja", "Delvis", "Nej"]
    rows = [
        ["Kommun", *(text for label in labels for text in (label, None, None))],
        [None, *words * len(labels)],
    ]
    rows += [[name, *["x", None, None] * len(labels)] for name, _ in UNITS]
    rows[2][2], rows[4][1], rows[5][1] = "x", None, "Nej"
    others = {"x (delvis)": "F3", "ej aktuellt": "I4", "X?": "L5", "?": "O6", "planeras": "R3"}
    for text, (letter, row) in others.items():
        column = ord(letter) - ord("A")
        rows[int(row) - 1][column - 1 : column + 1] = [None, text]
    reading = read(sheets(tmp_path, Svar=rows), reference, tmp_path)
    # Units and questions left without one answer are asked about besides.
    marks = [question for question in reading.questions if question.id in ("marke", "okant-svar")]
    places = {question.value: question.table.rpartition(" ")[2] for question in marks}
    assert places == {"(flera kryss)": "B3", "(inget kryss)": "B5"} | {
        f"(annat än kryss under {'Ja' if text == 'Nej' else 'Delvis'}: {text})": cell
        for text, cell in (others | {"Nej": "B6"}).items()
    }


@pytest.mark.parametrize("named", ["bladet", "cellen"])
def test_a_sheet_per_unit_is_read(parts, reference, tmp_path, named):
    pages = {
        name if named == "bladet" else f"Blad {n}": [
            ["Enkät" if named == "bladet" else f"Kommun: {name}"],
            ["Fråga", "Svar", "Kommentar"],
            *([label, text, None] for (_, label, *_), text in zip(parts[0].indicators, row[1:], strict=True)),
        ]
        for n, ((name, _), row) in enumerate(zip(UNITS, rows_of(parts[0])[1:], strict=True))
    }
    reading = read(sheets(tmp_path, **pages), reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(parts[0])


@pytest.mark.parametrize(
    ("area", "near"),
    [("Intern samordning vuxna", "intern-vuxna"), ("Rutin vid indikation", "rutin-indikation")],
)
def test_a_short_label_is_asked_about_with_its_area(parts, reference, tmp_path, area, near):
    heading, *rows = rows_of(parts[0])
    path = sheets(
        tmp_path, Svar=[[*[None] * 9, area, None], [*heading[:9], "Äldreomsorgen", heading[10]], *rows]
    )
    reading = read(path, reference, tmp_path)
    (question,) = reading.questions
    assert question.what == f"Okänd indikator under ”{area}”"
    assert question.expected.split("närmast: ")[1].startswith(f"{near}-aldreomsorg")
    assert f'"Äldreomsorgen": "?"  # liknar: {near}-aldreomsorg' in draft(reading)


@pytest.mark.parametrize(
    ("headings", "asked", "answer"),
    [
        (["Indikator", "2015", "2016", "Förändring"], None, {}),
        (
            ["Indikator", "Kvinnor", "Totalt", "Män", "Antal svar"],
            "”Kvinnor”, ”Totalt” och ”Män”",
            {"Totalt": "andel"},
        ),
    ],
)
def test_shares_beside_other_numbers(project, reference, tmp_path, headings, asked, answer):
    shares = [60 + n for n in range(6)]
    rows = [
        headings,
        *(
            [label, 5, share, *[3] * (len(headings) - 3)]
            for share, (_, label, *_) in zip(shares, indicators_of(project), strict=False)
        ),
    ]
    path = sheets(tmp_path, Riket=rows)
    if asked:
        (question,) = read(path, reference, tmp_path, "riket", ar=2016).questions
        assert question.what.endswith(f"kan vara andelen: {asked}") and ": andel" in question.action
    reading = read(path, reference, tmp_path, "riket", ar=2016, kolumner=answer)
    assert told(reading) == [] and [value for value, _ in reading.shares.values()] == shares


@pytest.mark.parametrize("label", ["Andel ja, riket", "Riket (andel ja)", "Hela riket, andel ja-svar (%)"])
def test_the_nations_row_may_say_that_it_is_a_share(parts, reference, tmp_path, label):
    path = sheets(
        tmp_path, Svar=[*rows_of(parts[0]), [label, *["44 %"] * 10], ["Andel nej, riket", *["9 %"] * 10]]
    )
    reading = read(path, reference, tmp_path)
    assert (
        told(reading) == []
        and reading.nation_label == label
        and reading.skipped == [("summering", "Andel nej, riket")]
    )
    assert [value for value, _ in reading.shares.values()] == [44] * 10


def test_the_nation_may_stand_above_its_share(parts, reference, tmp_path):
    """Units as columns, with counties and the nation in a row above; read the same when it is accepted."""
    (heading, *rows), n = rows_of(parts[0], columns=True), len(UNITS)
    above = [None, "Testlandets län", *[None] * n, "Riket", None]
    rows = [
        above,
        [*heading, "Andel ja", "Antal ja", "Andel ja"],
        *([*row, "9 %", 4, "44 %"] for row in rows),
    ]
    path = sheets(tmp_path, Svar=rows)
    reading = read(path, reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(parts[0])
    assert [value for value, _ in reading.shares.values()] == [44] * 10
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize(
    ("headings", "asked"),
    [
        (["Indikator", "Antal svarande", "Ja", "Andel bortfall (%)"], None),
        (["Indikator", "Andel nej"], None),
        (["Indikator", "Andel ja 2014"], "Kolumnen ”Andel ja 2014” gäller ett annat år än 2016"),
        (["Indikator", "Andel ja av svarande"], ""),
    ],
)
def test_only_the_share_of_ja_in_the_year_is_taken(project, reference, tmp_path, headings, asked):
    rows = [
        headings,
        *(
            [label, *[n + 20] * (len(headings) - 1)]
            for n, (_, label, *_) in enumerate(indicators_of(project)[:6])
        ),
    ]
    reading = read(sheets(tmp_path, Riket=rows), reference, tmp_path, "riket", ar=2016)
    if asked:
        assert [q.what for q in reading.questions] == [asked]
    elif asked is None:
        assert reading.findings and not reading.shares
    else:
        assert told(reading) == [] and [value for value, _ in reading.shares.values()] == [
            20,
            21,
            22,
            23,
            24,
            25,
        ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Tabell 3. Andel kommuner (procent) som svarat nej 2016", "något annat än ja"),
        ("Nej-svar 2016", "något annat än ja"),
        ("Andel kommuner som saknar rutin, 2016", "något annat än ja"),
        ("Andel kommuner (%) utan rutin", "något annat än ja"),
        ("Antal kommuner som svarat ja 2016 (av 100)", "antal i stället för andelar"),
        ("Antal kommuner med rutin", "antal i stället för andelar"),
        ("Andel som svarat ja eller delvis", "ja eller delvis"),
        *(
            (title, None)
            for title in (
                "Andel kommuner som svarat ja 2016",
                "Svarsalternativ: ja, delvis, nej",
                "Uppgift saknas markeras med ..",
                "Delvis räknas som nej.",
                "Andel kommuner (avrundat, summerar inte till 100)",
                "Antal svarande kommuner: 270",
                "Antal kommuner som svarat: 270",
                "Andel och antal kommuner som svarat ja",
                "Andel ja. Kommuner som inte svarat ingår inte.",
                "Andelar, delvis preliminära",
            )
        ),
    ],
)
def test_a_title_that_says_that_the_shares_are_of_something_else_is_asked_about(
    project, reference, tmp_path, title, shown
):
    labels = [label for _, label, *_ in indicators_of(project)[:6]]
    rows = [[title], [], ["Indikator", "Andel"], *([label, 40 + n] for n, label in enumerate(labels))]
    path = sheets(tmp_path, Riket=rows)
    reading = read(path, reference, tmp_path, "riket")
    assert [(shown in q.what, "cell A1" in q.table) for q in reading.findings] == (
        [(True, True)] if shown else []
    )
    assert told(read(path, reference, tmp_path, "riket", kolumner={"Andel": "andel"})) == []
    rows[2][1] = "Andel ja"
    assert told(read(sheets(tmp_path, Riket=rows), reference, tmp_path, "riket")) == []
