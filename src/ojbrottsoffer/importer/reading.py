"""What is understood of a file so far, and what is asked, wrong or worth telling about it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from ojbrottsoffer.importer.choices import SHOWN, Choice, instruction
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.found import Answers, Column, Key, Place, Row, Shares, key_with, row_in
from ojbrottsoffer.importer.meaning.legend import Legend, Said
from ojbrottsoffer.importer.meaning.units import Unit
from ojbrottsoffer.importer.meaning.values import Answer, Coding, key_of
from ojbrottsoffer.importer.questions import QUESTION, Question
from ojbrottsoffer.importer.read.ranges import Cells
from ojbrottsoffer.importer.recipes.recipe import Profile, SaidIndicator
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import swedish_list

RECALCULATE = (
    "Öppna filen i Excel eller LibreOffice så att formlerna räknas, spara den och kör om. "
    "Visar cellen ett fel: be avsändaren om en rättad fil."
)
EACH = "Läs in dem med sitt --ar, eller alla på en gång med --ar alla."
"""What is done with the answers of other years."""
WRONG_YEAR = "Annars: kör om med rätt --ar, eller hämta rätt fil."
YEAR_HEADING = re.compile(r"(?:år |svar |resultat )?((?:19|20)\d\d)(?: ?års (?:svar|resultat))?")
PLACE = re.compile(r"kolumn [a-z]{1,3}|rad [1-9][0-9]*")
"""A column that the recipe names by its place."""
MOST_ALIKE = 3
"""More errors of one kind than this are told as one."""


@dataclass(frozen=True)
class UnitRow(Row):
    """One row of a unit, how it was known, and whether the register lacks it."""

    unit: Unit
    how: str = ""
    new: bool = False


@dataclass(frozen=True)
class IndicatorColumn(Column):
    """One indicator of the file, and what the recipe says about it."""

    column: TableColumn
    how: str = ""
    said: SaidIndicator | None = None

    @property
    def indikator_id(self) -> str:
        return self.id


@dataclass(frozen=True)
class Left:
    """A row that is no unit, or a column that is no question (without a row), and why."""

    row: int | None
    label: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What was understood. Each step returns a new one; complete only when nothing is asked or wrong.

    Only what is told grows on the way: `questions`, `errors` and `notes`.
    """

    file: str
    profile: Profile
    """What is said: by a person, and by the file itself in plain words."""
    ar: int | None = None
    chosen: bool = False
    """True if the year is one of several that are read from the file."""
    layout: Layout | None = None
    other_sheets: tuple[str, ...] = ()
    elsewhere: tuple[Cells, ...] = ()
    """What stands on sheets that are not read."""
    years: frozenset[str] = frozenset()
    """The years that the file has answers of, where it keeps them apart."""
    units: tuple[UnitRow, ...] = ()
    indicators: tuple[IndicatorColumn, ...] = ()
    nation: int | None = None
    nation_label: str = ""
    left: tuple[Left, ...] = ()
    said_rows: dict[str, str] = field(default_factory=dict)
    """Row (`rad 7`) or code -> `enhet_id`, for units that are not known by their label."""
    said_of_codes: tuple[Said, ...] = ()
    said_marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Mark or sign of a footnote -> the answer, or why it is missing, that the file says it is, and where."""
    turned_round: tuple[str, str] | None = None
    """Place and text of a note that something is coded the other way round."""
    legend: Legend | None = None
    """What the file itself says that the codes of its answers mean."""
    marked: dict[str, list[str]] = field(default_factory=dict)
    """What the cells of answers say -> the places of those that say it."""
    coding: Coding = Coding({})
    by_colour: bool = False
    colours: Counter = field(default_factory=Counter)
    colour_answers: dict[str, Answer] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    shares: Shares = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    """Label in a table of shares -> the part of the question that it is about."""
    background: dict[tuple[str, str], Place] = field(default_factory=dict)
    """(enhet_id, role) -> the printed cell."""
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    """(enhet_id, role) -> the number in a cell of `background`, where there is one."""
    questions: list[Question] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.questions and not self.errors

    @property
    def marks(self) -> Counter:
        """How many cells of answers say each thing."""
        return Counter({text: len(places) for text, places in self.marked.items()})

    def with_codes(self, codes: Container[str]) -> list[str]:
        """The places of the cells of answers with one of these codes."""
        return [place for text, places in self.marked.items() if key_of(text) in codes for place in places]

    @property
    def skipped(self) -> list[tuple[str, str]]:
        """(why, label) of rows that are no units."""
        return [(item.why, item.label) for item in self.left]

    @property
    def ignored_places(self) -> dict[str, str]:
        """The columns that the recipe leaves out by their place: they may have no heading to be called by."""
        return {
            name: role
            for name, role in self.profile.kolumner.items()
            if role == "ignorera" and PLACE.fullmatch(name.casefold())
        }

    @property
    def key(self) -> Key:
        """What marks and colours stand for, as far as it is known."""
        return key_with(self.profile, self.coding, self.colour_answers)

    @property
    def findings(self) -> list[Finding]:
        """Errors and questions; an error that comes again and again is told once."""
        told: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.errors:
            told[finding.what].append(finding)
        gathered = []
        for alike in told.values():
            if len(alike) <= MOST_ALIKE:
                gathered += alike
                continue
            places = [f.table.rsplit(" ", 1)[-1] for f in alike[1 : MOST_ALIKE + 1]]
            more = f" (och {len(alike) - 1} gånger till, som i {swedish_list(places)})"
            gathered.append(replace(alike[0], what=alike[0].what + more))
        return [*gathered, *self.questions]

    def ask(
        self,
        kind: str,
        what: str,
        *choices: Choice,
        otherwise: str = "",
        sure: bool = False,
        even: bool = False,
        drafted: dict[str, object] | None = None,
        priority: int = 5,
        places: Iterable[str] = (),
        alike: tuple[str, ...] = (),
        **where: object,
    ) -> None:
        """A question of a kind in `questions` with its possible answers, the likeliest first."""
        question = Question(
            what,
            id=kind,
            choices=choices,
            sure=sure,
            even=even,
            drafted=drafted,
            otherwise=otherwise,
            places=tuple(dict.fromkeys(places)),
            alike=alike,
            file=self.file,
            action=instruction(choices, otherwise),
            kind=QUESTION,
            priority=priority,
            **self._located(where),
        )
        self.questions.append(question)

    def is_asked(self, *kinds: str) -> bool:
        """True if there is an open question of one of these kinds."""
        return any(question.id in kinds for question in self.questions)

    def open(self, key: str) -> set[str]:
        """What the open questions ask under a key of the recipe that has entries of its own."""
        found = (question.draft.get(key, ()) for question in self.questions)
        return {name for names in found for name in names}

    def wrong(self, what: str, action: str, priority: int = 4, **where: object) -> None:
        where = self._located(where)
        self.errors.append(Finding(what, file=self.file, action=action, priority=priority, **where))

    def _located(self, where: dict) -> dict:
        """The place with the row of its cell, and with the labels of the file's own row and column."""
        where = {"row": row_in(where.get("table", ""))} | where
        if self.layout and self.layout.sheet.flipped and {"row_label", "column"} <= where.keys():
            where = where | {"row_label": where["column"], "column": where["row_label"]}
        return where

    @property
    def table(self) -> str:
        return f"blad ”{self.layout.sheet.name}”" if self.layout else ""

    @property
    def heading_row(self) -> int:
        """The row where a question is asked about: the last of the headings."""
        return (self.layout.header_rows or (self.layout.first,))[-1]

    def at(self, row: int, column: int) -> str:
        """`blad ”Resultat”, cell F14`."""
        return self.layout.sheet.where(row, column)

    def filled(self, rows: Iterable[int], columns: Iterable[int]) -> list[str]:
        """The places of the cells in these rows and columns that have something in them."""
        cells, columns = self.layout.sheet.cells, list(columns)
        return [self.at(row, column) for row in rows for column in columns if cells[row][column]]

    def under(self, labels: Container[str]) -> list[str]:
        """The places of the cells with something in them under these headings."""
        rows = range(self.layout.first, self.layout.last + 1)
        return self.filled(rows, [c.index for c in self.layout.columns if c.label in labels])

    def cell(self, unit: UnitRow, question: IndicatorColumn) -> dict[str, str]:
        """The place of an answer, for a question or an error."""
        return {"table": self.at(unit.row, question.index), "row_label": unit.label, "column": question.label}


def cut(items: list[str]) -> str:
    """The first items of a list, and how many more there are."""
    rest = len(items) - SHOWN
    return ", ".join(items[:SHOWN]) + (f" och {rest} till" if rest > 0 else "")
