"""Rows that contradict each other, or their own source: what no single row shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from ojbrottsoffer.checks.rules.figure_units import unfit_units
from ojbrottsoffer.importer.accepted.editions import is_imported
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.tables import TABLES

NO = re.compile(r"\b(inte|ingen|inget|inga|saknar|saknas|nej)\b", re.IGNORECASE)
"""A printed answer with one of these words is a Nej; one without is not."""
COUNTED = {"kommuner": ("valdsutovare_jonkoping", "enhet_id")}
"""Key figure -> the column of the same source's own table whose different values it counts."""
TOLD = (
    *("resultat", "antal_ja", "riket", "rankning", "omgangar"),
    *("andelar_i_ord", "kommunsvar", "unizon_utan_placering", "valdsutovare_jonkoping"),
)
"""Tables whose figures a source tells of a year; in others the year is ours, as of the links to a report's factors."""
Contradiction = Iterator[tuple[str, int, str, str, str]]
"""Table, index of the row, column, what is wrong, what was expected."""


def contradicting_rows(frames: dict[str, pd.DataFrame], rounds: pd.DataFrame) -> list[Finding]:
    """A finding for each row of the public tables that can't be right beside another.

    `rounds`: the rounds that sources tell of; `omgangar` has those that follow from the figures too.
    """
    return [
        Finding(
            what,
            file=str(row.get("_fil") or ""),
            table=table,
            row=None if pd.isna(row.get("_rad")) else int(row["_rad"]),
            row_label=", ".join(f"{key} = {row[key]}" for key in TABLES[table].key),
            column=column,
            value=str(row[column]),
            expected=expected,
            action="Jämför raderna med källan (adressen står i origin.yml) och rätta den som är fel.",
            priority=3,
        )
        for table, index, column, what, expected in (
            *_seen_backwards(frames),
            *_told_before(frames),
            *_placed_in_no_round(frames, rounds),
            *_placed_alone_together(frames),
            *_placed_and_not(frames),
            *_answered_otherwise(frames["kommunsvar"]),
            *_counted_otherwise(frames),
            *_twice(frames["metod_nyckeltal"]),
            *unfit_units(frames),
        )
        for row in [frames[table].loc[index]]
    ]


def _seen_backwards(frames: dict[str, pd.DataFrame]) -> Contradiction:
    for name in TABLES:
        frame = frames[name]
        if {"sedd_forst", "sedd_sist"} <= set(frame):
            for index in frame.index[frame["sedd_forst"].astype(str) > frame["sedd_sist"].astype(str)]:
                last = frame.at[index, "sedd_sist"]
                yield (
                    name,
                    index,
                    "sedd_forst",
                    "Sedd första gången efter den sista",
                    f"en dag till och med {last}",
                )


def _told_before(frames: dict[str, pd.DataFrame]) -> Contradiction:
    """A figure of a year that came after its source was published, or else retrieved. The year of an imported
    edition is asked about when it is imported.
    """
    sources = frames["kallor"].set_index("kalla_id")
    sources = sources[~sources.index.str.fullmatch(r"(oj|rankning|riket)-[0-9]{4}")]
    last = sources["publicerad"].fillna(sources["hamtad"]).dropna().str[:4].astype(int)
    for name in TOLD:
        frame = frames[name]
        known = frame["kalla_id"].map(last)
        for index in frame.index[(pd.to_numeric(frame["ar"]) > known).fillna(False)]:
            yield (name, index, "ar", "Året är senare än källan", f"ett år till och med {int(known[index])}")


def _unizon(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    placed = frames["rankning"]
    return placed[placed["undersokning"].eq("unizon") & placed["placering"].notna()]


def _placed_in_no_round(frames: dict[str, pd.DataFrame], rounds: pd.DataFrame) -> Contradiction:
    placed = _unizon(frames)
    came = placed["kalla_id"].map(is_imported)  # the file of a round is the round
    years = {
        *rounds.loc[rounds["undersokning"].eq("unizon"), "ar"].astype(int),
        *placed.loc[came, "ar"].astype(int),
    }
    if len(rounds):
        for index in placed.index[~placed["ar"].astype(int).isin(years)]:
            yield "rankning", index, "ar", "Rankningen gjordes inte det året", "ett år ur omgangar.csv"


def _placed_alone_together(frames: dict[str, pd.DataFrame]) -> Contradiction:
    """Two units at one place, where the row of one says that it is alone there and that of the other says
    whether it is. That nobody is known to share a shared place is no contradiction: few placings are known.
    """
    told = _unizon(frames).dropna(subset=["delad"])
    for _, group in told.groupby(["ar", "placering"]):
        alone = group[~group["delad"].astype(bool)]
        if group["enhet_id"].nunique() > 1 and len(alone):
            others = ", ".join(sorted(set(group["enhet_id"]) - {alone["enhet_id"].iloc[0]}))
            yield (
                "rankning",
                alone.index[0],
                "placering",
                "Två har samma placering, men den är inte delad",
                f"en annan placering än den som {others} har, eller delad = ja",
            )


def _placed_and_not(frames: dict[str, pd.DataFrame]) -> Contradiction:
    placed, without = _unizon(frames), frames["unizon_utan_placering"]
    places = set(zip(placed["ar"].astype(int), placed["enhet_id"], strict=True))
    for row in without.dropna(subset=["ar"]).itertuples():
        if (int(row.ar), row.enhet_id) in places:
            yield (
                "unizon_utan_placering",
                row.Index,
                "enhet_id",
                "Kommunen är både rankad och utan placering",
                "en kommun utan placering det året i rankning.csv",
            )


def _answered_otherwise(answers: pd.DataFrame) -> Contradiction:
    for row in answers.dropna(subset=["svar", "svar_som_tryckt"]).itertuples():
        said = "Nej" if NO.search(row.svar_som_tryckt) else "Ja"
        if (row.svar == "Nej") != (said == "Nej"):
            yield (
                "kommunsvar",
                row.Index,
                "svar",
                "Svaret är ett annat än det som är tryckt",
                f"{said}, som ”{row.svar_som_tryckt}” säger",
            )


def _counted_otherwise(frames: dict[str, pd.DataFrame]) -> Contradiction:
    for row in frames["metod_nyckeltal"].itertuples():
        table, column = COUNTED.get(row.metodtal_id, ("", ""))
        listed = frames[table].loc[frames[table]["kalla_id"].eq(row.kalla_id), column] if table else []
        if len(listed) and listed.nunique() != row.varde:
            yield (
                "metod_nyckeltal",
                row.Index,
                "varde",
                "Antalet är ett annat än källans egen tabell har",
                f"{listed.nunique()}, som {table}.csv",
            )


def _twice(figures: pd.DataFrame) -> Contradiction:
    for index in figures.index[figures.duplicated(["metod_id", "metodtal", "varde", "mattenhet"])]:
        yield (
            "metod_nyckeltal",
            index,
            "metodtal",
            "Samma nyckeltal står två gånger",
            "varje nyckeltal en gång",
        )
