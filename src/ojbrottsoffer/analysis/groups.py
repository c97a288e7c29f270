"""Units together: the nation as published, and the counties and population groups that have enough units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.limits import UNITS_IN_GROUP
from ojbrottsoffer.schema.codes import BEFOLKNINGSGRUPP

NATION = "riket"


@dataclass(frozen=True)
class Group:
    """Some units of an edition."""

    id: str
    name: str
    units: tuple[str, ...]
    """Empty for the nation, whose shares are published."""

    @property
    def is_nation(self) -> bool:
        return self.id == NATION


def groups(edition: Edition) -> list[Group]:
    """The nation, where all its shares are known, then counties and population groups from
    `UNITS_IN_GROUP` units on.
    """
    found = []
    if edition.indicators["riket"].notna().all():
        found.append(Group(NATION, f"Riket {edition.ar}", ()))
    units = edition.units
    for code, rows in units.groupby("lanskod"):
        found.append(Group(f"lan-{code}", rows["lan"].iloc[0], tuple(rows.index)))
    for code, members in edition.members.items():
        name = f"Kommuner med {BEFOLKNINGSGRUPP.codes[str(code)]}"
        found.append(Group(f"befolkningsgrupp-{code}", name, tuple(members)))
    return [group for group in found if group.is_nation or len(group.units) >= UNITS_IN_GROUP]


def shares(edition: Edition, group: Group) -> dict[str, float]:
    """Indicator -> share of Ja in percent: the nation's as published, a group's among its units'
    answers. Those without answers are left out.
    """
    if group.is_nation:
        return edition.indicators["riket"].astype(float).to_dict()
    places = [edition.position[unit] for unit in group.units]
    yes, given = (cells[:, places].sum(axis=1) for cells in edition.cells)
    with np.errstate(invalid="ignore"):
        found = pd.Series(100 * yes / given, index=edition.answers.index)
    return found.dropna().to_dict()
