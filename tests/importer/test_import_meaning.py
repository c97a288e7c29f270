"""What a column or a code means is read from what says it, and asked about otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from importfiler import KALLA, indicators_of, make_project, profile_file, save_rows, test_units

from ojbrottsoffer.cli.commands import main

UNITS = test_units(12)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("projekt"))


def told(scratch, capsys, path: Path, *extra: str) -> tuple[int, str]:
    code = main(["--rot", str(scratch.root), "importera", str(path), "--ar", "2016", *extra])
    out = capsys.readouterr()
    return code, out.out + out.err


@pytest.mark.parametrize("headings", [("Kommun", "Placering"), ("Placering", "Kommun")])
def test_placings_of_three_digits_are_not_municipality_codes(scratch, capsys, tmp_path, headings):
    rows = [list(headings)]
    for number, (unit, *_) in enumerate(UNITS, start=100):
        row = {"Kommun": unit, "Placering": str(number)}
        rows.append([row[heading] for heading in headings])
    path = save_rows(tmp_path, rows, "xlsx")
    profile = profile_file(tmp_path, kalla=KALLA)
    code, text = told(scratch, capsys, path, "--slag", "rankning", "--profil", str(profile))
    assert code == 0, text
    assert "12" in text


@pytest.mark.parametrize("codes", [("1", "2"), ("2",), ("1", "0")])
def test_an_incomplete_set_of_codes_is_asked_about(scratch, capsys, tmp_path, codes):
    labels = [indicator[1] for indicator in indicators_of(scratch)[:12]]
    rows = [["Kommun", *labels]]
    for number, (unit, *_) in enumerate(UNITS):
        rows.append([unit, *(codes[(number + i) % len(codes)] for i in range(len(labels)))])
    code, text = told(scratch, capsys, save_rows(tmp_path, rows, "csv"))
    assert code == 1
    assert "koder" in text


def test_an_export_with_decimals_is_read_as_codes(scratch, capsys, tmp_path):
    labels = [indicator[1] for indicator in indicators_of(scratch)[:12]]
    rows = [["Kommun", *labels]]
    for number, (unit, *_) in enumerate(UNITS):
        rows.append([unit, *(f"{(number + i) % 3}.0" for i in range(len(labels)))])
    code, text = told(scratch, capsys, save_rows(tmp_path, rows, "csv"))
    assert "Hittar ingen tabell" not in text
    assert "Delvis" in text
