"""Columns after the questions that are about their answers, as ”Status” and ”Rättat svar”: asked about once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.withdrawn_rows import LONGEST, STATE
from ojbrottsoffer.importer.forms.shape.states import asked_before, with_states
from ojbrottsoffer.importer.forms.table import TableColumn
from ojbrottsoffer.importer.meaning.values import CORRECTED, MISSING, WITHDRAWN, WORDS, key_of
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted

Name = tuple[str, str]
"""The key of the recipe, and what the columns are called under it: a heading of their own, or a pattern of headings."""
LONGEST_NAME = 30
"""A longer heading is hardly ”Rättat svar”."""
LEAST = 2
"""So many columns are one of each question."""


def understand_states(reading: Reading, is_question: Callable[[str], bool]) -> Reading:
    """The reading with the columns of states and corrections as the recipe says, or asked about."""
    profile = reading.profile
    groups = _groups(reading, is_question)
    asked = len(reading.layout.indicators) - sum(map(len, groups.values()))
    roles: dict[int, str] = {}
    for (key, name), columns in groups.items():
        said = getattr(profile, key).get(name)
        if said is None and CORRECTED.search(name):
            said = _ask_about_corrections(reading, key, name, columns)
        elif said is None and len(columns) * 2 >= asked and len(columns) >= LEAST:
            said = _ask(reading, key, name, columns)
        if said in ("rattat", "status", "ignorera"):
            roles |= dict.fromkeys((column.index for column in columns), said)
    layout = replace(reading.layout, columns=_without(reading.layout.columns, roles))
    return replace(reading, layout=with_states(layout, set(map(key_of, profile.saknas))))


def _without(columns: tuple[TableColumn, ...], roles: dict[int, str]) -> tuple[TableColumn, ...]:
    """The columns with these roles; a question that is alone under its heading then is called as that."""
    left = Counter(c.path[:-1] for c in columns if c.role is None and c.index not in roles)
    about = {c.path[:-1] for c in columns if c.index in roles and c.path[1:]}
    return tuple(
        replace(c, role=roles[c.index])
        if c.index in roles
        else replace(c, label=c.path[-2])
        if c.role is None and c.path[:-1] in about and left[c.path[:-1]] == 1
        else c
        for c in columns
    )


def _groups(reading: Reading, is_question: Callable[[str], bool]) -> dict[Name, list[TableColumn]]:
    """The columns that are called as states or corrections, right after a question each."""
    layout, stated = reading.layout, reading.profile.rubrikmonster
    found: dict[Name, list[TableColumn]] = defaultdict(list)
    heads = Counter((c.path or (c.label,))[-1] for c in layout.indicators)
    texts = {
        c.index: {layout.sheet.cells[row][c.index] for row in range(layout.first, layout.last + 1)} - {""}
        for c in layout.indicators
    }
    withdrawn = {
        (c.path or (c.label,))[-1]
        for c in layout.indicators
        if any(len(text) <= LONGEST and WITHDRAWN.search(text) for text in texts[c.index])
    }
    before = None
    for column in layout.columns:
        if column.role is not None:
            continue
        own = (column.path or (column.label,))[-1]
        name = ""
        if before is not None and before.label and column.label.startswith(before.label):
            name = f"*{column.label[len(before.label) :]}"
        elif before is not None and not is_question(own):
            name = own
        word = name.strip("* ,:–-()/")
        said = texts[column.index]
        is_state = word and (
            STATE.fullmatch(word)
            or name in stated
            or CORRECTED.search(word)
            and len(word) <= LONGEST_NAME
            and len({text for text in said if key_of(text) in WORDS or text in texts[before.index]}) * 2
            >= len(said)
            or heads[own] > 1
            and own in withdrawn
        )
        pattern = name.startswith("*")
        if is_state and asked_before(layout, column.index) == before.index:
            found["rubrikmonster" if pattern else "kolumner", name].append(column)
        else:
            before = column
    return found


def _ask_about_corrections(reading: Reading, key: str, name: str, columns: list[TableColumn]) -> str:
    """What columns of corrections are taken for until the question about them is answered."""
    layout = reading.layout
    filled = [
        (row, c.index)
        for c in columns
        for row in range(layout.first, layout.last + 1)
        if layout.sheet.cells[row][c.index]
    ]
    if not filled:
        return "ignorera"
    row, column = filled[0]
    reading.ask(
        "olasta-kolumner",
        f"Efter {counted(len(columns), 'fråga', 'frågor')} står en kolumn {show(name)}, med text i "
        f"{counted(len(filled), 'cell', 'celler')}",
        Choice({key: {name: "rattat"}}, "det som står där gäller i stället för svaret före"),
        Choice({key: {name: "ignorera"}}, "bara svaren före ska läsas"),
        table=reading.at(row, column),
        value=layout.sheet.cells[row][column],
        places=[reading.at(row, column) for row, column in filled],
        priority=1,
        expected="ett svar på varje fråga, eller ett besked om vilket som gäller",
    )
    return "rattat"


def _ask(reading: Reading, key: str, name: str, columns: list[TableColumn]) -> str:
    """What the columns are taken for until the question about them is answered."""
    layout = reading.layout
    rows = range(layout.first, layout.last + 1)
    cells = [
        (row, column.index, layout.sheet.cells[row][column.index], layout.sheet.cells[row][column.index - 1])
        for column in columns
        for row in rows
    ]
    texts = Counter(text for *_, text, _ in cells if text)
    usual = {text for *_, text, answer in cells if answer}
    why = any(text and not answer and text not in usual for *_, text, answer in cells)
    if len(texts) <= 1 and not why:
        reading.notes.append(
            f"Kolumnerna {show(name)} efter frågorna är inte lästa: {cut(list(map(show, texts)))}."
        )
        return "ignorera"
    bad = [text for text in texts if len(text) <= LONGEST and WITHDRAWN.search(text)]
    row, column, *_ = next(
        (cell for cell in cells if cell[2] in bad), next(cell for cell in cells if cell[2])
    )
    read = {key: {name: "status"}}
    choices = [Choice(read, "den säger varför ett tomt svar saknas, och alla andra svar räknas")] * why
    if bad:
        missing = {"saknas": dict.fromkeys(bad, ASK)}
        choices.insert(
            0,
            Choice(
                read | missing, f"svar med {cut(list(map(show, bad)))} inte räknas", MISSING, together=True
            ),
        )
    reading.ask(
        "radens-lage",
        f"Efter {counted(len(columns), 'fråga', 'frågor')} står en kolumn {show(name)}, som säger olika om svaren: "
        + cut([f"{show(text)} ({n})" for text, n in texts.most_common()]),
        *choices,
        Choice({key: {name: "ignorera"}}, "alla svar räknas, vad den än säger"),
        otherwise="Annars: be avsändaren om en fil med bara de svar som gäller.",
        table=reading.at(row, column),
        value=layout.sheet.cells[row][column],
        places=[reading.at(row, column) for row, column, text, _ in cells if text in bad],
        priority=2,
        expected="svar som alla räknas, eller ett besked om vilka som gör det",
    )
    return "status"
