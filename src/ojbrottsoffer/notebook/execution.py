"""Runs notebooks: each in a process of its own, split off from one that has imported everything.

IPython runs the cells, as in JupyterLab. A kernel per notebook would import pandas, Plotly and
our own code anew for each of them and send every output over sockets to this process.
"""

from __future__ import annotations

import builtins
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import lru_cache
from multiprocessing import connection, get_context
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4

from ojbrottsoffer.project import BUILD_SETTING

WARM = (
    "plotly.graph_objects",
    "plotly.io",
    "ojbrottsoffer.notebook.show",
    "ojbrottsoffer.presentation.factor_analysis",
    "ojbrottsoffer.checks.gate",
    "ojbrottsoffer.notebook.story",
    "ojbrottsoffer.notebook.story_analysis",
    "IPython.core.interactiveshell",
)
"""Imported once, before the processes are split off."""

JUPYTER_COLUMNS = 20
"""How many columns pandas writes in JupyterLab; it takes this process for a terminal."""


class CellError(Exception):
    """A cell that failed; says which and why."""


def execute_each(paths: list[Path], folder: Path, seconds: int) -> Iterator[tuple[Path, str | None]]:
    """Executes notebooks into `folder`, as many at a time as there are processors. Gives each,
    in order, with what went wrong, or None. `seconds`: what a notebook may take, at least.
    """
    _warm_up()
    context = get_context("fork")
    waiting, running, outcome = list(paths), {}, {}
    try:
        for path in paths:
            while path not in outcome:
                while waiting and len(running) < (os.cpu_count() or 1):
                    started = waiting.pop(0)
                    ours, theirs = context.Pipe(duplex=False)
                    process = context.Process(
                        target=_in_own_process,
                        daemon=True,
                        args=(nbformat.read(started, as_version=4), started, folder, theirs),
                    )
                    process.start()
                    theirs.close()
                    running[ours] = started, process
                for ours in connection.wait(list(running), timeout=seconds) or list(running):
                    done, process = running.pop(ours)
                    outcome[done] = _told(ours, process, seconds)
            yield path, outcome[path]
    finally:
        for _, process in running.values():
            process.terminate()
            process.join()


def _told(ours: connection.Connection, process, seconds: int) -> str | None:
    """What a process said of its notebook, or that it said nothing."""
    try:
        said = ours.recv() if ours.poll() else f"kunde inte köras klart på {seconds} sekunder"
    except EOFError:
        process.join()
        said = f"kunde inte köras klart: processen avslutades med koden {process.exitcode}"
    ours.close()
    process.terminate()
    process.join()
    return said


def _warm_up() -> None:
    """Does once what each notebook would begin with: imports, an IPython, a first figure (Plotly reads
    its own parts when they are first used).
    """
    from importlib import import_module

    for name in WARM:
        import_module(name)
    plotly = sys.modules["plotly.graph_objects"]
    figure = plotly.Figure([plotly.Bar(x=[1], y=["a"]), plotly.Scatter(x=[1], y=["a"])])
    sys.modules["ojbrottsoffer.notebook.show"].figur(figure, "", "").figure.to_json()
    _shell()


def _in_own_process(notebook: NotebookNode, path: Path, folder: Path, said: connection.Connection) -> None:
    os.chdir(path.parent)
    os.environ[BUILD_SETTING] = "1"
    sys.path.insert(0, str(path.parent))
    sys.modules["pandas"].set_option("display.max_columns", JUPYTER_COLUMNS)
    try:
        run_cells(notebook)
    except CellError as error:
        said.send(str(error))
        return
    nbformat.write(notebook, folder / path.name)
    said.send(None)


def run_cells(notebook: NotebookNode) -> None:
    """Runs the cells from top to bottom in an empty namespace and puts their outputs in them.

    Only in a process of its own. Raises `CellError` at the first that fails.
    """
    vars(builtins).pop("_", None)  # IPython leaves `_` alone where something else has taken it
    shell = _shell()
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.clear()
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        cell.execution_count = shell.execution_count
        cell.outputs = shell.displayhook.outputs = shell.display_pub.outputs = outputs = []
        with redirect_stdout(_Stream("stdout", outputs)), redirect_stderr(_Stream("stderr", outputs)):
            result = shell.run_cell(cell.source, store_history=True)
        if error := result.error_before_exec or result.error_in_exec:
            raise CellError(
                f"cell {number} misslyckades: {type(error).__name__}: {error}\n"
                f"    {cell.source.splitlines()[0]}"
            )
    notebook.metadata = {"kernelspec": notebook.metadata.get("kernelspec", {})}


@lru_cache(maxsize=1)
def _shell():
    """An IPython without the user's settings and history, whose outputs are kept."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Hook(DisplayHook):
        """Keeps what the last line of a cell gives."""

        outputs: list[NotebookNode]

        def write_output_prompt(self) -> None:
            pass

        def write_format_data(self, format_dict, md_dict=None) -> None:
            self.outputs.append(
                v4.new_output(
                    "execute_result", format_dict, metadata=md_dict or {}, execution_count=self.prompt_count
                )
            )

        def finish_displayhook(self) -> None:
            pass

    class Publisher(DisplayPublisher):
        """Keeps what a cell displays."""

        outputs: list[NotebookNode]

        def publish(self, data, metadata=None, source=None, **_) -> None:
            self.outputs.append(v4.new_output("display_data", data, metadata=metadata or {}))

    class Shell(InteractiveShell):
        displayhook_class = Hook
        display_pub_class = Publisher

    with tempfile.TemporaryDirectory() as folder:  # it wants one to begin in
        return Shell.instance(config=Config(HistoryManager={"enabled": False}), ipython_dir=folder)


class _Stream(io.TextIOBase):
    """Keeps what a cell prints, in order with what it displays."""

    def __init__(self, name: str, outputs: list[NotebookNode]):
        self.name, self.outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else {}
        if last.get("name") == self.name:
            last.text += text
        elif text:
            self.outputs.append(v4.new_output("stream", name=self.name, text=text))
        return len(text)
