"""How every workbook begins: made in memory, with nothing in it that tells when it was made."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

WORKBOOK_DATE = datetime(2000, 1, 1)
"""The same for every build: a workbook says what was published, not when it was made."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""A text stays a text, whatever it looks like."""


def new_workbook(title: str) -> tuple[xlsxwriter.Workbook, io.BytesIO]:
    """A workbook, and where its bytes are once it is closed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": WORKBOOK_DATE})
    return book, out
