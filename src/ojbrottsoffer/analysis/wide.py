"""The answers as a matrix: one row per unit and year, one column per indicator."""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.columns import TO_ENHET
from ojbrottsoffer.schema.csv_tables import typed
from ojbrottsoffer.schema.model import Column, Table
from ojbrottsoffer.schema.tables import TABLES

NAME = "resultat_bred"
UNIT_COLUMNS = ("enhet_id", "enhet", "typ", "kommunkod")


def column_of(indikator_id: str) -> str:
    """The name of an indicator's column: such as R, Stata and SQL take as it is."""
    return indikator_id.replace("-", "_")


def wide_table(tables: dict[str, pd.DataFrame]) -> Table:
    """The matrix declared like any table: its columns are the indicators of all editions.

    The latest edition's indicators come first, in published order; then those that have ended.
    """
    order = tables["indikatorer_ar"].sort_values(["ar", "nr"], ascending=[False, True])
    labels = order.drop_duplicates("indikator_id").set_index("indikator_id")["indikator"]
    answered = set(tables["resultat"]["indikator_id"].unique())
    asked = [i for i in labels.index if i in answered]
    short = tables["indikatorer"].set_index("indikator_id")["kortnamn"]
    return Table(
        NAME,
        "Resultat, bred",
        "Samma svar som i resultat.csv med en rad per år och enhet och en kolumn per indikator. "
        "Kolumnens namn är indikatorns id med _ i stället för -. Tomt betyder att svaret saknas eller att frågan inte "
        "ställdes det året; vilket det är står i resultat.csv.",
        (
            TABLES["resultat"].column("ar"),
            *(TABLES["enheter"].column(name) for name in UNIT_COLUMNS),
            *(
                Column(
                    column_of(i),
                    "integer",
                    short[i],
                    f"{labels[i]}.",
                    required=False,
                    codes=SVAR,
                    minimum=0,
                    maximum=2,
                    english="Answer as a code: 2 = yes, 1 = partly, 0 = no.",
                )
                for i in asked
            ),
        ),
        ("ar", "enhet_id"),
        (TO_ENHET,),
        english="The answers of resultat.csv with one row per year and unit and one column per "
        "indicator. A column is named by the indicator's id with _ in place of -.",
        origin="Samma uppgifter som i resultat.csv, omställda.",
        sources_of=("resultat",),
    )


def wide(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of `wide_table`, by year and unit."""
    table = wide_table(tables)
    answers = tables["resultat"].pivot(index=["ar", "enhet_id"], columns="indikator_id", values="svar_kod")
    answers.columns = [column_of(name) for name in answers.columns]
    units = tables["enheter"][list(UNIT_COLUMNS)]
    return typed(
        answers.reset_index().merge(units, on="enhet_id")[table.column_names].sort_values(["ar", "enhet_id"]),
        table,
    )
