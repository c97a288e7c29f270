"""The published figures over time: Unizon's placings and the nation's shares."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.analysis.units.indicator import Point, Series, nation_over_years


@dataclass(frozen=True)
class Placing:
    """One unit's placing one year. `others` are placings other sources give, if they differ."""

    ar: int
    placing: int
    of: int | None
    shared: bool | None
    source_id: str
    place: str
    others: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Course:
    """One unit through the years, oldest first."""

    enhet_id: str
    enhet: str
    placings: tuple[Placing, ...]

    @property
    def by_year(self) -> dict[int, Placing]:
        return {placing.ar: placing for placing in self.placings}


@dataclass(frozen=True)
class UnizonHistory:
    courses: list[Course]
    """Most years first, then by the latest placing."""
    rounds: dict[int, int | None]
    """Year -> number of places in the ranking; None where no source says."""
    followed: list[str]
    """Units of the edition that have placings in more than one year."""

    @property
    def years(self) -> list[int]:
        return list(self.rounds)

    @property
    def source_ids(self) -> list[str]:
        """Every source that gives a placing, also where another goes first."""
        placings = [p for course in self.courses for p in course.placings]
        return sorted({p.source_id for p in placings} | {s for p in placings for _, s in p.others})

    @property
    def repeated(self) -> int:
        """Units with placings in more than one year."""
        return sum(len(course.placings) > 1 for course in self.courses)

    def steps(self, course: Course) -> list[tuple[Placing, Placing, bool]]:
        """The lines of a course: from, to, and whether a round between them is unknown."""
        order = {ar: n for n, ar in enumerate(self.rounds)}
        return [
            (a, b, order[b.ar] - order[a.ar] > 1)
            for a, b in zip(course.placings, course.placings[1:], strict=False)
        ]


PUBLISHER = "Unizon"
"""Who makes the ranking: where sources differ, what it says itself goes first."""


def unizon_history(tables: dict[str, pd.DataFrame], units: list[str]) -> UnizonHistory:
    """Every unit that any source places, with what it says."""
    by = tables["kallor"].set_index("kalla_id")["utgivare"]
    first = set(by.index[by == PUBLISHER])
    rows = tables["rankning"]
    rows = rows[(rows["undersokning"] == "unizon") & rows["placering"].notna()]
    names = tables["enheter"].set_index("enhet_id")["enhet"].to_dict()
    by_unit: dict[str, dict[int, list[dict]]] = {}
    for row in rows.to_dict("records"):
        by_unit.setdefault(row["enhet_id"], {}).setdefault(row["ar"], []).append(row)
    courses = [
        Course(unit, names[unit], tuple(_placing(same, first) for _, same in sorted(years.items())))
        for unit, years in sorted(by_unit.items())
    ]
    rounds = {
        int(ar): None if same["antal_rankade"].isna().all() else int(same["antal_rankade"].max())
        for ar, same in rows.groupby("ar", sort=True)
    }
    return UnizonHistory(
        sorted(courses, key=lambda c: (-len(c.placings), c.placings[-1].placing, c.enhet)),
        rounds,
        [c.enhet_id for c in courses if c.enhet_id in units and len(c.placings) > 1],
    )


def _placing(rows: list[dict], preferred: set[str]) -> Placing:
    first, *rest = sorted(rows, key=lambda row: (row["kalla_id"] not in preferred, row["kalla_id"]))
    shared = [
        row["delad"]
        for row in (first, *rest)
        if not pd.isna(row["delad"]) and row["placering"] == first["placering"]
    ]
    return Placing(
        ar=int(first["ar"]),
        placing=int(first["placering"]),
        of=None if pd.isna(first["antal_rankade"]) else int(first["antal_rankade"]),
        shared=bool(shared[0]) if shared else None,
        source_id=first["kalla_id"],
        place=first["plats"],
        others=tuple(
            (int(row["placering"]), row["kalla_id"]) for row in rest if row["placering"] != first["placering"]
        ),
    )


@dataclass(frozen=True)
class NationalCourse:
    """One way through what a question was and what it became. `indikator_id` is the latest of its
    indicators that the edition has."""

    indikator_id: str
    indikator: str
    series: Series


def national_courses(
    riket: pd.DataFrame, links: pd.DataFrame, indicators: pd.DataFrame
) -> list[NationalCourse]:
    """Every series with at least two years, in the indicators' published order."""
    known = nation_over_years(riket, links)
    return [
        NationalCourse(indikator_id, label, series)
        for indikator_id, label in indicators["indikator"].items()
        for series in known.get(indikator_id, [])
        if indikator_id == [each for each in series.indicators if each in indicators.index][-1]
    ]


def national_points(found: list[NationalCourse]) -> list[tuple[NationalCourse, Point]]:
    """Every published share once: the years before a split are in the course of each part."""
    points: dict[Point, NationalCourse] = {}
    for item in found:
        for point in item.series.points:
            points.setdefault(point, item)
    return [(item, point) for point, item in points.items()]


def national_runs(found: list[NationalCourse]) -> list[list[Point]]:
    """Every run of comparable years once: not also the years before a split, when they go on in one
    of the parts.
    """
    runs = {tuple(run): set(run) for item in found for run in item.series.segments}
    return [list(run) for run, points in runs.items() if not any(points < other for other in runs.values())]
