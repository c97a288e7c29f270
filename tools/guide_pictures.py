"""The pictures of the analyst's pages in the guide: `python -m tools.guide_pictures` makes them anew.

The product's own commands write the pages, from files in a temporary folder: of the guide's example
before and after its question is answered, and of an invented edition that waits for approval. Chromium takes the
pictures. Every unit is called Testkommun.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from ojbrottsoffer.cli.asking import recipe_beside, saved_answers
from ojbrottsoffer.cli.commands import main as run
from ojbrottsoffer.importer.choices import answered
from ojbrottsoffer.importer.meaning.known_names import load_known_names
from ojbrottsoffer.importer.understand import read_file
from ojbrottsoffer.project import Project, find_project
from ojbrottsoffer.sources.curated import decisions
from tools.audit.audit import started
from tools.nation import demo

PICTURES = Path("docs/assets/img")
WIDTH, YEAR = 1000, 2016
HEIGHTS = {"forhandsvisning": 730, "forhandsvisning-besvarad": 620, "granskningssida": 905}
"""Picture -> how many pixels of its page are seen."""
COLOURS = 64
"""So many are enough for text on a few surfaces, and a third of the bytes."""
SOURCE = {"titel": "Påhittade svar", "utgivare": "Testaren"}
MUNICIPALITIES, DISTRICTS = 12, 2


def command(project: Project, *words: str) -> None:
    """Runs a command of the product; one that has questions left ends with 1."""
    with redirect_stdout(io.StringIO()):
        code = run(["--rot", str(project.root), *words])
    if code not in (0, 1):
        raise SystemExit(code)


def example_pages(project: Project, folder: Path) -> dict[str, Path]:
    """The previews of the guide's example: as it is asked about, and when it is answered by the first answer."""
    shutil.copytree(project.root / "docs/om/kor-om/exempel", folder / "exempel")
    file, pages = folder / "exempel/Svar.xlsx", {}
    for name in ("forhandsvisning", "forhandsvisning-besvarad"):
        command(project, "importera", str(file), "--ar", str(YEAR), "--visa")
        shown = project.work / "forhandsvisning" / f"{file.stem} {YEAR}.html"
        pages[name] = Path(shutil.move(shown, folder / f"{name}.html"))
        recipe = saved_answers(file, YEAR, "svar")
        reading = read_file(file, file.name, recipe, load_known_names(project), ar=YEAR)
        said = recipe.plain() | {"slag": "svar", "kalla": SOURCE}
        for question in reading.questions:
            said = answered(said, question.choices[0].sets)
        recipe_beside(file, YEAR).write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return pages


def review_page(project: Project, folder: Path) -> Path:
    """What a second invented edition would change, while nobody has approved it."""
    years = [demo.FIRST_YEAR, demo.FIRST_YEAR + 1]
    copy = demo.make_project(project, folder / "utgavor", MUNICIPALITIES, years)
    signed = copy.reference / decisions.SIGN_OFFS
    for ar in demo.import_years(project, copy, folder / "filer", MUNICIPALITIES, DISTRICTS, years):
        if ar == years[0]:
            first = signed.read_bytes()
    signed.write_bytes(first)  # the second waits again
    command(copy, "granska", "--ar", str(years[1]), "--html")
    return copy.work / "granskning" / f"oj-{years[1]}.html"


def picture(page: Page, shown: Path, name: str, folder: Path) -> None:
    page.set_viewport_size({"width": WIDTH, "height": HEIGHTS[name]})
    page.goto(shown.as_uri())
    page.evaluate("scrollTo(0, 0)")
    image = Image.open(io.BytesIO(page.screenshot()))
    image.quantize(COLOURS).save(folder / f"{name}.png", optimize=True)


def main() -> int:
    """Makes the pictures of the guide; returns an exit code."""
    project = find_project()
    os.environ["SITE_URL"] = (
        "https://exempel.se/oj/"  # the pages link to the guide, whether or not a site is built
    )
    with TemporaryDirectory(prefix="guidens-bilder-") as made, sync_playwright() as playwright:
        pages = example_pages(project, Path(made)) | {"granskningssida": review_page(project, Path(made))}
        browser = started(playwright)
        page = browser.new_page(color_scheme="light", reduced_motion="reduce")
        for name, shown in pages.items():
            picture(page, shown, name, project.root / PICTURES)
            print(f"{PICTURES}/{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
