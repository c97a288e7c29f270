"""The style sheet: the theme's, the answer colours and the site's own in one file.

One file is one request, and the page is not painted before it is here.
"""

from __future__ import annotations

from pathlib import Path

import material

from ojbrottsoffer.publish import palette

ADDRESS = "assets/css/webbplats.css"
FIRST = ("oj.css", "ram.css")
"""What is common to all pages; the sheets of single parts of the site come after, by name."""
REPLACED = ("assets/css/*.css", "assets/stylesheets/*.css", "assets/javascripts/*")
"""Files that nobody asks for: what the sheet is made of, and the theme's scripts."""


def sheet(docs: str) -> str:
    """The whole style sheet, the site's own rules last."""
    theme = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
    parts = [next(theme.glob(name)).read_text(encoding="utf-8").split("/*# sourceMappingURL")[0]
             for name in ("main.*.min.css", "palette.*.min.css")]
    folder = Path(docs, "assets/css")
    rest = sorted(path.name for path in folder.glob("*.css") if path.name not in FIRST)
    own = [(folder / name).read_text(encoding="utf-8") for name in (*FIRST, *rest)]
    return "\n".join([*parts, palette.css(), *own])
