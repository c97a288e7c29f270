"""Shared fixtures. `make test` builds the project first; the tests read what it built."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ojbrottsoffer.project import Project
from tools.programs import program
from tools.server import serving

# A shell lets a job in the background ignore Ctrl+C, and what the tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "data",
    "expectations",
    "notebooks",
    "docs",
    "theme",
    "src",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.lock",
    "CHANGELOG.md",
    "CITATION.cff",
)
"""What a build reads."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a test that waits for Chromium or a program uses none."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files with slow tests first, so that no processor waits at the end. Whatever needs a browser is slow."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: not item.get_closest_marker("slow"))


@pytest.fixture(scope="session")
def project() -> Project:
    """The checkout itself, built. Tests never write to it."""
    built = Project(ROOT)
    assert (built.site / "index.html").exists(), "bygg först: make"
    return built


def copied(folder: Path, *names: str) -> Project:
    """A project in `folder` with these of the checkout's files and folders; its own to write in."""
    for name in names:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, target)
    return Project(folder)


@pytest.fixture
def scratch(tmp_path: Path) -> Project:
    """What the gate reads, and the published tables: for a test to break."""
    return copied(tmp_path, "data", "expectations")


@pytest.fixture
def sources(tmp_path: Path) -> Project:
    """A copy of all that a build reads, and of the published tables."""
    return copied(tmp_path, *SOURCES)


@pytest.fixture(scope="session")
def site_url(project: Project) -> Iterator[str]:
    """The built site, served on this machine only, with the headers that a host should send."""
    with serving(project.site) as address:
        yield address


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Browser, **options: object) -> Iterator[BrowserContext]:
    """A window for many tests, each in a page of its own: Chromium draws a whole program round every
    window, which takes longer than to load a page in it. It is kept open by a page that nobody uses.
    """
    with browser.new_context(viewport={"width": 1280, "height": 900}, **options) as context:
        context.new_page()
        yield context
        assert not context.cookies()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    yield from opened(browser, reduced_motion="reduce")


@pytest.fixture(scope="session")
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    yield from opened(browser, java_script_enabled=False)


@pytest.fixture
def bare(window: BrowserContext) -> Iterator[Page]:
    """A page of its own."""
    with window.new_page() as page:
        yield page


@pytest.fixture
def plain(scriptless: BrowserContext) -> Iterator[Page]:
    """A page that runs no scripts."""
    with scriptless.new_page() as page:
        yield page


@pytest.fixture
def page(bare: Page) -> Iterator[Page]:
    """A page of its own; an error in its console fails the test."""
    problems: list[str] = []
    bare.on("pageerror", lambda error: problems.append(str(error)))
    bare.on("console", lambda message: problems.append(message.text))
    yield bare
    assert not problems


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: relative name -> bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def in_runs(names: Iterable[str], together: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Damages by the run of the gate that meets them: those `together` are all told by one, since
    they are in different places and found at the same stage; each of the others has one of its own.
    """
    taken = {name for group in together for name in group}
    return [(name,) for name in names if name not in taken] + list(together)


def assert_told(message: str, damages: list[tuple[str, ...]]) -> None:
    """Of several damages, each has a finding of its own that says all its parts."""
    findings = message.split("\n\n") if len(damages) > 1 else [message]
    for parts in damages:
        missing = min(([part for part in parts if part not in found] for found in findings), key=len)
        assert not missing, f"{missing} saknas i:\n{message}"
