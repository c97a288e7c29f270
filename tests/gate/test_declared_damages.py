"""Damages that follow from the declarations, a few of them: the whole is `make mutation`."""

from __future__ import annotations

import pytest

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.tables import TABLES
from tools.damage.declared_damages import COLUMNS, FILES, declared_result

pytestmark = pytest.mark.slow


def test_every_column_that_a_damage_fits_is_damaged_and_told(project: Project):
    result = declared_result(project, 1, set(COLUMNS), files=lambda path: False)
    assert [row.klass for row in result.klasser] == list(COLUMNS) and result.passed
    required = sum(column.required for table in TABLES.values() for column in table.columns)
    tried = {row.klass: row.antal for row in result.klasser}
    # No unit has changed between editions yet, so that table has no row to damage.
    empty = TABLES["enheter_mellan_ar"]
    assert tried["kolumn-tom"] == required - sum(column.required for column in empty.columns)


@pytest.mark.parametrize("name", ["text-osynligt", "tal-for-langt"])
def test_every_value_of_some_files_is_damaged_and_told(project: Project, name: str):
    taken = ("kalmar/riket.csv", "kalmar/origin.yml", "reference/omraden.csv", "kanda_avvikelser.yml")
    result = declared_result(project, 1, {name}, files=lambda path: path.as_posix().endswith(taken))
    (row,) = result.klasser
    assert result.passed and row.antal > 200 and row.exempel


def test_a_file_that_asks_too_much_is_told(project: Project):
    result = declared_result(
        project, 1, set(FILES), files=lambda path: path.as_posix().endswith("kalmar/origin.yml")
    )
    assert [row.klass for row in result.klasser] == list(FILES) and result.passed
