"""What the page of a municipality without answers shows: what is known of it, what the country
answers, whom to learn from, and the ten questions to begin with.
"""

from __future__ import annotations

from dataclasses import dataclass

from ojbrottsoffer.analysis.municipalities import Municipality
from ojbrottsoffer.analysis.units.history import Placing
from ojbrottsoffer.presentation import text
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.key_figure_context import of_municipality

FIRST_QUESTIONS = 10
"""So many questions, the most common in the country, give a first result."""
OTHERS_SHOWN = 4
"""At most so many units are shown to learn from."""
NEAR_SHOWN = 6
"""So many of the nearest municipalities with anything known are listed."""


@dataclass(frozen=True)
class Neighbour:
    """Another municipality of which something is known. `placing`: its latest at Unizon."""

    item: Municipality
    kilometres: float
    placing: Placing | None


def without_answers_values(edition: EditionContext, item: Municipality) -> dict[str, object]:
    """The page of a municipality that is in no edition."""
    history = edition.analysis.unizon
    course = next((one for one in history.courses if one.enhet_id == item.kommun_id), None)
    around = known_around(edition, item)
    county = [one for one in edition.site.municipalities if one.lan == item.lan]
    near = [unit for one in county for unit in one.units]
    placed = latest_placings(edition)
    nearest = [unit for one in around for unit in one.item.units]
    return {
        "item": item,
        "rankings": edition.site.placings.get(item.kommun_id, []),
        "placed": list(course.placings) if course else [],
        "placed_points": [(one.ar, one.placing) for one in course.placings] if course else [],
        "unknown": [hidden for *_, hidden in history.steps(course)] if course else [],
        "near": near,
        "others": (near or nearest or most_ja(edition))[:OTHERS_SHOWN],
        "around": around[:NEAR_SHOWN],
        "answering": next((one for one in around if one.item.units), None),
        "county": county,
        "county_placed": [one for one in county if one != item and one.kommun_id in placed],
        "with_answers": [one.kommunkod for one in edition.site.municipalities if one.units],
        "on_map": item.kommunkod in edition.site.geography.points,
        "in_study": studied(edition, item),
        "own_sources": own_publications(edition, item.kommun),
        "told": edition.site.told.get(("kommunsvar", item.kommun_id), []),
        "unplaced": edition.site.told.get(("unizon_utan_placering", item.kommun_id), []),
        "later": edition.site.later_answers,
        "common": edition.nation_rows,
        "kolada": of_municipality(edition.site, item.kommunkod),
        "questions": [edition.indicators[i] for i in edition.year.common_first[:FIRST_QUESTIONS]],
    }


def placed_in_words(placing: Placing) -> str:
    """`plats 3 av 168`, `delad plats 8`."""
    shared = "delad " if placing.shared else ""
    return f"{shared}plats {placing.placing}{f' av {placing.of}' if placing.of else ''}"


def latest_placings(edition: EditionContext) -> dict[str, Placing]:
    """Unit -> its latest placing at Unizon."""
    return {one.enhet_id: one.placings[-1] for one in edition.analysis.unizon.courses}


def known_around(edition: EditionContext, item: Municipality) -> list[Neighbour]:
    """Every other municipality with answers or a placing, the nearest first; none if it is not known where
    this one lies.
    """
    placed, found = latest_placings(edition), []
    for one in edition.site.municipalities:
        away = edition.site.geography.kilometres(item.kommunkod, one.kommunkod)
        placing = placed.get(one.kommun_id)
        if away is not None and one != item and (one.units or placing):
            found.append(Neighbour(one, away, placing))
    return sorted(found, key=lambda one: one.kilometres)


def studied(edition: EditionContext, item: Municipality) -> dict | None:
    """The study of the work with those who use violence that names the municipality, among the methods."""
    rows = edition.site.tables["valdsutovare_jonkoping"]
    if item.kommun_id not in set(rows["enhet_id"]):
        return None
    methods = edition.site.tables["metoder"]
    return methods[methods["kalla_id"].isin(rows["kalla_id"])].to_dict("records")[0]


def most_ja(edition: EditionContext) -> list[str]:
    """The units, those with most Ja first."""
    return sorted(edition.year.units.index, key=lambda unit: -edition.profiles[unit].ja)


def own_publications(edition: EditionContext, name: str) -> list[dict]:
    """What the municipality itself has given out, among the sources."""
    called = {f"{one} {kind}" for one in (name, text.possessive(name)) for kind in ("kommun", "stad")}
    rows = edition.site.tables["kallor"]
    return rows[rows["utgivare"].isin(called) & rows["url"].notna()].to_dict("records")
