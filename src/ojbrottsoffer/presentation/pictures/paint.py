"""How the drawings are painted, once: for the pages' style sheet, and for a drawing that stands alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from ojbrottsoffer.presentation import design, palette

RULES = {
    ".oj-rygg__axel": "stroke: var(--oj-linje); stroke-width: 2",
    ".oj-rygg__band": "fill: var(--oj-spar); stroke: var(--oj-linje)",
    ".oj-rygg__ljus": "stroke: var(--oj-yta); stroke-width: 6",
    ".oj-rygg__riket": "stroke: var(--oj-riket); stroke-width: 2.5",
    ".oj-rygg__egen": "fill: var(--oj-ja); stroke: var(--oj-yta); stroke-width: 2",
    ".oj-rutor__ring": "fill: none; stroke: var(--oj-text); stroke-width: 2.4",
    ".oj-landet__stapel": "fill: var(--oj-stapel)",
    ".oj-landet__ovanlig": "fill: var(--oj-varm); stroke: var(--oj-text); stroke-width: 1",
    ".oj-landet__steg": "stroke: var(--oj-linje)",
    ".oj-landet__skala": "font-size: 12px; fill: var(--oj-dov)",
    ".oj-landet__namn": "font-size: 12.5px; fill: var(--oj-text)",
    ".oj-plats__linje": "stroke: var(--oj-accent); stroke-width: 2.5",
    ".oj-plats__linje--okand": "stroke-dasharray: 2 5",
    ".oj-plats__punkt": "fill: var(--oj-accent); stroke: var(--oj-yta); stroke-width: 2",
    ".oj-plats text": "text-anchor: middle; fill: var(--oj-text); font-size: 13px",
    ".oj-plats text.oj-plats__tal": "font: 700 17px var(--oj-rubrik); paint-order: stroke; stroke: var(--oj-mjuk); "
    "stroke-width: 5px",
    ".oj-plats text.oj-plats__ar": "fill: var(--oj-dov)",
    ".oj-trend text": "font-size: 12px; text-anchor: middle; fill: var(--oj-text); paint-order: stroke; "
    "stroke: var(--oj-yta); stroke-width: 4px",
    ".oj-trend__axel": "stroke: var(--oj-dov); fill: none",
    ".oj-trend__linje": "stroke: var(--oj-accent); stroke-width: 2; fill: none",
    ".oj-trend__punkt": "fill: var(--oj-accent); stroke: var(--oj-accent); stroke-width: 2",
    ".oj-trend__punkt--annan": "fill: var(--oj-yta)",
    ".oj-trend__brott": "stroke: var(--oj-dov); stroke-width: 1.5; stroke-dasharray: 4 3; fill: none",
    ".oj-trend text.oj-trend__ar": "fill: var(--oj-dov)",
    ".oj-trend text.oj-trend__vad": "text-anchor: start",
    '.oj-trend text.oj-trend__vad[text-anchor="end"]': "text-anchor: end",
    ".oj-bild text": "font-size: 12px; fill: var(--oj-text)",
    ".oj-bild text.oj-bild__liten": "fill: var(--oj-dov)",
    ".oj-bild text.oj-bild__rubrik": "font-size: 13px; font-weight: 650",
    ".oj-bild text.oj-bild__namn": "paint-order: stroke; stroke: var(--oj-yta); stroke-width: 4px",
    ".oj-bild path:where(:not([fill]))": "fill: none",
    ".oj-bild__axel": "stroke: var(--oj-dov)",
    ".oj-bild__hjalp": "stroke: var(--oj-linje)",
    ".oj-bild__riket": "stroke: var(--oj-riket); stroke-width: 2.5",
    ".oj-bild__vantat": "stroke: var(--oj-riket); stroke-width: 2",
    ".oj-bild svg path": "vector-effect: non-scaling-stroke",
    ".oj-bild__skillnad": "stroke: var(--oj-accent); stroke-width: 2",
    ".oj-bild__punkt": "fill: var(--oj-accent); stroke: var(--oj-yta); stroke-width: 1",
    ".oj-bild path.oj-bild__utanfor": "fill: var(--oj-nej)",
    ".oj-bild__intervall": "fill: var(--oj-spar); stroke: var(--oj-dov); stroke-width: .5",
    ".oj-bild__linje": "stroke: var(--oj-accent); stroke-width: 1.8",
    ".oj-bild__ruta": "fill: var(--oj-mjuk); stroke: var(--oj-accent); stroke-width: 1.5",
    ".oj-bild__flode": "stroke: var(--oj-riket); stroke-width: 1.6",
    ".oj-bild__flode--leder": "stroke-dasharray: 5 3",
    ".oj-bild path.oj-bild__pil": "fill: var(--oj-riket)",
    ".oj-blad__titel": "font: 700 20px var(--oj-rubrik); fill: var(--oj-text)",
    ".oj-blad__namn": "font-size: 14px; fill: var(--oj-text)",
    ".oj-blad__tal": "font: 700 15px var(--oj-rubrik); fill: var(--oj-text)",
    ".oj-blad__kalla": "font-size: 12.5px; fill: var(--oj-dov)",
}
"""Selector -> what it is painted with."""
CLASS = re.compile(r"\.(oj-[\w-]+)")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
HEIGHT = re.compile(r'\sheight="([\d.]+)"')
EDGE = 9
"""Room at both ends of a drawing that fills its width: a mark at 0 or 100 reaches that far out."""
VARIABLE = re.compile(r"var\(--oj-([a-z0-9-]+)\)")


def css() -> str:
    """The rules for pages, where the colours follow the scheme."""
    lines = "".join(f"{selector} {{ {said}; }}\n" for selector, said in RULES.items())
    return f"/* Generated from presentation/pictures/paint.py */\n{lines}"


def rules(drawing: str) -> str:
    """The rules that a drawing needs, as a style sheet."""
    return "".join(
        f"{selector}{{{said}}}" for selector, said in RULES.items() if CLASS.findall(selector)[-1] in drawing
    )


def fixed(drawing: str, font: str = design.TEXT_FONT, colours: Mapping[str, str] = palette.ON_PAPER) -> str:
    """A drawing whose colours are of one scheme, wherever it is shown. `font`: the families of its texts, after
    that of headings.
    """
    values = {**colours, "rubrik": f"'{design.HEADING_FONT}', {font}"}
    return VARIABLE.sub(lambda name: values[name[1]], drawing)


def alone(
    drawing: Markup, width: int, font: str = design.TEXT_FONT, colours: Mapping[str, str] = palette.ON_PAPER
) -> str:
    """A drawing as an SVG that needs no page around it, `width` pixels wide: with its own rules and
    colours. `font`: the families of its texts.
    """
    head, _, rest = str(drawing).partition(">")
    style = f"<style>text{{font-family:{font}}}{rules(drawing)}</style>"
    tall = HEIGHT.search(head)
    if 'width="100%"' not in head or tall is None:  # it has a size of its own
        head = head.replace("<svg", SVG, 1) if "xmlns" not in head else head
        return fixed(f"{head}>{style}{rest}", font, colours)
    head = head.replace('width="100%"', f'x="{EDGE}" width="{width - 2 * EDGE}" overflow="visible"')
    return fixed(
        f'{SVG} width="{width}" height="{tall[1]}" viewBox="0 0 {width} {tall[1]}">{style}{head}>{rest}</svg>',
        font,
        colours,
    )
