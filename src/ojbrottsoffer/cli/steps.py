"""Decides which steps have to run, by content: `python -m ojbrottsoffer.cli.steps`.

Each step names what it reads and what it makes. A stamp in `.build/stampel/` holds a digest
of both from the last time it succeeded; a step runs when either has changed. File times decide
nothing, so a fresh clone or a copied folder is judged like any other: a file that the file system
says is untouched is only not read again (`digest.file_digest`).

The tables and the site are made aside. Only the last step touches what is published, and it
replaces both or neither.

Each step runs in a process of its own, split off from this one, which imports what they share when
one of them is to run. Until then standard library only: an unchanged `make` must not wait for pandas
to be imported.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ojbrottsoffer.digest import CHECKING, KNOWN, digest
from ojbrottsoffer.project import Project, find_project
from ojbrottsoffer.transaction import finish

PACKAGE = "src/ojbrottsoffer"
RECIPE = (
    "requirements.lock",
    f"{PACKAGE}/cli",
    f"{PACKAGE}/project.py",
    f"{PACKAGE}/transaction.py",
    *(f"{PACKAGE}/{layer}" for layer in CHECKING),
)
"""Read by every step."""

NEW = ".build/ny"
"""Where the next tables and the next site are made; the last step publishes both together."""


@dataclass(frozen=True)
class Step:
    """One step: what it reads, what it makes, which command of the CLI makes it."""

    name: str
    title: str
    command: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    settings: tuple[str, ...] = ()
    """Environment variables that change the outcome."""


STEPS = (
    Step(
        "data",
        "Läser in och kontrollerar tabellerna",
        "data",
        (*RECIPE, "data/raw", "data/reference", "expectations"),
        (f"{NEW}/clean", ".build/kvalitet.json"),
    ),
    Step(
        "anteckningsbocker",
        "Kör anteckningsböckerna",
        "anteckningsbocker",
        (
            *RECIPE,
            f"{PACKAGE}/analysis",
            f"{PACKAGE}/presentation",
            f"{PACKAGE}/notebook",
            "notebooks",
            "data/raw",
            "data/reference",
            f"{NEW}/clean",
            "expectations",
        ),
        (".build/anteckningsbocker",),
    ),
    Step(
        "webbplats",
        "Bygger webbplatsen",
        "webbplats",
        (
            *RECIPE,
            f"{PACKAGE}/analysis",
            f"{PACKAGE}/presentation",
            f"{PACKAGE}/notebook",
            f"{PACKAGE}/site",
            "docs",
            "mkdocs.yml",
            "theme",
            f"{NEW}/clean",
            "data/reference",
            "data/versioner",
            "CHANGELOG.md",
            "CITATION.cff",
            ".build/kvalitet.json",
            ".build/anteckningsbocker",
            "data/raw/geo",
            "data/PAHITTAT.txt",
        ),
        (f"{NEW}/site",),
        settings=("SITE_URL", "KONTAKT"),
    ),
    Step(
        "publicering",
        "Publicerar tabellerna och webbplatsen",
        "publicera",
        (f"{PACKAGE}/transaction.py", f"{NEW}/clean", f"{NEW}/site"),
        ("data/clean", "site"),
    ),
)


def stamp(project: Project, step: Step) -> Path:
    return project.work / "stampel" / f"{step.name}.json"


def state(project: Project, step: Step) -> dict[str, str]:
    """What a stamp holds when the step is current."""
    return {"inputs": digest(project, step.inputs, step.settings), "outputs": digest(project, step.outputs)}


def _digests_path(project: Project) -> Path:
    return project.work / "stampel" / "filer.json"


def _recall_digests(project: Project) -> None:
    """What files held at the end of the latest build, for those the file system says are the same."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        saved = json.loads(_digests_path(project).read_text(encoding="utf-8"))
        KNOWN.update(
            {
                str(project.root / name): (tuple(about), bytes.fromhex(found).hex())
                for name, (about, found) in saved.items()
            }
        )


def _save_digests(project: Project) -> None:
    above = str(project.root) + os.sep
    saved = {
        path.removeprefix(above): known
        for path, known in KNOWN.items()
        if path.startswith(above) and os.path.exists(path)
    }
    _write(_digests_path(project), saved)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content), encoding="utf-8")
    os.replace(temporary, path)


def is_current(project: Project, step: Step) -> bool:
    """True if the step last succeeded on these inputs and nobody has touched its outputs."""
    try:
        saved = json.loads(stamp(project, step).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return saved == state(project, step)


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Holds the build lock, so that two builds never write at the same time.

    Each step holds it too: if this process is killed, a new build waits for the
    step that is still running.
    """
    project.work.mkdir(parents=True, exist_ok=True)
    with (project.work / "las").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Ett annat bygge pågår; väntar på att det blir klart …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(project: Project, step: Step) -> int:
    """Runs one step and stamps it if it succeeded; returns its exit code."""
    stamp(project, step).unlink(missing_ok=True)
    code = _in_own_process(project, step.command)
    if code == 0:
        _write(stamp(project, step), state(project, step))
    return code


def _in_own_process(project: Project, command: str) -> int:
    """Runs a command of the CLI as from a shell; returns its exit code.

    The process has this one's lock, its imports and nothing else of it: what it imports and computes
    is gone with it. Ctrl+C reaches both, and this one waits for it to put things right.
    """
    from multiprocessing import get_context

    import ojbrottsoffer.checks.gate  # noqa: F401  what every step begins by importing, once

    process = get_context("fork").Process(target=_command, args=(project, command))
    process.start()
    process.join()
    return process.exitcode


def _command(project: Project, command: str) -> None:
    from ojbrottsoffer.cli.commands import main

    os.chdir(project.root)
    raise SystemExit(main(["--rot", str(project.root), "--avskilt", command]))


def main(project: Project | None = None) -> int:
    """Runs the steps that have to run, in order; stops at the first that fails."""
    project = project or find_project()
    with alone(project):
        return _build(project)


def _build(project: Project) -> int:
    finish([project.clean, project.site], project.journal)
    _recall_digests(project)
    done = 0
    for number, step in enumerate(STEPS, start=1):
        if is_current(project, step):
            continue
        print(f"[{number}/{len(STEPS)}] {step.title} …", flush=True)
        started = time.perf_counter()
        code = run(project, step)
        if code != 0:
            print(f"[{number}/{len(STEPS)}] {step.title}: avbrutet.", file=sys.stderr)
            return code
        done += 1
        print(f"[{number}/{len(STEPS)}] klart på {time.perf_counter() - started:.1f} s", flush=True)
    if done:
        _save_digests(project)
    note = "" if done else "Inget har ändrats. "
    print(f"{note}Webbplatsen ligger i {project.site}/ – öppna den med: make serve")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        print("\nAvbrutet. Det som var publicerat är som det var.", file=sys.stderr)
        raise SystemExit(130) from None
