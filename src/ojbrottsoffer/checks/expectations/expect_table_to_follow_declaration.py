"""A custom expectation: every row of a table is what the table's declaration demands.

Made as Great Expectations' guide to custom batch expectations shows: a metric that computes and
an expectation that judges. A suite can name it as soon as this module has been imported.
"""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from ojbrottsoffer.checks.expectations.declared import demands
from ojbrottsoffer.checks.expectations.row_places import located_by
from ojbrottsoffer.schema.tables import TABLES


class RowsBreakingDeclaration(TableMetricProvider):
    """For each demand of the declaration that some row breaks: its name, its columns, the rows."""

    metric_name = "table.rows_breaking_declaration"
    value_keys = ("table_name", "known")

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(
        cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration
    ) -> list[dict]:
        frame, *_ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type="table")
        name, known = metric_value_kwargs["table_name"], metric_value_kwargs["known"]
        broken = []
        for demand in demands(TABLES[name]):
            rows = demand.breaks(frame, known)
            if rows.any():
                told = dict.fromkeys([*located_by(name, frame), *demand.columns])
                found = _plain(frame.loc[rows, list(told)])
                broken.append({"vad": demand.what, "kolumner": list(demand.columns), "rader": found})
        return broken


def _plain(rows: pd.DataFrame) -> list[dict]:
    """The rows as plain data, None where a value is missing."""
    values = rows.astype(object)
    return values.where(values.notna(), None).to_dict("records")


class ExpectTableToFollowDeclaration(BatchExpectation):
    """Every row of the table is what its declaration demands.

    `known` has the values that foreign keys may have. The result's `details` name each broken
    demand (`vad`) with its columns, and its rows with keys, printed cell and value.
    """

    table_name: str
    known: dict

    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.rows_breaking_declaration",)
    success_keys: ClassVar[tuple[str, ...]] = ("table_name", "known")

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None) -> dict:
        broken = metrics["table.rows_breaking_declaration"]
        return {
            "success": not broken,
            "result": {
                "observed_value": "; ".join(f"{one['vad']}: {len(one['rader'])} fel" for one in broken),
                "details": {"brutna": broken},
            },
        }
