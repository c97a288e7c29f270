"""What the pages on what can be done show: one tip sheet per role, one page per success factor."""

from __future__ import annotations

from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.method_context import methods_for_factor
from ojbrottsoffer.sources.curated.factors import Development, Factor
from ojbrottsoffer.sources.curated.tips import Role


def role_values(edition: EditionContext, role: Role) -> dict[str, object]:
    own = edition.guide.indicators_of_role(role.id)
    return {
        "role": role,
        "groups": edition.guide.tips_of_role(role.id),
        "areas": [
            area | {"indicators": rows}
            for quality in edition.indicator_groups
            for area in quality["areas"]
            if (rows := [row for row in area["indicators"] if row["indikator_id"] in own])
        ],
    }


def factor_values(edition: EditionContext, factor: Factor) -> dict[str, object]:
    known = edition.guide.factors
    return {
        "factor": factor,
        "indicators": [row for i, row in edition.indicators.items() if known.of_indicator[i] == factor.id],
        "reasons": known.indicators,
        "developments": [item for item in known.developments.values() if item.faktor == factor.id],
        "methods": methods_for_factor(edition, factor.id),
    }


def development_values(edition: EditionContext, item: Development) -> dict[str, object]:
    return {
        "item": item,
        "factor": edition.guide.factors.factors[item.faktor],
        "indicators": [row for i, row in edition.indicators.items() if i in item.indikatorer],
        "methods": [
            row
            for row in edition.site.tables["metoder"].to_dict("records")
            if row["metod_id"] in item.metoder
        ],
    }
