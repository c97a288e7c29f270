"""What readers see of figures fetched from Kolada: with invented values for invented municipalities, and without any."""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
from collections.abc import Iterator

import pytest
from synthetic import FETCHED_YEARS, make_project

from ojbrottsoffer.analysis.compared_key_figures import KeyFigures
from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.analysis.limits import SIMILAR_MUNICIPALITIES, SMALL_POPULATION, YEARS_OF_SMALL
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.context.key_figure_context import key_figures
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.site.pages.site_pages import SitePages

UNITS = 24


@pytest.fixture(scope="module")
def fetched(project: Project, tmp_path_factory) -> Project:
    return make_project(project, tmp_path_factory.mktemp("kolada") / "projekt", UNITS, with_kolada=True)


@pytest.fixture(scope="module")
def pages(fetched: Project) -> SitePages:
    return SitePages.load(fetched)


@pytest.fixture(scope="module")
def figures(pages: SitePages) -> KeyFigures:
    return key_figures(pages.latest.site)


def section(pages: SitePages, unit: str) -> str:
    html = pages.page(f"kommuner/{unit}.md", lambda address: f"/{address}")
    return html[html.index('id="soker-hjalp"') :].split("</section>")[0]


def number(text: str) -> float:
    return float(text.replace("\xa0", "").replace("%", "").replace(",", "."))


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def test_the_section_has_every_value_of_the_public_table(pages: SitePages, fetched: Project):
    html = section(pages, "testkommun-001")
    rows = read_tables(fetched.clean)["nyckeltal_varden"]
    code = rows.loc[rows["enhet_id"] == "testkommun-001", "kommunkod"].iloc[0]
    table = html[html.index('id="alla-ar"') :].split("</table>")[0]
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in table.split("<tr>")[2:]]
    names = re.findall(r'<th scope="col" class="tal">(.*?)</th>', table)
    shown = {(int(line[0]), name): cell for line in lines for name, cell in zip(names, line[1:], strict=True)}
    about = read_tables(fetched.clean)["nyckeltal"].set_index("nyckeltal_id")["nyckeltal"]
    rows = rows[(rows["kon"] == "alla") & (rows["nyckeltal_id"] != "invanare")].dropna(subset=["varde"])
    own = rows[rows["kommunkod"] == code].set_index(["nyckeltal_id", "ar"])["varde"]
    nation = rows[rows["kommunkod"] == "0000"].set_index(["nyckeltal_id", "ar"])["varde"]
    for (figure, ar), value in own.items():
        first, second = map(number, shown[ar, about[figure]].rstrip(")").split(" ("))
        assert math.isclose(first, value, abs_tol=0.5) and math.isclose(
            second, nation[figure, ar], abs_tol=0.5
        )
    for figure, group in own.groupby(level=0):
        ar = group.index.get_level_values("ar").max()
        trace = f"nyckeltal_id={figure} kommunkod={code} ar={ar} kon=alla"
        found = re.findall(re.escape(trace) + r'">([^<]+)<', html)
        assert found and math.isclose(number(found[0]), own[figure, ar], abs_tol=0.5), trace
    said = plain(html)
    assert "inget betyg" in said and "mer öppenhet, bättre räkning eller mer våld" in said
    assert said.count("Källa: Kolada, ") == 7
    assert not re.search(r"placering|plats \d|bäst|sämst", said.lower())


def test_the_section_is_light_with_twenty_years(pages: SitePages):
    """A page is at most 25 kB, of which a profile without it has 20."""
    assert len(FETCHED_YEARS) == 20
    html = pages.page("kommuner/testkommun-001.md", lambda address: f"../../{address}")
    start = html.index('<section id="soker-hjalp"')
    end = html.index("</section>", start)
    whole, without = (len(gzip.compress(one.encode())) for one in (html, html[:start] + html[end:]))
    assert whole - without < 5000


def test_no_value_is_coloured_as_an_answer(pages: SitePages):
    assert not re.search(r"--oj-(ja|nej|delvis)|oj-s[012]", section(pages, "testkommun-001"))


def test_a_missing_value_stays_missing_and_says_why(figures: KeyFigures, pages: SitePages):
    late = [
        (code, figure)
        for code in figures.population
        for figure in figures.of(code)
        if figure.late and figure.year
    ]
    assert late, "the invented values have some that are missing in the last year"
    code, figure = late[0]
    unit = next(unit for unit, one in figures.codes.items() if one == code)
    assert f"{min(figure.late)}: " in plain(section(pages, unit))
    assert not set(figure.late) & set(figure.values)


def test_a_small_municipality_is_shown_over_several_years(figures: KeyFigures, pages: SitePages):
    small = [code for code, people in figures.population.items() if people < SMALL_POPULATION]
    large = [code for code, people in figures.population.items() if people >= SMALL_POPULATION]
    assert small and large
    unit = {code: unit for unit, code in figures.codes.items()}
    said = plain(section(pages, unit[small[0]]))
    figure = next(one for one in figures.of(small[0]) if one.mean is not None)
    assert figure.years_together[-1] - figure.years_together[0] < YEARS_OF_SMALL
    assert math.isclose(
        figure.mean, sum(figure.values[y] for y in figure.years_together) / len(figure.years_together)
    )
    assert "Kommunen är liten: ett fåtal fall mer eller mindre syns i talet." in said
    assert "Kommunen är liten" not in plain(section(pages, unit[large[0]]))


def test_similar_municipalities_follow_the_rule_that_the_page_states(figures: KeyFigures):
    for code, people in figures.population.items():
        found = figures.similar(code)
        assert len(found) == SIMILAR_MUNICIPALITIES and code not in {one.kommunkod for one in found}
        share = figures.county_share[code]
        order = [
            (-one.groups, abs(math.log(one.population / people)) + abs(one.share - share) / 100)
            for one in found
        ]
        assert order == sorted(order)


def test_a_profile_compares_with_similar_municipalities(pages: SitePages):
    found = pages.latest.profiles["testkommun-001"]
    assert found.peers_are_similar and len(found.peers) == SIMILAR_MUNICIPALITIES
    html = pages.page("kommuner/testkommun-001.md", lambda address: f"/{address}")
    assert "Liknande kommuner" in html and "Samma grupp" not in html


def test_the_files_and_the_api_have_the_values(pages: SitePages, fetched: Project):
    files = dict(_wanted(pages))
    rows = list(csv.reader(files["csv"].decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:4] == ["nyckeltal", "Koladas id", "måttenhet", "år"]
    assert {int(row[3]) for row in rows[1:]} == set(FETCHED_YEARS)
    assert b"<svg" in files["svg"] and b"Riket" in files["svg"]
    values = json.loads(files["json"])["data"]["nyckeltal_varden"]
    table = read_tables(fetched.clean)["nyckeltal_varden"]
    assert len(values) == (table["enhet_id"] == "testkommun-001").sum()


def _wanted(pages: SitePages) -> Iterator[tuple[str, bytes]]:
    from ojbrottsoffer.site.downloads import chart_files
    from ojbrottsoffer.site.downloads.api import writing

    for address, content in chart_files.all_files(pages.editions.values(), pages.templates, None):
        if address.startswith("diagram/nyckeltal-testkommun-001."):
            yield address.rsplit(".")[-1], content
    for address, content in writing.all_files(pages.data, ""):
        if address.endswith("/enheter/testkommun-001.json"):
            yield "json", content


def test_a_map_has_four_classes_and_every_value(pages: SitePages, figures: KeyFigures):
    html = pages.fragment("nyckeltal", lambda address: f"/{address}", "nyckeltal/")
    drawn = re.findall(r'class="oj-bild oj-bild--karta".*?</svg>', html, re.S)
    with_map = [one for one in figures.shown if figures.on_map(one["nyckeltal_id"])]
    assert len(drawn) == len(with_map) > 0
    year, values = figures.on_map(with_map[0]["nyckeltal_id"])
    uses = re.findall(r'href="#oj-k(\d)"', drawn[0])
    assert len(uses) == len(values) and set(uses) == {"0", "1", "2", "3"}
    assert max(map(uses.count, "0123")) - min(map(uses.count, "0123")) <= 1


def test_without_fetched_values_the_page_says_what_one_command_adds(project: Project):
    assert not key_figures(SiteTables.load(project)).are_there
    html = (project.site / "nyckeltal" / "index.html").read_text(encoding="utf-8")
    assert "ojbrottsoffer hamta kolada" in html and "Inga värden är hämtade än" in html
    page = project.site / "kommuner" / "vallentuna" / "index.html"
    assert 'id="soker-hjalp"' not in page.read_text(encoding="utf-8")
