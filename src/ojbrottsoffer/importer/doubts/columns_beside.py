"""Whether a file with a row for each answer has more answers in columns that are not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.words_beside import Beside, columns_beside
from ojbrottsoffer.importer.forms.find.row_columns import BOTH
from ojbrottsoffer.importer.forms.shape.long import CROSS, crosses_are_read
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.meaning.values import CODE_WORDS, CORRECTED, FINAL, WORDS, Answer, key_of
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.importer.recipes.form_parts import Part
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

MANY = 5
"""So many answers among other texts in a column are asked about, or half as many as there are units."""
NUMBERED = re.compile(r"\b(?:nr|nummer|år|id|rad|vikt)\b|grupp|antal|kategori", re.IGNORECASE)
"""Headings over whole numbers that are no answers."""


def ask_about_columns_beside(reading: Reading, sheets: Iterable[Sheet]) -> None:
    """One question about all columns, beside those that the parts of the recipe read, that have answers too."""
    if reading.is_asked("tva-tabeller", "delar-svaren", "radens-lage"):
        return  # what is read may be something else
    parts, by_name = reading.layout.form, {sheet.name: sheet for sheet in sheets}
    if not parts:
        _compare_wide(
            reading, [_against_the_coding(reading, item) for item in columns_beside(reading.layout, sheets)]
        )
        return
    same = {
        (found.sheet.name, found.column): _against_the_coding(reading, found)
        for found in columns_beside(reading.layout, sheets)
    }
    explained = {(said.sheet, said.row) for said in reading.said_of_codes}
    found: dict[str, list[str]] = defaultdict(list)
    headings: dict[str, str] = {}
    on: dict[str, list[str]] = defaultdict(list)
    against: list[tuple[str, str, str]] = []
    alike: dict[str, Beside] = {}
    for name in dict.fromkeys(part.blad for part in parts):
        own, sheet = [part for part in parts if part.blad == name], by_name[name]
        used = {index_of(column) for part in own for column in (*part.columns.values(), *part.lamnas)}
        rows = {r for part in own for r in range(part.forsta - 1, min(part.sista, sheet.height))}
        rows -= {row for where, row in explained if where == name}
        for column in sorted(set(range(sheet.width)) - used):
            heading = sheet.cells[own[0].rubrikrad - 1][column] if own[0].rubrikrad else ""
            if twin := same.get((name, column)):
                against += twin.against
                alike.setdefault(f"kolumn {letters(column)}{f' ({heading})' * bool(heading)}", twin)
                places = sorted(rows) if twin.against else []
            else:
                places = _answers_in(reading, sheet, sorted(rows), column, heading)
            if places:
                letter = letters(column)
                found[letter] += [sheet.where(row, column) for row in places]
                headings[letter] = headings.get(letter) or heading
                on[letter].append(name)
    if alike and not against:
        _tell_of_same(reading, *next(iter(alike.items())))
    if not found:
        return
    shown = [
        f"kolumn {name}{f' ({headings[name]})' * bool(headings[name])} med {counted(len(cells), 'cell', 'celler')}"
        + f" på bladet {swedish_list([show(sheet) for sheet in on[name]])}" * (len(on[name]) * 4 < len(parts))
        for name, cells in found.items()
    ]
    reading.ask(
        "olasta-kolumner",
        f"Det finns celler som ser ut som svar i kolumner som inte läses: {cut(shown)}. Läst är "
        f"{_named(parts[0].answers)} ({len(reading.answers)} svar)"
        + f". {_against(against)}"
        * bool(against),
        *_choices(reading, by_name, {name: len(cells) for name, cells in found.items()}, headings),
        otherwise="Är de rättelser, eller hör de ihop på ett annat sätt: be avsändaren om en fil där de är införda, eller "
        "dela i två filer med en tabell i var.",
        table=against[0][0] if against else next(iter(found.values()))[0],
        value=next(iter(shown)).partition(" med ")[0],
        places=[place for cells in found.values() for place in cells],
        priority=1,
        expected="att varje svar i filen läses, eller ett besked",
    )


def _against_the_coding(reading: Reading, found: Beside) -> Beside:
    """The column with what it says against the codes as they are read."""
    read = reading.coding.answers
    other = [
        (where, code, words)
        for code, (word, words, where) in ({} if found.read_in_words else found.codes).items()
        if code in read and read[code] != Answer(CODE_WORDS[word])
    ]
    return replace(found, against=[*other, *found.against])


def _compare_wide(reading: Reading, found: Iterable[Beside]) -> None:
    """An error where the words in columns that are left out say something else than the codes that are read."""
    for twin in found:
        where = f"kolumnerna med ord eller kod, som {twin.sheet.column_name(twin.column)}"
        if not twin.against:
            _tell_of_same(reading, where, twin)
        elif twin.read_in_words:
            reading.notes.append(f"VARNING: orden är lästa. {_against(twin.against)}")
        else:
            reading.wrong(
                _against(twin.against),
                "Be avsändaren om en rättad fil, eller läs kolumnerna med ord i stället.",
                table=twin.against[0][0],
                value=twin.against[0][2],
                expected=f"det som {twin.against[0][1]} betyder i de andra raderna",
            )


def _tell_of_same(reading: Reading, name: str, twin: Beside) -> None:
    words = ", ".join(f"{code} = {word}" for code, (word, *_) in sorted(twin.codes.items()))
    reading.notes.append(f"Samma svar står en gång till i {name}, och stämmer i varje cell: {words}.")


def _against(found: list[tuple[str, str, str]]) -> str:
    """The cells where codes and words do not agree."""
    shown = cut([f"{where} ({code}, men ”{words}”)" for where, code, words in found])
    return f"Kod och ord säger emot varandra i {counted(len(found), 'cell', 'celler')}: {shown}"


def _answers_in(reading: Reading, sheet: Sheet, rows: list[int], column: int, heading: str) -> list[int]:
    """The rows where a column may have answers; none if they are too few among other texts."""
    filled = [row for row in rows if sheet.cells[row][column]]
    keys = {row: key_of(sheet.cells[row][column]) for row in filled}
    words = [row for row in filled if keys[row] in WORDS]
    if words:
        return words if len(words) == len(filled) or len(words) >= min(MANY, len(reading.units) / 2) else []
    if crosses_are_read(reading.layout.form[0]):  # another answer may be crossed there
        return filled if all(CROSS.fullmatch(sheet.cells[row][column]) for row in filled) else []
    codes = {key for key in map(key_of, reading.marks) if key.isdigit()}
    several = len(set(keys.values())) > 1 and len(filled) * 2 >= len(reading.units)
    return filled if set(keys.values()) <= codes and several and not NUMBERED.search(heading) else []


def _choices(
    reading: Reading, sheets: dict[str, Sheet], found: dict[str, int], headings: dict[str, str]
) -> list[Choice]:
    """The likeliest first: all tables that stand side by side; a column that is called final or all, or has words where
    codes are read; that the columns are left out; another column."""
    parts, read = reading.layout.form, reading.layout.form[0].answers
    coded = not set(map(key_of, reading.marks)) & set(WORDS)

    def form(when: str, changed: Iterable[Part], left_out: Iterable[str] = ()) -> Choice:
        said = []
        for part in changed:
            there = set(map(letters, range(sheets[part.blad].width))) - (
                set(part.columns.values()) - {part.status}
            )
            left_out_here = [c for c in dict.fromkeys((*part.lamnas, *left_out)) if c in there]
            said.append(part.model_copy(update={"lamnas": tuple(left_out_here)}).plain())
        return Choice({"form": said}, when)

    ranked = [(2, form(f"bara {_named(read)} ska läsas", parts, found))]
    distances = {name: index_of(name) - index_of(read[0]) for name in found}
    asked = {plain(item.label) for item in reading.indicators}
    beside = [
        moved
        for distance in distances.values()
        for part in parts
        if (moved := _moved(sheets[part.blad], part, distance, asked))
    ]
    if beside:
        ranked.append((0, form("alla tabellerna bredvid varandra ska läsas", (*parts, *beside))))
    for name in found:
        if CORRECTED.search(headings[name]) and found[name] * 2 < len(reading.answers) and len(read) == 1:
            corrected = [part.model_copy(update={"rattat": name}) for part in parts]
            ranked.append(
                (0, form(f"det som står i kolumn {name} gäller i stället, där något står", corrected))
            )
    in_tables = {column for moved in beside for column in moved.answers}
    for name, distance in distances.items():
        there = {c: letters(i) for c in read if (i := index_of(c) + distance) >= 0}
        whole = set(there.values()) <= set(found) and _alike(sheets, parts[0], there)
        if name in in_tables or (found[name] * 2 < len(reading.answers) if len(read) == 1 else not whole):
            continue
        called = headings[name]
        changed = [_answered_in(sheets[part.blad], part, called, there) for part in parts]
        likely = coded or FINAL.search(called) or called.casefold() in BOTH
        when = f"{_named(there.values())} ska läsas i stället"
        ranked.append((1 if likely else 3, form(when, changed, (*found, *read))))
    return [choice for _, choice in sorted(ranked, key=lambda item: item[0])]


def _answered_in(sheet: Sheet, part: Part, called: str, there: dict[str, str]) -> Part:
    """The part with its answers in the only column that is called so, or else in the columns as they are moved."""
    heads = sheet.cells[part.rubrikrad - 1] if part.rubrikrad else []
    own = [letters(c) for c, text in enumerate(heads) if called and text == called]
    if len(own) == 1 and isinstance(part.svar, str):
        return part.model_copy(update={"svar": own[0]})
    if max(map(index_of, there.values())) >= sheet.width:
        return part
    return part.model_copy(update={"svar": _replaced(part.svar, there)})


def _named(columns: Iterable[str]) -> str:
    return f"kolumn {swedish_list(list(columns))}"


def _replaced(said: str | dict[str, str], there: dict[str, str]) -> str | dict[str, str]:
    """What a part says of columns, with other columns in their place."""
    if isinstance(said, dict):
        return {key: there.get(column, column) for key, column in said.items()}
    return there.get(said, said)


def _alike(sheets: dict[str, Sheet], part: Part, there: dict[str, str]) -> bool:
    """True if each column and the one in its place have the same heading."""
    sheet = sheets[part.blad]
    heads = sheet.cells[part.rubrikrad - 1] if part.rubrikrad else []
    return all(
        max(map(index_of, pair)) < len(heads) and len({heads[index_of(c)] for c in pair}) == 1
        for pair in there.items()
    )


def _moved(sheet: Sheet, part: Part, distance: int, asked: set[str]) -> Part | None:
    """The part of a table that is like this one, so many columns to the right; None if there is none."""
    own = part.columns
    width = range(sheet.width)
    if not {"enhet", "fraga"} & own.keys() or any(index_of(c) + distance not in width for c in own.values()):
        return None
    there = {c: letters(index_of(c) + distance) for c in own.values()}
    if set(there) & set(there.values()):
        return None
    if part.rubrikrad:
        if not _alike({sheet.name: sheet}, part, there):
            return None
    elif "fraga" in own:
        rows = sheet.cells[part.forsta - 1 : part.sista]
        answer, question = (
            index_of(there[next(c for n, c in own.items() if n.startswith(name))])
            for name in ("svar", "fraga")
        )
        texts = [row[question] for row in rows if row[answer]]
        if sum(plain(text) in asked for text in texts) * 2 < len(texts):
            return None
    said = {name: getattr(part, name) for name in ("kod", "status", "ar", "riket", "enhet", "fraga")}
    changed = {name: there.get(column, column) for name, column in said.items()}
    for name in ("enhet", "fraga"):  # one cell above each table
        if cell := re.fullmatch(r"([A-Z]+)([0-9]+)", said[name]):
            at = index_of(cell[1]) + distance
            if at in width and sheet.cells[int(cell[2]) - 1][at]:
                changed[name] = f"{letters(at)}{cell[2]}"
    changed |= {name: {there[c]: v for c, v in getattr(part, name).items()} for name in ("val", "bakgrund")}
    down = tuple(there.get(c, c) for c in part.fyll_ned)
    return part.model_copy(update=changed | {"svar": _replaced(part.svar, there), "fyll_ned": down})
