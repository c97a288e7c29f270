"""A page's HTML for tests to look in, however its templates are laid out."""

from __future__ import annotations

import re

BLOCKS = (
    "article|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|form|h1|h2|h3|h4|legend|li|main|nav|"
    "ol|option|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)


def flat(html: str) -> str:
    """The HTML with whitespace as a browser shows it: one space at most, and none at the edges of
    what stands on lines of its own. Hard spaces stay.
    """
    return re.sub(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?", r"\1", re.sub(r"[ \t\r\n]+", " ", html))
