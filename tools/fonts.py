# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Makes the heading font: one variable woff2 for the pages, one weight as TTF for the paper.

It is cut from the file that the npm package `@fontsource-variable/schibsted-grotesk` ships, so that
a reader fetches the letters of Swedish and no others:

    npm pack @fontsource-variable/schibsted-grotesk@5.3.0 && tar xzf fontsource-*.tgz
    uv run tools/fonts.py package/files/schibsted-grotesk-latin-wght-normal.woff2

The digests it prints belong in `src/ojbrottsoffer/site/paper/fonts/fonts.toml`. The same file in
gives the same bytes out.
"""

from __future__ import annotations

import hashlib
import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "docs/assets/font/schibsted-grotesk.woff2"
PAPER = ROOT / "src/ojbrottsoffer/site/paper/fonts/SchibstedGrotesk-Bold.ttf"
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u00ad§·«»×½ÄÅÉÆÖØÜáäåèéæëïóöøüÿ–—‘’“”•…›−↑↓"
WEIGHTS = (500, 800)
"""The weights that a page may ask for."""
BOLD = 700
FEATURES = ["kern", "tnum"]
"""What is kept of the font's features: spacing of pairs, and figures of one width."""


def cut(source: Path, weight: tuple[int, int] | int, flavor: str | None) -> bytes:
    """The font with the letters above and one weight or a span of them."""
    font = TTFont(source, recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": weight}, updateFontNames=isinstance(weight, int))
    options = Options(layout_features=FEATURES, hinting=False, recalc_timestamp=False, flavor=flavor)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    font.flavor = flavor
    made = BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()


def main(source: Path) -> None:
    for path, weight, flavor in ((WEB, WEIGHTS, "woff2"), (PAPER, BOLD, None)):
        content = cut(source, weight, flavor)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        print(f'"{path.name}" = "{hashlib.sha256(content).hexdigest()}"  # {len(content)} byte')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
