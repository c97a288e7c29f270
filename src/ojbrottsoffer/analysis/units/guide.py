"""From a gap to what can be done about it: factors, roles and tips, put beside the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.curated.factors import Development, Factor, Factors, Theme, load_factors
from ojbrottsoffer.sources.curated.tips import Role, Tip, Tips, load_tips
from ojbrottsoffer.sources.reference.register import Reference


@dataclass(frozen=True)
class RoleTips:
    """The tips of one role, in the order of the file."""

    role: Role
    tips: list[Tip]


@dataclass(frozen=True)
class Advice:
    """What one role can do about some gaps: each tip with the gaps it touches, the most first."""

    role: Role
    tips: list[tuple[Tip, list[str]]]


@dataclass(frozen=True)
class Guide:
    """The curated tables of factors and tips."""

    factors: Factors
    tips: Tips

    @classmethod
    def load(cls, project: Project, reference: Reference) -> Guide:
        """Reads both files. Raises `DataError` if one is not whole."""
        factors = load_factors(project, reference)
        return cls(factors, load_tips(project, factors))

    def factor_of(self, indikator_id: str) -> Factor:
        """The primary factor of an indicator."""
        return self.factors.factors[self.factors.of_indicator[indikator_id]]

    def developments_of(self, indikator_id: str) -> list[Development]:
        """The development areas of the report that an indicator has to do with."""
        return [item for item in self.factors.developments.values() if indikator_id in item.indikatorer]

    @property
    def unmeasured(self) -> list[tuple[Factor, Theme]]:
        """The parts of the factors that no indicator asks about, in the order of the report."""
        return [
            (factor, theme)
            for factor in self.factors.factors.values()
            for theme in factor.delteman
            if not theme.mats
        ]

    def tips_for(self, indikator_id: str) -> list[RoleTips]:
        """What each role can do about an indicator."""
        if indikator_id not in self._tips_for:
            self._tips_for[indikator_id] = self._by_role(self._moving(indikator_id))
        return self._tips_for[indikator_id]

    @cached_property
    def _tips_for(self) -> dict[str, list[RoleTips]]:
        return {}

    def tips_for_factor(self, factor: str) -> list[RoleTips]:
        """What each role can do for a factor."""
        return self._by_role(tip for tip in self.tips.tips.values() if factor in tip.faktorer)

    def tips_for_method(self, method: str) -> list[RoleTips]:
        """The tips that lead to a method page, by role."""
        return self._by_role(tip for tip in self.tips.tips.values() if tip.metod == method)

    def tips_of_role(self, role: str) -> list[tuple[Factor, list[Tip]]]:
        """A role's tips under their main factors."""
        own = [tip for tip in self.tips.tips.values() if tip.roll == role]
        return [
            (factor, tips)
            for factor in self.factors.factors.values()
            if (tips := [tip for tip in own if tip.faktorer[0] == factor.id])
        ]

    def indicators_of_role(self, role: str) -> set[str]:
        """The indicators that a role's tips can move."""
        return {
            indicator
            for indicator in self.factors.area_of
            if any(tip.roll == role for tip in self._moving(indicator))
        }

    def advice(self, gaps: list[str]) -> list[Advice]:
        """Every tip that touches any of the gaps, once, under its role."""
        touched: dict[str, list[str]] = {}
        for gap in gaps:
            for tip in self._moving(gap):
                touched.setdefault(tip.id, []).append(gap)
        tips = [tip for tip in self.tips.tips.values() if tip.id in touched]
        return [
            Advice(
                item.role, sorted(((tip, touched[tip.id]) for tip in item.tips), key=lambda one: -len(one[1]))
            )
            for item in self._by_role(tips)
        ]

    def _moving(self, indikator_id: str) -> list[Tip]:
        area = self.factors.area_of[indikator_id]
        return [tip for tip in self.tips.tips.values() if tip.moves(indikator_id, area)]

    def _by_role(self, tips: Iterable[Tip]) -> list[RoleTips]:
        chosen = list(tips)
        return [
            RoleTips(role, own)
            for role in self.tips.roles.values()
            if (own := [tip for tip in chosen if tip.roll == role.id])
        ]
