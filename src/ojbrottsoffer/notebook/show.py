"""What the notebooks show things with: tables with captions and figures with a description.

In JupyterLab a figure is an ordinary Plotly figure. When the site is built it becomes a
description, a still picture and the figure's data, which a small script of the site draws with Plotly
from the site itself; nothing is fetched from elsewhere.
"""

from __future__ import annotations

import html
import json
import os
from dataclasses import dataclass
from itertools import count

import pandas as pd
import plotly.graph_objects as go

from ojbrottsoffer.notebook.still import still
from ojbrottsoffer.presentation import sentences, text
from ojbrottsoffer.project import BUILD_SETTING

LONG_TABLE = 200
"""A table with more rows than this is shown as its first and last rows, beside a file with all."""
ENDS = 10
"""Rows shown at each end of it."""
_file_numbers = count(1)
"""The long tables of the notebook that this process runs."""


@dataclass(frozen=True)
class ShownTable:
    """A table with a caption and header cells, readable by a screen reader.

    A long one is shortened; when the site is built the whole table goes with it as CSV, beside
    the name of the file that the page links to.
    """

    frame: pd.DataFrame
    caption: str

    @property
    def is_long(self) -> bool:
        return len(self.frame) > LONG_TABLE

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        shown = {"text/html": self._repr_html_(), "text/plain": self.caption}
        if not self.is_long or BUILD_SETTING not in os.environ:
            return shown, {}
        name = f"tabell-{next(_file_numbers)}.csv"
        content = self.frame.to_csv(index=False, lineterminator="\n")
        shown["text/html"] += (
            f'<p class="oj-kalla"><a href="{name}" download>Hela tabellen som CSV'
            f'<span class="oj-dold">: {html.escape(self.caption)}</span></a> '
            f"({text.size(len(content.encode()))})</p>"
        )
        return shown | {"text/csv": content}, {"text/csv": {"filename": name}}

    def _repr_html_(self) -> str:
        numeric = [pd.api.types.is_numeric_dtype(dtype) for dtype in self.frame.dtypes]
        named = [
            number for number, is_number in enumerate(numeric, start=1) if is_number and number in ALIGNED
        ]
        aligned = [is_number and number not in named for number, is_number in enumerate(numeric, start=1)]
        head = "".join(
            f'<th scope="col"{_aligned(is_number)}>{html.escape(str(name))}</th>'
            for name, is_number in zip(self.frame.columns, aligned, strict=True)
        )
        if self.is_long:
            between = len(self.frame) - 2 * ENDS
            body = (
                self._rows(self.frame.head(ENDS), aligned)
                + f'<tr><td colspan="{len(numeric)}">… {text.count(between, "rad", "rader")} till …</td></tr>'
                + self._rows(self.frame.tail(ENDS), aligned)
            )
        else:
            body = self._rows(self.frame, aligned)
        caption = html.escape(self.caption)
        more = f": de {ENDS} första och de {ENDS} sista av {text.count(len(self.frame), 'rad', 'rader')}"
        return (
            f'<div class="oj-rulla" role="region" aria-label="{caption}" tabindex="0">'
            f'<table class="oj-tabell"{_columns(named)}><caption>{caption}{more if self.is_long else ""}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _rows(self, frame: pd.DataFrame, aligned: list[bool]) -> str:
        return "".join(
            "<tr>"
            + "".join(
                (
                    f'<th scope="row">{_shown(value)}</th>'
                    if column == 0
                    else f"<td{_aligned(aligned[column])}>{_shown(value, frame.columns[column])}</td>"
                )
                for column, value in enumerate(row)
            )
            + "</tr>"
            for row in frame.itertuples(index=False)
        )


ALIGNED = range(2, 10)
"""The columns that the style sheet aligns when the table says that they hold numbers: said once, and
not in every cell, it takes a tenth of the page away."""


def _columns(named: list[int]) -> str:
    return f' data-tal="{" ".join(map(str, named))}"' if named else ""


def _aligned(is_number: bool) -> str:
    return ' class="tal"' if is_number else ""


P_VALUES = ("p-värde", "p mellan enheter")
"""Columns that hold p-values: shown as on the pages."""


def _shown(value: object, column: str = "") -> str:
    """A cell as a reader sees it: numbers with a decimal comma."""
    if pd.isna(value):
        return ""
    if column in P_VALUES:
        return sentences.p_value(value)
    if isinstance(value, float):
        return str(value).replace(".", ",").replace("-", "−")
    return html.escape(str(value))


@dataclass(frozen=True)
class ShownFigure:
    """A Plotly figure with a title that states its finding and a text that says it in words."""

    figure: go.Figure
    title: str
    description: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        if BUILD_SETTING not in os.environ:
            return self.figure._repr_mimebundle_(include, exclude)
        figure = json.dumps(json.loads(self.figure.to_json()), ensure_ascii=False, separators=(",", ":"))
        drawn = html.escape(figure, quote=False)  # Plotly reads some tags in a text; this is word for word
        title, description = html.escape(self.title), html.escape(self.description)
        return {
            "text/html": (
                f'<figure class="oj-figur"><div class="oj-figur__titel">{title}</div>'
                f'<div class="oj-figur__yta" data-oj-figur>{still(self.figure, self.title)}'
                f'<script type="application/json">{drawn}</script></div>'
                f"<figcaption>{description}</figcaption></figure>"
            ),
            "text/plain": self.description,
        }


def tabell(frame: pd.DataFrame, caption: str) -> ShownTable:
    """Shows `frame` (its columns as they are, no index) under a Swedish caption."""
    return ShownTable(frame, caption)


def figur(figure: go.Figure, title: str, description: str) -> ShownFigure:
    """Shows a figure. `title` states the finding; `description` gives it in words."""
    figure.update_layout(
        template="none",
        separators=",\u00a0",
        font_family="system-ui, sans-serif",
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
    )
    figure.update_xaxes(automargin=True, title_standoff=10).update_yaxes(automargin=True)
    return ShownFigure(figure, title, description)
