"""The Rasch model against brute force, against known answers and against simulation."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from ojbrottsoffer.analysis.edition import edition, read_tables
from ojbrottsoffer.analysis.factors import simulation
from ojbrottsoffer.analysis.factors.between import BetweenUnits
from ojbrottsoffer.analysis.factors.expected import expected
from ojbrottsoffer.analysis.factors.rasch import (
    Conditional,
    convolve,
    count_distribution,
    difficulties,
    national_share,
    national_totals,
    verdict,
)
from ojbrottsoffer.analysis.limits import (
    AREA_SIGMAS,
    LEVEL,
    SIGMA,
    SIGMAS,
    SIGNIFICANT,
    SIMULATED_COUNTRIES,
    SIMULATED_SPREADS,
)
from ojbrottsoffer.checks.records.coverage_record import FILE_NAME, load_coverage
from ojbrottsoffer.presentation.factor_analysis import Analysis
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError

SHARES = np.array([6, 13, 30, 45, 54, 69, 80, 94, 0, 100], dtype=float)


def by_listing(b: np.ndarray, total: int) -> dict[tuple[int, ...], float]:
    """Every pattern of answers with the total, with its conditional probability."""
    weights = {
        pattern: float(np.exp(-np.array(pattern) @ b))
        for pattern in itertools.product((0, 1), repeat=len(b))
        if sum(pattern) == total
    }
    return {pattern: weight / sum(weights.values()) for pattern, weight in weights.items()}


@pytest.fixture(scope="module")
def analysis(project: Project) -> Analysis:
    return Analysis.load(project)


@pytest.fixture(scope="module")
def year(project: Project):
    return edition(read_tables(project.clean), 2015)


@pytest.mark.parametrize("sigma", SIGMAS)
def test_difficulties_give_back_the_shares(sigma: float):
    inner = SHARES[:8]
    assert national_share(difficulties(inner, sigma), sigma) * 100 == pytest.approx(inner, abs=1e-6)
    b = difficulties(SHARES, sigma)
    assert np.all(np.isfinite(b)) and b[8] == b.max() and b[9] == b.min()


def test_the_share_is_the_average_over_the_country():
    """Against plain summation over a fine grid of abilities, not Gauss–Hermite."""
    for sigma in SIGMAS:
        grid = np.linspace(-9, 9, 20_001)
        weights = np.exp(-(grid**2) / 2)
        b = np.array([-3.0, 0.0, 1.5])
        chance = 1 / (1 + np.exp(b - sigma * grid[:, None]))
        wanted = (chance * weights[:, None]).sum(axis=0) / weights.sum()
        assert national_share(b, sigma) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("shares", [[101.0], [-1.0], [float("nan")]])
def test_an_impossible_share_or_spread_is_refused(shares):
    with pytest.raises(ValueError):
        difficulties(np.array(shares), 1.0)
    with pytest.raises(ValueError):
        difficulties(np.array([50.0]), 0.0)


@pytest.mark.parametrize("total", range(1, 10))
def test_conditional_probabilities_are_those_of_brute_force(total: int):
    b = np.array([-2.3, 0.4, 5.0, -0.1, 1.7, -9.0, 12.0, 0.4, 0.0, 2.0])
    patterns = by_listing(b, total)
    listed = sum(p * np.array(pattern) for pattern, p in patterns.items())
    members = np.array([1, 0, 1, 0, 0, 1, 0, 1, 0, 0], dtype=bool)
    counts = np.zeros(members.sum() + 1)
    for pattern, p in patterns.items():
        counts[np.array(pattern)[members].sum()] += p
    one = Conditional(b, np.ones((1, 10), dtype=bool), np.array([total]))
    assert one.probabilities[0] == pytest.approx(listed, abs=1e-9)
    assert one.among(members)[0] == pytest.approx(counts, abs=1e-9)


def test_units_that_miss_answers_are_judged_on_those_they_gave():
    b = np.array([-1.0, 0.0, 0.5, 2.0, -0.5])
    answered = np.array([[1, 1, 1, 1, 1], [1, 0, 1, 1, 0]], dtype=bool)
    both = Conditional(b, answered, np.array([2, 1]))
    alone = Conditional(b[answered[1]], np.ones((1, 3), dtype=bool), np.array([1]))
    assert both.probabilities[1][answered[1]] == pytest.approx(alone.probabilities[0])
    assert np.all(both.probabilities[1][~answered[1]] == 0)


def test_expected_sums_to_each_units_total(year):
    for sigma in (min(SIGMAS), max(SIGMAS)):
        found = expected(year, sigma)
        assert found.probabilities.sum().to_numpy() == pytest.approx(
            year.is_ja[found.units].sum().to_numpy(), abs=1e-8
        )


def test_long_tests_with_extreme_items_stay_exact():
    b = np.concatenate([np.linspace(-30, 30, 200), np.zeros(100)])
    totals = np.array([1, 150, 299])
    p = Conditional(b, np.ones((3, 300), dtype=bool), totals).probabilities
    assert p.sum(axis=1) == pytest.approx(totals, abs=1e-6)
    assert np.all((p >= 0) & (p <= 1 + 1e-12)) and np.all(np.diff(p[:, :200]) <= 1e-12)


@pytest.mark.parametrize("total", [0, 3])
def test_a_unit_with_no_ja_or_only_ja_has_no_information(total: int):
    with pytest.raises(ValueError):
        Conditional(np.zeros(3), np.ones((1, 3), dtype=bool), np.array([total]))


def test_counts_are_those_of_listing():
    p = np.array([0.1, 0.5, 0.93])
    listed = np.zeros(4)
    for pattern in itertools.product((0, 1), repeat=3):
        listed[sum(pattern)] += np.prod(np.where(pattern, p, 1 - p))
    assert count_distribution(p) == pytest.approx(listed)
    assert convolve([count_distribution(p[:1]), count_distribution(p[1:])]) == pytest.approx(listed)
    shares = np.array([20.0, 50.0, 90.0])
    assert national_totals(difficulties(shares, 1.0), 1.0) @ np.arange(4) == pytest.approx(1.6, abs=1e-6)


def test_an_interval_leaves_at_most_half_of_the_rest_on_each_side():
    pmf = count_distribution(np.linspace(0.05, 0.95, 30))
    found = verdict(15, pmf, LEVEL)
    tail = (1 - LEVEL) / 2
    assert pmf[: found.low].sum() <= tail < pmf[: found.low + 1].sum()
    assert pmf[found.high + 1 :].sum() <= tail < pmf[found.high :].sum()
    assert found.expected == pytest.approx(15) and not found.outside and found.p == 1.0
    assert verdict(found.low - 1, pmf, LEVEL).outside and verdict(found.high + 1, pmf, LEVEL).outside


def drawn_answers(b: np.ndarray, total: int, worlds: int, rng: np.random.Generator) -> np.ndarray:
    """Answers of one unit with this total, world × indicator, drawn one indicator at a time: a Ja is as
    likely as the share of the patterns of the rest, weighed by exp(-b), that the rest of the total needs.
    """
    ease, left = np.exp(-b), np.full(worlds, total)
    sums = [np.array([1.0])]
    for one in ease[::-1]:
        sums.append(np.append(sums[-1], 0) + np.append(0, one * sums[-1]))
    answers = np.zeros((worlds, len(b)), dtype=bool)
    for n, one in enumerate(ease):
        rest = np.append(sums[len(b) - n - 1], 0)
        with_ja = np.where(left > 0, one * rest[np.minimum(left - 1, len(rest) - 1)], 0)
        without = rest[np.minimum(left, len(rest) - 1)]
        answers[:, n] = rng.random(worlds) < with_ja / (with_ja + without)
        left = left - answers[:, n]
    assert np.all(left == 0)
    return answers


def test_where_nothing_deviates_no_area_and_no_factor_is_called_a_deviation_too_often(analysis: Analysis):
    """The level, with the totals there are: whole answers are drawn, not counts, and not by the product."""
    worlds, model, rng = 4_000, analysis.model, np.random.default_rng(2015)
    totals = model.ja.sum()
    drawn = {unit: drawn_answers(model.b.to_numpy(), int(totals[unit]), worlds, rng) for unit in model.units}
    groups = [*analysis.compared_areas, *analysis.compared_factors]
    assert len(groups) == 19
    for one in groups:
        members = model.b.index.isin(one.what.indicators)
        counts = np.column_stack([drawn[unit][:, members].sum(axis=1) for unit in model.units])
        between = model.between(one.what.indicators)
        assert counts.mean(axis=0) == pytest.approx(between.expected, abs=0.12)
        often = (between.p(counts) < SIGNIFICANT).mean()
        assert often < SIGNIFICANT + 3 * (SIGNIFICANT * (1 - SIGNIFICANT) / worlds) ** 0.5, one.what.title
        if len(one.what.indicators) > 10:
            assert often > SIGNIFICANT / 2, "med många svar ska provet nå sin nivå: annars ser det ingenting"


def test_units_are_judged_by_their_sum_and_how_far_apart_they_lie():
    pmfs = np.tile(count_distribution(np.full(6, 0.5)), (8, 1))
    found = BetweenUnits(pmfs)
    same, apart = np.full(8, 4), np.array([6, 6, 6, 6, 6, 0, 6, 0])
    assert found.p(same) < 0.01 < 0.1 < found.p(apart)
    assert found.p(np.full(8, 3)) == 1.0 and found.p(np.array([same, 6 - same])) == pytest.approx(
        found.p(same), abs=0.005
    )
    ceiling = BetweenUnits(np.tile([0.05, 0.95], (8, 1)))
    assert ceiling.p(np.ones(8)) == 1.0, "åtta av åtta är vad man väntar sig när ja är så vanligt"


def test_intervals_cover_when_units_are_chosen_for_their_total(analysis: Analysis):
    """As the report chose: among the twenty with most Ja. The model is true, so a miss is a miss."""
    assert list(analysis.tried) == [0.0, *AREA_SIGMAS]
    found = analysis.tried[0.0]
    assert list(found.coverage) == list(SIMULATED_SPREADS) and found.rounds == SIMULATED_COUNTRIES
    shares = found.coverage[SIGMA]
    assert {kind: n for kind, (_, n) in shares.items()} == {
        kind: n * SIMULATED_COUNTRIES for kind, n in (("indikatorer", 60), ("områden", 15), ("faktorer", 4))
    }
    for share, tried in shares.values():
        assert share >= LEVEL - 2.5 * (LEVEL * (1 - LEVEL) / tried) ** 0.5
    narrow = [one.by_chance for one in analysis.model.indicators.values()]
    missed = 1 - shares["indikatorer"][0]
    assert abs(missed - np.mean(narrow)) < 0.01, "täcker alltid: intervallen är för vida"


def test_where_answers_go_together_the_intervals_are_too_narrow_and_more_is_singled_out(analysis: Analysis):
    true, *together = analysis.tried.values()
    assert abs(true.apart - 1) < 0.05 < 0.3 < together[0].apart - 1 < together[1].apart - 1
    assert abs(together[-1].apart - analysis.apart) < abs(together[0].apart - analysis.apart)
    for kind in ("områden", "faktorer"):
        covered = [one.coverage[SIGMA][kind][0] for one in (true, *together)]
        assert covered == sorted(covered, reverse=True) and covered[1] < LEVEL
        some = [one.singled_out[kind][1] for one in (true, *together)]
        assert some == sorted(some)


def test_recorded_countries_are_those_that_are_drawn(project: Project, analysis: Analysis):
    design, record = analysis.design, load_coverage(project)
    found = simulation.found_in(record, FILE_NAME, design)
    when = {"datum": record.datum, "version": record.version}
    assert simulation.kept(design, found, when) == record, "kör make tackning"
    for area_sigma in design.area_sigmas:
        for number in (0, SIMULATED_COUNTRIES - 1):
            assert design.country_number(number, area_sigma) == found[area_sigma][number]


def test_a_record_of_other_data_says_nothing_and_a_broken_one_is_named(project: Project, analysis: Analysis):
    design, record = analysis.design, load_coverage(project)
    assert simulation.found_in(record, FILE_NAME, replace(design, seed=1)) == {}
    assert simulation.found_in(None, FILE_NAME, design) == {}
    outcomes = record.utfall_per_land | {"0.0": record.utfall_per_land["0.0"] | {"0.5": {}}}
    for broken in (replace(record, fro=1), replace(record, utfall_per_land=outcomes)):
        with pytest.raises(DataError) as error:
            simulation.found_in(broken, FILE_NAME, design)
        assert FILE_NAME in str(error.value) and "make tackning" in str(error.value)


def test_probabilities_are_those_of_drawn_answers():
    """Answers drawn at one ability, kept when the total fits, come as often as computed."""
    rng = np.random.default_rng(60)
    b = rng.normal(0, 1.5, 12)
    drawn = rng.random((60_000, 12)) < 1 / (1 + np.exp(b - 0.7))
    kept = drawn[drawn.sum(axis=1) == 8]
    p = Conditional(b, np.ones((1, 12), dtype=bool), np.array([8])).probabilities[0]
    error = np.sqrt(p * (1 - p) / len(kept))
    assert len(kept) > 5_000 and np.all(np.abs(kept.mean(axis=0) - p) < 4.5 * error)
