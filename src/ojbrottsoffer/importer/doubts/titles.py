"""Another year than the one that is read, in the file's name, a sheet's name, a title or a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.years import other_years
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.ranges import Cells, cells_at
from ojbrottsoffer.importer.reading import WRONG_YEAR, Reading, cut
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import swedish_list

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
        (told if right or _is_table(sheet) else beside).extend(named)
    if told:
        shown = cut([f"{where} ({show(text[:80])})" for where, text, _ in told])
        reading.notes.append(f"Blad som inte är lästa nämner andra år än {own}: {shown}.")
    if in_headings:
        return
    titles = [] if said else others([("filens namn", name)])
    titles += [*others(places), *beside]
    asked = {q.value for q in reading.questions if q.id == "ar-over-fragor"}
    named = sorted(set().union(*(years for *_, years in titles)))
    if not titles or asked and asked >= {swedish_list(named)}:
        return
    where, text, _ = titles[0]
    more = [place for place, *_ in titles[1:]]
    reading.ask(
        "annat-ar",
        f"Filen nämner {swedish_list(named)}, men läses som {reading.ar}",
        Choice({"andra_ar": named}, f"om svaren ändå gäller {reading.ar}"),
        otherwise=WRONG_YEAR,
        sure=True,
        table=where + (f"; också {swedish_list(more)}" if more else ""),
        value=text[:120],
        priority=2,
        expected=f"en fil med uppgifter för {reading.ar}, eller ett besked",
    )


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
