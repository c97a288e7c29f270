"""A column that splits the answers, as a round or a group: each unit and question then has a row for each of its values."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.find.row_columns import ANSWER_HEADING, BOTH
from ojbrottsoffer.importer.forms.rows import other_year
from ojbrottsoffer.importer.forms.shape.long import Odd, order_of
from ojbrottsoffer.importer.forms.table import TableColumn, place_name
from ojbrottsoffer.importer.found import row_ref
from ojbrottsoffer.importer.meaning.scope import standing
from ojbrottsoffer.importer.meaning.values import is_value
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.form_parts import Part
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted

DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[ ./-]\d{4}")
ORDERED = re.compile(
    r"version|rev|datum|tid|omgång|registrer|inskick|inlämn|inkom|ändra|uppdater|löpn", re.IGNORECASE
)
"""What a column is called that says which of two rows is the later."""
LATEST = "den senaste raden gäller, där det finns flera"
MOST_VALUES, LEAST_ROWS = 12, 2
"""A column that splits the answers has no more values than this, and each of them on so many rows."""


def split_by(texts: dict[int, list[str]], pairs: Iterable[tuple[int, int]]) -> int | None:
    """Of columns (index -> the text of each row) the one with fewest values that tells the rows of every pair apart."""
    pairs = list(pairs)
    counts = {column: Counter(found) for column, found in texts.items()}
    splitting = [
        column
        for column, found in texts.items()
        if len(counts[column]) <= MOST_VALUES
        and "" not in counts[column]
        and min(counts[column].values()) >= LEAST_ROWS
        and all(found[a] != found[b] for a, b in pairs)
    ]
    return min(splitting, key=lambda column: (len(counts[column]), column), default=None)


def latest_by(
    texts: dict[int, list[str]], pairs: Iterable[tuple[int, int]], heading: Callable[[int], str]
) -> int | None:
    """The column of dates, or of versions by its heading, that says which row of every pair is the later."""
    pairs = list(pairs)
    found = []
    for column, own in texts.items():
        orders = [(order_of(own[a]), order_of(own[b])) for a, b in pairs]
        dates = all(DATE.match(own[n]) for pair in pairs for n in pair)
        if (dates or ORDERED.search(heading(column))) and all(a and b and a != b for a, b in orders):
            found.append((not dates, column))
    return min(found)[1] if found else None


def _which(
    texts: dict[int, list[str]], pairs: list[tuple[int, int]], heading: Callable[[int], str]
) -> tuple[int | None, int | None]:
    """The column that splits the answers; and the one that says which is the later, unless the first has about as many
    rows of each value, as a round has."""
    split = split_by(texts, pairs)
    rows = sorted(Counter(texts[split]).values()) if split is not None else []
    if rows and rows[0] * 2 >= rows[-1]:
        return split, None
    return split, latest_by(texts, pairs, heading)


def of_form(
    reading: Reading, parts: tuple[Part, ...], odd: list[Odd], sheets: list[Sheet]
) -> tuple[Part, ...] | None:
    """The parts with the rows of the likeliest value of the column that splits the answers, which is asked about; None
    if no column does. `odd`: answers that stand twice and are not the same."""
    if len(parts) != 1:
        return None
    part, sheet = parts[0], next(sheet for sheet in sheets if sheet.name == parts[0].blad)
    used = {index_of(column) for name, column in part.columns.items() if name not in ("ar", "status")}
    used |= set(map(index_of, part.lamnas))
    rows = range(part.forsta - 1, min(part.sista, sheet.height))
    if part.ar:  # of the year that is read, and so called in more ways than one
        year = index_of(part.ar)
        rows = [row for row in rows if str(reading.ar) in YEAR.findall(sheet.cells[row][year])]
    at = {row: n for n, row in enumerate(rows)}
    pairs = [(at.get(item.cell[1]), at.get(item.other[1])) for item in odd]
    if any(None in pair for pair in pairs):
        return None
    texts = {c: [sheet.cells[row][c] for row in rows] for c in range(sheet.width) if c not in used}
    heads = sheet.cells[part.rubrikrad - 1] if part.rubrikrad else [""] * sheet.width
    split, later = _which(texts, pairs, heads.__getitem__)
    column = split if later is None else later
    if column is None:
        return None
    heading = heads[column]

    def only(value: str) -> tuple[Part]:
        name = letters(column)
        status = None if part.status == name else part.status
        return (part.model_copy(update={"val": part.val | {name: value}, "status": status}),)

    latest = (part.model_copy(update={"senaste": letters(column)}),)
    likeliest = _ask(
        reading,
        heading or place_name(sheet, column),
        texts[column],
        [row in sheet.hidden_rows for row in rows],
        lambda value: {"form": [part.plain() for part in only(value)]},
        f"{len(odd)} svar står på flera rader",
        [] if later is None else [Choice({"form": [part.plain() for part in latest]}, LATEST)],
        split == column,
        table=sheet.where(part.rubrikrad - 1 if part.rubrikrad else part.forsta - 1, column),
        first=[sheet.where(*place[1:]) for place in (odd[0].other, odd[0].cell)],
    )
    return only(likeliest) if later is None else latest


def of_table(
    reading: Reading, pairs: list[tuple[int, int]], columns: list[TableColumn]
) -> TableColumn | None:
    """The column of a table that tells the rows of every pair apart, which is asked about; None if no one does.
    `pairs`: two rows with one unit; `columns`: those that are no questions."""
    layout, labels = reading.layout, reading.layout.label_column
    paired = {row for pair in pairs for row in pair}
    rows = [
        r
        for r in range(layout.first, layout.last + 1)
        if (r in paired or layout.sheet.cells[r][labels]) and not other_year(layout, r, reading.ar)
    ]
    at = {row: n for n, row in enumerate(rows)}
    texts = {column.index: [layout.sheet.cells[row][column.index] for row in rows] for column in columns}
    placed = [(at[a], at[b]) for a, b in pairs]
    names = {column.index: column.label for column in columns}
    split, later = _which(texts, placed, names.__getitem__)
    found = split if later is None else later
    if found is None:
        return None
    column = next(column for column in columns if column.index == found)
    if (
        later is None
        and len(pairs) * 3 < len(rows)
        and all(is_value(text, reading.profile) for text in texts[found])
    ):
        return None  # one more question, of which the rows say different things

    def without(left: Iterable[int]) -> dict[str, object]:
        ignored = {} if column.role == "ar" else {"kolumner": {layout.name_of(column): "ignorera"}}
        return {"hoppa_over": [row_ref(layout, row) for row in sorted(left)]} | ignored

    same: dict[int, set[int]] = defaultdict(set)
    for row, first in pairs:
        same[first] |= {row, first}
    latest = {max(rows, key=lambda row: order_of(texts[found][at[row]])) for rows in same.values()}
    older = set().union(*same.values()) - latest
    _ask(
        reading,
        column.label or place_name(layout.sheet, found),
        texts[found],
        [row in layout.sheet.hidden_rows for row in rows],
        lambda value: without(row for row, text in zip(rows, texts[found], strict=True) if text != value),
        f"{counted(len(pairs), 'rad', 'rader')} till gäller samma enheter",
        [] if later is None else [Choice(without(older), LATEST)],
        split == found,
        table=reading.at(reading.heading_row, found),
        first=[reading.at(row, labels) for row in reversed(pairs[0])],
    )
    return column


def _ask(
    reading: Reading,
    heading: str,
    texts: list[str],
    hidden: list[bool],
    only: Callable[[str], dict[str, object]],
    twice: str,
    before: list[Choice],
    each: bool,
    table: str,
    first: list[str],
) -> str:
    """The likeliest of the column's values, which are asked about: the one of the year or of all together, then the one
    with most rows, what is hidden or a draft last. `only`: the recipe that reads the rows of one value; `each`: they are answers, after those `before`."""
    rows = Counter(texts)
    shown = {text for text, is_hidden in zip(texts, hidden, strict=True) if not is_hidden}

    def rank(text: str) -> tuple[int, ...]:
        of_all = str(reading.ar) not in text, text.casefold() not in BOTH
        answers = ANSWER_HEADING.fullmatch(text) is not None
        return *of_all, standing(text, reading.ar), text not in shown, not answers

    values = sorted(rows, key=lambda text: (rank(text), -rows[text]))
    reading.ask(
        "delar-svaren",
        f"Kolumnen {show(heading)} delar svaren: {twice}, med olika {show(heading)}",
        *before,
        *(
            Choice(
                only(value),
                f"bara raderna med {show(value)} ska läsas ({counted(rows[value], 'rad', 'rader')})",
            )
            for value in values
            if each
        ),
        even=not before and rank(values[0]) == rank(values[1]),
        otherwise="Hör de ihop på ett annat sätt: be avsändaren om en fil med ett svar för varje enhet och fråga.",
        table=table,
        value=heading,
        priority=1,
        expected=f"en rad för varje svar, eller ett besked om vilka rader som ska läsas; de första två är {' och '.join(first)}",
    )
    return values[0]
