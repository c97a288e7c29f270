"""Editions with names, questions, sources and remarks that nobody should have."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pandas as pd
from synthetic import make_project

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.pages.site_pages import SitePages

UNIT = "testkommun-001"
LONG_NAME = "Testkommun 001 " + "med ett långt namn " * 15

# Signs that the PDF's font lacks, and signs that turn the text, stop the build: tests/site/files/test_paper.py.
HOSTILE = [
    "<script>alert(1)</script>",
    '"; DROP TABLE enheter; --',
    "=cmd|' /C calc'!A0",
    "Testkommun " + "å" * 289,
    "Testkommun &lt;b&gt; &#x27;",
    "Testkommun {{ 7 * 7 }} {% raw %}",
    "<img src=x onerror=alert(1)>",
    "@SUM(1+1)",
]


AREA, TITLE = " (område)", " (källa)"
"""Tell areas and sources from the municipalities with the same names."""


def with_hostile_names(project: Project, first: int) -> list[str]:
    """Gives municipalities from number `first` on, and the first indicators, areas and sources, hostile names.
    Returns the ids of the municipalities."""
    units = [f"testkommun-{first + number:03}" for number in range(len(HOSTILE))]
    for name, column, skip, after in (
        ("enheter", "enhet", first - 1, ""),
        ("indikatorer_ar", "indikator", 0, ""),
        ("omraden", "omrade", 0, AREA),
        ("kallor", "titel", 0, TITLE),
    ):
        path = project.clean / f"{name}.csv"
        rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        for row, text in zip(rows[skip:], HOSTILE, strict=False):
            row[column] = text + after
            assert name != "enheter" or row["enhet_id"] in units
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return units


def half_answered(project: Project, folder: Path) -> EditionContext:
    """Thirty invented units, the first of which has answered every other question."""
    made = make_project(project, folder, 30)
    path = made.clean / "resultat.csv"
    answers = pd.read_csv(path, dtype=str, keep_default_na=False)
    half = answers.index[answers["enhet_id"] == UNIT][::2]
    answers.loc[half, ["svar_kod", "svar", "saknas_orsak"]] = ["", "", "ej_besvarat"]
    answers.to_csv(path, index=False)
    return SitePages.load(made).latest


def changed(
    edition: EditionContext,
    name: str | None = None,
    question: str | None = None,
    source: str | None = None,
    remark: str | None = None,
    every: bool = False,
    nation: bool = True,
) -> EditionContext:
    """The same edition with another name, first gap (or `every` question) and source, with six contradictions
    that say `remark`, or without the nation's shares.
    """
    units, indicators, sources = (
        frame.copy() for frame in (edition.year.units, edition.year.indicators, edition.year.sources)
    )
    contradictions = edition.year.contradictions
    if name:
        units.loc[UNIT, "enhet"] = name
    if question:
        asked = list(indicators.index) if every else edition.profiles[UNIT].gaps[:1]
        indicators.loc[asked, ["indikator", "kortnamn"]] = question
    if source:
        sources.loc[edition.source_id, "titel"] = source
    if remark:
        told = {"avvikelsetyp": "pastaende", "enhet_id": UNIT, "beskrivning": remark, "beslut": remark}
        contradictions = pd.DataFrame([told | {"indikator_id": None}] * 6)
    if not nation:
        indicators = indicators.assign(riket=pd.NA, riket_kalla=pd.NA)
    year = replace(
        edition.year, units=units, indicators=indicators, sources=sources, contradictions=contradictions
    )
    tables = edition.site.tables | {"kallor": sources.reset_index()}
    return replace(edition, year=year, site=replace(edition.site, tables=tables))
