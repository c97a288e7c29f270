"""Says beside a number on a page which rows of the public files it comes from.

A number carries `data-oj-tal="MEASURE TABLE COLUMN key=value …"`. Whoever reads it can find
or recompute the number with the CSV files alone; a test does so for every profile and
indicator page.

`cell` is one value; `antal` a number of rows; `andel` the share of rows with svar_kod 2 among
those with an answer, in percent; `medel` a mean; `hundradel` a sum divided by 100; `modell` the
probability of a Ja, in percent, by the model that /framgangsfaktorer/#modellen describes, given
the unit's answers and the nation's shares. A key that is not a column of the table is looked up in `indikatorer_ar` or `enheter_ar`, by year and id.
`!=` leaves out; several values are separated by commas; an empty value is a missing one.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from ojbrottsoffer.tables.declarations import TABLES

MEASURES = ("cell", "antal", "andel", "medel", "hundradel", "modell")
LOOKED_UP = ("indikatorer_ar", "enheter_ar")
"""Where a key is looked up that is no column of the table itself."""


def traced(measure: str, table: str, column: str = "", *, without: str = "", **keys: object) -> Markup:
    """The attribute, with a space before it.

    `without` is an `enhet_id` to leave out. Raises `ValueError` for what is not declared, so
    that a misspelt trace stops the build.

    >>> traced("cell", "riket", "andel_ja_procent", ar=2015, indikator_id="x")
    Markup(' data-oj-tal="cell riket andel_ja_procent ar=2015 indikator_id=x"')
    """
    _check(measure, table, column, tuple(keys))
    parts = [measure, table, column or "-"]
    parts += [f"{name}={_value(value)}" for name, value in keys.items()]
    parts += [f"enhet_id!={without}"] if without else []
    trace = " ".join(parts)
    if len(trace.split()) != len(parts):
        raise ValueError(f"ett värde i ett spår har mellanslag: {trace}")
    return Markup(f' data-oj-tal="{escape(trace)}"')


@lru_cache(maxsize=None)
def _check(measure: str, table: str, column: str, keys: tuple[str, ...]) -> None:
    known = {*TABLES[table].column_names, *(c for name in LOOKED_UP
                                            for c in TABLES[name].column_names)}
    unknown = [name for name in keys if name not in known]
    if measure not in MEASURES or unknown or (column and column not in TABLES[table].column_names):
        raise ValueError(f"okänt i spåret till {table}: {measure} {column} {unknown}")


def _value(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
