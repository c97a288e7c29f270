"""`angra` takes away an import that nobody has approved, and only that. Fictional units only."""

from __future__ import annotations

import pytest
from conftest import contents
from importfiler import KALLA, UNITS, File, bring_in, indicators_of, invented_answers, profile_file

from ojbrottsoffer.checks.editions import signoff
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.sources.curated import decisions

DECISION = decisions.SignOff(
    kalla_id="oj-2016",
    beslut=decisions.APPROVED,
    innehall="a" * 64,
    granskad="2017-07-02",
    granskad_av="Nils Nilsson",
    inlast_av="Nils Nilsson",
    skal="Jämförd med filen",
)


@pytest.fixture
def undo(project):
    return lambda *more: main(["--rot", str(project.root), "angra", "--ar", "2016", *more])


def test_an_import_is_undone_and_only_that(project, undo, tmp_path, capsys):
    data, every = project.root / "data", indicators_of(project)
    path = File(UNITS, every, invented_answers(UNITS, every, missing=False)).save(tmp_path, "csv")
    before = contents(data)
    assert undo("--skriv") == 1 and "Det finns ingen inläsning att ångra" in capsys.readouterr().err
    assert bring_in(project, path, profile_file(tmp_path, kalla=KALLA)) == 0
    written = contents(data)
    changed = sorted(name for name in written if written[name] != before.get(name))

    def refused(why: str, what: str) -> None:
        assert undo("--skriv") == 1
        said = capsys.readouterr().err
        assert why in said and what in said

    units, late = project.reference / "indikatorer_ar.csv", project.raw / "oj-2016/ny.txt"
    kept = units.read_bytes()
    units.write_bytes(kept + b"2016,61,en-till,En till,a\n")
    late.write_text("en anteckning", encoding="utf-8")
    refused("Något annat har ändrats sedan filen lästes in", "data/reference/indikatorer_ar.csv")
    units.write_bytes(kept)
    refused("Något annat har ändrats sedan filen lästes in", "data/raw/oj-2016/ny.txt")
    late.unlink()
    between = project.reference / "enheter_mellan_ar.csv"
    kept = between.read_bytes()
    between.write_bytes(kept + b"2015,lund,2016,testkommun-001,namnbyte,\n")
    refused("En rad handlar om det som filen förde med sig", "enheter_mellan_ar.csv")
    between.write_bytes(kept)
    decided = project.reference / decisions.SIGN_OFFS
    earlier = decided.read_bytes() if decided.exists() else None
    decided.write_bytes(signoff.with_decision(project, DECISION))
    refused("Utgåvan är godkänd och går inte att ångra", "git revert")
    refused(
        "Utgåvan är godkänd och går inte att ångra",
        f"posten om oj-2016 i data/reference/{decisions.SIGN_OFFS}",
    )
    decided.unlink() if earlier is None else decided.write_bytes(earlier)
    record = project.undoing("oj-2016")
    said = record.read_bytes()
    for other in (b"null", b"[5]", b"no", said.replace(b"data/raw", b"data/../raw", 1)):
        record.write_bytes(other)
        refused(
            "Anteckningen om vad inläsningen ändrade går inte att läsa", "git checkout data/raw/SHA256SUMS"
        )
    record.write_bytes(said)
    aside = record.rename(record.with_suffix(".bort"))
    refused("Det finns ingen anteckning om vad inläsningen ändrade", "git checkout data/raw/SHA256SUMS")
    aside.rename(record)

    assert undo() == 0 and contents(data) == written
    told = capsys.readouterr().out
    assert all(f"data/{name}" in told for name in changed) and "igen med --skriv sist" in told
    assert undo("--skriv") == 0 and contents(data) == before and not record.exists()
    assert bring_in(project, path, profile_file(tmp_path, kalla=KALLA)) == 0 and contents(data) == written
    assert undo("--skriv") == 0 and contents(data) == before
