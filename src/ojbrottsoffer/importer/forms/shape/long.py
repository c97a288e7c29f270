"""Applies the recipe of a file with a row for each answer: its cells as a table of units and questions.

Nothing is guessed here. What does not fit the recipe is told, with its cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ojbrottsoffer.importer.forms.shape.put_together import Cell, put_together
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.meaning.units import is_larger, is_unit_word, normal
from ojbrottsoffer.importer.meaning.values import ABSENT, WORDS, counts_yes, is_summary, other_than_cross
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.form_parts import SHEET_NAME, Part

CROSSES = {"Ja", "Delvis", "Nej"}
NO_CROSS, CROSSED_TWICE = "(inget kryss)", "(flera kryss)"
"""What stands for the answer of a row without a cross and of one with several."""
UNCROSSED = {"", "0", "-", "–", "0 %", "0%", "falskt", "Falskt", "FALSKT", "false", "False", "FALSE"}
CROSS = re.compile(r"[^\W0-9]|[^\w?!]|1|100(?:\s?%)?|xx|kryss|sant|true", re.IGNORECASE)
"""A plain mark: one letter, one sign, a 1 or all of it. Whatever has more to say, or doubts, is no cross."""
DITTO = re.compile(r"[-–—]?\s*(?:[\"”“„″〃]|''|’’|´´|d[:.]o\.?|dito|ditto|idem)\s*[-–—]?", re.IGNORECASE)
"""What stands for the text above."""
DOTS = {".", ".."}
"""Marks for what is missing, which are no crosses."""
DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[ ./-](\d{4})\b")
VERSION = re.compile(r"\d{4}-\d\d?-\d\d?.*|[^\W\d_]{0,10}\.?\s?\d{1,3}(?:\.\d{1,3})*|[A-Z]", re.IGNORECASE)
"""A date, or the number or the letter of a version."""
NATION_LABEL = "Riket"
ODD = {
    "tva_svar": "En enhet har två olika svar på samma fråga",
    "enhet": "Ett svar saknar enhet",
    "fraga": "Ett svar saknar fråga",
}
"""What can be odd with a cell."""


@dataclass(frozen=True)
class Odd:
    """A cell that the recipe can't place, and why. `other` is a second cell that it is about."""

    kind: str
    cell: Cell
    other: Cell | None = None
    above: tuple[str, Cell] | None = None
    """What stands once above both, and where: another name may be gone between them."""


@dataclass
class Read:
    """One answer: the texts and cells of its unit, code and question, and its own."""

    unit: tuple[str, Cell | None]
    code: tuple[str, Cell | None]
    question: tuple[str, Cell | None]
    text: str
    cell: Cell
    background: dict[str, Cell] = field(default_factory=dict)
    stacked: bool = False
    """True if its unit or its question may stand once above several rows."""
    order: tuple = ()
    """What tells which of several answers to the same is the latest."""


@dataclass
class Applied:
    """The table that the parts give, what did not fit and what was left for other years or rows."""

    layout: Layout | None
    odd: list[Odd]
    years: Counter
    """Year -> how many of its rows were not read."""
    unchosen: Counter
    """Value of a column of `val` or `utom` -> how many of its rows were not read."""
    alike: int
    """Answers that stand twice and are the same."""
    older: int = 0
    """Answers that a later one to the same has replaced."""
    alone: dict[str, tuple[str, Cell | None]] = field(default_factory=dict)
    """Unit that only has answers of another year -> that year, and its cell."""


def apply(
    parts: tuple[Part, ...], sheets: list[Sheet], ar: int | None, key: Callable[[str], str | None]
) -> Applied:
    """The file as the parts say. A unit that lacks a row for a question has `ABSENT`."""
    by_name = {sheet.name: sheet for sheet in sheets}
    table = _Table(key)
    result = Applied(None, [], Counter(), Counter(), 0)
    for part in parts:
        for found in _rows(by_name[part.blad], part, ar, result):
            table.add(found, result)
    read = {row for row, _ in table.rows}
    result.alone = {
        label: found for label, found in result.alone.items() if (unit := key(label)) and unit not in read
    }
    if table.rows and table.columns:
        result.layout = table.layout([by_name[part.blad] for part in parts], parts)
    return result


def part_outside(parts: tuple[Part, ...], sheets: list[Sheet]) -> tuple[int, Part, str] | None:
    """The first part that points outside the file: its number, itself, and what is not there."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for number, part in enumerate(parts, start=1):
        sheet = by_name.get(part.blad)
        columns = (*part.columns.values(), *part.lamnas)
        beyond = [c for c in columns if sheet and index_of(c) >= sheet.width]
        if sheet is None or beyond or part.forsta > sheet.height:
            return number, part, beyond[0] if beyond else part.blad if sheet is None else str(part.forsta)
    return None


def outside(parts: tuple[Part, ...], sheets: list[Sheet]) -> Iterator[Cell]:
    """The cells in the units' columns on rows that no part has, but for the headings."""
    rows: dict[str, set[int]] = {}
    for part in parts:
        rows.setdefault(part.blad, set()).update(range(part.forsta - 1, part.sista))
    columns = {
        (part.blad, index_of(part.enhet)) for part in parts if part.enhet.isalpha() and part.enhet.isupper()
    }
    for sheet in sheets:
        for column in (column for name, column in columns if name == sheet.name):
            yield from ((sheet, row, column) for row in range(sheet.height) if row not in rows[sheet.name])


def years_of(parts: tuple[Part, ...], sheets: list[Sheet]) -> frozenset[str]:
    """The years that the parts have answers of, where a column or the headings say."""
    by_name = {sheet.name: sheet for sheet in sheets}
    found = set()
    for part in parts:
        if isinstance(part.svar, dict):
            found |= {year for year in part.svar if year.isdigit()}
        if part.ar:
            rows = by_name[part.blad].cells[part.forsta - 1 : part.sista]
            found |= {year_in(row[index_of(part.ar)]) for row in rows}
    return frozenset(found - {""})


def _rows(sheet: Sheet, part: Part, ar: int | None, result: Applied) -> Iterator[Read]:
    """Every answer of a part, in the order of the file."""
    columns = {
        name: index_of(value)
        for name in ("kod", "status", "ar", "riket", "senaste", "rattat")
        if (value := getattr(part, name)) is not None
    }
    answers = _answer_columns(part, ar)
    repeated = _with_answers(sheet, part, answers) if part.en_gang else set()
    filled = {index_of(name): -1 for name in part.fyll_ned}
    usual = _states_of_answers(sheet, part, answers)
    above: dict[str, tuple[str, Cell | None]] = {}
    headings = sheet.cells[part.rubrikrad - 1] if part.rubrikrad else None
    for row in range(part.forsta - 1, min(part.sista, sheet.height)):
        texts = sheet.cells[row]
        for column in filled:
            if column < sheet.width and texts[column] and not DITTO.fullmatch(texts[column]):
                filled[column] = row

        def at(column: int, row: int = row) -> tuple[str, Cell | None]:
            """A cell's text and place; the last one above it where it is to be filled down."""
            own = filled.get(column, row)
            if column >= sheet.width or own < 0:
                return "", None
            return sheet.cells[own][column], (sheet, own, column)

        has_answer = any(
            c < sheet.width and (texts[c] or (row, c) in sheet.fills or (row, c) in sheet.unread)
            for c in answers.values()
        )
        status = at(columns["status"]) if "status" in columns else ("", None)
        if part.en_gang:
            own = at(index_of(getattr(part, part.en_gang)))
            beside = at(index_of(part.fraga))[0] if part.en_gang == "enhet" else ""
            titled = part.enhet in part.answers and is_unit_word(beside)
            if own[0] and (titled or own[0] not in repeated and not has_answer and not status[0]):
                if own[0] not in part.utom.get(getattr(part, part.en_gang), ()):
                    above[part.en_gang] = own
                continue
        if not any(texts) or texts == headings:
            continue
        unit = (
            above.get("enhet", ("", None))
            if part.en_gang == "enhet"
            else _key(sheet, part.enhet, at, "enhet")
        )
        question = (
            above.get("fraga", ("", None))
            if part.en_gang == "fraga"
            else _key(sheet, part.fraga, at, "fraga")
        )
        if "ar" in columns and ar is not None:
            year = year_in(at(columns["ar"])[0])
            if year != str(ar):
                if has_answer:
                    result.years[year or "inget år"] += 1
                    result.alone.setdefault(unit[0], (year or "inget år", unit[1]))
                continue
        unchosen = [at(index_of(c))[0] for c, value in part.val.items() if at(index_of(c))[0] != value]
        unchosen += [at(index_of(c))[0] for c, values in part.utom.items() if at(index_of(c))[0] in values]
        if unchosen:
            result.unchosen.update(unchosen[:1])
            continue
        if not has_answer and not status[0] and not (question[0] and unit[0]):
            continue
        if not answers:
            result.alone.setdefault(unit[0], (max(part.svar), unit[1]))
            continue
        text, place = _answer(sheet, row, answers, part, unit[0])
        if "rattat" in columns and (corrected := at(columns["rattat"]))[0]:
            text, place = corrected
        if not text and status[0] and status[0] not in usual:
            text, place = status
        if not unit[0] or not question[0]:
            if has_answer:
                result.odd.append(Odd("enhet" if not unit[0] else "fraga", place))
            continue
        yield Read(
            unit,
            at(columns["kod"]) if "kod" in columns else ("", None),
            question,
            text,
            place,
            {role: (sheet, row, index_of(c)) for c, role in part.bakgrund.items()},
            bool(part.en_gang or part.fyll_ned),
            order_of(at(columns["senaste"])[0]) if "senaste" in columns else (),
        )
        if "riket" in columns:
            shown = at(columns["riket"])
            if shown[1] is not None:
                yield Read((NATION_LABEL, None), ("", None), question, *shown)


def _states_of_answers(sheet: Sheet, part: Part, answers: dict[str, int]) -> set[str]:
    """What the status says of answers too: it is not why another one is missing."""
    rows = sheet.cells[part.forsta - 1 : part.sista] if part.status else ()
    return {
        row[index_of(part.status)] for row in rows if any(row[c] for c in answers.values() if c < sheet.width)
    }


def _with_answers(sheet: Sheet, part: Part, answers: dict[str, int]) -> set[str]:
    """What stands on rows with answers, in the column of what stands above its rows: never a heading then."""
    column = index_of(getattr(part, part.en_gang))
    rows = sheet.cells[part.forsta - 1 : part.sista]
    return {row[column] for row in rows if any(row[c] for c in answers.values() if c < sheet.width)}


def _key(sheet: Sheet, said: str, at, name: str) -> tuple[str, Cell | None]:
    """The unit or the question of a row: in its column, in one cell (`Kommun: Lund`) or as the sheet's name."""
    if said == SHEET_NAME:
        return sheet.name, None
    found = re.fullmatch(r"([A-Z]+)([0-9]+)", said)
    if not found:
        return at(index_of(said))
    row, column = int(found[2]) - 1, index_of(found[1])
    if row >= sheet.height or column >= sheet.width:
        return "", None
    text = sheet.cells[row][column]
    return text.rpartition(": ")[2] if name == "enhet" else text, (sheet, row, column)


def _answer_columns(part: Part, ar: int | None) -> dict[str, int]:
    """What each column of answers stands for -> its index: the year that is read, or Ja, Delvis and Nej."""
    if isinstance(part.svar, str):
        return {"": index_of(part.svar)}
    if crosses_are_read(part):
        return {word: index_of(column) for word, column in part.svar.items()}
    return {year: index_of(column) for year, column in part.svar.items() if year == str(ar)}


def order_of(text: str) -> tuple:
    """What a date or a version is sorted by: `2016-03-01 10:15`, `2`, `v1.10`, `B`; nothing for other texts."""
    text = DAY_FIRST.sub(r"\3-\2-\1", text)
    if not VERSION.fullmatch(text):
        return ()
    return tuple(
        (part.isdigit(), int(part) if part.isdigit() else 0, part)
        for part in re.findall(r"\d+|[^\W\d_]+", text.casefold())
    )


def crosses_are_read(part: Part) -> bool:
    """True if the answers are crosses under Ja, Delvis and Nej."""
    return isinstance(part.svar, dict) and set(part.svar) <= CROSSES


def _answer(sheet: Sheet, row: int, answers: dict[str, int], part: Part, label: str) -> tuple[str, Cell]:
    """The text of an answer and its cell; of crosses the word over the one that is crossed."""
    first = next(iter(answers.values()))
    if not crosses_are_read(part):
        return sheet.cells[row][first] if first < sheet.width else "", (sheet, row, first)
    return crossed(sheet, row, answers, label)


def sums_up(label: str) -> bool:
    """True for the row of the nation, of a county and for a sum: it has numbers where the units have answers."""
    return is_larger(label) or is_summary(label)


def crosses_of(texts: dict[str, str]) -> list[str] | None:
    """The words whose cells have a cross, or Ja or the word itself in its place; None if a cell says something else."""
    said = {word: text.casefold() for word, text in texts.items() if text not in UNCROSSED}
    if not set(said.values()) & set(WORDS):
        initials = {word[0].casefold() for word in CROSSES}
        plain_marks = (
            CROSS.fullmatch(text) and text not in initials - {word[0].casefold()}
            for word, text in said.items()
        )
        return list(said) if all(plain_marks) else None
    if set(said.values()) <= {"ja", "nej"} and (len(said) > 1 or "ja" in said.values()):
        return [word for word, text in said.items() if text == "ja"]
    return list(said) if all(text == word.casefold() for word, text in said.items()) else None


def crossed(sheet: Sheet, row: int, answers: dict[str, int], label: str) -> tuple[str, Cell]:
    """The word over the only cross of a row, or what stands for none or several of them, or for something else. A row
    that sums up the others (by its label) has the number under Ja."""
    texts = {word: sheet.cells[row][column] for word, column in answers.items()}
    marked = [word for word, text in texts.items() if text in DOTS]
    if sums_up(label):
        marked = ["Ja"] if "Ja" in answers else []
    if marked:  # no cross, but what is said of the whole row
        return texts[marked[0]], (sheet, row, answers[marked[0]])
    found = crosses_of(texts)
    if found is None:
        said = {word: text for word, text in texts.items() if text not in UNCROSSED}
        return other_than_cross(said), (sheet, row, answers[next(iter(said))])
    place = answers[found[0]] if found else min(answers.values())
    text = CROSSED_TWICE if found else NO_CROSS
    return found[0] if len(found) == 1 else text, (sheet, row, place)


def year_in(text: str) -> str:
    """The first year in a text, empty if there is none."""
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return found[0] if found else ""


class _Table:
    """Answers gathered by unit and question."""

    def __init__(self, key: Callable[[str], str | None]) -> None:
        self.key = key
        self.rows: dict[tuple, tuple[str, Cell | None, str, Cell | None]] = {}
        self.columns: dict[str, tuple[str, Cell | None]] = {}
        self.cells: dict[tuple[tuple, str], tuple[str, Cell, Read]] = {}
        self.background: dict[tuple[tuple, str], Cell] = {}

    def add(self, found: Read, result: Applied) -> None:
        label, code = found.unit[0], found.code[0]
        row = (self.key(code) or self.key(label) or normal(label), normal(label) if code else "")
        column = plain(found.question[0])
        self.rows.setdefault(row, (*found.unit, *found.code))
        self.columns.setdefault(column, found.question)
        for role, cell in found.background.items():
            self.background.setdefault((row, role), cell)
        text, cell, own = self.cells.setdefault((row, column), (found.text, found.cell, found))
        if own.order != found.order:
            result.older += 1
            if own.order < found.order:
                self.cells[row, column] = found.text, found.cell, found
        elif cell != found.cell:
            if text == found.text:
                result.alike += label != NATION_LABEL
            else:
                result.odd.append(Odd("tva_svar", found.cell, cell, _above_both(own, found)))

    def layout(self, sheets: list[Sheet], parts: tuple[Part, ...]) -> Layout:
        """The table with its headings in row 0: unit, code, background and then the questions."""
        codes = any(code for _, _, code, _ in self.rows.values())
        roles = list(dict.fromkeys(role for _, role in self.background))
        head = [TableColumn(1, "Kommunkod", ("Kommunkod",), "kommunkod")] if codes else []
        head += [TableColumn(1 + codes + n, role, (role,), role) for n, role in enumerate(roles)]
        start = 1 + len(head)
        columns = [
            TableColumn(start + n, text, (text,), "antal_ja" if counts_yes(text) else None)
            for n, (text, _) in enumerate(self.columns.values())
        ]
        cells: list[list[str]] = [["Enhet", *(c.label for c in (*head, *columns))]]
        origins: dict[tuple[int, int], Cell] = {}

        def put(row: int, column: int, cell: Cell | None) -> None:
            if cell is not None:
                origins[row, column] = cell

        for column, (_, cell) in zip(columns, self.columns.values(), strict=True):
            put(0, column.index, cell)
        for r, (row, (label, cell, code, code_cell)) in enumerate(self.rows.items(), start=1):
            put(r, 0, cell)
            texts = [label]
            if codes:
                put(r, 1, code_cell)
                texts.append(code)
            for n, role in enumerate(roles):
                place = self.background.get((row, role))
                put(r, 1 + codes + n, place)
                texts.append(place[0].cells[place[1]][place[2]] if place else "")
            for column, name in zip(columns, self.columns, strict=True):
                text, place, *_ = self.cells.get((row, name), (ABSENT, None))
                put(r, column.index, place)
                texts.append(text)
            cells.append(texts)
        names = ("", *(str(cell[1] + 1) if cell else "" for _, cell, _, _ in self.rows.values()))
        sheet = put_together(sheets, cells, origins, names)
        return Layout(
            sheet, 0, (0,), 1, len(cells) - 1, (*head, *columns), form=parts, unread=_unread(sheets, parts)
        )


def _above_both(one: Read, other: Read) -> tuple[str, Cell] | None:
    """The unit, or the question, that stands once above two answers, if only one of them does."""
    once = [
        named
        for named, same in ((one.unit, other.unit), (one.question, other.question))
        if one.stacked and named[1] and named == same and named[1][1] < other.cell[1]
    ]
    return once[0] if len(once) == 1 else None


def _unread(sheets: list[Sheet], parts: tuple[Part, ...]) -> tuple[tuple[str, str], ...]:
    """(cell, text) of rows above and below the parts, and of headings of columns that are not read."""
    found = []
    several = len(sheets) > 1
    for sheet, part in zip(sheets, parts, strict=True):
        used = {index_of(name) for name in part.columns.values()}
        cells = {said for said in (part.enhet, part.fraga) if not said.isalpha()}
        for row, texts in enumerate(sheet.cells):
            if part.forsta <= row + 1 <= part.sista:
                continue
            for column, text in enumerate(texts):
                ref = sheet.ref(row, column)
                heading = row + 1 == part.rubrikrad
                if text and ref not in cells and not (heading and column in used):
                    found.append((f"”{sheet.name}” {ref}" if several else ref, text))
    return tuple(found)
