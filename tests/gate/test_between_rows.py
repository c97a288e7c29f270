"""Rows that contradict each other: each says which, and all of them are told in one run."""

from __future__ import annotations

import pytest
from breaking import edit, stopped

from ojbrottsoffer.project import Project


def test_rows_that_can_not_both_be_right_are_told(scratch: Project):
    raw = scratch.raw
    edit(raw / "solna" / "rankning.csv", "2015,Solna,108", "2015,Solna,3")
    edit(raw / "solna" / "rankning.csv", "2017,Solna,58", "2016,Solna,58")
    edit(raw / "unizon-2021" / "utan_placering.csv", "2021,Lessebo", "2021,Trollhättan")
    edit(raw / "kalmar-lss" / "kommunsvar.csv", "vuxen,Ja,finns", "vuxen,Nej,finns")
    edit(raw / "jonkoping-2023" / "nyckeltal.csv", "förstudien,13,", "förstudien,31,")
    edit(raw / "esv-2016" / "nyckeltal.csv", "2013,år", "2061,år")
    edit(
        raw / "jonkoping-2023" / "nyckeltal.csv", "socialtjänster,7,intervjuer", "socialtjänster,700,procent"
    )
    edit(raw / "jonkoping-2023" / "nyckeltal.csv", ",100,personer", ",100,personre")
    edit(raw / "sou-2014-49" / "nyckeltal.csv", '"4,2",betyg av 5', '"5,2",betyg av 5')
    edit(raw / "sou-2014-49" / "nyckeltal.csv", "7,halvdagar", '"7,5",halvdagar')
    edit(scratch.reference / "kolada.yml", "  enhet: antal per 10 000", "  enhet: antal per 1 000")
    edit(raw / "kolada-2024" / "katalog.csv", ",2024-04-06,2026-03-23", ",2026-04-06,2026-03-23")
    edit(raw / "skl-2018" / "origin.yml", "published: ", "published: 2014 # ")
    path = raw / "katrineholm-relationsvald" / "nyckeltal.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, f"igen-{lines[1]}"]) + "\n", encoding="utf-8")
    found = {(finding.table, finding.what.split(",")[0]) for finding in stopped(scratch)}
    assert found >= {
        ("rankning", "Två har samma placering"),
        ("rankning", "Rankningen gjordes inte det året"),
        ("unizon_utan_placering", "Kommunen är både rankad och utan placering"),
        ("kommunsvar", "Svaret är ett annat än det som är tryckt"),
        ("metod_nyckeltal", "Antalet är ett annat än källans egen tabell har"),
        ("metod_nyckeltal", "Samma nyckeltal står två gånger"),
        ("metod_nyckeltal", "Andelen är större än allt"),
        ("metod_nyckeltal", "Talet är ingen andel"),
        ("metod_nyckeltal", "Måttenheten är inte känd"),
        ("metod_nyckeltal", "Betyget är högre än det högsta"),
        ("metod_nyckeltal", "Det som räknas är inte helt"),
        ("nyckeltal", "Måttenheten är en annan än titeln säger"),
        ("metod_nyckeltal", "Året kan inte vara rätt"),
        ("indikatorer_kolada", "Sedd första gången efter den sista"),
        ("riket", "Året är senare än källan"),
    }, found


def test_one_source_twice_in_other_order_is_told(scratch: Project):
    folder = scratch.raw / "solna-b"
    folder.mkdir()
    for name in ("origin.yml", "rankning.csv"):
        (folder / name).write_bytes((scratch.raw / "solna" / name).read_bytes())
    lines = (folder / "rankning.csv").read_text(encoding="utf-8").splitlines()
    (folder / "rankning.csv").write_text("\n".join([lines[0], *lines[:0:-1]]) + "\n", encoding="utf-8")
    edit(folder / "origin.yml", "kalla_id: solna", "kalla_id: solna-b")
    edit(folder / "origin.yml", "title: ", "title: Mer om ")
    assert stopped(scratch)[0].what.startswith("Samma källa står två gånger")


def test_what_says_nothing_or_the_same_twice_is_told(scratch: Project):
    path = scratch.reference / "rattelser.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    same = lines[-1].replace(lines[-1].split(",")[0], "2026-11-30", 1)
    path.write_text("\n".join([*lines, same, "2026-11-30,riket,x 2024,a,a,nej,b"]) + "\n", encoding="utf-8")
    found = stopped(scratch)
    assert {finding.what for finding in found} == {
        "Samma rättelse står två gånger",
        "Rättelsen säger inte vad som har ändrats",
    }


def test_short_names_are_words_and_different_to_a_reader(scratch: Project):
    path = scratch.reference / "indikatorer.csv"
    for old, new, says in (
        (",Social jour,", ",...,", "säger ingenting"),
        (",Social jour,", ",😀,", "säger ingenting"),
        (",Social jour,", ",standardiserad\u00a0bedömningsmetod,", "Samma sak"),
        (",Social jour,", ",Social  jour,", "flera mellanrum"),
    ):
        text = path.read_text(encoding="utf-8")
        edit(path, old, new)
        assert says in stopped(scratch)[0].what
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: ", "title: 1.5 # "),
        ("title: ", "title: 2015-01-02 # "),
        ("title: ", "retreived: 2026-01-01\ntitle: "),
        ("url: ", "url: https://-.-/ # "),
        ("url: ", "url: https://127.0.0.1/ # "),
        ("url: ", "url: https://www.xn--sdertlje-3za.se/ # "),
    ],
)
def test_a_title_is_text_and_an_address_has_a_name(old: str, new: str, scratch: Project):
    edit(scratch.raw / "solna" / "origin.yml", old, new)
    assert stopped(scratch)[0].file == "data/raw/solna/origin.yml"


def test_a_key_figure_stands_once_in_the_catalogue(scratch: Project):
    path = scratch.raw / "kolada-2024" / "katalog.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[2]]) + "\n", encoding="utf-8")
    (finding,) = stopped(scratch)
    assert finding.what == "Samma nyckeltal står på två rader" and finding.row == len(lines) + 1
