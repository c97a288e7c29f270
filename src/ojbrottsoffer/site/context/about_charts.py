"""The charts about the data itself: what the sources' claims came to, and which years there are figures of."""

from __future__ import annotations

from collections.abc import Iterator

from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.claims import FAILS, READINGS
from ojbrottsoffer.presentation.pictures import sheet
from ojbrottsoffer.presentation.pictures.years import years
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.chart import Chart
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.quality_context import claims_by_outcome

SIGNS = {"stammer": 2, READINGS: 1, FAILS: 0, "gar_inte_att_prova": None}
"""Outcome of a claim -> the square it is drawn as: full, half, an outline, dotted."""
FOLLOWED = {
    "resultat": "Enheternas svar",
    "riket": "Rikets andelar",
    "rankning": "Placeringar",
    "kommunsvar": "Kommuners egna uppgifter",
    "andelar_i_ord": "Andelar i ord",
    "nyckeltal_varden": "Nyckeltal ur Kolada",
}
"""Table with a row for each year -> what it holds, shortly."""


def about_charts(edition: EditionContext) -> Iterator[Chart]:
    yield from _claims(edition)
    yield from _years(edition)


def claims(edition: EditionContext) -> list[tuple[str, str, list]]:
    """The sources' claims by outcome: how many, the outcome in words, and a square for each."""
    found = {group["code"]: group for group in claims_by_outcome(edition.site)}
    return [
        (str(group["number"]), group["words"], [sign] * group["number"])
        for code, sign in SIGNS.items()
        if (group := found.get(code))
    ]


def _claims(edition: EditionContext) -> Iterator[Chart]:
    groups = claims_by_outcome(edition.site)
    tried = [group for group in groups if not group["untested"]]
    if not tried:
        return
    number = sum(group["number"] for group in tried)
    told = {group["code"]: f"{group['number']} {group['words']}" for group in tried}
    said = swedish_list([told[code] for code in SIGNS if code in told])
    rows = claims(edition)
    sources = dict.fromkeys(row["kalla_id"] for group in groups for row in group["rows"])
    yield Chart(
        "pastaenden",
        f"Av {text.count(number, 'påstående', 'påståenden')} som går att pröva: {said}",
        sheet.named_blocks(rows, 2, 1.2),
        "En ruta för varje påstående som källorna gör om sina egna siffror.",
        swedish_list([edition.publisher(source) for source in sources]),
        "kvalitet/",
        ("påstående", "källa", "var", "utfall"),
        [
            (row["pastaende"], edition.publisher(row["kalla_id"]), row["plats"], group["words"])
            for group in groups
            for row in group["rows"]
        ],
        sheet.named_blocks(rows, 1, 1.0),
    )


def years_of(edition: EditionContext) -> list[tuple[str, str, dict[int, int]]]:
    """Table, what it holds, and its number of rows for each year; tables without rows are left out."""
    found = []
    for table, what in FOLLOWED.items():
        counts = edition.site.tables[table]["ar"].value_counts().sort_index()
        if len(counts):
            found.append((table, what, {int(ar): int(n) for ar, n in counts.items()}))
    return found


def span(rows: list[tuple[str, str, dict[int, int]]]) -> tuple[int, int]:
    """The first year and the last of any row."""
    every = [ar for *_, counts in rows for ar in counts]
    return min(every), max(every)


def in_years(counts: dict[int, int]) -> str:
    """The years in words: `2015`, `2013–2024`."""
    first, last = min(counts), max(counts)
    return str(first) if first == last else f"{first}–{last}"


def _years(edition: EditionContext) -> Iterator[Chart]:
    rows = years_of(edition)
    first, last = span(rows)
    told = [f"{what[:1].lower()}{what[1:]} för {in_years(counts)}" for _, what, counts in rows[:3]]
    drawn = [
        (what, text.number(sum(counts.values())), years(counts, (first, last))) for _, what, counts in rows
    ]
    scale = ((0, str(first)), (100, str(last)))
    yield Chart(
        "artal",
        f"Här finns {swedish_list(told)}",
        sheet.named_spines(drawn, scale=scale),
        "En punkt för varje år med uppgifter. Talet är hur många rader som finns i tabellen.",
        "våra tabeller",
        "data/",
        ("tabell", "innehåll", "år", "rader"),
        [(table, what, ar, n) for table, what, counts in rows for ar, n in counts.items()],
        sheet.named_spines(drawn, True, scale),
    )
