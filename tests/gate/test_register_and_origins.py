"""The register against the names, and where a source comes from against the calendar and the others."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pandas as pd
import pytest
from breaking import stopped

from ojbrottsoffer.checks.editions.twice import editions_twice
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import FEL, UPPLYSNING, DataError
from ojbrottsoffer.sources.origins import read_origins, unfit_for_origin
from ojbrottsoffer.sources.reference.register import load_reference


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} finns {text.count(old)} gånger i {path.name}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "says", "expected"),
    [
        ([("Höganäs,kommun,1284", "Höganäs,kommun,1281")], "olika kommuners", "Lund"),
        ([("hoganas,Höganäs", "hoganas,Hoganas")], "olika kommuners", "Höganäs"),
        ([('Högsbo",stadsdel,1480', 'Högsbo",stadsdel,1281')], "annan stads kod", "Lund"),
        (
            [("Lund,kommun,1281", "Höganäs,kommun,1284"), ("hoganas,Höganäs,", "hoganas,Höganäs x,")],
            "Två kommuner har samma kod",
            "egen kod",
        ),
    ],
)
def test_a_name_goes_with_its_code(changes, says: str, expected: str, scratch: Project):
    edit(scratch.reference / "enheter.csv", *changes)
    with pytest.raises(DataError) as error:
        load_reference(scratch)
    found = [finding for finding in error.value.findings if says in finding.what]
    assert found and expected in found[0].expected and found[0].row and found[0].file.endswith("enheter.csv")


def test_two_counties_that_change_names_everywhere_are_told(scratch: Project):
    path = scratch.reference / "kommuner.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(",12,Skåne,", ",12,X,")
        .replace(",13,Halland,", ",13,Skåne,")
        .replace(",X,", ",Halland,"),
        encoding="utf-8",
    )
    finding = stopped(scratch)[0]
    assert "Länets kod och namn" in finding.what and finding.expected.endswith("som i SCB:s lista")


def test_a_municipality_lies_in_its_county(scratch: Project):
    """Two that have changed places with each other, one that is off by two degrees, two in one place."""
    path = scratch.reference / "kommuner.csv"
    rows = {line.split(",")[1]: line.split(",") for line in path.read_text(encoding="utf-8").splitlines()}
    rows["Kiruna"][4:], rows["Ystad"][4:] = rows["Ystad"][4:], rows["Kiruna"][4:]
    rows["Lund"][4] = "57.9"
    rows["Solna"][4:] = rows["Sundbyberg"][4:]
    path.write_text("".join(f"{','.join(row)}\n" for row in rows.values()), encoding="utf-8")
    found = {(list(rows)[finding.row - 1], finding.what) for finding in stopped(scratch)}
    away, same = "Kommunen ligger inte i sitt län", "Två kommuner har samma läge"
    assert found == {("Kiruna", away), ("Ystad", away), ("Lund", away), ("Solna", same), ("Sundbyberg", same)}


def test_readings_are_counts_that_can_be(scratch: Project):
    path = scratch.reference / "lasning.csv"
    for old, new in (("832,189", "832000000,189"), ("832,189", "832,833")):
        text = path.read_text(encoding="utf-8")
        edit(path, (old, new))
        assert stopped(scratch)[0].file == "data/reference/lasning.csv"
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "https://www.socialstyrelsen.se@example.org/a"),
        ("url", "https://user:secret@www.socialstyrelsen.se/"),
        ("url", "ftp://www.socialstyrelsen.se/"),
        ("url", "javascript:alert(1)"),
        ("url", "https:///a"),
        ("url", "https://"),
        ("url", "https://localhost/a"),
        ("url", "https://www.exempel.se:8443/"),
        ("url", "https://www.ex\u0430mpel.se/"),
        ("published", "2061"),
        ("published", "2061-05"),
        ("retrieved", "2999-01-01"),
        ("retrieved", str(datetime.date.today() + datetime.timedelta(days=400))),
    ],
)
def test_an_address_or_a_day_that_can_not_be_is_refused(name: str, value: str):
    assert unfit_for_origin(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "https://webbutik.skl.se"),
        ("url", "https://mitti.se/nyheter/a/?omrade=upplandsbro#x"),
        ("published", "2016-05"),
        ("retrieved", str(datetime.date.today())),
    ],
)
def test_an_address_or_a_day_as_they_are_is_let_through(name: str, value: str):
    assert unfit_for_origin(name, value) is None


def test_a_source_is_not_retrieved_before_it_is_published(scratch: Project):
    path = scratch.raw / "katrineholm-2017" / "origin.yml"
    edit(path, ("retrieved: 2026-11-21", "retrieved: 2017-07-02"))
    (finding,) = stopped(scratch)
    assert "hämtad innan den publicerades" in finding.what and finding.value == "2017-07-02"


@pytest.mark.parametrize("same", ["the file", "the rows", "the description"])
def test_a_source_under_another_id_is_told(same: str, scratch: Project):
    shutil.copytree(scratch.raw / "solna", scratch.raw / "solna-igen")
    edit(scratch.raw / "solna-igen" / "origin.yml", ("kalla_id: solna", "kalla_id: solna-igen"))
    if same == "the rows":
        path = scratch.raw / "solna-igen" / "rankning.csv"
        path.write_bytes(path.read_bytes().rstrip().replace(b"\n", b"\r\n"))
    if same != "the description":
        text = (scratch.raw / "solna-igen" / "origin.yml").read_text(encoding="utf-8")
        (scratch.raw / "solna-igen" / "origin.yml").write_text(
            text.replace("title: ", "title: Påhittad "), encoding="utf-8"
        )
    else:
        edit(scratch.raw / "solna-igen" / "rankning.csv", ("108", "109"))
    with pytest.raises(DataError) as error:
        read_origins(scratch)
    finding = error.value.findings[0]
    assert "två gånger, med olika id" in finding.what and finding.value == "solna-igen"


def test_an_edition_once_more_is_told():
    rows = [
        {
            "ar": ar,
            "enhet_id": f"testkommun-{unit:03}",
            "indikator_id": f"fraga-{n}",
            "svar_kod": (unit * n) % 3,
        }
        for ar in (2015, 2016)
        for unit in range(1, 6)
        for n in range(12)
    ]
    answers = pd.DataFrame(rows).astype({"svar_kod": "Int64"})
    (finding,) = editions_twice(answers)
    assert "2016 har samma svar som utgåvan 2015" in finding.what and finding.kind == FEL
    answers.loc[100, "svar_kod"] = (answers.loc[100, "svar_kod"] + 1) % 3
    (finding,) = editions_twice(answers)
    assert "nästan samma svar" in finding.what and finding.kind == UPPLYSNING
    answers.loc[101, "svar_kod"] = (answers.loc[101, "svar_kod"] + 1) % 3
    assert not editions_twice(answers)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "rattelser.csv",
            '2026-11-22,insatstrappa,"trappsteg 5',
            '2999-11-22,insatstrappa,"trappsteg 5',
            "Datumet",
        ),
        ("rattelser.csv", 'insatstrappa,"trappsteg 5', 'insatstrapan,"trappsteg 5', "tabell som inte finns"),
        (
            "kanda_avvikelser.yml",
            "intill.\n    Avskriften är jämförd cell för cell med textversionen av rapporten. Om det är antalet eller\n"
            "    ett enskilt svar som är fel tryckt går inte att avgöra med rapporten ensam.\n  granskad: 2026",
            "intill.\n  granskad: 2999",
            "Dagen kan inte vara rätt",
        ),
        ("tips.yml", "- id: ", "- id: no # ", "Posten"),
    ],
)
def test_what_people_write_has_days_and_tables_that_are_there(file, old, new, says, scratch: Project):
    path = scratch.reference / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [finding for finding in stopped(scratch) if says in finding.what]
    assert found and found[0].file == f"data/reference/{file}"
    if "no #" in new:
        assert "citattecken runt no" in found[0].expected
