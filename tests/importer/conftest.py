"""Fixtures of the importer's tests: a project whose register has the invented municipalities."""

from __future__ import annotations

import pytest
from importfiler import make_project

from ojbrottsoffer.importer.meaning.known_names import KnownNames, load_known_names
from ojbrottsoffer.project import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """In place of the checkout itself."""
    return make_project(tmp_path_factory.mktemp("projekt"))


@pytest.fixture(scope="module")
def reference(project: Project) -> KnownNames:
    return load_known_names(project)
