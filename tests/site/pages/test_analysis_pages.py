"""The pages of the analysis: the same figures as the notebooks, links that lead, text that is true."""

from __future__ import annotations

import html
import json
import re

import golden
import pytest
from htmltext import flat

from ojbrottsoffer.presentation import model_sentences, sentences
from ojbrottsoffer.presentation.factor_analysis import Analysis
from ojbrottsoffer.project import Project

FACTORS, AREAS, EXPECTED = "framgangsfaktorer", "framgangsfaktorer/omraden", "framgangsfaktorer/vantat"
PAGES = (FACTORS, AREAS, EXPECTED, "rankning", "rankning/over-tid", "metoder/trollhattan")


def read(project: Project, address: str) -> str:
    return flat((project.site / address / "index.html").read_text(encoding="utf-8"))


def rows(page: str, caption: str, whole: bool = False) -> list[list[str]]:
    """The body rows of the table whose caption contains (`whole`: is) `caption`, as plain text."""

    def fits(table: str) -> bool:
        said = html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<caption.*?</caption>", table, re.S)[0]))
        return said.strip() == caption if whole else caption in said

    table = next(t for t in re.findall(r"<table.*?</table>", page, re.S) if fits(t))
    body = table[table.index("<tbody") :]
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr.*?</tr>", body, re.S)
    ]


@pytest.fixture(scope="module")
def analysis(project: Project) -> Analysis:
    return Analysis.load(project)


def test_a_figure_on_a_page_is_that_of_the_notebook(project: Project):
    page = "".join(read(project, address) for address in (FACTORS, AREAS, EXPECTED))
    book = read(project, "anteckningsbocker/04_framgangsfaktorer")
    shown = {row[0]: row for row in rows(page, "Indikatorområden: ja-svar")}
    counted = {row[0]: row for row in rows(book, "Ja-svar mot väntat per indikatorområde")}
    assert set(shown) == set(counted) and len(shown) == 15
    for name, row in counted.items():
        ja, of, expected, low, high = row[1:6]
        assert shown[name][1] == f"{ja} av {of}"
        assert shown[name][2] == expected
        assert shown[name][6] == row[6] and shown[name][7] == row[7]
        assert shown[name][3].replace(" – ", "–") == (low if low == high else f"{low}–{high}")
    analysis = Analysis.load(project)
    briefly = dict(
        zip(analysis.year.indicators["indikator"], analysis.year.indicators["kortnamn"], strict=True)
    )
    for caption_page, caption_book in (
        ("Indikatorer, de mest avvikande först", "Ja-svar mot väntat per indikator, de 10"),
        ("Framgångsfaktorer: ja-svar", "Ja-svar mot väntat per framgångsfaktor"),
    ):
        on_page = {(briefly.get(row[0], row[0]), row[1], row[2]) for row in rows(page, caption_page)}
        in_book = {(row[0], f"{row[1]} av {row[2]}", row[3]) for row in rows(book, caption_book)}
        assert in_book <= on_page and len(in_book) == min(10, len(on_page))
    for caption_page, caption_book, at in (
        ("Andel ja-svar per framgångsfaktor, de", "Andel ja-svar per framgångsfaktor", 2),
        ("Kvalitetsområden: andel", "Andel ja-svar per kvalitetsområde", 2),
        ("Indikatorområden: andel", "Andel ja-svar per indikatorområde", 2),
        (
            "Andel ja-svar per indikator, riket",
            "Andel ja-svar per indikator, de 10 med störst skillnad mot riket",
            3,
        ),
    ):
        on_page = {row[0]: row[at] for row in rows(page, caption_page) if " av " in row[at]}
        in_book = {row[0]: f"{row[1]} av {row[2]}" for row in rows(book, caption_book, True)}
        assert in_book.items() <= on_page.items()
        assert len(in_book) == (10 if "de 10" in caption_book else len(on_page))
    areas = [
        row
        for level in ("Kvalitetsområden: ja av svar per", "Indikatorområden: ja av svar per")
        for row in rows(page, level)
    ]
    assert areas == rows(book, "Ja av svar per enhet och område") and len(areas) == 19
    folded = " ".join(html.unescape(re.sub(r"<[^>]+>", "", book)).split())
    for said in (
        model_sentences.coverage(analysis.tried),
        model_sentences.too_narrow(analysis.tried, analysis.apart),
        model_sentences.singled_out(analysis.tried),
        model_sentences.one_dimension(analysis.cells("kvalitetsomrade")),
        model_sentences.by_chance(analysis),
        model_sentences.likeliest_spread(analysis.spread_checks),
    ):
        assert " ".join(said.split()) in folded
        assert " ".join(said.split()) in " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
    labels = analysis.year.indicators["indikator"].to_dict()
    ending = folded[folded.index("Svaret, och dess gränser", folded.index("Håller intervallen vad")) :]
    assert " ".join(model_sentences.deviating(analysis, labels, "de åtta").split()) in ending
    surprises = rows(book, "Svar som förvånar mest per enhet")
    for name in analysis.year.short_names.values():
        profile = [
            row
            for row in rows(page, f"Svar som förvånar mest, givet antalet ja-svar: {name}")
            if len(row) == 3
        ]
        assert [(briefly[row[0]], row[2]) for row in profile] == [
            (row[2], row[3]) for row in surprises if row[0] == name
        ]


def test_ranks_and_placings_are_those_of_the_notebooks(project: Project):
    page, book = read(project, "rankning"), read(project, "anteckningsbocker/03_rankning_urval")
    shown = [(row[0], row[2], row[4]) for row in rows(page, "Placering enligt antal ja-svar")]
    counted = [
        (row[0], row[2], row[7] if row[7] == row[8] else f"{row[7]}–{row[8]}")
        for row in rows(book, "Placering och hur den rör sig")
    ]
    assert shown == counted and len(shown) == 8
    page, book = read(project, "rankning/over-tid"), read(project, "anteckningsbocker/05_over_tid")
    first = {
        row[0]: [re.match(r"\d*", cell)[0] for cell in row[1:]]
        for row in rows(page, "Kända placeringar hos Unizon")
    }
    assert first == {row[0]: row[1:] for row in rows(book, "Kända placeringar hos Unizon")}
    assert len(rows(page, "Rikets andel ja-svar, varje")) == len(rows(book, "Rikets andel ja-svar, varje"))


def test_the_table_of_all_indicators_is_the_report_s(project: Project):
    found = rows(read(project, AREAS), "Andel ja-svar per indikator, riket")
    codes = ["".join(pages) for pages in golden.PAGES.values()]
    assert [row[2] for row in found] == [f"{share} %" for share in golden.SHARES]
    assert [row[3] for row in found] == [f"{sum(unit[n] == '2' for unit in codes)} av 8" for n in range(60)]


def test_the_selection_is_explained_before_anything_is_compared(project: Project):
    page = read(project, "framgangsfaktorer")
    places = [page.index(f'id="{name}"') for name in ("grans", "urval", "faktorerna", "vantat", "modellen")]
    assert places == sorted(places), "svaret och dess gränser först, metoden sist"
    found = Analysis.load(project)
    parts = found.compared_indicators, found.compared_areas, found.compared_factors
    answer = model_sentences.answer("de åtta", *parts, found.TOP_OJ)
    chance = model_sentences.answer_by_chance(
        found.tried, found.apart, found.compared_areas, found.compared_indicators
    )
    before = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page[: places[0]])).split())
    assert before.index(" ".join(answer.split())) < before.index(" ".join(chance.split()))
    assert "Inget här visar orsaker" in page


def test_the_pages_say_what_the_analysis_says(project: Project, analysis: Analysis):
    names = analysis.year.short_names

    def plain(address: str) -> str:
        return " ".join(html.unescape(re.sub(r"<[^>]+>", "", read(project, address))).split())

    def folded(sentence: str) -> str:
        return " ".join(sentence.split())

    assert folded(sentences.agreeing(analysis.agreement)) in plain("rankning")
    assert folded(sentences.firmness(analysis.rank_ranges, names)) in plain("rankning")
    factors = plain(EXPECTED)
    assert folded(model_sentences.by_chance(analysis)) in factors
    for one in analysis.compared_factors:
        assert folded(model_sentences.judgement(one)) in factors
        factor = plain(f"framgangsfaktorer/{one.what.id}")
        assert folded(model_sentences.judgement(one)) in factor
        assert folded(sentences.share(one.what, "de åtta")) in factor
        assert (
            folded(model_sentences.caution(one, 4, analysis.moves, analysis.tried, analysis.apart)) in factor
        )
    summary = factors[factors.index(folded(model_sentences.by_chance(analysis))) :]
    summary = summary[: summary.index("väntat intervall")]
    for one in analysis.compared_areas:
        assert (folded(model_sentences.judgement(one)) in summary) == one.holds
    assert folded(model_sentences.areas_that_hold(analysis.compared_areas)) in summary and "<" not in summary
    assert folded(sentences.direction(analysis.national_courses)) in plain("rankning/over-tid")


@pytest.mark.parametrize("unit", golden.PAGES)
def test_three_surprises_in_each_direction_are_shown(project: Project, analysis: Analysis, unit: str):
    name = analysis.year.short_names[unit]
    found = rows(read(project, EXPECTED), f"Svar som förvånar mest, givet antalet ja-svar: {name}")
    answers = [row for row in found if len(row) == 3]
    assert [row[1] == "Ja" for row in answers] == [True] * 3 + [False] * 3
    assert all(0 <= int(row[2]) <= 100 for row in answers)


def test_every_picture_of_its_own_is_said_in_words_and_has_a_table(project: Project):
    for address in PAGES:
        page = read(project, address)
        pictures = re.findall(r'<svg class="oj-(?:plats|bild oj-bild--(?!remsa))[^>]*>', page)
        assert pictures and all('role="img" aria-label="' in one for one in pictures), address
        assert page.count("<table") >= 2
        assert all(
            "aria-hidden" in one for one in re.findall(r'<svg class="oj-bild oj-bild--remsa"[^>]*>', page)
        )


def test_the_example_has_its_groups_in_picture_and_table_and_all_answers(
    project: Project, analysis: Analysis
):
    page = read(project, "metoder/trollhattan")
    picture = re.search(r'<svg class="oj-bild oj-bild--organisation".*?</svg>', page, re.S)[0]
    routine = re.search(r'<svg class="oj-bild oj-bild--rutin".*?</svg>', page, re.S)[0]
    said = html.unescape(re.search(r'aria-label="([^"]*)"', routine)[1])
    steps = rows(page, "Så går ett ärende till")
    assert len(steps) == 7
    for row in steps:
        factor = next(one for one in analysis.factors.factors.values() if row[2].startswith(one.namn))
        assert f"{row[0]} ({factor.namn})." in said
        assert f">{row[0].split('. ')[1]}</text>" in routine and f">{factor.namn}</text>" in routine
    groups = rows(page, "Grupperna, deras uppgift")
    assert len(groups) == 5 and all(f">{row[0]}</text>" in picture for row in groups)
    answers = [row for row in rows(page, "svar 2015 efter framgångsfaktor")]
    codes = "".join(golden.PAGES["trollhattan"])
    assert sum(len(row) == 4 for row in answers) == 60
    assert sum(row[1].split(" ,")[0] == "Ja" for row in answers if len(row) == 4) == codes.count("2")


def test_derived_shares_are_marked_and_breaks_are_not_joined(project: Project, analysis: Analysis):
    page = read(project, "rankning/over-tid")
    drawn = [item.series for item in analysis.national_courses if len(item.series.points) > 1]
    part = page[page.index('id="riket"') :]
    assert part.count('<circle class="oj-trend__punkt') == sum(len(s.points) for s in drawn)
    assert part.count("<polyline") == sum(len(s.segments) for s in drawn)
    assert part.count("oj-trend__brott") == sum(len(s.breaks) for s in drawn) > 0
    assert len(re.findall(r">\d+\*</text>", part)) == len(
        {(n, p.ar) for n, s in enumerate(drawn) for p in s.points if p.derived}
    )


def test_notebooks_have_no_outputs_in_git(project: Project):
    for path in sorted(project.notebooks.glob("0[345]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not [cell for cell in cells if cell.get("outputs")], path.name
        words = "".join(cells[0]["source"]), "".join(cells[-1]["source"] + cells[-2]["source"])
        assert "?" in words[0] and "Svaret, och dess gränser" in words[1]
