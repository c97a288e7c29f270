"""What ods and xls files say in the heads and feet of their pages, and an ods file of itself."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ojbrottsoffer.importer.read.file_sheet import collapse
from ojbrottsoffer.importer.read.ooxml import ABOUT, MARGIN_CODE

MARGIN = re.compile(
    rb"<style:((?:header|footer)(?:-left|-first)?)(?=[\s>])(?![^>]*display=\"false\")[^>]*>(.*?)</style:\1>",
    re.DOTALL,
)
PARAGRAPH = re.compile(rb"<text:p(?:\s[^>]*)?>(.*?)</text:p>", re.DOTALL)
FIELD = re.compile(
    rb"<text:(sheet-name|page-number|page-count|title|date|time|file-name)(?:\s[^>]*)?>.*?</text:\1>",
    re.DOTALL,
)
"""What a program fills in."""
TAG = re.compile(rb"<[^>]+>")
HEAD, FOOT = 0x14, 0x15
"""The records of an xls file that have them."""
WORKBOOK = ("Workbook", "Book")
"""The stream with the records, of xls files from 1997 and from before."""


def ods_margins(path: Path) -> list[str]:
    """The texts of the pages' heads and feet, and the file's title and description."""
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: archive.read(name) for name in ("styles.xml", "meta.xml") if name in archive.namelist()
        }
    margins = (found[2] for found in MARGIN.finditer(parts.get("styles.xml", b"")))
    texts = [FIELD.sub(b" ", text) for margin in margins for text in PARAGRAPH.findall(margin)]
    texts += ABOUT.findall(parts.get("meta.xml", b""))
    return _said(html.unescape(TAG.sub(b" ", text).decode("utf-8", "replace")) for text in texts)


def xls_margins(path: Path) -> list[str]:
    """The texts of the pages' heads and feet."""
    from xlrd.compdoc import CompDoc

    document = CompDoc(path.read_bytes(), logfile=io.StringIO())
    streams = filter(None, map(document.get_named_stream, WORKBOOK))
    return _said(MARGIN_CODE.sub(" ", text) for text in _records(next(streams, b"")))


def _records(stream: bytes) -> Iterator[str]:
    """The text of each record that is a head or a foot."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = (int.from_bytes(stream[n : n + 2], "little") for n in (at, at + 2))
        data, at = stream[at + 4 : at + 4 + length], at + 4 + length
        if kind in (HEAD, FOOT) and len(data) > 3:
            wide = len(data) >= 3 + 2 * int.from_bytes(data[:2], "little") and data[2] & 1
            yield data[3:].decode("utf-16-le" if wide else "cp1252", "replace")


def _said(texts: Iterator[str]) -> list[str]:
    """Each text once, in order, with single spaces."""
    return list(dict.fromkeys(filter(None, map(collapse, texts))))
