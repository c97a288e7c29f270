"""The charts of an edition that a reader can take along: picture, figures, and a page to show in a frame.

A page shows the drawing; what stands around it there (frame, words, table) is the page's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markupsafe import Markup

from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.limits import NAMED_COURSES
from ojbrottsoffer.analysis.units.history import Course, NationalCourse, UnizonHistory
from ojbrottsoffer.analysis.units.indicator import Series
from ojbrottsoffer.analysis.units.ranking import Agreement
from ojbrottsoffer.presentation import sentences, text
from ojbrottsoffer.presentation.pictures import course as lines
from ojbrottsoffer.presentation.pictures import nation_bars, placings, sheet, spine, squares
from ojbrottsoffer.schema.codes import DEFINITION_YEAR, JAMFORBAR, SAKNAS_ORSAK
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.about_charts import about_charts
from ojbrottsoffer.site.context.chart import Chart
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.key_figure_context import in_unit, of_municipality, own_name
from ojbrottsoffer.site.context.municipality_context import placed_in_words
from ojbrottsoffer.site.context.unit_context import spread
from ojbrottsoffer.site.pictures import plots
from ojbrottsoffer.site.pictures.charts import trend


@cache
def charts(edition: EditionContext) -> dict[str, Chart]:
    """All of an edition's: id -> chart. Those of an earlier edition have its year in their id."""
    made = [*_nation(edition), *_units(edition), *_series(edition), *_factors(edition)]
    if edition.is_latest:
        made += [*_courses(edition), *_key_figures(edition), *about_charts(edition)]
    return {chart.id: chart for chart in made}


def chart_id(edition: EditionContext, name: str) -> str:
    """The id of the chart `name` in an edition."""
    return name if edition.is_latest else f"{name}-{edition.year.ar}"


def _nation(edition: EditionContext) -> Iterator[Chart]:
    rows = edition.nation_rows
    if not rows:
        return
    most, least = rows[0][1], rows[-1][1]
    commonest, rarest = (
        swedish_list([name for name, share in rows if share == end]) for end in (most, least)
    )
    title = f"Från {text.percent(least)} till {text.percent(most)} av dem som svarade i landet säger ja, beroende på fråga"
    yield Chart(
        chart_id(edition, "landet"),
        title,
        nation_bars.nation_bars(rows, title, named=1),
        f"Andel ja {edition.year.ar}, en stapel för varje fråga. Högst: {commonest}. Lägst: {rarest}.",
        edition.nation_source,
        edition.address.list_of("indikatorer"),
        ("fråga", "andel ja i riket, procent"),
        [(name, text.rounded(share)) for name, share in rows],
        nation_bars.nation_bars(rows, title, named=2),
    )


def _units(edition: EditionContext) -> Iterator[Chart]:
    year = edition.year
    for unit in year.units.index:
        found, name, page = edition.profiles[unit], year.units.at[unit, "enhet"], edition.address.unit(unit)
        answered = found.total - found.missing
        areas = [quality["title"] for quality in edition.indicator_groups]
        answers = [
            (
                quality["title"],
                row["indikator"],
                squares.WORDS[squares.kind(year.codes[unit][row["indikator_id"]])],
            )
            for quality in edition.indicator_groups
            for area in quality["areas"]
            for row in area["indicators"]
        ]
        yield Chart(
            chart_id(edition, f"rutor-{unit}"),
            f"{name} svarar ja på {found.ja} av {answered} frågor {year.ar}"
            if answered
            else f"{name} har inte svarat på frågorna {year.ar}",
            sheet.named_squares(list(zip(areas, edition.codes_by_area[unit], strict=True))),
            "En ruta för varje fråga: full Ja, halv Delvis, tom Nej, prickad svar saknas.",
            edition.answer_source,
            page,
            ("kvalitetsområde", "fråga", "svar"),
            answers,
            sheet.named_squares(list(zip(areas, edition.codes_by_area[unit], strict=True)), beside=2),
        )
        who, ranges = spread(edition, unit)
        known = [area for area in found.areas if area.share is not None and area.nation is not None]
        above = sum(text.rounded(area.share) > text.rounded(area.nation) for area in known)
        spines = [
            (
                area.omrade,
                text.percent(area.share),
                spine.spine(area.share, area.nation, *(ranges[area.omrade_id] or (None, None))),
            )
            for area in found.areas
        ]
        yield Chart(
            chart_id(edition, f"omraden-{unit}"),
            f"{edition.short_names[unit]} ligger över riket i {above} av {len(known)} kvalitetsområden {year.ar}"
            if known
            else f"{name}: andel ja-svar per kvalitetsområde {year.ar}",
            sheet.named_spines(spines),
            f"Punkt: {name}.{' Streck: riket.' if known else ''} Band: {who}, lägst till högst.",
            edition.answer_source,
            page,
            ("kvalitetsområde", "ja-svar", "svar", "andel ja, procent", "riket, procent", "lägst", "högst"),
            [
                (area.omrade, area.ja, area.answered, *map(_whole, (area.share, area.nation)))
                + tuple(map(_whole, ranges[area.omrade_id] or (None, None)))
                for area in found.areas
            ],
            sheet.named_spines(spines, narrow=True),
        )


def _whole(value: float | None) -> int | None:
    return None if value is None else text.rounded(value)


def series_id(edition: EditionContext, indicator: str, series: Series) -> str:
    """The id of the chart of one of the nation's series, as the indicator's page shows it."""
    number = edition.site.nation_series[indicator].index(series)
    return chart_id(edition, f"over-tid-{indicator}{f'-{number + 1}' if number else ''}")


def _series(edition: EditionContext) -> Iterator[Chart]:
    for indicator, row in edition.indicators.items():
        every = edition.site.nation_series.get(indicator, [])
        years = [point.ar for series in every for point in series.points]
        for series in every:
            part = "" if series.part == "alla" else f" ({text.part(series.part).lower()})"
            said = sentences.course(NationalCourse(indicator, row["indikator"], series)).rstrip(".")
            yield Chart(
                series_id(edition, indicator, series),
                f"{row['indikator']}{part}: {said}",
                trend(series, min(years), max(years)),
                f"Andel ja i riket, procent. Fylld punkt går att jämföra med {DEFINITION_YEAR}, ihålig "
                "har en annan eller osäker definition.",
                "; ".join(
                    map(edition.site.source_name, sorted({point.source_id for point in series.points}))
                ),
                edition.address.indicator(indicator),
                ("år", "gäller", "andel ja i riket, procent", "jämförbar", "källa"),
                [
                    (
                        point.ar,
                        text.part(point.part),
                        point.share,
                        JAMFORBAR.codes[point.comparable],
                        edition.publisher(point.source_id),
                    )
                    for point in series.points
                ],
            )


def _factors(edition: EditionContext) -> Iterator[Chart]:
    a, names = edition.analysis, edition.short_names
    if edition.few_units:
        for factor in a.described_factors:
            yield _dots(edition, f"faktor-{factor.id}", factor, edition.address.factor(factor.id))
    for level in ("kvalitetsomrade", "indikatoromrade"):
        found = a.described_areas(level)
        known = [one for one in found if one.difference is not None]
        what = "kvalitetsområden" if level == "kvalitetsomrade" else "indikatorområden"
        yield Chart(
            chart_id(edition, what.replace("å", "a").replace("ä", "a")),
            f"Andelen ja-svar är större än i riket i {sum(one.difference > 0 for one in known)} av {len(known)} {what}"
            if known
            else f"Andel ja-svar i {len(found)} {what}",
            plots.dumbbells(found, edition.group_name),
            f"Punkt: {edition.group_name}. Streck: riket. Talet är skillnaden i procentenheter.",
            edition.answer_source,
            "framgangsfaktorer/omraden/",
            ("område", "ja-svar", "svar", "andel ja, procent", "riket, procent"),
            [(one.title, one.ja, one.answered, *map(_whole, (one.share, one.nation))) for one in found],
        )
        if edition.few_units:
            for one in found:
                yield _dots(edition, f"omrade-{one.id}", one, "framgangsfaktorer/omraden/")
    if a.spread_checks:
        check = a.spread_checks
        yield Chart(
            chart_id(edition, "spridning"),
            f"Mest troligt blir urvalet när spridningen är {text.number(a.limits.SIGMA, 1)}",
            plots.likelihood(check, a.limits.SIGMAS, a.limits.SIGMA),
            "Kurvan är hur sannolikt urvalet är med varje spridning, punkterna de spridningar som prövas.",
            edition.answer_source,
            "framgangsfaktorer/vantat/",
            ("spridning", "sannolikhet, procent"),
            [(text.number(one.sigma, 2), text.number(100 * one.probability, 1)) for one in check.checks],
        )
    if a.agreement.pairs:
        yield Chart(
            chart_id(edition, "tva-rankningar"),
            _agreement_title(a.agreement, names),
            plots.scatter(a.agreement, names, len(a.agreement.pairs) <= a.limits.NAMED_UNITS),
            "Första plats överst.",
            edition.answer_source,
            edition.address.list_of("rankning"),
            ("enhet", "ja-svar", "placering hos Unizon"),
            [(names[unit], ja, place) for unit, ja, place in a.agreement.pairs],
        )


def _dots(edition: EditionContext, name: str, found: Described, page: str) -> Chart:
    rows = [(unit, ja, of) for unit, ja, of in found.units if of]
    if not rows:
        said = ": inga svar"
    elif found.nation is None:
        said = ", enhet för enhet"
    else:
        above = sum(100 * ja / of > found.nation for _, ja, of in rows)
        said = f": {above} av {text.count(len(rows), 'enhet', 'enheter')} har större andel ja-svar än riket"
    return Chart(
        chart_id(edition, name),
        f"{found.title}{said}",
        plots.dots(found, edition.short_names),
        "Rikets andel saknas." if found.nation is None else "Streck: riket.",
        edition.answer_source,
        page,
        ("enhet", "ja-svar", "svar", "andel ja, procent"),
        [(edition.short_names[unit], ja, of, _whole(100 * ja / of)) for unit, ja, of in rows],
    )


def _courses(edition: EditionContext) -> Iterator[Chart]:
    history = edition.analysis.unizon
    if 0 < history.repeated <= NAMED_COURSES:
        drawn = [
            (course.enhet, _placings(history, course, f"{course.enhet}: {_said(course)}"))
            for course in history.courses
            if len(course.placings) > 1
        ]
        yield Chart(
            "unizon",
            f"{text.count(history.repeated, 'kommun', 'kommuner').capitalize()} har placeringar hos Unizon i mer än en omgång "
            f"{history.years[0]}–{history.years[-1]}",
            sheet.named_courses(drawn),
            "Bästa placeringen överst. Varje kommun har en egen skala, så jämför talen, inte lutningarna. Prickad linje: en "
            "omgång däremellan är okänd. Bara kommuner som går att följa är ritade.",
            ", ".join(sorted(set(map(edition.publisher, history.source_ids)))),
            "rankning/over-tid/",
            ("kommun", "år", "placering", "av", "källa"),
            [
                (course.enhet, one.ar, one.placing, one.of, edition.publisher(one.source_id))
                for course in history.courses
                for one in course.placings
            ],
            sheet.named_courses(drawn, 1, 320),
            drawn,
        )
    names = {item.kommun_id: item.kommun for item in edition.site.municipalities}
    for course in history.courses:
        if len(course.placings) < 2 or course.enhet_id not in names or course.enhet_id in edition.site.latest:
            continue
        first, last = course.placings[0], course.placings[-1]
        title = (
            f"{names[course.enhet_id]} gick från {placed_in_words(first)} år {first.ar} till "
            f"{placed_in_words(last)} år {last.ar} hos Unizon"
        )
        yield Chart(
            f"placeringar-{course.enhet_id}",
            title,
            _placings(history, course, title),
            "Första plats överst. Prickad linje: en omgång däremellan är okänd.",
            ", ".join(sorted({edition.publisher(one.source_id) for one in course.placings})),
            f"kommuner/{course.enhet_id}/",
            ("år", "placering", "av", "källa"),
            [(one.ar, one.placing, one.of, edition.publisher(one.source_id)) for one in course.placings],
        )


def _key_figures(edition: EditionContext) -> Iterator[Chart]:
    for item in edition.site.municipalities:
        found = of_municipality(edition.site, item.kommunkod)
        if found is None:
            continue
        figures = found["figures"]
        drawn = [figure for figure in figures if figure.values]
        yield Chart(
            f"nyckeltal-{item.kommun_id}",
            f"{text.possessive(item.kommun)} nyckeltal om våld, bredvid rikets",
            lines.courses(
                [(one.about["nyckeltal"], one.values, one.nation) for one in drawn], own_name(item.kommun)
            ),
            "Linje som slutar i en punkt: kommunen. Den andra: riket. Fler ärenden och anmälningar kan betyda mer öppenhet, bättre "
            "räkning eller mer våld.",
            "Kolada",
            f"kommuner/{item.kommun_id}/",
            ("nyckeltal", "Koladas id", "måttenhet", "år", "kommunen", "saknas", "riket"),
            [
                (
                    one.about["nyckeltal"],
                    one.about["kolada_id"],
                    one.about["mattenhet"],
                    ar,
                    in_unit(one.about, one.values[ar]) if ar in one.values else "",
                    SAKNAS_ORSAK.codes[one.missing[ar]] if ar in one.missing else "",
                    in_unit(one.about, one.nation[ar]) if ar in one.nation else "",
                )
                for one in figures
                for ar in one.years
            ],
        )


def _said(course: Course) -> str:
    return ", ".join(f"{one.ar} {placed_in_words(one)}" for one in course.placings)


def _placings(history: UnizonHistory, course: Course, label: str) -> Markup:
    return placings.placings(
        [(one.ar, one.placing) for one in course.placings],
        [hidden for *_, hidden in history.steps(course)],
        label,
    )


def _agreement_title(found: Agreement, names: dict[str, str]) -> str:
    """Whether the same unit is first in both rankings."""
    most, best = max(ja for _, ja, _ in found.pairs), min(place for *_, place in found.pairs)

    def who(units: list[str]) -> str:
        return swedish_list([names[one] for one in units]) if len(units) <= 3 else text.units(len(units))

    by_ja = [unit for unit, ja, _ in found.pairs if ja == most]
    by_place = [unit for unit, _, place in found.pairs if place == best]
    first = who(by_ja)[:1].upper() + who(by_ja)[1:]
    if set(by_ja) == set(by_place):
        return f"{first} har både flest ja-svar och bäst placering hos Unizon"
    return f"{first} har flest ja-svar, {who(by_place)} bäst placering hos Unizon"
