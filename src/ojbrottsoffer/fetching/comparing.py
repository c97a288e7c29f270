"""What a fetch says against what is known: the municipalities of the register, and the fetch before."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.sources.kolada_answers import Answer
from ojbrottsoffer.sources.reference.register import Reference

KEY = ["nyckeltal_id", "kommunkod", "ar", "kon"]
REGISTER = "data/reference/kommuner.csv"


def check_municipalities(answers: Iterable[Answer], reference: Reference) -> None:
    """Raises `DataError` for each municipality that only one of Kolada and the register has."""
    pages = [answer for answer in answers if answer.kind == "municipality"]
    listed = {
        item.id: item.title
        for page in (answer.page() for answer in pages)
        if page is not None
        for item in page.values
        if item.type in (None, "K")
    }
    known = dict(zip(reference.kommuner["kommunkod"], reference.kommuner["kommun"], strict=True))
    findings = [
        Finding(
            "Kommunen finns inte i Kolada"
            if code in known
            else "Kommunen finns i Kolada men inte i registret",
            file=pages[0].file if pages else "",
            column="municipality",
            value=f"{code} {known.get(code, listed.get(code, ''))}",
            expected=f"samma kommuner i Kolada som i {REGISTER}",
            action="Har kommunen slagits samman, delats eller bytt kod: rätta "
            f"{REGISTER} och data/reference/enheter_mellan_ar.csv, och hämta sedan.",
            priority=1,
        )
        for code in sorted(known.keys() ^ listed.keys())
    ]
    if findings:
        raise DataError(findings)


def summary(values: pd.DataFrame, municipalities: int) -> list[str]:
    """What has been fetched, in a few lines of Swedish."""
    if values.empty:
        return ["Kolada har inga värden för nyckeltalen."]
    reasons = values["saknas_orsak"].value_counts()
    lacking = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    with_values = values.loc[values["enhet_id"].notna(), "kommunkod"].nunique()
    return [
        f"{counted(len(values), 'värde', 'värden')} för {with_values} av {municipalities} kommuner, "
        f"{values['ar'].min()}–{values['ar'].max()}"
        + (f"; utan tal: {lacking}." if lacking else "; inget saknas.")
    ]


def changes(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """What has changed since the fetch before, a line for each key figure that has; for whoever reviews it."""
    if before.empty:
        return []
    both = before.merge(after, on=KEY, how="outer", suffixes=("_forr", "_nu"), indicator=True)
    same = both["_merge"] == "both"
    value = both["varde_forr"].eq(both["varde_nu"]) | both["varde_forr"].isna() & both["varde_nu"].isna()
    reason = both["saknas_orsak_forr"].fillna("").eq(both["saknas_orsak_nu"].fillna(""))
    both["andrade"] = same & ~(value.fillna(False).astype(bool) & reason)
    both["nya"], both["borta"] = both["_merge"] == "right_only", both["_merge"] == "left_only"
    counts = both.groupby("nyckeltal_id")[["nya", "andrade", "borta"]].sum()
    lines = [
        f"    {name}: {row.nya} nya, {row.andrade} ändrade, {row.borta} borta"
        for name, row in zip(counts.index, counts.itertuples(), strict=True)
        if row.nya or row.andrade or row.borta
    ]
    return ["Sedan förra hämtningen:", *(lines or ["    inget har ändrats"])]
