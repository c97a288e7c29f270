"""The built pages: what they say, where they lead, and that they ask nobody else for anything."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import golden
import pytest

from ojbrottsoffer.presentation import palette, text
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.words import contact

NEXT_PAGE = 25_000
"""Bytes that a page may cost a reader who has seen one before, as a server sends them."""
CODES = {"2": "Ja", "1": "Delvis", "0": "Nej"}


class Page(HTMLParser):
    """What a test needs to know about a page."""

    def __init__(self, path: Path):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.headings: list[int] = []
        self.lang = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values.get("lang", "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") not in ("canonical",):
            self.resources.append(values["href"])
        elif tag in ("script", "img", "iframe", "source", "video", "audio", "embed"):
            if values.get("src"):
                self.resources.append(values["src"])


@pytest.fixture(scope="module")
def pages(project: Project) -> dict[str, Page]:
    return {
        path.relative_to(project.site).as_posix(): Page(path) for path in sorted(project.site.rglob("*.html"))
    }


def profile(project: Project, unit: str) -> str:
    return (project.site / "kommuner" / unit / "index.html").read_text(encoding="utf-8")


def plain(html: str) -> str:
    """The text of some HTML, white space folded."""
    return re.sub(r"[ \n\t]+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&nbsp;", "\u00a0").strip()


def test_the_pages_of_the_contract_exist(pages):
    wanted = [
        "index.html",
        "kommuner/index.html",
        "indikatorer/index.html",
        "kvalitet/index.html",
        "data/index.html",
        "om/index.html",
        "om/kor-om/index.html",
        "404.html",
        "anteckningsbocker/01_inlasning/index.html",
        "anteckningsbocker/02_kvalitet/index.html",
    ]
    wanted += [f"kommuner/{unit}/index.html" for unit in golden.PAGES]
    assert set(wanted) <= set(pages)


def test_no_internal_link_is_dead(project: Project, pages):
    dead = []
    for name, page in pages.items():
        if name == "404.html":
            continue  # its links are absolute from the server's root by design of the theme
        for link in page.links + page.resources:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "tel", "mailto", "data"):
                continue
            assert not parts.path.startswith("/"), f"{name}: {link} fungerar inte i en underkatalog"
            target = (
                (project.site / name).parent / unquote(parts.path) if parts.path else (project.site / name)
            )
            target = target / "index.html" if target.is_dir() else target
            target = target.resolve()
            if not target.is_file():
                dead.append((name, link))
            elif parts.fragment and target.suffix == ".html":
                ids = pages[target.relative_to(project.site).as_posix()].ids
                if unquote(parts.fragment) not in ids:
                    dead.append((name, link))
    assert not dead


def test_no_page_asks_another_host_for_anything(project: Project, pages):
    for name, page in pages.items():
        for resource in page.resources:
            assert not urlsplit(resource).netloc, f"{name}: {resource}"
    for path in project.site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8")), path


def test_every_page_is_light_for_a_reader_who_has_seen_one(project: Project, pages):
    """The page, and its scripts, styles and figures that a profile has not fetched already."""

    def size(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 6))

    def fetched(path: Path) -> set[Path]:
        """What a page or a script asks for by itself."""
        text = path.read_text(encoding="utf-8")
        asked = (
            re.findall(r'^(?:import|export) .*?"(\.[^"]+)"', text, re.M)
            if path.suffix == ".js"
            else [
                *re.findall(r'<script[^>]* src="([^"]+)"|<link rel="?stylesheet"? href="([^"]+)"', text),
                *re.findall(r'data-underlag="([^"]+)"', text),
            ]
        )
        names = [next(filter(None, one)) if isinstance(one, tuple) else one for one in asked]
        found = {(path.parent / urlsplit(name).path).resolve() for name in names}
        return found.union(*(fetched(one) for one in found if one.suffix == ".js"))

    known = fetched(project.site / "kommuner/tyreso/index.html")
    assert {"sida.js", "dom.js"} <= {path.name for path in known}
    sizes = {}
    for name in pages:
        path = project.site / name
        more = set() if name == "404.html" else fetched(path) - known
        sizes[name] = size(path) + sum(map(size, more))
    assert {name: n for name, n in sizes.items() if n > NEXT_PAGE} == {}
    assert sizes["din-kommun/index.html"] > size(project.site / "din-kommun/index.html") + 5_000


def test_no_page_shows_markup_as_text(project: Project):
    shown = [
        path for path in project.site.rglob("*.html") if "&lt;a href" in path.read_text(encoding="utf-8")
    ]
    assert not shown


def test_pages_are_well_formed_for_readers(pages):
    for name, page in pages.items():
        assert page.lang == "sv", name
        assert len(page.ids) == len(set(page.ids)), name
        if name != "404.html":
            assert page.headings.count(1) == 1, name
            for before, after in zip(page.headings, page.headings[1:], strict=False):
                assert after <= before + 1, f"{name}: h{before} följs av h{after}"


def test_the_matrix_shows_every_answer(project: Project):
    html = (project.site / "jamfor" / "index.html").read_text(encoding="utf-8")
    table = html[html.index('class="oj-matris"') : html.index("</table>")]
    rows = [row for row in re.findall(r"<tr.*?</tr>", table, re.S) if "data-nr" in row]
    assert len(rows) == 60
    units = list(golden.PAGES)
    for number, row in enumerate(rows):
        cells = [plain(cell) for cell in re.findall(r"<td.*?</td>", row, re.S)]
        assert cells[0] == f"{golden.SHARES[number]}\u00a0%"
        printed = ["".join(golden.PAGES[unit])[number] for unit in units]
        assert cells[1:] == [CODES[code] for code in printed]


@pytest.mark.parametrize("unit", golden.PAGES)
def test_a_profile_says_what_the_cells_say(project: Project, unit: str):
    html = profile(project, unit)
    codes = "".join(golden.PAGES[unit])
    words = plain(html)
    assert f"svarar ja på {codes.count('2')} av 60 frågor" in words
    assert "cirka 30 av 60" in words
    assert (
        f"Av svaren 2015 är {codes.count('2')} Ja, {codes.count('1')} Delvis och {codes.count('0')} Nej."
    ) in words
    answers = html[html.index('id="alla-svar"') : html.index('id="kallor"')]
    rows = [row for row in re.findall(r"<tr.*?</tr>", answers, re.S) if "oj-plats" in row]
    assert len(rows) == 60
    for number, row in enumerate(rows):
        cells = [plain(cell) for cell in re.findall(r"<td.*?</td>", row, re.S)]
        assert cells == [str(number + 1), CODES[codes[number]], f"{golden.SHARES[number]}\u00a0%"]
        assert re.search(r"tabell 1, sida \d, del \d, rad \d+ bland indikatorerna, kolumn", row)
        assert re.search(r"tabell 2, del \d av 5, rad \d+ bland", row)


@pytest.mark.parametrize("unit", golden.PAGES)
def test_strengths_are_rare_first_and_gaps_common_first(project: Project, unit: str):
    html = profile(project, unit)
    codes = "".join(golden.PAGES[unit])

    def shares(start: str, end: str) -> list[int]:
        part = html[html.index(f'id="{start}"') : html.index(f'id="{end}"')]
        return [int(n) for n in re.findall(r"(\d+)(?:&nbsp;|\u00a0)%", part)]

    yes = sorted(share for share, code in zip(golden.SHARES, codes, strict=True) if code == "2")
    lacking = sorted(
        (share for share, code in zip(golden.SHARES, codes, strict=True) if code != "2"), reverse=True
    )
    assert shares("styrkor", "luckor") == yes[:10]
    assert shares("luckor", "alla-svar") == lacking


def test_the_contradiction_is_visible(project: Project):
    assert "Tyresö har 49 ja-svar" in plain(profile(project, "tyreso"))
    told = {unit: "antal-ja-2015-tyreso" in profile(project, unit) for unit in ("tyreso", "nykvarn")}
    assert told == {"tyreso": True, "nykvarn": False}
    quality = (project.site / "kvalitet" / "motsagelser" / "index.html").read_text(encoding="utf-8")
    assert 'id="antal-ja-2015-tyreso"' in quality
    assert "48 av enhetens svar i samma tabell är Ja" in quality


def test_quality_pages_show_the_run(project: Project):
    words, checks = (
        plain((project.site / "kvalitet" / name / "index.html").read_text(encoding="utf-8"))
        for name in ("", "kontroller")
    )
    assert "svar_kod är 2 (Ja), 1 (Delvis) eller 0 (Nej)" in checks
    assert re.search(r"prövas med \d+ kontroller", words)


def test_downloads_are_the_published_tables(project: Project):
    for path in project.clean.glob("*.csv"):
        assert (project.site / "data" / path.name).read_bytes() == path.read_bytes()
    ours, offered = (
        json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        for folder in (project.clean, project.site / "data")
    )
    *same, wide = offered["resources"]
    assert wide["name"] == "resultat_bred" and offered | {"resources": same} == ours


def test_notebook_pages_have_tables_and_a_chart(project: Project):
    for name in ("01_inlasning", "02_kvalitet"):
        html = (project.site / "anteckningsbocker" / name / "index.html").read_text(encoding="utf-8")
        assert "data-oj-figur" in html and '"type":"bar"' in html.replace(" ", "")
        assert html.count('<table class="oj-tabell"') >= 2
        assert "assets/js/figurer.js" in html


@pytest.mark.parametrize(
    ("place", "county", "alone"),
    [
        ("ludvika", "Dalarnas län", False),
        ("kalix", "Norrbottens län", False),
        ("gotland", "Gotlands län", True),
    ],
)
def test_a_municipality_with_nothing_published_shows_what_is_known_around_it(
    project: Project, place: str, county: str, alone: bool
):
    html = (project.site / "kommuner" / place / "index.html").read_text(encoding="utf-8")
    around = re.search(r'<section class="oj-lage".*?</section>', html, re.S)[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", around))
    assert county in words and ("är den enda kommunen" in words) is alone
    listed = re.search(r'<ul class="oj-lage__lista">(.*?)</ul>', around, re.S)[1]
    near = re.findall(r'<a href="\.\./([a-z0-9-]+)/">', listed)
    away = list(map(int, re.findall(r"(\d+)\s*mil", listed)))
    assert len(near) == len(set(near)) == len(away) == 6 and away == sorted(away)
    for one in near:
        known = (project.site / "kommuner" / one / "index.html").read_text(encoding="utf-8")
        assert "hos Unizon" in known or "oj-rutor" in known, one
    assert html.count("oj-lage__egen") == 2, "en ring på kartan och en i nyckeln"


def test_the_first_page_says_who_publishes(project: Project, monkeypatch):
    monkeypatch.delenv("UTGIVARE", raising=False)
    assert "inte angett sitt namn" in contact.who_publishes()
    monkeypatch.setenv("UTGIVARE", "Test & <b>kommun 001* (kommun)")
    said = contact.who_publishes()
    assert "<" not in said and "*" not in said
    assert unescape(said).endswith("publiceras av Test & <b>kommun 001*.")
    first = (project.site / "index.html").read_text(encoding="utf-8")
    for question in ("Vem?", "Vilket år?", "När?", "Vem kan jag fråga?"):
        assert f"<strong>{question}</strong>" in first


def test_the_way_to_help_is_on_every_page(project: Project, pages):
    for name in pages:
        html = (project.site / name).read_text(encoding="utf-8")
        assert "tel:020505050" in html and "tel:112" in html, name


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_answer_colours_stand_out_from_the_page(scheme):
    page = luminance(scheme["yta"])
    for name in scheme.keys() - {"yta"}:
        pair = sorted((luminance(scheme[name]), page))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3, name


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_in_pages_and_drawings_stands_out_from_what_it_is_written_on(scheme):
    """Axe can't tell inside a drawing; what is written with stands out from every ground (WCAG 2.2, 1.4.3)."""
    grounds = [(palette.LIGHT, palette.DARK)[scheme]["yta"]]
    grounds += [palette.SURFACES[name][scheme] for name in ("mjuk", "varm-yta")]
    inks = [palette.SURFACES[name][scheme] for name in ("text", "dov")]
    inks.append((palette.LIGHT, palette.DARK)[scheme]["accent"])
    for ink, ground in ((ink, ground) for ink in inks for ground in grounds):
        low, high = sorted((luminance(ink), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def test_squares_are_the_answers_in_published_order(project: Project):
    """Each unit's picture on the first page, square by square, and its words on the profile."""
    kinds = {
        "2": r'fill="var\(--oj-ja\)"',
        "1": r'fill="none" stroke="var\(--oj-delvis\)"',
        "0": r'fill="none" stroke="var\(--oj-nej\)"',
    }
    start = (project.site / "index.html").read_text(encoding="utf-8")
    for unit, printed in golden.PAGES.items():
        codes = "".join(printed)
        card = start[start.index(f'href="kommuner/{unit}/"') :].split("</svg>")[0]
        for code, kind in kinds.items():
            drawn = re.findall(rf'<path d="([^"]*)" {kind}', card)
            assert sum(path.count("M") for path in drawn) == codes.count(code), (unit, code)
        titles = re.findall(r"<title>[^<]*: (Ja|Delvis|Nej)</title>", profile(project, unit))
        assert titles == [CODES[code] for code in codes], unit


def test_numbers_are_swedish():
    assert text.number(1234567.5, 1) == "1\u00a0234\u00a0567,5"
    assert text.number(-0.4) == "0"
    assert text.percent(None) == "–"
    assert text.percent(100 / 290) == "mindre än\u00a01\u00a0%" and text.percent(0) == "0\u00a0%"
    assert text.percent(100 * 289 / 290) == "över\u00a099\u00a0%" and text.percent(100) == "100\u00a0%"
    assert text.count(1, "område", "områden") == "1\u00a0område"
    assert [text.percent(share) for share in (62.5, 37.5, 87.5)] == [f"{n}\u00a0%" for n in (63, 38, 88)]
    assert text.months("2016-05") == "maj 2016"
    assert [text.in_words(n) for n in (1, 12, 13)] == ["en", "tolv", "13"]


@pytest.mark.parametrize("unit", golden.PAGES)
def test_nothing_stands_twice_on_a_profile(project: Project, unit: str):
    """No link, piece of advice, paragraph or list of names. What a chart has around it is the same for every chart."""
    html = profile(project, unit)
    html = html[html.index("<article") : html.index("</article>")]
    html = re.sub(r'<details class="oj-siffror oj-hamta.*?</details>', "", html, flags=re.S)
    hrefs = re.findall(r'<a [^>]*?href="([^"]+)"', html)
    assert len(hrefs) > 60 and len(set(hrefs)) == len(hrefs), Counter(hrefs).most_common(3)
    said = [plain(one) for kind in ("li", "p") for one in re.findall(rf"<{kind}\b.*?</{kind}>", html, re.S)]
    said = [one for one in said if not one.startswith(("Svaret: ", "Ja Delvis Nej"))]
    assert len(said) > 40 and len(set(said)) == len(said), Counter(said).most_common(3)
    # names of gaps stand in their table and among all answers, and nowhere else
    named = [plain(name) for name in re.findall(r'<tr id="lucka-.*?<a[^>]*>(.*?)</a>', html, re.S)]
    advice = plain(html[html.index('id="atgarder"') : html.index('id="vem-har"')])
    assert len(named) > 5 and not [name for name in named if name in advice]
