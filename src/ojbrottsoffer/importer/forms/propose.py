"""Finds the form of a file with a row for each answer, and says it as a recipe.

Long (unit, question and answer in columns), stacked (one of them once above its rows), a sheet for each unit or
for each question. A file that is a wide table is none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from ojbrottsoffer.importer.forms.find.heading_words import CODE_HEADERS, role_of_heading
from ojbrottsoffer.importer.forms.find.row_columns import (
    ANSWER_HEADING,
    BOTH,
    LEAST,
    Columns,
    answer_columns,
    beside,
    is_answer,
    is_codes,
    likeliest_years,
)
from ojbrottsoffer.importer.forms.shape.long import CROSS, DITTO, UNCROSSED, sums_up
from ojbrottsoffer.importer.forms.sheets_each import a_sheet_each
from ojbrottsoffer.importer.meaning.units import is_larger, is_unit_word
from ojbrottsoffer.importer.meaning.values import is_numbering
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.recipes.form_parts import Part

QUESTION_HEADING = re.compile(
    r"(?:indikator|fråga|frågetext|fråge|nyckeltal|kpi|kpi[_ ]?title|variabel|mått|item)(?:er|en|or|n|namn|text|titel)?"
)
UNIT_IDS = {"municipality", "municipality_id", "region", "ou", *CODE_HEADERS}
"""What a column of units is called, besides their Swedish names."""
STATUS_HEADING = re.compile(r"(?:status|statuskod|status_kod|bortfallsorsak|flagga|flag)")
SEX_HEADING = re.compile(r"(?:kön|gender|sex)")
BACKGROUND = {"befolkningsgrupp", "omrade", "antal_ja", "stadsdel"}


def propose(
    sheets: list[Sheet], key: Callable[[str], str | None], is_question: Callable[[str], bool]
) -> tuple[Part, ...]:
    """The parts of the file, none if it has another form. Hidden sheets are left out."""
    sheets = [_without_ditto(sheet) for sheet in sheets if sheet.visible and sheet.height > 1]
    known = [_columns(sheet, key, is_question) for sheet in sheets]
    wide = [found for found in known if _answers_under_headings(found, is_question)]
    under = sum(_answers_under_headings(found, is_question) for found in wide)
    parts = [part for found in known if (part := _long(found, key, is_question))]
    if parts and sum(part.sista - part.forsta + 1 for part in parts) * 10 < under:
        return ()  # a few rows beside a wide table, as corrections of it
    if parts:
        best = max(part.sista - part.forsta for part in parts)
        return tuple(part for part in parts if (part.sista - part.forsta) * 10 >= best)
    asked = {text for found in wide for texts in found.questions.values() for text in texts}
    return a_sheet_each(known, key, is_question, asked)


def nearly_long(
    sheets: list[Sheet], key: Callable[[str], str | None], is_question: Callable[[str], bool]
) -> tuple[str, Sheet, int, int] | None:
    """What keeps a sheet with headings of units and questions from being read as rows of answers: `enhet` if no unit
    is known, else `svar`; the sheet, and the first cell that it is about. Nothing of a file that has a table."""
    sheets = [sheet for sheet in sheets if sheet.visible and sheet.height > 1]
    known = [_columns(sheet, key, is_question) for sheet in sheets]
    if any(_answers_under_headings(found, is_question) or _long(found, key, is_question) for found in known):
        return None
    for sheet in sheets:
        for row, texts in enumerate(sheet.cells[:12]):
            heads = [text.casefold() for text in texts]
            units = [c for c, text in enumerate(heads) if is_unit_word(text) or text in UNIT_IDS]
            asked = [c for c, text in enumerate(heads) if QUESTION_HEADING.fullmatch(text)]
            below = [
                own for own in sheet.cells[row + 1 :] if units and asked and own[units[0]] and own[asked[0]]
            ]
            if len(below) < LEAST:
                continue
            if not any(key(own[c]) for own in below for c in units):
                return "enhet", sheet, row + 1, units[0]
            others = (c for c, text in enumerate(heads) if text and c not in (*units, *asked))
            last = max(others, key=lambda c: sum(own[c] != "" for own in below), default=asked[0])
            return (
                "svar",
                sheet,
                row + 1,
                next((c for c, text in enumerate(heads) if ANSWER_HEADING.fullmatch(text)), last),
            )
    return None


def _without_ditto(sheet: Sheet) -> Sheet:
    """The sheet with nothing where a sign stands for the text above: the recipe fills such a column down."""
    cells = [["" if DITTO.fullmatch(text) else text for text in row] for row in sheet.cells]
    return replace(sheet, cells=cells)


def _answers_under_headings(found: Columns, is_question) -> int:
    """How many answers a sheet may have under questions as headings; none if no row has two of them."""
    asked = max((sum(map(is_question, row)) for row in found.sheet.cells), default=0)
    return asked * max(map(len, found.units.values()), default=0) if asked >= LEAST else 0


def _columns(sheet: Sheet, key, is_question) -> Columns:
    found = Columns(sheet)
    seen: dict[str, tuple[str | None, bool]] = {}
    for column in range(sheet.width):
        numbers = is_numbering([row[column] for row in sheet.cells if row[column]])
        for row in sheet.cells:
            text = row[column]
            if not text or numbers and text.isdecimal():
                continue
            if text not in seen:
                seen[text] = key(text), is_question(text)
            unit, question = seen[text]
            if unit:
                found.units.setdefault(column, Counter())[unit] += 1
            if question:
                found.questions.setdefault(column, Counter())[text] += 1
    return found


def _long(found: Columns, key, is_question) -> Part | None:
    """The recipe of a sheet that names units and questions row by row."""
    sheet = found.sheet
    question = _question_column(found)
    if question is None:
        return None
    unit = _unit_column(found, question, key)
    titles = _title_column(found, question, key) if unit is None else None
    if unit is None and titles is None:
        return None
    unit = titles if unit is None else unit
    first, last = _data_rows(sheet, question, unit, is_question, key)
    if last - first + 1 < LEAST:
        return None
    return _part(found, first, last, unit, question, key, titles is not None)


def _title_column(found: Columns, question: int, key) -> int | None:
    """The column where each unit stands on a row of its own above its questions, alone or beside the word for it."""
    sheet = found.sheet
    numbers = [
        c
        for c in range(sheet.width)
        if c not in found.units and is_numbering([texts[c] for texts in sheet.cells if texts[c]])
    ]
    for column in found.units:
        rows = [r for r, texts in enumerate(sheet.cells) if texts[column] and key(texts[column])]
        others = [
            text
            for r in rows
            for c, text in enumerate(sheet.cells[r])
            if text and c not in (column, *numbers) and not is_unit_word(text)
        ]
        if column != question and len(rows) >= LEAST and not others:
            return column
    return None


def _question_column(found: Columns) -> int | None:
    """The column that names most known questions, or is called a column of questions."""
    sheet = found.sheet
    many = {
        column: len(texts)
        for column, texts in found.questions.items()
        if len(texts) >= LEAST
        and (texts.total() + found.units.get(column, Counter()).total()) * 2
        > sum(row[column] != "" for row in sheet.cells)
    }
    if many:
        return max(many, key=lambda column: many[column])
    named = [
        column
        for column in range(sheet.width)
        for row in range(min(sheet.height, 12))
        if QUESTION_HEADING.fullmatch(sheet.cells[row][column].casefold())
        and len({texts[column] for texts in sheet.cells[row + 1 :] if texts[column]}) >= LEAST
    ]
    titled = [column for column in named if "t" in _heading_above(sheet, column)[-5:]]
    return (titled or named or [None])[-1]


def _heading_above(sheet: Sheet, column: int) -> str:
    return next((row[column].casefold() for row in sheet.cells if row[column]), "")


def _unit_column(found: Columns, question: int, key) -> int | None:
    """The column with the units: with names before one with codes; the questions' own if each unit stands there
    on a row of its own."""
    counts = {column: len(units) for column, units in found.units.items()}
    if not counts:
        return None
    others = {
        column: n
        for column, n in counts.items()
        if column != question
        and found.units[column].total() * 2 > sum(row[column] != "" for row in found.sheet.cells)
        and not _is_of_table_beside(found.sheet, column, question, key)
    }
    if not others:
        return question if counts.get(question, 0) >= LEAST else None
    names = {
        column: n
        for column, n in others.items()
        if sum(
            not row[column].isdigit() and row[column] != "" and key(row[column]) is not None
            for row in found.sheet.cells
        )
        > 0
    }
    best = max(names or others, key=lambda column: (others[column], -column))
    # One unit alone stands in a title, unless it is said on every row.
    named = found.units[best].total()
    asked = sum(row[question] != "" for row in found.sheet.cells)
    return best if others[best] >= LEAST or named * 2 > asked else None


def _is_of_table_beside(sheet: Sheet, column: int, question: int, key) -> bool:
    """True if the units of a column stand close, row by row, beside far more questions: they are another table's."""
    rows = [r for r, texts in enumerate(sheet.cells) if texts[column] and key(texts[column])]
    asked = sum(texts[question] != "" for texts in sheet.cells)
    return LEAST < len(rows) == rows[-1] - rows[0] + 1 and len(rows) * 2 < asked


def _data_rows(sheet: Sheet, question: int, unit: int, is_question, key) -> tuple[int, int]:
    """First and last row with a question or a unit, after the headings."""
    rows = [
        r
        for r, texts in enumerate(sheet.cells)
        if is_question(texts[question]) or key(texts[unit]) and unit != question or key(texts[question])
    ]
    if not rows:
        return 0, -1
    first = rows[0]
    while first + 1 < sheet.height and not any(
        is_answer(text) for c, text in enumerate(sheet.cells[first]) if c not in (question, unit)
    ):
        if is_question(sheet.cells[first][question]) or key(sheet.cells[first][unit]):
            break
        first += 1
    if first and unit == question and is_larger(sheet.cells[first - 1][unit]):
        first -= 1
    last = rows[-1]
    own = (question, unit)
    # Where both are said once above several rows, the last of them have neither.
    both_above = any(
        not any(sheet.cells[r][c] for c in own) and _has_answer(sheet, r, own) for r in range(first, last)
    )
    while (
        last + 1 < sheet.height
        and (sheet.cells[last + 1][question] or both_above and not sheet.cells[last + 1][unit])
        and _has_answer(sheet, last + 1, own)
    ):
        last += 1
    return first, last


def _has_answer(sheet: Sheet, row: int, but: tuple[int, ...]) -> bool:
    return any(is_answer(text) for c, text in enumerate(sheet.cells[row]) if c not in but and text)


def _part(
    found: Columns, first: int, last: int, unit: int, question: int, key, titles: bool = False
) -> Part | None:
    """The recipe of the rows `first`–`last`, or None if they have no column of answers. `titles`: each unit stands on a
    row of its own."""
    sheet = found.sheet
    rows = range(first, last + 1)
    header = next((r for r in range(first - 1, -1, -1) if any(sheet.cells[r])), None)
    titles = titles or unit == question
    heads = (
        [r for r in rows if QUESTION_HEADING.fullmatch(sheet.cells[r][question].casefold())] if titles else []
    )
    header = heads[0] if heads else header
    own_rows = _of_units(sheet, [r for r in rows if r not in heads], unit, key if titles else None)
    beside_titles = titles and unit != question  # the answers may stand below the names
    headings, texts, free = beside(
        sheet, header, own_rows, (question,) if beside_titles else (unit, question)
    )
    codes = [c for c in free if is_codes(texts[c], headings[c], key)]
    free = [c for c in free if c not in codes]
    by_code = all(text.isdigit() for text in texts[unit] if text)
    said: dict[str, object] = {"kod": letters(codes[0])} if codes and not by_code else {}
    for name, named in (
        ("ar", likeliest_years(free, headings, texts)),
        ("status", [c for c in free if STATUS_HEADING.fullmatch(headings[c])]),
    ):
        column = next(iter(named), None)
        if column is not None:
            said[name] = letters(column)
            free.remove(column)
    answers = answer_columns(free, headings, texts)
    if answers is None:
        return None
    said["svar"] = answers
    own = set(answers.values()) if isinstance(answers, dict) else {answers}
    free = [c for c in free if letters(c) not in own]
    said["bakgrund"] = {
        letters(c): role for c in free if (role := role_of_heading(headings[c])) in BACKGROUND
    }
    down = [c for c in (unit, question) if c != unit or c != question]
    answered = [r for r in rows if any(sheet.cells[r][index_of(c)] for c in own)] or list(rows)
    filled = [
        c
        for c in dict.fromkeys((*down, *codes))
        if sum(not sheet.cells[r][c] for r in answered) * 4 > len(answered)
    ]
    once = "enhet" if titles else None
    leave: dict[int, list[str]] = {question: [sheet.cells[r][question] for r in heads]} if heads else {}
    if titles:
        named = [r for r in rows if r not in answered and sheet.cells[r][unit]]
        units = {r for r in named if key(sheet.cells[r][unit])}
        also = [r for r in named if r not in units and r - 1 in units]  # as whom to ask, right under the name
        if unit == question and len(units) * 2 < len(named) - len(also):
            once, also = "fraga", []
        if also:
            leave.setdefault(unit, []).extend(sheet.cells[r][unit] for r in also)
    said["utom"] = {letters(c): tuple(dict.fromkeys(texts)) for c, texts in leave.items()}
    if filled and not once:
        said["fyll_ned"] = tuple(letters(c) for c in filled)
    said["val"] = _chosen_rows(free, headings, texts) | _marked_rows(
        free, texts, [(sheet.cells[r][unit], sheet.cells[r][question]) for r in own_rows]
    )
    return Part(
        blad=sheet.name,
        enhet=letters(unit),
        fraga=letters(question),
        en_gang=once,
        rubrikrad=header + 1 if header is not None and header not in heads else None,
        forsta=first + 1,
        sista=last + 1,
        **{name: value for name, value in said.items() if value},
    )


def _of_units(sheet: Sheet, rows: Iterable[int], unit: int, key=None) -> list[int]:
    """The rows that are of no nation, county or sum, which have numbers where the others have answers. `key`: which texts
    of the units' column are units, where it has the questions too."""
    summed = {label for label in {sheet.cells[row][unit] for row in rows} if sums_up(label)}
    found, label = [], ""
    for row in rows:
        text = sheet.cells[row][unit]
        if text in summed or text and (key is None or key(text)):
            label = text
        if label not in summed:
            found.append(row)
    return found


def _chosen_rows(free: list[int], headings: dict[int, str], texts: dict[int, list[str]]) -> dict[str, str]:
    """Both sexes together, or the whole of other groups, where each question has a row for each of them too."""
    chosen = {}
    for c in free:
        values = Counter(text for text in texts[c] if text)
        both = [text for text in values if text.casefold() in BOTH]
        every = SEX_HEADING.fullmatch(headings[c]) or len(set(values.values())) == 1
        if every and both and len(values) > 1:
            chosen[letters(c)] = both[0]
    return chosen


def _marked_rows(
    free: list[int], texts: dict[int, list[str]], asked: list[tuple[str, str]]
) -> dict[str, str]:
    """The mark of the chosen row, where each question of a unit has a row for each of the possible answers."""
    if len(set(asked)) * 2 > len(asked):
        return {}
    for c in free:
        marked = [own for own, text in zip(asked, texts[c], strict=True) if text not in UNCROSSED]
        said = {text for text in texts[c] if text not in UNCROSSED}
        once = len(marked) == len(set(marked)) and len(marked) * 2 > len(set(asked))
        if once and len(said) == 1 and CROSS.fullmatch(*said):
            return {letters(c): said.pop()}
    return {}
