"""Runs the steps that have to run and publishes what they made: `python -m ojbrottsoffer.cli.build`.

The tables and the site are made in `.build/ny/`. When every step is current they take the place of
the published ones, as `transaction` says. Standard library only until a step runs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from ojbrottsoffer.cli.publishing import alone, publish
from ojbrottsoffer.cli.steps import STEPS, Step
from ojbrottsoffer.project import Project, find_project
from ojbrottsoffer.site import settings
from ojbrottsoffer.transaction import finish


def run(project: Project, step: Step) -> int:
    """Runs one step, with the lock held, and stamps it if what it read is as it was.

    Returns an exit code.
    """
    from ojbrottsoffer.cli.commands import main as command

    inputs = step.inputs(project)
    step.stamp(project).unlink(missing_ok=True)
    if code := command(["--rot", str(project.root), "--avskilt", step.command]):
        return code
    if step.inputs(project) != inputs:
        print("Stopp: något som steget läser ändrades medan det kördes. Kör om.", file=sys.stderr)
        return 1
    step.write_stamp(project, inputs)
    return 0


def run_stale(project: Project, steps: Sequence[Step]) -> int:
    """Runs the steps that are not current, in order; stops at the first that fails."""
    for number, step in enumerate(steps, start=1):
        if step.is_current(project):
            continue
        print(f"[{number}/{len(steps)}] {step.title} …", flush=True)
        started = time.perf_counter()
        if code := run(project, step):
            print(f"[{number}/{len(steps)}] {step.title}: avbrutet.", file=sys.stderr)
            return code
        print(f"[{number}/{len(steps)}] klart på {time.perf_counter() - started:.1f} s", flush=True)
    return 0


def main(project: Project | None = None) -> int:
    """Runs what has to run and publishes; returns an exit code."""
    project = project or find_project()
    try:
        settings.check()
    except ValueError as error:
        print(f"Stopp: {error}", file=sys.stderr)
        return 1
    with alone(project):
        finish([project.clean, project.site], project.journal)
        code = run_stale(project, STEPS) or publish(project)
    if code == 0:
        print(f"Webbplatsen ligger i {project.site}/ – öppna den med: make serve")
    return code


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except OSError as error:
        from ojbrottsoffer.cli.commands import said

        print(f"Stopp: {said(error)} Det som var publicerat är som det var.", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("\nAvbrutet. Det som var publicerat är som det var.", file=sys.stderr)
        raise SystemExit(130) from None
