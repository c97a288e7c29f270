"""Where the table is on a sheet: which way it lies, its heading rows, its first and last row.

The table is always described with one labelled row per unit (or per indicator, for a table
of shares); a sheet with the units as columns is flipped first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ojbrottsoffer.importer.meaning.units import NATION, normal, split_code
from ojbrottsoffer.importer.meaning.values import is_summary, is_value, share, style_of
from ojbrottsoffer.importer.read.sheet import Sheet, index_of
from ojbrottsoffer.importer.recipe import MAX_HEADER_ROWS, Profile

MAX_GAP = 2
"""Empty rows allowed between the headings and the first row of data."""
CODE_HEADERS = {
    "kommunkod",
    "kommunnr",
    "kommunnummer",
    "scb-kod",
    "scb kod",
    "scbkod",
    "kod",
    "regionkod",
    "knkod",
}
COUNTY_HEADERS = {"länskod", "länkod", "länsnr", "länsnummer", "lkod"}
"""What the first half of a code is called, where it has a column of its own."""
ROLE_HEADERS = {
    "befolkningsgrupp": "befolkningsgrupp",
    "område i sverige": "omrade",
    "stadsdel": "stadsdel",
    "stadsdelsområde": "stadsdel",
    "år": "ar",
    "årtal": "ar",
    "undersökningsår": "ar",
    "mätår": "ar",
    "period": "ar",
    "län": "ignorera",
    "nr": "ignorera",
} | dict.fromkeys(COUNTY_HEADERS, "ignorera")
UNIT_HEADING = re.compile(
    r"(?:kommun|enhet|stadsdel)(?:er|ar|namn)?(?: ?(?:/|och|eller) ?(?:kommun|enhet|stadsdel)(?:er|ar)?)?"
)
"""What the column with the units is called, whole."""
YEAR = re.compile(r"(?:19|20)\d\d")
PLACING_WORDS = {"placering", "rank", "ranking", "rankning", "plats"}
PLACING_ASIDE = {"i", "på", "år", "års", "rankingen", "rankningen", "listan", "landet", "riket", "unizons"}
"""What may stand beside one of `PLACING_WORDS` in the heading of the placings."""
NUMBERING = {"nr", "nummer"}
"""What a column of placings may be called, or one that only numbers the rows."""
SHARE_WORDS = {"andel", "andelen", "andelar", "procent", "procentandel", "%"}
ANSWERING = {"svarande", "svarat"}
OTHER_SHARES = {"nej", "delvis", "bortfall", "bortfallet", "obesvarade", "saknas", "svarsandel", *ANSWERING}
"""Words in the heading of a share that is not that of Ja; who answers may stand beside ”ja”."""


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
    crosses: bool = False
    """True if each answer was a cross in one of several columns."""
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

    def as_profile(self) -> dict[str, object]:
        """The layout in the words of the profile, so that it need not be found again."""
        if self.form:
            return {"form": [part.plain() for part in self.form]}
        if self.parts:
            return {"tabeller": [part.as_profile() for part in self.parts]}
        between = dict(
            zip(
                ("forsta_kolumn", "sista_kolumn"),
                map(self.sheet.column_name, self.between or ()),
                strict=False,
            )
        )
        return between | {
            "blad": self.sheet.name,
            "enheter_i": self.orientation,
            "enhetskolumn": self.sheet.column_name(self.label_column),
            "rubrikrader": [self.sheet.row_name(row) for row in self.header_rows],
            "forsta": self.sheet.row_name(self.first),
            "sista": self.sheet.row_name(self.last),
        }


def find_layout(
    sheet: Sheet,
    key: Callable[[str], str | None],
    is_heading: Callable[[str], bool],
    profile: Profile,
    least: int = 2,
) -> Layout | None:
    """The table of `sheet`, or None if it has none.

    `key` gives what a row's label means (None if nothing), `is_heading` whether a heading is
    a known indicator.
    """
    known = _remembering(key)
    found = []
    for view in _views(sheet, profile):
        column, count = _label_column(view, known, profile)
        if column is not None and (count >= least or profile.enhetskolumn):
            found.append((count, view, column))
    if not found:
        return (_by_share_heading if profile.slag == "riket" else _by_headings)(
            sheet, known, is_heading, profile
        )
    _, view, column = max(found, key=lambda item: item[0])
    table = _table(view, column, known, is_heading, profile)
    return table or (_by_headings(sheet, known, is_heading, profile) if profile.enhetskolumn else None)


def find_layouts(
    sheet: Sheet, key: Callable[[str], str | None], is_heading: Callable[[str], bool], profile: Profile
) -> list[Layout]:
    """The tables of `sheet`: one, or several with headings of their own under or beside each
    other. A profile that says where the table is has said that there is one.
    """
    whole = find_layout(sheet, key, is_heading, profile)
    if whole is None:
        return []
    if profile.forsta or profile.sista or profile.enhetskolumn or profile.rubrikrader or profile.tabeller:
        return [whole]
    known = _remembering(key)
    view, column = whole.sheet, whole.label_column
    ranking = profile.slag == "rankning"
    found = []
    for rows in _stacked(whole, known, is_heading, profile):
        for columns in _side_by_side(view.only(rows), column, known, ranking):
            piece = view.only(rows, columns)
            start, count = _label_column(piece, known, profile)
            layout = _table(piece, start, known, is_heading, profile) if count >= 2 else None
            if layout and any(
                c.role == "placering" if ranking else asks(c, is_heading) for c in layout.columns
            ):
                limits = None if columns is None else (columns.start, columns.stop - 1)
                found.append(replace(layout, between=limits))
    return found if len(found) > 1 else [whole]


def asks(column: TableColumn, is_heading) -> bool:
    """True if the column, or the heading over its part of a question, is a known question."""
    return column.role is None and any(map(is_heading, (column.label, *column.path)))


def _stacked(whole: Layout, known, is_heading, profile: Profile) -> list[range]:
    """The rows of each table on the sheet: a new one starts after the last row of data before a
    row with at least two headings."""
    sheet, column = whole.sheet, whole.label_column
    starts, last_unit = [0], None
    for row in range(whole.first, whole.last + 1):
        texts = [text for c, text in enumerate(sheet.cells[row]) if c != column and text]
        if last_unit is not None and last_unit >= starts[-1] and sum(map(is_heading, texts)) >= 2:
            starts.append(last_unit + 1)
        if known(sheet.cells[row][column]) or _looks_like_data(sheet, row, column, profile):
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
        alike = _heading(sheet, c, known) == _heading(sheet, column, known)
        again = (
            len(named) * 2 > len(texts)
            if ranking
            else len(named & units) * 2 > len(units)
            and (alike or not _differ(sheet, column, c, known))
            or (alike and not named & units and UNIT_HEADING.fullmatch(_heading(sheet, c, known)))
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
    said = replace(
        profile,
        forsta=profile.forsta or view.row_name(rows[0]),
        sista=profile.sista or view.row_name(rows[-1]),
    )
    return _table(view, column, known, is_heading, said)


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
            for c in (c for c, text in enumerate(texts) if _is_share_heading(text)):
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
                said = replace(
                    profile,
                    forsta=profile.forsta or view.row_name(below[0]),
                    sista=profile.sista or view.row_name(below[-1]),
                )
                return _table(view, column, known, is_heading, said)
    return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+|%", text.casefold()))


def _is_share_heading(text: str) -> bool:
    """”Andel ja”, ”Procent” and ”2015”, but not the share of something else than Ja."""
    heading, words = text.casefold(), _words(text)
    other = words & OTHER_SHARES and not ("ja" in words and words & OTHER_SHARES <= ANSWERING)
    return YEAR.fullmatch(heading) is not None or bool(words & SHARE_WORDS) and not other


def _label_column(sheet: Sheet, known, profile: Profile) -> tuple[int | None, int]:
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
    alike = [c for c in close if c == best or _differ(sheet, best, c, known)]
    headed = [c for c in alike if len(alike) > 1 and UNIT_HEADING.fullmatch(_heading(sheet, c, known))]
    return (headed or (alike if len(alike) > 1 else [best]))[0], counts["names"][best]


def _close(sheet: Sheet, names: dict[int, int], known, profile: Profile) -> list[int]:
    """The columns that name at least half as many units as the best, or are called as the units are,
    but for those whose heading says that they are something else."""
    said = _said_roles(profile)
    close = [
        c
        for c, count in names.items()
        if count >= 2
        and count * 2 >= max(names.values())
        or count
        and UNIT_HEADING.fullmatch(_heading(sheet, c, known))
    ]
    return [
        c for c in close if (heading := _heading(sheet, c, known)) not in said and heading not in ROLE_HEADERS
    ] or close


def _differ(sheet: Sheet, a: int, b: int, known) -> bool:
    """True if two columns name different units row by row."""
    pairs = [(one, other) for row in sheet.cells if (one := known(row[a])) and (other := known(row[b]))]
    return sum(one != other for one, other in pairs) * 2 >= len(pairs)


def _heading(sheet: Sheet, column: int, known) -> str:
    """The nearest text above the first known label of a column."""
    above = ""
    for row in sheet.cells:
        if known(row[column]):
            break
        above = row[column] or above
    return above.casefold()


def _rivals(sheet: Sheet, column: int, known, profile: Profile) -> tuple[int, ...]:
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
        c for c in _close(sheet, names, known, profile) if c != column and _differ(sheet, column, c, known)
    )


def _said_roles(profile: Profile) -> dict[str, str]:
    """Heading -> what the profile says that the column is."""
    return {" ".join(heading.split()).casefold(): role for heading, role in profile.kolumner.items()}


def place_name(sheet: Sheet, column: int) -> str:
    """A column by its place: `kolumn D`, or `rad 4` where the units are columns."""
    name = sheet.column_name(column)
    return f"{'rad' if name.isdigit() else 'kolumn'} {name}"


def said_role(sheet: Sheet, column: TableColumn, profile: Profile) -> str | None:
    """What the profile says that a column is: by its place, its whole path or its label, the most precise
    first. What is ignored may be called by any heading above it."""
    said = _said_roles(profile)
    own = (place_name(sheet, column.index), " / ".join(column.path), column.label)
    above = (name for name in reversed(column.path) if said.get(name.casefold()) == "ignorera")
    return next((said[name.casefold()] for name in (*own, *above) if name.casefold() in said), None)


def _table(sheet: Sheet, column: int, known, is_heading, profile: Profile) -> Layout | None:
    sheet = sheet if profile.slag == "riket" else _with_nation(sheet, column, profile)
    rows = _known_rows(sheet, column, known, is_heading, profile)
    if profile.forsta:
        first = index_of(profile.forsta)
    else:
        first = _edge(sheet, rows[0], -1, column, profile) if rows else None
    if first is None or any(
        index_of(name) >= sheet.height for name in (*profile.rubrikrader, profile.forsta or "1")
    ):
        return None
    last = (
        index_of(profile.sista)
        if profile.sista
        else (_edge(sheet, rows[-1], 1, column, profile) if rows else sheet.height - 1)
    )
    last = min(last, sheet.height - 1)
    inside = range(first, last + 1)
    filled = {c for r, c in (*sheet.fills, *sheet.unread) if first <= r <= last}
    used = [
        c
        for c in range(sheet.width)
        if c != column and (c in filled or any(sheet.cells[r][c] for r in inside))
    ]
    right = [c for c in used if c > column]
    if any(
        is_heading(sheet.cells[r][c]) for r in range(first) for c in used if c < column
    ):  # questions before the units
        right = [c for c in used if c > column or _has_values(sheet, c, inside, profile)]
    right = right or used or list(range(column + 1, sheet.width))
    header_rows, too_many = _header_rows(sheet, first, right, profile)
    columns, unread = _columns(sheet, column, header_rows, inside, used, known, is_heading, profile)
    above = _data_above(sheet, first, right, column, columns, profile)
    if above and not profile.forsta:
        said = replace(profile, forsta=sheet.row_name(above[0]))
        whole = _table(sheet, column, known, is_heading, said)
        return whole and replace(whole, data_above=above, start=first)
    if above and not profile.rubrikrader:
        header_rows, too_many = _header_rows(sheet, first, right, profile, above)
        columns, unread = _columns(sheet, column, header_rows, inside, used, known, is_heading, profile)
    below = range(last + 1, sheet.height)
    data_below = [row for row in below if not profile.sista and _is_full(sheet, row, columns, profile)]
    unread = [
        *_row_texts(sheet, [row for row in range(first) if row not in header_rows]),
        *unread,
        *_row_texts(sheet, below),
    ]
    return Layout(
        sheet,
        column,
        header_rows,
        first,
        last,
        tuple(columns),
        tuple(unread),
        too_many,
        data_below=tuple(data_below),
        rivals=_rivals(sheet, column, known, profile),
    )


def _known_rows(sheet: Sheet, column: int, known, is_heading, profile: Profile) -> list[int]:
    """The rows with a known label, without a title above the headings that is such a label."""
    rows = [r for r, texts in enumerate(sheet.cells) if known(texts[column])]
    while len(rows) > 1 and not _looks_like_data(sheet, rows[0], column, profile):
        top = next((row for row in range(rows[1]) if _is_header(sheet, row, column, is_heading, profile)), -1)
        if top <= rows[0]:
            break
        del rows[0]
    return rows


def _is_header(sheet: Sheet, row: int, column: int, is_heading, profile: Profile) -> bool:
    """True for a row with a known heading, or with the heading of the units and others beside it."""
    texts = [text for c, text in enumerate(sheet.cells[row]) if c != column and text]
    others = {"rankning": _is_placing_heading, "riket": _is_share_heading}.get(profile.slag, is_heading)
    return any(is_heading(text) or others(text.casefold()) for text in texts) or bool(
        texts and UNIT_HEADING.fullmatch(sheet.cells[row][column].casefold())
    )


def _row_texts(sheet: Sheet, rows: Iterable[int]) -> list[tuple[str, str]]:
    """(first cell, the texts) of each row that has any."""
    found = [(row, [(c, text) for c, text in enumerate(sheet.cells[row]) if text]) for row in rows]
    return [
        (sheet.ref(row, texts[0][0]), " ".join(text for _, text in texts)) for row, texts in found if texts
    ]


def _edge(sheet: Sheet, row: int, step: int, column: int, profile: Profile) -> int:
    """The first or last row of the table, with the nation and the counties that an empty row sets apart."""
    edge = _extend(sheet, row, step, column, profile)
    for beyond in range(edge + 2 * step, edge + (2 + MAX_GAP) * step, step):
        if not 0 <= beyond < sheet.height or any(sheet.cells[beyond - step]):
            break
        if (
            _is_larger(sheet.cells[beyond][column])
            and _looks_like_data(sheet, beyond, column, profile)
            and sum(
                is_value(text, profile) for c, text in enumerate(sheet.cells[beyond]) if c != column and text
            )
        ):
            return _edge(sheet, beyond, step, column, profile)
    return edge


def _with_nation(sheet: Sheet, column: int, profile: Profile) -> Sheet:
    """The sheet with the nation's row called so where its name stands in another column, as that of
    the counties."""
    cells = list(sheet.cells)
    for r, texts in enumerate(cells):
        said = [] if texts[column] else [text for text in texts if text]
        named = [text for text in said if normal(text) in NATION]
        if named and sum(is_value(text, profile) for text in said) * 2 > len(said):
            cells[r] = [named[0] if c == column else text for c, text in enumerate(texts)]
    return replace(sheet, cells=cells)


def _is_larger(text: str) -> bool:
    """True for the nation and for a county that is called one."""
    label = normal(split_code(text)[1])
    return label in NATION or label.endswith(" län")


def _data_above(
    sheet: Sheet, first: int, right: list[int], column: int, columns: list[TableColumn], profile: Profile
) -> tuple[int, ...]:
    """The rows between the headings and the first row that look like data."""

    def is_heading(row: int) -> bool:
        return any((text := sheet.cells[row][c]) and not is_value(text, profile) for c in right)

    top = next((row for row in range(first) if is_heading(row)), first)
    return tuple(
        row
        for row in range(top + 1, first)
        if sheet.cells[row][column]
        and _looks_like_data(sheet, row, column, profile)
        and (profile.slag == "rankning" or _is_full(sheet, row, columns, profile))
    )


def _extend(sheet: Sheet, row: int, step: int, column: int, profile: Profile) -> int:
    """The outermost row, from `row` in the direction of `step`, that still looks like data."""
    while 0 <= row + step < sheet.height and _looks_like_data(sheet, row + step, column, profile):
        row += step
    return row


def _looks_like_data(sheet: Sheet, row: int, column: int, profile: Profile) -> bool:
    others = [(c, text) for c, text in enumerate(sheet.cells[row]) if c != column and text]
    label = normal(split_code(sheet.cells[row][column])[1])
    if not label:
        return False
    if others and _is_larger(label):
        return True
    if not others:
        return (
            sum(
                1
                for c in range(sheet.width)
                if c != column and ((row, c) in sheet.fills or (row, c) in sheet.unread)
            )
            >= 2
        )
    texts = [text for _, text in others]
    numbered = len(texts) > 3 and texts == [str(n) for n in range(1, len(texts) + 1)]
    numbers = [text for text in texts if is_value(text, profile)]
    years = bool(numbers) and all(map(YEAR.fullmatch, numbers))
    values = sum(is_value(text, profile) for text in texts)
    return values * 2 > len(texts) and not numbered and not years


def _is_full(sheet: Sheet, row: int, columns: list[TableColumn], profile: Profile) -> bool:
    """True if most of the table's columns have a value in the row."""
    own = [c.index for c in columns if c.role != "ignorera"]
    texts = [sheet.cells[row][c] for c in own if sheet.cells[row][c]]
    return len(own) >= (3 if profile.slag == "svar" else 1) and sum(
        is_value(text, profile) for text in texts
    ) * 2 > len(own)


def _header_rows(
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


def _columns(
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
    filled = _filled_right(sheet, header_rows, label_column)
    # Questions may stand before the units; what else stands there is about the units.
    last = not any(c > label_column for c in used) or any(
        is_heading(sheet.cells[row][c]) for row in header_rows for c in range(label_column)
    )
    columns: list[TableColumn] = []
    unread: list[tuple[str, str]] = []
    for c in candidates:
        own = [sheet.cells[row][c] for row in header_rows]
        label = (sheet.cells[best][c] if best is not None else "") or next(
            (text for text in reversed(own) if text), ""
        )
        path = tuple(text for row in header_rows if (text := filled[row].get(c, "")))
        column = TableColumn(c, label, path)
        role = said_role(sheet, column, profile) or _role(sheet, column, inside, known, profile)
        if c not in used:
            if label and role is None and c > label_column and not is_heading(label):
                unread.append(
                    (sheet.ref(next(row for row in header_rows if sheet.cells[row][c] == label), c), label)
                )
            if not (label and is_heading(label)):
                continue
        elif (
            c < label_column
            and role is None
            and not is_heading(label)
            and not _has_words(sheet, c, inside)
            and not (last and _has_values(sheet, c, inside, profile))
        ):
            role = "ignorera"
        if role is None and profile.slag == "svar" and is_summary(label) and not is_heading(label):
            role = "ignorera"
        columns.append(replace(column, role=role))
    if best is not None:
        columns = _subdivided(columns, sheet, best, filled[best], header_rows)
    return _with_county_codes(_distinct(columns), sheet, inside, profile), unread


def _has_values(sheet: Sheet, column: int, inside: range, profile: Profile) -> bool:
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
    columns: list[TableColumn], sheet: Sheet, best: int, above: dict[int, str], header_rows: tuple[int, ...]
) -> list[TableColumn]:
    """One heading over several columns with different headings of their own is the label of none
    of them: each is called by its whole path, unless all the others are ignored."""
    groups: list[list[TableColumn]] = []
    for column in columns:
        if (
            groups
            and column.role in (None, "ignorera")
            and not sheet.cells[best][column.index]
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


def _filled_right(sheet: Sheet, header_rows: tuple[int, ...], label_column: int) -> dict[int, dict[int, str]]:
    """The headings per row, an empty cell taking the one to its left unless a level above it
    has changed or the labels stand between; the last row is not filled."""
    filled: dict[int, dict[int, str]] = {}
    breaks: set[int] = {label_column}
    for row in header_rows:
        texts: dict[int, str] = {}
        current = ""
        for c in range(sheet.width):
            if c == label_column:
                current = ""
                continue
            if sheet.cells[row][c]:
                current = sheet.cells[row][c]
                breaks.add(c)
            elif c in breaks:
                current = ""
            texts[c] = current if row != header_rows[-1] else sheet.cells[row][c]
        filled[row] = texts
    return filled


def _role(sheet: Sheet, column: TableColumn, inside: range, known, profile: Profile) -> str | None:
    heading = column.label.casefold()
    if heading in CODE_HEADERS:
        return "kommunkod"
    if ROLE_HEADERS.get(heading) == "ar":
        years = [text for row in inside if (text := sheet.cells[row][column.index])]
        return "ar" if all(map(YEAR.fullmatch, years)) else None
    if heading in ROLE_HEADERS:
        return ROLE_HEADERS[heading]
    if heading.startswith(("antal ja", "summa ja")):
        return "antal_ja"
    if profile.slag == "rankning" and _is_placing_heading(heading):
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
    if (YEAR.fullmatch(column.label) or normal(column.label) in NATION) and not _words(whole) & {
        "antal",
        *OTHER_SHARES,
    }:
        return True
    return (_is_share_heading(column.label) or column.label.casefold() == "ja") and _is_share_heading(whole)


def maybe_shares(layout: Layout, profile: Profile) -> list[TableColumn]:
    """The columns of a table of the nation that have numbers as shares have, where none is called so; not
    those whose heading says that they are something else."""
    said = _said_roles(profile)
    if any(c.role == "andel" for c in layout.columns) or "andel" in said.values():
        return []
    found = []
    for column in layout.columns:
        texts = [
            text
            for row in range(layout.first, layout.last + 1)
            if (text := layout.sheet.cells[row][column.index])
        ]
        other = _words(" ".join((*column.path, column.label))) & {"antal", "nr", "nummer", *OTHER_SHARES}
        if (
            column.label
            and column.role == "ignorera"
            and said_role(layout.sheet, column, profile) is None
            and not other
            and (sum(share(text) is not None for text in texts) * 2 > len(texts))
        ):
            found.append(column)
    return found


def _is_placing_heading(heading: str) -> bool:
    """”Placering”, ”Plats 2024” and ”Placering i rankningen”, but not ”Antal platser” or ”Rankat av”."""
    words = set(re.findall(r"[^\W\d_]+", heading))
    return bool(words & PLACING_WORDS) and words <= PLACING_WORDS | PLACING_ASIDE


def maybe_placings(layout: Layout, profile: Profile) -> list[TableColumn]:
    """The columns of a ranking that have numbers as placings have, but another heading; beside a
    column that is called so only one that numbers the rows."""
    named = any(c.role == "placering" for c in layout.columns)
    said = _said_roles(profile)
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
