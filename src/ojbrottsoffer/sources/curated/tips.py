"""What each role can do: `data/reference/tips.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.curated.entries import SLUG, Entry, Slips, listed, top
from ojbrottsoffer.sources.curated.factors import Factors
from ojbrottsoffer.sources.raw import read_yaml

FILE = "tips.yml"
HEADINGS = ("metoder", "verb", "roller", "tips", "tackning")
METHOD = ("id", "namn")
ROLE = ("id", "namn", "sida", "rader", "kort", "ager", "ager_inte", "fragor")
TIP = ("id", "roll", "tips", "faktorer", "omraden", "indikatorer", "metod", "sida")
LISTED = ("rad", "om", "sida", "tips")


@dataclass(frozen=True)
class Role:
    """Someone who can do something."""

    id: str
    namn: str
    sida: str
    rader: int
    """How many pieces of advice the report lists for it."""
    kort: str
    ager: tuple[str, ...]
    """What the role decides."""
    ager_inte: tuple[str, ...]
    """What it can't decide."""
    fragor: tuple[str, ...]
    """What to ask in the next meeting."""


@dataclass(frozen=True)
class Tip:
    """One piece of advice, verb first."""

    id: str
    roll: str
    tips: str
    faktorer: tuple[str, ...]
    """Success factors, the main one first."""
    omraden: tuple[str, ...]
    """Indicator areas it can move; empty if no indicator asks about it."""
    indikatorer: tuple[str, ...]
    """The indicators of those areas that it is about; empty if it is about all of them."""
    metod: str | None
    sida: str

    def moves(self, indikator_id: str, area: str) -> bool:
        """Whether it can do something about an indicator of an area."""
        return area in self.omraden and (not self.indikatorer or indikator_id in self.indikatorer)


@dataclass(frozen=True)
class Listed:
    """One piece of advice in a list of the report, and the tips that carry it."""

    roll: str
    nr: int
    om: str
    sida: str
    tips: tuple[str, ...]


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
    path = project.reference / FILE
    slips = Slips(project.relative(path))
    content = read_yaml(path, slips.file, dict)
    top(content, HEADINGS, slips)
    methods = {
        _id(entry): entry.text("namn") for entry in listed(content.get("metoder"), "metoder", METHOD, slips)
    }
    roles = {_id(entry): _role(entry) for entry in listed(content.get("roller"), "roller", ROLE, slips)}
    verbs = Entry("filens rubriker", content, slips).texts("verb")
    tips = {
        _id(entry): _tip(entry, roles, factors, methods, verbs)
        for entry in listed(content.get("tips"), "tips", TIP, slips)
    }
    coverage = tuple(
        _covered(entry, roles, tips)
        for entry in listed(content.get("tackning"), "tackning", LISTED, slips, "rad")
    )
    for name, role in roles.items():
        _whole(name, role.rader, [item.nr for item in coverage if item.roll == name], slips)
    slips.stop()
    return Tips(roles, tips, methods, coverage)


def _id(entry: Entry) -> str:
    name = str(entry.content.get("id"))
    if not SLUG.fullmatch(name):
        entry.slips.add(
            "Otillåtet värde", entry.name, "id", name, "små bokstäver a–z, siffror och bindestreck"
        )
    return name


def _role(entry: Entry) -> Role:
    rows = entry.content.get("rader")
    if not isinstance(rows, int) or isinstance(rows, bool) or rows < 1:
        entry.slips.add(
            "Otillåtet värde",
            entry.name,
            "rader",
            rows,
            "antalet råd i rapportens lista för rollen, ett heltal från 1",
        )
        rows = 0
    return Role(
        _id(entry),
        entry.text("namn"),
        entry.page(),
        rows,
        entry.text("kort"),
        entry.texts("ager"),
        entry.texts("ager_inte"),
        entry.texts("fragor"),
    )


def _tip(
    entry: Entry, roles: dict[str, Role], factors: Factors, methods: dict[str, str], verbs: tuple[str, ...]
) -> Tip:
    used = entry.some_of("faktorer", factors.factors)
    if not used:
        entry.slips.add("Posten är inte hel", entry.name, "faktorer", None, "minst en faktor")
    method = entry.one_of("metod", methods) if "metod" in entry.content else None
    areas = entry.some_of("omraden", factors.areas)
    only: tuple[str, ...] = ()
    if "indikatorer" in entry.content:
        only = entry.some_of("indikatorer", [name for name, area in factors.area_of.items() if area in areas])
        for area in set(areas) - {factors.area_of.get(name) for name in only}:
            entry.slips.add(
                "Ett område har ingen av indikatorerna",
                entry.name,
                "indikatorer",
                area,
                "minst en indikator ur varje område under omraden",
            )
    text = entry.text("tips")
    if text and text.split()[0] not in verbs:
        entry.slips.add(
            "Rådet börjar inte med ett verb",
            entry.name,
            "tips",
            text.split()[0],
            "ett av orden under verb",
            "Skriv om rådet, eller lägg till verbet där.",
        )
    return Tip(_id(entry), entry.one_of("roll", roles), text, used, areas, only, method, entry.page())


def _covered(entry: Entry, roles: dict[str, Role], tips: dict[str, Tip]) -> Listed:
    """`rad` is the role and the number in the report's list: `fortroendevald 1`."""
    role, _, number = str(entry.content.get("rad")).partition(" ")
    if role not in roles or not number.isdigit():
        entry.slips.add(
            "Posten pekar på något som inte finns",
            entry.name,
            "rad",
            entry.content.get("rad"),
            "en roll och ett nummer: fortroendevald 1",
        )
    own = [name for name, tip in tips.items() if tip.roll == role]
    carrying = entry.some_of("tips", own)
    if not carrying:
        entry.slips.add("Rådet har inget tips", entry.name, "tips", None, "minst ett tips för rollen")
    return Listed(role, int(number) if number.isdigit() else 0, entry.text("om"), entry.page(), carrying)


def _whole(role: str, rows: int, numbers: list[Any], slips: Slips) -> None:
    """The rows of a role are numbered in sequence, and as many as the report's list has."""
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        slips.add(
            "Raderna för en roll är inte numrerade i följd",
            role,
            "tackning",
            ", ".join(map(str, numbers)),
            "1, 2, 3 … utan luckor",
        )
    elif rows and len(numbers) != rows:
        slips.add(
            "Rapportens lista är inte täckt",
            role,
            "tackning",
            len(numbers),
            f"{rows} rader, som rollens rader säger",
        )
