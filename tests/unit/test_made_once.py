"""What is made once for many: the links of pages."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import urljoin

from ojbrottsoffer.site.pages.rendering import TEMPLATES, environment
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


def test_addresses_lead_where_they_should_from_every_page_of_the_same_depth():
    root = "https://exempel.se/under/"
    for page, target in product(PAGES, TARGETS):
        right = root + target.strip(".")
        for link in (Link(page), Link(page).place):
            found = urljoin(root + page, link(target))
            assert found.rstrip("/") == right.rstrip("/"), (page, target)


def test_what_templates_map_with_exists():
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\|\s*map\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert "in_table" in named and named <= set(environment().filters)
