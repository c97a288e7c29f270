"""Executes the notebooks of a project with nbclient, a kernel each, two at a time.

In git a notebook has no outputs. Each build executes all of them into `.build/`, and a cell that
fails stops the build.
"""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

from ojbrottsoffer.project import BUILD_SETTING, DRAFT, STAGED, Project
from ojbrottsoffer.transaction import fresh, publish

AT_A_TIME = 2
CELL_SECONDS = 600
"""What a cell may take, at most."""


def notebook_paths(folder: Path) -> list[Path]:
    """The numbered notebooks of a folder, in order."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def execute_all(project: Project) -> int:
    """Executes every notebook into the work folder, all or nothing. Returns an exit code.

    The notebooks read the tables that are being built, or those of the draft, never the
    published ones.
    """
    folder = fresh(project.executed_notebooks)
    paths = notebook_paths(project.notebooks)
    setting = DRAFT if project.draft else STAGED
    failures = []
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        outcomes = pool.map(partial(execute, folder=folder, setting=setting), paths)
        for path, error in zip(paths, outcomes, strict=True):
            print(f"    {path.name}: {'fel' if error else 'klar'}", flush=True)
            if error:
                failures.append(f"Stopp: {project.relative(path)}, {error}")
    if failures:
        print("\n".join(failures), file=sys.stderr)
        return 1
    publish(project.executed_notebooks)
    return 0


def execute(path: Path, folder: Path, setting: str, seconds: int = CELL_SECONDS) -> str | None:
    """Executes one notebook, where it lies, into `folder`. Gives what went wrong, or None.

    `setting` tells the notebook's process which tables are its; `seconds` is what a cell may take.
    """
    notebook = nbformat.read(path, as_version=4)
    cell_number = 0

    def begins(cell: nbformat.NotebookNode, cell_index: int) -> None:
        nonlocal cell_number
        cell_number = cell_index + 1

    with tempfile.TemporaryDirectory() as aside:  # nothing of the user's own settings and history
        client = NotebookClient(
            notebook,
            timeout=seconds,
            record_timing=False,
            coalesce_streams=True,  # a kernel sends what is printed in pieces
            on_cell_execute=begins,
            resources={"metadata": {"path": str(path.parent)}},
            config=Config(KernelManager={"transport": "ipc", "connection_file": f"{aside}/k.json"}),
        )
        try:
            client.execute(env=_environment(setting, aside))
        except CellExecutionError as error:
            said = f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            said = f"blev inte klar på {seconds} sekunder"
        except DeadKernelError:
            said = "processen som kör anteckningsboken avslutades"
        else:
            nbformat.write(notebook, folder / path.name)
            return None
    first_line = notebook.cells[cell_number - 1].source.partition("\n")[0]
    return f"cell {cell_number} misslyckades: {said}\n    {first_line}"


def _environment(setting: str, aside: str) -> dict[str, str]:
    """What a kernel is started with: our own code first, whatever folder it is started in."""
    ours = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
    return os.environ | {BUILD_SETTING: setting, "PYTHONPATH": path, "IPYTHONDIR": aside}
