"""The static API: described, as described, and readable in three languages."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import golden
import jsonschema
import pytest
from conftest import ROOT
from playwright.sync_api import Page

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.downloads.api.openapi import KINDS
from tools.programs import program


@pytest.fixture(scope="module")
def api(project: Project) -> Path:
    return project.site / "api" / "v1"


def kind_of(address: str) -> str:
    """The path of the description that an address is one of."""
    forms = {name: re.sub(r"\{\w+\}", "[a-z0-9-]+", kind.address) for name, kind in KINDS.items()}
    return next(name for name, form in forms.items() if re.fullmatch(form, address))


def test_every_file_is_as_the_description_says_and_its_links_lead_somewhere(project: Project, api: Path):
    described = json.loads((api / "openapi.json").read_text("utf-8"))
    standard = json.loads((ROOT / "tests" / "filer" / "openapi" / "schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(standard).validate(described)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(standard).validate(described | {"info": {}})
    jsonschema.Draft202012Validator.check_schema({"$defs": described["components"]["schemas"]})
    met = set()
    for path in sorted(api.rglob("*.json")):
        address = path.relative_to(api).as_posix()
        if address == "openapi.json":
            continue
        document = json.loads(path.read_text("utf-8"))
        met.add(kind := kind_of(address))
        schema = {"$ref": f"#/components/schemas/{kind}", "components": described["components"]}
        jsonschema.Draft202012Validator(schema).validate(document)
        named = set(re.findall(r'"kalla_id(?:_[ab])?":"([^"]+)"', path.read_text("utf-8")))
        assert document["kallor"] == sorted(named), address
        assert len(gzip.compress(path.read_bytes())) <= 15_000, address
        listed = document["data"] if kind in ("index", "metadata") else []
        named_files = [name for one in listed for name in one.get("filer", [one.get("adress")])]
        for link in [*document["lankar"].values(), *(name for name in named_files if "{" not in name)]:
            target = (path.parent / link).resolve()
            assert target.is_relative_to(project.site.resolve()), (address, link)
            assert (target / "index.html" if link.endswith("/") else target).is_file(), (address, link)
        if kind in ("enhet", "indikator"):
            page = ((path.parent / document["lankar"]["sida"]).resolve() / "index.html").read_text("utf-8")
            back = f'href="../../api/v1/{address}"'
            assert f'rel="alternate" type="application/json" {back}' in page and page.count(back) == 2, (
                address
            )
    assert met == set(KINDS) == {path["get"]["operationId"] for path in described["paths"].values()}


def fields(schema: dict, path: str) -> Iterator[str]:
    """Every field of a schema with the types that it may have: `enhet.data.utgavor[].ja integer`."""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    yield f"{path} {'|'.join(types)}"
    for name, inner in schema.get("properties", {}).items():
        yield from fields(inner, f"{path}.{name}")
    if "items" in schema:
        yield from fields(schema["items"], f"{path}[]")


def test_version_1_loses_no_field(api: Path):
    schemas = json.loads((api / "openapi.json").read_text("utf-8"))["components"]["schemas"]
    now = {line for kind, schema in schemas.items() for line in fields(schema, kind)}
    kept = set((ROOT / "tests" / "filer" / "openapi" / "v1.txt").read_text("utf-8").splitlines())
    assert not kept - now, "v1 lovar att inget tas bort eller byter typ: gör en v2 vid sidan av"
    assert not now - kept, "lägg till de nya fälten i tests/filer/openapi/v1.txt: de ligger då också fast"


def current(schema: dict, name: str) -> Iterator[tuple[str, str]]:
    """Every field that is not deprecated, with each type that it may have but null."""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    yield from ((name, one) for one in types if one != "null")
    for inner, more in schema.get("properties", {}).items():
        if not more.get("deprecated"):
            yield from current(more, inner)
    if "items" in schema:
        yield from (found for found in current(schema["items"], "") if found[0])


def test_a_field_has_one_type_wherever_it_is(api: Path):
    """`data` is what the document is about, one thing or many; fields that have got a clearer name are deprecated."""
    schemas = json.loads((api / "openapi.json").read_text("utf-8"))["components"]["schemas"]
    met: dict[str, set[str]] = {}
    for schema in schemas.values():
        for name, kind in current(schema, ""):
            met.setdefault(name, set()).add(kind)
    assert {name for name, kinds in met.items() if name and len(kinds) > 1} == {"data"}


def test_a_wrong_value_is_not_as_the_description_says(api: Path):
    described = json.loads((api / "openapi.json").read_text("utf-8"))
    schema = {"$ref": "#/components/schemas/enhet", "components": described["components"]}
    document = json.loads((api / "enheter" / "lund.json").read_text("utf-8"))
    document["data"]["utgavor"][0]["svar"][0]["svar_kod"] = 7
    with pytest.raises(jsonschema.ValidationError, match="7 is not one of"):
        jsonschema.Draft202012Validator(schema).validate(document)


def test_the_answers_are_those_of_the_tables(project: Project, api: Path):
    with (project.clean / "resultat.csv").open(encoding="utf-8") as file:
        published = {(row["ar"], row["enhet_id"], row["indikator_id"]): row for row in csv.DictReader(file)}
    by_unit, by_indicator = {}, {}
    for path in (api / "enheter").glob("*.json"):
        unit = json.loads(path.read_text("utf-8"))["data"]
        for edition in unit["utgavor"]:
            for row in edition["svar"]:
                by_unit[str(edition["ar"]), unit["enhet_id"], row["indikator_id"]] = row
            assert edition["ja"] == edition["svar_ja"] == "".join(golden.PAGES[unit["enhet_id"]]).count("2")
    for path in (api / "indikatorer").glob("*.json"):
        indicator = json.loads(path.read_text("utf-8"))["data"]
        for edition in indicator["utgavor"]:
            for row in edition["svar"]:
                by_indicator[str(edition["ar"]), row["enhet_id"], indicator["indikator_id"]] = row
    assert set(by_unit) == set(by_indicator) == set(published) and len(published) == 480
    for key, row in published.items():
        for found in (by_unit[key], by_indicator[key]):
            assert {
                name: "" if found[name] is None else str(found[name]) for name in ("svar_kod", "plats")
            } == {name: row[name] for name in ("svar_kod", "plats")}


UNIT = "Tyresö 2015 48 ja av 60"
QUESTION = "kompetensplan"


@pytest.mark.parametrize(
    ("language", "command"),
    [
        ("python", lambda: (sys.executable, "-c")),
        ("r", lambda: (program("Rscript"), "-e")),
        ("js", lambda: (program("node"), "--input-type=module", "-e")),
    ],
)
def test_the_examples_run_and_say_what_they_promise(language: str, command, site_url: str, project: Project):
    """All of Tyresö, and one question over the years, from the API alone in at most twenty lines."""
    page = (ROOT / "docs" / "data" / "api.md").read_text("utf-8")
    example = re.search(rf"```{language}\n(.*?)```", page, re.S)[1]
    assert len([line for line in example.splitlines() if line.strip()]) <= 20
    done = subprocess.run(
        [*command(), example.replace("{{ webbplats }}", f"{site_url}/")],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8"},  # R writes å in no other locale
    )
    assert done.returncode == 0, done.stderr
    said = [line.strip() for line in done.stdout.splitlines()]
    with (project.clean / "riket.csv").open(encoding="utf-8") as file:
        shares = [
            f"{row['ar']} {row['delmangd']} {row['andel_ja_procent']} procent"
            for row in csv.DictReader(file)
            if row["indikator_id"] == QUESTION
        ]
    assert said == [UNIT, *shares] and len(shares) > 5, said


@pytest.fixture
def another_site(tmp_path: Path) -> Iterator[str]:
    """A page that is not ours, at an address that is not the site's."""
    (tmp_path / "index.html").write_text(
        "<link rel=icon href='data:,'><title>En annan webbplats</title>", encoding="utf-8"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def test_another_site_may_fetch(page: Page, site_url: str, another_site: str):
    page.goto(another_site)
    for address in ("api/v1/enheter/tyreso.json", "data/resultat.csv"):
        length = "address => fetch(address).then(answer => answer.text()).then(text => text.length)"
        assert page.evaluate(length, f"{site_url}/{address}") > 1000, address
