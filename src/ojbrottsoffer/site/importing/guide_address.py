"""Where the analyst's pages, which are files of their own, link to the guide."""

from __future__ import annotations

import os
from pathlib import Path

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.settings import site_url

GUIDE = "om/kor-om"


def guide_of(project: Project, page: Path) -> str:
    """The address of the guide's folder from a page: on the published site if its address is known, else on the site
    that is built here; empty if none is."""
    if address := site_url():
        return f"{address}{GUIDE}/"
    built = project.site / GUIDE
    return f"{os.path.relpath(built, page.parent)}/" if built.exists() else ""
