"""The small curated tables in `data/reference/`: codes, names and label variants."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.parse.raw import read_rows
from ojbrottsoffer.sources.reference.register_rules import TRANSLITERATION, broken_rules

COLUMNS = {
    "enheter": ["enhet_id", "enhet", "typ", "kommunkod"],
    "enheter_i_underlaget": ["kalla_id", "enhet_id"],
    "kommuner": ["kommunkod", "kommun", "lanskod", "lan", "lat", "lon"],
    "indikatorer": ["indikator_id", "kortnamn", "malgrupp", "typ"],
    "indikatorer_ar": ["ar", "nr", "indikator_id", "indikator", "indikatoromrade_id"],
    "omraden": ["omrade_id", "niva", "omrade", "overordnat_id", "ordning"],
    "etiketter": ["kalla_id", "slag", "etikett", "id", "anmarkning"],
    "etiketter_riket": ["etikett", "indikator_id", "delmangd", "anmarkning"],
    "indikatorer_mellan_ar": ["fran_ar", "fran_id", "till_ar", "till_id", "typ", "jamforbar", "anmarkning"],
    "enheter_mellan_ar": ["fran_ar", "fran_id", "till_ar", "till_id", "typ", "anmarkning"],
    "indikatorer_kolada": ["kolada_id", "indikator_id", "kodning", "relation", "delmangd", "skal"],
}
"""The files and their columns; all read as text."""
LINKS = {"indikatorer_mellan_ar", "enheter_mellan_ar"}
"""The files that need no rows, since there is nothing to link before the second edition."""


@dataclass(frozen=True)
class Reference:
    """The reference tables as text frames, one attribute per file."""

    enheter: pd.DataFrame
    enheter_i_underlaget: pd.DataFrame
    """Which units a printed source has, in printed order: so that one that falls out or changes
    places with another is missed."""
    kommuner: pd.DataFrame
    indikatorer: pd.DataFrame
    indikatorer_ar: pd.DataFrame
    omraden: pd.DataFrame
    etiketter: pd.DataFrame
    etiketter_riket: pd.DataFrame
    """How other sources than SKL's table name an indicator, or a part of it (`delmangd`)."""
    indikatorer_mellan_ar: pd.DataFrame
    """How the indicators of one edition follow on from those of another."""
    enheter_mellan_ar: pd.DataFrame
    """Units that were renamed, merged or split between two editions."""
    indikatorer_kolada: pd.DataFrame
    """Which key figures of Kolada ask the same as an indicator, a part of it, or something like it."""

    @cached_property
    def municipalities(self) -> pd.DataFrame:
        """Every municipality as a unit: `enhet_id, enhet, typ, kommunkod`."""
        return pd.DataFrame(
            {
                "enhet_id": _distinct_ids(self.kommuner),
                "enhet": self.kommuner["kommun"],
                "typ": "kommun",
                "kommunkod": self.kommuner["kommunkod"],
            }
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """What each municipality and district, and each indicator in short, is called, by id."""
        units = pd.concat([self.municipalities, self.enheter])
        return dict(zip(units["enhet_id"], units["enhet"], strict=True)) | dict(
            zip(self.indikatorer["indikator_id"], self.indikatorer["kortnamn"], strict=True)
        )

    def units(self, used: set[str]) -> pd.DataFrame:
        """The units with these ids with municipality and county, alphabetically by id."""
        listed = self.enheter
        others = self.municipalities[~self.municipalities["enhet_id"].isin(listed["enhet_id"])]
        every = pd.concat([listed, others], ignore_index=True)
        merged = every[every["enhet_id"].isin(used)].merge(
            self.kommuner[["kommunkod", "kommun", "lanskod", "lan"]], on="kommunkod", how="left"
        )
        return merged.sort_values("enhet_id").reset_index(drop=True)

    @cached_property
    def parent_area(self) -> dict[str, str]:
        """Indicator area -> its quality area."""
        return dict(zip(self.omraden["omrade_id"], self.omraden["overordnat_id"], strict=True))

    @cached_property
    def link_to(self) -> dict[tuple[str, str], dict]:
        """Year and indicator -> the first link that leads there."""
        rows = self.indikatorer_mellan_ar.to_dict("records")
        return {(row["till_ar"], row["till_id"]): row for row in reversed(rows)}

    @cached_property
    def years(self) -> list[int]:
        """The years that have an edition, in order."""
        return sorted({int(ar) for ar in self.indikatorer_ar["ar"]})

    def edition(self, ar: int) -> pd.DataFrame:
        """The indicators of one year in published order, indexed by id."""
        rows = self.indikatorer_ar[self.indikatorer_ar["ar"] == str(ar)]
        return rows.assign(nr=rows["nr"].astype(int)).sort_values("nr").set_index("indikator_id")


def unit_id(name: str) -> str:
    """The id of a municipality: its name in lower-case ASCII, words joined by hyphens.

    >>> unit_id("Malå"), unit_id("Upplands Väsby")
    ('mala', 'upplands-vasby')
    """
    plain = unicodedata.normalize("NFC", name).casefold().translate(TRANSLITERATION)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _distinct_ids(kommuner: pd.DataFrame) -> list[str]:
    """The ids of the municipalities. Where two names give the same id (Habo and Håbo) the one
    spelt like its id keeps it; the other has its code added: `habo-0305`.
    """
    ids = [unit_id(name) for name in kommuner["kommun"]]
    taken = Counter(ids)
    return [
        i if taken[i] == 1 or name.casefold() == i else f"{i}-{code}"
        for i, name, code in zip(ids, kommuner["kommun"], kommuner["kommunkod"], strict=True)
    ]


def load_reference(project: Project) -> Reference:
    """All reference tables. Raises `DataError` naming file and row of what is malformed."""
    frames = {name: _read(project, name, columns) for name, columns in COLUMNS.items()}
    files = {name: project.relative(project.reference / f"{name}.csv") for name in COLUMNS}
    if findings := broken_rules(frames, files):
        raise DataError(findings)
    return Reference(**frames)


def _read(project: Project, name: str, columns: list[str]) -> pd.DataFrame:
    path: Path = project.reference / f"{name}.csv"
    rows = [row for _, row in read_rows(path, project.relative(path), columns, name in LINKS)]
    return pd.DataFrame(rows, columns=columns, dtype="str")
