"""What a figure counts: a unit that is known, and that its value and its title can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from ojbrottsoffer.schema.columns import AR
from ojbrottsoffer.schema.model import swedish_or

YEAR, PERCENT = AR.unit, "procent"
RATING = re.compile(r"betyg av ([1-9][0-9]?)")
COUNTED = (
    *("delmål", "halvdagar", "intervjuer", "kategorier", "kommuner", "organisationer"),
    *("personer", "socialtjänster", "steg", "ärenden"),
)
"""What a source may have counted; a new one is added here when somebody has looked at it."""
SHARE = re.compile(r"\b(andel|procent)", re.IGNORECASE)
"""How a title says that the figure is a share."""
MEAN = re.compile(r"\b(medelv|genomsnitt|snitt|median)", re.IGNORECASE)
"""How a title says that what was counted need not be whole."""
IN_A_TITLE = {"andel (%)": PERCENT}
"""How Kolada's titles end, where that is not how the unit is written."""


def unfit_units(frames: dict[str, pd.DataFrame]) -> Iterator[tuple[str, int, str, str, str]]:
    """Table, index, column, what is wrong and what was expected of each figure whose unit can't be right."""
    for row in frames["metod_nyckeltal"].itertuples():
        if pd.isna(row.varde) or pd.isna(row.mattenhet):
            continue  # told of as empty
        for column, what, expected in _unfit(row.metodtal or "", float(row.varde), row.mattenhet):
            yield "metod_nyckeltal", row.Index, column, what, expected
    for row in frames["nyckeltal"].dropna(subset=["titel", "mattenhet"]).itertuples():
        said = row.titel.rsplit(", ", 1)[-1]
        unit = IN_A_TITLE.get(said, re.sub(r"\binv$", "invånare", said.replace("/", " per ")))
        if re.match("(antal|andel)", said) and unit != row.mattenhet:
            yield (
                "nyckeltal",
                row.Index,
                "mattenhet",
                "Måttenheten är en annan än titeln säger",
                f"{unit}, som titeln slutar med",
            )


def _unfit(title: str, value: float, unit: str) -> Iterator[tuple[str, str, str]]:
    rating = RATING.fullmatch(unit)
    if not rating and unit not in (YEAR, PERCENT, *COUNTED):
        known = swedish_or([YEAR, PERCENT, *COUNTED])
        yield "mattenhet", "Måttenheten är inte känd", f"{known}, eller betyg av och ett tal"
    if unit == PERCENT and value > 100:
        yield "varde", "Andelen är större än allt", "högst 100, som är en andel i procent"
    if unit == PERCENT and not SHARE.search(title):
        yield "mattenhet", "Talet är ingen andel", "det som räknas; nyckeltalets namn säger inte andel"
    if rating and value > int(rating[1]):
        yield "varde", "Betyget är högre än det högsta", f"högst {rating[1]}"
    if unit in (YEAR, *COUNTED) and value % 1 and not MEAN.search(title):
        yield "varde", "Det som räknas är inte helt", "ett heltal, om namnet inte säger medelvärde"
