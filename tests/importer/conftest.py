"""Fixtures of the importer's tests: a project whose register has the invented municipalities."""

from __future__ import annotations

import pytest
from importfiler import make_project

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.reference.register import Reference, load_reference


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """In place of the checkout itself."""
    return make_project(tmp_path_factory.mktemp("projekt"))


@pytest.fixture(scope="module")
def reference(project: Project) -> Reference:
    return load_reference(project)
