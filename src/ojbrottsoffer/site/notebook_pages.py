"""Executed notebooks as pages: mkdocs-jupyter makes the HTML with our template, and this fits it in."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs_jupyter.config import settings

from ojbrottsoffer.notebook.execute import notebook_paths
from ojbrottsoffer.project import Project

TEMPLATES = Path(__file__).parent / "templates" / "notebook"
SUFFIX = ".ipynb"

ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>¶</a>')
LETTER = re.compile(r"&#(\d{3,});")
LINK = re.compile(r'href="(?P<path>[^":?#]+\.(?:md|ipynb))(?P<anchor>#[^"]*)?"')
COMMON = re.compile(r'<span class="(?:n|nb|nn|o|ow|p|sa|si|w)">([^<]*)</span>|(?<=<pre>)<span></span>')
"""The parts of coloured code that look like the rest of it: names, signs, spaces."""


def notebook_files(project: Project, config: MkDocsConfig) -> list[File]:
    """The executed notebooks, and the long tables that they link to."""
    settings.templates_dir = str(TEMPLATES)
    folder = project.executed_notebooks
    files = []
    for path in notebook_paths(folder):
        files.append(
            File(f"{folder.name}/{path.name}", str(folder.parent), config.site_dir, config.use_directory_urls)
        )
        for name, content in tables(nbformat.read(path, as_version=4)).items():
            address = f"{folder.name}/{path.stem}/{name}"
            files.append(File.generated(config, address, content=content))
    return files


def tables(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The long tables of an executed notebook as CSV, by the name that the page links to."""
    return {
        output.metadata["text/csv"]["filename"]: output.data["text/csv"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/csv" in output.get("data", {})
    }


def is_notebook(page: Page) -> bool:
    return page.file.src_uri.endswith(SUFFIX)


def front_matter(source: str) -> dict[str, str]:
    """A notebook's title and description: what a page of Markdown says first."""
    metadata = nbformat.reads(source, as_version=4).metadata
    return {name: metadata[name] for name in ("title", "description") if name in metadata}


def fitted_in(html: str, page: Page, files: Files) -> str:
    """What mkdocs-jupyter made, without its style sheet and with links that lead to pages.

    Raises `PluginError` where a link leads nowhere.
    """

    def address(match: re.Match) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), match["path"]))
        target = files.get_file_from_path(path)
        if target is None:
            raise PluginError(f"{page.file.src_uri} länkar till {match['path']}, som inte finns")
        return f'href="{target.url_relative_to(page.file)}{match["anchor"] or ""}"'

    html = ANCHOR.sub("", html.rpartition("<style>")[0])
    return LINK.sub(address, LETTER.sub(lambda match: chr(int(match[1])), html))


def plain_code(html: str) -> str:
    """A page whose code is marked up only where it has a colour of its own."""
    return COMMON.sub(lambda match: match[1] or "", html)
