"""What a file leaves in doubt although every cell could be read: colours beside the text, columns
that may be coded in another way, merged answers, and units or questions without one answer.

Each is a question that the profile answers, an error, or at least a note; never silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ojbrottsoffer.importer.meaning.values import (
    ABSENT,
    CODE_WORDS,
    EMPTY,
    MARKS,
    PLAIN_REASONS,
    Answer,
    colour_answer,
    colour_meaning,
    key_of,
    said_colours,
)
from ojbrottsoffer.importer.recipe import NO_ANSWER
from ojbrottsoffer.schema.model import counted, swedish_list

if TYPE_CHECKING:
    from ojbrottsoffer.importer.read.sheet import Sheet
    from ojbrottsoffer.importer.reading import IndicatorColumn, Reading, UnitRow

    Cell = tuple[UnitRow, IndicatorColumn, str]

NO_FILLS = (
    "Är svaren färger: en textfil har inga. Be avsändaren om kalkylbladet (xlsx, xls eller ods) som "
    "texten kommer från, och importera det."
)
FORMATTED = (
    "Är svaren färger som kommer av villkorsstyrd formatering syns de inte för läsaren: be avsändaren "
    "om svaren som text."
)
WORD_OF = {code: word for word, code in CODE_WORDS.items()}
SHOWN = 12
"""Lists in a question are cut here; the draft of the profile has all of it."""


def answer_cells(reading: Reading) -> list[Cell]:
    """Every cell with an answer as it is shown: a merged one as the profile says."""
    sheet, way = reading.layout.sheet, reading.profile.sammanfogade
    cells, hidden = [], []
    for column in reading.indicators:
        for unit in reading.units:
            place = (unit.row, column.column.index)
            area = sheet.merged.get(place)
            if place in sheet.unread:
                continue
            if area and (area.text or area.fill) and way is None:
                hidden.append((unit, column, area))
                continue
            cells.append(
                (unit, column, area.text if area and way == "samma" else sheet.cells[place[0]][place[1]])
            )
    if hidden:
        _ask_about_merged(reading, hidden)
    return cells


def _ask_about_merged(reading: Reading, hidden: list) -> None:
    areas = list(dict.fromkeys(area.area for *_, area in hidden))
    unit, column, area = hidden[0]
    reading.ask(
        "sammanfogade",
        f"Svar står i {counted(len(areas), 'sammanfogat cellområde', 'sammanfogade cellområden')}: {cut(areas)}",
        "sammanfogade",
        "samma om svaret gäller alla celler i området, tomma om det bara gäller den första",
        table=reading.at(unit.row, column.column.index),
        row_label=unit.label,
        column=column.label,
        value=area.text or area.fill,
        expected="ett svar i varje cell, eller ett besked",
        priority=4,
    )


def fill_of(reading: Reading, unit: UnitRow, column: IndicatorColumn) -> str:
    """The cell's colour, if it can mean something; a merged cell's is that of its area if the
    profile says so."""
    sheet, place = reading.layout.sheet, (unit.row, column.column.index)
    area = sheet.merged.get(place)
    fill = area.fill if area and reading.profile.sammanfogade == "samma" else sheet.fills.get(place, "")
    return "" if fill and said_colours(reading.profile).get(fill) == NO_ANSWER else fill


def is_empty_table(reading: Reading, cells: list[Cell]) -> bool:
    """True, with an error, if no cell of the table can be an answer."""
    if (
        not cells
        or _unread(reading)
        or _open_marks(reading, cells)
        or any(
            key_of(text) not in MARKS | {EMPTY}
            or key_of(text) in _answering(reading)
            or fill_of(reading, unit, column)
            for unit, column, text in cells
        )
    ):
        return False
    _no_answer_at_all(reading, cells[0])
    return True


def _open_marks(reading: Reading, cells: Iterable[Cell]) -> bool:
    """True if a mark that nobody has explained may be the answer, as in a table of x and empty cells."""
    said = {key_of(mark) for mark in reading.profile.saknas} | set(PLAIN_REASONS) | {ABSENT, EMPTY}
    unexplained = MARKS - said
    return any(key_of(text) in unexplained for *_, text in cells)


def _no_answer_at_all(reading: Reading, first: Cell) -> None:
    unit, column, text = first
    reading.wrong(
        "Ingen cell i tabellen har ett svar",
        f"{_about_colours(reading)} Annars: kontrollera att det är rätt blad.",
        table=reading.at(unit.row, column.column.index),
        value=text,
        priority=2,
        expected="minst ett svar: Ja, Delvis eller Nej",
    )


def _unread(reading: Reading) -> bool:
    """True if answers could not be read: what the others lack then says nothing."""
    places = {(unit.row, column.column.index) for unit in reading.units for column in reading.indicators}
    return bool(places & reading.layout.sheet.unread.keys())


def _answering(reading: Reading) -> set[str]:
    """Marks and empty cells that the profile calls answers."""
    said = (reading.profile.koder, *reading.profile.koder_per_kolumn.values())
    return {key_of(mark) for codes in said for mark in codes}


def _about_colours(reading: Reading) -> str:
    return FORMATTED if reading.layout.sheet.shows_fills else NO_FILLS


def check_own_codes(reading: Reading) -> None:
    """An error for codes of a column that is not there: they would change nothing, unsaid."""
    headings = {column.label for column in reading.indicators}
    for label in reading.profile.koder_per_kolumn:
        if label not in headings:
            reading.wrong(
                "Profilen pekar på en kolumn som inte finns",
                "Skriv rubriken under koder_per_kolumn som i filen.",
                value=label,
                expected="rubriken på en av filens indikatorer",
            )


def own_codes(reading: Reading, column: IndicatorColumn) -> dict[str, Answer]:
    """What the profile says about the marks of this column alone."""
    return {
        key_of(mark): Answer(CODE_WORDS[word])
        for mark, word in reading.profile.koder_per_kolumn.get(column.label, {}).items()
    }


def coloured_empties(reading: Reading, cells: Iterable[Cell]) -> dict[tuple[int, int], Answer | None]:
    """Empty cells with a colour among cells with text: what the colour means, None if nobody has
    said; then it is asked about."""
    meanings: dict[tuple[int, int], Answer | None] = {}
    open_cells, colours = [], Counter()
    for unit, column, text in cells:
        colour = "" if text else fill_of(reading, unit, column)
        if not colour:
            continue
        meaning = colour_meaning(colour, reading.profile)
        colours[colour] += 1
        meanings[unit.row, column.column.index] = meaning
        if meaning is None:
            open_cells.append((unit, column, colour))
    reading.colours.update(colours)
    if open_cells:
        _ask_about_coloured(reading, open_cells)
    elif meanings:
        reading.notes.append(
            f"VARNING: {counted(len(meanings), 'svar är läst', 'svar är lästa')} ur cellens färg, som "
            "profilen säger. Kontrollera några av dem mot filen."
        )
    return meanings


def _ask_about_coloured(reading: Reading, cells: list) -> None:
    count = Counter(colour for *_, colour in cells)
    reading.open_colours += list(count)
    unit, column, _ = cells[0]
    reading.ask(
        "fargade-tomma",
        f"{counted(len(cells), 'tom cell är färgad', 'tomma celler är färgade')}: är färgen svaret?",
        "farger",
        ", ".join(f'"{colour}": …' for colour in count) + ", med Ja, Delvis, Nej eller en orsak; ignorera "
        "om färgen inte betyder något och cellen är tom",
        table=reading.at(unit.row, column.column.index),
        row_label=unit.label,
        column=column.label,
        value=", ".join(f"{colour}: {n}" for colour, n in count.most_common()),
        expected="text i varje cell som har ett svar, eller ett besked om varje färg",
        priority=3,
    )


def colours_against_text(reading: Reading, cells: Iterable[Cell]) -> None:
    """A note if fills say something else than the words in the same cells."""
    agree, against = 0, []
    for unit, column, text in cells:
        colour = fill_of(reading, unit, column) if text else ""
        answer = reading.answers.get((unit.unit.enhet_id, column.indikator_id))
        shown = colour_answer(colour, reading.profile) if colour else None
        if shown is None or shown.code is None or answer is None or answer[0].code is None:
            continue
        if shown.code == answer[0].code:
            agree += 1
        else:
            against.append((answer[1].ref, text, colour, WORD_OF[shown.code]))
    if against:
        ref, text, colour, word = against[0]
        reading.notes.append(
            f"VARNING: färgen säger emot texten i {counted(len(against), 'cell', 'celler')}, som {ref} (”{text}”, men färgen "
            f"{colour} är {word}), och stämmer i {agree}. Texten är läst. Fråga avsändaren vad som gäller."
        )


def without_answers(reading: Reading, cells: list[Cell]) -> None:
    """A unit or an indicator that has not one answer is asked about, and told when it is confirmed;
    a table without one is an error, whatever the profile says."""
    unknown = reading.is_asked("okand-enhet", "okand-indikator")
    if _unread(reading) or unknown:  # what is not known yet may have the answers
        return
    answered: dict[str, set[str]] = {"enhet": set(), "indikator": set()}
    for unit, column, text in cells:
        found = reading.answers.get((unit.unit.enhet_id, column.indikator_id))
        coloured = not text and fill_of(reading, unit, column) in reading.open_colours
        if coloured or (found[0].code is not None if found else key_of(text) not in MARKS | {EMPTY}):
            answered["enhet"].add(unit.unit.enhet_id)
            answered["indikator"].add(column.indikator_id)
    if cells and not answered["enhet"]:
        if not _open_marks(reading, cells):
            _no_answer_at_all(reading, cells[0])
        return
    said = {" ".join(label.split()) for label in reading.profile.utan_svar}
    for kind, many, items, place in (
        (
            "enhet",
            "enheter",
            {u.unit.enhet_id: u for u in reading.units},
            lambda u: reading.at(u.row, reading.layout.label_column),
        ),
        (
            "indikator",
            "indikatorer",
            {i.indikator_id: i for i in reading.indicators},
            lambda i: reading.at((reading.layout.header_rows or (reading.layout.first,))[-1], i.column.index),
        ),
    ):
        silent = [item for key, item in items.items() if key not in answered[kind]]
        told = [item.label for item in silent if item.label in said]
        if told:
            reading.notes.append(f"Utan ett enda svar, enligt profilen: {swedish_list(told)}.")
        _ask_about_silent(reading, [item for item in silent if item.label not in said], kind, many, place)


def _ask_about_silent(reading: Reading, silent: list, kind: str, many: str, place: Callable) -> None:
    if not silent:
        return
    labels = [item.label for item in silent]
    reading.silent += labels
    whole = ", ".join(f'"{label}"' for label in labels[:SHOWN]) + (", …" if len(labels) > SHOWN else "")
    reading.ask(
        "utan-svar",
        f"{counted(len(silent), kind, many)} har inte ett enda svar",
        "utan_svar",
        f"[{whole}] om det stämmer. {_about_colours(reading)}",
        table=place(silent[0]),
        value=cut(labels),
        expected=f"minst ett svar för varje {kind}, eller ett besked",
        priority=4,
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


def cut(items: list[str]) -> str:
    rest = len(items) - SHOWN
    return ", ".join(items[:SHOWN]) + (f" och {rest} till" if rest > 0 else "")
