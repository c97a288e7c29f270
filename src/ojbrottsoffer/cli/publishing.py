"""The build lock, and what it takes to publish. Standard library only: `make` must start at once."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ojbrottsoffer.cli.steps import STEPS
from ojbrottsoffer.project import Project
from ojbrottsoffer.transaction import Changed, publish_together


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Holds the build lock, so that two builds never write at the same time."""
    project.work.mkdir(parents=True, exist_ok=True)
    with (project.work / "las").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Ett annat bygge pågår; väntar på att det blir klart …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def publish(project: Project) -> int:
    """Publishes the staged tables and site, with the lock held, if every step is current.

    Returns an exit code.
    """
    for step in STEPS:
        if not step.is_current(project):
            print(
                f"Stopp: {step.command} är inte gjort av det som nu ligger i projektet, eller så är det "
                "som gjordes ändrat. Inget är publicerat. Kör: make",
                file=sys.stderr,
            )
            return 1
    staged = replace(project, staged=True)
    try:
        changed = publish_together({project.clean: staged.clean, project.site: staged.site}, project.journal)
    except Changed as error:
        print(
            f"Stopp: {project.relative(error.args[0])}/ ändrades medan den kopierades. Inget är publicerat. "
            "Kör: make",
            file=sys.stderr,
        )
        return 1
    names = " och ".join(f"{project.relative(path)}/" for path in changed)
    print(f"Utbytt: {names}." if changed else "Inget har ändrats.")
    return 0
