"""The records of what was tried: fields, ranges, sums, day and version, and what an old one says."""

from __future__ import annotations

import re

import pytest

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis.factors.simulation import Kept
from ojbrottsoffer.checks.audit_record import Audited, load_audit
from ojbrottsoffer.checks.damage_record import load_results
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.parse.json_records import read_json_record
from ojbrottsoffer.sources.recorded_versions import read_versions

BROKEN = (
    ("skadeprov.json", '"antal": 30', '"antal": 31', "går inte ihop"),
    ("skadeprov.json", '"krav": 30', '"krav": -30', "greater than or equal"),
    ("skadeprov.json", '"antal": 30', '"antal": 900000', "less than or equal"),
    ("tillganglighet.json", '"sidor": 1', '"sidor": 0', "greater than or equal"),
    ("tillganglighet.json", '"sidor": 1', '"sidor": 999999', "less than or equal"),
    ("tillganglighet.json", '"version": "0.', '"version": "00.', "pattern"),
    ("skadeprov.json", '"krav": 30', '"krav": "30"', "valid integer"),
    ("skadeprov.json", '"fro"', '"froet"', "Unexpected keyword"),
    ("skadeprov.json", '"datum": "20', '"datum": "29', "en dag från 2000-01-01"),
    ("skadeprov.json", '"version": "0', '"version": "9', "versionen har inte kommit"),
    ("skadeprov.json", '"maste"', '"kanske"', "maste"),
    ("tillganglighet.json", '"axe": 0', '"axe": 1e9', "integer"),
    ("tillganglighet.json", '"sidtyp": "start"', '"sidtyp": "felsida"', "två gånger"),
    ("tillganglighet.json", '"version"', '"versionen"', "Unexpected keyword"),
    ("tillganglighet.json", '"fel_i_landet": 0', '"fel_i_landet": 4', "inte är prövade"),
    ("tillganglighet.json", '"datum": "20', '"datum": "20/', "pattern"),
    ("tillganglighet.json", "{", "[", "JSON"),
    ("skadeprov.json", '"fro": 2015', '"fro": 2015, "fro": 2015', "varje namn en gång"),
    ("skadeprov.json", '"fro": 2015', '"fro": 20150000', "less than or equal"),
    ("skadeprov.json", '"kalla_id": "skl-2016"', '"kalla_id": "skl-2061"', "en mapp i data/raw/"),
    ("skadeprov.json", '"klass": "cell-1-2"', '"klass": "cell-0-2"', "två gånger"),
    ("skadeprov.json", '"avvikelse": 30', '"ingen": 30', "går inte ihop"),
    ("skadeprov.json", '"titel": "', '"titel": "\u202e', "synliga tecken"),
    ("skadeprov.json", '"skada": "', '"skada": "\u200b', "synliga tecken"),
    ("tillganglighet.json", '"sidtyp": "', '"sidtyp": "=1+', "kalkylprogram"),
)


@pytest.mark.parametrize(("file", "old", "new", "says"), BROKEN)
def test_a_record_that_no_run_can_have_written_stops(
    file: str, old: str, new: str, says: str, scratch: Project
):
    path = scratch.reference / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        ingest_and_check(scratch)
    found = error.value.findings
    assert all(finding.file == f"data/reference/{file}" and finding.action for finding in found)
    assert any(says in finding.expected for finding in found), [finding.expected for finding in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"lander": 500', '"lander": 499'),
        ('"fro": 2015', '"fro": -1'),
        ('"0.5"', '"halva"'),
        (' "underlag"', ' "x"'),
    ],
)
def test_countries_that_were_not_drawn_stop(old: str, new: str, scratch: Project):
    path = scratch.reference / "tackning.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_json_record(path, "tackning.json", Kept, "make tackning")
    assert "make tackning" in error.value.findings[0].expected


@pytest.mark.parametrize("field", ["datum", "version"])
def test_a_record_that_does_not_say_when_is_not_taken_for_fresh(field: str, scratch: Project):
    path = scratch.reference / "skadeprov.json"
    path.write_text(
        re.sub(rf',\s*"{field}": "[^"]*"', "", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    with pytest.raises(DataError) as error:
        load_results(scratch)
    assert "Field required" in error.value.findings[0].expected or "required" in str(error.value)


@pytest.mark.parametrize("content", ["[]", "null"])
def test_a_record_of_nothing_stops(content: str, scratch: Project):
    (scratch.reference / "skadeprov.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        load_results(scratch)


def test_errors_on_pages_that_are_not_tried_stop():
    with pytest.raises(ValueError, match="inte är prövade"):
        Audited("start", sidor=0, axe=1, ovrigt=0, html=0)


@pytest.mark.parametrize("content", ["null", "5", "[5]", '[{"version": "0.1.0"}]'])
def test_the_versions_are_read_as_they_were_written(content: str, tmp_path):
    project = Project(tmp_path)
    project.versions.mkdir(parents=True)
    (project.versions / "versioner.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_versions(project)
    assert error.value.findings[0].file == "data/versioner/versioner.json"


def test_a_record_of_another_version_is_old(scratch: Project):
    for version, old in ((__version__, False), ("0.1.0", True)):
        for name in ("skadeprov.json", "tillganglighet.json"):
            path = scratch.reference / name
            told = re.sub(r'"version": "[^"]*"', f'"version": "{version}"', path.read_text(encoding="utf-8"))
            path.write_text(told, encoding="utf-8")
        assert {result.old for result in load_results(scratch)} == {old}
        assert load_audit(scratch).gammal is old
