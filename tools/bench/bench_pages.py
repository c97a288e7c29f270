"""Measures what a reader waits for: bytes and requests until a profile's first chart, LCP on a
slow computer, from a key to the list of suggestions among 320 units, and what a profile costs to
build. Part of `make bench`.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.bench import measuring
from tools.bench.measuring import forked, row

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from synthetic import make_project  # noqa: E402

from ojbrottsoffer.project import Project  # noqa: E402
from ojbrottsoffer.site.assemble import build_site  # noqa: E402
from tools.programs import program  # noqa: E402

RUNS = 5
THROTTLING = 4
FEW, MANY = 20, 320
"""Units of the two invented editions whose difference gives the cost of a profile; the larger one is
also where the boxes are tried."""
TYPED = "testkommun 21"
WIDTHS = {"dator": 1280, "mobil": 360}
FIRST, NEXT = "kommuner/tyreso/", "kommuner/lund/"

PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
  done(list.getEntries().at(-1).startTime)
).observe({ type: "largest-contentful-paint", buffered: true }))"""
FETCHED = """() => {
  const all = [...performance.getEntriesByType("navigation"),
               ...performance.getEntriesByType("resource")].filter((entry) => entry.transferSize);
  return [all.length, all.reduce((sum, entry) => sum + entry.encodedBodySize, 0)];
}"""

# From the key's own time to when the list has been drawn, also where the list is fetched first.
WATCH = """([box, list]) => {
  window.keys = [];
  document.querySelector(box).addEventListener("keydown", (key) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => window.keys.push(performance.now() - key.timeStamp)));
    });
    watch.observe(document.querySelector(list), { childList: true, subtree: true, attributes: true, characterData: true });
  }, true);
}"""
BOXES = {
    "val i sökrutan": ("", "[data-oj-sok] input", "[data-oj-sok] [role=listbox]"),
    "val i jämförelsen": (
        "jamfor/",
        ".oj-jamfor__val input[role=combobox]",
        ".oj-jamfor__val [role=listbox]",
    ),
    "filter i listan": ("kommuner/", ".oj-verktyg input[type=search]", ".oj-verktyg__status"),
}
"""Name -> page, box, and what changes when a key is pressed."""


class Gzipped(http.server.SimpleHTTPRequestHandler):
    """Compresses text and lets shared files be kept, as a web server is set to do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        packed = path.suffix in (".html", ".css", ".js", ".json", ".svg")
        body = gzip.compress(body, 6) if packed else body
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache" if path.suffix == ".html" else "max-age=3600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Gzipped, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def until_chart(page: Page, address: str) -> tuple[int, int]:
    """Requests and gzipped bytes when the page is loaded; its charts are in the HTML."""
    page.goto(address, wait_until="load")
    page.locator("svg.oj-rutor__omrade, svg.oj-landet").first.wait_for()
    return page.evaluate(FETCHED)


def largest_paint(browser: Browser, address: str, width: int) -> float:
    """Milliseconds to LCP on a first visit with the processor slowed down."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})
    page.goto(address, wait_until="load")
    found = page.evaluate(PAINT)
    context.close()
    return found


def keys(browser: Browser, address: str, box: str, shown: str) -> tuple[list[float], float]:
    """Milliseconds from each key to its list on a slow computer, and the CPU time of the page's own
    thread per key, which says the same of a computer that is busy with other things.
    """
    context = browser.new_context(viewport={"width": WIDTHS["dator"], "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.locator(box).first.wait_for()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate(WATCH, [box, shown])
    page.locator(box).first.focus()
    page.wait_for_load_state("networkidle")
    for number, key in enumerate(TYPED, start=1):
        page.keyboard.press("Space" if key == " " else key)
        while len(found := page.evaluate("() => window.keys")) < number:
            page.wait_for_timeout(20)
    used = session.send("Performance.getMetrics")["metrics"]
    context.close()
    spent = next(metric["value"] for metric in used if metric["name"] == "TaskDuration")
    return found, 1000 * spent / len(TYPED)


def invented_site(project: Project, folder: Path, units: int) -> tuple[Project, float]:
    """A built invented edition and the CPU seconds it took."""
    made = make_project(project, folder / str(units), units)

    def build() -> None:
        if build_site(made) != 0:
            raise SystemExit("bygget misslyckades")

    found = row(f"bygga sidorna, {units} enheter", [forked(build) for _ in range(measuring.RUNS)])
    return made, found.cpu


def main() -> None:
    project, chromium = Project(ROOT), program("chromium")
    with sync_playwright() as playwright, served(project.site) as url:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context().new_page()
        for name, address in (("första besöket", FIRST), ("nästa profil", NEXT)):
            requests, size = until_chart(page, url + address)
            print(
                f"profil till första diagrammet, {name:<14}{size / 1000:>8.1f} kB gzip, {requests} begäranden"
            )
        for name, width in WIDTHS.items():
            times = [largest_paint(browser, url + FIRST, width) for _ in range(RUNS)]
            print(
                f"profil, största innehållet ritat, {name:<11}{statistics.median(times):>8.0f} ms "
                f"(processorn {THROTTLING} gånger långsammare, median av {RUNS})"
            )
        with tempfile.TemporaryDirectory() as name:
            (_, few), (made, many) = (invented_site(project, Path(name), units) for units in (FEW, MANY))
            with served(made.site) as large:
                for what, (address, box, shown) in BOXES.items():
                    (first, *later), spent = keys(browser, large + address, box, shown)
                    print(
                        f"{what + f', {MANY} enheter':<46}{statistics.median(later):>8.0f} ms per tangent, "
                        f"längst {max(later):.0f}, den första {first:.0f}; {spent:.0f} ms CPU "
                        f"(processorn {THROTTLING} gånger långsammare)"
                    )
        browser.close()
    print(
        f"profil att bygga{'':<28}{1000 * (many - few) / (MANY - FEW):>8.0f} ms CPU per profil "
        f"({MANY} enheter mot {FEW})"
    )


if __name__ == "__main__":
    main()
