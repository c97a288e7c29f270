"""Every municipality, with or without answers: name, id and the units that answer for it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.sources.reference.register import Reference


@dataclass(frozen=True)
class Municipality:
    """One of the country's municipalities. `units` are those of the edition that lie in it."""

    kommun_id: str
    kommunkod: str
    kommun: str
    lan: str
    units: list[str]

    @property
    def has_own_profile(self) -> bool:
        return self.kommun_id in self.units


def municipalities(reference: Reference, units: pd.DataFrame) -> list[Municipality]:
    """All municipalities in Swedish alphabetical order.

    `units`: the edition's units, indexed by `enhet_id`, with kommunkod.
    """
    answering = units.groupby("kommunkod").groups
    lan = dict(zip(reference.kommuner["kommunkod"], reference.kommuner["lan"], strict=True))
    found = [
        Municipality(
            row.enhet_id, row.kommunkod, row.enhet, lan[row.kommunkod], list(answering.get(row.kommunkod, []))
        )
        for row in reference.municipalities.itertuples()
    ]
    return sorted(found, key=lambda item: swedish_order(item.kommun))


def swedish_order(name: str) -> list[int]:
    """A sort key with å, ä and ö last, as Swedish has them, and a name before what is part of it."""
    alphabet = ", -0123456789abcdefghijklmnopqrstuvwxyzåäö"
    letters = name.lower().translate(str.maketrans("éèüæø", "eeuäö"))
    return [alphabet.find(letter) for letter in letters]
