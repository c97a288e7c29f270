"""Files that contradict themselves, or say a thing twice: what they say is asked about once, or stops with its places.
Fictional units only."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from importfiler import answers_of, indicators_of, invented_answers, read, read_again, told
from importforms import ANSWERED, FORMS, UNITS, Answers, kolada, save_book

from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe_file import parse_profile
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.reference.register import Reference, unit_id

SAID = {"saknas": {"X": "sekretess", "tom": "ej_besvarat", "(inget kryss)": "ej_besvarat"}}
OTHER = {"Ja": "Nej", "Nej": "Delvis", "Delvis": "Ja"}
CODES = {2: 2, 1: 1, 0: 0, "ej_besvarat": None, "sekretess": "X"}
TURNED = CODES | {2: 0, 0: 2}


@pytest.fixture(scope="module")
def answers(project) -> Answers:
    """Twelve questions; every one has a Ja."""
    asked = indicators_of(project)[:12]
    made = invented_answers(UNITS, asked)
    for n, item in enumerate(asked):
        made[UNITS[n % len(UNITS)][0], item[0]] = 2
    return Answers(UNITS, asked, made)


def rows_of(form: str, answers: Answers) -> tuple[list, list[list]]:
    """The headings and the rows of a form with one sheet."""
    ((head, *rows),) = FORMS[form](answers).values()
    return head, rows


class Case:
    """A file, and what it is read as with more and more said."""

    def __init__(self, folder: Path, reference: Reference, book: dict[str, list]) -> None:
        self.folder, self.reference = folder, reference
        self.path = save_book(folder / "fil.xlsx", book)

    def read(self, **said: object) -> Reading:
        return read(self.path, self.reference, self.folder, **SAID | said)

    def answered(self, kind: str, number: int = 0) -> Reading:
        """As the only question, of a kind, is answered with one of its choices."""
        reading = self.read()
        assert [q.id for q in reading.questions] == [kind] and reading.errors == [], told(reading)
        reading = self.read(**reading.questions[0].choices[number].sets)
        assert told(reading) == []
        read_again(reading, self.path, self.reference, self.folder)
        return reading


@pytest.fixture
def case(tmp_path, reference):
    return lambda book: Case(tmp_path, reference, book)


@pytest.mark.parametrize("named", [True, False], ids=["names", "codes alone"])
def test_two_columns_of_codes_that_disagree_are_one_question(case, answers, named):
    head, rows = rows_of("wide", answers)
    wide = [["Kommunkod", "SCB-kod", *head[not named :]]]
    wide += [
        [code, UNITS[5][1] if n == 3 else code, *row[not named :]]
        for n, ((_, code), row) in enumerate(zip(UNITS, rows, strict=True))
    ]
    file = case({"Svar": wide})
    asked = file.read().questions[0]
    assert "har olika koder på 1 rad" in asked.what and asked.table.endswith("cell B5")
    assert answers_of(file.answered("kommunkoder")) == answers.expected()


def test_a_second_unit_in_a_row_of_an_answer_is_a_question(case, answers):
    head, rows = rows_of("long", answers)
    other = [[UNITS[4][1] if n == 30 else row[0], *row[1:]] for n, row in enumerate(rows)]
    file = case({"Data": [["SCB-kod", *head[1:]], *other]})
    assert "okand-enhet" in {q.id for q in file.read().questions}
    both = [[*row[:2], UNITS[4][0] if n == 30 else row[1], *row[2:]] for n, row in enumerate(rows)]
    file = case({"Data": [[*head[:2], "Kommun enligt registret", *head[2:]], *both]})
    (asked,) = file.read().questions
    assert asked.id == "kommunkoder" and asked.table.endswith("cell C32")
    assert answers_of(file.answered("kommunkoder")) == answers.expected()


def test_a_code_in_the_name_and_one_in_a_column_that_disagree_are_asked_about(case, answers):
    head, rows = rows_of("wide", answers)
    wide = [
        [UNITS[8 if n == 3 else n][1], f"{UNITS[n][1]} {row[0]}", *row[1:]] for n, row in enumerate(rows[:8])
    ]
    (asked,) = case({"Svar": [["Kommunkod", *head], *wide]}).read().questions
    assert asked.id == "okand-enhet" and "koden i namnet är Testkommun 004" in asked.what


@pytest.mark.parametrize("heading", ["Undersökningsår", "Svarsår"])
def test_two_columns_of_years_that_disagree_are_one_question(case, answers, heading):
    head, rows = rows_of("wide", answers)
    wide = [[row[0], 2016, 2015 if n == 2 else 2016, *row[1:]] for n, row in enumerate(rows)]
    file = case({"Svar": [[head[0], "År", heading, *head[1:]], *wide]})
    assert file.read().questions[0].table.endswith("cell C4")
    assert answers_of(file.answered("flera-ar")) == answers.expected()
    without = {key: value for key, value in answers.expected().items() if key[0] != "testkommun-003"}
    assert answers_of(file.answered("flera-ar", 1)) == without


@pytest.mark.parametrize(
    ("line", "unsaid"),
    [("1 = Ja, 2 = Nej", "0"), ("1 = Ja, 2 = Delvis, 3 = Nej", "0"), ("0 = Nej, 1 = Ja", "2")],
)
def test_an_explanation_that_leaves_out_a_code_of_the_answers_says_so(case, answers, line, unsaid):
    head, rows = rows_of("wide", replace(answers, coding=CODES))
    file = case({"Svar": [head, *rows, [], [line]]})
    (asked,) = file.read().questions
    assert asked.id == "filens-koder" and f"men inte vad {unsaid} betyder" in asked.what
    (left,) = file.read(**asked.choices[0].sets).questions
    assert left.id == "obekraftade-koder" and {"saknas": {unsaid: "?"}} in [c.sets for c in left.choices]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("V1–V6", "V7–V12"),
        ("V1 till V6", "V7 t.o.m. V12"),
        ("Fråga 1-6", "Fråga 7-12"),
        ("Kolumn B–G", "Kolumn H–M"),
    ],
)
@pytest.mark.parametrize("written", ["in one cell", "apart", "in cells of their own", "below"])
def test_what_is_said_of_a_span_of_questions_is_said_of_each(case, answers, first, second, written):
    names = [f"V{n}" for n in range(1, 13)]
    _, usual = rows_of("wide", replace(answers, coding=CODES))
    _, turned = rows_of("wide", replace(answers, coding=TURNED))
    rows = [[*a[:7], *b[7:]] for a, b in zip(usual, turned, strict=True)]
    said = {first: "2=Ja, 1=Delvis, 0=Nej", second: "0=Ja, 1=Delvis, 2=Nej"}
    asked = [
        ["Nr", "Fråga"],
        *([name, item[1]] for name, item in zip(names, answers.indicators, strict=True)),
    ]
    lines: list[list[object]] = []
    for span, text in said.items():
        pairs = [pair.split("=") for pair in text.split(", ")]
        lines += {
            "in one cell": [[f"{span}: {text}"]],
            "apart": [[span, text]],
            "in cells of their own": [[span, int(code), word] for code, word in pairs],
            "below": [[span], *([f"{code} = {word}"] for code, word in pairs), []],
        }[written]
    file = case({"Svar": [["Kommun", *names], *rows], "Frågor": asked, "Koder": lines})
    assert answers_of(file.answered("koder-i-rubriker")) == answers.expected()


@pytest.mark.parametrize("codes", [(100, 50, 0), (0, 50, 100), (101, 102, 103)])
@pytest.mark.parametrize("cells", [False, True])
def test_codes_of_three_digits_are_explained_as_others_are(case, answers, codes, cells):
    coding = CODES | dict(zip((2, 1, 0), codes, strict=True))
    head, rows = rows_of("wide", replace(answers, coding=coding))
    pairs = list(zip(codes, ("Ja", "Delvis", "Nej"), strict=True))
    lines = list(map(list, pairs)) if cells else [[", ".join(f"{code} = {word}" for code, word in pairs)]]
    file = case({"Svar": [head, *rows, [], *lines]})
    assert answers_of(file.answered("filens-koder")) == answers.expected()


@pytest.mark.parametrize("heading", ["Status", "{} status", "Bedömning", "two rows"])
def test_an_answer_that_is_not_approved_leaves_out_no_other(case, answers, heading):
    head, rows = rows_of("wide", answers)
    two = heading == "two rows"
    heads = [text for own in head[1:] for text in (own, None if two else heading.format(own))]
    wide = [
        [
            row[0],
            *(
                text
                for m, own in enumerate(row[1:])
                for text in (own, "Ej godkänd" if (n, m) == (2, 3) else "Godkänd")
            ),
        ]
        for n, row in enumerate(rows)
    ]
    below = [[None, *("Svar", "Status") * len(answers.indicators)]] * two
    file = case({"Svar": [[head[0], *heads], *below, *wide]})
    (asked,) = file.read().questions
    left = asked.choices[0]
    sets = left.filled(dict.fromkeys(left.slots, "ej_besvarat"))
    reading = file.read(**sets | {"saknas": SAID["saknas"] | sets["saknas"]})
    assert told(reading) == []
    gone = {("testkommun-003", answers.indicators[3][0]): "ej_besvarat"}
    assert answers_of(reading) == answers.expected() | gone
    read_again(reading, file.path, file.reference, file.folder)
    assert answers_of(file.answered("radens-lage", -1)) == answers.expected()


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize("wrong", [0, 1])
def test_codes_on_one_sheet_and_words_on_another_are_compared(case, answers, form, wrong):
    coded, words = (FORMS[form](a).popitem()[1] for a in (replace(answers, coding=TURNED), answers))
    for row in coded[3 : 3 + wrong]:
        row[-1] = {0: 2}.get(row[-1], 0)
    file = case({"Koder": coded, "Ord": words})
    (asked,) = file.read().questions
    assert ("säger olika i 1 cell" if wrong else "säger samma sak i") in asked.what
    assert asked.choices[0].sets == {"blad": "Ord"} and asked.choices[1].sets["koder"]["0"] == "Ja"
    assert answers_of(file.answered("vilket-blad")) == answers.expected()
    assert (answers_of(file.answered("vilket-blad", 1)) == answers.expected()) == (not wrong)


def test_words_on_another_sheet_than_the_codes_that_are_read_are_told(case, answers):
    _, rows = rows_of("wide", answers)
    coded = FORMS["long"](replace(answers, coding=CODES))["Data"]
    coded[8][-1] = {0: 2}.get(coded[8][-1], 0)
    book = {"Koder": coded, "Ord": FORMS["wide"](answers)["Svar"]}
    asked = next(q for q in case(book).read().questions if q.id == "olasta-svar")
    assert "något annat i 1: blad ”Ord”" in asked.what and rows


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize(
    ("heading", "dates"),
    [
        ("Datum", ("2016-03-01", "2016-05-02")),
        ("Version", (1, 2)),
        ("Inkom", ("3/1 2016", "1/12 2016")),
        ("Inskickat", ("2016-03-{:02} 10:15", "2016-05-{:02} 09:00")),
    ],
)
def test_of_several_rows_the_latest_may_be_read(case, answers, form, heading, dates):
    head, rows = rows_of(form, answers)
    made = []
    for n, row in enumerate(rows):
        first, last = (date.format(n % 28 + 1) if isinstance(date, str) else date for date in dates)
        at = 1 if form == "wide" else len(row)
        old = [*row[:1], *(OTHER.get(text, text) for text in row[1:])]
        twice = n % 4 == 1 and old != row
        for text, date in [(old, first)] * twice + [(row, last if twice else first)]:
            made.append([*text[:at], date, *text[at:]])
    at = 1 if form == "wide" else len(head)
    file = case({"Svar": [[*head[:at], heading, *head[at:]], *made[::-1]]})
    asked = file.read().questions[0]
    assert asked.id == "delar-svaren" and asked.choices[0].when.startswith("den senaste raden")
    reading = file.read(**asked.choices[0].sets)
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, file.path, file.reference, file.folder)


def test_two_answers_that_nothing_tells_apart_stop_with_both_places(case, answers):
    head, rows = rows_of("long", answers)
    file = case({"Data": [head, *rows[:5], [*rows[4][:-1], OTHER.get(rows[4][-1], "Ja")], *rows[5:]]})
    (error,) = file.read().findings
    assert error.table.endswith("cell F7") and error.expected.endswith("cell F6")


@pytest.mark.parametrize("form", ["wide", "long", "two rows"])
def test_corrections_beside_the_answers_may_count_in_their_place(case, answers, form):
    head, rows = rows_of("long" if form == "long" else "wide", answers)
    if form == "long":
        new = [n % 20 == 7 and row[-1] in OTHER for n, row in enumerate(rows)]
        made = [
            [*row[:-1], OTHER[row[-1]], row[-1]] if own else row for own, row in zip(new, rows, strict=True)
        ]
        file = case({"Data": [[*head, "Rättat svar"], *made]})
    else:
        two = form == "two rows"
        heads = [text for own in head[1:] for text in (own, None if two else f"{own} (rättat)")]
        below = [[None, *("Svar", "Rättat svar") * len(answers.indicators)]] * two
        made = [
            [
                row[0],
                *(
                    text
                    for m, own in enumerate(row[1:])
                    for text in ((OTHER[own], own) if (n + m) % 9 == 0 and own in OTHER else (own, None))
                ),
            ]
            for n, row in enumerate(rows)
        ]
        file = case({"Svar": [[head[0], *heads], *below, *made]})
    assert answers_of(file.answered("olasta-kolumner")) == answers.expected()
    assert answers_of(file.answered("olasta-kolumner", 1)) != answers.expected()


def test_corrections_on_a_sheet_of_their_own_are_told_cell_by_cell(case, answers):
    head, rows = rows_of("wide", answers)
    listed = [["Kommun", "Fråga", "Nytt svar"], [rows[2][0], head[3], OTHER.get(rows[2][3], "Ja")]]
    (asked,) = case({"Svar": [head, *rows], "Rättelser": listed}).read().questions
    assert "något annat i 1: blad ”Rättelser”, cell C2" in asked.what
    assert [choice.sets for choice in asked.choices] == [{"lamnas": ["Rättelser"]}]


@pytest.mark.parametrize("form", ["crosses", "long_crosses"])
def test_texts_in_the_place_of_crosses_are_one_question(case, answers, form):
    made = {key: "ej_besvarat" if isinstance(value, str) else value for key, value in answers.answers.items()}
    answers = replace(answers, answers=made)
    book, texts = (
        FORMS[form](answers),
        iter("enligt rutin,från 2015,se bilaga 4,digitalt,via länet,i avtal".split(",")),
    )
    crossed = [row for row in next(iter(book.values()))[2:] if "x" in row]
    for n, row in enumerate(crossed[::7]):
        row[row.index("x")] = next(texts, f"se kapitel {n}")
    assert answers_of(case(book).answered("okant-svar")) == answers.expected()


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize("sign", ['"', "d:o"])
def test_a_sign_for_the_answer_above_stops(case, answers, form, sign):
    head, rows = rows_of(form, answers)
    first = 1 if form == "wide" else len(head) - 1
    rows = [
        [
            *row[:first],
            *(
                sign if n and text in OTHER and text == rows[n - 1][c] else text
                for c, text in enumerate(row[first:], first)
            ),
        ]
        for n, row in enumerate(rows)
    ]
    (error,) = case({"Svar": [head, *rows]}).read().findings
    assert error.what.startswith("Ett tecken står för svaret ovanför i ") and error.value == sign


@pytest.mark.parametrize("title", ["one cell", "two cells", "with a contact"])
def test_cards_of_units_are_read(case, answers, title):
    rows = []
    for n, (name, _) in enumerate(UNITS):
        rows.append(["Kommun:", name] if title == "two cells" else [f"Kommun: {name}"])
        rows += [[f"Kontakt: {'ABCDEFGHI'[n]}nna Berg"]] * (title == "with a contact")
        rows += [
            ["Fråga", "Svar"],
            *([item[1], answers.shown(name, item[0])] for item in answers.indicators),
            [],
        ]
    file = case({"Kort": rows})
    reading = file.read() if title == "two cells" else file.answered("enhetsmonster")
    assert told(reading) == [] and answers_of(reading) == answers.expected()


@pytest.mark.parametrize("form", ["stacked", "stacked_own_row", "stacked_by_question", "stacked_ditto"])
def test_a_name_that_is_lost_in_the_middle_is_told_as_that(case, answers, form):
    ((sheet, rows),) = FORMS[form](answers).items()
    lost = answers.indicators[4][1] if form == "stacked_by_question" else UNITS[4][0]
    rows = [row for row in rows if form != "stacked_own_row" or row[0] != lost]
    rows = [[None, *row[1:]] if row and str(row[0]).endswith(lost) else row for row in rows]
    (error,) = case({sheet: rows}).read().findings
    assert error.what.startswith("Ett namn verkar saknas") and "omgång" not in error.action


@pytest.mark.parametrize("columns", [False, True])
@pytest.mark.parametrize("heading", ["Målgrupp", None])
def test_a_unit_named_once_over_its_groups_is_a_question_of_which(case, answers, columns, heading):
    head, rows = rows_of("wide", answers)
    both = [
        [
            row[0] if group == "Vuxna" else None,
            group,
            *(text if group == "Vuxna" else OTHER.get(text, text) for text in row[1:]),
        ]
        for row in rows
        for group in ("Vuxna", "Barn")
    ]
    table = [[head[0], heading, *head[1:]], *both]
    file = case({"Svar": [list(line) for line in zip(*table, strict=True)] if columns else table})
    assert answers_of(file.answered("delar-svaren")) == answers.expected()


@pytest.mark.parametrize(
    ("codes", "values", "words"),
    [
        ("7{}", {2: 2.0, 1: 1.0, 0: 0.0}, "Ingen av enheterna i kolumnen ”municipality” är känd"),
        ("{}", {2: 87.5, 1: 50.2, 0: 3.1}, "Kolumnen ”value” har inga svar"),
    ],
)
def test_koladas_form_with_other_codes_is_told_as_that(reference, answers, tmp_path, codes, values, words):
    given = {key: ("", value) for key, value in values.items()}
    missing = {"ej_besvarat": ("Missing", None), "sekretess": ("Private", None)}
    path = kolada(tmp_path / "kolada.json", answers, given | missing)
    said = json.loads(path.read_text(encoding="utf-8"))
    for post in said["values"]:
        post["municipality"] = (
            codes.format(post["municipality"])[:4] if codes != "{}" else post["municipality"]
        )
    path.write_text(json.dumps(said), encoding="utf-8")
    (error,) = read(path, reference, tmp_path, **SAID).findings
    assert error.what.startswith(words)


def test_a_state_of_the_whole_row_may_be_of_its_last_answer(case, answers):
    """A column between the questions is likelier to be about the answer before it."""
    head, rows = rows_of("wide", answers)
    made = [[*row[:3], "Makulerad" if n == 2 else None, *row[3:]] for n, row in enumerate(rows)]
    file = case({"Svar": [[*head[:3], "Kommentar", *head[3:]], *made]})
    asked = next(q for q in file.read().questions if q.id == "radens-lage")
    first = asked.choices[0]
    sets = first.filled(dict.fromkeys(first.slots, "ej_besvarat"))
    reading = file.read(**sets | {"saknas": SAID["saknas"] | sets["saknas"]})
    gone = {(unit_id(UNITS[2][0]), answers.indicators[1][0]): "ej_besvarat"}
    assert told(reading) == [] and answers_of(reading) == answers.expected() | gone
    read_again(reading, file.path, file.reference, file.folder)


@pytest.mark.parametrize("form", ["wide_years_once", "wide_years_below", "sheet_per_unit_wide"])
def test_where_the_names_stand_may_be_said(case, answers, form):
    file = case(FORMS[form](answers))
    found = file.read(**ANSWERED.get(form, {})).layout.as_profile()
    reading = file.read(**found if "tabeller" in found else {"tabeller": [found]})
    assert told(reading) == [] and answers_of(reading) == answers.expected()
    read_again(reading, file.path, file.reference, file.folder)


def test_a_place_of_names_that_is_none_is_told(tmp_path):
    with pytest.raises(DataError) as raised:
        parse_profile({"tabeller": [{"blad": "Svar", "enhet": "rad 1"}]}, tmp_path / "profil.yml")
    assert raised.value.findings[0].expected == "en cell, som A1, eller bladets namn"
