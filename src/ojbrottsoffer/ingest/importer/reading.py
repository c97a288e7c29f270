"""A file read the way its profile and the register allow: what was understood, what is asked.

`read_file` is the whole front door: sheets, layout, units, indicators, marks. It never
raises for what a person can answer; that is a question in `Reading.questions`. What is
wrong in itself (a unit twice, an unknown code) is in `Reading.errors`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from ojbrottsoffer.ingest.importer.grid import Sheet, collapse, read_sheets
from ojbrottsoffer.ingest.importer.indicators import IndicatorMatcher, Known, plain
from ojbrottsoffer.ingest.importer.layout import Layout, TableColumn, find_layout
from ojbrottsoffer.ingest.importer.profile import ASK, Profile
from ojbrottsoffer.ingest.importer.units import Unit, UnitMatcher, normal, region_code
from ojbrottsoffer.ingest.importer.values import (
    Answer, Coding, coding, colour_answer, key_of, share, shown_mark, style_of)
from ojbrottsoffer.ingest.reference import Reference, unit_id
from ojbrottsoffer.tables.declarations import SAKNAS_ORSAK
from ojbrottsoffer.tables.findings import DataError, Finding, show
from ojbrottsoffer.tables.model import swedish_list, swedish_or

QUESTION = "fråga"
"""Kind of finding that the profile answers."""
RESTORE = ("Filen ser annorlunda ut än när den lästes in. Återställ mappen ur git (git checkout), eller "
           "ta bort den och läs in den nya filen med importera.")
REASONS = swedish_or(list(SAKNAS_ORSAK.codes))


@dataclass(frozen=True)
class Place:
    """A cell as the file names it."""

    ref: str
    row: int
    text: str


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
    marks: Counter = field(default_factory=Counter)
    coding: Coding | None = None
    colours: Counter = field(default_factory=Counter)
    by_colour: bool = False
    answers: dict[tuple[str, str], tuple[Answer, Place]] = field(default_factory=dict)
    """(enhet_id, indikator_id) -> the answer and where it stands."""
    shares: dict[tuple[str, str], tuple[float | None, Place]] = field(default_factory=dict)
    """(indikator_id, delmangd) -> the nation's share in percent."""
    background: dict[tuple[str, str], Place] = field(default_factory=dict)
    """(enhet_id, role) -> the printed cell."""
    notes: list[str] = field(default_factory=list)
    questions: list[Finding] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    strict: bool = False

    @property
    def complete(self) -> bool:
        return not self.questions and not self.errors

    def stop_if_incomplete(self) -> None:
        if not self.complete:
            raise DataError([*self.errors, *self.questions])

    def ask(self, what: str, key: str, answer: str, priority: int = 5, **where: object) -> None:
        """A question, answered under `key` in the profile; an error in a file already accepted."""
        if self.strict:
            self.wrong(what, RESTORE, priority, **where)
            return
        self.questions.append(Finding(what, file=self.file, action=f"Svara i profilen under "
                                      f"{key}: {answer}", kind=QUESTION, priority=priority, **where))

    def wrong(self, what: str, action: str, priority: int = 4, **where: object) -> None:
        self.errors.append(Finding(what, file=self.file, action=action, priority=priority, **where))

    @property
    def table(self) -> str:
        return f"blad ”{self.layout.sheet.name}”" if self.layout else ""

    def at(self, row: int, column: int) -> str:
        """`blad ”Resultat”, cell F14`."""
        return f"{self.table}, cell {self.layout.sheet.ref(row, column)}"


def read_file(
    path: Path, file: str, profile: Profile, reference: Reference, strict: bool = False
) -> Reading:
    """Everything that can be understood of the file. Raises `DataError` if it can't be read.

    `strict`: a label means what the profile says or nothing; for a file already accepted.
    """
    reading = Reading(file, profile, strict=strict)
    units, indicators = UnitMatcher(reference), IndicatorMatcher(reference)
    sheets = read_sheets(path, file, profile.blad)
    parts = set(reference.etiketter_riket["etikett"]) if profile.slag == "riket" else set()
    _find_table(reading, sheets, units, indicators, parts)
    if reading.layout is None:
        return reading
    _unread_cells(reading)
    if profile.slag == "riket":
        _national_table(reading, indicators, reference)
        return reading
    _unit_rows(reading, units)
    if strict:
        _as_accepted(reading)
    _background(reading)
    if profile.slag == "rankning":
        _placings(reading)
    else:
        _indicator_columns(reading, indicators)
        _answers(reading)
        _nation_row(reading)
    return reading


def _as_accepted(reading: Reading) -> None:
    """An accepted file has the units, the row of the nation and the columns it had then.

    A row that is gone, or lies outside the rows that are read, would otherwise go unnoticed.
    """
    layout, profile = reading.layout, reading.profile
    sheet = layout.sheet
    labels = set(profile.enheter) | set(profile.riket)
    for row in range(sheet.height):
        label = sheet.cells[row][layout.label_column]
        if label in labels and not layout.first <= row <= layout.last:
            reading.wrong("En enhet står utanför tabellens rader", RESTORE,
                          table=reading.at(row, layout.label_column), value=label,
                          expected=f"tabellen på rad {sheet.row_name(layout.first)}–{profile.sista}")
    found = len(reading.units)
    if profile.antal_enheter is not None and found != profile.antal_enheter:
        reading.wrong("Filen har inte lika många enheter som när den lästes in", RESTORE,
                      table=reading.table, value=f"{found} enheter", priority=5,
                      expected=f"{profile.antal_enheter} enheter på rad "
                      f"{profile.forsta}–{profile.sista}")
    if profile.riket and reading.nation is None:
        reading.wrong("Raden för riket saknas", RESTORE, table=reading.table,
                      value="", expected=f"raden {show(profile.riket[0])}")
    headings = {column.label for column in layout.columns}
    for label, role in profile.kolumner.items():
        if role != "ignorera" and label not in headings:
            reading.wrong("En kolumn saknas", RESTORE, table=f"{reading.table}, rubrikrad "
                          + ", ".join(profile.rubrikrader), value="",
                          expected=f"kolumnen {show(label)}")


def _find_table(
    reading: Reading, sheets: list[Sheet], units: UnitMatcher, indicators: IndicatorMatcher,
    parts: set[str],
) -> None:
    profile = reading.profile
    labels = {plain(label) for label in profile.indikatorer}

    def is_heading(text: str) -> bool:
        return plain(text) in indicators.by_plain or plain(text) in labels or text in parts

    def unit_key(text: str) -> str | None:
        said = profile.enheter.get(text)
        if said is not None and said != ASK:
            return said if isinstance(said, str) else str(said.get("enhet_id"))
        return units.key(text)

    def indicator_key(text: str) -> str | None:
        return plain(text) if is_heading(text) else None

    key = indicator_key if profile.slag == "riket" else unit_key
    found: list[tuple[Sheet, Layout]] = []
    for sheet in tqdm(sheets, desc="Letar efter tabellen", unit="blad", disable=None, leave=False):
        if not sheet.visible and profile.blad is None:
            reading.notes.append(f"Bladet ”{sheet.name}” är dolt och lästes inte. Ska det läsas: "
                                 "ange det med --blad.")
            continue
        layout = find_layout(sheet, key, is_heading, profile)
        if layout and _has_values(layout, profile.slag):
            found.append((sheet, layout))
    known = [item for item in found if profile.slag != "svar"
             or any(is_heading(column.label) for column in item[1].indicators)]
    candidates = known or found
    reading.other_sheets = [s.name for s in sheets if s.name not in {c[0].name for c in candidates[:1]}]
    if len(candidates) > 1:
        names = [f"”{sheet.name}” ({layout.last - layout.first + 1} rader)" for sheet, layout in candidates]
        reading.ask("Flera blad ser ut att vara tabellen", "blad", "namnet på det rätta bladet, "
                    "eller kör om med --blad NAMN", priority=1,
                    table=f"blad {swedish_list(names)}",
                    value=f"cell {candidates[0][1].sheet.ref(candidates[0][1].first, candidates[0][1].label_column)} "
                    "och motsvarande på de andra", expected="ett blad med tabellen")
        return
    if not candidates:
        what = "indikatorer" if profile.slag == "riket" else "kommuner"
        shown = ", ".join(f"”{sheet.name}”" for sheet in sheets)
        reading.wrong(f"Hittar ingen tabell med {what}", "Kontrollera att det är rätt fil. Är det "
                      "det: ange blad, enheter_i, enhetskolumn, rubrikrader, forsta och sista i profilen.",
                      priority=1, table=f"blad {shown}", value=_first_text(sheets[0]),
                      expected=f"en rad eller kolumn med minst två kända {what} och värden bredvid")
        return
    reading.layout = candidates[0][1]
    layout = reading.layout
    if layout.too_many_headers:
        reading.ask("Det är oklart vilka rader som är rubriker", "rubrikrader",
                    "radernas nummer, till exempel [3, 4]", table=reading.table,
                    expected="högst fyra rader med rubriker ovanför tabellen", priority=2,
                    value=layout.sheet.cells[layout.header_rows[0]][layout.columns[0].index])
    hidden = layout.sheet.hidden_rows & set(range(layout.first, layout.last + 1))
    columns = layout.sheet.hidden_columns & {column.index for column in layout.columns}
    if hidden or columns:
        reading.notes.append("Dolda rader eller kolumner är lästa som om de syntes: "
                             + ", ".join([layout.sheet.row_name(r) for r in sorted(hidden)]
                                         + [layout.sheet.column_name(c) for c in sorted(columns)]))


def _first_text(sheet: Sheet) -> str:
    return next((f"{sheet.ref(r, c)}: {text}" for r, row in enumerate(sheet.cells)
                 for c, text in enumerate(row) if text), "")


def _has_values(layout: Layout, slag: str) -> bool:
    if slag == "rankning":
        return any(column.role == "placering" for column in layout.columns)
    if slag == "riket":
        return any(column.role == "andel" for column in layout.columns)
    return bool(layout.indicators)


def _unread_cells(reading: Reading) -> None:
    layout = reading.layout
    inside = {c.index for c in layout.columns if c.role != "ignorera"} | {layout.label_column}
    broken = [(place, why) for place, why in sorted(layout.sheet.unread.items())
              if layout.first <= place[0] <= layout.last and place[1] in inside
              or place[0] in layout.header_rows]
    if broken:
        place, why = broken[0]
        reading.wrong(f"En cell har inget värde att läsa: {why}"
                      + (f" (och {len(broken) - 1} celler till)" if len(broken) > 1 else ""),
                      "Öppna filen i Excel eller LibreOffice så att formlerna räknas, spara den och kör om. "
                      "Visar cellen ett fel: be avsändaren om en rättad fil.", priority=2,
                      table=reading.at(*place), value="", expected="ett sparat värde")


def _unit_rows(reading: Reading, units: UnitMatcher) -> None:
    layout, profile = reading.layout, reading.profile
    sheet = layout.sheet
    skip = {normal(label) for label in profile.hoppa_over}
    nation = {normal(label) for label in profile.riket}
    values = [c.index for c in layout.columns if c.role not in ("ignorera", "kommunkod", "stadsdel")]
    part_column = next((c.index for c in layout.columns if c.role == "stadsdel"), None)
    rows = []
    for row in range(layout.first, layout.last + 1):
        label, code = sheet.cells[row][layout.label_column], None
        if layout.code_column is not None:
            code = region_code(sheet.cells[row][layout.code_column])
        elif label.isdigit():
            code, label = region_code(label), ""
        if part_column is not None and sheet.cells[row][part_column]:
            label = f"{label}, {sheet.cells[row][part_column]}"
        if label or code:
            rows.append((row, label, code))
    doubtful = units.doubtful_without_diacritics([label for _, label, _ in rows])
    seen: dict[str, UnitRow] = {}
    for row, label, code in tqdm(rows, desc="Känner igen enheter", unit="rad", disable=None, leave=False):
        where = {"table": reading.at(row, layout.label_column), "row": None, "value": label or code}
        has_values = any(sheet.cells[row][c] or (row, c) in sheet.fills for c in values)
        said = profile.enheter.get(collapse(label))
        if normal(label) in skip:
            reading.skipped.append(("enligt profilen", label))
            continue
        if (label in profile.riket if reading.strict and profile.riket else
                normal(label) in nation or said is None and units.is_nation(label, code)):
            if reading.nation is not None:
                reading.wrong("Riket står på två rader", "Ange i profilen under hoppa_over vilken rad "
                              "som inte ska läsas.", **where, expected="en rad för riket")
            reading.nation, reading.nation_label = row, label
            continue
        if said is None and units.is_county(label, code):
            reading.skipped.append(("län", label))
            continue
        found = _unit(reading, units, label, code, said, has_values, doubtful, where)
        if found is None:
            continue
        unit, how, new = found
        if unit.enhet_id in seen:
            other = seen[unit.enhet_id]
            reading.wrong("Enheten står två gånger",
                          "Är den ena ett län eller en rubrik: skriv den under hoppa_over i profilen. "
                          "Annars: be avsändaren om en rättad fil.", **where,
                          expected=f"varje enhet en gång; {unit.enhet} står också i cell "
                          f"{sheet.ref(other.row, layout.label_column)} ({show(other.label)})")
            continue
        seen[unit.enhet_id] = UnitRow(row, label or unit.enhet, unit, how, new)
    reading.units = list(seen.values())
    if not reading.units and not reading.questions and not reading.errors:
        reading.wrong("Tabellen har inga enheter", "Kontrollera att det är rätt blad.",
                      table=reading.table, expected="minst en kommun")


def _unit(reading, units: UnitMatcher, label, code, said, has_values, doubtful, where):
    """(unit, how, new) of one row, or None if it is skipped or asked about."""
    if said is not None and said != ASK:
        if isinstance(said, dict):
            unit = Unit(said["enhet_id"], said["enhet"], "stadsdel", str(said["kommunkod"]).zfill(4))
            if unit.kommunkod not in units.by_code:
                reading.wrong("Stadsdelens kommunkod finns inte", "Rätta koden i profilen.",
                              **where, expected="en av SCB:s kommunkoder")
                return None
            return unit, "ny stadsdel enligt profilen", unit.enhet_id not in units.by_id
        if said not in units.by_id:
            reading.wrong("Profilen pekar på en enhet som inte finns", f"Rätta {show(str(said))} i profilen.",
                          **where, expected="ett enhet_id ur registret")
            return None
        return units.by_id[said], "enligt profilen", False
    if reading.strict and label:
        reading.wrong("Etiketten har ingen känd betydelse", "Återställ filen och data/reference/etiketter.csv "
                      "ur git.", **where, expected="en etikett i data/reference/etiketter.csv")
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
    text = f"Okänd enhet: {problem}" if not has_values or suggestions else f"Okänd enhet: {problem}"
    near = swedish_or([f"{unit.enhet} ({unit.enhet_id})" for unit in suggestions]) or "ingen känd liknar den"
    reading.ask(text, "enheter", f"{show(label)}: enhet_id. Är raden ingen enhet: skriv den under "
                "hoppa_over. Är det en ny stadsdel: ange enhet_id, enhet och kommunkod.",
                **where, expected=f"en kommun eller stadsdel i registret; närmast: {near}")
    return None


def _fold(name: str) -> str:
    from ojbrottsoffer.ingest.importer.units import folded

    return folded(name)


def _background(reading: Reading) -> None:
    layout = reading.layout
    for column in layout.columns:
        if column.role in ("befolkningsgrupp", "omrade", "antal_ja", "placering"):
            if any(role == column.role for _, role in reading.background):
                reading.wrong("Två kolumner är samma sak", "Skriv den som inte ska läsas under "
                              "kolumner i profilen: rubrik: ignorera.",
                              table=reading.at(layout.header_rows[-1], column.index),
                              value=column.label, expected=f"en kolumn för {column.role}")
                continue
            for unit in reading.units:
                reading.background[unit.unit.enhet_id, column.role] = _place(reading, unit, column)
    _empty_totals(reading)


def _empty_totals(reading: Reading) -> None:
    """A total that is gone can't be compared, so its absence must be explained."""
    if "tom" in {key_of(mark) for mark in reading.profile.saknas}:
        return
    empty = [place for (_, role), place in reading.background.items()
             if role == "antal_ja" and not place.text]
    if empty:
        reading.ask(f"Antal ja saknas för {len(empty)} enheter", "saknas", f"\"tom\": {REASONS}",
                    table=f"{reading.table}, cell {empty[0].ref}", value="",
                    expected="ett heltal för varje enhet, eller ett besked")


def _place(reading: Reading, unit: UnitRow, column: TableColumn) -> Place:
    sheet = reading.layout.sheet
    ref = sheet.ref(unit.row, column.index)
    return Place(ref, int("".join(ch for ch in ref if ch.isdigit())), sheet.cells[unit.row][column.index])


def _indicator_columns(reading: Reading, indicators: IndicatorMatcher) -> None:
    layout = reading.layout
    seen: dict[str, IndicatorColumn] = {}
    skip = {normal(label) for label in reading.profile.hoppa_over}
    said_plain = {plain(label): item for label, item in reading.profile.indikatorer.items()}
    for column in layout.indicators:
        cell = reading.at(layout.header_rows[-1] if layout.header_rows else layout.first, column.index)
        if not column.label:
            reading.ask("En kolumn med värden saknar rubrik", "rubrikrader",
                        "de rader som har rubriker; eller be avsändaren om en rättad fil",
                        table=cell, expected="en indikators etikett över kolumnen")
            continue
        if normal(column.label) in skip:
            reading.skipped.append(("enligt profilen", column.label))
            continue
        # An accepted label is known to the letter; only a new file may spell it in another way.
        said = reading.profile.indikatorer.get(
            column.label, None if reading.strict else said_plain.get(plain(column.label)))
        known = _said_indicator(said) or (Known(None) if reading.strict else indicators.match(column.label))
        if known.indikator_id is None:
            near = ", ".join(f"{i} ({s:.2f})".replace(".", ",") for i, s in known.suggestions)
            reading.ask("Okänd indikator", "indikatorer",
                        f"{show(column.label, 120)}: indikator_id, eller id, samband och det som hör "
                        "till en ny. Är kolumnen ingen indikator: skriv den under kolumner "
                        "(rubrik: ignorera).", table=cell, value=column.label,
                        expected="en etikett som någon utgåva har; närmast: "
                        + (near or "ingen känd liknar den"))
            continue
        if known.indikator_id in seen:
            other = seen[known.indikator_id]
            reading.wrong("Indikatorn står två gånger", "Ange i profilen vad den ena betyder, under "
                          "indikatorer. Är den ena ingen indikator: skriv den under kolumner (rubrik: ignorera).",
                          table=cell, value=column.label,
                          expected=f"varje indikator en gång; {known.indikator_id} står också i kolumn "
                          f"{layout.sheet.column_name(other.column.index)} ({show(other.label)})")
            continue
        seen[known.indikator_id] = IndicatorColumn(
            column, column.label, known.indikator_id, known.how, said if isinstance(said, dict) else None)
    reading.indicators = list(seen.values())


def _said_indicator(said: object) -> Known | None:
    if isinstance(said, dict):
        return Known(said["id"], f"enligt profilen ({said.get('samband', 'samma')})")
    if isinstance(said, str) and said != ASK:
        return Known(said, "enligt profilen")
    return None


def _answers(reading: Reading) -> None:
    layout, profile = reading.layout, reading.profile
    sheet = layout.sheet
    cells = [(unit, column, sheet.cells[unit.row][column.column.index])
             for column in reading.indicators for unit in reading.units]
    reading.marks = Counter(text for _, _, text in cells)
    filled = sum((unit.row, column.column.index) in sheet.fills for unit, column, _ in cells)
    with_text = sum(1 for _, _, text in cells if text)
    reading.by_colour = bool(cells) and filled * 2 > len(cells) and with_text * 20 < len(cells)
    if reading.by_colour:
        _colour_answers(reading, cells)
        return
    reading.coding = coding(set(reading.marks), profile)
    _ask_about_marks(reading, cells)
    _mixed_columns(reading, cells)
    for unit, column, text in cells:
        answer = reading.coding.find(text)
        if answer is not None:
            reading.answers[unit.unit.enhet_id, column.indikator_id] = (
                answer, _place(reading, unit, column.column))


def _ask_about_marks(reading: Reading, cells) -> None:
    counts: Counter = Counter()
    first: dict[str, tuple] = {}
    from ojbrottsoffer.ingest.importer.values import MARKS

    for unit, column, text in cells:
        counts[key_of(text)] += 1
        first.setdefault(key_of(text), (unit, column, text))
    open_marks = reading.coding.open
    numbers = [mark for mark in open_marks if mark.isdigit()]
    if set(numbers) and set(numbers) <= {"0", "1"}:
        unit, column, _ = first[numbers[-1]]
        reading.ask("Filen har bara koderna 1 och 0" if len(numbers) == 2 else
                    f"Filen har bara koden {numbers[0]}", "koder", "\"1\": Ja och \"0\": Nej, om det är "
                    "så (i den vanliga kodningen är 2 Ja, 1 Delvis och 0 Nej)",
                    table=reading.at(unit.row, column.column.index), priority=3,
                    value=", ".join(f"{m} ({counts[m]} celler)" for m in numbers),
                    expected="2 = Ja, 1 = Delvis, 0 = Nej, eller ett besked i profilen")
        open_marks = tuple(mark for mark in open_marks if mark not in numbers)
    for mark in open_marks:
        unit, column, text = first[mark]
        where = {"table": reading.at(unit.row, column.column.index), "value": text,
                 "row_label": unit.label, "column": column.label}
        if mark in MARKS or mark == "tom":
            reading.ask(f"Vad betyder {shown_mark(text)}? Den finns i {counts[mark]} celler", "saknas",
                        f"\"{mark}\": {REASONS}. Betyder tecknet ett svar: skriv det under koder.",
                        **where, expected="ett besked: i svensk statistik kan – betyda noll och .. eller X "
                        "att uppgiften är dold")
        else:
            reading.wrong(f"Okänd kod {shown_mark(text)} i {counts[mark]} celler",
                          f"Ange i profilen vad den betyder: koder: {{\"{mark}\": Ja}} (eller Delvis, Nej) "
                          "eller saknas. Är den ett skrivfel: be avsändaren om en rättad fil.",
                          **where, expected="2 (Ja), 1 (Delvis), 0 (Nej), Ja, Delvis eller Nej")


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
        reading.wrong("Blandad kodning: både ord och siffror i samma kolumn"
                      + (f" (och i {len(mixed) - 1} kolumner till)" if len(mixed) > 1 else ""),
                      "Be avsändaren om en rättad fil. Betyder siffrorna detsamma som orden: skriv "
                      "blandad_kodning: true i profilen och koderna under koder.",
                      table=reading.at(unit.row, column.column.index), value=text, column=column.label,
                      expected=f"samma slags svar i hela kolumnen, som ”{word[2]}” i cell "
                      f"{reading.layout.sheet.ref(word[0].row, column.column.index)}")


def _colour_answers(reading: Reading, cells) -> None:
    sheet = reading.layout.sheet
    unclear: dict[str, tuple] = {}
    for unit, column, text in cells:
        place = (unit.row, column.column.index)
        colour = sheet.fills.get(place, "")
        if text:
            answer = coding({text}, reading.profile).find(text)
        elif not colour:
            answer = coding({""}, reading.profile).find("")
        else:
            answer = colour_answer(colour, reading.profile)
        reading.colours[text and f"”{text}”" or colour or "ingen färg"] += 1
        if answer is None:
            unclear.setdefault(text or colour, (unit, column, text))
            continue
        reading.answers[unit.unit.enhet_id, column.indikator_id] = (
            answer, _place(reading, unit, column.column))
    for mark, (unit, column, text) in unclear.items():
        key, example = ("koder", f"\"{text}\": Ja") if text else (
            ("farger", f"\"{mark}\": Ja, Delvis, Nej eller en orsak") if mark else
            ("saknas", f"\"tom\": {REASONS}"))
        reading.ask(f"Vad betyder färgen {mark}?" if mark and not text else
                    f"Vad betyder {shown_mark(text)} utan färg?", key, example,
                    table=reading.at(unit.row, column.column.index), row_label=unit.label,
                    column=column.label, value=mark, expected="grön, gul eller röd fyllning, eller ett besked")
    reading.notes.append("VARNING: svaren är lästa ur cellernas färg. Kontrollera några enheter mot filen; "
                         "en färg som bara är villkorsstyrd formatering syns inte för läsaren.")


def _nation_row(reading: Reading) -> None:
    if reading.nation is None:
        return
    row = UnitRow(reading.nation, reading.nation_label, Unit("riket", "Riket", "riket", ""), "")
    cells = [(column.indikator_id, "alla", _place(reading, row, column.column))
             for column in reading.indicators]
    _shares(reading, cells)


def _national_table(reading: Reading, indicators: IndicatorMatcher, reference: Reference) -> None:
    layout, profile = reading.layout, reading.profile
    columns = [c for c in layout.columns if c.role == "andel"]
    if len(columns) != 1:
        reading.ask("Flera kolumner kan vara andelen", "kolumner", "rubrik: andel för den rätta och "
                    "rubrik: ignorera för de andra", table=reading.table,
                    value=swedish_list([c.label for c in columns]), expected="en kolumn med rikets andel")
        return
    part_column = next((c for c in layout.columns if c.role == "delmangd"), None)
    said_plain = {plain(label): item for label, item in profile.indikatorer.items()}
    parts = {row.etikett: row for row in reference.etiketter_riket.itertuples()}
    skip = {normal(label) for label in profile.hoppa_over}
    cells, seen = [], {}
    for row in range(layout.first, layout.last + 1):
        label = layout.sheet.cells[row][layout.label_column]
        text = layout.sheet.cells[row][columns[0].index]
        if not label or normal(label) in skip:
            continue
        place = _place(reading, UnitRow(row, label, Unit("riket", "Riket", "riket", ""), ""), columns[0])
        known = _said_indicator(said_plain.get(plain(label))) or indicators.match(label)
        part = (unit_id(layout.sheet.cells[row][part_column.index]) if part_column else "") or "alla"
        if label in parts and known.indikator_id is None:
            known = Known(parts[label].indikator_id, "samma etikett")
            part = parts[label].delmangd
        where = {"table": reading.at(row, layout.label_column), "value": label}
        if known.indikator_id is None:
            if text:
                near = ", ".join(i for i, _ in known.suggestions) or "ingen känd liknar den"
                reading.ask("Okänd indikator", "indikatorer", f"{show(label, 120)}: indikator_id. Är raden "
                            "ingen indikator: skriv den under hoppa_over.", **where,
                            expected=f"en etikett som någon utgåva har; närmast: {near}")
            continue
        if (known.indikator_id, part) in seen:
            reading.wrong("Indikatorn står två gånger", "Ange delmängden i en kolumn (kolumner: rubrik: "
                          "delmangd) eller skriv den ena raden under hoppa_over.", **where,
                          expected=f"varje indikator en gång; den står också i cell {seen[known.indikator_id, part]}")
            continue
        seen[known.indikator_id, part] = place.ref
        cells.append((known.indikator_id, part, place))
        reading.indicators.append(IndicatorColumn(TableColumn(row, label, ()), label, known.indikator_id, known.how))
    _shares(reading, cells)


def _shares(reading: Reading, cells: list[tuple[str, str, Place]]) -> None:
    """The nation's shares in percent; fractions only if the profile says so."""
    profile = reading.profile
    parsed = []
    for indicator, part, place in cells:
        value = share(place.text)
        missing = coding({place.text}, profile).find(place.text)
        if value is None and missing is not None and missing.code is None:
            parsed.append((indicator, part, place, None))
        elif value is None:
            reading.wrong("Rikets andel går inte att tolka", "Saknas andelen: ange tecknet under saknas i "
                          "profilen. Annars: be avsändaren om en rättad fil.",
                          table=f"{reading.table}, cell {place.ref}", value=place.text,
                          expected="en andel, till exempel 69, 69 % eller 0,69")
        else:
            parsed.append((indicator, part, place, value))
    numbers = [value for *_, value in parsed if value is not None]
    bare = [place for _, _, place, value in parsed if value is not None and "%" not in place.text]
    if numbers and max(numbers) <= 1 and any(numbers) and bare and profile.andel is None:
        reading.ask("Rikets andelar är alla högst 1", "andel", "brak (0,69 betyder 69 procent) eller procent",
                    table=f"{reading.table}, cell {bare[0].ref}", value=bare[0].text,
                    expected="andelar i procent, eller ett besked")
    factor = 100 if profile.andel == "brak" else 1
    for indicator, part, place, value in parsed:
        percent = None if value is None else round(value * (factor if "%" not in place.text else 1), 6)
        if percent is not None and percent > 100:
            reading.wrong("Rikets andel är mer än 100 procent", "Kontrollera cellen i filen; är andelarna "
                          "skrivna som procent: skriv andel: procent i profilen.",
                          table=f"{reading.table}, cell {place.ref}", value=place.text,
                          expected="en andel från 0 till 100")
        reading.shares[indicator, part] = (percent, place)


def whole_percent(percent: float) -> int:
    """Rounded half up, as Swedish tables are."""
    return math.floor(percent + 0.5)


def _placings(reading: Reading) -> None:
    layout = reading.layout
    if not any(c.role == "placering" for c in layout.columns):
        return
    codes: Counter = Counter()
    for (enhet_id, role), place in reading.background.items():
        if role != "placering":
            continue
        number = placing(place.text)
        if number is None and coding({place.text}, reading.profile).find(place.text) is None:
            codes[place.text] += 1
            if codes[place.text] == 1:
                reading.ask(f"Placeringen {shown_mark(place.text)} går inte att tolka", "saknas",
                            f"\"{place.text or 'tom'}\": {REASONS}",
                            table=f"{reading.table}, cell {place.ref}", value=place.text,
                            expected="ett heltal, gärna med ”delad”, eller ett besked")


def placing(text: str) -> tuple[int, bool] | None:
    """`12`, `12 (delad)`, `delad 12`, `=12` as (12, marked as shared); None for anything else."""
    plain_text = text.casefold().strip()
    marked = "delad" in plain_text or plain_text.startswith(("=", "t")) or plain_text.endswith("=")
    for word in ("delad", "placering", "plats", "(", ")", "=", ".", ":e", ":a"):
        plain_text = plain_text.replace(word, " ")
    plain_text = plain_text.strip()
    return (int(plain_text), marked) if plain_text.isdigit() and int(plain_text) > 0 else None
