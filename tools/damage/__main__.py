"""`make mutation`: damages the raw files in many ways and records what the gate said.

With few damages per class (`make mutation ARGS="--antal 6"`) it takes a fraction of the time, and the
record says how many were tried.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ojbrottsoffer.checks.records.damage_record import (
    PER_CLASS,
    PER_CLASS_IMPORT,
    SEED,
    result_path,
    save_results,
)
from ojbrottsoffer.cli.arguments import Parser
from ojbrottsoffer.project import find_project
from tools.damage.declared_damages import whole_result
from tools.damage.imported_edition import LONG, WIDE, import_target
from tools.damage.outcomes import run
from tools.damage.target import skl2016_target


def main(argv: list[str] | None = None) -> int:
    """Damages the report's tables, an invented edition, wide and long, and every declared column and value; writes
    `data/reference/skadeprov.json`.
    """
    parser = Parser(description=__doc__)
    parser.add_argument("--antal", type=int, default=PER_CLASS, help=f"skador per klass (annars {PER_CLASS})")
    per_class = parser.parse_args(argv).antal
    project = find_project()
    results = []
    with TemporaryDirectory() as folder:
        imported = [import_target(project, Path(folder) / form, SEED, form) for form in (WIDE, LONG)]
        for count, (where, target) in (
            (per_class, (project, skl2016_target(project))),
            *((min(per_class, PER_CLASS_IMPORT), edition) for edition in imported),
        ):
            print(f"{target.folder}{', ' if target.invented else ''}{target.invented}:", flush=True)
            started = time.perf_counter()
            result = run(where, target, count, SEED, progress=lambda text: print(f"    {text} …", flush=True))
            _print_damages(result, time.perf_counter() - started)
            results.append(result)
    print("Alla filer och kolumner:", flush=True)
    started = time.perf_counter()
    results.append(whole_result(project, SEED))
    _print_damages(results[-1], time.perf_counter() - started)
    save_results(project, results)
    print(f"Skrivet till {project.relative(result_path(project))}.")
    passed = all(result.passed for result in results)
    if not passed:
        print("Stopp: en skada som måste stoppas gick igenom, eller en ofarlig stoppades.", file=sys.stderr)
    return 0 if passed else 1


def _print_damages(result, spent: float) -> None:
    for row in result.klasser:
        rate = f"{row.krav_stoppade} av {row.krav}" if row.krav else "inget krav"
        outcome = ", ".join(
            f"{number} {kind}" for kinds in row.utfall.values() for kind, number in kinds.items()
        )
        print(f"{row.titel}: {row.antal} skador, stoppade {rate} ({outcome})")
    print(
        f"{result.antal} skador i {len(result.klasser)} klasser på {spent:.0f} s, "
        f"{100 * spent / result.antal:.0f} s per hundra."
    )


if __name__ == "__main__":
    raise SystemExit(main())
