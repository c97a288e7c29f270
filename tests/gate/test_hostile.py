"""Names that try to be something else are shown as text, in pages and files, or refused."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html import unescape
from xml.etree import ElementTree

import pytest
import yaml
from conftest import contents
from importfiler import KALLA, MARKS, File, indicators_of, invented_answers, profile_file, test_units
from importfiler import make_project as importing_project
from rdflib import RDF, Graph, URIRef
from synthetic import make_project

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site import security
from ojbrottsoffer.site.assemble import build_site

pytestmark = pytest.mark.slow

# Signs that the PDF's font lacks, and signs that turn the text, stop the build: tests/site/files/test_paper.py.
HOSTILE = [
    "<script>alert(1)</script>",
    '"; DROP TABLE enheter; --',
    "=cmd|' /C calc'!A0",
    "Testkommun " + "å" * 289,
    "Testkommun &lt;b&gt; &#x27;",
    "Testkommun {{ 7 * 7 }} {% raw %}",
    "<img src=x onerror=alert(1)>",
    "@SUM(1+1)",
]


AREA, TITLE = " (område)", " (källa)"
"""Tell areas and sources from the municipalities with the same names."""


@pytest.fixture(scope="module")
def hostile(project: Project, tmp_path_factory) -> Project:
    """A site whose municipalities, and as many indicators, areas and sources, have these names."""
    made = make_project(project, tmp_path_factory.mktemp("fientlig"), len(HOSTILE))
    for name, column, after in (
        ("enheter", "enhet", ""),
        ("indikatorer_ar", "indikator", ""),
        ("omraden", "omrade", AREA),
        ("kallor", "titel", TITLE),
    ):
        path = made.clean / f"{name}.csv"
        rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        for row, text in zip(rows, HOSTILE, strict=False):
            row[column] = text + after
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://exempel.invalid/oj")
        patch.setenv("KONTAKT", "namn@exempel.invalid")
        assert build_site(made) == 0
    return made


def test_a_site_with_an_address_and_a_contact_tells_programs_where_it_is(hostile: Project):
    base = "https://exempel.invalid/oj/"
    made = Graph().parse(hostile.site / "data" / "dcat.rdf", format="xml")
    assert (URIRef(f"{base}data/dcat.rdf#katalog"), RDF.type, None) in made
    assert URIRef("mailto:namn@exempel.invalid") in set(made.objects())
    assert f"Sitemap: {base}sitemap.xml" in (hostile.site / "robots.txt").read_text("utf-8")
    cited = yaml.safe_load((hostile.site / "data" / "CITATION.cff").read_text("utf-8"))
    assert cited["url"].startswith(f"{base}data/") and cited["identifiers"][0]["value"] == cited["url"]
    package = json.loads((hostile.site / "data" / "datapackage.json").read_text("utf-8"))
    assert package["homepage"] == f"{base}data/" and package["id"] == cited["url"]
    page = (hostile.site / "data" / "index.html").read_text("utf-8")
    assert re.search(r'<link rel="alternate" type="application/rdf\+xml" href="(\./)?dcat\.rdf">', page)
    assert 'href="dcat.rdf">' in page.split("<body")[1]
    said = json.loads((hostile.site / "api" / "v1" / "index.json").read_text("utf-8"))
    assert said["lankar"]["sjalv"] == said["data"][0]["adress"] == f"{base}api/v1/index.json"


def test_names_are_text_on_the_pages(hostile: Project):
    for number, name in enumerate(HOSTILE, start=1):
        html = (hostile.site / f"kommuner/testkommun-{number:03}/index.html").read_text("utf-8")
        heading = re.search(r"<h1[^>]*>(.*?)<span data-pagefind-ignore>svarar ja", html, re.S)[1]
        assert unescape(heading).strip() == name
        title = re.search(r"<title>(.*?)</title>", html, re.S)[1]
        assert name in unescape(title)
    shown = ""
    for path in hostile.site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not security.refused(html), path
        assert "<script>alert" not in html and "<img src=x" not in html, path
        if path.parent.parent.name == "indikatorer" or path.parent.name == "testkommun-001":
            shown += unescape(html).lower()  # an area in the middle of a sentence begins in lower case
    assert not [name for name in HOSTILE if (name + AREA).lower() not in shown]
    assert (HOSTILE[0] + TITLE).lower() in shown, "den påhittade källan nämns på varje profil"
    names = {choice[0] for choice in json.loads((hostile.site / "assets/val.json").read_bytes())}
    assert set(HOSTILE) <= names


def test_names_are_text_in_the_files(hostile: Project):
    for number, _name in enumerate(HOSTILE, start=1):
        folder = hostile.site / f"kommuner/testkommun-{number:03}"
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


def test_pages_say_their_address_where_it_is_known(hostile: Project, project: Project):
    base = "https://exempel.invalid/oj/"
    html = (hostile.site / "kommuner/testkommun-004/index.html").read_text("utf-8")
    address = f"{base}kommuner/testkommun-004/"
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    assert f"<loc>{address}</loc>" in (hostile.site / "sitemap.xml").read_text("utf-8")
    pictures = {
        "index.html": ("assets/bild/oppna-jamforelser.png", "En stapel för varje fråga"),
        "om/index.html": ("assets/bild/oppna-jamforelser.png", "En stapel för varje fråga"),
        "kommuner/testkommun-004/index.html": (
            "kommuner/testkommun-004/profil-testkommun-004.png",
            "En ruta för varje fråga.",
        ),
        "framgangsfaktorer/samverkan/index.html": (
            "framgangsfaktorer/samverkan/samverkan.png",
            "Gul: frågorna i den här framgångsfaktorn.",
        ),
    }
    for page, (picture, said) in pictures.items():
        html = (hostile.site / page).read_text("utf-8")
        assert f'<meta property="og:image" content="{base}{picture}">' in html
        assert said in re.search(r'<meta property="og:image:alt" content="([^"]*)">', html)[1]
        assert (hostile.site / picture).read_bytes().startswith(b"\x89PNG")
    without = (project.site / "kommuner/lund/index.html").read_text("utf-8")
    assert "canonical" not in without and "og:url" not in without and "og:image" not in without
    assert not (project.site / "sitemap.xml").exists()


def test_what_machines_read_is_well_formed(hostile: Project):
    """The sitemap, descriptions of the data in the pages, and Open Graph. There are no feeds."""
    feeds = [path for path in hostile.site.rglob("*") if path.suffix in (".xml", ".rss", ".atom")]
    assert feeds == [hostile.site / "sitemap.xml"]
    places = [node.text for node in ElementTree.parse(feeds[0]).iter() if node.tag.endswith("}loc")]
    assert len(places) > 60 and all(
        re.fullmatch(r"https://exempel\.invalid/[\w./-]*", place) for place in places
    )
    described = 0
    for path in hostile.site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            described += bool(json.loads(text)["@type"])
    assert described
    for number, name in enumerate(HOSTILE, start=1):
        html = (hostile.site / f"kommuner/testkommun-{number:03}/index.html").read_text("utf-8")
        assert unescape(re.search(r'<meta property="og:title" content="([^"]*)"', html)[1]).startswith(name)


@pytest.mark.parametrize(
    "table, column",
    [
        (table.name, column)
        for table in TABLES.values()
        for column in table.columns
        if column.name in ("enhet_id", "indikator_id", "omrade_id", "kalla_id") and column.name in table.key
    ],
)
def test_an_id_cannot_leave_the_folder(table, column):
    for bad in ("../ut", "a/b", "a\\b", ".", "", "A", "å", "a b", "a\n", "/etc", "a."):
        assert (
            not re.search(column.pattern, bad)
            or bad == "a\n"
            and not re.fullmatch(column.pattern.strip("^$"), bad)
        ), bad


def test_hostile_names_in_a_file_are_refused_as_unknown(tmp_path, capsys):
    """None of them is a municipality, so the import says which and writes nothing."""
    made = importing_project(tmp_path / "projekt")
    units, indicators = test_units(len(HOSTILE) + 2), indicators_of(made)[:12]
    labels = {name: text for (name, _), text in zip(units, HOSTILE, strict=False)}
    path = File(units, indicators, invented_answers(units, indicators), labels=labels).save(tmp_path, "csv")
    profile = profile_file(tmp_path, saknas=MARKS, kalla=KALLA)
    before = contents(made.root / "data")
    code = main(
        ["--rot", str(made.root), "importera", str(path), "--ar", "2016", "--skriv", "--profil", str(profile)]
    )
    said = capsys.readouterr().err
    assert code == 1 and "8 okända enheter" in said and "Traceback" not in said
    assert "<script>alert(1)</script>" in said
    assert contents(made.root / "data") == before
