"""What does the analysis say where nothing deviates? Invented countries, drawn, chosen from and judged.

Each one draws a country, publishes its rounded shares, takes units among those with most Ja
as the report did, and lets the analysis loose on them. What it says is compared with the truth:
nothing deviates, so an interval that misses is a miss and whatever is singled out is so by chance.
In some countries every unit also has a strength of its own in every area, which the model does
not know of.

Enough countries take minutes, so `make tackning` draws them and keeps what it found in a file
together with a digest of what they were drawn from. With other data the file says nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis.factors.expected import Expected, Sensitivity
from ojbrottsoffer.analysis.factors.rasch import difficulties
from ojbrottsoffer.analysis.limits import AREA_SIGMAS, LEVEL, SIGMAS, SIGNIFICANT, SIMULATED_SPREADS
from ojbrottsoffer.analysis.units.ranking import TOP_OJ
from ojbrottsoffer.checks.records.coverage_record import COMMAND, RULE, Kept
from ojbrottsoffer.sources.parse.json_records import unlikely

INDICATORS, AREAS, FACTORS = "indikatorer", "områden", "faktorer"


@dataclass(frozen=True)
class Country:
    """What was found in one. `counts`: assumed spread -> kind -> how many intervals miss, and
    `RULE` -> kind -> how many are singled out. `apart`: how unlike each other the chosen units are
    in the areas; about 1 if the model is true.
    """

    counts: dict[str, dict[str, int]]
    apart: float


@dataclass(frozen=True)
class Design:
    """What the invented countries resemble and what is judged in them.

    `shares`: national shares in percent. `groups`: kind -> positions of the indicators that are
    judged together. Country number n is the same whichever others are drawn. `area_sigmas`: how
    unlike themselves units are from one area to another, one kind of country each, in logits.
    """

    shares: tuple[float, ...]
    groups: dict[str, list[list[int]]]
    seed: int
    true_sigma: float
    country: int
    chosen: int
    top: int = TOP_OJ
    level: float = LEVEL
    area_sigmas: tuple[float, ...] = (0.0, *AREA_SIGMAS)
    sigmas: tuple[float, ...] = SIGMAS
    significant: float = SIGNIFICANT

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @cached_property
    def judged(self) -> dict[str, int]:
        """How many of each kind are judged in one country."""
        return {INDICATORS: len(self.shares), **{kind: len(found) for kind, found in self.groups.items()}}

    def assumed(self, area_sigma: float) -> list[str]:
        """What is counted in a kind of country: assumed spreads, and the rule."""
        spreads = (self.true_sigma,) if area_sigma else SIMULATED_SPREADS
        return [*map(str, spreads), RULE]

    def country_number(self, number: int, area_sigma: float) -> Country:
        rng = np.random.Generator(np.random.PCG64([self.seed, round(100 * area_sigma), number]))
        answers, published = self._draw(rng, area_sigma)
        ids = list(map(str, range(len(self.shares))))
        ja = pd.DataFrame(answers, index=ids, columns=[f"u{n}" for n in range(self.chosen)])
        answered = pd.DataFrame(True, index=ja.index, columns=ja.columns)
        models = {
            sigma: Expected(sigma, pd.Series(difficulties(published, sigma), index=ids), answered, ja, ())
            for sigma in self.sigmas
        }
        found = Sensitivity(models, models[self.true_sigma])
        groups = {kind: [[ids[n] for n in group] for group in of] for kind, of in self.groups.items()}
        counts = {}
        for sigma in self.assumed(area_sigma)[:-1]:
            model = models[float(sigma)]
            counts[sigma] = {INDICATORS: len(model.outside)}
            for kind, of in groups.items():
                verdicts = [model.of_indicators(group) for group in of]
                counts[sigma][kind] = sum(one is not None and one.outside for one in verdicts)
        counts[RULE] = {
            INDICATORS: len(found.holds(1)) + len(found.holds(-1)),
            **{kind: sum(map(found.group_holds, of)) for kind, of in groups.items()},
        }
        return Country(counts, round(found.main.apart(groups[AREAS]), 3))

    def _draw(self, rng: np.random.Generator, area_sigma: float) -> tuple[np.ndarray, np.ndarray]:
        """The chosen units' answers, True for Ja, and the country's published shares."""
        ability = rng.normal(0, self.true_sigma, self.country) + np.zeros((len(self.shares), 1))
        for area in self.groups[AREAS]:
            ability[area] += rng.normal(0, area_sigma, self.country)
        truth = difficulties(np.array(self.shares), float(np.hypot(self.true_sigma, area_sigma)))
        yes = rng.random(ability.shape) < 1 / (1 + np.exp(truth[:, None] - ability))
        best = np.argsort(-yes.sum(axis=0), kind="stable")[: self.top]
        return yes[:, rng.choice(best, self.chosen, replace=False)], np.round(100 * yes.mean(axis=1))


@dataclass(frozen=True)
class Tried:
    """What was found in `rounds` countries of one kind."""

    rounds: int
    coverage: dict[float, dict[str, tuple[float, int]]]
    """Assumed spread -> kind of interval -> share that covers, 0–1, and how many there were."""
    singled_out: dict[str, tuple[float, float, int]]
    """Kind -> how many of it are singled out on average, the share of the countries where at least
    one is, and how many there are to single out."""
    apart: float
    """How unlike each other the units are in the areas, on average."""
    by_country: tuple[dict[str, int], ...]
    """For each country: kind -> how many of it are singled out."""

    def at_least(self, wanted: dict[str, int]) -> float:
        """The share of the countries, 0–1, where at least so many of every kind are singled out."""
        return sum(
            all(one[kind] >= number for kind, number in wanted.items()) for one in self.by_country
        ) / len(self.by_country)


def summed_up(design: Design, countries: list[Country]) -> Tried:
    """From each country of one kind. A kind without intervals is left out."""
    rounds, kinds = len(countries), {kind: n for kind, n in design.judged.items() if n}

    def numbers(assumed: str, kind: str) -> list[int]:
        return [one.counts[assumed][kind] for one in countries]

    return Tried(
        rounds,
        {
            float(sigma): {
                kind: (1 - sum(numbers(sigma, kind)) / (rounds * n), rounds * n) for kind, n in kinds.items()
            }
            for sigma in countries[0].counts
            if sigma != RULE
        },
        {
            kind: (sum(found := numbers(RULE, kind)) / rounds, sum(map(bool, found)) / rounds, n)
            for kind, n in kinds.items()
        },
        sum(one.apart for one in countries) / rounds,
        tuple(one.counts[RULE] for one in countries),
    )


def kept(design: Design, found: dict[float, list[Country]], when: dict[str, str]) -> Kept:
    """`found` as it is recorded: per kind of country, number 0 first. `when`: the day and the version."""
    return Kept(
        **when,
        underlag=design.digest,
        fro=design.seed,
        lander=len(next(iter(found.values()))),
        utfall_per_land={
            str(area_sigma): {
                assumed: {
                    kind: " ".join(str(one.counts[assumed][kind]) for one in countries)
                    for kind in design.judged
                }
                for assumed in design.assumed(area_sigma)
            }
            for area_sigma, countries in found.items()
        },
        olikhet_per_land={
            str(area_sigma): " ".join(map(str, (one.apart for one in all_of)))
            for area_sigma, all_of in found.items()
        },
    )


def found_in(record: Kept | None, file: str, design: Design) -> dict[float, list[Country]]:
    """Kind of country -> what was found in each; empty if none were drawn from these data.

    `file`: what the record is called in a message. Raises `DataError` for one of other countries than
    the design has.
    """
    if record is None or record.underlag != design.digest:
        return {}
    try:
        if record.fro != design.seed:
            raise ValueError(f"fro {record.fro}")
        return {
            area_sigma: _countries(
                design,
                record.lander,
                {a: record.utfall_per_land[str(area_sigma)][a] for a in design.assumed(area_sigma)},
                record.olikhet_per_land[str(area_sigma)],
            )
            for area_sigma in design.area_sigmas
        }
    except (ValueError, KeyError) as error:
        raise unlikely(file, "utfall_per_land", str(error), "länder som i analysen", COMMAND) from error


def _countries(design: Design, many: int, kept: dict[str, dict[str, str]], apart: str) -> list[Country]:
    numbers = {
        (assumed, kind): _listed(kinds[kind], design.judged[kind])
        for assumed, kinds in kept.items()
        for kind in design.judged
    }
    apart_of = [float(one) for one in apart.split()]
    return [
        Country(
            {assumed: {kind: numbers[assumed, kind][n] for kind in design.judged} for assumed in kept},
            apart_of[n],
        )
        for n in range(many)
    ]


def _listed(text: str, most: int) -> list[int]:
    found = [int(one) for one in text.split()]
    if not all(0 <= one <= most for one in found):
        raise ValueError(text[:40])
    return found


def draw(design: Design, numbers: Iterable[int]) -> dict[float, list[Country]]:
    """Kind of country -> those with these numbers."""
    numbers = list(numbers)
    return {area: [design.country_number(n, area) for n in numbers] for area in design.area_sigmas}
