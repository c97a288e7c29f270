"""Where and how the project is built does not matter. `tools/bare_machine.sh` tries more of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, contents

from tools import programs


def test_a_checkout_has_the_bytes_that_were_committed(tmp_path: Path):
    kept = {name: (ROOT / name).read_bytes() for name in (".gitattributes", "tools/environment.sh")}
    kept["windows.csv"] = b"ar;namn\r\n2016;\xc5re\r\n"

    def git(*arguments: str, folder: Path) -> None:
        told = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.autocrlf=true"]
        subprocess.run(["git", *told, *arguments], cwd=folder, check=True, capture_output=True)

    source = tmp_path / "källa"
    for name, content in kept.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    git("init", folder=source)
    git("add", ".", folder=source)
    git("commit", "--message", "allt", folder=source)
    git("clone", str(source), "kopia", folder=tmp_path)
    copy = contents(tmp_path / "kopia")
    assert {name: copy[name] for name in kept} == kept


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that any user of the machine can write in, with what makes the environment."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for name in ("tools/environment.sh", "requirements.lock", "pyproject.toml"):
            (path / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, path / name)
        for made in path.rglob("*"):
            made.chmod(0o755)
        path.chmod(0o777)
        yield path
        path.chmod(0o777)


PYTHON = """#!/bin/sh
case "$*" in
  "-m venv "*) echo "Error: [Errno 28] No space left on device" >&2; exit 1 ;;
  *ensurepip*) exit {without} ;;
  *print*) echo python3.11-venv ;;
esac
"""


def make_environment(place: Path) -> str:
    """What an ordinary user is told where the environment can't be made."""
    done = subprocess.run(
        [place / "tools" / "environment.sh"],
        env={"PATH": os.defpath, "PYTHON": str(place / "python")},
        user=65534 if os.getuid() == 0 else None,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    return done.stderr


def test_what_stops_the_environment_is_said_as_it_is(place: Path):
    python = place / "python"
    python.write_text(PYTHON.format(without=1))
    python.chmod(0o755)
    assert "Kör som root: apt-get install python3.11-venv" in make_environment(place)
    python.write_text(PYTHON.format(without=0))
    said = make_environment(place)
    assert "No space left on device" in said and "apt-get" not in said
    place.chmod(0o555)
    said = make_environment(place)
    assert "mappen får inte skrivas av" in said and f"{place} (ägare " in said and "apt-get" not in said


def test_the_programs_of_the_tests_are_one_list(tmp_path: Path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.search(r"^apt-get install --no-install-recommends (.*)", readme, re.M)[1].split()
    assert named == list(programs.PACKAGES) and not programs.missing()

    without = subprocess.run(
        [sys.executable, "-m", "tools.programs"],
        cwd=ROOT,
        env={"PATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert without.returncode == 1 and without.stdout == ""
    [line] = without.stderr.splitlines()
    assert re.search(
        r"Kör som root: apt-get install .* chromium-headless-shell libreoffice-calc-nogui .*r-base-core", line
    )


def test_a_path_in_the_environment_goes_first(tmp_path: Path, monkeypatch):
    own = tmp_path / "min-chromium"
    own.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(own))
    assert programs.program("chromium") == str(own)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "finns-inte"))
    assert programs.program("chromium") != str(tmp_path / "finns-inte")
