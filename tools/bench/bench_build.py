"""Measures what `make bench` promises: build time and memory, the unchanged `make`, how soon
`make serve` shows a change, page weight.

Every figure is the median of `RUNS`; how it is measured stands in `measuring`.
"""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tools.bench.measuring import RUNS, measured, row

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds to wait for a page."""
MALLAR = "src/ojbrottsoffer/site/templates"
CHANGES = (
    ("en ändrad text", "docs/om/index.md", "\n# ", "\n{}\n", "om/"),
    ("en ändrad text på startsidan", "docs/index.md", "\n## ", "\n\n{}\n", ""),
    ("en ändrad mall", f"{MALLAR}/unit/profile.html", "<h2 ", "<p>{}</p>", "kommuner/tyreso/"),
    (
        "en ändrad stilmall",
        "docs/assets/css/oj.css",
        ":root",
        '[data-prov="{}"] {{ color: red; }}\n',
        "assets/css/webbplats.css",
    ),
)
"""What is changed, the file, the text that the change is put before, the change, the page."""
SOURCES = (
    "data",
    "expectations",
    "notebooks",
    "docs",
    "theme",
    "src",
    "mkdocs.yml",
    "Makefile",
    "tools",
    "pyproject.toml",
    "requirements.lock",
    "CHANGELOG.md",
    "CITATION.cff",
)


def copy_of_project(folder: Path) -> None:
    """The sources, and the environment as a link."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")


def page_weight(page: Path) -> tuple[int, int, int]:
    """Gzipped bytes of a page alone and with the scripts, styles and images it refers to."""
    html = page.read_text(encoding="utf-8")
    own = len(gzip.compress(html.encode()))
    names = set(re.findall(r'<(?:script|img)[^>]+src="([^"]+)"', html))
    names |= set(re.findall(r'<link[^>]+href="([^"]+)"[^>]*rel="(?:stylesheet|icon)"', html))
    names |= set(re.findall(r'<link[^>]+rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"', html))
    shared = [page.parent / name.split("?")[0] for name in names]
    return own, own + sum(len(gzip.compress(p.read_bytes())) for p in shared), len(shared) + 1


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def seen(address: str, text: str) -> float:
    """Seconds until a page has a text, asked for again and again as by an eager reader."""
    started = time.perf_counter()
    while time.perf_counter() - started < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if text in answer.read().decode("utf-8"):
                    return time.perf_counter() - started
        except OSError:  # it is starting, or starting over
            pass
        time.sleep(0.05)
    raise SystemExit(f"{address} visar aldrig ”{text}”")


def serving(folder: Path) -> None:
    """From a change on the disk to a page that shows it, with the server of `make serve`."""
    number = port()
    url = f"http://127.0.0.1:{number}/"
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{number}"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        stdout=subprocess.DEVNULL,
    )
    try:
        print(f"{'make serve, tills första sidan visas':<44}{seen(url, '</html>'):>8.2f} s vägg")
        for what, name, before, after, address in CHANGES:
            times = []
            for turn in range(RUNS):
                path, said = folder / name, f"Ändring {turn} i {Path(name).stem}"
                text = path.read_text(encoding="utf-8")
                path.write_text(text.replace(before, after.format(said) + before, 1), encoding="utf-8")
                times.append(seen(url + address, said))
            print(f"{f'make serve, {what}':<44}{statistics.median(times):>8.2f} s vägg tills den syns")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    print(f"Median av {RUNS} körningar, {os.cpu_count()} kärnor")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_project(folder)
        clean, unchanged = [], []
        for _ in range(RUNS):
            for made in (".build", "site"):
                shutil.rmtree(folder / made, ignore_errors=True)
            clean.append(measured(["make"], folder))
            unchanged.append(measured(["make"], folder))
        row("make från början, miljön klar", clean)
        row("make igen, inget ändrat", unchanged)
        serving(folder)
    for page in ("index.html", "kommuner/tyreso/index.html"):
        own, total, requests = page_weight(ROOT / "site" / page)
        print(
            f"{page:<44}{own / 1000:>8.1f} kB gzip{total / 1000:>8.1f} kB med gemensamma filer, "
            f"{requests} begäranden"
        )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
