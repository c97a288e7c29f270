"""Key figures fetched from Kolada: one municipality beside the nation and similar municipalities.

A value is never a grade: more reports or cases can mean more openness, better counting or more violence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log
from statistics import fmean, median

import pandas as pd

from ojbrottsoffer.analysis.limits import (
    SIMILAR_MUNICIPALITIES,
    SMALL_POPULATION,
    UNITS_FOR_MAP,
    VALUES_FOR_SIMILAR,
    YEARS_OF_SMALL,
)
from ojbrottsoffer.schema.tables.kolada_tables import NATION

ALL = "alla"
"""Values for everybody, whatever their sex."""
PER = {"10 000": 10_000, "100 000": 100_000}
"""What a rate is counted per, as its unit writes it."""

Values = dict[int, float]
"""Year -> value, the oldest first."""


@dataclass(frozen=True)
class Figure:
    """One key figure of one municipality."""

    about: dict
    """Its row in `nyckeltal`."""
    values: Values
    missing: dict[int, str]
    """Year -> why there is no value."""
    nation: Values
    similar: dict[str, float]
    """Similar municipality -> its value in the latest year of `values`."""
    person: float | None
    """How much one case more or less changes the value; None where it is no rate of all inhabitants, or their
    number is unknown."""
    is_small: bool
    """True if a single year says little: `YEARS_OF_SMALL` years are shown together."""

    @property
    def year(self) -> int | None:
        """The latest year with a value."""
        return max(self.values, default=None)

    @property
    def years(self) -> list[int]:
        """Every year that the municipality or the nation has something for, the latest first."""
        return sorted({*self.values, *self.missing, *self.nation}, reverse=True)

    @property
    def late(self) -> dict[int, str]:
        """The years after the latest value, and why they have none."""
        return {ar: why for ar, why in self.missing.items() if self.year is None or ar > self.year}

    @property
    def nation_value(self) -> float | None:
        """The nation's value in the same year."""
        return self.nation.get(self.year)

    @property
    def similar_median(self) -> float | None:
        return median(self.similar.values()) if len(self.similar) >= VALUES_FOR_SIMILAR else None

    @property
    def years_together(self) -> list[int]:
        """The years with a value among the last `YEARS_OF_SMALL`, counted from the latest."""
        return [ar for ar in self.values if ar > self.year - YEARS_OF_SMALL] if self.values else []

    @property
    def mean(self) -> float | None:
        """The mean of those years; None if they are fewer than two."""
        years = self.years_together
        return fmean(self.values[ar] for ar in years) if len(years) > 1 else None


@dataclass(frozen=True)
class Similar:
    """A municipality that is like another."""

    kommunkod: str
    population: int
    share: float
    """Its share of its county's population, in percent."""
    groups: int
    """In how many of Kolada's groups of the other it is."""


@dataclass(frozen=True, eq=False)
class KeyFigures:
    """All that has been fetched. `counties`: municipality code -> county."""

    about: pd.DataFrame
    rows: pd.DataFrame
    groups: pd.DataFrame
    codes: dict[str, str]
    """Municipality id -> code."""
    counties: dict[str, str]

    @property
    def are_there(self) -> bool:
        """True if somebody has fetched values."""
        return len(self.rows) > 0

    @cached_property
    def shown(self) -> list[dict]:
        """The key figures that are shown for their own sake."""
        return self.about[self.about["roll"] == "visas"].to_dict("records")

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], tuple[Values, dict[int, str]]]:
        """Key figure and municipality -> the years with a value, and those without one with the reason."""
        found: dict[tuple[str, str], tuple[Values, dict[int, str]]] = {}
        rows = self.rows[self.rows["kon"] == ALL].sort_values("ar")
        columns = ("nyckeltal_id", "kommunkod", "ar", "varde", "saknas_orsak")
        for figure, code, ar, value, why in zip(*(rows[name] for name in columns), strict=True):
            values, missing = found.setdefault((figure, code), ({}, {}))
            if pd.isna(value):
                missing[int(ar)] = why
            else:
                values[int(ar)] = float(value)
        return found

    def values(self, figure: str, code: str) -> Values:
        """The years with a value."""
        return self._by_key.get((figure, code), ({}, {}))[0]

    def missing(self, figure: str, code: str) -> dict[int, str]:
        """The years without one, and why."""
        return self._by_key.get((figure, code), ({}, {}))[1]

    @cached_property
    def population_id(self) -> str:
        """The key figure that is the population."""
        return self.about.loc[self.about["roll"] == "befolkning", "nyckeltal_id"].iloc[0]

    @cached_property
    def population(self) -> dict[str, int]:
        """Municipality code -> inhabitants in its latest year."""
        found = {code: self.values(self.population_id, code) for code in self.counties}
        return {code: round(values[max(values)]) for code, values in found.items() if values}

    @cached_property
    def county_share(self) -> dict[str, float]:
        """Municipality code -> its share of its county's inhabitants, in percent."""
        people = pd.Series(self.population, dtype=float)
        counties = people.index.map(self.counties)
        return (100 * people / people.groupby(counties).transform("sum")).to_dict()

    def of(self, code: str) -> list[Figure]:
        """The key figures of a municipality that have a value or a reason for having none."""
        others = [one.kommunkod for one in self.similar(code)]
        found = []
        for about in self.shown:
            figure = about["nyckeltal_id"]
            values, missing = self.values(figure, code), self.missing(figure, code)
            if not values and not missing:
                continue
            year = max(values, default=None)
            theirs = {other: self.values(figure, other).get(year) for other in others}
            people = self.population.get(code)
            per = next((n for said, n in PER.items() if f"per {said} " in about["mattenhet"]), None)
            of_all = "vuxna" not in about["mattenhet"]
            found.append(
                Figure(
                    about,
                    values,
                    missing,
                    self.values(figure, NATION),
                    {other: value for other, value in theirs.items() if value is not None},
                    per / people if per and people and of_all else None,
                    bool(per) and (people is None or people < SMALL_POPULATION),
                )
            )
        return found

    @cached_property
    def _in_groups(self) -> dict[str, dict[str, int]]:
        """Municipality -> others, and in how many of Kolada's newest groups for it each is."""
        groups = self.groups.assign(own=self.groups["enhet_id"].map(self.codes))
        newest = groups[groups["ar"] == groups.groupby(["own", "kommungrupp"])["ar"].transform("max")]
        named = newest.drop_duplicates(["own", "kommungrupp", "liknande_id"])
        counts = named.groupby(["own", named["liknande_id"].map(self.codes)]).size()
        found: dict[str, dict[str, int]] = {}
        for (own, other), number in counts.items():
            found.setdefault(own, {})[other] = int(number)
        return found

    def similar(self, code: str) -> list[Similar]:
        """The municipalities most like one: first those in most of Kolada's own groups for it, then
        those nearest in population (as a ratio) and in share of the county's population.
        """
        if code not in self.population:
            return []
        named = self._in_groups.get(code, {})

        def order(other: str) -> tuple[float, float, str]:
            ratio = abs(log(self.population[other] / self.population[code]))
            share = abs(self.county_share[other] - self.county_share[code]) / 100
            return -named.get(other, 0), ratio + share, other

        others = sorted((other for other in self.population if other != code), key=order)
        return [
            Similar(other, self.population[other], self.county_share[other], named.get(other, 0))
            for other in others[:SIMILAR_MUNICIPALITIES]
        ]

    def on_map(self, figure: str) -> tuple[int, Values] | None:
        """The latest year in which enough municipalities have a value: the year, and code -> value."""
        rows = self.rows[
            (self.rows["nyckeltal_id"] == figure)
            & (self.rows["kon"] == ALL)
            & (self.rows["kommunkod"] != NATION)
        ].dropna(subset=["varde"])
        counts = rows["ar"].value_counts()
        years = [int(ar) for ar, n in counts.items() if n >= UNITS_FOR_MAP]
        if not years:
            return None
        last = rows[rows["ar"] == max(years)]
        return max(years), dict(zip(last["kommunkod"], last["varde"].astype(float), strict=True))
