"""The pages for the analyst: how a file is understood, and what an edition would change. Fictional units only."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from audit import miscoloured, violations
from conftest import ROOT, contents
from importfiler import CODES, NUMBERS, UNITS, File, indicators_of, invented_answers, read, save_rows, sheets
from playwright.sync_api import Page

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.analysis.edition_review import summary
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.forms.table import Layout, TableColumn
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.site.importing.guide_address import guide_of
from ojbrottsoffer.site.importing.preview import LONGEST, preview
from ojbrottsoffer.site.importing.review import review_page

HOSTILE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'&lt;b&gt; {{ 7 * 7 }}")
INVENTED = {"tyreso": "testkommun-001", "lund": "testkommun-002"}


class Links(HTMLParser):
    """The anchors of a page, where its links lead, and the class and text of each cell."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.cells: dict[str, tuple[str, str]] = {}
        self.answers: dict[str, str] = {}
        self.at = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if "id" in said:
            self.ids.append(said["id"])
        if tag == "td":
            self.at = said.get("id", "")
            self.cells[self.at] = said.get("class", ""), ""
        if tag == "a":
            self.links.append(said["href"])
            if self.at:
                self.answers[self.at] = said["href"].removeprefix("#")

    def handle_data(self, data):
        if self.at:
            css, text = self.cells[self.at]
            self.cells[self.at] = css, text + data.strip()


@pytest.fixture(scope="module")
def shown(project, reference, tmp_path_factory) -> tuple[Reading, str, Path]:
    """A file with a title, codes, totals, the nation, notes, an unknown mark and hostile texts."""
    folder = tmp_path_factory.mktemp("visad")
    asked = indicators_of(project)[:12]
    table = File(
        UNITS,
        asked,
        invented_answers(UNITS, asked),
        coding=NUMBERS,
        total=True,
        below=2,
        nation=["40 %"] * 12,
    )
    rows = table.grid()[0]
    rows[5][3] = "*"
    rows[6][0], rows[7][0] = HOSTILE[:2]
    path = save_rows(folder, [*rows, [], [HOSTILE[2]]])
    reading = read(path, reference, folder, **CODES)
    return reading, preview(reading, read_sheets(path, path.name), 2016), path


def test_every_cell_is_marked_by_how_it_was_understood(shown):
    reading, html, _ = shown
    page = Links(html)
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids), "länkarna leder någonstans"
    words = {2: "ja", 1: "delvis", 0: "nej", None: "saknas"}
    for answer, place in reading.answers.values():
        css, text = page.cells[f"s0{place.ref}"]
        assert (css, text) == (words[answer.code], place.text or "(tom)")
        row = page.answers[f"s0{place.ref}"]
        assert re.search(rf"<tr id={row}>.*?<a href=#s0{place.ref}>", html)
    kinds = {css for css, _ in page.cells.values()}
    assert {"ja", "nej", "saknas", "enhet", "fraga", "riket", "bredvid", "oppen", "oanvand"} <= kinds
    assert page.cells["s0A1"][0] == "enhet" and page.cells["s0B1"][0] == "fraga"
    assert page.cells["s0D6"] == ("oppen", "*") and page.cells["s0N4"][0] == "bredvid"
    unused = html[html.index('id="oanvant"') :]
    assert "Not 1: påhittade uppgifter" in unused and "Svar A" in unused
    names = [re.escape(item.label[:40]) for item in reading.indicators]
    assert all(re.search(f"<tr><td>{name}.*<td>40.0<td>", html) for name in names), "riket har frågornas namn"


def test_each_cell_of_several_sheets_is_used(shown, project, reference, tmp_path):
    asked = indicators_of(project)[:12]
    rows = File(UNITS, asked, invented_answers(UNITS, asked)).grid()[0]
    path = sheets(tmp_path, A=[row[:7] for row in rows], B=[row[:1] + row[7:] for row in rows])
    reading = read(path, reference, tmp_path, blad=["A", "B"])
    html = preview(reading, read_sheets(path, path.name), 2016)
    assert "Varje cell med text är använd" in html and "<h2>Blad B</h2>" in html
    assert {"s0A2", "s1A2", "s1B2"} <= Links(html).cells.keys()


def test_the_headings_above_crosses_are_used(project, reference, tmp_path):
    asked = indicators_of(project)[:6]
    ways = ("Ja", "Delvis", "Nej")
    rows = [["Kommun", *(text for _, name, *_ in asked for text in (name, "", ""))], ["", *ways * 6]]
    for n, (unit, *_) in enumerate(UNITS):
        rows.append([unit, *("x" if (n + c // 3) % 2 == c % 3 else "" for c in range(18))])
    path = sheets(tmp_path, Svar=rows)
    reading = read(path, reference, tmp_path)
    assert len(reading.answers) == 6 * len(UNITS)
    html = preview(reading, read_sheets(path, path.name), 2016)
    assert "Varje cell med text är använd" in html and Links(html).cells["s0D2"] == ("fraga", "Nej")


def test_a_preview_opens_at_the_first_open_question(shown):
    reading, html, _ = shown
    first = min(reading.findings, key=lambda finding: finding.priority)
    anchor = "s0" + first.table.rsplit(" ", 1)[-1]
    assert 'location.hash = "q1"' in html and f"id={anchor}" in html
    asked = html[html.index('id="q1"') : html.index('id="q2"')]
    assert f'href="#{anchor}"' in asked
    assert "Möjliga svar:" in asked and "profil" not in asked, "svaren sägs i ord"
    listed = html[html.index('id="fragor"') : html.index('class="sida"')]
    assert listed.count("<li id=") == len(reading.findings)


def test_each_cell_that_a_question_is_about_is_marked_and_waits_for_it(project, reference, tmp_path):
    asked = indicators_of(project)[:12]
    rows = [[name, *((n + c) % 3 for c in range(12))] for n, (name, _) in enumerate(UNITS)]
    rows = [["Kommun", *(label for _, label, *_ in asked)], *rows]
    rows[4][0] = "Drakköping"
    path = save_rows(tmp_path, rows)
    reading = read(path, reference, tmp_path)
    html = preview(reading, read_sheets(path, path.name), 2016, "https://exempel.invalid/om/kor-om/")
    unit, codes = sorted(reading.questions, key=lambda question: question.priority, reverse=True)
    assert (unit.id, unit.cells, codes.id, codes.cells) == ("okand-enhet", 12, "obekraftade-koder", 12 * 8)
    page = Links(html)
    opened = {cell for cell, (css, _) in page.cells.items() if css == "oppen"}
    row = {f"s0{letter}5" for letter in "ABCDEFGHIJKLM"}
    assert opened == {f"s0{p.ref}" for _, p in reading.answers.values()} | row
    assert {page.answers[cell] for cell in opened - row} == {"q1"}
    assert {page.answers[cell] for cell in row} == {"q2"}
    unused = html[html.index('id="oanvant"') :].partition("</ul>")[0]
    assert unused.count("<li>") == unused.count('<a href="#q2">väntar på fråga 2</a>') > 0
    assert 'href="https://exempel.invalid/om/kor-om/meddelanden/index.html#okand-enhet"' in html
    answered = preview(replace(reading, questions=[]), read_sheets(path, path.name), 2016)
    assert (
        "Allt är förstått" in answered
        and "väntar på fråga" not in answered
        and "location.hash" not in answered
    )


def test_what_a_file_says_is_never_code(shown):
    _, html, _ = shown
    assert "<script>alert" not in html and "<img" not in html and "{{ 7 * 7 }}" in html
    assert "http:" not in html.replace("http://www.w3.org", "") and "src=" not in html.replace("src=x", "")


def test_the_command_shows_a_file_and_writes_nothing_else(project, shown, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://exempel.invalid/oj")
    before = contents(project.root / "data")
    assert main(["--rot", str(project.root), "importera", str(shown[2]), "--ar", "2016", "--visa"]) == 1
    page = project.work / "forhandsvisning/Påhittad fil 2016.html"
    assert page.as_uri() in capsys.readouterr().out and "öppna frågor och fel</h2>" in page.read_text("utf-8")
    guide = "om/kor-om/meddelanden/index.html#"
    assert f'<a href="https://exempel.invalid/oj/{guide}' in page.read_text("utf-8")
    assert guide_of(project, page) == "https://exempel.invalid/oj/om/kor-om/"
    monkeypatch.delenv("SITE_URL")
    assert guide_of(project, page) == "", "ingen webbplats är byggd"
    (project.site / "om/kor-om").mkdir(parents=True)
    assert guide_of(project, page) == "../../site/om/kor-om/"
    assert contents(project.root / "data") == before


def test_cells_that_lie_together_are_one_range(project, reference, tmp_path):
    asked = indicators_of(project)[:12]
    rows = File(UNITS, asked, invented_answers(UNITS, asked)).grid()[0]
    beside = [[f"Påhittad {r} {c}" if (r + c) % 5 else None for c in range(5)] for r in range(29)]
    path = sheets(
        tmp_path, Svar=[*rows, [], ["En not"]], Annat=[["", "Rubrik"], [], *([None, *row] for row in beside)]
    )
    reading = read(path, reference, tmp_path)
    html = preview(reading, read_sheets(path, path.name), 2016)
    listed = re.findall(r"<li>(.+)</li>", html[html.index('id="oanvant"') :].partition("</ul>")[0])
    plain = [re.sub(r"<[^>]+>", "", item) for item in listed]
    assert plain == [
        "Svar A12: En not",
        "Annat B1: Rubrik",
        "Annat B3:F31 (116 celler), som börjar med: Påhittad 0 1",
    ]


@pytest.mark.parametrize("text", ["Påhittad", "<å&'" * 100], ids=["plain", "hostile"])
def test_a_large_file_gives_a_page_that_opens_and_says_what_is_left_out(text):
    rows = [[f"{text} {r} {c}" for c in range(60)] for r in range(1_700)]
    errors = [Finding(f"{text} {n}", table=f"blad ”Svar”, cell B{n}") for n in range(1, 701)]
    notes = [f"{text} {n}" for n in range(2_000)]
    seen = Reading("Stor.xlsx", Profile(), 2016, errors=errors, notes=notes)
    html = preview(seen, [Sheet("Svar", rows)], 2016)
    assert LONGEST / 2 < len(html.encode()) <= LONGEST
    told = int(re.search(r"Filen är stor: (\d+) rader", html)[1])
    assert html.count('<th scope="row">') == 1_700 - told > 0 and "<li>och 1500 till</li>" in html
    page = Links(html)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids) and "Och 200 till." in html


@pytest.fixture(scope="module")
def review() -> str:
    """2015's answers as those of 2017, with those of an invented unit turned, and a contradiction."""
    tables = read_tables(Project(ROOT).clean)
    for table in tables.values():  # nothing is invented about a real municipality
        if "enhet_id" in table:
            table["enhet_id"] = table["enhet_id"].replace(INVENTED)
        if {"enhet_id", "enhet"} <= set(table):
            names = {id_: f"Testkommun {id_[-3:]}" for id_ in INVENTED.values()}
            table["enhet"] = table["enhet_id"].map(names).fillna(table["enhet"])
    for name in ("resultat", "indikatorer_ar", "enheter_ar"):
        later = tables[name].query("ar == 2015").assign(ar=2017)
        if name == "resultat":
            turned = (later["enhet_id"] == "testkommun-001") & later["svar_kod"].isin([0, 2])
            later.loc[turned, "svar_kod"] = 2 - later.loc[turned, "svar_kod"]
            later = later[later["enhet_id"] != "testkommun-002"]
        if name == "enheter_ar":
            later = later[later["enhet_id"] != "testkommun-002"]
        tables[name] = pd.concat([tables[name], later], ignore_index=True)
    asked = tables["indikatorer_ar"].query("ar == 2017")["indikator_id"].tolist()
    same = {
        "fran_ar": 2015,
        "fran_id": asked,
        "till_ar": 2017,
        "till_id": asked,
        "samband": "samma",
        "svaren_jamforbara": "ja",
    }
    links = tables["indikatorer_mellan_ar"].query("till_ar != 2017")
    tables["indikatorer_mellan_ar"] = pd.concat([links, pd.DataFrame(same)], ignore_index=True)
    new = tables["avvikelser"].head(1).assign(status="ny", beskrivning=HOSTILE[0])
    tables["avvikelser"] = pd.concat([tables["avvikelser"], new], ignore_index=True)
    rows = [["Kommun", "Social jour", "Kommentar"], ["Testkommun 001", "Ja", "Se rutin"], [], ["En not"]]
    layout = Layout(
        Sheet("Svar", [[*row, *[""] * (3 - len(row))] for row in rows]),
        *(0, (0,), 1, 1),
        (
            TableColumn(1, "Social jour", ("Social jour",)),
            TableColumn(2, "Kommentar", ("Kommentar",), "ignorera"),
        ),
    )
    seen = Reading("Svar.xlsx", Profile(), 2017, layout=layout)
    return review_page(tables, "svar", 2017, "oj-2017", [], [], (seen, [layout.sheet]))


def test_the_review_says_what_would_change_with_its_cells(review):
    page = Links(review)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    turned = review[review.index("<h3>Testkommun 001</h3>") :]
    assert turned.count("tabell 1, ") >= 2 * turned.count('<th scope="row">') > 20
    moved = review[review.index("Svar: störst upp- och nedgång</h2>") : review.index("Svar som ändrats</h2>")]
    moves = re.findall(r"<li>(.+?): [+−]\d+ ja på jämförbara frågor \((.+?)\)</li>", moved)
    assert [name for name, _ in moves] == ["Testkommun 001"]
    cells = re.findall(r'<a href="#(svar-testkommun-001-[a-z-]+)">(tabell 1, [^<]+)</a>', moves[0][1])
    assert len(cells) > 10 and {anchor for anchor, _ in cells} <= set(page.ids)
    gone = review[review.index("Enheter som faller bort: 1") :].partition("</ul>")[0]
    assert re.search(r"<li>Testkommun 002 \(tabell \d+, [^)]*kolumn [^)]+\)</li>", gone), (
        "kolumnen med dess namn"
    )
    assert "bland indikatorerna" not in gone
    assert "<script>" not in review and "&lt;script&gt;" in review
    left = review[review.index('<h2 id="lamnat">') :]
    assert re.findall("<h3>(.+?)</h3>", left) == ["Lämnade: 2 celler", "Inte använda: 3 celler"]
    assert re.findall("<li>(Svar .+?)</li>", left)[:3] == [
        "Svar C1: Kommentar",
        "Svar C2: Se rutin",
        "Svar A2: Testkommun 001",
    ]


@pytest.mark.parametrize(
    ("slag", "name", "value", "unit"),
    [
        ("rankning", "rankning", "placering", "platser"),
        ("riket", "riket", "andel_ja_procent", "procentenheter"),
    ],
)
def test_placings_and_shares_have_the_same_review(slag, name, value, unit):
    """Those of the last year with a source, once more as those of the year after, with two of them changed."""
    tables = read_tables(Project(ROOT).clean)
    rows = tables[name][~tables[name]["kalla_id"].str.startswith("beraknad")]
    if slag == "riket":
        rows = rows[rows["jamforbar"] == "ja"].drop_duplicates(["ar", "indikator_id", "delmangd"])
    else:
        rows = rows[(rows["undersokning"] == rows["undersokning"].iloc[0]) & rows["placering"].notna()]
    last = rows[rows["ar"] == rows["ar"].max()]
    later = last.assign(ar=last["ar"] + 1, kalla_id=f"{slag}-prov", plats="Påhittad fil, cell B2")
    later.iloc[0, later.columns.get_loc(value)] += 3
    later.iloc[1, later.columns.get_loc(value)] -= 2
    tables[name] = pd.concat([tables[name], later], ignore_index=True)
    html = review_page(tables, slag, int(later["ar"].iloc[0]), f"{slag}-prov", [], [])
    page = Links(html)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids) and len(page.ids) == len(
        set(page.ids)
    )
    up, down = (3, 2) if slag == "riket" else (2, 3)
    assert re.search(rf'\+{up} {unit} \(<a href="#rad-[a-z0-9-]+">Påhittad fil, cell B2</a>\)', html)
    assert re.search(rf'−{down} {unit} \(<a href="#rad-[a-z0-9-]+">Påhittad fil, cell B2</a>\)', html)
    assert html.count("<tr id=") == 2 and "som kommer till" in html
    if slag == "riket":
        names = set(tables["indikatorer_ar"]["indikator"])
        named = re.findall(r'<th scope="row">([^<]+)</th>', html[html.index('id="vant-1"') :])
        assert named and all(any(text.startswith(name) for name in names) for text in named)
    told = summary(tables, slag, int(later["ar"].iloc[0]), f"{slag}-prov")
    assert re.search(rf"störst uppgång i {unit}: [^:]+ \+{up} {unit}$", told, re.MULTILINE)


def test_the_pages_are_for_everyone(shown, review, bare: Page, tmp_path: Path):
    for name, html in (("visad", shown[1]), ("granskning", review)):
        path = tmp_path / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        bare.goto(path.as_uri())
        found = violations(bare)
        bare.emulate_media(color_scheme="dark")
        found += miscoloured(bare, every=False)
        bare.emulate_media(color_scheme="light")
        assert [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found] == []
        if name == "visad":
            assert bare.evaluate("document.querySelector(':target').id") == "q1"
            bare.locator("#q1 a").click()
            assert bare.evaluate("document.querySelector(':target').className") == "oppen"
            assert bare.locator(":target a[href='#q1']").is_visible(), "cellen leder tillbaka till sin fråga"
            bare.focus("#filen a")
            bare.keyboard.press("Enter")
            assert bare.evaluate("document.querySelector(':target').localName") == "tr"
