"""What a column or a code means is read from what says it, and asked about otherwise."""

from __future__ import annotations

import pytest
from importfiler import indicators_of, read, save_rows, test_units, told

UNITS = test_units(12)


@pytest.mark.parametrize("headings", [("Kommun", "Placering"), ("Placering", "Kommun")])
def test_placings_of_three_digits_are_not_municipality_codes(reference, tmp_path, headings):
    rows = [list(headings)]
    for number, (unit, *_) in enumerate(UNITS, start=100):
        row = {"Kommun": unit, "Placering": str(number)}
        rows.append([row[heading] for heading in headings])
    reading = read(save_rows(tmp_path, rows, "xlsx"), reference, tmp_path, "rankning")
    assert told(reading) == []
    assert {reading.background[unit.unit.enhet_id, "placering"].text for unit in reading.units} == {
        str(number) for number in range(100, 112)
    }


def coded(project, folder, codes):
    """A file of twelve questions with only these codes."""
    labels = [indicator[1] for indicator in indicators_of(project)[:12]]
    rows = [["Kommun", *labels]]
    for number, (unit, *_) in enumerate(UNITS):
        rows.append([unit, *(codes[(number + i) % len(codes)] for i in range(len(labels)))])
    return save_rows(folder, rows, "csv")


@pytest.mark.parametrize("codes", [("1", "2"), ("2",), ("1", "0")])
def test_an_incomplete_set_of_codes_is_asked_about(project, reference, tmp_path, codes):
    reading = read(coded(project, tmp_path, codes), reference, tmp_path)
    assert any("koder" in finding for finding in told(reading)) and not reading.complete


def test_an_export_with_decimals_is_read_as_codes(project, reference, tmp_path):
    path = coded(project, tmp_path, ("0.0", "1.0", "2.0"))
    reading = read(path, reference, tmp_path, koder={"2": "Ja", "1": "Delvis", "0": "Nej"})
    assert told(reading) == [] and {answer.code for answer, _ in reading.answers.values()} == {0, 1, 2}
