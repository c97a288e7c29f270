"""What an edition would change on the site, for whoever approves it: what `granska --html` shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ojbrottsoffer.analysis.edition import edition
from ojbrottsoffer.analysis.edition_review import (
    KINDS,
    OTHER_TABLES,
    Figures,
    changed_answers,
    figures,
    summary,
)
from ojbrottsoffer.analysis.units.changes import edition_change, previous_year
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.ranges import Cells, cells_at
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.site.importing.preview import anchor_of, kinds_of, unused_places
from ojbrottsoffer.site.pages.rendering import environment
from ojbrottsoffer.sources.curated.decisions import Decision

MOST_MOVES = 10
OF_A_QUESTION = re.compile(r"rad \d+ bland indikatorerna, ")
"""What the transcribed tables say of a cell that is about its question, and not about its unit."""
TITLES = {"rankning": "Placeringar", "riket": "Rikets andelar"}


@dataclass(frozen=True)
class Move:
    """What has moved, how far, and the cells behind it: each with the anchor of its row further down."""

    name: str
    step: int
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Listed:
    """A group of units or questions, each with the cell that names it and its address on the page that shows the file."""

    title: str
    items: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Turned:
    """One figure that is another than before."""

    anchor: str
    name: str
    before: str
    before_at: str
    after: str
    after_at: str


@dataclass(frozen=True)
class Compared:
    """The largest moves of a table, and all that has changed in it, by what it is about."""

    title: str
    unit: str
    up: list[Move]
    down: list[Move]
    turned: dict[str, list[Turned]]

    @property
    def number(self) -> int:
        return sum(map(len, self.turned.values()))


def review_page(
    tables: dict[str, pd.DataFrame],
    slag: str,
    ar: int,
    kalla_id: str,
    notices: Iterable[Finding],
    earlier: Iterable[Decision],
    read: tuple[Reading, list[Sheet]] | None = None,
    before: Reading | None = None,
    shown: str = "",
    guide: str = "",
) -> str:
    """The page, as HTML that needs no other file; with what is not read of the file, if it has been `read` again.
    `before`: the file of the edition before, read again; `shown`: the address of the page that shows the file; `guide`:
    that of the guide's folder."""
    groups, compared = [], []
    cells = _cells_of(*read, shown) if read and shown else {}
    if slag == "svar" and previous_year(tables, ar) is not None:
        groups, answers = _change(tables, ar, read[0] if read else None, before, cells)
        compared.append(answers)
    other = "riket" if slag == "svar" else slag
    there = (tables[OTHER_TABLES[other][0]]["kalla_id"] == kalla_id).any()
    if there and (found := figures(tables, other, ar, kalla_id)):
        groups += [
            Listed(
                f"{found.what.capitalize()} {where} i {TITLES[other].lower()}",
                [(*item, "") for item in items],
            )
            for where, items in (("som kommer till", found.came), ("som faller bort", found.gone))
        ]
        compared.append(_of_figures(TITLES[other], found))
    return (
        environment()
        .get_template("importing/review.html")
        .render(
            kalla_id=kalla_id,
            ar=ar,
            summary=summary(tables, slag, ar, kalla_id).split("\n"),
            groups=groups,
            compared=compared,
            contradictions=tables["avvikelser"].query("status == 'ny'").to_dict("records"),
            notices=list(notices),
            earlier=list(earlier),
            left=_left(*read) if read else None,
            shown=shown,
            guide=guide,
        )
    )


def _left(reading: Reading, sheets: list[Sheet]) -> dict[str, list[Cells]]:
    """What is left out of the file with a reason, and what nothing is read from."""
    kinds = kinds_of(reading, sheets)
    aside = {place for place, kind in kinds.items() if kind.css == "lamnad"}
    return {
        "Lämnade": cells_at(sheets, aside),
        "Inte använda": cells_at(sheets, unused_places(sheets, kinds)),
    }


def _of_figures(title: str, found: Figures) -> Compared:
    """A ranking or a table of shares: a row for each figure that is another."""
    rows = [row for row in found.steps.itertuples() if row.steg]
    moves = [Move(row.namn, int(row.steg), [(f"rad-{row.id}", row.plats_efter)]) for row in rows]
    turned = [
        Turned(f"rad-{row.id}", row.namn, f"{row.fore:g}", row.plats_fore, f"{row.efter:g}", row.plats_efter)
        for row in rows
    ]
    return Compared(title, found.unit, *_largest(moves), {title: turned} if turned else {})


def _largest(moves: list[Move]) -> tuple[list[Move], list[Move]]:
    """The largest moves up and down, of moves from the highest to the lowest."""
    return (
        [move for move in moves if move.step > 0][:MOST_MOVES],
        [move for move in reversed(moves) if move.step < 0][:MOST_MOVES],
    )


def _answers(tables: dict[str, pd.DataFrame], ar: int, steps: list[tuple[str, str, int]]) -> Compared:
    """The answers that flipped, by unit; `steps` are enhet_id, name and more Ja."""
    turned: dict[str, list[Turned]] = defaultdict(list)
    cells: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in changed_answers(tables, ar).itertuples():
        anchor = f"svar-{row.enhet_id}-{row.indikator_id}"
        turned[row.enhet].append(
            Turned(anchor, row.indikator, row.fore, row.plats_fore, row.efter, row.plats_efter)
        )
        cells[row.enhet_id].append((anchor, row.plats_efter))
    moves = [Move(name, ja, cells[unit]) for unit, name, ja in steps]
    return Compared("Svar", "ja på jämförbara frågor", *_largest(moves), dict(turned))


def _change(
    tables: dict[str, pd.DataFrame],
    ar: int,
    read: Reading | None,
    earlier: Reading | None,
    cells: dict[str, str],
) -> tuple[list[Listed], Compared]:
    """What comes and goes against the edition before, and what its answers have become."""
    before, after = edition(tables, previous_year(tables, ar)), edition(tables, ar)
    change = edition_change(tables, before, after)
    names = pd.concat([after.units["enhet"], before.units["enhet"]])
    names = names[~names.index.duplicated()]
    now, then = _named(read), _named(earlier)

    def unit(id_: str, named: dict[str, str], places: pd.DataFrame) -> tuple[str, str, str]:
        where = named.get(id_) or OF_A_QUESTION.sub("", _first(places[id_]))
        return names[id_], where, cells.get(where, "")

    groups = [
        Listed("Enheter som kommer till", [unit(i, now, after.places) for i in change.units_in]),
        Listed("Enheter som faller bort", [unit(i, then, before.places) for i in change.units_out]),
    ]
    for kind, title in KINDS:
        rows = change.indicators[change.indicators["samband"] == kind]
        found = {}
        for row in rows.itertuples():
            there = not pd.isna(row.till_id)
            id_, of, named = (row.till_id, after, now) if there else (row.fran_id, before, then)
            if id_ in of.places.index:
                where = named.get(id_) or _first(of.places.loc[id_]).partition(", kolumn ")[0]
                found[id_] = (f"{of.indicators.at[id_, 'indikator']} ({id_})", where, cells.get(where, ""))
        groups.append(Listed(title[0].upper() + title[1:], list(found.values())))
    moves = sorted(change.units.values(), key=lambda unit: (-unit.ja, unit.enhet_id))
    return groups, _answers(
        tables, ar, [(unit.enhet_id, names[unit.enhet_id], int(unit.ja)) for unit in moves]
    )


def _named(reading: Reading | None) -> dict[str, str]:
    """Unit or question -> the cell of a file that names it."""
    if reading is None or reading.layout is None:
        return {}
    file, column = Path(reading.file).name, reading.layout.label_column
    units = {unit.id: reading.at(unit.row, column) for unit in reading.units}
    asked = {item.id: reading.at(reading.heading_row, item.index) for item in reading.indicators}
    return {id_: f"{file}, {where}" for id_, where in (units | asked).items()}


def _cells_of(reading: Reading, sheets: list[Sheet], shown: str) -> dict[str, str]:
    """Cell of a file -> its address on the page that shows the file."""
    file = Path(reading.file).name
    return {
        f"{file}, {sheet.where(row, column)}": f"{shown}#{anchor_of(number, sheet, row, column)}"
        for number, sheet in enumerate(sheets)
        for row, texts in enumerate(sheet.cells)
        for column, text in enumerate(texts)
        if text
    }


def _first(places: pd.Series) -> str:
    """The first cell among those of a unit or a question."""
    there = places.dropna()
    return str(there.iloc[0]) if len(there) else ""
