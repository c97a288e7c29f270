"""Understands a file: proposes how it is read, and asks what nobody has said.

`read_file` is the whole front door: sheets, table, units, questions, marks. It never raises for what a person can
answer; that is a question in `Reading.questions`. What is wrong in itself (a unit twice, an unknown code) is in
`Reading.errors`. What it comes to is a recipe (`accept.recipe_of`), and `apply` reads the file by that alone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ojbrottsoffer.importer.doubts import coding_evidence, codings
from ojbrottsoffer.importer.doubts.answer_cells import tell_of_comments
from ojbrottsoffer.importer.doubts.columns_beside import ask_about_columns_beside
from ojbrottsoffer.importer.doubts.coverage import ask_about_unread_answers
from ojbrottsoffer.importer.doubts.said_reasons import take_reasons
from ojbrottsoffer.importer.doubts.statements import statements, turned_round
from ojbrottsoffer.importer.doubts.titles import ask_about_titles, texts_elsewhere
from ojbrottsoffer.importer.doubts.withdrawn_rows import ask_about_withdrawn
from ojbrottsoffer.importer.doubts.words_beside import columns_beside, said_by
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher, plain
from ojbrottsoffer.importer.meaning.known_names import KnownNames
from ojbrottsoffer.importer.meaning.units import UnitMatcher
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.reading import PLACE, Reading, cut
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.importer.stages.answers import read_answers
from ojbrottsoffer.importer.stages.beside import read_background, read_numbers
from ojbrottsoffer.importer.stages.headings import understand_headings
from ojbrottsoffer.importer.stages.nation import read_nation_row, read_national_table
from ojbrottsoffer.importer.stages.placing_columns import placing_column, read_placings
from ojbrottsoffer.importer.stages.question_columns import ask_about_years, read_questions, years_above
from ojbrottsoffer.importer.stages.tables import check_places, find_table, tell_of_unread_cells
from ojbrottsoffer.importer.stages.unit_rows import read_units
from ojbrottsoffer.schema.finding import DataError, show
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.sources.reference.register import Reference


def read_file(
    path: Path,
    file: str,
    profile: Profile,
    reference: KnownNames,
    ar: int | None = None,
    shares_before: dict[str, float] | None = None,
    chosen: bool = False,
) -> Reading:
    """Everything that can be understood of the file. Raises `DataError` if it can't be read.

    `ar` chooses among rows and columns of several years; `chosen` if it is one of those the file has. `shares_before`: indikator_id -> percent of the nation
    that answered Ja in the edition before, to tell which coding is likely.
    """
    units, indicators = reference.unit_matcher, reference.indicator_matcher
    sheets = read_sheets(path, file, profile.sheets)
    parts = set(reference.etiketter_riket["etikett"]) if profile.slag == "riket" else set()
    reading = find_table(Reading(file, profile, ar, chosen), sheets, units, indicators, parts)
    if reading.layout is None:
        return reading
    if profile.slag == "svar":
        reading = replace(reading, years=reading.years | years_above(reading.layout).keys())
    if profile.slag == "svar" and (taken := ask_about_years(reading, chosen)):
        tentative = Reading(file, profile.but(kolumner=profile.kolumner | taken), ar)
        again = find_table(tentative, sheets, units, indicators, parts)
        reading = replace(reading, layout=again.layout or reading.layout)
    every = _every_sheet(path, file, profile, sheets)
    used = {sheet.name for sheet in sheets} - set(reading.other_sheets)
    reading = replace(reading, other_sheets=tuple(s.name for s in every if s.name not in used))
    if profile.slag == "svar":
        reading = take_reasons(understand_headings(reading, every, indicators, chosen), every)
    reading.notes.extend(dict.fromkeys(note for sheet in sheets for note in sheet.notes))
    check_places(reading)
    tell_of_unread_cells(reading)
    tell_of_comments(reading, sheets)
    read = {"svar": _answers, "rankning": _ranking, "riket": _shares}[profile.slag]
    reading = read(reading, every, units, indicators, reference, shares_before or {})
    ask_about_titles(reading, every)
    _tell_of_other_labels(reading, profile, every)
    return replace(reading, elsewhere=texts_elsewhere(reading, every))


def _tell_of_other_labels(reading: Reading, profile: Profile, sheets: list[Sheet]) -> None:
    """A note about answers for units, questions and columns that the file has nowhere: they may be another file's."""
    texts = "\n".join(
        {plain(text) for sheet in sheets for row in [[sheet.name], *sheet.cells] for text in row if text}
        | {plain(reading.file)}
    )
    about = [
        label
        for label in dict.fromkeys(
            [
                *(*profile.enheter, *profile.indikatorer, *profile.hoppa_over, *profile.riket),
                *(*profile.kolumner, *profile.koder_per_kolumn, *profile.utan_svar),
            ]
        )
        if not PLACE.fullmatch(label.casefold())
        and not all(plain(part) in texts for part in label.split(" / "))
    ]
    if about:
        reading.notes.append(
            f"VARNING: profilen har svar om {counted(len(about), 'namn', 'namn')} som inte finns i filen, och som kan "
            f"höra till en annan fil: {cut(list(map(show, about)))}."
        )


def years_in(path: Path, file: str, profile: Profile, reference: KnownNames) -> list[int]:
    """The years that the file has answers of and keeps apart, in order."""
    return sorted(map(int, read_file(path, file, profile, reference, ar=0).years))


def _answers(
    reading: Reading,
    sheets: list[Sheet],
    units: UnitMatcher,
    indicators: IndicatorMatcher,
    reference: Reference,
    shares_before: dict[str, float],
) -> Reading:
    reading = replace(
        reading,
        said_of_codes=(
            *statements(reading.layout, sheets, reading.profile.rubriker, reading.ar),
            *(said for found in columns_beside(reading.layout, sheets) for said in said_by(found)),
        ),
        turned_round=turned_round(reading.layout, sheets),
    )
    reading = read_background(read_units(reading, units, indicators.is_known))
    reading = read_numbers(
        read_answers(codings.as_in_kolada(read_questions(reading, indicators), indicators))
    )
    coding_evidence.compare_totals(reading)
    reading = read_nation_row(reading)
    coding_evidence.compare_nation(reading)
    coding_evidence.ask_about_unconfirmed(reading, shares_before)
    ask_about_unread_answers(reading, sheets)
    ask_about_withdrawn(reading, sheets)
    ask_about_columns_beside(reading, sheets)
    return reading


def _ranking(
    reading: Reading, sheets: list[Sheet], units: UnitMatcher, indicators: IndicatorMatcher, *_: object
) -> Reading:
    reading = read_background(placing_column(read_units(reading, units, indicators.is_known)))
    read_placings(reading)
    return reading


def _shares(
    reading: Reading,
    sheets: list[Sheet],
    units: UnitMatcher,
    indicators: IndicatorMatcher,
    reference: Reference,
    _: object,
) -> Reading:
    return read_national_table(reading, indicators, reference)


def _every_sheet(path: Path, file: str, profile: Profile, sheets: list[Sheet]) -> list[Sheet]:
    """Also those that the recipe leaves out: what they say of the codes still counts."""
    if not profile.sheets:
        return sheets
    try:
        return read_sheets(path, file)
    except DataError:  # one that is left out need not be readable
        return sheets
