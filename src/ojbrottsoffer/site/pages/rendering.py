"""How templates become HTML: where they are, and the words and pictures that all of them know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pandas as pd

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.analysis.factors.description import distribution
from ojbrottsoffer.presentation import (
    definition_words,
    design,
    marks,
    model_sentences,
    palette,
    sentences,
    text,
)
from ojbrottsoffer.presentation.pictures import nation_bars, placings, spine, squares
from ojbrottsoffer.schema.codes import (
    ANSVAR,
    AVVIKELSESLAG,
    AVVIKELSETYP,
    BEFOLKNINGSGRUPP,
    BETYG,
    DEFINITION_YEAR,
    ENHETSSAMBAND,
    GALLER,
    INDIKATORTYP,
    JAMFORBAR,
    JAMFORELSE,
    MALGRUPP,
    OMFATTNING,
    PASTAENDEUTFALL,
    RELATION,
    SAKERHET,
    SAKNAS_ORSAK,
    SAMBAND,
    SVAR,
)
from ojbrottsoffer.schema.finding import AVVIKELSE, FEL, UPPLYSNING
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.chart_context import chart_id, charts, series_id
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.key_figure_context import in_unit, in_year, why_missing, written
from ojbrottsoffer.site.context.method_context import UNREAD, decimal
from ojbrottsoffer.site.context.municipality_context import placed_in_words
from ojbrottsoffer.site.context.unit_context import NAMES_IN_CELL, STRENGTHS_SHOWN, square_titles
from ojbrottsoffer.site.pictures import maps, organisation, places, plots
from ojbrottsoffer.site.pictures.charts import trend
from ojbrottsoffer.site.settings import site_url
from ojbrottsoffer.site.words.tracing import trace, traced, traced_difference

TEMPLATES = Path(__file__).parents[1] / "templates"
INCOMPARABLE_TEXTS = {"definition": "frågan är ändrad", "saknas": "svar saknas något av åren"}
"""Why two answers can't be compared, besides what has happened to the question."""
FILTERS = {
    "number": text.number,
    "percent": lambda value: text.percent(None if pd.isna(value) else value),
    "nation_share": text.nation_share,
    "units": text.units,
    "the_units": text.the_units,
    "swedish_list": swedish_list,
    "months": text.months,
    "runs": text.runs,
    "in_words": text.in_words,
    "possessive": text.possessive,
    "county": text.county,
    "miles": text.miles,
    "size": text.size,
    "placed_in_words": placed_in_words,
    "source_called": lambda kalla_id, site: site.source_name(kalla_id),
    "in_table": lambda key, table: table[key],
}
GLOBALS = {
    "count": text.count,
    "decimal": decimal,
    "traced": traced,
    "trace": trace,
    "traced_difference": traced_difference,
    "chart_of": lambda edition, name: charts(edition)[chart_id(edition, name)],
    "chart_of_series": lambda edition, indicator, series: charts(edition)[
        series_id(edition, indicator, series)
    ],
    "site_url": site_url,
    "placing": text.placing,
    "in_unit": in_unit,
    "in_year": in_year,
    "written": written,
    "why_missing": why_missing,
    "answer_word": lambda code: SVAR.codes[str(code)],
    "group_text": lambda group: BEFOLKNINGSGRUPP.codes[str(group)],
    "reason_text": lambda reason: SAKNAS_ORSAK.codes[reason],
    "is_missing": pd.isna,
    "target_text": lambda code: MALGRUPP.codes[code],
    "kind_text": lambda code: INDIKATORTYP.codes[code],
    "definition_year": DEFINITION_YEAR,
    "comparable_text": lambda code: JAMFORBAR.codes[code],
    "part_text": text.part,
    "population_groups": BEFOLKNINGSGRUPP.codes,
    "answer_words": SVAR.codes,
    "names_in_cell": NAMES_IN_CELL,
    "square_titles": square_titles,
    "strengths_shown": STRENGTHS_SHOWN,
    "unit_link_text": lambda link: ENHETSSAMBAND.codes[link],
    "incomparable_text": lambda why: INCOMPARABLE_TEXTS.get(why) or SAMBAND.codes[why],
    "protects": text.PROTECTS,
    "surveys": text.SURVEYS,
    "organisation": organisation,
    "contradiction_kinds": AVVIKELSESLAG.codes,
    "contradiction_types": AVVIKELSETYP.codes,
    "claim_outcomes": PASTAENDEUTFALL.codes,
    "comparisons": JAMFORELSE.codes,
    "responsibility": ANSVAR.codes,
    "rating_words": BETYG.codes,
    "unread_signs": UNREAD,
    "distribution": distribution,
    "plots": plots,
    "maps": maps,
    "places": places,
    "marks": marks,
    "squares": squares,
    "spine": spine.spine,
    "spine_scale": spine.SCALE,
    "placings": placings.placings,
    "placed_in_words": placed_in_words,
    "nation_bars": nation_bars.nation_bars,
    "design": design,
    "palette": palette,
    "limits": limits,
    "model_sentences": model_sentences,
    "sentences": sentences,
    "definition_words": definition_words,
    "holds_text": lambda code: GALLER.codes[code],
    "scope_text": lambda code: OMFATTNING.codes[code],
    "sureness_text": lambda code: SAKERHET.codes[code],
    "relation_text": lambda code: RELATION.codes[code],
    "span": lambda low, high: str(low) if low == high else f"{low}–{high}",
    "trend": trend,
    "kind_words": {
        FEL: ("fel", "fel"),
        AVVIKELSE: ("granskad avvikelse", "granskade avvikelser"),
        UPPLYSNING: ("upplysning", "upplysningar"),
    },
}


def environment(folder: Path = TEMPLATES) -> jinja2.Environment:
    """The templates of `folder`. A name that a template does not get stops the build."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    made.filters |= FILTERS
    made.globals |= GLOBALS
    return made


def render(
    templates: jinja2.Environment,
    template: str,
    edition: EditionContext,
    link: Callable[[str], str],
    **values: object,
) -> str:
    """A template as HTML. Every template gets the edition with its tables (`year`), the site's
    (`site`), the addresses of pages (`address`), figures for running text (`facts`) and `link`,
    which makes an address relative to the page; `values` are what it shows besides.
    """
    return templates.get_template(template).render(
        edition=edition,
        year=edition.year,
        site=edition.site,
        address=edition.address,
        facts=edition.facts,
        link=link,
        **{"unit": None, "indicator": None, **values},
    )
