"""The site on the web: below any path, on nginx with the example's headers, from the workflow."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from audit import samples
from conftest import ROOT
from playwright.sync_api import Browser
from reading import BOX

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.security import FRAMED_HEADERS, HEADERS
from tools.audit import pagetypes
from tools.programs import program
from tools.server import serving

MAIN = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/fel.log warn; {user}
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {folder}/webbplats.conf;
}}
"""


PACKED = "application/octet-stream"


@pytest.fixture(scope="module")
def nginx(project: Project, tmp_path_factory) -> Iterator[int]:
    """The example in `deploy/`, with another port and folder; gives the port."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    example = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    own, replaced = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", example)
    own, rooted = re.subn(r"root /var/www/ojbrottsoffer;", f'root "{project.site}";', own)
    assert (replaced, rooted) == (1, 1)
    (folder / "webbplats.conf").write_text(own, encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    server = subprocess.Popen([program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (folder / "fel.log").read_text(encoding="utf-8")
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


def get(port: int, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_nginx_serves_the_site_as_the_example_says(nginx: int, project: Project):
    pack = next((project.site / "pagefind" / "fragment").iterdir()).name
    (index,) = (path.name for path in (project.site / "pagefind").glob("*.pf_meta"))
    (base,) = (path.name for path in (project.site / "data").glob("*.sqlite"))
    for address, status, kind, cache in (
        ("/", 200, "text/html; charset=utf-8", "no-cache"),
        ("/kommuner/lund/", 200, "text/html; charset=utf-8", "no-cache"),
        ("/finns-inte/", 404, "text/html; charset=utf-8", "no-cache"),
        ("/data/resultat.csv", 200, "text/csv; charset=utf-8", "no-cache"),
        ("/assets/js/sida.js", 200, "application/javascript; charset=utf-8", "public, max-age=600"),
        ("/data/resultat.parquet", 200, "application/vnd.apache.parquet", "no-cache"),
        (f"/data/{base}", 200, "application/vnd.sqlite3", "no-cache"),
        (f"/pagefind/{index}", 200, PACKED, "no-cache"),
        (f"/pagefind/fragment/{pack}", 200, PACKED, "public, max-age=31536000, immutable"),
    ):
        found, headers, body = get(nginx, address, Accept_Encoding="gzip")
        assert (found, headers["Content-Type"], headers["Cache-Control"]) == (status, kind, cache), address
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, address
        assert ("Content-Encoding" in headers) == kind.endswith("charset=utf-8"), address
        assert "/" not in headers["Server"] and body
    policy = get(nginx, "/diagram/landet.html")[1]["Content-Security-Policy"]
    assert policy == FRAMED_HEADERS["Content-Security-Policy"], "ett diagram får visas i en ram"
    assert b"Sidan finns inte" in get(nginx, "/finns-inte/")[2]
    for address, anyone in (
        ("/data/resultat.csv", "*"),
        ("/api/v1/enheter.json", "*"),
        ("/kommuner/lund/", None),
    ):
        assert get(nginx, address)[1].get("Access-Control-Allow-Origin") == anyone, address


def test_nginx_redirects_below_itself_and_says_when_nothing_is_new(nginx: int):
    status, headers, _ = get(nginx, "/kommuner/lund")
    assert (status, headers["Location"]) == (301, "/kommuner/lund/")
    tag = get(nginx, "/")[1]["ETag"]
    status, headers, body = get(nginx, "/", If_None_Match=tag)
    assert (status, body) == (304, b"")


def test_links_hold_below_any_path(project: Project, browser: Browser, tmp_path: Path):  # noqa: F811
    absolute = re.compile(r'\s(?:href|src|action|data-[a-z]+)="/(?!/)')
    for address in samples(project.site).values():
        path = pagetypes.file_of(project.site, address.lstrip("/"))
        if path.name != "404.html":  # it is shown at any address, and follows SITE_URL
            assert not absolute.search(path.read_text(encoding="utf-8")), path
    (tmp_path / "oj").mkdir()
    (tmp_path / "oj" / "brottsoffer").symlink_to(project.site)
    below, wrong = "/oj/brottsoffer/", []
    with serving(tmp_path) as url, browser.new_context() as context:
        page = context.new_page()
        page.on(
            "response",
            lambda answer: (
                wrong.append(answer.url)
                if answer.status >= 400 or not answer.url.startswith(url + below)
                else None
            ),
        )
        page.goto(url + below)
        page.get_by_role("combobox", name=BOX).press_sequentially("tyres")
        page.get_by_role("option", name="Tyresö").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{below}kommuner/tyreso/")
        page.get_by_role("link", name="Jämför med andra av samma storlek").press("Enter")
        page.wait_for_url(f"**{below}jamfor/**")
        page.locator("#oj-jamfor table").first.wait_for()
        page.goto(f"{url}{below}sok/?q=skyddat+boende")
        page.locator("article a[href*='indikatorer/']").first.wait_for()
    assert not wrong


def test_the_workflow_builds_with_make_and_publishes_what_it_made():
    said = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    build, deploy = said["jobs"]["bygg"], said["jobs"]["publicera"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = [step["run"].split() for step in build["steps"] if "run" in step]
    assert commands == [["make"]] and ".DEFAULT_GOAL := all" in makefile
    (settings,) = (step["env"] for step in build["steps"] if "env" in step)
    assert set(settings) == {"SITE_URL", "KONTAKT", "UTGIVARE"}
    (upload,) = (step for step in build["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert upload["with"]["path"] == Project(ROOT).site.relative_to(ROOT).as_posix()
    assert said["permissions"] == {}
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"} and deploy["needs"] == "bygg"
    assert deploy["if"] == "github.ref == 'refs/heads/main'"


def test_the_workflow_runs_nothing_that_can_be_moved_and_gives_strangers_nothing():
    path = ROOT / ".github/workflows/pages.yml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in said["jobs"].values():
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"]) and job["permissions"]
        for step in job["steps"]:
            assert "run" in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
    triggers = said[True]  # what YAML makes of `on`
    assert triggers == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert "secrets" not in path.read_text(encoding="utf-8").split("name: Webbplats")[1]
