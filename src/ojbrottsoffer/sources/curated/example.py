"""How one unit has organised its work: `data/reference/organisationsexempel.yml`."""

from __future__ import annotations

from dataclasses import dataclass

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.curated.entries import Entry, Slips, listed, top
from ojbrottsoffer.sources.curated.factors import Factors
from ojbrottsoffer.sources.raw import read_yaml
from ojbrottsoffer.sources.register import Reference

FILE = "organisationsexempel.yml"
HEADINGS = ("enhet", "kalla", "grupper", "handlaggning", "omkring")
PART = ("id", "namn", "uppgift", "faktor", "skal", "sida", "indikatorer")
GROUP = (*PART, "roll", "vilka", "rytm", "till", "leder")
LONGEST_ROLE = 34
"""Fits in a box of the picture."""


@dataclass(frozen=True)
class Part:
    """One part of the organisation, in our words, and the factor it belongs to."""

    id: str
    namn: str
    uppgift: str
    faktor: str
    skal: str
    sida: str
    indikatorer: tuple[str, ...]


@dataclass(frozen=True)
class Group(Part):
    """A group that meets. `till`: who takes over from it; `leder`: which groups it leads."""

    roll: str
    vilka: str
    rytm: str
    till: tuple[str, ...]
    leder: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """The organisation of `enhet` as the source `kalla` tells it."""

    enhet: str
    kalla: str
    grupper: tuple[Group, ...]
    handlaggning: tuple[Part, ...]
    omkring: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.grupper, *self.handlaggning, *self.omkring)

    def parts_about(self, indikator_id: str) -> list[Part]:
        """The parts that an indicator asks about."""
        return [part for part in self.parts if indikator_id in part.indikatorer]


def load_example(project: Project, reference: Reference, factors: Factors) -> Example:
    """The example. Raises `DataError` naming the entry that is not whole or points nowhere."""
    path = project.reference / FILE
    slips = Slips(project.relative(path))
    content = read_yaml(path, slips.file, dict)
    top(content, HEADINGS, slips)
    head = Entry("filens rubriker", content, slips)
    groups = listed(content.get("grupper"), "grupper", GROUP, slips)
    ids = [str(entry.content.get("id")) for entry in groups]
    known = list(reference.indikatorer["indikator_id"])

    def common(entry: Entry) -> tuple:
        return (
            entry.text("id"),
            entry.text("namn"),
            entry.text("uppgift"),
            entry.one_of("faktor", factors.factors),
            entry.text("skal"),
            entry.page(),
            entry.some_of("indikatorer", known),
        )

    def group(entry: Entry) -> Group:
        role = entry.text("roll")
        if len(role) > LONGEST_ROLE:
            slips.add(
                "Texten får inte plats i diagrammet",
                entry.name,
                "roll",
                role,
                f"högst {LONGEST_ROLE} tecken",
                "Korta texten.",
            )
        return Group(
            *common(entry),
            role,
            entry.text("vilka"),
            entry.text("rytm"),
            entry.some_of("till", ids),
            entry.some_of("leder", ids),
        )

    example = Example(
        head.one_of("enhet", reference.enheter["enhet_id"]),
        head.text("kalla"),
        tuple(group(entry) for entry in groups),
        *(
            tuple(Part(*common(entry)) for entry in listed(content.get(name), name, PART, slips))
            for name in ("handlaggning", "omkring")
        ),
    )
    slips.stop()
    return example
