"""What the notebooks show: a long table is shortened, and the whole of it goes along as a file."""

from __future__ import annotations

import io
import re

import nbformat
import pandas as pd
import pytest

from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.limits import NAMED_UNITS
from ojbrottsoffer.notebook.notebook_pages import to_page
from ojbrottsoffer.notebook.show import ENDS, LONG_TABLE, tabell
from ojbrottsoffer.notebook.story_analysis import rank_figure, units_table
from ojbrottsoffer.project import BUILD_SETTING


def frame_of(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"Enhet": [f"Testkommun {n:03}" for n in range(1, rows + 1)], "Andel": [n + 0.5 for n in range(rows)]}
    )


def page_of(*frames: pd.DataFrame):
    outputs = [
        nbformat.v4.new_output("display_data", data=tabell(frame, "Svar & andel")._repr_mimebundle_())
        for frame in frames
    ]
    return to_page(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("tabell(frame)", outputs=outputs)])
    )


def test_a_long_table_is_its_ends_and_a_file_with_every_row(monkeypatch):
    monkeypatch.setenv(BUILD_SETTING, "1")
    long, longer = frame_of(LONG_TABLE + 1), frame_of(LONG_TABLE + 60)
    made = page_of(long, longer)
    assert (
        list(made.files)
        == re.findall(r'<a href="([^"]+)" download>', made.markdown)
        == ["tabell-1.csv", "tabell-2.csv"]
    )
    for frame, content in zip((long, longer), made.files.values(), strict=True):
        pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(content)), frame, check_dtype=False)
    shown = re.findall(r'<th scope="row">Testkommun (\d+)</th>', made.markdown.split("tabell-1.csv")[0])
    assert [int(n) for n in shown] == [*range(1, ENDS + 1), *range(LONG_TABLE + 2 - ENDS, LONG_TABLE + 2)]
    assert f"… {LONG_TABLE + 1 - 2 * ENDS}\u00a0rader till …" in made.markdown
    assert f"de {ENDS} första och de {ENDS} sista av {LONG_TABLE + 1}\u00a0rader" in made.markdown


def test_a_table_that_is_not_long_is_whole_and_has_no_file(monkeypatch):
    monkeypatch.setenv(BUILD_SETTING, "1")
    made = page_of(frame_of(LONG_TABLE))
    assert made.markdown.count('<th scope="row">') == LONG_TABLE and not made.files


def test_in_jupyterlab_there_is_no_page_to_link_to(monkeypatch):
    monkeypatch.delenv(BUILD_SETTING, raising=False)
    assert set(tabell(frame_of(LONG_TABLE + 1), "x")._repr_mimebundle_()) == {"text/html", "text/plain"}


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
