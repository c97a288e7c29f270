"""The column with the units, or with the questions, and its rivals."""

from __future__ import annotations

from ojbrottsoffer.importer.forms.find.heading_words import ROLE_HEADERS
from ojbrottsoffer.importer.forms.table import said_roles
from ojbrottsoffer.importer.meaning.units import UNIT_HEADING
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of
from ojbrottsoffer.importer.recipes.recipe import Profile


def find_label_column(sheet: Sheet, known, profile: Profile) -> tuple[int | None, int]:
    """The column with the most different known labels, names before codes; and how many."""
    if profile.enhetskolumn:
        column = index_of(profile.enhetskolumn)
        return (column, 1_000_000) if column < sheet.width else (None, 0)
    counts: dict[str, dict[int, int]] = {"names": {}, "codes": {}}
    for column in range(sheet.width):
        labels = {row[column] for row in sheet.cells if row[column]}
        for kind, texts in (
            ("names", {t for t in labels if not t.isdigit()}),
            ("codes", {t for t in labels if t.isdigit()}),
        ):
            if count := len({known(text) for text in texts} - {None}):
                counts[kind][column] = count
    if max(counts["names"].values(), default=0) < 2:
        return max(
            (item for found in counts.values() for item in found.items()),
            key=lambda item: item[1],
            default=(None, 0),
        )
    close = _close(sheet, counts["names"], known, profile)
    best = max(close, key=lambda column: counts["names"][column])
    alike = [c for c in close if c == best or differ(sheet, best, c, known)]
    headed = [c for c in alike if len(alike) > 1 and UNIT_HEADING.fullmatch(heading_of(sheet, c, known))]
    return (headed or (alike if len(alike) > 1 else [best]))[0], counts["names"][best]


def _close(sheet: Sheet, names: dict[int, int], known, profile: Profile) -> list[int]:
    """The columns that name at least half as many units as the best, or are called as the units are,
    but for those whose heading says that they are something else."""
    said = said_roles(profile)
    close = [
        c
        for c, count in names.items()
        if count >= 2
        and count * 2 >= max(names.values())
        or count
        and UNIT_HEADING.fullmatch(heading_of(sheet, c, known))
    ]
    return [
        c
        for c in close
        if (heading := heading_of(sheet, c, known)) not in said and heading not in ROLE_HEADERS
    ] or close


def differ(sheet: Sheet, a: int, b: int, known) -> bool:
    """True if two columns name different units row by row."""
    pairs = [(one, other) for row in sheet.cells if (one := known(row[a])) and (other := known(row[b]))]
    return sum(one != other for one, other in pairs) * 2 >= len(pairs)


def heading_of(sheet: Sheet, column: int, known) -> str:
    """The nearest text above the first known label of a column."""
    above = ""
    for row in sheet.cells:
        if known(row[column]):
            break
        above = row[column] or above
    return above.casefold()


def rivals_of(sheet: Sheet, column: int, known, profile: Profile) -> tuple[int, ...]:
    """The columns that may be the units just as well as the one that was chosen."""
    if profile.enhetskolumn:
        return ()
    names = {
        c: len({known(row[c]) for row in sheet.cells if not row[c].isdigit()} - {None})
        for c in range(sheet.width)
    }
    if max(names.values()) < 2:
        return ()
    return tuple(
        c for c in _close(sheet, names, known, profile) if c != column and differ(sheet, column, c, known)
    )
