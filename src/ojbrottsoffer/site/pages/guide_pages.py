"""The pages on what can be done: one tip sheet per role, one page per success factor."""

from __future__ import annotations

import json

from markupsafe import Markup

from ojbrottsoffer.site.downloads.unit_files import figures
from ojbrottsoffer.site.pages.data_pages import DataPage, neighbours
from ojbrottsoffer.site.pages.views import Views
from ojbrottsoffer.sources.curated.factors import Factor
from ojbrottsoffer.sources.curated.tips import Role


def guide_pages(views: Views) -> dict[str, DataPage]:
    """All of them: path -> page. They show the latest edition."""
    built_in = sheet_figures(views)
    pages = [_role(views, role, built_in) for role in views.guide.tips.roles.values()]
    pages += [_factor(views, factor) for factor in views.guide.factors.factors.values()]
    return {page.path: page for page in pages}


def _role(views: Views, role: Role, built_in: Markup) -> DataPage:
    def values() -> dict[str, object]:
        order = list(views.guide.tips.roles)
        before, after = neighbours(order, role.id)
        own = views.guide.indicators_of_role(role.id)
        return {
            "role": role,
            "groups": views.guide.tips_of_role(role.id),
            "areas": [
                area | {"indicators": rows}
                for quality in views.indicator_groups
                for area in quality["areas"]
                if (rows := [row for row in area["indicators"] if row["indikator_id"] in own])
            ],
            "built_in": built_in,
            "before": before and views.guide.tips.roles[before],
            "after": after and views.guide.tips.roles[after],
        }

    return DataPage(
        f"roller/{role.id}.md",
        role.namn,
        f"{role.kort} Tips, frågor till nästa möte och indikatorer som rollen kan påverka.",
        "roll",
        values,
        views,
    )


def _factor(views: Views, factor: Factor) -> DataPage:
    def values() -> dict[str, object]:
        before, after = neighbours(list(views.guide.factors.factors), factor.id)
        of_indicator = views.guide.factors.of_indicator
        return {
            "factor": factor,
            "indicators": [
                views.indicator(i) for i in views.year.indicators.index if of_indicator[i] == factor.id
            ],
            "reasons": views.guide.factors.indicators,
            "developments": [
                item for item in views.guide.factors.developments.values() if item.faktor == factor.id
            ],
            "before": before and views.guide.factors.factors[before],
            "after": after and views.guide.factors.factors[after],
        }

    return DataPage(f"framgangsfaktorer/{factor.id}.md", factor.namn, factor.kort, "faktor", values, views)


def sheet_figures(views: Views) -> Markup:
    """What a tip sheet needs to be put in the order of a unit's gaps, as JSON in the page: so
    that it works also when the page is opened from a disk.
    """
    known = figures(views)
    content = {
        "ar": known["ar"],
        "enheter": [{name: unit[name] for name in ("id", "namn", "svar")} for unit in known["enheter"]],
        "indikatorer": [
            {
                "id": item["id"],
                "omrade": item["omrade"],
                "faktor": views.guide.factors.of_indicator[item["id"]],
            }
            for item in known["indikatorer"]
        ],
    }
    # A name with a tag in it must not end the script element.
    return Markup(json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
