"""The profiles as PDF, printed by Chromium from the pages of the site.

A build prints them when it is told of a Chromium (`make` looks for one) and does without when
there is none: every page has a place for its file, which is taken away where no file was made.
What has been printed is kept with a digest of the page, so that a page is printed again only
when it looks different.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ojbrottsoffer.project import Project

CHROMIUM = "UTSKRIFT"
"""Environment variable: the Chromium that a build may print with. Empty or unset: none."""
AT_ONCE = 40
"""A build prints at most this many profiles; `make pdf` prints all of them."""
MANIFEST = "underlag.json"
PLACE = re.compile(r"<li data-pdf>.*?</li>\n?", re.S)
"""Where a profile offers its file."""
DATES = re.compile(rb"/(CreationDate|ModDate) \(D:[0-9+'Z-]*\)")

LINKS = """([site, address]) => {
  for (const link of document.querySelectorAll("a[href]")) {
    if (!link.href.startsWith(site) || link.getAttribute("href").startsWith("#")) continue;
    if (address) link.href = address.replace(/[/]$/, "") + link.href.slice(site.length).replace(/index[.]html/, "");
    else link.removeAttribute("href");
  }
}"""
"""Links to other pages lead to the site's address, or nowhere: not to this computer's disk."""


@dataclass(frozen=True)
class Printed:
    """A page that offers its PDF: the unit, the page and a digest of how it looks."""

    unit: str
    page: Path
    digest: str


def file_name(unit: str) -> str:
    return f"profil-{unit}.pdf"


def offer(project: Project, site: Path, released: str) -> None:
    """Puts the PDFs beside the pages of a built site, printing what is missing; a page without
    one does not offer it. A draft offers none.
    """
    chromium = os.environ.get(CHROMIUM)
    found = wanted(site) if not project.draft and (chromium or _known(project)) else []
    missing = [one for one in found if one.digest != _known(project).get(one.unit)]
    if missing and chromium:
        if len(missing) > AT_ONCE:
            print(f"{len(missing)} profiler är inte utskrivna som PDF. Skriv ut dem med: make pdf")
        else:
            _try_to_print(project, site, missing, chromium, released)
    known = _known(project)
    for one in found:
        if one.digest == known.get(one.unit):
            content = (project.pdf / file_name(one.unit)).read_bytes()
            (one.page.parent / file_name(one.unit)).write_bytes(content)
    for page in sorted((site / "kommuner").glob("*/index.html")):
        text = page.read_text(encoding="utf-8")
        if PLACE.search(text) and not (page.parent / file_name(page.parent.name)).exists():
            page.write_text(PLACE.sub("", text), encoding="utf-8")


def print_all(project: Project, chromium: str, released: str) -> int:
    """Prints every profile of the built site that is not printed as it looks now, for the next
    build to offer. Returns an exit code.
    """
    found = wanted(project.site)
    if not found:
        print("Stopp: webbplatsen är inte byggd. Kör: make", file=sys.stderr)
        return 1
    missing = [one for one in found if one.digest != _known(project).get(one.unit)]
    if not missing:
        print(f"Inget har ändrats. {len(found)} profiler ligger i {project.pdf}/")
        return 0
    print_pages(project, project.site, missing, chromium, released)
    return 0


def wanted(site: Path) -> list[Printed]:
    """The profiles of a built site, by unit. The look is the page without its offer, the site's
    style sheets, and the address that its links get.
    """
    style = hashlib.sha256(os.environ.get("SITE_URL", "").encode())
    for path in sorted((site / "assets").rglob("*.css")):
        style.update(path.read_bytes())
    found = []
    for table in sorted((site / "kommuner").glob("*/*.csv")):
        page = table.parent / "index.html"
        text = PLACE.sub("", page.read_text(encoding="utf-8"))
        look = style.copy()
        look.update(text.encode())
        found.append(Printed(table.stem, page, look.hexdigest()))
    return found


def _known(project: Project) -> dict[str, str]:
    """Unit -> digest of the page that its kept file shows."""
    try:
        manifest = json.loads((project.pdf / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {unit: digest for unit, digest in manifest.items() if (project.pdf / file_name(unit)).is_file()}


def _try_to_print(project: Project, site: Path, pages: list[Printed], chromium: str, released: str) -> None:
    """A browser that does not work is no reason not to publish: said, and done without."""
    from playwright.sync_api import Error

    try:
        print_pages(project, site, pages, chromium, released)
    except (Error, OSError) as error:
        print(
            f"Profilerna erbjuds inte som PDF: {chromium} kunde inte skriva ut dem.\n"
            f"    {str(error).splitlines()[0]}",
            file=sys.stderr,
        )


def print_pages(project: Project, site: Path, pages: Iterable[Printed], chromium: str, released: str) -> None:
    """Prints pages into the kept files, dated by the release: two prints of a page are the same."""
    from playwright.sync_api import sync_playwright

    project.pdf.mkdir(parents=True, exist_ok=True)
    started, done = time.perf_counter(), _known(project)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(java_script_enabled=False, color_scheme="light").new_page()
        for one in pages:
            page.goto(one.page.resolve().as_uri())
            page.evaluate(LINKS, [site.resolve().as_uri(), os.environ.get("SITE_URL", "")])
            content = page.pdf(
                format="A4", tagged=True, outline=True, print_background=True, prefer_css_page_size=True
            )
            (project.pdf / file_name(one.unit)).write_bytes(_dated(content, released))
            done[one.unit] = one.digest
        browser.close()
    temporary = project.pdf / f"{MANIFEST}.tmp"
    temporary.write_text(json.dumps(done, indent=1), encoding="utf-8")
    os.replace(temporary, project.pdf / MANIFEST)
    print(f"{len(done)} profiler som PDF på {time.perf_counter() - started:.1f} s.")


def _dated(content: bytes, released: str) -> bytes:
    """The file with the day of the release (seconds) instead of the moment it was printed; of the
    same length, since the file counts its bytes.
    """
    day = time.strftime("%Y%m%d%H%M%S", time.gmtime(int(released))).encode()

    def same_length(match: re.Match[bytes]) -> bytes:
        return re.sub(rb"D:[0-9]{14}", b"D:" + day, match[0])

    return DATES.sub(same_length, content)
