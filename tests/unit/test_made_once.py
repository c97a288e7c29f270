"""What is made once for many: forms of workbooks; the links of pages."""

from __future__ import annotations

import io
import re
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
import pytest
import xlsxwriter

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.downloads import forms, sheets
from ojbrottsoffer.site.downloads.formats import WORKBOOK_DATE
from ojbrottsoffer.site.pages.views import Views
from ojbrottsoffer.site.words.links import Link

PAGES = ("", "om/", "kommuner/", "kommuner/lund/", "kommuner/lund/2015/", "metoder/x/y/")
TARGETS = (
    "",
    ".",
    "om/",
    "kommuner/",
    "kommuner/tyreso/#svar-x",
    "kommuner/lund/lund.csv",
    "kommuner/lund/2015/",
    "data/resultat.csv",
    "kvalitet/#x",
)


def book(values: list[object]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, forms.OPTIONS)
    made.set_properties({"title": f"Om {values[0]}", "created": WORKBOOK_DATE})
    sheet, bold = made.add_worksheet("Blad"), made.add_format({"bold": True})
    for row, value in enumerate(values[1:-1]):
        sheet.write(row, 0, value)
        sheet.write(row, 1, value, bold)
        sheet.write(row, 2, "lika & samma")
    sheet.set_row(0, forms.height(values[-1]))
    made.close()
    return out.getvalue()


def test_a_form_filled_in_is_what_xlsxwriter_writes():
    form = forms.Form(book, 6)
    for values in (
        ["A & B", "x", 3, None, "två\nrader", 45],
        ["<å>", "=1+1", -1, '"”', "ej N/A", 90],
        ["A", "x" * 32_767, "😀" * 16_383, 1, 1, 30],
    ):
        assert form.filled(values) == book(values)
    for odd in (" x", "x ", "", "a\x01", "_x0041_", 1.5, True, "x" * 32_768, "😀" * 16_384):
        with pytest.raises(forms.Unusual):
            form.filled(["A", odd, 1, 1, 1, 30])


@pytest.mark.parametrize("odd", [None, "x" * 17_000, np.int64(3)])
def test_a_sheet_filled_at_once_is_what_xlsxwriter_writes(odd: object, monkeypatch):
    body = [
        ("a", 1, 2.5, True),
        (" b", None, -3, False),
        (None, 10**15, 1e-7, None),
        ("", None, None, None),
        *[("A & <å>", n, n / 7, None) for n in range(20)],
        ("=1+1", 0, 0.1, True),
        ("\x01 e\n", 2, 1e22, None),
    ]
    body += [(odd, 1, 1.0, True)] if odd else []

    def written() -> bytes:
        out = io.BytesIO()
        made = xlsxwriter.Workbook(out, {"in_memory": True})
        made.set_properties({"created": WORKBOOK_DATE})
        text = made.add_format({"num_format": "@"})
        for name in ("Ett", "Två"):
            sheet = made.add_worksheet(name, sheets.Sheet)
            for column in range(4):
                sheet.set_column(column, column, 9, text if column in (0, 3) else None)
                sheet.write_string(0, column, f"rubrik {column}")
            sheet.fill(body, text)
        made.close()
        return out.getvalue()

    at_once = written()
    monkeypatch.setattr(sheets.Sheet, "fill", sheets.Sheet._one_by_one)
    assert at_once == written()


def test_addresses_lead_where_they_should_from_every_page_of_the_same_depth():
    root = "https://exempel.se/under/"
    for page, target in product(PAGES, TARGETS):
        right = root + target.strip(".")
        for link in (Link(page), Link(page).place):
            found = urljoin(root + page, link(target))
            assert found.rstrip("/") == right.rstrip("/"), (page, target)


def test_what_templates_map_with_exists(project: Project):
    environment = Views.load(project).environment
    folder = Path(environment.loader.searchpath[0])
    named = {
        name
        for path in folder.glob("*.html")
        for name in re.findall(r"\|\s*map\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert "in_table" in named and named <= set(environment.filters)
