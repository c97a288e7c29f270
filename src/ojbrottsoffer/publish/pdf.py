"""The profiles as PDF, printed by Chromium from the built pages: `make pdf`.

A build must not need a browser. The files are therefore made aside, with a digest of the
figures they show; a page offers its file only while the digest is right.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from ojbrottsoffer.digest import digest, folder_digest
from ojbrottsoffer.paths import Project
from ojbrottsoffer.tables.swap import fresh, publish

MANIFEST = "underlag.json"
SHOWN = ("src/ojbrottsoffer/analysis", "src/ojbrottsoffer/publish", "docs/assets/css", "theme")
"""What decides how a printed profile looks, besides the tables."""

LINKS = """([site, address]) => {
  for (const link of document.querySelectorAll("a[href]")) {
    if (!link.href.startsWith(site) || link.getAttribute("href").startsWith("#")) continue;
    if (address) link.href = address.replace(/[/]$/, "") + link.href.slice(site.length).replace(/index[.]html/, "");
    else link.removeAttribute("href");
  }
}"""
"""Links to other pages lead to the site's address, or nowhere: not to this computer's disk."""


def file_name(unit: str) -> str:
    return f"profil-{unit}.pdf"


def current(project: Project) -> frozenset[str]:
    """The units whose PDF shows the figures as they are now; none in a draft."""
    if project.draft:
        return frozenset()
    try:
        manifest = json.loads((project.pdf / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(manifest["enheter"]) if manifest["underlag"] == _shown(project) else frozenset()


def _shown(project: Project) -> str:
    """A digest of what the profiles show: the tables, wherever they lie, and how they look."""
    return folder_digest(project.clean) + digest(project, SHOWN)


def print_all(project: Project, chromium: str) -> int:
    """Prints every profile of the built site. Returns an exit code."""
    from playwright.sync_api import sync_playwright

    units = sorted(path.parent.name for path in (project.site / "kommuner").glob("*/*.csv"))
    if not units:
        print("Stopp: webbplatsen är inte byggd. Kör: make", file=sys.stderr)
        return 1
    if set(units) <= current(project):
        print(f"Inget har ändrats. {len(units)} profiler ligger i {project.pdf}/")
        return 0
    folder = fresh(project.pdf)
    started = time.perf_counter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(java_script_enabled=False, color_scheme="light").new_page()
        for unit in units:
            page.goto((project.site / "kommuner" / unit / "index.html").as_uri())
            page.evaluate(LINKS, [project.site.as_uri(), os.environ.get("SITE_URL", "")])
            page.pdf(path=folder / file_name(unit), format="A4", tagged=True, outline=True,
                     print_background=True, prefer_css_page_size=True)
        browser.close()
    seconds = time.perf_counter() - started
    manifest = {"underlag": _shown(project), "enheter": units}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    publish(project.pdf)
    print(f"{len(units)} profiler utskrivna på {seconds:.1f} s till {project.pdf}/")
    return 0


def files(project: Project) -> dict[str, Path]:
    """The printed profiles that are current: address on the site -> file."""
    return {f"kommuner/{unit}/{file_name(unit)}": project.pdf / file_name(unit)
            for unit in sorted(current(project))}
