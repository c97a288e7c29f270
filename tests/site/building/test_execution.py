"""Notebooks run in kernels of their own, keep what they show in order, and say why they could not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conftest import contents
from nbclient import NotebookClient

from ojbrottsoffer.notebook.execute import CELL_SECONDS, execute, execute_all, notebook_paths
from ojbrottsoffer.project import DRAFT, STAGED, Project

pytestmark = pytest.mark.slow


def executed(folder: Path, *cells: str, seconds: int = CELL_SECONDS, setting: str = STAGED) -> str | None:
    """Runs a notebook with these cells into `folder`/ut; what went wrong."""
    (folder / "ut").mkdir(exist_ok=True)
    path = folder / "01_prov.ipynb"
    made = [nbformat.v4.new_code_cell(source) for source in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)
    return execute(path, folder / "ut", setting, seconds)


def test_what_a_cell_shows_is_kept_in_order(tmp_path: Path):
    shows = (
        "import time\nfrom IPython.display import HTML, display\n"
        "print('ett'); time.sleep(0.5); print('två')\n"
        "display(HTML('<b>tre</b>'))\n40 + 2"
    )
    assert executed(tmp_path, shows, "_ + 1", "5;", "None", "import os; os.getcwd()") is None
    cells = nbformat.read(tmp_path / "ut" / "01_prov.ipynb", as_version=4).cells
    first, second, semicolon, nothing, where = cells
    assert [
        (o.output_type, o.get("text") or o.data.get("text/html") or o.data["text/plain"])
        for o in first.outputs
    ] == [("stream", "ett\ntvå\n"), ("display_data", "<b>tre</b>"), ("execute_result", "42")]
    assert second.outputs[0].data["text/plain"] == "43" and second.execution_count == 2
    assert not semicolon.outputs and not nothing.outputs
    assert where.outputs[0].data["text/plain"] == repr(str(tmp_path)), "körs inte där den ligger"


@pytest.mark.parametrize(
    ("code", "seconds", "said"),
    [
        ("import os; os._exit(3)", 60, "processen som kör anteckningsboken avslutades"),
        ("import time; time.sleep(600)", 1, "blev inte klar på 1 sekunder"),
        ("x = (", 60, "SyntaxError: "),
        ("x = undefined  # som ingen har satt", 60, "NameError: name 'undefined' is not defined"),
    ],
)
def test_what_stops_a_notebook_is_said_with_the_cell(tmp_path: Path, code: str, seconds: int, said: str):
    error = executed(tmp_path, "1", code, "2", seconds=seconds)
    assert error.startswith(f"cell 2 misslyckades: {said}") and error.endswith(f"\n    {code}")
    assert not list((tmp_path / "ut").iterdir())


@pytest.mark.parametrize(("setting", "folder"), [(STAGED, ".build/ny/clean"), (DRAFT, ".build/utkast/clean")])
def test_a_notebook_of_a_build_reads_the_tables_of_the_build(tmp_path: Path, setting: str, folder: str):
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    asks = "from ojbrottsoffer.project import find_project\nproject = find_project()\n"
    shows = f"{asks}assert project.clean == project.root / '{folder}', project.clean"
    assert executed(tmp_path, shows, setting=setting) is None


def only_notebooks(project: Project, **codes: str) -> None:
    for path in project.notebooks.glob("*.ipynb"):
        path.unlink()
    for name, code in codes.items():
        cells = [nbformat.v4.new_markdown_cell("# Prov"), nbformat.v4.new_code_cell(code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / f"{name[1:]}.ipynb")


def test_one_that_fails_leaves_all_as_they_were(sources: Project, capsys):
    only_notebooks(sources, _08_prov="1", _09_prov="1 + 1")
    assert execute_all(sources) == 0
    before = contents(sources.executed_notebooks)
    assert set(before) == {"08_prov.ipynb", "09_prov.ipynb"}
    only_notebooks(sources, _07_prov="2", _08_prov="1 / 0", _09_prov="undefined")
    capsys.readouterr()
    assert execute_all(sources) == 1
    said = capsys.readouterr().err
    assert "Stopp: notebooks/08_prov.ipynb, cell 2 misslyckades: ZeroDivisionError" in said
    assert "Stopp: notebooks/09_prov.ipynb, cell 2 misslyckades: NameError" in said
    assert contents(sources.executed_notebooks) == before
    assert not replace(sources, draft=True).executed_notebooks.exists()


def test_the_first_notebook_writes_the_tables_that_make_writes(sources: Project, project: Project):
    """By hand, as in JupyterLab, from nothing: the whole chain, and the same bytes."""
    for path in sources.clean.glob("*"):
        path.unlink()
    first, *_ = notebook_paths(sources.notebooks)
    ran = nbformat.read(first, as_version=4)
    NotebookClient(ran, resources={"metadata": {"path": str(sources.notebooks)}}).execute()
    printed = [output.text for cell in ran.cells for output in cell.get("outputs", []) if "text" in output]
    assert printed[0] == "Tabellerna är skrivna.\n"
    assert contents(sources.clean) == contents(project.clean)
    assert sources.report.read_bytes() == project.report.read_bytes()


def test_no_notebook_reaches_for_the_site_and_one_imports_great_expectations():
    found = {}
    for path in notebook_paths(Path(__file__).resolve().parents[3] / "notebooks"):
        cells = nbformat.read(path, as_version=4).cells
        found[path.stem[:2]] = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert not [name for name, code in found.items() if "ojbrottsoffer.site" in code]
    assert [name for name, code in found.items() if "great_expectations" in code] == ["02"]
