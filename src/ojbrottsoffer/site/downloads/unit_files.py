"""The files a reader takes along: one unit as CSV and XLSX, and the figures the scripts use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pandas as pd

from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.codes import BEFOLKNINGSGRUPP, SAKNAS_ORSAK, SVAR
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.downloads import method_files, plan
from ojbrottsoffer.site.downloads.excel import new_workbook

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
REASON = COLUMNS.index("saknas_orsak")


def names(unit: str) -> dict[str, str]:
    """The addresses of a unit's own files."""
    own = {kind: f"kommuner/{unit}/{unit}.{kind}" for kind in ("csv", "xlsx")}
    return own | {
        "plan": f"kommuner/{unit}/handlingsplan-{unit}.xlsx",
        "pdf": f"kommuner/{unit}/profil-{unit}.pdf",
        "bild": f"kommuner/{unit}/profil-{unit}.png",
        "bildspel": f"kommuner/{unit}/bildspel-{unit}.pptx",
        "rollblad": f"kommuner/{unit}/rollblad-{unit}.pdf",
    }


def all_files(editions: dict[int, EditionContext]) -> Iterator[tuple[str, bytes]]:
    """Every file made from data: address and content. `editions`: the latest first."""
    yield from unit_files(editions)
    yield from method_files.all_files(next(iter(editions.values())).site.tables)
    for edition in editions.values():
        yield edition.address.figures, _json(figures(edition))
    yield "assets/val.json", _json(choices(editions))


def unit_files(editions: dict[int, EditionContext]) -> Iterator[tuple[str, bytes]]:
    """Those of every unit, of the last edition that it is in."""
    for edition in editions.values():
        known = plan.known_cells(edition) if edition.own_units else {}
        for unit in edition.own_units:
            rows, address = unit_rows(edition, unit), names(unit)
            yield address["csv"], unit_csv(unit, edition.year.ar, rows)
            yield address["xlsx"], unit_workbook(edition, unit, rows)
            yield address["plan"], plan.plan_workbook(edition, unit, known)


def unit_rows(edition: EditionContext, unit: str) -> list[tuple[object, ...]]:
    """One unit's answers in published order, as in `COLUMNS`; None where nothing is said."""
    answers = edition.year.codes[unit]
    reasons, places = (frame[unit].to_dict() for frame in (edition.year.reasons, edition.year.places))
    rows = []
    for indicator, row in edition.indicators.items():
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
UNKNOWN = "saknas"
"""In the place of a figure, in what people read."""
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


def unit_workbook(edition: EditionContext, unit: str, rows: list[tuple[object, ...]]) -> bytes:
    """A workbook with a sheet of key figures and one of answers, ready to sort and filter. `rows`:
    what `unit_rows` has.
    """
    result, row, ar = edition.profiles[unit], edition.year.units.loc[unit], edition.year.ar
    group = row["befolkningsgrupp"]
    whole = f" (hela {row['kommun']})" if row["typ"] == "stadsdel" else ""
    facts = (
        row["enhet"],
        row["lan"],
        None if pd.isna(group) else BEFOLKNINGSGRUPP.codes[str(group)] + whole,
        result.ja,
        result.partly,
        result.no,
        result.missing,
        result.total,
        text.rounded(edition.year.national_mean_ja) if edition.has_nation else UNKNOWN,
        edition.answer_source,
    )
    book, out = new_workbook(f"{row['enhet']}, stöd till våldsutsatta {ar}")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    summary = book.add_worksheet("Sammanfattning")
    summary.set_column(0, 0, 44)
    summary.set_column(1, 4, 16)
    for number, (name, fact) in enumerate(zip(FACTS, facts, strict=True)):
        summary.write(number, 0, name.format(ar=ar), bold)
        summary.write(number, 1, fact)
    start = len(FACTS) + 1
    summary.write_row(start, 0, AREA_HEADS, bold)
    for number, area in enumerate(result.areas, start=start + 1):
        shares = (UNKNOWN if share is None else text.rounded(share) for share in (area.share, area.nation))
        summary.write_row(number, 0, (area.omrade, area.ja, area.answered, *shares))
    sheet = book.add_worksheet("Svar")
    sheet.write_row(0, 0, ANSWER_HEADS, bold)
    for number, answer in enumerate(rows, start=1):
        why = answer[REASON] and SAKNAS_ORSAK.codes[answer[REASON]]
        sheet.write_row(number, 0, (*answer[:REASON], why, *answer[REASON + 1 :]), wrap)
    for column, width in enumerate(ANSWER_HEADS.values()):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(rows), len(ANSWER_HEADS) - 1)
    book.close()
    return out.getvalue()


def figures(edition: EditionContext) -> dict[str, object]:
    """What the comparison and one's own profile compute with. Answers are one letter each,
    in the order of the indicators; `-` is a missing one. `lika` are the units that answer most
    like a unit, as their numbers in the list.
    """
    year, similar = edition.year, edition.analysis.similar
    number = {unit: n for n, unit in enumerate(year.units.index)}
    return {
        "ar": year.ar,
        "kalla": edition.answer_source,
        "urval": edition.is_selection,
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
                "malgrupp": row["malgrupp"],
                "riket": _whole(row["riket"]),
                **_page(edition.address.indicator(indicator), f"indikatorer/{indicator}/"),
            }
            for indicator, row in year.indicators.iterrows()
        ],
        "enheter": [
            {
                "id": unit,
                "namn": row["enhet"],
                "kort": edition.short_names[unit],
                "kod": row["kommunkod"],
                "grupp": _whole(row["befolkningsgrupp"]),
                "svar": "".join("-" if c is None else str(c) for c in year.codes[unit].values()),
                **({"lika": [number[one.enhet_id] for one in similar[unit]]} if unit in similar else {}),
                **_page(edition.address.unit(unit), f"kommuner/{unit}/"),
            }
            for unit, row in year.units.iterrows()
        ],
        "malgrupper": text.PROTECTS,
        "grupper": {int(code): words for code, words in BEFOLKNINGSGRUPP.codes.items()},
    }


def _page(address: str, usual: str) -> dict[str, str]:
    """The address, where it is not the one that follows from the id."""
    return {} if address == usual else {"sida": address}


def choices(editions: dict[int, EditionContext]) -> list[list[str]]:
    """What the box on every page finds: name, address, a word about it."""
    latest = next(iter(editions.values()))
    year, site = latest.year, latest.site
    found = [[row["enhet"], f"kommuner/{unit}/", "svar finns"] for unit, row in year.units.iterrows()]
    found += [
        [
            item.kommun,
            f"kommuner/{item.kommun_id}/",
            f"svar från {site.latest[item.kommun_id]}"
            if item.kommun_id in site.latest
            else "svar för en del"
            if item.units
            else "",
        ]
        for item in site.municipalities
        if not item.has_own_profile
    ]
    known = {address for _, address, _ in found}
    names = site.tables["enheter"].set_index("enhet_id")["enhet"]
    found += [
        [names[unit], f"kommuner/{unit}/", f"svar från {ar}"]
        for unit, ar in site.latest.items()
        if f"kommuner/{unit}/" not in known
    ]
    found += [[row.titel, row.adress, "metod"] for row in site.tables["metoder"].itertuples()]
    found += [
        [row["indikator"], f"indikatorer/{indicator}/", "indikator"]
        for indicator, row in latest.indicators.items()
    ]
    found += [
        [editions[ar].indicators[indicator]["indikator"], f"indikatorer/{indicator}/", f"indikator från {ar}"]
        for indicator, ar in site.latest_indicators.items()
        if ar != year.ar
    ]
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
