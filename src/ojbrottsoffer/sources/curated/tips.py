"""What each role can do: `data/reference/tips.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.sources.curated.factors import Factors
from ojbrottsoffer.sources.parse.records import (
    Count,
    Page,
    Record,
    Slug,
    Text,
    Texts,
    entries,
    known,
    named,
    read_model,
    slip,
    some,
)

FILE = "tips.yml"


class MethodPage(Record):
    """A page of a method."""

    id: Slug
    namn: Text


class Role(Record):
    """Someone who can do something."""

    id: Slug
    namn: Text
    sida: Page
    rader: Count
    """How many pieces of advice the report lists for it."""
    kort: Text
    ager: Texts
    """What the role decides."""
    ager_inte: Texts
    """What it can't decide."""
    fragor: Texts
    """What to ask in the next meeting."""


class Tip(Record):
    """One piece of advice, verb first."""

    id: Slug
    roll: known("roll")
    tips: Text
    faktorer: Annotated[some("faktor"), Field(min_length=1)]
    """Success factors, the main one first."""
    omraden: some("omrade")
    """Indicator areas it can move; empty if no indicator asks about it."""
    indikatorer: some("indikator") = ()
    """The indicators of those areas that it is about; empty if it is about all of them."""
    metod: known("metod") = None
    sida: Page

    @field_validator("tips")
    @classmethod
    def _verb_first(cls, text: str, info: ValidationInfo) -> str:
        if text.split()[0] not in info.context["verb"]:
            raise slip(
                "Rådet börjar inte med ett verb",
                "ett av orden under verb",
                text.split()[0],
                "Skriv om rådet, eller lägg till verbet där.",
            )
        return text

    @field_validator("indikatorer")
    @classmethod
    def _of_its_areas(cls, only: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        areas, area_of = info.data.get("omraden", ()), info.context["indikator"]
        for name in only:
            if area_of[name] not in areas:
                raise slip(
                    "Posten pekar på något som inte finns", "en indikator ur områdena under omraden", name
                )
        for area in areas:
            if area not in {area_of[name] for name in only}:
                raise slip(
                    "Ett område har ingen av indikatorerna",
                    "minst en indikator ur varje område under omraden",
                    area,
                )
        return only

    def moves(self, indikator_id: str, area: str) -> bool:
        """Whether it can do something about an indicator of an area."""
        return area in self.omraden and (not self.indikatorer or indikator_id in self.indikatorer)


class Listed(Record):
    """One piece of advice in a list of the report, and the tips that carry it."""

    rad: Text
    """The role and the number in the report's list: `fortroendevald 1`."""
    om: Text
    sida: Page
    tips: Annotated[some("tips"), Field(min_length=1)]

    @field_validator("rad")
    @classmethod
    def _role_and_number(cls, rad: str, info: ValidationInfo) -> str:
        role, _, number = rad.partition(" ")
        if role not in info.context["roll"] or not number.isdigit():
            raise slip("Posten pekar på något som inte finns", "en roll och ett nummer: fortroendevald 1")
        return rad

    @field_validator("tips")
    @classmethod
    def _of_its_role(cls, tips: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        role = info.data.get("rad", "").partition(" ")[0]
        for name in tips:
            if role and info.context["tips"][name] != role:
                raise slip("Posten pekar på något som inte finns", f"ett tips för rollen {role}", name)
        return tips

    @property
    def roll(self) -> str:
        return self.rad.partition(" ")[0]

    @property
    def nr(self) -> int:
        return int(self.rad.partition(" ")[2])


class TipsFile(Record):
    """The file as it stands."""

    metoder: entries(MethodPage)
    verb: Texts
    roller: entries(Role)
    tips: entries(Tip)
    tackning: entries(Listed, "rad")


@dataclass(frozen=True)
class Tips:
    """Roles, tips and methods, in the order of the file."""

    roles: dict[str, Role]
    tips: dict[str, Tip]
    methods: dict[str, str]
    """Id of a method page -> its name."""
    coverage: tuple[Listed, ...]


def load_tips(project: Project, factors: Factors) -> Tips:
    """The tips. Raises `DataError` naming the entry that is not whole or points nowhere."""

    def context(content: Any) -> dict[str, Any]:
        tips = content.get("tips")
        return {
            "faktor": factors.factors,
            "omrade": factors.areas,
            "indikator": factors.area_of,
            "metod": named(content, "metoder"),
            "roll": named(content, "roller"),
            "tips": {str(tip.get("id")): tip.get("roll") for tip in tips if isinstance(tip, dict)}
            if isinstance(tips, list)
            else {},
            "verb": content.get("verb") or (),
        }

    path = project.reference / FILE
    file: TipsFile = read_model(project, path, TipsFile, dict, context)
    if findings := [found for role in file.roller if (found := _whole(role, file, project.relative(path)))]:
        raise DataError(findings)
    return Tips(
        {role.id: role for role in file.roller},
        {tip.id: tip for tip in file.tips},
        {page.id: page.namn for page in file.metoder},
        file.tackning,
    )


def _whole(role: Role, file: TipsFile, name: str) -> Finding | None:
    """The rows of a role are numbered in sequence, and as many as the report's list has."""
    numbers = [item.nr for item in file.tackning if item.roll == role.id]
    if numbers and numbers == list(range(1, role.rader + 1)):
        return None
    gap = not numbers or numbers != list(range(1, len(numbers) + 1))
    return Finding(
        "Raderna för en roll är inte numrerade i följd" if gap else "Rapportens lista är inte täckt",
        file=name,
        table=f"posten {role.id}",
        column="tackning",
        value=", ".join(map(str, numbers)) if gap else str(len(numbers)),
        expected="1, 2, 3 … utan luckor" if gap else f"{role.rader} rader, som rollens rader säger",
        action="Rätta posten.",
        priority=1,
    )
