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
from conftest import ROOT, contents

from ojbrottsoffer import digest
from ojbrottsoffer.cli import steps
from ojbrottsoffer.project import Project
from ojbrottsoffer.transaction import fresh, publish, recover


@pytest.fixture
def built(scratch: Project) -> Project:
    """A clone with its outputs, all file times in disorder."""
    for name in (".build", "site"):
        shutil.copytree(ROOT / name, scratch.root / name)
    for number, path in enumerate(sorted(scratch.root.rglob("*"))):
        os.utime(path, (10**9 - number % 997,) * 2)
    return scratch


def run_build(project: Project) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(project.root / "src")}
    return subprocess.run(
        [sys.executable, "-m", "ojbrottsoffer.cli.steps"],
        cwd=project.root,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_a_current_clone_is_left_alone(built: Project):
    before = contents(built.root)
    result = run_build(built)
    assert result.returncode == 0
    assert result.stdout.startswith("Inget har ändrats")
    assert str(built.site) in result.stdout
    after = contents(built.root)
    assert {n: d for n, d in after.items() if "__pycache__" not in n} == before


def stale(project: Project) -> list[str]:
    return [step.name for step in steps.STEPS if not steps.is_current(project, step)]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("data/raw/skl-2016/tabell-2-del-5.csv", ["data", "anteckningsbocker"]),
        ("notebooks/02_kvalitet.ipynb", ["anteckningsbocker"]),
        ("docs/index.md", ["webbplats"]),
        ("docs/assets/css/oj.css", ["webbplats"]),
        (".build/ny/clean/resultat.csv", ["data", "anteckningsbocker", "webbplats", "publicering"]),
        ("data/clean/resultat.csv", ["publicering"]),
        ("site/index.html", ["publicering"]),
        ("README.md", []),
    ],
)
def test_a_change_makes_stale_what_depends_on_it(built: Project, path: str, steps: list[str]):
    assert stale(built) == []
    with (built.root / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert stale(built) == steps


def test_a_file_is_read_again_unless_the_file_system_says_it_is_the_same(tmp_path: Path, monkeypatch):
    path = tmp_path / "fil"

    def write(text: str) -> None:
        path.write_text(text)
        os.utime(path, (1, 1))

    write("ett")
    just_written = digest.file_digest(str(path))
    assert str(path) not in digest.KNOWN, "en ny ändring kan komma i samma ögonblick"
    monkeypatch.setattr(digest, "RESTED", -(10**18))
    assert digest.file_digest(str(path)) == just_written and str(path) in digest.KNOWN
    before = path.stat().st_ctime_ns
    while path.stat().st_ctime_ns == before:  # the clock of the file system has ticked
        write("två")  # as long, with the time of the first
    changed = digest.file_digest(str(path))
    assert changed != just_written
    digest.KNOWN[str(path)] = digest.KNOWN[str(path)][0], "00"
    assert digest.file_digest(str(path)) == b"\0", "den läses inte om"

    project = Project(tmp_path)
    steps._save_digests(project)
    digest.KNOWN.clear()
    steps._recall_digests(project)
    assert digest.file_digest(str(path)) == b"\0"
    digest.KNOWN.clear()
    for damaged in ("", "{", "[]", '{"fil": 1}', '{"fil": [[1], "xx"]}'):
        steps._digests_path(project).write_text(damaged)
        steps._recall_digests(project)
        assert digest.file_digest(str(path)) == changed


def test_an_interrupted_build_waits_for_the_step_to_put_things_right(tmp_path: Path):
    code = """
import sys, time
from pathlib import Path
from ojbrottsoffer.cli import steps
from ojbrottsoffer.project import Project

def command(project, name):
    try:
        print("igång", flush=True)
        time.sleep(600)
    except KeyboardInterrupt:
        time.sleep(0.5)
        (project.root / "ordnat").touch()
        raise SystemExit(130)

steps._command = command
steps.main(Project(Path(sys.argv[1])))
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        start_new_session=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while child.stdout.readline().strip() != "igång":
        assert child.poll() is None, child.stderr.read()
    os.killpg(child.pid, signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode and (tmp_path / "ordnat").exists()
    assert not list((tmp_path / ".build" / "stampel").glob("*.json"))


def test_a_setting_is_part_of_the_input(built: Project, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://exempel.invalid/")
    assert stale(built) == ["webbplats"]


def test_a_changed_raw_file_rebuilds_only_what_depends_on_it(built: Project):
    path = built.raw / "skl-2016" / "tabell-2-del-5.csv"
    path.write_bytes(path.read_bytes() + b"\n")  # same cells, other bytes
    clean, site = contents(built.clean), contents(built.site)
    result = run_build(built)
    assert result.returncode == 0, result.stderr
    assert "[1/4]" in result.stdout and "[2/4]" in result.stdout
    assert "[3/4]" not in result.stdout, "webbplatsen byggdes om utan att något den visar ändrats"
    assert contents(built.clean) == clean and contents(built.site) == site


def test_a_broken_raw_file_leaves_everything_as_it_was(built: Project):
    path = built.raw / "skl-2016" / "tabell-1-sida-5-del-1.csv"
    path.write_bytes(path.read_bytes().replace(b"Social jourverksamhet,2", b"Social jourverksamhet,9"))
    clean, site = contents(built.clean), contents(built.site)
    result = run_build(built)
    assert result.returncode == 1
    assert "”9”" in result.stderr and "Traceback" not in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    assert stale(built)[0] == "data"


def only_notebook(project: Project, code: str) -> None:
    for path in project.notebooks.glob("*.ipynb"):
        path.unlink()
    cells = [nbformat.v4.new_markdown_cell("# Prov"), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / "09_prov.ipynb")


def test_a_later_step_that_fails_leaves_tables_and_site_as_they_were(built: Project):
    """The tables change, then the notebooks fail, then the site: nothing new is published."""
    path = built.reference / "indikatorer.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",Social jour,", ",Jour,"), "utf-8")
    clean, site = contents(built.clean), contents(built.site)
    only_notebook(built, "1 / 0")
    result = run_build(built)
    assert result.returncode == 1 and "ZeroDivisionError" in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    only_notebook(built, "1 + 0")
    with (built.root / "docs" / "om" / "index.md").open("a", encoding="utf-8") as file:
        file.write("\n[ingenstans](finns-inte.md)\n")
    result = run_build(built)
    assert result.returncode == 1 and "finns-inte.md" in result.stderr
    assert contents(built.clean) == clean and contents(built.site) == site
    assert contents(replace(built, staged=True).clean) != clean, "inget nytt att låta bli att publicera"
    assert stale(built) == ["webbplats", "publicering"]


def test_notebooks_are_committed_without_outputs():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs") and not cell.get("execution_count"), path.name


def test_swap_gives_the_old_or_the_new(tmp_path: Path):
    target = tmp_path / "mapp"
    for text in ("ett", "två"):
        folder = fresh(target)
        (folder / "fil").write_text(text, encoding="utf-8")
        publish(target)
        assert (target / "fil").read_text(encoding="utf-8") == text
    (fresh(target) / "halv").write_text("avbruten", encoding="utf-8")
    recover(target)
    assert contents(tmp_path) == {"mapp/fil": "två".encode()}
    target.rename(tmp_path / ".mapp.gammal")  # the power went between two renames
    recover(target)
    assert contents(tmp_path) == {"mapp/fil": "två".encode()}
