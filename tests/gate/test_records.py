"""The records of what was tried: fields, ranges, sums, day and version, and what an old one says."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from breaking import edit, stopped
from conftest import ROOT

from ojbrottsoffer import __version__
from ojbrottsoffer.checks.declared_places import RECORDS_OF_RUNS, missing_records
from ojbrottsoffer.checks.records.audit_record import Audited, load_audit
from ojbrottsoffer.checks.records.coverage_record import load_coverage
from ojbrottsoffer.checks.records.damage_classes import NOT_IN_ONE_FILE, OF_A_SOURCE, OF_EVERYTHING
from ojbrottsoffer.checks.records.damage_record import load_results
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.recorded_versions import read_versions
from tools.damage.invented_records import write_invented_records
from tools.damage.kinds import CLASSES

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
    ("skadeprov.json", '"klass": "cell-0-2"', '"klass": "cell-9-9"', "klasser som är deklarerade"),
    ("tillganglighet.json", '"sidtyp": "start"', '"sidtyp": "börjar"', "sidtyper som är deklarerade"),
    ("tackning.json", '"lander": 500', '"lander": 499', "ett tal per land"),
    ("tackning.json", '"fro": 2015', '"fro": -1', "greater than or equal"),
    ("tackning.json", '"0.5"', '"halva"', "pattern"),
    ("tackning.json", ' "underlag"', ' "x"', "Unexpected keyword"),
    ("tackning.json", ' "datum": "20', ' "datum": "29', "en dag från 2000-01-01"),
    ("tackning.json", ' "version": "0', ' "version": "9', "versionen har inte kommit"),
    ("tackning.json", '"olikhet_per_land": {\n  "0.0"', '"olikhet_per_land": {\n  "0.1"', "samma slag"),
    ("tillganglighet.json", "{", "[", "JSON"),
    ("skadeprov.json", '"fro": 2015', '"fro": 2015, "fro": 2015', "varje namn en gång"),
    ("skadeprov.json", '"fro": 2015', '"fro": 20150000', "less than or equal"),
    ("skadeprov.json", '"kalla_id": "skl-2016"', '"kalla_id": "skl-2061"', "en mapp i data/raw/"),
    ("skadeprov.json", '"klass": "cell-1-2"', '"klass": "cell-0-2"', "två gånger"),
    ("skadeprov.json", '"fel": 30', '"ingen": 30', "går inte ihop"),
    ("skadeprov.json", '"titel": "', '"titel": "\u202e', "synliga tecken"),
    ("skadeprov.json", '"skada": "', '"skada": "\u200b', "synliga tecken"),
    ("skadeprov.json", '"titel": "', '"titel": "=1+', "kalkylprogram"),
)


@pytest.fixture
def records(tmp_path: Path) -> Project:
    """The records alone, in a copy."""
    copy = Project(tmp_path)
    copy.reference.mkdir(parents=True)
    (copy.raw / "skl-2016").mkdir(parents=True)
    (copy.raw / "SHA256SUMS").touch()
    for file in LOADED:
        shutil.copy(ROOT / "data" / "reference" / file, copy.reference)
    return copy


LOADED = {"skadeprov.json": load_results, "tillganglighet.json": load_audit, "tackning.json": load_coverage}


@pytest.mark.parametrize(("file", "old", "new", "says"), BROKEN)
def test_a_record_that_no_run_can_have_written_stops(
    file: str, old: str, new: str, says: str, records: Project
):
    before = edit(records.reference / file, old, new)
    with pytest.raises(DataError) as error:
        LOADED[file](records)
    (records.reference / file).write_text(before, encoding="utf-8")
    found = error.value.findings
    assert all(finding.file == f"data/reference/{file}" and finding.action for finding in found)
    assert any(says in finding.expected for finding in found), [finding.expected for finding in found]


def test_the_gate_reads_every_record_and_wants_them_all(scratch: Project):
    for file in LOADED:
        path = scratch.reference / file
        before = edit(path, "{", "[")
        assert {finding.file for finding in stopped(scratch)} == {f"data/reference/{file}"}
        path.write_text(before, encoding="utf-8")
    for file in RECORDS_OF_RUNS:
        (scratch.root / file).unlink()
    found = stopped(scratch, guard=True)
    assert {finding.file: finding.action.split("kör ")[1] for finding in found} == {
        file: f"{command}." for file, command in RECORDS_OF_RUNS.items()
    }
    scratch.synthetic_mark.write_text("Påhittade uppgifter.", encoding="utf-8")
    assert not missing_records(scratch)


def test_a_record_of_this_version_has_every_class_and_every_type_of_page(records: Project):
    """One of an older version has those there were."""
    write_invented_records(records)
    assert not any(result.old for result in load_results(records)) and not load_audit(records).gammal
    whole = json.loads((records.reference / "skadeprov.json").read_text(encoding="utf-8"))
    for part, says in (
        (whole[:-1], "alla delar"),
        (
            [*whole[:-1], whole[-1] | {"klasser": whole[-1]["klasser"][:-1]}],
            f"saknas: {list(OF_EVERYTHING)[-1]}",
        ),
        ([whole[0] | {"klasser": whole[1]["klasser"]}, *whole[1:]], "saknas: omrade-flyttat"),
        ([whole[0] | {"klasser": [whole[0]["klasser"][0] | {"titel": "Ett annat"}]}, *whole[1:]], "okänd"),
    ):
        (records.reference / "skadeprov.json").write_text(json.dumps(part), encoding="utf-8")
        with pytest.raises(DataError) as error:
            load_results(records)
        assert says in error.value.findings[0].expected
        old = json.dumps([one | {"version": "0.1.0"} for one in part])
        (records.reference / "skadeprov.json").write_text(old, encoding="utf-8")
        assert load_results(records)
    audit = json.loads((records.reference / "tillganglighet.json").read_text(encoding="utf-8"))
    for version, stops in ((__version__, True), ("0.1.0", False)):
        less = audit | {"version": version, "typer": audit["typer"][:-1]}
        (records.reference / "tillganglighet.json").write_text(json.dumps(less), encoding="utf-8")
        if not stops:
            assert load_audit(records).gammal
            continue
        with pytest.raises(DataError) as error:
            load_audit(records)
        assert "saknas: kommun utan svar" in error.value.findings[0].expected
    assert set(OF_A_SOURCE) == set(CLASSES) and NOT_IN_ONE_FILE < set(CLASSES)


@pytest.mark.parametrize("field", ["datum", "version"])
def test_a_record_that_does_not_say_when_is_not_taken_for_fresh(field: str, records: Project):
    for file, load in LOADED.items():
        path = records.reference / file
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf'"{field}": "[^"]*",|,\s*"{field}": "[^"]*"', "", text), encoding="utf-8")
        with pytest.raises(DataError) as error:
            load(records)
        assert "required" in error.value.findings[0].expected
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("content", ["[]", "null"])
def test_a_record_of_nothing_stops(content: str, records: Project):
    (records.reference / "skadeprov.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        load_results(records)


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


def test_a_record_of_another_version_is_old(records: Project):
    write_invented_records(records)
    for version, old in ((__version__, False), ("0.1.0", True)):
        for name in LOADED:
            path = records.reference / name
            told = re.sub(r'"version": "[^"]*"', f'"version": "{version}"', path.read_text(encoding="utf-8"))
            path.write_text(told, encoding="utf-8")
        assert {result.old for result in load_results(records)} == {old}
        assert load_audit(records).gammal is old and load_coverage(records).old is old
