"""Fixtures of the importer's tests: a project whose register has the invented municipalities."""

from __future__ import annotations

import pytest
from importfiler import make_project

from ojbrottsoffer.checks import gate
from ojbrottsoffer.checks.expectations.validate import validate
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.register import Reference, load_reference

RULES_RUN: dict = {}


@pytest.fixture(scope="module")
def remembered_checks():
    """A rule that has been run on the same values is not run again: the projects of these tests
    differ in a few tables only. `importera` and `granska` are the same otherwise."""
    remember = pytest.MonkeyPatch()
    remember.setattr(
        gate, "validate", lambda project, frames, passed=None: validate(project, frames, RULES_RUN)
    )
    yield
    remember.undo()


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """In place of the checkout itself."""
    return make_project(tmp_path_factory.mktemp("projekt"))


@pytest.fixture(scope="module")
def reference(project: Project) -> Reference:
    return load_reference(project)
