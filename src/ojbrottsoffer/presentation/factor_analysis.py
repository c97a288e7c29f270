"""The analysis as the pages show it: computed once per edition, from the tested functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.analysis.edition import Edition, edition, latest_year, read_tables
from ojbrottsoffer.analysis.factors import description, expected, scales, simulation, spread
from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.factors.rasch import Verdict
from ojbrottsoffer.analysis.units import history, ranking
from ojbrottsoffer.checks.records.coverage_record import FILE_NAME, Kept, load_coverage
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.computed import own_sources
from ojbrottsoffer.sources.curated.factors import Doubt, Factors, load_factors
from ojbrottsoffer.sources.reference.register import load_reference

RESPONSE_CLAIM = "svarsfrekvens"
"""The report's statement, in `pastaenden.csv`, of how many percent answered."""
SELECTING_SOURCE = "skl-2016"
"""The report that chose its units for their many Ja."""


@dataclass(frozen=True)
class Compared:
    """Something described, with what the units' totals make one expect."""

    what: Described
    verdict: Verdict | None
    everywhere: bool
    """True if it lies outside its interval the same way in every variant tried."""
    outside_under: tuple[str, ...]
    """The variants, in words, in which it lies outside."""
    between_units: float | None = None
    """For several indicators together: p with the units counted, not their answers."""
    units: int = 0
    """How many units carry information."""
    heaviest: tuple[str, Verdict] | None = None
    """The unit, by name, without which p is greatest, and what the others then say."""

    @property
    def holds(self) -> bool:
        """True if it can be called a deviation: outside everywhere and, for several indicators,
        with the units bearing it. Answers of a group go together, so its interval alone is too narrow.
        """
        return self.everywhere and self.units_agree

    @property
    def units_agree(self) -> bool:
        return self.between_units is None or self.between_units < limits.SIGNIFICANT

    @property
    def sometimes(self) -> bool:
        """True if it lies outside in some variant but can't be called a deviation."""
        return bool(self.outside_under) and not self.holds


@dataclass(frozen=True)
class Move:
    """What the factors say with some indicators linked to another one."""

    what: str
    indicators: int
    """How many are moved."""
    factors: dict[str, Compared]


@dataclass(frozen=True)
class Cell:
    """One unit in one area, by name, and what its number of Ja there says."""

    unit: str
    area: str
    verdict: Verdict


@dataclass(frozen=True)
class Analysis:
    """One edition. `own` is the source of its answers, `municipalities` the number in the country."""

    tables: dict[str, pd.DataFrame]
    year: Edition
    factors: Factors
    own: str
    municipalities: int
    project: Project

    limits = limits
    TOP_OJ, TOP_UNIZON = ranking.TOP_OJ, ranking.TOP_UNIZON

    @classmethod
    def load(cls, project: Project) -> Analysis:
        """The latest published edition, for notebooks and measurements."""
        tables = read_tables(project.clean)
        year = edition(tables, latest_year(tables))
        reference = load_reference(project)
        return cls(
            tables,
            year,
            load_factors(project, reference),
            own_sources(tables["resultat"])[year.ar],
            len(reference.kommuner),
            project,
        )

    @cached_property
    def is_selection(self) -> bool:
        """True if the units are the ones the report chose for their many Ja, not the country."""
        results = self.tables["resultat"]
        return set(results.loc[results["ar"] == self.year.ar, "kalla_id"]) == {SELECTING_SOURCE}

    @cached_property
    def indicators_of(self) -> dict[str, list[str]]:
        """Factor -> its indicators in this edition; a factor may have none."""
        of = self.factors.of_indicator
        return {
            factor: [i for i in self.year.indicators.index if of[i] == factor]
            for factor in self.factors.factors
        }

    @property
    def sensitivity(self) -> expected.Sensitivity:
        return self._against_expected[0]

    @property
    def model(self) -> expected.Expected:
        """The model under the assumed spread of the pages."""
        return self.sensitivity.main

    @cached_property
    def _described_factors(self) -> dict[str, Described]:
        return {
            factor: description.describe(self.year, factor, self.factors.factors[factor].namn, ids)
            for factor, ids in self.indicators_of.items()
            if ids
        }

    @cached_property
    def described_indicators(self) -> list[Described]:
        return description.by_indicator(self.year)

    def described_areas(self, level: str) -> list[Described]:
        return description.by_area(self.year, level)

    @cached_property
    def described_all(self) -> Described:
        """All indicators together."""
        return description.describe(self.year, "alla", "Alla indikatorer", self.year.indicators.index)

    @property
    def described_factors(self) -> list[Described]:
        return list(self._described_factors.values())

    def factor(self, factor_id: str) -> Compared | None:
        """One factor; None if no indicator belongs to it."""
        if factor_id not in self._described_factors:
            return None
        return next(one for one in self.compared_factors if one.what.id == factor_id)

    @cached_property
    def _against_expected(self) -> tuple[expected.Sensitivity, dict[str, list[Compared]]]:
        """The model in every variant, and what it says of factors, areas and indicators."""
        found = expected.sensitivity(self.year)
        holds = {*found.holds(1), *found.holds(-1)}
        return found, {
            simulation.FACTORS: [self._group(found, one) for one in self.described_factors],
            simulation.AREAS: [self._group(found, one) for one in self.described_areas("indikatoromrade")],
            "indikatorer": [
                Compared(
                    one,
                    found.main.indicators.get(one.id),
                    one.id in holds,
                    tuple(name for name, model in found.variants.items() if one.id in model.outside),
                )
                for one in self.described_indicators
            ],
        }

    def _group(self, found: expected.Sensitivity, one: Described) -> Compared:
        verdict, ids, model = found.main.of_indicators(one.indicators), one.indicators, found.main
        heaviest = None
        if verdict and 1 < len(model.units) <= limits.NAMED_UNITS:
            without = model.without_each(ids)
            unit = max(without, key=lambda name: without[name].p)
            heaviest = self.year.short_names[unit], without[unit]
        return Compared(
            one,
            verdict,
            found.group_everywhere(ids),
            found.outside_under(ids),
            found.main.between_units(ids) if verdict else None,
            len(model.units),
            heaviest,
        )

    @cached_property
    def moves(self) -> list[Move]:
        """What the factors say as the indicators are linked, then with each group of doubtful ones
        moved to its other factor, then with all of them moved."""
        doubts = [
            one for one in self.factors.doubts if set(one.indikatorer) & set(self.year.indicators.index)
        ]
        return [
            Move("Som frågorna är kopplade", 0, self._linked(())),
            *(Move(one.namn, self._many([one]), self._linked([one])) for one in doubts),
            Move("Alla tveksamma frågor", self._many(doubts), self._linked(doubts)),
        ]

    def _many(self, doubts: Iterable[Doubt]) -> int:
        return sum(name in self.year.indicators.index for one in doubts for name in one.indikatorer)

    def _linked(self, doubts: Iterable[Doubt]) -> dict[str, Compared]:
        of = self.factors.moved(doubts)
        found = {}
        for factor in self._described_factors:
            ids = [name for name in self.year.indicators.index if of[name] == factor]
            title = self.factors.factors[factor].namn
            if ids:
                found[factor] = self._group(
                    self.sensitivity, description.describe(self.year, factor, title, ids)
                )
        return found

    def cells(self, level: str) -> list[Cell]:
        """Every informative unit in every area of one level; empty with too many units to name."""
        if len(self.year.units) > limits.NAMED_UNITS:
            return []
        names = self.year.short_names
        return [
            Cell(names[unit], one.title, verdict)
            for one in self.described_areas(level)
            if self.model.of_indicators(one.indicators)
            for unit, verdict in self.model.unit_by_unit(one.indicators).items()
        ]

    @property
    def apart(self) -> float:
        """How unlike each other the units are in the areas: about 1 if the model is true."""
        return self.model.apart(one.indicators for one in self.described_areas("indikatoromrade"))

    @property
    def compared_factors(self) -> list[Compared]:
        return self._against_expected[1][simulation.FACTORS]

    @property
    def compared_areas(self) -> list[Compared]:
        """The indicator areas."""
        return self._against_expected[1][simulation.AREAS]

    @property
    def compared_indicators(self) -> list[Compared]:
        return self._against_expected[1]["indikatorer"]

    def outside(self, model: expected.Expected, way: int, names: dict[str, str]) -> dict[str, list[str]]:
        """What lies above (1) or below (−1) its interval in one variant: kind -> names, the kinds
        without any left out. `names`: indicator -> what it is called.
        """
        found = {"Indikatorer": [names[i] for i, v in model.outside.items() if v.surplus * way > 0]}
        for kind, groups in (("Områden", self.compared_areas), ("Faktorer", self.compared_factors)):
            found[kind] = [
                one.what.title
                for one in groups
                if (v := model.of_indicators(one.what.indicators)) and v.outside and v.surplus * way > 0
            ]
        return {kind: titles for kind, titles in found.items() if titles}

    @property
    def most_deviating(self) -> list[Compared]:
        """The indicators, the smallest p first; those without a verdict last."""
        return sorted(self.compared_indicators, key=lambda one: one.verdict.p if one.verdict else 2.0)

    @cached_property
    def spread_checks(self) -> spread.SpreadChecks | None:
        """Which spreads agree with the selection; None unless the edition is one and the response
        rate is known. Cities that answer district by district count as their districts.
        """
        claims = self.tables["pastaenden"]
        rate = claims.loc[claims["pastaende_id"] == RESPONSE_CLAIM, "pastatt_varde"]
        if rate.empty or not self.is_selection:
            return None
        surveyed = self.municipalities + sum(n - 1 for n in limits.DISTRICTS.values())
        respondents = round(surveyed * int(rate.iloc[0]) / 100)
        return spread.spread_checks(self.year, surveyed, respondents, ranking.TOP_OJ)

    @cached_property
    def design(self) -> simulation.Design | None:
        """Invented countries with the nation's shares and the spread of the pages, where what is
        said of indicators, areas and factors is tried; None unless the edition is a selection.
        """
        if self.spread_checks is None:
            return None
        shares = self.year.indicators["riket"].dropna()
        kinds = {
            simulation.AREAS: [one.indicators for one in self.described_areas("indikatoromrade")],
            simulation.FACTORS: list(self.indicators_of.values()),
        }
        at = {
            kind: [np.flatnonzero(shares.index.isin(list(ids))).tolist() for ids in members]
            for kind, members in kinds.items()
        }
        return simulation.Design(
            tuple(float(share) for share in shares),
            {kind: [group for group in groups if group] for kind, groups in at.items()},
            seed=self.year.ar,
            true_sigma=limits.SIGMA,
            country=self.spread_checks.respondents,
            chosen=len(self.year.units),
        )

    @cached_property
    def coverage(self) -> Kept | None:
        """The run in invented countries that `tried` is from."""
        return load_coverage(self.project)

    @cached_property
    def tried(self) -> dict[float, simulation.Tried]:
        """How unlike themselves the units of invented countries are from area to area (0: the model
        is true) -> what was found there, as recorded for exactly these data.
        """
        if self.design is None:
            return {}
        file = self.project.relative(self.project.reference / FILE_NAME)
        found = simulation.found_in(self.coverage, file, self.design)
        return {kind: simulation.summed_up(self.design, countries) for kind, countries in found.items()}

    @cached_property
    def publishers(self) -> dict[str, str]:
        """Source -> who gave it out, for narrow places: `SKL` where the name has it in brackets."""
        names = self.tables["kallor"].set_index("kalla_id")["utgivare"].str.split(",").str[0]
        short = names.str.extract(r"\(([^)\s]+)\)$")[0]
        return short.fillna(names.str.replace(r" \([^)]*\)$", "", regex=True)).to_dict()

    def surprises(self, unit: str) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
        return self.model.surprises(unit, limits.SURPRISES)

    @cached_property
    def rank_ranges(self) -> list[ranking.RankRange]:
        return ranking.rank_ranges(self.year)

    @cached_property
    def selection(self) -> ranking.Selection:
        return ranking.selection(self.tables, self.year)

    @cached_property
    def agreement(self) -> ranking.Agreement:
        return ranking.agreement(self.year)

    @cached_property
    def unizon(self) -> history.UnizonHistory:
        return history.unizon_history(self.tables, list(self.year.units.index))

    @cached_property
    def national_courses(self) -> list[history.NationalCourse]:
        return history.national_courses(
            self.tables["riket"], self.tables["indikatorer_mellan_ar"], self.year.indicators
        )

    @cached_property
    def reliabilities(self) -> dict[str, scales.Reliability | None]:
        return {
            factor: scales.reliability(self.year, ids) for factor, ids in self.indicators_of.items() if ids
        }

    @cached_property
    def factor_scores(self) -> dict[str, dict[str, scales.FactorScore]]:
        return {
            factor: scores
            for factor, ids in self.indicators_of.items()
            if ids and (scores := scales.factor_scores(self.year, ids))
        }

    @cached_property
    def similar(self) -> dict[str, list[scales.Similar]]:
        return scales.similar_units(self.year)

    def groups(self, column: str) -> list[tuple[object, int, list[Described]]]:
        """Factor shares per population group or county with enough units; empty with fewer
        than two such groups. Per group: its value, number of units, one share per factor.
        """
        found = description.by_group(self.year, column, limits.UNITS_IN_GROUP)
        if len(found) < 2:
            return []
        return [
            (
                value,
                len(units),
                [
                    description.describe(self.year, one.id, one.title, one.indicators, units)
                    for one in self.described_factors
                ],
            )
            for value, units in found.items()
        ]
