"""What a Ja requires, on the pages where a reader asks."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import golden
import pytest

from ojbrottsoffer.project import Project

YES = "Ett Ja kräver: "


def text(path: Path) -> str:
    """The words of a page, spaces made alike."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))).split())


@pytest.fixture(scope="module")
def definitions(project: Project) -> dict[str, dict]:
    """Indicator -> its first definition."""
    with (project.clean / "definitioner.csv").open(encoding="utf-8") as file:
        return {row["indikator_id"]: row for row in reversed(list(csv.DictReader(file)))}


def test_every_indicator_says_what_a_yes_requires_and_for_which_years(project: Project, definitions):
    assert len(definitions) == 60
    for indicator, row in definitions.items():
        page = text(project.site / "indikatorer" / indicator / "index.html")
        if row["ja"]:
            whose = "liknande frågor" if row["omfattning"] == "liknande" else "frågan"
            known = f" (enligt {whose} " if row["kand_fran"] or row["kand_till"] else ""
            assert f"{YES}{row['kort']}{known}" in page and row["ja"] in page
        else:
            assert "Definitionen för 2015 är inte funnen." in page and "bilaga 3 (s. 22–49)" in page
        assert row["varfor_2015"] in page


def test_the_definition_comes_before_who_answers_what(project: Project):
    path = project.site / "indikatorer" / "skolgang-skyddat-boende" / "index.html"
    page = path.read_text(encoding="utf-8")
    assert page.index("<h1") < page.index("(enligt frågan 2015)") < page.index('class="oj-fakta"')
    assert page.index('id="definition"') < page.index('id="vem"')
    assert "U37515" in page and "Källa: Kolada" in text(path)


@pytest.mark.parametrize("unit", golden.PAGES)
def test_every_gap_says_what_a_yes_requires(project: Project, unit: str):
    gaps = sum(code != "2" for code in "".join(golden.PAGES[unit]))
    page = text(project.site / "kommuner" / unit / "index.html")
    assert page.count(YES) + page.count("Definitionen för 2015 är inte funnen.") == gaps


def test_each_question_to_answer_says_it_too(project: Project, definitions):
    page = (project.site / "din-kommun" / "index.html").read_text(encoding="utf-8")
    for indicator, row in definitions.items():
        described = re.search(rf'aria-describedby="krav-{indicator}"', page)
        said = re.search(rf'id="krav-{indicator}">([^<]+)<', page)
        assert described and said and row["kort"].lower() in html.unescape(said[1]).lower()


def test_the_glossary_explains_every_term_that_a_page_links_to(project: Project, definitions):
    glossary = (project.site / "indikatorer" / "ordlista" / "index.html").read_text(encoding="utf-8")
    terms = set(re.findall(r'<dt id="([a-z-]+)">', glossary))
    linked = set()
    for indicator in definitions:
        page = (project.site / "indikatorer" / indicator / "index.html").read_text(encoding="utf-8")
        linked |= set(re.findall(r"ordlista/#([a-z-]+)", page))
    assert linked and linked <= terms
    assert "60 frågorna har 13 en definition" in text(project.site / "indikatorer/ordlista/index.html")
