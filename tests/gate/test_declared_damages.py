"""Damages that follow from the declarations, a few of them: the whole is `make mutation`."""

from __future__ import annotations

import pytest

from ojbrottsoffer.checks.declared_places import RECORDS_OF_RUNS
from ojbrottsoffer.checks.records.damage_record import MutationResult, load_results, save_results
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.parse.json_records import stamp
from tools.damage.contradicting_rows import BETWEEN, PLACES, Tried
from tools.damage.declared_damages import (
    COLUMNS,
    FILES,
    PLACED,
    SWAPPED,
    TEXTS,
    UNITS,
    declared_result,
    summed,
)
from tools.damage.invented_records import RECORDS
from tools.damage.typed_values import TYPES

pytestmark = pytest.mark.slow


def test_every_column_and_row_that_a_damage_fits_is_damaged_and_told(project: Project):
    one = next(iter(PLACES))  # the others differ in where a municipality is put, and take as long
    names = [*COLUMNS, *BETWEEN, UNITS, one]
    result = declared_result(project, 1, set(names), files=lambda path: False)
    assert [row.klass for row in result.klasser] == names and result.passed
    required = sum(column.required for table in TABLES.values() for column in table.columns)
    tried = {row.klass: row.antal for row in result.klasser}
    assert tried[one] >= 290 and tried[UNITS] > 20
    # No unit has changed between editions yet, so that table has no row to damage.
    empty = TABLES["enheter_mellan_ar"]
    assert tried["kolumn-tom"] == required - sum(column.required for column in empty.columns)


def test_every_value_of_some_files_is_damaged_and_told(project: Project):
    names = {"text-osynligt", "tal-for-langt"}
    taken = ("kalmar/riket.csv", "kalmar/origin.yml", "reference/omraden.csv", "kanda_avvikelser.yml")
    result = declared_result(project, 1, names, files=lambda path: path.as_posix().endswith(taken))
    assert {row.klass for row in result.klasser} == names and result.passed
    assert all(row.antal > 200 and row.exempel for row in result.klasser)


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (FILES, ("kalmar/origin.yml",)),
        (TYPES, ("kalmar/origin.yml", "metoder.yml")),
        (RECORDS, tuple(RECORDS_OF_RUNS)),
    ],
)
def test_a_file_that_says_what_it_may_not_is_told(names, taken: tuple[str, ...], project: Project):
    result = declared_result(project, 1, set(names), files=lambda path: path.as_posix().endswith(taken))
    assert [row.klass for row in result.klasser] == list(names) and result.passed
    assert all(row.antal >= len(taken) for row in result.klasser)


def test_ids_that_change_meaning_and_files_that_nobody_reads_are_told(project: Project):
    names = {SWAPPED, PLACED}
    result = declared_result(
        project, 1, names, files=lambda path: path.name in ("indikatorer.csv", "omraden.csv")
    )
    assert {row.klass for row in result.klasser} == names and result.passed
    assert {row.klass: row.antal for row in result.klasser}[PLACED] > 50


def test_what_a_run_writes_can_be_read(tmp_path):
    """Its messages quote texts that can't be published."""
    rows = [
        summed(name, [Tried("en plats", Finding("Värdet är fel", value=spoil("Testkommun 001")))])
        for name, spoil in TEXTS.items()
    ]
    when = stamp() | {"version": "0.1.0"}
    result = MutationResult(kalla_id="alla", fro=1, omfang="alla", klasser=rows, **when)
    copy = Project(tmp_path)
    copy.reference.mkdir(parents=True)
    save_results(copy, [result])
    assert load_results(copy) == [result]
