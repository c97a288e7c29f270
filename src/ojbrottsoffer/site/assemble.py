"""Builds the site beside the published one and swaps, so that a failure changes nothing."""

from __future__ import annotations

import logging
import sys

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.hook import PROJECT
from ojbrottsoffer.transaction import fresh, publish


def build_site(project: Project) -> int:
    """`mkdocs build --strict` into the project's `site`, all or nothing. Returns an exit code.

    A warning counts as a failure. `SITE_URL` gives absolute addresses where it is set.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    settings, folder = str(project.root / "mkdocs.yml"), fresh(project.site)
    try:
        config = load_config(config_file=settings, strict=True, site_dir=str(folder))
        config.extra[PROJECT] = project
        build(config)
    except (Abort, MkDocsException) as error:
        print(f"Stopp: webbplatsen kunde inte byggas. {error}\nsite/ är som den var.", file=sys.stderr)
        return 1
    finally:
        logger.removeHandler(handler)
    publish(project.site)
    print(f"{sum(1 for _ in project.site.rglob('*.html'))} sidor byggda.")
    return 0
