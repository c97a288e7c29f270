"""The headings of a table, and what each of its columns is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import replace

from ojbrottsoffer.importer.forms.find.heading_words import (
    CODE_HEADERS,
    COUNTY_HEADERS,
    NUMBERING,
    OTHER_SHARES,
    YEAR,
    is_placing_heading,
    is_share_heading,
    role_of_heading,
    words_of,
)
from ojbrottsoffer.importer.forms.table import (
    Layout,
    TableColumn,
    filled_right,
    over_blocks,
    said_role,
    said_roles,
)
from ojbrottsoffer.importer.meaning.units import NATION, normal
from ojbrottsoffer.importer.meaning.values import is_summary, is_value, share, style_of
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.recipe import MAX_HEADER_ROWS, Profile

MAX_GAP = 2
"""Empty rows allowed between the headings and the first row of data."""


def find_header_rows(
    sheet: Sheet, first: int, columns: list[int], profile: Profile, data: tuple[int, ...] = ()
) -> tuple[tuple[int, ...], bool]:
    """The rows with headings above `first`, and whether they are too many. `data` is none of them."""
    if profile.rubrikrader:
        return tuple(sorted(index_of(name) for name in profile.rubrikrader)), False
    row, gap = first - 1, 0
    while row >= 0 and (row in data or gap < MAX_GAP and not any(sheet.cells[row][c] for c in columns)):
        row, gap = row - 1, 0 if row in data else gap + 1
    rows: list[int] = []
    while row >= 0 and any(sheet.cells[row][c] for c in columns):
        rows.append(row)
        row -= 1
    return tuple(sorted(rows[:MAX_HEADER_ROWS])), len(rows) > MAX_HEADER_ROWS


def find_columns(
    sheet: Sheet,
    label_column: int,
    header_rows: tuple[int, ...],
    inside: range,
    used: list[int],
    known,
    is_heading,
    profile: Profile,
) -> tuple[list[TableColumn], list[tuple[str, str]]]:
    candidates = [c for c in range(sheet.width) if c != label_column]
    matches = {
        row: sum(is_heading(sheet.cells[row][c]) for c in candidates if sheet.cells[row][c])
        for row in header_rows
    }
    best = max(header_rows, key=lambda row: (matches[row], row), default=None)
    filled = filled_right(sheet, header_rows, label_column)
    given = over_blocks(sheet, best, header_rows, label_column) if best is not None else {}
    # Questions may stand before the units; what else stands there is about the units.
    last = not any(c > label_column for c in used) or any(
        is_heading(sheet.cells[row][c]) for row in header_rows for c in range(label_column)
    )
    columns: list[TableColumn] = []
    unread: list[tuple[str, str]] = []
    for c in candidates:
        own = [sheet.cells[row][c] for row in header_rows]
        under = (
            text for row, text in reversed([*zip(header_rows, own, strict=True)]) if text and row != best
        )
        label = given.get(c) or next(under, "")
        path = tuple(text for row in header_rows if (text := filled[row].get(c, "")))
        column = TableColumn(c, label, path)
        role = said_role(sheet, column, profile) or _role(sheet, column, inside, known, profile)
        if c not in used:
            if label and role is None and c > label_column and not is_heading(label):
                unread.append(
                    (
                        sheet.ref(
                            next((row for row in header_rows if sheet.cells[row][c] == label), best), c
                        ),
                        label,
                    )
                )
            if not (label and is_heading(label)):
                continue
        elif (
            c < label_column
            and role is None
            and not is_heading(label)
            and not _has_words(sheet, c, inside)
            and not (last and has_values(sheet, c, inside, profile))
        ):
            role = "ignorera"
        summary = profile.slag == "svar" and is_summary(label) and not is_heading(label)
        if role is None and summary:
            role = "ignorera"
        columns.append(replace(column, role=role))
    if best is not None:
        columns = _subdivided(columns, sheet, best, given, filled[best], header_rows)
    return _with_county_codes(_distinct(columns), sheet, inside, profile), unread


def has_values(sheet: Sheet, column: int, inside: range, profile: Profile) -> bool:
    texts = [text for row in inside if (text := sheet.cells[row][column])]
    return sum(is_value(text, profile) for text in texts) * 2 > len(texts)


def _has_words(sheet: Sheet, column: int, inside: range) -> bool:
    """True if most of a column is Ja, Nej or Delvis: it is no background, wherever it stands."""
    texts = [text for row in inside if (text := sheet.cells[row][column])]
    return sum(style_of(text) == "ord" for text in texts) * 2 > len(texts)


def _with_county_codes(
    columns: list[TableColumn], sheet: Sheet, inside: range, profile: Profile
) -> list[TableColumn]:
    """The columns, with that of the counties' codes as the first half of municipalities' codes that
    have two digits themselves."""
    own = next((c for c in columns if c.role == "kommunkod"), None)
    codes = [text for row in inside if own and (text := sheet.cells[row][own.index])]
    if not codes or not all(re.fullmatch(r"\d{1,2}", text) for text in codes):
        return columns
    county = next(
        (c for c in columns if c.label.casefold() in COUNTY_HEADERS and not said_role(sheet, c, profile)),
        None,
    )
    return [replace(c, role="lanskod") if c is county else c for c in columns]


def _subdivided(
    columns: list[TableColumn],
    sheet: Sheet,
    best: int,
    given: Container[int],
    above: dict[int, str],
    header_rows: tuple[int, ...],
) -> list[TableColumn]:
    """One heading over several columns with different headings of their own is the label of none
    of them: each is called by its whole path, unless all the others are ignored."""
    groups: list[list[TableColumn]] = []
    for column in columns:
        if (
            groups
            and column.role in (None, "ignorera")
            and column.index not in given
            and above.get(column.index)
            and above[column.index] == above.get(groups[-1][-1].index)
        ):
            groups[-1].append(column)
        else:
            groups.append([column])
    below = [row for row in header_rows if row > best]
    result = []
    for group in groups:
        own = [tuple(sheet.cells[row][column.index] for row in below) for column in group]
        apart = (
            len(group) > 1
            and group[0].role in (None, "ignorera")
            and all(map(any, own))
            and len(set(own)) > 1
        )
        alone = sum(column.role is None for column in group) == 1
        result += [
            replace(
                column,
                label=above[column.index] if alone and column.role is None else " / ".join(column.path),
            )
            if apart
            else column
            for column in group
        ]
    return result


def _role(sheet: Sheet, column: TableColumn, inside: range, known, profile: Profile) -> str | None:
    heading = column.label.casefold()
    if heading in CODE_HEADERS:
        return "kommunkod"
    if role_of_heading(heading) == "ar":
        years = [text for row in inside if (text := sheet.cells[row][column.index])]
        return "ar" if all(len(YEAR.findall(text)) == 1 for text in years) else None
    if role := role_of_heading(heading):
        return role
    if profile.slag == "rankning" and is_placing_heading(heading):
        return "placering"
    # A column without a telling heading is codes only if it looks like nothing else: numbers
    # of three or four digits that are codes of municipalities, not of inhabitants, and not the
    # `1,0` that an export makes of an answer.
    texts = [text for r in inside if (text := sheet.cells[r][column.index])]
    codes = sum(re.fullmatch(r"\d{3,4}", t.strip()) is not None and known(t) is not None for t in texts)
    if len(texts) > 1 and codes >= 0.6 * len(texts) and profile.slag != "riket":
        return "kommunkod"
    if profile.slag == "rankning":
        return "ignorera"
    if profile.slag == "riket":
        if heading.startswith("delmängd"):
            return "delmangd"
        return "andel" if _has_shares(column) else "ignorera"
    return None


def _has_shares(column: TableColumn) -> bool:
    """True if a column's heading, read with those above it, says that it has the shares of Ja: not a
    year or ”Riket” under ”Antal” and not ”Andel” under ”Nej”, but ”Ja” under ”Andel”."""
    whole = " ".join(column.path)
    if (YEAR.fullmatch(column.label) or normal(column.label) in NATION) and not words_of(whole) & {
        "antal",
        *OTHER_SHARES,
    }:
        return True
    return (is_share_heading(column.label) or column.label.casefold() == "ja") and is_share_heading(whole)


def maybe_shares(layout: Layout, profile: Profile) -> list[TableColumn]:
    """The columns of a table of the nation that have numbers as shares have, where none is called so; not
    those whose heading says that they are something else."""
    said = said_roles(profile)
    if any(c.role == "andel" for c in layout.columns) or "andel" in said.values():
        return []
    found = []
    for column in layout.columns:
        texts = [
            text
            for row in range(layout.first, layout.last + 1)
            if (text := layout.sheet.cells[row][column.index])
        ]
        other = words_of(" ".join((*column.path, column.label))) & {"antal", "nr", "nummer", *OTHER_SHARES}
        if (
            column.label
            and column.role == "ignorera"
            and said_role(layout.sheet, column, profile) is None
            and not other
            and (sum(share(text) is not None for text in texts) * 2 > len(texts))
        ):
            found.append(column)
    return found


def maybe_placings(layout: Layout, profile: Profile) -> list[TableColumn]:
    """The columns of a ranking that have numbers as placings have, but another heading; beside a
    column that is called so only one that numbers the rows."""
    named = any(c.role == "placering" for c in layout.columns)
    said = said_roles(profile)
    if "placering" in said.values():
        return []
    found = []
    for column in layout.columns:
        texts = [layout.sheet.cells[row][column.index] for row in range(layout.first, layout.last + 1)]
        numbers = sum(text.isdigit() and 0 < int(text) < 1000 for text in texts)
        heading = column.label.casefold().strip(" .:")
        if (
            column.role == "ignorera"
            and heading not in said
            and numbers > 1
            and numbers * 2 > len(texts)
            and (heading in NUMBERING or not named)
        ):
            found.append(column)
    return found


def _distinct(columns: list[TableColumn]) -> list[TableColumn]:
    """Labels made unique with the headings above them where that is possible; the label of a
    question is unique also if only ignored columns share it."""
    counts = Counter(column.label for column in columns)
    asked = Counter(column.label for column in columns if column.role != "ignorera")
    paths = Counter((column.label, column.path) for column in columns)
    return [
        replace(c, label=" / ".join(c.path))
        if (asked if c.role is None else counts)[c.label] > 1
        and len(c.path) > 1
        and paths[c.label, c.path] == 1
        else c
        for c in columns
    ]
