"""MkDocs as those who know it use it: `mkdocs build` gives the whole site, `mkdocs serve` follows
the texts and the templates.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT, SOURCES, contents, copied

from ojbrottsoffer.cli.steps import DATA, NOTEBOOKS, WEBSITE
from ojbrottsoffer.project import Project

pytestmark = pytest.mark.slow

WATCH = """
import os, sys
def heard(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(ROOT + os.sep):
        kind = "r" if arguments[2] & os.O_ACCMODE == os.O_RDONLY else "w"
        os.write(OUT, f"{kind} {os.path.relpath(arguments[0], ROOT)}\\n".encode())
ROOT, OUT = os.environ["PROV_ROT"], os.open(os.environ["PROV_LISTA"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
sys.addaudithook(heard)
"""
"""Python runs this first, also in kernels: lists every file of the project that is opened, to read or
to write."""
TOLD_BY_MKDOCS = {".build/mkdocs", ".build/stampel", ".build/las", "src"}
"""What every step may touch: `WEBSITE` makes its site elsewhere here, and the layers are for the
linter.
"""
PATIENCE = 180
"""Seconds to wait for a page on a machine where all tests run at once."""


TOOLS = "make sh dirname cat cut sha256sum id stat"
"""What `make` calls in an environment that is made, besides its Python."""


@pytest.fixture
def clone(sources: Project) -> Project:
    """The sources as a fresh clone has them, and the tables that are in git."""
    return sources


def test_a_clone_in_any_place_gives_the_same_site(project: Project, tmp_path: Path):
    """In another path, locale and umask, without programs. Also: each step reads nothing but what it says that it
    reads or makes."""
    clone = copied(tmp_path / "Öppna jämförelser på prov", *SOURCES, "tools", "Makefile")
    (clone.root / ".venv").symlink_to(ROOT / ".venv")
    programs, listening, heard = tmp_path / "bin", tmp_path / "lyssnare", tmp_path / "lista"
    for folder in (programs, listening):
        folder.mkdir()
    for name in TOOLS.split():
        (programs / name).symlink_to(shutil.which(name))
    (listening / "sitecustomize.py").write_text(WATCH)
    bare = {"PATH": str(programs), "HOME": str(tmp_path), "LC_ALL": "C"}
    watched = {
        "PYTHONPATH": f"{listening}{os.pathsep}{clone.root / 'src'}",
        "PROV_ROT": str(clone.root),
        "PROV_LISTA": str(heard),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*command: object, **settings: str) -> subprocess.Popen:
        return subprocess.Popen(
            [*map(str, command)],
            cwd=clone.root,
            env=bare | settings,
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    python = ROOT / ".venv/bin/python"
    mkdocs = run(python, "-m", "mkdocs", "build", "--strict", **watched)
    _, said = mkdocs.communicate()
    assert mkdocs.returncode == 0, said
    assert contents(clone.work / "mkdocs") == contents(project.site)
    assert not clone.site.exists() and contents(clone.clean) == contents(project.clean)
    check = run("make", "check")
    out, said = check.communicate()
    assert check.returncode == 0 and "FEL (" in out, said

    opened = heard.read_text().splitlines()
    marks = [opened.index(f"w .build/stampel/.{step.command}.json.tmp") for step in (DATA, NOTEBOOKS)]
    for step, names in (
        (DATA, opened[: marks[0]]),
        (NOTEBOOKS, opened[marks[0] : marks[1]]),
        (WEBSITE, opened[marks[1] :]),
    ):
        known = (*step.reads, *step.makes, *TOLD_BY_MKDOCS, "requirements.lock", "mkdocs.yml", "theme")
        read = {name[2:] for name in names if name[0] == "r"}
        assert len(read) > 10
        unknown = {name for name in read if not any(f"{name}/".startswith(f"{one}/") for one in known)}
        assert not unknown, f"{step.command} läser mer än det säger"


def test_mkdocs_build_stops_with_the_message_of_the_checks(clone: Project):
    path = clone.raw / "skl-2016" / "tabell-1-sida-5-del-1.csv"
    path.write_bytes(path.read_bytes().replace(b"Social jourverksamhet,2", b"Social jourverksamhet,ja"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=clone.root,
        env=os.environ | {"PYTHONPATH": str(clone.root / "src")},
        capture_output=True,
        encoding="utf-8",
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1 and "Traceback" not in said
    assert "”ja”" in said and "data/raw/skl-2016/tabell-1-sida-5-del-1.csv" in said
    assert not (clone.work / "mkdocs" / "index.html").exists()


def test_mkdocs_serve_shows_a_changed_text_and_template(clone: Project, project: Project):
    for name in (*NOTEBOOKS.makes, ".build/kvalitet.json", ".build/ny/clean", ".build/stampel"):
        (clone.root / name).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-r", ROOT / name, clone.root / name], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = (clone.root / "logg").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
        cwd=clone.root,
        env=os.environ | {"PYTHONPATH": str(clone.root / "src")},
        stdout=log,
        stderr=subprocess.STDOUT,
    )

    def get(page: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{address}/{page}", timeout=PATIENCE) as answer:
                return answer.read().decode("utf-8")
        except OSError as error:
            return str(error)

    def seen(text: str, page: str) -> None:
        until = time.monotonic() + PATIENCE
        while text not in get(page):
            assert server.poll() is None and time.monotonic() < until, (clone.root / "logg").read_text()
            time.sleep(0.2)

    try:
        seen("</html>", "")
        text = clone.root / "docs/om/index.md"
        templates = {
            "src/ojbrottsoffer/site/templates/unit/profile.html": "kommuner/lund/",
            "theme/partials/content.html": "om/",
        }
        text.write_text(text.read_text(encoding="utf-8") + "\nEn ny mening.\n", encoding="utf-8")
        for path in map(clone.root.joinpath, templates):
            path.write_text(path.read_text(encoding="utf-8") + f"<p>Ny i {path.name}</p>", encoding="utf-8")
        seen("En ny mening.", "om/")
        for path, page in templates.items():
            seen(f"Ny i {Path(path).name}", page)
        builds = (clone.root / "logg").read_text().count("Building documentation")
        assert builds <= 1 + 3, "en gång vid starten och en för varje ändrad fil"
        assert "pagefind" in get("pagefind/pagefind.js")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://{address}/kommuner/lund/lund.csv", timeout=PATIENCE)
        assert not (clone.work / "mkdocs").exists() and contents(clone.clean) == contents(project.clean)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
        log.close()
