"""Notebooks run by themselves, keep what they show in order, and say why they could not."""

from __future__ import annotations

import builtins
from pathlib import Path

import nbformat
import pytest

from ojbrottsoffer.notebook.execution import execute_each


def executed(folder: Path, *cells: list[str], seconds: int = 60) -> list[str | None]:
    """Runs one notebook per list of cells; what went wrong in each."""
    out = folder / "ut"
    out.mkdir()
    paths = []
    for number, sources in enumerate(cells, start=1):
        paths.append(folder / f"0{number}_prov.ipynb")
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]),
            paths[-1],
        )
    results = list(execute_each(paths, out, seconds))
    assert [path for path, _ in results] == paths
    return [error for _, error in results]


def test_what_a_cell_shows_is_kept_in_order(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(builtins, "_", None, raising=False)  # as doctest and gettext leave it
    shows = (
        "import sys\nfrom IPython.display import HTML, display\nprint('ett'); print('två')\n"
        "display(HTML('<b>tre</b>'))\nprint('fyra', file=sys.stderr)\nprint('fem')\n40 + 2"
    )
    assert executed(tmp_path, [shows, "_ + 1", "5;", "None"]) == [None]
    first, second, *silent = nbformat.read(tmp_path / "ut" / "01_prov.ipynb", as_version=4).cells
    assert [
        (o.output_type, o.get("name"), o.get("text") or o.data.get("text/html") or o.data["text/plain"])
        for o in first.outputs
    ] == [
        ("stream", "stdout", "ett\ntvå\n"),
        ("display_data", None, "<b>tre</b>"),
        ("stream", "stderr", "fyra\n"),
        ("stream", "stdout", "fem\n"),
        ("execute_result", None, "42"),
    ]
    assert second.outputs[0].data["text/plain"] == "43" and second.execution_count == 2
    assert not any(cell.outputs for cell in silent)


def test_each_has_a_namespace_and_an_environment_of_its_own(tmp_path: Path):
    sets = "import os, sys\nx = 1\nos.environ['PROV'] = 'satt'\nsys.modules['json'].prov = 1"
    looks = "import json, os\nassert 'PROV' not in os.environ and not hasattr(json, 'prov')\nx"
    first, second, third = executed(tmp_path, [sets], [looks], ["assert True"])
    assert first is None and third is None
    assert second == "cell 1 misslyckades: NameError: name 'x' is not defined\n    import json, os"
    assert not (tmp_path / "ut" / "02_prov.ipynb").exists()


@pytest.mark.parametrize(
    ("code", "seconds", "said"),
    [
        ("import os; os._exit(3)", 60, "kunde inte köras klart: processen avslutades med koden 3"),
        ("import time; time.sleep(600)", 1, "kunde inte köras klart på 1 sekunder"),
        ("x = (", 60, "cell 1 misslyckades: "),
        ("raise SystemExit(1)", 60, "cell 1 misslyckades: SystemExit: 1"),
    ],
)
def test_what_stops_a_notebook_is_said(tmp_path: Path, code: str, seconds: int, said: str):
    (error,) = executed(tmp_path, [code, "1"], seconds=seconds)
    assert error.startswith(said)
