"""The search index, made by Pagefind of the finished pages: it knows Swedish endings.

A profile is found by the unit's name and background; what is asked, by the page of the indicator
and not by every unit's answer to it. Figures that change with an answer are left out where a
template can say so. Pagefind gets the pages without what it leaves out anyway: reading that is
what takes time. An index is kept with a digest of what it was made of, so it is made again only
when a text that can be found has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from ojbrottsoffer.project import Project

ARTICLE = re.compile(r"<article.*</article>", re.S)
BODY = re.compile(r"<(h1|li) data-pagefind-body>.*?</\1>", re.S)
"""All there is to find of a page whose article as a whole is not to be found: a profile."""
OLDER = 'data-pagefind-ignore="all"'
"""On a page that a search never leads to: a later edition has the same page."""
WHOLE = "data-pagefind-body"
"""On the article of every other page."""
UNREAD = re.compile(
    r"<svg.*?</svg>|<script.*?</script>"
    r'|<div class="oj-rulla"[^>]* data-pagefind-ignore>\s*<table.*?</table>\s*</div>'
    r"|<span\b[^>]* data-pagefind-ignore>(?:[^<]|<(span|code)\b[^>]*>[^<]*</\1>)*</span>"
    r"|<(details|td|p|dl|ul)\b[^>]* data-pagefind-ignore>.*?</\2>"
    r'| data-(?:oj-tal|rubrik)="[^"]*"',
    re.S,
)
"""What Pagefind does not read: pictures, scripts, what the templates say it should ignore, and
attributes of ours. An element that is missed here only takes time.
"""
UNUSED = re.compile(r"pagefind-((modular-|component-)?ui|highlight)\..*")
"""Ready-made interfaces; the search page is our own."""
FOLDER = "pagefind"


def make(project: Project, site: Path) -> bool:
    """Puts the index in a built site; False, with a message, if it can't be made."""
    pages = texts(site)
    kept = project.work / "sokregister" / digest(pages)
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as name:
            if not _run(pages, Path(name)):
                return False
            for older in kept.parent.iterdir():
                if older != Path(name):
                    shutil.rmtree(older)
            os.replace(Path(name, FOLDER), kept)
    shutil.copytree(kept, site / FOLDER)
    return True


def texts(site: Path) -> dict[str, str]:
    """The pages that can be found: path -> what there is to read of it."""
    found = {}
    for path in sorted(site.rglob("index.html")):
        page = path.read_text(encoding="utf-8")
        article = ARTICLE.search(page)
        if article and OLDER not in page:
            found[path.relative_to(site).as_posix()] = (
                f'<!doctype html><html lang="sv"><title>-</title>{_read(article[0])}</html>'
            )
    return found


def _read(article: str) -> str:
    """What Pagefind reads of an article."""
    parts = [] if WHOLE in article[: article.index(">")] else [part[0] for part in BODY.finditer(article)]
    return f"<article>{''.join(parts)}</article>" if parts else UNREAD.sub("", article)


def digest(pages: dict[str, str]) -> str:
    """Of the texts and of what makes the index."""
    total = hashlib.sha256(version("pagefind").encode())
    for address, text in pages.items():
        total.update(f"{address}\0{text}\0".encode())
    return total.hexdigest()


def _run(pages: dict[str, str], folder: Path) -> bool:
    """Makes `pagefind/` in a folder."""
    source, made = folder / "sidor", folder / FOLDER
    for address, text in pages.items():
        path = source / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(source),
        "--output-path",
        str(made),
        "--glob",
        "**/index.html",
        "--root-selector",
        "article",
        "--quiet",
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        print(
            "Stopp: sökregistret kunde inte byggas. "
            f"{result.stderr.strip() or result.stdout.strip()}\nsite/ är som den var.",
            file=sys.stderr,
        )
        return False
    for path in made.iterdir():
        if UNUSED.fullmatch(path.name):
            path.unlink()
    return True
