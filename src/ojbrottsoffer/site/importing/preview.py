"""How each cell of a file is understood, beside what comes out of it: what `importera --visa` shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import escape

from ojbrottsoffer.importer.choices import offered
from ojbrottsoffer.importer.forms.shape.crosses import ALTERNATIVE
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.values import WORD_OF, WORDS
from ojbrottsoffer.importer.questions import Question
from ojbrottsoffer.importer.read import ranges
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.site.pages.rendering import environment

LONGEST = 5_000_000
"""A preview has no more bytes than this: the rows after it are left out, and that is told."""
FROM_A_CELL, EMPTY_CELL, FROM_A_LINK, FROM_AN_ANSWER = 40, 20, 25, 140
"""Bytes around the text of a cell, of one without a text, of a link in it, and around the question of an answer, at
most."""
AROUND = 150_000
"""Bytes of the page around the sheets, the result and what is asked, at most."""
TEXT = 60
"""A cell's text is cut here."""
MOST_LISTED = 500
"""So many questions, errors and notes are listed; the rest are counted."""


@dataclass(frozen=True)
class Kind:
    """A way in which a cell is understood: its class on the page, its letter, and what it is called."""

    css: str
    mark: str
    name: str


KINDS = {
    kind.css: kind
    for kind in (
        Kind("ja", "J", "Ja"),
        Kind("delvis", "D", "Delvis"),
        Kind("nej", "N", "Nej"),
        Kind("saknas", "S", "svaret saknas"),
        Kind("riket", "R", "rikets andel"),
        Kind("enhet", "E", "enhet"),
        Kind("fraga", "F", "fråga"),
        Kind("bredvid", "B", "uppgift bredvid svaren"),
        Kind("lamnad", "L", "lämnas, läses inte"),
        Kind("oppen", "?", "öppen fråga eller fel"),
        Kind("oanvand", "!", "inte använd"),
    )
}


@dataclass(frozen=True)
class Shown:
    """A cell of the sheet: its text, how it is understood, its own anchor and that of its answer or its question."""

    text: str
    kind: Kind | None
    anchor: str = ""
    answer: str = ""


@dataclass(frozen=True)
class ShownSheet:
    """A sheet: its column letters, and its rows with their numbers."""

    name: str
    columns: list[str]
    rows: list[tuple[int, list[Shown]]]


@dataclass(frozen=True)
class Result:
    """One answer of the result, with the anchor of its row and of the cell it stands in."""

    question: str
    answer: str
    ref: str
    anchor: str
    cell: str


def preview(reading: Reading, sheets: list[Sheet], ar: int, guide: str = "") -> str:
    """The page, as HTML that needs no other file. `guide`: the address of the guide's folder."""
    read = _read_kinds(reading, sheets)
    every = sorted(reading.findings, key=lambda finding: finding.priority)
    findings = every[:MOST_LISTED]
    waiting = _waiting(reading, every)
    kinds = read | dict.fromkeys(waiting, KINDS["oppen"])
    rows = {place.where: f"r{n}" for n, (_, place) in enumerate(reading.answers.values())}
    links = rows | {where: f"q{n}" for where, n in waiting.items() if n <= len(findings)}
    units = {unit.id: unit.label for unit in reading.units}
    questions = {item.id: _cut(item.label) for item in reading.indicators}
    left = ((0, item) for item in ranges.cells_at(sheets, unused_places(sheets, kinds)))
    unused = [
        (replace(item, said=_cut(item.said, 4 * TEXT)), number, _waits(findings, number))
        for number, item in (*_unread(sheets, read, waiting), *left)
    ]
    listed = [(finding, _possible(finding)) for finding in findings]
    notes = reading.notes[:MOST_LISTED]
    texts = [*notes, *units.values(), *(item.said for item, *_ in unused[: ranges.LONGEST])]
    for finding, possible in listed:
        texts += [finding.what, finding.table, *(possible or [finding.action])]
    room = LONGEST - AROUND - _bytes(*texts) - FROM_AN_ANSWER * (len(units) + 2 * len(reading.shares))
    in_result = {
        place.where: FROM_AN_ANSWER + _bytes(questions.get(question, question))
        for (_, question), (_, place) in reading.answers.items()
    }
    shown, cells, left_out = _sheets(sheets, kinds, links, in_result, room)
    result: dict[str, list[Result]] = {label: [] for label in units.values()}
    for (unit, question), (answer, place) in reading.answers.items():
        if place.where in cells:
            word = WORD_OF.get(answer.code) or SAKNAS_ORSAK.codes[answer.reason]
            result.setdefault(units.get(unit, unit), []).append(
                Result(
                    questions.get(question, question), word, place.ref, rows[place.where], cells[place.where]
                )
            )
    return (
        environment()
        .get_template("importing/preview.html")
        .render(
            file=Path(reading.file).name,
            ar=ar,
            kinds=KINDS,
            number=counted(len(every), "öppen fråga eller fel", "öppna frågor och fel") if every else "",
            first=next((n for n, found in enumerate(findings, 1) if isinstance(found, Question)), 1),
            guide=guide,
            findings=[(finding, possible, _cell(finding, cells)) for finding, possible in listed],
            more_findings=len(every) - len(findings),
            sheets=shown,
            result={unit: rows for unit, rows in result.items() if rows},
            shares=[
                (questions.get(indicator, indicator), part, value, place.ref, cells.get(place.where, ""))
                for (indicator, part), (value, place) in reading.shares.items()
            ],
            unused=[(*found, cells.get(found[0].where, "")) for found in unused[: ranges.LONGEST]],
            more_unused=sum(item.number for item, *_ in unused[ranges.LONGEST :]),
            left_out=f"{counted(left_out, 'rad', 'rader')} ryms inte här" if left_out else "",
            notes=notes,
            more_notes=len(reading.notes) - len(notes),
        )
    )


def unused_places(sheets: list[Sheet], kinds: dict[str, Kind]) -> set[str]:
    """The places of the cells that are not understood as anything."""
    return {
        place
        for sheet in sheets
        for r, row in enumerate(sheet.cells)
        for c, text in enumerate(row)
        if text and (place := sheet.where(r, c)) not in kinds
    }


def _unread(
    sheets: list[Sheet], read: dict[str, Kind], waiting: dict[str, int]
) -> list[tuple[int, ranges.Cells]]:
    """The cells that nothing is read from until a question is answered: its number, and how many they are."""
    first: dict[int, ranges.Cells] = {}
    counts: Counter = Counter()
    for sheet in sheets:
        for r, texts in enumerate(sheet.cells):
            for c, text in enumerate(texts):
                if not text or (place := sheet.where(r, c)) not in waiting or place in read:
                    continue
                number = waiting[place]
                counts[number] += 1
                if number not in first:
                    first[number] = ranges.Cells(f"{sheet.name} {sheet.ref(r, c)}", 1, place, f": {text}")
    more = {
        number: f", och {counted(n - 1, 'cell', 'celler')} till" * (n > 1) for number, n in counts.items()
    }
    return [
        (number, replace(item, number=counts[number], said=item.said + more[number]))
        for number, item in sorted(first.items())
    ]


def _waits(findings: list[Finding], number: int) -> str:
    """What is said of cells that a listed question or error is about."""
    if not 0 < number <= len(findings):
        return ""
    return f"väntar på fråga {number}" if isinstance(findings[number - 1], Question) else f"se fel {number}"


def _waiting(reading: Reading, findings: list[Finding]) -> dict[str, int]:
    """Place of a cell -> the number of the first question or error that is about it."""
    labels = _labels(reading)
    found: dict[str, int] = {}
    for number, finding in enumerate(findings, start=1):
        places = [finding.table] if ", cell " in finding.table else []
        if isinstance(finding, Question):
            places += [*finding.places, *(place for name in finding.names for place in labels.get(name, ()))]
        for place in places:
            found.setdefault(place, number)
    return found


def _labels(reading: Reading) -> dict[str, list[str]]:
    """What the units and the questions of a table are called -> the cells that say it."""
    found: dict[str, list[str]] = defaultdict(list)
    if layout := reading.layout:
        rows = ((row, layout.label_column) for row in range(layout.first, layout.last + 1))
        heads = ((reading.heading_row, column.index) for column in layout.columns)
        for row, column in (*rows, *heads):
            found[layout.sheet.cells[row][column]].append(reading.at(row, column))
    return found


def kinds_of(reading: Reading, sheets: list[Sheet]) -> dict[str, Kind]:
    """Place of a cell -> how it is understood; a cell that nothing is read from is not there."""
    return _read_kinds(reading, sheets) | dict.fromkeys(_waiting(reading, reading.findings), KINDS["oppen"])


def _read_kinds(reading: Reading, sheets: list[Sheet]) -> dict[str, Kind]:
    """The same as if nothing were asked."""
    kinds: dict[str, Kind] = {}
    layout = reading.layout
    if layout is not None:
        for part in layout.parts or (layout,):
            if not layout.form:
                kinds |= _of_headings(part, {unit.label for unit in reading.units})
        for part in layout.form:
            kinds |= _of_rows(part, next(sheet for sheet in sheets if sheet.name == part.blad))
        for item in reading.indicators:
            place = (item.index, layout.label_column) if reading.profile.slag == "riket" else None
            kinds[reading.at(*(place or (reading.heading_row, item.index)))] = KINDS["fraga"]
        nation = [] if reading.nation is None else [reading.nation]
        for row in [*(unit.row for unit in reading.units), *nation]:
            kinds[reading.at(row, layout.label_column)] = KINDS["enhet"]
        for left in reading.left:
            if left.row is not None:
                kinds |= {
                    reading.at(left.row, column): KINDS["lamnad"] for column in range(layout.sheet.width)
                }
    kinds |= {place.where: KINDS["bredvid"] for place in reading.background.values()}
    kinds |= {place.where: KINDS["riket"] for _, place in reading.shares.values()}
    kinds |= {
        place.where: KINDS[WORD_OF[answer.code].casefold() if answer.code is not None else "saknas"]
        for answer, place in reading.answers.values()
    }
    return kinds


def _possible(finding: Finding) -> list[str]:
    """The answers to a question, in words; of an error none."""
    return [choice.in_words for choice in offered(finding.choices)] if isinstance(finding, Question) else []


def _bytes(*texts: str) -> int:
    """How much the texts take on the page, where some signs are written with several."""
    return sum(len(escape(text).encode()) for text in texts)


def _of_headings(part: Layout, units: set[str]) -> dict[str, Kind]:
    """The headings of a table, the names of its units, and the columns that are left out."""
    sheet, kinds = part.sheet, {}
    for column in part.columns:
        kind = {None: KINDS["fraga"], "ignorera": KINDS["lamnad"]}.get(column.role, KINDS["bredvid"])
        kinds |= {sheet.where(row, column.index): kind for row in part.header_rows}
        if column.role in ("ignorera", "kommunkod", "lanskod", "ar", "stadsdel", "delmangd"):
            rows = range(part.first, part.last + 1)
            kinds |= {sheet.where(row, column.index): kind for row in rows}
    if part.crosses:
        kinds |= {
            sheet.where(row, c): KINDS["fraga"]
            for row in part.header_rows
            for c, text in enumerate(sheet.cells[row])
            if text.casefold() in WORDS or ALTERNATIVE.fullmatch(text.casefold())
        }
    names = [r for r in range(part.first, part.last + 1) if sheet.cells[r][part.label_column] in units]
    rows = (*part.header_rows, *names)
    return kinds | {sheet.where(row, part.label_column): KINDS["enhet"] for row in rows}


def _of_rows(part, sheet: Sheet) -> dict[str, Kind]:
    """The cells of a table with a row for each answer."""
    known = {part.enhet: KINDS["enhet"], part.fraga: KINDS["fraga"]}
    columns = dict.fromkeys(part.columns.values(), KINDS["bredvid"]) | known
    rows = [*([part.rubrikrad] if part.rubrikrad else []), *range(part.forsta, part.sista + 1)]
    return {
        sheet.where(row - 1, index_of(name)): kind
        for name, kind in columns.items()
        if name.isalpha() and index_of(name) < sheet.width
        for row in rows
        if row <= sheet.height
    } | {f"blad ”{sheet.name}”, cell {name}": kind for name, kind in known.items() if name[-1:].isdigit()}


def anchor_of(number: int, sheet: Sheet, row: int, column: int) -> str:
    """The anchor of a cell of the sheet with this number."""
    return f"s{number}{sheet.ref(row, column)}"


def _cut(text: str, longest: int = TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _cell(finding: Finding, cells: dict[str, str]) -> str:
    """The anchor of the cell that a question is about; of its sheet's first cell if it names none."""
    if finding.table in cells:
        return cells[finding.table]
    sheet = next((where for where in cells if finding.table and where.startswith(finding.table + ",")), None)
    return cells[sheet] if sheet else ""


def _sheets(
    sheets: list[Sheet], kinds: dict[str, Kind], links: dict[str, str], in_result: dict[str, int], room: int
) -> tuple[list[ShownSheet], dict[str, str], int]:
    """The sheets as they are shown in so many bytes, with their `links` (`in_result`: place -> bytes of its row in the result);
    place -> anchor; and how many rows there is no room for."""
    shown, cells, left_out = [], {}, 0
    for number, sheet in enumerate(sheets):
        rows: list[tuple[int, list[Shown]]] = []
        for r, row in enumerate(sheet.cells):
            places = [sheet.where(r, c) for c in range(sheet.width)]
            room -= sum(FROM_A_CELL + _bytes(_cut(text)) if text else EMPTY_CELL for text in row)
            room -= sum(FROM_A_LINK + in_result.get(place, 0) for place in places if place in links)
            if room < 0:
                left_out += 1
                continue
            line = []
            for c, (text, place) in enumerate(zip(row, places, strict=True)):
                anchor = anchor_of(number, sheet, r, c)
                kind = kinds.get(place) or (KINDS["oanvand"] if text else None)
                if text or place in links:
                    cells[place] = anchor
                line.append(Shown(_cut(text), kind, cells.get(place, ""), links.get(place, "")))
            rows.append((r + 1, line))
        shown.append(ShownSheet(sheet.name, [letters(c) for c in range(sheet.width)], rows))
    return shown, cells, left_out
