"""`make serve` shows what is on the disk: the same pages as the build, and a change at once."""

from __future__ import annotations

import shutil
import threading
import time
import urllib.request
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.live import Live, LiveHandler, state
from ojbrottsoffer.site.security import HEADERS

SECONDS = 3.0
SAME = (
    "",
    "kommuner/lund/",
    "indikatorer/social-jour/",
    "om/",
    "data/resultat/",
    "anteckningsbocker/05_over_tid/",
)


@pytest.fixture
def live(scratch: Project, project: Project) -> Live:
    for name in ("kvalitet.json", "anteckningsbocker"):
        source, target = project.work / name, scratch.work / name
        target.parent.mkdir(exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return Live(scratch)


def test_pages_are_those_of_the_build_and_follow_every_change(live: Live, project: Project, tmp_path: Path):
    for address in SAME:
        assert live.page(address) == (project.site / address / "index.html").read_bytes(), address
    assert live.page("finns-inte/") is None and live.file("../mkdocs.yml") is None

    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(LiveHandler, directory=str(project.site), live=live)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def get(address: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{address}", timeout=60) as answer:
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
            return answer.read().decode("utf-8")

    def seen(text: str, address: str) -> None:
        started = time.process_time()
        assert text in get(address), address
        assert time.process_time() - started < SECONDS, address

    docs = live.project.root / "docs"
    page = docs / "om/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nEn ny mening.\n", encoding="utf-8")
    seen("En ny mening.", "om/")
    sheet = docs / "assets/css/oj.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\n.ny-regel { color: red; }\n", encoding="utf-8")
    seen(".ny-regel", "assets/css/webbplats.css")
    (hook,) = live.config.hooks.values()
    folders = hook._pages.templates.loader.searchpath
    mallar = tmp_path / "mallar-andrade"
    shutil.copytree(folders[0], mallar)
    folders[:] = [str(mallar)]
    hook._pages.templates.cache.clear()
    template = mallar / "unit" / "profile.html"
    for name, text in (
        ("unit/profile.html", "Första ändringen."),
        ("unit/profile.html", "Andra ändringen."),
        ("unit/actions.html", "En del av sidan."),
    ):
        before = (mallar / name).read_text(encoding="utf-8")
        (mallar / name).write_text(f"{before}<p>{text}</p>", encoding="utf-8")
        seen(text, "kommuner/lund/")
    assert "pagefind" in get("pagefind/pagefind.js"), "det som inte görs om kommer ur det byggda"
    template.write_text("{{ finns_inte.alls }}", encoding="utf-8")
    with pytest.raises(urllib.error.HTTPError) as error:
        get("kommuner/lund/")
    assert error.value.code == 500 and "finns_inte" in error.value.read().decode("utf-8")
    server.shutdown()
    server.server_close()


def test_changed_code_and_a_new_page_start_it_over(tmp_path: Path):
    project = Project(tmp_path)
    for name in ("src/a.py", "mkdocs.yml", "docs/a.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a")
    before = state(project)
    (tmp_path / "docs/a.md").write_text("ny text")
    assert state(project) == before, "en ändrad text visas utan omstart"
    (tmp_path / "docs/b.md").write_text("b")
    assert (with_page := state(project)) != before
    (tmp_path / "src/b.py").write_text("b")
    assert state(project) != with_page
