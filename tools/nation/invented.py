"""The invented municipalities, districts and answers: the same every time."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle

FIRST_COUNTY = 70
"""County codes from here on belong to no real county."""
COUNTY_SIZES = (26, 8, 9, 13, 13, 8, 12, 1, 5, 33, 6, 49, 16, 12, 10, 15, 10, 7, 8, 15, 14)
"""Municipalities per county, as uneven as Sweden's."""
DISTRICTS_PER_CITY = 10
GROUPS = ((1, 0.42), (2, 0.29), (3, 0.17), (4, 0.09), (5, 0.03))
"""Population group and how common it is."""
SOUTH, NORTH = 55.5, 67.5
PARTS = ("Södra testområdet", "Mellersta testområdet", "Norra testområdet")
"""Parts of the country, as many municipalities in each, from south to north."""
SPREAD, DRIFT, REDRAWN = 0.8, 0.06, 0.12
"""Of the units' ability in logits; of the nation per year, in logits; share of answers that a
unit gives anew each year."""
PARTLY, UNANSWERED, ABSENT = 0.2, 0.02, 0.02
"""Shares of Delvis among what is no Ja, of answers that are missing, of units without a reply."""


@dataclass(frozen=True)
class Place:
    """A row of the invented register."""

    kommunkod: str
    kommun: str
    lanskod: str
    lan: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Unit:
    """Who answers: a municipality, or a district of one."""

    enhet_id: str
    label: str
    kommunkod: str
    group: int
    omrade: str
    district: bool


@dataclass(frozen=True)
class Answers:
    """One invented year. `codes`: unit label -> one of 2, 1, 0 or None per indicator."""

    ar: int
    codes: dict[str, list[int | None]]

    @property
    def nation(self) -> list[int]:
        """Whole percent of Ja among those who answer, per indicator."""
        columns = zip(*self.codes.values(), strict=True)
        answered = [[code for code in column if code is not None] for column in columns]
        return [round(100 * column.count(2) / len(column)) for column in answered]


def register(count: int) -> list[Place]:
    """`count` municipalities, sparser to the north, in counties from south to north."""
    rng = random.Random(290)
    lats = sorted(SOUTH + (NORTH - SOUTH) * rng.betavariate(1.2, 2.6) for _ in range(count))
    places = []
    counties = ((county, within) for county, size in enumerate(cycle(COUNTY_SIZES)) for within in range(size))
    for number, (lat, (county, within)) in enumerate(zip(lats, counties, strict=False)):
        middle = 14 + 0.42 * (lat - SOUTH)
        places.append(
            Place(
                f"{FIRST_COUNTY + county}{within + 1:02}",
                f"Testkommun {number + 1:03}",
                str(FIRST_COUNTY + county),
                f"Testlän {county + 1:02}",
                round(lat, 3),
                round(middle + rng.uniform(-1.9, 1.9), 3),
            )
        )
    return places


def units_of(places: list[Place], districts: int) -> list[Unit]:
    """Every municipality, and districts in the first few of them."""
    rng = random.Random(30)
    groups, weights = zip(*GROUPS, strict=True)
    found = [
        Unit(
            place.kommun.lower().replace(" ", "-"),
            place.kommun,
            place.kommunkod,
            rng.choices(groups, weights)[0],
            PARTS[len(PARTS) * number // len(places)],
            False,
        )
        for number, place in enumerate(places)
    ]
    for number in range(districts):
        city = places[number // DISTRICTS_PER_CITY]
        found[number // DISTRICTS_PER_CITY] = replace(found[number // DISTRICTS_PER_CITY], group=5)
        omrade = found[number // DISTRICTS_PER_CITY].omrade
        own = number % DISTRICTS_PER_CITY + 1
        found.append(
            Unit(
                f"{city.kommun.lower().replace(' ', '-')}-teststadsdel-{own:02}",
                f"{city.kommun}, Teststadsdel {own:02}",
                city.kommunkod,
                5,
                omrade,
                True,
            )
        )
    return found


def answers(units: list[Unit], shares: list[float], years: list[int]) -> Iterator[Answers]:
    """One year after another. `shares`: percent of Ja per indicator the first year.

    A unit keeps most of its answers from one year to the next. Some units leave a year out.
    """
    rng = random.Random(60)
    eager = {unit.label: rng.gauss(0, SPREAD) for unit in units}
    ease = [_logit(share) for share in shares]
    luck = {unit.label: [rng.random() for _ in shares] for unit in units}
    for number, ar in enumerate(years):
        codes: dict[str, list[int | None]] = {}
        for unit in units:
            own = luck[unit.label]
            if number:
                own[:] = [rng.random() if rng.random() < REDRAWN else kept for kept in own]
            missing = [rng.random() < UNANSWERED for _ in own]
            if len(units) > 1 / ABSENT and rng.random() < ABSENT:
                continue
            likely = [1 / (1 + math.exp(-(easy + eager[unit.label] + DRIFT * number))) for easy in ease]
            codes[unit.label] = [
                None if gone else 2 if drawn < p else 1 if drawn < p + PARTLY * (1 - p) else 0
                for gone, drawn, p in zip(missing, own, likely, strict=True)
            ]
        yield Answers(ar, codes)


def _logit(share: float) -> float:
    part = min(max(share, 2), 98) / 100
    return math.log(part / (1 - part))
