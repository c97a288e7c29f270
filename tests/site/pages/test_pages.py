"""What the pages are made of: the nation over the years, files to take along, printed profiles."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import golden
import pandas as pd
import pytest
from htmltext import flat

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.municipalities import swedish_order
from ojbrottsoffer.analysis.units.history import NationalCourse, national_courses, national_runs
from ojbrottsoffer.analysis.units.indicator import Series, nation_over_years
from ojbrottsoffer.analysis.units.unit_profile import AreaResult
from ojbrottsoffer.presentation import sentences, text
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.downloads import unit_files
from ojbrottsoffer.site.pages.site_pages import SitePages
from ojbrottsoffer.site.pictures.charts import trend


def nation(*rows: tuple[int, str, int, str], indicator: str = "x") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "indikator_id": indicator,
                "ar": ar,
                "delmangd": part,
                "andel_ja_procent": share,
                "harledd": False,
                "jamforbar": comparable,
                "anmarkning": None,
                "kalla_id": "k",
                "plats": "p",
            }
            for ar, part, share, comparable in rows
        ]
    )


def links(*rows: tuple[int, str | None, int, str | None, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["fran_ar", "fran_id", "till_ar", "till_id", "samband", "svaren_jamforbara"]
    )


def drawn(series: Series) -> tuple[list[list[int]], list[str]]:
    """The years that lines join, and the words at the breaks; both are in the picture."""
    years = [point.ar for point in series.points]
    svg = str(trend(series, min(years), max(years)))
    assert svg.count("<polyline") == len(series.segments)
    words = re.findall(r'oj-trend__vad"[^>]*>([^<]+)<', svg)
    assert svg.count("oj-trend__brott") == len(words) == len(series.breaks)
    at = [float(x) for x in re.findall(r'brott" d="M([\d.]+)', svg)]
    lines = [
        [float(pair.split(",")[0]) for pair in points.split()]
        for points in re.findall(r'<polyline[^>]*points="([^"]+)"', svg)
    ]
    assert not [x for x in at for line in lines if line[0] <= x <= line[-1]], "ingen linje korsar ett brott"
    return [[point.ar for point in run] for run in series.segments], words


def test_a_line_is_never_drawn_across_a_break():
    rows = nation(
        (2014, "alla", 10, "ja"),
        (2015, "alla", 12, "ja"),
        (2016, "alla", 40, "nej"),
        (2017, "alla", 15, "ja"),
        (2018, "alla", 17, "ja"),
        (2018, "barn", 3, "delvis"),
    )
    whole, part = nation_over_years(rows, links())["x"]
    assert drawn(whole) == (
        [[2014, 2015], [2017, 2018]],
        ["definitionen ändrad 2016", "annan definition före 2017"],
    )
    assert (whole.part, part.part, part.segments) == ("alla", "barn", [])


def test_a_reworded_question_is_two_runs_in_one_picture():
    """The later years have the same wording, and the links say so; the same id, then a new one."""
    rows = nation(
        (2015, "alla", 10, "ja"),
        (2016, "alla", 11, "ja"),
        (2017, "alla", 40, "delvis"),
        (2018, "alla", 41, "delvis"),
        (2019, "alla", 42, "delvis"),
    )
    stated = links(
        (2015, "x", 2016, "x", "samma", "ja"),
        (2016, "x", 2017, "x", "omformulerad", "delvis"),
        (2017, "x", 2018, "x", "samma", "ja"),
        (2018, "x", 2019, "x", "samma", "ja"),
        (2018, None, 2019, "ny", "ny", "nej"),
        (2018, "borta", 2019, None, "utgatt", "nej"),
    )
    wanted = ([[2015, 2016], [2017, 2018, 2019]], ["frågan omformulerad 2017"])
    (same,) = nation_over_years(rows, stated)["x"]
    assert drawn(same) == wanted
    assert sentences.course(NationalCourse("x", "X", same)).replace("\xa0", " ") == (
        "andelen ja gick från 10 % 2015 till 11 % 2016; frågan omformulerad 2017: från 40 % 2017 till 42 % 2019."
    )
    rows.loc[rows["ar"] > 2016, "indikator_id"] = "y"
    stated = stated.replace({"fran_id": "x", "till_id": "x"}, "y").assign(
        fran_id=lambda t: t["fran_id"].where(t["fran_ar"] > 2016, "x"),
        till_id=lambda t: t["till_id"].where(t["till_ar"] > 2016, "x"),
    )
    found = nation_over_years(rows, stated)
    assert found["x"] == found["y"] and [drawn(one) for one in found["x"]] == [wanted]
    names = {"x": "Den gamla", "y": "Den nya"}
    assert [sentences.question(found["x"][0], i, names) for i in "xy"] == [
        "Senare: Den nya",
        "Tidigare: Den gamla",
    ]
    both = national_courses(rows, stated, pd.DataFrame({"indikator": names}))
    assert [item.indikator_id for item in both] == ["y"], "en bild, hos den nya frågan"
    again = stated.assign(
        samband=stated["samband"].where(stated["till_ar"] != 2019, "omformulerad"),
        svaren_jamforbara=stated["svaren_jamforbara"].where(stated["till_ar"] != 2019, "delvis"),
    )
    assert drawn(nation_over_years(rows, again)["y"][0])[1] == [
        "frågan omformulerad 2017",
        "frågan omformulerad 2019",
    ]
    unknown = stated[stated["till_ar"] < 2018]
    assert drawn(nation_over_years(rows, unknown)["y"][0])[0] == [[2015, 2016]], "utan samband ingen linje"


def test_a_split_question_goes_on_in_each_part_and_a_merged_one_comes_from_each():
    split = links((2015, "x", 2017, "a", "delad", "delvis"), (2015, "x", 2017, "b", "delad", "delvis"))
    whole = nation((2014, "alla", 30, "ja"), (2015, "alla", 33, "ja"))
    parts = nation(
        *((ar, part, share, "delvis") for part in ("barn", "vuxna") for ar, share in ((2017, 34), (2018, 40)))
    )
    wanted = ([[2014, 2015], [2017, 2018]], ["frågan delad 2017"])
    for rows in (
        pd.concat([whole, parts]),
        pd.concat(
            [
                whole,
                *(
                    nation((2017, "alla", 34, "delvis"), (2018, "alla", 40, "delvis"), indicator=i)
                    for i in "ab"
                ),
            ]
        ),
    ):
        stated = pd.concat([split, links(*((2017, i, 2018, i, "samma", "ja") for i in "ab"))])
        found = nation_over_years(rows, stated)
        assert [drawn(one) for one in found["x"]] == [wanted] * 2
        assert len(sentences.published(found["x"])) == len(rows), "varje uppgift en gång i tabellen"
    assert [drawn(one) for one in found["b"]] == [wanted]
    merged = links(
        (2015, "x", 2016, "z", "sammanslagen", "nej"), (2015, "y", 2016, "z", "sammanslagen", "nej")
    )
    rows = pd.concat(
        [whole, whole.assign(indikator_id="y"), nation((2016, "alla", 50, "nej"), indicator="z")]
    )
    found = nation_over_years(rows, merged)
    assert [one.indicators for one in found["z"]] == [["x", "z"], ["y", "z"]]
    assert {drawn(one)[1][0] for one in found["z"]} == {"frågor sammanslagna 2016"}


def test_the_years_before_a_split_are_counted_with_the_part_that_goes_on():
    rows = pd.concat(
        [
            nation((2014, "alla", 30, "ja"), (2015, "alla", 33, "ja")),
            nation((2017, "alla", 20, "delvis"), indicator="a"),
            nation((2017, "alla", 35, "ja"), indicator="b"),
        ]
    )
    split = links((2015, "x", 2017, "a", "delad", "delvis"), (2015, "x", 2017, "b", "delad", "ja"))
    found = national_courses(rows, split, pd.DataFrame({"indikator": {"a": "A", "b": "B"}}))
    assert [[point.ar for point in run] for item in found for run in item.series.segments] == [
        [2014, 2015],
        [2014, 2015, 2017],
    ]
    assert [[point.ar for point in run] for run in national_runs(found)] == [[2014, 2015, 2017]]
    assert "ökat i 1," in sentences.direction(found)


def test_years_with_an_uncertain_definition_stand_alone():
    rows = nation(
        (2013, "alla", 9, "osaker"),
        (2015, "alla", 10, "ja"),
        (2017, "alla", 12, "osaker"),
        (2018, "alla", 12, "osaker"),
    )
    (found,) = nation_over_years(rows, links())["x"]
    assert drawn(found) == ([], ["osäker definition före 2015", "osäker definition från 2017"])


def test_a_single_year_is_no_development():
    assert nation_over_years(nation((2015, "alla", 10, "ja"), (2015, "barn", 9, "ja")), links()) == {}


def test_every_known_year_is_on_the_indicators_page(project: Project):
    tables = read_tables(project.clean)
    riket = tables["riket"]
    series = nation_over_years(riket, tables["indikatorer_mellan_ar"])
    developing = riket.groupby("indikator_id").filter(lambda rows: rows["ar"].nunique() > 1)
    for indicator, rows in developing.groupby("indikator_id"):
        html = flat((project.site / "indikatorer" / indicator / "index.html").read_text("utf-8"))
        part = html[html.index('id="over-tid"') :].split('id="narliggande"')[0]
        assert part.count('data-rubrik="Gäller"') == len(rows), indicator
        assert part.count("<circle") == sum(len(one.points) for one in series[indicator]), indicator
        assert {point.ar for one in series[indicator] for point in one.points} == set(rows["ar"])
        told = {sentences.broken(one) for each in series[indicator] for one in each.breaks}
        assert {words for words in re.findall(r"Serien bryts: ([^<]+)<", part)} == told, indicator


def test_every_contradiction_about_a_unit_is_told_on_its_page(project: Project):
    rows = read_tables(project.clean)["avvikelser"].dropna(subset=["enhet_id"])
    claims = rows[rows["avvikelsetyp"] == "pastaende"]
    assert set(claims["enhet_id"]) == {"trollhattan", "goteborg-askim-frolunda-hogsbo"}
    for row in rows.itertuples():
        html = flat((project.site / "kommuner" / row.enhet_id / "index.html").read_text("utf-8"))
        assert f'kvalitet/motsagelser/#{row.avvikelse_id}"' in html, row.avvikelse_id
    example = flat((project.site / "metoder" / "trollhattan" / "index.html").read_text("utf-8"))
    assert (
        f'kvalitet/motsagelser/#{claims.set_index("enhet_id").at["trollhattan", "avvikelse_id"]}"' in example
    )


def test_contradictions_have_headings_in_words(project: Project):
    html = flat((project.site / "kvalitet" / "motsagelser" / "index.html").read_text("utf-8"))
    rows = read_tables(project.clean)["avvikelser"]
    for contradiction in rows["avvikelse_id"]:
        heading = html.split(f'<summary id="{contradiction}">')[1].split("</summary>")[0].strip()
        assert contradiction not in heading and heading[0].isupper(), heading
        assert not re.search(r"\.:|\b(?:unizon|oj) \d", heading), heading


def test_a_claim_that_can_be_read_as_right_is_not_said_to_fail(project: Project):
    tables = read_tables(project.clean)
    kind = tables["avvikelser"].set_index("avvikelse_id")["slag"]
    claims = tables["pastaenden"].query("utfall == 'stammer_inte'").set_index("pastaende_id")["avvikelse_id"]
    html = flat((project.site / "kvalitet" / "pastaenden" / "index.html").read_text("utf-8"))
    fails, readable = (
        re.split(rf"<summary>\s*{words}: ", html)[1].split("</details>")[0]
        for words in ("Stämmer inte", "Går att läsa på flera sätt")
    )
    for claim, contradiction in claims.items():
        stands_in = readable if kind[contradiction] == "flera-lasningar" else fails
        assert f'id="pastaende-{claim}"' in stands_in, claim
    counted = (kind[claims] == "motsager").sum()
    assert f"{counted} stämmer inte, {len(claims) - counted} går att läsa på flera sätt" in html
    assert 'data-rubrik="Påstått"' not in fails + readable  # a sentence tells, not two numbers


def test_an_area_is_named_only_when_the_printed_shares_differ():
    """45.3 against 44.6 is printed 45 against 45: neither above nor below."""

    def area(name: str, share: float, nation: float) -> AreaResult:
        return AreaResult("x", name, 5, 11, share, nation, None, None)

    assert text.finding([area("A", 45.3, 44.6), area("B", 44.6, 45.3)]) == ""
    said = text.finding([area("A", 45.3, 44.6), area("B", 60, 50), area("C", 40, 50)])
    assert said == (
        "Längst över riket ligger b: 5 av 11 ja-svar (60\u00a0%) mot 50\u00a0% i riket. "
        "Inom c är andelen ja-svar lägre än i riket."
    )
    assert "alla kvalitetsområden" in text.finding([area("A", 60, 50)])


@pytest.mark.parametrize("unit", golden.PAGES)
def test_a_units_files_hold_its_answers(project: Project, unit: str):
    folder = project.site / "kommuner" / unit
    lines = list(csv.DictReader(io.StringIO((folder / f"{unit}.csv").read_text("utf-8"))))
    assert "".join(line["svar_kod"] for line in lines) == "".join(golden.PAGES[unit])
    assert {(line["ar"], line["enhet_id"]) for line in lines} == {("2015", unit)}
    assert [int(line["riket_andel_ja_procent"]) for line in lines] == golden.SHARES
    book = zipfile.ZipFile(folder / f"{unit}.xlsx")
    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert sheet.count("<row ") == 61
    codes = [sheet.split(f'r="F{row}"', 1)[1].split("<v>", 1)[1][0] for row in range(2, 62)]
    assert "".join(codes) == "".join(golden.PAGES[unit])


def test_a_workbook_is_the_same_every_time(project: Project):
    edition = SitePages.load(project).latest
    made = unit_files.unit_workbook(edition, "lund", unit_files.unit_rows(edition, "lund"))
    assert made == (project.site / "kommuner" / "lund" / "lund.xlsx").read_bytes()


def test_halves_are_rounded_up_and_findings_are_grammatical(project: Project):
    assert [text.number(n) for n in (62.5, 0.5, 87.5)] == ["63", "1", "88"]
    profiles = SitePages.load(project).latest.profiles
    assert text.finding(profiles["nykvarn"].areas).endswith(
        "Inom tillgänglighet är andelen ja-svar lägre än i riket."
    )
    assert text.finding(profiles["trollhattan"].areas).endswith(
        "Andelen ja-svar är högre än i riket i alla kvalitetsområden."
    )
    assert text.finding([]) == ""
    close = Described("x", "X", (), ja=354, partly=0, answered=1000, nation=35.6, units=())
    assert (
        "35\xa0%). I riket är medelvärdet av indikatorernas andelar 36\xa0%, en skillnad på mindre än en "
        in sentences.share(close, "alla")
    )
    assert [
        sentences.difference_shown(*pair) for pair in ((35.4, 35.6), (34.6, 35.4), (35, 35.2), (30, 42.5))
    ] == [
        "mindre än en procentenhet",
        "mindre än en procentenhet",
        "0\xa0procentenheter",
        "13\xa0procentenheter",
    ]


def test_names_are_in_swedish_order_with_their_numbers():
    names = [
        "Test-Ås",
        "Testkommun 001",
        "Testkommun 001, Teststadsdel 02",
        "Testkommun 001, Teststadsdel 10",
        "Testkommun 002",
        "Testkommun 243",
        "Testkommun Väst",
        "Testkommun Åsele",
        "Testkommun Öst",
    ]
    assert sorted(reversed(names), key=swedish_order) == names
