"""What is made once for many: the search index, forms of workbooks, parts of pages."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import pytest
import xlsxwriter

from ojbrottsoffer.paths import Project
from ojbrottsoffer.publish import forms, search_index
from ojbrottsoffer.publish.formats import WORKBOOK_DATE
from ojbrottsoffer.publish.links import Link
from ojbrottsoffer.publish.views import Views

PAGES = ("", "om/", "kommuner/", "kommuner/lund/", "kommuner/lund/2015/", "metoder/x/y/")
TARGETS = ("", ".", "om/", "kommuner/", "kommuner/tyreso/#svar-x", "kommuner/lund/lund.csv", "kommuner/lund/2015/",
           "data/resultat.csv", "kvalitet/#x")


def files(folder: Path) -> set[str]:
    """The parts of a search index; Pagefind names them by what is in them."""
    return {path.relative_to(folder).as_posix() for kind in ("index", "fragment")
            for path in (folder / kind).iterdir()}


def test_the_search_index_is_that_of_the_whole_pages(project: Project, tmp_path: Path):
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(project.site), "--output-path", str(tmp_path),
                    "--glob", "**/index.html", "--root-selector", "article", "--quiet"], check=True)
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
    assert [made("ett", "lika"), made("tva", "lika"), made("tre", "olika"), made("fyra", "olika", "b")] \
        == ["1", "1", "2", "3"]
    assert len(list((tmp_path / ".build" / "sokregister").iterdir())) == 1, "bara det senaste sparas"


def book(values: list[object]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, forms.OPTIONS)
    made.set_properties({"title": f"Om {values[0]}", "created": WORKBOOK_DATE})
    sheet, bold = made.add_worksheet("Blad"), made.add_format({"bold": True})
    for row, value in enumerate(values[1:-1]):
        sheet.write(row, 0, value)
        sheet.write(row, 1, value, bold)
        sheet.write(row, 2, "lika & samma")
    sheet.set_row(0, forms.height(values[-1]))
    made.close()
    return out.getvalue()


def test_a_form_filled_in_is_what_xlsxwriter_writes():
    form = forms.Form(book, 6)
    for values in (["A & B", "x", 3, None, "två\nrader", 45], ["<å>", "=1+1", -1, '"”', "ej N/A", 90]):
        assert form.filled(values) == book(values)
    for odd in (" x", "x ", "", "a\x01", "_x0041_", 1.5, True):
        with pytest.raises(forms.Unusual):
            form.filled(["A", odd, 1, 1, 1, 30])


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
    named = {name for path in folder.glob("*.html")
             for name in re.findall(r"\|\s*map\('(\w+)'", path.read_text(encoding="utf-8"))}
    assert "in_table" in named and named <= set(environment.filters)
