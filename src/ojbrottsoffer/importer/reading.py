"""A file read the way its profile and the register allow: what was understood, what is asked.

`read_file` is the whole front door: sheets, layout, units, indicators, marks. It never
raises for what a person can answer; that is a question in `Reading.questions`. What is
wrong in itself (a unit twice, an unknown code) is in `Reading.errors`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from tqdm import tqdm

from ojbrottsoffer.importer.forms import shapes
from ojbrottsoffer.importer.forms.joining import fit_together, joined
from ojbrottsoffer.importer.forms.layout import (
    YEAR,
    Layout,
    TableColumn,
    asks,
    find_layout,
    find_layouts,
    maybe_placings,
    maybe_shares,
    nearest,
    place_name,
    said_role,
)
from ojbrottsoffer.importer.meaning import codings, doubts
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, Known, plain
from ojbrottsoffer.importer.meaning.legend import Legend, Said, meaning, statements, turned_round
from ojbrottsoffer.importer.meaning.other_shares import ask_about_other_shares
from ojbrottsoffer.importer.meaning.units import (
    Unit,
    UnitMatcher,
    is_share_of_ja,
    joined_code,
    normal,
    region_code,
)
from ojbrottsoffer.importer.meaning.values import (
    ABSENT,
    EMPTY,
    MARKS,
    REASONS,
    Answer,
    Coding,
    coding,
    colour_answer,
    is_summary,
    is_value,
    key_of,
    share,
    shown_mark,
    style_of,
    whole_number,
    without_footnote,
)
from ojbrottsoffer.importer.meaning.years import ask_about_titles, other_years
from ojbrottsoffer.importer.read.grid import Sheet, collapse, index_of, read_sheets
from ojbrottsoffer.importer.recipe import ASK, Profile
from ojbrottsoffer.schema.codes import DELMANGD
from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.schema.model import counted, swedish_list, swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.register import Reference, unit_id

QUESTION = "fråga"
"""Kind of finding that the profile answers."""
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
    proposed: dict[str, object] = field(default_factory=dict)
    """Answers to questions, for the draft of a profile, that a person has to confirm."""
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Label of an unknown question -> every heading above it."""
    questions: list[Finding] = field(default_factory=list)
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

    def ask(self, what: str, key: str, answer: str, priority: int = 5, **where: object) -> None:
        """A question, answered under `key` in the profile; an error in a file already accepted."""
        if self.strict:
            self.wrong(what, RESTORE, priority, **where)
            return
        self.questions.append(
            Finding(
                what,
                file=self.file,
                action=f"Svara i profilen under {key}: {answer}",
                kind=QUESTION,
                priority=priority,
                **self._located(where),
            )
        )

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


def read_file(
    path: Path, file: str, profile: Profile, reference: Reference, strict: bool = False, ar: int | None = None
) -> Reading:
    """Everything that can be understood of the file. Raises `DataError` if it can't be read.

    `strict`: a label means what the profile says or nothing; for a file already accepted.
    `ar` chooses among columns of several years.
    """
    reading = Reading(file, profile, strict=strict, ar=ar)
    units, indicators = UnitMatcher(reference), IndicatorMatcher(reference)
    sheets = read_sheets(
        path,
        file,
        profile.blad or tuple({name for table in profile.tabeller for name in table.get("blad", ())}),
    )
    parts = set(reference.etiketter_riket["etikett"]) if profile.slag == "riket" else set()
    _find_table(reading, sheets, units, indicators, parts)
    if reading.layout is None:
        return reading
    if profile.slag == "svar" and not strict and (taken := _ask_about_years(reading)):
        again = Reading(file, replace(profile, kolumner=profile.kolumner | taken), ar=ar)
        _find_table(again, sheets, units, indicators, parts)
        reading.layout = again.layout or reading.layout
    if profile.slag == "svar" and not strict and (columns := shapes.crossed(reading.layout)):
        _one_column_per_answer(reading, columns)
        return reading
    _check_places(reading)
    _unread_cells(reading)
    doubts.tell_of_comments(reading, sheets)
    if profile.slag == "svar":
        every = sheets if strict else _every_sheet(path, file, profile, sheets)
        reading.said_of_codes = statements(reading.layout, every)
        reading.turned_round = turned_round(reading.layout, every)
    if profile.slag == "riket":
        _national_table(reading, indicators, reference)
        ask_about_titles(reading)
        return reading
    _unit_rows(reading, units)
    if strict:
        _as_accepted(reading)
    if profile.slag == "rankning":
        _placing_column(reading)
    _background(reading)
    if profile.slag == "rankning":
        _placings(reading)
    else:
        _indicator_columns(reading, indicators)
        _answers(reading)
        _numbers(reading)
        codings.compare_totals(reading)
        _nation_row(reading)
        codings.compare_nation(reading)
    ask_about_titles(reading)
    return reading


def _one_column_per_answer(reading: Reading, columns: list[TableColumn]) -> None:
    layout = reading.layout
    kind = "rad" if layout.sheet.flipped else "kolumn"
    reading.wrong(
        f"Filen har en {kind} för varje svar, med ett kryss i en av dem: {_shown_columns(layout, columns)}",
        shapes.ONE_TABLE,
        priority=1,
        value=columns[0].label,
        table=reading.at((layout.header_rows or (layout.first,))[-1], columns[0].index),
        expected=f"en {kind} för varje indikator, med Ja, Delvis eller Nej i cellen",
    )
    reading.layout = None


def _every_sheet(path: Path, file: str, profile: Profile, sheets: list[Sheet]) -> list[Sheet]:
    """Also those that the profile leaves out: what they say of the codes still counts."""
    if not profile.blad and not profile.tabeller:
        return sheets
    try:
        return read_sheets(path, file)
    except DataError:  # one that is left out need not be readable
        return sheets


def _check_places(reading: Reading) -> None:
    """An error for a column that the profile names by its place and the table has not."""
    for name in reading.profile.kolumner:
        if PLACE.fullmatch(name.casefold()) and name.casefold() not in reading.layout.place_names:
            reading.wrong(
                "Profilen pekar på en kolumn som inte finns",
                "Rätta raden under kolumner i profilen.",
                value=name,
                table=reading.table,
                expected=f"en av tabellens {'rader' if reading.layout.sheet.flipped else 'kolumner'} "
                "utom den med namnen, som i filen",
            )


def _as_accepted(reading: Reading) -> None:
    """An accepted file has the units, the row of the nation and the columns it had then.

    A row that is gone, or lies outside the rows that are read, would otherwise go unnoticed.
    """
    layout, profile = reading.layout, reading.profile
    labels = set(profile.enheter) | set(profile.riket)
    parts = layout.parts or (layout,)
    inside = {
        (part.sheet.name, part.sheet.flipped, row)
        for part in parts
        for row in range(part.first, part.last + 1)
    }
    for part in parts:
        sheet = part.sheet
        for row in range(sheet.height):
            label = sheet.cells[row][part.label_column]
            if label in labels and (sheet.name, sheet.flipped, row) not in inside:
                reading.wrong(
                    "En enhet står utanför tabellens rader",
                    RESTORE,
                    table=sheet.where(row, part.label_column),
                    value=label,
                    expected=f"tabellen på rad {sheet.row_name(part.first)}–{sheet.row_name(part.last)}",
                )
    _same_units(reading)
    if profile.riket and reading.nation is None:
        reading.wrong(
            "Raden för riket saknas",
            RESTORE,
            table=reading.table,
            value="",
            expected=f"raden {show(profile.riket[0])}",
        )
    headings = {name for column in layout.columns for name in (column.label, layout.name_of(column))}
    for label, role in profile.kolumner.items():
        if role != "ignorera" and label not in headings:
            reading.wrong(
                "En kolumn saknas",
                RESTORE,
                table=f"{reading.table}, rubrikrad " + ", ".join(profile.rubrikrader),
                value="",
                expected=f"kolumnen {show(label)}",
            )


def _same_units(reading: Reading) -> None:
    """The units are those that were accepted, by name: one that is called something else may still
    be a unit that the register knows."""
    profile, units = reading.profile, {normal(item.label): item for item in reading.units}
    if not profile.enhetsnamn:
        names = yaml.safe_dump(
            [item.label for item in reading.units],
            allow_unicode=True,
            default_flow_style=True,
            width=math.inf,
        ).strip()
        reading.wrong(
            "Profilen säger inte vilka enheter filen hade när den lästes in",
            "Kontrollera enheterna mot den publicerade filen. Är de rätt: lägg till raden "
            f"enhetsnamn: {names} i mappens profil.yml och kör make kontrollsummor.",
            table=reading.table,
            value=f"{len(reading.units)} enheter i filen, "
            f"{'okänt antal' if profile.antal_enheter is None else profile.antal_enheter} i profilen",
            expected="enhetsnamn, en lista med enheternas namn",
        )
        return
    accepted = {normal(name): name for name in profile.enhetsnamn}
    new = [item for name, item in units.items() if name not in accepted]
    gone = [name for key, name in accepted.items() if key not in units]
    if new or gone or len(reading.units) != len(profile.enhetsnamn):
        reading.wrong(
            "Filen har inte samma enheter som när den lästes in",
            RESTORE,
            priority=5,
            table=reading.at(new[0].row, reading.layout.label_column) if new else reading.table,
            value=f"{len(reading.units)} enheter" + _named(", nya: ", [item.label for item in new]),
            expected=f"{len(profile.enhetsnamn)} enheter, som i mappens profil.yml"
            + _named("; i filen saknas ", [show(name) for name in gone]),
        )


def _named(words: str, names: list[str]) -> str:
    """`words` and the first names, if there are any."""
    rest = [f"{len(names) - MOST_ALIKE} till"] if len(names) > MOST_ALIKE else []
    return words + swedish_list([*names[:MOST_ALIKE], *rest]) if names else ""


def _find_table(
    reading: Reading, sheets: list[Sheet], units: UnitMatcher, indicators: IndicatorMatcher, parts: set[str]
) -> None:
    profile = reading.profile
    labels = {plain(label) for label in profile.indikatorer}

    def is_heading(text: str) -> bool:
        return plain(text) in indicators.by_plain or plain(text) in labels or text in parts

    def unit_key(text: str) -> str | None:
        said = profile.enheter.get(text)
        if said is not None and said != ASK:
            return said if isinstance(said, str) else str(said.get("enhet_id") or unit_id(said["enhet"]))
        return units.key(text)

    def indicator_key(text: str) -> str | None:
        return plain(text) if is_heading(text) else None

    key = indicator_key if profile.slag == "riket" else unit_key
    if profile.tabeller:
        found = _stated_tables(reading, sheets, key, is_heading)
        if len(found) == len(profile.tabeller):
            _understood_table(reading, found[0] if len(found) == 1 else joined(found, key, is_heading))
        return
    found: list[list[Layout]] = []
    maybe: list[list[Layout]] = []
    for sheet in tqdm(sheets, desc="Letar efter tabellen", unit="blad", disable=None, leave=False):
        if not sheet.visible and not profile.blad:
            reading.notes.append(
                f"Bladet ”{sheet.name}” är dolt och lästes inte. Ska det läsas: ange det med --blad."
            )
            continue
        layouts = (
            find_layouts(sheet, key, is_heading, profile)
            if profile.slag != "riket"
            else [layout for layout in [find_layout(sheet, key, is_heading, profile)] if layout]
        )
        if profile.slag == "riket":
            maybe += [[layout] for layout in layouts if maybe_shares(layout, profile)]
        layouts = [layout for layout in layouts if _has_values(layout, profile)]
        if layouts:
            found.append(layouts)
    found = found or maybe
    if profile.slag == "svar":
        found = _without_lists(found, key, profile)
    known = [
        layouts
        for layouts in found
        if profile.slag == "riket"
        or any(
            column.role == "placering" if profile.slag == "rankning" else asks(column, is_heading)
            for layout in layouts
            for column in layout.columns
        )
    ]
    tables = _chosen(reading, known or found, key, is_heading)
    used = {layout.sheet.name for layout in tables}
    reading.other_sheets = [sheet.name for sheet in sheets if sheet.name not in used]
    if tables:
        _understood_table(reading, tables[0] if len(tables) == 1 else joined(tables, key, is_heading))
    elif not found:
        _no_table(
            reading, sheets, [text for sheet in sheets if (text := nearest(sheet, key, is_heading, profile))]
        )


def _without_lists(found: list[list[Layout]], key, profile: Profile) -> list[list[Layout]]:
    """The tables of each sheet, without sheets that only list the questions: no known unit, and other
    texts than answers. If there is nothing else they are kept, to be asked about."""

    def is_list(layout: Layout) -> bool:
        sheet, rows = layout.sheet, range(layout.first, layout.last + 1)
        texts = [text for row in rows for c in layout.indicators if (text := sheet.cells[row][c.index])]
        return not any(key(sheet.cells[row][layout.label_column]) for row in rows) and (
            sum(is_value(text, profile) for text in texts) * 2 < len(texts)
        )

    return [layouts for layouts in found if not all(map(is_list, layouts))] or found


def _stated_tables(reading: Reading, sheets: list[Sheet], key, is_heading) -> list[Layout]:
    """The tables the profile describes one by one."""
    by_name = {sheet.name: sheet for sheet in sheets}
    found = []
    for number, table in enumerate(reading.profile.tabeller, start=1):
        said = replace(reading.profile, tabeller=(), **table)
        sheet = by_name[said.blad[0]] if said.blad else sheets[0]
        layout = find_layout(sheet, key, is_heading, said)
        if layout is None:
            reading.wrong(
                f"Hittar inte tabell {number} av dem som profilen beskriver",
                RESTORE if reading.strict else "Rätta posten under tabeller i profilen.",
                priority=1,
                table=f"blad ”{sheet.name}”",
                value=str(table),
                expected="en tabell på de rader och kolumner som posten säger",
            )
        elif said.forsta_kolumn or said.sista_kolumn:
            found.append(
                replace(
                    layout,
                    between=(
                        index_of(said.forsta_kolumn) if said.forsta_kolumn else 0,
                        index_of(said.sista_kolumn) if said.sista_kolumn else layout.sheet.width - 1,
                    ),
                )
            )
        else:
            found.append(layout)
    return found


def _chosen(reading: Reading, found: list[list[Layout]], key, is_heading) -> list[Layout]:
    """The tables to read. Several are read as one if no answer stands in two of them; several
    sheets only when a person has confirmed it."""
    tables = [layout for layouts in found for layout in layouts]
    if len(tables) < 2:
        return tables
    names = list(dict.fromkeys(layout.sheet.name for layout in tables))
    shown = swedish_list(
        [f"”{layout.sheet.name}” ({layout.last - layout.first + 1} rader)" for layout in tables]
    )
    cells = " och ".join(layout.sheet.where(layout.first, layout.label_column) for layout in tables[:2])
    sheets = list({layout.sheet.name: layout.sheet for layout in tables}.values())
    if reading.profile.slag == "svar" and not reading.strict and shapes.one_unit_each(sheets, key):
        reading.wrong(
            "Filen har ett blad för varje enhet",
            shapes.ONE_TABLE,
            priority=1,
            table="blad " + doubts.cut([f"”{name}”" for name in names]),
            expected="enheterna i samma tabell",
        )
        return []
    if fit_together(tables, key, is_heading):
        if len(names) == 1:
            reading.notes.append(f"Bladet har {len(tables)} tabeller. De lästes som en: {shown}.")
        elif reading.profile.slag != "svar":
            return _which_sheet(reading, shown, cells)
        elif len(reading.profile.blad) < 2:
            reading.proposed["blad"] = names
            quoted = ", ".join(f'"{name}"' for name in names)
            reading.ask(
                f"Svaren verkar stå i {len(tables)} tabeller på flera blad",
                "blad",
                f"[{quoted}] om alla ska läsas, annars namnet på det rätta bladet",
                priority=2,
                table=f"blad {shown}",
                expected=f"ett besked om vilka blad som hör ihop; tabellerna börjar i {cells}",
            )
        return tables
    if len(names) == 1 or len(reading.profile.blad) > 1:
        reading.proposed["tabeller"] = [layout.as_profile() for layout in tables]
        reading.ask(
            "Två tabeller svarar på samma fråga om samma enhet",
            "tabeller",
            "en post för varje "
            "tabell som ska läsas, eller forsta och sista för den rätta; med --profilutkast "
            "får du posterna skrivna",
            priority=1,
            table=f"blad {shown}",
            expected=f"ett besked om vilken tabell som gäller; de börjar i {cells}",
        )
    else:
        _which_sheet(reading, shown, cells)
    return []


def _which_sheet(reading: Reading, shown: str, cells: str) -> list[Layout]:
    reading.ask(
        "Flera blad ser ut att vara tabellen",
        "blad",
        "namnet på det rätta bladet, eller kör om med --blad NAMN",
        priority=1,
        table=f"blad {shown}",
        expected=f"ett blad med tabellen; tabellerna börjar i {cells}",
    )
    return []


def _no_table(reading: Reading, sheets: list[Sheet], near: list[str]) -> None:
    what = "indikatorer" if reading.profile.slag == "riket" else "kommuner"
    unread = [(sheet, sorted(sheet.unread.items())) for sheet in sheets if sheet.unread]
    if unread:
        sheet, cells = max(unread, key=lambda item: len(item[1]))
        (row, column), why = cells[0]
        reading.wrong(
            f"Hittar ingen tabell med {what}: {counted(len(cells), 'cell', 'celler')} har inget värde att läsa, {why}",
            RECALCULATE,
            priority=1,
            table=sheet.where(row, column),
            value="",
            expected="sparade värden i bladets celler",
        )
        return
    shown = ", ".join(f"”{sheet.name}”" for sheet in sheets)
    near_words = f"; närmast: {swedish_list(near[:MOST_ALIKE])}" if near else ""
    columns = (
        "; och kolumnen med andelarna under kolumner (rubrik: andel)"
        if reading.profile.slag == "riket"
        else ""
    )
    reading.wrong(
        f"Hittar ingen tabell med {what}",
        "Kontrollera att det är rätt fil. Är det "
        f"det: ange blad, enheter_i, enhetskolumn, rubrikrader, forsta och sista i profilen{columns}.",
        priority=1,
        table=f"blad {shown}",
        value=_first_text(sheets[0]),
        expected=f"en rad eller kolumn med minst två kända {what} och värden bredvid, eller en "
        "rubrikrad med minst tre kända indikatorer" + near_words,
    )


def _understood_table(reading: Reading, layout: Layout) -> None:
    reading.layout = layout
    if layout.too_many_headers:
        reading.ask(
            "Det är oklart vilka rader som är rubriker",
            "rubrikrader",
            "radernas nummer, till exempel [3, 4]",
            table=reading.table,
            expected="högst fyra rader med rubriker ovanför tabellen",
            priority=2,
            value=layout.sheet.cells[layout.header_rows[0]][layout.columns[0].index],
        )
    for part in layout.parts or (layout,):
        if part.rivals:
            _ask_about_rivals(reading, part)
        if part.data_above:
            row = part.data_above[0]
            reading.ask(
                "Det finns rader ovanför tabellen som ser ut som svar",
                _place_key(layout, "forsta"),
                f"{'kolumnens bokstäver' if part.sheet.flipped else 'radens nummer'} där tabellen börjar "
                f"({part.sheet.row_name(row)} om raderna hör till den, annars {part.sheet.row_name(part.start)})",
                priority=3,
                table=part.sheet.where(row, part.label_column),
                value=part.sheet.cells[row][part.label_column],
                expected="ett besked om raderna hör till tabellen; tills vidare är de lästa som om de gör det",
            )
        if part.data_below:
            row = part.data_below[0]
            reading.ask(
                "Det finns rader under tabellen som ser ut som svar",
                _place_key(layout, "sista"),
                f"radens nummer där tabellen slutar ({part.sheet.row_name(part.last)}, eller "
                f"{part.sheet.row_name(part.data_below[-1])} om raderna hör till den)",
                priority=3,
                table=part.sheet.where(row, part.label_column),
                value=part.sheet.cells[row][part.label_column],
                expected="ett besked om raderna hör till tabellen",
            )
        hidden = part.sheet.hidden_rows & set(range(part.first, part.last + 1))
        columns = part.sheet.hidden_columns & {column.index for column in part.columns}
        if hidden or columns:
            reading.notes.append(
                f"Dolda rader eller kolumner på bladet ”{part.sheet.name}” är lästa som om "
                "de syntes: "
                + ", ".join(
                    [part.sheet.row_name(r) for r in sorted(hidden)]
                    + [part.sheet.column_name(c) for c in sorted(columns)]
                )
            )


def _place_key(layout: Layout, key: str) -> str:
    """Where the profile says it: of one of several tables in its own entry."""
    return (
        f"tabeller (med --profilutkast får du posterna skrivna), i tabellens post under {key}"
        if layout.parts
        else key
    )


def _above(layout: Layout, row: int) -> list[str]:
    """The texts before the label of a row: of its county, or the headings above it where the units are
    columns. One that stands once goes for the sums after it too."""
    cells, column = layout.sheet.cells, layout.label_column
    first = row
    while first > layout.first and not any(cells[first][:column]) and is_summary(cells[first - 1][column]):
        first -= 1
    return [text for text in cells[first][:column] if text]


def _ask_about_rivals(reading: Reading, part: Layout) -> None:
    sheet = part.sheet
    heading = part.header_rows[-1] if part.header_rows else part.first
    columns = sorted((part.label_column, *part.rivals))
    names = [
        f"{sheet.column_name(c)} ({show(text)})"
        if (
            text := sheet.cells[heading][c]
            or next((sheet.cells[row][c] for row in part.header_rows if sheet.cells[row][c]), "")
        )
        else sheet.column_name(c)
        for c in columns
    ]
    first, second = columns[0], columns[1]
    apart = (
        f". Är det två tabeller om olika enheter {'under' if sheet.flipped else 'bredvid'} varandra: skriv i stället en post för "
        f"varje under tabeller, [{{sista_kolumn: {sheet.column_name(second - 1)}}}, {{forsta_kolumn: {sheet.column_name(second)}}}]"
        if not reading.layout.parts and second - first > 1
        else ""
    )
    reading.ask(
        f"Flera {'rader' if sheet.flipped else 'kolumner'} kan vara enheterna: {swedish_list(names)}",
        _place_key(reading.layout, "enhetskolumn"),
        f"{swedish_or([sheet.column_name(c) for c in columns])}, den som svaren gäller. Skriv den andra under "
        f"kolumner (rubrik: ignorera){apart}",
        priority=1,
        table=sheet.where(part.first, part.rivals[0]),
        value=sheet.cells[part.first][part.rivals[0]],
        expected=f"ett besked; här är {sheet.column_name(part.label_column)} läst som enheterna, "
        f"med {show(sheet.cells[part.first][part.label_column])} på samma "
        f"{'kolumn' if sheet.flipped else 'rad'}",
    )


def _first_text(sheet: Sheet) -> str:
    return next(
        (
            f"{sheet.ref(r, c)}: {text}"
            for r, row in enumerate(sheet.cells)
            for c, text in enumerate(row)
            if text
        ),
        "",
    )


def _has_values(layout: Layout, profile: Profile) -> bool:
    slag = profile.slag
    if slag == "rankning":
        return any(column.role == "placering" for column in layout.columns) or bool(
            maybe_placings(layout, profile)
        )
    if slag == "riket":
        return any(column.role == "andel" for column in layout.columns)
    return bool(layout.indicators)


def _unread_cells(reading: Reading) -> None:
    layout = reading.layout
    inside = {c.index for c in layout.columns if c.role != "ignorera"} | {layout.label_column}
    broken = [
        (place, why)
        for place, why in sorted(layout.sheet.unread.items())
        if layout.first <= place[0] <= layout.last and place[1] in inside or place[0] in layout.header_rows
    ]
    if broken:
        place, why = broken[0]
        reading.wrong(
            f"En cell har inget värde att läsa: {why}"
            + (f" (och {counted(len(broken) - 1, 'cell', 'celler')} till)" if len(broken) > 1 else ""),
            RECALCULATE,
            priority=2,
            table=reading.at(*place),
            value="",
            expected="ett sparat värde",
        )


def _unit_rows(reading: Reading, units: UnitMatcher) -> None:
    layout, profile = reading.layout, reading.profile
    skip = {normal(label) for label in profile.hoppa_over}
    nation = {normal(label) for label in profile.riket}
    said_rows = {
        normal(label): said
        for label, said in profile.enheter.items()
        if normal(label).startswith(("rad ", "kolumn "))
    }
    rows = _labelled_rows(layout)
    if not reading.strict and layout.code_column is not None:
        rows = _with_sound_codes(reading, rows, units)
    _rows_without_label(reading, {row for row, *_ in rows}, skip)
    doubtful = units.doubtful_without_diacritics([label for _, label, _ in rows])
    counties = set() if reading.strict else _perhaps_counties(reading, rows, units, skip, said_rows)
    seen: dict[str, UnitRow] = {}
    labels = Counter(label for _, label, _ in rows)
    for row, label, code in tqdm(rows, desc="Känner igen enheter", unit="rad", disable=None, leave=False):
        where = {"table": reading.at(row, layout.label_column), "value": label or code}
        here = row_ref(reading, row)
        said = said_rows.get(normal(here), profile.enheter.get(collapse(label)))
        if normal(here) in skip or normal(label) in skip and normal(here) not in said_rows.keys() | nation:
            _skip(reading, row, "enligt profilen", label)
            continue
        if (
            {label, here} & set(profile.riket)
            if reading.strict and profile.riket
            else {normal(label), normal(here)} & nation
            or said is None
            and (units.is_nation(label, code) or is_share_of_ja(label, _above(layout, row)))
        ):
            if reading.nation is not None:
                reading.wrong(
                    "Riket står på två rader",
                    f'Ange i profilen vilken rad som inte ska läsas, till exempel hoppa_over: ["{here}"].',
                    **where,
                    expected="en rad för riket",
                )
            reading.nation, reading.nation_label = row, label if labels[label] == 1 else here
            continue
        if said is None and units.is_county(label, code):
            _skip(reading, row, "län", label)
            continue
        if said is None and is_summary(label):
            _skip(reading, row, "summering", label)
            continue
        if row in counties and said is None:
            _ask_about_county(reading, units.match(label).unit, row, label, where)
            continue
        found = _unit(reading, units, label, code, said, doubtful, where)
        if found is None:
            continue
        unit, how, new = found
        if unit.enhet_id in seen:
            other = seen[unit.enhet_id]
            reading.wrong(
                "Enheten står två gånger",
                "Är den ena ett län, en rubrik eller en summa: skriv raden under hoppa_over i profilen, "
                f'till exempel hoppa_over: ["{here}"]. Är det en annan tabell under den första: '
                "ange sista. Annars: be avsändaren om en rättad fil.",
                **where,
                expected=f"varje enhet en gång; {unit.enhet} står också här: "
                f"{reading.at(other.row, layout.label_column)} ({show(other.label)})",
            )
            continue
        seen[unit.enhet_id] = UnitRow(row, label or unit.enhet, unit, how, new)
        if normal(here) in said_rows:
            reading.said_rows[here] = unit.enhet_id
    twice = [error for error in reading.errors if error.what.startswith("Enheten står två gånger")]
    if len(twice) > 2 * len(seen):
        reading.errors = [error for error in reading.errors if error not in twice]
        reading.wrong(
            "Varje enhet står på många rader: filen verkar ha en rad för varje svar",
            "Gör om tabellen till en "
            "rad för varje enhet och en kolumn för varje indikator, till exempel med en pivottabell, eller "
            "be avsändaren om en sådan.",
            priority=1,
            table=twice[0].table,
            value=twice[0].value,
            expected="en rad för varje enhet",
        )
    reading.units = list(seen.values())
    if not reading.units and not reading.questions and not reading.errors:
        reading.wrong(
            "Tabellen har inga enheter",
            "Kontrollera att det är rätt blad.",
            table=reading.table,
            expected="minst en kommun",
        )


def _rows_without_label(reading: Reading, labelled: set[int], skip: set[str]) -> None:
    """A row with values but no name is never left out unsaid."""
    layout = reading.layout
    values = [
        c.index for c in layout.columns if c.role != "ignorera" and c.label
    ]  # the others are asked about
    nameless: list[tuple[int, int]] = []
    for row in range(layout.first, layout.last + 1):
        filled = [c for c in values if layout.sheet.cells[row][c]]
        if row in labelled or not filled:
            continue
        here = row_ref(reading, row)
        if normal(here) in skip:
            _skip(reading, row, "enligt profilen", "")
            continue
        nameless.append((row, filled[0]))
    if nameless:
        row, column = nameless[0]
        kind = "kolumn" if layout.sheet.flipped else "rad"
        rows = ", ".join(f'"{row_ref(reading, row)}"' for row, _ in nameless)
        reading.wrong(
            f"En {kind} med värden saknar enhet"
            if len(nameless) == 1
            else f"{counted(len(nameless), kind, f'{kind}er')} med värden saknar enhet",
            f"Gäller {'den ingen enhet' if len(nameless) == 1 else 'de inga enheter'}, som kommentarer: skriv under "
            f"hoppa_over i profilen, hoppa_over: [{rows}]. Annars: be avsändaren om en rättad fil.",
            table=reading.at(row, column),
            value=layout.sheet.cells[row][column],
            expected=f"ett namn i {reading.at(row, layout.label_column)}",
        )


def row_ref(reading: Reading, row: int) -> str:
    """A row as the profile can name it: `rad 7`, or `kolumn G` where the units are columns."""
    sheet = reading.layout.sheet
    return f"{'kolumn' if sheet.flipped else 'rad'} {sheet.row_name(row)}"


def _skip(reading: Reading, row: int, why: str, label: str) -> None:
    reading.skipped.append((why, label))
    reading.skipped_rows.append((row, label))


def _labelled_rows(layout: Layout) -> list[tuple[int, str, str | None]]:
    """(row, label, SCB code) of every row that has a label or a code."""
    sheet = layout.sheet
    part_column = next((c.index for c in layout.columns if c.role == "stadsdel"), None)
    rows, county = [], ""
    for row in range(layout.first, layout.last + 1):
        label, code = sheet.cells[row][layout.label_column], None
        if layout.county_column is not None:  # a code that stands once for its county
            county = sheet.cells[row][layout.county_column] or county
        if layout.code_column is not None:
            code = joined_code(county, sheet.cells[row][layout.code_column])
        elif label.isdigit():
            code, label = region_code(label), ""
        if part_column is not None and sheet.cells[row][part_column]:
            label = f"{label}, {sheet.cells[row][part_column]}"
        if label or code:
            rows.append((row, label, code))
    return rows


def _with_sound_codes(reading: Reading, rows: list, units: UnitMatcher) -> list:
    """The rows, without their codes if most of them belong to others than the names say; that is
    one question."""
    layout = reading.layout
    named = [
        (row, label, code, unit)
        for row, label, code in rows
        if code and not units.names_county(label) and (unit := units.match(label).unit)
    ]
    against = [(row, label, code) for row, label, code, unit in named if unit.kommunkod != code]
    if len(against) < 2 or len(against) * 2 <= len(named):
        empty = {row for row, _, code in against if layout.county_column is not None and len(code) == 2}
        return [(row, label, None if row in empty else code) for row, label, code in rows]
    row, label, code = against[0]
    columns = [c for c in layout.columns if c.role in ("lanskod", "kommunkod")]
    own = {c.role: show(layout.name_of(c)) for c in columns}
    ignored = ", ".join(f"{show(layout.name_of(c))}: ignorera" for c in columns)
    halves = all(len(code) <= 2 for *_, code in against)
    reading.ask(
        f"Koderna i kolumnen {own['kommunkod']} hör inte ihop med namnen på {len(against)} av {len(named)} rader",
        "kolumner",
        f"{ignored}, om namnen räcker."
        + (
            " Står länets två siffror i en annan kolumn: dess rubrik: lanskod."
            if halves and len(own) == 1
            else ""
        )
        + " Annars: be avsändaren om en rättad fil",
        priority=2,
        table=reading.at(row, layout.code_column),
        value=code,
        row_label=label,
        expected=f"{units.match(label).unit.kommunkod}, SCB:s kod för kommunen",
    )
    return [(row, label, None) for row, label, _ in rows]


def _perhaps_counties(reading, rows, units: UnitMatcher, skip: set[str], said_rows: dict) -> set[int]:
    """Rows with a bare name that a county and a municipality share, in a file that has counties
    written so, or the name twice. What the profile says about one row settles the other."""

    def stated(row: int) -> bool:
        return normal(row_ref(reading, row)) in skip | set(said_rows)

    bare = [
        (row, normal(label))
        for row, label, code in rows
        if units.names_county(label) and (code is None or code not in units.by_code)
    ]
    only_county = any(units.is_county(label) and not normal(label).endswith(" län") for _, label, _ in rows)
    open_rows = Counter(name for row, name in bare if not stated(row))
    settled = {name for row, name in bare if stated(row)}
    return {
        row
        for row, name in bare
        if not stated(row)
        and name in units.names
        and (open_rows[name] > 1 or only_county and name not in settled)
    }


def _ask_about_county(reading: Reading, unit: Unit | None, row: int, label: str, where: dict) -> None:
    sheet, column, here = reading.layout.sheet, reading.layout.label_column, row_ref(reading, row)
    around = [
        show(sheet.cells[r][column])
        for r in (row - 1, row + 1)
        if reading.layout.first <= r <= reading.layout.last and sheet.cells[r][column]
    ]
    known = unit.enhet_id if unit else "enhet_id"
    reading.ask(
        f"{show(label)} kan vara länet eller kommunen",
        "hoppa_over",
        f'["{here}"] om raden är länet. Är den kommunen: skriv "{here}": {known} under enheter.',
        **where,
        expected=f"ett besked om raden; den står vid {swedish_list(around) or 'inga andra'}",
    )


def _unit(reading, units: UnitMatcher, label, code, said, doubtful, where):
    """(unit, how, new) of one row, or None if it is skipped or asked about."""
    if said is not None and said != ASK:
        if isinstance(said, dict) and said.get("typ") == "kommun":
            return _new_municipality(reading, units, said, where)
        if isinstance(said, dict):
            unit = Unit(said["enhet_id"], said["enhet"], "stadsdel", str(said["kommunkod"]).zfill(4))
            if unit.kommunkod not in units.by_code:
                reading.wrong(
                    "Stadsdelens kommunkod finns inte",
                    "Rätta koden i profilen.",
                    **where,
                    expected="en av SCB:s kommunkoder",
                )
                return None
            return unit, "ny stadsdel enligt profilen", unit.enhet_id not in units.by_id
        if said not in units.by_id:
            reading.wrong(
                "Profilen pekar på en enhet som inte finns",
                f"Rätta {show(str(said))} i profilen.",
                **where,
                expected="ett enhet_id ur registret",
            )
            return None
        return units.by_id[said], "enligt profilen", False
    if reading.strict and label:
        reading.wrong(
            "Etiketten har ingen känd betydelse",
            "Återställ filen och data/reference/etiketter.csv ur git.",
            **where,
            expected="en etikett i data/reference/etiketter.csv",
        )
        return None
    found = units.match(label, code)
    if found.unit and label not in doubtful:
        return found.unit, found.how, False
    if label in doubtful:
        others = sorted(units.by_id[i].enhet for i in units.folds[_fold(found.unit.enhet)])
        problem = f"filen saknar å, ä och ö, så namnet kan vara {swedish_or(others)}"
        suggestions = tuple(units.by_id[i] for i in sorted(units.folds[_fold(found.unit.enhet)]))
    else:
        problem, suggestions = found.problem, found.suggestions
    near = swedish_or([f"{unit.enhet} ({unit.enhet_id})" for unit in suggestions]) or "ingen känd liknar den"
    reading.ask(
        f"Okänd enhet: {problem}",
        "enheter",
        f"{show(label)}: enhet_id. Är raden ingen enhet: skriv den under "
        "hoppa_over; är den riket: under riket. Är det en ny stadsdel: ange enhet_id, enhet och kommunkod. Är det en kommun som "
        "registret inte har: ange typ: kommun, enhet och kommunkod.",
        **where,
        expected=f"en kommun eller stadsdel i registret; närmast: {near}",
    )
    return None


def _new_municipality(reading: Reading, units: UnitMatcher, said: dict, where: dict):
    """A municipality the register lacks: its county is that of its code."""
    code = str(said["kommunkod"]).zfill(4)
    unit = Unit(unit_id(said["enhet"]), said["enhet"], "kommun", code)
    taken = units.by_code.get(code) or units.by_id.get(unit.enhet_id)
    if taken or code[:2] not in units.counties:
        reading.wrong(
            "Den nya kommunen går inte att lägga till i registret",
            "Rätta posten under enheter i profilen. Finns kommunen redan: ange bara dess enhet_id.",
            **where,
            expected=f"en kod som ingen har; {code} är {taken.enhet}"
            if taken and taken.kommunkod == code
            else f"ett namn som ingen har; {taken.enhet} har {taken.kommunkod}"
            if taken
            else f"en kod vars två första siffror är ett län, inte {code}",
        )
        return None
    return unit, "ny kommun enligt profilen", True


def _fold(name: str) -> str:
    from ojbrottsoffer.importer.meaning.units import folded

    return folded(name)


def _background(reading: Reading) -> None:
    layout = reading.layout
    for column in layout.columns:
        if column.role in ("befolkningsgrupp", "omrade", "antal_ja", "placering"):
            if any(role == column.role for _, role in reading.background):
                reading.wrong(
                    "Två kolumner är samma sak",
                    "Skriv den som inte ska läsas under "
                    f"kolumner i profilen, till exempel {show(layout.name_of(column))}: ignorera.",
                    table=reading.at(layout.header_rows[-1], column.index),
                    value=column.label,
                    expected=f"en kolumn för {column.role}",
                )
                continue
            for unit in reading.units:
                place = _place(reading, unit, column)
                area = (
                    layout.sheet.merged.get((unit.row, column.index)) if column.role == "placering" else None
                )
                if area and not place.text:  # a placing over several rows is shared by them
                    place = replace(place, text=area.text)
                reading.background[unit.unit.enhet_id, column.role] = place
    _empty_totals(reading)


def _empty_totals(reading: Reading) -> None:
    """A total that is gone can't be compared, so its absence must be explained."""
    if "tom" in {key_of(mark) for mark in reading.profile.saknas}:
        return
    empty = [
        place for (_, role), place in reading.background.items() if role == "antal_ja" and not place.text
    ]
    if empty:
        reading.ask(
            f"Antal ja saknas för {counted(len(empty), 'enhet', 'enheter')}",
            "saknas",
            f'"tom": {REASONS}',
            table=empty[0].where,
            value="",
            expected="ett heltal för varje enhet, eller ett besked",
        )


def _numbers(reading: Reading) -> None:
    """The numbers beside the answers: population groups and totals, as the public tables take them."""
    group = TABLES["enheter_ar"].column("befolkningsgrupp")
    asked = len(reading.indicators)
    open_questions = any(q.what.startswith("Okänd indikator") for q in reading.questions)
    _numbers_of(
        reading,
        "befolkningsgrupp",
        "Befolkningsgruppen",
        lambda n: str(n) in group.codes.codes,
        group.expected(),
    )
    # What counts more questions than the file has can't be compared with the file's answers.
    _numbers_of(
        reading,
        "antal_ja",
        "Antal ja",
        lambda n: open_questions or n <= asked,
        "ett heltal" if open_questions else f"ett heltal från 0 till {asked}, filens antal indikatorer",
    )
    without = [
        (unit.label, reading.background[unit.unit.enhet_id, "befolkningsgrupp"].ref)
        for unit in reading.units
        if (unit.unit.enhet_id, "befolkningsgrupp") in reading.background.keys() - reading.numbers.keys()
    ]
    if without and len(without) < len(reading.units):
        reading.notes.append(
            f"Befolkningsgrupp saknas för {counted(len(without), 'enhet', 'enheter')} men finns för de "
            f"andra: {doubts.cut([f'{label} (cell {ref})' for label, ref in without])}."
        )


def _numbers_of(
    reading: Reading, role: str, name: str, possible: Callable[[int], bool], expected: str
) -> None:
    column = next((c for c in reading.layout.columns if c.role == role), None)
    wrong: list[tuple[UnitRow, Place]] = []
    unknown: dict[str, list[Place]] = defaultdict(list)
    for unit in reading.units:
        place = reading.background.get((unit.unit.enhet_id, role))
        if place is None or not place.text:
            continue
        number, key = whole_number(place.text), key_of(place.text)
        meaning = coding({place.text}, reading.profile).find(place.text)
        if number is not None and possible(number):
            reading.numbers[unit.unit.enhet_id, role] = number
        elif meaning is not None and meaning.code is None:
            continue
        elif key in MARKS:
            unknown[key].append(place)
        else:
            wrong.append((unit, place))
    for key, places in unknown.items():
        _ask_about_mark(reading, key, places, f"i kolumnen {show(column.label)}", expected)
    if wrong:
        unit, place = wrong[0]
        values = list(dict.fromkeys(place.text for _, place in wrong))
        reading.wrong(
            f"{name} går inte att använda i {counted(len(wrong), 'cell', 'celler')}",
            RESTORE
            if reading.strict
            else "Är det ett skrivfel: be avsändaren om en rättad fil. Är kolumnen "
            f"något annat: skriv den under kolumner i profilen ({show(column.label)}: ignorera). Betyder "
            f'värdet att uppgiften saknas: skriv det under saknas, "{key_of(values[0])}": {REASONS}.',
            table=place.where,
            row_label=unit.label,
            column=column.label,
            value=doubts.cut(values),
            expected=expected,
        )


def _ask_about_mark(reading: Reading, key: str, places: list[Place], where: str, expected: str) -> None:
    """A question about a mark outside the answers, unless they have asked about it."""
    known = reading.coding or Coding({})
    if key in known.open:
        return
    reading.ask(
        f"Vad betyder {shown_mark(places[0].text)} {where}? "
        f"Den finns i {counted(len(places), 'cell', 'celler')}",
        "saknas",
        f'"{key}": {REASONS}',
        table=places[0].where,
        value=places[0].text,
        expected=f"{expected}, eller ett besked: i svensk "
        "statistik kan – betyda noll och .. eller X att uppgiften är dold",
    )
    reading.coding = replace(known, open=(*known.open, key))


def _place(reading: Reading, unit: UnitRow, column: TableColumn) -> Place:
    sheet = reading.layout.sheet
    ref = sheet.ref(unit.row, column.index)
    digits = "".join(ch for ch in ref if ch.isdigit())
    return Place(
        ref, int(digits or 0), sheet.cells[unit.row][column.index], sheet.where(unit.row, column.index)
    )


def _indicator_columns(reading: Reading, indicators: IndicatorMatcher) -> None:
    layout = reading.layout
    seen: dict[str, IndicatorColumn] = {}
    _ask_about_unlabelled(reading, [column for column in layout.indicators if not column.label])
    skip = {normal(label) for label in reading.profile.hoppa_over}
    said_plain = {plain(label): item for label, item in reading.profile.indikatorer.items()}
    for column in layout.indicators:
        cell = reading.at(layout.header_rows[-1] if layout.header_rows else layout.first, column.index)
        if not column.label:
            continue
        if normal(column.label) in skip:
            reading.skipped.append(("enligt profilen", column.label))
            continue
        # An accepted label is known to the letter; only a new file may spell it in another way.
        said = reading.profile.indikatorer.get(column.label)
        if said is None and not reading.strict:
            said = said_plain.get(plain(column.label)) or said_plain.get(plain(" / ".join(column.path)))
        known = _said_indicator(said) or (
            Known(None) if reading.strict else indicators.match(column.label, column.path)
        )
        if known.indikator_id is None:
            alike = [c.index for c in layout.indicators if c.label == column.label]
            if column.index != alike[0]:
                continue
            near = ", ".join(map(str, known.suggestions))
            reading.above[column.label] = column.path
            headings = swedish_list([show(text) for text in column.path if text != column.label])
            reading.ask(
                "Okänd indikator"
                + (f" under {headings}" if headings and column.label in column.path else "")
                + (f" i {len(alike)} kolumner med samma rubrik" if alike[1:] else ""),
                "indikatorer",
                f"{show(column.label, 120)}: indikator_id, eller id, samband och det som hör "
                "till en ny. Är kolumnen ingen indikator: skriv den under kolumner "
                "(rubrik: ignorera).",
                table=cell,
                value=column.label,
                expected="en etikett som någon utgåva har; närmast: " + (near or "ingen känd liknar den"),
            )
            continue
        if known.indikator_id in seen:
            other = seen[known.indikator_id]
            reading.wrong(
                "Indikatorn står två gånger",
                "Ange i profilen vad den ena betyder, under "
                "indikatorer. Är den ena ingen indikator: skriv den under kolumner (rubrik: ignorera).",
                table=cell,
                value=column.label,
                expected=f"varje indikator en gång; {known.indikator_id} står också i kolumn "
                f"{layout.sheet.column_name(other.column.index)} ({show(other.label)})",
            )
            continue
        seen[known.indikator_id] = IndicatorColumn(
            column, column.label, known.indikator_id, known.how, said if isinstance(said, dict) else None
        )
    reading.indicators = list(seen.values())
    if not reading.open_years:
        _ask_about_other_years(reading)


def _ask_about_unlabelled(reading: Reading, columns: list[TableColumn]) -> None:
    """Columns with values and no heading: of no question, or with headings that stand elsewhere."""
    if not columns:
        return
    layout, first = reading.layout, columns[0].index
    texts = list(
        dict.fromkeys(
            text for row in range(layout.first, layout.last + 1) if (text := layout.sheet.cells[row][first])
        )
    )
    ignored = ", ".join(f'"{place_name(layout.sheet, column.index)}": ignorera' for column in columns)
    reading.ask(
        "En kolumn med värden saknar rubrik"
        if len(columns) == 1
        else f"{len(columns)} kolumner med värden saknar rubrik",
        "kolumner",
        f"{{{ignored}}}, om det inte är svar på en fråga, som en rad som bara skiljer Svar från Kommentar. "
        "Är det svar: ange under rubrikrader var rubrikerna står, eller be avsändaren om en rättad fil",
        table=reading.at(layout.header_rows[-1] if layout.header_rows else layout.first, first),
        value=doubts.cut(texts),
        expected="en indikators etikett över kolumnen",
    )


def _ask_about_years(reading: Reading) -> dict[str, str]:
    """The same questions under several years are one question. Returns the answer that is taken until
    there is one, as in `kolumner` of the profile."""
    layout, under = reading.layout, defaultdict(list)
    for column in layout.indicators:
        for year in {match[1] for text in column.path if (match := YEAR_HEADING.fullmatch(text.casefold()))}:
            under[year].append(column)
    asked = {
        year: {
            tuple(text for text in column.path if not YEAR_HEADING.fullmatch(text.casefold()))
            for column in columns
        }
        for year, columns in under.items()
    }
    years = sorted(
        year for year in under if any(asked[year] & asked[other] for other in under if other != year)
    )
    said = {plain(label) for label in reading.profile.indikatorer}
    if len(years) < 2 or any(
        {plain(c.label), plain(" / ".join(c.path))} & said for year in years for c in under[year]
    ):
        return {}
    read = str(reading.ar) if str(reading.ar) in years else years[-1]
    headings = {
        year: next(text for text in under[year][0].path if YEAR_HEADING.fullmatch(text.casefold()))
        for year in years
    }
    others = [year for year in years if year != read]
    known = read == str(reading.ar)
    reading.open_years = (
        dict.fromkeys([headings[year] for year in others], "ignorera")
        if known
        else (dict.fromkeys(headings.values(), ASK))
    )
    ignored = ", ".join(f'"{headings[year]}": ignorera' for year in others)
    counts = swedish_list([f"{year} ({counted(len(under[year]), 'kolumn', 'kolumner')})" for year in years])
    first = under[read][0]
    reading.ask(
        f"Samma frågor står under flera år: {counts}",
        "kolumner",
        f"{ignored}, så läses svaren under {headings[read]}"
        + ("" if known else f". Inget av åren är {reading.ar}: läs in filen med rätt --ar"),
        table=reading.at(layout.header_rows[-1], first.index),
        value=swedish_list(list(headings.values())),
        priority=2,
        expected=f"svar för ett år, {reading.ar}" if reading.ar else "svar för ett år",
    )
    return {headings[year]: "ignorera" for year in others}


def _ask_about_other_years(reading: Reading) -> None:
    """A heading that is a year, but not the one that is read, over a question that nobody has confirmed."""
    found: dict[str, list[IndicatorColumn]] = defaultdict(list)
    for item in reading.indicators:
        if item.how.startswith("enligt profilen") or reading.ar is None:
            continue
        if years := _years_over(item, reading.ar) - set(reading.profile.andra_ar):
            found[swedish_list(sorted(years))].append(item)
    for year, items in found.items():
        first, layout = items[0].column, reading.layout
        over = next(
            text
            for text in first.path
            if other_years(text, reading.ar)
            and (text != items[0].label or YEAR_HEADING.fullmatch(text.casefold()))
        )
        row = next(row for row in layout.header_rows if over in layout.sheet.cells[row])
        others = [layout.sheet.row_name(r) for r in layout.header_rows if r != row]
        reading.ask(
            f"Rubriken över {counted(len(items), 'indikator', 'indikatorer')} säger {year}, men filen läses som "
            f"{reading.ar}",
            _place_key(layout, "rubrikrader"),
            f"[{', '.join(others)}], utan raden med året, om svaren ändå gäller "
            f"{reading.ar}; eller andra_ar: [{year.replace(' och', ',')}]. Gäller de {year}: skriv kolumnen under kolumner (rubrik: ignorera), eller kör om med rätt --ar",
            table=reading.at(row, first.index),
            column=items[0].label,
            value=year,
            priority=2,
            expected=f"svar som gäller {reading.ar}, eller ett besked",
        )


def _years_over(item: IndicatorColumn, ar: int) -> set[str]:
    """Other years in the headings over a question: those that are headings of their own decide."""
    own = {match[1] for text in item.column.path if (match := YEAR_HEADING.fullmatch(text.casefold()))}
    if own:
        return own - {str(ar)} if str(ar) not in own else set()
    above = [text for text in item.column.path if text != item.label]
    return (
        set()
        if any(str(ar) in YEAR.findall(text) for text in above)
        else {year for text in above for year in other_years(text, ar)}
    )


def _said_indicator(said: object) -> Known | None:
    if isinstance(said, dict):
        return Known(said["id"], f"enligt profilen ({said.get('samband', 'samma')})")
    if isinstance(said, str) and said != ASK:
        return Known(said, "enligt profilen")
    return None


def _answers(reading: Reading) -> None:
    doubts.check_own_codes(reading)
    cells = doubts.answer_cells(reading)
    if doubts.is_empty_table(reading, cells):
        return
    filled = sum(doubts.fill_of(reading, unit, column) != "" for unit, column, _ in cells)
    with_text = sum(1 for _, _, text in cells if text)
    reading.by_colour = bool(cells) and filled * 2 > len(cells) and with_text * 20 < len(cells)
    if reading.by_colour:
        _colour_answers(reading, cells)
    else:
        _text_answers(reading, cells)
    doubts.colours_against_text(reading, cells)
    doubts.without_answers(reading, cells)


def _text_answers(reading: Reading, cells: list) -> None:
    """The answers of marks; before that those of columns and colours the profile explains."""
    coloured = doubts.coloured_empties(reading, cells)
    plain_cells = []
    for unit, column, text in cells:
        place = (unit.row, column.column.index)
        answer = coloured.get(place) or doubts.own_codes(reading, column).get(key_of(text))
        if answer is not None:
            reading.answers[unit.unit.enhet_id, column.indikator_id] = (
                answer,
                _place(reading, unit, column.column),
            )
        elif place not in coloured:
            plain_cells.append((unit, column, text))
    reading.marks = Counter(text for _, _, text in plain_cells)
    noted = Counter({text: n for text, n in reading.marks.items() if without_footnote(text) != text})
    if noted:
        reading.notes.append(
            f"Fotnotstecken och skiljetecken efter {noted.total()} svar är inte lästa ("
            + ", ".join(f"”{text}”" for text, _ in noted.most_common(5))
            + "). Läs noterna i filen: de kan ändra vad svaren betyder."
        )
    reading.coding = codings.as_explained(reading, coding(set(reading.marks), reading.profile))
    _ask_about_marks(reading, plain_cells)
    _mixed_columns(reading, plain_cells)
    codings.ask_about_columns_without_a_code(reading, plain_cells)
    for unit, column, text in plain_cells:
        answer = reading.coding.find(text)
        if answer is not None:
            reading.answers[unit.unit.enhet_id, column.indikator_id] = (
                answer,
                _place(reading, unit, column.column),
            )


def _ask_about_marks(reading: Reading, cells) -> None:
    counts: Counter = Counter()
    first: dict[str, tuple] = {}
    for unit, column, text in cells:
        counts[key_of(text)] += 1
        first.setdefault(key_of(text), (unit, column, text))
    asked = codings.asked_about(reading)
    open_marks = tuple(mark for mark in reading.coding.open if mark not in asked)
    numbers = [mark for mark in open_marks if mark.isdigit()]
    if set(numbers) and set(numbers) <= {"0", "1"}:
        unit, column, _ = first[numbers[-1]]
        reading.ask(
            "Filen har bara koderna 1 och 0" if len(numbers) == 2 else f"Filen har bara koden {numbers[0]}",
            "koder",
            '"1": Ja och "0": Nej, om det är så (i den vanliga kodningen är 2 Ja, 1 Delvis och 0 Nej)',
            table=reading.at(unit.row, column.column.index),
            priority=3,
            value=", ".join(f"{m} ({counted(counts[m], 'cell', 'celler')})" for m in numbers),
            expected="2 = Ja, 1 = Delvis, 0 = Nej, eller ett besked i profilen",
        )
        open_marks = tuple(mark for mark in open_marks if mark not in numbers)
    elif set(numbers) == {"1", "2"} and "0" not in counts:
        codings.only_one_and_two(reading, counts, first["1"])
        open_marks = tuple(mark for mark in open_marks if mark not in numbers)
    for mark in open_marks:
        unit, column, text = first[mark]
        where = {
            "table": reading.at(unit.row, column.column.index),
            "value": text,
            "row_label": unit.label,
            "column": column.label,
        }
        if mark == ABSENT:
            reading.ask(
                f"En enhet finns inte i alla tabeller; {counts[mark]} svar saknar rad",
                "saknas",
                f'"{ABSENT}": {REASONS}',
                **where,
                expected="varje enhet i varje tabell, eller ett besked",
            )
        elif mark in MARKS or mark == "tom":
            reading.ask(
                f"Vad betyder {shown_mark(text)}? Den finns i {counted(counts[mark], 'cell', 'celler')}",
                "saknas",
                f'"{mark}": {REASONS}. Betyder tecknet ett svar: skriv det under koder.',
                **where,
                expected="ett besked: i svensk statistik kan – betyda noll och .. eller X "
                "att uppgiften är dold",
            )
        else:
            explained = (
                "Tecken som inte syns hör inte till svaret. "
                if show(mark) != f"”{mark}”"
                else f'Ange i profilen vad den betyder: koder: {{"{mark}": {meaning(mark) or "…"}}} (Ja, Delvis eller Nej), '
                f'eller saknas: {{"{mark}": …}} med en orsak. '
            )
            reading.wrong(
                f"Okänd kod {shown_mark(text)} i {counted(counts[mark], 'cell', 'celler')}",
                f"{explained}Är den ett skrivfel: be avsändaren om en rättad fil.",
                **where,
                expected="2 (Ja), 1 (Delvis), 0 (Nej), Ja, Delvis eller Nej",
            )


def _mixed_columns(reading: Reading, cells) -> None:
    if reading.profile.blandad_kodning:
        return
    styles: dict[str, dict[str, tuple]] = defaultdict(dict)
    for unit, column, text in cells:
        style = style_of(text)
        if style:
            styles[column.indikator_id].setdefault(style, (unit, column, text))
    mixed = [found for found in styles.values() if len(found) > 1]
    if mixed:
        word, code = mixed[0]["ord"], mixed[0]["kod"]
        unit, column, text = code
        reading.wrong(
            "Blandad kodning: både ord och siffror i samma kolumn"
            + (f" (och i {counted(len(mixed) - 1, 'kolumn', 'kolumner')} till)" if len(mixed) > 1 else ""),
            "Be avsändaren om en rättad fil. Betyder siffrorna detsamma som orden: skriv "
            "blandad_kodning: true i profilen och koderna under koder.",
            table=reading.at(unit.row, column.column.index),
            value=text,
            column=column.label,
            expected=f"samma slags svar i hela kolumnen, som ”{word[2]}” i cell "
            f"{reading.layout.sheet.ref(word[0].row, column.column.index)}",
        )


def _colour_answers(reading: Reading, cells) -> None:
    unclear: dict[str, tuple] = {}
    for unit, column, text in cells:
        colour = doubts.fill_of(reading, unit, column)
        if text:
            answer = coding({text}, reading.profile).find(text)
        elif not colour:
            answer = coding({""}, reading.profile).find("")
        else:
            answer = colour_answer(colour, reading.profile)
        reading.colours[text and f"”{text}”" or colour or "ingen färg"] += 1
        if answer is None:
            unclear.setdefault(text or colour, (unit, column, text))
            if colour and not text and colour not in reading.open_colours:
                reading.open_colours.append(colour)
            continue
        reading.answers[unit.unit.enhet_id, column.indikator_id] = (
            answer,
            _place(reading, unit, column.column),
        )
    for mark, (unit, column, text) in unclear.items():
        key, example = (
            ("koder eller saknas", f'"{text}": Ja, Delvis eller Nej, eller {REASONS}')
            if text
            else (
                ("farger", f'"{mark}": Ja, Delvis, Nej eller en orsak; ignorera om cellen är tom')
                if mark
                else ("saknas", f'"tom": {REASONS}')
            )
        )
        reading.ask(
            f"Vad betyder färgen {mark}?"
            if mark and not text
            else f"Vad betyder {shown_mark(text)} utan färg?",
            key,
            example,
            table=reading.at(unit.row, column.column.index),
            row_label=unit.label,
            column=column.label,
            value=mark,
            expected="grön, gul eller röd fyllning, eller ett besked",
        )
    reading.notes.append(
        "VARNING: svaren är lästa ur cellernas färg. Kontrollera några enheter mot filen; "
        "en färg som bara är villkorsstyrd formatering syns inte för läsaren."
    )


def _nation_row(reading: Reading) -> None:
    if reading.nation is None:
        return
    row = UnitRow(reading.nation, reading.nation_label, Unit("riket", "Riket", "riket", ""), "")
    cells = [
        (column.indikator_id, "alla", _place(reading, row, column.column)) for column in reading.indicators
    ]
    cells = [cell for cell in cells if cell[2].text != ABSENT]
    if not codings.shares_are_counts(reading, cells):
        _shares(reading, cells)


def _national_table(reading: Reading, indicators: IndicatorMatcher, reference: Reference) -> None:
    layout, profile = reading.layout, reading.profile
    called = _share_columns(reading)
    columns = called or maybe_shares(layout, profile)
    if len(called) != 1:
        reading.open_headings = [layout.name_of(column) for column in columns]
        reading.ask(
            f"{'Flera kolumner kan vara andelen' if called else 'Ingen kolumn heter Andel ja. Det här kan vara andelen'}: "
            f"{_shown_columns(layout, columns)}",
            "kolumner",
            _which_columns(reading, columns, "andel"),
            value=columns[0].label if columns else "",
            table=reading.at((layout.header_rows or (layout.first,))[-1], columns[0].index)
            if columns
            else reading.table,
            expected="en kolumn med rikets andel",
        )
        return
    ask_about_other_shares(reading, columns[0])
    part_column = next((c for c in layout.columns if c.role == "delmangd"), None)
    said_plain = {plain(label): item for label, item in profile.indikatorer.items()}
    parts = {row.etikett: row for row in reference.etiketter_riket.itertuples()}
    skip = {normal(label) for label in profile.hoppa_over}
    cells, seen, above = [], {}, ""
    for row in range(layout.first, layout.last + 1):
        label = layout.sheet.cells[row][layout.label_column]
        text = layout.sheet.cells[row][columns[0].index]
        part_text = layout.sheet.cells[row][part_column.index] if part_column else ""
        if not label and part_text:  # the label of merged cells stands in the first of its rows
            label = above
        above = label
        if not label and text and normal(row_ref(reading, row)) not in skip:
            reading.wrong(
                "En rad med andel saknar indikator",
                "Skriv raden under hoppa_over i profilen, till exempel "
                f'hoppa_over: ["{row_ref(reading, row)}"], eller be avsändaren om en rättad fil.',
                table=reading.at(row, columns[0].index),
                value=text,
                expected="en indikator",
            )
        if not label or normal(label) in skip or normal(row_ref(reading, row)) in skip:
            continue
        place = _place(reading, UnitRow(row, label, Unit("riket", "Riket", "riket", ""), ""), columns[0])
        known = _said_indicator(said_plain.get(plain(label))) or indicators.match(label)
        part = unit_id(part_text) or "alla"
        if label in parts and known.indikator_id is None:
            known = Known(parts[label].indikator_id, "samma etikett")
            part = parts[label].delmangd
        where = {"table": reading.at(row, layout.label_column), "value": label}
        if known.indikator_id is None and is_summary(label):
            reading.notes.append(f"Raden {show(label)} är en summering och lästes inte.")
            continue
        if known.indikator_id is None:
            if text:
                near = ", ".join(map(str, known.suggestions)) or "ingen känd liknar den"
                reading.ask(
                    "Okänd indikator",
                    "indikatorer",
                    f"{show(label, 120)}: indikator_id. Är raden "
                    "ingen indikator: skriv den under hoppa_over.",
                    **where,
                    expected=f"en etikett som någon utgåva har; närmast: {near}",
                )
            continue
        if part not in DELMANGD.codes:
            reading.wrong(
                "Okänd delmängd",
                "Är det ett skrivfel: be avsändaren om en rättad fil. Är delen ny: "
                "lägg till den i kodlistan DELMANGD i schema/codes.py.",
                table=reading.at(row, part_column.index),
                value=part_text,
                expected=swedish_or(list(DELMANGD.codes)),
            )
            continue
        if (known.indikator_id, part) in seen:
            reading.wrong(
                "Indikatorn står två gånger",
                "Ange delmängden i en kolumn (kolumner: rubrik: "
                "delmangd) eller skriv den ena raden under hoppa_over.",
                **where,
                expected=f"varje indikator en gång; den står också i cell {seen[known.indikator_id, part]}",
            )
            continue
        seen[known.indikator_id, part] = place.ref
        cells.append((known.indikator_id, part, place))
        reading.indicators.append(
            IndicatorColumn(TableColumn(row, label, ()), label, known.indikator_id, known.how)
        )
    _shares(reading, cells)
    if reading.shares and all(value is None for value, _ in reading.shares.values()):
        reading.wrong(
            "Tabellen har inte en enda andel",
            "Kontrollera att det är rätt blad och rätt kolumn.",
            table=cells[0][2].where,
            value=cells[0][2].text,
            expected="minst en andel, till exempel 69 %",
        )


def _share_columns(reading: Reading) -> list[TableColumn]:
    return _of_the_year(reading, "andel")


def _years(column: TableColumn) -> set[str]:
    """The years in the headings of a column."""
    return {year for text in (column.label, *column.path) for year in YEAR.findall(text)}


def _of_the_year(reading: Reading, role: str) -> list[TableColumn]:
    """The columns with shares, or placings: those of the year that is read, in a table with many years."""
    layout = reading.layout
    columns = [c for c in layout.columns if c.role == role]
    years = {c.index: _years(c) for c in columns}
    own = [c for c in columns if str(reading.ar) in years[c.index]]
    said = any(said_role(layout.sheet, c, reading.profile) for c in columns)
    if (
        role == "andel"
        and len(columns) == 1
        and reading.ar
        and years[columns[0].index]
        and not own
        and not said
    ):
        reading.ask(
            f"Kolumnen {show(columns[0].label)} gäller ett annat år än {reading.ar}",
            "kolumner",
            f"{columns[0].label}: andel, om den gäller {reading.ar}; annars: läs in filen med rätt --ar",
            table=reading.at((reading.layout.header_rows or (reading.layout.first,))[-1], columns[0].index),
            value=columns[0].label,
            expected=f"andelar för {reading.ar}",
            priority=2,
        )
    if len(columns) < 2 or len(own) != 1 or not all(years.values()) or said:
        return columns
    others = [c for c in columns if c not in own]
    reading.notes.append(
        f"Läser kolumnen {show(own[0].label)}. Kolumnerna för andra år är inte lästa: "
        + ", ".join(c.label for c in others)
        + ". Läs in dem var för sig med sitt --ar."
    )
    reading.layout = replace(
        layout, columns=tuple(replace(c, role="ignorera") if c in others else c for c in layout.columns)
    )
    return own


def _shown_columns(layout: Layout, columns: list[TableColumn]) -> str:
    """The headings of columns, with the letter of those that are called as another is."""
    return swedish_list(
        [show(c.label) + (f" ({name})" if (name := layout.name_of(c)) != c.label else "") for c in columns]
    )


def _which_columns(reading: Reading, columns: list[TableColumn], role: str) -> str:
    """The lines of the profile that choose one of the columns: that of the year, if only one is."""
    layout = reading.layout
    right = [c for c in columns if str(reading.ar) in _years(c)]
    ignored = [f"{show(layout.name_of(c))}: ignorera" for c in columns if c not in right]
    if len(right) == 1 and ignored:
        return f"{show(layout.name_of(right[0]))}: {role} och {', '.join(ignored)}, om den som gäller {reading.ar} är den rätta"
    return f"rubrik: {role} för den rätta och rubrik: ignorera för de andra"


def _shares(reading: Reading, cells: list[tuple[str, str, Place]]) -> None:
    """The nation's shares in percent; fractions only if the profile says so."""
    profile = reading.profile
    if codings.shares_are_answers(reading, cells):
        return
    parsed, unknown = [], defaultdict(list)
    for indicator, part, place in cells:
        value = share(place.text)
        missing = coding({place.text}, profile).find(place.text)
        if value is None and missing is not None and missing.code is None:
            parsed.append((indicator, part, place, None))
        elif value is None and key_of(place.text) in MARKS | {EMPTY}:
            unknown[key_of(place.text)].append(place)
        elif value is None:
            reading.wrong(
                "Rikets andel går inte att tolka",
                "Saknas andelen: ange tecknet under saknas i "
                "profilen. Är raden inte andelar: skriv den under hoppa_over. Annars: be avsändaren om en rättad fil.",
                table=place.where,
                value=place.text,
                expected="en andel, till exempel 69, 69 % eller 0,69",
            )
        else:
            parsed.append((indicator, part, place, value))
    for mark, places in unknown.items():
        _ask_about_mark(
            reading, mark, places, "bland rikets andelar", "en andel, till exempel 69, 69 % eller 0,69"
        )
    given = [(place, value) for _, _, place, value in parsed if value is not None]
    bare = [(place, value) for place, value in given if not _says_percent(place.text)]
    numbers = [value for _, value in bare]
    if len([value for value in numbers if 0 < value < 1]) > 1 and max(numbers) > 1 and profile.andel is None:
        reading.ask(
            "Rikets andelar utan procenttecken är både över och under 1",
            "andel",
            "procent (0,69 betyder mindre än en procent) eller brak (det som är högst 1 är bråk: 0,69 "
            "betyder 69 procent, det andra är procent)",
            table=bare[0][0].where,
            value=", ".join(place.text for place, value in bare if value < 1)[:80],
            expected="andelar skrivna på ett sätt, eller ett besked",
        )
    elif numbers and max(numbers) <= 1 and any(numbers) and profile.andel is None:
        mixed = len(bare) < len(given)
        reading.ask(
            f"{counted(len(bare), 'andel', 'andelar')} utan procenttecken är högst 1, bland andra med procenttecken"
            if mixed
            else "Rikets andelar är alla högst 1",
            "andel",
            "brak (0,69 betyder 69 procent) eller procent"
            + mixed * ". Det gäller bara dem utan procenttecken",
            table=bare[0][0].where,
            value=bare[0][0].text,
            expected="andelar i procent, eller ett besked",
        )
    factor = 100 if profile.andel == "brak" else 1
    mixed_bare = any(value >= SURELY_PERCENT for value in numbers)
    for indicator, part, place, value in parsed:
        whole = mixed_bare and value is not None and value >= SURELY_PERCENT
        percent = (
            None if value is None else round(value * (1 if whole or _says_percent(place.text) else factor), 6)
        )
        if percent is not None and percent > 100:
            reading.wrong(
                "Rikets andel är mer än 100 procent",
                "Kontrollera cellen i filen; är andelarna "
                "skrivna som procent: skriv andel: procent i profilen.",
                table=place.where,
                value=place.text,
                expected="en andel från 0 till 100",
            )
        reading.shares[indicator, part] = (percent, place)


SURELY_PERCENT = 2
"""A share from here on is no fraction, also in a file where others are."""


def _says_percent(text: str) -> bool:
    return text.strip().casefold().endswith(("%", "procent"))


def whole_percent(percent: float) -> int:
    """Rounded half up, as Swedish tables are."""
    return math.floor(percent + 0.5)


def _placing_column(reading: Reading) -> None:
    """The column with the placings is the one that is called so and of no other year; else a question."""
    columns, maybe = _of_the_year(reading, "placering"), maybe_placings(reading.layout, reading.profile)
    layout, years = reading.layout, sorted({year for column in columns for year in _years(column)})
    other = (
        years
        and str(reading.ar) not in years
        and reading.ar is not None
        and not any(said_role(layout.sheet, c, reading.profile) == "placering" for c in columns)
    )
    if maybe or other or len(columns) > 1:
        shown = sorted([*columns, *maybe], key=lambda column: column.index)
        reading.open_headings = [layout.name_of(column) for column in shown]
        reading.ask(
            f"Det är oklart vilken kolumn som är placeringen: {_shown_columns(layout, shown)}",
            "kolumner",
            _which_columns(reading, shown, "placering"),
            priority=2,
            table=reading.at((layout.header_rows or (layout.first,))[-1], shown[0].index),
            value=shown[0].label,
            expected="en kolumn med rubriken Placering, Plats eller Rank"
            + (f", för {reading.ar} och inte för {swedish_list(years)}" if other else "")
            + ", eller ett besked",
        )
        tentative = next(
            (c for c in columns if str(reading.ar) in _years(c)), columns[0] if columns else None
        )
        reading.layout = replace(
            layout,
            columns=tuple(
                replace(c, role="ignorera") if c in columns and c is not tentative else c
                for c in layout.columns
            ),
        )


def _placings(reading: Reading) -> None:
    column = next((c for c in reading.layout.columns if c.role == "placering"), None)
    if column is None:
        return
    codes: Counter = Counter()
    places = [place for (_, role), place in reading.background.items() if role == "placering"]
    if places and not any(placing(place.text) for place in places):
        reading.wrong(
            "Listan har inte en enda placering",
            "Kontrollera att det är rätt blad och rätt kolumn. Står placeringen "
            "tillsammans med något annat: be avsändaren om en fil med bara placeringen i kolumnen.",
            table=places[0].where,
            column=column.label,
            value=places[0].text,
            expected="minst ett heltal, gärna med ”delad”, som ”12”, ”12 (delad)” eller ”12–14”",
        )
        return
    of = reading.profile.antal_rankade
    beyond = [place for place in places if of and (found := placing(place.text)) and found[0] > of]
    if beyond:
        reading.wrong(
            f"{counted(len(beyond), 'placering', 'placeringar')} ligger efter den sista platsen",
            f"Rätta antal_rankade i profilen (nu {of}), eller be avsändaren om en rättad fil.",
            table=beyond[0].where,
            value=beyond[0].text,
            expected=f"en placering från 1 till {of}",
        )
    for place in places:
        number = placing(place.text)
        if number is None and coding({place.text}, reading.profile).find(place.text) is None:
            codes[place.text] += 1
            if codes[place.text] == 1 and any(ch.isdigit() for ch in place.text):
                reading.wrong(
                    f"Placeringen {show(place.text)} går inte att tolka",
                    "Är kolumnen något annat: skriv den "
                    f"under kolumner i profilen ({show(column.label)}: ignorera). Annars: be avsändaren om en fil "
                    "med bara placeringen i kolumnen.",
                    table=place.where,
                    column=column.label,
                    value=place.text,
                    expected="ett heltal, ”12 (delad)” eller ”12–14”",
                )
            elif codes[place.text] == 1:
                reading.ask(
                    f"Placeringen {shown_mark(place.text)} går inte att tolka",
                    "saknas",
                    f'"{place.text or "tom"}": {REASONS}',
                    table=place.where,
                    column=column.label,
                    value=place.text,
                    expected="ett heltal, gärna med ”delad”, eller ett besked",
                )


def placing(text: str) -> tuple[int, bool] | None:
    """`12`, `12 (delad)`, `delad 12`, `=12`, `12–14` as (12, marked as shared); else None."""
    plain_text = text.casefold().strip()
    if (tied := re.fullmatch(r"(\d+)\s?[-–]\s?(\d+)", plain_text)) and 0 < int(tied[1]) < int(tied[2]):
        return int(tied[1]), True
    marked = "delad" in plain_text or plain_text.startswith(("=", "t")) or plain_text.endswith("=")
    for word in ("delad", "placering", "plats", "(", ")", "=", ".", ":e", ":a"):
        plain_text = plain_text.replace(word, " ")
    plain_text = plain_text.strip()
    return (int(plain_text), marked) if plain_text.isdigit() and int(plain_text) > 0 else None
