"""A file with a row for each answer: its form found, said as a recipe, applied, and what did not fit told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from ojbrottsoffer.importer.form_parts import Part
from ojbrottsoffer.importer.forms import long
from ojbrottsoffer.importer.forms.long import Odd
from ojbrottsoffer.importer.forms.propose import propose
from ojbrottsoffer.importer.read.sheet import Sheet, index_of
from ojbrottsoffer.importer.reading import RESTORE, Reading
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

SENDER = "Annars: be avsändaren om en rättad fil."


def read_row_form(
    reading: Reading,
    sheets: list[Sheet],
    key: Callable[[str], str | None],
    is_question: Callable[[str], bool],
) -> bool:
    """True if the file has a row for each answer: its table is then found, or an error says why not."""
    profile = reading.profile
    parts = profile.form
    if not parts:
        if reading.strict or profile.rubrikrader or profile.enhetskolumn or profile.forsta:
            return False
        parts = propose(sheets, key, is_question, reading.ar)
    if not parts or not _all_there(reading, parts, sheets):
        return bool(parts)
    applied = long.apply(parts, sheets, reading.ar, key)
    _tell(reading, applied, parts)
    reading.layout = applied.layout
    if applied.layout is None:
        _nothing_for_the_year(reading, applied, parts)
        return True
    used = {part.blad for part in parts}
    reading.other_sheets = [sheet.name for sheet in sheets if sheet.name not in used]
    return True


def _all_there(reading: Reading, parts: tuple[Part, ...], sheets: list[Sheet]) -> bool:
    """False, with an error, if a part points outside the file."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for number, part in enumerate(parts, start=1):
        sheet = by_name.get(part.blad)
        columns = [part.kod, part.status, part.ar, part.riket, *part.val, *part.bakgrund]
        columns += [part.svar] if isinstance(part.svar, str) else list(part.svar.values())
        columns += [said for said in (part.enhet, part.fraga) if said.isalpha() and said.isupper()]
        beyond = [c for c in columns if c and sheet and index_of(c) >= sheet.width]
        if sheet is None or beyond or part.forsta > sheet.height:
            reading.wrong(
                "Profilen pekar utanför filen",
                RESTORE if reading.strict else f"Rätta post {number} under form i profilen.",
                priority=1,
                table=f"blad ”{part.blad}”",
                value=beyond[0] if beyond else part.blad if sheet is None else str(part.forsta),
                expected="ett blad, kolumner och rader som finns i filen",
            )
            return False
    return True


def _tell(reading: Reading, applied: long.Applied, parts: tuple[Part, ...]) -> None:
    kinds: dict[str, list[Odd]] = defaultdict(list)
    for odd in applied.odd:
        kinds[odd.kind].append(odd)
    for kind, found in kinds.items():
        _wrong(reading, kind, found, parts)
    if applied.years:
        told = swedish_list(
            [f"{year} ({counted(n, 'rad', 'rader')})" for year, n in sorted(applied.years.items())]
        )
        reading.notes.append(
            f"Filen har också andra år, som inte lästes: {told}. Läs in dem var för sig med sitt --ar."
        )
    others = {
        year
        for part in parts
        if isinstance(part.svar, dict)
        for year in part.svar
        if year.isdigit() and year != str(reading.ar)
    }
    if others:
        reading.notes.append(
            f"Filen har också svar för {swedish_list(sorted(others))}, som inte lästes. Läs in dem var för sig med sitt --ar."
        )
    if applied.unchosen:
        chosen = swedish_list([f"kolumn {c} är {show(v)}" for part in parts[:1] for c, v in part.val.items()])
        rest = swedish_list([f"{show(value)} ({n})" for value, n in applied.unchosen.most_common(6)])
        reading.notes.append(f"Bara rader där {chosen} är lästa; inte lästa: {rest}.")
    if applied.alike:
        reading.notes.append(
            f"{counted(applied.alike, 'svar står', 'svar står')} två gånger, och likadant båda gångerna."
        )


def _wrong(reading: Reading, kind: str, found: list[Odd], parts: tuple[Part, ...]) -> None:
    sheet, row, column = found[0].cell
    more = f" (och {counted(len(found) - 1, 'gång', 'gånger')} till)" if len(found) > 1 else ""
    where = {"table": sheet.where(row, column), "value": sheet.cells[row][column]}
    if kind == "tva_svar":
        other, at, place = found[0].other
        reading.wrong(
            f"En enhet har två olika svar på samma fråga{more}",
            "Gäller raderna var sin grupp eller omgång: skriv under form i profilen vilka som ska läsas, "
            f"till exempel val: {{F: Totalt}}. {SENDER}",
            **where,
            expected=f"ett svar; det andra, {show(other.cells[at][place])}, står i {other.where(at, place)}",
        )
    else:
        reading.wrong(
            f"Ett svar saknar {'enhet' if kind == 'enhet' else 'fråga'}{more}",
            f"Rätta form i profilen om raden inte hör till tabellen (forsta, sista). {SENDER}",
            **where,
            expected=f"en {'enhet' if kind == 'enhet' else 'fråga'} på samma rad, eller ovanför om kolumnen fylls ned",
        )


def _nothing_for_the_year(reading: Reading, applied: long.Applied, parts: tuple[Part, ...]) -> None:
    years = sorted(
        {*applied.years, *(year for part in parts if isinstance(part.svar, dict) for year in part.svar)}
    )
    if reading.errors:
        return
    reading.wrong(
        f"Filen har inga svar för {reading.ar}",
        "Kör om med rätt --ar, eller hämta rätt fil." if years else "Kontrollera form i profilen.",
        priority=1,
        table="blad ”" + "”, ”".join(dict.fromkeys(part.blad for part in parts[:3])) + "”",
        value=", ".join(years),
        expected=f"svar för {reading.ar}",
    )
