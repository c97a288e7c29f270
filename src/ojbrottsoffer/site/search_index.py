"""The search index, made by Pagefind of the built pages: it knows Swedish endings.

What can be found is said by the templates, with Pagefind's own attributes: a profile by the unit's
name and background; what is asked, by the page of the indicator and not by every unit's answer to
it; the pages of the latest edition and not those of the ones before. Figures that change with an
answer are left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

FOLDER = "pagefind"
UNUSED = re.compile(r"pagefind-((modular-|component-)?ui|highlight)\..*")
"""Ready-made interfaces; the search page is our own."""

WORDS = "assets/ord.json"
"""Where the words of titles and headings are: a search that finds nothing looks for one near what was
typed."""
HEADING = re.compile(r"<title>.*?</title>|<h[123]\b.*?</h[123]>|name=\"description\" content=\"[^\"]*", re.S)
SHORTEST = 5
"""Letters from which a word is told apart from one that is nearly the same."""


def make(site: Path) -> str | None:
    """Puts the index in a built site; gives what Pagefind said if it can't be made."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", FOLDER]
    command += ["--glob", "**/index.html", "--root-selector", "article", "--quiet"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        return result.stderr.strip() or result.stdout.strip()
    for path in (site / FOLDER).iterdir():
        if UNUSED.fullmatch(path.name):
            path.unlink()
    words = json.dumps(heading_words(site), ensure_ascii=False, separators=(",", ":"))
    (site / WORDS).write_text(words, encoding="utf-8")
    return None


def heading_words(site: Path) -> list[str]:
    """The words of every page's title, description and headings, the most common first."""
    found: Counter[str] = Counter()
    for page in site.rglob("index.html"):
        headings = " ".join(HEADING.findall(page.read_text(encoding="utf-8")))
        found.update(re.findall(r"[^\W\d_]+", re.sub(r"<[^>]+>", " ", headings).lower()))
    return [
        word for word, _ in sorted(found.items(), key=lambda one: (-one[1], one[0])) if len(word) >= SHORTEST
    ]
