"""Which files there may be, and the recorded versions: what nobody reads, and what is not as it was recorded."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable

import pytest
from breaking import stopped

from ojbrottsoffer.checks.checksums import write_checksums
from ojbrottsoffer.cli.steps import DATA
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.recorded_versions import read_versions

STRANGE = (
    "raw/solna/ny.csv",
    "raw/solna/a\nb.csv",
    "raw/solna/a\u202eb.csv",
    "raw/skl-2018/riket (kopia).csv",
    "raw/skl-2018/Riket.csv",
    "raw/solna/under/rankning.csv",
    "raw/Solna/origin.yml",
    "raw/rankning.csv",
    "raw/kolada-2026-11-30/extra.json",
    "reference/hemligt.csv",
    "reference/metoder/extra.csv",
    "versioner/0.9.zip",
    "../expectations/gx/expectations/extra.json",
)


def test_a_file_that_nobody_reads_or_that_is_none_stops(scratch: Project):
    before, data = DATA.inputs(scratch), scratch.root / "data"
    listed = (scratch.raw / "SHA256SUMS").read_bytes()
    for name in STRANGE:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"a,b\n1,2\n")
    latin = os.fsencode(scratch.raw / "solna") + b"/\xff\xe5.csv"
    with open(latin, "wb") as file:
        file.write(b"a,b\n1,2\n")
    solna = scratch.raw / "solna"
    os.mkfifo(solna / "kommunsvar.csv")
    (solna / "riket.csv").symlink_to(".")
    (solna / "rankning.csv").unlink()
    (solna / "rankning.csv").symlink_to("../unizon-2015/rankning.csv")
    found = stopped(scratch)
    names = {finding.value for finding in found}
    assert names == {*(name.rpartition("/")[2] for name in STRANGE), "\udcff\udce5.csv"} | {
        "kommunsvar.csv",
        "riket.csv",
        "rankning.csv",
    }
    assert len(found) == len(STRANGE) + 4
    assert sum("inte är en vanlig fil" in finding.what for finding in found) == 3
    assert all(finding.file and finding.expected and finding.action for finding in found)
    "\n".join("\n".join(finding.lines()) for finding in found).encode()
    with pytest.raises(DataError):
        write_checksums(scratch)
    assert (scratch.raw / "SHA256SUMS").read_bytes() == listed
    assert not list(scratch.raw.glob(".*")) and DATA.inputs(scratch) != before


def test_a_step_is_stale_when_anything_the_gate_asks_for_changes(scratch: Project):
    stamps = [DATA.inputs(scratch)]
    (scratch.root / "data" / "PAHITTAT.txt").write_text("Påhittat.", encoding="utf-8")
    stamps.append(DATA.inputs(scratch))
    (scratch.versions / "versioner.json").unlink()
    stamps.append(DATA.inputs(scratch))
    (scratch.raw / "solna" / "riket.csv").symlink_to("rankning.csv")
    stamps.append(DATA.inputs(scratch))
    assert len(set(stamps)) == len(stamps)


def recorded(change: Callable[[list[dict]], object]) -> Callable[[Project], None]:
    def apply(project: Project) -> None:
        path = project.versions / "versioner.json"
        versions = json.loads(path.read_text(encoding="utf-8"))
        changed = change(versions)
        path.write_text(json.dumps(versions if changed is None else changed), encoding="utf-8")

    return apply


def latest(project: Project) -> str:
    return read_versions(project)[0].version


DAMAGES: dict[str, tuple[Callable[[Project], object], str]] = {
    "an empty ZIP": (lambda p: (p.versions / "0.1.0.zip").write_bytes(b""), "sha256"),
    "a ZIP cut off": (
        lambda p: (p.versions / "0.2.0.zip").write_bytes((p.versions / "0.2.0.zip").read_bytes()[:999]),
        "sha256",
    ),
    "one over another": (lambda p: shutil.copy(p.versions / "0.1.0.zip", p.versions / "0.2.0.zip"), "sha256"),
    "a ZIP gone": (lambda p: (p.versions / "0.1.0.zip").unlink(), "ZIP-fil"),
    "a ZIP of no version": (
        lambda p: shutil.copy(p.versions / "0.1.0.zip", p.versions / "0.0.9.zip"),
        "står i versioner.json",
    ),
    "no ZIP at all, with its digest": (
        recorded(
            lambda v: v[0].update(sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        ),
        "hel ZIP-fil",
    ),
    "two of one name": (recorded(lambda v: v[1].update(version=v[0]["version"])), "en gång"),
    "the oldest first": (recorded(lambda v: v[::-1]), "senaste versionen först"),
    "none": (recorded(lambda v: []), "står i versioner.json"),
    "fewer rows than none": (recorded(lambda v: v[0]["rader"].update(enheter=-76)), "greater than"),
    "other rows": (recorded(lambda v: v[0]["rader"].update(enheter=77)), "i enheter"),
    "other columns": (recorded(lambda v: v[0]["kolumner"]["enheter"].reverse()), "i enheter"),
    "a change that was not": (
        recorded(lambda v: v[0]["andringar"][0].update(rader_fore=3)),
        "tal som går ihop",
    ),
    "without a digest": (recorded(lambda v: [{"version": v[0]["version"]}]), "required"),
    "a number of another form": (recorded(lambda v: v[0].update(version="00.04.00")), "pattern"),
    "a day before any": (recorded(lambda v: v[0].update(datum="0001-01-01")), "från"),
    "no list": (lambda p: (p.versions / "versioner.json").unlink(), "läsbar fil"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_version_that_is_not_as_recorded_stops(name: str, scratch: Project):
    change, says = DAMAGES[name]
    if name.startswith("no ZIP"):
        (scratch.versions / f"{latest(scratch)}.zip").write_bytes(b"")
    change(scratch)
    with pytest.raises(DataError) as error:
        read_versions(scratch)
    found = error.value.findings
    assert all(finding.file.startswith("data/versioner/") and finding.action for finding in found)
    assert any(says in finding.expected for finding in found), [finding.expected for finding in found]


def test_the_gate_reads_the_versions(scratch: Project):
    (scratch.versions / "0.1.0.zip").write_bytes(b"")
    assert stopped(scratch)[0].file == "data/versioner/0.1.0.zip"
