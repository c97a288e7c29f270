"""Finds the tables of a sheet: which way each lies, and where it stands beside or under others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.forms.find.extent import looks_like_data, table_at
from ojbrottsoffer.importer.forms.find.heading_words import is_share_heading
from ojbrottsoffer.importer.forms.find.label_column import differ, find_label_column, heading_of
from ojbrottsoffer.importer.forms.shape.names_once import names_down, rows_of_names
from ojbrottsoffer.importer.forms.shape.one_unit import rows_of_answers, unit_of, with_unit
from ojbrottsoffer.importer.forms.table import Layout, asks
from ojbrottsoffer.importer.meaning.units import UNIT_HEADING
from ojbrottsoffer.importer.meaning.values import is_value, share
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.recipe import Profile

LEAST = 2
"""So many known units are a table's."""


def find_layout(
    sheet: Sheet,
    key: Callable[[str], str | None],
    is_heading: Callable[[str], bool],
    profile: Profile,
    title: Callable[[str], str | None] | None = None,
) -> Layout | None:
    """The table of `sheet`, or None if it has none.

    `key` gives what a row's label means (None if nothing), `is_heading` whether a heading is
    a known indicator, `title` which unit a whole sheet is about.
    """
    known = _remembering(key)
    found = []
    if profile.enhet:
        return _of_one_unit(sheet, known, is_heading, profile, title)
    for view in _views(sheet, profile):
        column, count = find_label_column(view, known, profile)
        if column is not None and (count >= LEAST or profile.enhetskolumn):
            found.append((count, view, column))
    if not found and title and (table := _of_one_unit(sheet, known, is_heading, profile, title)):
        return table
    if not found:
        return (_by_share_heading if profile.slag == "riket" else _by_headings)(
            sheet, known, is_heading, profile
        )
    _, view, column = max(found, key=lambda item: item[0])
    if profile.slag == "svar" and (rows := _rows_named_once(view, column, known, profile)):
        said = profile.but(forsta=view.row_name(rows[0]), sista=view.row_name(rows[-1]))
        table = table_at(names_down(view, column, rows), column, known, is_heading, said)
        return table and replace(table, names_once=True)
    found_table = table_at(view, column, known, is_heading, profile)
    return found_table or (_by_headings(sheet, known, is_heading, profile) if profile.enhetskolumn else None)


def _rows_named_once(view: Sheet, column: int, known, profile: Profile) -> range | None:
    """The rows of a table whose units are named once each, as the profile says or as they lie."""
    if profile.forsta and profile.sista:
        stated = range(index_of(profile.forsta), min(index_of(profile.sista) + 1, view.height))
        return stated if profile.enhet_en_gang else None
    return None if profile.forsta or profile.sista else rows_of_names(view, column, known)


def _of_one_unit(sheet: Sheet, known, is_heading, profile: Profile, title) -> Layout | None:
    """The table of a sheet that is about one unit, which it names once."""
    found = rows_of_answers(sheet, is_heading)
    if found is None or any(
        known(text) for row in found[1] for text in sheet.cells[row] if not text.isdigit()
    ):
        return None
    head, rows = found
    unit = profile.enhet or unit_of(sheet, head, title)
    if not unit:
        return None
    said = profile.but(forsta=sheet.row_name(rows[0]), sista=sheet.row_name(rows[-1]))
    table = table_at(with_unit(sheet, unit, rows), sheet.width, known, is_heading, said)
    return table and replace(table, unit_in=unit)


def find_layouts(
    sheet: Sheet,
    key: Callable[[str], str | None],
    is_heading: Callable[[str], bool],
    profile: Profile,
    title: Callable[[str], str | None] | None = None,
) -> list[Layout]:
    """The tables of `sheet`: one, or several with headings of their own under or beside each
    other. A profile that says where the table is has said that there is one.
    """
    whole = find_layout(sheet, key, is_heading, profile, title)
    if whole is None:
        return []
    said = profile.forsta or profile.sista or profile.enhetskolumn or profile.rubrikrader or profile.tabeller
    if said or whole.names_once or whole.unit_in:
        return [whole]
    known = _remembering(key)
    view, column = whole.sheet, whole.label_column
    ranking = profile.slag == "rankning"
    found = []
    for rows in _stacked(whole, known, is_heading, profile):
        for columns in _side_by_side(view.only(rows), column, known, ranking):
            piece = view.only(rows, columns)
            start, count = find_label_column(piece, known, profile)
            layout = table_at(piece, start, known, is_heading, profile) if count >= 2 else None
            if layout and any(
                c.role == "placering" if ranking else asks(c, is_heading) for c in layout.columns
            ):
                limits = None if columns is None else (columns.start, columns.stop - 1)
                found.append(replace(layout, between=limits))
    return found if len(found) > 1 else [whole]


def _stacked(whole: Layout, known, is_heading, profile: Profile) -> list[range]:
    """The rows of each table on the sheet: a new one starts after the last row of data before a
    row with at least two headings."""
    sheet, column = whole.sheet, whole.label_column
    starts, last_unit = [0], None
    for row in range(whole.first, whole.last + 1):
        texts = [text for c, text in enumerate(sheet.cells[row]) if c != column and text]
        if last_unit is not None and last_unit >= starts[-1] and sum(map(is_heading, texts)) >= 2:
            starts.append(last_unit + 1)
        if known(sheet.cells[row][column]) or looks_like_data(sheet, row, column, profile):
            last_unit = row
    return [range(a, b) for a, b in zip(starts, [*starts[1:], sheet.height], strict=True)]


def _side_by_side(sheet: Sheet, column: int, known, ranking: bool) -> list[range | None]:
    """The columns of each table: a new one starts where the same units are named again, where only
    others are under the same heading, and in a ranking where any units are (a long list set in columns)."""
    units = {known(row[column]) for row in sheet.cells} - {None}
    starts = [0]
    for c in range(column + 1, sheet.width):
        texts = {row[c] for row in sheet.cells if row[c] and not row[c].isdigit()}
        named = {known(text) for text in texts} - {None}
        alike = heading_of(sheet, c, known) == heading_of(sheet, column, known)
        again = (
            len(named) * 2 > len(texts)
            if ranking
            else len(named & units) * 2 > len(units)
            and (alike or not differ(sheet, column, c, known))
            or (alike and not named & units and UNIT_HEADING.fullmatch(heading_of(sheet, c, known)))
        )
        if len(units) > 1 and len(named) > 1 and again:
            if ranking and c - column > max(column, starts[-1]):  # the placing may stand before the name
                starts.append(c - column)
                continue
            codes = [row[c - 1] for row in sheet.cells if row[c - 1].isdigit()]
            starts.append(c - 1 if len({known(code) for code in codes} & named) > 1 else c)
    if len(starts) == 1:
        return [None]
    return [range(a, b) for a, b in zip(starts, [*starts[1:], sheet.width], strict=True)]


def _views(sheet: Sheet, profile: Profile) -> list[Sheet]:
    """The sheet as it may lie, without the columns that the profile leaves outside."""
    ways = {"rader": [False], "kolumner": [True]}.get(profile.enheter_i, [False, True])
    if profile.enhetskolumn and not profile.enheter_i:  # a row where the units are columns
        ways = [profile.enhetskolumn.isdigit()]
    views = [sheet.flip() if flipped else sheet for flipped in ways]
    if not (profile.forsta_kolumn or profile.sista_kolumn):
        return views
    return [
        view.only(
            columns=range(
                index_of(profile.forsta_kolumn) if profile.forsta_kolumn else 0,
                index_of(profile.sista_kolumn) + 1 if profile.sista_kolumn else view.width,
            )
        )
        for view in views
    ]


def _remembering(key: Callable[[str], str | None]) -> Callable[[str], str | None]:
    seen: dict[str, str | None] = {}

    def known(text: str) -> str | None:
        if text not in seen:
            seen[text] = key(text) if text else None
        return seen[text]

    return known


def _by_headings(sheet: Sheet, known, is_heading, profile: Profile) -> Layout | None:
    """A table whose headings are known but hardly a unit of it: the units are then asked about."""
    best: tuple[int, Sheet, int] | None = None
    for view in _views(sheet, profile):
        for row, texts in enumerate(view.cells):
            count = sum(is_heading(text) for text in texts if text)
            if count >= (best[0] + 1 if best else 3):
                best = (count, view, row)
    if best is None or profile.slag == "riket" or profile.rubrikrader and profile.forsta:
        return None
    _, view, row = best
    column = index_of(profile.enhetskolumn) if profile.enhetskolumn else _names_beside(view, row, is_heading)
    if column is None or column >= view.width:
        return None
    rows = [
        r
        for r in range(row + 1, view.height)
        if view.cells[r][column] and any(text for c, text in enumerate(view.cells[r]) if c != column)
    ]
    if not rows:
        return None
    said = profile.but(
        forsta=profile.forsta or view.row_name(rows[0]), sista=profile.sista or view.row_name(rows[-1])
    )
    return table_at(view, column, known, is_heading, said)


def _names_beside(sheet: Sheet, row: int, is_heading) -> int | None:
    """The column with the most different texts under `row`: before its first known heading, or else
    after the last one."""
    known = [c for c, text in enumerate(sheet.cells[row]) if text and is_heading(text)]
    for beside in (range(known[0]), range(known[-1] + 1, sheet.width)):
        names = {
            c: len({texts[c] for texts in sheet.cells[row + 1 :] if texts[c] and not texts[c].isdigit()})
            for c in beside
        }
        if any(names.values()):
            return max(names, key=lambda c: names[c])
    return None


def nearest(
    sheet: Sheet, key: Callable[[str], str | None], is_heading: Callable[[str], bool], profile: Profile
) -> str:
    """What comes nearest to a table on a sheet without one, in Swedish; empty if nothing does."""
    found = []
    for view in _views(sheet, profile):
        across, down = ("kolumn", "rad") if view.flipped else ("rad", "kolumn")
        for c in range(view.width):
            if count := len({key(row[c]) for row in view.cells if row[c]} - {None}):
                found.append((count, f"{down} {view.column_name(c)} ({count} kända)"))
        for r, texts in enumerate(view.cells):
            if count := sum(is_heading(text) for text in texts if text):
                found.append((count, f"{across} {view.row_name(r)} ({count} kända indikatorer)"))
    return max(found, key=lambda item: item[0], default=(0, ""))[1]


def _by_share_heading(sheet: Sheet, known, is_heading, profile: Profile) -> Layout | None:
    """A short table of shares with hardly a known question: a heading that says share, numbers
    under it and texts beside them. Its questions are then asked about."""
    for view in _views(sheet, profile):
        for row, texts in enumerate(view.cells):
            for c in (c for c, text in enumerate(texts) if is_share_heading(text)):
                below = [
                    r
                    for r in range(row + 1, view.height)
                    if view.cells[r][c] and is_value(view.cells[r][c], profile)
                ]
                named = {
                    left: sum(view.cells[r][left] != "" and share(view.cells[r][left]) is None for r in below)
                    for left in range(c)
                }
                column = max(named, key=lambda left: named[left], default=None)
                if all(share(view.cells[r][c]) is None for r in below):
                    continue
                if profile.enhetskolumn or column is None or not named[column]:
                    continue
                said = profile.but(
                    forsta=profile.forsta or view.row_name(below[0]),
                    sista=profile.sista or view.row_name(below[-1]),
                )
                return table_at(view, column, known, is_heading, said)
    return None
