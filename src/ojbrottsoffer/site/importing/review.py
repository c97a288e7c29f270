"""What an edition would change on the site, for whoever approves it: what `granska --html` shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.analysis.edition import edition
from ojbrottsoffer.analysis.edition_review import KINDS, changed_answers, summary
from ojbrottsoffer.analysis.units.changes import edition_change, previous_year
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.site.pages.rendering import environment
from ojbrottsoffer.sources.curated.decisions import Decision

MOST_MOVES = 10


@dataclass(frozen=True)
class Move:
    """A unit whose number of Ja on comparable questions is another, and whether it has answers in the list below."""

    enhet_id: str
    name: str
    ja: int
    listed: bool


@dataclass(frozen=True)
class Listed:
    """A group of units or questions, each with one of its cells in the file."""

    title: str
    items: list[tuple[str, str]]


def review_page(
    tables: dict[str, pd.DataFrame],
    slag: str,
    ar: int,
    kalla_id: str,
    notices: Iterable[Finding],
    earlier: Iterable[Decision],
) -> str:
    """The page, as HTML that needs no other file."""
    groups, moves, flipped = [], [], {}
    if slag == "svar" and previous_year(tables, ar) is not None:
        groups, moves = _change(tables, ar)
        changed = changed_answers(tables, ar)
        flipped = {key: rows.to_dict("records") for key, rows in changed.groupby("enhet_id", sort=False)}
        moves = [Move(unit, name, ja, unit in flipped) for unit, name, ja in moves]
    return (
        environment()
        .get_template("importing/review.html")
        .render(
            kalla_id=kalla_id,
            ar=ar,
            summary=summary(tables, slag, ar, kalla_id).split("\n"),
            groups=groups,
            up=[move for move in moves if move.ja > 0][:MOST_MOVES],
            down=[move for move in reversed(moves) if move.ja < 0][:MOST_MOVES],
            flipped=flipped,
            number=sum(map(len, flipped.values())),
            contradictions=tables["avvikelser"].query("status == 'ny'").to_dict("records"),
            notices=list(notices),
            earlier=list(earlier),
        )
    )


def _change(tables: dict[str, pd.DataFrame], ar: int) -> tuple[list[Listed], list[tuple[str, str, int]]]:
    """What comes and goes against the edition before, and (enhet_id, name, more Ja) from most to least."""
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
    return groups, [(unit.enhet_id, names[unit.enhet_id], int(unit.ja)) for unit in moves]


def _first(places: pd.Series) -> str:
    """The first cell among those of a unit or a question."""
    there = places.dropna()
    return str(there.iloc[0]) if len(there) else ""
