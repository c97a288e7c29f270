"""Rows that can't be right beside another, or beside what they are about: every row that a rule is for, damaged so that
the rule is broken.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pandas as pd

from ojbrottsoffer.checks.between_rows import COUNTED, TOLD, contradicting_rows
from ojbrottsoffer.checks.meaning import as_text, changed_meanings
from ojbrottsoffer.importer.accepted.editions import is_imported
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated.corrections import FILE_NAME as CORRECTIONS
from ojbrottsoffer.sources.curated.decisions import KNOWN_CONTRADICTIONS
from ojbrottsoffer.sources.inputs import read_all
from ojbrottsoffer.sources.recorded_versions import read_versions
from ojbrottsoffer.sources.reference.register import load_reference
from ojbrottsoffer.sources.reference.register_rules import broken_rules


@dataclass(frozen=True)
class Tried:
    """One place that was damaged, and the first finding that tells of it."""

    place: str
    told: Finding | None


Frames = dict[str, pd.DataFrame]
FindingsOf = Callable[[Project, Path, str], list[Finding]]
"""What the gate says of a project with a file of this text."""
LONG_AGO, LATE = "2001-01-01", 2026
"""A day before anything here, and a year after the sources."""


def year_after_source(frames: Frames) -> Iterator[Frames]:
    sources = frames["kallor"].set_index("kalla_id")
    came = sources["publicerad"].fillna(sources["hamtad"]).str[:4]
    for name in TOLD:
        late = frames[name]["kalla_id"].map(came).astype("Float64").lt(LATE).fillna(False)
        late &= ~frames[name]["kalla_id"].map(is_imported)
        yield {name: frames[name][late].assign(ar=LATE)}


def placed_together(frames: Frames) -> Iterator[Frames]:
    ranked = frames["rankning"]
    ranked = ranked[ranked["undersokning"].eq("unizon") & ranked["placering"].notna()]
    for row in ranked[ranked["delad"].eq(False).fillna(False)].itertuples():
        others = ranked[ranked["ar"].eq(row.ar) & ranked["enhet_id"].ne(row.enhet_id)]
        if len(others):
            yield {"rankning": others.head(1).assign(placering=row.placering, delad=False)}


def placed_in_no_round(frames: Frames) -> Iterator[Frames]:
    ranked = frames["rankning"]
    ranked = ranked[ranked["undersokning"].eq("unizon") & ranked["placering"].notna()]
    yield {"rankning": ranked.assign(ar=2016)}


def placed_and_not(frames: Frames) -> Iterator[Frames]:
    ranked = frames["rankning"]
    ranked = ranked[ranked["undersokning"].eq("unizon") & ranked["placering"].notna()]
    placed = dict(zip(ranked["ar"], ranked["enhet_id"], strict=True))
    without = frames["unizon_utan_placering"].dropna(subset=["ar"])
    without = without[without["ar"].isin(list(placed))]
    yield {"unizon_utan_placering": without.assign(enhet_id=without["ar"].map(placed))}


def answered_otherwise(frames: Frames) -> Iterator[Frames]:
    answers = frames["kommunsvar"].dropna(subset=["svar", "svar_som_tryckt"])
    yield {"kommunsvar": answers.assign(svar=answers["svar"].eq("Nej").map({True: "Ja", False: "Nej"}))}


def counted_otherwise(frames: Frames) -> Iterator[Frames]:
    figures = frames["metod_nyckeltal"]
    figures = figures[figures["metodtal_id"].isin(list(COUNTED))]
    yield {"metod_nyckeltal": figures.assign(varde=figures["varde"] + 1)}


def twice(frames: Frames) -> Iterator[Frames]:
    figures = frames["metod_nyckeltal"]
    yield {"metod_nyckeltal": figures.set_axis(figures.index + len(figures))}


def seen_backwards(frames: Frames) -> Iterator[Frames]:
    for name in ("indikatorer_kolada", "nyckeltal"):
        yield {name: frames[name].assign(sedd_forst=f"{LATE}-11-30")}


BETWEEN: dict[str, Callable[[Frames], Iterator[Frames]]] = {
    "rader-ar": year_after_source,
    "rader-placering": placed_together,
    "rader-omgang": placed_in_no_round,
    "rader-utan-placering": placed_and_not,
    "rader-tryckt-svar": answered_otherwise,
    "rader-antal": counted_otherwise,
    "rader-dubbelt": twice,
    "rader-sedd": seen_backwards,
}
"""Class -> rows that take the place of those with the same index, one damage each, so many at a time as do not hide
each other.
"""


def between(scratch: Project, frames: Frames, name: str) -> Iterator[Tried]:
    rounds = read_all(scratch).single.omgangar
    for damaged in BETWEEN[name](frames):
        ((table, rows),) = damaged.items()
        kept = frames[table].drop(rows.index, errors="ignore")
        findings = contradicting_rows(frames | {table: pd.concat([kept, rows])}, rounds)
        told = {one.row_label: one for one in findings if one.table == table}
        for _, row in rows.iterrows():
            label = ", ".join(f"{key} = {row[key]}" for key in TABLES[table].key)
            # Of two at one place either may be told of.
            found = told.get(label) or (next(iter(told.values()), None) if len(rows) == 1 else None)
            yield Tried(f"{table}, {label}", found)


def other_units(scratch: Project, frames: Frames) -> Iterator[Tried]:
    """The unit of every figure that has one beside it, changed to one that other figures have."""
    tables = ("metod_nyckeltal", "nyckeltal")
    damaged = frames | {
        name: frames[name].assign(
            mattenhet=frames[name]["mattenhet"].map(
                lambda unit: "personer" if unit != "personer" else "kommuner"
            )
        )
        for name in tables
    }
    findings = changed_meanings(scratch, as_text(damaged), [], (), read_versions(scratch))
    told = {(one.table, one.row_label): one for one in findings if one.column == "mattenhet"}
    for name in tables:
        for _, row in damaged[name].iterrows():
            label = " / ".join(row[key] for key in TABLES[name].key)
            yield Tried(f"{name}, {label}", told.get((name, label)))


def _swapped(places: pd.DataFrame, index: int, far: int) -> pd.DataFrame:
    places.loc[[index, far]] = places.loc[[far, index]].to_numpy()
    return places


def _turned(places: pd.DataFrame, index: int, far: int) -> pd.DataFrame:
    places.loc[index] = places.loc[index].to_numpy()[::-1]
    return places


def _shared(places: pd.DataFrame, index: int, far: int) -> pd.DataFrame:
    places.loc[index] = places.loc[far]
    return places


PLACES: dict[str, Callable[[pd.DataFrame, int, int], pd.DataFrame]] = {
    "lage-langt-bort": _swapped,
    "lage-omvant": _turned,
    "lage-samma": _shared,
}
"""Class -> the places of the municipalities, given one and that which lies farthest from it."""


def moved(scratch: Project, name: str) -> Iterator[Tried]:
    """Every municipality, one at a time."""
    reference = load_reference(scratch)
    towns = register = reference.kommuner
    files = {name: scratch.relative(scratch.reference / f"{name}.csv") for name in ("kommuner", "omraden")}
    # Invented ones may share a place.
    towns = towns[~towns["kommun"].str.startswith("Testkommun") & towns["lat"].ne("")]
    degrees = towns[["lat", "lon"]].astype(float)
    for index, place in degrees.iterrows():
        far = ((degrees - place) ** 2).sum(axis=1).idxmax()
        changed = register.copy()
        changed[["lat", "lon"]] = PLACES[name](changed[["lat", "lon"]].copy(), index, far)
        findings = broken_rules({"kommuner": changed, "omraden": reference.omraden}, files)
        rows = {index + 2, far + 2}
        told = (one for one in findings if one.file == files["kommuner"] and one.row in rows)
        yield Tried(f"{files['kommuner']} rad {index + 2}", next(told, None))


def _days(text: str) -> str:
    return re.sub(r"(?m)^(  granskad: |)\d{4}-\d\d-\d\d(?=,|$)", rf"\g<1>{LONG_AGO}", text)


def _quoting(column: str) -> Callable[[str], str]:
    def other(text: str) -> str:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        for row in rows:
            if row["ordagrant"] in ("ja", column) and row[column]:
                row[column] = f"annat än {row['vad']}"
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

    return other


DECIDED: dict[str, tuple[str, Callable[[str], str], str]] = {
    "dag-for-tidig": (rf"{LONG_AGO}", _days, ""),
    "rattelse-fore": ("annat än", _quoting("fore"), CORRECTIONS),
    "rattelse-efter": ("annat än", _quoting("efter"), CORRECTIONS),
}
"""Class -> how a damaged value begins, the new text of a file given the old, and the only file it is done to."""


def decided(scratch: Project, findings_of: FindingsOf, name: str) -> Iterator[Tried]:
    """Every day of a decision or a correction, and what every correction quotes, a file at a time."""
    begins, other, only = DECIDED[name]
    for path in (scratch.reference / KNOWN_CONTRADICTIONS, scratch.reference / CORRECTIONS):
        if only in ("", path.name):
            text = other(path.read_text(encoding="utf-8"))
            file = scratch.relative(path)
            told = [one for one in findings_of(scratch, path, text) if one.file == file]
            told = [one for one in told if (one.value or "").startswith(begins)]
            places = [n for n, line in enumerate(text.splitlines(), start=1) if begins in line]
            for place, found in zip_longest(places, told[: len(places)]):
                yield Tried(f"{file} rad {place}", found)
