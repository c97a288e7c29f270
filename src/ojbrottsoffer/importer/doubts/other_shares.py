"""Whether the nation's shares may be of something else than those that answered yes."""

from __future__ import annotations

import re

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.titles import titles_of
from ojbrottsoffer.importer.forms.table import TableColumn, said_role
from ojbrottsoffer.importer.reading import Reading

ABSENT = re.compile(
    r"\b(?:uppgift\w*|svar|värde\w*|data|andel\w*|siffr\w*)(?: som)? (?:saknas|finns inte|finns ej)|\b(?:kommun\w*|de)? ?(?:som )?(?:inte|ej) "
    r"(?:ha[rft]\w* )?(?:svara\w*|besvara\w*|delta\w*|lämna\w*|ingå\w*|aktuell\w*|tillgänglig\w*|redovisa\w*)|"
    r"\b(?:ej|inte) (?:svar|uppgift)\b|\bsaknar? (?:uppgift\w*|svar|värde\w*)",
    re.IGNORECASE,
)
"""What is said of missing values, and of who took part."""
YES = re.compile(r"\bja\b", re.IGNORECASE)
OTHERS = re.compile(
    r"\bnej\b|\bsaknar\b|\b(?:svara\w*|andel\w*) delvis\b|\bdelvis(?:-svar| uppfyll)", re.IGNORECASE
)
NEGATED = re.compile(r"\bandel\w*\b[^.;,()]*\b(?:saknas|inte|ej|utan)\b(?! hänsyn)", re.IGNORECASE)
PARTLY_TOO = re.compile(
    r"\bja\b(?:\W|\b(?:och|eller|samt)\b)+\bdelvis\b(?!(?:\W|\b(?:och|eller|samt|respektive)\b)*\bnej\b)",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"\bantal\w*\b[^.;:]*\b(?:ja|nej)\b|\bantal\w* kommuner (?:som har|som uppger|som uppfyller|med|där)\b(?! svar)",
    re.IGNORECASE,
)
SHARE = re.compile(r"\bandel\w*|\bprocent\w*|%", re.IGNORECASE)
PERCENT = re.compile(r"\bprocent\w*|%", re.IGNORECASE)
ABOUT = re.compile(r"\b(?:andel|kommun|svara|tabell)", re.IGNORECASE)
"""What a title of the figures has; a note, as that delvis counts as nej, has not."""
SHORT = 3
"""A text of no more words than this is a title in any case."""
COUNTS = "antal i stället för andelar"
UNIT = re.compile(r"\((?:i )?(?:procent|%)\)", re.IGNORECASE)


def ask_about_other_shares(reading: Reading, column: TableColumn) -> None:
    """A question where a title or a heading says that the shares are of those that answered no, or are counts."""
    if said_role(reading.layout.sheet, column, reading.profile) == "andel":
        return
    layout = reading.layout
    headings = [text for text in (column.label, *column.path) if text]
    heading_at = reading.at(reading.heading_row, column.index)
    places = [*((heading_at, text) for text in headings), *titles_of((layout,))]
    if any(YES.search(text) and SHARE.search(text) and not _of_others(text) for _, text in places):
        return
    cells = [layout.sheet.cells[row][column.index] for row in range(layout.first, layout.last + 1)]
    in_percent = any(PERCENT.search(text) for text in (*headings, *cells))
    found = next(
        (
            (where, text, kind)
            for where, text in places
            if (kind := _of_others(text)) and not (kind == COUNTS and in_percent)
        ),
        None,
    )
    if found:
        where, text, kind = found
        name = layout.name_of(column)
        reading.ask(
            "annan-andel",
            f"Tabellen ser ut att visa {kind}",
            Choice({"kolumner": {name: "andel"}}, "siffrorna är ändå andelen i procent som svarat ja"),
            otherwise="Annars: be avsändaren om den tabellen.",
            table=where,
            value=text[:120],
            priority=2,
            expected="rikets andel ja",
        )


def _of_others(text: str) -> str:
    """What the text says that the figures are, if it isn't the share that answered yes."""
    text = UNIT.sub("", ABSENT.sub("", text))
    if COUNT.search(text) and not SHARE.search(text):
        return COUNTS
    if PARTLY_TOO.search(text):
        return "andelen som svarat ja eller delvis"
    title = ABOUT.search(text) or len(text.split()) <= SHORT
    if not YES.search(text) and (title and OTHERS.search(text) or NEGATED.search(text)):
        return "andelen som svarat något annat än ja"
    return ""
