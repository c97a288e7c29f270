"""Great Expectations' own pages (Data Docs), for the analyst's machine only.

They load fonts and scripts from other hosts, so the site shows a page of our own instead.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ojbrottsoffer.checks.expectations.derived import with_helpers
from ojbrottsoffer.checks.expectations.parameters import parameters
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.tables import TABLES


def build(project: Project) -> Path:
    """Runs the suites in a scratch copy of the Great Expectations project and renders it.

    Returns the first page. Raises `DataError` if the data can't be used.
    """
    tables = ingest_and_check(project).tables
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from ojbrottsoffer.checks.expectations import expect_table_to_follow_declaration  # noqa: F401

    folder = project.work / "datadocs"
    shutil.rmtree(folder, ignore_errors=True)
    context = gx.get_context(mode="file", project_root_dir=str(folder))
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    shutil.copytree(
        project.expectations / "gx" / "expectations", folder / "gx" / "expectations", dirs_exist_ok=True
    )
    source = context.data_sources.add_pandas("data-clean")
    frames, shared = with_helpers(tables), parameters(tables)
    for name in TABLES:
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("allt")
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=name, data=batch, suite=context.suites.get(name))
        )
        definition.run(batch_parameters={"dataframe": frames[name]}, expectation_parameters=shared)
    context.build_data_docs()
    return folder / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html"
