"""The five success factors and what belongs to each: `data/reference/framgangsfaktorer.yml`."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import FAKTOR
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.curated.entries import Entry, Slips, exactly, listed, mapped, top
from ojbrottsoffer.sources.raw import read_yaml
from ojbrottsoffer.sources.register import Reference

FILE = "framgangsfaktorer.yml"
HEADINGS = ("utgava", "faktorer", "indikatoromraden", "indikatorer", "utvecklingsomraden")
FACTOR = ("id", "kort", "sida", "delteman")
THEME = ("namn", "sida", "mats", "varfor")
LINK = ("faktor", "skal", "sida")
DEVELOPMENT = ("id", "namn", "faktor", "skal", "sida", "indikatorer", "varfor")


@dataclass(frozen=True)
class Theme:
    """A part of a factor, as the report divides it."""

    namn: str
    sida: str
    mats: bool
    """Whether any indicator asks about it."""
    varfor: str
    """What the indicators do not ask about."""


@dataclass(frozen=True)
class Factor:
    """One of the report's success factors, in our words."""

    id: str
    namn: str
    kort: str
    sida: str
    """Page of the report, or a span of pages: "16" or "16–19"."""
    delteman: tuple[Theme, ...]


@dataclass(frozen=True)
class Link:
    """Why something belongs to a factor, and the page that says so."""

    faktor: str
    skal: str
    sida: str
    own: bool = True
    """False for an indicator without an entry of its own: it follows its area."""


@dataclass(frozen=True)
class Development:
    """One of the report's six development areas."""

    id: str
    namn: str
    faktor: str
    skal: str
    sida: str
    indikatorer: tuple[str, ...]
    varfor: str
    """What the indicators do not ask about."""


@dataclass(frozen=True)
class Factors:
    """The factors and every link to them."""

    factors: dict[str, Factor]
    """In the order of the report."""
    areas: dict[str, Link]
    """Indicator area -> its main factor."""
    indicators: dict[str, Link]
    """Every indicator of the register -> its primary factor."""
    developments: dict[str, Development]
    area_of: dict[str, str]
    """Every indicator of the register -> its area in the latest edition that has it."""

    @property
    def of_indicator(self) -> dict[str, str]:
        """indikator_id -> factor id."""
        return {name: link.faktor for name, link in self.indicators.items()}

    @property
    def of_area(self) -> dict[str, str]:
        """indikatoromrade_id -> factor id."""
        return {name: link.faktor for name, link in self.areas.items()}

    @property
    def reason_of_indicator(self) -> dict[str, str]:
        """indikator_id -> why it belongs to its factor."""
        return {name: link.skal for name, link in self.indicators.items()}


def load_factors(project: Project, reference: Reference) -> Factors:
    """The factors. Raises `DataError` naming the entry that is not whole or points nowhere."""
    path = project.reference / FILE
    slips = Slips(project.relative(path))
    content = read_yaml(path, slips.file, dict)
    top(content, HEADINGS, slips)
    factors = {
        entry.content.get("id"): _factor(entry)
        for entry in listed(content.get("faktorer"), "faktorer", FACTOR, slips)
    }
    areas = _links(content, "indikatoromraden", slips, factors)
    links = _links(content, "indikatorer", slips, factors)
    area_of = _area_of(reference)
    exactly(areas, _areas(reference), "indikatoromraden", "indikatorområde", slips)
    exactly(links, _edition(content, reference, slips), "indikatorer", "indikator", slips, optional=area_of)
    developments = {
        entry.content.get("id"): _development(entry, factors, area_of)
        for entry in listed(content.get("utvecklingsomraden"), "utvecklingsomraden", DEVELOPMENT, slips)
    }
    slips.stop()
    indicators = {name: links.get(name) or _following(areas[area]) for name, area in area_of.items()}
    return Factors(factors, areas, indicators, developments, area_of)


def factor_table(factors: Factors, indikatorer_ar: pd.DataFrame) -> pd.DataFrame:
    """`indikatorer_faktorer`: the factor of every indicator of every edition, in its order."""
    links = [
        (int(row.ar), row.indikator_id, factors.indicators[row.indikator_id])
        for row in indikatorer_ar.itertuples()
    ]
    return pd.DataFrame(
        [
            {
                "ar": ar,
                "indikator_id": indicator,
                "faktor_id": link.faktor,
                "faktor": factors.factors[link.faktor].namn,
                "egen_koppling": link.own,
                "skal": link.skal,
                "kalla_id": skl2016.KALLA_ID,
                "plats": f"s. {link.sida}",
            }
            for ar, indicator, link in links
        ],
        columns=TABLES["indikatorer_faktorer"].column_names,
    )


def _factor(entry: Entry) -> Factor:
    name = entry.one_of("id", FAKTOR.codes)
    themes = tuple(_theme(part) for part in entry.entries("delteman", THEME))
    return Factor(name, FAKTOR.codes.get(name, ""), entry.text("kort"), entry.page(), themes)


def _theme(entry: Entry) -> Theme:
    return Theme(entry.text("namn"), entry.page(), entry.flag("mats"), entry.text("varfor"))


def _links(content: dict, heading: str, slips: Slips, factors: dict) -> dict[str, Link]:
    entries = mapped(content.get(heading), heading, LINK, slips)
    return {
        name: Link(entry.one_of("faktor", factors), entry.text("skal"), entry.page())
        for name, entry in entries.items()
    }


def _development(entry: Entry, factors: dict, indicators: dict[str, str]) -> Development:
    return Development(
        entry.text("id"),
        entry.text("namn"),
        entry.one_of("faktor", factors),
        entry.text("skal"),
        entry.page(),
        entry.some_of("indikatorer", indicators),
        entry.text("varfor"),
    )


def _areas(reference: Reference) -> list[str]:
    return list(reference.omraden.query("niva == 'indikatoromrade'")["omrade_id"])


def _area_of(reference: Reference) -> dict[str, str]:
    """Every indicator of any edition -> its area in the latest edition that has it."""
    rows = reference.indikatorer_ar.sort_values("ar", kind="stable")
    return dict(zip(rows["indikator_id"], rows["indikatoromrade_id"], strict=True))


def _edition(content: dict, reference: Reference, slips: Slips) -> list[str]:
    """The indicators of the edition that the file was made for."""
    if content.get("utgava") not in reference.years:
        slips.add(
            "Filen gäller en utgåva som inte finns",
            "filens rubriker",
            "utgava",
            content.get("utgava"),
            " eller ".join(map(str, reference.years)),
        )
        return []
    return list(reference.edition(content["utgava"]).index)


def _following(area: Link) -> Link:
    return Link(area.faktor, area.skal, area.sida, own=False)
