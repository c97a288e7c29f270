"""Editions with names, questions, sources and remarks that nobody should have, for what is set on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from synthetic import make_project

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.pages.site_pages import SitePages

UNIT = "testkommun-001"
LONG_NAME = "Testkommun 001 " + "med ett långt namn " * 15


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
