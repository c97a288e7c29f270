"""Measures what depends on the machine: Lighthouse per page type, and LCP and layout shift at both
widths in Chromium with the processor slowed down four times. Median of three. Part of `make bench`.

Lighthouse is fetched with npm at a pinned version into .build/verktyg/.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from ojbrottsoffer.project import find_project
from tools.audit.pagetypes import by_type
from tools.programs import program
from tools.server import serving

VERSION = "13.5.0"
RUNS = 3
WIDTHS = (1280, 360)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
OBSERVE = """() => new Promise((resolve) => {
  let lcp = 0, cls = 0;
  new PerformanceObserver((list) => { for (const e of list.getEntries()) lcp = e.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) cls += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve([lcp, cls]), 500);
})"""


def lighthouse(tools: Path, chromium: str, address: str) -> dict[str, int]:
    """Scores of 100, median of the runs. A run that Lighthouse could not record is done again."""
    runs: list[dict[str, int]] = []
    for _ in range(2 * RUNS):
        if len(runs) == RUNS:
            break
        out = subprocess.run(
            [
                tools / "node_modules/.bin/lighthouse",
                address,
                "--quiet",
                "--output",
                "json",
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
                f"--only-categories={','.join(CATEGORIES)}",
            ],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"CHROME_PATH": chromium},
        )
        if out.returncode != 0:
            continue
        found = json.loads(out.stdout)["categories"]
        runs.append({name: round(100 * found[name]["score"]) for name in CATEGORIES})
    if not runs:
        raise SystemExit(f"Lighthouse kunde inte mäta {address}")
    return {name: int(statistics.median(run[name] for run in runs)) for name in CATEGORIES}


def painted(browser, address: str, width: int) -> tuple[float, float, int, int]:
    """LCP in ms and layout shift, median of the runs; bytes and requests of a first visit."""
    runs = []
    for _ in range(RUNS):
        with browser.new_context(viewport={"width": width, "height": 900}) as context:
            page = context.new_page()
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            sizes: list[int] = []
            page.on("requestfinished", lambda r, s=sizes: s.append(r.sizes()["responseBodySize"]))
            page.goto(address, wait_until="load")
            lcp, cls = page.evaluate(OBSERVE)
            runs.append((lcp, cls, sum(sizes), len(sizes)))
    return tuple(statistics.median(column) for column in zip(*runs, strict=True))


def main() -> None:
    project, chromium = find_project(), program("chromium")
    wanted = set(sys.argv[1:])
    tools = project.work / "verktyg" / f"lighthouse-{VERSION}"
    if not (tools / "node_modules/.bin/lighthouse").exists():
        tools.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                "npm",
                "install",
                "--silent",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--prefix",
                str(tools),
                f"lighthouse@{VERSION}",
            ],
            check=True,
        )
    print(
        f"{'Sidtyp':<18}{'Lighthouse (prestanda/tillg./praxis/sök)':<42}"
        f"{'LCP 4x':>9}{'CLS':>8}{'LCP 360':>9}{'CLS':>8}{'kB':>7}{'begäranden':>12}"
    )
    with serving(project.site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for kind, pages in by_type(project.site).items():
            if wanted and kind not in wanted:
                continue
            scores = lighthouse(tools, chromium, f"{url}/{pages[0]}")
            both = [painted(browser, f"{url}/{pages[0]}", width) for width in WIDTHS]
            print(
                f"{kind:<18}{'/'.join(map(str, scores.values())):<42}"
                + "".join(f"{lcp:>6.0f} ms{cls:>8.3f}" for lcp, cls, _, _ in both)
                + f"{both[0][2] / 1000:>7.1f}{both[0][3]:>12.0f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
