"""The files of the charts: picture, figures as a Swedish spreadsheet opens them, and a page to frame."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import jinja2
from markupsafe import Markup

from ojbrottsoffer.presentation import design, palette
from ojbrottsoffer.presentation.pictures import paint, sheet
from ojbrottsoffer.site import security
from ojbrottsoffer.site.context.chart import FOLDER, NARROW, TITLE, WIDE, Chart
from ojbrottsoffer.site.context.chart_context import charts
from ojbrottsoffer.site.context.edition_context import EditionContext

BOLD = Path(__file__).parents[1] / "paper" / "fonts" / "SchibstedGrotesk-Bold.ttf"
PAGE_RULES = f"""
{design.heading_face("../assets/")}
:root {{ --oj-rubrik: "{design.HEADING_FONT}", {design.TEXT_FONT}; }}
body {{ margin: 0; font: 16px/1.45 {design.TEXT_FONT}; color: var(--oj-text); background: var(--oj-yta); }}
main {{ max-width: {sheet.WIDTH}px; padding: 0 0 8px; }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.bred > svg {{ display: block; width: 100%; height: auto; }}
.smal {{ display: none; margin: 8px 4px; }}
.smal div {{ font-size: 13.6px; margin: 10px 4px 0; }}
.smal > svg {{ display: block; max-width: {NARROW}px; overflow: visible; }}
.smal > svg:not([height]) {{ width: 100%; height: auto; }}
main > :is(aside, p, details) {{ margin: 5px {sheet.MARGIN}px; font-size: 13.6px; }}
@media (width < {WIDE}px) {{
  .bred {{ display: none; }}
  .smal {{ display: block; }}
  h1 {{ position: static; width: auto; height: auto; clip-path: none; margin: 12px 8px; font: 700 17px/{TITLE}px var(--oj-rubrik); }}
  main > :is(aside, p, details) {{ margin-inline: 8px; }}
}}
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
    style = f"{palette.followed()}{paint.css()}{PAGE_RULES}"
    yield f"{FOLDER}/{FOLDER}.css", style.encode("utf-8")
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
    """The picture alone, in the light colours and with the letters of headings in it."""
    head, _, rest = str(drawn).partition(">")
    font = design.TEXT_FONT.replace('"', "'")
    style = f"text{{font-family:{font}}}{paint.rules(drawn)}{_letters()}"
    return paint.fixed(f"{head}><style>{style}</style>{rest}", font)


def _letters() -> str:
    """The heading font as a rule: a picture that is shown elsewhere can fetch nothing."""
    packed = base64.b64encode(BOLD.read_bytes()).decode("ascii")
    return f"@font-face{{font-family:'{design.HEADING_FONT}';font-weight:700;src:url(data:font/ttf;base64,{packed})}}"


def csv_bytes(chart: Chart) -> bytes:
    """The figures: semicolons and a mark of UTF-8, as a Swedish Excel opens them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(chart.heads)
    writer.writerows(chart.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
