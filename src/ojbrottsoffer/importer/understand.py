"""A file read the way its profile and the register allow.

`read_file` is the whole front door: sheets, layout, units, indicators, marks. It never raises for what a
person can answer; that is a question in `Reading.questions`. What is wrong in itself (a unit twice, an
unknown code) is in `Reading.errors`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ojbrottsoffer.importer.doubts import answer_cells, codings
from ojbrottsoffer.importer.doubts.coverage import ask_about_unread_answers
from ojbrottsoffer.importer.doubts.said_reasons import take_reasons
from ojbrottsoffer.importer.doubts.statements import statements, turned_round
from ojbrottsoffer.importer.doubts.titles import ask_about_titles
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher
from ojbrottsoffer.importer.meaning.units import UnitMatcher
from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.read.sheet import Sheet
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipe import Profile
from ojbrottsoffer.importer.stages.accepted import check_as_accepted
from ojbrottsoffer.importer.stages.answers import read_answers
from ojbrottsoffer.importer.stages.beside import read_background, read_numbers
from ojbrottsoffer.importer.stages.headings import understand_headings
from ojbrottsoffer.importer.stages.nation import read_nation_row, read_national_table
from ojbrottsoffer.importer.stages.question_columns import ask_about_years, read_questions
from ojbrottsoffer.importer.stages.ranking import placing_column, read_placings
from ojbrottsoffer.importer.stages.tables import check_places, find_table, tell_of_unread_cells
from ojbrottsoffer.importer.stages.unit_rows import read_units
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.register import Reference


def read_file(
    path: Path,
    file: str,
    profile: Profile,
    reference: Reference,
    strict: bool = False,
    ar: int | None = None,
    shares_before: dict[str, float] | None = None,
) -> Reading:
    """Everything that can be understood of the file. Raises `DataError` if it can't be read.

    `strict`: a label means what the profile says or nothing; for a file already accepted.
    `ar` chooses among rows and columns of several years. `shares_before`: indikator_id -> percent of the nation
    that answered Ja in the edition before, to tell which coding is likely.
    """
    reading = Reading(file, profile, strict=strict, ar=ar)
    units, indicators = UnitMatcher(reference), IndicatorMatcher(reference)
    sheets = read_sheets(
        path,
        file,
        profile.blad or tuple({name for table in profile.tabeller for name in table.get("blad", ())}),
    )
    parts = set(reference.etiketter_riket["etikett"]) if profile.slag == "riket" else set()
    find_table(reading, sheets, units, indicators, parts)
    if reading.layout is None:
        return reading
    if profile.slag == "svar" and not strict and (taken := ask_about_years(reading)):
        again = Reading(file, replace(profile, kolumner=profile.kolumner | taken), ar=ar)
        find_table(again, sheets, units, indicators, parts)
        reading.layout = again.layout or reading.layout
    every = sheets if strict else _every_sheet(path, file, profile, sheets)
    if profile.slag == "svar":
        understand_headings(reading, every, indicators)
        if not strict:
            take_reasons(reading, every)
    reading.notes += list(dict.fromkeys(note for sheet in sheets for note in sheet.notes))
    check_places(reading)
    tell_of_unread_cells(reading)
    answer_cells.tell_of_comments(reading, sheets)
    if profile.slag == "svar":
        reading.said_of_codes = statements(reading.layout, every)
        reading.turned_round = turned_round(reading.layout, every)
    if profile.slag == "riket":
        read_national_table(reading, indicators, reference)
        ask_about_titles(reading)
        return reading
    read_units(reading, units)
    if strict:
        check_as_accepted(reading)
    if profile.slag == "rankning":
        placing_column(reading)
    read_background(reading)
    if profile.slag == "rankning":
        read_placings(reading)
    else:
        read_questions(reading, indicators)
        read_answers(reading)
        read_numbers(reading)
        codings.compare_totals(reading)
        read_nation_row(reading)
        codings.compare_nation(reading)
        codings.ask_about_unconfirmed(reading, shares_before or {})
        ask_about_unread_answers(reading, every)
    ask_about_titles(reading)
    return reading


def _every_sheet(path: Path, file: str, profile: Profile, sheets: list[Sheet]) -> list[Sheet]:
    """Also those that the profile leaves out: what they say of the codes still counts."""
    if not profile.blad and not profile.tabeller:
        return sheets
    try:
        return read_sheets(path, file)
    except DataError:  # one that is left out need not be readable
        return sheets
