"""The answer colours, declared once for pages, charts and print.

Dark, half and empty also differ in lightness and shape, so that they survive colour
blindness and a black-and-white printer. Contrast against the page is at least 3:1
(WCAG 2.2, 1.4.11); a test computes it.
"""

from __future__ import annotations

LIGHT = {
    "ja": "#0b5f4f",
    "delvis": "#b06c00",
    "nej": "#a83a22",
    "riket": "#3b4252",
    "accent": "#1f4e8c",
    "yta": "#ffffff",
}
LIGHT |= {
    "serie1": LIGHT["accent"],
    "serie2": LIGHT["delvis"],
    "serie3": LIGHT["ja"],
    "serie4": "#8a3d7a",
    "serie5": "#5b6270",
    "serie6": "#c2573a",
}
DARK = {
    "ja": "#6fd3b8",
    "delvis": "#f2b84b",
    "nej": "#ff9d87",
    "riket": "#d8dee9",
    "accent": "#9cc2ff",
    "yta": "#1e2129",
}
DARK |= {
    "serie1": DARK["accent"],
    "serie2": DARK["delvis"],
    "serie3": DARK["ja"],
    "serie4": "#e3a0d3",
    "serie5": "#b7bfce",
    "serie6": "#ff9d87",
}
WORDS = {"Ja": LIGHT["ja"], "Delvis": LIGHT["delvis"], "Nej": LIGHT["nej"]}
"""Answer in words -> colour, for charts."""


def css() -> str:
    """The colours as custom properties, for the light and the dark scheme."""

    def block(selector: str, colours: dict[str, str]) -> str:
        lines = "".join(f"  --oj-{name}: {value};\n" for name, value in colours.items())
        return f"{selector} {{\n{lines}}}\n"

    return (
        "/* Generated from presentation/palette.py */\n"
        + block(":root", LIGHT)
        + block('[data-md-color-scheme="slate"]', DARK)
        + "@media print {\n"
        + block(':root, [data-md-color-scheme="slate"]', LIGHT)
        + "}\n"
    )
