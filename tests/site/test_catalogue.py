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
from ojbrottsoffer.site import settings
from ojbrottsoffer.site.downloads import described
from ojbrottsoffer.site.downloads.catalogue import catalogue
from ojbrottsoffer.site.downloads.dataset import Dataset

DCAT = Namespace("http://www.w3.org/ns/dcat#")
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
    made = catalogue(data, BASE, "namn@example.se")
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
    for dataset in datasets:
        assert {text.language for text in found.objects(dataset, DCAT.keyword)} == {"sv", "en"}
    offered = {str(url).removeprefix(f"{BASE}data/") for url in found.objects(None, DCAT.downloadURL)}
    assert offered == {file["file"] for item in (*data.tables,) for file in item.files()} | {
        file["file"] for file in data.whole()
    }
    for name in offered:
        assert (project.site / "data" / name).is_file(), name
    assert b"mailto:" not in (linked := catalogue(data, BASE, "https://example.se/fel"))
    assert URIRef("https://example.se/fel") in set(Graph().parse(data=linked, format="xml").objects())


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("SITE_URL", "exempel.se/oj", "https://exempel.se/oj/"),
        ("SITE_URL", "https:///oj", "https://exempel.se/oj/"),
        ("SITE_URL", "https://exempel.se/oj/?a=1", "https://exempel.se/oj/"),
        ("SITE_URL", "https://exempel.se/#oj", "https://exempel.se/oj/"),
        ("KONTAKT", "ring oss", "namn@example.se"),
    ],
)
def test_a_setting_that_can_not_be_stops_before_anything_is_built(
    name: str, said: str, told: str, tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.setenv(name, said)
    assert build.main(Project(tmp_path)) == 1
    message = capsys.readouterr().err
    assert name in message and said in message and told in message and not list(tmp_path.iterdir())


def test_an_address_may_have_a_path(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://exempel.invalid/oj")
    assert settings.site_url() == BASE


def test_search_engines_are_told_whose_and_of_what(data: Dataset):
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
    addressed = described.cff(plain, f"{BASE}data/", __version__).decode()
    for text in (plain, addressed):
        said = yaml.safe_load(text)
        said["date-released"] = str(said["date-released"])
        jsonschema.Draft7Validator(schema).validate(said)
        assert said["version"] == __version__ and said["date-released"] == RELEASED
    assert said["url"] == f"{BASE}data/" and said["identifiers"][0]["value"] == f"{BASE}data/{__version__}/"
    said["license"] = "hemlig"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(said)


def test_robots_may_read_everything(project: Project):
    said = (project.site / "robots.txt").read_text("utf-8").split("\n")
    assert said[:2] == ["User-agent: *", "Disallow:"]
