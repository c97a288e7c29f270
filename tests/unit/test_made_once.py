"""What is made once for many: the search index, templates, addresses."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import FileSystemLoader

from ojbrottsoffer.project import Project
from ojbrottsoffer.site import search_index
from ojbrottsoffer.site.pages import views
from ojbrottsoffer.site.pages.views import Views
from ojbrottsoffer.site.words.links import Link

PAGES = ("", "om/", "kommuner/", "kommuner/lund/", "kommuner/lund/2015/", "metoder/x/y/")
TARGETS = (
    "",
    ".",
    "om/",
    "kommuner/",
    "kommuner/tyreso/#svar-x",
    "kommuner/lund/lund.csv",
    "kommuner/lund/2015/",
    "data/resultat.csv",
    "kvalitet/#x",
)


def files(folder: Path) -> set[str]:
    """The parts of a search index; Pagefind names them by what is in them."""
    return {
        path.relative_to(folder).as_posix()
        for kind in ("index", "fragment")
        for path in (folder / kind).iterdir()
    }


def test_the_search_index_is_that_of_the_whole_pages(project: Project, tmp_path: Path):
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pagefind",
            "--site",
            str(project.site),
            "--output-path",
            str(tmp_path),
            "--glob",
            "**/index.html",
            "--root-selector",
            "article",
            "--quiet",
        ],
        check=True,
    )
    assert files(tmp_path) == files(project.site / "pagefind") != set()


def test_an_index_is_made_again_when_a_text_or_an_address_is_another(tmp_path: Path, monkeypatch):
    project, asked = Project(tmp_path), []

    def run(pages: dict[str, str], folder: Path) -> bool:
        asked.append(pages)
        (folder / search_index.FOLDER).mkdir()
        (folder / search_index.FOLDER / "vad").write_text(str(len(asked)))
        return True

    def made(name: str, text: str, address: str = "a") -> str:
        page = tmp_path / name / address / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<title>{name}</title><article><p data-oj-tal="{name}">{text}</p></article>')
        assert search_index.make(project, tmp_path / name)
        return (tmp_path / name / "pagefind" / "vad").read_text()

    monkeypatch.setattr(search_index, "_run", run)
    assert [made("ett", "lika"), made("tva", "lika"), made("tre", "olika"), made("fyra", "olika", "b")] == [
        "1",
        "1",
        "2",
        "3",
    ]
    assert len(list((tmp_path / ".build" / "sokregister").iterdir())) == 1, "bara det senaste sparas"


def test_a_changed_template_is_compiled_again(tmp_path: Path):
    folder = tmp_path / "mallar"
    folder.mkdir()
    for words in ("ett", "två", "två"):
        (folder / "prov.html").write_text(words, encoding="utf-8")
        environment = views._environment(Project(tmp_path, staged=True))
        environment.loader = FileSystemLoader(folder)
        assert environment.get_template("prov.html").render() == words
    assert list(Path(environment.bytecode_cache.directory).iterdir())


def test_addresses_lead_where_they_should_from_every_page_of_the_same_depth():
    root = "https://exempel.se/under/"
    for page, target in product(PAGES, TARGETS):
        right = root + target.strip(".")
        for link in (Link(page), Link(page).place):
            found = urljoin(root + page, link(target))
            assert found.rstrip("/") == right.rstrip("/"), (page, target)


def test_what_templates_map_with_exists(project: Project):
    environment = Views.load(project).environment
    folder = Path(environment.loader.searchpath[0])
    named = {
        name
        for path in folder.glob("*.html")
        for name in re.findall(r"\|\s*map\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert "in_table" in named and named <= set(environment.filters)
