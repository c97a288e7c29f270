"""Runs the Great Expectations suites over the tables that are about to be published.

Importing Great Expectations takes seconds, so it happens here, on use, and in `datadocs`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pandas as pd

from ojbrottsoffer.checks.expectations.declared import demands, known_as
from ojbrottsoffer.checks.expectations.derived import with_helpers
from ojbrottsoffer.checks.expectations.outcome import Outcome, findings_of, one_per_cell
from ojbrottsoffer.checks.expectations.parameters import parameters
from ojbrottsoffer.checks.expectations.row_places import located_by
from ojbrottsoffer.checks.expectations.suites import FOLLOWS_DECLARATION, load_suite
from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import FEL, Finding
from ojbrottsoffer.schema.tables import TABLES

if TYPE_CHECKING:
    from great_expectations.core.batch_definition import BatchDefinition


def validate(project: Project, frames: dict[str, pd.DataFrame]) -> tuple[list[Check], list[Finding]]:
    """Every suite over its table. `frames` has every public table, declared columns and, where
    a printed cell stands behind a row, the `PROVENANCE` columns.

    An expectation that could not be evaluated is a finding too, never a silent pass.
    """
    checks: list[Check] = []
    findings: list[Finding] = []
    shared = parameters(frames)
    helped = with_helpers(frames)
    receiver = frame_receiver()
    for name in TABLES:
        of_table, found = validate_table(project, name, helped[name], shared, receiver)
        checks += of_table
        findings += found
    return checks, one_per_cell(findings)


def validate_table(
    project: Project, name: str, frame: pd.DataFrame, shared: dict[str, object], receiver: BatchDefinition
) -> tuple[list[Check], list[Finding]]:
    """The suite of one table over `frame`, which has the helper columns; `shared` are the
    `parameters` of all tables, `receiver` takes the frame. A demand that a rule of its own says over again is one check.
    """
    rules = load_suite(project, name)["expectations"]
    checks: dict[str, Check] = {}
    findings: list[Finding] = []
    # Great Expectations copies a rule's values hundreds of times: a whole check takes 1.45 s of CPU instead
    # of 1.57 when the rule that follows the declaration has only the values that the table points at.
    known = {key: shared["kanda_varden"][key] for key in map(known_as, TABLES[name].foreign_keys)}
    own = shared | {"kanda_varden": known}
    for outcome in _run(name, rules, frame.reset_index(drop=True), own, receiver):
        found = findings_of(project, name, outcome)
        told = outcome.told
        check = Check(name, told["vad"], told["varfor"], outcome.tested, len(found), told["slag"])
        checks.setdefault(check.what, check)
        findings += found
    return list(checks.values()), findings


def frame_receiver() -> BatchDefinition:
    """Where frames are handed to Great Expectations: it writes, sends and prints nothing."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from ojbrottsoffer.checks.expectations import expect_table_to_follow_declaration  # noqa: F401

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("minne").add_dataframe_asset("tabell")
    return asset.add_batch_definition_whole_dataframe("allt")


def _run(
    name: str, rules: list[dict], frame: pd.DataFrame, shared: dict[str, object], receiver: BatchDefinition
) -> list[Outcome]:
    """What Great Expectations says of each rule, in their order."""
    from great_expectations import ExpectationSuite

    result = receiver.get_batch({"dataframe": frame}).validate(
        ExpectationSuite(name=name, expectations=rules),
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": located_by(name, frame)},
        expectation_parameters=shared,
    )
    said = {one.expectation_config.id: one for one in result.results}
    return [outcome for rule in rules for outcome in _outcomes(name, rule, said.get(rule["id"]), len(frame))]


def _outcomes(name: str, rule: dict, said, rows: int) -> list[Outcome]:
    """One rule as one outcome; the rule that follows the declaration as one for each demand."""
    told, kwargs = rule["meta"], rule["kwargs"]
    column = kwargs.get("column") or " + ".join(
        kwargs.get("column_list") or [kwargs[key] for key in ("column_A", "column_B") if key in kwargs]
    )
    if said is None:  # Great Expectations leaves out, without a word, a rule of a type it does not know
        return [Outcome(told, column, 0, False, error=rule["type"])]
    errors = [one["exception_message"] for one in _exceptions(said.exception_info) if one["raised_exception"]]
    if errors:
        return [Outcome(told, column, rows, False, error=errors[0])]
    result = said.result
    if rule["type"] != FOLLOWS_DECLARATION:
        return [
            Outcome(
                told,
                column,
                result.get("element_count", rows),
                said.success,
                result.get("unexpected_index_list") or [],
                result.get("observed_value", ""),
            )
        ]
    broken = {one["vad"]: one["rader"] for one in result["details"]["brutna"]}
    return [
        Outcome(
            {"vad": demand.what, "varfor": demand.why, "atgard": demand.fix, "slag": FEL},
            " + ".join(demand.columns),
            rows,
            demand.what not in broken,
            broken.get(demand.what, []),
        )
        for demand in demands(TABLES[name])
    ]


def _exceptions(info: dict) -> list[dict]:
    """`exception_info` is one dict, or one per metric."""
    return [info] if "raised_exception" in info else list(info.values())
