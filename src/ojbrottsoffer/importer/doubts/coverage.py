"""Whether the file has more answers than those that are read: on another sheet, or in rows that are left out."""

from __future__ import annotations

from collections.abc import Iterable

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.words_beside import Pair, disagreements
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.meaning.scope import standing
from ojbrottsoffer.importer.meaning.units import normal
from ojbrottsoffer.importer.meaning.values import NUMBERS, WORDS, key_of
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

FEW = 10
"""Answers that are fewer than one of so many are hardly to be read instead of the others."""
LEAST = 2
"""So many cells that look like answers on a sheet are asked about."""
LONG = 12
"""So many equal numbers in a column may be answers; fewer are more likely a number of something."""


def ask_about_unread_answers(reading: Reading, sheets: Iterable[Sheet]) -> None:
    """A question about sheets with answers that are not read, and an error if more rows with answers are left
    out than are read."""
    profile = reading.profile
    explained = {(said.sheet, said.row) for said in reading.said_of_codes}
    kinds = {key_of(text) for text in reading.marks}
    coded = any(map(str.isdigit, kinds))
    looked_for = {*WORDS, *(NUMBERS if coded else ()), *(key for key in kinds if key.isdigit())}
    left: dict[str, list[str]] = {}
    current = 0
    twice: list[Pair] = []
    for sheet in sheets:
        if sheet.name not in reading.other_sheets or sheet.name in profile.lamnas:
            continue
        places = _answers_on(sheet, looked_for, {row for name, row in explained if name == sheet.name})
        named = _rows_with_all(sheet, looked_for, reading)
        if len(places := max(places, named, key=len)) >= LEAST or named:
            left[sheet.name] = places
            current += len(places) if sheet.visible and standing(sheet.name, reading.ar) < 2 else 0
            twice += _said_again(sheet, reading)
    if left and not profile.blad and not profile.tabeller and not profile.form:
        shown = swedish_list(
            [f"”{name}” ({counted(len(places), 'cell', 'celler')})" for name, places in left.items()]
        )
        read = swedish_list([f"”{name}”" for name in _sheets_read(reading)])
        how = "med en rad för varje svar" if reading.layout.form else "med frågorna i rubriker"
        apart = [
            f"{where} ({show(text)}, men läst är {show(read)})"
            for where, read, text in disagreements(twice)[0]
        ]
        told = f". Av {counted(len(twice), 'svar', 'svar')} som är lästa säger de något annat i {len(apart)}: {cut(apart)}"
        leave = Choice({"lamnas": list(left)}, f"bara {read} ska läsas")
        instead = Choice(
            {"blad": list(left)},
            f"svaren på {swedish_list([f'”{name}”' for name in left])} ska läsas i stället",
        )
        unread = sum(map(len, left.values()))
        few = unread * FEW < len(reading.answers)  # as corrections are
        reading.ask(
            "olasta-svar",
            f"Det finns celler som ser ut som svar på blad som inte läses: {shown}. Läst är {read}, {how} "
            f"({len(reading.answers)} svar)" + told * bool(apart),
            *((instead, leave) if current > len(reading.answers) else (leave, instead)[: 1 + (not few)]),
            otherwise="Importen lägger inte ihop dem. Hör de ihop, eller är det ena rättelser till det andra: be avsändaren "
            "om en fil med alla svar på ett sätt, eller säg under form var svaren står.",
            table=f"blad ”{next(iter(left))}”",
            places=[place for places in left.values() for place in places],
            expected="att varje svar i filen läses, eller ett besked",
            priority=3,
        )
    _tell_of_left_rows(reading)


def _sheets_read(reading: Reading) -> list[str]:
    layout = reading.layout
    named = [part.blad for part in layout.form] or [part.sheet.name for part in layout.parts or (layout,)]
    return list(dict.fromkeys(named))


def _answers_on(sheet: Sheet, looked_for: set[str], explained: set[int]) -> list[str]:
    """The places of the cells that may be answers, in columns where most cells may be."""
    places: list[str] = []
    for column in range(sheet.width):
        texts = {n: row[column] for n, row in enumerate(sheet.cells) if row[column] and n not in explained}
        found = {n: text for n, text in texts.items() if key_of(text) in looked_for}
        said = set(found.values())
        several = len(said) > 1 or len(found) >= LONG or any(not text.isdigit() for text in said)
        if len(found) * 2 > len(texts) and several:
            places += [sheet.where(n, column) for n in found]
    return places


def _rows_with_all(sheet: Sheet, looked_for: set[str], reading: Reading) -> list[str]:
    """Where the rows begin that name a unit and a question that are read, and an answer: a correction of it, maybe."""
    units = {normal(unit.label) for unit in reading.units}
    asked = {plain(item.label) for item in reading.indicators}
    return [
        sheet.where(n, 0)
        for n, row in enumerate(sheet.cells)
        if any(normal(text) in units for text in row if text)
        and any(plain(text) in asked for text in row if text)
        and any(key_of(text) in looked_for for text in row if text)
    ]


def _said_again(sheet: Sheet, reading: Reading) -> list[Pair]:
    """The answers that are read and stand on a sheet too, on rows with the unit and the question or under the question."""
    units = {normal(unit.label): unit for unit in reading.units}
    asked = {plain(item.label): item for item in reading.indicators}
    found, heads = [], {}
    for row, texts in enumerate(sheet.cells):
        own = {c: asked[plain(text)] for c, text in enumerate(texts) if text and plain(text) in asked}
        heads = own if len(own) > 1 else heads
        unit = next((units[normal(text)] for text in texts if text and normal(text) in units), None)
        if unit is None:
            continue
        under = {c: next(iter(own.values())) for c in range(len(texts))} if len(own) == 1 else heads
        for column, question in under.items():
            read = reading.layout.sheet.cells[unit.row][question.index]
            if key_of(texts[column]) in {*WORDS, key_of(read)}:
                found.append((sheet.where(row, column), read, texts[column]))
    return found


def _tell_of_left_rows(reading: Reading) -> None:
    """An error if the profile leaves out more rows with values than there are units: the file then has another
    form than the one it is read in."""
    sheet, columns = reading.layout.sheet, [column.index for column in reading.layout.indicators]
    units = {unit.label for unit in reading.units}  # one that has more rows is no other form
    said = {item.label for item in reading.left if item.why == "enligt profilen"} - units
    left = [
        item.row
        for item in reading.left
        if item.label in said and item.row is not None and any(sheet.cells[item.row][c] for c in columns)
    ]
    if reading.units and len(left) > len(reading.units):
        reading.wrong(
            f"{counted(len(left), 'rad', 'rader')} med värden hoppas över, men bara "
            f"{counted(len(reading.units), 'läses', 'läses')}",
            "Står enheten en gång ovanför flera rader: ta bort raderna ur hoppa_over och skriv under form var enhet, "
            "fråga och svar står.",
            priority=2,
            table=reading.at(left[0], reading.layout.label_column),
            value=sheet.cells[left[0]][reading.layout.label_column],
            expected="att de flesta rader med värden läses",
        )
