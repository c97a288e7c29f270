"""What a page written by hand in `docs/` can ask for with `{{ fragment("name") }}`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ojbrottsoffer.presentation.pictures.years import years
from ojbrottsoffer.schema.codes import FAKTOR, GALLER
from ojbrottsoffer.site.context import method_context, quality_context
from ojbrottsoffer.site.context.about_charts import claims, span, years_of
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.front_context import one_answer, start_values, style_values
from ojbrottsoffer.site.context.indicator_context import glossary_values
from ojbrottsoffer.site.context.key_figure_context import overview
from ojbrottsoffer.site.context.unit_context import has_slides, list_values, municipality_values
from ojbrottsoffer.site.downloads import method_files
from ojbrottsoffer.site.downloads.api.openapi import KINDS
from ojbrottsoffer.site.downloads.dataset import Dataset
from ojbrottsoffer.site.downloads.formats import VIEWS
from ojbrottsoffer.site.paper import group_pages, pictures


@dataclass(frozen=True)
class Asked:
    """Who asks for a fragment: the latest edition, the downloads and the address of the page."""

    edition: EditionContext
    data: Dataset
    here: str

    @property
    def site(self):
        return self.edition.site

    def method(self) -> dict:
        """The method that the page is about."""
        return method_context.method_at(self.edition, self.here)


Values = Callable[[Asked], dict[str, object]]


def _nothing(asked: Asked) -> dict[str, object]:
    """For a template that shows what every template gets."""
    return {}


def _data(asked: Asked) -> dict[str, object]:
    return {"data": asked.data}


def _method(asked: Asked) -> dict[str, object]:
    return {"method": asked.method()}


def _contradictions(asked: Asked) -> dict[str, object]:
    return {"rows": method_context.contradictions_in(asked.site, asked.method()["kalla_id"])}


def _example(asked: Asked) -> dict[str, object]:
    return {"example": asked.site.example}


def _assessment(asked: Asked) -> dict[str, object]:
    return {
        "method": asked.method(),
        "themes": method_context.themes(asked.site),
        "assessment_answers": method_files.ASSESSMENT,
        "file": method_files.ADDRESSES["sjalvskattning"],
    }


def _years(edition: EditionContext) -> dict[str, object]:
    rows = years_of(edition)
    return {"rows": rows, "span": span(rows), "years": years}


def _api(asked: Asked) -> dict[str, object]:
    return {"kinds": KINDS.values()}


FRAGMENTS: dict[str, tuple[str, Values]] = {
    "start": ("start/start.html", lambda asked: start_values(asked.edition)),
    "api": ("data/api.html", _api),
    "kommunlista": ("unit/list.html", lambda asked: list_values(asked.edition)),
    "alla_kommuner": ("unit/all_municipalities.html", lambda asked: municipality_values(asked.edition)),
    "din_kommun": ("unit/own_answers.html", _nothing),
    "ordlista": ("indicator/glossary.html", lambda asked: glossary_values(asked.site)),
    "indikatorlista": ("indicator/list.html", _nothing),
    "jamfor": ("comparison/compare.html", _nothing),
    "rankning_utgavor": ("ranking/editions.html", _nothing),
    "rankning_urval": ("ranking/selection.html", _nothing),
    "rankning_sakerhet": ("ranking/firmness.html", _nothing),
    "rankning_unizon": ("ranking/agreement.html", _nothing),
    "over_tid_unizon": ("ranking/unizon_over_time.html", _nothing),
    "over_tid_riket": ("ranking/nation_over_time.html", _nothing),
    "omgangar": ("ranking/rounds.html", _nothing),
    "andelar_i_ord": ("ranking/told_shares.html", _nothing),
    "faktor_beskrivning": ("factor/description.html", _nothing),
    "utvecklingsomraden": ("factor/developments.html", _nothing),
    "faktor_omraden": ("factor/areas.html", _nothing),
    "faktor_indikatorer": ("factor/indicators.html", _nothing),
    "vantat": ("factor/model/expected.html", _nothing),
    "faktor_svar": ("factor/model/answer.html", _nothing),
    "koppling": ("factor/model/moved.html", _nothing),
    "modellprov": ("factor/model/model_check.html", _nothing),
    "antaganden": ("factor/model/assumptions.html", _nothing),
    "manga_enheter": ("factor/many_units.html", _nothing),
    "forvanar": ("factor/model/surprises.html", _nothing),
    "rollista": ("role/list.html", _nothing),
    "organisationsmodell": ("role/organisation.html", _nothing),
    "ej_matt": ("role/unmeasured.html", _nothing),
    "exempel": ("methods/example.html", _example),
    "nyckeltal": ("key_figures/overview.html", lambda asked: overview(asked.site)),
    "metod_lista": ("methods/list.html", lambda asked: method_context.methods_values(asked.edition)),
    "metod_rutor": ("methods/chosen.html", _method),
    "metod_hjalper": ("methods/helps_with.html", _method),
    "metod_nyckeltal": (
        "methods/key_figures.html",
        lambda asked: {
            "method": asked.method(),
            "rows": method_context.key_figures(asked.site, asked.method()["metod_id"]),
        },
    ),
    "metod_motsagelser": ("methods/contradictions.html", _contradictions),
    "metod_steg": (
        "methods/steps.html",
        lambda asked: {
            "steps": method_context.steps(asked.site),
            "file": method_files.ADDRESSES["checklista"],
        },
    ),
    "metod_principer": (
        "methods/principles.html",
        lambda asked: {
            "ratings": method_context.ratings(asked.site),
            "contradictions": method_context.mean_contradictions(asked.site),
        },
    ),
    "metod_fem_varfor": ("methods/forms/five_whys.html", _nothing),
    "metod_prioritering": ("methods/forms/priorities.html", _nothing),
    "metod_plan": ("methods/plan.html", lambda asked: {"rows": method_context.plan(asked.site)}),
    "metod_logik": (
        "methods/forms/logic.html",
        lambda asked: {
            "method": asked.method(),
            "rows": asked.site.tables["verksamhetslogik"].to_dict("records"),
        },
    ),
    "metod_trappa": ("methods/stairs.html", lambda asked: {"stairs": method_context.stairs(asked.site)}),
    "metod_valdsutovare": (
        "methods/perpetrators.html",
        lambda asked: {"answers": method_context.answers(asked.site)},
    ),
    "metod_variabler": (
        "methods/variables.html",
        lambda asked: {
            "rows": method_context.variables(asked.site),
            "file": method_files.ADDRESSES["uppfoljning"],
        },
    ),
    "metod_sjalvskattning": ("methods/forms/self_assessment.html", _assessment),
    "kvalitetslage": (
        "quality/summary.html",
        lambda asked: quality_context.summary_values(asked.site) | {"blocks": claims(asked.edition)},
    ),
    "avvikelser": (
        "quality/contradictions.html",
        lambda asked: {"groups": quality_context.contradictions_by_kind(asked.site)},
    ),
    "lasningen": ("quality/readings.html", lambda asked: {"rows": quality_context.readings(asked.site)}),
    "pastaenden": (
        "quality/claims.html",
        lambda asked: {"groups": quality_context.claims_by_outcome(asked.site)},
    ),
    "kontroller": (
        "quality/checks.html",
        lambda asked: {
            "kinds": quality_context.checks_by_kind(asked.site),
            "groups": quality_context.checks_by_table(asked.site),
        },
    ),
    "upplysningar": (
        "quality/notices.html",
        lambda asked: {"groups": quality_context.notices_by_heading(asked.site)},
    ),
    "skadeprov": (
        "quality/damage.html",
        lambda asked: {
            "results": [(result, quality_context.mutation_parts(result)) for result in asked.site.mutation]
        },
    ),
    "rattelser": ("quality/corrections.html", _nothing),
    "artal": ("data/years.html", lambda asked: _years(asked.edition)),
    "ett_svar": ("data/one_answer.html", lambda asked: one_answer(asked.edition)),
    "datafiler": ("data/files.html", _data),
    "vyer": ("data/views.html", lambda asked: {"views": VIEWS}),
    "sammanfattningar": (
        "unit/summaries.html",
        lambda asked: {
            "summaries": group_pages.offered(asked.edition.and_earlier),
            "slides": has_slides(asked.edition),
            "site_picture": pictures.SITE,
        },
    ),
    "kontrollsummor": ("data/checksums.html", _data),
    "dataandringar": ("data/changes.html", _data),
    "datamangd": ("data/json_ld.html", _data),
    "hanvisning": ("data/citation.html", _data),
    "kallor": ("data/sources.html", _data),
    "kallors_ratt": ("data/rights.html", _data),
    "english_picture": ("english/picture.html", _nothing),
    "english_questions": (
        "english/questions.html",
        lambda asked: {"factor_names": FAKTOR.english, "same": GALLER.english},
    ),
    "english_citation": ("english/citation.html", _data),
    "formsprak": ("style/guide.html", lambda asked: style_values(asked.edition) | _years(asked.edition)),
    "soksida": ("search/page.html", _nothing),
}
"""Name -> template, and what the template shows besides what every template gets."""
