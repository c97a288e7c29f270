"""Measures the analysis: time for the published edition and for 320 invented units, coverage.

Times are CPU seconds of this process, best of `RUNS`; nothing is cached between runs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from synthetic import YEAR, tables  # noqa: E402

from ojbrottsoffer.analysis.edition import edition  # noqa: E402
from ojbrottsoffer.analysis.limits import SIGMA  # noqa: E402
from ojbrottsoffer.paths import Project  # noqa: E402
from ojbrottsoffer.publish.analys import Analysis  # noqa: E402

RUNS = 3
UNITS = 320


def whole(analysis: Analysis) -> None:
    """Everything that any page may ask for."""
    for part in (
        "compared_factors", "compared_areas", "compared_indicators", "rank_ranges", "selection",
        "agreement", "unizon", "national_courses", "reliabilities", "factor_scores", "similar",
        "spread_check",
    ):
        getattr(analysis, part)
    for column in ("befolkningsgrupp", "lan"):
        analysis.groups(column)
    for unit in analysis.year.units.index:
        analysis.surprises(unit)


def best(make: Callable[[], Analysis]) -> float:
    spent = []
    for _ in range(RUNS):
        analysis = make()
        started = time.process_time()
        whole(analysis)
        spent.append(time.process_time() - started)
    return min(spent)


def main() -> None:
    published = Analysis.load(Project(ROOT))
    invented = tables(published.tables, UNITS)
    large = edition(invented, YEAR)
    small_units = len(published.year.units)
    print(f"Analysen, {small_units} enheter: {best(lambda: replace(published)):.2f} s CPU")
    made = best(lambda: replace(published, tables=invented, year=large, own="testupplaga"))
    print(f"Analysen, {UNITS} påhittade enheter: {made:.2f} s CPU")
    for assumed, found in published.coverage.items():
        kinds = ", ".join(f"{kind} {100 * share:.1f} % av {n}"
                          for kind, (share, n) in found.shares.items())
        print(f"Täckning i {found.rounds} länder, sann spridning {SIGMA}, antagen {assumed}: {kinds}")


if __name__ == "__main__":
    main()
