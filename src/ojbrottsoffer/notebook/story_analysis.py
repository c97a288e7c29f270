"""Tables and figures of the notebooks on ranks, factors and the years. Column names are what a
reader sees; the figures come from the same functions as the pages.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.factors.expected import Expected, Sensitivity
from ojbrottsoffer.analysis.factors.rasch import Verdict
from ojbrottsoffer.analysis.factors.simulation import Tried
from ojbrottsoffer.analysis.factors.spread import SpreadChecks
from ojbrottsoffer.analysis.limits import NAMED_COURSES, NAMED_UNITS
from ojbrottsoffer.analysis.units.history import NationalCourse, UnizonHistory, national_points, national_runs
from ojbrottsoffer.analysis.units.ranking import Agreement, RankRange, Selection


def selection_table(found: Selection, names: dict[str, str], publishers: dict[str, str]) -> pd.DataFrame:
    """The chosen with their placings; a placing that no source gives is empty."""
    frame = pd.DataFrame(
        {
            "Enhet": [names[row.enhet_id] for row in found.chosen],
            "Ja-svar": [row.ja for row in found.chosen],
            "Placering": [row.rank for row in found.chosen],
        }
    )
    for source in found.sources:
        frame[f"Unizon enligt {publishers[source]}"] = pd.array(
            [row.unizon.get(source) for row in found.chosen], dtype="Int64"
        )
    return frame


def rank_table(found: list[RankRange], names: dict[str, str]) -> pd.DataFrame:
    """Every unit's rank and where it moves."""
    return pd.DataFrame(
        {
            "Enhet": [names[row.enhet_id] for row in found],
            "Ja-svar": [row.ja for row in found],
            "Placering": [row.rank for row in found],
            "Publicerat antal": pd.array([row.by_published for row in found], dtype="Int64"),
            "Delvis som ett halvt ja": [row.by_half for row in found],
            "Utan en indikator": [_span(*row.without_indicator) for row in found],
            "Utan ett område": [_span(*row.without_area) for row in found],
            "Högst": [row.best for row in found],
            "Lägst": [row.worst for row in found],
        }
    )


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def rank_figure(table: pd.DataFrame, colour: str) -> go.Figure:
    """`rank_table` as one line per unit with its rank as a dot; many units have no names beside it."""
    shown = table.iloc[::-1]
    few = len(shown) <= NAMED_COURSES
    at = list(shown["Enhet"] if few else range(len(shown), 0, -1))
    ends = [
        place
        for best, worst in zip(shown["Högst"], shown["Lägst"], strict=True)
        for place in (best, worst, None)
    ]
    figure = go.Figure(
        go.Scatter(
            x=ends,
            y=[place for row in at for place in (row, row, None)],
            mode="lines",
            hoverinfo="skip",
            line={"color": colour, "width": 6 if few else 2},
            opacity=0.35,
            showlegend=False,
        )
    )
    figure.add_scatter(
        x=shown["Placering"],
        y=at,
        text=shown["Enhet"],
        mode="markers",
        marker={"color": colour, "size": 11 if few else 4},
        showlegend=False,
    )
    if not few:
        figure.update_layout(yaxis={"showticklabels": False, "autorange": "reversed"})
    return figure.update_layout(
        xaxis_title="Placering, 1 är högst", height=max(380, 14 * len(shown)) if few else 900
    )


def agreement_table(found: Agreement, names: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(names[unit], ja, place) for unit, ja, place in found.pairs],
        columns=["Enhet", "Ja-svar", "Placering hos Unizon"],
    )


def agreement_figure(table: pd.DataFrame, colour: str) -> go.Figure:
    """A dot per unit, the first place at the top; with a name where there is room for it."""
    few = len(table) <= NAMED_COURSES
    figure = go.Figure(
        go.Scatter(
            x=table["Ja-svar"],
            y=table["Placering hos Unizon"],
            text=table["Enhet"],
            mode="markers+text" if few else "markers",
            textposition="top center",
            marker={"color": colour, "size": 10 if few else 6},
        )
    )
    return figure.update_layout(
        xaxis_title="Ja-svar", yaxis_title="Placering hos Unizon", yaxis_autorange="reversed", height=420
    )


def described_table(found: list[Described], what: str) -> pd.DataFrame:
    """Shares with numerator, base and nation, in percent with one decimal; empty where not known."""
    return pd.DataFrame(
        {
            what: [one.title for one in found],
            "Ja": [one.ja for one in found],
            "Svar": [one.answered for one in found],
            "Andel, procent": _rounded([one.share for one in found]),
            "Riket, procent": _rounded([one.nation for one in found]),
            "Skillnad, procentenheter": _rounded([one.difference for one in found]),
        }
    )


def _rounded(values: list[float | None]) -> pd.Series:
    return pd.Series([None if value is None else round(value, 1) for value in values], dtype=float)


def difference_figure(table: pd.DataFrame, colour: str) -> go.Figure:
    """`described_table` as horizontal bars of the difference."""
    shown, what = table.iloc[::-1], table.columns[0]
    figure = go.Figure(
        go.Bar(
            y=shown[what],
            x=shown["Skillnad, procentenheter"],
            orientation="h",
            marker_color=colour,
            text=[
                "okänd" if pd.isna(step) else f"{step:.1f}".replace(".", ",")
                for step in shown["Skillnad, procentenheter"]
            ],
            textposition="outside",
            cliponaxis=False,
        )
    )
    return figure.update_layout(xaxis_title="Procentenheter över riket", height=120 + 28 * len(shown))


def verdict_table(
    found: dict[str, Verdict | None], what: str, between: dict[str, float | None] | None = None
) -> pd.DataFrame:
    """Observed, expected and interval; the smallest p first. `between`: p between units."""
    rows = sorted(((name, v) for name, v in found.items() if v), key=lambda pair: pair[1].p)
    return pd.DataFrame(
        {
            what: [name for name, _ in rows],
            "Ja": [v.observed for _, v in rows],
            "Av": [v.of for _, v in rows],
            "Väntat": [round(v.expected, 1) for _, v in rows],
            "Från": [v.low for _, v in rows],
            "Till": [v.high for _, v in rows],
            "p-värde": [v.p for _, v in rows],
            **({} if between is None else {"p mellan enheter": [between[name] for name, _ in rows]}),
            "Utanför": ["ja" if v.outside else "nej" for _, v in rows],
        }
    )


def verdict_figure(table: pd.DataFrame, colour: str) -> go.Figure:
    """`verdict_table`: interval as a line, expected as a stroke, observed as a dot."""
    shown, what = table.iloc[::-1], table.columns[0]
    figure = go.Figure()
    figure.add_scatter(
        x=[place for ends in zip(shown["Från"], shown["Till"], strict=True) for place in (*ends, None)],
        y=[place for name in shown[what] for place in (name, name, None)],
        mode="lines",
        line={"color": colour, "width": 6},
        opacity=0.35,
        showlegend=False,
    )
    figure.add_scatter(
        x=shown["Väntat"],
        y=shown[what],
        mode="markers",
        name="Väntat",
        marker={"color": colour, "size": 14, "symbol": "line-ns-open"},
    )
    figure.add_scatter(
        x=shown["Ja"], y=shown[what], mode="markers", name="Ja-svar", marker={"color": colour, "size": 10}
    )
    return figure.update_layout(xaxis_title="Antal ja-svar", height=140 + 24 * len(shown))


def sensitivity_table(
    found: Sensitivity, outside: Callable[[Expected, int], dict[str, list[str]]]
) -> pd.DataFrame:
    """What lies outside under each assumption. `outside`: model and direction -> kind -> names."""
    return pd.DataFrame(
        [
            {
                "Antagande": name[0].upper() + name[1:],
                **{
                    word: " ".join(
                        f"{kind}: {'; '.join(titles)}." for kind, titles in outside(one, way).items()
                    )
                    or "inget"
                    for way, word in ((-1, "Färre än väntat"), (1, "Fler än väntat"))
                },
            }
            for name, one in found.variants.items()
        ]
    )


def spread_table(
    found: SpreadChecks, sigmas: tuple[float, ...], chance: Callable[[float], str]
) -> pd.DataFrame:
    """`chance`: a probability as a reader sees it."""
    checks = [found.by_sigma[sigma] for sigma in sigmas]
    return pd.DataFrame(
        {
            "Spridning": [check.sigma for check in checks],
            f"Enheter med fler än {found.limit} ja": [round(check.above) for check in checks],
            "Sannolikhet för urvalet": [chance(check.probability) for check in checks],
        }
    )


def coverage_table(tried: dict[float, Tried]) -> pd.DataFrame:
    """Share of intervals that cover the truth, in percent, and what is singled out."""
    return pd.DataFrame(
        [
            {
                "Områdenas egen spridning": area,
                "Antagen spridning": sigma,
                **{
                    f"{kind.capitalize()}, procent": round(100 * share, 1)
                    for kind, (share, _) in shares.items()
                },
            }
            for area, one in tried.items()
            for sigma, shares in one.coverage.items()
        ]
    )


def units_table(found: list[Described], names: dict[str, str], what: str) -> pd.DataFrame:
    """Number of Ja of answers per unit: a row per area or factor, or a row per unit if they are many."""
    if len(names) > NAMED_UNITS:
        rows: dict[str, dict[str, str]] = {unit: {"Enhet": name} for unit, name in names.items()}
        for one in found:
            for unit, ja, answered in one.units:
                rows[unit][one.title] = _of(ja, answered)
        return pd.DataFrame(list(rows.values()))
    return pd.DataFrame(
        [
            {what: one.title, **{names[unit]: _of(ja, answered) for unit, ja, answered in one.units}}
            for one in found
        ]
    )


def _of(ja: int, answered: int) -> str:
    return f"{ja} av {answered}" if answered else "inga svar"


def surprises_table(
    found: dict[str, tuple[list[tuple[str, float]], list[tuple[str, float]]]],
    units: dict[str, str],
    labels: dict[str, str],
) -> pd.DataFrame:
    """The answers that surprise most per unit: a Ja that is rare, and the lack of one that is common."""
    return pd.DataFrame(
        [
            {
                "Enhet": units[unit],
                "Svar": word,
                "Indikator": labels[i],
                "Väntas svara ja, av 100": round(100 * p),
            }
            for unit, pair in found.items()
            for word, rows in zip(("Ja", "Inte ja"), pair, strict=True)
            for i, p in rows
        ]
    )


def unizon_table(found: UnizonHistory) -> pd.DataFrame:
    """One row per unit, one column per year; empty where no source says."""
    frame = pd.DataFrame({"Kommun": [course.enhet for course in found.courses]})
    for ar in found.years:
        frame[str(ar)] = pd.array(
            [course.by_year[ar].placing if ar in course.by_year else None for course in found.courses],
            dtype="Int64",
        )
    return frame


def slope_figure(found: UnizonHistory, colour: str) -> go.Figure:
    """Units with more than one placing as lines, the first place at the top. With too many to name
    the lines are thin and show only where many go.
    """
    figure = go.Figure()
    drawn = [course for course in found.courses if len(course.placings) > 1]
    few = len(drawn) <= NAMED_COURSES
    for course in drawn:
        named = {"text": [""] * (len(course.placings) - 1) + [course.enhet], "textposition": "top center"}
        figure.add_scatter(
            x=[p.ar for p in course.placings],
            y=[p.placing for p in course.placings],
            showlegend=False,
            **(
                {"mode": "lines+markers+text", "line": {"color": colour}} | named
                if few
                else {"mode": "lines", "line": {"color": colour, "width": 1}, "opacity": 0.2}
            ),
        )
    return figure.update_layout(
        xaxis_title="År", yaxis_title="Placering", yaxis_autorange="reversed", height=460
    )


def national_table(
    found: list[NationalCourse], sources: dict[str, str], comparable: dict[str, str]
) -> pd.DataFrame:
    """Every published share. `sources` and `comparable`: code -> what a reader sees."""
    return pd.DataFrame(
        [
            {
                "Indikator": item.indikator,
                "Gäller": point.part,
                "År": point.ar,
                "Andel ja, procent": point.share,
                "Härledd": "ja" if point.derived else "nej",
                "Jämförbar": comparable[point.comparable],
                "Källa": sources[point.source_id],
            }
            for item, point in national_points(found)
        ]
    )


def national_figure(found: list[NationalCourse], colour: str) -> go.Figure:
    """The runs that may be joined by a line."""
    names = {point.indikator_id: item.indikator for item, point in national_points(found)}
    figure = go.Figure()
    for run in national_runs(found):
        figure.add_scatter(
            x=[p.ar for p in run],
            y=[p.share for p in run],
            name=names[run[0].indikator_id],
            mode="lines+markers",
            line={"color": colour},
            showlegend=False,
        )
    return figure.update_layout(
        xaxis_title="År", yaxis_title="Andel ja, procent", yaxis_range=[0, 100], height=420
    )
