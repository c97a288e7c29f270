"""An invented national edition of 320 units, some of them with names that try to be something else, is built with the
same code and stays usable."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from htmltext import flat
from playwright.sync_api import Browser, Page, expect
from rdflib import RDF, Graph, URIRef
from reading import BOX, figures, rows
from strange import AREA, HOSTILE, TITLE, with_hostile_names
from synthetic import MARK, YEAR, make_project

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.project import Project
from ojbrottsoffer.site import security
from ojbrottsoffer.site.assemble import build_site
from tools.server import serving

pytestmark = pytest.mark.slow

UNITS = 320
HOSTILE_UNITS = [f"testkommun-{number}" for number in range(201, 209)]


@pytest.fixture(scope="module")
def national(project: Project, tmp_path_factory) -> Project:
    """Built with an address and a contact. `HOSTILE` are the names of some municipalities, indicators, areas and sources."""
    made = make_project(project, tmp_path_factory.mktemp("landet"), UNITS)
    assert with_hostile_names(made, 201) == HOSTILE_UNITS
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://exempel.invalid/oj")
        patch.setenv("KONTAKT", "namn@exempel.invalid")
        assert build_site(made) == 0
    return made


@pytest.fixture(scope="module")
def national_url(national: Project) -> Iterator[str]:
    with serving(national.site) as address:
        yield address


def read(national: Project, address: str) -> str:
    return flat((national.site / address / "index.html").read_text(encoding="utf-8"))


def similar_on_profile(national: Project, unit: str) -> list[str]:
    html = read(national, f"kommuner/{unit}")
    return re.findall(r'<li><a href="\.\./([\w-]+)/">', html[html.index('id="liknar"') :].split("</ul>")[0])


def test_pages_stay_light_and_the_lists_whole(national: Project):
    start = read(national, "")
    overview = start[start.index("oj-oversikt") :]
    assert len(re.findall(r'href="kommuner/testkommun-\d{3}/"', overview)) == UNITS
    comparison = read(national, "jamfor")
    assert comparison[comparison.index("<article") :].count("<details") == 15
    assert len(re.findall(r'<td class="oj-c', comparison)) == UNITS * 60
    for address, limit in (
        ("", 40),
        ("jamfor", 120),
        ("kommuner", 40),
        ("indikatorer", 40),
        ("kommuner/testkommun-001", 20),
    ):
        size = len(gzip.compress(read(national, address).encode())) / 1000
        assert size < limit, f"/{address}: {size:.0f} kB"


def test_every_page_says_that_it_is_invented(national: Project):
    pages = list(national.site.rglob("*.html"))
    assert len(pages) > UNITS + 60
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert f"<strong>Påhittade uppgifter.</strong> {MARK}" in html, path
        assert "<title>Påhittade uppgifter: " in html and 'content="noindex"' in html, path


def test_the_maps_have_every_unit_once_and_count_as_the_tables(national: Project):
    places = set()
    for address in ("kommuner", "indikatorer/social-jour", "indikatorer/brukarmedverkan"):
        html = read(national, address)
        (drawn,) = re.findall(r'<svg class="oj-bild oj-bild--karta".*?</svg>', html, re.S)
        marks = re.findall(
            r'href="#oj-([sk])(\w)" x="([\d.]+)" y="([\d.]+)".*?<title>(.*?): (.*?)</title>', drawn
        )
        assert len({mark[2:4] for mark in marks}) == len({mark[4] for mark in marks}) == len(marks) == UNITS
        places.add(tuple(sorted((mark[4], *mark[2:4]) for mark in marks)))
        said = dict(
            (word.removeprefix("med "), int(n))
            for n, word in re.findall(
                r"(\d+) ([^,.]+)(?=[,.])",
                re.search(r'aria-label="Karta: .*?enheter: (.*?) Tabellen', drawn)[1],
            )
        )
        words = [mark[5] for mark in marks]
        assert said == {word: words.count(word) for word in words}
        if address != "kommuner":
            table = {
                word.strip(): int(n)
                for word, n in re.findall(
                    r'</svg> ([^<]+)</span></th><td class="tal" data-rubrik="Antal"[^>]*>(\d+)</td>', html
                )
            }
            assert {word.capitalize(): n for word, n in said.items()} == {w: n for w, n in table.items() if n}
    assert len(places) == 1, "en enhet har samma plats på alla kartor"


def test_the_text_does_not_speak_of_a_selection(national: Project):
    for address in (
        "",
        "kommuner",
        "indikatorer",
        "kommuner/testkommun-001",
        "jamfor",
        "kommuner/kiruna",
        "rankning",
        "rankning/over-tid",
    ):
        words = read(national, address).replace("lika många ja-svar", "")
        assert "många ja-svar" not in words.replace("Många ja-svar", ""), address
        assert "åtta" not in words, address


def test_many_units_have_scores_groups_and_ranks_but_no_names_in_pictures(national: Project):
    factors = read(national, "framgangsfaktorer") + read(national, "framgangsfaktorer/vantat")
    for part in ("kr20", "befolkningsgrupp", "landsdel", "lan"):
        assert f'id="{part}"' in factors, part
    assert f"grupper med minst {limits.UNITS_IN_GROUP} enheter" in factors
    ranking = read(national, "rankning")
    assert re.search(
        r"200 enheter har båda uppgifterna\. Spearmans rangkorrelation är 0,\d\d "
        r"\(permutationstest p-värde (under )?0,\d+, n\u00a0=\u00a0200\)",
        ranking,
    )
    assert f"Rangkorrelation visas från {limits.PAIRS_FOR_AGREEMENT} enheter" in ranking
    assert "oj-smabilder--tata" not in read(national, "rankning/over-tid")
    assert "oj-tabell oj-staplad oj-vantat" not in factors and 'id="urval"' not in factors
    assert "oj-bild--punkter" not in factors
    assert read(national, "rankning").count('class="oj-bild oj-bild--remsa"') == UNITS
    profile = read(national, "kommuner/testkommun-001")
    assert 'id="forvanar"' in profile and 'id="liknar"' in profile and 'id="faktorer"' in profile
    for address, limit in (
        ("framgangsfaktorer", 25),
        ("framgangsfaktorer/vantat", 25),
        ("rankning", 60),
        ("rankning/over-tid", 30),
    ):
        size = len(gzip.compress(read(national, address).encode())) / 1000
        assert size < limit, f"/{address}: {size:.0f} kB"


def test_the_spread_of_the_units_is_that_of_their_answers(national: Project):
    known = json.loads((national.site / "assets" / "underlag.json").read_text(encoding="utf-8"))["enheter"]
    shares = [100 * unit["svar"].count("2") / len(unit["svar"].replace("-", "")) for unit in known]
    html = read(national, "kommuner")
    part = html[html.index("Enheterna efter andel ja-svar 2099</caption>") :]
    counts = [int(n) for n in re.findall(r'<td class="tal">(\d+)</td>', part.split("</table>")[0])]
    limits_of = [-1, *(10 * n - 0.5 for n in range(1, 10)), 101]
    assert counts == [sum(low <= share < high for share in shares) for low, high in pairwise(limits_of)]
    middle = sorted(shares)[UNITS // 2 - 1 : UNITS // 2 + 1]
    assert f"I mitten ligger {int(sum(middle) / 2 + 0.5)}\u00a0%." in html
    assert read(national, "framgangsfaktorer").count("Enheterna efter andel ja-svar, ") == 2 * 4


def test_a_gap_says_how_many_have_it_and_a_unit_is_shown_among_its_group(national: Project):
    known = json.loads((national.site / "assets" / "underlag.json").read_text(encoding="utf-8"))
    place = {item["id"]: n for n, item in enumerate(known["indikatorer"])}
    html = read(national, "kommuner/testkommun-150")
    gaps = re.findall(r'<tr id="lucka-([\w-]+)".*?data-rubrik="Har det"[^>]*>(.*?)</td>', html)
    assert gaps
    for gap, said in gaps:
        n = sum(unit["svar"][place[gap]] == "2" for unit in known["enheter"])
        assert re.sub(r"<[^>]+>", "", said).split() == [str(n), "av", str(UNITS)], gap
    assert "samma befolkningsgrupp, lägst till högst" in html


def test_a_profile_with_missing_answers_agrees_with_the_browser(
    page: Page,  # noqa: F811
    national: Project,
    national_url: str,  # noqa: F811
):
    year = json.loads((national.site / "assets" / "underlag.json").read_text(encoding="utf-8"))
    assert year["ar"] == YEAR
    unit = next(u for u in year["enheter"] if "-" in u["svar"] and u["grupp"] == 2)
    page.goto(f"{national_url}/kommuner/{unit['id']}/")
    built = figures(page)
    page.goto(f"{national_url}/din-kommun/")
    expect(page.locator(".oj-fragor__antal").first).not_to_be_empty()
    page.fill("#oj-namn", unit["namn"])
    page.select_option("#oj-grupp", str(unit["grupp"]))
    page.set_input_files("#oj-fil", national.site / "kommuner" / unit["id"] / f"{unit['id']}.csv")
    page.locator("#oj-egen-profil h2").wait_for()
    own = figures(page)
    answered = len(unit["svar"].replace("-", ""))
    assert built["ingress"] == (built["antal"][0], str(answered), None, None) and answered < 60
    assert own == built


@pytest.mark.parametrize("width", [1280, 360])
def test_many_units_can_be_found_sorted_and_compared(
    browser: Browser,  # noqa: F811
    national: Project,
    national_url: str,
    width: int,  # noqa: F811
):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()  # noqa: F811
    page.goto(f"{national_url}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        page.get_by_role("button", name="Ja-svar av 60").click()
        counts = [int(row[1]) for row in rows(page, "Antal ja-svar och andel")[1:]]
        assert counts == sorted(counts, reverse=True) and len(counts) == UNITS
        page.get_by_label("Visa bara rader med").fill("kommun 31")
        page.get_by_text("13 av 320\u00a0rader visas").wait_for()
        assert page.locator(".oj-oversikt tbody tr:visible").count() == 14, "tretton rader och riket"
    page.goto(f"{national_url}/kommuner/")
    listed = page.locator("table[data-oj-sortera] tbody tr:visible")
    expect(listed).to_have_count(40)
    if width == 1280:
        beside, box = (
            page.locator(part).bounding_box() for part in ("figure.oj-karta", "table[data-oj-sortera]")
        )
        assert box["x"] > beside["x"] + beside["width"] and box["y"] < beside["y"] + 300, (
            "listan står bredvid kartan"
        )
        page.locator("figure.oj-karta summary").click()
        for kind, sign in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
            with page.expect_download() as saving:
                page.get_by_role("button", name=f"Hämta bild ({kind})").click()
            picture = Path(saving.value.path()).read_bytes()
            assert picture.startswith(sign) and b"var(" not in picture
            if kind == "SVG":  # it stands alone: every sign, and what they are drawn of
                refers, has = (
                    set(re.findall(rf'{name}="#?(oj-k\w+)"', picture.decode())) for name in ("href", "id")
                )
                assert (
                    refers
                    and refers <= has
                    and picture.count(b"<use ") >= UNITS
                    and b"75 % eller mer" in picture
                )
        page.get_by_role("button", name="Ja-svar av 60").click()
        assert listed.first.locator("td.tal").inner_text() == str(max(counts))
    page.get_by_role("button", name=f"Visa alla {UNITS}\u00a0rader").click()
    expect(listed).to_have_count(UNITS)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("combobox", name=BOX).press_sequentially("kommun 317")
    page.get_by_role("option", name="Testkommun 317").click()
    page.wait_for_url("**/kommuner/testkommun-317/")
    page.goto(f"{national_url}/jamfor/")
    page.get_by_text("Välj din kommun i rutan ovan").wait_for()
    known = json.loads((national.site / "assets" / "underlag.json").read_text(encoding="utf-8"))["enheter"]
    first = next(unit for unit in known if unit["id"] == "testkommun-001")
    shown = ["testkommun-001", *(known[i]["id"] for i in first["lika"])]
    assert len(set(shown)) == 1 + limits.SIMILAR_SHOWN and shown[1:] == similar_on_profile(national, shown[0])
    box = page.get_by_role("combobox", name="Lägg till enhet")
    for number in ("001", "320"):
        box.press_sequentially(number)
        page.get_by_role("option", name=f"Testkommun {number}").wait_for()
        page.keyboard.press("Enter")
        if number == "001":
            page.get_by_text("som svarar mest likt Testkommun 001 visas bredvid").wait_for()
    shown += [] if "testkommun-320" in shown else ["testkommun-320"]
    assert page.url.endswith(f"?enheter={','.join(shown)}")
    assert page.locator("#oj-jamfor table.oj-matris td.tal").count() >= 60
    assert page.locator("#oj-jamfor table.oj-matris thead th").count() == 2 + len(shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for address in (f"kommuner/{HOSTILE_UNITS[3]}/", f"jamfor/?enheter={HOSTILE_UNITS[3]},testkommun-001"):
        page.goto(f"{national_url}/{address}")
        page.locator("h1").wait_for()
        page.wait_for_function(
            "!document.querySelector('#oj-jamfor') || document.querySelector('#oj-jamfor table')"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "ett namn på 300 tecken"
    context.close()


def test_a_site_with_an_address_and_a_contact_tells_programs_where_it_is(national: Project):
    base = "https://exempel.invalid/oj/"
    made = Graph().parse(national.site / "data" / "dcat.rdf", format="xml")
    assert (URIRef(f"{base}data/dcat.rdf#katalog"), RDF.type, None) in made
    assert URIRef("mailto:namn@exempel.invalid") in set(made.objects())
    assert f"Sitemap: {base}sitemap.xml" in (national.site / "robots.txt").read_text("utf-8")
    cited = yaml.safe_load((national.site / "data" / "CITATION.cff").read_text("utf-8"))
    assert cited["url"].startswith(f"{base}data/") and cited["identifiers"][0]["value"] == cited["url"]
    package = json.loads((national.site / "data" / "datapackage.json").read_text("utf-8"))
    assert package["homepage"] == f"{base}data/" and package["id"] == cited["url"]
    page = (national.site / "data" / "index.html").read_text("utf-8")
    assert re.search(r'<link rel="alternate" type="application/rdf\+xml" href="(\./)?dcat\.rdf">', page)
    assert 'href="dcat.rdf">' in page.split("<body")[1]
    said = json.loads((national.site / "api" / "v1" / "index.json").read_text("utf-8"))
    assert said["lankar"]["sjalv"] == said["data"][0]["adress"] == f"{base}api/v1/index.json"


def test_names_are_text_on_the_pages(national: Project):
    for unit, name in zip(HOSTILE_UNITS, HOSTILE, strict=True):
        html = (national.site / f"kommuner/{unit}/index.html").read_text("utf-8")
        heading = re.search(r"<h1[^>]*>(.*?)<span data-pagefind-ignore>svarar ja", html, re.S)[1]
        assert unescape(heading).strip() == name
        title = re.search(r"<title>(.*?)</title>", html, re.S)[1]
        assert name in unescape(title)
    shown = ""
    for path in national.site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not security.refused(html), path
        assert "<script>alert" not in html and "<img src=x" not in html, path
        if path.parent.parent.name == "indikatorer" or path.parent.name == "testkommun-001":
            shown += unescape(html).lower()  # an area in the middle of a sentence begins in lower case
    assert not [name for name in HOSTILE if (name + AREA).lower() not in shown]
    assert (HOSTILE[0] + TITLE).lower() in shown, "den påhittade källan nämns på varje profil"
    names = {choice[0] for choice in json.loads((national.site / "assets/val.json").read_bytes())}
    assert set(HOSTILE) <= names


def test_names_are_text_in_the_files(national: Project):
    for unit in HOSTILE_UNITS:
        folder = national.site / f"kommuner/{unit}"
        rows = list(csv.DictReader(io.StringIO((folder / f"{folder.name}.csv").read_text("utf-8"))))
        assert [row["indikator"] for row in rows[: len(HOSTILE)]] == HOSTILE
        book = zipfile.ZipFile(folder / f"{folder.name}.xlsx")
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        assert sheets and not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        plan = zipfile.ZipFile(folder / f"handlingsplan-{folder.name}.xlsx")
        formulas = {
            re.sub(r"\d+", "", formula)
            for name in plan.namelist()
            if "worksheets/sheet" in name
            for formula in re.findall(r"<f>(.*?)</f>", plan.read(name).decode())
        }
        assert formulas == {'IF(OR(I="",J=""),"",I*J)'}


def test_pages_say_their_address_where_it_is_known(national: Project, project: Project):
    base = "https://exempel.invalid/oj/"
    html = (national.site / "kommuner/testkommun-204/index.html").read_text("utf-8")
    address = f"{base}kommuner/testkommun-204/"
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    assert f"<loc>{address}</loc>" in (national.site / "sitemap.xml").read_text("utf-8")
    pictures = {
        "index.html": ("assets/bild/oppna-jamforelser.png", "En stapel för varje fråga"),
        "om/index.html": ("assets/bild/oppna-jamforelser.png", "En stapel för varje fråga"),
        "kommuner/testkommun-204/index.html": (
            "kommuner/testkommun-204/profil-testkommun-204.png",
            "En ruta för varje fråga.",
        ),
        "framgangsfaktorer/samverkan/index.html": (
            "framgangsfaktorer/samverkan/samverkan.png",
            "Gul: frågorna i den här framgångsfaktorn.",
        ),
    }
    for page, (picture, said) in pictures.items():
        html = (national.site / page).read_text("utf-8")
        assert f'<meta property="og:image" content="{base}{picture}">' in html
        assert said in re.search(r'<meta property="og:image:alt" content="([^"]*)">', html)[1]
        assert (national.site / picture).read_bytes().startswith(b"\x89PNG")
    without = (project.site / "kommuner/lund/index.html").read_text("utf-8")
    assert "canonical" not in without and "og:url" not in without and "og:image" not in without
    assert not (project.site / "sitemap.xml").exists()


def test_what_machines_read_is_well_formed(national: Project):
    """The sitemap, descriptions of the data in the pages, and Open Graph. There are no feeds."""
    feeds = [path for path in national.site.rglob("*") if path.suffix in (".xml", ".rss", ".atom")]
    assert feeds == [national.site / "sitemap.xml"]
    places = [node.text for node in ElementTree.parse(feeds[0]).iter() if node.tag.endswith("}loc")]
    assert len(places) > 60 and all(
        re.fullmatch(r"https://exempel\.invalid/[\w./-]*", place) for place in places
    )
    described = 0
    for path in national.site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            described += bool(json.loads(text)["@type"])
    assert described
    for unit, name in zip(HOSTILE_UNITS, HOSTILE, strict=True):
        html = (national.site / f"kommuner/{unit}/index.html").read_text("utf-8")
        assert unescape(re.search(r'<meta property="og:title" content="([^"]*)"', html)[1]).startswith(name)
