"""The shares of the nation: a row among the units, or a table of its own."""

from __future__ import annotations

import math
from collections import defaultdict

from ojbrottsoffer.importer.doubts import codings
from ojbrottsoffer.importer.doubts.other_shares import ask_about_other_shares
from ojbrottsoffer.importer.forms.columns import maybe_shares
from ojbrottsoffer.importer.forms.table import TableColumn
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, Known, plain
from ojbrottsoffer.importer.meaning.units import Unit, normal
from ojbrottsoffer.importer.meaning.values import ABSENT, EMPTY, MARKS, coding, is_summary, key_of, share
from ojbrottsoffer.importer.reading import IndicatorColumn, Place, Reading, UnitRow, place_of
from ojbrottsoffer.importer.stages.beside import ask_about_mark
from ojbrottsoffer.importer.stages.question_columns import said_indicator
from ojbrottsoffer.importer.stages.ranking import of_the_year, shown_columns, which_columns
from ojbrottsoffer.importer.stages.unit_rows import row_ref
from ojbrottsoffer.schema.codes import DELMANGD
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_or
from ojbrottsoffer.sources.register import Reference, unit_id


def read_nation_row(reading: Reading) -> None:
    if reading.nation is None:
        return
    row = UnitRow(reading.nation, reading.nation_label, Unit("riket", "Riket", "riket", ""), "")
    cells = [
        (column.indikator_id, "alla", place_of(reading, row, column.column)) for column in reading.indicators
    ]
    cells = [cell for cell in cells if cell[2].text != ABSENT]
    if not codings.shares_are_counts(reading, cells):
        _shares(reading, cells)


def read_national_table(reading: Reading, indicators: IndicatorMatcher, reference: Reference) -> None:
    layout, profile = reading.layout, reading.profile
    called = _share_columns(reading)
    columns = called or maybe_shares(layout, profile)
    if len(called) != 1:
        reading.open_headings = [layout.name_of(column) for column in columns]
        reading.ask(
            "andelskolumn",
            f"{'Flera kolumner kan vara andelen' if called else 'Ingen kolumn heter Andel ja. Det här kan vara andelen'}: "
            f"{shown_columns(layout, columns)}",
            "kolumner",
            which_columns(reading, columns, "andel"),
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
        place = place_of(reading, UnitRow(row, label, Unit("riket", "Riket", "riket", ""), ""), columns[0])
        known = said_indicator(said_plain.get(plain(label))) or indicators.match(label)
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
                    "okand-indikator",
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
    return of_the_year(reading, "andel")


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
        ask_about_mark(
            reading, mark, places, "bland rikets andelar", "en andel, till exempel 69, 69 % eller 0,69"
        )
    given = [(place, value) for _, _, place, value in parsed if value is not None]
    bare = [(place, value) for place, value in given if not _says_percent(place.text)]
    numbers = [value for _, value in bare]
    if len([value for value in numbers if 0 < value < 1]) > 1 and max(numbers) > 1 and profile.andel is None:
        reading.ask(
            "andelar-over-och-under-ett",
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
            "andelar-hogst-ett",
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


def _says_percent(text: str) -> bool:
    return text.strip().casefold().endswith(("%", "procent"))


def whole_percent(percent: float) -> int:
    """Rounded half up, as Swedish tables are."""
    return math.floor(percent + 0.5)


SURELY_PERCENT = 2
"""A share from here on is no fraction, also in a file where others are."""
