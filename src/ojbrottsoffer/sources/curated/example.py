"""How one unit has organised its work: `data/reference/organisationsexempel.yml`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.curated.factors import Factors
from ojbrottsoffer.sources.parse.records import Page, Record, Text, entries, known, named, read_model, some
from ojbrottsoffer.sources.reference.register import Reference

FILE = "organisationsexempel.yml"
LONGEST_ROLE = 34
"""Fits in a box of the picture."""


class Part(Record):
    """One part of the organisation, in our words, and the factor it belongs to."""

    id: Text
    namn: Text
    uppgift: Text
    faktor: known("faktor")
    skal: Text
    sida: Page
    indikatorer: some("indikator")


class Group(Part):
    """A group that meets. `till`: who takes over from it; `leder`: which groups it leads."""

    roll: Annotated[Text, StringConstraints(max_length=LONGEST_ROLE)]
    vilka: Text
    rytm: Text
    till: some("grupp")
    leder: some("grupp")


class Example(Record):
    """The organisation of `enhet` as the source `kalla` tells it."""

    enhet: known("enhet")
    kalla: Text
    grupper: entries(Group)
    handlaggning: entries(Part)
    omkring: entries(Part)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.grupper, *self.handlaggning, *self.omkring)

    def parts_about(self, indikator_id: str) -> list[Part]:
        """The parts that an indicator asks about."""
        return [part for part in self.parts if indikator_id in part.indikatorer]


def load_example(project: Project, reference: Reference, factors: Factors) -> Example:
    """The example. Raises `DataError` naming the entry that is not whole or points nowhere."""

    def context(content: Any) -> dict[str, Any]:
        return {
            "enhet": reference.enheter["enhet_id"],
            "faktor": factors.factors,
            "indikator": reference.indikatorer["indikator_id"],
            "grupp": named(content, "grupper"),
        }

    return read_model(project, project.reference / FILE, Example, dict, context)
