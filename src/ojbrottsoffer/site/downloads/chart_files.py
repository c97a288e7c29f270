"""The files of the charts: picture, figures as a Swedish spreadsheet opens them, and a page to frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

import jinja2
from markupsafe import Markup

from ojbrottsoffer.presentation import design, palette
from ojbrottsoffer.presentation.pictures import paint
from ojbrottsoffer.site import security
from ojbrottsoffer.site.context.chart import FOLDER, Chart
from ojbrottsoffer.site.context.chart_context import charts
from ojbrottsoffer.site.context.edition_context import EditionContext

PAGE_RULES = f"""
body {{ margin: 0; font: 16px/1.45 {design.TEXT_FONT}; color: var(--oj-text); background: var(--oj-yta); }}
main {{ padding: 0 0 .5rem; }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.bred > svg {{ display: block; width: 100%; max-width: 60rem; height: auto; }}
.smal {{ display: none; margin: 1rem 1.2rem; }}
.smal div {{ font-size: .85rem; margin: .6rem 0 0; }}
.smal > svg {{ display: block; max-width: 26rem; overflow: visible; }}
.smal > svg:not([height]) {{ width: 100%; height: auto; }}
@media (max-width: 40em) {{
  .bred {{ display: none; }}
  .smal {{ display: block; }}
  h1 {{ position: static; width: auto; height: auto; clip-path: none; margin: .8rem 1.2rem; font-size: 1.1rem; }}
}}
main > :is(aside, p, details) {{ margin: .3rem 1.2rem; font-size: .85rem; }}
a {{ color: var(--oj-accent); }}
summary {{ cursor: pointer; min-height: 24px; }}
div {{ overflow-x: auto; }}
:is(a, summary, div):focus-visible {{ outline: 3px solid var(--oj-accent); outline-offset: 2px; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; }}
:is(th, td) {{ text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--oj-linje); }}
"""
"""What a framed page needs besides the colours and the drawings' own rules."""


def all_files(
    editions: Iterable[EditionContext], templates: jinja2.Environment, mark: tuple[str, str] | None
) -> Iterator[tuple[str, bytes]]:
    """Every chart's: address and content. `mark`: what `marking` says of figures that are not to be relied on."""
    template = templates.get_template("chart/alone.html")
    sheet = f"{palette.followed()}{paint.css()}{PAGE_RULES}"
    yield f"{FOLDER}/{FOLDER}.css", sheet.encode("utf-8")
    for chart in addressed(editions):
        drawn = chart.sheet(mark[0] if mark else "")
        yield chart.address("svg"), svg(drawn).encode("utf-8")
        yield chart.address("csv"), csv_bytes(chart)
        page = security.with_policy(template.render(chart=chart, drawn=drawn, mark=mark))
        yield chart.address("html"), page.encode("utf-8")


def addressed(editions: Iterable[EditionContext]) -> Iterator[Chart]:
    """Every chart, those of an earlier edition with its year in their id. The last one of a kind has
    the id without a year too: an address that somebody uses lives on. `editions`: the latest first.
    """
    plain: set[str] = set()
    for edition in editions:
        for chart in charts(edition).values():
            yield chart
            name = chart.id.removesuffix(f"-{edition.year.ar}")
            if name not in plain and name != chart.id:
                yield replace(chart, id=name)
            plain.add(name)


def svg(drawn: Markup) -> str:
    """The picture alone, in the light colours."""
    head, _, rest = str(drawn).partition(">")
    font = design.TEXT_FONT.replace('"', "'")
    return paint.fixed(f"{head}><style>text{{font-family:{font}}}{paint.rules(drawn)}</style>{rest}", font)


def csv_bytes(chart: Chart) -> bytes:
    """The figures: semicolons and a mark of UTF-8, as a Swedish Excel opens them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(chart.heads)
    writer.writerows(chart.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
