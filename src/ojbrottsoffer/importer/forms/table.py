"""A table as it lies on a sheet: its rows, its columns and what each column is.

It is always described with one labelled row per unit (or per indicator, for a table of shares); a sheet with the
units as columns is flipped first.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from ojbrottsoffer.importer.read.file_sheet import Sheet, letters
from ojbrottsoffer.importer.recipes.recipe import Profile


@dataclass(frozen=True)
class TableColumn:
    """One column with values. `path` is every heading above it, `role` what it is unless it
    is an indicator."""

    index: int
    label: str
    path: tuple[str, ...]
    role: str | None = None
    asked: str = ""
    """The question without what all headings have beside theirs, as the year."""


@dataclass(frozen=True)
class Layout:
    """The table of one sheet, rows and columns as they lie in `sheet` (flipped or not)."""

    sheet: Sheet
    label_column: int
    header_rows: tuple[int, ...]
    first: int
    last: int
    columns: tuple[TableColumn, ...]
    unread: tuple[tuple[str, str], ...] = ()
    """(cell, text) of rows above the headings, headings without values and rows under the table."""
    too_many_headers: bool = False
    between: tuple[int, int] | None = None
    """First and last column of the table, where something else stands beside it."""
    data_below: tuple[int, ...] = ()
    """Rows under the table that look like more of it."""
    data_above: tuple[int, ...] = ()
    """Rows above the first known one that look like more of it; they are read as such."""
    start: int | None = None
    """Where the table starts without them."""
    rivals: tuple[int, ...] = ()
    """Other columns that name as many units, but others row by row."""
    parts: tuple[Layout, ...] = ()
    """The tables of the file, when this one is put together of several."""
    crosses: tuple[str, ...] = ()
    """The questions whose answers were crosses in one of several columns, as `forms.shape.crosses` calls them."""
    headings: tuple[tuple[str, str], ...] = ()
    """Each column of the table as it was found, and what it was called."""
    names_once: bool = False
    """True if a unit is named on the first of its rows alone, or above them."""
    unit_in: str = ""
    """Where its only unit is named, as the recipe says it, if that is not on its rows."""
    form: tuple = ()
    """The recipe's parts (`form_parts.Part`), of a file with a row for each answer."""

    @property
    def code_column(self) -> int | None:
        return next((c.index for c in self.columns if c.role == "kommunkod"), None)

    @property
    def county_column(self) -> int | None:
        """The column with the first two digits of the codes, where they stand apart."""
        return next((c.index for c in self.columns if c.role == "lanskod"), None)

    @property
    def place_names(self) -> set[str]:
        """What the columns can be called by their place."""
        return {
            place_name(part.sheet, column.index).casefold()
            for part in self.parts or (self,)
            for column in part.columns
        }

    def name_of(self, column: TableColumn) -> str:
        """What the profile can call a column: its label, or its place if another has that label."""
        alike = sum(c.label == column.label for c in self.columns)
        return column.label if alike == 1 or self.parts else place_name(self.sheet, column.index)

    @property
    def orientation(self) -> str:
        return "kolumner" if self.sheet.flipped else "rader"

    @property
    def indicators(self) -> list[TableColumn]:
        return [column for column in self.columns if column.role is None]

    def ignoring(self, columns: Container[TableColumn]) -> Layout:
        """The table without what these columns say."""
        changed = (replace(c, role="ignorera") if c in columns else c for c in self.columns)
        return replace(self, columns=tuple(changed))

    def without(self, roles: dict[str, str]) -> Layout:
        """The table without the questions that the recipe leaves out by their headings."""
        return self.ignoring([c for c in self.indicators if roles.get(c.label) == "ignorera"])

    def as_profile(self, whole: bool = False) -> dict[str, object]:
        """The layout in the words of the profile, so that it need not be found again; the `whole` of it says what each
        column is called, too."""
        if self.form:
            return {"form": [part.plain() for part in self.form]}
        if self.parts:
            return {"tabeller": [part.as_profile(whole) for part in self.parts]}
        between = dict(
            zip(
                ("forsta_kolumn", "sista_kolumn"),
                map(self.sheet.column_name, self.between or ()),
                strict=False,
            )
        )
        headings = {"kolumnrubriker": dict(self.headings)} if whole else {}
        headings |= {"enhet_en_gang": True} if self.names_once else {}
        headings |= {"enhet": self.unit_in} if self.unit_in else {}
        return (
            between
            | {
                "blad": self.sheet.name,
                "enheter_i": self.orientation,
                "enhetskolumn": letters(self.label_column)
                if self.unit_in
                else self.sheet.column_name(self.label_column),
                "rubrikrader": [self.sheet.row_name(row) for row in self.header_rows],
                "forsta": self.sheet.row_name(self.first),
                "sista": self.sheet.row_name(self.last),
            }
            | headings
        )


def asks(column: TableColumn, is_heading) -> bool:
    """True if the column, or the heading over its part of a question, is a known question."""
    return column.role is None and any(map(is_heading, (column.label, *column.path)))


def said_roles(profile: Profile) -> dict[str, str]:
    """Heading -> what the profile says that the column is."""
    return {" ".join(heading.split()).casefold(): role for heading, role in profile.kolumner.items()}


def place_name(sheet: Sheet, column: int) -> str:
    """A column by its place: `kolumn D`, or `rad 4` where the units are columns."""
    name = sheet.column_name(column)
    return f"{'rad' if name.isdigit() else 'kolumn'} {name}"


def said_role(sheet: Sheet, column: TableColumn, profile: Profile) -> str | None:
    """What the profile says that a column is: by its place, its whole path or its label, the most precise
    first. What is ignored, or about the answer before it, may be called by any heading above it."""
    said = said_roles(profile)
    own = (place_name(sheet, column.index), " / ".join(column.path), column.label)
    above = (
        name
        for name in reversed(column.path)
        if said.get(name.casefold()) in ("ignorera", "rattat", "status")
    )
    return next((said[name.casefold()] for name in (*own, *above) if name.casefold() in said), None)


def filled_right(sheet: Sheet, header_rows: tuple[int, ...], label_column: int) -> dict[int, dict[int, str]]:
    """The headings per row, an empty cell taking the one to its left unless a level above it
    has changed or the labels stand between; the last row is not filled."""
    filled: dict[int, dict[int, str]] = {}
    breaks: set[int] = {label_column}
    for row in header_rows:
        texts: dict[int, str] = {}
        current = ""
        given = over_blocks(sheet, row, header_rows, label_column)
        for c in range(sheet.width):
            if c == label_column:
                current = ""
                continue
            if given.get(c):
                current = given[c]
                breaks.add(c)
            elif c in breaks:
                current = ""
            texts[c] = current if row != header_rows[-1] else sheet.cells[row][c]
        filled[row] = texts
    return filled


def over_blocks(sheet: Sheet, row: int, header_rows: tuple[int, ...], label_column: int) -> dict[int, str]:
    """The headings of a row by the first column of each. One may stand in the middle of its columns, where the same
    headings come again under each."""
    given = {c: text for c, text in enumerate(sheet.cells[row]) if text and c != label_column}
    below = [r for r in header_rows if r > row]
    used = [c for c in range(sheet.width) if c != label_column and any(sheet.cells[r][c] for r in below)]
    before = sum(c < min(given, default=0) for c in used)
    for columns in (used[skipped:] for skipped in range(before + 1) if len(given) > 1):
        size, rest = divmod(len(columns), len(given))
        if rest or size < 2:
            continue
        blocks = [columns[start : start + size] for start in range(0, len(columns), size)]
        alike = {tuple(tuple(sheet.cells[r][c] for r in below) for c in block) for block in blocks}
        within = all(c in block for c, block in zip(given, blocks, strict=True))
        if within and len(alike) == 1:
            return {block[0]: text for block, text in zip(blocks, given.values(), strict=True)}
    return given
