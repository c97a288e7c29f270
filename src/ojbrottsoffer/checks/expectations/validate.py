"""Runs the Great Expectations suites over the tables that are about to be published.

Importing Great Expectations takes seconds, so it happens here, on use, and nowhere else.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from ojbrottsoffer.checks.expectations.deciding import Deciding
from ojbrottsoffer.checks.expectations.derived import with_helpers
from ojbrottsoffer.checks.expectations.places import key_columns, place
from ojbrottsoffer.checks.expectations.shortcuts import imported_on_use, rules_read_once
from ojbrottsoffer.checks.expectations.suites import load_suite, suite_path
from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.importer.editions import is_imported
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import UPPLYSNING, Finding, show
from ojbrottsoffer.schema.memory import memorised, recalled
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.computed import own_sources
from ojbrottsoffer.sources.skl2016 import PROVENANCE


@dataclass(frozen=True)
class Outcome:
    """What Great Expectations said of one rule, as plain data. `rows`: the keys and places of
    the rows that break it; `error`: why it could not be run.
    """

    tested: int
    success: bool
    rows: list[dict] = field(default_factory=list)
    observed: object = ""
    error: str = ""


Passed = dict[str, Outcome]
"""What rules have said before, by a digest of rule and content."""


def validate(
    project: Project, frames: dict[str, pd.DataFrame], passed: Passed | None = None
) -> tuple[list[Check], list[Finding]]:
    """Every suite over its table. `frames` has every public table, declared columns and, where
    a printed cell stands behind a row, the `PROVENANCE` columns.

    An expectation that could not be evaluated is a finding too, never a silent pass.
    A rule that has already been run on the same is not run again in a build, nor with `passed`,
    which the caller keeps between runs: for whoever checks many near-identical editions in one
    process.
    """
    checks: list[Check] = []
    findings: list[Finding] = []
    shared = parameters(frames)
    helped = with_helpers(frames)
    for name in TABLES:
        rules = load_suite(project, name)["expectations"]
        frame = helped[name].reset_index(drop=True)
        outcomes = _run(project, name, rules, frame, shared, passed)
        for rule in rules:
            outcome, meta = outcomes[rule["id"]], rule["meta"]
            found = _findings(project, name, rule, outcome)
            checks.append(Check(name, meta["vad"], meta["varfor"], outcome.tested, len(found), meta["slag"]))
            findings += found
    return checks, _one_per_cell(findings)


def _run(
    project: Project,
    name: str,
    rules: list[dict],
    frame: pd.DataFrame,
    parameters: dict,
    passed: Passed | None = None,
) -> dict[str, Outcome]:
    """Rule id -> what Great Expectations says, or has said of the same."""
    known = recalled(project, "regler", name) if passed is None else passed
    if passed is None and project.memory is None:
        return _outcomes(name, rules, frame, parameters)
    deciding = Deciding(frame, parameters, [*key_columns(name), *PROVENANCE])
    outcomes: dict[str, Outcome] = {}
    used: Passed = {}
    for rule in rules if known else ():
        for decided in (deciding.passing, deciding.finding):
            if (digest := decided(rule)) in known:
                outcomes[rule["id"]] = used[digest] = known[digest]
                break
    if waiting := [rule for rule in rules if rule["id"] not in outcomes]:
        outcomes |= _outcomes(name, waiting, frame, parameters)
    for rule in waiting:
        outcome = outcomes[rule["id"]]
        if not outcome.error:
            used[(deciding.passing if outcome.success else deciding.finding)(rule)] = outcome
    if passed is None:
        memorised(project, "regler", name, used)
    else:
        passed |= used
    return outcomes


def _outcomes(name: str, rules: list[dict], frame: pd.DataFrame, parameters: dict) -> dict[str, Outcome]:
    """Rule id -> what Great Expectations says."""
    definition, gx = _batch_definition()
    located = set(PROVENANCE) <= set(frame.columns)
    key = [*key_columns(name), *(PROVENANCE if located else ())]
    with rules_read_once():
        result = definition.get_batch({"dataframe": frame}).validate(
            gx.ExpectationSuite(name=name, expectations=rules),
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": key},
            expectation_parameters=parameters,
        )
    ran = {outcome.expectation_config.id: _outcome(outcome, len(frame)) for outcome in result.results}
    # Great Expectations leaves out, without a word, a rule of a type it does not know.
    return ran | {
        rule["id"]: Outcome(0, False, error=rule["type"]) for rule in rules if rule["id"] not in ran
    }


def _outcome(said, rows: int) -> Outcome:
    errors = [
        info["exception_message"] for info in _exceptions(said.exception_info) if info.get("raised_exception")
    ]
    return Outcome(
        said.result.get("element_count", rows),
        said.success,
        said.result.get("unexpected_index_list") or [],
        said.result.get("observed_value", ""),
        errors[0] if errors else "",
    )


def _not_run(project: Project, table: str, rule: dict, reason: str) -> Finding:
    return Finding(
        "Kontrollen kunde inte köras",
        file=project.relative(suite_path(project, table)),
        table=table,
        value=reason,
        expected=rule["meta"]["vad"],
        action="Rätta regeln i expectations/ eller tabellen den läser.",
    )


@lru_cache(maxsize=1)
def _batch_definition() -> tuple:
    """Where frames are handed to Great Expectations: it writes, sends and prints nothing."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with imported_on_use("scipy.stats", "altair"):  # half of what it imports; for rules we don't have
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("minne").add_dataframe_asset("tabell")
    return asset.add_batch_definition_whole_dataframe("allt"), gx


def parameters(frames: dict[str, pd.DataFrame]) -> dict[str, object]:
    """What expectations across tables refer to as `$PARAMETER`."""
    values: dict[str, object] = {
        f"{key.target}_{key.target_column}": sorted(set(frames[key.target][key.target_column]))
        for table in TABLES.values()
        for key in table.foreign_keys
    }
    areas = frames["omraden"]
    for niva in ("kvalitetsomrade", "indikatoromrade"):
        values[f"omraden_{niva}"] = sorted(areas.loc[areas["niva"] == niva, "omrade_id"])
    answering = frames["enheter_ar"].query("med_i_underlaget")
    units = answering.groupby("ar").size()
    indicators = frames["indikatorer_ar"].groupby("ar").size()
    values["antal_resultat"] = int((units * indicators).sum())
    values["antal_enheter_i_underlaget"] = len(answering)
    values["enheter_i_underlaget"] = sorted(set(answering["enhet_id"]))
    values["indikatorer_med_svar"] = sorted(set(frames["indikatorer_ar"]["indikator_id"]))
    values["antal_indikatorer_per_ar"] = int(indicators.max())
    # Of an imported file the reader knows every cell, and lets one be empty only if its profile says why.
    totals = frames["antal_ja"]
    imported = totals["kalla_id"].map(is_imported).astype(bool)
    with_totals = set(totals.loc[~imported, "ar"])
    values["antal_enheter_med_publicerat_antal"] = int(
        answering["ar"].isin(with_totals).sum() + imported.sum()
    )
    own = own_sources(frames["resultat"])
    with_shares = {
        row.ar
        for row in frames["riket"].itertuples()
        if own.get(row.ar) == row.kalla_id and not is_imported(row.kalla_id)
    }
    of_years = frames["indikatorer_ar"]["ar"].isin(with_shares)
    values["indikatorer_med_riket"] = sorted(set(frames["indikatorer_ar"].loc[of_years, "indikator_id"]))
    return values


def _findings(project: Project, table: str, rule: dict, outcome: Outcome) -> list[Finding]:
    if outcome.success:
        return []
    if outcome.error:
        return [_not_run(project, table, rule, outcome.error)]
    meta, kwargs = rule["meta"], rule["kwargs"]
    column = kwargs.get("column") or " + ".join(
        str(kwargs[name]) for name in ("column_A", "column_B", "column_list") if name in kwargs
    )
    if not outcome.rows:
        return [
            Finding(
                "Tabellen bryter mot en regel",
                file=place(project, table, None)[0],
                table=table,
                column=column,
                value=str(outcome.observed),
                expected=meta["vad"],
                action=meta["atgard"],
                kind=meta["slag"],
                priority=6,
            )
        ]
    return [_finding(project, table, column, meta, row) for row in outcome.rows]


def _exceptions(info: dict) -> list[dict]:
    """`exception_info` is one dict, or one per metric."""
    return [info] if "raised_exception" in info else list(info.values())


def _finding(project: Project, table: str, column: str, meta: dict, row: dict) -> Finding:
    """One row that breaks a rule; `meta` may have a heading of its own (`rubrik`)."""
    what = meta.get("rubrik", "Otillåtet värde")
    computed = column.startswith("_")
    value = row.get(column)
    if computed and value is not None:
        what = f"{what}: {value}"
    if isinstance(row.get("_fil"), str):
        # The printed cell is not always what is wrong: it may be the row's source or unit.
        if not (computed or pd.isna(value) or str(value) == row["_varde"]):
            what = f"{what} i kolumnen {column}: {show(str(value))}"
        return Finding(
            what,
            file=row["_fil"],
            table=row["_tabell"],
            row=int(row["_rad"]),
            row_label=row["_etikett"],
            column=row["_kolumn"],
            value=row["_varde"],
            expected=meta["vad"],
            action=meta["atgard"],
            kind=meta["slag"],
        )
    keys = ", ".join(f"{name} = {row[name]}" for name in TABLES[table].key if name in row)
    file, line = place(project, table, row)
    return Finding(
        what,
        file=file,
        table=table,
        row=line,
        row_label=keys,
        column="" if computed else column,
        value=None if value is None or computed else str(value),
        expected=meta["vad"],
        action=meta["atgard"],
        kind=meta["slag"],
    )


def _one_per_cell(findings: list[Finding]) -> list[Finding]:
    """One cell can break several rules; the first says enough. Notices are kept apart."""
    seen: dict[tuple, Finding] = {}
    for finding in findings:
        cell = (
            (finding.file, finding.row, finding.column)
            if finding.row
            else (finding.table, finding.row_label, finding.column, finding.expected)
        )
        seen.setdefault((finding.kind == UPPLYSNING, *cell), finding)
    return list(seen.values())
