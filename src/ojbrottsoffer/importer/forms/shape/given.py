"""The tables that a complete recipe gives: where each lies and what its columns are called. Nothing is looked for."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.importer.forms.shape.names_once import names_down
from ojbrottsoffer.importer.forms.shape.one_unit import with_unit
from ojbrottsoffer.importer.forms.table import Layout, TableColumn, filled_right, said_role
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.recipe import Profile


def given_tables(recipe: Profile, sheets: list[Sheet]) -> list[Layout | None]:
    """Each table of the recipe, or its only one; None where the file has no such sheet, row or column."""
    by_name = {sheet.name: sheet for sheet in sheets}
    found: list[Layout | None] = []
    for said in recipe.places:
        sheet = by_name.get(said.blad[0]) if said.blad else sheets[0]
        whole = said.enhetskolumn and said.forsta and said.sista
        found.append(_table(sheet, said) if sheet is not None and whole else None)
    return found


def _table(sheet: Sheet, said: Profile) -> Layout | None:
    view = sheet.flip() if said.enheter_i == "kolumner" else sheet
    between = None
    if said.forsta_kolumn or said.sista_kolumn:
        first = index_of(said.forsta_kolumn) if said.forsta_kolumn else 0
        between = first, index_of(said.sista_kolumn) if said.sista_kolumn else view.width - 1
        view = view.only(columns=range(between[0], between[1] + 1))
    labels, first = view.width if said.enhet else index_of(said.enhetskolumn), index_of(said.forsta)
    heads = tuple(index_of(name) for name in said.rubrikrader)
    if labels >= view.width + bool(said.enhet) or max(first, *heads, 0) >= view.height:
        return None
    last = min(index_of(said.sista), view.height - 1)
    view = with_unit(view, said.enhet, range(first, last + 1)) if said.enhet else view
    view = names_down(view, labels, range(first, last + 1)) if said.enhet_en_gang else view
    view = _with_nation(view, labels, range(first, last + 1), set(said.riket))
    above = filled_right(view, heads, labels)
    inside = {c for r, c in (*view.fills, *view.unread) if first <= r <= last}
    columns = []
    for c in range(view.width):
        given = said.kolumnrubriker.get(view.column_name(c))
        used = c in inside or any(view.cells[row][c] for row in range(first, last + 1))
        if c == labels or given is None and not used:
            continue
        own = [text for row in heads if (text := view.cells[row][c])]
        path = tuple(text for row in heads if (text := above[row].get(c, "")))
        there = given is not None and (given in (*own, *path, " / ".join(path)) or not given and not own)
        label = given if there else (own or [""])[-1]  # a heading that is another is what it says now
        column = TableColumn(c, label, path)
        columns.append(replace(column, role=said_role(view, column, said)))
    return Layout(view, labels, heads, first, last, tuple(columns), between=between)


def _with_nation(sheet: Sheet, labels: int, rows: range, nation: set[str]) -> Sheet:
    """The sheet with the nation's name among the labels, where it stands in another column of its row."""
    cells = list(sheet.cells)
    for row in rows:
        texts = cells[row]
        named = [] if texts[labels] else [text for text in texts if text in nation]
        if named:
            cells[row] = [named[0] if c == labels else text for c, text in enumerate(texts)]
    return replace(sheet, cells=cells)
