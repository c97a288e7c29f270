"""The files a reader takes along: one unit as CSV and XLSX, and the figures the scripts use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice

import pandas as pd
import xlsxwriter

from ojbrottsoffer.digest import SHOWING
from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.codes import BEFOLKNINGSGRUPP, SAKNAS_ORSAK, SVAR
from ojbrottsoffer.schema.memory import Kept
from ojbrottsoffer.site.downloads import method_files, plan
from ojbrottsoffer.site.downloads.forms import OPTIONS, Form, Unusual
from ojbrottsoffer.site.downloads.method_files import WORKBOOK_DATE
from ojbrottsoffer.site.pages.views import Views
from ojbrottsoffer.site.paper import pdf

COLUMNS = (
    "indikator_id",
    "nr",
    "indikator",
    "kvalitetsomrade",
    "indikatoromrade",
    "svar_kod",
    "svar",
    "saknas_orsak",
    "riket_andel_ja_procent",
    "plats",
    "riket_plats",
)
"""One row per indicator. /din-kommun/ reads `indikator_id` and `svar_kod`, and ignores the rest."""


def names(unit: str) -> dict[str, str]:
    """The addresses of a unit's own files."""
    own = {kind: f"kommuner/{unit}/{unit}.{kind}" for kind in ("csv", "xlsx")}
    return own | {
        "plan": f"kommuner/{unit}/handlingsplan-{unit}.xlsx",
        "pdf": f"kommuner/{unit}/{pdf.file_name(unit)}",
    }


def all_files(views: Views) -> Iterator[tuple[str, bytes]]:
    """Every file made from data: address and content."""
    yield from unit_files(views)
    yield from method_files.all_files(views)
    for ar in views.years:
        yield views.at(ar).figures_address, _json(figures(views.at(ar)))
    yield "assets/val.json", _json(choices(views))


def unit_files(views: Views) -> Iterator[tuple[str, bytes]]:
    """Those of every unit, of the last edition that it is in. A file whose values are those of the
    build before is not written again.
    """
    kept: Kept[bytes] = Kept(views.dataset.project, "enheter", SHOWING)
    for edition in map(views.at, views.years):
        if edition.own_units:
            yield from _files_of_edition(edition, kept)
    kept.save()


def _files_of_edition(views: Views, kept: Kept[bytes]) -> Iterator[tuple[str, bytes]]:
    ar, shape, known = views.year.ar, workbook_shape(views), plan.known_cells(views)
    about_plan = plan.about(views)
    for unit in views.own_units:
        rows, address = unit_rows(views, unit), names(unit)
        values, planned = workbook_values(views, unit, rows), plan.plan_values(views, unit, known)
        for kind, write, used in (
            ("csv", unit_csv, (unit, ar, rows)),
            ("xlsx", unit_workbook, (shape, values)),
            ("plan", plan.plan_workbook, (about_plan, planned)),
        ):
            yield address[kind], kept.get(address[kind], lambda used=used: used, partial(write, *used))


def unit_rows(views: Views, unit: str) -> list[tuple[object, ...]]:
    """One unit's answers in published order, as in `COLUMNS`; None where nothing is said."""
    answers = views.year.codes[unit]
    reasons, places = (frame[unit].to_dict() for frame in (views.year.reasons, views.year.places))
    rows = []
    for indicator, row in views.indicators.items():
        code, reason = answers[indicator], reasons[indicator]
        missing = code is None
        rows.append(
            (
                indicator,
                int(row["nr"]),
                row["indikator"],
                row["kvalitet"],
                row["omrade"],
                code,
                None if missing else SVAR.codes[str(code)],
                None if pd.isna(reason) else reason,
                _whole(row["riket"]),
                places[indicator],
                None if pd.isna(row["riket_plats"]) else row["riket_plats"],
            )
        )
    return rows


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(value)


def unit_csv(unit: str, ar: int, rows: list[tuple[object, ...]]) -> bytes:
    """The rows as CSV like the public tables: UTF-8, comma, empty = missing.

    Unit and year stand on every row, so that several files can be laid after each other.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("ar", "enhet_id", *COLUMNS))
    writer.writerows((ar, unit, *row) for row in rows)
    return out.getvalue().encode("utf-8")


FACTS = (
    "Enhet",
    "Län",
    "Befolkningsgrupp",
    "Ja-svar {ar}",
    "Delvis",
    "Nej",
    "Uppgift saknas",
    "Antal indikatorer",
    "Genomsnitt i riket, antal ja (cirka)",
    "Källa",
)
AREA_HEADS = ("Kvalitetsområde", "Ja-svar", "Svar", "Andel ja, procent", "Riket, procent")
ANSWER_HEADS = {
    "Id": 12,
    "Nr": 5,
    "Indikator": 50,
    "Kvalitetsområde": 24,
    "Indikatorområde": 28,
    "Svarskod": 9,
    "Svar": 9,
    "Varför svar saknas": 18,
    "Riket, andel ja (procent)": 12,
    "Var svaret är tryckt": 40,
    "Var rikets andel är tryckt": 40,
}
"""Heading -> width in characters."""


Shape = tuple[int, int, int]


def workbook_shape(views: Views) -> Shape:
    """What the workbooks of all units have in common: year, number of quality areas, of indicators."""
    return views.year.ar, len(views.year.quality_areas), len(views.indicators)


def unit_workbook(shape: Shape, values: Sequence[object]) -> bytes:
    """A workbook with a sheet of key figures and one of answers, ready to sort and filter."""
    try:
        return _unit_form(shape, len(values)).filled(values)
    except Unusual:
        return write_unit_workbook(shape, values)


@lru_cache(maxsize=4)
def _unit_form(shape: Shape, length: int) -> Form:
    return Form(lambda marks: write_unit_workbook(shape, marks), length)


def workbook_values(views: Views, unit: str, rows: list[tuple[object, ...]]) -> list[object]:
    """The cells that differ between units, in the order they are written."""
    result, row = views.profiles[unit], views.year.units.loc[unit]
    group = row["befolkningsgrupp"]
    values = [
        row["enhet"],
        row["lan"],
        None if pd.isna(group) else BEFOLKNINGSGRUPP.codes[str(group)],
        result.ja,
        result.partly,
        result.no,
        result.missing,
        result.total,
        text.rounded(views.year.national_mean_ja) if views.has_nation else None,
        views.answer_source,
    ]
    for area in result.areas:
        values += [
            area.omrade,
            area.ja,
            area.answered,
            *(None if share is None else text.rounded(share) for share in (area.share, area.nation)),
        ]
    for answer in rows:
        values += [*answer[:7], answer[7] and SAKNAS_ORSAK.codes[answer[7]], *answer[8:]]
    return values


def write_unit_workbook(shape: Shape, values: Sequence[object]) -> bytes:
    """The workbook as XlsxWriter makes it, from the cells of `workbook_values` in their order."""
    (ar, areas, indicators), following = shape, iter(values)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": f"{values[0]}, stöd till våldsutsatta {ar}", "created": WORKBOOK_DATE})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    summary = book.add_worksheet("Sammanfattning")
    summary.set_column(0, 0, 44)
    summary.set_column(1, 4, 16)
    for number, fact in enumerate(FACTS):
        summary.write(number, 0, fact.format(ar=ar), bold)
        summary.write(number, 1, next(following))
    start = len(FACTS) + 1
    summary.write_row(start, 0, AREA_HEADS, bold)
    for number in range(areas):
        summary.write_row(start + 1 + number, 0, list(islice(following, len(AREA_HEADS))))
    sheet = book.add_worksheet("Svar")
    sheet.write_row(0, 0, ANSWER_HEADS, bold)
    for number in range(1, indicators + 1):
        sheet.write_row(number, 0, list(islice(following, len(ANSWER_HEADS))), wrap)
    for column, width in enumerate(ANSWER_HEADS.values()):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, indicators, len(ANSWER_HEADS) - 1)
    book.close()
    return out.getvalue()


def figures(views: Views) -> dict[str, object]:
    """What the comparison and one's own profile compute with. Answers are one letter each,
    in the order of the indicators; `-` is a missing one. `lika` are the units that answer most
    like a unit, as their numbers in the list.
    """
    year, similar = views.year, views.analysis.similar
    number = {unit: n for n, unit in enumerate(year.units.index)}
    return {
        "ar": year.ar,
        "kalla": views.answer_source,
        "urval": views.is_selection,
        "omraden": [
            {
                "id": area_id,
                "namn": row["omrade"],
                "over": row["overordnat_id"] if row["niva"] == "indikatoromrade" else None,
            }
            for niva in ("kvalitetsomrade", "indikatoromrade")
            for area_id, row in year.areas_of(niva).iterrows()
        ],
        "indikatorer": [
            {
                "id": indicator,
                "nr": int(row["nr"]),
                "namn": row["indikator"],
                "kort": row["kortnamn"],
                "omrade": row["indikatoromrade_id"],
                "kvalitet": row["kvalitetsomrade_id"],
                "riket": _whole(row["riket"]),
                **_page(views.indicator_url(indicator), f"indikatorer/{indicator}/"),
            }
            for indicator, row in year.indicators.iterrows()
        ],
        "enheter": [
            {
                "id": unit,
                "namn": row["enhet"],
                "kort": views.short_names[unit],
                "kod": row["kommunkod"],
                "grupp": _whole(row["befolkningsgrupp"]),
                "svar": "".join("-" if c is None else str(c) for c in year.codes[unit].values()),
                **({"lika": [number[one.enhet_id] for one in similar[unit]]} if unit in similar else {}),
                **_page(views.profile_url(unit), f"kommuner/{unit}/"),
            }
            for unit, row in year.units.iterrows()
        ],
        "grupper": {int(code): words for code, words in BEFOLKNINGSGRUPP.codes.items()},
    }


def _page(address: str, usual: str) -> dict[str, str]:
    """The address, where it is not the one that follows from the id."""
    return {} if address == usual else {"sida": address}


def choices(views: Views) -> list[list[str]]:
    """What the box on every page finds: name, address, a word about it."""
    year = views.year
    found = [[row["enhet"], f"kommuner/{unit}/", "svar finns"] for unit, row in year.units.iterrows()]
    found += [
        [
            item.kommun,
            f"kommuner/{item.kommun_id}/",
            f"svar från {views.latest[item.kommun_id]}"
            if item.kommun_id in views.latest
            else "svar för en del"
            if item.units
            else "",
        ]
        for item in views.municipalities
        if not item.has_own_profile
    ]
    known = {address for _, address, _ in found}
    names = views.tables["enheter"].set_index("enhet_id")["enhet"]
    found += [
        [names[unit], f"kommuner/{unit}/", f"svar från {ar}"]
        for unit, ar in views.latest.items()
        if f"kommuner/{unit}/" not in known
    ]
    found += [[row.titel, row.sida, "metod"] for row in views.tables["metoder"].itertuples()]
    found += [
        [row["indikator"], f"indikatorer/{indicator}/", "indikator"]
        for indicator, row in views.indicators.items()
    ]
    found += [
        [views.at(ar).indicators[indicator]["indikator"], f"indikatorer/{indicator}/", f"indikator från {ar}"]
        for indicator, ar in views.latest_indicators.items()
        if ar != year.ar
    ]
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
