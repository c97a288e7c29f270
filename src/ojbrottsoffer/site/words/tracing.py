"""Says beside a number on a page which rows of the public files it comes from.

A number carries `data-oj-tal="MEASURE TABLE COLUMN key=value …"`. Whoever reads it can find
or recompute the number with the CSV files alone; a test does so for every profile, indicator
page, page of a success factor and page of a municipality with placings.

`cell` is one value; `antal` a number of rows; `andel` the share of rows with svar_kod 2 among
those with an answer, in percent, and `andel-minst-delvis` with svar_kod 1 or 2; `medel` a mean;
`hundradel` a sum divided by 100. By the model that /framgangsfaktorer/vantat/#modellen describes, given
the units' totals and the nation's shares: `modell` is the probability of a Ja, in percent;
`vantat` the expected number of Ja; `lagst`, `hogst` and `p` the ends of its interval and the
p-value of the number there is; `p-mellan-enheter` how often units that the model draws, with the same
totals, differ as much from what is expected, beside how unlike each other they are. Two traces with
` minus ` between them are a difference.

A key that is not a column of the table is looked up in `indikatorer_ar`, `enheter_ar` or
`indikatorer_faktorer`, by year and id. `!=` leaves out; several values are separated by commas;
an empty value is a missing one.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from ojbrottsoffer.schema.tables import TABLES

MEASURES = (
    "cell",
    "antal",
    "andel",
    "andel-minst-delvis",
    "medel",
    "hundradel",
    "modell",
    "vantat",
    "lagst",
    "hogst",
    "p",
    "p-mellan-enheter",
)
LOOKED_UP = ("indikatorer_ar", "enheter_ar", "indikatorer_faktorer")
"""Where a key is looked up that is no column of the table itself."""


def traced(measure: str, table: str, column: str = "", *, without: str = "", **keys: object) -> Markup:
    """The attribute, with a space before it. The arguments are those of `trace`.

    >>> traced("cell", "riket", "andel_ja_procent", ar=2015, indikator_id="x")
    Markup(' data-oj-tal="cell riket andel_ja_procent ar=2015 indikator_id=x"')
    """
    return _attribute(trace(measure, table, column, without=without, **keys))


def traced_difference(first: str, second: str) -> Markup:
    """The attribute of a number that is one trace's minus another's."""
    return _attribute(f"{first} minus {second}")


def _attribute(text: str) -> Markup:
    return Markup(f' data-oj-tal="{escape(text)}"')


def trace(measure: str, table: str, column: str = "", *, without: str = "", **keys: object) -> str:
    """What the attribute says.

    `without` is an `enhet_id` to leave out. Raises `ValueError` for what is not declared, so
    that a misspelt trace stops the build.
    """
    _check(measure, table, column, tuple(keys))
    parts = [measure, table, column or "-"]
    parts += [f"{name}={_value(value)}" for name, value in keys.items()]
    parts += [f"enhet_id!={without}"] if without else []
    text = " ".join(parts)
    if len(text.split()) != len(parts):
        raise ValueError(f"ett värde i ett spår har mellanslag: {text}")
    return text


def _check(measure: str, table: str, column: str, keys: tuple[str, ...]) -> None:
    known = {*TABLES[table].column_names, *(c for name in LOOKED_UP for c in TABLES[name].column_names)}
    unknown = [name for name in keys if name not in known]
    if measure not in MEASURES or unknown or (column and column not in TABLES[table].column_names):
        raise ValueError(f"okänt i spåret till {table}: {measure} {column} {unknown}")


def _value(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
