"""Several years in one file: one recipe, one edition for each year, all of them or none."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from conftest import contents
from importfiler import KALLA, indicators_of, invented_answers, make_project
from importforms import FORMS, UNITS, Answers, save_book

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.importer.recipes.recipe_file import parse_profile
from ojbrottsoffer.importer.understand import years_in
from ojbrottsoffer.sources.reference.register import load_reference

SAID = {"saknas": {"X": "sekretess", "tom": "ej_besvarat"}, "kalla": KALLA}
APART = {
    "wide_both_years": [2015, 2016],
    "wide_year_rows": [2015, 2016],
    "sheet_per_year": [2015, 2016],
    "long_years": [2015, 2016, 2017],
    "long_year_columns": [2015, 2016],
    "wide": [],
    "long": [],
}


@pytest.fixture(scope="module")
def answers(project):
    indicators = indicators_of(project)
    return Answers(UNITS, indicators, invented_answers(UNITS, indicators))


@pytest.mark.parametrize("form", APART)
def test_the_years_that_a_file_keeps_apart(reference, answers, tmp_path, form):
    path = save_book(tmp_path / "fil.xlsx", FORMS[form](answers))
    said = parse_profile(dict(SAID), path)
    assert years_in(path, path.name, said, reference) == APART[form]


@pytest.fixture
def scratch(tmp_path):
    return make_project(tmp_path / "projekt")


@pytest.mark.slow
def test_all_years_at_once(scratch, answers, tmp_path, capsys):
    """2015 is there already; a question about one of the years stops them all."""
    path = save_book(tmp_path / "fil.csv", FORMS["long_years"](answers))
    profile = tmp_path / "profil.yml"
    command = ["--rot", str(scratch.root), "importera", str(path), "--ar", "alla", "--profil", str(profile)]
    before = contents(scratch.root / "data")
    profile.write_text(yaml.safe_dump(SAID | {"saknas": {"X": "sekretess"}}), encoding="utf-8")
    assert main([*command, "--skriv"]) == 1 and contents(scratch.root / "data") == before
    profile.write_text(yaml.safe_dump(SAID, allow_unicode=True), encoding="utf-8")
    assert main([*command, "--skriv"]) == 0
    said = capsys.readouterr().out
    assert "2015 läses inte" in said and "granska --ar 2016" in said and "granska --ar 2017" in said
    reference = load_reference(scratch)
    for ar in (2016, 2017):
        edition = editions.read(scratch, reference, scratch.raw / f"oj-{ar}")
        read = edition.frames["resultat"]
        codes = {key: None for key in answers.expected()} | {
            (row.enhet_id, row.indikator_id): row.svar_kod
            for row in read.itertuples()
            if row.svar_kod == row.svar_kod
        }
        truth = {
            (name.lower().replace(" ", "-"), item[0]): answers.shown(name, item[0], ar != 2016)
            for name, _ in answers.units
            for item in answers.indicators
        }
        words = {2: "Ja", 1: "Delvis", 0: "Nej"}
        assert {key: words.get(code) for key, code in codes.items()} == {
            key: word if word in words.values() else None for key, word in truth.items()
        }


def test_a_file_that_keeps_no_years_apart(scratch, answers, tmp_path, capsys):
    path = save_book(tmp_path / "fil.csv", FORMS["long"](answers))
    assert main(["--rot", str(scratch.root), "importera", str(path), "--ar", "alla"]) == 1
    assert "Filen har inga år att läsa in" in capsys.readouterr().err


@pytest.mark.slow
def test_two_commands_at_once(scratch, answers, tmp_path):
    """An import and another command that writes wait for each other: both are whole afterwards."""
    path = save_book(tmp_path / "fil.csv", FORMS["long"](answers))
    profile = tmp_path / "profil.yml"
    profile.write_text(yaml.safe_dump(SAID, allow_unicode=True), encoding="utf-8")
    program = [sys.executable, "-m", "ojbrottsoffer", "--rot", str(scratch.root)]
    first = ["importera", str(path), "--ar", "2016", "--profil", str(profile), "--skriv"]
    running = [
        subprocess.Popen([*program, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for command in (first, ["kontrollsummor"], ["kontrollsummor"])
    ]
    said = [process.communicate(timeout=300)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    edition = editions.read(scratch, load_reference(scratch), scratch.raw / "oj-2016")
    assert len(edition.frames["resultat"]) == len(answers.answers)
    sums = (scratch.raw / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(f"oj-2016/{name}" in sums for name in ("fil.csv", "profil.yml", "origin.yml"))
    assert not (scratch.root / "data/.import.ny").exists()
