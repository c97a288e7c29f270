"""Three invented editions the whole way, from file to published site: one with half of the answers
missing, one of a single unit, and one for which the nation's shares are not known.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import openpyxl
import pytest
from htmltext import flat
from importfiler import (
    KALLA,
    MARKS,
    File,
    bring_in,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    shorten_notebooks,
    test_units,
)
from pypdf import PdfReader

from ojbrottsoffer.project import Project
from tools.nation.demo import sign_off

pytestmark = pytest.mark.slow

HALF, ALONE, NO_NATION = 2016, 2017, 2025
UNITS = test_units(4)
MISSING = "Rikets andelar saknas för den här utgåvan."
NONSENSE = re.compile(
    r"\bnan\b|\bNaN\b|\bNone\b|<NA>|\bundefined\b|\bav 0\b|\ben (enheter|kommuner)\b|\b[Dd]e en\b|[Rr]iket –|mot –"
)
"""What a figure that is not there, or a count of one, becomes where nobody has thought of it."""


def files(project: Project) -> dict[int, File]:
    """The three editions; other sources know some of the nation's shares of 2017, and none of 2025."""
    asked = indicators_of(project)
    answers = invented_answers(UNITS, asked)
    half = {
        key: code if (n // len(asked) + n) % 2 else "ej_besvarat"
        for n, (key, code) in enumerate(answers.items())
    }
    shares = [str(20 + n) for n in range(len(asked) - 1)] + ["78"]
    return {
        HALF: File(UNITS, asked, half, nation=shares),
        ALONE: File(UNITS[:1], asked, answers),
        NO_NATION: File(UNITS, asked, invented_answers(UNITS, asked, seed=2)),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    """Imported, signed off and published."""
    folder = tmp_path_factory.mktemp("svara-utgavor")
    project = make_project(folder / "projekt")
    for ar, file in files(project).items():
        silent = [
            item[1]
            for item in file.indicators
            if not any(file.answers[unit, item[0]] in (0, 1, 2) for unit, _ in file.units)
        ]
        said = {"saknas": MARKS, "kalla": KALLA} | ({"utan_svar": silent} if silent else {})
        assert bring_in(project, file.save(folder), profile_file(folder, **said), ar=ar) == 0
        sign_off(project, "svar", ar)
    shorten_notebooks(project, "01_inlasning", "02_kvalitet")
    done = subprocess.run(
        [sys.executable, "-m", "ojbrottsoffer.cli.build"],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(project.root / "src")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def said(page: str) -> str:
    """What the HTML of a page says: its text, and what is said of its pictures and tables."""
    for code in ("script", "style", "pre", "code"):
        page = re.sub(rf"<{code}\b.*?</{code}>", " ", page, flags=re.S)
    words = re.findall(r'(?:aria-label|data-rubrik|data-riket|content)="([^"]*)"', page)
    return " ".join("\n".join([re.sub(r"<[^>]*>", " ", page), *words]).split())


def test_no_page_says_nonsense(made: Project):
    pages = [page for page in made.site.rglob("*.html") if "anteckningsbocker" not in page.parts]
    found = [
        f"{page.relative_to(made.site)}: …{text[max(0, match.start() - 60) : match.end() + 40]}…"
        for page in pages
        for text in [said(page.read_text(encoding="utf-8"))]
        for match in NONSENSE.finditer(text)
    ]
    assert len(pages) > 300 and not found


@pytest.mark.parametrize(
    ("page", "words"),
    {
        "index": MISSING,
        "kommuner/testkommun-002": MISSING,
        "indikatorer/social-jour": f"Rikets andel {NO_NATION} saknas.",
        "indikatorer": MISSING,
        "jamfor": MISSING,
        "framgangsfaktorer": MISSING,
        "framgangsfaktorer/samverkan": "Rikets andel saknas.",
        "roller/fortroendevald": MISSING,
        f"kommuner/testkommun-001/{ALONE}": "Rikets andelar saknas för en del av indikatorerna.",
        f"jamfor/{ALONE}": "Rikets andelar saknas för en del av indikatorerna.",
    }.items(),
)
def test_pages_say_that_the_shares_are_missing(made: Project, page: str, words: str):
    path = made.site / ("index.html" if page == "index" else f"{page}/index.html")
    assert words in flat(path.read_text(encoding="utf-8"))


def test_the_files_of_a_unit_say_it_too(made: Project):
    folder = made.site / "kommuner" / "testkommun-002"
    paper = PdfReader(folder / "profil-testkommun-002.pdf")
    assert len(paper.pages) == 2
    text = " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
    assert MISSING in text and not NONSENSE.search(text)
    for name in ("testkommun-002", "handlingsplan-testkommun-002"):
        book = openpyxl.load_workbook(io.BytesIO((folder / f"{name}.xlsx").read_bytes()))
        cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
        assert "saknas" in cells and not any(NONSENSE.search(cell) for cell in cells)
    assert any(MISSING in cell and "i enkätens ordning" in cell for cell in cells)


def test_pictures_have_what_is_known(made: Project):
    page = (made.site / "framgangsfaktorer" / "omraden" / "index.html").read_text(encoding="utf-8")
    pictures = re.findall(r'<svg class="oj-bild oj-bild--hantel".*?</svg>', page, flags=re.S)
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.count('class="oj-bild__punkt"') >= 4, "andelarna är kända fast rikets inte är det"
        assert "Andelen ja-svar är större än i riket" not in picture
