"""Reads a file by its recipe alone. Nothing is guessed: the same recipe on the same file always gives the same answers.

What the recipe does not explain, or no longer fits, is an error with its cell. Whoever accepts the file keeps the
recipe; from then on this is the only way that the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ojbrottsoffer.importer.forms.codebook import explained
from ojbrottsoffer.importer.forms.rows import labelled_rows, other_year, rows_without_label
from ojbrottsoffer.importer.forms.shape import long
from ojbrottsoffer.importer.forms.shape.crosses import by_alternative, joined_crosses
from ojbrottsoffer.importer.forms.shape.given import given_tables
from ojbrottsoffer.importer.forms.shape.joining import joined
from ojbrottsoffer.importer.forms.shape.states import with_states
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.found import (
    RESTORE,
    Answers,
    Column,
    Key,
    Place,
    Row,
    Shares,
    answers_of,
    background_of,
    key_of_recipe,
    missing_of,
    place_of,
    possible_number,
    row_in,
    row_ref,
)
from ojbrottsoffer.importer.found_shares import A_SHARE, nation_cells, share_rows, shares_of
from ojbrottsoffer.importer.meaning.units import normal
from ojbrottsoffer.importer.meaning.values import key_of, whole_number
from ojbrottsoffer.importer.read.file_sheet import Sheet, collapse, index_of
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.sources.reference.register import unit_id

LEFT_ROWS = r"(rad|kolumn) (\w+)–(\w+)"
OUTSIDE = "En enhet står utanför tabellens rader"


@dataclass
class Applied:
    """What the recipe gives. `units` and `questions`: id -> the label in the file."""

    layout: Layout
    units: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    shares: Shares = field(default_factory=dict)
    background: dict[tuple[str, str], Place] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)


def apply(recipe: Profile, sheets: list[Sheet], ar: int | None, file: str) -> Applied:
    """The file as a complete recipe says. Raises `DataError` with everything that does not fit."""
    reader = _Reader(recipe, ar, file)
    layout = reader.table(sheets)
    applied = Applied(layout)
    if recipe.slag == "riket":
        reader.national_table(applied)
    else:
        rows = reader.units(applied)
        applied.background = background_of(layout, rows)
        if recipe.slag == "svar":
            reader.answers(applied, rows)
    if reader.errors:
        raise DataError(reader.errors)
    return applied


class _Reader:
    """One application: the recipe, and what did not fit."""

    def __init__(self, recipe: Profile, ar: int | None, file: str) -> None:
        self.recipe, self.ar, self.file = recipe, ar, file
        self.errors: list[Finding] = []
        self.nation: int | None = None

    def odd(self, what: str, place: str, value: str, expected: str) -> None:
        where = {"file": self.file, "table": place, "row": row_in(place)}
        self.errors.append(Finding(what, **where, value=value, expected=expected, action=RESTORE))

    def table(self, sheets: list[Sheet]) -> Layout:
        """The table that the recipe states. Raises `DataError` if the file has none there."""
        recipe = self.recipe
        if recipe.form:
            layout = self._row_form(sheets)
        else:
            stated = given_tables(recipe, sheets)
            if None in stated:
                names = "”, ”".join(recipe.sheets or tuple(sheet.name for sheet in sheets))
                self.odd(
                    "Tabellen finns inte där den fanns", f"blad ”{names}”", "", "tabellen som profilen säger"
                )
                raise DataError(self.errors)
            layout = stated[0] if len(stated) == 1 else joined(stated, self._unit)
        if recipe.kryss:
            layout = self._crosses(layout)
        layout = explained(layout, recipe.rubriker) if recipe.rubriker else layout
        layout = with_states(layout, set(map(key_of, recipe.saknas)))
        self._same_columns(layout)
        inside = {c.index for c in layout.columns if c.role != "ignorera"} | {layout.label_column}
        for (row, column), why in layout.sheet.unread.items():
            if layout.first <= row <= layout.last and column in inside:
                self.odd("En cell har inget värde att läsa", layout.sheet.where(row, column), "", why)
        return layout

    def _crosses(self, layout: Layout) -> Layout:
        """The table with the answers that are crosses, of the questions that the recipe names."""
        there = by_alternative(layout)
        for name in self.recipe.kryss:
            if name not in there:
                self.odd("En kolumn saknas", _table(layout), "", f"kolumner med kryss för {show(name)}")
        return joined_crosses(layout, {name: there[name] for name in self.recipe.kryss if name in there})

    def _unit(self, label: str) -> str | None:
        """What the label of a row means."""
        known = self.recipe.indikatorer if self.recipe.slag == "riket" else self.recipe.enheter
        return known.get(label)

    def _row_form(self, sheets: list[Sheet]) -> Layout:
        if outside := long.part_outside(self.recipe.form, sheets):
            _, part, value = outside
            self.odd("Profilen pekar utanför filen", f"blad ”{part.blad}”", value, "det som fanns då")
            raise DataError(self.errors)
        for sheet, row, column in long.outside(self.recipe.form, sheets):
            if (label := sheet.cells[row][column]) in self.recipe.enheter:
                self.odd(OUTSIDE, sheet.where(row, column), label, "tabellens rader, som profilen säger")
        found = long.apply(self.recipe.form, sheets, self.ar, self._unit)
        for item in found.odd:
            sheet, row, column = item.cell
            self.odd(
                long.ODD[item.kind],
                sheet.where(row, column),
                sheet.cells[row][column],
                "som när den lästes in",
            )
        if found.alike != self.recipe.lika_svar:
            expected = f"{self.recipe.lika_svar} svar som står två gånger"
            self.odd(
                "Andra svar än då står två gånger",
                "blad ”" + self.recipe.form[0].blad + "”",
                str(found.alike),
                expected,
            )
        if found.layout is None:
            self.odd(f"Filen har inga svar för {self.ar}", "", "", f"svar för {self.ar}")
        if self.errors:
            raise DataError(self.errors)
        return found.layout.without(self.recipe.kolumner)

    def _same_columns(self, layout: Layout) -> None:
        """The columns that the recipe names are there."""
        names = {name for column in layout.columns for name in (column.label, layout.name_of(column))}
        for label, role in self.recipe.kolumner.items():
            if role != "ignorera" and label not in names:
                rows = ", ".join(self.recipe.rubrikrader)
                self.odd(
                    "En kolumn saknas", f"{_table(layout)}, rubrikrad {rows}", "", f"kolumnen {show(label)}"
                )

    def units(self, applied: Applied) -> list[Row]:
        """The rows of the units that the recipe knows, and of the nation."""
        recipe, layout = self.recipe, applied.layout
        skip = {normal(label) for label in recipe.hoppa_over}
        nation = set(recipe.riket)
        found: dict[str, Row] = {}
        rows = labelled_rows(layout)
        for row in rows_without_label(layout, {row for row, *_ in rows}):
            if normal(row_ref(layout, row)) not in skip:
                self.odd(
                    "En rad med värden saknar enhet",
                    layout.sheet.where(row, layout.label_column),
                    "",
                    "ett namn",
                )
        for row, label, code in rows:
            here, where = row_ref(layout, row), layout.sheet.where(row, layout.label_column)
            known = recipe.enheter.get(here) or recipe.enheter.get(collapse(label) or code or "")
            said = here in recipe.enheter or {label, here} & nation
            if normal(here) in skip or normal(label) in skip and not said or other_year(layout, row, self.ar):
                continue
            if {label, here} & nation:
                if self.nation is not None:
                    self.odd("Riket står på två rader", where, label, "en rad för riket")
                self.nation = row
            elif known is None:
                expected = "en etikett i data/reference/etiketter.csv"
                self.odd("Etiketten har ingen känd betydelse", where, label or code, expected)
            elif known in found:
                expected = f"varje enhet en gång; den står också på {row_ref(layout, found[known].row)}"
                self.odd("Enheten står två gånger", where, label, expected)
            else:
                found[known] = Row(row, label or code or "", known)
        applied.units = {item.id: item.label for item in found.values()}
        if nation and self.nation is None:
            self.odd("Raden för riket saknas", _table(layout), "", f"raden {show(recipe.riket[0])}")
        self._same_units(layout, list(found.values()))
        return list(found.values())

    def _same_units(self, layout: Layout, rows: list[Row]) -> None:
        """The units are those that were accepted, by name: one that is called something else may still be a unit
        that the register knows, and a row outside the table would go unnoticed."""
        labels = set(self.recipe.enheter) | set(self.recipe.riket)
        for part, row in _outside(layout):
            if (label := part.sheet.cells[row][part.label_column]) in labels and not self._left(part, row):
                rows_of = (
                    f"tabellen på rad {part.sheet.row_name(part.first)}–{part.sheet.row_name(part.last)}"
                )
                where = part.sheet.where(row, part.label_column)
                self.odd(OUTSIDE, where, label, rows_of)
        if not self.recipe.enhetsnamn:
            names = ", ".join(f'"{item.label}"' for item in rows)
            finding = Finding(
                "Profilen säger inte vilka enheter filen hade när den lästes in",
                file=self.file,
                table=_table(layout),
                value=f"{len(rows)} enheter i filen",
                expected="enhetsnamn, en lista med enheternas namn",
                action="Kontrollera enheterna mot den publicerade filen. Är de rätt: lägg till raden "
                f"enhetsnamn: [{names}] i mappens profil.yml och kör make kontrollsummor.",
            )
            self.errors.append(finding)
            return
        accepted = {normal(name): name for name in self.recipe.enhetsnamn}
        units = {normal(item.label): item for item in rows}
        new = [item for name, item in units.items() if name not in accepted]
        gone = [show(name) for key, name in accepted.items() if key not in units]
        if new or gone or len(rows) != len(self.recipe.enhetsnamn):
            self.odd(
                "Filen har inte samma enheter som när den lästes in",
                layout.sheet.where(new[0].row, layout.label_column) if new else _table(layout),
                f"{len(rows)} enheter" + _named(", nya: ", [item.label for item in new]),
                f"{len(self.recipe.enhetsnamn)} enheter, som i mappens profil.yml"
                + _named("; i filen saknas ", gone),
            )

    def _left(self, part: Layout, row: int) -> bool:
        """True for a row of a table that the recipe says is not read (`rad 20–31`)."""
        spans = [
            found.groups()
            for name in self.recipe.lamnas
            if (found := re.fullmatch(LEFT_ROWS, name.casefold()))
        ]
        kind = "kolumn" if part.sheet.flipped else "rad"
        return any(said == kind and index_of(first) <= row <= index_of(last) for said, first, last in spans)

    def answers(self, applied: Applied, rows: list[Row]) -> None:
        """Every answer, number and share of a table of units and questions."""
        layout, questions = applied.layout, list(self._questions(applied.layout))
        applied.questions = {item.id: item.label for item in questions}
        key = key_of_recipe(self.recipe)
        applied.answers = answers_of(layout, rows, questions, key)
        self._unexplained(applied, rows, questions, key)
        for (unit, role), place in applied.background.items():
            if role not in ("befolkningsgrupp", "antal_ja") or not place.text:
                continue
            number = whole_number(place.text)
            if number is not None and possible_number(role, number, len(questions)):
                applied.numbers[unit, role] = number
            elif not missing_of(place.text, self.recipe):
                self.odd(
                    "Ett tal går inte att använda", place.where, place.text, "ett heltal som kan vara rätt"
                )
        if self.nation is not None:
            self._shares(applied, nation_cells(layout, self.nation, questions))

    def _questions(self, layout: Layout) -> Iterator[Column]:
        skip, seen = {normal(label) for label in self.recipe.hoppa_over}, set()
        for column in layout.indicators:
            known = self.recipe.indikatorer.get(column.label)
            where = layout.sheet.where((layout.header_rows or (layout.first,))[-1], column.index)
            if normal(column.label) in skip and column.label:
                continue
            if known is None:
                self.odd("Okänd indikator", where, column.label, "en etikett i data/reference/etiketter.csv")
            elif known in seen:
                self.odd(
                    "Indikatorn står två gånger", where, column.label, f"varje indikator en gång ({known})"
                )
            else:
                seen.add(known)
                yield Column(column.index, column.label, known)

    def _unexplained(self, applied: Applied, rows: list[Row], questions: list[Column], key: Key) -> None:
        layout = applied.layout
        for question in questions:
            for row in rows:
                if (row.id, question.id) not in applied.answers:
                    place = place_of(layout, row.row, question.index)
                    text = place.text or layout.sheet.fills.get((row.row, question.index), "")
                    self.odd(
                        "Ett svar har ingen känd betydelse",
                        place.where,
                        text,
                        "ett tecken eller en färg i profilen",
                    )

    def national_table(self, applied: Applied) -> None:
        """The shares of a table of the nation's own."""
        layout, recipe = applied.layout, self.recipe
        columns = [c for c in layout.columns if c.role == "andel"]
        if len(columns) != 1:
            self.odd(
                "Kolumnen med andelar saknas", _table(layout), str(len(columns)), "en kolumn med rikets andel"
            )
            return
        skip = {normal(label) for label in recipe.hoppa_over}
        cells = {}
        for row, label, part in share_rows(layout):
            place = place_of(layout, row, columns[0].index)
            if not label and not place.text or {normal(label), normal(row_ref(layout, row))} & skip:
                continue
            known = recipe.indikatorer.get(label)
            share = known, recipe.delmangder.get(label) or unit_id(part) or "alla", place
            if known is None:
                where = layout.sheet.where(row, layout.label_column)
                if place.text:
                    self.odd("Okänd indikator", where, label, "en etikett i data/reference/etiketter.csv")
            elif share[:2] in cells:
                self.odd("Indikatorn står två gånger", place.where, label, "varje indikator en gång")
            else:
                cells[share[:2]] = share
                applied.questions[known] = label
        self._shares(applied, list(cells.values()))

    def _shares(self, applied: Applied, cells: list) -> None:
        parsed = shares_of(cells, self.recipe)
        applied.shares = parsed.shares
        for place in parsed.unknown:
            self.odd("Rikets andel går inte att tolka", place.where, place.text, A_SHARE)


def _table(layout: Layout) -> str:
    return f"blad ”{layout.sheet.name}”"


def _outside(layout: Layout) -> Iterator[tuple[Layout, int]]:
    """Every row of the table's sheets that lies outside its tables."""
    parts = layout.parts or (layout,)
    inside = {
        (part.sheet.name, part.sheet.flipped, row)
        for part in parts
        for row in range(part.first, part.last + 1)
    }
    for part in parts:
        for row in range(part.sheet.height):
            if (part.sheet.name, part.sheet.flipped, row) not in inside:
                yield part, row


def _named(words: str, names: list[str]) -> str:
    """`words` and the first names, if there are any."""
    rest = [f"{len(names) - 3} till"] if len(names) > 3 else []
    return words + swedish_list([*names[:3], *rest]) if names else ""
