"""An import that is interrupted or killed at any step leaves the old state or the new, and says
which."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import contents

from ojbrottsoffer import transaction
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.cli.publishing import alone
from ojbrottsoffer.project import Project
from tools.kills import kill_rounds

FILES = {
    "data/raw/oj-2016/a.csv": b"a",
    "data/raw/SHA256SUMS": b"new",
    "data/reference/enheter.csv": b"new",
    "data/raw/oj-2015/b.csv": None,
}
STAGED = 3 + 1 + 1
"""Three files and a list of what to remove are staged, and the mark that it is whole."""
STEPS = STAGED + 3 + 2 + 3
"""Three files moved, one removed with its folder, then the list, the mark and the staging removed."""


@pytest.fixture
def project(tmp_path):
    """The least a command needs to find a project, with three of the files already there."""
    for name in ("data/raw/SHA256SUMS", "data/reference/enheter.csv", "data/raw/oj-2015/b.csv", "mkdocs.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"old")
    return Project(tmp_path)


def stopping(patch, at: int, stop) -> None:
    """Makes the `at`-th step on disk call `stop` instead of being done."""
    count = 0

    def counted(real):
        def step(*arguments, **more):
            nonlocal count
            count += 1
            if count == at:
                stop()
            return real(*arguments, **more)

        return step

    patch.setattr(Path, "write_bytes", counted(Path.write_bytes))
    patch.setattr(Path, "touch", counted(Path.touch))
    patch.setattr(Path, "unlink", counted(Path.unlink))
    patch.setattr(transaction.os, "replace", counted(os.replace))
    patch.setattr(Path, "rmdir", counted(Path.rmdir))


def states(project: Project) -> tuple[dict, dict]:
    """What `data/` holds now, and what it holds with every file in place."""
    before = contents(project.root / "data")
    after = before | {name.removeprefix("data/"): data for name, data in FILES.items()}
    return before, {name: data for name, data in after.items() if data is not None}


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_an_interrupt_is_settled_at_once_and_told(project, monkeypatch, at):
    before, after = states(project)

    def interrupt():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        stopping(patch, at, interrupt)
        with pytest.raises(KeyboardInterrupt) as caught:
            transaction.write_files(project.root, FILES)
    whole = at > STAGED
    assert contents(project.root / "data") == (after if whole else before)
    assert caught.value.__notes__ == [transaction.FINISHED if whole else transaction.UNDONE]
    assert not (project.root / "data" / transaction.FILES).exists()


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_a_kill_is_settled_by_the_next_command_and_told(project, capsys, at):
    before, after = states(project)
    child = os.fork()
    if child == 0:  # a kill gives no chance to clean up
        stopping(pytest.MonkeyPatch(), at, lambda: os._exit(9))
        transaction.write_files(project.root, FILES)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    main(["--rot", str(project.root), "importera", "finns-inte.csv", "--ar", "2016"])
    whole = at > STAGED
    assert contents(project.root / "data") == (after if whole else before)
    said = capsys.readouterr().err
    if at == STEPS:  # an empty folder is nothing to tell about
        assert "avbröts" not in said
    else:
        assert f"avbröts. {transaction.FINISHED if whole else transaction.UNDONE}" in said


@pytest.mark.parametrize(
    "listed", ["null", "5", "[5]", "nonsense", '["../victim.txt"]', '["data/../mkdocs.yml"]']
)
def test_a_list_that_no_import_wrote_removes_nothing(project, listed):
    before = contents(project.root)
    staging = project.root / "data" / transaction.FILES
    (staging / "src").mkdir(parents=True)
    (staging / "src/a.py").write_bytes(b"planted")
    (staging / transaction.REMOVED).write_text(listed)
    (staging / transaction.WHOLE).touch()
    victim = project.root.parent / "victim.txt"
    victim.write_bytes(b"kept")
    assert transaction.finish_files(project.root) == transaction.FINISHED
    assert contents(project.root) == before and victim.read_bytes() == b"kept"


def test_the_steps_are_all_tried(project, monkeypatch):
    stopping(monkeypatch, STEPS + 1, lambda: pytest.fail("det finns fler steg än testen prövar"))
    transaction.write_files(project.root, FILES)


def test_a_kill_at_random_points_leaves_the_old_or_the_new(tmp_path):
    assert sum(kill_rounds(tmp_path, 20, seed=1).values()) == 20


def test_a_second_command_waits_for_the_first(project, tmp_path):
    """It used to remove what the first one had prepared."""
    with alone(project):
        second = subprocess.Popen(
            [sys.executable, "-m", "ojbrottsoffer", "--rot", str(project.root), "kontrollsummor"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert "Ett annat bygge pågår" in second.stdout.readline()
        transaction.write_files(project.root, FILES)
        assert second.poll() is None
    second.wait(60)
    assert (project.root / "data/reference/enheter.csv").read_bytes() == b"new"
