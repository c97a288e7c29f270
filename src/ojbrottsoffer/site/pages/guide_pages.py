"""The pages on what can be done: one per role, success factor and development area."""

from __future__ import annotations

import json

from markupsafe import Markup

from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.guide_context import development_values, factor_values, role_values
from ojbrottsoffer.site.downloads.unit_files import figures
from ojbrottsoffer.site.pages.data_pages import DataPage, neighbours
from ojbrottsoffer.site.paper import pictures, role_sheets
from ojbrottsoffer.sources.curated.factors import Development, Factor
from ojbrottsoffer.sources.curated.tips import Role


def guide_pages(edition: EditionContext) -> dict[str, DataPage]:
    """All of them: path -> page. They show the latest edition."""
    built_in = sheet_figures(edition)
    pages = [_role(edition, role, built_in) for role in edition.guide.tips.roles.values()]
    pages += [_factor(edition, factor) for factor in edition.guide.factors.factors.values()]
    pages += [_development(edition, item) for item in edition.guide.factors.developments.values()]
    return {page.path: page for page in pages}


def _role(edition: EditionContext, role: Role, built_in: Markup) -> DataPage:
    roles = list(edition.guide.tips.roles.values())
    return DataPage(
        f"roller/{role.id}.md",
        role.namn,
        f"{role.kort} Tips, frågor till nästa möte och indikatorer som rollen kan påverka.",
        "role/role.html",
        lambda: (
            role_values(edition, role)
            | {"built_in": built_in, "sheet": role_sheets.of_role(role.id)}
            | neighbours(roles, role)
        ),
        edition,
    )


def _factor(edition: EditionContext, factor: Factor) -> DataPage:
    factors = list(edition.guide.factors.factors.values())
    return DataPage(
        f"framgangsfaktorer/{factor.id}.md",
        factor.namn,
        factor.kort,
        "factor/factor.html",
        lambda: factor_values(edition, factor) | neighbours(factors, factor),
        edition,
        picture=(pictures.of_factor(factor.id), pictures.said_of_factor(edition, factor)),
    )


def _development(edition: EditionContext, item: Development) -> DataPage:
    items = list(edition.guide.factors.developments.values())
    return DataPage(
        edition.address.development(item.id).rstrip("/") + ".md",
        item.namn,
        f"{item.namn}: vad rapporten säger, hur det kan se ut hos er, vad det kräver och vilka frågor det rör.",
        "factor/development.html",
        lambda: development_values(edition, item) | neighbours(items, item),
        edition,
    )


def sheet_figures(edition: EditionContext) -> Markup:
    """What a tip sheet needs to be put in the order of a unit's gaps, as JSON in the page: so
    that it works also when the page is opened from a disk.
    """
    known = figures(edition)
    content = {
        "ar": known["ar"],
        "enheter": [{name: unit[name] for name in ("id", "namn", "svar")} for unit in known["enheter"]],
        "indikatorer": [
            {
                "id": item["id"],
                "omrade": item["omrade"],
                "faktor": edition.guide.factors.of_indicator[item["id"]],
            }
            for item in known["indikatorer"]
        ],
    }
    # A name with a tag in it must not end the script element.
    return Markup(json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
