"""What many units' names have beside them, as the year: asked about once."""

from __future__ import annotations

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.patterns import Pattern, all_patterns, signs
from ojbrottsoffer.importer.meaning.units import UnitMatcher, normal
from ojbrottsoffer.importer.meaning.values import is_summary
from ojbrottsoffer.importer.reading import WRONG_YEAR, Reading
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list


def unit_patterns(
    reading: Reading, rows: list[tuple[int, str, str | None]], units: UnitMatcher
) -> tuple[dict[str, str | None], set[str]]:
    """Label -> the name that it has without its pattern, None for a row that is left out; and the years that the
    names have."""
    profile = reading.profile
    settled = {normal(label) for label in (*profile.hoppa_over, *profile.riket, *profile.enheter)}

    def is_unit(text: str) -> bool:
        return units.is_nation(text) or units.key(text) is not None and units.match(text).unit is not None

    labels = [
        label
        for _, label, code in rows
        if label
        and normal(label) not in settled
        and not units.is_nation(label, code)
        and not units.is_county(label, code)
        and not is_summary(label)
        and units.match(label, code).unit is None
    ]
    found = all_patterns(labels, profile.enhetsmonster, is_unit)
    result: dict[str, str | None] = {}
    for pattern in found:
        meaning = profile.enhetsmonster.get(pattern.name) or _meaning(reading, pattern, found, rows)
        for label, rest in pattern.rests.items():
            result[label] = None if meaning == "hoppa_over" else rest
    return result, {pattern.year for pattern in found if pattern.year}


def _meaning(reading: Reading, pattern: Pattern, found: list[Pattern], rows: list) -> str:
    ar = str(reading.ar)
    shown = swedish_list([show(text) for text in list(pattern.rests)[:3]])
    many = counted(len(pattern.rests), "enhet har", "enheter har")
    own = {label for _, label, _ in rows}
    beside = any(other.year == ar for other in found) or sum(
        r in own for r in pattern.rests.values()
    ) * 2 > len(pattern.rests)
    if pattern.year == ar or pattern.year and pattern.year in reading.profile.andra_ar:
        return "enhet"
    if pattern.year and beside:
        reading.notes.append(f"{many} {pattern.year} efter namnet och är inte lästa, som {shown}.")
        return "hoppa_over"
    first = next(row for row, label, _ in rows if label in pattern.rests)
    where = {
        "table": reading.at(first, reading.layout.label_column),
        "value": next(iter(pattern.rests)),
        "priority": 2,
    }
    if pattern.year:
        reading.ask(
            "ar-i-namn",
            f"{many} {pattern.year} vid namnet, men filen läses som {ar}: {shown}",
            Choice({"andra_ar": [pattern.year]}, f"om svaren ändå gäller {ar}"),
            otherwise=WRONG_YEAR,
            sure=True,
            expected=f"svar som gäller {ar}, eller ett besked",
            **where,
        )
        return "enhet"
    reading.ask(
        "enhetsmonster",
        f"{many} samma tillägg till namnet, {show(pattern.name)}{signs(pattern.name)}: {shown}",
        Choice({"enhetsmonster": {pattern.name: "enhet"}}, "om det är samma enheter"),
        Choice({"enhetsmonster": {pattern.name: "hoppa_over"}}, "om raderna inte ska läsas"),
        otherwise="Är de andra enheter, som stadsdelar: skriv dem en och en under enheter.",
        sure=True,
        expected="enheternas namn utan tillägg, eller ett besked",
        **where,
    )
    return "enhet"
