"""Finds the form of a file with a row for each answer, and says it as a recipe.

Long (unit, question and answer in columns), stacked (one of them once above its rows), a sheet for each unit or
for each question. A file that is a wide table is none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ojbrottsoffer.importer.forms.find.heading_words import CODE_HEADERS, YEAR, role_of_heading
from ojbrottsoffer.importer.forms.shape.long import CROSS, CROSSES, UNCROSSED, sums_up
from ojbrottsoffer.importer.meaning.units import NATION, is_larger, normal, region_code
from ojbrottsoffer.importer.meaning.values import MARKS, WORDS, key_of, share
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.recipes.form_parts import SHEET_NAME, Part

QUESTION_HEADING = re.compile(
    r"(?:indikator|fråga|frågetext|fråge|nyckeltal|kpi|kpi[_ ]?title|variabel|mått|item)(?:er|en|or|n|namn|text|titel)?"
)
ANSWER_HEADING = re.compile(r"(?:svar|svaret|värde|value|resultat|utfall|observation)\b.*", re.IGNORECASE)
YEAR_HEADING = re.compile(r"(?:år|årtal|period|year|tid|mätår|undersökningsår)")
OWN_YEAR = re.compile(r".*\b(?:avse\w*|gäll\w*)\b.*")
YEAR_OF_FILE = re.compile(r".*(?:publicer|utgiv|uppdater|registrer|inskick|inlämn|levere).*")
"""What is done with answers may be done in a later year."""
STATUS_HEADING = re.compile(r"(?:status|statuskod|status_kod|bortfallsorsak|flagga|flag)")
SEX_HEADING = re.compile(r"(?:kön|gender|sex)")
SHARE_HEADING = re.compile(r"(?:riket|andel|procent)\b.*", re.IGNORECASE)
BOTH = (
    "t",
    "totalt",
    "total",
    "alla",
    "båda",
    "båda könen",
    "samtliga",
    "män och kvinnor",
    "kvinnor och män",
)
BACKGROUND = {"befolkningsgrupp", "omrade", "antal_ja", "stadsdel"}
LEAST = 2
"""So many known units and questions make a form; fewer may be a coincidence."""


@dataclass
class Columns:
    """What is known of a sheet's columns: how many different units and questions each names."""

    sheet: Sheet
    units: dict[int, Counter] = field(default_factory=dict)
    questions: dict[int, Counter] = field(default_factory=dict)


def propose(
    sheets: list[Sheet], key: Callable[[str], str | None], is_question: Callable[[str], bool]
) -> tuple[Part, ...]:
    """The parts of the file, none if it has another form. Hidden sheets are left out."""
    known = [_columns(sheet, key, is_question) for sheet in sheets if sheet.visible and sheet.height > 1]
    wide = [found for found in known if _answers_under_headings(found, is_question)]
    under = sum(_answers_under_headings(found, is_question) for found in wide)
    parts = [part for found in known if (part := _long(found, key, is_question))]
    if parts and sum(part.sista - part.forsta + 1 for part in parts) * 10 < under:
        return ()  # a few rows beside a wide table, as corrections of it
    if parts:
        best = max(part.sista - part.forsta for part in parts)
        return tuple(part for part in parts if (part.sista - part.forsta) * 10 >= best)
    asked = {text for found in wide for texts in found.questions.values() for text in texts}
    return _a_sheet_each(known, key, is_question, asked)


def _answers_under_headings(found: Columns, is_question) -> int:
    """How many answers a sheet may have under questions as headings; none if no row has two of them."""
    asked = max((sum(map(is_question, row)) for row in found.sheet.cells), default=0)
    return asked * max(map(len, found.units.values()), default=0) if asked >= LEAST else 0


def _columns(sheet: Sheet, key, is_question) -> Columns:
    found = Columns(sheet)
    seen: dict[str, tuple[str | None, bool]] = {}
    for column in range(sheet.width):
        if _is_numbering([row[column] for row in sheet.cells if row[column]]):
            continue
        for row in sheet.cells:
            text = row[column]
            if not text:
                continue
            if text not in seen:
                seen[text] = key(text), is_question(text)
            unit, question = seen[text]
            if unit:
                found.units.setdefault(column, Counter())[unit] += 1
            if question:
                found.questions.setdefault(column, Counter())[text] += 1
    return found


def _is_numbering(texts: list[str]) -> bool:
    """True for a column that counts its rows: some of its numbers are codes of municipalities by chance."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    steps = sum(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))
    return (
        len(numbers) > LEAST
        and numbers[0] <= LEAST
        and len(numbers) * 10 >= len(texts) * 9
        and steps * 10 >= (len(numbers) - 1) * 8
    )


def _long(found: Columns, key, is_question) -> Part | None:
    """The recipe of a sheet that names units and questions row by row."""
    sheet = found.sheet
    question = _question_column(found)
    if question is None:
        return None
    unit = _unit_column(found, question, key)
    if unit is None:
        return None
    first, last = _data_rows(sheet, question, unit, is_question, key)
    if last - first + 1 < LEAST:
        return None
    return _part(found, first, last, unit, question, key)


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
        _is_answer(text) for c, text in enumerate(sheet.cells[first]) if c not in (question, unit)
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
    return any(_is_answer(text) for c, text in enumerate(sheet.cells[row]) if c not in but and text)


def _is_answer(text: str) -> bool:
    key = key_of(text)
    return key in WORDS or text != "" and key in MARKS or key.isdigit() and len(key) <= 2


def _part(found: Columns, first: int, last: int, unit: int, question: int, key) -> Part | None:
    """The recipe of the rows `first`–`last`, or None if they have no column of answers."""
    sheet = found.sheet
    rows = range(first, last + 1)
    header = next((r for r in range(first - 1, -1, -1) if any(sheet.cells[r])), None)
    own_rows = _of_units(sheet, rows, unit, key if unit == question else None)
    headings, texts, free = _beside(sheet, header, own_rows, (unit, question))
    codes = [c for c in free if _is_codes(texts[c], headings[c], key)]
    free = [c for c in free if c not in codes]
    said: dict[str, object] = {"kod": letters(codes[0])} if codes else {}
    for name, named in (
        ("ar", _years(free, headings, texts)),
        ("status", [c for c in free if STATUS_HEADING.fullmatch(headings[c])]),
    ):
        column = next(iter(named), None)
        if column is not None:
            said[name] = letters(column)
            free.remove(column)
    answers = _answers(free, headings, texts)
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
    once = None
    if unit == question:
        heads = [r for r in rows if r not in answered and sheet.cells[r][unit]]
        once = (
            "enhet"
            if sum(key(sheet.cells[r][unit]) is not None for r in heads) * 2 >= len(heads)
            else "fraga"
        )
    if filled and not once:
        said["fyll_ned"] = tuple(letters(c) for c in filled)
    said["val"] = _chosen_rows(free, headings, texts)
    return Part(
        blad=sheet.name,
        enhet=letters(unit),
        fraga=letters(question),
        en_gang=once,
        rubrikrad=header + 1 if header is not None else None,
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


def _beside(
    sheet: Sheet, header: int | None, rows: Iterable[int], own: tuple[int, ...]
) -> tuple[dict[int, str], dict[int, list[str]], list[int]]:
    """The heading and the texts of each column, and which have any beside its `own`."""
    columns = range(sheet.width)
    headings = {c: sheet.cells[header][c].casefold() if header is not None else "" for c in columns}
    texts = {c: [sheet.cells[r][c] for r in rows] for c in columns}
    return headings, texts, [c for c in columns if c not in own and any(texts[c])]


def year_columns(sheet: Sheet, part: Part) -> dict[int, list[str]]:
    """Column -> its year on each row of a part, the likeliest to be the year of the answers first."""
    used = {index_of(name) for what, name in part.columns.items() if what != "ar"}
    header = part.rubrikrad - 1 if part.rubrikrad else None
    headings, texts, free = _beside(sheet, header, range(part.forsta - 1, part.sista), tuple(used))
    return {c: texts[c] for c in _years(free, headings, texts)}


def _years(free: list[int], headings: dict[int, str], texts: dict[int, list[str]]) -> list[int]:
    """The columns of years, the likeliest first."""
    named = [c for c in free if YEAR_HEADING.fullmatch(headings[c]) and any(map(YEAR.search, texts[c]))]
    bare = [c for c in free if all(YEAR.fullmatch(t) for t in texts[c] if t)]
    return sorted(
        dict.fromkeys((*named, *bare)),
        key=lambda c: (
            YEAR_OF_FILE.match(headings[c]) is not None,
            not OWN_YEAR.match(headings[c]),
            c not in named,
        ),
    )


def _is_codes(texts: list[str], heading: str, key) -> bool:
    """True for a column of municipalities' codes beside their names."""
    given = [text for text in texts if text]
    known = [text for text in given if text.isdigit() and len(text) in (3, 4) and key(text)]
    named = heading in CODE_HEADERS or heading in ("municipality", "municipality_id", "regionkod", "region")
    return (
        bool(given)
        and len(known) * 2 > len(given)
        or named
        and bool(given)
        and all(region_code(text) for text in given)
        and any(len(text) > 1 for text in given)
    )


def _answers(
    free: list[int], headings: dict[int, str], texts: dict[int, list[str]]
) -> str | dict[str, str] | None:
    """The column of the answers, or one for each year, or one for each of Ja, Delvis and Nej."""
    crosses = {word: letters(c) for c in free for word in CROSSES if headings[c] == word.casefold()}
    if len(crosses) >= LEAST and _are_crosses([t for c in crosses.values() for t in texts[index_of(c)]]):
        return crosses
    years = {
        found[-1]: letters(c)
        for c in free
        if _looks_answered(texts[c]) and (found := YEAR.findall(headings[c]))
    }
    unnamed = any(
        ANSWER_HEADING.fullmatch(headings[c]) and not YEAR.search(headings[c]) and _looks_answered(texts[c])
        for c in free
    )
    if len(years) > 1 or years and not unnamed:
        return years
    named = [c for c in free if ANSWER_HEADING.fullmatch(headings[c]) and _looks_answered(texts[c])]
    likely = named or [c for c in free if _looks_answered(texts[c]) and not SHARE_HEADING.match(headings[c])]
    likely = [c for c in likely if headings[c].strip(" .") not in ("nr", "nummer")] or likely
    return letters(likely[0]) if likely else None


def _are_crosses(texts: list[str]) -> bool:
    """True if most of what is said is a plain mark, or Ja and Nej."""
    said = [text.casefold() for text in texts if text not in UNCROSSED]
    return sum(text in WORDS or CROSS.fullmatch(text) is not None for text in said) * 2 >= len(said)


def _looks_answered(texts: list[str]) -> bool:
    """True if most of what a column says may be answers: words, marks or few different small codes."""
    given = [text for text in texts if text]
    answers = [text for text in given if _is_answer(text)]
    codes = {key_of(text) for text in answers if key_of(text).isdigit()}
    return bool(given) and len(answers) * 2 > len(given) and len(codes) <= 8


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


def _a_sheet_each(known: list[Columns], key, is_question, asked: set[str]) -> tuple[Part, ...]:
    """The parts of a file with a sheet for each unit, or for each question. `asked`: the questions of sheets that have
    several as headings; where the others have one each of the rest, all are tables of the same kind."""
    parts = {"enhet": [], "fraga": []}
    for found in known:
        for kind in parts:
            if part := _of_sheet(found, kind, key, is_question):
                parts[kind].append(part)
    own = {part.blad for part in parts["fraga"]}
    others = {
        t for found in known if found.sheet.name in own for texts in found.questions.values() for t in texts
    }
    if asked and len(asked & others) * 2 < len(others):
        parts["fraga"] = []
    best = max(parts.values(), key=len)
    if len(best) < LEAST:
        return ()
    return _under_the_same_heading(best, {found.sheet.name: found.sheet for found in known})


def _under_the_same_heading(parts: list[Part], sheets: dict[str, Sheet]) -> tuple[Part, ...]:
    """The parts, with the answers of each under the heading that most of them have, where its sheet has it in another
    column than theirs."""

    def heads(part: Part) -> list[str]:
        return [text.casefold() for text in sheets[part.blad].cells[part.rubrikrad - 1]]

    own = [part for part in parts if part.rubrikrad and isinstance(part.svar, str)]
    if not own:
        return tuple(parts)
    said = Counter(heads(part)[index_of(part.svar)] for part in own).most_common(1)[0][0]
    found = []
    for part in parts:
        there = [c for c, text in enumerate(heads(part)) if text == said] if part in own and said else []
        found.append(part.model_copy(update={"svar": letters(there[0])}) if len(there) == 1 else part)
    return tuple(found)


def _of_sheet(found: Columns, kind: str, key, is_question) -> Part | None:
    """The recipe of a sheet that names its only unit, or its only question, in a title or as its own name."""
    sheet = found.sheet
    names = found.questions if kind == "enhet" else found.units
    if not names:
        return None
    column = max(names, key=lambda c: len(names[c]))
    if len(names[column]) < LEAST:
        return None

    def is_other(text: str) -> bool:
        if kind == "fraga":
            return is_question(text)
        return key(text) is not None and normal(text.rpartition(": ")[2]) not in NATION

    def is_own(text: str) -> bool:
        return is_question(text) if kind == "enhet" else key(text) is not None

    first = next(r for r, texts in enumerate(sheet.cells) if is_own(texts[column]))
    last = max(r for r, texts in enumerate(sheet.cells) if is_own(texts[column]))
    titles = [
        sheet.ref(r, c)
        for r in range(first)
        for c, text in enumerate(sheet.cells[r])
        if text and is_other(text)
    ]
    named = {key(text) or text for r in range(first) for text in sheet.cells[r] if text and is_other(text)}
    inside = {
        text
        for r in range(first, last + 1)
        for c, text in enumerate(sheet.cells[r])
        if c != column and is_other(text)
    }
    if inside - {text for text in inside if text.isdigit()} or len(named) > 1:
        return None
    place = titles[0] if titles else SHEET_NAME if is_other(sheet.name) else None
    if place is None:
        return None
    header = next((r for r in range(first - 1, -1, -1) if len([t for t in sheet.cells[r] if t]) > 1), None)
    headings, texts, free = _beside(sheet, header, range(first, last + 1), (column,))
    codes = [c for c in free if kind == "fraga" and _is_codes(texts[c], headings[c], key)]
    free = [c for c in free if c not in codes]
    said: dict[str, object] = {"kod": letters(codes[0])} if codes else {}
    numbering = [c for c in free if _is_numbering([text for text in texts[c] if text])]
    answers = _answers([c for c in free if c not in numbering], headings, texts)
    if answers is None:
        return None
    nation = [
        c
        for c in free
        if kind == "enhet"
        and headings[c].startswith("riket")
        and all(share(text) is not None for text in texts[c] if text)
    ]
    if nation:
        said["riket"] = letters(nation[0])
    return Part(
        blad=sheet.name,
        enhet=place if kind == "enhet" else letters(column),
        fraga=letters(column) if kind == "enhet" else place,
        svar=answers,
        rubrikrad=header + 1 if header is not None else None,
        forsta=first + 1,
        sista=last + 1,
        **said,
    )
