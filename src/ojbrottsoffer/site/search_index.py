"""The search index, made by Pagefind of the built pages: it knows Swedish endings.

What can be found is said by the templates, with Pagefind's own attributes: a profile by the unit's
name and background; what is asked, by the page of the indicator and not by every unit's answer to
it; the pages of the latest edition and not those of the ones before. Figures that change with an
answer are left out.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"
UNUSED = re.compile(r"pagefind-((modular-|component-)?ui|highlight)\..*")
"""Ready-made interfaces; the search page is our own."""


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
    return None
