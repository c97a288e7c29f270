"""`make audit`: every page of the site, and of an invented national one, in Chromium and through
the Nu HTML Checker. Writes what it found to data/reference/tillganglighet.json, which the
accessibility statement is made of. Stopped and started again, it goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from audit import checked, look  # noqa: E402
from playwright.sync_api import Browser, Playwright, sync_playwright  # noqa: E402
from synthetic import make_project  # noqa: E402

from ojbrottsoffer.checks.records.audit_record import FILE_NAME, Audited  # noqa: E402
from ojbrottsoffer.cli.arguments import Parser  # noqa: E402
from ojbrottsoffer.project import Project, find_project  # noqa: E402
from ojbrottsoffer.site.assemble import build_site  # noqa: E402
from ojbrottsoffer.sources.parse.json_records import stamp  # noqa: E402
from tools.audit.pagetypes import by_type, file_of  # noqa: E402
from tools.programs import program  # noqa: E402
from tools.server import serving  # noqa: E402

WIDTHS = (1280, 360)
UNITS = 320
NAMED = re.compile(r'''(?:\b(?:src|href)=|\bfrom |\bimport )"([^"?#:]+\.(?:css|js))"''')


class Journal:
    """What was found on each page, kept while the audit runs: started again, it goes on where it
    was. A page counts as seen only as long as it, its style sheet and its scripts are the same.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.path, self.version = path, version
        self.lock = Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith("\n")]
        path.write_text("".join(whole), encoding="utf-8")
        self.seen: dict[str, list[str]] = dict(json.loads(line) for line in whole)

    def add(self, key: str, problems: list[str]) -> None:
        self.seen[key] = problems
        with self.lock, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, problems], ensure_ascii=False) + "\n")


@lru_cache(maxsize=4096)
def digest_of(path: Path, _changed: int) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def shown_with(site: Path, page: Path) -> set[Path]:
    """The page, the style sheets and scripts that it names, and the scripts that they import."""
    found: set[Path] = set()
    left = {page}
    while left:
        path = left.pop()
        found.add(path)
        named = NAMED.findall(path.read_text(encoding="utf-8"))
        left |= {to for name in named if (to := (path.parent / name).resolve()).is_file()} - found
    return found


def started(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )


def shown(
    browser: Browser, address: str, pages: Iterator[tuple[str, bool]]
) -> Iterator[tuple[str, list[str]]]:
    """What is wrong with each page at both widths. Colours are the same at both, so they are looked
    at in the wide window, light and dark; in the narrow one on the largest page of each type."""
    with ExitStack() as stack:
        wide, narrow = (
            stack.enter_context(
                browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
            ).new_page()
            for width in WIDTHS
        )
        for one, largest in pages:
            problems = look(
                wide, address, f"/{one}", dark=True, narrow=0 if largest else WIDTHS[1], every=True
            )
            if largest:
                problems += look(narrow, address, f"/{one}", dark=True, every=True)
            yield one, problems


def look_at_all(site: Path, types: dict[str, list[str]], journal: Journal) -> dict[str, list[str]]:
    """Page -> problems. As many browsers as the machine has processors share the pages."""
    found: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    left: SimpleQueue[tuple[str, bool]] = SimpleQueue()
    begun = time.perf_counter()
    for pages in types.values():
        for one in pages:
            files = sorted(shown_with(site, file_of(site, one).resolve()))
            about = hashlib.sha256(f"{journal.version} {one} {one == pages[0]}".encode())
            for path in files:
                about.update(digest_of(path, path.stat().st_mtime_ns))
            keys[one] = about.hexdigest()
            if keys[one] in journal.seen:
                found[one] = journal.seen[keys[one]]
            else:
                left.put((one, one == pages[0]))

    def taken() -> Iterator[tuple[str, bool]]:
        while True:
            try:
                yield left.get_nowait()
            except Empty:
                return

    def work(address: str) -> None:
        with sync_playwright() as playwright:
            browser = started(playwright)
            for one, problems in shown(browser, address, taken()):
                journal.add(keys[one], problems)
                found[one] = problems
                if len(found) % 25 == 0:
                    print(
                        f"  {len(found)} av {len(keys)} sidor, {time.perf_counter() - begun:.0f} s",
                        flush=True,
                    )
            browser.close()

    workers = os.cpu_count() or 1
    with serving(site) as address, ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, [address] * workers))
    return found


def walk(site: Path, types: dict[str, list[str]], journal: Journal) -> list[Audited]:
    """Looks at the pages of each type, and checks the HTML of them all at once."""
    begun = time.perf_counter()
    found = look_at_all(site, types, journal)
    invalid = checked([file_of(site, one) for pages in types.values() for one in pages])
    done = []
    for kind, pages in types.items():
        problems = [problem for one in pages for problem in found[one]]
        names = {file_of(site, one).relative_to(site).as_posix() for one in pages}
        html = [said for said in invalid if said.split(" rad ")[0] in names]
        axe = [problem for problem in problems if " axe " in problem]
        done.append(Audited(kind, len(pages), len(axe), len(problems) - len(axe), len(html)))
        print(
            f"{kind}: {len(pages)} sidor, axe {len(axe)}, övrigt {len(problems) - len(axe)}, "
            f"html {len(html)}",
            flush=True,
        )
        print("".join(f"    {line}\n" for line in dict.fromkeys([*problems, *html])), end="")
    total, spent = len(found), time.perf_counter() - begun
    assert sum(row.html for row in done) == len(invalid), invalid
    print(f"{total} sidor på {spent:.0f} s, {spent / max(total, 1):.2f} s per sida", flush=True)
    return done


def main() -> int:
    parser = Parser(description=__doc__)
    parser.add_argument("--per-typ", type=int, help="högst så många sidor av varje sidtyp")
    parser.add_argument("--utan-landet", action="store_true", help="hoppa över den påhittade utgåvan")
    parser.add_argument("--typ", action="append", help="bara den här sidtypen; de andra behåller sitt utfall")
    arguments = parser.parse_args()
    project: Project = find_project()

    def chosen(site: Path) -> dict[str, list[str]]:
        return {
            kind: pages[: arguments.per_typ]
            for kind, pages in by_type(site).items()
            if not arguments.typ or kind in arguments.typ
        }

    with sync_playwright() as playwright:
        browser = started(playwright)
        version = browser.version
        browser.close()
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(project.work / "granskning.jsonl", version)
        styles = checked([], styles=True)
        print(
            f"stilmallarna: {len(styles)} fel\n" + "".join(f"    {line}\n" for line in styles),
            end="",
            flush=True,
        )
        rows = walk(project.site, chosen(project.site), journal)
        if not arguments.utan_landet:
            print(f"Påhittad utgåva med {UNITS} enheter:", flush=True)
            national = make_project(project, Path(folder), UNITS)
            if build_site(national) != 0:
                return 1
            rows_national = walk(national.site, chosen(national.site), journal)
        else:
            rows_national = []
    problems = sum(row.axe + row.ovrigt + row.html for row in [*rows, *rows_national]) + len(styles)
    result = {
        "css": len(styles),
        **stamp(),
        "chromium": version.split(".")[0],
        "sidor_i_landet": sum(row.sidor for row in rows_national),
        "fel_i_landet": sum(row.axe + row.ovrigt + row.html for row in rows_national),
        "typer": [asdict(row) for row in rows],
    }
    if arguments.typ:
        before = json.loads((project.reference / FILE_NAME).read_text(encoding="utf-8"))
        new = {row["sidtyp"]: row for row in result["typer"]}
        kept = {row["sidtyp"]: row for row in before["typer"]} | new
        result = before | {"typer": list(kept.values())}
    (project.reference / FILE_NAME).write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(f"{problems} fel. Skrivet till {project.relative(project.reference / FILE_NAME)}.")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
