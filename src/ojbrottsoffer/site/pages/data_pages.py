"""Which pages come from data, and what each of them shows.

A page written by hand in `docs/` asks for fragments instead (`fragments`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ojbrottsoffer.analysis.municipalities import Municipality
from ojbrottsoffer.presentation import text
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.indicator_context import indicator_values
from ojbrottsoffer.site.context.municipality_context import without_answers_values
from ojbrottsoffer.site.context.unit_context import list_values, profile_values
from ojbrottsoffer.site.downloads import unit_files
from ojbrottsoffer.site.downloads.dataset import Dataset, DataTable
from ojbrottsoffer.site.paper import pictures

T = TypeVar("T")

OLDER_LISTS = {
    "kommuner": ("unit/list.html", "Kommuner och stadsdelar", "Enheterna"),
    "indikatorer": ("indicator/list.html", "Indikatorer", "Indikatorerna"),
    "jamfor": ("comparison/compare.html", "Jämför", "Svaren bredvid varandra"),
    "rankning": ("ranking/older.html", "Rankning", "Placeringarna och hur säkra de är"),
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
    """What the template shows besides what every template gets."""
    edition: EditionContext
    older: bool = False
    """True if the same unit, indicator or list has a page of a later edition."""
    picture: tuple[str, str] | None = None
    """Address of the picture that the page is shared with, and what it shows."""
    figures: str = ""
    """Address of the API's document about the same, if there is one."""

    @property
    def is_wide(self) -> bool:
        """True if the page has its own lead and no list of headings beside it."""
        return self.template in ("unit/profile.html", "unit/without_answers.html")


def data_pages(editions: dict[int, EditionContext], data: Dataset) -> dict[str, DataPage]:
    """All pages that come from data: path -> page. Municipalities without answers have pages
    of the latest edition only; profiles, indicators and lists, of every edition.
    """
    latest, *older = editions.values()
    known = latest.site.latest
    pages = [
        *(_profile(latest, unit) for unit in latest.year.units.index),
        *(_without_answers(latest, m) for m in latest.site.municipalities if m.kommun_id not in known),
        *(_indicator(latest, indicator) for indicator in latest.indicators),
        *(_data_table(latest, data, item) for item in data.tables),
        *(_version(latest, data, version) for version in data.kept),
    ]
    for edition in older:
        pages += [_profile(edition, unit) for unit in edition.year.units.index]
        pages += [_indicator(edition, indicator) for indicator in edition.indicators]
        pages += [_older_list(edition, kind) for kind in OLDER_LISTS]
    return {page.path: page for page in pages}


def neighbours(ids: list[T], this: T) -> dict[str, T | None]:
    """What stands before and after `this` in a list; None at the ends."""
    place = ids.index(this)
    return {
        "before": ids[place - 1] if place else None,
        "after": ids[place + 1] if place + 1 < len(ids) else None,
    }


def _profile(edition: EditionContext, unit: str) -> DataPage:
    year, result = edition.year, edition.profiles[unit]
    name = year.units.at[unit, "enhet"]
    files = unit_files.names(unit) if edition.site.latest[unit] == year.ar else None
    path, mark = _place(edition, edition.address.unit(unit))
    return DataPage(
        path,
        name + mark,
        f"{name} svarar ja på {result.ja} av {result.total} indikatorer om stöd till "
        f"våldsutsatta i Öppna jämförelser {year.ar}.",
        "unit/profile.html",
        lambda: profile_values(edition, unit, files),
        edition,
        bool(mark),
        (files["bild"], pictures.said_of_unit(edition, unit)) if files else None,
        edition.address.figures_of("enheter", unit),
    )


def _place(edition: EditionContext, address: str) -> tuple[str, str]:
    """The Markdown path of an address, and what its title ends with in an older edition."""
    path, ar = address.rstrip("/"), edition.year.ar
    return f"{path}.md", f" {ar}" if path.endswith(f"/{ar}") else ""


def _older_list(edition: EditionContext, kind: str) -> DataPage:
    template, heading, what = OLDER_LISTS[kind]
    title = f"{heading} {edition.year.ar}"

    def values() -> dict[str, object]:
        return {"title": title, "listed": template} | (list_values(edition) if kind == "kommuner" else {})

    return DataPage(
        f"{edition.address.list_of(kind).rstrip('/')}.md",
        title,
        f"{what} i Öppna jämförelser {edition.year.ar}.",
        "parts/older_list.html",
        values,
        edition,
        True,
    )


def _without_answers(edition: EditionContext, item: Municipality) -> DataPage:
    return DataPage(
        f"kommuner/{item.kommun_id}.md",
        item.kommun,
        f"Vad som är känt om {text.possessive(item.kommun)} stöd till våldsutsatta, hur landet svarar "
        f"{edition.year.ar}, och tio frågor att börja med.",
        "unit/without_answers.html",
        lambda: without_answers_values(edition, item) | neighbours(edition.site.municipalities, item),
        edition,
        figures=edition.address.figures_of("enheter", item.kommun_id),
    )


def _indicator(edition: EditionContext, indikator_id: str) -> DataPage:
    row = edition.indicators[indikator_id]
    share = text.percent(row["riket"])
    said = "" if share == "–" else f"{share} av de svarande i landet svarar ja {edition.year.ar}. "
    path, mark = _place(edition, edition.address.indicator(indikator_id))
    return DataPage(
        path,
        row["indikator"] + mark,
        f"{row['indikator']}. {said}Se vilka som har det, och hur det har ändrats.",
        "indicator/indicator.html",
        lambda: indicator_values(edition, indikator_id) | neighbours(list(edition.indicators.values()), row),
        edition,
        bool(mark),
        (pictures.of_indicator(indikator_id), pictures.said_of_indicator(edition, indikator_id))
        if not mark
        else None,
        edition.address.figures_of("indikatorer", indikator_id),
    )


def _data_table(edition: EditionContext, data: Dataset, item: DataTable) -> DataPage:
    return DataPage(
        f"data/{item.name}.md",
        f"Kodbok: {item.table.title}",
        f"Kodbok för {item.name}: varje kolumn och kod, källor, de första raderna och filerna.",
        "data/table.html",
        lambda: {"item": item, "data": data},
        edition,
    )


def _version(edition: EditionContext, data: Dataset, version: str) -> DataPage:
    return DataPage(
        f"data/{version}.md",
        f"Data, version {version}",
        f"Alla tabeller som de var i version {version}, i en fil, och hur du hänvisar till dem.",
        "data/version.html",
        lambda: data.kept_values(version),
        edition,
    )
