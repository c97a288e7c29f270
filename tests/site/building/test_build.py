"""What `make` does: nothing when nothing changed, only what depends on a change, all or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, SOURCES, contents, copied

from ojbrottsoffer.cli.commands import main as command
from ojbrottsoffer.cli.steps import NOTEBOOKS, STEPS, WEBSITE
from ojbrottsoffer.project import Project

pytestmark = pytest.mark.slow

BUILD = "ojbrottsoffer.cli.build"

PARTS = (*(name for step in STEPS for name in step.makes), ".build/stampel", "site")
"""What a build leaves."""


def with_outputs(folder: Path) -> Project:
    """A clone with its outputs, all file times in disorder."""
    clone = copied(folder, *SOURCES, *filter(lambda name: (ROOT / name).exists(), PARTS))
    for number, path in enumerate(sorted(folder.rglob("*"))):
        os.utime(path, (10**9 - number % 997,) * 2)
    return clone


@pytest.fixture
def built(tmp_path: Path) -> Project:
    """One to change and to build in."""
    return with_outputs(tmp_path)


@pytest.fixture(scope="module")
def current(tmp_path_factory) -> Project:
    """One that is left as it is."""
    return with_outputs(tmp_path_factory.mktemp("klon"))


def started(project: Project, *command: str, **settings: str) -> subprocess.Popen:
    """A Python module run in the project, with the project's code, as from a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(project.root / "src"), "PYTHONUNBUFFERED": "1"} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def finished(process: subprocess.Popen) -> subprocess.CompletedProcess:
    out, said = process.communicate(timeout=600)
    return subprocess.CompletedProcess(process.args, process.returncode, out, said)


def run_build(project: Project) -> subprocess.CompletedProcess:
    return finished(started(project, BUILD))


def stale(project: Project) -> list[str]:
    return [step.command for step in STEPS if not step.is_current(project)]


def only_notebook(project: Project, code: str) -> None:
    for path in project.notebooks.glob("*.ipynb"):
        path.unlink()
    cells = [nbformat.v4.new_markdown_cell("# Prov"), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / "09_prov.ipynb")


def test_a_current_clone_is_left_alone(current: Project):
    before = contents(current.root)
    result = run_build(current)
    assert result.returncode == 0
    assert result.stdout.startswith("Inget har ändrats")
    assert str(current.site) in result.stdout
    after = contents(current.root)
    assert {n: d for n, d in after.items() if "__pycache__" not in n and n != ".build/las"} == before


def test_a_change_makes_stale_what_depends_on_it(current: Project):
    assert stale(current) == []
    package = "src/ojbrottsoffer"
    for path, steps in {
        "data/raw/skl-2016/tabell-2-del-5.csv": ["data", "anteckningsbocker"],
        "notebooks/02_kvalitet.ipynb": ["anteckningsbocker"],
        "docs/index.md": ["webbplats"],
        "docs/assets/css/oj.css": ["webbplats"],
        "theme/base.html": ["webbplats"],
        f"{package}/site/hook.py": ["webbplats"],
        f"{package}/site/ny_mall.html": ["webbplats"],
        f"{package}/notebook/show.py": ["anteckningsbocker", "webbplats"],
        f"{package}/project.py": ["data", "anteckningsbocker", "webbplats"],
        f"{package}/schema/ny_modul.py": ["data", "anteckningsbocker", "webbplats"],
        ".build/ny/clean/resultat.csv": ["data", "anteckningsbocker", "webbplats"],
        ".build/ny/site/index.html": ["webbplats"],
        ".build/stampel/data.json": ["data"],
        "README.md": [],
    }.items():
        file = current.root / path
        before = file.read_bytes() if file.exists() else None
        file.write_bytes((before or b"") + b"\nny")
        assert stale(current) == steps, path
        file.unlink() if before is None else file.write_bytes(before)
    assert stale(current) == []


def test_what_is_published_is_made_whole_again(built: Project):
    for path in (built.site / "index.html", built.clean / "resultat.csv"):
        path.write_text("rört", encoding="utf-8")
    result = run_build(built)
    assert result.returncode == 0 and "Utbytt: data/clean/ och site/." in result.stdout
    assert "[" not in result.stdout, "inget steg behövde köras"
    assert contents(built.site) == contents(ROOT / "site")


def test_nothing_planted_is_published(built: Project, capsys):
    site = contents(built.site)
    (replace(built, staged=True).site / "planterad.html").write_text("x", encoding="utf-8")
    (built.site / "index.html").write_text("rört", encoding="utf-8")
    assert command(["--rot", str(built.root), "publicera"]) == 1
    assert "webbplats är inte gjort" in capsys.readouterr().err
    assert contents(built.site).keys() == site.keys()
    (replace(built, staged=True).site / "planterad.html").rename(built.root / "planterad.html")
    unread = replace(built, staged=True).site / "__pycache__"  # no digest has it
    unread.mkdir()
    (built.root / "planterad.html").rename(unread / "planterad.html")
    assert command(["--rot", str(built.root), "publicera"]) == 0
    assert contents(built.site) == site


def test_an_interrupted_build_leaves_what_was_published(built: Project):
    with (built.raw / "skl-2016" / "tabell-2-del-5.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    clean, site = contents(built.clean), contents(built.site)
    process = started(built, BUILD)
    assert "[1/3]" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    result = finished(process)
    assert result.returncode == 130 and "Traceback" not in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    assert stale(built)[0] == "data"


def test_a_setting_is_part_of_the_input(current: Project, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://exempel.invalid/")
    assert stale(current) == ["webbplats"]


def test_a_changed_raw_file_rebuilds_only_what_depends_on_it(built: Project):
    """Also when two builds and a publishing begin at once: the work is done once, and all of it published."""
    only_notebook(built, "1 + 0")
    assert command(["--rot", str(built.root), NOTEBOOKS.command]) == 0
    for step in (NOTEBOOKS, WEBSITE):  # as if the site had been built with that notebook
        step.write_stamp(built, step.inputs(built))
    assert stale(built) == []
    path = built.raw / "skl-2016" / "tabell-2-del-5.csv"
    path.write_bytes(path.read_bytes() + b"\n")  # same cells, other bytes
    clean, site = contents(built.clean), contents(built.site)
    for published in (built.clean, built.site):
        shutil.rmtree(published)
    umask = os.umask(0o077)
    racing = [started(built, *command) for command in ((BUILD,), ("ojbrottsoffer", "publicera"), (BUILD,))]
    os.umask(umask)
    first, refused, second = map(finished, racing)
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert refused.returncode == 0 or "Kör: make" in refused.stderr
    first, second = sorted((first.stdout, second.stdout), key=lambda told: "väntar" in told)
    assert "Utbytt: data/clean/ och site/." in first
    assert "[1/3] klart" in first and "[2/3] klart" in first
    assert "[3/3]" not in first, "webbplatsen byggdes om utan att något den visar ändrats"
    assert "Inget har ändrats" in second and "[" not in second
    assert contents(built.clean) == clean and contents(built.site) == site
    for made in (built.clean, built.site):
        modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (made, *made.rglob("*"))}
        assert modes - {(True, 0o755)} == {(False, 0o644)}


def test_a_broken_raw_file_leaves_everything_as_it_was(built: Project):
    path = built.raw / "skl-2016" / "tabell-1-sida-5-del-1.csv"
    path.write_bytes(path.read_bytes().replace(b"Social jourverksamhet,2", b"Social jourverksamhet,ja"))
    clean, site = contents(built.clean), contents(built.site)
    result = run_build(built)
    assert result.returncode == 1
    assert "”ja”" in result.stderr and "Traceback" not in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    assert stale(built)[0] == "data"


def test_a_later_step_that_fails_leaves_tables_and_site_as_they_were(built: Project):
    """The tables change, then the notebooks fail, then the site: nothing new is published."""
    path = built.reference / "engelska.yml"
    path.write_text(path.read_text("utf-8").replace("Uses a standardised", "Uses one standardised"), "utf-8")
    clean, site = contents(built.clean), contents(built.site)
    only_notebook(built, "1 / 0")
    result = run_build(built)
    assert result.returncode == 1 and "ZeroDivisionError" in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    only_notebook(built, "1 + 0")
    settings = built.root / "mkdocs.yml"
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(f"{whole}okand: ja\n", encoding="utf-8")
    result = run_build(built)
    assert result.returncode == 1 and "'okand'" in result.stderr, "en varning ska räknas som ett fel"
    assert contents(built.clean) == clean and contents(built.site) == site
    assert contents(replace(built, staged=True).clean) != clean, "inget nytt att låta bli att publicera"
    assert stale(built) == ["webbplats"]
    settings.write_text(whole, encoding="utf-8")
    only_notebook(built, "open('../expectations/ny', 'w').close()")
    result = run_build(built)
    assert result.returncode == 1 and "ändrades medan det kördes" in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    assert "anteckningsbocker" in stale(built)


def test_notebooks_are_committed_without_outputs():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs") and not cell.get("execution_count"), path.name
