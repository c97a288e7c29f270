"""Looks at pages in Chromium. The tests look at one page of each type, `make audit` at all."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from ojbrottsoffer.presentation import palette
from tools.audit.pagetypes import by_type

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can differ in the other colour scheme."""
SHAPES = AXE | {"rules": {name: {"enabled": False} for name in COLOURS["runOnly"]["values"]}}
"""Everything but the colours, which are the same in a narrow window."""
ROOT = Path(__file__).resolve().parents[1]
KINDS = """() => {
  const seen = new Map();
  const told = (node) => [...node.attributes].map(({ name, value }) => /class|style|type/.test(name) ? value : name);
  return [...document.body.querySelectorAll("*")].filter((node) => {
    const text = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!(text || node.matches("input, select, textarea")) || !node.checkVisibility()) return false;
    let kind = "";
    for (let at = node; at; at = at.parentElement) kind += `<${at.localName} ${told(at).join(" ")}>`;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    return seen.get(kind) <= 2;
  });
}"""
"""What has text, without the third and later elements of the same kind below elements of the same kinds:
a long table has hundreds of cells that the same rules colour."""


def samples(site: Path) -> dict[str, str]:
    """The largest page of each type: type -> address."""
    return {kind: f"/{pages[0]}" for kind, pages in by_type(site).items()}


def violations(page: Page, rules: dict = AXE, where: str = "() => document") -> list[dict]:
    """What axe finds on the page as it is, in what the script `where` gives. Left alone, axe also describes every element that
    passed, which takes more than half of its time, and fetches the style sheets for rules that are
    not asked for; and it misreads contrast and distances in what the browser has not laid out yet."""
    page.add_style_tag(content="*{content-visibility:visible!important}")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        f"async (asked) => (await axe.run(({where})(), asked)).violations",
        rules | {"resultTypes": ["violations"], "preload": False},
    )


def miscoloured(page: Page, every: bool) -> list[dict]:
    """What axe finds in the colours: those of `every` element, or of two of each kind."""
    return violations(page, COLOURS, "() => document" if every else KINDS)


UNFOLDED = """(open) => { for (const fold of document.querySelectorAll(open ? "details:not([open])" : "details.oppnad")) {
  fold.classList.toggle("oppnad", open);
  fold.open = open;
} }"""
"""Opens every fold and menu, or closes those that were opened."""


def look(
    page: Page,
    site_url: str,
    address: str,
    rules: dict = SHAPES,
    dark: bool = False,
    narrow: int = 0,
    every: bool = False,
) -> list[str]:
    """What is wrong with one page as it is shown now: one line for each thing. With `dark` also
    what is wrong with its colours once the reader turns to dark ones, and with `narrow` with
    everything else once the window has that width and every fold and menu is open: loading the page is half
    the work. The colours are
    those of `every` element, or of two of each kind.
    """
    problems: list[str] = []
    before = page.viewport_size

    def console(message) -> None:
        problems.append(f"{address} konsol: {message.text}")

    def failure(error) -> None:
        problems.append(f"{address} fel: {error}")

    def request(asked) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(site_url).netloc:
            problems.append(f"{address} begäran till {asked.url}")

    heard = (("console", console), ("pageerror", failure), ("request", request))
    for event, listener in heard:
        page.on(event, listener)
    page.goto(site_url + address, wait_until="load")
    _draw_figures(page)
    found = (violations(page, rules) if rules else []) + miscoloured(page, every)
    if dark:
        page.emulate_media(color_scheme="dark")
        if page.locator("script").count():  # a page without scripts follows the computer in its style sheet
            page.wait_for_selector("html[data-md-color-scheme=slate], body[data-md-color-scheme=slate]")
        found += miscoloured(page, every)
        page.emulate_media(color_scheme="light")
    for width in (0, narrow) if narrow else (0,):
        if width:
            page.set_viewport_size(before | {"width": width})
            page.evaluate(UNFOLDED, True)
            found += violations(page, SHAPES)
            page.evaluate(UNFOLDED, False)
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide > window:
            problems.append(f"{address} är {wide} px bred i ett fönster på {window} px")
    for violation in found:
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        problems.append(f"{address} axe {violation['id']}: {nodes}")
    if stored := page.evaluate("Object.keys({...localStorage, ...sessionStorage})"):
        problems.append(f"{address} sparar {stored} i webbläsaren")
    if narrow:
        page.set_viewport_size(before)
    for event, listener in heard:
        page.remove_listener(event, listener)
    return problems


NARROW = 480
"""A chart with less room than this stays the still picture."""


def _draw_figures(page: Page) -> None:
    """Reads a notebook down to its last chart: those that have room are drawn when somebody does."""
    figures = page.locator("[data-oj-figur]")
    for number in range(figures.count()):
        page.mouse.move(100, 100 + number)
        figures.nth(number).scroll_into_view_if_needed()
        if figures.nth(number).evaluate("figure => figure.clientWidth") >= NARROW:
            expect(figures.nth(number)).to_have_attribute("data-oj-figur", "ritad", timeout=30_000)
    page.evaluate("scrollTo(0, 0)")


NOT_WRONG = ("violates Content Security Policy", "“paint-order”")
"""What the checker says that is no error. It reads the pages as files, where the security policy's
'self' means nothing, and it does not know `paint-order`, which browsers have had since 2017 (CSS
Fill and Stroke, and SVG 2)."""


def checked(files: list[Path], styles: bool = False) -> list[str]:
    """What the Nu HTML Checker has against some pages: errors, and warnings that say something.
    With `styles` also against our own style sheets; the theme's are not ours to change."""
    with tempfile.TemporaryDirectory() as folder:
        if styles:
            colours = Path(folder, "palett.css")
            colours.write_text(palette.css(), encoding="utf-8")
            files = [*files, *sorted((ROOT / "docs/assets/css").glob("*.css")), colours]
        said = subprocess.run(
            [
                ROOT / "tools" / "audit" / "vnu.sh",
                "--format",
                "json",
                "--skip-non-html",
                "--also-check-css",
                *map(str, files),
            ],
            capture_output=True,
            text=True,
        )
    assert '"messages"' in said.stderr, said.stderr[-2000:] or said.stdout
    messages = json.loads(said.stderr[said.stderr.index("{") : said.stderr.rindex("}") + 1])["messages"]
    return [
        f"{message['url'].split('/site/')[-1]} rad {message.get('lastLine')}: {message['message']}"
        for message in messages
        if not any(words in message["message"] for words in NOT_WRONG)
    ]
