"""Two columns that say what unit, or what year, a row is of: where they disagree in some rows, which goes is a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.find.heading_words import COUNTY_HEADERS, YEAR
from ojbrottsoffer.importer.forms.find.row_columns import YEAR_OF_FILE
from ojbrottsoffer.importer.forms.rows import year_of
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.meaning.units import region_code
from ojbrottsoffer.importer.meaning.values import is_numbering
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.form_parts import Part
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted

SENDER = "Annars: be avsändaren om en rättad fil."
LEAST = 3
"""So many rows of a column name units, or it may be by chance."""


def without_disagreeing(reading: Reading) -> Reading:
    """The reading of a table with one column of codes and one of years; where two of them disagree they are asked
    about, and the first is read until somebody has answered."""
    layout = reading.layout
    codes = [c for c in layout.columns if c.role == "kommunkod"]
    if codes and _all(layout, layout.label_column, str.isdigit):
        own = layout.sheet.cells[reading.heading_row][layout.label_column]
        codes = [TableColumn(layout.label_column, own, ()), *codes]
    counties = [c for c in layout.columns if c.role == "ignorera" and c.label.casefold() in COUNTY_HEADERS]
    years = [c for c in layout.columns if c.role == "ar"]
    years += [c for c in layout.indicators if years and c.label and _all(layout, c.index, YEAR.fullmatch)]
    left = []
    for kind, group, value, what in (
        ("kommunkoder", [*codes, *counties] if codes else [], region_code, "koder"),
        ("flera-ar", years, year_of, "årtal"),
    ):
        for other in group[1:]:
            if not YEAR_OF_FILE.match(other.label.casefold()):
                _compare(reading, kind, group[0], other, value, what)
        left += group[1:]
    return replace(reading, layout=layout.ignoring(left)) if left else reading


def _all(layout: Layout, column: int, is_one: Callable[[str], object]) -> bool:
    texts = [layout.sheet.cells[row][column] for row in range(layout.first, layout.last + 1)]
    return any(texts) and all(is_one(text) for text in texts if text)


def _compare(
    reading: Reading,
    kind: str,
    first: TableColumn,
    other: TableColumn,
    value: Callable[[str], str | None],
    what: str,
) -> None:
    layout, labels = reading.layout, reading.layout.label_column
    if reading.profile.kolumner.get(layout.name_of(other)) == "ignorera":
        return
    rows = []
    for row in range(layout.first, layout.last + 1):
        one, two = (value(layout.sheet.cells[row][column.index]) for column in (first, other))
        if one and two and not one.startswith(two) and not two.startswith(one):
            rows.append(row)
    if not rows:
        return

    left = {"kolumner": {layout.name_of(first): "ignorera"}}
    if other.role != "ignorera":
        left["kolumner"][layout.name_of(other)] = first.role or "kommunkod"
    if first.index == labels:  # where that has the units the other one has them
        left = {"enhetskolumn": layout.sheet.column_name(other.index)}
    shown = [
        show(first.label) if first.index == labels else show(layout.name_of(first)),
        show(layout.name_of(other)),
    ]
    reading.ask(
        kind,
        f"Kolumnerna {shown[0]} och {shown[1]} har olika {what} på {counted(len(rows), 'rad', 'rader')}",
        Choice({"kolumner": {layout.name_of(other): "ignorera"}}, f"{shown[0]} gäller"),
        Choice(left, f"{shown[1]} gäller"),
        otherwise=SENDER,
        table=reading.at(rows[0], other.index),
        value=layout.sheet.cells[rows[0]][other.index],
        places=[reading.at(row, other.index) for row in rows],
        row_label=layout.sheet.cells[rows[0]][labels],
        priority=2,
        expected=f"{layout.sheet.cells[rows[0]][first.index]}, som i {shown[0]}",
    )


def ask_about_units(
    reading: Reading, parts: tuple[Part, ...], sheets: list[Sheet], key: Callable[[str], str | None]
) -> None:
    """A question about the first column that names other units than those that are read, in some rows of a file with
    a row for each answer."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for at, part in enumerate(parts):
        if not part.enhet.isalpha() or part.en_gang or part.fyll_ned:
            continue
        sheet, used = by_name[part.blad], {index_of(c) for c in (*part.columns.values(), *part.lamnas)}
        rows = range(part.forsta - 1, min(part.sista, sheet.height))
        own = index_of(part.kod or part.enhet)
        for column in (c for c in range(sheet.width) if c not in used):
            if is_numbering([sheet.cells[r][column] for r in rows]):
                continue
            named = [
                (r, one, two)
                for r in rows
                if (two := key(sheet.cells[r][column])) and (one := key(sheet.cells[r][own]))
            ]
            against = [r for r, one, two in named if one != two]
            if len(named) < LEAST or len(named) * 2 < len(rows) or not against:
                continue
            name = letters(column)
            instead = {
                "enhet": name,
                "kod": None,
                "lamnas": (*part.lamnas, *filter(None, (part.enhet, part.kod))),
            }
            choices = (({"lamnas": (*part.lamnas, name)}, own), (instead, column))
            heading = [
                sheet.cells[part.rubrikrad - 1][c] if part.rubrikrad else letters(c) for c in (own, column)
            ]
            reading.ask(
                "kommunkoder",
                f"Kolumnerna {show(heading[0])} och {show(heading[1])} säger olika enheter på {counted(len(against), 'rad', 'rader')}",
                *(
                    Choice(
                        {
                            "form": [
                                each.model_copy(update=said if n == at else {}).plain()
                                for n, each in enumerate(parts)
                            ]
                        },
                        f"kolumn {letters(c)} gäller",
                    )
                    for said, c in choices
                ),
                otherwise=SENDER,
                table=sheet.where(against[0], column),
                value=sheet.cells[against[0]][column],
                places=[sheet.where(r, column) for r in against],
                priority=2,
                expected=f"{sheet.cells[against[0]][own]}, som i {sheet.where(against[0], own)}",
            )
            return
