"""Which table or tables of the file are read, and where they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from tqdm import tqdm

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.answer_cells import tell_of_hidden
from ojbrottsoffer.importer.doubts.words_beside import Pair
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.find.layout import find_layout, find_layouts, nearest
from ojbrottsoffer.importer.forms.find.unit_lists import listed_units
from ojbrottsoffer.importer.forms.find.value_columns import maybe_placings, maybe_shares
from ojbrottsoffer.importer.forms.patterns import without_year
from ojbrottsoffer.importer.forms.shape.joining import answered_twice, different, fit_together, joined
from ojbrottsoffer.importer.forms.stated import stated_tables
from ojbrottsoffer.importer.forms.table import Layout, asks, place_name
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, plain
from ojbrottsoffer.importer.meaning.units import UnitMatcher
from ojbrottsoffer.importer.meaning.values import is_value
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.reading import EACH, MOST_ALIKE, PLACE, RECALCULATE, Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, MAX_HEADER_ROWS, NewUnit, Profile
from ojbrottsoffer.importer.stages.row_forms import read_row_form
from ojbrottsoffer.importer.stages.two_tables import (
    ask_which_sheet,
    ask_which_table,
    cells_of,
    tell_of_different,
)
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list
from ojbrottsoffer.sources.reference.register import unit_id

LEAST_FIELDS = 3
"""So many signs between fields on most lines are those of a table."""


def find_table(
    reading: Reading, sheets: list[Sheet], units: UnitMatcher, indicators: IndicatorMatcher, parts: set[str]
) -> Reading:
    """The reading with its table, if the file has one that can be told."""
    profile = reading.profile
    labels = {plain(label) for label in profile.indikatorer}

    # Kept: a file with a row for each answer says the same texts again and again (290 × 60: 8.4 s of CPU without, 5.3 s with).
    @cache
    def is_heading(text: str) -> bool:
        return any(
            indicators.is_known(form) or plain(form) in labels or form in parts
            for form in (text, without_year(text))
        )

    def unit_key(text: str, own: Callable[[str], str | None] = units.key) -> str | None:
        said = profile.enheter.get(text)
        if isinstance(said, NewUnit):
            return said.enhet_id or unit_id(said.enhet)
        return said or own(text)

    @cache
    def title_key(text: str) -> str | None:
        return unit_key(text, units.key_of_title)

    def indicator_key(text: str) -> str | None:
        return plain(text) if is_heading(text) else None

    key = indicator_key if profile.slag == "riket" else unit_key
    if profile.slag == "svar" and not (profile.tabeller or profile.form):
        for sheet in (sheet for sheet in sheets if sheet.visible):
            if place := listed_units(sheet, units.key, is_heading):
                _tell_of_lists(reading, sheet, place)
                return reading
    if profile.slag == "svar" and not profile.tabeller:
        found_form = read_row_form(reading, sheets, title_key, is_heading)
        if found_form is not None:
            return found_form
    if profile.tabeller:
        stated = stated_tables(profile, sheets, key, is_heading)
        for number, (table, layout) in enumerate(zip(profile.tabeller, stated, strict=True), start=1):
            if layout is None:
                reading.wrong(
                    f"Hittar inte tabell {number} av dem som profilen beskriver",
                    "Rätta posten under tabeller i profilen.",
                    priority=1,
                    table=f"blad ”{(*table.blad, sheets[0].name)[0]}”",
                    value=str(table.model_dump(exclude_defaults=True)),
                    expected="en tabell på de rader och kolumner som posten säger",
                )
        if None in stated:
            return reading
        return _understood(reading, stated, key)
    found: list[list[Layout]] = []
    maybe: list[list[Layout]] = []
    for sheet in tqdm(sheets, desc="Letar efter tabellen", unit="blad", disable=None, leave=False):
        if not sheet.visible and not profile.blad:
            reading.notes.append(
                f"Bladet ”{sheet.name}” är dolt och lästes inte. Ska det läsas: ange det med --blad."
            )
            continue
        layouts = (
            find_layouts(sheet, key, is_heading, profile, title_key if profile.slag == "svar" else None)
            if profile.slag != "riket"
            else [layout for layout in [find_layout(sheet, key, is_heading, profile)] if layout]
        )
        if profile.slag == "riket":
            maybe += [[layout] for layout in layouts if maybe_shares(layout, profile)]
        layouts = [layout for layout in layouts if _has_values(layout, profile)]
        if layouts:
            found.append(layouts)
    found = found or maybe
    if profile.slag == "svar":
        found = _without_lists(found, key, profile)
    known = [
        layouts
        for layouts in found
        if profile.slag == "riket"
        or any(
            column.role == "placering" if profile.slag == "rankning" else asks(column, is_heading)
            for layout in layouts
            for column in layout.columns
        )
    ]
    reading = replace(reading, years=_years_of_sheets(known or found))
    tables, left = _chosen(reading, known or found, key, is_heading)
    used = {layout.sheet.name for layout in tables}
    reading = replace(
        reading,
        profile=profile.but(lamnas=(*profile.lamnas, *left)),
        other_sheets=tuple(sheet.name for sheet in sheets if sheet.name not in used),
    )
    if tables:
        return _understood(reading, tables, key)
    if not found:
        _no_table(
            reading, sheets, [text for sheet in sheets if (text := nearest(sheet, key, is_heading, profile))]
        )
    return reading


def _tell_of_lists(reading: Reading, sheet: Sheet, place: tuple[int, int]) -> None:
    reading.wrong(
        "Filen räknar upp enheterna under varje svar, och den formen läses inte",
        "Be avsändaren om en fil med en rad för varje enhet. Eller gör om den själv, till en rad för varje enhet och fråga: "
        "enheten, frågan och svaret i var sin kolumn.",
        priority=1,
        table=sheet.where(*place),
        value=sheet.cells[place[0]][place[1]][:120],
        expected="varje enhet för sig, med sina svar",
    )


def _without_lists(found: list[list[Layout]], key, profile: Profile) -> list[list[Layout]]:
    """The tables of each sheet, without sheets that only list the questions: no known unit, and other
    texts than answers. If there is nothing else they are kept, to be asked about."""

    def is_list(layout: Layout) -> bool:
        sheet, rows = layout.sheet, range(layout.first, layout.last + 1)
        texts = [text for row in rows for c in layout.indicators if (text := sheet.cells[row][c.index])]
        return not any(key(sheet.cells[row][layout.label_column]) for row in rows) and (
            sum(is_value(text, profile) for text in texts) * 2 < len(texts)
        )

    def names_units(layout: Layout) -> bool:
        rows = range(layout.first, layout.last + 1)
        return any(key(layout.sheet.cells[row][layout.label_column]) for row in rows)

    found = [layouts for layouts in found if not all(map(is_list, layouts))] or found
    return [layouts for layouts in found if any(map(names_units, layouts))] or found


def _understood(reading: Reading, tables: list[Layout], key) -> Reading:
    reading = replace(reading, layout=tables[0] if len(tables) == 1 else joined(tables, key))
    _ask_about_extent(reading)
    return reading


def _chosen(reading: Reading, found: list[list[Layout]], key, is_heading) -> tuple[list[Layout], list[str]]:
    """The tables to read, and the sheets of other years. Several tables are read as one if no answer stands in two of them; several
    sheets only when a person has confirmed it."""
    tables = [layout for layouts in found for layout in layouts]
    if len(tables) < 2:
        return tables, []
    sizes = Counter()
    for layout in tables:
        sizes[layout.sheet.name] += layout.last - layout.first + 1
    names = list(dict.fromkeys(layout.sheet.name for layout in tables))
    shown = swedish_list(
        [
            f"”{layout.sheet.name}” ({counted(layout.last - layout.first + 1, 'rad', 'rader')})"
            for layout in tables
        ]
    )
    cells = " och ".join(layout.sheet.where(layout.first, layout.label_column) for layout in tables[:2])
    if reading.ar and (own := _of_the_year(tables, str(reading.ar))):
        others = [name for name in names if name not in {layout.sheet.name for layout in own}]
        reading.notes.append(
            f"Läser bladet ”{own[0].sheet.name}”. Bladen för andra år är inte lästa: {', '.join(others)}. "
            f"{EACH}"
        )
        return own, others
    if fit_together(tables, key, is_heading):
        if apart := different(answered_twice(tables, key, is_heading)):
            tell_of_different(reading, apart)
            return [], []
        if len(names) == 1:
            reading.notes.append(f"Bladet har {len(tables)} tabeller. De lästes som en: {shown}.")
        elif reading.profile.slag != "svar":
            ask_which_sheet(reading, cells_of(tables), dict.fromkeys(names, 0), f"blad {shown}", [], cells)
            return [], []
        elif len(reading.profile.blad) < 2:
            reading.ask(
                "flera-blad",
                f"Svaren verkar stå i {len(tables)} tabeller på flera blad",
                Choice({"blad": names}, "alla ska läsas"),
                *(Choice({"blad": [name]}, f"bara bladet {show(name)} ska läsas") for name in names),
                sure=True,
                priority=2,
                table=f"blad {shown}",
                places=cells_of(tables),
                expected=f"ett besked om vilka blad som hör ihop; tabellerna börjar i {cells}",
            )
        return tables, []
    if len(names) == 1 or len(reading.profile.blad) > 1:
        ask_which_table(reading, tables, shown, cells, cells_of(tables))
    else:
        twice = _said_twice(answered_twice(tables, key, is_heading))
        ask_which_sheet(reading, cells_of(tables), sizes, f"blad {shown}", twice, cells)
    return [], []


def _years_of_sheets(found: list[list[Layout]]) -> frozenset[str]:
    """The years that the sheets are named after, where each is named after one of its own."""
    named = [YEAR.findall(layouts[0].sheet.name) for layouts in found]
    years = {years[0] for years in named if len(years) == 1}
    return frozenset(years) if len(years) == len(found) > 1 else frozenset()


def _of_the_year(tables: list[Layout], ar: str) -> list[Layout]:
    """The table whose sheet is named after the year that is read, where every sheet is named after one."""
    years = [YEAR.findall(layout.sheet.name) for layout in tables]
    own = [layout for layout, found in zip(tables, years, strict=True) if found == [ar]]
    return own if all(len(found) == 1 for found in years) and len(own) == 1 else []


def _said_twice(twice: list) -> list[Pair]:
    """The cells of two tables with the same answer."""
    return [
        (layout.sheet.where(row, column), first.sheet.cells[r][c], layout.sheet.cells[row][column])
        for (first, r, c), (layout, row, column) in twice
    ]


def _no_table(reading: Reading, sheets: list[Sheet], near: list[str]) -> None:
    what = "indikatorer" if reading.profile.slag == "riket" else "kommuner"
    unread = [(sheet, sorted(sheet.unread.items())) for sheet in sheets if sheet.unread]
    if unread:
        sheet, cells = max(unread, key=lambda item: len(item[1]))
        (row, column), why = cells[0]
        reading.wrong(
            f"Hittar ingen tabell med {what}: {counted(len(cells), 'cell', 'celler')} har inget värde att läsa, {why}",
            RECALCULATE,
            priority=1,
            table=sheet.where(row, column),
            value="",
            expected="sparade värden i bladets celler",
        )
        return
    if sheet := next(filter(_is_in_one_column, sheets), None):
        reading.wrong(
            f"Hittar ingen tabell med {what}: varje rad står i en enda cell",
            "Öppna filen i ett kalkylprogram, markera kolumn A och välj Data > Text till kolumner, med samma tecken mellan "
            "fälten som i filen. Spara som xlsx och importera den.",
            priority=1,
            table=sheet.where(0, 0),
            value=sheet.cells[0][0][:120],
            expected="varje namn, fråga och svar i en cell för sig",
        )
        return
    shown = ", ".join(f"”{sheet.name}”" for sheet in sheets)
    near_words = f"; närmast: {swedish_list(near[:MOST_ALIKE])}" if near else ""
    columns = (
        "; och kolumnen med andelarna under kolumner (rubrik: andel)"
        if reading.profile.slag == "riket"
        else ""
    )
    reading.wrong(
        f"Hittar ingen tabell med {what}",
        "Kontrollera att det är rätt fil. Är det "
        f"det: ange blad, enheter_i, enhetskolumn, rubrikrader, forsta och sista i profilen{columns}.",
        priority=1,
        table=f"blad {shown}",
        value=_first_text(sheets[0]),
        expected=f"en rad eller kolumn med minst två kända {what} och värden bredvid, eller en "
        "rubrikrad med minst tre kända indikatorer" + near_words,
    )


def _is_in_one_column(sheet: Sheet) -> bool:
    """True if each line of a text file is one cell, as when it was opened with another separator."""
    texts = [row[0] for row in sheet.cells if row and row[0]]
    separated = sum(max(map(text.count, ",;|")) >= LEAST_FIELDS for text in texts)
    return separated * 2 > len(texts) and not any(any(row[1:]) for row in sheet.cells)


def _ask_about_extent(reading: Reading) -> None:
    """What is unclear about where the table starts and ends, and what of it is hidden."""
    layout = reading.layout
    if layout.too_many_headers:
        reading.ask(
            "rubrikrader",
            "Det är oklart vilka rader som är rubriker",
            *(
                Choice({"rubrikrader": rows}, f"{swedish_list(rows)} är rubriker")
                for number in range(MAX_HEADER_ROWS, 0, -1)
                if (rows := [layout.sheet.row_name(row) for row in layout.header_rows[-number:]])
            ),
            otherwise="Eller andra rader, högst fyra.",
            table=reading.table,
            expected="högst fyra rader med rubriker ovanför tabellen",
            priority=2,
            value=layout.sheet.cells[layout.header_rows[0]][layout.columns[0].index],
        )
    for part in layout.parts or (layout,):
        if part.rivals:
            _ask_about_rivals(reading, part)
        if part.data_above:
            row = part.data_above[0]
            reading.ask(
                "rader-ovanfor",
                "Det finns rader ovanför tabellen som ser ut som svar",
                Choice(_lying(layout, part, forsta=part.sheet.row_name(row)), "raderna hör till tabellen"),
                Choice(
                    _lying(layout, part, forsta=part.sheet.row_name(part.start)),
                    "raderna hör inte till tabellen",
                ),
                drafted={} if layout.parts else {"forsta": ASK},
                priority=3,
                table=part.sheet.where(row, part.label_column),
                value=part.sheet.cells[row][part.label_column],
                places=cells_of([part], part.data_above),
                expected="ett besked om raderna hör till tabellen; tills vidare är de lästa som om de gör det",
            )
        if part.data_below:
            row = part.data_below[0]
            reading.ask(
                "rader-under",
                "Det finns rader under tabellen som ser ut som svar",
                Choice(
                    _lying(layout, part, sista=part.sheet.row_name(part.last)),
                    "raderna hör inte till tabellen",
                ),
                Choice(
                    _lying(layout, part, sista=part.sheet.row_name(part.data_below[-1])),
                    "raderna hör till tabellen",
                ),
                drafted={} if layout.parts else {"sista": ASK},
                priority=3,
                table=part.sheet.where(row, part.label_column),
                value=part.sheet.cells[row][part.label_column],
                places=cells_of([part], part.data_below),
                expected="ett besked om raderna hör till tabellen",
            )
        tell_of_hidden(
            reading, part.sheet, range(part.first, part.last + 1), {column.index for column in part.columns}
        )


def _lying(layout: Layout, part: Layout, **said: str) -> dict[str, object]:
    """The keys that say where a table lies: of one of several tables in its own entry."""
    if not layout.parts:
        return said
    return {"tabeller": [one.as_profile() | (said if one is part else {}) for one in layout.parts]}


def _ask_about_rivals(reading: Reading, part: Layout) -> None:
    sheet = part.sheet
    heading = part.header_rows[-1] if part.header_rows else part.first
    columns = sorted((part.label_column, *part.rivals))
    names = [
        f"{sheet.column_name(c)} ({show(text)})"
        if (
            text := sheet.cells[heading][c]
            or next((sheet.cells[row][c] for row in part.header_rows if sheet.cells[row][c]), "")
        )
        else sheet.column_name(c)
        for c in columns
    ]
    first, second = columns[0], columns[1]
    beside = [{"sista_kolumn": sheet.column_name(second - 1)}, {"forsta_kolumn": sheet.column_name(second)}]
    where, across = ("under", "rad") if sheet.flipped else ("bredvid", "kolumn")
    apart = Choice({"tabeller": beside}, f"det är två tabeller om olika enheter {where} varandra")
    reading.ask(
        "enhetskolumn",
        f"Flera {'rader' if sheet.flipped else 'kolumner'} kan vara enheterna: {swedish_list(names)}",
        *(
            Choice(
                _lying(reading.layout, part, enhetskolumn=sheet.column_name(own))
                | {"kolumner": {place_name(sheet, c): "ignorera" for c in columns if c != own}},
                f"svaren gäller dem i {across} {name}",
            )
            for own, name in zip(columns, names, strict=True)
        ),
        *([apart] if not reading.layout.parts and second - first > 1 else ()),
        drafted={} if reading.layout.parts else {"enhetskolumn": ASK},
        priority=1,
        table=sheet.where(part.first, part.rivals[0]),
        value=sheet.cells[part.first][part.rivals[0]],
        places=[
            sheet.where(row, column)
            for row in range(part.first, part.last + 1)
            for column in columns
            if sheet.cells[row][column]
        ],
        expected=f"ett besked; här är {sheet.column_name(part.label_column)} läst som enheterna, "
        f"med {show(sheet.cells[part.first][part.label_column])} på samma "
        f"{'kolumn' if sheet.flipped else 'rad'}",
    )


def _first_text(sheet: Sheet) -> str:
    return next(
        (
            f"{sheet.ref(r, c)}: {text}"
            for r, row in enumerate(sheet.cells)
            for c, text in enumerate(row)
            if text
        ),
        "",
    )


def _has_values(layout: Layout, profile: Profile) -> bool:
    slag = profile.slag
    if slag == "rankning":
        return any(column.role == "placering" for column in layout.columns) or bool(
            maybe_placings(layout, profile)
        )
    if slag == "riket":
        return any(column.role == "andel" for column in layout.columns)
    return bool(layout.indicators)


def tell_of_unread_cells(reading: Reading) -> None:
    layout = reading.layout
    inside = {c.index for c in layout.columns if c.role != "ignorera"} | {layout.label_column}
    broken = [
        (place, why)
        for place, why in sorted(layout.sheet.unread.items())
        if layout.first <= place[0] <= layout.last and place[1] in inside or place[0] in layout.header_rows
    ]
    if broken:
        place, why = broken[0]
        reading.wrong(
            f"En cell har inget värde att läsa: {why}"
            + (f" (och {counted(len(broken) - 1, 'cell', 'celler')} till)" if len(broken) > 1 else ""),
            RECALCULATE,
            priority=2,
            table=reading.at(*place),
            value="",
            expected="ett sparat värde",
        )


def check_places(reading: Reading) -> None:
    """An error for a column that the profile names by its place and the table has not."""
    for name in reading.profile.kolumner:
        if PLACE.fullmatch(name.casefold()) and name.casefold() not in reading.layout.place_names:
            reading.wrong(
                "Profilen pekar på en kolumn som inte finns",
                "Rätta raden under kolumner i profilen.",
                value=name,
                table=reading.table,
                expected=f"en av tabellens {'rader' if reading.layout.sheet.flipped else 'kolumner'} "
                "utom den med namnen, som i filen",
            )
