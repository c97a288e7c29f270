"""What the pages are made of: the nation over the years, files to take along, printed profiles."""

from __future__ import annotations

import csv
import io
import os
import zipfile

import golden
import pandas as pd
import pypdf
import pytest

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.analysis.indicator import nation_over_years
from ojbrottsoffer.paths import Project
from ojbrottsoffer.publish import downloads, pdf, text
from ojbrottsoffer.publish.views import Views


def nation(*rows: tuple[int, str, int, str]) -> pd.DataFrame:
    return pd.DataFrame([
        {"indikator_id": "x", "ar": ar, "delmangd": part, "andel_ja_procent": share,
         "harledd": False, "jamforbar": comparable, "anmarkning": None, "kalla_id": "k",
         "plats": "p"}
        for ar, part, share, comparable in rows
    ])


def test_a_line_is_never_drawn_across_a_break():
    rows = nation((2014, "alla", 10, "ja"), (2015, "alla", 12, "ja"), (2016, "alla", 40, "nej"),
                  (2017, "alla", 15, "ja"), (2018, "alla", 17, "ja"), (2018, "barn", 3, "delvis"))
    whole, part = nation_over_years(rows, "x")
    assert [[p.ar for p in run] for run in whole.segments] == [[2014, 2015], [2017, 2018]]
    assert (whole.part, part.part, part.segments) == ("alla", "barn", [])


def test_a_single_year_is_no_development():
    assert nation_over_years(nation((2015, "alla", 10, "ja"), (2015, "barn", 9, "ja")), "x") == []


def test_every_known_year_is_on_the_indicators_page(project: Project):
    riket = read_tables(project.clean)["riket"]
    developing = riket.groupby("indikator_id").filter(lambda rows: rows["ar"].nunique() > 1)
    for indicator, rows in developing.groupby("indikator_id"):
        html = (project.site / "indikatorer" / indicator / "index.html").read_text("utf-8")
        part = html[html.index('id="over-tid"'):].split('id="narliggande"')[0]
        assert part.count('<circle') == part.count('data-rubrik="Gäller"') == len(rows), indicator


def test_every_contradiction_about_a_unit_is_told_on_its_page(project: Project):
    rows = read_tables(project.clean)["avvikelser"].dropna(subset=["enhet_id"])
    claims = rows[rows["typ"] == "pastaende"]
    assert set(claims["enhet_id"]) == {"trollhattan", "goteborg-askim-frolunda-hogsbo"}
    for row in rows.itertuples():
        html = (project.site / "kommuner" / row.enhet_id / "index.html").read_text("utf-8")
        assert f'kvalitet/#{row.avvikelse_id}"' in html, row.avvikelse_id
    example = (project.site / "metoder" / "trollhattan" / "index.html").read_text("utf-8")
    assert f'kvalitet/#{claims.set_index("enhet_id").at["trollhattan", "avvikelse_id"]}"' in example


def test_contradictions_have_headings_in_words(project: Project):
    html = (project.site / "kvalitet" / "index.html").read_text("utf-8")
    rows = read_tables(project.clean)["avvikelser"]
    for contradiction in rows["avvikelse_id"]:
        heading = html.split(f'<summary id="{contradiction}">')[1].split("</summary>")[0]
        assert contradiction not in heading and heading[0].isupper(), heading


@pytest.mark.parametrize("unit", golden.PAGES)
def test_a_units_files_hold_its_answers(project: Project, unit: str):
    folder = project.site / "kommuner" / unit
    lines = list(csv.DictReader(io.StringIO((folder / f"{unit}.csv").read_text("utf-8"))))
    assert "".join(line["svar_kod"] for line in lines) == "".join(golden.PAGES[unit])
    assert [int(line["riket_andel_ja_procent"]) for line in lines] == golden.SHARES
    book = zipfile.ZipFile(folder / f"{unit}.xlsx")
    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert sheet.count("<row ") == 61
    codes = [sheet.split(f'r="F{row}"', 1)[1].split("<v>", 1)[1][0] for row in range(2, 62)]
    assert "".join(codes) == "".join(golden.PAGES[unit])


def test_a_workbook_is_the_same_every_time(project: Project):
    views = Views.load(project)
    rows = downloads.unit_rows(views, "lund")
    assert downloads.unit_workbook(views, "lund", rows) == (
        project.site / "kommuner" / "lund" / "lund.xlsx").read_bytes()


def test_halves_are_rounded_up_and_findings_are_grammatical(project: Project):
    assert [text.number(n) for n in (62.5, 0.5, 87.5)] == ["63", "1", "88"]
    profiles = Views.load(project).profiles
    assert text.finding(profiles["nykvarn"].areas).endswith(
        "Inom tillgänglighet är andelen ja-svar lägre än i riket.")
    assert text.finding(profiles["trollhattan"].areas).endswith(
        "Andelen ja-svar är högre än i riket i alla kvalitetsområden.")
    assert text.finding([]) == ""


def test_a_printed_profile_is_tagged_titled_and_summed_up_on_its_first_page(
    project: Project, tmp_path
):
    """Prints a site of two profiles, so that the test stays short."""
    copy = Project(tmp_path)
    (copy.root / "data").mkdir()
    (copy.clean).symlink_to(project.clean)
    copy.site.mkdir()
    for name in ("assets", "kommuner/tyreso", "kommuner/nykvarn"):
        (copy.site / name).parent.mkdir(exist_ok=True)
        (copy.site / name).symlink_to(project.site / name)
    assert pdf.print_all(copy, os.environ["CHROMIUM"]) == 0
    assert pdf.current(copy) == {"tyreso", "nykvarn"}
    for unit, name in (("tyreso", "Tyresö"), ("nykvarn", "Nykvarn")):
        printed = pypdf.PdfReader(copy.pdf / pdf.file_name(unit))
        assert printed.metadata.title.startswith(name)
        assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert printed.trailer["/Root"]["/Lang"].startswith("sv")
        first, second = (" ".join(page.extract_text().split()) for page in printed.pages[:2])
        ja = "".join(golden.PAGES[unit]).count("2")
        assert first.startswith(name) and f"svarar ja på {ja} av 60" in first
        assert "Många ja-svar är inte detsamma som hög kvalitet" in first
        assert second.startswith(f"Vad har {name} på plats?")
        links = [note.get_object()["/A"].get("/URI", "") for page in printed.pages
                 for note in page.get("/Annots") or [] if "/A" in note.get_object()]
        assert not [link for link in links if link.startswith("file:")]
    (copy.clean).unlink()
    (copy.clean).mkdir()
    assert pdf.current(copy) == frozenset(), "en utskrift av andra siffror erbjuds"
