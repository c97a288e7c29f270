"""The tables that a recipe states: where each lies, and which columns it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.forms.find.layout import find_layout
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.recipe import Profile


def stated_tables(
    profile: Profile, sheets: list[Sheet], key: Callable[[str], str | None], is_heading: Callable[[str], bool]
) -> list[Layout | None]:
    """Each table of the recipe, or its only one; None where the file has no table."""
    by_name = {sheet.name: sheet for sheet in sheets}
    found: list[Layout | None] = []
    for said in profile.places:
        sheet = by_name[said.blad[0]] if said.blad else sheets[0]
        layout = find_layout(sheet, key, is_heading, said)
        if layout is not None and (said.forsta_kolumn or said.sista_kolumn):
            first = index_of(said.forsta_kolumn) if said.forsta_kolumn else 0
            last = index_of(said.sista_kolumn) if said.sista_kolumn else layout.sheet.width - 1
            layout = replace(layout, between=(first, last))
        found.append(layout)
    return found
