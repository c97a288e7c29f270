"""What many units' names have beside them, as the year: asked about once."""

from __future__ import annotations

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.patterns import Pattern, all_patterns, signs
from ojbrottsoffer.importer.meaning.units import UnitMatcher, normal
from ojbrottsoffer.importer.meaning.values import FINAL, is_summary
from ojbrottsoffer.importer.reading import WRONG_YEAR, Reading, cut
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

MOST_EACH = 4
"""No more kinds of additions than this are each an answer of their own."""


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
    stated = profile.enhetsmonster
    open_ones = [pattern for pattern in found if pattern.name not in stated]
    meanings = stated | {
        pattern.name: _of_year(reading, pattern, found, rows) for pattern in open_ones if pattern.year
    }
    if others := [pattern for pattern in open_ones if not pattern.year]:
        meanings |= _asked(reading, others, rows)
    result = {
        label: None if meanings[pattern.name] == "hoppa_over" else rest
        for pattern in found
        for label, rest in pattern.rests.items()
    }
    return result, {pattern.year for pattern in found if pattern.year}


def _of_year(reading: Reading, pattern: Pattern, found: list[Pattern], rows: list) -> str:
    """What units with a year at their names are: of the year that is read, or left out; asked about if nothing tells."""
    ar = str(reading.ar)
    shown = swedish_list([show(text) for text in list(pattern.rests)[:3]])
    many = counted(len(pattern.rests), "enhet har", "enheter har")
    own = {label for _, label, _ in rows}
    beside = any(other.year == ar for other in found) or sum(
        r in own for r in pattern.rests.values()
    ) * 2 > len(pattern.rests)
    if pattern.year in (ar, *reading.profile.andra_ar):
        return "enhet"
    if beside:
        reading.notes.append(f"{many} {pattern.year} efter namnet och är inte lästa, som {shown}.")
        return "hoppa_over"
    reading.ask(
        "ar-i-namn",
        f"{many} {pattern.year} vid namnet, men filen läses som {ar}: {shown}",
        Choice({"andra_ar": [pattern.year]}, f"svaren gäller ändå {ar}"),
        otherwise=WRONG_YEAR,
        sure=True,
        expected=f"svar som gäller {ar}, eller ett besked",
        **_where(reading, [pattern], rows),
    )
    return "enhet"


def _asked(reading: Reading, patterns: list[Pattern], rows: list) -> dict[str, str]:
    """Pattern -> what its rows are taken for, until the one question about them all is answered: the same units, or
    the likeliest of them where a unit has several."""
    patterns = sorted(patterns, key=lambda pattern: (not FINAL.search(pattern.name), -len(pattern.rests)))
    every = dict.fromkeys((pattern.name for pattern in patterns), "enhet")
    none = dict.fromkeys(every, "hoppa_over")
    rests = [rest for pattern in patterns for rest in pattern.rests.values()]
    apart = len(set(map(normal, rests))) == len(rests)
    same = [Choice({"enhetsmonster": every}, "det är samma enheter som utan tillägget")] if apart else []
    each = [
        Choice({"enhetsmonster": none | {name: "enhet"}}, f"bara raderna med {show(name)} ska läsas")
        for name in (every if 1 < len(every) <= MOST_EACH else ())
    ]
    pattern = patterns[0]
    many = (
        counted(len(rests), "enhet har", "enheter har")
        if apart
        else counted(len(rests), "rad har", "rader har")
    )
    if len(patterns) == 1:
        shown = swedish_list([show(text) for text in list(pattern.rests)[:3]])
        what = f"{many} samma tillägg till namnet, {show(pattern.name)}{signs(pattern.name)}: {shown}"
    else:
        shown = cut([f"{show(other.name)} ({len(other.rests)})" for other in patterns])
        more = "" if apart else ", och samma enhet står på flera"
        what = f"{many} ett tillägg till namnet{more}: {shown}"
    reading.ask(
        "enhetsmonster",
        what,
        *same,
        *each,
        Choice({"enhetsmonster": none}, "raderna ska inte läsas"),
        otherwise="Är de andra enheter, som stadsdelar: skriv dem en och en under enheter.",
        sure=apart,
        expected="enheternas namn utan tillägg, eller ett besked",
        **_where(reading, patterns, rows),
    )
    return every if apart else none | {pattern.name: "enhet"}


def _where(reading: Reading, patterns: list[Pattern], rows: list) -> dict[str, object]:
    """The rows of patterns, for a question about them that names the first of the first."""
    column, first = reading.layout.label_column, patterns[0]
    row, label = next((row, label) for row, label, _ in rows if label in first.rests)
    texts = {text for pattern in patterns for text in pattern.rests}
    places = [reading.at(r, column) for r, text, _ in rows if text in texts]
    return {"table": reading.at(row, column), "value": label, "priority": 2, "places": places}
