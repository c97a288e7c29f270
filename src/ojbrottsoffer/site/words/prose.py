"""Tables that are written in Markdown, made as readable as those that come from data.

Markdown has no captions, no row headers and no scope. A table of prose is named after the
heading above it, its first column says what each row is about, and its cells say which column they are in:
on a narrow screen a row becomes a block.
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
        columns = [_plain(words) for words in re.findall(r"<th\b[^>]*>(.*?)</th>", head)]
        head = re.sub(r"<th\b", '<th scope="col"', head)
        rows = [_row(row, columns) for row in body.split("<tr>")]
        return (
            f'<div class="oj-rulla" role="region" aria-label="{_plain(name)}" tabindex="0">'
            f'<table class="oj-tabell oj-staplad"><caption class="oj-dold">{name}</caption>'
            f"{head}<tbody>{'<tr>'.join(rows)}</table></div>"
        )

    return TABLE.sub(replaced, html)


def _plain(words: str) -> str:
    """Words of HTML as the value of an attribute."""
    return re.sub(r"<[^>]+>", "", words).replace('"', "&quot;")


def _row(row: str, columns: list[str]) -> str:
    """A row of the body: its first cell is its heading, the others say which column they are in."""
    row = CELL.sub(r'<th scope="row"\g<attributes>>\g<words></th>', row, count=1)
    for column in columns[1:]:
        row = row.replace("<td", f'<TD data-rubrik="{column}"', 1)
    return row.replace("<TD", "<td")
