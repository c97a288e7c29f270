"""Tables that are written in Markdown, made as readable as those that come from data.

Markdown has no captions, no row headers and no scope. A table of prose is named after the
heading above it, and its first column says what each row is about.
"""

from __future__ import annotations

import re

TABLE = re.compile(r"<h[1-6][^>]*>(?P<heading>.*?)</h[1-6]>|<table>(?P<table>.*?)</table>", re.S)
CELL = re.compile(r"<td(?P<attributes>[^>]*)>(?P<words>.*?)</td>", re.S)


def with_named_tables(html: str) -> str:
    """The HTML of a page with its bare tables named, in a frame that the keyboard can scroll."""
    above, used = "Tabell", {}

    def replaced(match: re.Match) -> str:
        nonlocal above
        if match["table"] is None:
            above = re.sub(r"<[^>]+>|¶", "", match["heading"]).strip()
            return match[0]
        used[above] = used.get(above, 0) + 1
        name = above if used[above] == 1 else f"{above} ({used[above]})"
        head, body = match["table"].split("<tbody>", 1)
        head = re.sub(r"<th\b", '<th scope="col"', head)
        rows = [
            CELL.sub(r'<th scope="row"\g<attributes>>\g<words></th>', row, count=1)
            for row in body.split("<tr>")
        ]
        return (
            f'<div class="oj-rulla" role="region" aria-label="{name.replace(chr(34), "&quot;")}" tabindex="0">'
            f'<table class="oj-tabell"><caption class="oj-dold">{name}</caption>'
            f"{head}<tbody>{'<tr>'.join(rows)}</table></div>"
        )

    return TABLE.sub(replaced, html)
