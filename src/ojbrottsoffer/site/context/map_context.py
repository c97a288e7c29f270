"""The maps of an edition, where it has enough units with a place."""

from __future__ import annotations

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.pictures.maps import Drawn


def without_place(edition: EditionContext) -> list[str]:
    """The edition's units that no map can show."""
    return edition.site.maps.without_place(edition.year.units.index)


def has_map(edition: EditionContext) -> bool:
    """True if the edition has enough units with a place."""
    return len(edition.year.units) - len(without_place(edition)) >= limits.UNITS_FOR_MAP


def answer_map(edition: EditionContext, indikator_id: str) -> Drawn | None:
    """The map of the answers to one question."""
    if not has_map(edition):
        return None
    answers = {unit: codes[indikator_id] for unit, codes in edition.year.codes.items()}
    title = f"svaren {edition.year.ar} på {edition.indicators[indikator_id]['indikator']}"
    return edition.site.maps.by_answer(edition.short_names, answers, title)


def share_map(edition: EditionContext) -> Drawn | None:
    """The map of the units' shares of Ja."""
    if not has_map(edition):
        return None
    shares = {
        unit: None if found.missing == found.total else 100 * found.ja / (found.total - found.missing)
        for unit, found in edition.profiles.items()
    }
    return edition.site.maps.by_share(edition.short_names, shares, f"andel ja-svar {edition.year.ar}")
