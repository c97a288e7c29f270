"""Publishing is all or nothing, whenever it is interrupted, and one build at a time."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import contents

from ojbrottsoffer import transaction
from ojbrottsoffer.project import Project
from ojbrottsoffer.transaction import fresh, publish, recover

pytestmark = pytest.mark.slow

OLD, NEW = {"a.csv": b"gammal", "b.csv": b"kvar"}, {"a.csv": b"ny", "c.csv": b"kvar"}


def version(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def no_library(*arguments: object, **settings: object) -> None:
    """Stands for the C library of a system that can't swap two names."""
    raise OSError


@pytest.mark.parametrize("exchange", [True, False])
def test_a_kill_at_any_change_on_disk_leaves_both_old_or_both_new(
    tmp_path: Path, monkeypatch, exchange: bool
):
    """Publishes in a child that kills itself with SIGKILL at its n-th change on disk; what a build
    begins with puts things right.
    """
    project, staged = Project(tmp_path), Project(tmp_path, staged=True)
    if not exchange:
        monkeypatch.setattr(ctypes, "CDLL", no_library)
    built = {project.clean: staged.clean, project.site: staged.site}
    outcomes = Counter()
    for number in range(1, 120):
        for target, folder in built.items():
            version(target, OLD)
            version(folder, NEW)
        status = in_child(lambda: transaction.publish_together(built, project.journal), number, tmp_path)
        between = [contents(target) for target in built]
        if exchange:
            assert all(found in (OLD, NEW) for found in between), "en halv mapp"
        transaction.finish(list(built), project.journal)
        after = [contents(target) for target in built]
        assert after in ([OLD, OLD], [NEW, NEW])
        left = {path.name for path in (*project.root.iterdir(), *project.clean.parent.iterdir())}
        assert left == {".build", "data", "site", "clean"} and not project.journal.exists()
        outcomes[after[0] == NEW, between[0] == between[1]] += 1
        if not os.WIFSIGNALED(status):
            break
    assert not os.WIFSIGNALED(status) and sum(outcomes.values()) > 20
    assert outcomes[True, False], "ingen avbröts mellan de två mapparna"
    assert outcomes[False, True] and outcomes[True, True]


def in_child(work, kill_at: int, below: Path) -> int:
    """Runs `work` in a fork that gets SIGKILL at its `kill_at`-th change below a folder."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    changes = 0

    def watch(event: str, arguments: tuple) -> None:
        nonlocal changes
        writes = event in {
            "os.rename",
            "os.mkdir",
            "os.remove",
            "os.rmdir",
            "shutil.rmtree",
            "ctypes.dlsym",
        } or (
            event == "open" and str(arguments[0]).startswith(str(below)) and (arguments[1] or "r")[0] in "wax"
        )
        if writes:
            changes += 1
            if changes == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(watch)
        work()
    finally:
        os._exit(0)


def test_publishing_waits_for_a_build_and_wants_all_of_it(tmp_path: Path):
    project, staged = Project(tmp_path), Project(tmp_path, staged=True)
    for folder in (staged.clean, staged.site):
        version(folder, NEW)
    with (project.work / "las").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        child = subprocess.Popen(
            [sys.executable, "-m", "ojbrottsoffer", "--rot", str(tmp_path), "publicera"],
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert "väntar" in child.stdout.readline()
        assert child.poll() is None
        fcntl.flock(lock, fcntl.LOCK_UN)
        out, said = child.communicate(timeout=60)
    assert child.returncode == 1 and "Kör: make" in said and not out
    assert not project.site.exists() and not project.clean.exists()


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
