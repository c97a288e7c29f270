"""The colours, once, for pages, charts and print.

Blue leads somewhere; green, ochre and rust are answers; one warm colour marks. Dark, half and
empty also differ in lightness and shape, so that they survive colour blindness and a black-and-white
printer. Contrast of every ink against the page is at least 3:1 (WCAG 2.2, 1.4.11); a test computes it.
"""

from __future__ import annotations

LIGHT = {
    "ja": "#0b6350",
    "delvis": "#b06c00",
    "nej": "#a83a22",
    "riket": "#24324d",
    "accent": "#1a4f8b",
    "lila": "#8a3d7a",
    "gra": "#5b6270",
    "yta": "#ffffff",
}
DARK = {
    "ja": "#6fd3b8",
    "delvis": "#f2b84b",
    "nej": "#ff9d87",
    "riket": "#d8e0ee",
    "accent": "#9cc2ff",
    "lila": "#e3a0d3",
    "gra": "#b7bfce",
    "yta": "#161c28",
}
SURFACES = {
    "text": ("#14213a", "#e8edf6"),
    "dov": ("#475570", "#b7c2d6"),
    "linje": ("#cdd5e1", "#46536c"),
    "spar": ("#d5deeb", "#3a475f"),
    "mjuk": ("#f1f5fb", "#202939"),
    "stapel": ("#6c8eb6", "#6d88b4"),
    "varm": ("#f2b84b", "#f2b84b"),
    "varm-yta": ("#fff6e0", "#3a301a"),
    "fot": ("#14213a", "#0d121b"),
}
"""What is written with, drawn on and drawn between: name -> light and dark. The warm colour is never
alone with a meaning: it underlines, and marks what a text also says."""
FORCED = dict.fromkeys(("yta", "mjuk", "varm-yta", "fot", "spar"), "Canvas") | {
    "accent": "LinkText",
    "linje": "GrayText",
}
"""With a reader's own colours: all other inks are the text's, and the shapes say the rest."""
WORDS = {"Ja": LIGHT["ja"], "Delvis": LIGHT["delvis"], "Nej": LIGHT["nej"]}
"""Answer in words -> colour, for charts."""


ON_PAPER = LIGHT | {name: light for name, (light, _) in SURFACES.items()}
"""Every colour of the light scheme: what is printed, and what a drawing that stands alone has."""


def _block(selector: str, colours: dict[str, str]) -> str:
    lines = "".join(f"  --oj-{name}: {value};\n" for name, value in colours.items())
    return f"{selector} {{\n{lines}}}\n"


IN_THE_DARK = DARK | {name: dark for name, (_, dark) in SURFACES.items()}
CHOSEN = dict.fromkeys([*LIGHT, *SURFACES], "CanvasText") | FORCED
"""The reader's own colours, where they are asked for."""


def css() -> str:
    """The colours as custom properties, for the light and the dark scheme."""
    either = ':root, [data-md-color-scheme="slate"]'
    return (
        "/* Generated from presentation/palette.py */\n"
        + _block(":root, .oj-papper", ON_PAPER)
        + _block('[data-md-color-scheme="slate"]', IN_THE_DARK)
        + f"@media print {{\n{_block(either, ON_PAPER)}}}\n@media (forced-colors: active) {{\n{_block(either, CHOSEN)}}}\n"
    )


def followed() -> str:
    """The same for a page without scripts, which follows what the reader's computer says."""
    return (
        _block(":root", ON_PAPER)
        + f"@media screen and (prefers-color-scheme: dark) {{\n{_block(':root', IN_THE_DARK)}}}\n"
        + f"@media (forced-colors: active) {{\n{_block(':root', CHOSEN)}}}\n"
    )
