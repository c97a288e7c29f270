"""Which pages come from data, and what each of them shows.

A page written by hand in `docs/` asks for fragments instead (`views`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ojbrottsoffer.analysis.municipalities import Municipality
from ojbrottsoffer.analysis.units.indicator import units_by_answer
from ojbrottsoffer.analysis.units.unit_profile import foremost
from ojbrottsoffer.presentation import marks, text
from ojbrottsoffer.site.downloads import unit_files
from ojbrottsoffer.site.downloads.dataset import DataTable
from ojbrottsoffer.site.pages.views import NAMES_IN_CELL, STRENGTHS_SHOWN, Views
from ojbrottsoffer.site.pictures.charts import trend

T = TypeVar("T")

SUMMARY_SHOWN = 5
"""The printed summary lists this many strengths and gaps."""
OLDER_LISTS = {
    "kommuner": ("kommunlista", "Kommuner och stadsdelar", "Enheterna"),
    "indikatorer": ("indikatorlista", "Indikatorer", "Indikatorerna"),
    "jamfor": ("jamfor", "Jämför", "Svaren bredvid varandra"),
    "rankning": ("rankning_aldre", "Rankning", "Placeringarna och hur säkra de är"),
}
"""Lists that every older edition has too: address -> template, heading, what it lists."""


@dataclass(frozen=True)
class DataPage:
    """One page: its address (a Markdown path), what search engines see, and its template."""

    path: str
    title: str
    description: str
    template: str
    values: Callable[[], dict[str, object]]
    """What the template needs besides what every template gets."""
    views: Views
    """The edition it shows."""
    older: bool = False
    """True if the same unit, indicator or list has a page of a later edition."""


def data_pages(views: Views) -> dict[str, DataPage]:
    """All pages that come from data: path -> page. Municipalities without answers have pages
    of the latest edition only; profiles, indicators and lists, of every edition.
    """
    pages = [
        *(_profile(views, unit) for unit in views.year.units.index),
        *(
            _without_answers(views, item)
            for item in views.municipalities
            if item.kommun_id not in views.latest
        ),
        *(_indicator(views, indicator) for indicator in views.year.indicators.index),
        *(_data_table(views, item) for item in views.dataset.tables),
    ]
    for older in (views.at(ar) for ar in views.years[1:]):
        pages += [_profile(older, unit) for unit in older.year.units.index]
        pages += [_indicator(older, indicator) for indicator in older.year.indicators.index]
        pages += [_older_list(older, kind) for kind in OLDER_LISTS]
    return {page.path: page for page in pages}


def neighbours(ids: list[T], this: T) -> tuple[T | None, T | None]:
    """What stands before and after `this` in a list; None at the ends."""
    place = ids.index(this)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)


def _profile(views: Views, unit: str) -> DataPage:
    year, result = views.year, views.profiles[unit]
    row = year.units.loc[unit].to_dict()
    before, after = neighbours(list(year.units.index), unit)
    ranks = {ranking.survey: ranking for ranking in result.rankings}
    own = views.latest[unit] == year.ar

    def values() -> dict[str, object]:
        return {
            "unit": unit,
            "name": row["enhet"],
            "row": row,
            "p": result,
            "subject": row["enhet"] if row["typ"] == "kommun" else "stadsdelen",
            "oj": ranks["oj"],
            "unizon": ranks.get("unizon"),
            "strengths": [views.indicator(i) for i in result.strengths[:STRENGTHS_SHOWN]],
            "gaps": [views.indicator(i) for i in result.gaps],
            "helpers": foremost(result.helpers, NAMES_IN_CELL),
            "finding": text.finding(result.areas),
            "actions": views.actions_for(result.gaps) if own else [],
            "answers": year.codes[unit],
            "words": {i: marks.word(code) for i, code in year.codes[unit].items()},
            "places": year.places[unit].to_dict(),
            "answer_cells": views.answer_cells(unit),
            "contradictions": views.contradictions_of(unit),
            "before": before,
            "after": after,
            "summary_shown": SUMMARY_SHOWN,
            "files": unit_files.names(unit) if own else None,
        }

    path, mark = _place(views, views.profile_url(unit))
    return DataPage(
        path,
        row["enhet"] + mark,
        f"{row['enhet']} svarar ja på {result.ja} av {result.total} indikatorer om stöd till "
        f"våldsutsatta i Öppna jämförelser {year.ar}.",
        "profil",
        values,
        views,
        bool(mark),
    )


def _place(views: Views, address: str) -> tuple[str, str]:
    """The Markdown path of an address, and what its title ends with in an older edition."""
    path = address.rstrip("/")
    return f"{path}.md", f" {views.year.ar}" if path.endswith(f"/{views.year.ar}") else ""


def _older_list(views: Views, kind: str) -> DataPage:
    fragment, heading, what = OLDER_LISTS[kind]
    title = f"{heading} {views.year.ar}"
    return DataPage(
        f"{views.list_url(kind).rstrip('/')}.md",
        title,
        f"{what} i Öppna jämförelser {views.year.ar}.",
        "aldre_lista",
        lambda: {"title": title, "fragment": f"{fragment}.html"},
        views,
        True,
    )


def _without_answers(views: Views, item: Municipality) -> DataPage:
    before, after = neighbours(views.municipalities, item)
    return DataPage(
        f"kommuner/{item.kommun_id}.md",
        item.kommun,
        f"{text.possessive(item.kommun)} svar finns inte i underlaget för {views.year.ar}. Fyll i "
        "dem själv och jämför.",
        "utan_svar",
        lambda: {
            "item": item,
            "rankings": views.all_rankings_of(item.kommun_id),
            "before": before,
            "after": after,
        },
        views,
    )


def _indicator(views: Views, indikator_id: str) -> DataPage:
    row = views.indicator(indikator_id)
    order = list(views.year.indicators.index)
    before, after = neighbours(order, indikator_id)

    def values() -> dict[str, object]:
        series = views.nation_series.get(indikator_id, [])
        years = [point.ar for part in series for point in part.points]
        indicators = views.year.indicators
        near = {"omrade": "indikatoromrade_id", "kvalitet": "kvalitetsomrade_id"}
        members = {
            name: [i for i in indicators.index[indicators[column] == row[column]] if i != indikator_id]
            for name, column in near.items()
        }
        within = "omrade" if members["omrade"] else "kvalitet"
        return {
            "row": row,
            "indicator": indikator_id,
            "by_answer": units_by_answer(views.year, indikator_id),
            "series": [(part, trend(part, min(years), max(years))) for part in series],
            "related": [views.indicator(i) for i in members[within]],
            "within": within,
            "contradictions": views.contradictions_about(indikator_id),
            "before": before and views.indicator(before),
            "after": after and views.indicator(after),
        }

    share = text.percent(row["riket"])
    said = "" if share == "–" else f"{share} av de svarande i landet svarar ja {views.year.ar}. "
    path, mark = _place(views, views.indicator_url(indikator_id))
    return DataPage(
        path,
        row["indikator"] + mark,
        f"{row['indikator']}. {said}Se vilka som har det, och hur det har ändrats.",
        "indikator",
        values,
        views,
        bool(mark),
    )


def _data_table(views: Views, item: DataTable) -> DataPage:
    return DataPage(
        f"data/{item.name}.md",
        f"Kodbok: {item.table.title}",
        f"Kodbok för {item.name}: varje kolumn och kod, källor, de första raderna och filerna.",
        "datatabell",
        lambda: {"item": item},
        views,
    )
