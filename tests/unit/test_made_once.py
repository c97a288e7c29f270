"""What is made once for many: the search index, forms of workbooks, parts of pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
import pytest
import xlsxwriter

from ojbrottsoffer.project import Project
from ojbrottsoffer.site import search_index, styles
from ojbrottsoffer.site.downloads import formats, forms, sheets, unit_files
from ojbrottsoffer.site.downloads.formats import WORKBOOK_DATE
from ojbrottsoffer.site.pages.rendering import TEMPLATES, environment
from ojbrottsoffer.site.pages.site_pages import SitePages
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
    for values in (
        ["A & B", "x", 3, None, "två\nrader", 45],
        ["<å>", "=1+1", -1, '"”', "ej N/A", 90],
        ["A", "x" * 32_767, "😀" * 16_383, 1, 1, 30],
    ):
        assert form.filled(values) == book(values)
    for odd in (" x", "x ", "", "a\x01", "_x0041_", 1.5, True, "x" * 32_768, "😀" * 16_384):
        with pytest.raises(forms.Unusual):
            form.filled(["A", odd, 1, 1, 1, 30])


@pytest.mark.parametrize("odd", [None, "x" * 17_000, np.int64(3)])
def test_a_sheet_filled_at_once_is_what_xlsxwriter_writes(odd: object, monkeypatch):
    body = [
        ("a", 1, 2.5, True),
        (" b", None, -3, False),
        (None, 10**15, 1e-7, None),
        ("", None, None, None),
        *[("A & <å>", n, n / 7, None) for n in range(20)],
        ("=1+1", 0, 0.1, True),
        ("\x01 e\n", 2, 1e22, None),
    ]
    body += [(odd, 1, 1.0, True)] if odd else []

    def written() -> bytes:
        out = io.BytesIO()
        made = xlsxwriter.Workbook(out, {"in_memory": True})
        made.set_properties({"created": WORKBOOK_DATE})
        text = made.add_format({"num_format": "@"})
        for name in ("Ett", "Två"):
            sheet = made.add_worksheet(name, sheets.Sheet)
            for column in range(4):
                sheet.set_column(column, column, 9, text if column in (0, 3) else None)
                sheet.write_string(0, column, f"rubrik {column}")
            sheet.fill(body, text)
        made.close()
        return out.getvalue()

    at_once = written()
    monkeypatch.setattr(sheets.Sheet, "fill", sheets.Sheet._one_by_one)
    assert at_once == written()


@pytest.fixture
def staged(project: Project, scratch: Project) -> Project:
    """As a build has it after the first steps."""
    made = replace(scratch, staged=True)
    shutil.copytree(scratch.clean, made.clean)
    shutil.copy(project.report, made.report)
    return made


def shown(project: Project) -> dict[str, object]:
    """All that a build may take from the one before: files, style sheet, pages of templates."""
    seen = SitePages.load(project)
    return (
        dict(unit_files.all_files(seen.editions))
        | seen.data.files
        | {styles.ADDRESS: styles.sheet(str(project.root / "docs"), project)}
        | {path: seen.page(path, Link("kommuner/x/")) for path in ("kommuner/lund.md", "kommuner/tyreso.md")}
    )


def test_after_one_changed_cell_all_is_as_in_a_build_from_nothing(staged: Project, monkeypatch):
    written: list[str] = []

    def watched(function: Callable, name: Callable[..., str]) -> Callable:
        return lambda *given: written.append(name(*given)) or function(*given)

    monkeypatch.setattr(unit_files, "unit_csv", watched(unit_files.unit_csv, lambda unit, ar, rows: unit))
    monkeypatch.setattr(
        formats, "parquet", watched(formats.parquet, lambda as_csv, table, version: table.name)
    )
    monkeypatch.setattr(styles, "_lean", watched(lambda *texts: "".join(texts), lambda *texts: "stilmall"))
    first = shown(staged)
    assert {"lund", "tyreso", "resultat", "kallor", "stilmall"} < set(written)
    written.clear()
    path = staged.clean / "resultat.csv"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(,lund,[\w-]+),0,Nej,", r"\1,1,Delvis,", text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    again = shown(staged)
    assert sorted(written) == ["lund", "resultat", "resultat_bred"]
    assert again == shown(replace(staged, staged=False, clean_override=staged.clean)), (
        "utan minne blir det samma"
    )
    different = {name for name in first if first[name] != again[name]}
    assert {
        "kommuner/lund/lund.xlsx",
        "kommuner/lund/handlingsplan-lund.xlsx",
        "kommuner/lund.md",
        "resultat.json",
        "SHA256SUMS",
    } < different and not {"kallor.json", "kommuner/tyreso/tyreso.xlsx"} & different


def test_addresses_lead_where_they_should_from_every_page_of_the_same_depth():
    root = "https://exempel.se/under/"
    for page, target in product(PAGES, TARGETS):
        right = root + target.strip(".")
        for link in (Link(page), Link(page).place):
            found = urljoin(root + page, link(target))
            assert found.rstrip("/") == right.rstrip("/"), (page, target)


def test_what_templates_map_with_exists():
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\|\s*map\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert "in_table" in named and named <= set(environment().filters)
