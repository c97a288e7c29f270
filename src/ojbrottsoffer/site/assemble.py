"""Builds the site beside the published one and swaps, so that a failure changes nothing."""

from __future__ import annotations

import gc
import logging
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ojbrottsoffer.project import Project
from ojbrottsoffer.site import search_index
from ojbrottsoffer.site.hook import MARK, PROJECT
from ojbrottsoffer.site.words.citation import read_citation
from ojbrottsoffer.site.words.marking import marking
from ojbrottsoffer.transaction import fresh, publish

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

OFTEN = 50_000, 20, 20
"""How often Python looks for what nobody needs: seldom, since what a page is made of is many small
things that are needed until the last page is made.
"""


def build_site(project: Project) -> int:
    """`mkdocs build --strict` into `site/`, all or nothing. Returns an exit code.

    A warning counts as a failure. `SITE_URL` gives absolute addresses where it is set.
    """
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort, MkDocsException

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    folder = fresh(project.site)
    gc.set_threshold(*OFTEN)
    try:
        build(configuration(project, folder))
    except (Abort, MkDocsException) as error:
        print(f"Stopp: webbplatsen kunde inte byggas. {error}\nsite/ är som den var.", file=sys.stderr)
        return 1
    finally:
        logger.removeHandler(handler)
    _leave_out(folder)
    if not search_index.make(project, folder):
        return 1
    publish(project.site)
    pages = sum(1 for _ in project.site.rglob("*.html"))
    print(f"{pages} sidor byggda.")
    return 0


def configuration(project: Project, folder: Path) -> MkDocsConfig:
    """MkDocs' settings for building the project's site in a folder."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ.setdefault("SOURCE_DATE_EPOCH", release(project))
    from mkdocs.config import load_config

    config = load_config(config_file=str(project.root / "mkdocs.yml"), strict=True, site_dir=str(folder))
    config.extra[PROJECT] = project
    if mark := marking(project):
        config.extra[MARK] = mark
    return config


def release(project: Project) -> str:
    """The day of the release as seconds, for the dates in the sitemap: a site says when its data
    were released, not when it was built, so that two builds are the same.
    """
    day = date.fromisoformat(read_citation(project).date)
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))


def _leave_out(folder: Path) -> None:
    """Removes what the theme and MkDocs add but no reader can use: source maps, the theme's
    search, and a sitemap without addresses.
    """
    unused = [*folder.rglob("*.map"), folder / "assets" / "images" / "favicon.png"]
    if not os.environ.get("SITE_URL"):
        unused += [folder / "sitemap.xml", folder / "sitemap.xml.gz"]
    for path in unused:
        if not path.is_dir():
            path.unlink(missing_ok=True)
