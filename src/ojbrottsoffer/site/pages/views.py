"""What the templates show: fragments of HTML from the tables, nothing else.

A page written by hand in `docs/` asks for a fragment with `{{ fragment("name") }}`; a
profile page is a template of its own. Numbers are in the HTML, readable without JavaScript.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup, escape

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis import limits
from ojbrottsoffer.analysis.edition import Edition, edition, latest_year, read_tables
from ojbrottsoffer.analysis.factors.description import distribution
from ojbrottsoffer.analysis.geography import Geography
from ojbrottsoffer.analysis.limits import NAMED_UNITS
from ojbrottsoffer.analysis.municipalities import Municipality, municipalities, swedish_order
from ojbrottsoffer.analysis.units.changes import Links, UnitChange, links_into, previous_year, unit_change
from ojbrottsoffer.analysis.units.guide import Action, Guide
from ojbrottsoffer.analysis.units.indicator import Series, nation_over_years
from ojbrottsoffer.analysis.units.unit_profile import Profile, profile, units_with_ja
from ojbrottsoffer.checks.damage_record import ClassResult, MutationResult, load_results
from ojbrottsoffer.checks.report import Report, load_report
from ojbrottsoffer.digest import SHOWING
from ojbrottsoffer.presentation import marks, sentences, text
from ojbrottsoffer.presentation.factor_analysis import Analysis
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import (
    AVVIKELSETYP,
    BEFOLKNINGSGRUPP,
    DEFINITION_YEAR,
    ENHETSSAMBAND,
    INDIKATORTYP,
    JAMFORBAR,
    JAMFORELSE,
    MALGRUPP,
    PASTAENDEUTFALL,
    SAKNAS_ORSAK,
    SAMBAND,
    SVAR,
)
from ojbrottsoffer.schema.csv_tables import plain
from ojbrottsoffer.schema.finding import AVVIKELSE, FEL, UPPLYSNING
from ojbrottsoffer.schema.memory import folder_for
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.downloads.dataset import Dataset
from ojbrottsoffer.site.pages import method_views
from ojbrottsoffer.site.pictures import maps, organisation, plots
from ojbrottsoffer.site.pictures.charts import trend
from ojbrottsoffer.site.pictures.maps import Drawn, Maps
from ojbrottsoffer.site.words.tracing import trace, traced, traced_difference
from ojbrottsoffer.sources.boundaries import load_boundaries
from ojbrottsoffer.sources.computed import own_sources
from ojbrottsoffer.sources.curated.corrections import read_corrections
from ojbrottsoffer.sources.curated.example import Example, load_example
from ojbrottsoffer.sources.register import Reference, load_reference

INCOMPARABLE_TEXTS = {"definition": "frågan är ändrad", "saknas": "svar saknas något av åren"}
"""Why two answers can't be compared, besides what has happened to the question."""
FINDING_WORDS = {
    FEL: ("fel", "fel"),
    AVVIKELSE: ("avvikelse", "avvikelser"),
    UPPLYSNING: ("upplysning", "upplysningar"),
    "ingen": ("utan fynd", "utan fynd"),
}
"""Kinds of finding in the damage test, in the singular and the plural."""
STRENGTHS_SHOWN = 10
"""A profile lists this many strengths; all of them are among the answers below."""
IN_EVERY_EDITION = (
    "years",
    "latest",
    "latest_indicators",
    "maps",
    "nation_series",
    "question_names",
    "unit_names",
)
"""What `Views` works out from all the years: the same whichever edition it shows."""
ANY_UNIT = "\0"
"""Stands for the unit in what is made once for all units."""
HOLE = "\1"
"""Stands on both sides of the name of what a page fills in."""
NAMES_IN_CELL = 6
"""A cell names at most this many units; the indicator's page names them all."""


@dataclass(frozen=True)
class Views:
    """Everything the site shows, from one set of published tables."""

    tables: dict[str, pd.DataFrame]
    report: Report
    year: Edition
    municipalities: list[Municipality]
    mutation: list[MutationResult]
    corrections: list[dict[str, str]]
    """Dated corrections, the latest first."""
    guide: Guide
    """Factors, roles and tips."""
    methods: frozenset[str]
    """Ids of the method pages that exist."""
    example: Example
    """How one unit has organised its work."""
    geography: Geography
    """Where the municipalities lie."""
    dataset: Dataset = field(repr=False)
    """The downloads, made when first asked for."""
    environment: jinja2.Environment = field(repr=False)

    @classmethod
    def load(cls, project: Project) -> Views:
        """Reads `data/clean/` and the report of the run that made it."""
        tables = read_tables(project.clean)
        year = edition(tables, latest_year(tables))
        reference = load_reference(project)
        guide = Guide.load(project, reference)
        return cls(
            tables,
            load_report(project.report),
            year,
            municipalities(reference, year.units),
            load_results(project),
            read_corrections(project),
            guide,
            _method_pages(project),
            load_example(project, reference, guide.factors),
            _geography(project, reference),
            Dataset(project, tables),
            _environment(project),
        )

    @cached_property
    def analysis(self) -> Analysis:
        """What the edition's figures say about factors, ranks and the years."""
        return Analysis(
            self.tables,
            self.year,
            self.guide.factors,
            self.source_id,
            len(self.municipalities),
            self.dataset.project,
        )

    @cached_property
    def maps(self) -> Maps:
        """The map of all units that have answered in any edition: the same place in each."""
        return Maps.of(
            self.geography, self.tables["enheter"].set_index("enhet_id").reindex(sorted(self.latest))
        )

    @cached_property
    def without_place(self) -> list[str]:
        """The edition's units that no map can show."""
        return self.maps.without_place(self.year.units.index)

    @property
    def has_map(self) -> bool:
        """True if the edition has enough units with a place."""
        return len(self.year.units) - len(self.without_place) >= limits.UNITS_FOR_MAP

    def answer_map(self, indikator_id: str) -> Drawn:
        """The map of the answers to one question."""
        answers = {unit: codes[indikator_id] for unit, codes in self.year.codes.items()}
        return self.maps.by_answer(
            self.short_names,
            answers,
            f"svaren {self.year.ar} på {self.indicators[indikator_id]['indikator']}",
        )

    def share_map(self) -> Drawn:
        """The map of the units' shares of Ja."""
        shares = {
            unit: None if found.missing == found.total else 100 * found.ja / (found.total - found.missing)
            for unit, found in self.profiles.items()
        }
        return self.maps.by_share(self.short_names, shares, f"andel ja-svar {self.year.ar}")

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """Short names of the indicators, for running text."""
        return self.year.indicators["kortnamn"].to_dict()

    @cached_property
    def factor_names(self) -> dict[str, str]:
        return {factor: found.namn for factor, found in self.guide.factors.factors.items()}

    def municipality_url(self, unit: str) -> str:
        """The latest profile of a unit, or the page of a municipality without answers."""
        return f"kommuner/{unit}/"

    @cached_property
    def question_names(self) -> dict[str, str]:
        """Indicator -> what it was called in the last of the years that have it."""
        return (
            self.tables["indikatorer_ar"]
            .sort_values("ar")
            .drop_duplicates("indikator_id", keep="last")
            .set_index("indikator_id")["indikator"]
            .to_dict()
        )

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Names of all units in any table."""
        return self.tables["enheter"].set_index("enhet_id")["enhet"].to_dict()

    @property
    def group_name(self) -> str:
        """What the units are called in running text."""
        return sentences.group(self.year, self.is_selection)

    def at(self, ar: int) -> Views:
        """The same tables seen from another edition."""
        return self if ar == self.year.ar else self._others[ar]

    @cached_property
    def _others(self) -> dict[int, Views]:
        """Every edition, made once: each of them knows the others, and what is the same in all."""
        every = {
            ar: self if ar == self.year.ar else replace(self, year=edition(self.tables, ar))
            for ar in self.years
        }
        same = {name: getattr(self, name) for name in IN_EVERY_EDITION}
        for views in every.values():
            vars(views).update(same, _others=every)
        return every

    @cached_property
    def years(self) -> list[int]:
        """The years that have an edition, the latest first."""
        return sorted((int(ar) for ar in self.tables["resultat"]["ar"].unique()), reverse=True)

    @property
    def is_latest(self) -> bool:
        """True if this is the last of the editions: the one with pages and files of its own."""
        return self.year.ar == self.years[0]

    @cached_property
    def latest(self) -> dict[str, int]:
        """Unit -> the last edition it is in."""
        return self.tables["resultat"].groupby("enhet_id")["ar"].max().astype(int).to_dict()

    @cached_property
    def own_units(self) -> list[str]:
        """The units whose last edition this is: their own address shows it, with files to take along."""
        return [unit for unit in self.year.units.index if self.latest[unit] == self.year.ar]

    @cached_property
    def left_units(self) -> list[tuple[str, str, int]]:
        """Units that are in no edition as late as this one: id, name and their last edition."""
        gone = [(unit, self.unit_names[unit], ar) for unit, ar in self.latest.items() if ar < self.year.ar]
        return sorted(gone, key=lambda item: (swedish_order(item[1]), item[1]))

    @cached_property
    def latest_indicators(self) -> dict[str, int]:
        """Indicator -> the last edition it is in."""
        return self.tables["resultat"].groupby("indikator_id")["ar"].max().astype(int).to_dict()

    @cached_property
    def previous(self) -> Views | None:
        """The edition before this one."""
        ar = previous_year(self.tables, self.year.ar)
        return None if ar is None else self.at(ar)

    @property
    def source_id(self) -> str:
        """The source of this edition's answers."""
        return own_sources(self.tables["resultat"])[self.year.ar]

    @cached_property
    def has_nation(self) -> bool:
        """True if the nation's shares are known for this edition."""
        return bool(self.year.indicators["riket"].notna().all())

    def profile_url(self, unit: str) -> str:
        """A unit's own address has its latest edition; an earlier one has the year after it."""
        tail = "" if self.latest[unit] == self.year.ar else f"{self.year.ar}/"
        return f"kommuner/{unit}/{tail}"

    def indicator_url(self, indikator_id: str) -> str:
        """As for units: the address itself has the latest edition the indicator is in."""
        tail = "" if self.latest_indicators[indikator_id] == self.year.ar else f"{self.year.ar}/"
        return f"indikatorer/{indikator_id}/{tail}"

    def unit_page(self, unit: str, ar: object) -> str | None:
        """Where a unit's figures of a year are shown, or what there is of it; None if nothing."""
        if ar in self.years and unit in self.at(ar).year.units.index:
            return self.at(ar).profile_url(unit)
        known = unit in self.latest or any(m.kommun_id == unit for m in self.municipalities)
        return f"kommuner/{unit}/" if known else None

    def indicator_page(self, indikator_id: str, ar: object) -> str | None:
        """The same for an indicator."""
        if ar in self.years and indikator_id in self.at(ar).indicators:
            return self.at(ar).indicator_url(indikator_id)
        return f"indikatorer/{indikator_id}/" if indikator_id in self.latest_indicators else None

    def followers(self, kind: str, key: str) -> list[tuple[str, str]]:
        """What a unit (`enheter`) or an indicator (`indikatorer`) that is in no later edition
        became, as far as it is stated: name and address.
        """
        table = self.tables[f"{kind}_mellan_ar"]
        rows = table[(table["fran_id"] == key) & (table["fran_ar"] == self.year.ar)]
        found = []
        for ar, target in zip(rows["till_ar"], rows["till_id"], strict=True):
            if pd.isna(target) or ar not in self.years:
                continue
            later = self.at(int(ar))
            if kind == "enheter" and target in later.year.units.index:
                found.append((later.year.units.at[target, "enhet"], later.profile_url(target)))
            elif kind == "indikatorer" and target in later.indicators:
                found.append((later.indicators[target]["indikator"], later.indicator_url(target)))
        return found

    def role_url(self, role: str) -> str:
        return f"roller/{role}/"

    def factor_url(self, factor: str) -> str:
        return f"framgangsfaktorer/{factor}/"

    def method_url(self, method: str) -> str | None:
        """The address of a method page, or None while there is no such page."""
        return f"metoder/{method}/" if method in self.methods else None

    @cached_property
    def methods_helping(self) -> dict[str, set[str]]:
        """Indicator -> ids of the methods that can help with it."""
        return method_views.helping(self)

    @cached_property
    def method_rows(self) -> list[dict]:
        """The methods in the order of the file."""
        return self.tables["metoder"].to_dict("records")

    def actions_for(self, gaps: list[str]) -> list[Action]:
        """What can be done about some gaps of this edition."""
        return self.guide.actions(gaps)

    def action_anchors(self, actions: list[Action]) -> dict[str, str]:
        """Gap -> where on the page the advice about it stands."""
        return {gap: action.anchor for action in actions for gap in action.gaps}

    def area_titles(self, areas: list[str]) -> str:
        """The names of some areas as one heading."""
        names = [self._area_names[area] for area in areas]
        return swedish_list([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])

    @cached_property
    def _area_names(self) -> dict[str, str]:
        return self.year.areas["omrade"].to_dict()

    def list_url(self, kind: str) -> str:
        """The address of a list in this edition: one of those that every edition has."""
        return f"{kind}/" if self.year.ar == self.years[0] else f"{kind}/{self.year.ar}/"

    @property
    def figures_address(self) -> str:
        """Where the figures that scripts compute with are; the latest edition's has no year."""
        return f"assets/underlag{'' if self.is_latest else f'-{self.year.ar}'}.json"

    def editions_of(self, kind: str, unit: str | None = None, indicator: str | None = None) -> list[dict]:
        """What the edition switch shows on a list (`kind`), or on the page of `unit` or
        `indicator`.
        """
        pages = []
        for ar in self.years:
            views = self.at(ar)
            if unit:
                url = views.profile_url(unit) if unit in views.year.units.index else None
            elif indicator:
                url = views.indicator_url(indicator) if indicator in views.indicators else None
            else:
                url = views.list_url(kind)
            if url:
                pages.append(
                    {"ar": ar, "current": ar == self.year.ar, "url": url, "latest": ar == self.years[0]}
                )
        return pages

    def change_of(self, unit: str) -> UnitChange | None:
        """What has changed for a unit since the edition before, or None if there is none."""
        if self.previous is None:
            return None
        return unit_change(self.tables, self.previous.year, self.year, unit, self._links)

    def last_seen(self, unit: str) -> dict | None:
        """The latest edition before this one that has the unit, as the edition switch has it."""
        return next((page for page in self.editions_of("", unit=unit) if page["ar"] < self.year.ar), None)

    @cached_property
    def _links(self) -> Links:
        return links_into(self.tables["indikatorer_mellan_ar"], self.previous.year.ar, self.year.ar)

    @cached_property
    def ended(self) -> list[str]:
        """Labels of the indicators that were in the edition before but not in this one."""
        rows = self.tables["indikatorer_mellan_ar"].query("typ == 'utgatt' and till_ar == @self.year.ar")
        return list(self.previous.year.indicators["indikator"].reindex(rows["fran_id"]).dropna())

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        return {unit: profile(self.year, unit) for unit in self.year.units.index}

    @property
    def short_names(self) -> dict[str, str]:
        return self.year.short_names

    @cached_property
    def indicator_groups(self) -> list[dict]:
        """The indicators in published order under their quality and indicator areas."""
        # An area is shown once, where it first stands, also if a file comes back to it.
        areas = self.year.areas["omrade"]
        grouped: dict[str, dict[str, list[dict]]] = {}
        for row in self.indicators.values():
            of_quality = grouped.setdefault(row["kvalitetsomrade_id"], {})
            of_quality.setdefault(row["indikatoromrade_id"], []).append(row)
        return [
            {
                "id": quality_id,
                "title": areas[quality_id],
                "areas": [
                    {"id": area_id, "title": areas[area_id], "indicators": indicators}
                    for area_id, indicators in of_quality.items()
                ],
            }
            for quality_id, of_quality in grouped.items()
        ]

    @cached_property
    def facts(self) -> dict[str, object]:
        """Figures that hand-written pages use in running text."""
        year = self.year
        return {
            "ar": year.ar,
            "kalla_id": self.source_id,
            "antal_enheter": text.in_words(len(year.units)),
            "antal_indikatorer": len(year.indicators),
            "antal_svar": text.number(int(year.answers.notna().sum().sum())),
            "antal_kvalitetsomraden": text.in_words(len(year.areas_of("kvalitetsomrade"))),
            "antal_indikatoromraden": len(year.areas_of("indikatoromrade")),
            "riket_medel": self.has_nation and f"cirka {text.number(year.national_mean_ja)}",
            "antal_kontroller": len(self.report.checks),
            "antal_avvikelser": text.count(len(self.tables["avvikelser"]), "avvikelse", "avvikelser"),
            "flest_ja": max(p.ja for p in self.profiles.values()),
            "minst_ja": min(p.ja for p in self.profiles.values()),
            "urval": self.is_selection,
            "definition_year": DEFINITION_YEAR,
            "fa_enheter": self.few_units,
            "kommuner_i_landet": len(self.municipalities),
            "version": __version__,
        }

    def render(self, template: str, link: Callable[[str], str], **values: object) -> str:
        """A template of `templates/` as HTML. `link` makes an address relative to the page."""
        return self.environment.get_template(f"{template}.html").render(
            views=self,
            year=self.year,
            link=link,
            facts=self.facts,
            **{"unit": None, "indicator": None, **values},
        )

    def part(self, template: str, link: Callable[[str], str], **values: str | int | None) -> Markup:
        """A part that many pages have in common, made once for all pages of the same depth.

        Its template gets the edition and `values`, and nothing of the page: what it shows can't
        differ between pages that ask for the same.
        """
        place = getattr(link, "place", None)
        if place is None or self.environment.auto_reload:
            return self._part(template, link, values)
        key = (template, place.page, *values.items())
        if key not in self._parts:
            self._parts[key] = self._part(template, place, values)
        return self._parts[key]

    def parts(
        self, template: str, link: Callable[[str], str], **values: str | int | None
    ) -> dict[str, Markup]:
        """The part of every indicator: id -> part."""
        place = getattr(link, "place", None)
        if place is None or self.environment.auto_reload:
            return self._each(template, link, values)
        key = (template, place.page, "*", *values.items())
        if key not in self._parts:
            self._parts[key] = self._each(template, place, values)
        return self._parts[key]

    def _each(
        self, template: str, link: Callable[[str], str], values: dict[str, str | int | None]
    ) -> dict[str, Markup]:
        return {
            indicator: self._part(template, link, values | {"indicator": indicator})
            for indicator in self.indicators
        }

    def _part(self, template: str, link: Callable[[str], str], values: dict[str, str | int | None]) -> Markup:
        found = self.environment.get_template(f"{template}.html")
        return Markup(found.render(views=self, year=self.year, link=link, **values))

    @cached_property
    def _parts(self) -> dict[tuple, Markup]:
        return {}

    def action(self, link: Callable[[str], str], action: Action, unit: str, first: bool) -> Markup:
        """A group of gaps and what each role can do, with links that remember the unit."""
        made = self.part("_atgard", link, gaps=",".join(action.gaps), first=first, unit=ANY_UNIT)
        return Markup(made.replace(ANY_UNIT, escape(unit)))

    def gap_rows(
        self, link: Callable[[str], str], gaps: list[dict], anchors: dict[str, str], *cells: dict[str, Markup]
    ) -> Markup:
        """The rows of a unit's gaps: the first cell, and those that some cells have of each."""
        rows = []
        for gap in (row["indikator_id"] for row in gaps):
            first = self.part("_lucka", link, indicator=gap, anchor=anchors.get(gap))
            rows.append(f"{first}{''.join([of[gap] for of in cells])}</tr>\n")
        return Markup("".join(rows))

    def filled(self, template: str, link: Callable[[str], str], values: dict[str, dict[str, str]]) -> Markup:
        """A part with holes, filled with what is the page's own: kind of hole -> key -> what to write."""
        between, holes = _holes(str(self.part(template, link)))
        filled = [between[0]]
        for (kind, key), after in zip(holes, between[1:], strict=True):
            filled += (escape(values[kind][key]), after)
        return Markup("".join(filled))

    def answer_cells(self, unit: str) -> dict[str, Markup]:
        """Indicator -> the cell with the unit's answer, or why there is none."""
        reasons = self.year.reasons[unit].to_dict()
        return {
            i: Markup(
                f"<td{self._answer_traces[i].replace(ANY_UNIT, unit)}>{marks.answer(code, reasons[i])}</td>"
            )
            for i, code in self.year.codes[unit].items()
        }

    @cached_property
    def _answer_traces(self) -> dict[str, str]:
        return {
            i: str(traced("cell", "resultat", "svar", ar=self.year.ar, enhet_id=ANY_UNIT, indikator_id=i))
            for i in self.indicators
        }

    def indicator(self, indikator_id: str) -> dict:
        """One indicator's row with its id and the names of its areas."""
        return self.indicators[indikator_id]

    @cached_property
    def indicators(self) -> dict[str, dict]:
        """All of them, in published order."""
        areas = self.year.areas["omrade"]
        return {
            row["indikator_id"]: row
            | {"omrade": areas[row["indikatoromrade_id"]], "kvalitet": areas[row["kvalitetsomrade_id"]]}
            for row in self.year.indicators.reset_index().to_dict("records")
        }

    @cached_property
    def nation_series(self) -> dict[str, list[Series]]:
        """The nation's shares through the years, of the indicators with more than one."""
        return nation_over_years(self.tables["riket"], self.tables["indikatorer_mellan_ar"])

    def units_with_ja(self, indikator_id: str) -> list[str]:
        return self._units_with_ja[indikator_id]

    def nearest(self, group: int | None, units: list[str]) -> list[str]:
        """Units, of whom a cell names some: those of a population group first. As in
        docs/assets/js/din-kommun.js.
        """
        if group is None or len(units) <= NAMES_IN_CELL + 1:
            return units
        return sorted(units, key=lambda unit: self.group_of[unit] != group)

    @cached_property
    def group_of(self) -> dict[str, int | None]:
        """Unit -> population group, None where it is not known."""
        return dict(zip(self.year.units.index, plain(self.year.units["befolkningsgrupp"]), strict=True))

    @cached_property
    def _units_with_ja(self) -> dict[str, list[str]]:
        return {indicator: units_with_ja(self.year, indicator) for indicator in self.indicators}

    def unit_links(
        self, link: Callable[[str], str], units: list[str], limit: int | None, anchor: str
    ) -> Markup:
        """Names of units as links, at most as many as fit in a cell."""
        shown = units[:limit] if limit and len(units) > limit + 1 else units
        names = [
            f'<a href="{escape(link(self.profile_url(unit)))}{escape(anchor)}">'
            f"{escape(self.short_names[unit])}</a>"
            for unit in shown
        ]
        if len(shown) < len(units):
            return Markup(f"{', '.join(names)} och {len(units) - len(shown)} till")
        return Markup(swedish_list(names))

    def contradictions_of(self, unit: str) -> list[dict]:
        return [row for row in self._contradictions if row["enhet_id"] == unit]

    def contradictions_about(self, indikator_id: str) -> list[dict]:
        return [row for row in self._contradictions if row["indikator_id"] == indikator_id]

    @cached_property
    def _contradictions(self) -> list[dict]:
        return self.year.contradictions.to_dict("records")

    def all_rankings_of(self, unit: str) -> list[dict]:
        """Published placings of one municipality, all years, the latest first."""
        return self._placings.get(unit, [])

    @cached_property
    def _placings(self) -> dict[str, list[dict]]:
        rows = self.tables["rankning"].dropna(subset=["placering"])
        found: dict[str, list[dict]] = {}
        for row in rows.sort_values(["ar", "kalla_id"], ascending=[False, True]).to_dict("records"):
            found.setdefault(row["enhet_id"], []).append(row)
        return found

    @property
    def is_selection(self) -> bool:
        """True if the units are the ones the report chose for their many Ja, not the country."""
        return self.analysis.is_selection

    @cached_property
    def _answer_sources(self) -> list[str]:
        results = self.tables["resultat"]
        return sorted(results.loc[results["ar"] == self.year.ar, "kalla_id"].unique())

    @cached_property
    def answer_source(self) -> str:
        """The source or sources of the year's answers, as a line under a table has it."""
        return "; ".join(self.source_name(source) for source in self._answer_sources)

    @cached_property
    def nation_sources(self) -> list[str]:
        """The sources of the nation's shares in this edition."""
        return list(self.year.indicators["riket_kalla"].dropna().unique())

    @cached_property
    def nation_source(self) -> str:
        """The same for the nation's shares."""
        return "; ".join(self.source_name(source) for source in sorted(self.nation_sources))

    @cached_property
    def by_county(self) -> list[dict]:
        """The municipalities under their counties, both in alphabetical order."""
        rows = sorted(self.municipalities, key=lambda item: swedish_order(item.lan))
        return [
            {"lan": lan, "kommuner": list(group)} for lan, group in groupby(rows, key=lambda item: item.lan)
        ]

    @property
    def few_units(self) -> bool:
        return len(self.year.units) <= NAMED_UNITS

    def contradictions_by_type(self) -> list[dict]:
        """The contradictions under a heading each, with their sources named for a reader."""
        names = self.tables["enheter"].set_index("enhet_id")["enhet"]
        claims = self.tables["pastaenden"].set_index("avvikelse_id")["pastaende"]
        rows = []
        for row in self.tables["avvikelser"].to_dict("records"):
            unit = None if pd.isna(row["enhet_id"]) else names[row["enhet_id"]]
            if row["typ"] == "pastaende":
                heading = claims[row["avvikelse_id"]].rstrip(".")
            elif unit:
                heading = unit
            elif not pd.isna(row["indikator_id"]):
                heading = self.question_names[row["indikator_id"]]
            else:  # in short what the description says: ”Det tryckta genomsnittet av …”
                heading = row["beskrivning"].split(" är ")[0]
            rows.append(
                row
                | {
                    "heading": heading,
                    "unit": unit,
                    "place_a": self._place(row["kalla_a"]),
                    "place_b": self._place(row["kalla_b"]),
                }
            )
        return [
            {"typ": typ, "rows": [row for row in rows if row["typ"] == typ]}
            for typ in dict.fromkeys(row["typ"] for row in rows)
        ]

    def _place(self, source: str) -> str:
        """`skl-2016: tabell 1 …` with the source's name instead of its id."""
        kalla_id, place = source.split(": ", 1)
        return f"{self.source_name(kalla_id)}: {place}"

    def claims_by_outcome(self) -> list[dict]:
        """The claims under their outcome: those that fail first, those nobody can try last."""
        claims = self.tables["pastaenden"].to_dict("records")
        groups = [
            {
                "code": code,
                "words": PASTAENDEUTFALL.codes[code],
                "untested": code == "gar_inte_att_prova",
                "rows": (rows := [row for row in claims if row["utfall"] == code]),
                "number": len(rows),
            }
            for code in ("stammer_inte", "stammer", "gar_inte_att_prova")
        ]
        return [group for group in groups if group["rows"]]

    def values_tested(self) -> int:
        return sum(check.tested for check in self.report.checks)

    def damages_demanded(self) -> int:
        """How many damages of the recorded test had to stop."""
        return sum(row.krav for result in self.mutation for row in result.klasser)

    def damages_stopped(self) -> int:
        return sum(row.krav_stoppade for result in self.mutation for row in result.klasser)

    def checks_by_kind(self) -> list[dict]:
        """The checks per kind of finding, with totals and what came out."""
        meanings = {
            FEL: ("Fel", "Filen är trasig. Stoppar."),
            AVVIKELSE: (
                "Avvikelse",
                "Källor säger emot sig själva eller varandra. Stoppar om ingen har granskat den.",
            ),
            UPPLYSNING: ("Upplysning", "Värt att veta. Stoppar aldrig."),
        }
        outcomes = {
            FEL: "inga",
            AVVIKELSE: text.count(len(self.tables["avvikelser"]), "granskad", "granskade"),
            UPPLYSNING: text.count(len(self.report.notices), "upplysning", "upplysningar"),
        }
        return [
            {
                "title": title,
                "meaning": meaning,
                "outcome": outcomes[kind],
                "checks": (checks := [c for c in self.report.checks if c.kind == kind]),
                "tested": sum(check.tested for check in checks),
            }
            for kind, (title, meaning) in meanings.items()
        ]

    def notices_by_heading(self) -> list[dict]:
        """The notices of the run under the rule they come from."""
        groups: dict[str, dict] = {}
        for notice in self.report.notices:
            heading, _, what = notice.what.partition(": ")
            group = groups.setdefault(
                heading,
                {
                    "heading": heading,
                    "rule": f"Regeln: {notice.expected[:1].lower()}{notice.expected[1:]}.",
                    "action": notice.action,
                    "rows": [],
                },
            )
            place = ", ".join(
                part
                for part in (
                    notice.table,
                    f"rad {notice.row}" if notice.row and not notice.row_label else "",
                    f"kolumn {notice.column}" if notice.column else "",
                )
                if part
            )
            group["rows"].append({"label": notice.row_label, "what": what, "place": place})
        return list(groups.values())

    def mutation_parts(self, result: MutationResult) -> list[dict]:
        """The classes of damage by what is demanded of them, each with its rate."""

        def row(entry: ClassResult, demand: str, number: int, good: int) -> dict:
            kinds = ", ".join(text.count(n, *FINDING_WORDS[kind]) for kind, n in entry.utfall[demand].items())
            example = {"maste": entry.exempel, "kan-inte": entry.exempel_utan_krav}.get(demand)
            return {
                "titel": entry.titel,
                "number": number,
                "good": good,
                "share": 100 * good / number,
                "kinds": kinds,
                "exempel": example,
                "annan_kalla": entry.annan_kalla if demand == "kan-inte" else "",
            }

        silent = [(entry, entry.antal - entry.krav - entry.ofarliga) for entry in result.klasser]
        parts = (
            (
                "maste",
                "Skador som måste stoppas",
                "Stoppade",
                "Värdet blir ogiltigt, eller en "
                "etikett, tabellens form, antalet ja eller ett publicerat antal ändras.",
                [row(e, "maste", e.krav, e.krav_stoppade) for e in result.klasser if e.krav],
            ),
            (
                "kan-inte",
                "Skador som en källa inte kan avslöja",
                "Upptäckta",
                "Antalet ja, "
                "etiketterna och formen är oförändrade. En del märks ändå, genom en andra källa, "
                "ett prövat påstående eller rikets andel. Raden säger vilken källa som skulle visa "
                "resten.",
                [row(e, "kan-inte", n, e.upptackta_utan_krav) for e, n in silent if n],
            ),
            (
                "ofarlig",
                "Ofarliga skillnader",
                "Godtagna",
                "Tabellerna ska bli desamma.",
                [row(e, "ofarlig", e.ofarliga, e.ofarliga_godtagna) for e in result.klasser if e.ofarliga],
            ),
        )
        return [
            {
                "kind": kind,
                "title": title,
                "column": column,
                "text": words,
                "rows": rows,
                "number": sum(row["number"] for row in rows),
                "good": sum(row["good"] for row in rows),
            }
            for kind, title, column, words, rows in parts
            if rows
        ]

    def source_name(self, kalla_id: str) -> str:
        """A source as a reader would cite it in a line under a table; its id if it is told of,
        as by the damage test, but not among this data's sources.
        """
        return self._source_names.get(kalla_id, kalla_id)

    @cached_property
    def _source_names(self) -> dict[str, str]:
        def name(row: pd.Series) -> str:
            if pd.isna(row["publicerad"]):
                return row["titel"]
            publisher = row["utgivare"].split(",")[0]
            return f"{publisher}, {row['titel'].split('.')[0]} ({row['publicerad'][:4]})"

        return {kalla_id: name(row) for kalla_id, row in self.year.sources.iterrows()}

    def publisher(self, kalla_id: str) -> str:
        """Who gave out a source, for narrow places: `SKL` where the name has it in brackets."""
        return self.analysis.publishers[kalla_id]

    def publishers(self, ids: list[str]) -> dict[str, str]:
        """Source -> who gave it out."""
        return {kalla_id: self.publisher(kalla_id) for kalla_id in ids}

    def checks_by_table(self) -> list[dict]:
        """The checks grouped by what they look at, with totals."""
        titles = {name: f"{name}.csv" for name in TABLES}
        return [
            {
                "title": titles.get(name, name[:1].upper() + name[1:]),
                "checks": checks,
                "failed": sum(check.failed for check in checks),
            }
            for name, checks in (
                (name, [c for c in self.report.checks if c.table == name])
                for name in dict.fromkeys(c.table for c in self.report.checks)
            )
        ]


@lru_cache(maxsize=64)
def _holes(text: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """What stands between the holes, and the kind and key of each."""
    parts = text.split(HOLE)
    return parts[::2], [tuple(name.split(" ")) for name in parts[1::2]]


def _geography(project: Project, reference: Reference) -> Geography:
    codes = set(reference.kommuner["kommunkod"])
    return Geography.of(reference.kommuner, load_boundaries(project, codes))


def _method_pages(project: Project) -> frozenset[str]:
    """The pages in `docs/metoder/`: `<id>.md` or a folder of its own."""
    folder = project.root / "docs" / "metoder"
    return frozenset(path.parent.name if path.stem == "index" else path.stem for path in folder.rglob("*.md"))


def _compiled(project: Project) -> jinja2.BytecodeCache | None:
    """Where templates are kept as compiled, by their text, until the next build."""
    folder = folder_for(project, "mallar", SHOWING)
    return folder and jinja2.FileSystemBytecodeCache(str(folder))


def _environment(project: Project) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parents[1] / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # but see hook.FOLLOW
        bytecode_cache=_compiled(project),
    )
    environment.filters |= {
        "number": text.number,
        "percent": lambda value: text.percent(None if pd.isna(value) else value),
        "swedish_list": swedish_list,
        "months": text.months,
        "in_words": text.in_words,
        "possessive": text.possessive,
        "size": text.size,
        "in_table": lambda key, table: table[key],
    }
    environment.globals |= method_views.TEMPLATE_GLOBALS
    environment.globals |= {
        "count": text.count,
        "traced": traced,
        "trace": trace,
        "traced_difference": traced_difference,
        "hole": lambda kind, key: Markup(f"{HOLE}{kind} {key}{HOLE}"),
        "site_url": lambda: os.environ.get("SITE_URL", ""),
        "placing": text.placing,
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
        "strengths_shown": STRENGTHS_SHOWN,
        "unit_link_text": lambda link: ENHETSSAMBAND.codes[link],
        "incomparable_text": lambda why: INCOMPARABLE_TEXTS.get(why) or SAMBAND.codes[why],
        "surveys": text.SURVEYS,
        "organisation": organisation,
        "contradiction_types": AVVIKELSETYP.codes,
        "claim_outcomes": PASTAENDEUTFALL.codes,
        "comparisons": JAMFORELSE.codes,
        "distribution": distribution,
        "plots": plots,
        "maps": maps,
        "marks": marks,
        "limits": limits,
        "sentences": sentences,
        "span": lambda low, high: str(low) if low == high else f"{low}–{high}",
        "trend": trend,
        "kind_words": {
            FEL: ("fel", "fel"),
            AVVIKELSE: ("granskad avvikelse", "granskade avvikelser"),
            UPPLYSNING: ("upplysning", "upplysningar"),
        },
    }
    return environment
