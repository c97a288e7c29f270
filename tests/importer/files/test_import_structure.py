"""Where the table and its parts are on the sheet: the units' column, headings under years, codes in
two columns, titles. Fictional units only."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml
from importfiler import (
    UNITS,
    WORDS,
    File,
    answers_of,
    expected,
    indicators_of,
    invented_answers,
    read,
    read_again,
    save_rows,
    told,
)

from ojbrottsoffer.importer.conversation import draft
from ojbrottsoffer.importer.recipes.recipe_file import parse_profile
from ojbrottsoffer.schema.finding import DataError

NAMES = [name for name, _ in UNITS]


@pytest.fixture(scope="module")
def file(project):
    """Six questions; every one has a Ja, so that the codes of a column are never in doubt."""
    asked = indicators_of(project)[:6]
    answers = invented_answers(UNITS, asked, missing=False)
    for n, item in enumerate(asked):
        answers[NAMES[n], item[0]] = 2
    return File(UNITS, asked, answers, coding=WORDS)


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
@pytest.mark.parametrize(("at", "place"), [("först", "1A"), ("mitt", "4D"), ("sist", "7G")])
def test_the_units_may_stand_anywhere(file, reference, tmp_path, at, place, columns):
    made = replace(file, at=at, columns=columns, levels=3, labels={file.indicators[0][0]: "Helt ny fråga"})
    path = made.save(tmp_path, "csv")
    reading = read(path, reference, tmp_path)
    _, _, area, quality = file.indicators[0]
    assert [(q.what, q.value) for q in reading.questions] == [
        (f"Okänd indikator under ”{quality}” och ”{area}”", "Helt ny fråga")
    ]
    assert reading.layout.as_profile()["enhetskolumn"] == place[0 if columns else 1]
    assert [item.column.path for item in reading.indicators] == [
        tuple(item[3:0:-1]) for item in file.indicators[1:]
    ]
    reading = read(path, reference, tmp_path, indikatorer={"Helt ny fråga": file.indicators[0][0]})
    assert told(reading) == [] and answers_of(reading) == expected(file)
    read_again(reading, path, reference, tmp_path)


def test_unknown_units_in_the_last_column_are_asked_about(file, reference, tmp_path):
    new = {f"Nybildad {n}": name.lower().replace(" ", "-") for n, name in enumerate(NAMES)}
    made = replace(file, at="sist", labels=dict(zip(NAMES, new, strict=True)))
    reading = read(made.save(tmp_path, "csv"), reference, tmp_path)
    (question,) = reading.questions
    municipalities, none = (choice.sets for choice in question.choices[:2])
    assert list(municipalities["enheter"]) == none["hoppa_over"] == list(new)
    said = {
        label: entry | {"kommunkod": f"90{n + 50}"}
        for n, (label, entry) in enumerate(municipalities["enheter"].items())
    }
    reading = read(made.save(tmp_path, "csv"), reference, tmp_path, enheter=said)
    assert told(reading) == [] and [unit.label for unit in reading.units if unit.new] == list(new)
    few = replace(made, indicators=file.indicators[:2])
    path = few.save(tmp_path, "csv")
    (lost,) = read(path, reference, tmp_path).errors
    assert (
        lost.what == "Hittar ingen tabell med kommuner"
        and "närmast: rad 1 (2 kända indikatorer)" in lost.expected
    )
    reading = read(
        path, reference, tmp_path, enhetskolumn="C", enheter={label: new[label] for label in list(new)[1:]}
    )
    assert [q.value for q in reading.questions] == ["Nybildad 0"]


YEARS = {
    "rankning": (
        ["Kommun", "2016", None, "2017", None],
        [None, *["Placering", "Poäng"] * 2],
        "placering",
        "Det är oklart vilken kolumn som är placeringen: ”2016 / Placering” och ”2017 / Placering”",
    ),
    "riket": (
        ["Fråga", "2016", None, "2017", None],
        [None, *["Andel ja", "Antal"] * 2],
        "andel",
        "Flera kolumner kan vara andelen: ”2016 / Andel ja” och ”2017 / Andel ja”",
    ),
}


@pytest.mark.parametrize("slag", YEARS)
def test_the_same_heading_under_two_years(file, reference, tmp_path, slag):
    years, headings, role, question = YEARS[slag]
    labels = NAMES if slag == "rankning" else [item[1] for item in file.indicators]
    path = save_rows(
        tmp_path, [years, headings, *([label, 9 - n, 500, n + 1, 600] for n, label in enumerate(labels))]
    )

    def values(reading) -> list[str]:
        found = (
            [place for _, place in reading.shares.values()]
            if slag == "riket"
            else reading.background.values()
        )
        return [place.text for place in found]

    reading = read(path, reference, tmp_path, slag, ar=2017)
    assert told(reading) == [] and values(reading) == [str(n + 1) for n in range(len(labels))]
    read_again(reading, path, reference, tmp_path)
    reading = read(path, reference, tmp_path, slag, ar=2019)
    assert [q.what for q in reading.questions] == [question]
    assert {
        heading: kind for heading, kind in yaml.safe_load(draft(reading))["kolumner"].items() if kind == "?"
    } == {heading.strip("”"): "?" for heading in question.split(": ")[1].split(" och ")}
    assert told(read(path, reference, tmp_path, slag, ar=2017, kolumner={headings[1]: role})) == []
    for said in (
        {"kolumn B": role, "kolumn D": "ignorera"},
        {f"2016 / {headings[1]}": role, "2017": "ignorera"},
    ):
        reading = read(path, reference, tmp_path, slag, ar=2019, kolumner=said)
        assert told(reading) == [] and values(reading) == [str(9 - n) for n in range(len(labels))]
        read_again(reading, path, reference, tmp_path)


def test_two_columns_with_one_heading_are_told_apart_by_their_letters(reference, tmp_path):
    path = save_rows(
        tmp_path,
        [["Kommun", "Placering", "Placering"], *([name, n + 1, 9 - n] for n, name in enumerate(NAMES))],
    )
    reading = read(path, reference, tmp_path, "rankning")
    assert "”Placering” (kolumn B) och ”Placering” (kolumn C)" in reading.questions[0].what
    assert yaml.safe_load(draft(reading))["kolumner"] == {"kolumn B": "?", "kolumn C": "?"}
    reading = read(
        path, reference, tmp_path, "rankning", kolumner={"kolumn B": "ignorera", "kolumn C": "placering"}
    )
    assert told(reading) == [] and [place.text for place in reading.background.values()] == [
        str(9 - n) for n in range(9)
    ]
    read_again(reading, path, reference, tmp_path)
    (outside,) = read(
        path, reference, tmp_path, "rankning", kolumner={"kolumn B": "ignorera", "kolumn Z": "ignorera"}
    ).errors
    assert outside.what == "Profilen pekar på en kolumn som inte finns" and outside.value == "kolumn Z"


def test_answers_of_two_years_are_one_question(file, reference, tmp_path):
    path = replace(file, before=True).save(tmp_path)
    reading = read(path, reference, tmp_path)
    assert [q.action for q in reading.questions] == [
        'Svara i profilen: kolumner: {"2015": ignorera} (svaren under 2016 ska läsas); eller kolumner: {"2016": '
        "ignorera} (svaren under 2015 ska läsas)."
    ]
    assert answers_of(reading) == expected(file)
    assert yaml.safe_load(draft(reading))["kolumner"] == {"2015": "ignorera"}
    reading = read(path, reference, tmp_path, kolumner={2015: "ignorera"})
    assert told(reading) == [] and answers_of(reading) == expected(file)
    read_again(reading, path, reference, tmp_path)
    reading = read(path, reference, tmp_path, ar=2018)
    assert [q.what for q in reading.questions] == [
        "Samma frågor står under flera år: 2015 (6 kolumner) och 2016 (6 kolumner)"
    ]
    assert "Inget av åren är 2018: läs in filen med rätt --ar" in reading.questions[0].action
    assert yaml.safe_load(draft(reading))["kolumner"] == {"2015": "?", "2016": "?"}


@pytest.mark.parametrize("columns", [False, True], ids=["rader", "kolumner"])
def test_codes_in_two_columns_are_joined(file, reference, tmp_path, columns):
    made = replace(file, codes="delad", counties=True, nation=[f"{n} %" for n in range(40, 46)])
    rows, *_ = made.grid()
    rows[5][2] = None  # the name is enough
    rows[6][0] = "Testkomun 004"  # almost the name of its code
    if columns:
        rows = [list(column) for column in zip(*rows, strict=True)]
    path = save_rows(tmp_path, rows)
    reading = read(path, reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(file) and len(reading.shares) == 6
    assert [unit.how for unit in reading.units].count("SCB-kod 9004, namnet är nästan lika") == 1
    assert reading.skipped == [("län", "Testlandets län")]
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize(
    ("codes", "wrong", "remedy"),
    [
        ("delad", 2, {"Länskod": "ignorera", "Kommunkod": "ignorera"}),
        ("text", 1, {"Kommunkod": "ignorera"}),
        ("delad utan rubrik", 1, {"Läns nr": "lanskod"}),
        ("delad utan rubrik", 1, {"Kommunkod": "ignorera"}),
    ],
)
def test_codes_that_are_not_those_of_the_names_are_one_question(
    file, reference, tmp_path, codes, wrong, remedy
):
    rows, *_ = replace(file, codes=codes.split()[0]).grid()
    if codes == "delad utan rubrik":
        rows[0][1] = "Läns nr"
    else:
        for row, (_, code) in zip(rows[1:], UNITS[1:] + UNITS[:1], strict=True):
            row[wrong] = code[2:] if wrong == 2 else code
    path = save_rows(tmp_path, rows)
    (question,) = [q for q in read(path, reference, tmp_path).questions if "Okänd" not in q.what]
    assert question.what == "Koderna i kolumnen ”Kommunkod” hör inte ihop med namnen på 9 av 9 rader"
    assert question.expected.startswith("9001") and all(
        (f'"{heading}": {role}' if role == "ignorera" else "dess rubrik: lanskod") in question.action
        for heading, role in remedy.items()
    )
    kept = {"Läns nr": "ignorera"} if codes == "delad utan rubrik" else {}
    reading = read(path, reference, tmp_path, kolumner=kept | remedy)
    assert told(reading) == [] and answers_of(reading) == expected(file)
    read_again(reading, path, reference, tmp_path)


@pytest.mark.parametrize(
    "more", [[], [["Resultat 2016"]], [[], ["Not om svaren"]]], ids=["rubriken", "en rad till", "en not"]
)
def test_a_title_that_is_the_name_of_a_unit_is_no_unit(file, reference, tmp_path, more):
    rows, *_ = file.grid()
    path = save_rows(tmp_path, [[NAMES[2]], *more, *rows])
    reading = read(path, reference, tmp_path)
    assert told(reading) == [] and answers_of(reading) == expected(file)
    assert reading.layout.unread[0] == ("A1", NAMES[2])
    rows[1][1:] = [None] * 6  # but under the headings it is a unit that has not answered
    reading = read(save_rows(tmp_path, rows), reference, tmp_path, utan_svar=NAMES[:1])
    assert told(reading) == [] and len(reading.units) == 9


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        ({"rubrikrader": [1, 2, 3, 4, 5]}, "rubrikrader", "högst 4 rader"),
        ({"rubrikrader": [3, 2]}, "rubrikrader", "uppifrån och ned"),
        ({"rubrikrader": [2, 2]}, "rubrikrader", "varje rad en gång"),
        ({"rubrikrader": [3, 4], "forsta": 4}, "rubrikrader", "rader före 4"),
        ({"forsta": 9, "sista": 5}, "sista", "9, som är forsta"),
        ({"forsta_kolumn": "D", "sista_kolumn": "B"}, "sista_kolumn", "D, som är forsta_kolumn"),
        ({"forsta_kolumn": "Z", "sista_kolumn": "AA", "enhetskolumn": "B"}, "enhetskolumn", "Z–AA"),
        ({"rubrikrader": [3], "forsta": "B"}, "rubrikrader", "radnummer för rubrikrader"),
        ({"rubrikrader": [3], "enhetskolumn": 2}, "enhetskolumn", "bokstäver för kolumnerna"),
        ({"tabeller": [{"forsta": 9, "sista": 5}]}, "tabeller: post 1: sista", "9, som är forsta"),
        (
            {"tabeller": [{"blad": "A", "forsta": 3, "sista": 9}, {"blad": "A", "forsta": 8, "sista": 12}]},
            "tabeller: post 2",
            "post 1, som har 3–9",
        ),
    ],
)
def test_places_that_cannot_be_are_refused(said, key, expected):
    with pytest.raises(DataError) as refused:
        parse_profile(said, Path("profil.yml"))
    (finding,) = refused.value.findings
    assert finding.file == "profil.yml" and finding.row_label == key and finding.value and finding.action
    assert expected in finding.expected


def test_places_that_can_be_are_taken():
    parse_profile(
        {
            "enheter_i": "kolumner",
            "rubrikrader": ["A", "B"],
            "enhetskolumn": 3,
            "forsta": "C",
            "sista": "AA",
            "tabeller": [
                {"blad": "A", "forsta": 3, "sista": 9},
                {"blad": "A", "forsta": 10, "sista": 12},
                {"blad": "B", "forsta": 3, "sista": 9},
                {"blad": "A", "forsta": 20, "sista": 29, "sista_kolumn": "D"},
                {"blad": "A", "forsta": 20, "sista": 29, "forsta_kolumn": "E"},
            ],
        },
        Path("profil.yml"),
    )


def agency_file(file: File, apart: int, nation: str) -> list[list]:
    """As an agency publishes: titles and notes, the question over its number, a district in a column of
    its own, the nation last with decimals, notes under the table."""
    asked = len(file.indicators)
    rows = [
        ["Tabell 1. Påhittade resultat per kommun"],
        ["Källa: ingen"],
        ["X = uppgift saknas"],
        [],
        ["Länskod", "Län", "Kommunkod", "Kommun", "Stadsdel", *(item[1] for item in file.indicators)],
        [None] * 5 + [f"Fråga {n}{'ab'[n % 2]}" for n in range(asked)],
    ]
    rows += [
        [
            "90",
            "Testlandet",
            code,
            name,
            None,
            *(WORDS[file.answers[name, item[0]]] for item in file.indicators),
        ]
        for name, code in file.units
    ]
    rows += [
        ["14", "Västra Götaland", "1480", "Göteborg", "Testdelen", *["Ja"] * asked],
        *[[]] * apart,
        [
            nation if column == "Län" else nation if column == "Kommun" and nation == "Riket" else None
            for column in rows[4][:5]
        ]
        + [f"4{n},25" for n in range(asked)],
        [],
        ["1) Frågan gäller bara vuxna."],
    ]
    return rows


@pytest.mark.parametrize(("apart", "nation"), [(0, "Riket"), (1, "Riket"), (2, "Hela riket")])
def test_a_file_as_an_agency_publishes_it(file, reference, tmp_path, apart, nation):
    path = save_rows(tmp_path, agency_file(file, apart, nation), extra_sheets=("Innehåll",))
    book = openpyxl.load_workbook(path)
    listed = book.create_sheet("Definitioner")  # a list of the questions is no table
    for row in [
        ["Fråga", "Frågetext", "Svarsalternativ"],
        *([f"Fråga {n}", item[1], "Ja, Delvis, Nej"] for n, item in enumerate(file.indicators)),
    ]:
        listed.append(row)
    book["Svar"].freeze_panes = "F7"
    book["Svar"].column_dimensions["A"].hidden = True
    book.save(path)
    reading = read(path, reference, tmp_path)
    assert [(q.what.split(":")[0], q.value) for q in reading.questions] == [
        ("Okänd enhet", "Göteborg, Testdelen")
    ]
    new = {"enhet_id": "goteborg-testdelen", "enhet": "Göteborg, Testdelen", "kommunkod": "1480"}
    reading = read(path, reference, tmp_path, enheter={"Göteborg, Testdelen": new})
    assert told(reading) == [] and expected(file).items() <= answers_of(reading).items()
    assert [value for value, _ in reading.shares.values()] == [40.25 + n for n in range(6)]
    assert any("Dolda" in note and "”Svar”" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("years", "headings", "right"),
    [
        (["Antal kommuner", "Andel (procent)", None, None], ["2016", "Ja", "Delvis", "Nej"], 1),
        (["Nej", None, "Ja", None], ["Antal", "Andel", "Antal", "Andel"], 3),
        (["2016", None], ["Andel nej", "Andel ja"], 1),
        (["Antal", None, "Andel", None], ["Riket", "Testlandet", "Riket", "Testlandet"], 2),
    ],
)
def test_shares_are_told_by_all_the_headings_of_a_column(file, reference, tmp_path, years, headings, right):
    rows = [
        ["Fråga", *years],
        [None, *headings],
        *(
            [item[1], *(90 - 10 * n if c != right else 40 + n for c in range(len(headings)))]
            for n, item in enumerate(file.indicators)
        ),
    ]
    reading = read(save_rows(tmp_path, rows), reference, tmp_path, "riket")
    assert told(reading) == [] and [value for value, _ in reading.shares.values()] == [
        40.0 + n for n in range(6)
    ]


def test_what_is_not_read_is_told_with_its_own_cell(file, reference, tmp_path):
    rows, *_ = replace(file, levels=2).grid()
    rows[0].append("Not")  # over the headings, without a value under it
    path = save_rows(tmp_path, rows)
    assert read(path, reference, tmp_path).layout.unread == (("H1", "Not"),)


def test_columns_with_one_unknown_heading_are_one_question(file, reference, tmp_path):
    rows, *_ = file.grid()
    wide = [
        [row[0], *(cell for text in row[1:] for cell in (text, "Kommentar" if n == 0 else "se rutin"))]
        for n, row in enumerate(rows)
    ]
    path = save_rows(tmp_path, wide)
    (question,) = read(path, reference, tmp_path).questions
    assert question.what == "Okänd indikator i 6 kolumner med samma rubrik" and "cell C1" in question.table
    reading = read(path, reference, tmp_path, kolumner={"Kommentar": "ignorera"})
    assert told(reading) == [] and answers_of(reading) == expected(file)
    read_again(reading, path, reference, tmp_path)


def test_an_accepted_file_is_read_without_anything_that_looks_for_or_asks():
    """What `apply` needs: the recipe, the cells and the shapes that it names, in a process of its own."""
    code = "import sys, ojbrottsoffer.importer.apply; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    room = "ojbrottsoffer.importer."
    assert f"{room}forms.shape.given" in loaded
    for other in ("forms.find", "forms.propose", "stages", "doubts", "questions", "reading", "understand"):
        assert f"{room}{other}" not in loaded, other
