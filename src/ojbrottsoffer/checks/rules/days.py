"""Days that can't be: decided, corrected or tried before that which it is about was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from ojbrottsoffer.checks.records.audit_record import load_audit
from ojbrottsoffer.checks.records.coverage_record import load_coverage
from ojbrottsoffer.checks.records.damage_record import load_results
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.sources.curated import corrections
from ojbrottsoffer.sources.curated.decisions import KNOWN_CONTRADICTIONS, KnownContradiction
from ojbrottsoffer.sources.parse.raw import line_of
from ojbrottsoffer.sources.recorded_versions import Version


def tried_too_early(project: Project, versions: Sequence[Version]) -> list[Finding]:
    """A finding for each record of a run that is older than the version before the one it says it tried."""
    days = {version.version: version.datum for version in versions}
    before = dict(zip(days, list(days.values())[1:], strict=False))
    records = {
        "skadeprov.json": load_results(project),
        "tackning.json": [record for record in [load_coverage(project)] if record],
        "tillganglighet.json": [record for record in [load_audit(project)] if record],
    }
    return [
        _too_early(
            project, name, None, record.version, "datum", record.datum, first, "som versionen före är från"
        )
        for name, found in records.items()
        for record in found
        for first in [before.get(record.version, days.get(versions[0].version, "") if versions else "")]
        if record.datum < first
    ]


def decided_too_early(
    project: Project,
    frames: Mapping[str, pd.DataFrame],
    known: Mapping[str, KnownContradiction],
    corrected: Sequence[dict[str, str]],
    versions: Sequence[Version],
) -> list[Finding]:
    """A finding for each contradiction that was looked at before both sources were retrieved (or published, where
    that is all that is known), and for each correction from before the first version.
    """
    sources = frames["kallor"].set_index("kalla_id")
    there = sources["hamtad"].fillna(sources["publicerad"]).dropna().to_dict()
    path = project.reference / KNOWN_CONTRADICTIONS
    findings = []
    for row in frames["avvikelser"].itertuples():
        said = known.get(row.avvikelse_id)
        days = {source: there[source] for source in (row.kalla_id_a, row.kalla_id_b) if source in there}
        if said and days and said.granskad < max(days.values()):
            latest = max(days, key=days.__getitem__)
            findings.append(
                _too_early(
                    project,
                    path.name,
                    line_of(path, f"avvikelse_id: {row.avvikelse_id}"),
                    row.avvikelse_id,
                    "granskad",
                    said.granskad,
                    days[latest],
                    f"då {latest} kom in (origin.yml)",
                )
            )
    return findings + [
        _too_early(
            project,
            corrections.FILE_NAME,
            line_of(project.reference / corrections.FILE_NAME, row["datum"]),
            row["vad"],
            "datum",
            row["datum"],
            versions[-1].datum,
            "då den första versionen kom; före den fanns inget att rätta",
        )
        for row in corrected
        if versions and row["datum"] < versions[-1].datum
    ]


def _too_early(
    project: Project, name: str, row: int | None, label: str, column: str, said: str, first: str, why: str
) -> Finding:
    return Finding(
        "Dagen är före det den gäller",
        file=project.relative(project.reference / name),
        row=row,
        row_label=label,
        column=column,
        value=said,
        expected=f"en dag från {first}, {why}",
        action="Rätta dagen, eller gör om det som skulle ha gjorts.",
        priority=1,
    )
