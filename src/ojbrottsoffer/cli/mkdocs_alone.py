"""What `mkdocs build` and `mkdocs serve` do first when they are run by themselves.

MkDocs calls this (`hooks:` in `mkdocs.yml`) before `site/hook.py`, which wants checked tables and
executed notebooks: those that are not current are made by the steps of `make`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from ojbrottsoffer.cli.build import run_stale
from ojbrottsoffer.cli.publishing import alone
from ojbrottsoffer.cli.steps import DATA, NOTEBOOKS
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.hook import PROJECT


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Makes what is missing; stops if the data can't be used, after the message that says why."""
    if PROJECT not in config.extra:  # `webbplats` says which project it builds, and needs no help
        project = Project(Path(config.config_file_path).parent)
        with alone(project):
            if run_stale(project, (DATA, NOTEBOOKS)):
                raise PluginError("Stopp: webbplatsen kan inte byggas förrän felet ovan är rättat.")
        config.extra[PROJECT] = replace(project, staged=True)
    return config
