"""What the page of an indicator shows."""

from __future__ import annotations

from collections import Counter

from ojbrottsoffer.analysis.units.indicator import units_by_answer
from ojbrottsoffer.schema.codes import OMFATTNING
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.map_context import answer_map, without_place
from ojbrottsoffer.site.context.method_context import methods_for
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.site.pictures.charts import trend


def indicator_values(edition: EditionContext, indikator_id: str) -> dict[str, object]:
    row, indicators = edition.indicators[indikator_id], edition.year.indicators
    series = edition.site.nation_series.get(indikator_id, [])
    years = [point.ar for part in series for point in part.points]
    near = {"omrade": "indikatoromrade_id", "kvalitet": "kvalitetsomrade_id"}
    members = {
        name: [i for i in indicators.index[indicators[column] == row[column]] if i != indikator_id]
        for name, column in near.items()
    }
    within = "omrade" if members["omrade"] else "kvalitet"
    definitions = edition.site.definitions.get(indikator_id, [])
    first = edition.definition(indikator_id)
    kolada = edition.site.tables["indikatorer_kolada"]
    return {
        "row": row,
        "definitions": [first, *(item for item in definitions if item is not first)] if first else [],
        "kolada": kolada[kolada["indikator_id"] == indikator_id].to_dict("records"),
        "indicator": indikator_id,
        "by_answer": units_by_answer(edition.year, indikator_id),
        "map": answer_map(edition, indikator_id),
        "without_place": without_place(edition),
        "series": [(part, trend(part, min(years), max(years))) for part in series],
        "methods": methods_for(edition, indikator_id),
        "related": [edition.indicators[i] for i in members[within]],
        "within": within,
        "contradictions": edition.contradictions_about(indikator_id),
    }


def glossary_values(site: SiteTables) -> dict[str, object]:
    """The terms of the definitions with the indicators that use each, and how many definitions are found."""
    using: dict[str, list[str]] = {term: [] for term in site.terms}
    for indicator, definitions in site.definitions.items():
        for term in dict.fromkeys(term for item in definitions for term in item.terms):
            using[term].append(indicator)
    scopes = Counter(definitions[0].scope for definitions in site.definitions.values())
    return {"using": using, "scopes": {scope: scopes[scope] for scope in OMFATTNING.codes}}
