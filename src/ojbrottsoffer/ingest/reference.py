"""The small curated tables in `data/reference/`: codes, names and label variants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ojbrottsoffer.ingest.raw import read_grid
from ojbrottsoffer.ingest.reference_rules import broken_rules
from ojbrottsoffer.paths import Project
from ojbrottsoffer.tables.findings import DataError, Finding

COLUMNS = {
    "enheter": ["enhet_id", "enhet", "typ", "kommunkod"],
    "enheter_i_underlaget": ["kalla_id", "enhet_id"],
    "kommuner": ["kommunkod", "kommun", "lanskod", "lan", "lat", "lon"],
    "indikatorer": ["indikator_id", "kortnamn", "malgrupp", "typ"],
    "indikatorer_ar": ["ar", "nr", "indikator_id", "indikator", "indikatoromrade_id"],
    "omraden": ["omrade_id", "niva", "omrade", "overordnat_id", "ordning"],
    "etiketter": ["kalla_id", "slag", "etikett", "id", "anmarkning"],
    "etiketter_riket": ["etikett", "indikator_id", "delmangd", "anmarkning"],
}
"""The files and their columns; all read as text."""


@dataclass(frozen=True)
class Reference:
    """The reference tables as text frames, one attribute per file."""

    enheter: pd.DataFrame
    enheter_i_underlaget: pd.DataFrame
    """Which units a printed source has: so that one that falls out is missed."""
    kommuner: pd.DataFrame
    indikatorer: pd.DataFrame
    indikatorer_ar: pd.DataFrame
    omraden: pd.DataFrame
    etiketter: pd.DataFrame
    etiketter_riket: pd.DataFrame
    """How other sources than SKL's table name an indicator, or a part of it (`delmangd`)."""

    @cached_property
    def municipalities(self) -> pd.DataFrame:
        """Every municipality as a unit: `enhet_id, enhet, typ, kommunkod`."""
        return pd.DataFrame(
            {
                "enhet_id": [unit_id(name) for name in self.kommuner["kommun"]],
                "enhet": self.kommuner["kommun"],
                "typ": "kommun",
                "kommunkod": self.kommuner["kommunkod"],
            }
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

    def edition(self, ar: int) -> pd.DataFrame:
        """The indicators of one year in published order, indexed by id."""
        rows = self.indikatorer_ar[self.indikatorer_ar["ar"] == str(ar)]
        return rows.assign(nr=rows["nr"].astype(int)).sort_values("nr").set_index("indikator_id")


def unit_id(name: str) -> str:
    """The id of a municipality: its name in lower-case ASCII, words joined by hyphens.

    >>> unit_id("Malå"), unit_id("Upplands Väsby")
    ('mala', 'upplands-vasby')
    """
    return name.lower().translate(str.maketrans("åäöéü ", "aaoeu-"))


def load_reference(project: Project) -> Reference:
    """All reference tables. Raises `DataError` naming file and row of what is malformed."""
    frames = {name: _read(project, name, columns) for name, columns in COLUMNS.items()}
    files = {name: project.relative(project.reference / f"{name}.csv") for name in COLUMNS}
    if findings := broken_rules(frames, files):
        raise DataError(findings)
    return Reference(**frames)


def _read(project: Project, name: str, columns: list[str]) -> pd.DataFrame:
    path: Path = project.reference / f"{name}.csv"
    file = project.relative(path)
    rows = read_grid(path, file)
    if rows[0] != columns:
        raise DataError([Finding("Kolumnerna i referensfilen stämmer inte", file=file, row=1,
                                 value=",".join(rows[0]), expected=",".join(columns),
                                 action="Rätta rubrikraden.", priority=1)])
    bad = [
        Finding("Raden har fel antal kolumner", file=file, row=number, value=",".join(row),
                expected=f"{len(columns)} kolumner: {', '.join(columns)}",
                action="Rätta raden.", priority=1)
        for number, row in enumerate(rows[1:], start=2)
        if len(row) != len(columns)
    ]
    if bad:
        raise DataError(bad)
    return pd.DataFrame(rows[1:], columns=columns, dtype="str")
