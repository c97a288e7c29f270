"""Which columns are questions, and which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.find.heading_words import YEAR
from ojbrottsoffer.importer.forms.patterns import without
from ojbrottsoffer.importer.forms.table import Layout, TableColumn, place_name
from ojbrottsoffer.importer.meaning.indicators import (
    DAMAGED,
    IndicatorMatcher,
    Known,
    cut_length,
    plain,
    shared_words,
)
from ojbrottsoffer.importer.meaning.units import normal
from ojbrottsoffer.importer.meaning.years import other_years
from ojbrottsoffer.importer.reading import WRONG_YEAR, YEAR_HEADING, IndicatorColumn, Left, Reading, cut
from ojbrottsoffer.importer.recipes.recipe import ASK, NEW_FIELDS, Profile, SaidIndicator
from ojbrottsoffer.importer.stages.heading_kinds import (
    ask_about_others,
    tell_of_cut,
    tell_of_damaged,
    tell_of_short,
)
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

NEW = {"id": ASK, "samband": "ny"} | dict.fromkeys(NEW_FIELDS, ASK)
"""What the recipe says of a new question."""
FOLLOWS = {
    "omformulerad": "det är en tidigare fråga i ny lydelse",
    "delad": "det är en del av en tidigare fråga som har delats",
    "sammanslagen": "det är flera tidigare frågor som har slagits samman",
}
"""How a question may follow on from the edition before, and what that means."""


def read_questions(reading: Reading, indicators: IndicatorMatcher) -> Reading:
    """The reading with its questions."""
    layout = reading.layout
    twice: list[tuple[TableColumn, TableColumn]] = []
    seen: dict[str, IndicatorColumn] = {}
    left: list[Left] = []
    labels = [column.label for column in layout.indicators]
    shared, cut_at = shared_words(set(labels)), cut_length(labels)
    _ask_about_unlabelled(reading, [column for column in layout.indicators if not column.label])
    skip = {normal(label) for label in reading.profile.hoppa_over}
    said_plain = {plain(label): item for label, item in reading.profile.indikatorer.items()}
    matched = {
        column.index: said_indicator(_said(reading.profile, said_plain, column))
        or indicators.match(column.asked or column.label, column.path, shared, cut_at)
        for column in layout.indicators
        if column.label and normal(column.label) not in skip
    }
    taken = {
        matched[column.index].indikator_id: column.label
        for column in layout.indicators
        if column.index in matched and matched[column.index].indikator_id
    }
    is_cut = {
        column.index: layout.sheet.column_name(column.index)
        for column in layout.indicators
        if column.index in matched
        and matched[column.index].indikator_id is None
        and len(indicators.begun_as(column.label, cut_at)) > 1
    }
    tell_of_cut(reading, is_cut)
    each = [name for name in reading.profile.rubrikmonster if "*" not in name]
    """Headings that are to be asked about one by one."""
    open_columns = [
        c
        for c in layout.indicators
        if c.index in matched
        and not matched[c.index].indikator_id
        and c.index not in is_cut
        and not any(without(c.label, name) for name in each)
    ]
    together = tell_of_short(reading, open_columns)
    together |= ask_about_others(
        reading, [c for c in open_columns if c.index not in together], matched, indicators
    )
    tell_of_damaged(
        reading,
        [c.label for c in layout.indicators if c.index in matched and matched[c.index].how == DAMAGED],
    )
    nearest: dict[str, tuple[float, str]] = {}
    for column in layout.indicators:  # the label that is most like each question
        for item in (matched[column.index].suggestions if column.index in matched else ())[:1]:
            nearest[item.indikator_id] = max(
                nearest.get(item.indikator_id, (0.0, "")), (item.likeness, column.label)
            )
    for column in layout.indicators:
        cell = reading.at(reading.heading_row, column.index)
        if not column.label:
            continue
        if normal(column.label) in skip:
            left.append(Left(None, column.label, "enligt profilen"))
            continue
        said, known = _said(reading.profile, said_plain, column), matched[column.index]
        if column.index in is_cut or column.index in together:
            continue
        if known.indikator_id is None:
            free = tuple(
                s
                for s in known.suggestions
                if s.indikator_id not in taken and nearest.get(s.indikator_id, (0.0,))[0] <= s.likeness
            )
            otherwise = (
                "" if known.suggestions[:1] == free[:1] else _spoken_for(known, taken, nearest, indicators)
            )
            likely = free if free[:1] == known.suggestions[:1] and not known.tied else ()
            known = replace(known, suggestions=free)
            alike = [c.index for c in layout.indicators if c.label == column.label]
            if column.index != alike[0]:
                continue
            near = tuple(item.indikator_id for item in known.suggestions)
            headings = swedish_list([show(text) for text in column.path if text != column.label])
            reading.ask(
                "okand-indikator",
                "Okänd indikator"
                + (f" under {headings}" if headings and column.label in column.path else "")
                + (f" i {len(alike)} kolumner med samma rubrik" if alike[1:] else ""),
                *_possible(column.label, near, taken, indicators, reading.ar),
                alike=indicators.called(likely),
                otherwise=otherwise,
                places=reading.filled(range(layout.first, layout.last + 1), alike),
                table=cell,
                value=column.label,
                expected=expected_label(known, otherwise),
            )
            continue
        if known.indikator_id in seen and reading.is_asked("flera-blad", "rubrikmonster"):
            continue  # it may be another table's, or no question at all
        if known.indikator_id in seen:
            other = seen[known.indikator_id]
            if not layout.parts and not layout.form:
                twice.append((other.column, column))
                continue
            reading.wrong(
                "Indikatorn står två gånger",
                "Ange i profilen vad den ena betyder, under "
                "indikatorer. Är den ena ingen indikator: skriv den under kolumner (rubrik: ignorera).",
                table=cell,
                value=column.label,
                expected=f"varje indikator en gång; {known.indikator_id} står också i kolumn "
                f"{layout.sheet.column_name(other.column.index)} ({show(other.label)})",
            )
            continue
        whole = said if isinstance(said, SaidIndicator) else None
        seen[known.indikator_id] = IndicatorColumn(
            column.index, column.label, known.indikator_id, column, known.how, whole
        )
    if twice:
        _ask_about_twice(reading, twice)
    reading = replace(reading, indicators=tuple(seen.values()), left=(*reading.left, *left))
    if not reading.is_asked("flera-ar"):
        _ask_about_other_years(reading)
    return reading


def _ask_about_twice(reading: Reading, twice: list[tuple[TableColumn, TableColumn]]) -> None:
    """One question about all questions that have two columns each; that of a hidden one is left out if it is likely."""
    sheet = reading.layout.sheet
    hidden = [[column.index in sheet.hidden_columns for column in pair] for pair in twice]
    pairs = [pair[::-1] if hides[0] > hides[1] else pair for pair, hides in zip(twice, hidden, strict=True)]
    first, second = ([pair[n] for pair in pairs] for n in (0, 1))

    def only(read: list[TableColumn], left: list[TableColumn]) -> Choice:
        names = cut([sheet.column_name(column.index) for column in read])
        ignored = {place_name(sheet, column.index): "ignorera" for column in left}
        return Choice({"kolumner": ignored}, f"svaren i {names} gäller")

    columns = [f"{place_name(sheet, a.index)} och {sheet.column_name(b.index)}" for a, b in twice]
    reading.ask(
        "olasta-kolumner",
        f"Indikatorn står två gånger: {cut(columns)}",
        only(first, second),
        only(second, first),
        even=any(a == b for a, b in hidden),
        otherwise="Är det olika frågor: säg under indikatorer vad den ena betyder.",
        table=reading.at(reading.heading_row, twice[0][1].index),
        value=twice[0][1].label,
        priority=2,
        expected="varje indikator en gång, eller ett besked om vilken kolumn som gäller",
    )


def _said(profile: Profile, said_plain: dict[str, object], column: TableColumn) -> object:
    """What the recipe says of a column, by its heading or its whole path."""
    return (
        profile.indikatorer.get(column.label)
        or said_plain.get(plain(column.label))
        or said_plain.get(plain(" / ".join(column.path)))
    )


def _spoken_for(
    known: Known, taken: dict[str, str], nearest: dict[str, tuple[float, str]], indicators: IndicatorMatcher
) -> str:
    """Why the question that a label is most like is not its first answer: another label is it, or is more like it."""
    first = known.suggestions[0].indikator_id
    name = show(*indicators.called(known.suggestions[:1])) if first in indicators.names else first
    if first in taken:
        return f"Närmast är {name}, men det är redan svaret för {show(taken[first])}."
    return f"Närmast är {name}, men {show(nearest[first][1])} liknar den mer."


def expected_label(known: Known, otherwise: str = "") -> str:
    suggested = ", ".join(map(str, known.suggestions))
    more = f"; närmast: {suggested}" if suggested else "" if otherwise else "; ingen känd liknar den"
    return f"en etikett som någon utgåva har{more}"


def _possible(
    label: str, near: tuple[str, ...], taken: dict[str, str], indicators: IndicatorMatcher, ar: int | None
) -> list[Choice]:
    """What a heading may be that no edition has: a question that no other column is (`taken`), more or less, a new
    one or none. One that is called as an area is hardly a question."""
    before = indicators.before(ar)
    earlier = tuple(dict.fromkeys([*near, *before]))
    every = tuple(item for item in dict.fromkeys([*earlier, *indicators.names]) if item not in taken)
    same = Choice(
        {"indikatorer": {label: ASK}},
        "det är samma fråga som förr",
        near=near,
        parts={"indikatorer": every},
        called=indicators.names,
        taken={item: other for item, other in taken.items() if item in indicators.names},
    )
    follows = []
    for kind, when in FOLLOWS.items() if before else ():
        reworded = kind == "omformulerad"
        said = {"id": ASK, "samband": kind} | ({} if reworded else {"fran": ASK})
        follows.append(
            Choice(
                {"indikatorer": {label: said}},
                when,
                parts={"id": tuple(i for i in earlier if i not in taken)} if reworded else {"fran": earlier},
                called=indicators.names,
                taken={i: other for i, other in taken.items() if i in earlier} if reworded else {},
                several={"fran": 2} if kind == "sammanslagen" else {},
            )
        )
    new = Choice(
        {"indikatorer": {label: NEW}},
        "frågan är ny",
        parts={"indikatoromrade_id": indicators.area_ids},
        called=indicators.area_called,
    )
    if plain(label) in indicators.area_names:
        none = Choice({"kolumner": {label: "ignorera"}}, "kolumnen sammanfattar området och är inte en fråga")
        return [none, same, *follows, new]
    return [same, *follows, new, Choice({"kolumner": {label: "ignorera"}}, "kolumnen är inte en fråga")]


def _ask_about_unlabelled(reading: Reading, columns: list[TableColumn]) -> None:
    """Columns with values and no heading: of no question, or with headings that stand elsewhere."""
    if not columns:
        return
    layout, first = reading.layout, columns[0].index
    texts = list(
        dict.fromkeys(
            text for row in range(layout.first, layout.last + 1) if (text := layout.sheet.cells[row][first])
        )
    )
    reading.ask(
        "utan-rubrik",
        "En kolumn med värden saknar rubrik"
        if len(columns) == 1
        else f"{len(columns)} kolumner med värden saknar rubrik",
        Choice(
            {"kolumner": {place_name(layout.sheet, column.index): "ignorera" for column in columns}},
            "det är inte svar på en fråga, utan till exempel en rad som skiljer Svar från Kommentar",
        ),
        otherwise="Är det svar: ange under rubrikrader var rubrikerna står, eller be avsändaren om en rättad fil.",
        table=reading.at(reading.heading_row, first),
        value=cut(texts),
        places=reading.filled(range(layout.first, layout.last + 1), [column.index for column in columns]),
        expected="en indikators etikett över kolumnen",
    )


def years_above(layout: Layout) -> dict[str, list[TableColumn]]:
    """Year -> the columns under it, where the same questions stand under several years."""
    under: dict[str, list[TableColumn]] = defaultdict(list)
    for column in layout.indicators:
        for year in {match[1] for text in column.path if (match := YEAR_HEADING.fullmatch(text.casefold()))}:
            under[year].append(column)
    asked = {
        year: {
            tuple(text for text in column.path if not YEAR_HEADING.fullmatch(text.casefold()))
            for column in columns
        }
        for year, columns in under.items()
    }
    return {
        year: under[year]
        for year in sorted(under)
        if any(asked[year] & asked[other] for other in under if other != year)
    }


def ask_about_years(reading: Reading, chosen: bool) -> dict[str, str]:
    """The same questions under several years are one question, unless the year was chosen among them. Returns the
    answer that is taken until there is one, as in `kolumner` of the recipe."""
    layout, under = reading.layout, years_above(reading.layout)
    years = list(under)
    said = {plain(label) for label in reading.profile.indikatorer}
    if len(years) < 2 or any(
        {plain(c.label), plain(" / ".join(c.path))} & said for year in years for c in under[year]
    ):
        return {}
    read = str(reading.ar) if str(reading.ar) in years else years[-1]
    headings = {
        year: next(text for text in under[year][0].path if YEAR_HEADING.fullmatch(text.casefold()))
        for year in years
    }
    others = [year for year in years if year != read]
    known = read == str(reading.ar)
    if chosen and known:
        return {headings[year]: "ignorera" for year in others}
    likely = sorted(years, key=lambda year: year != read)
    counts = swedish_list([f"{year} ({counted(len(under[year]), 'kolumn', 'kolumner')})" for year in years])
    first = under[read][0]
    asked = {tuple(t for t in c.path if t not in headings.values()) for year in years for c in under[year]}
    bare = {layout.name_of(c): "ignorera" for c in layout.indicators if c.path in asked}
    reading.ask(
        "flera-ar",
        f"Samma frågor står under flera år: {counts}"
        + f", och utan år: {cut([show(name) for name in bare])}" * bool(bare),
        *(
            Choice(
                {"kolumner": {headings[other]: "ignorera" for other in years if other != year} | bare},
                f"svaren under {headings[year]} ska läsas",
            )
            for year in likely
        ),
        otherwise="" if known else f"Inget av åren är {reading.ar}: läs in filen med rätt --ar.",
        sure=True,
        drafted=None if known else {"kolumner": dict.fromkeys(headings.values(), ASK)},
        table=reading.at(layout.header_rows[-1], first.index),
        value=swedish_list(list(headings.values())),
        priority=2,
        expected=f"svar för ett år, {reading.ar}" if reading.ar else "svar för ett år",
    )
    return {headings[year]: "ignorera" for year in others} | bare


def _ask_about_other_years(reading: Reading) -> None:
    """A heading that is a year, but not the one that is read, over a question that nobody has confirmed."""
    found: dict[tuple[str, ...], list[IndicatorColumn]] = defaultdict(list)
    for item in reading.indicators:
        if item.how.startswith("enligt profilen") or reading.ar is None:
            continue
        if years := _years_over(item, reading.ar) - set(reading.profile.andra_ar):
            found[tuple(sorted(years))].append(item)
    for years, items in found.items():
        year, first, layout = swedish_list(list(years)), items[0].column, reading.layout
        over = next(
            text
            for text in first.path
            if other_years(text, reading.ar)
            and (text != items[0].label or YEAR_HEADING.fullmatch(text.casefold()))
        )
        row = next(row for row in layout.header_rows if over in layout.sheet.cells[row])
        others = [layout.sheet.row_name(r) for r in layout.header_rows if r != row]
        rows = Choice(
            {"rubrikrader": others}, f"svaren gäller ändå {reading.ar}, och raden med året ska inte läsas"
        )
        without = [rows] if others and not layout.parts else []
        reading.ask(
            "ar-over-fragor",
            f"Rubriken över {counted(len(items), 'indikator', 'indikatorer')} säger {year}, men filen läses som "
            f"{reading.ar}",
            Choice({"andra_ar": list(years)}, f"svaren gäller ändå {reading.ar}"),
            *without,
            Choice(
                {"kolumner": {layout.name_of(item.column): "ignorera" for item in items}},
                f"de gäller {year} och ska inte läsas",
            ),
            otherwise=WRONG_YEAR,
            sure=True,
            table=reading.at(row, first.index),
            column=items[0].label,
            value=year,
            places=reading.under({item.label for item in items}),
            priority=2,
            expected=f"svar som gäller {reading.ar}, eller ett besked",
        )


def _years_over(item: IndicatorColumn, ar: int) -> set[str]:
    """Other years in the headings over a question: those that are headings of their own decide."""
    own = {match[1] for text in item.column.path if (match := YEAR_HEADING.fullmatch(text.casefold()))}
    if own:
        return own - {str(ar)} if str(ar) not in own else set()
    above = [text for text in item.column.path if text != item.label]
    return (
        set()
        if any(str(ar) in YEAR.findall(text) for text in above)
        else {year for text in above for year in other_years(text, ar)}
    )


def said_indicator(said: object) -> Known | None:
    if isinstance(said, SaidIndicator):
        return Known(said.id, f"enligt profilen ({said.samband or 'samma'})")
    if isinstance(said, str) and said != ASK:
        return Known(said, "enligt profilen")
    return None
