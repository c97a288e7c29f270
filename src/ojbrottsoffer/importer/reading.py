"""What is understood of a file, what is asked and what is wrong in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.meaning.legend import Legend, Said
from ojbrottsoffer.importer.meaning.units import Unit
from ojbrottsoffer.importer.meaning.values import Answer, Coding
from ojbrottsoffer.importer.questions import KINDS, QUESTION, Question
from ojbrottsoffer.importer.recipe import Profile
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_list

UNDO = (
    'Så tas en inläst fil bort: git checkout data/raw/SHA256SUMS "data/reference/*.csv" och sedan '
    "rm -r data/raw/{}. Är den incheckad: git revert på dess commit i stället."
)
"""How an import is undone, with the name of its folder."""
RESTORE = (
    "Filen ser annorlunda ut än när den lästes in. Återställ mappen ur git (git checkout). Ska den nya filen "
    f"gälla: ta bort den gamla och läs in den nya med importera. {UNDO.format('oj-ÅR')}"
)
RECALCULATE = (
    "Öppna filen i Excel eller LibreOffice så att formlerna räknas, spara den och kör om. "
    "Visar cellen ett fel: be avsändaren om en rättad fil."
)
CELL = re.compile(r", cell [A-Z]+(\d+)$")
YEAR_HEADING = re.compile(r"(?:år |svar |resultat )?((?:19|20)\d\d)(?: ?års (?:svar|resultat))?")
PLACE = re.compile(r"kolumn [a-z]{1,3}|rad [1-9][0-9]*")
"""A column that the profile names by its place."""
MOST_ALIKE = 3
"""More errors of one kind than this are told as one."""


@dataclass(frozen=True)
class Place:
    """A cell as the file names it; `where` with its sheet."""

    ref: str
    row: int
    text: str
    where: str


@dataclass(frozen=True)
class UnitRow:
    """One row of a unit. `row` is its index in the layout's sheet."""

    row: int
    label: str
    unit: Unit
    how: str
    new: bool = False


@dataclass(frozen=True)
class IndicatorColumn:
    """One indicator of the file; `said` is what the profile says about its label."""

    column: TableColumn
    label: str
    indikator_id: str
    how: str
    said: dict | None = None


@dataclass
class Reading:
    """What was understood. Complete only when `questions` and `errors` are empty."""

    file: str
    profile: Profile
    layout: Layout | None = None
    other_sheets: list[str] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    indicators: list[IndicatorColumn] = field(default_factory=list)
    nation: int | None = None
    nation_label: str = ""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """(why, label) of rows that are no units."""
    skipped_rows: list[tuple[int, str]] = field(default_factory=list)
    said_rows: dict[str, str] = field(default_factory=dict)
    """Row -> `enhet_id`, for rows that the profile names by their place."""
    marks: Counter = field(default_factory=Counter)
    coding: Coding | None = None
    said_of_codes: list[Said] = field(default_factory=list)
    turned_round: tuple[str, str] | None = None
    """Place and text of a note that something is coded the other way round."""
    legend: Legend | None = None
    """What the file itself says that the codes of its answers mean."""
    colours: Counter = field(default_factory=Counter)
    by_colour: bool = False
    answers: dict[tuple[str, str], tuple[Answer, Place]] = field(default_factory=dict)
    """(enhet_id, indikator_id) -> the answer and where it stands."""
    shares: dict[tuple[str, str], tuple[float | None, Place]] = field(default_factory=dict)
    """(indikator_id, delmangd) -> the nation's share in percent."""
    background: dict[tuple[str, str], Place] = field(default_factory=dict)
    """(enhet_id, role) -> the printed cell."""
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    """(enhet_id, role) -> the number in a cell of `background`, where there is one."""
    notes: list[str] = field(default_factory=list)
    open_colours: list[str] = field(default_factory=list)
    """Colours of empty cells that nobody has explained."""
    open_columns: dict[str, list[str]] = field(default_factory=dict)
    """Headings of columns that may be coded in another way -> their codes."""
    open_headings: list[str] = field(default_factory=list)
    """Headings of columns that may be the placings, or the shares."""
    open_years: dict[str, str] = field(default_factory=dict)
    """Year over the questions -> what to do with its columns, as far as it can be told."""
    other_years: list[str] = field(default_factory=list)
    """Years that the file names in place of the one that is read."""
    silent: list[str] = field(default_factory=list)
    """Labels of units and indicators without an answer that nobody has confirmed."""
    proposed_patterns: dict[str, str] = field(default_factory=dict)
    """Pattern of headings -> what it may mean, for the draft of a profile."""
    proposed: dict[str, object] = field(default_factory=dict)
    """Answers to questions, for the draft of a profile, that a person has to confirm."""
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Label of an unknown question -> every heading above it."""
    questions: list[Question] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    strict: bool = False
    ar: int | None = None

    @property
    def complete(self) -> bool:
        return not self.questions and not self.errors

    @property
    def ignored_places(self) -> dict[str, str]:
        """The columns that the profile leaves out by their place: they may have no heading to be called by."""
        return {
            name: role
            for name, role in self.profile.kolumner.items()
            if role == "ignorera" and PLACE.fullmatch(name.casefold())
        }

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
            gathered.append(
                replace(
                    alike[0],
                    what=f"{alike[0].what} (och {len(alike) - 1} gånger till, som i {swedish_list(places)})",
                )
            )
        return [*gathered, *self.questions]

    def stop_if_incomplete(self) -> None:
        if not self.complete:
            raise DataError(self.findings)

    def ask(self, kind: str, what: str, key: str, answer: str, priority: int = 5, **where: object) -> None:
        """A question of a kind in `questions`, answered under `key` in the profile; an error in a file already
        accepted."""
        if self.strict:
            self.wrong(what, RESTORE, priority, **where)
            return
        self.questions.append(
            Question(
                what,
                id=KINDS[kind].id,
                file=self.file,
                action=f"Svara i profilen under {key}: {answer}",
                kind=QUESTION,
                priority=priority,
                **self._located(where),
            )
        )

    def is_asked(self, *kinds: str) -> bool:
        """True if there is an open question of one of these kinds."""
        return any(question.id in kinds for question in self.questions)

    def wrong(self, what: str, action: str, priority: int = 4, **where: object) -> None:
        self.errors.append(
            Finding(what, file=self.file, action=action, priority=priority, **self._located(where))
        )

    def _located(self, where: dict) -> dict:
        """The place with the row of its cell, and with the labels of the file's own row and column."""
        if "row" not in where and (cell := CELL.search(where.get("table", ""))):
            where = where | {"row": int(cell[1])}
        if self.layout and self.layout.sheet.flipped and {"row_label", "column"} <= where.keys():
            where = where | {"row_label": where["column"], "column": where["row_label"]}
        return where

    @property
    def table(self) -> str:
        return f"blad ”{self.layout.sheet.name}”" if self.layout else ""

    def at(self, row: int, column: int) -> str:
        """`blad ”Resultat”, cell F14`."""
        return self.layout.sheet.where(row, column)


def place_of(reading: Reading, unit: UnitRow, column: TableColumn) -> Place:
    sheet = reading.layout.sheet
    ref = sheet.ref(unit.row, column.index)
    digits = "".join(ch for ch in ref if ch.isdigit())
    return Place(
        ref, int(digits or 0), sheet.cells[unit.row][column.index], sheet.where(unit.row, column.index)
    )
