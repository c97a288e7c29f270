"""The shares of the nation: a row among the units, or a table of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts import coding_evidence
from ojbrottsoffer.importer.doubts.other_shares import ask_about_other_shares
from ojbrottsoffer.importer.forms.find.value_columns import maybe_shares
from ojbrottsoffer.importer.forms.table import TableColumn
from ojbrottsoffer.importer.found import Place, place_of, row_ref
from ojbrottsoffer.importer.found_shares import (
    A_SHARE,
    ShareCell,
    nation_cells,
    says_percent,
    share_rows,
    shares_of,
)
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, Known, plain
from ojbrottsoffer.importer.meaning.units import normal
from ojbrottsoffer.importer.meaning.values import EMPTY, MARKS, is_summary, key_of, share
from ojbrottsoffer.importer.reading import IndicatorColumn, Reading
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.importer.stages.beside import ask_about_mark
from ojbrottsoffer.importer.stages.placing_columns import of_the_year, shown_columns, which_column
from ojbrottsoffer.importer.stages.question_columns import expected_label, said_indicator
from ojbrottsoffer.schema.codes import DELMANGD
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_or
from ojbrottsoffer.sources.reference.register import Reference, unit_id


def read_nation_row(reading: Reading) -> Reading:
    """The reading with the shares of the nation's row."""
    if reading.nation is None:
        return reading
    cells = nation_cells(reading.layout, reading.nation, reading.indicators)
    return reading if coding_evidence.shares_are_counts(reading, cells) else _with_shares(reading, cells)


def read_national_table(reading: Reading, indicators: IndicatorMatcher, reference: Reference) -> Reading:
    """The reading with the shares of a table of its own."""
    reading, called = of_the_year(reading, "andel")
    layout, profile = reading.layout, reading.profile
    columns = called or maybe_shares(layout, profile)
    if len(called) != 1:
        reading.ask(
            "andelskolumn",
            f"{'Flera kolumner kan vara andelen' if called else 'Ingen kolumn heter Andel ja. Det här kan vara andelen'}: "
            f"{shown_columns(layout, columns)}",
            *which_column(reading, columns, "andel"),
            value=columns[0].label if columns else "",
            table=reading.at(reading.heading_row, columns[0].index) if columns else reading.table,
            expected="en kolumn med rikets andel",
        )
        return reading
    ask_about_other_shares(reading, columns[0])
    said_plain = {plain(label): item for label, item in profile.indikatorer.items()}
    parts = {row.etikett: row for row in reference.etiketter_riket.itertuples()}
    skip = {normal(label) for label in profile.hoppa_over}
    cells, seen, found, of_parts = [], {}, [], {}
    for row, label, part_text in share_rows(layout):
        place = place_of(layout, row, columns[0].index)
        here = normal(row_ref(layout, row))
        if not label and place.text and here not in skip:
            reading.wrong(
                "En rad med andel saknar indikator",
                "Skriv raden under hoppa_over i profilen, till exempel "
                f'hoppa_over: ["{row_ref(layout, row)}"], eller be avsändaren om en rättad fil.',
                table=place.where,
                value=place.text,
                expected="en indikator",
            )
        if not label or normal(label) in skip or here in skip:
            continue
        known = said_indicator(said_plain.get(plain(label))) or indicators.match(label)
        part = unit_id(part_text) or "alla"
        if label in parts and known.indikator_id is None:
            known, part = Known(parts[label].indikator_id, "samma etikett"), parts[label].delmangd
            of_parts[label] = part
        where = {"table": reading.at(row, layout.label_column), "value": label}
        if known.indikator_id is None and is_summary(label):
            reading.notes.append(f"Raden {show(label)} är en summering och lästes inte.")
            continue
        if known.indikator_id is None:
            if place.text:
                near = tuple(item.indikator_id for item in known.suggestions)
                reading.ask(
                    "okand-indikator",
                    "Okänd indikator",
                    Choice(
                        {"indikatorer": {label: ASK}},
                        "raden är en fråga som någon utgåva har",
                        near=near,
                        parts={"indikatorer": tuple(dict.fromkeys([*near, *indicators.names]))},
                        called=indicators.names,
                    ),
                    Choice({"hoppa_over": [label]}, "raden är inte en fråga"),
                    alike=indicators.called(known.suggestions),
                    places=[place.where],
                    **where,
                    expected=expected_label(known),
                )
            continue
        if part not in DELMANGD.codes:
            reading.wrong(
                "Okänd delmängd",
                "Är det ett skrivfel: be avsändaren om en rättad fil. Är delen ny: "
                "lägg till den i kodlistan DELMANGD i schema/codes.py.",
                table=next(reading.at(row, c.index) for c in layout.columns if c.role == "delmangd"),
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
        found.append(IndicatorColumn(row, label, known.indikator_id, TableColumn(row, label, ()), known.how))
    reading = _with_shares(replace(reading, indicators=tuple(found), parts=of_parts), cells)
    if reading.shares and all(value is None for value, _ in reading.shares.values()):
        reading.wrong(
            "Tabellen har inte en enda andel",
            "Kontrollera att det är rätt blad och rätt kolumn.",
            table=cells[0][2].where,
            value=cells[0][2].text,
            expected="minst en andel, till exempel 69 %",
        )
    return reading


def _with_shares(reading: Reading, cells: list[ShareCell]) -> Reading:
    """The reading with the nation's shares in percent; fractions only if the recipe says so."""
    profile = reading.profile
    if coding_evidence.shares_are_answers(reading, cells):
        return reading
    parsed = shares_of(cells, profile)
    unknown: dict[str, list[Place]] = defaultdict(list)
    for place in parsed.unknown:
        if key_of(place.text) in MARKS | {EMPTY}:
            unknown[key_of(place.text)].append(place)
            continue
        reading.wrong(
            "Rikets andel går inte att tolka",
            "Saknas andelen: ange tecknet under saknas i "
            "profilen. Är raden inte andelar: skriv den under hoppa_over. Annars: be avsändaren om en rättad fil.",
            table=place.where,
            value=place.text,
            expected=A_SHARE,
        )
    for mark, places in unknown.items():
        ask_about_mark(reading, mark, places, "bland rikets andelar", A_SHARE)
    _ask_about_fractions(reading, [place for _, place in parsed.shares.values()])
    for percent, place in parsed.shares.values():
        if percent is not None and percent > 100:
            reading.wrong(
                "Rikets andel är mer än 100 procent",
                "Kontrollera cellen i filen; är andelarna "
                "skrivna som procent: skriv andel: procent i profilen.",
                table=place.where,
                value=place.text,
                expected="en andel från 0 till 100",
            )
    return replace(reading, shares=parsed.shares)


def _ask_about_fractions(reading: Reading, places: list[Place]) -> None:
    """0,69 may be less than a percent, or 69."""
    given = [(place, value) for place in places if (value := share(place.text)) is not None]
    bare = [(place, value) for place, value in given if not says_percent(place.text)]
    numbers = [value for _, value in bare]
    if not numbers or reading.profile.andel is not None:
        return
    where = {"table": bare[0][0].where, "places": [place.where for place, _ in bare]}
    if len([value for value in numbers if 0 < value < 1]) > 1 and max(numbers) > 1:
        reading.ask(
            "andelar-over-och-under-ett",
            "Rikets andelar utan procenttecken är både över och under 1",
            Choice({"andel": "procent"}, "0,69 betyder mindre än en procent"),
            Choice(
                {"andel": "brak"},
                "det som är högst 1 är bråk, så att 0,69 betyder 69 procent; det andra är procent",
            ),
            **where,
            value=", ".join(place.text for place, value in bare if value < 1)[:80],
            expected="andelar skrivna på ett sätt, eller ett besked",
        )
    elif max(numbers) <= 1 and any(numbers):
        mixed = len(bare) < len(given)
        reading.ask(
            "andelar-hogst-ett",
            f"{counted(len(bare), 'andel', 'andelar')} utan procenttecken är högst 1, bland andra med procenttecken"
            if mixed
            else "Rikets andelar är alla högst 1",
            Choice({"andel": "brak"}, "0,69 betyder 69 procent"),
            Choice({"andel": "procent"}, "0,69 betyder mindre än en procent"),
            otherwise="Det gäller bara dem utan procenttecken." * mixed,
            **where,
            value=bare[0][0].text,
            expected="andelar i procent, eller ett besked",
        )
