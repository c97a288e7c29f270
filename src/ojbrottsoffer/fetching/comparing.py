"""What a fetch says against what is known: the municipalities of the register, and the fetch before."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ojbrottsoffer.fetching.problems import stop
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.sources.fetched_figures import Fetched
from ojbrottsoffer.sources.kolada_answers import Answer
from ojbrottsoffer.sources.reference.register import Reference

VALUES, GROUPS = "nyckeltal_varden", "kommungrupper_kolada"
KEY = ["nyckeltal_id", "kommunkod", "ar", "kon"]
LIKE = ["kommungrupp", "ar", "enhet_id", "liknande_id"]
LEAST = 0.5
"""A fetch has at least this share of the numbers that the one before had."""
MOST_NAMED = 5
MOST_TOLD = 40
"""So many changed values are told one by one."""
REGISTER = "data/reference/kommuner.csv"


def check_municipalities(answers: Iterable[Answer], reference: Reference, address: str) -> None:
    """Raises `DataError` if there are none, and for each that only one of Kolada and the register has."""
    pages = [answer for answer in answers if answer.kind == "municipality"]
    listed = {
        item.id: item.title
        for page in (answer.page() for answer in pages)
        if page is not None
        for item in page.values
        if item.type in (None, "K")
    }
    if not listed:
        raise stop(
            "Tjänsten har inga kommuner",
            address,
            "inget svar med kommuner",
            "Sveriges kommuner",
            "Kontrollera adressen i inställningen KOLADA_URL, eller lämna den tom.",
        )
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


def check_values(values: pd.DataFrame, before: pd.DataFrame, address: str, last: str) -> None:
    """Raises `DataError` if nothing came, or far less than in the fetch before, `last`: a service that has lost its
    values answers as politely as one that has them.
    """
    numbers, had = values["varde"].notna().sum(), before["varde"].notna().sum()
    if numbers >= max(1, had * LEAST):
        return
    raise stop(
        "Kolada gav inga värden" if not numbers else "Kolada gav mycket färre värden än förra gången",
        address,
        counted(int(numbers), "värde", "värden"),
        f"minst hälften av de {had} i data/raw/{last}/" if had else "värden för kommunerna",
        "Se efter på kolada.se om nyckeltalen har värden, och hämta igen senare med --om."
        + (f" Är de verkligen borta: ta bort data/raw/{last}/ i en egen ändring först." if had else ""),
    )


def summary(values: pd.DataFrame, reference: Reference) -> list[str]:
    """What has been fetched, in a few lines of Swedish."""
    reasons = values["saknas_orsak"].value_counts()
    lacking = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    names = dict(zip(reference.kommuner["kommunkod"], reference.kommuner["kommun"], strict=True))
    without = [name for code, name in names.items() if code not in set(values["kommunkod"])]
    first = f"{counted(len(values), 'värde', 'värden')} för {len(names) - len(without)} av {len(names)} kommuner, "
    lines = [
        f"{first}{values['ar'].min()}–{values['ar'].max()}" + (f"; utan tal: {lacking}." if lacking else ".")
    ]
    if without:
        more = f" och {len(without) - MOST_NAMED} till" if len(without) > MOST_NAMED else ""
        lines.append(f"Inget alls kom för {', '.join(without[:MOST_NAMED])}{more}.")
    return lines


def changes(before: Fetched, after: Fetched) -> list[str]:
    """What has changed since the fetch before, for whoever reviews it: counts for each key figure, the values that
    are others than they were, Kolada's groups, and the words of its descriptions. Empty if nothing has.
    """
    old, new = before.tables, after.tables
    both = old[VALUES].merge(new[VALUES], on=KEY, how="outer", suffixes=("_forr", "_nu"), indicator=True)
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
    others = both[both["andrade"] | both["borta"]]
    lines += [f"    {_moved(row)}" for row in others.head(MOST_TOLD).itertuples()]
    if len(others) > MOST_TOLD:
        lines.append(f"    … och {len(others) - MOST_TOLD} till som är ändrade eller borta")
    were, are = (set(tables[GROUPS][LIKE].itertuples(index=False, name=None)) for tables in (old, new))
    if were != are:
        lines.append(f"    Koladas grupper: {len(are - were)} nya medlemmar, {len(were - are)} borta")
    for kpi in sorted(before.descriptions.keys() & after.descriptions.keys()):
        was, now = before.descriptions[kpi], after.descriptions[kpi]
        if was != now:
            lines.append(f"    {kpi} beskrivs med andra ord. Läs om det är samma tal. Förr: {was} Nu: {now}")
    return lines


def _moved(row: tuple) -> str:
    """`aktualiserade-for-vald 0123 2023 alla: 12,3 → 1,0`."""

    def said(value: float | None, why: str | None) -> str:
        return text(value) if pd.notna(value) else str(why) if pd.notna(why) else "borta"

    where = f"{row.nyckeltal_id} {row.kommunkod} {row.ar} {row.kon}"
    return (
        f"{where}: {said(row.varde_forr, row.saknas_orsak_forr)} → {said(row.varde_nu, row.saknas_orsak_nu)}"
    )


def text(value: float) -> str:
    """A number as Swedish has it."""
    return f"{value:g}".replace(".", ",")
