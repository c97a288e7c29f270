"""What the headings ask, before each is looked up: crosses as answers, short names explained elsewhere in the file,
and what many headings have beside their question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.forms.codebook import explained, find_book
from ojbrottsoffer.importer.forms.crosses import cross_groups, joined_crosses
from ojbrottsoffer.importer.forms.patterns import Pattern, find_patterns, without
from ojbrottsoffer.importer.forms.table import TableColumn
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, plain
from ojbrottsoffer.importer.read.sheet import Sheet
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

ANSWERING = re.compile(r"\b(?:svar|resultat|ja/nej)\b", re.IGNORECASE)


def understand_headings(reading: Reading, sheets: list[Sheet], indicators: IndicatorMatcher) -> None:
    """Changes the table's columns to what they ask. What is not said in the file is asked about once."""
    said = {plain(label) for label in reading.profile.indikatorer}

    def is_question(text: str) -> bool:
        return plain(text) in indicators.by_plain or plain(text) in said

    if reading.profile.kryss or not reading.strict:
        _join_crosses(reading)
    _explain(reading, sheets, is_question)
    if not reading.strict:
        _find_patterns(reading, is_question)


def _join_crosses(reading: Reading) -> None:
    if not (groups := cross_groups(reading.layout)):
        return
    reading.layout = joined_crosses(reading.layout, groups)
    reading.notes.append(
        f"{counted(len(groups), 'fråga har', 'frågor har')} en kolumn för varje svar, med ett kryss i en av dem. "
        "Svaret är rubriken över krysset."
    )


def _explain(reading: Reading, sheets: list[Sheet], is_question: Callable[[str], bool]) -> None:
    texts = reading.profile.rubriker
    if not texts and not reading.strict:
        others = [sheet for sheet in sheets if sheet.name != reading.layout.sheet.name]
        book = find_book(reading.layout, others, is_question)
        if book is None:
            return
        texts = book.texts
        reading.profile = replace(reading.profile, rubriker=texts)
        names = list(texts)
        reading.notes.append(
            f"{len(texts)} korta rubriker, som {show(names[0])}, förklaras i filen ({book.where}) och är lästa så."
        )
    if texts:
        reading.layout = explained(reading.layout, texts)


def _find_patterns(reading: Reading, is_question: Callable[[str], bool]) -> None:
    columns = [column for column in reading.layout.indicators if column.label]
    said = {plain(label) for label in reading.profile.indikatorer}
    open_labels = [
        column.label
        for column in columns
        if plain(column.label) not in said
        and (not is_question(column.label) or any(p.year for p in find_patterns([column.label], is_question)))
    ]
    found = [
        Pattern(name, rests)
        for name in reading.profile.rubrikmonster
        if (rests := {t: rest for t in open_labels if (rest := without(t, name)) is not None})
    ]
    stated = {text for pattern in found for text in pattern.rests}
    found += find_patterns([text for text in open_labels if text not in stated], is_question)
    own = {column.label for column in columns}
    meanings = {
        pattern.name: reading.profile.rubrikmonster.get(pattern.name)
        or _meaning(reading, pattern, found, own)
        for pattern in found
    }
    changed: dict[str, TableColumn] = {}
    for pattern in found:
        for column in columns:
            if column.label in pattern.rests:
                changed[column.label] = (
                    replace(column, role="ignorera")
                    if meanings[pattern.name] == "ignorera"
                    else replace(column, asked=pattern.rests[column.label])
                )
    if changed:
        reading.layout = replace(
            reading.layout,
            columns=tuple(
                replace(changed[c.label], index=c.index, path=c.path)
                if c.label in changed and c.role is None
                else c
                for c in reading.layout.columns
            ),
        )


def _meaning(reading: Reading, pattern: Pattern, found: list[Pattern], own: set[str]) -> str:
    """svar or ignorera: what a pattern means, or is taken for until somebody has answered."""
    ar = str(reading.ar)
    many = counted(len(pattern.rests), "rubrik har", "rubriker har")
    shown = swedish_list([show(text, 80) for text in list(pattern.rests)[:3]])
    beside = sum(rest in own for rest in pattern.rests.values()) * 2 > len(pattern.rests)
    also = any(other.year == ar for other in found) or beside
    if pattern.year == ar:
        reading.notes.append(f"{many} {ar} bredvid frågan, som {shown}.")
        return "svar"
    if pattern.year and pattern.year in reading.profile.andra_ar:
        return "svar"
    if pattern.year and also:
        reading.notes.append(
            f"{many} {pattern.year} bredvid frågan och är inte lästa, som {shown}. Läs in dem var för sig med sitt --ar."
        )
        return "ignorera"
    if pattern.year:
        reading.other_years = sorted({*reading.other_years, pattern.year})
        reading.ask(
            "ar-i-rubriker",
            f"{many} {pattern.year} bredvid frågan, men filen läses som {ar}: {shown}",
            "andra_ar",
            f"[{pattern.year}] om svaren ändå gäller {ar}. Annars: kör om med rätt --ar, eller hämta rätt fil",
            table=_place(reading, pattern),
            value=next(iter(pattern.rests)),
            expected=f"svar som gäller {ar}, eller ett besked",
            priority=2,
        )
        return "svar"
    likely = "ignorera" if beside else "svar"
    rivals = [
        other
        for other in found
        if other is not pattern and set(other.rests.values()) & set(pattern.rests.values())
    ]
    if rivals:
        return _which_of(reading, pattern, rivals)
    _ask_about(
        reading,
        pattern,
        [pattern],
        {pattern.name: likely},
        f"{many} samma tillägg till frågan, {show(pattern.name)}: {shown}",
        " (samma frågor finns också utan tillägget)" * beside,
    )
    return likely


def _which_of(reading: Reading, pattern: Pattern, rivals: list[Pattern]) -> str:
    """The same questions with several additions, as Svar and Kommentar: one question about them together."""
    group = sorted([pattern, *rivals], key=lambda item: (ANSWERING.search(item.name) is None, item.name))
    likely = {item.name: "ignorera" if n else "svar" for n, item in enumerate(group)}
    if pattern.name not in reading.proposed_patterns:
        shown = swedish_list([f"{show(item.name)} ({len(item.rests)})" for item in group])
        _ask_about(
            reading,
            group[0],
            group,
            likely,
            f"Samma frågor har flera kolumner, med olika tillägg: {shown}",
            "",
        )
    return likely[pattern.name]


def _ask_about(
    reading: Reading, first: Pattern, patterns: list[Pattern], likely: dict[str, str], what: str, more: str
) -> None:
    reading.proposed_patterns |= {item.name: likely[item.name] for item in patterns}
    said = ", ".join(f'"{name}": {meaning}' for name, meaning in likely.items())
    reading.ask(
        "rubrikmonster",
        what,
        "rubrikmonster",
        f"{said}, om det är så: svar är de kolumner som ska läsas, ignorera de andra{more}",
        table=_place(reading, first),
        value=next(iter(first.rests)),
        expected="frågorna utan tillägg, eller ett besked",
        priority=2,
    )


def _place(reading: Reading, pattern: Pattern) -> str:
    layout = reading.layout
    first = next(column for column in layout.columns if column.label in pattern.rests)
    return reading.at((layout.header_rows or (layout.first,))[-1], first.index)
