"""Looks at pages in Chromium. The tests look at one page of each type, `make audit` at all."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ojbrottsoffer.publish.pagetypes import by_type

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can differ in the other colour scheme."""
ROOT = Path(__file__).resolve().parents[1]


def samples(site: Path) -> dict[str, str]:
    """The largest page of each type: type -> address."""
    return {kind: f"/{pages[0]}" for kind, pages in by_type(site).items()}


def violations(page: Page, rules: dict = AXE) -> list[dict]:
    """What axe finds on the page as it is. Left alone, axe also describes every element that
    passed, which takes more than half of its time; and it misreads contrast and distances in
    what the browser has not laid out yet."""
    page.add_style_tag(content="*{content-visibility:visible!important}")
    found = Axe().run(page, options=rules | {"resultTypes": ["violations"]})
    return found.response["violations"]


def look(page: Page, site_url: str, address: str, rules: dict = AXE) -> list[str]:
    """What is wrong with one page as it is shown now: one line for each thing."""
    problems: list[str] = []

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
    for violation in violations(page, rules):
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        problems.append(f"{address} axe {violation['id']}: {nodes}")
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if wide > window:
        problems.append(f"{address} är {wide} px bred i ett fönster på {window} px")
    if stored := page.evaluate("Object.keys({...localStorage, ...sessionStorage})"):
        problems.append(f"{address} sparar {stored} i webbläsaren")
    for event, listener in heard:
        page.remove_listener(event, listener)
    return problems


def html_errors(files: list[Path]) -> list[str]:
    """What the Nu HTML Checker has against some pages: errors, and warnings that say something.

    It reads the pages as files, where the security policy's 'self' means nothing.
    """
    import json

    script = ROOT / "scripts" / "vnu.sh"
    said = subprocess.run(
        [script, "--format", "json", "--skip-non-html", *map(str, files)],
        capture_output=True, text=True)
    assert '"messages"' in said.stderr, said.stderr[-2000:] or said.stdout
    messages = json.loads(said.stderr[said.stderr.index("{"):said.stderr.rindex("}") + 1])["messages"]
    return [
        f"{message['url'].split('/site/')[-1]} rad {message.get('lastLine')}: {message['message']}"
        for message in messages if "violates Content Security Policy" not in message["message"]
    ]
