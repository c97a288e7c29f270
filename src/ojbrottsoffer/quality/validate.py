"""Runs the Great Expectations suites over the tables that are about to be published.

Importing Great Expectations takes seconds, so it happens here, on use, and nowhere else.
"""

from __future__ import annotations

import os

import pandas as pd

from ojbrottsoffer.ingest.skl2016 import PROVENANCE
from ojbrottsoffer.paths import Project
from ojbrottsoffer.quality.report import Check
from ojbrottsoffer.quality.suites import load_suite
from ojbrottsoffer.tables.declarations import TABLES
from ojbrottsoffer.tables.findings import Finding


def validate(
    project: Project, frames: dict[str, pd.DataFrame]
) -> tuple[list[Check], list[Finding]]:
    """Every suite over its table. `frames` has every public table, declared columns and, where
    a printed cell stands behind a row, the `PROVENANCE` columns.

    An expectation that could not be evaluated is a finding too, never a silent pass.
    """
    context, gx = _context()
    checks: list[Check] = []
    findings: list[Finding] = []
    parameters = _parameters(frames)
    for name in TABLES:
        suite = load_suite(project, name)
        frame = frames[name].reset_index(drop=True)
        located = PROVENANCE if "_fil" in frame.columns else list(TABLES[name].key)
        batch = (
            context.data_sources.add_pandas(name)
            .add_dataframe_asset(name)
            .add_batch_definition_whole_dataframe("allt")
            .get_batch({"dataframe": frame})
        )
        result = batch.validate(
            gx.ExpectationSuite(name=name, expectations=suite["expectations"]),
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": located},
            expectation_parameters=parameters,
        )
        for outcome in result.results:
            found = [] if outcome.success else _findings(name, outcome)
            meta = outcome.expectation_config.meta
            tested = outcome.result.get("element_count", len(frame))
            checks.append(Check(name, meta["vad"], meta["varfor"], tested, len(found),
                                meta["slag"]))
            findings += found
    return checks, _one_per_cell(findings)


def _context() -> tuple:
    """A Great Expectations context that writes nothing, sends nothing and stays quiet."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context, gx


def _parameters(frames: dict[str, pd.DataFrame]) -> dict[str, object]:
    """What expectations across tables refer to as `$PARAMETER`."""
    parameters: dict[str, object] = {
        f"{key.target}_{key.target_column}": sorted(set(frames[key.target][key.target_column]))
        for table in TABLES.values()
        for key in table.foreign_keys
    }
    areas = frames["omraden"]
    for niva in ("kvalitetsomrade", "indikatoromrade"):
        parameters[f"omraden_{niva}"] = sorted(areas.loc[areas["niva"] == niva, "omrade_id"])
    units = frames["enheter_ar"].query("med_i_underlaget").groupby("ar").size()
    indicators = frames["indikatorer_ar"].groupby("ar").size()
    parameters["antal_resultat"] = int((units * indicators).sum())
    parameters["antal_indikatorer_per_ar"] = int(indicators.max())
    return parameters


def _findings(table: str, outcome) -> list[Finding]:
    meta = outcome.expectation_config.meta
    kwargs = outcome.expectation_config.kwargs
    errors = [
        info["exception_message"]
        for info in _exceptions(outcome.exception_info)
        if info.get("raised_exception")
    ]
    if errors:
        return [Finding("Kontrollen kunde inte köras", table=table, value=errors[0],
                        expected=meta["vad"], kind=meta["slag"],
                        action="Rätta regeln i expectations/ eller tabellen den läser.")]
    column = kwargs.get("column") or " + ".join(
        str(kwargs[name]) for name in ("column_A", "column_B", "column_list") if name in kwargs
    )
    rows = outcome.result.get("unexpected_index_list")
    if not rows:
        return [Finding("Tabellen bryter mot en regel", table=table, column=column,
                        value=str(outcome.result.get("observed_value", "")),
                        expected=meta["vad"], action=meta["atgard"], kind=meta["slag"],
                        priority=6)]
    return [_finding(table, column, meta, row) for row in rows]


def _exceptions(info: dict) -> list[dict]:
    """`exception_info` is one dict, or one per metric."""
    return [info] if "raised_exception" in info else list(info.values())


def _finding(table: str, column: str, meta: dict, row: dict) -> Finding:
    if "_fil" in row:
        return Finding("Otillåtet värde", file=row["_fil"], table=row["_tabell"],
                       row=int(row["_rad"]), row_label=row["_etikett"], column=row["_kolumn"],
                       value=row["_varde"], expected=meta["vad"], action=meta["atgard"],
                       kind=meta["slag"])
    value = row.get(column)
    keys = ", ".join(f"{name} = {row[name]}" for name in TABLES[table].key if name in row)
    return Finding("Otillåtet värde", table=table, row_label=keys, column=column,
                   value=None if value is None else str(value), expected=meta["vad"],
                   action=meta["atgard"], kind=meta["slag"])


def _one_per_cell(findings: list[Finding]) -> list[Finding]:
    """One cell can break several rules; the first says enough."""
    seen: dict[tuple, Finding] = {}
    for finding in findings:
        place = (finding.file, finding.row, finding.column) if finding.file else (
            finding.table, finding.row_label, finding.column, finding.expected)
        seen.setdefault(place, finding)
    return list(seen.values())
