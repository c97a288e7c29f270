"""Headings that are no question as they stand, told of or asked about by the kind: cut, damaged, short, of no question."""

from __future__ import annotations

import re

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.codebook import is_short_name
from ojbrottsoffer.importer.forms.find.row_columns import looks_answered
from ojbrottsoffer.importer.forms.table import TableColumn
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, Known, plain
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

FEW = 3
"""So many headings of a kind are told of or asked about together."""


def tell_of_cut(reading: Reading, columns: dict[int, str]) -> None:
    """Headings that may be the beginning of several questions: only the sender can say which."""
    if not columns:
        return
    texts = [column.label for column in reading.layout.indicators if column.index in columns]
    where = "rad" if reading.layout.sheet.flipped else "kolumn"
    reading.wrong(
        f"{counted(len(columns), 'rubrik är avkortad', 'rubriker är avkortade')} och kan vara flera frågor: "
        f"{where} {swedish_list(list(columns.values()))}",
        "Be avsändaren om hela rubrikerna, och skriv dem i de cellerna i en kopia av filen.",
        table=reading.at(reading.heading_row, min(columns)),
        value=cut(list(dict.fromkeys(texts))),
        expected="hela frågan som rubrik",
    )


def tell_of_short(reading: Reading, columns: list[TableColumn]) -> set[int]:
    """Headings that say nothing without a list that the file lacks. Returns their columns, if they are several."""
    short = [column for column in columns if is_short_name(column.label)]
    if len({column.label for column in short}) < FEW:
        return set()
    reading.wrong(
        f"{len(short)} rubriker är korta namn, och filen säger inte vilka frågor de är",
        "Lägg avsändarens lista över frågorna som ett blad i en kopia av filen, med de korta namnen i en kolumn och frågorna "
        "i nästa, eller skriv dem under rubriker i profilen. Är rubrikerna datum: ett program har gjort om nummer som 1.2; "
        "skriv dem som text.",
        table=reading.at(reading.heading_row, short[0].index),
        value=cut([column.label for column in short]),
        expected="frågorna som rubriker, eller en lista över dem i filen",
    )
    return {column.index for column in short}


def ask_about_others(
    reading: Reading, columns: list[TableColumn], matched: dict[int, Known], indicators: IndicatorMatcher
) -> set[int]:
    """Columns that are like no question and have no answers, or sum up an area: one question about them all."""
    layout, rows = reading.layout, range(reading.layout.first, reading.layout.last + 1)
    others = [
        column
        for column in columns
        if plain(column.label) in indicators.area_names
        or not matched[column.index].suggestions
        and not looks_answered([layout.sheet.cells[row][column.index] for row in rows])
    ]
    labels = tuple(dict.fromkeys(column.label for column in others))
    if len(labels) < FEW:
        return set()
    reading.ask(
        "okand-indikator",
        f"{len(others)} kolumner har rubriker som inte liknar någon fråga, och inga Ja, Delvis och Nej: {cut(list(labels))}",
        Choice(
            {"kolumner": {layout.name_of(column): "ignorera" for column in others}},
            "ingen av dem är en fråga",
        ),
        Choice(
            {"rubrikmonster": {re.sub(r"\d+", "#", label): "svar" for label in labels if "*" not in label}},
            "någon av dem är en fråga, och var och en ska frågas om",
        ),
        names=labels,
        places=reading.filled(rows, [column.index for column in others]),
        table=reading.at(reading.heading_row, others[0].index),
        value=labels[0],
        expected="en fråga som rubrik, eller ett besked",
    )
    return {column.index for column in others}


def tell_of_damaged(reading: Reading, labels: list[str]) -> None:
    if labels:
        reading.notes.append(
            f"{counted(len(labels), 'rubrik har', 'rubriker har')} andra tecken i stället för å, ä, ö eller mellanslag, "
            f"som {show(labels[0])}; bara en fråga har bokstäverna som är kvar, och de är lästa som den."
        )
