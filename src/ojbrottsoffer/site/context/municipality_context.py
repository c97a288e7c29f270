"""What the page of a municipality without answers shows: what is known of it, what the country
answers, whom to learn from, and the ten questions to begin with.
"""

from __future__ import annotations

from ojbrottsoffer.analysis.municipalities import Municipality
from ojbrottsoffer.analysis.units.history import Placing
from ojbrottsoffer.presentation import text
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.key_figure_context import of_municipality

FIRST_QUESTIONS = 10
"""So many questions, the most common in the country, give a first result."""
OTHERS_SHOWN = 4
"""At most so many units are shown to learn from."""


def without_answers_values(edition: EditionContext, item: Municipality) -> dict[str, object]:
    """The page of a municipality that is in no edition."""
    history = edition.analysis.unizon
    course = next((one for one in history.courses if one.enhet_id == item.kommun_id), None)
    near = county_units(edition, item)
    return {
        "item": item,
        "rankings": edition.site.placings.get(item.kommun_id, []),
        "placed": list(course.placings) if course else [],
        "placed_points": [(one.ar, one.placing) for one in course.placings] if course else [],
        "unknown": [hidden for *_, hidden in history.steps(course)] if course else [],
        "near": near,
        "others": near or most_ja(edition),
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


def county_units(edition: EditionContext, item: Municipality) -> list[str]:
    """Units of the edition in the same county."""
    units = [unit for one in edition.site.municipalities if one.lan == item.lan for unit in one.units]
    return units[:OTHERS_SHOWN]


def most_ja(edition: EditionContext) -> list[str]:
    """The units with most Ja."""
    order = sorted(edition.year.units.index, key=lambda unit: -edition.profiles[unit].ja)
    return order[:OTHERS_SHOWN]


def own_publications(edition: EditionContext, name: str) -> list[dict]:
    """What the municipality itself has given out, among the sources."""
    called = {f"{one} {kind}" for one in (name, text.possessive(name)) for kind in ("kommun", "stad")}
    rows = edition.site.tables["kallor"]
    return rows[rows["utgivare"].isin(called) & rows["url"].notna()].to_dict("records")
