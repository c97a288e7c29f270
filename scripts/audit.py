"""`make audit`: every page of the site, and of an invented national one, in Chromium and through
the Nu HTML Checker. Writes what it found to data/reference/tillganglighet.json, which the
accessibility statement is made of. Stopped and started again, it goes on where it was.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from audit import checked, look  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from synthetic import make_project  # noqa: E402

from ojbrottsoffer.paths import Project, find_project  # noqa: E402
from ojbrottsoffer.publish.accessibility import RESULT, Audited  # noqa: E402
from ojbrottsoffer.publish.pagetypes import by_type, file_of  # noqa: E402
from ojbrottsoffer.publish.server import serving  # noqa: E402
from ojbrottsoffer.publish.site import build_site  # noqa: E402

WIDTHS = (1280, 360)
UNITS = 320


class Journal:
    """What was found on each page, kept while the audit runs: started again, it goes on where it
    was. A page counts as seen only as long as it, the style sheets and the scripts are the same.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith("\n")]
        path.write_text("".join(whole), encoding="utf-8")
        self.seen: dict[str, list[str]] = dict(json.loads(line) for line in whole)

    def add(self, key: str, problems: list[str]) -> None:
        self.seen[key] = problems
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, problems], ensure_ascii=False) + "\n")


def shared_digest(site: Path) -> str:
    """Of what every page is shown with."""
    files = sorted(path for path in (site / "assets").rglob("*") if path.suffix in (".css", ".js"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def walk(site: Path, types: dict[str, list[str]], browser, journal: Journal) -> list[Audited]:
    """Looks at the pages of each type at both widths, and at their colours in the dark scheme."""
    done, shared = [], shared_digest(site)
    total, number, begun = sum(map(len, types.values())), 0, time.perf_counter()
    with serving(site) as address, ExitStack() as stack:
        contexts = [stack.enter_context(browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce")) for width in WIDTHS]
        windows = [context.new_page() for context in contexts]
        for kind, pages in types.items():
            problems: list[str] = []
            for one in pages:
                html = file_of(site, one).read_bytes()
                key = hashlib.sha256(f"{shared} {browser.version} {one} ".encode() + html).hexdigest()
                if key not in journal.seen:
                    journal.add(key, [problem for window in windows
                                      for problem in look(window, address, f"/{one}", dark=True)])
                problems += journal.seen[key]
                number += 1
                if number % 25 == 0:
                    print(f"  {number} av {total} sidor, {time.perf_counter() - begun:.0f} s", flush=True)
            invalid = checked([file_of(site, one) for one in pages])
            axe = [problem for problem in problems if " axe " in problem]
            done.append(Audited(kind, len(pages), len(axe), len(problems) - len(axe), len(invalid)))
            print(f"{kind}: {len(pages)} sidor, axe {len(axe)}, övrigt {len(problems) - len(axe)}, "
                  f"html {len(invalid)}", flush=True)
            print("".join(f"    {line}\n" for line in dict.fromkeys([*problems, *invalid])), end="")
    spent = time.perf_counter() - begun
    print(f"{total} sidor på {spent:.0f} s, {spent / max(total, 1):.2f} s per sida", flush=True)
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
        journal = Journal(project.work / "granskning.jsonl")
        styles = checked([], styles=True)
        print(f"stilmallarna: {len(styles)} fel\n" + "".join(f"    {line}\n" for line in styles), end="", flush=True)
        rows = walk(project.site, chosen(project.site), browser, journal)
        if not arguments.utan_landet:
            print(f"Påhittad utgåva med {UNITS} enheter:", flush=True)
            national = make_project(project, Path(folder), UNITS)
            if build_site(national) != 0:
                return 1
            rows_national = walk(national.site, chosen(national.site), browser, journal)
        else:
            rows_national = []
        version = browser.version
        browser.close()
    problems = sum(row.axe + row.other + row.html for row in [*rows, *rows_national]) + len(styles)
    result = {
        "css": len(styles), "datum": datetime.date.today().isoformat(), "chromium": version.split(".")[0],
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
