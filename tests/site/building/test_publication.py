"""Publishing leaves each folder whole, old or new, and the next command both alike; one build at a time."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import contents

from ojbrottsoffer import transaction
from ojbrottsoffer.cli.steps import STEPS
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


@pytest.mark.parametrize(
    "said", ["[]", "null", "5", '"x"', '{"site": 5}', '{"../b": "x"}', "[" * 100_000, "{", "\udcff"]
)
def test_a_journal_that_says_something_else_is_thrown_away(tmp_path: Path, said: str):
    project = Project(tmp_path)
    for target in (project.clean, project.site):
        version(target, OLD)
        version(fresh(target), NEW)
    project.work.mkdir()
    project.journal.write_bytes(said.encode("utf-8", "surrogateescape"))
    result = subprocess.run(
        [sys.executable, "-m", "ojbrottsoffer", "--rot", str(tmp_path), "publicera"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1 and "Kör: make" in result.stderr and "Traceback" not in result.stderr
    assert contents(project.clean) == contents(project.site) == OLD
    assert not project.journal.exists() and not list(tmp_path.glob("**/.*.ny"))


def test_a_folder_that_somebody_writes_in_while_it_is_copied_is_not_published(tmp_path: Path):
    project, staged = Project(tmp_path), Project(tmp_path, staged=True)
    built = {project.clean: staged.clean, project.site: staged.site}
    for target, folder in built.items():
        version(target, OLD)
        version(folder, NEW)
    if not (pid := os.fork()):

        def plant(event: str, arguments: tuple) -> None:
            if event == "shutil.copytree" and arguments[0] == staged.site:
                (staged.site / "planterad.csv").touch()

        sys.addaudithook(plant)
        try:
            transaction.publish_together(built, project.journal)
        except transaction.Changed:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert contents(project.clean) == contents(project.site) == OLD


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


def as_a_user(project: Project, *command: str) -> subprocess.CompletedProcess:
    """A command of the project run by somebody whom the modes of files bind: root without its privileges."""
    bound = ["setpriv", "--bounding-set=-all"] if os.getuid() == 0 else []
    return subprocess.run(
        [*bound, sys.executable, "-m", *command], cwd=project.root, capture_output=True, text=True
    )


def stamped(root: Path) -> Project:
    """A small project in which every step is current and there is something to publish."""
    project, staged = Project(root), Project(root, staged=True)
    for target, folder in ((project.clean, staged.clean), (project.site, staged.site)):
        version(target, OLD)
        version(folder, NEW)
    project.raw.mkdir()
    (root / "mkdocs.yml").touch()
    for step in STEPS:
        step.write_stamp(project, step.inputs(project))
    return project


@pytest.mark.parametrize("shut", [".", "data", ".build", ".build/ny/site/a.csv"])
@pytest.mark.parametrize("command", [("ojbrottsoffer", "publicera"), ("ojbrottsoffer.cli.build",)])
def test_who_may_not_write_or_read_is_told_and_leaves_all_as_it_was(
    tmp_path: Path, shut: str, command: tuple[str, ...]
):
    project = stamped(tmp_path)
    path = tmp_path / shut
    mode = path.stat().st_mode
    path.chmod(0o555 if path.is_dir() else 0)
    try:
        done = as_a_user(project, *command)
    finally:
        path.chmod(mode)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert re.search(rf"{re.escape(str(path))}\S* \(rättighet saknas\)", done.stderr), done.stderr
    assert contents(project.clean) == contents(project.site) == OLD
    assert as_a_user(project, *command).returncode == 0
    assert contents(project.clean) == contents(project.site) == NEW


def test_what_is_published_is_replaced_whole_where_it_was_made_read_only(tmp_path: Path):
    project = stamped(tmp_path)
    for path in (project.clean / "a.csv", project.clean, project.site / "a.csv", project.site):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = as_a_user(project, "ojbrottsoffer", "publicera")
    assert done.returncode == 0, done.stderr
    assert contents(project.clean) == contents(project.site) == NEW
    assert not list(tmp_path.glob("**/.*.ny")) and not list(tmp_path.glob("**/.*.gammal"))


def test_raw_files_that_may_not_be_read_are_told_and_read_only_ones_are_enough(scratch: Project):
    folder = scratch.raw / "skl-2016"
    path = folder / "tabell-2-del-5.csv"
    path.chmod(0)
    done = as_a_user(scratch, "ojbrottsoffer", "--rot", str(scratch.root), "kontrollera")
    assert done.returncode == 1 and f"{path} (rättighet saknas)" in done.stderr
    for name in (path, folder, scratch.raw, scratch.clean, scratch.root):
        name.chmod(0o555 if name.is_dir() else 0o444)
    done = as_a_user(scratch, "ojbrottsoffer", "--rot", str(scratch.root), "kontrollera")
    for name in (scratch.root, scratch.raw, folder, scratch.clean):
        name.chmod(0o755)
    assert done.returncode == 0, done.stderr


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
