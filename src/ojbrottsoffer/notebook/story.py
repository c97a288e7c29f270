"""The tables and figures that the notebooks show. Column names are what a reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from ojbrottsoffer.analysis.edition import Edition, read_tables
from ojbrottsoffer.checks.expectations.suites import load_suite
from ojbrottsoffer.checks.report import Report, load_report
from ojbrottsoffer.presentation.claims import FAILS, OUTCOMES, claims_with_outcome
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.csv_tables import typed
from ojbrottsoffer.schema.finding import AVVIKELSE, UPPLYSNING
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.reference.register import Reference
from ojbrottsoffer.sources.skl2016 import AR, Printed

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

CODING = ("svar_kod", "svar", "saknas_orsak")
"""The columns of `resultat` that say what was answered."""


def write_tables(project: Project) -> bool:
    """Reads, checks and writes every table and the quality report, as `make` does. True if a table
    changed. Raises `DataError` and writes nothing if a check stops.

    A build has done it in the step before it runs the notebooks, and it is not done twice.
    """
    from ojbrottsoffer.checks.gate import ingest_and_check, publish_tables

    if project.staged or project.draft:
        return False
    checked = ingest_and_check(project)
    changed = publish_tables(checked, project)
    checked.report.save(project.report)
    return changed


def written_tables(project: Project) -> tuple[dict[str, pd.DataFrame], Report]:
    """The tables as they are written, and what the checks said of them.

    Raises `FileNotFoundError` if neither `make` nor the first notebook has written them.
    """
    if not project.report.exists():
        raise FileNotFoundError(
            "Tabellerna är inte kontrollerade här. Kör make, eller 01_inlasning.ipynb först."
        )
    return read_tables(project.clean), load_report(project.report)


def public_rows(name: str, *frames: pd.DataFrame) -> pd.DataFrame:
    """What sources give to one public table, with its columns and types, in the order it is read."""
    table = TABLES[name]
    return pd.concat([typed(frame[table.column_names], table) for frame in frames], ignore_index=True)


def is_written(name: str, rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> bool:
    """Whether the rows are exactly those that the written table has from the same sources."""
    key = list(TABLES[name].key)
    written = typed(tables[name].merge(rows[["ar", "kalla_id"]].drop_duplicates()), TABLES[name])
    read, there = (frame.sort_values(key, ignore_index=True) for frame in (rows, written))
    return read.equals(there)


def answer_rows(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """`resultat` as it is read: a row per unit and indicator, with the printed cell."""
    units = reference.units(set(rows["enhet_id"])).set_index("enhet_id")["enhet"]
    labels = reference.edition(AR)["indikator"]
    return pd.DataFrame(
        {
            "Enhet": rows["enhet_id"].map(units),
            "Indikator": rows["indikator_id"].map(labels),
            "Kod": rows["svar_kod"],
            "Svar": rows["svar"],
            "Plats": rows["plats"],
        }
    )


def placing_rows(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Unizon's placings as they are read, with the place in the source."""
    units = reference.units(set(rows["enhet_id"])).set_index("enhet_id")["enhet"]
    return pd.DataFrame(
        {
            "Kommun": rows["enhet_id"].map(units),
            "År": rows["ar"],
            "Placering": rows["placering"],
            "Källa": rows["kalla_id"],
            "Plats": rows["plats"],
        }
    )


def coding_rules(project: Project) -> list[dict]:
    """The rules in `expectations/` of how answers are coded, that `resultat` alone decides."""
    return [
        rule
        for rule in load_suite(project, "resultat")["expectations"]
        if {rule["kwargs"].get("column")} & set(CODING)
    ]


def coding_outcomes(said: ExpectationSuiteValidationResult) -> pd.DataFrame:
    """What Great Expectations says of each rule: answers tried and answers that break it."""
    return pd.DataFrame(
        [
            {
                "Regel": one.expectation_config.meta["vad"],
                "Prövade": one.result["element_count"],
                "Fel": one.result["unexpected_count"],
            }
            for one in said.results
        ]
    )


def first_cells(printed: Printed, rows: int = 7) -> pd.DataFrame:
    """The first rows of the first printed part, units as columns, as they are printed."""
    cells = printed.table1.query("sida == 1 and `del` == 1 and rad < 3 + @rows")
    wide = cells.pivot(index=["rad", "etikett"], columns="kolumn", values="text")
    return (
        wide[list(dict.fromkeys(cells["kolumn"]))]
        .reset_index("etikett")
        .rename(columns={"etikett": "Tryckt etikett"})
    )


def label_variants(reference: Reference) -> pd.DataFrame:
    """Printed spellings of indicators that differ from the harmonised label."""
    edition = reference.edition(AR)
    variants = reference.etiketter.query("slag == 'indikator'")
    return pd.DataFrame(
        {
            "Nr": variants["id"].map(edition["nr"]),
            "Tryckt": variants["etikett"],
            "Vår etikett": variants["id"].map(edition["indikator"]),
            "Var": variants["anmarkning"],
        }
    )


def table_sizes(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows and content of each public table."""
    return pd.DataFrame(
        {
            "Fil": [f"{name}.csv" for name in tables],
            "Rader": [len(frame) for frame in tables.values()],
            "Innehåll": [TABLES[name].description for name in tables],
        }
    )


def answer_counts(year: Edition) -> pd.DataFrame:
    """Number of answers of each kind per unit, most Ja first."""
    counts = pd.DataFrame({word: year.answers.eq(int(code)).sum() for code, word in SVAR.codes.items()})
    counts.insert(0, "Enhet", pd.Series(year.short_names))
    return counts.sort_values(["Ja", "Enhet"], ascending=[False, True]).reset_index(drop=True)


def answer_counts_figure(counts: pd.DataFrame, colours: dict[str, str]) -> go.Figure:
    """`answer_counts` as stacked horizontal bars, the number written in each."""
    shown = counts.iloc[::-1]
    figure = go.Figure(
        [
            go.Bar(
                y=shown["Enhet"],
                x=shown[word],
                name=word,
                orientation="h",
                marker_color=colours[word],
                text=shown[word],
                textposition="inside",
                textangle=0,
            )
            for word in SVAR.codes.values()
        ]
    )
    return figure.update_layout(
        barmode="stack",
        xaxis_title="Antal svar",
        height=440,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        uniformtext={"minsize": 10, "mode": "hide"},
    )


def checks_per_table(report: Report) -> pd.DataFrame:
    """Number of checks, known contradictions and notices per table."""
    rows = pd.DataFrame(
        [
            (
                check.table,
                check.failed if check.kind == AVVIKELSE else 0,
                check.failed if check.kind == UPPLYSNING else 0,
            )
            for check in report.checks
        ],
        columns=["Tabell", "Kända avvikelser", "Upplysningar"],
    )
    grouped = rows.groupby("Tabell", sort=False)
    totals = grouped.sum().reset_index()
    totals.insert(1, "Kontroller", grouped.size().to_list())
    return totals


def checks_per_table_figure(per_table: pd.DataFrame, colour: str) -> go.Figure:
    """`checks_per_table` as horizontal bars."""
    shown = per_table.iloc[::-1]
    figure = go.Figure(
        go.Bar(
            y=shown["Tabell"],
            x=shown["Kontroller"],
            orientation="h",
            marker_color=colour,
            text=shown["Kontroller"],
            textposition="outside",
            cliponaxis=False,
        )
    )
    return figure.update_layout(xaxis_title="Antal kontroller", height=460)


def published_and_counted(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The published number of Ja beside the counted one."""
    merged = tables["antal_ja"].merge(tables["enheter"], on="enhet_id")
    return pd.DataFrame(
        {
            "Enhet": merged["enhet"],
            "Publicerat": merged["antal_ja_publicerat"],
            "Räknat": merged["antal_ja_beraknat"],
            "Differens": merged["differens"],
        }
    )


def known_contradictions(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The reviewed contradictions with both figures and the decision; not what can be read in more ways."""
    rows = tables["avvikelser"].query("slag == 'motsager'")
    return rows[["beskrivning", "varde_a_text", "varde_b_text", "beslut"]].set_axis(
        ["Vad som inte stämmer", "Värde A", "Värde B", "Beslut"], axis=1
    )


def claims_that_fail(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The claims of the sources that do not hold, and what they do not agree with; not what can be read
    in more ways."""
    claims = claims_with_outcome(tables)
    rows = claims[claims["utfall"] == FAILS]
    return rows[["pastaende", "gar_isar"]].set_axis(["Påstående", "Så går det isär"], axis=1)


def claim_outcomes(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Number of claims per outcome."""
    counts = claims_with_outcome(tables)["utfall"].value_counts()
    return pd.DataFrame(
        {"Utfall": list(OUTCOMES.values()), "Påståenden": [int(counts.get(code, 0)) for code in OUTCOMES]}
    )
