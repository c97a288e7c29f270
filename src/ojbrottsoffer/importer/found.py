"""What a table gives: its units, its questions, and the cells with what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.values import (
    CODE_WORDS,
    Answer,
    Coding,
    coding,
    key_of,
    own_codes,
    said_colour_answers,
    said_key,
)
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.schema.tables import TABLES

UNDO = (
    'Så tas en inläst fil bort: git checkout data/raw/SHA256SUMS "data/reference/*.csv" och sedan '
    "rm -r data/raw/{}. Det tar också annat som är nytt i de filerna. Är den incheckad: git revert på dess commit i stället."
)
"""How an import is undone, with the name of its folder."""
RESTORE = (
    "Filen ser annorlunda ut än när den lästes in. Återställ mappen ur git (git checkout). Ska den nya filen "
    f"gälla: ta bort den gamla och läs in den nya med importera. {UNDO.format('oj-ÅR')}"
)
CELL = re.compile(r", cell [A-Z]+(\d+)$")
BESIDE = ("befolkningsgrupp", "omrade", "antal_ja", "placering")
"""What stands beside the answers of a unit."""


@dataclass(frozen=True)
class Place:
    """A cell as the file names it; `where` with its sheet."""

    ref: str
    row: int
    text: str
    where: str


@dataclass(frozen=True)
class Row:
    """The row of one unit. `row` is its index in the layout's sheet."""

    row: int
    label: str
    id: str


@dataclass(frozen=True)
class Column:
    """The column of one question, or its row in a table of shares."""

    index: int
    label: str
    id: str


Answers = dict[tuple[str, str], tuple[Answer, Place]]
"""(enhet_id, indikator_id) -> the answer and where it stands."""
Shares = dict[tuple[str, str], tuple[float | None, Place]]
"""(indikator_id, delmangd) -> the nation's share in percent."""


@dataclass(frozen=True)
class Key:
    """What marks and colours stand for. `own`: heading -> what the marks of that column alone stand for."""

    codes: Coding
    own: dict[str, dict[str, Answer]]
    colours: dict[str, Answer]
    silent: frozenset[str]
    """Colours that say nothing."""
    merged: str | None

    def answer(self, label: str, text: str, colour: str) -> Answer | None:
        """The answer of a cell under a heading; None if nobody has said what it means."""
        if colour and not text:
            return self.colours.get(colour)
        return self.own.get(label, {}).get(key_of(text)) or self.codes.find(text)


def key_of_recipe(recipe: Profile) -> Key:
    """What a complete recipe says, and nothing else."""
    codes = {said_key(mark): Answer(CODE_WORDS[word]) for mark, word in recipe.koder.items()}
    reasons = {said_key(mark): Answer(None, reason) for mark, reason in recipe.saknas.items()}
    return key_with(recipe, Coding(codes | reasons))


def key_with(recipe: Profile, codes: Coding, colours: dict[str, Answer] | None = None) -> Key:
    """A key with these codes and colours, and what the recipe says of columns and colours."""
    said = said_colour_answers(recipe)
    return Key(
        codes,
        own_codes(recipe),
        (colours or {}) | {colour: answer for colour, answer in said.items() if answer},
        frozenset(colour for colour, answer in said.items() if answer is None),
        recipe.sammanfogade,
    )


def place_of(layout: Layout, row: int, column: int) -> Place:
    sheet = layout.sheet
    ref = sheet.ref(row, column)
    digits = "".join(ch for ch in ref if ch.isdigit())
    return Place(ref, int(digits or 0), sheet.cells[row][column], sheet.where(row, column))


def row_in(where: str) -> int | None:
    """The row of a place that names a cell."""
    cell = CELL.search(where)
    return int(cell[1]) if cell else None


def row_ref(layout: Layout, row: int) -> str:
    """A row as the recipe can name it: `rad 7`, or `kolumn G` where the units are columns."""
    return f"{'kolumn' if layout.sheet.flipped else 'rad'} {layout.sheet.row_name(row)}"


def shown_text(layout: Layout, row: int, column: int, merged: str | None) -> str:
    """What a cell shows; in a merged area as the recipe says."""
    area = layout.sheet.merged.get((row, column)) if merged == "samma" else None
    return area.text if area else layout.sheet.cells[row][column]


def shown_fill(layout: Layout, row: int, column: int, key: Key) -> str:
    """A cell's colour, if it can mean something; in a merged area as the recipe says."""
    area = layout.sheet.merged.get((row, column)) if key.merged == "samma" else None
    fill = area.fill if area else layout.sheet.fills.get((row, column), "")
    return "" if fill in key.silent else fill


def answers_of(layout: Layout, units: Iterable[Row], questions: Iterable[Column], key: Key) -> Answers:
    """The answer of every cell that the key explains."""
    found: Answers = {}
    units = list(units)
    for question in questions:
        for unit in units:
            at = unit.row, question.index
            if at in layout.sheet.unread:
                continue
            text, colour = shown_text(layout, *at, key.merged), shown_fill(layout, *at, key)
            answer = key.answer(question.label, text, colour)
            if answer is not None:
                found[unit.id, question.id] = answer, place_of(layout, *at)
    return found


def background_of(layout: Layout, units: Iterable[Row]) -> dict[tuple[str, str], Place]:
    """(enhet_id, role) -> the printed cell, of the first column of each role."""
    found: dict[tuple[str, str], Place] = {}
    units = list(units)
    for column in layout.columns:
        if column.role not in BESIDE or any(role == column.role for _, role in found):
            continue
        for unit in units:
            place = place_of(layout, unit.row, column.index)
            area = layout.sheet.merged.get((unit.row, column.index)) if column.role == "placering" else None
            if area and not place.text:  # a placing over several rows is shared by them
                place = replace(place, text=area.text)
            found[unit.id, column.role] = place
    return found


def possible_number(role: str, number: int, asked: int | None) -> bool:
    """True if a population group is one, or a number of Ja no more than the questions that are `asked`."""
    if role == "befolkningsgrupp":
        return str(number) in TABLES["enheter_ar"].column(role).codes.codes
    return asked is None or number <= asked


def missing_of(text: str, profile: Profile) -> Answer | None:
    """Why a value is missing, if the recipe or the words say so."""
    found = coding({text}, profile).find(text)
    return found if found is not None and found.code is None else None
