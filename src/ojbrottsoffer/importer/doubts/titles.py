"""Another year than the one that is read, in the file's name, a sheet's name, a title or a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.years import other_years
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.read.ranges import Cells, cells_at
from ojbrottsoffer.importer.reading import WRONG_YEAR, Reading, cut
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import swedish_list

ABOUT_ANSWERS = re.compile(
    r"\b(?:svar|enkät|undersökning|uppgift|resultat|data|siffr|mät|insaml|samla|avse|gäll|läge|besvara|tabell|statistik)\w*",
    re.IGNORECASE,
)
"""What a text is about that says of which year the answers are."""
MOST_AROUND = 60
"""More texts than this around a table are another table."""
A_TABLE = 3
"""A sheet with more cells a row than this is a table: what it says of years is of its own."""


def ask_about_titles(reading: Reading, sheets: Iterable[Sheet]) -> None:
    """One question about all places that name another year, unless the columns themselves name the right one. What
    sheets that are not read say is asked about where nothing names the right one, else told."""
    if reading.ar is None or reading.layout is None:
        return
    parts = reading.layout.parts or (reading.layout,)
    accepted = set(reading.profile.andra_ar)
    headings = {
        text
        for part in parts
        for column in part.columns
        if column.role != "ignorera"
        for text in (column.label, *column.path)
    }

    def others(places: Iterable[tuple[str, str]]) -> list[tuple[str, str, set[str]]]:
        found = ((where, text, set(other_years(text, reading.ar)) - accepted) for where, text in places)
        return [item for item in found if item[2]]

    places, name = list(titles_of(parts, bool(reading.profile.rubrikrader))), Path(reading.file).stem
    own = str(reading.ar)
    in_headings = any(own in YEAR.findall(text) for text in headings)
    said = any(own in YEAR.findall(text) for _, text in places)
    right = in_headings or said or own in reading.years or own in YEAR.findall(name)
    beside, told = [], []
    for sheet in _unread(reading, sheets):
        named = others(((f"bladets namn ”{sheet.name}”", sheet.name), *_texts(sheet)))
        for item in named:
            about_answers = ABOUT_ANSWERS.search(item[1]) and not _is_table(sheet)
            (beside if about_answers or not (right or _is_table(sheet)) else told).append(item)
    if told:
        shown = cut([f"{where} ({show(text[:80])})" for where, text, _ in told])
        reading.notes.append(f"Blad som inte är lästa nämner andra år än {own}: {shown}.")
    titles = [] if said else others([("filens namn", name)])
    titles = [] if in_headings else [*titles, *others(places)]
    seen = {text for _, text in titles_of(parts)}
    titles += others((where, text) for where, text in _around(reading, sheets) if text not in seen)
    titles += beside
    asked = {q.value for q in reading.questions if q.id == "ar-over-fragor"}
    named = sorted(set().union(*(years for *_, years in titles)))
    if not titles or asked and asked >= {swedish_list(named)}:
        return
    where, text, _ = titles[0]
    more = [place for place, *_ in titles[1:]]
    reading.ask(
        "annat-ar",
        f"Filen nämner {swedish_list(named)}, men läses som {reading.ar}",
        Choice({"andra_ar": named}, f"svaren gäller ändå {reading.ar}"),
        otherwise=WRONG_YEAR,
        sure=True,
        table=where + (f"; också {swedish_list(more)}" if more else ""),
        value=text[:120],
        places=[place.removesuffix(f" ({show(said[:80])})") for place, said, _ in titles],
        priority=2,
        expected=f"en fil med uppgifter för {reading.ar}, eller ett besked",
    )


def _around(reading: Reading, sheets: Iterable[Sheet]) -> Iterator[tuple[str, str]]:
    """(place, text) of what stands above and under what is read; and of what its answers are said to be in comments and
    in columns that are not read."""
    layout = reading.layout
    table = len(layout.unread) > MOST_AROUND
    for ref, text in layout.unread:
        if not table or ABOUT_ANSWERS.search(text):
            name, _, cell = ref.rpartition(" ")
            yield f"{f'blad {name}' if name else reading.table}, cell {cell} ({show(text[:80])})", text
    read = [sheet for sheet in sheets if sheet.name not in reading.other_sheets]
    places = [(sheet, place, text) for sheet in read for place, text in sheet.comments.items()]
    by_name = {sheet.name: sheet for sheet in read}
    for part in layout.form:
        sheet, used = by_name[part.blad], {index_of(c) for c in (*part.columns.values(), *part.lamnas)}
        places += [
            (sheet, (row, column), text)
            for row in range(part.forsta - 1, min(part.sista, sheet.height))
            for column, text in enumerate(sheet.cells[row])
            if text and column not in used
        ]
    seen = set()
    for sheet, place, text in places:
        if text not in seen and not text.isdigit() and ABOUT_ANSWERS.search(text):
            seen.add(text)
            yield f"{sheet.where(*place)} ({show(text[:80])})", text


def texts_elsewhere(reading: Reading, sheets: Iterable[Sheet]) -> tuple[Cells, ...]:
    """What stands on sheets that are not read."""
    unread = _unread(reading, sheets)
    return tuple(cells_at(unread, {place for sheet in unread for place, _ in _texts(sheet)}))


def _is_table(sheet: Sheet) -> bool:
    rows = [count for texts in sheet.cells if (count := sum(map(bool, texts)))]
    return sum(rows) > A_TABLE * len(rows)


def _unread(reading: Reading, sheets: Iterable[Sheet]) -> list[Sheet]:
    """The visible sheets that are not read and that nobody has said are to be left."""
    left = set(reading.other_sheets) - set(reading.profile.lamnas)
    return [sheet for sheet in sheets if sheet.name in left and sheet.visible]


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """(place, text) of each cell that says something."""
    return (
        (sheet.where(row, column), text)
        for row, texts in enumerate(sheet.cells)
        for column, text in enumerate(texts)
        if text
    )


def titles_of(parts: tuple[Layout, ...], headings_said: bool = False) -> Iterator[tuple[str, str]]:
    """(place, text) of the sheets' names and of what stands above the tables or over their names; where the
    profile has said which rows are headings, what stands over an answer above them is none."""
    seen = set()
    if parts[0].form:
        yield from _titles_of_form(parts[0])
        return
    for part in parts:
        if part.sheet.name not in seen:
            seen.add(part.sheet.name)
            yield f"bladets namn ”{part.sheet.name}”", part.sheet.name
    for part in parts:
        sheet, top = part.sheet, min((*part.header_rows, part.first))
        left = min((part.label_column, *(column.index for column in part.columns)))
        answers = {column.index for column in part.indicators} if headings_said else set()
        for row in range(part.first):
            for column, text in enumerate(sheet.cells[row]):
                above = (
                    row < top
                    or sheet.flipped
                    and column < left
                    or row in part.header_rows
                    and column == part.label_column
                )
                if (
                    text
                    and above
                    and column not in answers
                    and (place := sheet.where(row, column)) not in seen
                ):
                    seen.add(place)
                    yield f"{place} ({show(text[:80])})", text


def _titles_of_form(layout: Layout) -> Iterator[tuple[str, str]]:
    """The same of a file with a row for each answer: what stands above its headings, and its sheets' names."""
    sheets = {cell[0].name: cell[0] for cell in layout.sheet.origins.values()}
    for part in layout.form:
        if sheet := sheets.get(part.blad):
            yield f"bladets namn ”{sheet.name}”", sheet.name
            for row in range(min(part.rubrikrad or part.forsta, part.forsta) - 1):
                for column, text in enumerate(sheet.cells[row]):
                    if text:
                        yield f"{sheet.where(row, column)} ({show(text[:80])})", text
