"""What the page of an indicator shows."""

from __future__ import annotations

from ojbrottsoffer.analysis.units.indicator import units_by_answer
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.map_context import answer_map, without_place
from ojbrottsoffer.site.context.method_context import methods_for
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
    return {
        "row": row,
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
