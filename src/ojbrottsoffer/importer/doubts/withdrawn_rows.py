"""Rows that a column beside the answers says are withdrawn, drafts or in another state than the rest: asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.patterns import without
from ojbrottsoffer.importer.forms.shape.states import asked_before
from ojbrottsoffer.importer.forms.table import said_role
from ojbrottsoffer.importer.found import row_ref
from ojbrottsoffer.importer.meaning.values import MISSING, WITHDRAWN
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.importer.recipes.form_parts import Part
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted

STATE = re.compile(
    r".*status|läge|tillstånd|giltig\w*|godkän\w*|granskad\w*|gransknings\w*|inlämnad\w*|klar|makulerad\w*|version",
    re.IGNORECASE,
)
"""What a column is called that says in which state a row is."""
MOST, LONGEST = 6, 60
"""A column with more states than this says something else, and so does a longer text."""


@dataclass(frozen=True)
class Beside:
    """A column beside the answers: what it says on each row that has some, and how the recipe reads fewer of them."""

    heading: str
    texts: list[str]
    places: list[str]
    leaving: Callable[[tuple[str, ...]], dict[str, object]]
    """What the recipe says to leave out the rows with these texts; all are read with none."""
    settled: bool
    """True if the recipe says that all are read."""
    of_answer: dict[str, object] = field(default_factory=dict)
    """What the recipe says where the column is about the answers of the question before it alone."""
    between: bool = False
    """True if a question stands after it too, so that it is hardly about the whole row."""


def ask_about_withdrawn(reading: Reading, sheets: Iterable[Sheet]) -> None:
    """One question for each column that says of some rows that they may not count; a note where the recipe has said
    that they do."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for column in _of_form(reading, by_name) if reading.layout.form else _of_table(reading):
        rows = Counter(column.texts)
        named = STATE.fullmatch(column.heading) and 1 < len(rows) <= MOST
        bad = tuple(text for text in rows if len(text) <= LONGEST and WITHDRAWN.search(text))
        if not bad and not named:
            continue
        if column.settled:
            said = cut([f"{show(text)} ({rows[text]})" for text in bad or rows if text])
            reading.notes.append(
                f"Alla rader är lästa, också där kolumnen {show(column.heading)} säger {said}."
            )
            continue
        _ask(reading, column, bad, rows)


def _ask(reading: Reading, column: Beside, bad: tuple[str, ...], rows: Counter[str]) -> None:
    counts = {text: counted(n, "rad", "rader") for text, n in rows.most_common()}
    every = Choice(column.leaving(()), "alla rader ska läsas")
    if bad:
        number = counted(sum(rows[text] for text in bad), "rad", "rader")
        left = Choice(column.leaving(bad), f"rader med {cut(list(map(show, bad)))} ska inte läsas ({number})")
        choices = [left, every]
        if column.of_answer:
            sets = column.of_answer | {"saknas": dict.fromkeys(bad, ASK)}
            when = f"bara svaret på frågan före räknas inte, vid {cut(list(map(show, bad)))}"
            choices.insert(0 if column.between else 1, Choice(sets, when, MISSING, together=True))
    else:
        choices = [every] + [
            Choice(
                column.leaving(tuple(other for other in rows if other != text)),
                f"bara rader med {show(text)} ska läsas ({counts[text]})",
            )
            for text in counts
            if text
        ]
    first = column.texts.index(bad[0]) if bad else column.texts.index(next(filter(None, rows)))
    texts = bad if bad and len(rows) > MOST else list(counts)
    shown = cut([f"{show(text) if text else 'inget'} ({counts[text]})" for text in texts])
    reading.ask(
        "radens-lage",
        f"Kolumnen {show(column.heading)} säger olika om rader som har svar: {shown}",
        *choices,
        otherwise="Annars: be avsändaren om en fil med bara de svar som gäller.",
        table=column.places[first],
        value=column.texts[first],
        places=[
            place for place, text in zip(column.places, column.texts, strict=True) if text in (bad or counts)
        ],
        priority=2,
        expected="rader som alla gäller, eller ett besked om vilka som gör det",
    )


def _of_form(reading: Reading, sheets: dict[str, Sheet]) -> Iterable[Beside]:
    """The columns of a file with a row for each answer, by their letters in all the parts."""
    parts: tuple[Part, ...] = reading.layout.form
    found: dict[str, list[tuple[str, str]]] = {}
    headings: dict[str, str] = {}
    for part in parts:
        sheet, own = sheets[part.blad], part.columns
        read = {index_of(c) for name, c in own.items() if name != "status" and not name.startswith("utom ")}
        answers = [index_of(c) for c in part.answers]
        years = {str(reading.ar)} if part.ar else set()
        rows = [
            texts
            for texts in enumerate(sheet.cells[part.forsta - 1 : part.sista], part.forsta - 1)
            if any(texts[1][c] for c in answers)
            and all(texts[1][index_of(c)] == value for c, value in part.val.items())
            and all(texts[1][index_of(c)] not in values for c, values in part.utom.items())
            and all(year in texts[1][index_of(part.ar)] for year in years)
        ]
        for column in set(range(sheet.width)) - read:
            name = letters(column)
            if part.rubrikrad:
                headings.setdefault(name, sheet.cells[part.rubrikrad - 1][column])
            found.setdefault(name, []).extend(
                (texts[column], sheet.where(row, column)) for row, texts in rows
            )

    def leaving(name: str) -> Callable[[tuple[str, ...]], dict[str, object]]:
        def changed(part: Part, texts: tuple[str, ...]) -> dict[str, object]:
            more = {"utom": part.utom | {name: texts}} if texts else {"lamnas": (*part.lamnas, name)}
            return part.model_copy(update=more).plain()

        return lambda texts: {"form": [changed(part, texts) for part in parts]}

    for name in sorted(found, key=index_of):
        settled = all(name in part.lamnas for part in parts)
        texts, places = zip(*found[name], strict=True) if found[name] else ((), ())
        yield Beside(
            headings.get(name) or f"kolumn {name}", list(texts), list(places), leaving(name), settled
        )


def _of_table(reading: Reading) -> Iterable[Beside]:
    """The columns of a table that are no questions: of each unit."""
    layout = reading.layout
    asked = {item.index for item in reading.indicators}
    for column in layout.columns:
        if column.index in asked or column.role not in (None, "ignorera"):
            continue
        if any(
            without(column.label, name) is not None
            for name, said in reading.profile.rubrikmonster.items()
            if said == "ignorera"
        ):
            continue
        name = layout.name_of(column)
        texts = [layout.sheet.cells[unit.row][column.index] for unit in reading.units]

        def leaving(left: tuple[str, ...], texts: list[str] = texts, name: str = name) -> dict[str, object]:
            rows = [
                row_ref(layout, unit.row)
                for unit, text in zip(reading.units, texts, strict=True)
                if text in left
            ]
            return ({"hoppa_over": rows} if rows else {}) | {"kolumner": {name: "ignorera"}}

        yield Beside(
            column.label or name,
            texts,
            [reading.at(unit.row, column.index) for unit in reading.units],
            leaving,
            settled=said_role(layout.sheet, column, reading.profile) == "ignorera",
            of_answer={"kolumner": {name: "status"}}
            if asked_before(layout, column.index) is not None
            else {},
            between=min(asked, default=0) < column.index < max(asked, default=0),
        )
