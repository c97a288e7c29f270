"""The edition before the one that is being imported: the units and the questions it had."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.importer.accepted.accept import folder_name
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.reference.register import Reference


@dataclass(frozen=True)
class Before:
    """What the edition of `ar` had: id -> name."""

    ar: int
    units: dict[str, str]
    indicators: dict[str, str]
    renamed: dict[str, str]
    """Unit -> the unit it has become since, as the register says."""

    def units_missing(self, reading: Reading) -> list[str]:
        """Names of the units that the file lacks."""
        found = {item.unit.enhet_id for item in reading.units}
        return [name for unit, name in self.units.items() if self.renamed.get(unit, unit) not in found]

    def indicators_missing(self, reading: Reading) -> list[str]:
        """Names of the indicators that no column (or row) of the file is or has come from."""
        found = {item.indikator_id for item in reading.indicators}
        for item in reading.indicators:
            found |= set(item.said.fran) if item.said else set()
        return [name for indicator, name in self.indicators.items() if indicator not in found]


def edition_before(project: Project, reference: Reference, ar: int) -> Before | None:
    """The last edition before `ar`, or None. Raises `DataError` if its file can't be read."""
    earlier = [year for year in reference.years if year < ar]
    if not earlier:
        return None
    year = max(earlier)
    folder = project.raw / folder_name("svar", year)
    if folder.exists():
        ids = set(editions.read(project, reference, folder).frames["enheter_ar"]["enhet_id"])
    else:
        listed = reference.enheter_i_underlaget
        ids = (
            set(listed.loc[listed["kalla_id"] == skl2016.KALLA_ID, "enhet_id"])
            if year == skl2016.AR
            else set()
        )
    units = reference.units(ids)
    links = reference.enheter_mellan_ar.query("till_ar == @text", local_dict={"text": str(ar)})
    return Before(
        year,
        dict(zip(units["enhet_id"], units["enhet"], strict=True)),
        {indicator: reference.names[indicator] for indicator in reference.edition(year).index},
        dict(zip(links["fran_id"], links["till_id"], strict=True)),
    )


def shares_before(project: Project, ar: int) -> dict[str, float]:
    """indikator_id -> percent of the nation that answered Ja, of the last published year before `ar`; empty if
    nothing is published."""
    path = project.clean / "riket.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["delmangd"] == "alla" and int(row["ar"]) < ar]
    last = max((row["ar"] for row in rows), default="")
    return {row["indikator_id"]: float(row["andel_ja_procent"]) for row in rows if row["ar"] == last}
