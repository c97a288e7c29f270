"""A list of placings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.find.value_columns import maybe_placings
from ojbrottsoffer.importer.forms.table import Layout, TableColumn, said_role
from ojbrottsoffer.importer.meaning.values import coding, reasons_of, shown_mark
from ojbrottsoffer.importer.reading import WRONG_YEAR, Reading
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list


def placing_column(reading: Reading) -> Reading:
    """The column with the placings is the one that is called so and of no other year; else a question."""
    reading, columns = of_the_year(reading, "placering")
    maybe = maybe_placings(reading.layout, reading.profile)
    layout, years = reading.layout, sorted({year for column in columns for year in _years(column)})
    other = (
        years
        and str(reading.ar) not in years
        and reading.ar is not None
        and not any(said_role(layout.sheet, c, reading.profile) == "placering" for c in columns)
    )
    if maybe or other or len(columns) > 1:
        shown = sorted([*columns, *maybe], key=lambda column: column.index)
        reading.ask(
            "placeringskolumn",
            f"Det är oklart vilken kolumn som är placeringen: {shown_columns(layout, shown)}",
            *which_column(reading, shown, "placering"),
            priority=2,
            table=reading.at(reading.heading_row, shown[0].index),
            value=shown[0].label,
            expected="en kolumn med rubriken Placering, Plats eller Rank"
            + (f", för {reading.ar} och inte för {swedish_list(years)}" if other else "")
            + ", eller ett besked",
        )
        tentative = next(
            (c for c in columns if str(reading.ar) in _years(c)), columns[0] if columns else None
        )
        others = [c for c in columns if c is not tentative]
        return replace(reading, layout=layout.ignoring(others))
    return reading


def read_placings(reading: Reading) -> None:
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
                    "placering",
                    f"Placeringen {shown_mark(place.text)} går inte att tolka",
                    Choice({"saknas": {place.text or "tom": ASK}}, "svaret saknas", reasons_of(place.text)),
                    table=place.where,
                    column=column.label,
                    value=place.text,
                    places=[other.where for other in places if other.text == place.text],
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


def of_the_year(reading: Reading, role: str) -> tuple[Reading, list[TableColumn]]:
    """The columns with shares, or placings: those of the year that is read, in a table with many years; the others
    are then ignored."""
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
            "andel-annat-ar",
            f"Kolumnen {show(columns[0].label)} gäller ett annat år än {reading.ar}",
            Choice({"kolumner": {layout.name_of(columns[0]): "andel"}}, f"den gäller {reading.ar}"),
            otherwise=WRONG_YEAR,
            table=reading.at(reading.heading_row, columns[0].index),
            value=columns[0].label,
            expected=f"andelar för {reading.ar}",
            priority=2,
        )
    if len(columns) < 2 or len(own) != 1 or not all(years.values()) or said:
        return reading, columns
    others = [c for c in columns if c not in own]
    reading.notes.append(
        f"Läser kolumnen {show(own[0].label)}. Kolumnerna för andra år är inte lästa: "
        + ", ".join(c.label for c in others)
        + ". Läs in dem var för sig med sitt --ar."
    )
    return replace(reading, layout=layout.ignoring(others)), own


def _years(column: TableColumn) -> set[str]:
    """The years in the headings of a column."""
    return {year for text in (column.label, *column.path) for year in YEAR.findall(text)}


def which_column(reading: Reading, columns: list[TableColumn], role: str) -> list[Choice]:
    """The answers that choose one of the columns: that of the year first, if only one is."""
    layout, ar = reading.layout, str(reading.ar)
    right = [c for c in columns if ar in _years(c)]
    own = right[0] if len(right) == 1 else None
    ignored = {layout.name_of(c): "ignorera" for c in columns}
    return [
        Choice(
            {"kolumner": ignored | {layout.name_of(column): role}},
            f"kolumnen {show(layout.name_of(column))} är den rätta"
            + f", för den gäller {ar}" * (column is own),
        )
        for column in sorted(columns, key=lambda column: column is not own)
    ]


def shown_columns(layout: Layout, columns: list[TableColumn]) -> str:
    """The headings of columns, with the letter of those that are called as another is."""
    return swedish_list(
        [show(c.label) + (f" ({name})" if (name := layout.name_of(c)) != c.label else "") for c in columns]
    )
