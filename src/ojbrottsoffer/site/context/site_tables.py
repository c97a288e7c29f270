"""What the site shows that belongs to no single edition: read once, shared by all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ojbrottsoffer.analysis.edition import edition, latest_year, read_tables
from ojbrottsoffer.analysis.geography import Geography
from ojbrottsoffer.analysis.municipalities import Municipality, municipalities
from ojbrottsoffer.analysis.units.guide import Guide
from ojbrottsoffer.analysis.units.indicator import Series, nation_over_years
from ojbrottsoffer.analysis.what_a_ja_requires import Definition, definitions_of
from ojbrottsoffer.checks.records.damage_record import MutationResult, load_results
from ojbrottsoffer.checks.report import Report, load_report
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.pictures.maps import Maps
from ojbrottsoffer.sources.curated.corrections import read_corrections
from ojbrottsoffer.sources.curated.english import English, load_english
from ojbrottsoffer.sources.curated.example import Example, load_example
from ojbrottsoffer.sources.curated.readings import Reading, read_readings
from ojbrottsoffer.sources.reference.boundaries import load_boundaries
from ojbrottsoffer.sources.reference.register import load_reference

LATER = "Socialstyrelsen"
"""Who publishes the answers of later years."""
TOLD = ("kommunsvar", "unizon_utan_placering")
"""The tables of what is told of a municipality in words."""


@dataclass(frozen=True, eq=False)
class SiteTables:
    """The published tables, the report of the run that made them, and the reference files."""

    project: Project
    tables: dict[str, pd.DataFrame]
    report: Report
    municipalities: list[Municipality]
    mutation: list[MutationResult]
    corrections: list[dict[str, str]]
    """Dated corrections, the latest first."""
    readings: list[Reading]
    """How the documents were read for contradictions."""
    guide: Guide
    """Factors, roles and tips."""
    methods: frozenset[str]
    """Ids of the method pages that exist."""
    example: Example
    """How one unit has organised its work."""
    geography: Geography
    """Where the municipalities lie."""
    english: English
    """English words for indicators, areas, roles and definitions."""

    @classmethod
    def load(cls, project: Project) -> SiteTables:
        """Reads `data/clean/` and the report of the run that made it."""
        tables = read_tables(project.clean)
        reference = load_reference(project)
        guide = Guide.load(project, reference)
        boundaries = load_boundaries(project, set(reference.kommuner["kommunkod"]))
        return cls(
            project,
            tables,
            load_report(project.report),
            municipalities(reference, edition(tables, latest_year(tables)).units),
            load_results(project),
            read_corrections(project),
            read_readings(project, list(tables["kallor"]["kalla_id"])),
            guide,
            _method_pages(project),
            load_example(project, reference, guide.factors),
            Geography.of(reference.kommuner, boundaries),
            load_english(
                project,
                reference,
                guide.tips,
                tables["definitioner"],
                tables["nyckeltal"].set_index("nyckeltal_id")["nyckeltal"].to_dict(),
            ),
        )

    @cached_property
    def years(self) -> list[int]:
        """The years that have an edition, the latest first."""
        return sorted((int(ar) for ar in self.tables["resultat"]["ar"].unique()), reverse=True)

    @cached_property
    def latest(self) -> dict[str, int]:
        """Unit -> the last edition it is in."""
        return self.tables["resultat"].groupby("enhet_id")["ar"].max().astype(int).to_dict()

    @cached_property
    def latest_indicators(self) -> dict[str, int]:
        """Indicator -> the last edition it is in."""
        return self.tables["resultat"].groupby("indikator_id")["ar"].max().astype(int).to_dict()

    @cached_property
    def question_names(self) -> dict[str, str]:
        """Indicator -> what it was called in the last of the years that have it."""
        return (
            self.tables["indikatorer_ar"]
            .sort_values("ar")
            .drop_duplicates("indikator_id", keep="last")
            .set_index("indikator_id")["indikator"]
            .to_dict()
        )

    @cached_property
    def definitions(self) -> dict[str, list[Definition]]:
        """Indicator -> what a Ja requires, in the order of the table."""
        return definitions_of(self.tables["definitioner"], self.tables["definitioner_begrepp"])

    @cached_property
    def terms(self) -> dict[str, dict]:
        """Term of the definitions -> its row in the glossary."""
        return {row["begrepp_id"]: row for row in self.tables["begrepp"].to_dict("records")}

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Names of all units in any table."""
        return self.tables["enheter"].set_index("enhet_id")["enhet"].to_dict()

    @cached_property
    def factor_names(self) -> dict[str, str]:
        return {factor: found.namn for factor, found in self.guide.factors.factors.items()}

    @cached_property
    def maps(self) -> Maps:
        """The map of all units that have answered in any edition: the same place in each."""
        answered = self.tables["enheter"].set_index("enhet_id").reindex(sorted(self.latest))
        return Maps.of(self.geography, answered)

    @cached_property
    def nation_series(self) -> dict[str, list[Series]]:
        """The nation's shares through the years, of the indicators with more than one."""
        return nation_over_years(self.tables["riket"], self.tables["indikatorer_mellan_ar"])

    @cached_property
    def placings(self) -> dict[str, list[dict]]:
        """Unit -> its published placings of all years, the latest first."""
        rows = self.tables["rankning"].dropna(subset=["placering"])
        found: dict[str, list[dict]] = {}
        for row in rows.sort_values(["ar", "kalla_id"], ascending=[False, True]).to_dict("records"):
            found.setdefault(row["enhet_id"], []).append(row)
        return found

    @cached_property
    def told(self) -> dict[tuple[str, str], list[dict]]:
        """One of the tables `TOLD` and a unit -> the rows that are about it."""
        found: dict[tuple[str, str], list[dict]] = {}
        for table in TOLD:
            for row in self.tables[table].to_dict("records"):
                found.setdefault((table, row["enhet_id"]), []).append(row)
        return found

    @cached_property
    def later_answers(self) -> dict | None:
        """The latest source of the answers of later years."""
        latest = self.tables["riket"].groupby("kalla_id")["ar"].max()
        rows = self.tables["kallor"]
        rows = rows[(rows["utgivare"] == LATER) & rows["url"].notna() & rows["kalla_id"].isin(latest.index)]
        found = sorted(rows.to_dict("records"), key=lambda row: (latest[row["kalla_id"]], row["kalla_id"]))
        return found[-1] if found else None

    @cached_property
    def source_names(self) -> dict[str, str]:
        """Sources as a reader would cite them in a line under a table."""

        def name(row: pd.Series) -> str:
            if pd.isna(row["publicerad"]):
                return row["titel"]
            publisher = row["utgivare"].split(",")[0]
            return f"{publisher}, {row['titel'].split('.')[0]} ({row['publicerad'][:4]})"

        return {row["kalla_id"]: name(row) for _, row in self.tables["kallor"].iterrows()}

    def source_name(self, kalla_id: str) -> str:
        """The name of a source; its id if it is told of, as by the damage test, but not among
        this data's sources.
        """
        return self.source_names.get(kalla_id, kalla_id)


def _method_pages(project: Project) -> frozenset[str]:
    """The pages in `docs/metoder/`: `<id>.md` or a folder of its own."""
    folder = project.root / "docs" / "metoder"
    return frozenset(path.parent.name if path.stem == "index" else path.stem for path in folder.rglob("*.md"))
