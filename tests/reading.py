"""What the browser tests read out of a page."""

from __future__ import annotations

import re

from playwright.sync_api import Page

BOX = "Sök kommun, indikator eller ord"
"""The name of the search box."""


def rows(page: Page, caption: str) -> list[list[str]]:
    """The cells of a table as text, without bars, numbers and names of areas beside a label."""
    return page.evaluate(
        """caption => {
          const table = [...document.querySelectorAll("table")].find((table) =>
            table.caption?.textContent.trim().startsWith(caption));
          return [...table.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => {
            const copy = cell.cloneNode(true);
            copy.querySelectorAll(".oj-under, .oj-nr, svg").forEach((node) => node.remove());
            return copy.textContent.replace(/[ \\n]+/g, " ").trim();
          }));
        }""",
        caption,
    )


def figures(page: Page) -> dict[str, object]:
    """Every number of a profile, the built one or one's own, that the two have in common."""
    words = page.locator("article").inner_text()
    counts = re.search(r"Av svaren(?: \d{4})? är (\d+) Ja, (\d+) Delvis och (\d+) Nej", words)
    first = re.search(
        r"svarar ja på (\d+) av (\d+) (?:besvarade )?(?:frågor|indikatorer om stöd till våldsutsatta\.)"
        r"(?:\s*Genomsnittet i landet är cirka (\d+) av (\d+)\.)?",
        words,
    )
    helpers = re.search(r"utan ja-svar har (.*?)\.", words)
    return {
        "antal": counts.groups(),
        "ingress": first.groups(),
        "omraden": rows(page, "Andel ja-svar per kvalitetsområde"),
        "styrkor": [[row[0], row[-1]] for row in rows(page, "Ja-svar som är ovanliga i landet")],
        "luckor": [row[:4] for row in rows(page, "Indikatorer där svaret är Nej eller Delvis")],
        "vem": helpers and helpers[1],
        "fynd": re.findall(
            r"Längst över riket ligger .*|Inom .* lägre än i riket\.|"
            r"Andelen ja-svar är högre än i riket i alla kvalitetsområden\.",
            words,
        ),
    }
