"""What pages show of the key figures that are fetched from Kolada."""

from __future__ import annotations

from functools import cache

from ojbrottsoffer.analysis.compared_key_figures import Figure, KeyFigures
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.pictures.course import course
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.site.pictures.maps import Drawn, Maps, share_symbols

CLASSES = 4
"""A map has so many classes, with as many municipalities in each as the values allow."""
NAME_SHOWN = 10
"""Letters of a name beside its line; a longer one is called the municipality."""


@cache
def key_figures(site: SiteTables) -> KeyFigures:
    """All that has been fetched."""
    tables = site.tables
    return KeyFigures(
        tables["nyckeltal"],
        tables["nyckeltal_varden"],
        tables["kommungrupper_kolada"],
        {item.kommun_id: item.kommunkod for item in site.municipalities},
        {item.kommunkod: item.lan for item in site.municipalities},
    )


def of_municipality(site: SiteTables, kommunkod: str) -> dict[str, object] | None:
    """The section of a municipality's page; None if nothing has been fetched for it."""
    figures = key_figures(site)
    found = figures.of(kommunkod) if figures.are_there else []
    if not found:
        return None
    item = _by_code(site)[kommunkod]
    return {
        "item": item,
        "figures": found,
        "years": sorted({ar for figure in found for ar in figure.years}, reverse=True),
        "similar": [(_by_code(site)[one.kommunkod], one) for one in figures.similar(kommunkod)],
        "groups": figures.groups["kommungrupp"].nunique(),
        "population": figures.population.get(kommunkod),
        "population_id": figures.population_id,
        "population_year": max(figures.values(figures.population_id, kommunkod), default=None),
        "county_share": figures.county_share.get(kommunkod),
        "draw": lambda figure: course(
            figure.values, figure.nation, own_name(item.kommun), in_words(item.kommun, figure)
        ),
        "sources": sorted(set(figures.rows["kalla_id"])),
    }


@cache
def _by_code(site: SiteTables) -> dict:
    return {item.kommunkod: item for item in site.municipalities}


def similar_units(site: SiteTables, kommunkod: str) -> list[str]:
    """The ids of the municipalities most like one; none if its population has not been fetched."""
    return [_by_code(site)[one.kommunkod].kommun_id for one in key_figures(site).similar(kommunkod)]


def own_name(name: str) -> str:
    """The name of a municipality where there is little room.

    >>> own_name("Testkommun 001"), own_name("Test")
    ('Kommunen', 'Test')
    """
    return name if len(name) <= NAME_SHOWN else "Kommunen"


def in_unit(about: dict, value: float) -> str:
    """A value with the decimals of its key figure, and a percent sign where it is a share."""
    sign = f"{text.NBSP}%" if about["mattenhet"] == "procent" else ""
    return text.number(value, int(about["decimaler"])) + sign


def written(figure: Figure, value: float) -> str:
    """The same for a value of a municipality's figure."""
    return in_unit(figure.about, value)


def in_words(name: str, figure: Figure) -> str:
    """What the small chart shows, for whoever does not see it."""
    if figure.year is None:
        return f"{figure.about['nyckeltal']}: inga värden för {name}"
    first = min(figure.values)
    said = f"{figure.about['nyckeltal']}, {name}: {written(figure, figure.values[figure.year])} {figure.year}"
    if first < figure.year:
        said += f" mot {written(figure, figure.values[first])} {first}"
    if figure.nation_value is not None:
        said += f"; riket {written(figure, figure.nation_value)} {figure.year}"
    return said


def in_year(figure: Figure, ar: int) -> str:
    """`12,3 (10,1)`: the value and the nation's, or why there is none."""
    own = (
        written(figure, figure.values[ar])
        if ar in figure.values
        else SAKNAS_ORSAK.codes[figure.missing[ar]]
        if ar in figure.missing
        else "–"
    )
    return f"{own} ({written(figure, figure.nation[ar])})" if ar in figure.nation else own


def why_missing(reasons: dict[int, str]) -> str:
    """`2024: uppgiften är undertryckt; 2025: …`."""
    return "; ".join(f"{ar}: {SAKNAS_ORSAK.codes[why]}" for ar, why in reasons.items())


def overview(site: SiteTables) -> dict[str, object]:
    """The page of all key figures: what they are, the nation, and a map of each that has enough values."""
    figures = key_figures(site)
    return {
        "figures": figures,
        "share_symbols": share_symbols,
        "course": course,
        "maps": {
            about["nyckeltal_id"]: drawn
            for about in figures.shown
            if (drawn := _map(site, figures, about)) is not None
        },
    }


def _map(site: SiteTables, figures: KeyFigures, about: dict) -> tuple[int, int, Drawn] | None:
    """The year, the number of municipalities, and the map of one key figure in classes of equal size."""
    found = figures.on_map(about["nyckeltal_id"])
    if found is None:
        return None
    year, values = found
    decimals = int(about["decimaler"])
    # Classes are of the values as they are written, so that the key and the map agree.
    values = {code: round(value, decimals) for code, value in values.items()}
    order = sorted(values.values())
    bounds = sorted({order[len(order) * n // CLASSES] for n in range(1, CLASSES)} - {order[0]})
    lows, highs = [None, *bounds], [*bounds, None]
    words = {
        str(n): _class_words(low, high, decimals)
        for n, (low, high) in enumerate(zip(lows, highs, strict=True))
    }
    by_code = _by_code(site)
    kinds = {
        by_code[code].kommun_id: str(sum(value >= bound for bound in bounds))
        for code, value in values.items()
        if code in by_code
    }
    names = {item.kommun_id: item.kommun for item in site.municipalities}
    drawn = _places(site).by_class(names, kinds, f"{about['nyckeltal']} {year}", words)
    return year, len(kinds), drawn


def _class_words(low: float | None, high: float | None, decimals: int) -> str:
    if low is None:
        return "alla värden" if high is None else f"under {text.number(high, decimals)}"
    if high is None:
        return f"{text.number(low, decimals)} eller mer"
    return f"{text.number(low, decimals)} till under {text.number(high, decimals)}"


@cache
def _places(site: SiteTables) -> Maps:
    """The map of every municipality."""
    ids = [item.kommun_id for item in site.municipalities]
    return Maps.of(site.geography, site.tables["enheter"].set_index("enhet_id").reindex(ids))
