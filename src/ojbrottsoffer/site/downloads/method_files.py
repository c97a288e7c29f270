"""Forms to take along from the method pages: workbooks with nothing filled in."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format

from ojbrottsoffer.site.downloads.excel import new_workbook

ADDRESSES = {
    "checklista": "metoder/sodertalje-tio-steg/checklista.xlsx",
    "uppfoljning": "metoder/katrineholm-uppfoljning/uppfoljning.xlsx",
    "sjalvskattning": "metoder/intervjuguide/sjalvskattning.xlsx",
}
ASSESSMENT = ("Finns", "Delvis", "Saknas", "Vet inte")
"""The answers of the self-assessment; not those of Öppna jämförelser."""
ROWS = 500
"""So many rows of the form for follow-up are checked."""
RULES = (
    "En rad per ärende. Skriv inga namn, personnummer, ärendenummer, adresser eller datum.",
    "Skriv ingen fri text. Varje kolumn har en lista, ett antal eller ett kvartal.",
    "Spara filen där bara de som arbetar med ärendena kommer åt den.",
    "Redovisa inte grupper med färre än fem personer: också utan namn kan någon kännas igen.",
    "Kolumnerna är ett förslag. Ta bort dem ni inte behöver; lägg inte till fler än ni hinner fylla i.",
)


def all_files(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, bytes]]:
    """Every form: address and content."""
    yield ADDRESSES["checklista"], checklist(tables["sodertalje_steg"], tables["sodertalje_checklista"])
    yield ADDRESSES["uppfoljning"], follow_up(tables["uppfoljning_variabler"])
    yield ADDRESSES["sjalvskattning"], assessment(tables["sjalvskattning"])


def _book(title: str) -> tuple[xlsxwriter.Workbook, io.BytesIO, dict[str, Format]]:
    book, out = new_workbook(title)
    formats = {
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    return book, out, formats


def checklist(steps: pd.DataFrame, tasks: pd.DataFrame) -> bytes:
    """The steps' tasks with room for who, when and done."""
    book, out, formats = _book("Checklista, tio steg")
    sheet = book.add_worksheet("Checklista")
    heads = ("Steg", "Rubrik", "Moment", "Klart", "Ansvarig organisation", "Datum")
    sheet.write_row(0, 0, heads, formats["bold"])
    titles = dict(zip(steps["steg"], steps["rubrik"], strict=True))
    for number, row in enumerate(tasks.itertuples(), start=1):
        sheet.write_row(number, 0, (int(row.steg), titles[row.steg], row.moment), formats["wrap"])
    last = len(tasks)
    sheet.data_validation(1, 3, last, 3, _choice("Klart", ("ja", "nej")))
    for column, width in enumerate((6, 26, 60, 8, 26, 14)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(heads) - 1)
    book.close()
    return out.getvalue()


def follow_up(variables: pd.DataFrame) -> bytes:
    """An empty form: one column per variable, each cell checked when it is filled in."""
    book, out, formats = _book("Uppföljning utan personuppgifter")
    notes = book.add_worksheet("Läs först")
    notes.set_column(0, 0, 90)
    for number, rule in enumerate(RULES):
        notes.write(number, 0, rule, formats["wrap"])
    form = book.add_worksheet("Registrering")
    form.freeze_panes(1, 0)
    explained = book.add_worksheet("Variabler")
    heads = ("Variabel", "Fråga", "Tillåtna värden", "Varför")
    explained.write_row(0, 0, heads, formats["bold"])
    for column, width in enumerate((22, 50, 60, 50)):
        explained.set_column(column, column, width)
    for number, row in enumerate(variables.itertuples()):
        form.write(0, number, row.variabel, formats["bold"])
        form.set_column(number, number, 18)
        form.data_validation(1, number, ROWS, number, _rule(row))
        values = {"antal": "ett heltal, minst 0", "kvartal": "till exempel 2025-K1"}.get(
            row.variabeltyp, row.varden
        )
        explained.write_row(
            number + 1, 0, (row.variabel, row.variabelfraga, values, row.varfor), formats["wrap"]
        )
    book.close()
    return out.getvalue()


def _rule(variable) -> dict:
    """What may be written in a variable's column."""
    if variable.variabeltyp == "lista":
        return _choice(variable.variabelfraga, variable.varden.split(" | "))
    if variable.variabeltyp == "antal":
        return {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "input_title": "Antal",
            "input_message": variable.variabelfraga,
            "error_title": "Inte ett antal",
            "error_message": "Skriv ett heltal, minst 0.",
        }
    first = "INDIRECT(ADDRESS(ROW(),COLUMN()))"
    return {
        "validate": "custom",
        "value": f'=AND(LEN({first})=7,ISNUMBER(VALUE(LEFT({first},4))),MID({first},5,2)="-K",'
        f'ISNUMBER(FIND(RIGHT({first},1),"1234")))',
        "input_title": "Kvartal",
        "input_message": f"{variable.variabelfraga} Till exempel 2025-K1.",
        "error_title": "Inte ett kvartal",
        "error_message": "Skriv år och kvartal: 2025-K1.",
    }


def _choice(question: str, values: tuple[str, ...] | list[str]) -> dict:
    return {
        "validate": "list",
        "source": list(values),
        "input_title": "Välj ur listan",
        "input_message": question[:255],
        "error_title": "Finns inte i listan",
        "error_message": "Välj ett av värdena i listan.",
    }


def assessment(statements: pd.DataFrame) -> bytes:
    """The self-assessment: one row per statement, with an answer to choose and room for notes."""
    book, out, formats = _book("Självskattning")
    sheet = book.add_worksheet("Självskattning")
    heads = ("Tema", "Påstående", "Svar", "Hur vet ni det?", "Nästa steg", "Vem")
    sheet.write_row(0, 0, heads, formats["bold"])
    for number, row in enumerate(statements.itertuples(), start=1):
        sheet.write_row(number, 0, (f"{row.tema_nr}. {row.tema}", row.skattas), formats["wrap"])
    sheet.data_validation(1, 2, len(statements), 2, _choice("Svar", ASSESSMENT))
    for column, width in enumerate((28, 60, 10, 36, 36, 20)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(statements), len(heads) - 1)
    book.close()
    return out.getvalue()
