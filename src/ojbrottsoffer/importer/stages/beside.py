"""What stands beside the answers of a unit: totals, population groups and marks for what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.found import Place, background_of, missing_of, possible_number
from ojbrottsoffer.importer.meaning.values import (
    MARKS,
    MISSING,
    REASONS,
    USUAL_SIGNS,
    key_of,
    reasons_of,
    shown_mark,
    whole_number,
)
from ojbrottsoffer.importer.reading import Reading, UnitRow, cut
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.schema.tables import TABLES


def read_background(reading: Reading) -> Reading:
    """The reading with the cells beside its answers."""
    layout, seen = reading.layout, set()
    for column in layout.columns:
        if column.role not in ("befolkningsgrupp", "omrade", "antal_ja", "placering"):
            continue
        if column.role in seen:
            reading.wrong(
                "Två kolumner är samma sak",
                "Skriv den som inte ska läsas under "
                f"kolumner i profilen, till exempel {show(layout.name_of(column))}: ignorera.",
                table=reading.at(layout.header_rows[-1], column.index),
                value=column.label,
                expected=f"en kolumn för {column.role}",
            )
        seen.add(column.role)
    reading = replace(reading, background=background_of(layout, reading.units))
    _empty_totals(reading)
    return reading


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
            Choice({"saknas": {"tom": ASK}}, "svaret saknas", MISSING),
            places=[place.where for place in empty],
            table=empty[0].where,
            value="",
            expected="ett heltal för varje enhet, eller ett besked",
        )


def read_numbers(reading: Reading) -> Reading:
    """The reading with the numbers beside its answers, as the public tables take them."""
    # What counts more questions than the file has can't be compared with the file's answers.
    asked = None if reading.is_asked("okand-indikator", "rubrikmonster") else len(reading.indicators)
    group = TABLES["enheter_ar"].column("befolkningsgrupp").expected()
    total = "ett heltal" + (f" från 0 till {asked}, filens antal indikatorer" if asked is not None else "")
    reading = replace(
        reading,
        numbers=_numbers_of(reading, "befolkningsgrupp", "Befolkningsgruppen", group, asked)
        | _numbers_of(reading, "antal_ja", "Antal ja", total, asked),
    )
    without = [
        f"{unit.label} (cell {reading.background[unit.id, 'befolkningsgrupp'].ref})"
        for unit in reading.units
        if (unit.id, "befolkningsgrupp") in reading.background.keys() - reading.numbers.keys()
    ]
    if without and len(without) < len(reading.units):
        reading.notes.append(
            f"Befolkningsgrupp saknas för {counted(len(without), 'enhet', 'enheter')} men finns för de "
            f"andra: {cut(without)}."
        )
    return reading


def _numbers_of(
    reading: Reading, role: str, name: str, expected: str, asked: int | None
) -> dict[tuple[str, str], int]:
    numbers: dict[tuple[str, str], int] = {}
    wrong: list[tuple[UnitRow, Place]] = []
    unknown: dict[str, list[Place]] = defaultdict(list)
    for unit in reading.units:
        place = reading.background.get((unit.id, role))
        if place is None or not place.text:
            continue
        number = whole_number(place.text)
        if number is not None and possible_number(role, number, asked):
            numbers[unit.id, role] = number
        elif missing_of(place.text, reading.profile):
            continue
        elif key_of(place.text) in MARKS:
            unknown[key_of(place.text)].append(place)
        else:
            wrong.append((unit, place))
    column = next((c for c in reading.layout.columns if c.role == role), None)
    for key, places in unknown.items():
        ask_about_mark(reading, key, places, f"i kolumnen {show(column.label)}", expected)
    if wrong:
        unit, place = wrong[0]
        values = list(dict.fromkeys(place.text for _, place in wrong))
        reading.wrong(
            f"{name} går inte att använda i {counted(len(wrong), 'cell', 'celler')}",
            "Är det ett skrivfel: be avsändaren om en rättad fil. Är kolumnen "
            f"något annat: skriv den under kolumner i profilen ({show(column.label)}: ignorera). Betyder "
            f'värdet att uppgiften saknas: skriv det under saknas, "{key_of(values[0])}": {REASONS}.',
            table=place.where,
            row_label=unit.label,
            column=column.label,
            value=cut(values),
            expected=expected,
        )
    return numbers


def ask_about_mark(reading: Reading, key: str, places: list[Place], where: str, expected: str) -> None:
    """A question about a mark outside the answers, unless they have asked about it."""
    if key in reading.open("saknas"):
        return
    reading.ask(
        "marke-bredvid",
        f"Vad betyder {shown_mark(places[0].text)} {where}? "
        f"Den finns i {counted(len(places), 'cell', 'celler')}",
        Choice({"saknas": {key: ASK}}, "svaret saknas", reasons_of(key)),
        places=[place.where for place in places],
        table=places[0].where,
        value=places[0].text,
        expected=f"{expected}, eller {USUAL_SIGNS}",
    )
