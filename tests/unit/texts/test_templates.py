"""What templates name is there."""

from __future__ import annotations

import re

from ojbrottsoffer.site.pages.rendering import TEMPLATES, environment


def test_what_templates_map_with_exists():
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\|\s*map\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert "in_table" in named and named <= set(environment().filters)
