"""What the notebooks show: a long table is shortened, and the whole of it goes along as a file."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest
from mkdocs_jupyter.config import settings
from mkdocs_jupyter.convert import nb2html

from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.limits import NAMED_UNITS
from ojbrottsoffer.notebook.show import ENDS, LONG_TABLE, figur, tabell
from ojbrottsoffer.notebook.still import still
from ojbrottsoffer.notebook.story_analysis import rank_figure, units_table
from ojbrottsoffer.project import BUILD_SETTING, STAGED
from ojbrottsoffer.site import notebook_pages


def frame_of(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"Enhet": [f"Testkommun {n:03}" for n in range(1, rows + 1)], "Andel": [n + 0.5 for n in range(rows)]}
    )


def executed(*frames: pd.DataFrame) -> nbformat.NotebookNode:
    """A notebook that shows each table in a cell of its own."""
    cells = []
    for frame in frames:
        data, metadata = tabell(frame, "Svar & andel")._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("tabell(frame)", outputs=[output]))
    return nbformat.v4.new_notebook(cells=cells)


def page_of(notebook: nbformat.NotebookNode, folder: Path) -> str:
    """The notebook as mkdocs-jupyter makes a page of it with our template."""
    nbformat.write(notebook, folder / "prov.ipynb")
    settings.templates_dir = str(notebook_pages.TEMPLATES)
    return nb2html(str(folder / "prov.ipynb"))


def test_a_long_table_is_its_ends_and_a_file_with_every_row(monkeypatch, tmp_path):
    monkeypatch.setenv(BUILD_SETTING, STAGED)
    long, longer = frame_of(LONG_TABLE + 1), frame_of(LONG_TABLE + 60)
    notebook = executed(long, longer)
    files, page = notebook_pages.tables(notebook), page_of(notebook, tmp_path)
    assert len(files) == 2 and list(files) == re.findall(r'<a [^>]*href="([^"]+\.csv)"', page)
    for frame, content in zip((long, longer), files.values(), strict=True):
        pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(content)), frame, check_dtype=False)
    shown = re.findall(r'<th scope="row">Testkommun (\d+)</th>', page.split(".csv")[0])
    assert [int(n) for n in shown] == [*range(1, ENDS + 1), *range(LONG_TABLE + 2 - ENDS, LONG_TABLE + 2)]
    assert f"… {LONG_TABLE + 1 - 2 * ENDS}\u00a0rader till …" in page
    assert f"de {ENDS} första och de {ENDS} sista av {LONG_TABLE + 1}\u00a0rader" in page


def test_a_table_that_is_not_long_is_whole_and_has_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv(BUILD_SETTING, STAGED)
    notebook = executed(frame_of(LONG_TABLE))
    assert page_of(notebook, tmp_path).count('<th scope="row">') == LONG_TABLE
    assert not notebook_pages.tables(notebook)


def test_in_jupyterlab_there_is_no_page_to_link_to(monkeypatch):
    monkeypatch.delenv(BUILD_SETTING, raising=False)
    data, _ = tabell(frame_of(LONG_TABLE + 1), "x")._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"} and ".csv" not in data["text/html"]


def test_in_jupyterlab_a_figure_is_an_ordinary_one(monkeypatch):
    monkeypatch.delenv(BUILD_SETTING, raising=False)
    monkeypatch.setattr(pio.renderers, "default", "plotly_mimetype")  # what Plotly chooses in JupyterLab
    figure = go.Figure(go.Bar(x=[1], y=["Testkommun 001"]))
    shown = figur(figure, "Titel", "Text")._repr_mimebundle_()
    assert shown == figure._repr_mimebundle_() and "application/vnd.plotly.v1+json" in shown


def test_a_name_is_text_in_a_figure(monkeypatch):
    monkeypatch.setenv(BUILD_SETTING, STAGED)
    name = "<a href='x'>Testkommun & 001</a></script>"
    figure = go.Figure(go.Bar(x=[1], y=[name], orientation="h", text=[1.0]))
    shown = figur(figure, "Titel", "Text")._repr_mimebundle_()["text/html"]
    drawn = re.search(r"<script[^>]*>(.*?)</script>", shown, re.S)[1]
    assert json.loads(drawn)["data"][0]["y"] == [
        "&lt;a href='x'&gt;Testkommun &amp; 001&lt;/a&gt;&lt;/script&gt;"
    ]
    picture = ElementTree.fromstring(re.search("<svg.*?</svg>", shown, re.S)[0])
    assert {name, "1"} <= set(picture.itertext()), "bilden utan skript"


def test_a_figure_without_points_is_a_picture_too():
    for trace in (
        go.Bar(x=[], y=[]),
        go.Scatter(x=[], y=[], mode="markers+text"),
        go.Bar(x=[None], y=["Testkommun 001"]),
    ):
        assert "nan" not in still(go.Figure(trace), "Titel")


def test_what_a_cell_prints_is_text_and_code_is_folded_away(tmp_path):
    printed = nbformat.v4.new_output("stream", name="stdout", text="<b>1 & 2</b>\n")
    cell = nbformat.v4.new_code_cell('print("<b>1 & 2</b>")', outputs=[printed])
    page = page_of(nbformat.v4.new_notebook(cells=[cell]), tmp_path)
    assert '<pre class="oj-utskrift" tabindex="0">&lt;b&gt;1 &amp; 2&lt;/b&gt;</pre>' in page
    assert '<details class="quote">' in page and "<b>1" not in page
    assert '<div class="highlight"><pre><code>' in page and "clipboard" not in page


@pytest.mark.parametrize("many", [False, True])
def test_many_units_are_rows_and_have_no_names_in_pictures(many: bool):
    names = {f"testkommun-{n:03}": f"Testkommun {n:03}" for n in range(100 if many else NAMED_UNITS)}
    found = [
        Described(
            id=kind,
            title=kind,
            indicators=("i",),
            ja=1,
            partly=0,
            answered=2,
            nation=None,
            units=tuple((unit, 1, 2) for unit in names),
        )
        for kind in ("Samverkan", "Råd")
    ]
    table = units_table(found, names, "Faktor")
    assert table.shape == ((100, 3) if many else (2, 1 + NAMED_UNITS))
    assert set(table.to_numpy().ravel()) >= {"1 av 2"}
    ranks = pd.DataFrame(
        {
            "Enhet": list(names.values()),
            "Placering": range(1, len(names) + 1),
            "Högst": 1,
            "Lägst": len(names),
        }
    )
    figure = rank_figure(ranks, "#123456")
    assert len(figure.data) == 2 and figure.layout.height <= 900
    last = figure.data[1]
    assert list(last.x) == list(ranks["Placering"])[::-1] and list(last.text) == list(ranks["Enhet"])[::-1]
    assert set(last.y) == (set(range(1, 101)) if many else set(names.values()))
