"""The reference tables with the names they know as tables to look labels up in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher
from ojbrottsoffer.importer.meaning.units import UnitMatcher
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.reference.register import Reference, load_reference


@dataclass(frozen=True)
class KnownNames(Reference):
    """What a file is read against, again after every answer: the names are gathered once."""

    @cached_property
    def unit_matcher(self) -> UnitMatcher:
        return UnitMatcher(self)

    @cached_property
    def indicator_matcher(self) -> IndicatorMatcher:
        return IndicatorMatcher(self)


def load_known_names(project: Project) -> KnownNames:
    """Raises `DataError` as `load_reference` does."""
    reference = load_reference(project)
    return KnownNames(*(getattr(reference, field.name) for field in fields(reference)))
