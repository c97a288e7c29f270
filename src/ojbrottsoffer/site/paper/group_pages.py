"""The nation, a county or a population group as one page and one picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ojbrottsoffer.analysis.groups import Group, groups, shares
from ojbrottsoffer.analysis.units.unit_profile import area_range
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.design import PAPER_FONT
from ojbrottsoffer.presentation.pictures.nation_bars import nation_bars
from ojbrottsoffer.presentation.pictures.paint import alone
from ojbrottsoffer.presentation.pictures.spine import spine
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.paper import pictures
from ojbrottsoffer.site.paper.parts import (
    AREA,
    FOOTNOTE,
    NAME,
    SHORT_NAME,
    SOURCE,
    SPINE_WIDTH,
    Texts,
    frame,
    leading,
)
from ojbrottsoffer.site.paper.printer import Printer

TEMPLATE = "group.typ"
SHOWN = 10
"""Questions in each of the two lists."""
BARS_WIDTH = 560


def page_of(group: Group) -> str:
    """The address of a group's page."""
    return f"sammanfattningar/{group.id}.pdf"


def picture_of(group: Group) -> str:
    """The address of its picture."""
    return f"sammanfattningar/{group.id}.png"


def latest_groups(editions: Iterable[EditionContext]) -> list[tuple[EditionContext, Group]]:
    """The nation and the groups that have enough units, each in the last edition that shows it.
    `editions`: the latest first.
    """
    found: dict[str, tuple[EditionContext, Group]] = {}
    for edition in editions:
        for group in groups(edition.year):
            found.setdefault(group.id, (edition, group))
    return list(found.values())


def all_files(editions: Iterable[EditionContext], printer: Printer) -> Iterator[tuple[str, bytes]]:
    """Page and picture of each: address and content."""
    for edition, group in latest_groups(editions):
        yield page_of(group), printer.pdf(TEMPLATE, content(edition, group))
        yield picture_of(group), printer.picture(pictures.TEMPLATE, _picture(edition, group))


def offered(editions: Iterable[EditionContext]) -> list[dict[str, str]]:
    """Name and addresses of each, for the page that lists them."""
    return [
        {
            "name": group.name if group.is_nation else f"{group.name} {edition.year.ar}",
            "page": page_of(group),
            "picture": picture_of(group),
        }
        for edition, group in latest_groups(editions)
    ]


def content(edition: EditionContext, group: Group) -> dict[str, object]:
    """What the page says."""
    fit, found = Texts(), shares(edition.year, group)
    order = sorted(found, key=lambda i: (-found[i], edition.indicators[i]["nr"]))
    bars = nation_bars([(edition.indicators[i]["kortnamn"], found[i]) for i in order], "")
    source = edition.nation_source if group.is_nation else edition.answer_source
    return frame(edition, f"{group.name}, stöd till våldsutsatta {edition.year.ar}") | {
        "name": fit.fit(group.name, NAME),
        "source": fit.fit(source, FOOTNOTE),
        "lead": lead(edition, group),
        "group": not group.is_nation,
        "nation": group.is_nation or bool(edition.nation_source),
        "bars": alone(bars, BARS_WIDTH, PAPER_FONT),
        "bars_key": "En stapel för varje fråga: andelen ja, det vanligaste först. De ovanligaste är gula.",
        "alt": f"Andelen ja för {len(order)} frågor, från {text.percent(found[order[0]])} till "
        f"{text.percent(found[order[-1]])}.",
        "areas": _areas(edition, group, fit),
        "count_head": "Frågor",
        "areas_key": "Streck: riket."
        if group.is_nation
        else "Punkt: andelen ja här. Streck: riket. Band: enheterna här, lägst till högst.",
        "first_title": "Vanligast",
        "first": [_row(edition, i, found, fit) for i in order[:SHOWN]],
        "last_title": "Ovanligast",
        "last": [_row(edition, i, found, fit) for i in reversed(order[-SHOWN:])],
        "notes": _notes(edition, group, source, fit),
        **leading("kommuner/", "Alla kommuner:", fit.cut),
    }


def lead(edition: EditionContext, group: Group) -> str:
    """The finding in a sentence or two."""
    total = len(edition.indicators)
    if group.is_nation:
        return (
            f"I genomsnitt svarar kommunerna ja på {edition.facts['riket_medel']} av {total} frågor om stöd "
            "till våldsutsatta."
        )
    ja = np.mean([edition.profiles[unit].ja for unit in group.units])
    said = f"{text.units(len(group.units))} svarar i genomsnitt ja på {text.number(ja, 1)} av {total} frågor."
    return f"{said} I landet är genomsnittet {edition.facts['riket_medel']}." if edition.has_nation else said


def _areas(edition: EditionContext, group: Group, fit: Texts) -> list[dict[str, object]]:
    rows = []
    for area in edition.year.quality_areas:
        nation, share, ends = edition.year.nation_means[area], None, (None, None)
        count = text.count(len(edition.year.rows_of[area]), "fråga", "frågor")
        if not group.is_nation:
            places = [edition.year.position[unit] for unit in group.units]
            yes, given = (
                int(cells[edition.year.rows_of[area]][:, places].sum()) for cells in edition.year.cells
            )
            share = 100 * yes / given if given else None
            ends = area_range(edition.year, area, list(group.units)) or ends
        rows.append(
            {
                "name": fit.fit(edition.year.areas.at[area, "omrade"], AREA),
                "count": count,
                "drawing": alone(spine(share, nation, *ends), SPINE_WIDTH),
                "shown": [text.percent(share), text.nation_share(nation)],
            }
        )
    return rows


def _row(edition: EditionContext, indikator_id: str, found: dict[str, float], fit: Texts) -> dict[str, str]:
    row = edition.indicators[indikator_id]
    return {
        "question": fit.fit(row["kortnamn"], SHORT_NAME),
        "share": text.percent(found[indikator_id]),
        "nation": text.nation_share(row["riket"]),
    }


def _notes(edition: EditionContext, group: Group, source: str, fit: Texts) -> list[str]:
    said = [
        f"Källa: {fit.fit(source, SOURCE)}. Kommunerna har svarat själva.",
        "Delvis räknas inte som ja. Många ja-svar är inte detsamma som hög kvalitet: frågorna gäller om "
        "något finns eller görs.",
    ]
    if group.is_nation:
        said.append("Andelarna är avrundade till hela procent och gäller dem som svarade.")
    else:
        said.append(
            f"Gruppen är de {len(group.units)} enheter som har svar i utgåvan; hur många som saknas står "
            "inte här. En grupp visas från tio enheter."
        )
    return said


def _picture(edition: EditionContext, group: Group) -> dict[str, object]:
    found = shares(edition.year, group)
    bars = pictures.bars(edition, found, set())
    whose = "i landet" if group.is_nation else "bland enheterna här"
    return pictures.picture(edition, group.name, lead(edition, group), bars, pictures.key(whose))
