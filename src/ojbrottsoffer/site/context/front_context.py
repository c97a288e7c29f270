"""What the first page and the style guide show of the nation and the units."""

from __future__ import annotations

from ojbrottsoffer.presentation import marks, palette
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.unit_context import spread

USES = {
    "accent": "leder vidare, och frågor som något gäller",
    "ja": "svaret Ja",
    "delvis": "svaret Delvis",
    "nej": "svaret Nej",
    "riket": "riket, och svar som saknas",
    "varm": "markerar, aldrig ensam med en betydelse",
    "text": "text",
    "dov": "text i andra hand",
    "mjuk": "bandet bakom ingressen",
    "varm-yta": "bakom en anmärkning",
    "spar": "spännvidd i ett diagram",
    "linje": "linjer",
}


def style_values(edition: EditionContext) -> dict[str, object]:
    """The parts of the site as the edition's first unit fills them."""
    unit = edition.year.units.index[0]
    every = {name: (palette.LIGHT[name], palette.DARK[name]) for name in palette.LIGHT} | palette.SURFACES
    who, ranges = spread(edition, unit)
    return {
        "shown": unit,
        "colours": [(name, use, *every[name]) for name, use in USES.items()],
        "areas": edition.profiles[unit].areas,
        "group": who,
        "ranges": ranges,
        "common": edition.nation_rows,
    }


def start_values(edition: EditionContext) -> dict[str, object]:
    """The first page: what the nation answers and how that has moved."""
    rows = edition.nation_rows
    return {"common": rows, "courses": edition.analysis.national_courses}


def one_answer(edition: EditionContext) -> dict[str, object]:
    """The last answer of the last unit, with where it is printed."""
    unit, area = edition.year.units.index[-1], len(edition.indicator_groups) - 1
    questions = [row for part in edition.indicator_groups[area]["areas"] for row in part["indicators"]]
    row, results = questions[-1], edition.site.tables["resultat"]
    (printed,) = results.query(
        "ar == @edition.year.ar and enhet_id == @unit and indikator_id == @row['indikator_id']"
    )["plats"]
    code = edition.year.codes[unit][row["indikator_id"]]
    return {
        "of_unit": unit,
        "name": edition.short_names[unit],
        "row": row,
        "code": code,
        "word": marks.word(code),
        "place": printed,
        "ringed": (area, len(questions) - 1),
    }
