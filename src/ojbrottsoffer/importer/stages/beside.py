"""What stands beside the answers of a unit: totals, population groups and marks for what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.doubts import answer_cells
from ojbrottsoffer.importer.meaning.values import (
    MARKS,
    REASONS,
    Coding,
    coding,
    key_of,
    shown_mark,
    whole_number,
)
from ojbrottsoffer.importer.reading import RESTORE, Place, Reading, UnitRow, place_of
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.schema.tables import TABLES


def read_background(reading: Reading) -> None:
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
                place = place_of(reading, unit, column)
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
            "antal-ja-saknas",
            f"Antal ja saknas för {counted(len(empty), 'enhet', 'enheter')}",
            "saknas",
            f'"tom": {REASONS}',
            table=empty[0].where,
            value="",
            expected="ett heltal för varje enhet, eller ett besked",
        )


def read_numbers(reading: Reading) -> None:
    """The numbers beside the answers: population groups and totals, as the public tables take them."""
    group = TABLES["enheter_ar"].column("befolkningsgrupp")
    asked = len(reading.indicators)
    open_questions = reading.is_asked("okand-indikator", "rubrikmonster")
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
            f"andra: {answer_cells.cut([f'{label} (cell {ref})' for label, ref in without])}."
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
        ask_about_mark(reading, key, places, f"i kolumnen {show(column.label)}", expected)
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
            value=answer_cells.cut(values),
            expected=expected,
        )


def ask_about_mark(reading: Reading, key: str, places: list[Place], where: str, expected: str) -> None:
    """A question about a mark outside the answers, unless they have asked about it."""
    known = reading.coding or Coding({})
    if key in known.open:
        return
    reading.ask(
        "marke-bredvid",
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
