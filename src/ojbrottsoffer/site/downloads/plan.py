"""A unit's gaps as a workbook to fill in: who does what, in which order, by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ojbrottsoffer.analysis.units.guide import RoleTips
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.definition_words import required
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.downloads.excel import new_workbook
from ojbrottsoffer.sources.curated.tips import Tip

COLUMNS = (
    ("Nr", 5),
    ("Indikator", 30),
    ("Vad ett Ja kräver", 34),
    ("Svar", 8),
    ("Riket, andel ja (%)", 9),
    ("Framgångsfaktor", 16),
    ("Tips ur rapporten, med sida", 60),
    ("Har det i underlaget", 18),
    ("Värde för målgruppen (1–5)", 11),
    ("Lätthet (1–5)", 9),
    ("Prioritet (värde × lätthet)", 11),
    ("Ansvarig organisation", 17),
    ("Ansvarig person", 15),
    ("Samverkande organisation", 17),
    ("Klart senast", 12),
    ("Uppföljning: när och hur", 19),
)
"""Heading and width in characters."""
VALUE, EASE, PRIORITY, OWNER, PERSON, PARTNER, DEADLINE, FOLLOW_UP = range(8, 16)
CENTRED = (0, 4, VALUE, EASE, PRIORITY)
HEADER = 2
"""Row of the headings, counted from zero."""
OWN_ROWS = 10
"""Empty rows for what the indicators do not ask about."""
NAMES_IN_CELL = 6
OWNERS = (
    "Kommunstyrelsen",
    "Socialnämnden",
    "Socialförvaltningen",
    "Annan förvaltning",
    "Flera förvaltningar",
    "Region",
    "Polisen",
    "Ideell förening",
)
"""Suggestions; anything else may be written."""
VALUES = (
    (5, "Skyddar liv eller hälsa, eller når många som i dag inte får hjälp."),
    (4, "Gör tydlig skillnad för dem som söker hjälp."),
    (3, "Märks för en del av dem som söker hjälp."),
    (2, "Märks mest i verksamheten; den som söker hjälp märker lite."),
    (1, "Gör knappast någon skillnad för den som söker hjälp."),
)
EASES = (
    (5, "Vi kan börja nu, med det folk och de pengar vi har."),
    (4, "Kräver ett beslut som vi själva kan ta."),
    (3, "Kräver tid från flera enheter, men inget nytt pengabeslut."),
    (2, "Kräver nya pengar eller överenskommelser med andra."),
    (1, "Kräver beslut långt från oss, eller ändringar som tar flera år."),
)


def plan_workbook(edition: EditionContext, unit: str, known: Known) -> bytes:
    """The plan of one unit: a sheet to fill in, and one that says how to weigh. `known`: what
    `known_cells` has.
    """
    name = edition.year.units.at[unit, "enhet"]
    book, out = new_workbook(f"Handlingsplan, {name}")
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E8EDF5"}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "date": book.add_format(
            {"text_wrap": True, "valign": "top", "border": 1, "num_format": "yyyy-mm-dd"}
        ),
        "middle": book.add_format({"align": "center", "valign": "top", "border": 1}),
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "align": "left"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    rows = gap_rows(edition, unit, known)
    said = (
        f"{text.count(len(rows), 'indikator', 'indikatorer')} där svaret {edition.year.ar} är Nej eller "
        f"Delvis; {edition.ordered('det som är vanligast i landet först')}. "
        f"{f'{edition.nation_missing} ' if edition.nation_missing else ''}Hur ni väger står på nästa blad."
    )
    _fill_in(book.add_worksheet("Handlingsplan"), name, said, rows, styles)
    _explain(book.add_worksheet("Så väger ni"), edition.answer_source, styles)
    book.close()
    return out.getvalue()


def _fill_in(
    sheet: Worksheet, name: str, said: str, rows: list[tuple[object, ...]], styles: dict[str, Format]
) -> None:
    sheet.write(0, 0, f"Handlingsplan, {name}", styles["title"])
    # Not under the repeated columns: there the second sheet of paper would have the line cut off.
    sheet.write(1, 2, said)
    for column, (heading, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write(HEADER, column, heading, styles["head"])
    sheet.set_row(HEADER, 48)
    for number, row in enumerate(rows + [()] * OWN_ROWS, start=HEADER + 1):
        cells = [*row, *[None] * (len(COLUMNS) - len(row))]
        for column, value in enumerate(cells):
            style = styles["date" if column == DEADLINE else "middle" if column in CENTRED else "text"]
            if column == PRIORITY:
                value_cell, ease_cell = (xl_rowcol_to_cell(number, other) for other in (VALUE, EASE))
                sheet.write_formula(
                    number,
                    column,
                    f'=IF(OR({value_cell}="",{ease_cell}=""),"",{value_cell}*{ease_cell})',
                    style,
                    "",
                )
            else:
                sheet.write(number, column, value, style)
        sheet.set_row(number, _height(row))
    last = HEADER + len(rows) + OWN_ROWS
    _validate(sheet, last)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.autofilter(HEADER, 0, last, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    # Two sheets of paper beside each other: what is known, and what is to be filled in.
    sheet.set_print_scale(65)
    sheet.set_v_pagebreaks([VALUE])
    sheet.print_across()
    sheet.repeat_rows(HEADER)
    sheet.repeat_columns(0, 1)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&LKvinnofridslinjen 020-50 50 50. Ring 112 vid akut fara.&RSida &P av &N")


Known = dict[str, tuple[object, ...]]
"""Indicator -> what a plan says about it whoever's plan it is: everything but the answer."""


def known_cells(edition: EditionContext) -> Known:
    """The cells of every indicator; the same for all units, so made once."""
    cells = {}
    for indicator, row in edition.year.indicators.iterrows():
        have = [edition.short_names[other] for other in edition.units_with_ja[indicator]]
        left = len(have) - NAMES_IN_CELL
        more = f" och {left} till" if left > 1 else ""
        cells[indicator] = (
            int(row["nr"]),
            row["indikator"],
            required(definition) if (definition := edition.definition(indicator)) else "",
            "saknas" if pd.isna(row["riket"]) else int(row["riket"]),
            edition.guide.factor_of(indicator).namn,
            suggestions(edition.guide.tips_for(indicator)),
            (", ".join(have[:NAMES_IN_CELL]) + more if more else swedish_list(have)) or "Ingen",
        )
    return cells


def gap_rows(edition: EditionContext, unit: str, known: Known) -> list[tuple[object, ...]]:
    """The prefilled cells, one row per gap, the most common in the nation first."""
    answers = edition.year.codes[unit]
    return [
        (*known[gap][:3], SVAR.codes[str(answers[gap])], *known[gap][3:])
        for gap in edition.profiles[unit].gaps
    ]


def suggestions(by_role: list[RoleTips]) -> str:
    """One tip per role: one that names indicators, else the one that is about the fewest areas."""

    def nearest(tips: list[Tip]) -> Tip:
        return min(tips, key=lambda tip: (not tip.indikatorer, len(tip.omraden)))

    return "\n".join(
        f"{item.role.namn}: {tip.tips} (s. {tip.sida})" for item in by_role for tip in [nearest(item.tips)]
    )


def _height(cells: Sequence[object]) -> int:
    """Of a row, for about as many lines as its highest cell takes."""
    lines = [
        sum(1 + len(line) // width for line in str(value).split("\n"))
        for value, (_, width) in zip(cells, COLUMNS, strict=False)
        if value is not None
    ]
    return 15 * max([2, *lines])


def _validate(sheet: Worksheet, last: int) -> None:
    """What may be written in the cells that are to be filled in."""
    first = HEADER + 1
    scale = {
        "validate": "list",
        "source": [5, 4, 3, 2, 1],
        "error_title": "Välj 1–5",
        "error_message": "Skriv ett heltal från 1 till 5, eller lämna cellen tom.",
    }
    sheet.data_validation(
        first,
        VALUE,
        last,
        VALUE,
        scale
        | {
            "input_title": "Värde för målgruppen",
            "input_message": "5 = störst värde för den som behöver hjälp.",
        },
    )
    sheet.data_validation(
        first,
        EASE,
        last,
        EASE,
        scale | {"input_title": "Lätthet", "input_message": "5 = lättast att genomföra."},
    )
    for column in (OWNER, PARTNER):
        sheet.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": list(OWNERS),
                "error_type": "information",
                "error_title": "Egen benämning",
                "error_message": "Det står inte i listan men går bra att skriva.",
            },
        )
    sheet.data_validation(
        first,
        DEADLINE,
        last,
        DEADLINE,
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2015, 1, 1),
            "error_title": "Skriv ett datum",
            "error_message": "Skriv datumet som 2030-12-31.",
        },
    )


def _explain(sheet: Worksheet, source: str, styles: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 84)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    lines: list[tuple[object, str]] = [
        ("Så väger ni", ""),
        (
            "1",
            "Gå igenom raderna tillsammans, gärna med dem som möter de utsatta varje dag. Stryk "
            "det som inte passar hos er och lägg till egna åtgärder på de tomma raderna.",
        ),
        (
            "2",
            "Sätt värdet först, utan att tänka på vad det kostar. Fråga: vad betyder det för den "
            "som behöver hjälp?",
        ),
        (
            "3",
            "Sätt sedan lättheten. Väg in pengar och folk, hur trögt det är att ändra arbetssättet "
            "och om ni själva får bestämma.",
        ),
        (
            "4",
            "Prioriteten räknas ut: värde gånger lätthet, från 1 till 25. Sortera på den. Vid lika "
            "tal går det högre värdet före. Det som är värdefullt men svårt ska inte glömmas: "
            "dela upp det i steg.",
        ),
        (
            "5",
            "Skriv en ansvarig organisation och en person på varje rad som ni tar med, ett datum "
            "och hur ni ser att det blev gjort.",
        ),
        ("Värde", "Vad det betyder för målgruppen"),
        *VALUES,
        ("Lätthet", "Vad som krävs"),
        *EASES,
        (
            "Källor",
            "Att väga värde mot enkelhet kommer från vägledningen i SOU 2014:49, steg 9. "
            "Skalornas ord är våra. Vad ett Ja kräver är med våra ord; källan och vilka år det är känt "
            "för står på indikatorns sida. Tipsen är våra formuleringar av SKL:s rapport "
            "Framgångsfaktorer i kvinnofridsarbetet (2016); sidorna är rapportens. Svar och "
            f"andelar: {source}.",
        ),
        (
            "Tänk på",
            "Ett ja-svar säger att något finns, inte att det fungerar. Följ upp det som "
            "gör skillnad för den som söker hjälp, inte antalet ja-svar.",
        ),
        ("Stöd", "Kvinnofridslinjen svarar dygnet runt: 020-50 50 50. Ring 112 vid akut fara."),
    ]
    for number, (left, right) in enumerate(lines):
        sheet.write(number, 0, left, styles["title" if number == 0 else "bold"])
        sheet.write(number, 1, right, styles["bold" if left in ("Värde", "Lätthet") else "wrap"])
        sheet.set_row(number, 15 * max(1, 1 + len(right) // 84) + 4)
