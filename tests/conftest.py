"""Shared fixtures. `make test` builds the project first; the tests read what it built."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from ojbrottsoffer.checks import trial
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


@pytest.fixture(scope="session")
def project() -> Project:
    """The checkout itself, built. Tests never write to it."""
    built = Project(ROOT)
    assert (built.site / "index.html").exists(), "bygg först: make"
    return built


@pytest.fixture
def scratch(tmp_path: Path) -> Project:
    """A copy of the sources and the published tables that a test may break."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        else:
            shutil.copy(source, tmp_path / name)
    return Project(tmp_path)


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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own; an error in its console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    yield page
    context.close()
    assert not problems


TRIED = trial.try_import


@pytest.fixture(scope="session", autouse=True)
def untried():
    """`importera` does not run the gate on what it is about to write: the tests of whole editions
    run it themselves right after. `tried` is for the tests that are about that run."""
    patch = pytest.MonkeyPatch()
    patch.setattr(trial, "try_import", lambda *arguments: None)
    yield
    patch.undo()


@pytest.fixture
def tried(monkeypatch) -> None:
    monkeypatch.setattr(trial, "try_import", TRIED)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: relative name -> bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
