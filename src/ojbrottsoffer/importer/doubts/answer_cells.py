"""What the cells of a table leave in doubt although every one could be read: merged answers, colours beside the
text, and units or questions without one answer.

Each is a question that the recipe answers, an error, or at least a note; never silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ojbrottsoffer.importer.choices import NOTHING, Choice
from ojbrottsoffer.importer.found import shown_fill, shown_text
from ojbrottsoffer.importer.meaning.values import (
    ABSENT,
    ANSWERS,
    COLOURS,
    EMPTY,
    MARKS,
    PLAIN_REASONS,
    WORD_OF,
    colour_answer,
    colour_meaning,
    key_of,
)
from ojbrottsoffer.importer.read.file_sheet import Merged, Sheet
from ojbrottsoffer.importer.reading import IndicatorColumn, Reading, UnitRow, cut
from ojbrottsoffer.importer.recipes.recipe import ASK, NO_ANSWER
from ojbrottsoffer.schema.model import counted, swedish_list

NO_FILLS = (
    "Är svaren färger: en textfil har inga. Be avsändaren om kalkylbladet (xlsx, xls eller ods) som "
    "texten kommer från, och importera det."
)
FORMATTED = (
    "Är svaren färger som kommer av villkorsstyrd formatering syns de inte för läsaren: be avsändaren "
    "om svaren som text."
)


@dataclass(frozen=True)
class Cell:
    """The cell of an answer as it is shown: its text, and its colour if that can mean something."""

    unit: UnitRow
    question: IndicatorColumn
    text: str
    fill: str

    def where(self, reading: Reading) -> str:
        return reading.at(self.unit.row, self.question.index)


def answer_cells(reading: Reading) -> list[Cell]:
    """Every cell with an answer; merged ones as the recipe says, and asked about if it says nothing."""
    layout, key = reading.layout, reading.key
    cells: list[Cell] = []
    hidden: list[tuple[UnitRow, IndicatorColumn, Merged]] = []
    for question in reading.indicators:
        for unit in reading.units:
            at = unit.row, question.index
            area = layout.sheet.merged.get(at)
            if at in layout.sheet.unread:
                continue
            if area and (area.text or area.fill) and key.merged is None:
                hidden.append((unit, question, area))
                continue
            text, fill = shown_text(layout, *at, key.merged), shown_fill(layout, *at, key)
            cells.append(Cell(unit, question, text, fill))
    if hidden:
        _ask_about_merged(reading, hidden)
    return cells


def _ask_about_merged(reading: Reading, hidden: list[tuple[UnitRow, IndicatorColumn, Merged]]) -> None:
    areas = list(dict.fromkeys(area.area for *_, area in hidden))
    unit, question, area = hidden[0]
    reading.ask(
        "sammanfogade",
        f"Svar står i {counted(len(areas), 'sammanfogat cellområde', 'sammanfogade cellområden')}: {cut(areas)}",
        Choice({"sammanfogade": "samma"}, "svaret gäller alla celler i området"),
        Choice({"sammanfogade": "tomma"}, "svaret gäller bara den första"),
        **reading.cell(unit, question),
        places=[reading.at(unit.row, question.index) for unit, question, _ in hidden],
        value=area.text or area.fill,
        expected="ett svar i varje cell, eller ett besked",
        priority=4,
    )


def is_empty_table(reading: Reading, cells: list[Cell]) -> bool:
    """True, with an error, if no cell of the table can be an answer."""
    said = (reading.profile.koder, *reading.profile.koder_per_kolumn.values())
    answering = {key_of(mark) for codes in said for mark in codes}
    if (
        not cells
        or _unread(reading)
        or _open_marks(reading, cells)
        or any(
            cell.fill or (key := key_of(cell.text)) not in MARKS | {EMPTY} or key in answering
            for cell in cells
        )
    ):
        return False
    _no_answer_at_all(reading, cells[0])
    return True


def _open_marks(reading: Reading, cells: Iterable[Cell]) -> bool:
    """True if a mark that nobody has explained may be the answer, as in a table of x and empty cells."""
    said = {key_of(mark) for mark in reading.profile.saknas} | set(PLAIN_REASONS) | {ABSENT, EMPTY}
    unexplained = MARKS - said
    return any(key_of(cell.text) in unexplained for cell in cells)


def _no_answer_at_all(reading: Reading, first: Cell) -> None:
    reading.wrong(
        "Ingen cell i tabellen har ett svar",
        f"{_about_colours(reading)} Annars: kontrollera att det är rätt blad.",
        table=first.where(reading),
        value=first.text,
        priority=2,
        expected="minst ett svar: Ja, Delvis eller Nej",
    )


def _unread(reading: Reading) -> bool:
    """True if answers could not be read: what the others lack then says nothing."""
    places = {(unit.row, question.index) for unit in reading.units for question in reading.indicators}
    return bool(places & reading.layout.sheet.unread.keys())


def _about_colours(reading: Reading) -> str:
    return FORMATTED if reading.layout.sheet.shows_fills else NO_FILLS


def check_own_codes(reading: Reading) -> None:
    """An error for codes of a column that is not there: they would change nothing, unsaid."""
    headings = {question.label for question in reading.indicators}
    for label in reading.profile.koder_per_kolumn:
        if label not in headings:
            reading.wrong(
                "Profilen pekar på en kolumn som inte finns",
                "Skriv rubriken under koder_per_kolumn som i filen.",
                value=label,
                expected="rubriken på en av filens indikatorer",
            )


def coloured_empties(reading: Reading, cells: Iterable[Cell]) -> Counter:
    """The colours of empty cells among cells with text; those that nobody has explained are asked about."""
    coloured = [cell for cell in cells if cell.fill and not cell.text]
    unknown = [cell for cell in coloured if colour_meaning(cell.fill, reading.profile) is None]
    if unknown:
        _ask_about_coloured(reading, unknown)
    elif coloured:
        reading.notes.append(
            f"VARNING: {counted(len(coloured), 'svar är läst', 'svar är lästa')} ur cellens färg, som "
            "profilen säger. Kontrollera några av dem mot filen."
        )
    return Counter(cell.fill for cell in coloured)


def _ask_about_coloured(reading: Reading, cells: list[Cell]) -> None:
    count = Counter(cell.fill for cell in cells)
    reading.ask(
        "fargade-tomma",
        f"{counted(len(cells), 'tom cell är färgad', 'tomma celler är färgade')}: är färgen svaret?",
        Choice({"farger": dict.fromkeys(count, ASK)}, "färgen är svaret", COLOURS),
        Choice({"farger": dict.fromkeys(count, NO_ANSWER)}, "färgen betyder", called=NOTHING, together=True),
        **reading.cell(cells[0].unit, cells[0].question),
        places=[cell.where(reading) for cell in cells],
        value=", ".join(f"{colour}: {n}" for colour, n in count.most_common()),
        expected="text i varje cell som har ett svar, eller ett besked om varje färg",
        priority=3,
    )


def colours_against_text(reading: Reading, cells: Iterable[Cell]) -> None:
    """A note if fills say something else than the words in the same cells."""
    agree, against = 0, []
    for cell in cells:
        answer = reading.answers.get((cell.unit.id, cell.question.id))
        shown = colour_answer(cell.fill, reading.profile) if cell.fill and cell.text else None
        if shown is None or shown.code is None or answer is None or answer[0].code is None:
            continue
        if shown.code == answer[0].code:
            agree += 1
        else:
            against.append((answer[1].ref, cell, WORD_OF[shown.code]))
    if against:
        ref, cell, word = against[0]
        reading.notes.append(
            f"VARNING: färgen säger emot texten i {counted(len(against), 'cell', 'celler')}, som {ref} (”{cell.text}”, men färgen "
            f"{cell.fill} är {word}), och stämmer i {agree}. Texten är läst. Fråga avsändaren vad som gäller."
        )


def without_answers(reading: Reading, cells: list[Cell]) -> None:
    """A unit or an indicator that has not one answer is asked about, and told when it is confirmed;
    a table without one is an error, whatever the recipe says."""
    unknown = reading.is_asked("okand-enhet", "okand-indikator")
    if _unread(reading) or unknown or not reading.units:  # what is not known yet may have the answers
        return
    open_colours = reading.open("farger")
    no_answers = (MARKS | {EMPTY}) - {
        mark for mark, (word, _) in reading.said_marks.items() if word in ANSWERS
    }
    answered: set[str] = set()
    for cell in cells:
        found = reading.answers.get((cell.unit.id, cell.question.id))
        coloured = not cell.text and cell.fill in open_colours
        if coloured or (found[0].code is not None if found else key_of(cell.text) not in no_answers):
            answered |= {f"enhet {cell.unit.id}", f"indikator {cell.question.id}"}
    if not reading.indicators and reading.errors:
        return  # it is told why no heading is known
    if cells and not answered:
        if not _open_marks(reading, cells):
            _no_answer_at_all(reading, cells[0])
        return
    for kind, many, items, place in (
        ("enhet", "enheter", reading.units, lambda unit: (unit.row, reading.layout.label_column)),
        ("indikator", "indikatorer", reading.indicators, lambda item: (reading.heading_row, item.index)),
    ):
        silent = [item for item in items if f"{kind} {item.id}" not in answered]
        told = [item.label for item in silent if item.label in reading.profile.utan_svar]
        if told:
            reading.notes.append(f"Utan ett enda svar, enligt profilen: {swedish_list(told)}.")
        unsaid = [item for item in silent if item.label not in told]
        if unsaid:
            _ask_about_silent(reading, [item.label for item in unsaid], kind, many, place(unsaid[0]))


def _ask_about_silent(
    reading: Reading, labels: list[str], kind: str, many: str, place: tuple[int, int]
) -> None:
    reading.ask(
        "utan-svar",
        f"{counted(len(labels), kind, many)} har inte ett enda svar",
        Choice({"utan_svar": labels}, "det stämmer"),
        otherwise=_about_colours(reading),
        sure=True,
        table=reading.at(*place),
        value=cut(labels),
        names=tuple(labels),
        expected=f"minst ett svar för varje {kind}, eller ett besked",
        priority=4,
    )


def tell_of_hidden(reading: Reading, sheet: Sheet, rows: Iterable[int], columns: Iterable[int]) -> None:
    """A note about the rows and columns of a table that are hidden."""
    hidden = [sheet.row_name(row) for row in sorted(sheet.hidden_rows & set(rows))]
    hidden += [sheet.column_name(column) for column in sorted(sheet.hidden_columns & set(columns))]
    if hidden:
        reading.notes.append(
            f"Dolda rader eller kolumner på bladet ”{sheet.name}” är lästa som om de syntes: "
            + ", ".join(hidden)
        )


def tell_of_comments(reading: Reading, sheets: Iterable[Sheet]) -> None:
    """A note about what is written in comments on cells: only an explanation of codes is read there."""
    places: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        for place, text in sheet.comments.items():
            places[text].append(sheet.where(*place))
    if places:
        shown = [
            f"{where[0]}: {text[:60]}" + f" (i {len(where)} celler)" * (len(where) > 1)
            for text, where in places.items()
        ]
        reading.notes.append(
            f"Kommentarer på celler läses bara om de förklarar koderna. Filen har: {cut(shown)}"
        )
