"""A file with a row for each answer: its form found, said as a recipe, applied, and what did not fit told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.answer_cells import tell_of_hidden
from ojbrottsoffer.importer.doubts.disagreeing_columns import ask_about_units
from ojbrottsoffer.importer.doubts.question_numbers import ask_about_numbers
from ojbrottsoffer.importer.forms.codebook import names_in_book
from ojbrottsoffer.importer.forms.find.row_columns import YEAR_OF_FILE, year_columns
from ojbrottsoffer.importer.forms.propose import nearly_long, propose
from ojbrottsoffer.importer.forms.shape import long
from ojbrottsoffer.importer.forms.shape.long import Odd, part_outside
from ojbrottsoffer.importer.meaning.indicators import plain
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import EACH, Reading, cut
from ojbrottsoffer.importer.recipes.form_parts import SHEET_NAME, Part
from ojbrottsoffer.importer.stages import splitting
from ojbrottsoffer.importer.stages.two_tables import ask_which_sheet
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

SENDER = "Annars: be avsändaren om en rättad fil."


def read_row_form(
    reading: Reading,
    sheets: list[Sheet],
    key: Callable[[str], str | None],
    is_question: Callable[[str], bool],
) -> Reading | None:
    """The reading of a file with a row for each answer, with its table or an error that says why not; None for a
    file of another form."""
    profile = reading.profile
    parts = profile.form
    if not parts:
        if profile.rubrikrader or profile.enhetskolumn or profile.forsta:
            return None
        short = names_in_book(sheets, is_question)
        parts = propose(sheets, key, lambda text: text in short or is_question(text))
        if len(parts) == 1 and (form := _without_other_form(reading, parts[0], sheets, is_question)):
            parts = (form,)
        parts = _named_once(reading, parts, sheets, "enhet", key)
        parts = _named_once(
            reading, parts, sheets, "fraga", lambda text: plain(text) if is_question(text) else None
        )
        _ask_which_year(reading, parts, sheets)
        ask_about_numbers(reading, parts, sheets)
        ask_about_units(reading, parts, sheets, key)
    if not parts:
        return _without_form(reading, sheets, key, is_question)
    if outside := part_outside(parts, sheets):
        number, part, value = outside
        reading.wrong(
            "Profilen pekar utanför filen",
            f"Rätta post {number} under form i profilen.",
            priority=1,
            table=f"blad ”{part.blad}”",
            value=value,
            expected="ett blad, kolumner och rader som finns i filen",
        )
        return reading
    reading = replace(reading, years=long.years_of(parts, sheets))
    applied = long.apply(parts, sheets, reading.ar, key)
    if reading.is_asked(
        "kommunkoder", "fragenummer"
    ):  # a row may be of another unit or question than it seems
        applied.odd = [odd for odd in applied.odd if odd.kind != "tva_svar"]
    twice = [odd for odd in applied.odd if odd.kind == "tva_svar"]
    if _is_second_sheet(parts, applied, twice):
        return _which_sheet(reading, parts, twice)
    if twice and (chosen := splitting.of_form(reading, parts, twice, sheets)):
        parts = chosen
        applied = long.apply(parts, sheets, reading.ar, key)
    by_name = {sheet.name: sheet for sheet in sheets}
    for part in parts:
        columns = map(index_of, part.columns.values())
        tell_of_hidden(reading, by_name[part.blad], range(part.forsta - 1, part.sista), columns)
    _tell(reading, applied, parts)
    _ask_about_alone(reading, applied)
    if applied.layout is None:
        _nothing_for_the_year(reading, parts)
        return reading
    used = {part.blad for part in parts}
    others = tuple(sheet.name for sheet in sheets if sheet.name not in used)
    profile = profile.but(lika_svar=applied.alike)
    layout = applied.layout.without(profile.kolumner)
    return replace(reading, profile=profile, layout=layout, other_sheets=others)


def _without_form(
    reading: Reading,
    sheets: list[Sheet],
    key: Callable[[str], str | None],
    is_question: Callable[[str], bool],
) -> Reading | None:
    """The reading with why a file with headings of a row for each answer can't be read so; None for another form."""
    if not (found := nearly_long(sheets, key, is_question)):
        return None
    kind, sheet, row, column = found
    heading = show(sheet.cells[row - 1][column])
    texts = [texts[column] for texts in sheet.cells[row:] if texts[column]]
    where = {"table": sheet.where(row, column), "value": cut(list(dict.fromkeys(texts))), "priority": 1}
    if kind == "enhet":
        reading.wrong(
            f"Ingen av enheterna i kolumnen {heading} är känd",
            "Kontrollera att filen är om kommuner. Har den egna koder: be avsändaren om en fil med kommunernas namn eller "
            "SCB:s koder.",
            **where,
            expected="kommunernas namn, eller SCB:s koder som 0114",
        )
    else:
        reading.wrong(
            f"Kolumnen {heading} har inga svar, fast filen har enheter och frågor rad för rad",
            "Kontrollera att det är rätt nyckeltal: andelar och antal läses inte. Står svaren i en annan kolumn: skriv under "
            "form i profilen var enhet, fråga och svar står.",
            **where,
            expected="Ja, Delvis och Nej, eller koder för dem",
        )
    return reading


def _named_once(
    reading: Reading,
    parts: tuple[Part, ...],
    sheets: list[Sheet],
    what: str,
    key: Callable[[str], str | None],
) -> tuple[Part, ...]:
    """The parts with the likeliest of two names, where a sheet's own name and its title are of different units or
    questions, which is asked about."""
    by_name, found = {sheet.name: sheet for sheet in sheets}, {}
    for part in parts:
        if cell := re.fullmatch(r"([A-Z]+)([0-9]+)", getattr(part, what)):
            row, column = int(cell[2]) - 1, index_of(cell[1])
            found[part.blad] = by_name[part.blad].cells[row][column], (row, column)
    titles = {name: key(title) for name, (title, _) in found.items()}
    apart = [name for name, title in titles.items() if (own := key(name)) and title and own != title]
    if not apart:
        return parts
    by_sheet = tuple(
        part.model_copy(update={what: SHEET_NAME}) if part.blad in apart else part for part in parts
    )
    title, place = found[apart[0]]
    others = [name for name, own in titles.items() if own == titles[apart[0]] and name not in apart]
    choices = [(parts, "det som står på bladen gäller"), (by_sheet, "bladens namn gäller")]
    choices = choices[::-1] if others else choices
    named = "enhet" if what == "enhet" else "fråga"
    also = f"; {show(title)} står också på bladet {show(others[0])}" if others else ""
    reading.ask(
        "tva-namn",
        f"{counted(len(apart), 'blad säger', 'blad säger')} en {named} i sitt namn och en annan i sin rubrik: {cut(apart)}",
        *(Choice({"form": [part.plain() for part in chosen]}, when) for chosen, when in choices),
        otherwise="Annars: be avsändaren om en rättad fil.",
        table=by_name[apart[0]].where(*place),
        value=title,
        priority=1,
        expected=f"{show(apart[0])}, som bladet heter{also}",
    )
    return choices[0][0]


def _ask_which_year(reading: Reading, parts: tuple[Part, ...], sheets: list[Sheet]) -> None:
    """Several columns of years that disagree, or only one of when something was published, are asked about."""
    by_name = {sheet.name: sheet for sheet in sheets}
    part = next((part for part in parts if part.ar), None)
    if part is None or not reading.ar:
        return
    sheet, row = by_name[part.blad], (part.rubrikrad or part.forsta) - 1
    columns = year_columns(sheet, part)
    own, named = index_of(part.ar), {c: sheet.cells[row][c] for c in columns}
    if answers := {c: name for c, name in named.items() if not YEAR_OF_FILE.match(name.casefold())}:
        columns, named = {c: columns[c] for c in answers}, answers

    def changed(**said: object) -> dict[str, object]:
        return {"form": [each.model_copy(update=said if each.ar else {}).plain() for each in parts]}

    if len({tuple(map(long.year_in, texts)) for texts in columns.values()}) > 1:
        what = f"Raderna har olika årtal i {counted(len(columns), 'kolumn', 'kolumner')}: {cut([show(name) for name in named.values()])}"
        choices = [Choice(changed(ar=letters(c)), f"{show(name)} är svarens år") for c, name in named.items()]
    elif part.rubrikrad and YEAR_OF_FILE.match(named[own].casefold()):
        what = f"Det enda årtalet vid svaren är {show(named[own])}"
        years = sorted(
            {long.year_in(text) for text in columns[own]} - {""}, key=lambda y: y != str(reading.ar + 1)
        )
        choices = [
            Choice(
                changed(ar=None, val=part.val | {part.ar: year}) if year != str(reading.ar) else changed(),
                f"svaren för {reading.ar} har {year} där",
            )
            for year in years
        ]
    else:
        return
    reading.ask(
        "flera-ar",
        what,
        *choices,
        otherwise=SENDER,
        table=sheet.where(row, own),
        value=named[own],
        priority=2,
        expected=f"ett år vid varje svar, det som svaret gäller, som {reading.ar}",
    )


def _without_other_form(
    reading: Reading, part: Part, sheets: list[Sheet], is_question: Callable[[str], bool]
) -> Part | None:
    """The part without the rows of a table with the questions as headings on the same sheet, which is asked about;
    None if there is none."""
    sheet = next(sheet for sheet in sheets if sheet.name == part.blad)
    rows = range(part.forsta - 1, min(part.sista, sheet.height))
    asked = {row: sum(map(is_question, sheet.cells[row])) for row in rows}
    heads = [row for row in rows if asked[row] > 1]
    long_rows = [row for row in rows if asked[row] == 1]
    if len(heads) != 1 or not long_rows or heads[0] in range(long_rows[0], long_rows[-1]):
        return None
    head, wide_first = heads[0], heads[0] < long_rows[0]
    filled = [row for row in rows if any(sheet.cells[row])]
    if wide_first:
        own = part.model_copy(update={"forsta": long_rows[0] + 1, "rubrikrad": None})
        end = next(
            (row for row in range(head + 1, part.sista) if not any(sheet.cells[row])), long_rows[0] - 1
        )
    else:
        own = part.model_copy(update={"sista": max(row for row in filled if row < head) + 1})
        end = filled[-1] + 1
    wide = {"rubrikrader": [str(head + 1)], "forsta": str(head + 2), "sista": str(end)}
    reading.ask(
        "tva-tabeller",
        f"Bladet har svar på två sätt: rad {own.forsta}–{own.sista} med en rad för varje svar, och rad {head + 1}–{end} "
        "med frågorna i rubriker",
        Choice({"form": [own.plain()]}, f"svaren på rad {own.forsta}–{own.sista} ska läsas"),
        Choice(wide, f"svaren på rad {head + 1}–{end} ska läsas"),
        otherwise="Importen lägger inte ihop dem. Hör de ihop: be avsändaren om en fil med alla svar på ett sätt.",
        table=sheet.where(head, 0),
        value=sheet.cells[head][0],
        priority=1,
        expected="alla svar på ett sätt, eller ett besked om vilka som gäller",
    )
    return own


def _is_second_sheet(parts: tuple[Part, ...], applied: long.Applied, twice: list[Odd]) -> bool:
    """True if one of two sheets mostly answers what the other does."""
    in_columns = all(place.isalpha() for part in parts for place in (part.enhet, part.fraga))
    apart = len(parts) == len({part.blad for part in parts}) == 2 and in_columns
    if not twice or not apart or any(odd.cell[0] is odd.other[0] for odd in twice):
        return False
    return (len(twice) + applied.alike) * 2 >= min(part.sista - part.forsta + 1 for part in parts)


def _which_sheet(reading: Reading, parts: tuple[Part, ...], twice: list[Odd]) -> Reading:
    """The reading with a question about two sheets that answer the same, in words or as codes and words."""
    by_size = sorted(parts, key=lambda part: part.forsta - part.sista)
    sizes = {part.blad: part.sista - part.forsta + 1 for part in by_size}
    pairs = [
        (sheet.where(*at), other.cells[row][column], sheet.cells[at[0]][at[1]])
        for odd in twice
        for (sheet, *at), (other, row, column) in [(odd.cell, odd.other)]
    ]
    cells = " och ".join(f"blad ”{part.blad}”, rad {part.forsta}" for part in by_size)
    places = [sheet.where(*at) for odd in twice for sheet, *at in (odd.other, odd.cell)]
    ask_which_sheet(reading, places, sizes, f"blad {swedish_list(list(map(show, sizes)))}", pairs, cells)
    return reading


def _tell(reading: Reading, applied: long.Applied, parts: tuple[Part, ...]) -> None:
    kinds: dict[str, list[Odd]] = defaultdict(list)
    for odd in applied.odd:
        kinds[odd.kind].append(odd)
    for kind, found in kinds.items():
        _wrong(reading, kind, found)
    if applied.years:
        told = swedish_list(
            [f"{year} ({counted(n, 'rad', 'rader')})" for year, n in sorted(applied.years.items())]
        )
        reading.notes.append(f"Filen har också andra år, som inte lästes: {told}. {EACH}")
    others = reading.years - {str(reading.ar)} - applied.years.keys()
    if others:
        reading.notes.append(
            f"Filen har också svar för {swedish_list(sorted(others))}, som inte lästes. {EACH}"
        )
    if applied.unchosen:
        chosen = swedish_list([f"kolumn {c} är {show(v)}" for part in parts[:1] for c, v in part.val.items()])
        rest = swedish_list(
            [f"{show(value) if value else 'tomma'} ({n})" for value, n in applied.unchosen.most_common(6)]
        )
        only = f"Bara rader där {chosen} är lästa; inte lästa: " if chosen else "Rader som inte är lästa: "
        reading.notes.append(f"{only}{rest}.")
    if applied.older:
        reading.notes.append(
            f"{counted(applied.older, 'svar är ersatt', 'svar är ersatta')} av ett senare, och inte läst."
        )
    if applied.alike:
        reading.notes.append(
            f"{counted(applied.alike, 'svar står', 'svar står')} två gånger, och likadant båda gångerna."
        )


def _ask_about_alone(reading: Reading, applied: long.Applied) -> None:
    """Units that have answers of other years and none of the one that is read."""
    labels = [label for label in applied.alone if label not in reading.profile.utan_svar]
    if not labels or applied.layout is None:
        return
    _, cell = applied.alone[labels[0]]
    years = swedish_list(sorted({applied.alone[label][0] for label in labels}))
    what = f"{counted(len(labels), 'enhet', 'enheter')} har bara svar för {years}, inget för {reading.ar}"
    if reading.chosen:
        reading.notes.append(f"{what}: {cut(labels)}.")
        return
    reading.ask(
        "utan-svar",
        what,
        Choice({"utan_svar": labels}, "det stämmer"),
        otherwise=f"Gäller svaren {reading.ar}: be avsändaren om en rättad fil.",
        table=cell[0].where(*cell[1:]) if cell else "",
        value=cut(labels),
        expected=f"svar för {reading.ar} från varje enhet, eller ett besked",
        priority=4,
    )


def _wrong(reading: Reading, kind: str, found: list[Odd]) -> None:
    sheet, row, column = found[0].cell
    more = f" (och {counted(len(found) - 1, 'gång', 'gånger')} till)" if len(found) > 1 else ""
    where = {"table": sheet.where(row, column), "value": sheet.cells[row][column]}
    if found[0].above:
        label, (_, at, place) = found[0].above
        reading.wrong(
            f"Ett namn verkar saknas: samma sak står två gånger under {show(label)}{more}",
            "Namnet står en gång ovanför sina rader, och raderna härifrån hör till ett annat namn än det ovanför. Be "
            "avsändaren om en rättad fil, eller om namnet som saknas.",
            **where,
            expected=f"ett namn mellan {sheet.where(at, place)} och {sheet.where(row, column)}",
        )
    elif kind == "tva_svar":
        other, at, place = found[0].other
        reading.wrong(
            f"{long.ODD[kind]}{more}",
            "Säger en annan kolumn vilken av raderna som gäller, som en omgång eller en version: skriv den och dess värde i "
            f"val under form i profilen (val: {{C: HT {reading.ar}}}). Är det två tabeller under varandra: skriv forsta och "
            f"sista. {SENDER}",
            **where,
            expected=f"ett svar; det andra, {show(other.cells[at][place])}, står i {other.where(at, place)}",
        )
    else:
        reading.wrong(
            f"{long.ODD[kind]}{more}",
            f"Rätta form i profilen om raden inte hör till tabellen (forsta, sista). {SENDER}",
            **where,
            expected=f"en {'enhet' if kind == 'enhet' else 'fråga'} på samma rad, eller ovanför om kolumnen fylls ned",
        )


def _nothing_for_the_year(reading: Reading, parts: tuple[Part, ...]) -> None:
    if reading.errors:
        return
    reading.wrong(
        f"Filen har inga svar för {reading.ar}",
        "Kör om med rätt --ar, eller hämta rätt fil." if reading.years else "Kontrollera form i profilen.",
        priority=1,
        table="blad ”" + "”, ”".join(dict.fromkeys(part.blad for part in parts[:3])) + "”",
        value=", ".join(sorted(reading.years)),
        expected=f"svar för {reading.ar}",
    )
