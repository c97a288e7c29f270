"""Measures what is set for paper, sharing and meetings: CPU, bytes and peak memory by kind, for the
units of the published edition and for an invented edition of 320 units. Part of `make bench`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.bench.measuring import RUNS, forked, row

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from synthetic import make_project  # noqa: E402

from ojbrottsoffer.project import Project  # noqa: E402
from ojbrottsoffer.site.pages.site_pages import SitePages  # noqa: E402
from ojbrottsoffer.site.paper import pictures, profile_pdf, role_sheets  # noqa: E402
from ojbrottsoffer.site.paper.shared_files import printer_of  # noqa: E402
from ojbrottsoffer.site.slides import unit_slides  # noqa: E402

MANY = 320
Files = Callable[[], Iterator[tuple[str, bytes]]]


def measure(project: Project) -> None:
    """Makes every kind of a project's latest edition, each in a process that has read its tables."""
    made = SitePages.load(project)
    units = len(made.latest.own_units)
    kinds: dict[str, Files] = {
        "profiler (PDF)": lambda: profile_pdf.all_files(made.editions, printer_of(made.latest)),
        "rollblad (PDF)": lambda: role_sheets.all_files(made.editions, printer_of(made.latest)),
        "bilder (PNG)": lambda: pictures.all_files(made.editions, printer_of(made.latest)),
        "bildspel (PPTX)": lambda: unit_slides.all_files(made.editions, printer_of(made.latest), every=True),
    }
    for kind, files in kinds.items():

        def size(kind: str = kind, files: Files = files) -> None:
            found = sum(len(content) for name, content in files() if name.startswith("kommuner/"))
            print(f"{kind + ', per enhet':<44}{found / units / 1000:>8.0f} kB", flush=True)

        row(f"{kind}, {units} enheter", [forked(lambda files=files: list(files())) for _ in range(RUNS)])
        forked(size)  # in a copy too: what Typst starts does not live on in the next


def main() -> None:
    project = Project(ROOT)
    measure(project)
    with tempfile.TemporaryDirectory() as name:
        measure(make_project(project, Path(name) / "projekt", MANY))


if __name__ == "__main__":
    main()
