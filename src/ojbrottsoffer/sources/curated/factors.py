"""The five success factors and what belongs to each: `data/reference/framgangsfaktorer.yml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pandas as pd
from pydantic import BaseModel, Field, StrictBool, ValidationInfo, field_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import FAKTOR
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.parse.records import (
    Page,
    Record,
    Slug,
    Text,
    Texts,
    entries,
    every,
    known,
    named,
    read_model,
    slip,
    some,
)
from ojbrottsoffer.sources.reference.register import Reference

FILE = "framgangsfaktorer.yml"
METHODS = "metoder.yml"


class Told(Record):
    """Something the report tells, in our words."""

    text: Text
    sida: Page


class Later(Record):
    """What has changed since the report, in our words, and the source that says so."""

    text: Text
    kalla: known("kalla")
    metod: known("metod") | None = None
    """The method whose page tells more."""


class Theme(Record):
    """A part of a factor, as the report divides it."""

    namn: Text
    sida: Page
    mats: StrictBool
    """Whether any indicator asks about it."""
    varfor: Text
    """What the indicators do not ask about."""
    gjorde: Annotated[tuple[Told, ...], Field(min_length=1)]
    """What the interviewed municipalities did; none of them is pointed out."""


class Factor(Record):
    """One of the report's success factors, in our words."""

    id: known("kod")
    kort: Text
    sida: Page
    """Page of the report, or a span of pages: "16" or "16–19"."""
    delteman: entries(Theme, "namn")

    @property
    def namn(self) -> str:
        return FAKTOR.codes[self.id]


class Link(Record):
    """Why something belongs to a factor, and the page that takes up what the reason mentions."""

    own: ClassVar[bool] = True
    faktor: known("faktor")
    skal: Text
    sida: Page | None = None
    """None if the reason is only the coder's."""


class Following(Link):
    """The link of an indicator without an entry of its own: it follows its area."""

    own: ClassVar[bool] = False


class Doubt(Record):
    """Indicators that could as well belong to another factor, and why. They are not moved."""

    id: Text
    namn: Text
    annan_faktor: known("faktor")
    varfor: Text
    indikatorer: some("indikator")


class Development(Record):
    """One of the report's six development areas."""

    id: Text
    namn: Text
    faktor: known("faktor")
    skal: Text
    sida: Page
    indikatorer: some("indikator")
    varfor: Text
    """What the indicators do not ask about."""
    lage: Annotated[tuple[Told, ...], Field(min_length=1)]
    """How the report describes it."""
    sedan: tuple[Later, ...] = ()
    har: Texts
    """What it could look like in a municipality; our proposals."""
    kraver: Text
    """What that takes."""
    metoder: some("metod")
    """Methods that help."""


class FactorFile(Record):
    """The file as it stands."""

    utgava: known("utgava")
    """The year of the edition that the file was made for."""
    faktorer: entries(Factor)
    indikatoromraden: dict[known("omrade"), Link]
    indikatorer: dict[known("indikator"), Link]
    tveksamma: entries(Doubt)
    utvecklingsomraden: entries(Development)

    @field_validator("indikatoromraden")
    @classmethod
    def _every_area(cls, links: dict[str, Link], info: ValidationInfo) -> dict[str, Link]:
        every(links, info.context["omrade"], "indikatorområde")
        return links

    @field_validator("indikatorer")
    @classmethod
    def _every_indicator(cls, links: dict[str, Link], info: ValidationInfo) -> dict[str, Link]:
        if "utgava" in info.data:
            every(links, info.context["reference"].edition(info.data["utgava"]).index, "indikator")
        return links

    @field_validator("tveksamma")
    @classmethod
    def _another_factor(cls, doubts: tuple[Doubt, ...], info: ValidationInfo) -> tuple[Doubt, ...]:
        taken: set[str] = set()
        for number, doubt in enumerate(doubts):
            for name in doubt.indikatorer:
                link = info.data.get("indikatorer", {}).get(name)
                if name in taken:
                    raise slip("Samma sak står två gånger", "varje fråga en gång", name, position=number)
                if link and link.faktor == doubt.annan_faktor:
                    raise slip(
                        "Frågan hör redan till den andra faktorn", "en annan faktor", name, position=number
                    )
                taken.add(name)
        return doubts


@dataclass(frozen=True)
class Factors:
    """The factors and every link to them."""

    factors: dict[str, Factor]
    """In the order of the report."""
    areas: dict[str, Link]
    """Indicator area -> its main factor."""
    indicators: dict[str, Link]
    """Every indicator of the register -> its primary factor."""
    doubts: tuple[Doubt, ...]
    """What could as well belong to another factor."""
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

    def moved(self, doubts: Iterable[Doubt]) -> dict[str, str]:
        """`of_indicator`, if these doubtful indicators belonged to their other factor."""
        return self.of_indicator | {
            name: doubt.annan_faktor for doubt in doubts for name in doubt.indikatorer
        }


class _Method(BaseModel):
    """What a method is called; the rest of it is read with the factors known (`methods`)."""

    id: Slug


def load_factors(project: Project, reference: Reference) -> Factors:
    """The factors. Raises `DataError` naming the entry that is not whole or points nowhere."""
    area_of = _area_of(reference)
    methods = read_model(project, project.reference / METHODS, tuple[_Method, ...], list)

    def context(content: Any) -> dict[str, Any]:
        return {
            "kod": FAKTOR.codes,
            "faktor": named(content, "faktorer"),
            "omrade": _areas(reference),
            "metod": [method.id for method in methods],
            "kalla": sorted(path.parent.name for path in project.raw.glob("*/origin.yml")),
            "indikator": area_of,
            "utgava": reference.years,
            "reference": reference,
        }

    file: FactorFile = read_model(project, project.reference / FILE, FactorFile, dict, context)
    areas, links = file.indikatoromraden, file.indikatorer
    return Factors(
        {factor.id: factor for factor in file.faktorer},
        areas,
        {
            name: links.get(name) or Following.model_construct(**dict(areas[area]))
            for name, area in area_of.items()
        },
        file.tveksamma,
        {item.id: item for item in file.utvecklingsomraden},
        area_of,
    )


def factor_table(factors: Factors) -> pd.DataFrame:
    """`faktorer`, without English."""
    return pd.DataFrame(
        [
            {
                "faktor_id": name,
                "faktor": factor.namn,
                "innebord": factor.kort,
                "kalla_id": skl2016.KALLA_ID,
                "plats": f"s. {factor.sida}",
            }
            for name, factor in factors.factors.items()
        ]
    )


def link_table(factors: Factors, indikatorer_ar: pd.DataFrame) -> pd.DataFrame:
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
                "plats": f"s. {link.sida}" if link.sida else "eget skäl",
            }
            for ar, indicator, link in links
        ]
    )


def doubt_table(factors: Factors, indikatorer_ar: pd.DataFrame) -> pd.DataFrame:
    """`tveksamma_kopplingar`: indicators of every edition that could as well have another factor."""
    of = {name: doubt for doubt in factors.doubts for name in doubt.indikatorer}
    return pd.DataFrame(
        [
            {
                "ar": int(row.ar),
                "indikator_id": row.indikator_id,
                "faktor_id": factors.indicators[row.indikator_id].faktor,
                "skal": factors.indicators[row.indikator_id].skal,
                "annan_faktor_id": of[row.indikator_id].annan_faktor,
                "grupp": of[row.indikator_id].namn,
                "skal_annan": of[row.indikator_id].varfor,
            }
            for row in indikatorer_ar.itertuples()
            if row.indikator_id in of
        ],
        columns=TABLES["tveksamma_kopplingar"].column_names,
    )


def _areas(reference: Reference) -> list[str]:
    return list(reference.omraden.query("niva == 'indikatoromrade'")["omrade_id"])


def _area_of(reference: Reference) -> dict[str, str]:
    """Every indicator of any edition -> its area in the latest edition that has it."""
    rows = reference.indikatorer_ar.sort_values("ar", kind="stable")
    return dict(zip(rows["indikator_id"], rows["indikatoromrade_id"], strict=True))
