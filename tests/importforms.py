"""One set of invented answers rendered in every form that files come in, with what people add to them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from importfiler import WORDS, test_units

AR = 2016
OTHER = {2: 0, 1: 2, 0: 1, "ej_besvarat": 2, "sekretess": 0}
"""Answers of another year, or of another kind: never those that are to be read."""


@dataclass
class Answers:
    """Units and questions with their answers, as in `importfiler`."""

    units: list[tuple[str, str]]
    indicators: list[tuple[str, str, str, str]]
    answers: dict
    coding: dict = field(default_factory=lambda: WORDS)

    def shown(self, unit: str, indicator: str, other: bool = False) -> object:
        answer = self.answers[unit, indicator]
        return self.coding[OTHER[answer] if other else answer]

    def expected(self) -> dict:
        return {
            (name.lower().replace(" ", "-"), item[0]): self.answers[name, item[0]]
            for name, _ in self.units
            for item in self.indicators
        }


Rows = list[list[object]]
Book = dict[str, Rows]


def wide(a: Answers) -> Book:
    rows = [["Kommun", *(item[1] for item in a.indicators)]]
    rows += [[name, *(a.shown(name, item[0]) for item in a.indicators)] for name, _ in a.units]
    return {"Svar": rows}


def wide_columns(a: Answers) -> Book:
    return {"Svar": [list(column) for column in zip(*wide(a)["Svar"], strict=True)]}


def wide_both_years(a: Answers) -> Book:
    """Every question with each year after it."""
    rows = [["Kommun", *(f"{item[1]} {year}" for item in a.indicators for year in (AR - 1, AR))]]
    rows += [
        [name, *(a.shown(name, item[0], other) for item in a.indicators for other in (True, False))]
        for name, _ in a.units
    ]
    return {"Svar": rows}


def wide_year_rows(a: Answers) -> Book:
    rows = [["Kommun", "År", *(item[1] for item in a.indicators)]]
    rows += [
        [name, year, *(a.shown(name, item[0], year != AR) for item in a.indicators)]
        for name, _ in a.units
        for year in (AR - 1, AR)
    ]
    return {"Svar": rows}


def sheet_per_year(a: Answers) -> Book:
    other = Answers(a.units, a.indicators, {k: OTHER[v] for k, v in a.answers.items()}, a.coding)
    return {str(AR - 1): wide(other)["Svar"], str(AR): wide(a)["Svar"]}


def long(a: Answers) -> Book:
    rows = [["Kommunkod", "Kommun", "Kvalitetsområde", "Nr", "Indikator", "Svar"]]
    rows += [
        [int(code), name, item[3], n, item[1], a.shown(name, item[0])]
        for name, code in a.units
        for n, item in enumerate(a.indicators, start=1)
    ]
    return {"Data": rows}


def long_by_question(a: Answers) -> Book:
    rows = [["Fråga", "Kommun", "Värde"]]
    rows += [[item[1], name, a.shown(name, item[0])] for item in a.indicators for name, _ in a.units]
    return {"Data": rows}


def long_years(a: Answers) -> Book:
    rows = [["Kommun", "År", "Indikator", "Svar"]]
    rows += [
        [name, year, item[1], a.shown(name, item[0], year != AR)]
        for year in (AR - 1, AR, AR + 1)
        for name, _ in a.units
        for item in a.indicators
    ]
    return {"Data": rows}


def long_year_columns(a: Answers) -> Book:
    rows = [["Kommun", "Indikator", str(AR - 1), str(AR)]]
    rows += [
        [name, item[1], a.shown(name, item[0], True), a.shown(name, item[0])]
        for name, _ in a.units
        for item in a.indicators
    ]
    return {"Data": rows}


def long_sexes(a: Answers) -> Book:
    rows = [["Kommun", "Indikator", "Kön", "Svar"]]
    rows += [
        [name, item[1], sex, a.shown(name, item[0], sex != "Totalt")]
        for name, _ in a.units
        for item in a.indicators
        for sex in ("Kvinnor", "Män", "Totalt")
    ]
    return {"Data": rows}


def long_groups(a: Answers) -> Book:
    """A row for each group of answers too, and their whole."""
    rows = [["Kommun", "Fråga", "Verksamhet", "Svar"]]
    rows += [
        [name, item[1], group, a.shown(name, item[0], group != "Totalt")]
        for name, _ in a.units
        for item in a.indicators
        for group in ("Myndighetsutövning", "Totalt")
    ]
    return {"Data": rows}


def long_crosses(a: Answers) -> Book:
    rows = [["Kommun", "Indikator", "Ja", "Delvis", "Nej"]]
    rows += [
        [name, item[1], *("x" if a.answers[name, item[0]] == code else None for code in (2, 1, 0))]
        for name, _ in a.units
        for item in a.indicators
    ]
    return {"Data": rows}


def stacked(a: Answers) -> Book:
    """The unit once, on the row of its first question."""
    rows = [["Stöd till brottsoffer efter region och indikator", None, None], [], [None, None, str(AR)]]
    rows += [
        [f"{code} {name}" if n == 0 else None, item[1], a.shown(name, item[0])]
        for name, code in a.units
        for n, item in enumerate(a.indicators)
    ]
    return {"Tabell": rows}


def stacked_by_question(a: Answers) -> Book:
    rows = [[None, None, str(AR)]]
    rows += [
        [item[1] if n == 0 else None, name, a.shown(name, item[0])]
        for item in a.indicators
        for n, (name, _) in enumerate(a.units)
    ]
    return {"Tabell": rows}


def stacked_sexes(a: Answers) -> Book:
    """The unit and the question once above a row for each sex; the last rows have neither."""
    rows: Rows = [[None, None, None, str(AR)]]
    rows += [
        [
            f"{code} {name}" if not n and sex == "kvinnor" else None,
            item[1] if sex == "kvinnor" else None,
            sex,
            a.shown(name, item[0], sex != "totalt"),
        ]
        for name, code in a.units
        for n, item in enumerate(a.indicators)
        for sex in ("kvinnor", "män", "totalt")
    ]
    return {"Tabell": rows}


def stacked_own_row(a: Answers) -> Book:
    """The unit on a row of its own, and its questions below it in the same column."""
    rows: Rows = [["Kommun och indikator", "Svar"]]
    for name, _ in a.units:
        rows.append([name, None])
        rows += [[item[1], a.shown(name, item[0])] for item in a.indicators]
    return {"Tabell": rows}


def crosses(a: Answers) -> Book:
    rows = [
        ["Kommun", *(text for item in a.indicators for text in (item[1], None, None))],
        [None, *(word for _ in a.indicators for word in ("Ja", "Delvis", "Nej"))],
    ]
    rows += [
        [
            name,
            *(
                "x" if a.answers[name, item[0]] == code else None
                for item in a.indicators
                for code in (2, 1, 0)
            ),
        ]
        for name, _ in a.units
    ]
    return {"Svar": rows}


def crosses_words(a: Answers) -> Book:
    """Ja in the place of the cross, and Nej where there is none."""
    first, second, *rows = crosses(a)["Svar"]
    said = [[name, *("Ja" if cell else "Nej" for cell in cells)] for name, *cells in rows]
    return {"Svar": [first, second, *said]}


def crosses_worded(a: Answers) -> Book:
    """The three answers in more words."""
    words = {"Ja": "Ja, helt", "Delvis": "Ja, delvis", "Nej": "Nej, inte alls"}
    return {"Svar": [[words.get(cell, cell) for cell in row] for row in crosses(a)["Svar"]]}


def long_crosses_worded(a: Answers) -> Book:
    first, *rows = long_crosses(a)["Data"]
    return {"Data": [[*first[:2], "Ja", "Ja, delvis", "Nej"], *rows]}


def wide_years_once(a: Answers) -> Book:
    """The unit on the first of its rows alone, one for each year."""
    first, *rows = wide_year_rows(a)["Svar"]
    return {"Svar": [first, *([None if n % 2 else row[0], *row[1:]] for n, row in enumerate(rows))]}


def wide_years_below(a: Answers) -> Book:
    """The unit on a row of its own, and a row for each year below."""
    first, *rows = wide_year_rows(a)["Svar"]
    both = [
        line for n, row in enumerate(rows) for line in ([[row[0]]] * (n % 2 == 0) + [[str(row[1]), *row[2:]]])
    ]
    return {"Svar": [["Kommun och år", *first[2:]], *both]}


def stacked_ditto(a: Answers) -> Book:
    """A sign where the unit is the same as above."""
    rows = stacked(a)["Tabell"]
    return {"Tabell": [*rows[:3], *([row[0] or '"', *row[1:]] for row in rows[3:])]}


def cards(a: Answers) -> Book:
    """The unit over its numbered questions, in the column of their numbers."""
    rows: Rows = []
    for name, _ in a.units:
        rows += [[name], ["Nr", "Fråga", "Svar"]]
        rows += [[n, item[1], a.shown(name, item[0])] for n, item in enumerate(a.indicators, start=1)]
    return {"Kort": rows}


def sheet_per_unit_wide(a: Answers) -> Book:
    """A sheet for each unit, with the questions as headings over one row of answers."""
    heads, *rows = wide(a)["Svar"]
    return {row[0]: [heads[1:], row[1:]] for row in rows}


def states_beside(a: Answers) -> Book:
    """Why an answer is missing in a column after each question, and that of one that does not count."""
    why = {"ej_besvarat": "Ej svar", "sekretess": "Dold"}
    rows: Rows = [["Kommun", *(text for item in a.indicators for text in (item[1], "Status"))]]
    for n, (name, _) in enumerate(a.units):
        row: list[object] = [name]
        for m, item in enumerate(a.indicators):
            answer = a.answers[name, item[0]]
            missing = isinstance(answer, str)
            counts = (n + m) % 3 == 0  # the others have been given and do not count
            row += [
                None if missing and counts else "Nej" if missing else a.coding[answer],
                why.get(answer, "Klar"),
            ]
        rows.append(row)
    return {"Svar": rows}


def corrected_beside(a: Answers) -> Book:
    """Another answer in the place of some, in a column after each question."""
    rows: Rows = [["Kommun", *(text for item in a.indicators for text in (item[1], "Rättat svar"))]]
    for n, (name, _) in enumerate(a.units):
        row: list[object] = [name]
        for m, item in enumerate(a.indicators):
            new = (n + m) % 4 == 0 and a.answers[name, item[0]] in (0, 1, 2)
            row += [a.shown(name, item[0], new), a.shown(name, item[0]) if new else None]
        rows.append(row)
    return {"Svar": rows}


def crosses_columns(a: Answers) -> Book:
    return {"Svar": [list(column) for column in zip(*crosses(a)["Svar"], strict=True)]}


def crosses_rows(a: Answers) -> Book:
    """A row for each answer to each question, a column for each unit."""
    words = {"Ja": 2, "Delvis": 1, "Nej": 0}
    rows: Rows = [["Fråga", "Alternativ", *(name for name, _ in a.units)]]
    rows += [
        [item[1], word, *("x" if a.answers[name, item[0]] == code else None for name, _ in a.units)]
        for item in a.indicators
        for word, code in words.items()
    ]
    return {"Svar": rows}


def sheet_per_unit(a: Answers) -> Book:
    return {
        name: [[f"{name} ({code})"], [], ["Nr", "Indikator", f"Svar {AR}", "Riket, %"]]
        + [[n, item[1], a.shown(name, item[0]), 40 + n] for n, item in enumerate(a.indicators, start=1)]
        for name, code in a.units
    }


def sheet_per_unit_named(a: Answers) -> Book:
    """The unit only in the sheet's own name."""
    return {
        name: [["Indikator", "Svar"], *([item[1], a.shown(name, item[0])] for item in a.indicators)]
        for name, _ in a.units
    }


def sheet_per_question(a: Answers) -> Book:
    return {
        f"Fråga {n}": [
            [item[1]],
            [],
            ["Kommun", "Svar"],
            *([name, a.shown(name, item[0])] for name, _ in a.units),
        ]
        for n, item in enumerate(a.indicators, start=1)
    }


def sheet_per_question_short(a: Answers) -> Book:
    """Each sheet is called by the number of its question, and one of them says what each is."""
    return {
        "Frågor": [["Nr", "Lydelse"], *([f"F{n}", item[1]] for n, item in enumerate(a.indicators, 1))],
        **{
            f"F{n}": [["Kommun", "Svar"], *([name, a.shown(name, item[0])] for name, _ in a.units)]
            for n, item in enumerate(a.indicators, 1)
        },
    }


def short_headings(a: Answers) -> Book:
    rows = [["Kommun", *(f"ind {n}" for n in range(2, len(a.indicators) + 2))]]
    rows += [[name, *(a.shown(name, item[0]) for item in a.indicators)] for name, _ in a.units]
    listed = [["Nr", "Indikator", "Beskrivning"]]
    listed += [
        [n, item[1], f"Anger om kommunen har det, fråga {n}"] for n, item in enumerate(a.indicators, start=2)
    ]
    return {"Resultat": rows, "Indikatorer": listed}


def short_in_one_cell(a: Answers) -> Book:
    """Each short heading and what it asks in one cell, beside the answers."""
    asked = [[f"b {n}. {item[1]}"] for n, item in enumerate(a.indicators, start=9)]
    rows = [["Kommun", *(f"b {n}" for n in range(9, len(a.indicators) + 9))], *wide(a)["Svar"][1:]]
    return {"Resultat": rows, "Enkät": [["Avsnitt B"], *asked]}


def code_book(a: Answers) -> Book:
    numbers = {"Ja": 1, "Delvis": 2, "Nej": 3, "": 99, "X": 98}
    rows = [["KNKOD", "KOMMUN", *(f"F{n}" for n in range(1, len(a.indicators) + 1))]]
    rows += [
        [int(code), name, *(numbers[a.shown(name, item[0])] for item in a.indicators)]
        for name, code in a.units
    ]
    book: Rows = [["Variabel", "Frågetext", "Värde", "Etikett"]]
    said = {1: "Ja", 2: "Delvis", 3: "Nej", 99: "Ej svar", 98: "Sekretess"}
    for n, item in enumerate(a.indicators, start=1):
        for m, (number, text) in enumerate(said.items()):
            book.append([f"F{n}" if not m else None, item[1] if not m else None, number, text])
    return {"Data": rows, "Kodbok": book}


FORMS = {
    form.__name__: form
    for form in (
        wide,
        wide_columns,
        wide_both_years,
        wide_year_rows,
        sheet_per_year,
        long,
        long_by_question,
        long_years,
        long_year_columns,
        long_sexes,
        long_groups,
        long_crosses,
        stacked,
        stacked_by_question,
        stacked_sexes,
        stacked_own_row,
        crosses,
        crosses_words,
        crosses_worded,
        long_crosses_worded,
        wide_years_once,
        wide_years_below,
        stacked_ditto,
        cards,
        sheet_per_unit_wide,
        states_beside,
        corrected_beside,
        crosses_columns,
        crosses_rows,
        sheet_per_unit,
        sheet_per_unit_named,
        sheet_per_question,
        sheet_per_question_short,
        short_headings,
        short_in_one_cell,
        code_book,
    )
}
CROSSED = {name for name in FORMS if "crosses" in name}
"""Forms that can't tell why there is no answer."""


ANSWERED = {
    "sheet_per_unit_wide": {"blad": [name for name, _ in test_units(9)]},
    "states_beside": {
        "kolumner": {"Status": "status"},
        "saknas": {"Dold": "sekretess", "Ej svar": "ej_besvarat"},
    },
    "corrected_beside": {"kolumner": {"Rättat svar": "rattat"}},
}
"""What somebody has said of files in some forms."""


def plain(book: Book) -> Book:
    return book


def titled(book: Book) -> Book:
    """A title, when it was published and an empty row above each sheet's table."""
    return {
        name: [[f"Öppna jämförelser {AR}, påhittade svar"], [f"Publicerad juni {AR + 1}"], [], *rows]
        for name, rows in book.items()
    }


def footnoted(book: Book) -> Book:
    """Notes and the source under the table, after an empty row."""
    return {
        name: [*rows, [], ["1) Påhittade uppgifter. Svaren ja och nej är slumpade."], ["Källa: Testaren"]]
        for name, rows in book.items()
    }


def indented(book: Book) -> Book:
    """The table begins in column B."""
    return {name: [[None, *row] for row in rows] for name, rows in book.items()}


def numbered(book: Book) -> Book:
    """A first column that only numbers the rows."""
    return {
        name: [[n, *row] if any(row) else [] for n, row in enumerate(rows)] for name, rows in book.items()
    }


def spaced(book: Book) -> Book:
    """An empty row after every tenth."""
    return {
        name: [line for n, row in enumerate(rows) for line in ([row, []] if n % 10 == 9 else [row])]
        for name, rows in book.items()
    }


def read_me(book: Book) -> Book:
    """A sheet of words before the others, and one after them."""
    return {
        "Information": [["Läs detta först"], ["Enheternas svar på enkäten"], [f"Kontakt: test {AR}"]],
        **book,
        "Om": [["Svarsfrekvens 90 procent"]],
    }


QUIRKS = {quirk.__name__: quirk for quirk in (plain, titled, footnoted, indented, numbered, spaced, read_me)}


def save_book(path: Path, book: Book) -> Path:
    """The sheets as xlsx, or the only one as csv."""
    if path.suffix == ".csv":
        (rows,) = book.values()
        width = max(map(len, rows))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(
                [*("" if value is None else value for value in row), *[""] * (width - len(row))]
                for row in rows
            )
        return path
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in book.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def kolada(path: Path, a: Answers, values: dict) -> Path:
    """The same as Kolada's API gives it: `values` is answer -> (status, value)."""
    posts = [
        {
            "kpi": item[1],
            "municipality": code,
            "period": AR,
            "values": [
                {
                    "gender": "T",
                    "count": 1,
                    "status": values[a.answers[name, item[0]]][0],
                    "value": values[a.answers[name, item[0]]][1],
                    "isdeleted": False,
                }
            ],
        }
        for item in a.indicators
        for name, code in a.units
    ]
    path.write_text(json.dumps({"count": len(posts), "values": posts, "next_url": None}), encoding="utf-8")
    return path


UNITS = test_units(9)
