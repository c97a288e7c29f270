"""Executes the notebooks aside and turns them into pages of the site.

In git a notebook has no outputs; each build executes it, and a cell that fails fails the
build. The page is Markdown with the outputs' HTML in it, so that code, tables and headings
look, print and read aloud like the rest of the site.
"""

from __future__ import annotations

import html
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ojbrottsoffer.paths import Project
from ojbrottsoffer.publish.execution import execute_each
from ojbrottsoffer.tables.swap import fresh, publish

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


def markdown_pages(project: Project) -> dict[str, str]:
    """Executed notebooks as Markdown pages: name -> text."""
    return {
        path.stem: to_markdown(nbformat.read(path, as_version=4))
        for path in notebook_paths(project.executed_notebooks)
    }


def to_markdown(notebook: NotebookNode) -> str:
    """One executed notebook as a Markdown page: code folded away, outputs in full."""
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            fenced = f"```python\n{cell.source}\n```"
            indented = "\n".join(f"    {line}" for line in fenced.splitlines())
            parts.append(f'??? quote "Visa koden"\n\n{indented}')
            parts += [_output(output) for output in cell.outputs]
    return "\n\n".join(part for part in parts if part) + "\n"


def _output(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return f'<pre class="oj-utskrift" tabindex="0">{html.escape(output.text.strip())}</pre>'
    data = output.get("data", {})
    if "text/html" in data:
        return data["text/html"].strip()
    return f'<pre class="oj-utskrift" tabindex="0">{html.escape(data.get("text/plain", ""))}</pre>'
