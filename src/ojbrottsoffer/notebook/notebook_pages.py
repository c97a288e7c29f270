"""Executes the notebooks aside and turns them into pages of the site.

In git a notebook has no outputs; each build executes it, and a cell that fails fails the
build. The page is Markdown with the outputs' HTML in it, so that code, tables and headings
look, print and read aloud like the rest of the site.
"""

from __future__ import annotations

import html
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ojbrottsoffer.notebook.execution import execute_each
from ojbrottsoffer.presentation.factor_analysis import Analysis
from ojbrottsoffer.presentation.text import size
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.transaction import fresh, publish

TIMEOUT_SECONDS = 600


def notebook_paths(folder: Path) -> list[Path]:
    """The numbered notebooks of a folder, in order."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def execute_all(project: Project) -> int:
    """Executes every notebook into the work folder, all or nothing. Returns an exit code.

    The notebooks read and write the staged tables, never the published ones.
    """
    paths = notebook_paths(project.notebooks)
    folder = fresh(project.executed_notebooks)
    with suppress(DataError, OSError):  # the notebook that reads them says what is wrong
        Analysis.load(Project(project.root, staged=True))  # once, not once in each notebook
    failures = []
    for path, error in execute_each(paths, folder, TIMEOUT_SECONDS):
        print(f"    {path.name}: {'fel' if error else 'klar'}", flush=True)
        if error:
            failures.append(f"Stopp: {project.relative(path)}, {error}")
    if failures:
        print("\n".join(failures), file=sys.stderr)
        return 1
    publish(project.executed_notebooks)
    return 0


@dataclass(frozen=True)
class NotebookPage:
    """An executed notebook as a Markdown page, and the files it links to: name -> content."""

    markdown: str
    files: dict[str, bytes]


def notebook_pages(project: Project) -> dict[str, NotebookPage]:
    """Executed notebooks as pages, by name."""
    return {
        path.stem: to_page(nbformat.read(path, as_version=4))
        for path in notebook_paths(project.executed_notebooks)
    }


def to_page(notebook: NotebookNode) -> NotebookPage:
    """One executed notebook as a page: code folded away, outputs in full, long tables as files."""
    parts, files = [], {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            fenced = f"```python\n{cell.source}\n```"
            indented = "\n".join(f"    {line}" for line in fenced.splitlines())
            parts.append(f'??? quote "Visa koden"\n\n{indented}')
            parts += [_output(output, files) for output in cell.outputs]
    return NotebookPage("\n\n".join(part for part in parts if part) + "\n", files)


COMMON = re.compile(r'<span class="(?:n|nb|nn|o|ow|p|sa|si|w)">([^<]*)</span>|(?<=<pre>)<span></span>')
"""The parts of coloured code that look like the rest of it: names, signs, spaces."""


def plain_code(page: str) -> str:
    """A page whose code is marked up only where it has a colour of its own."""
    return COMMON.sub(lambda match: match[1] or "", page)


def _output(output: NotebookNode, files: dict[str, bytes]) -> str:
    if output.output_type == "stream":
        return f'<pre class="oj-utskrift" tabindex="0">{html.escape(output.text.strip())}</pre>'
    data = output.get("data", {})
    if "text/csv" in data:
        name = f"tabell-{len(files) + 1}.csv"
        files[name] = data["text/csv"].encode("utf-8")
        return (
            f'{data["text/html"].strip()}\n\n<p class="oj-kalla"><a href="{name}" download>Hela tabellen som CSV'
            f'<span class="oj-dold">: {html.escape(data["text/plain"])}</span></a> '
            f"({size(len(files[name]))})</p>"
        )
    if "text/html" in data:
        return data["text/html"].strip()
    return f'<pre class="oj-utskrift" tabindex="0">{html.escape(data.get("text/plain", ""))}</pre>'
