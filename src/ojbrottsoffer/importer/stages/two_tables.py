"""Two tables that answer the same questions about the same units: which of them, or which sheet, is read."""

from __future__ import annotations

from collections.abc import Iterable

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.words_beside import Pair, disagreements
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.shape.joining import Place
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.found import row_ref
from ojbrottsoffer.importer.meaning.scope import standing
from ojbrottsoffer.importer.meaning.values import key_of
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted


def ask_which_table(
    reading: Reading, tables: list[Layout], shown: str, cells: str, places: list[str]
) -> None:
    """A question about which of the tables is read, the one under the year that is read first. `shown`: the tables'
    sheets; `cells`: where they begin; `places`: all their cells."""
    years = [_year_of(layout, tables) for layout in tables]
    of_year = sorted(zip(tables, years, strict=True), key=lambda item: item[1] != str(reading.ar))
    reading.ask(
        "tva-tabeller",
        "Två tabeller svarar på samma fråga om samma enhet",
        *(
            Choice(
                {"tabeller": [layout.as_profile()]} | _left_rows(layout, tables),
                _lies(layout) + f", under {year}" * bool(year),
            )
            for layout, year in of_year
        ),
        drafted={"tabeller": [layout.as_profile() for layout in tables]},
        priority=1,
        table=f"blad {shown}",
        places=places,
        expected=f"ett besked om vilken tabell som gäller; de börjar i {cells}",
    )


def _year_of(layout: Layout, tables: list[Layout]) -> str:
    """The year in the nearest text before a table that has one: above its headings, up to the table before it, or, where
    the units are columns, above their names; empty if none."""
    sheet = layout.sheet
    same = [
        table for table in tables if (table.sheet.name, table.sheet.flipped) == (sheet.name, sheet.flipped)
    ]
    before = [table for table in same if table.first < layout.first]
    for row in range(min(layout.header_rows, default=layout.first) - 1, -1, -1):
        if any(table.first <= row <= table.last for table in before):
            break
        if years := YEAR.findall(" ".join(sheet.cells[row])):
            return years[0]
    for column in range(layout.label_column - 1, -1, -1) if sheet.flipped else ():
        texts = [row[column] for table in same for row in table.sheet.cells]
        if years := YEAR.findall(" ".join(texts)):
            return years[0]
    return ""


def _left_rows(layout: Layout, tables: list[Layout]) -> dict[str, object]:
    """What the recipe says of the rows of the other tables of its sheet, if one is read alone."""
    left = [
        f"{row_ref(other, other.first)}–{other.sheet.row_name(other.last)}"
        for other in tables
        if (other.sheet.name, other.sheet.flipped) == (layout.sheet.name, layout.sheet.flipped)
        and (other.first > layout.last or other.last < layout.first)
    ]
    return {"lamnas": left} if left else {}


def tell_of_different(reading: Reading, apart: list[tuple[Place, Place]]) -> None:
    (first, row, column), (second, at, place) = apart[0]
    more = f" (och {counted(len(apart) - 1, 'gång', 'gånger')} till)" * (len(apart) > 1)
    reading.wrong(
        f"En enhet har två olika svar på samma fråga, i två tabeller{more}",
        "Be avsändaren om en rättad fil. Gäller bara ett av bladen: kör om med --blad NAMN.",
        priority=1,
        table=first.sheet.where(row, column),
        value=first.sheet.cells[row][column],
        expected=f"ett svar; det andra, {show(second.sheet.cells[at][place])}, står i {second.sheet.where(at, place)}",
    )


def cells_of(tables: Iterable[Layout], rows: Iterable[int] | None = None) -> list[str]:
    """The places of the cells with something in them, of whole tables or in these rows."""
    return [
        layout.sheet.where(row, column)
        for layout in tables
        for row in rows or range(layout.first, layout.last + 1)
        for column in (layout.label_column, *(c.index for c in layout.columns))
        if layout.sheet.cells[row][column]
    ]


def ask_which_sheet(
    reading: Reading, places: list[str], sizes: dict[str, int], table: str, twice: list[Pair], cells: str
) -> None:
    """A question about which of several sheets is read, old ones and drafts last and else the largest first, with the
    answers that stand on two of them and are not the same; codes on one and words on another are compared. `places`: of
    their cells; `sizes`: sheet -> how many rows it has."""
    apart, codes = disagreements(twice)
    in_codes = {where.partition(",")[0] for where, _, text in twice if key_of(text) in codes}
    second = {where.partition(",")[0] for where, *_ in twice}
    first_coded = any(key_of(text) in codes for _, text, _ in twice)

    def is_coded(name: str) -> bool:
        place = f"blad ”{name}”"
        return place in in_codes or first_coded and place not in second

    names = sorted(sizes, key=lambda name: (standing(name, reading.ar), -sizes[name], is_coded(name)))
    told = [f"{where} ({show(text)}, men {show(first)} på det andra)" for where, first, text in apart]
    what = "Flera blad ser ut att vara tabellen"
    if codes:
        what = "Samma svar står på flera blad, som koder och som ord"
    if told:
        what += f". De säger olika i {counted(len(told), 'cell', 'celler')} av {len(twice)}: {cut(told)}"
    elif twice:
        what += f". De säger samma sak i {counted(len(twice), 'cell', 'celler')}"
    reading.ask(
        "vilket-blad",
        what,
        *(
            Choice(
                {"blad": name} | ({"koder": codes} if is_coded(name) else {}),
                f"bladet {show(name)} ska läsas",
            )
            for name in names
        ),
        even=bool(told) and standing(names[0], reading.ar) == standing(names[1], reading.ar),
        otherwise="Eller kör om med --blad NAMN. Importen lägger inte ihop dem: är det ena rättelser till det andra, be "
        "avsändaren om en fil där de är införda.",
        priority=1,
        table=table,
        places=places,
        expected=f"ett blad med tabellen; tabellerna börjar i {cells}",
    )


def _lies(layout: Layout) -> str:
    sheet = layout.sheet
    return f"den som börjar i {sheet.where(layout.first, layout.label_column)}"
