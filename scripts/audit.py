"""`make audit`: every page of the site, and of an invented national one, in Chromium and through
the Nu HTML Checker. Writes what it found to data/reference/tillganglighet.json, which the
accessibility statement is made of.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from audit import AXE, COLOURS, html_errors, look  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from synthetic import make_project  # noqa: E402

from ojbrottsoffer.paths import Project, find_project  # noqa: E402
from ojbrottsoffer.publish.accessibility import RESULT, Audited  # noqa: E402
from ojbrottsoffer.publish.pagetypes import by_type, file_of  # noqa: E402
from ojbrottsoffer.publish.server import serving  # noqa: E402
from ojbrottsoffer.publish.site import build_site  # noqa: E402

WIDTHS = (1280, 360)
UNITS = 320


def walk(site: Path, types: dict[str, list[str]], browser) -> list[Audited]:
    """Looks at the pages of each type at both widths, and their colours in the dark scheme."""
    done = []
    with serving(site) as address:
        for kind, pages in types.items():
            started, problems = time.perf_counter(), []
            for width in WIDTHS:
                for scheme, rules in (("light", AXE), ("dark", COLOURS)):
                    with browser.new_context(viewport={"width": width, "height": 900},
                                             color_scheme=scheme, reduced_motion="reduce") as context:
                        page = context.new_page()
                        for one in pages:
                            problems += look(page, address, f"/{one}", rules)
            invalid = html_errors([file_of(site, one) for one in pages])
            axe = [problem for problem in problems if " axe " in problem]
            done.append(Audited(kind, len(pages), len(axe), len(problems) - len(axe), len(invalid)))
            print(f"{kind}: {len(pages)} sidor, axe {len(axe)}, övrigt {len(problems) - len(axe)}, "
                  f"html {len(invalid)} ({time.perf_counter() - started:.0f} s)", flush=True)
            print("".join(f"    {line}\n" for line in dict.fromkeys([*problems, *invalid])), end="")
    return done


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-typ", type=int, help="högst så många sidor av varje sidtyp")
    parser.add_argument("--utan-landet", action="store_true", help="hoppa över den påhittade utgåvan")
    parser.add_argument("--typ", action="append", help="bara den här sidtypen; de andra behåller sitt utfall")
    arguments = parser.parse_args()
    project: Project = find_project()

    def chosen(site: Path) -> dict[str, list[str]]:
        return {kind: pages[:arguments.per_typ] for kind, pages in by_type(site).items()
                if not arguments.typ or kind in arguments.typ}

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"])
        rows = walk(project.site, chosen(project.site), browser)
        if not arguments.utan_landet:
            print(f"Påhittad utgåva med {UNITS} enheter:", flush=True)
            national = make_project(project, Path(folder), UNITS)
            if build_site(national) != 0:
                return 1
            rows_national = walk(national.site, chosen(national.site), browser)
        else:
            rows_national = []
        version = browser.version
        browser.close()
    problems = sum(row.axe + row.other + row.html for row in [*rows, *rows_national])
    result = {
        "datum": datetime.date.today().isoformat(), "chromium": version.split(".")[0],
        "sidor_i_landet": sum(row.pages for row in rows_national),
        "fel_i_landet": sum(row.axe + row.other + row.html for row in rows_national),
        "typer": [row.as_dict() for row in rows],
    }
    if arguments.typ:
        before = json.loads((project.root / RESULT).read_text(encoding="utf-8"))
        new = {row["sidtyp"]: row for row in result["typer"]}
        kept = {row["sidtyp"]: row for row in before["typer"]} | new
        result = before | {"typer": list(kept.values())}
    (project.root / RESULT).write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{problems} fel. Skrivet till {RESULT}.")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
