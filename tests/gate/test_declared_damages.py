"""Damages that follow from the declarations, a few of them: the whole is `make mutation`."""

from __future__ import annotations

import pytest

from ojbrottsoffer.checks.damage_record import MutationResult, load_results, save_results, stamp
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.tables import TABLES
from tools.damage.declared_damages import (
    COLUMNS,
    FILES,
    PLACED,
    RECORDS,
    SWAPPED,
    TEXTS,
    Tried,
    declared_result,
    summed,
)

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
        project,
        1,
        {*FILES, *RECORDS},
        files=lambda path: path.as_posix().endswith(
            ("kalmar/origin.yml", "tillganglighet.json", "versioner.json")
        ),
    )
    assert [row.klass for row in result.klasser] == [*FILES, *RECORDS] and result.passed


def test_ids_that_change_meaning_and_files_that_nobody_reads_are_told(project: Project):
    names = {SWAPPED[0], PLACED[0]}
    result = declared_result(
        project, 1, names, files=lambda path: path.name in ("indikatorer.csv", "omraden.csv")
    )
    assert {row.klass for row in result.klasser} == names and result.passed
    assert {row.klass: row.antal for row in result.klasser}[PLACED[0]] > 50


def test_what_a_run_writes_can_be_read(tmp_path):
    """Its messages quote texts that can't be published."""
    spoilt = [
        Tried("en plats", Finding("Värdet är fel", value=kind.spoil("Testkommun 001"))) for kind in TEXTS
    ]
    rows = [summed(kind.name, kind.title, [one]) for kind, one in zip(TEXTS, spoilt, strict=True)]
    result = MutationResult(kalla_id="alla", fro=1, omfang="alla", klasser=rows, **stamp())
    copy = Project(tmp_path)
    copy.reference.mkdir(parents=True)
    save_results(copy, [result])
    assert load_results(copy) == [result]
