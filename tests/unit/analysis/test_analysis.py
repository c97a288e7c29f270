"""Description, ranks, selection, the years and scales: against other ways of reckoning."""

from __future__ import annotations

import doctest
import itertools
import re
import shutil
from dataclasses import replace
from pathlib import Path

import golden
import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from synthetic import YEAR
from synthetic import tables as invented_tables

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.analysis.edition import edition
from ojbrottsoffer.analysis.factors import scales
from ojbrottsoffer.analysis.factors.expected import Expected
from ojbrottsoffer.analysis.units import ranking
from ojbrottsoffer.notebook.execute import execute
from ojbrottsoffer.presentation import model_sentences, sentences
from ojbrottsoffer.presentation.factor_analysis import Analysis, Compared
from ojbrottsoffer.project import STAGED, Project
from ojbrottsoffer.schema.csv_tables import to_csv_bytes
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.pictures import plots
from ojbrottsoffer.sources import single_figures
from ojbrottsoffer.sources.curated.example import FILE, load_example
from ojbrottsoffer.sources.curated.factors import load_factors
from ojbrottsoffer.sources.reference.register import load_reference

CODES = {unit: "".join(pages) for unit, pages in golden.PAGES.items()}
UNITS = 320


@pytest.fixture(scope="module")
def analysis(project: Project) -> Analysis:
    return Analysis.load(project)


@pytest.fixture(scope="module")
def large(analysis: Analysis) -> Analysis:
    tables = invented_tables(analysis.tables, UNITS)
    return replace(analysis, tables=tables, year=edition(tables, YEAR), own="testupplaga")


def place(totals: dict[str, float], unit: str) -> int:
    return 1 + sum(other > totals[unit] for other in totals.values())


def test_every_indicator_is_described_as_the_cells_say(analysis: Analysis):
    for n, one in enumerate(analysis.described_indicators):
        ja = sum(codes[n] == "2" for codes in CODES.values())
        partly = sum(codes[n] == "1" for codes in CODES.values())
        assert (one.ja, one.partly, one.answered, one.nation) == (ja, partly, 8, golden.SHARES[n])
        assert one.difference == pytest.approx(12.5 * ja - golden.SHARES[n])
    assert [one.ja for one in analysis.described_factors] == [
        sum(
            codes[n] == "2"
            for codes in CODES.values()
            for n, i in enumerate(analysis.year.indicators.index)
            if i in one.indicators
        )
        for one in analysis.described_factors
    ]


def test_factors_and_areas_share_out_every_answer_once(analysis: Analysis):
    total = sum(codes.count("2") for codes in CODES.values())
    for found in (
        analysis.described_factors,
        analysis.described_areas("kvalitetsomrade"),
        analysis.described_areas("indikatoromrade"),
    ):
        assert sum(one.ja for one in found) == total
        assert sum(one.answered for one in found) == 480
    assert analysis.factor("nationellt-stod") is None


def test_the_exceptions_are_named(analysis: Analysis):
    said = sentences.above_the_nation(analysis.described_indicators, "de åtta")
    steps = [12.5 * sum(codes[n] == "2" for codes in CODES.values()) - golden.SHARES[n] for n in range(60)]
    assert f"för {sum(step > 0 for step in steps)} av 60" in said
    higher, lower, same = re.split("Lägre är|Lika stor", said)
    for n, step in enumerate(steps):
        label = f"{analysis.year.indicators['indikator'].iloc[n]} ("
        assert (label in lower, label in same, label in higher) == (step < 0, step == 0, False)


def test_ranks_move_as_when_counted_again_by_hand(analysis: Analysis):
    areas = list(analysis.year.indicators["indikatoromrade_id"])
    for row in analysis.rank_ranges:
        counted = {u: float(codes.count("2")) for u, codes in CODES.items()}
        half = {u: codes.count("2") + codes.count("1") / 2 for u, codes in CODES.items()}
        one = [
            place({u: counted[u] - (codes[n] == "2") for u, codes in CODES.items()}, row.enhet_id)
            for n in range(60)
        ]
        area = [
            place(
                {
                    u: sum(c == "2" for c, a in zip(codes, areas, strict=True) if a != left)
                    for u, codes in CODES.items()
                },
                row.enhet_id,
            )
            for left in set(areas)
        ]
        printed = {u: golden.BACKGROUND[u][2] for u in CODES}
        assert row.rank == place(counted, row.enhet_id)
        assert row.by_half == place(half, row.enhet_id)
        assert row.by_published == place(printed, row.enhet_id)
        assert row.without_indicator == (min(one), max(one))
        assert row.without_area == (min(area), max(area))
        assert (row.best, row.worst) == (
            min(row.rank, row.by_half, row.by_published, *one, *area),
            max(row.rank, row.by_half, row.by_published, *one, *area),
        )


def test_the_published_selection_comes_out(analysis: Analysis):
    found = analysis.selection
    assert found.sources == ["skl-2016", "unizon-2015"]
    for source in found.sources:
        assert set(found.on_both(source)) == {"trollhattan", "skelleftea", "ronneby"}
    assert found.others_on_top["unizon-2015"][0] == ("vaxjo", 2)
    missing = {row.enhet_id: row.missing for row in found.chosen if not row.unizon}
    assert missing == {
        unit: {"skl-2016": "uppgift_saknas"} for unit in ("goteborg-askim-frolunda-hogsbo", "lund")
    }
    assert dict(analysis.agreement.missing) == {unit: "uppgift_saknas" for unit in missing}


def test_spearman_is_that_of_listing_every_permutation():
    x, y = np.array([53, 48, 47, 45, 44, 43]), -np.array([6, 46, 4, 74, 87, 1])
    rho, p, exact = ranking.spearman(x, y)
    squares = sum((a - b) ** 2 for a, b in zip([6, 5, 4, 3, 2, 1], [4, 3, 5, 2, 1, 6], strict=True))
    assert exact and rho == pytest.approx(1 - 6 * squares / (6 * 35))
    listed = [
        1 - 6 * sum((a - b) ** 2 for a, b in zip(range(6), order, strict=True)) / 210
        for order in itertools.permutations(range(6))
    ]
    assert p == pytest.approx(sum(abs(r) >= abs(rho) - 1e-9 for r in listed) / 720)
    assert ranking.spearman(np.array([1, 1, 1]), np.array([1, 2, 3])) == (None, None, True)


def test_spearman_bears_ties_and_many_pairs():
    tied, p, _ = ranking.spearman(np.array([1, 1, 2, 3]), np.array([5, 6, 7, 8]))
    assert tied == pytest.approx(pd.Series([1, 1, 2, 3]).rank().corr(pd.Series([5, 6, 7, 8]).rank()))
    rng = np.random.default_rng(4)
    x = rng.normal(size=60)
    rho, p, exact = ranking.spearman(x, x + rng.normal(size=60))
    assert not exact and 0.4 < rho < 0.9 and p == 1 / (limits.DRAWN_PERMUTATIONS + 1)
    assert ranking.spearman(x, rng.normal(size=60))[1] > 0.05


def test_agreement_needs_enough_pairs(analysis: Analysis):
    rows = analysis.year.rankings
    few = rows[rows["enhet_id"].isin(list(CODES)[:3] + ["ronneby"])]
    found = ranking.agreement(replace(analysis.year, rankings=few))
    assert len(found.pairs) < limits.PAIRS_FOR_AGREEMENT and found.rho is None
    assert "för få" in sentences.agreeing(found)


def test_unizon_is_followed_with_ties_rounds_and_conflicting_sources(analysis: Analysis):
    found = analysis.unizon
    courses = {course.enhet_id: course for course in found.courses}
    rows = analysis.tables["rankning"].query("undersokning == 'unizon' and placering.notna()")
    assert set(courses) == set(rows["enhet_id"]) and found.followed == ["trollhattan"]
    assert sum(len(c.placings) for c in found.courses) == len(rows.groupby(["ar", "enhet_id"]))
    first = courses["trollhattan"].by_year[2015]
    assert (first.placing, first.others) == (7, ((6, "skl-2016"),))
    assert courses["goteborg"].by_year[2025].shared
    assert (found.rounds[2015], found.rounds[2017], found.rounds[2019]) == (200, None, 176)
    assert [gap for _, _, gap in found.steps(courses["karlstad"])] == [True, False, False]
    assert [gap for _, _, gap in found.steps(courses["katrineholm"])] == [False]


def test_the_page_shows_every_round_and_types_no_number_of_answers(project: Project):
    words = (ROOT / "docs" / "rankning" / "over-tid.md").read_text(encoding="utf-8")
    rounds = single_figures.read(project, load_reference(project)).omgangar
    unizon = rounds[rounds["undersokning"] == "unizon"].dropna(subset="svarande")
    page = (project.site / "rankning" / "over-tid" / "index.html").read_text(encoding="utf-8")
    assert set(unizon["ar"]) == {2015, 2017, 2019, 2023} and set(unizon["svarande"]) >= {202, 162, 176, 168}
    assert not [n for n in unizon["svarande"] if re.search(rf"\b{n}\b", words)]
    shown = page[page.index('id="omgangar"') :]
    cells = re.findall(r'data-rubrik="Svarande"[^>]*>\s*(\d+)', shown)
    assert sorted(cells) == sorted(map(str, unizon["svarande"]))


def test_surprises_are_the_rarest_ja_and_the_most_common_gaps(analysis: Analysis):
    for unit, codes in CODES.items():
        rare, common = analysis.surprises(unit)
        assert len(rare) == len(common) == limits.SURPRISES
        ids = list(analysis.year.indicators.index)
        of = {i: share for i, share in zip(ids, golden.SHARES, strict=True)}
        yes = sorted(of[i] for i, code in zip(ids, codes, strict=True) if code == "2")
        no = sorted((of[i] for i, code in zip(ids, codes, strict=True) if code != "2"), reverse=True)
        assert [of[i] for i, _ in rare] == yes[:3] and [of[i] for i, _ in common] == no[:3]
        assert rare[0][1] <= rare[-1][1] < common[-1][1] <= common[0][1]


def test_only_what_holds_everywhere_is_called_a_deviation(analysis: Analysis):
    found = analysis.sensitivity
    for one in analysis.compared_indicators:
        variants = [*found.by_sigma.values(), found.without_partly]
        ways = {
            v.indicators[one.what.id].outside and np.sign(v.indicators[one.what.id].surplus) for v in variants
        }
        assert one.holds == (ways in ({1.0}, {-1.0}))
        assert one.sometimes == (not one.holds and ways != {False})
    apart, names = set(), analysis.year.indicators["kortnamn"].to_dict()
    shown = {
        name: {
            title
            for way in (1, -1)
            for kind, titles in analysis.outside(v, way, names).items()
            if kind != "Indikatorer"
            for title in titles
        }
        for name, v in found.variants.items()
    }
    for one in [*analysis.compared_factors, *analysis.compared_areas]:
        judged = {name: v.of_indicators(one.what.indicators) for name, v in found.variants.items()}
        ways = {v.outside and np.sign(v.surplus) for v in judged.values()}
        same = ways in ({1.0}, {-1.0})
        agree = one.between_units < limits.SIGNIFICANT
        assert one.outside_under == tuple(name for name, v in judged.items() if v.outside)
        assert (one.everywhere, one.holds) == (same, same and agree)
        assert one.sometimes == (not one.holds and ways != {False})
        said, cell = model_sentences.judgement(one), model_sentences.outcome(one)
        assert ("i alla prövningar" in said) == one.holds
        assert (cell == "inom intervallet") == (ways == {False})
        unsure = "räcker inte för att utesluta slumpen" in said and "slumpen går inte att utesluta" in cell
        assert unsure == (same and not agree)
        if one.sometimes and not one.verdict.outside:
            assert all(name in said for name in one.outside_under) and "under vissa" in cell
            apart.add(one.what.id)
        for name in found.variants:
            assert (one.what.title in shown[name]) == (name in one.outside_under)
    assert {"extern-samverkan-vuxna", "insatser"} <= apart


def test_the_spread_of_the_pages_is_the_likeliest_of_a_fine_grid(analysis: Analysis):
    found = analysis.spread_checks
    assert (found.limit, found.known, found.surveyed, found.respondents) == (43, 7, 316, 288)
    grid = [one.sigma for one in found.checks if one.sigma in limits.SIGMA_GRID]
    assert grid == list(limits.SIGMA_GRID) and max(np.diff(grid)) < 0.051
    assert found.likeliest.sigma == limits.SIGMA in limits.SIGMAS
    low, high = found.plausible
    assert min(limits.SIGMAS) < low < limits.SIGMA < high < max(limits.SIGMAS)
    said = model_sentences.likeliest_spread(found)
    assert f"Spridningen {str(limits.SIGMA).replace('.', ',')} gör urvalet troligast" in said
    rng = np.random.default_rng(20)
    for sigma in limits.SIGMAS:
        check = found.by_sigma[sigma]
        drawn = rng.binomial(found.respondents, check.above / found.respondents, 20_000)
        share = ((drawn >= found.known) & (drawn < ranking.TOP_OJ)).mean()
        assert check.probability == pytest.approx(share, abs=0.015)


def test_the_unit_that_a_finding_leans_on_is_the_one_without_which_p_is_greatest(analysis: Analysis):
    names = analysis.year.short_names
    for one in [*analysis.compared_areas, *analysis.compared_factors]:
        ps = {}
        for unit in analysis.model.units:
            rest = analysis.model.ja.drop(columns=unit)
            alone = Expected(limits.SIGMA, analysis.model.b, analysis.model.answered[rest.columns], rest, ())
            ps[names[unit]] = alone.of_indicators(one.what.indicators).p
        name, without = one.heaviest
        assert without.p == pytest.approx(max(ps.values())) == pytest.approx(ps[name])
        if one.everywhere:
            assert f"Mest väger {name}" in model_sentences.judgement(one)
    # The p of the interval goes from what all units say to what the others do; the other p has its own name.
    samverkan = next(one for one in analysis.compared_factors if one.what.id == "samverkan")
    assert "p-värdet går från 0,001 till 0,020" in model_sentences.judgement(samverkan)
    assert "(p mellan enheter 0,063)" in model_sentences.judgement(samverkan)
    most = next(one for one in analysis.compared_areas if one.what.id == "intern-samordning-barn")
    assert most.heaviest[0] == "Ronneby"


def test_the_places_where_one_dimension_fails_are_named(analysis: Analysis):
    cells = analysis.cells("kvalitetsomrade")
    assert len(cells) == 4 * len(analysis.year.units)
    said = model_sentences.one_dimension(cells)
    for one in cells:
        areas = {area.title: list(area.indicators) for area in analysis.described_areas("kvalitetsomrade")}
        share = analysis.year.is_ja.loc[areas[one.area]]
        by_name = share.rename(columns=analysis.year.short_names)
        assert one.verdict.observed == by_name[one.unit].sum() and one.verdict.of == len(share)
    assert "Göteborg (stadsdel) (helhetssyn och samordning: 25 av 25" in said
    assert "Ronneby (helhetssyn och samordning: 13 av 25" in said
    calm = [replace(one, verdict=replace(one.verdict, observed=one.verdict.low)) for one in cells]
    assert "ligger inget utanför" in model_sentences.one_dimension(calm)


def test_the_answer_follows_the_figures(analysis: Analysis):
    parts = analysis.compared_indicators, analysis.compared_areas, analysis.compared_factors
    said = model_sentences.answer("de åtta", *parts, ranking.TOP_OJ)
    assert "på 56 av 60 frågor, vilket man kan vänta sig" in said
    assert "ett av 15\xa0områden (Rutin vid indikation på våld) och två av 60\xa0frågor" in said
    assert said.endswith("och ingen av fyra prövade framgångsfaktorer.")
    assert all(len(sentence.split()) <= 30 for sentence in said.split(". "))
    none = [[replace(one, everywhere=False) for one in rows] for rows in parts]
    found = model_sentences.answer("de åtta", *none, ranking.TOP_OJ)
    assert "inget av 15\xa0områden och ingen av 60\xa0frågor" in found
    every = [[replace(one, everywhere=True, between_units=0.001) for one in rows] for rows in parts]
    held = model_sentences.answer("de åtta", *every, ranking.TOP_OJ)
    assert "och av fyra prövade framgångsfaktorer Många vägar in, " in held
    # Chance is told of both kinds that the answer tells of, and of as many at once.
    tried, apart = analysis.tried, analysis.apart
    assert model_sentences.nearest(tried, apart) == 2.0
    chance = model_sentences.answer_by_chance(tried, apart, parts[1], parts[0])
    for kind, alone, together in (("områden", 0.168, 0.466), ("indikatorer", 0.43, 0.482)):
        found = [tried[spread].singled_out[kind][1] for spread in (0.0, 2.0)]
        assert found == pytest.approx([alone, together], abs=0.006)
    assert "minst ett område i 17 procent och minst en fråga i 43 procent" in chance
    assert "i 47 procent och 48 procent om svaren hänger ihop som här" in chance
    assert "ett område och två frågor på en gång, som här, pekas ut i 4 procent" in chance
    assert chance.endswith("i 14 procent om svaren hänger ihop som här.")
    assert "på en gång" not in model_sentences.answer_by_chance(tried, apart, none[1], parts[0])
    assert not model_sentences.answer_by_chance(tried, apart, none[1], none[0])
    assert not model_sentences.answer_by_chance({}, apart, parts[1], parts[0])
    rare = {
        kind: replace(one, singled_out={name: (0.0, 0.001, n) for name, (_, _, n) in one.singled_out.items()})
        for kind, one in analysis.tried.items()
    }
    chance = model_sentences.singled_out(analysis.tried)
    for kind, (_, some, n) in analysis.tried[0.0].singled_out.items():
        assert f"av {n} {kind} i {round(100 * some)} procent" in chance
    assert "under 1 procent" in model_sentences.singled_out(rare)
    together = model_sentences.as_many_by_chance(analysis.tried, parts[1], parts[0])
    assert "ett område och två frågor på en gång" in together
    for one in analysis.tried.values():
        as_many = sum(c["områden"] >= 1 and c["indikatorer"] >= 2 for c in one.by_country) / one.rounds
        assert f"{round(100 * as_many)} procent" in together
    assert not model_sentences.as_many_by_chance(analysis.tried, none[1], none[0])
    assert "inte prövat" in model_sentences.singled_out({}) and "inte prövat" in model_sentences.too_narrow(
        {}, 1
    )


def test_moving_doubtful_questions_is_recounted_and_told(analysis: Analysis):
    first, *others = analysis.moves
    assert {factor: one.verdict for factor, one in first.factors.items()} == {
        one.what.id: one.verdict for one in analysis.compared_factors
    }
    for move, doubt in zip(others, analysis.factors.doubts, strict=False):
        assert move.indicators == len(doubt.indikatorer)
        for factor, one in move.factors.items():
            ids = set(analysis.indicators_of[factor]) - set(doubt.indikatorer)
            ids |= set(doubt.indikatorer) if factor == doubt.annan_faktor else set()
            assert set(one.what.indicators) == ids
    said = model_sentences.moved(analysis.moves)
    assert "en kodare" in said and f"för {others[-1].indicators} av frågorna" in said
    assert "Inget av utfallen ändras" in model_sentences.moved(
        [first, replace(others[-1], factors=first.factors)]
    )


def test_a_factor_s_page_says_what_its_outcome_does_not_bear(analysis: Analysis):
    told = {}
    for one in analysis.compared_factors:
        said = told[one.what.id] = model_sentences.caution(
            one, len(analysis.compared_factors), analysis.moves, analysis.tried, analysis.apart
        )
        assert said.startswith(
            "Fyra faktorer är prövade på en gång, och slumpen ensam pekar ut minst en i 4 procent"
        )
        assert "i 16 procent om svaren hänger ihop som här. Intervallen är för smala" in said
        assert ": då täcker de 83 procent, inte 95. " in said
        for move in analysis.moves[1:]:
            became = model_sentences.outcome(move.factors[one.what.id])
            moved = became != model_sentences.outcome(one)
            assert (f"”{move.what}” ({move.indicators})" in said) == moved and (not moved or became in said)
    assert "till ”inom intervallet” med ”Alla tveksamma frågor” (27)." in told["direkt-adekvat-stod"]
    assert "(13) och ”Alla tveksamma frågor” (27)." in told["samverkan"]
    assert "under vissa antaganden" in told["samverkan"]
    one = analysis.compared_factors[0]
    still = [analysis.moves[0], replace(analysis.moves[-1], factors=analysis.moves[0].factors)]
    calm = {
        spread: replace(tried, coverage=analysis.tried[0.0].coverage)
        for spread, tried in analysis.tried.items()
    }
    said = model_sentences.caution(one, 4, still, calm, analysis.apart)
    assert "detsamma om" in said and "83 procent" not in said
    untried = model_sentences.caution(one, 4, still, {}, 1.0)
    assert (
        untried.startswith("Fyra faktorer är prövade på en gång. Intervallen är") and "inte prövat" in untried
    )
    assert not model_sentences.caution(replace(one, verdict=None), 4, analysis.moves, analysis.tried, 1.0)


def test_a_unit_with_only_ja_is_left_out_and_says_so(analysis: Analysis):
    model = analysis.model
    ja = model.ja.copy()
    ja["lund"] = True
    found = Expected(model.sigma, model.b, model.answered, ja, ())
    assert found.left_out == ["lund"] and found.surprises("lund", 3) == ([], [])
    assert all(one.of == 7 for one in found.indicators.values())


def test_kr20_of_a_known_table():
    """Four items, five people; computed by hand: k/(k-1) * (1 - sum(s_i^2)/s^2)."""
    answers = np.array([[1, 1, 1, 1, 0], [1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0]])
    totals = [4, 3, 2, 1, 0]
    items = sum(np.var(row, ddof=1) for row in answers)
    assert scales.kuder_richardson_20(answers) == pytest.approx(4 / 3 * (1 - items / np.var(totals, ddof=1)))
    assert scales.kuder_richardson_20(answers) == pytest.approx(0.8)
    assert scales.kuder_richardson_20(np.ones((3, 4))) is None


def test_few_units_show_nothing_that_needs_many(analysis: Analysis):
    assert set(analysis.reliabilities.values()) == {None}
    assert not analysis.factor_scores and not analysis.similar and not analysis.groups("lan")


def test_a_large_edition_has_scores_similar_units_and_groups(large: Analysis):
    for factor, found in large.reliabilities.items():
        ids = large.indicators_of[factor]
        whole = large.year.is_given.loc[ids].all()
        assert found.units == whole.sum() >= limits.UNITS_FOR_RELIABILITY
        assert 0 < found.kr20 < 1 and 0 < found.error < 50
        scores = large.factor_scores[factor]
        assert len(scores) == UNITS
        for score in list(scores.values())[:20]:
            assert 0 <= score.low <= score.share <= score.high <= 100
    assert len(large.rank_ranges) == UNITS and len(large.model.units) == UNITS
    assert {value for value, _, _ in large.groups("befolkningsgrupp")} == {1, 2, 3, 4}
    counties = large.year.units["lan"].value_counts()
    assert [(value, n) for value, n, _ in large.groups("lan")] == [
        (value, n) for value, n in sorted(counties.items()) if n >= limits.UNITS_IN_GROUP
    ]
    assert len(counties) > 15 and 1 < (counties >= limits.UNITS_IN_GROUP).sum() < len(counties)
    found = large.agreement
    x, y = ([pair[n] for pair in found.pairs] for n in (1, 2))
    assert len(found.pairs) == 200 and len(set(y)) < 200 < max(y) and not found.exact
    assert found.rho == pytest.approx(-pd.Series(x).rank().corr(pd.Series(y).rank()))
    assert found.p < limits.SIGNIFICANT and "liknar varandra" in sentences.agreeing(found)
    codes = large.year.answers
    unit, found = next(iter(large.similar.items()))

    def same(other: str) -> float:
        both = codes[unit].notna() & codes[other].notna()
        return float((codes[unit][both] == codes[other][both]).mean())

    best = sorted((same(other) for other in codes.columns if other != unit), reverse=True)
    assert [one.same / one.common for one in found] == pytest.approx(best[: limits.SIMILAR_SHOWN])


def test_what_is_not_known_is_said_so(large: Analysis):
    assert large.unizon.repeated == 0 and large.spread_checks is None
    none = large.tables | {"rankning": large.tables["rankning"].iloc[:0]}
    assert replace(large, tables=none).unizon.courses == []
    assert "inte kända" in sentences.above_the_nation(
        [replace(one, nation=None) for one in large.described_factors], "de 320"
    )


def run_notebook(name: str, tables: dict[str, pd.DataFrame], folder: Path) -> str:
    """Runs a notebook on these tables, as a build does; what it prints."""
    project = Project(folder, staged=True)
    (folder / "mkdocs.yml").touch()
    (folder / "data").mkdir()
    for source in ("data/raw", "data/reference"):
        (folder / source).symlink_to(ROOT / source)
    shutil.copytree(ROOT / "notebooks", project.notebooks)
    project.clean.mkdir(parents=True)
    for table, frame in tables.items():
        (project.clean / f"{table}.csv").write_bytes(to_csv_bytes(frame, TABLES[table]))
    assert execute(project.notebooks / f"{name}.ipynb", folder, STAGED) is None
    cells = nbformat.read(folder / f"{name}.ipynb", as_version=4).cells
    return "".join(o.text for cell in cells for o in cell.get("outputs", []) if o.output_type == "stream")


NOTEBOOKS = ("03_rankning_urval", "04_framgangsfaktorer", "05_over_tid")


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_is_true_for_a_large_edition(name: str, large: Analysis, tmp_path: Path):
    said = run_notebook(name, large.tables, tmp_path)
    assert said and len(said.splitlines()) < 60
    for untrue in ("de valda", "de åtta", "bland de tjugo", "Trollhättan"):
        assert untrue not in said
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    prose = " ".join(cell.source for cell in cells if cell.cell_type == "markdown")
    for claim in (
        "enheterna för att de har många",
        "är Trollhättan den enda",
        "skillnaden mot riket urvalet",
    ):
        assert claim not in prose or "rapportens utgåva" in prose[: prose.index(claim)][-80:]


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_says_so_where_the_nation_is_not_known(name: str, large: Analysis, tmp_path: Path):
    shares = large.tables["riket"]
    said = run_notebook(name, large.tables | {"riket": shares[shares["ar"] != YEAR]}, tmp_path)
    assert ("Rikets andelar är inte kända" in said) == (name == "04_framgangsfaktorer")


@pytest.mark.parametrize("module", [plots, sentences])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


def test_sentences_are_grammatical_whatever_the_figures(analysis: Analysis):
    one = analysis.described_indicators[0]
    high, low = replace(one, nation=0.0), replace(one, ja=0, nation=50.0)
    assert sentences.above_the_nation([high], "de åtta").endswith("för alla 1\u00a0indikator.")
    assert "Lägre är den för en: " in sentences.above_the_nation([high, low], "de åtta")
    names = analysis.year.short_names
    still = [
        replace(
            row,
            by_half=row.rank,
            by_published=None,
            without_indicator=(row.rank,) * 2,
            without_area=(row.rank,) * 2,
        )
        for row in analysis.rank_ranges
    ]
    assert sentences.firmness(still, names) == "Ingen enhet byter plats hur vi än räknar."
    assert "Mest rör sig" in sentences.firmness(analysis.rank_ranges, names)
    assert "går inte att räkna" in model_sentences.judgement(Compared(one, None, False, ()))


def test_a_slip_in_the_example_is_answered_with_the_entry(tmp_path, project: Project):
    copy = Project(tmp_path)
    shutil.copytree(project.reference, copy.reference)
    copy.raw.symlink_to(project.raw)
    text = (copy.reference / FILE).read_text(encoding="utf-8")
    for before, after in (
        ("faktor: samverkan", "faktor: samverkann"),
        ("roll: Sprider kunskap", "roll: " + "lång " * 10),
        ("indikatorer: [social-jour]", "indikatorer: [jour]"),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    (copy.reference / FILE).write_text(text, encoding="utf-8")
    reference = load_reference(copy)
    with pytest.raises(DataError) as error:
        load_example(copy, reference, load_factors(copy, reference))
    said = str(error.value)
    assert len(error.value.findings) == 3 and FILE in said
    for part in ("barnhuset", "samverkann", "vin-grupp", "högst 34 tecken", "akut", "jour"):
        assert part in said
