"""What every page of an edition may show: its units, indicators, sources and the nation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis.edition import Edition, edition
from ojbrottsoffer.analysis.limits import NAMED_UNITS
from ojbrottsoffer.analysis.units.guide import Guide
from ojbrottsoffer.analysis.units.ranking import TOP_OJ
from ojbrottsoffer.analysis.units.unit_profile import Profile, profile, units_with_ja
from ojbrottsoffer.analysis.what_a_ja_requires import Definition, definition_for
from ojbrottsoffer.presentation import sentences, text
from ojbrottsoffer.presentation.factor_analysis import Analysis
from ojbrottsoffer.schema.codes import DEFINITION_YEAR
from ojbrottsoffer.schema.csv_tables import plain
from ojbrottsoffer.site.context.addresses import Addresses
from ojbrottsoffer.site.context.key_figure_context import similar_units
from ojbrottsoffer.site.context.quality_context import contradicting
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.sources.computed import own_sources


def editions(site: SiteTables) -> dict[int, EditionContext]:
    """Every edition of the site: year -> context, the latest first."""
    years = {ar: edition(site.tables, ar) for ar in site.years}
    found: dict[int, EditionContext] = {}
    previous = None
    for ar in reversed(site.years):
        previous = found[ar] = EditionContext(site, years[ar], Addresses(ar, years, site), previous)
    return dict(reversed(found.items()))


@dataclass(frozen=True, eq=False)
class EditionContext:
    """One edition, as its pages show it. Templates know it as `edition`."""

    site: SiteTables
    year: Edition
    address: Addresses
    previous: EditionContext | None = field(repr=False)
    """The edition before this one."""

    @property
    def guide(self) -> Guide:
        """Factors, roles and tips."""
        return self.site.guide

    @property
    def and_earlier(self) -> Iterator[EditionContext]:
        """This edition and those before it, the latest first."""
        edition: EditionContext | None = self
        while edition is not None:
            yield edition
            edition = edition.previous

    @property
    def is_latest(self) -> bool:
        """True if this is the last of the editions: the one with pages and files of its own."""
        return self.year.ar == self.site.years[0]

    @cached_property
    def analysis(self) -> Analysis:
        """What the edition's figures say about factors, ranks and the years."""
        return Analysis(
            self.site.tables,
            self.year,
            self.guide.factors,
            self.source_id,
            len(self.site.municipalities),
            self.site.project,
        )

    @property
    def is_selection(self) -> bool:
        """True if the units are the ones the report chose for their many Ja, not the country."""
        return self.analysis.is_selection

    @property
    def group_name(self) -> str:
        """What the units are called in running text."""
        return sentences.group(self.year, self.is_selection)

    # Units

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        return {
            unit: profile(
                self.year, unit, similar_units(self.site, row.kommunkod) if row.typ == "kommun" else ()
            )
            for unit, row in self.year.units.iterrows()
        }

    @cached_property
    def short_names(self) -> dict[str, str]:
        return self.year.short_names

    @property
    def few_units(self) -> bool:
        return len(self.year.units) <= NAMED_UNITS

    @cached_property
    def own_units(self) -> list[str]:
        """The units whose last edition this is: their own address shows it, with files to take along."""
        return [unit for unit in self.year.units.index if self.site.latest[unit] == self.year.ar]

    @cached_property
    def group_of(self) -> dict[str, int | None]:
        """Unit -> population group, None where it is not known."""
        return dict(zip(self.year.units.index, plain(self.year.units["befolkningsgrupp"]), strict=True))

    @cached_property
    def codes_by_area(self) -> dict[str, list[list[int | None]]]:
        """Unit -> its answers in published order, one list for each quality area."""
        areas = [
            [i for area in quality["areas"] for i in area["indicators"]] for quality in self.indicator_groups
        ]
        return {
            unit: [[codes[row["indikator_id"]] for row in rows] for rows in areas]
            for unit, codes in self.year.codes.items()
        }

    @cached_property
    def units_with_ja(self) -> dict[str, list[str]]:
        """Indicator -> the units that answer ja."""
        return {indicator: units_with_ja(self.year, indicator) for indicator in self.indicators}

    # Indicators

    @cached_property
    def indicators(self) -> dict[str, dict]:
        """Indicator -> its row with its id and the names of its areas, in published order."""
        areas = self.year.areas["omrade"]
        return {
            row["indikator_id"]: row
            | {"omrade": areas[row["indikatoromrade_id"]], "kvalitet": areas[row["kvalitetsomrade_id"]]}
            for row in self.year.indicators.reset_index().to_dict("records")
        }

    def definition(self, indikator_id: str) -> Definition | None:
        """What a Ja requires in this edition, or the nearest that is known; None if nobody has decided."""
        return definition_for(self.site.definitions.get(indikator_id, []), self.year.ar)

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """Short names of the indicators, for running text."""
        return self.year.indicators["kortnamn"].to_dict()

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

    def chosen(self, ids: Collection[str]) -> list[list[int]]:
        """The questions as squares, one list for each quality area: full for those among `ids`."""
        return [
            [
                2 if row["indikator_id"] in ids else 0
                for area in quality["areas"]
                for row in area["indicators"]
            ]
            for quality in self.indicator_groups
        ]

    @cached_property
    def methods_helping(self) -> dict[str, set[str]]:
        """Indicator -> ids of the methods that can help with it: those linked to it or to its
        area, and those that a tip about it leads to.
        """
        tables = self.site.tables
        links = {
            (row[column], row["metod_id"])
            for row in tables["metoder_kopplingar"].to_dict("records")
            for column in ("indikator_id", "indikatoromrade_id")
        }
        methods = list(tables["metoder"]["metod_id"])
        return {
            indicator: {
                method
                for method in methods
                if (indicator, method) in links or (row["indikatoromrade_id"], method) in links
            }
            | {tip.metod for item in self.guide.tips_for(indicator) for tip in item.tips if tip.metod}
            for indicator, row in self.indicators.items()
        }

    # Contradictions

    @cached_property
    def contradictions(self) -> list[dict]:
        return self.year.contradictions.to_dict("records")

    def contradictions_of(self, unit: str) -> list[dict]:
        return [row for row in self.contradictions if row["enhet_id"] == unit]

    def contradictions_about(self, indikator_id: str) -> list[dict]:
        return [row for row in self.contradictions if row["indikator_id"] == indikator_id]

    # Sources

    @cached_property
    def source_id(self) -> str:
        """The source of this edition's answers."""
        return own_sources(self.site.tables["resultat"])[self.year.ar]

    @cached_property
    def answer_source(self) -> str:
        """The source or sources of the year's answers, as a line under a table has it."""
        results = self.site.tables["resultat"]
        ids = sorted(results.loc[results["ar"] == self.year.ar, "kalla_id"].unique())
        return "; ".join(map(self.site.source_name, ids))

    @cached_property
    def nation_sources(self) -> list[str]:
        """The sources of the nation's shares in this edition."""
        return list(self.year.indicators["riket_kalla"].dropna().unique())

    @cached_property
    def nation_source(self) -> str:
        """The same as a line under a table has it."""
        return "; ".join(map(self.site.source_name, sorted(self.nation_sources)))

    @cached_property
    def nation_rows(self) -> list[tuple[str, float]]:
        """Short name and the nation's share of each question, the most common first; unknown left out."""
        shares = self.year.indicators["riket"].dropna().astype(float)
        return [(self.indicator_names[i], shares[i]) for i in self.year.common_first if i in shares]

    @cached_property
    def has_nation(self) -> bool:
        """True if the nation's shares are known for this edition."""
        return bool(self.year.indicators["riket"].notna().all())

    @cached_property
    def nation_missing(self) -> str:
        """What is said where the nation's shares are wanted; empty where all of them are known."""
        if self.has_nation:
            return ""
        which = "en del av indikatorerna" if self.nation_source else "den här utgåvan"
        return f"Rikets andelar saknas för {which}."

    def ordered(self, first: str) -> str:
        """How things stand that are in the order of the nation's shares; `first` says what is first."""
        if not self.nation_source:
            return "i enkätens ordning"
        return first if self.has_nation else f"{first} och de utan känd andel sist"

    def publisher(self, kalla_id: str) -> str:
        """Who gave out a source, for narrow places: `SKL` where the name has it in brackets."""
        return self.analysis.publishers[kalla_id]

    def publishers(self, ids: list[str]) -> dict[str, str]:
        """Source -> who gave it out."""
        return {kalla_id: self.publisher(kalla_id) for kalla_id in ids}

    @cached_property
    def facts(self) -> dict[str, object]:
        """Figures that hand-written pages use in running text."""
        year, tables = self.year, self.site.tables
        claims = (
            tables["pastaenden"]
            .set_index("pastaende_id")[["pastatt_varde", "beraknat_varde"]]
            .to_dict("index")
        )

        def told(claim: str, column: str = "pastatt_varde") -> str:
            """A figure of the report; an invented country has no report."""
            return text.in_words(claims[claim][column]) if claim in claims else "ett antal"

        return {
            "ar": year.ar,
            "kalla_id": self.source_id,
            "antal_enheter": text.in_words(len(year.units)),
            "ensam": len(year.units) == 1,
            "enheter": text.units(len(year.units)),
            "de_antal": text.the_units(len(year.units)),
            "de_enheterna": f"{text.the_units(len(year.units))} {'enheten' if len(year.units) == 1 else 'enheterna'}",
            "antal_indikatorer": len(year.indicators),
            "antal_svar": text.number(int(year.answers.notna().sum().sum())),
            "antal_kvalitetsomraden": text.in_words(len(year.areas_of("kvalitetsomrade"))),
            "antal_indikatoromraden": len(year.areas_of("indikatoromrade")),
            "riket_saknas": self.nation_missing,
            "riket_medel": self.has_nation and f"cirka {text.number(year.national_mean_ja)}",
            "antal_kontroller": len(self.site.report.checks),
            "antal_avvikelser": text.count(len(contradicting(tables)), "motsägelse", "motsägelser"),
            "antal_lasningar": len(tables["avvikelser"]) - len(contradicting(tables)),
            "antal_faktorer": text.in_words(len(self.guide.factors.factors)),
            "antal_utvecklingsomraden": text.in_words(len(self.guide.factors.developments)),
            "rapportens_enheter": told("antal-enheter"),
            "intervjuade": told("antal-intervjuade"),
            "pa_bada_listorna": told("bada-topplistorna", "beraknat_varde"),
            "lista_framst": TOP_OJ,
            "en_enhets_andel": text.number(100 / len(year.units), 1),
            "mitten_ja": sorted(p.ja for p in self.profiles.values())[len(self.profiles) // 2],
            "flest_ja": max(p.ja for p in self.profiles.values()),
            "minst_ja": min(p.ja for p in self.profiles.values()),
            "urval": self.is_selection,
            "definition_year": DEFINITION_YEAR,
            "fa_enheter": self.few_units,
            "kommuner_i_landet": len(self.site.municipalities),
            "version": __version__,
        }
