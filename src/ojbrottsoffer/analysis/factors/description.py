"""What the figures say before anything is assumed: shares of Ja per factor, area and indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import quantiles

import numpy as np

from ojbrottsoffer.analysis.edition import Edition, nation_mean
from ojbrottsoffer.analysis.limits import NAMED_UNITS


@dataclass(frozen=True)
class Described:
    """Some indicators (one, an area's or a factor's) among some units, beside the nation."""

    id: str
    title: str
    indicators: tuple[str, ...]
    ja: int
    partly: int
    answered: int
    """Number of answers: the base of `share`."""
    nation: float | None
    """Mean of the nation's rounded shares, in percent; None unless all are known."""
    units: tuple[tuple[str, int, int], ...]
    """Per unit: id, number of Ja, number of answers."""

    @property
    def share(self) -> float | None:
        return 100 * self.ja / self.answered if self.answered else None

    @property
    def share_with_partly(self) -> float | None:
        """The share if Delvis had counted as Ja."""
        return 100 * (self.ja + self.partly) / self.answered if self.answered else None

    @cached_property
    def difference(self) -> float | None:
        """Percentage points above (+) or below (−) the nation."""
        return None if self.share is None or self.nation is None else self.share - self.nation


def describe(
    edition: Edition, id: str, title: str, indicators: Iterable[str], units: Iterable[str] | None = None
) -> Described:
    """Counts over `indicators` among `units` (all of the edition's by default)."""
    rows = list(indicators)
    columns = list(edition.answers.columns if units is None else units)
    places = np.ix_([edition.row[i] for i in rows], [edition.position[unit] for unit in columns])
    yes, given, partly = (cells[places] for cells in (*edition.cells, edition.is_partly.to_numpy()))
    return Described(
        id=id,
        title=title,
        indicators=tuple(rows),
        ja=int(yes.sum()),
        partly=int(partly.sum()),
        answered=int(given.sum()),
        nation=nation_mean(edition.indicators["riket"].iloc[places[0].ravel()]) if rows else None,
        units=tuple(
            (unit, int(y), int(n))
            for unit, y, n in zip(columns, yes.sum(axis=0), given.sum(axis=0), strict=True)
        ),
    )


def by_indicator(edition: Edition) -> list[Described]:
    """Every indicator in published order."""
    return [describe(edition, i, label, [i]) for i, label in edition.indicators["indikator"].items()]


def by_area(edition: Edition, level: str) -> list[Described]:
    """Every area of one level (`kvalitetsomrade`, `indikatoromrade`) that has indicators."""
    of = edition.indicators[f"{level}_id"]
    return [
        describe(edition, area, row["omrade"], of.index[of == area])
        for area, row in edition.areas_of(level).iterrows()
        if (of == area).any()
    ]


def by_group(edition: Edition, column: str, smallest: int) -> dict[object, list[str]]:
    """Units per value of a column of `units` (`befolkningsgrupp`, `lan` …), groups of at least
    `smallest` units, sorted by the value.
    """
    groups = edition.units.dropna(subset=[column]).groupby(column).groups
    return {value: list(units) for value, units in sorted(groups.items()) if len(units) >= smallest}


def below(found: list[Described]) -> list[Described]:
    """Those whose share is lower than the nation's."""
    return [one for one in found if one.difference is not None and one.difference < 0]


def equal(found: list[Described]) -> list[Described]:
    """Those whose share is the nation's, as far as its rounded share tells."""
    return [one for one in found if one.difference == 0]


@dataclass(frozen=True)
class Distribution:
    """How the units spread over shares of Ja, in percent."""

    classes: tuple[tuple[int, int, int], ...]
    """Lowest and highest whole percent, number of units."""
    units: int
    quartiles: tuple[float, float, float]

    @property
    def largest(self) -> int:
        return max(n for _, _, n in self.classes)


def distribution(one: Described) -> Distribution | None:
    """The units that have answered by their shares, in tens of percent; None if they are few."""
    shares = [100 * ja / answered for _, ja, answered in one.units if answered]
    if len(shares) <= NAMED_UNITS:
        return None
    tens = [min(int(share + 0.5) // 10, 9) for share in shares]
    classes = tuple((10 * n, 10 * n + (10 if n == 9 else 9), tens.count(n)) for n in range(10))
    low, middle, high = quantiles(shares, n=4, method="inclusive")
    return Distribution(classes, len(shares), (low, middle, high))
