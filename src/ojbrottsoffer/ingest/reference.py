"""The small curated tables in `data/reference/`: codes, names and label variants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ojbrottsoffer.ingest.raw import read_grid
from ojbrottsoffer.paths import Project
from ojbrottsoffer.tables.findings import DataError, Finding

COLUMNS = {
    "enheter": ["enhet_id", "enhet", "typ", "kommunkod"],
    "kommuner": ["kommunkod", "kommun", "lanskod", "lan", "lat", "lon"],
    "indikatorer": ["indikator_id", "kortnamn", "malgrupp", "typ"],
    "indikatorer_ar": ["ar", "nr", "indikator_id", "indikator", "indikatoromrade_id"],
    "omraden": ["omrade_id", "niva", "omrade", "overordnat_id", "ordning"],
    "etiketter": ["kalla_id", "slag", "etikett", "id", "anmarkning"],
    "indikatorer_mellan_ar": ["fran_ar", "fran_id", "till_ar", "till_id", "typ", "jamforbar",
                              "anmarkning"],
    "enheter_mellan_ar": ["fran_ar", "fran_id", "till_ar", "till_id", "typ", "anmarkning"],
}
"""The files and their columns; all read as text."""


@dataclass(frozen=True)
class Reference:
    """The reference tables as text frames, one attribute per file."""

    enheter: pd.DataFrame
    kommuner: pd.DataFrame
    indikatorer: pd.DataFrame
    indikatorer_ar: pd.DataFrame
    omraden: pd.DataFrame
    etiketter: pd.DataFrame
    indikatorer_mellan_ar: pd.DataFrame
    enheter_mellan_ar: pd.DataFrame

    @cached_property
    def parent_area(self) -> dict[str, str]:
        """Indicator area -> its quality area."""
        return dict(zip(self.omraden["omrade_id"], self.omraden["overordnat_id"], strict=True))

    @cached_property
    def years(self) -> list[int]:
        """The years that have an edition, in order."""
        return sorted({int(ar) for ar in self.indikatorer_ar["ar"]})

    def edition(self, ar: int) -> pd.DataFrame:
        """The indicators of one year in published order, indexed by id."""
        rows = self.indikatorer_ar[self.indikatorer_ar["ar"] == str(ar)]
        return rows.assign(nr=rows["nr"].astype(int)).sort_values("nr").set_index("indikator_id")


def load_reference(project: Project) -> Reference:
    """All reference tables. Raises `DataError` naming file and row of what is malformed."""
    return Reference(**{name: _read(project, name, columns) for name, columns in COLUMNS.items()})


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
