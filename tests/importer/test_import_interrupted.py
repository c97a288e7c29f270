"""An import that is interrupted or killed at any step leaves the old state or the new, and says
which."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import contents

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer import accept
from ojbrottsoffer.project import Project

FILES = {"data/raw/oj-2016/a.csv": b"a", "data/raw/SHA256SUMS": b"new", "data/reference/enheter.csv": b"new"}
STEPS = 3 + 1 + 3 + 2
"""Three files staged, the marker set, three moved, the staging and its marker removed."""


@pytest.fixture
def project(tmp_path):
    """The least a command needs to find a project, with two of the files already there."""
    for name in ("data/raw/SHA256SUMS", "data/reference/enheter.csv", "mkdocs.yml"):
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
    patch.setattr(accept.os, "replace", counted(os.replace))
    patch.setattr(Path, "rmdir", counted(Path.rmdir))


def states(project: Project) -> tuple[dict, dict]:
    """What `data/` holds now, and what it holds with every file in place."""
    before = contents(project.root / "data")
    return before, before | {name.removeprefix("data/"): data for name, data in FILES.items()}


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_an_interrupt_is_settled_at_once_and_told(project, monkeypatch, at):
    before, after = states(project)

    def interrupt():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        stopping(patch, at, interrupt)
        with pytest.raises(KeyboardInterrupt) as caught:
            accept.write(project, FILES)
    whole = at > 4
    assert contents(project.root / "data") == (after if whole else before)
    assert caught.value.__notes__ == [accept.FINISHED if whole else accept.UNDONE]
    assert not (project.root / "data" / accept.STAGING).exists()


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_a_kill_is_settled_by_the_next_command_and_told(project, capsys, at):
    before, after = states(project)
    child = os.fork()
    if child == 0:  # a kill gives no chance to clean up
        stopping(pytest.MonkeyPatch(), at, lambda: os._exit(9))
        accept.write(project, FILES)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    main(["--rot", str(project.root), "importera", "finns-inte.csv", "--ar", "2016"])
    whole = at > 4
    assert contents(project.root / "data") == (after if whole else before)
    said = capsys.readouterr().err
    if at == STEPS:  # an empty folder is nothing to tell about
        assert "avbröts" not in said
    else:
        assert f"avbröts. {accept.FINISHED if whole else accept.UNDONE}" in said


def test_the_steps_are_all_tried(project, monkeypatch):
    stopping(monkeypatch, STEPS + 1, lambda: pytest.fail("det finns fler steg än testen prövar"))
    accept.write(project, FILES)
