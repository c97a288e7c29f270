"""What an edition would change on the site, for whoever approves it: what `granska --html` shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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
from ojbrottsoffer.site.importing.preview import kinds_of, unused_places
from ojbrottsoffer.site.pages.rendering import environment
from ojbrottsoffer.sources.curated.decisions import Decision

MOST_MOVES = 10
TITLES = {"rankning": "Placeringar", "riket": "Rikets andelar"}


@dataclass(frozen=True)
class Move:
    """What has moved, how far, and the cells behind it: each with the anchor of its row further down."""

    name: str
    step: int
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Listed:
    """A group of units or questions, each with one of its cells in the file."""

    title: str
    items: list[tuple[str, str]]


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
) -> str:
    """The page, as HTML that needs no other file; with what is not read of the file, if it has been `read` again."""
    groups, compared = [], []
    if slag == "svar" and previous_year(tables, ar) is not None:
        groups, answers = _change(tables, ar)
        compared.append(answers)
    other = "riket" if slag == "svar" else slag
    there = (tables[OTHER_TABLES[other][0]]["kalla_id"] == kalla_id).any()
    if there and (found := figures(tables, other, ar, kalla_id)):
        groups += [
            Listed(f"{found.what.capitalize()} {where} i {TITLES[other].lower()}", items)
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


def _change(tables: dict[str, pd.DataFrame], ar: int) -> tuple[list[Listed], Compared]:
    """What comes and goes against the edition before, and what its answers have become."""
    before, after = edition(tables, previous_year(tables, ar)), edition(tables, ar)
    change = edition_change(tables, before, after)
    names = pd.concat([after.units["enhet"], before.units["enhet"]])
    names = names[~names.index.duplicated()]
    groups = [
        Listed("Enheter som kommer till", [(names[i], _first(after.places[i])) for i in change.units_in]),
        Listed("Enheter som faller bort", [(names[i], _first(before.places[i])) for i in change.units_out]),
    ]
    for kind, title in KINDS:
        rows = change.indicators[change.indicators["samband"] == kind]
        found = {}
        for row in rows.itertuples():
            there = not pd.isna(row.till_id)
            id_, places = (row.till_id, after.places) if there else (row.fran_id, before.places)
            if id_ in places.index:
                label = (after if there else before).indicators.at[id_, "indikator"]
                found[id_] = (f"{label} ({id_})", _first(places.loc[id_]))
        groups.append(Listed(title[0].upper() + title[1:], list(found.values())))
    moves = sorted(change.units.values(), key=lambda unit: (-unit.ja, unit.enhet_id))
    return groups, _answers(
        tables, ar, [(unit.enhet_id, names[unit.enhet_id], int(unit.ja)) for unit in moves]
    )


def _first(places: pd.Series) -> str:
    """The first cell among those of a unit or a question."""
    there = places.dropna()
    return str(there.iloc[0]) if len(there) else ""
