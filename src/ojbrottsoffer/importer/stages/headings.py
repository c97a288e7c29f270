"""What the headings ask, before each is looked up: crosses as answers, short names explained elsewhere in the file,
and what many headings have beside their question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.codebook import explained, find_book
from ojbrottsoffer.importer.forms.patterns import Pattern, all_patterns, numbered, parts_of, signs
from ojbrottsoffer.importer.forms.shape.crosses import alternative_of, cross_groups, joined_crosses
from ojbrottsoffer.importer.forms.table import TableColumn
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, plain
from ojbrottsoffer.importer.meaning.years import other_years
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.reading import EACH, WRONG_YEAR, Reading, cut
from ojbrottsoffer.importer.stages.answer_states import understand_states
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

ANSWERING = re.compile(r"\b(?:svar|resultat|ja/nej)\b", re.IGNORECASE)

OF_OTHERS = re.compile(
    r"\b(?:fg|föreg\w*|förra|förr|tidigare|i fjol|fjolårets|kommentar\w*|notering\w*|förändring\w*|skillnad\w*|riket|län\w*)\b",
    re.IGNORECASE,
)
"""Words of an addition that is hardly about the answers of the year."""


def understand_headings(
    reading: Reading, sheets: Iterable[Sheet], indicators: IndicatorMatcher, chosen: bool
) -> Reading:
    """The reading with the table's columns as what they ask. What is not said in the file is asked about once; of a
    question that has another year's answers alone nothing is asked where the year was `chosen` among the file's."""
    said = {plain(label) for label in reading.profile.indikatorer}

    def is_question(text: str) -> bool:
        return indicators.is_known(text) or plain(text) in said

    reading = _put_together(_explained(_with_crosses(reading), sheets, is_question), is_question)
    reading = understand_states(reading, is_question)
    return _without_patterns(reading, is_question, indicators, chosen)


def _put_together(reading: Reading, is_question: Callable[[str], bool]) -> Reading:
    """The reading with the questions that are split in two or more headings as one text."""

    def changed(column: TableColumn) -> TableColumn:
        if column.role is not None or column.asked or any(map(is_question, column.path)):
            return column
        wholes = (" ".join(column.path[start:]) for start in range(len(column.path) - 1))
        return replace(column, asked=next(filter(is_question, wholes), ""))

    return replace(
        reading, layout=replace(reading.layout, columns=tuple(map(changed, reading.layout.columns)))
    )


def _with_crosses(reading: Reading) -> Reading:
    if not (groups := cross_groups(reading.layout)):
        return reading
    reading.notes.append(
        f"{counted(len(groups), 'fråga har', 'frågor har')} en kolumn för varje svar, med ett kryss i en av dem. "
        "Svaret är rubriken över krysset."
    )
    return replace(reading, layout=joined_crosses(reading.layout, groups))


def _explained(reading: Reading, sheets: Iterable[Sheet], is_question: Callable[[str], bool]) -> Reading:
    texts = reading.profile.rubriker
    if not texts:
        others = [sheet for sheet in sheets if sheet.name != reading.layout.sheet.name]
        of_year = [sheet for sheet in others if not other_years(sheet.name, reading.ar or 0)]
        book = find_book(reading.layout, of_year, is_question) or find_book(
            reading.layout, others, is_question
        )
        if book is None:
            return reading
        label, place = book.against
        if label:
            reading.wrong(
                "Filen förklarar samma korta rubriker på två sätt",
                "Skriv under rubriker i profilen vad varje rubrik frågar, eller be avsändaren om en rättad fil.",
                table=book.where,
                value=label,
                expected=f"en förklaring av varje rubrik; en annan står i {place}",
                priority=2,
            )
        texts = book.texts
        reading = replace(reading, profile=reading.profile.but(rubriker=texts))
        reading.notes.append(
            f"{len(texts)} korta rubriker, som {show(next(iter(texts)))}, förklaras i filen ({book.where}) och är lästa så."
        )
    return replace(reading, layout=explained(reading.layout, texts))


def _without_patterns(
    reading: Reading, is_question: Callable[[str], bool], indicators: IndicatorMatcher, chosen: bool
) -> Reading:
    columns = [column for column in reading.layout.indicators if column.label and not column.asked]
    said = {plain(label) for label in reading.profile.indikatorer}
    open_labels = [
        column.label
        for column in columns
        if plain(column.label) not in said and not is_question(column.label)
    ]
    found = all_patterns(open_labels, reading.profile.rubrikmonster, is_question)
    in_patterns = {text for pattern in found for text in pattern.rests}
    known = sum(is_question(column.label) for column in columns) + len(in_patterns)
    for pattern in numbered(text for text in open_labels if text not in in_patterns):
        if known >= len(pattern.rests) or OF_OTHERS.search(pattern.name):
            found.append(pattern)
    own = {column.label for column in columns}
    of_others = {
        text: (years, rest)
        for text in open_labels
        if text not in in_patterns and (rest := _beside_year(text, reading.ar, is_question))
        if (years := frozenset(other_years(text, reading.ar)) - {*reading.profile.andra_ar})
    }
    meanings: dict[str, str] = {}
    for pattern in found:
        meanings |= _meanings(reading, pattern, found, own) if pattern.name not in meanings else {}
    if not chosen:
        _ask_about_alone(reading, found, meanings, own, indicators, of_others)
    rests = {text: (pattern, rest) for pattern in found for text, rest in pattern.rests.items()}

    def changed(column: TableColumn) -> TableColumn:
        if column.role is None and column.label in of_others:
            return replace(column, role="ignorera")
        if column.role is not None or column.asked or column.label not in rests:
            return column
        pattern, rest = rests[column.label]
        if meanings[pattern.name] == "ignorera":
            return replace(column, role="ignorera")
        return replace(column, asked=rest)

    layout = replace(reading.layout, columns=tuple(map(changed, reading.layout.columns)))
    years = {pattern.year for pattern in found if pattern.year}
    return replace(reading, layout=layout, years=reading.years | years)


def _beside_year(text: str, ar: int | None, is_question: Callable[[str], bool]) -> str:
    """The question of a heading that has another year than the one that is read beside it, if it is one."""
    if not ar or not other_years(text, ar):
        return ""
    return next(
        (
            rest
            for head, rest, tail in parts_of(text)
            if is_question(rest) and other_years(f"{head} {tail}", ar)
        ),
        "",
    )


def _meanings(reading: Reading, pattern: Pattern, found: list[Pattern], own: set[str]) -> dict[str, str]:
    """Pattern -> svar or ignorera: what it means, or is taken for until somebody has answered; also of those that
    are asked about together with it."""
    ar, name = str(reading.ar), pattern.name
    if name in reading.profile.rubrikmonster:
        return {name: reading.profile.rubrikmonster[name]}
    many = counted(len(pattern.rests), "rubrik har", "rubriker har")
    shown = swedish_list([show(text, 80) for text in list(pattern.rests)[:3]])
    beside = sum(rest in own for rest in pattern.rests.values()) * 2 > len(pattern.rests)
    also = any(other.year == ar for other in found) or beside
    if pattern.year == ar:
        reading.notes.append(f"{many} {ar} bredvid frågan, som {shown}.")
        return {name: "svar"}
    if pattern.year and pattern.year in reading.profile.andra_ar:
        return {name: "svar"}
    if pattern.year and also:
        reading.notes.append(f"{many} {pattern.year} bredvid frågan och är inte lästa, som {shown}. {EACH}")
        return {name: "ignorera"}
    if pattern.year:
        reading.ask(
            "ar-i-rubriker",
            f"{many} {pattern.year} bredvid frågan, men filen läses som {ar}: {shown}",
            Choice({"andra_ar": [pattern.year]}, f"svaren gäller ändå {ar}"),
            otherwise=WRONG_YEAR,
            sure=True,
            table=_place(reading, pattern.rests),
            places=reading.under(pattern.rests),
            value=next(iter(pattern.rests)),
            expected=f"svar som gäller {ar}, eller ett besked",
            priority=2,
        )
        return {name: "svar"}
    if "*" not in name:
        reading.ask(
            "rubrikmonster",
            f"{many} bara ett nummer och ingen fråga, {show(name)}: {shown}",
            Choice(
                {"rubrikmonster": {name: "ignorera"}},
                f"ingen av de {len(pattern.rests)} kolumnerna ska läsas",
            ),
            Choice({"rubrikmonster": {name: "svar"}}, "de är svar; fråga om var och en"),
            sure=True,
            table=_place(reading, pattern.rests),
            places=reading.under(pattern.rests),
            value=next(iter(pattern.rests)),
            expected="kolumner med frågor, eller ett besked",
            priority=2,
        )
        return {name: "ignorera"}
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
        [pattern],
        {name: likely},
        f"{many} samma tillägg till frågan, {show(name)}{signs(name)}: {shown}",
        " (samma frågor finns också utan tillägget)" * beside,
    )
    return {name: likely}


def _ask_about_alone(
    reading: Reading,
    found: list[Pattern],
    meanings: dict[str, str],
    own: set[str],
    indicators: IndicatorMatcher,
    of_others: dict[str, tuple[frozenset[str], str]],
) -> None:
    """Questions that have a column of another year and none of the year that is read. `of_others`: headings that have
    no pattern -> their years and questions."""
    answered = own | {
        rest for pattern in found if meanings[pattern.name] == "svar" for rest in pattern.rests.values()
    }
    there = {plain(text) for text in answered}
    alone: dict[str, dict[str, str]] = defaultdict(dict)
    for pattern in found:
        left = pattern.name not in reading.profile.rubrikmonster and meanings[pattern.name] == "ignorera"
        if pattern.year and left:
            alone[pattern.year] |= pattern.rests
    for text, (years, rest) in of_others.items():
        alone[swedish_list(sorted(years))][text] = rest
    for year, rests in alone.items():
        known = {
            text: indicators.known(rest)
            for text, rest in rests.items()
            if plain(rest) not in there and indicators.is_known(rest)
        }
        if not known:
            continue
        it = "den" if len(known) == 1 else "de"
        reading.ask(
            "ar-i-rubriker",
            f"{counted(len(known), 'fråga', 'frågor')} har bara en kolumn för {year}, och ingen för {reading.ar}: "
            f"{cut([show(text, 80) for text in known])}",
            Choice({"kolumner": dict.fromkeys(known, "ignorera")}, f"{it} gäller bara {year}"),
            Choice({"indikatorer": known}, f"svaren gäller ändå {reading.ar}"),
            table=_place(reading, rests),
            value=next(iter(known)),
            expected=f"svar som gäller {reading.ar}, eller ett besked",
            places=reading.under(known),
            priority=2,
        )


def _which_of(reading: Reading, pattern: Pattern, rivals: list[Pattern]) -> dict[str, str]:
    """The same questions with several additions, as Svar and Kommentar: one question about them together."""

    def unlikely(item: Pattern) -> tuple[bool, bool, str]:
        other = OF_OTHERS.search(item.name) is not None or bool(item.years - {str(reading.ar)})
        return other, ANSWERING.search(item.name) is None, item.name

    group = sorted([pattern, *rivals], key=unlikely)
    if sum(alternative_of(item.name.casefold()) is not None for item in group) > 1:
        reading.wrong(
            "Frågorna har en kolumn för varje svar, och i dem står annat än kryss",
            "Är det hur många som har svarat så: det är inga svar. Annars: sätt ett kryss i en av kolumnerna i en kopia av "
            "filen, eller be avsändaren om en fil med svaren i en kolumn för varje fråga.",
            table=_place(reading, pattern.rests),
            value=next(iter(pattern.rests)),
            expected="ett kryss under ett av svaren",
            priority=2,
        )
        return dict.fromkeys((item.name for item in group), "ignorera")
    likely = {item.name: "ignorera" if n else "svar" for n, item in enumerate(group)}
    shown = swedish_list([f"{show(item.name)} ({len(item.rests)})" for item in group])
    what = f"Samma frågor har flera kolumner, med olika tillägg: {shown}"
    _ask_about(reading, group, likely, what, "")
    return likely


def _ask_about(reading: Reading, group: list[Pattern], likely: dict[str, str], what: str, more: str) -> None:
    none = dict.fromkeys(likely, "ignorera")
    others = [said for name in likely if (said := none | {name: "svar"}) != likely]
    reading.ask(
        "rubrikmonster",
        what,
        Choice({"rubrikmonster": likely}, f"{_read_of(likely)}{more}"),
        *(Choice({"rubrikmonster": said}, _read_of(said)) for said in others),
        *([Choice({"rubrikmonster": none}, _read_of(none))] if none != likely else ()),
        sure=True,
        table=_place(reading, group[0].rests),
        places=reading.under({text for pattern in group for text in pattern.rests}),
        value=next(iter(group[0].rests)),
        expected="frågorna utan tillägg, eller ett besked",
        priority=2,
    )


def _read_of(said: dict[str, str]) -> str:
    """Which of the columns an answer reads, in words."""
    names = [show(name) for name, what in said.items() if what == "svar"]
    if not names:
        return "ingen av kolumnerna ska läsas"
    return (
        f"bara kolumnerna med {swedish_list(names)} ska läsas"
        if said.keys() - names and len(said) > 1
        else "kolumnerna är svaren"
    )


def _place(reading: Reading, texts: Container[str]) -> str:
    first = next(column for column in reading.layout.columns if column.label in texts)
    return reading.at(reading.heading_row, first.index)
