"""Measures the analysis: time for the published edition and for 320 invented units, coverage.

Each run is a process of its own, so that nothing is cached between them; the tables are read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from synthetic import YEAR, tables  # noqa: E402

from ojbrottsoffer.analysis.edition import edition  # noqa: E402
from ojbrottsoffer.presentation.factor_analysis import Analysis  # noqa: E402
from ojbrottsoffer.project import Project  # noqa: E402
from tools.bench.measuring import RUNS, forked, row  # noqa: E402

UNITS = 320


def whole(analysis: Analysis) -> None:
    """Everything that any page may ask for."""
    for part in (
        "compared_factors",
        "compared_areas",
        "compared_indicators",
        "rank_ranges",
        "selection",
        "agreement",
        "unizon",
        "national_courses",
        "reliabilities",
        "factor_scores",
        "similar",
        "spread_checks",
    ):
        getattr(analysis, part)
    for column in ("befolkningsgrupp", "lan"):
        analysis.groups(column)
    for unit in analysis.year.units.index:
        analysis.surprises(unit)


def told(name: str, make: Callable[[], Analysis]) -> None:
    row(name, [forked(lambda: whole(make())) for _ in range(RUNS)])


def main() -> None:
    published = Analysis.load(Project(ROOT))
    invented = tables(published.tables, UNITS)
    large = edition(invented, YEAR)
    told(f"analysen, {len(published.year.units)} enheter", lambda: replace(published))
    told(
        f"analysen, {UNITS} påhittade enheter",
        lambda: replace(published, tables=invented, year=replace(large), own="testupplaga"),
    )
    for area_sigma, tried in published.tried.items():
        for assumed, shares in tried.coverage.items():
            kinds = ", ".join(f"{kind} {100 * share:.1f} % av {n}" for kind, (share, n) in shares.items())
            print(
                f"Täckning i {tried.rounds} länder, områdenas spridning {area_sigma}, antagen {assumed}: {kinds}"
            )


if __name__ == "__main__":
    main()
