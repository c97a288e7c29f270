"""What the pages about units show: the profile and the lists."""

from __future__ import annotations

from itertools import groupby

from ojbrottsoffer.analysis.municipalities import swedish_order
from ojbrottsoffer.analysis.units.changes import UnitChange, links_into, unit_change
from ojbrottsoffer.analysis.units.unit_profile import area_range, foremost
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.pictures import squares
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.key_figure_context import of_municipality
from ojbrottsoffer.site.context.map_context import share_map, without_place
from ojbrottsoffer.site.context.method_context import methods_for_gaps

NAMES_IN_CELL = 6
"""A cell names at most this many units; the indicator's page names them all."""
STRENGTHS_SHOWN = 10
"""A profile lists this many strengths; all of them are among the answers below."""


def profile_values(edition: EditionContext, unit: str, files: dict[str, str] | None) -> dict[str, object]:
    """A unit's profile. `files` are the addresses of the unit's own files, None where the page
    is of an earlier edition than its last.
    """
    year, result = edition.year, edition.profiles[unit]
    row = year.units.loc[unit].to_dict()
    ranks = {ranking.survey: ranking for ranking in result.rankings}
    who, ranges = spread(edition, unit)
    return {
        "unit": unit,
        "name": row["enhet"],
        "row": row,
        "p": result,
        "subject": row["enhet"] if row["typ"] == "kommun" else "stadsdelen",
        "oj": ranks["oj"],
        "unizon": ranks.get("unizon"),
        "strengths": [edition.indicators[i] for i in result.strengths[:STRENGTHS_SHOWN]],
        "gaps": [edition.indicators[i] for i in result.gaps],
        "numbers": {gap: n for n, gap in enumerate(result.gaps, start=1)},
        "helpers": foremost(result.helpers, NAMES_IN_CELL),
        "finding": text.finding(result.areas),
        "group": who,
        "ranges": ranges,
        "advice": edition.guide.advice(result.gaps) if files else [],
        "methods": methods_for_gaps(edition, result.gaps) if files else [],
        "answers": year.codes[unit],
        "reasons": year.reasons[unit].to_dict(),
        "places": year.places[unit].to_dict(),
        "contradictions": edition.contradictions_of(unit),
        "change": change_of(edition, unit),
        "ended": ended(edition),
        "kolada": of_municipality(edition.site, row["kommunkod"])
        if files and row["typ"] == "kommun"
        else None,
        "files": files,
        "slides": has_slides(edition),
    }


def has_slides(edition: EditionContext) -> bool:
    """Whether a build makes slides: with many units they are made when somebody asks (`make bildspel`),
    since those of 320 units take half a minute.
    """
    return edition.few_units


def square_titles(edition: EditionContext, unit: str | None, quality: dict) -> list[str]:
    """What each square of a quality area stands for: the question's short name and the answer, which is
    missing where there is no unit yet.
    """
    codes = edition.year.codes[unit] if unit else {}
    return [
        f"{row['kortnamn']}: {squares.WORDS[squares.kind(codes.get(row['indikator_id']))]}"
        for area in quality["areas"]
        for row in area["indicators"]
    ]


def spread(edition: EditionContext, unit: str) -> tuple[str, dict[str, tuple[float, float] | None]]:
    """Who a unit is shown among, and the lowest and highest share of Ja there in each quality area:
    all units where they are few, else its peers.
    """
    found = edition.profiles[unit]
    peers = found.peers
    if edition.few_units or not peers:
        who, units = edition.group_name, list(edition.year.units.index)
    else:
        who = "liknande kommuner" if found.peers_are_similar else "samma befolkningsgrupp"
        units = [unit, *peers]
    return who, {area: area_range(edition.year, area, units) for area in edition.year.quality_areas}


def change_of(edition: EditionContext, unit: str) -> UnitChange | None:
    """What has changed for a unit since the edition before, or None if there is none."""
    if edition.previous is None:
        return None
    before, after, tables = edition.previous.year, edition.year, edition.site.tables
    links = links_into(tables["indikatorer_mellan_ar"], before.ar, after.ar)
    return unit_change(tables, before, after, unit, links)


def ended(edition: EditionContext) -> list[str]:
    """Labels of the indicators that were in the edition before but not in this one."""
    if edition.previous is None:
        return []
    table = edition.site.tables["indikatorer_mellan_ar"]
    rows = table[(table["samband"] == "utgatt") & (table["till_ar"] == edition.year.ar)]
    return list(edition.previous.year.indicators["indikator"].reindex(rows["fran_id"]).dropna())


def list_values(edition: EditionContext) -> dict[str, object]:
    """The list of an edition's units, with its map and those that are in no edition as late."""
    site = edition.site
    gone = [(unit, site.unit_names[unit], ar) for unit, ar in site.latest.items() if ar < edition.year.ar]
    return {
        "map": share_map(edition),
        "without_place": without_place(edition),
        "left_units": sorted(gone, key=lambda item: (swedish_order(item[1]), item[1])),
    }


def municipality_values(edition: EditionContext) -> dict[str, object]:
    """The municipalities under their counties, both in alphabetical order."""
    rows = sorted(edition.site.municipalities, key=lambda item: swedish_order(item.lan))
    return {"counties": [(lan, list(group)) for lan, group in groupby(rows, key=lambda item: item.lan)]}
