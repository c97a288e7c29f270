"""Whether an accepted file is still what it was when it was accepted."""

from __future__ import annotations

import math

import yaml

from ojbrottsoffer.importer.meaning.units import normal
from ojbrottsoffer.importer.reading import MOST_ALIKE, RESTORE, Reading
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import swedish_list


def check_as_accepted(reading: Reading) -> None:
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
