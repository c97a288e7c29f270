"""Measures the profiles as PDF: CPU, wall and peak memory for the units of the published edition and
for an invented edition of 320 units. Part of `make bench`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.bench.measuring import RUNS, forked, row

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from synthetic import make_project  # noqa: E402

from ojbrottsoffer.project import Project  # noqa: E402
from ojbrottsoffer.site.pages.site_pages import SitePages  # noqa: E402
from ojbrottsoffer.site.paper.profile_pdf import Printer  # noqa: E402
from ojbrottsoffer.site.words.citation import released  # noqa: E402

MANY = 320


def measure(project: Project) -> None:
    """Sets every PDF of a project's latest edition, in a process that has read its tables."""
    edition = SitePages.load(project).latest
    units = len(edition.own_units)

    def work() -> None:
        printer = Printer(released(project))
        for unit in edition.own_units:
            printer.profile(edition, unit)

    found = row(f"profiler som PDF, {units} enheter", [forked(work) for _ in range(RUNS)])
    print(f"{'per enhet':<44}{1000 * found.cpu / units:>8.0f} ms CPU", flush=True)


def main() -> None:
    project = Project(ROOT)
    measure(project)
    with tempfile.TemporaryDirectory() as name:
        measure(make_project(project, Path(name) / "projekt", MANY))


if __name__ == "__main__":
    main()
