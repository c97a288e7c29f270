"""How the drawings are painted, once: for the pages' style sheet, and for a drawing that stands alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from ojbrottsoffer.presentation import design, palette

RULES = {
    ".oj-rygg__axel": "stroke: var(--oj-linje); stroke-width: 2",
    ".oj-rygg__band": "fill: var(--oj-spar)",
    ".oj-rygg__ljus": "stroke: var(--oj-yta); stroke-width: 6",
    ".oj-rygg__riket": "stroke: var(--oj-riket); stroke-width: 2.5",
    ".oj-rygg__egen": "fill: var(--oj-ja); stroke: var(--oj-yta); stroke-width: 2",
    ".oj-landet__stapel": "fill: var(--oj-stapel)",
    ".oj-landet__ovanlig": "fill: var(--oj-varm); stroke: var(--oj-text); stroke-width: 1",
    ".oj-landet__steg": "stroke: var(--oj-linje)",
    ".oj-landet__skala": "font-size: 12px; fill: var(--oj-dov)",
    ".oj-plats__linje": "stroke: var(--oj-accent); stroke-width: 2.5",
    ".oj-plats__linje--okand": "stroke-dasharray: 2 5",
    ".oj-plats__punkt": "fill: var(--oj-accent); stroke: var(--oj-yta); stroke-width: 2",
    ".oj-plats text": "text-anchor: middle; fill: var(--oj-text); font-size: 13px",
    ".oj-plats text.oj-plats__tal": "font: 700 17px var(--oj-rubrik); paint-order: stroke; stroke: var(--oj-mjuk); "
    "stroke-width: 5px",
    ".oj-plats text.oj-plats__ar": "fill: var(--oj-dov)",
}
"""Selector -> what it is painted with."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
HEIGHT = re.compile(r'\sheight="([\d.]+)"')
EDGE = 9
"""Room at both ends of a drawing that fills its width: a mark at 0 or 100 reaches that far out."""
VARIABLE = re.compile(r"var\(--oj-([a-z0-9-]+)\)")


def css() -> str:
    """The rules for pages, where the colours follow the scheme."""
    lines = "".join(f"{selector} {{ {said}; }}\n" for selector, said in RULES.items())
    return f"/* Generated from presentation/pictures/paint.py */\n{lines}"


def alone(
    drawing: Markup, width: int, font: str = design.TEXT_FONT, colours: Mapping[str, str] = palette.ON_PAPER
) -> str:
    """A drawing as an SVG that needs no page around it, `width` pixels wide: with its own rules and
    colours. `font`: the families of its texts.
    """
    values = {**colours, "rubrik": font}
    used = "".join(
        f"{selector}{{{VARIABLE.sub(lambda name: values[name[1]], said)}}}"
        for selector, said in RULES.items()
        if selector.rpartition(".")[2] in drawing or "text" in selector
    )
    head, _, rest = str(drawing).partition(">")
    tall = HEIGHT.search(head)
    if 'width="100%"' not in head or tall is None:  # it has a size of its own
        head = head.replace("<svg", SVG, 1) if "xmlns" not in head else head
        return f"{head}>{_style(font, used)}{rest}"
    head = head.replace('width="100%"', f'x="{EDGE}" width="{width - 2 * EDGE}" overflow="visible"')
    return (
        f'{SVG} width="{width}" height="{tall[1]}" viewBox="0 0 {width} {tall[1]}">{_style(font, used)}'
        f"{head}>{rest}</svg>"
    )


def _style(font: str, rules: str) -> str:
    return f"<style>text{{font-family:{font}}}{rules}</style>"
