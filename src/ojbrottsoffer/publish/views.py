"""What the templates show: fragments of HTML from the tables, nothing else.

A page written by hand in `docs/` asks for a fragment with `{{ fragment("name") }}`; a
profile page is a template of its own. Numbers are in the HTML, readable without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

import jinja2
import pandas as pd

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis.edition import Edition, edition, latest_year, read_tables
from ojbrottsoffer.analysis.profile import Profile, profile, units_with_ja
from ojbrottsoffer.paths import Project
from ojbrottsoffer.publish import text
from ojbrottsoffer.quality.report import Report, load_report
from ojbrottsoffer.tables.declarations import BEFOLKNINGSGRUPP, SAKNAS_ORSAK, SVAR, TABLES
from ojbrottsoffer.tables.model import swedish_list

STRENGTHS_SHOWN = 10
"""A profile lists this many strengths; all of them are among the answers below."""


@dataclass(frozen=True)
class Views:
    """Everything the site shows, from one set of published tables."""

    tables: dict[str, pd.DataFrame]
    report: Report
    year: Edition
    environment: jinja2.Environment = field(repr=False)

    @classmethod
    def load(cls, project: Project) -> Views:
        """Reads `data/clean/` and the report of the run that made it."""
        tables = read_tables(project.clean)
        return cls(tables, load_report(project.report),
                   edition(tables, latest_year(tables)), _environment())

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        return {unit: profile(self.year, unit) for unit in self.year.units.index}

    @property
    def short_names(self) -> dict[str, str]:
        return self.year.short_names

    @cached_property
    def indicator_groups(self) -> list[dict]:
        """The indicators in published order under their quality and indicator areas."""
        rows = self.year.indicators.reset_index().to_dict("records")
        areas = self.year.areas["omrade"]
        return [
            {
                "id": quality_id,
                "title": areas[quality_id],
                "areas": [
                    {"id": area_id, "title": areas[area_id], "indicators": list(of_area)}
                    for area_id, of_area in groupby(group, key=lambda r: r["indikatoromrade_id"])
                ],
            }
            for quality_id, group in groupby(rows, key=lambda r: r["kvalitetsomrade_id"])
        ]

    def facts(self) -> dict[str, object]:
        """Figures that hand-written pages use in running text."""
        year = self.year
        return {
            "ar": year.ar,
            "antal_enheter": text.in_words(len(year.units)),
            "antal_indikatorer": len(year.indicators),
            "antal_svar": text.number(int(year.answers.notna().sum().sum())),
            "antal_kvalitetsomraden": text.in_words(len(year.areas_of("kvalitetsomrade"))),
            "antal_indikatoromraden": len(year.areas_of("indikatoromrade")),
            "riket_medel": f"cirka {text.number(year.national_mean_ja)}",
            "antal_kontroller": len(self.report.checks),
            "antal_avvikelser": text.count(len(self.tables["avvikelser"]), "avvikelse", "avvikelser"),
            "flest_ja": max(p.ja for p in self.profiles.values()),
            "minst_ja": min(p.ja for p in self.profiles.values()),
            "version": __version__,
        }

    def render(self, template: str, link: Callable[[str], str], **values: object) -> str:
        """A template of `mallar/` as HTML. `link` makes an address relative to the page."""
        html = self.environment.get_template(f"{template}.html").render(
            views=self, year=self.year, link=link, facts=self.facts(), **values
        )
        return with_table_roles(html)

    def profile_page(self, unit: str, link: Callable[[str], str]) -> str:
        """The profile of one unit."""
        year, result = self.year, self.profiles[unit]
        row = year.units.loc[unit]
        others = [other for other in year.units.index if other != unit]
        has_it = {
            gap: [other for other in units_with_ja(year, gap) if other in others]
            for gap in result.gaps
        }
        return self.render(
            "profil", link, unit=unit, name=row["enhet"], row=row, p=result,
            subject=row["enhet"] if row["typ"] == "kommun" else "stadsdelen",
            rank={ranking.survey: ranking for ranking in result.rankings},
            strengths=[self.indicator(i) for i in result.strengths[:STRENGTHS_SHOWN]],
            gaps=[self.indicator(i) for i in result.gaps], has_it=has_it,
            answers=year.answers[unit], places=year.places[unit], reasons=year.reasons[unit],
            contradictions=self.contradictions_of(unit),
        )

    def indicator(self, indikator_id: str) -> dict:
        """One indicator's row with its id and the name of its area."""
        row = self.year.indicators.loc[indikator_id].to_dict()
        return row | {
            "indikator_id": indikator_id,
            "omrade": self.year.areas.at[row["indikatoromrade_id"], "omrade"],
        }

    def units_with_ja(self, indikator_id: str) -> list[str]:
        return units_with_ja(self.year, indikator_id)

    def contradictions_of(self, unit: str) -> list[dict]:
        rows = self.year.contradictions
        return rows[rows["enhet_id"] == unit].to_dict("records")

    def files(self) -> list[dict]:
        """The downloads, in the order they are declared."""
        return [
            {"name": table.name, "title": table.title, "description": table.description,
             "rows": len(self.tables[table.name]), "table": table}
            for table in TABLES.values()
        ]

    def source_name(self, kalla_id: str) -> str:
        """A source as a reader would cite it in a line under a table."""
        row = self.year.sources.loc[kalla_id]
        if pd.isna(row["publicerad"]):
            return row["titel"]
        publisher = row["utgivare"].split(",")[0]
        return f"{publisher}, {row['titel'].split('.')[0]} ({row['publicerad'][:4]})"

    def checks_by_table(self) -> list[dict]:
        """The checks grouped by what they look at, with totals."""
        titles = {name: f"{name}.csv" for name in TABLES}
        return [
            {"title": titles.get(name, name[:1].upper() + name[1:]), "checks": checks,
             "failed": sum(check.failed for check in checks)}
            for name, checks in (
                (name, [c for c in self.report.checks if c.table == name])
                for name in dict.fromkeys(c.table for c in self.report.checks)
            )
        ]


TABLE_ROLES = [
    (re.compile(r"<table class"), '<table role="table" class'),
    (re.compile(r"<(thead|tbody|tfoot)>"), r'<\1 role="rowgroup">'),
    (re.compile(r"<tr(?=[ >])"), '<tr role="row"'),
    (re.compile(r'<th scope="col"'), '<th role="columnheader" scope="col"'),
    (re.compile(r'<th scope="row(group)?"'), r'<th role="rowheader" scope="row\1"'),
    (re.compile(r"<td(?=[ >])"), '<td role="cell"'),
]


def with_table_roles(html: str) -> str:
    """Says in roles what the table elements say, because narrow screens lay rows out as blocks
    and some browsers then stop exposing a table as a table.
    """
    for pattern, replacement in TABLE_ROLES:
        html = pattern.sub(replacement, html)
    return html


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "mallar"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": text.number,
        "percent": text.percent,
        "swedish_list": swedish_list,
        "possessive": text.possessive,
        "months": text.months,
        "in_words": text.in_words,
    }
    environment.globals |= {
        "count": text.count,
        "placing": text.placing,
        "answer_word": lambda code: SVAR.codes[str(code)],
        "group_text": lambda group: BEFOLKNINGSGRUPP.codes[str(group)],
        "reason_text": lambda reason: SAKNAS_ORSAK.codes[reason],
        "is_missing": pd.isna,
        "surveys": text.SURVEYS,
    }
    return environment
