"""A file with a sheet for each unit or for each question, said as a recipe."""

from __future__ import annotations

from collections import Counter

from ojbrottsoffer.importer.forms.find.row_columns import LEAST, Columns, answer_columns, beside, is_codes
from ojbrottsoffer.importer.meaning.units import NATION, normal
from ojbrottsoffer.importer.meaning.values import is_numbering, share
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.recipes.form_parts import SHEET_NAME, Part


def a_sheet_each(known: list[Columns], key, is_question, asked: set[str]) -> tuple[Part, ...]:
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
    headings, texts, free = beside(sheet, header, range(first, last + 1), (column,))
    codes = [c for c in free if kind == "fraga" and is_codes(texts[c], headings[c], key)]
    free = [c for c in free if c not in codes]
    said: dict[str, object] = {"kod": letters(codes[0])} if codes else {}
    numbering = [c for c in free if is_numbering([text for text in texts[c] if text])]
    answers = answer_columns([c for c in free if c not in numbering], headings, texts)
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
