"""Type and spacing, once: the sizes that the style sheet, the charts and the style guide use."""

from __future__ import annotations

HEADING_FONT = "Schibsted Grotesk"
"""Cut by `tools/fonts.py`: pages fetch it as woff2, PDFs are set with one weight of it."""
HEADING_FILE = "assets/font/schibsted-grotesk.woff2"
PAPER_FONT = "Source Sans 3"
"""The text of what is printed and shown; the file and its digest are in `site/paper/fonts`."""
TEXT_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif'

TYPE = {
    "1": ("clamp(1.45rem, 1.1rem + 1.9vw, 2.2rem)", "rubrik på sidan"),
    "2": ("1.4rem", "rubrik på avsnitt"),
    "3": ("1.05rem", "rubrik på del, bild eller kort"),
    "ingress": ("1rem", "ingress"),
    "text": (".85rem", "brödtext"),
    "tabell": (".78rem", "tabell"),
    "liten": (".7rem", "källa, etikett och text i diagram"),
}
"""Step -> size and use. A rem is 20 pixels on most screens: the smallest text is 14 pixels."""
SPACE = {"1": ".2rem", "2": ".4rem", "3": ".8rem", "4": "1.2rem", "5": "2rem", "6": "3rem"}
"""Step -> distance: within a word, a line, a part, between parts, sections, bands."""
SMALLEST = 11
"""No text in a chart is smaller than this, in pixels."""


def heading_face(to_assets: str) -> str:
    """The rule that fetches the heading font. `to_assets`: the way from the style sheet to `assets/`."""
    return (
        f'@font-face {{ font-family: "{HEADING_FONT}"; src: url("{to_assets}{HEADING_FILE.removeprefix("assets/")}") '
        'format("woff2"); font-weight: 500 800; font-display: optional; }'
    )


def css() -> str:
    """The scales as custom properties, and where the heading font is."""
    steps = {f"t-{step}": size for step, (size, _) in TYPE.items()} | {
        f"m-{step}": d for step, d in SPACE.items()
    }
    lines = "".join(f"  --oj-{name}: {value};\n" for name, value in steps.items())
    return (
        "/* Generated from presentation/design.py */\n"
        f"{heading_face('../')}\n"
        f':root {{\n  --oj-rubrik: "{HEADING_FONT}", var(--md-text-font);\n  --md-text-font: {TEXT_FONT};\n{lines}}}\n'
    )
