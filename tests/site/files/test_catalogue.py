"""The catalogue for data portals, and what the data say of themselves to programs."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import ROOT
from pyshacl import validate
from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

from ojbrottsoffer import RELEASED, __version__
from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.cli import build
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.datapackage import TITLE, TITLE_EN
from ojbrottsoffer.site import settings
from ojbrottsoffer.site.downloads import described
from ojbrottsoffer.site.downloads.catalogue import catalogue
from ojbrottsoffer.site.downloads.dataset import Dataset
from ojbrottsoffer.site.words.citation import read_citation

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SHAPES = ROOT / "tests" / "filer" / "dcat-ap"
BASE = "https://exempel.invalid/oj/"


@pytest.fixture(scope="module")
def data(project: Project) -> Dataset:
    return Dataset(project, read_tables(project.clean))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES / "shapes.ttl").parse(SHAPES / "svensk-profil.ttl")


def test_the_catalogue_is_as_the_profiles_demand_and_leads_to_every_file(
    data: Dataset, shapes: Graph, project: Project
):
    made = catalogue(data, BASE, "namn@example.se", ("Testkommun 001", "kommun"))
    found = Graph().parse(data=made, format="xml")
    conforms, _, told = validate(found, shacl_graph=shapes)
    assert conforms, told
    broken = Graph().parse(data=made, format="xml")
    broken.remove((None, FOAF.name, None))
    broken.remove((None, DCTERMS.license, None))
    assert "name" in (told := validate(broken, shacl_graph=shapes)[2]) and "license" in told
    assert all(isinstance(node, URIRef | Literal) for triple in found for node in triple)
    assert all(
        str(node).startswith(("http://", "https://", "mailto:")) for s, p, o in found for node in (s, p)
    )
    datasets = set(found.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == len(data.groups) + 1
    fetched = data.years(["nyckeltal_varden"])  # there are none until somebody has fetched them
    timeless = ("#metoder",) if fetched else ("#metoder", "#nyckeltal")
    (publisher,) = set(found.objects(None, DCTERMS.publisher))
    (contact,) = set(found.objects(None, DCAT.contactPoint))
    assert found.value(publisher, FOAF.name) == found.value(contact, VCARD.fn) == Literal("Testkommun 001")
    assert found.value(publisher, DCTERMS.type).endswith("/LocalAuthority")
    released = {version.version: version.datum for version in data.versions}
    issued = {str(node).split("#")[1]: str(day) for node, day in found.subject_objects(DCTERMS.issued)}
    first, fifth = released["0.1.0"], released["0.5.0"]
    assert (
        issued["katalog"]
        == issued["karna"]
        == issued["fil-resultat-csv"]
        == issued["fil-resultat_bred-csv"]
        == first
    )
    assert issued["fil-faktorer-csv"] == fifth != first
    assert set(map(str, found.objects(None, DCTERMS.modified))) == {RELEASED}
    for dataset in datasets:
        assert {text.language for text in found.objects(dataset, DCAT.keyword)} == {"sv", "en"}
        assert all(TITLE in title or TITLE_EN in title for title in found.objects(dataset, DCTERMS.title))
        assert dataset.endswith(timeless) == (found.value(dataset, DCTERMS.temporal) is None)
    offered = {str(url).removeprefix(f"{BASE}data/") for url in found.objects(None, DCAT.downloadURL)}
    assert offered == {file["file"] for item in (*data.tables,) for file in item.files()} | {
        file["file"] for file in data.whole()
    }
    for name in offered:
        assert (project.site / "data" / name).is_file(), name
    linked = Graph().parse(data=catalogue(data, BASE, "https://example.se/fel"), format="xml")
    conforms, _, told = validate(linked, shacl_graph=shapes)
    assert conforms, told
    (contact,) = set(linked.objects(None, DCAT.contactPoint))
    assert set(linked.objects(contact, VCARD.hasURL)) == {URIRef("https://example.se/fel")}
    assert not [node for node in linked.objects() if str(node).startswith("mailto:")]
    linked.remove((None, VCARD.hasURL, None))
    assert not validate(linked, shacl_graph=shapes)[0]


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("SITE_URL", "exempel.se/oj", "https://exempel.se/oj/"),
        ("SITE_URL", "https:///oj", "https://exempel.se/oj/"),
        ("SITE_URL", "https://exempel.se/oj/?a=1", "https://exempel.se/oj/"),
        ("SITE_URL", "https://exempel.se/#oj", "https://exempel.se/oj/"),
        *(
            ("SITE_URL", said, "https://exempel.se/oj/")
            for said in (
                "https://[bad",
                "https://exempel.se:abc/",
                "https://exempel.se:99999999/",
                "https://namn@exempel.se/",
                "https://.se/",
                "https://exempel.se/\\oj/",
                'https://exempel.se/"oj"/',
                "https://exempel.se/{oj}/",
            )
        ),
        ("UTGIVARE", "Testkommun 001", "Exempelstads kommun (kommun)"),
        ("UTGIVARE", "(kommun)", "Exempelstads kommun (kommun)"),
        ("UTGIVARE", "Testkommun 001 (stad)", "Exempelstads kommun (kommun)"),
        *(
            ("KONTAKT", said, "namn@example.se")
            for said in (
                "ring oss",
                "mailto:a@b.se",
                "https://u@x.se",
                "javascript:alert(1)@x.se",
                "https://?",
                "http://{}",
            )
        ),
    ],
)
def test_a_setting_that_can_not_be_stops_before_anything_is_built(
    name: str, said: str, told: str, tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.setenv(name, said)
    assert build.main(Project(tmp_path)) == 1
    message = capsys.readouterr().err
    assert name in message and said in message and told in message and not list(tmp_path.iterdir())


@pytest.mark.parametrize("said", ["https://exempel.invalid/oj", " HTTPS://exempel.invalid/oj/ "])
def test_an_address_may_have_a_path(said: str, monkeypatch):
    monkeypatch.setenv("SITE_URL", said)
    assert settings.site_url() == BASE
    assert settings.checked_contact("HTTPS://exempel.invalid:8080/fel?om=data#a").startswith("https://")
    assert settings.checked_contact("för.namn+oj@exempel.invalid")


def test_search_engines_are_told_whose_and_of_what(data: Dataset, monkeypatch):
    monkeypatch.setenv("UTGIVARE", "Testkommun 001 (kommun)")
    assert data.json_ld()["publisher"] == {"@type": "Organization", "name": "Testkommun 001"}
    monkeypatch.delenv("UTGIVARE")
    said = json.loads(json.dumps(data.json_ld()))
    assert said["publisher"] == said["creator"] and said["includedInDataCatalog"]["@type"] == "DataCatalog"
    assert said["identifier"] and said["version"]
    assert len(said["isBasedOn"]) > 50
    assert all(source["usageInfo"] and source["publisher"]["name"] for source in said["isBasedOn"])


def test_archives_and_citations_say_the_same(project: Project, data: Dataset, monkeypatch):
    """The files in the root are those of the citation, and a citation with an address is still one."""
    for name, content in described.files(project).items():
        assert (project.root / name).read_bytes() == content, (
            f"kör: python -m ojbrottsoffer dataversion --faststall ({name})"
        )
    schema = json.loads((ROOT / "tests" / "filer" / "cff" / "schema.json").read_text("utf-8"))
    plain = (project.root / "CITATION.cff").read_text("utf-8")
    addressed = described.cff(plain, f"{BASE}data/{__version__}/", __version__).decode()
    for text in (plain, addressed):
        said = yaml.safe_load(text)
        said["date-released"] = str(said["date-released"])
        jsonschema.Draft7Validator(schema).validate(said)
        assert said["version"] == __version__ and said["date-released"] == RELEASED
    assert said["url"] == said["identifiers"][0]["value"] == f"{BASE}data/{__version__}/"
    cited = read_citation(project, BASE)
    for text in (cited.swedish(), cited.bibtex()):
        assert f"{BASE}data/{__version__}/" in text and text.count(BASE) == 1
    assert f"{BASE}data/0.3.0/" in cited.swedish("0.3.0", "2026-11-29")
    said["license"] = "hemlig"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(said)


def test_robots_may_read_everything(project: Project):
    said = (project.site / "robots.txt").read_text("utf-8").split("\n")
    assert said[:2] == ["User-agent: *", "Disallow:"]
