"""Names and ids that try to be something else are refused; how such names are shown: tests/site/building/test_scale.py."""

from __future__ import annotations

import re

import pytest
from conftest import contents
from importfiler import (
    KALLA,
    MARKS,
    File,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    test_units,
)
from strange import HOSTILE

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.schema.tables import TABLES


@pytest.mark.parametrize(
    "table, column",
    [
        (table.name, column)
        for table in TABLES.values()
        for column in table.columns
        if column.name in ("enhet_id", "indikator_id", "omrade_id", "kalla_id") and column.name in table.key
    ],
)
def test_an_id_cannot_leave_the_folder(table, column):
    for bad in ("../ut", "a/b", "a\\b", ".", "", "A", "å", "a b", "a\n", "/etc", "a."):
        assert (
            not re.search(column.pattern, bad)
            or bad == "a\n"
            and not re.fullmatch(column.pattern.strip("^$"), bad)
        ), bad


def test_hostile_names_in_a_file_are_refused_as_unknown(tmp_path, capsys):
    """None of them is a municipality, so the import says which and writes nothing."""
    made = make_project(tmp_path / "projekt")
    units, indicators = test_units(len(HOSTILE) + 2), indicators_of(made)[:12]
    labels = {name: text for (name, _), text in zip(units, HOSTILE, strict=False)}
    path = File(units, indicators, invented_answers(units, indicators), labels=labels).save(tmp_path, "csv")
    profile = profile_file(tmp_path, saknas=MARKS, kalla=KALLA)
    before = contents(made.root / "data")
    code = main(
        ["--rot", str(made.root), "importera", str(path), "--ar", "2016", "--skriv", "--profil", str(profile)]
    )
    said = capsys.readouterr().err
    assert code == 1 and "8 okända enheter" in said and "Traceback" not in said
    assert "<script>alert(1)</script>" in said
    assert contents(made.root / "data") == before
