"""The analysis as the pages show it: computed once per edition, from the tested functions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ojbrottsoffer.analysis import description, expected, history, limits, ranking, scales, simulation
from ojbrottsoffer.analysis.description import Described
from ojbrottsoffer.analysis.edition import Edition, edition, latest_year, read_tables
from ojbrottsoffer.analysis.rasch import Verdict
from ojbrottsoffer.ingest.beraknad import own_sources
from ojbrottsoffer.ingest.factors import Factors, load_factors
from ojbrottsoffer.ingest.reference import load_reference
from ojbrottsoffer.paths import Project

RESPONSE_CLAIM = "svarsfrekvens"
"""The report's statement, in `pastaenden.csv`, of how many percent answered."""


@dataclass(frozen=True)
class Compared:
    """Something described, with what the units' totals make one expect."""

    what: Described
    verdict: Verdict | None
    holds: bool
    """True if it lies outside its interval the same way in every variant tried."""
    sometimes: bool
    """True if it lies outside in some variant but not in all."""
    between_units: float | None = None
    """For several indicators together: p with the units, not the answers, as independent."""


@dataclass(frozen=True)
class Analysis:
    """One edition. `own` is the source of its answers, `municipalities` the number in the country."""

    tables: dict[str, pd.DataFrame]
    year: Edition
    factors: Factors
    own: str
    municipalities: int

    limits = limits
    TOP_OJ, TOP_UNIZON = ranking.TOP_OJ, ranking.TOP_UNIZON

    @classmethod
    def load(cls, project: Project) -> Analysis:
        """The latest published edition, for notebooks and measurements."""
        tables = read_tables(project.clean)
        year = edition(tables, latest_year(tables))
        reference = load_reference(project)
        return cls(tables, year, load_factors(project, reference),
                   own_sources(tables["resultat"])[year.ar], len(reference.kommuner))

    @cached_property
    def indicators_of(self) -> dict[str, list[str]]:
        """Factor -> its indicators in this edition; a factor may have none."""
        of = self.factors.of_indicator
        return {factor: [i for i in self.year.indicators.index if of[i] == factor]
                for factor in self.factors.factors}

    @cached_property
    def sensitivity(self) -> expected.Sensitivity:
        return expected.sensitivity(self.year)

    @cached_property
    def model(self) -> expected.Expected:
        """The model under the assumed spread of the pages."""
        return expected.expected(self.year)

    @cached_property
    def _described_factors(self) -> dict[str, Described]:
        return {
            factor: description.describe(self.year, factor, self.factors.factors[factor].namn, ids)
            for factor, ids in self.indicators_of.items() if ids
        }

    @cached_property
    def described_indicators(self) -> list[Described]:
        return description.by_indicator(self.year)

    def described_areas(self, level: str) -> list[Described]:
        return description.by_area(self.year, level)

    @property
    def described_factors(self) -> list[Described]:
        return list(self._described_factors.values())

    def factor(self, factor_id: str) -> Compared | None:
        """One factor; None if no indicator belongs to it."""
        if factor_id not in self._described_factors:
            return None
        return self._compared_group(self._described_factors[factor_id])

    def _compared_group(self, found: Described) -> Compared:
        one = self.sensitivity.main.of_indicators(found.indicators)
        holds = any(self.sensitivity.group_holds(found.indicators, way) for way in (1, -1))
        return Compared(found, one, holds, bool(one and one.outside and not holds),
                        self.sensitivity.between_units(found.indicators) if one else None)

    @cached_property
    def compared_factors(self) -> list[Compared]:
        return [self._compared_group(found) for found in self.described_factors]

    @cached_property
    def compared_areas(self) -> list[Compared]:
        """The indicator areas."""
        return [self._compared_group(found) for found in self.described_areas("indikatoromrade")]

    @cached_property
    def compared_indicators(self) -> list[Compared]:
        found = self.sensitivity
        holds, sometimes = {*found.holds(1), *found.holds(-1)}, set(found.sometimes())
        return [Compared(one, found.main.indicators.get(one.id), one.id in holds, one.id in sometimes)
                for one in self.described_indicators]

    @property
    def most_deviating(self) -> list[Compared]:
        """The indicators, the smallest p first; those without a verdict last."""
        return sorted(self.compared_indicators,
                      key=lambda one: one.verdict.p if one.verdict else 2.0)

    @cached_property
    def spread_check(self) -> tuple[int, int, list[expected.SpreadCheck], int] | None:
        """Which assumed spreads agree with the selection; None unless the response rate is known."""
        claims = self.tables["pastaenden"]
        rate = claims.loc[claims["pastaende_id"] == RESPONSE_CLAIM, "uppgift"]
        if rate.empty:
            return None
        respondents = round(self.municipalities * int(rate.iloc[0]) / 100)
        return (*expected.spread_check(self.year, respondents, ranking.TOP_OJ), respondents)

    def coverage(self, assumed_sigma: float) -> simulation.Coverage:
        """How often the intervals of indicators, areas and factors cover in invented countries with
        the shares of the nation and the spread of the pages, whatever spread is assumed.
        """
        shares = self.year.indicators["riket"]
        known = shares.notna()
        kinds = {"områden": [one.indicators for one in self.described_areas("indikatoromrade")],
                 "faktorer": list(self.indicators_of.values())}
        masks = {kind: [mask for ids in members
                        if (mask := np.asarray(shares.index[known].isin(list(ids)))).sum() > 1]
                 for kind, members in kinds.items()}
        return simulation.coverage(
            shares[known].to_numpy(dtype=float), masks, rounds=limits.SIMULATED_COUNTRIES,
            seed=self.year.ar, true_sigma=limits.SIGMA, assumed_sigma=assumed_sigma)

    @cached_property
    def publishers(self) -> dict[str, str]:
        """Source -> who gave it out, for narrow places: `SKL` where the name has it in brackets."""
        names = self.tables["kallor"].set_index("kalla_id")["utgivare"].str.split(",").str[0]
        short = names.str.extract(r"\(([^)]+)\)$")[0]
        return short.fillna(names).to_dict()

    @cached_property
    def covered(self) -> simulation.Coverage:
        """The same with the spread assumed on the pages."""
        return self.coverage(limits.SIGMA)

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
        return history.national_courses(self.tables["riket"], self.year.indicators)

    @cached_property
    def reliabilities(self) -> dict[str, scales.Reliability | None]:
        return {factor: scales.reliability(self.year, ids)
                for factor, ids in self.indicators_of.items() if ids}

    @cached_property
    def factor_scores(self) -> dict[str, dict[str, scales.FactorScore]]:
        return {factor: scores for factor, ids in self.indicators_of.items()
                if ids and (scores := scales.factor_scores(self.year, ids))}

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
            (value, len(units), [
                description.describe(self.year, one.id, one.title, one.indicators, units)
                for one in self.described_factors])
            for value, units in found.items()
        ]
