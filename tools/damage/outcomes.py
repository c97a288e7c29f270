"""Proof by damage: break the raw files in many ways, one at a time, and see what the gate says.

Nothing here touches the project: the damaged files are written in a scratch copy, and the
checksums of the raw files play no part.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ojbrottsoffer.checks.gate import Checked, ingest_and_check
from ojbrottsoffer.checks.records.damage_record import (
    CANNOT,
    HARMLESS,
    MUST,
    ClassResult,
    Example,
    MutationResult,
)
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import UPPLYSNING, DataError, Finding
from ojbrottsoffer.sources.parse.json_records import stamp
from tools.damage.invented_records import write_invented_records
from tools.damage.kinds import CLASSES, Damage, DamageClass
from tools.damage.target import Target


@dataclass(frozen=True)
class Outcome:
    """What the gate said of one damage: its kind (None: nothing) and the first finding."""

    damage: Damage
    kind: str | None
    finding: Finding | None = None
    same_tables: bool = True

    @property
    def stopped(self) -> bool:
        return self.kind is not None and self.kind != UPPLYSNING


class Unhandled(Exception):
    """The gate met a damage with something else than a message."""


def outcomes(
    project: Project,
    target: Target,
    per_class: int,
    seed: int,
    kinds: list[DamageClass],
    passed_by: Callable[[Damage], bool] = lambda damage: False,
) -> Iterator[tuple[DamageClass, Outcome]]:
    """Damages a scratch copy, `per_class` times per class, and yields what the gate said. A damage that is
    `passed_by` is made, but the gate is not asked.

    The same seed gives the same damages. Raises `Unhandled` if the gate raises anything but
    `DataError`.
    """
    with TemporaryDirectory() as folder:
        scratch = scratch_copy(project, Path(folder))
        target.prepare(scratch)
        clean = ingest_and_check(scratch, guard=False)
        known = set(clean.report.notices)
        for kind in kinds:
            rng = random.Random(f"{seed} {kind.name}")
            for made in _made(rng, kind, target, per_class):
                if passed_by(made):
                    yield kind, Outcome(made, None)
                    continue
                for file, data in made.files.items():
                    _write(scratch.raw / target.folder / file, data)
                try:
                    target.prepare(scratch)
                    yield kind, _judge(scratch, made, clean, known)
                except DataError as error:
                    first = error.findings[0]
                    yield kind, Outcome(made, first.kind, first)
                except Exception as error:
                    raise Unhandled(f"{kind.name}: {made.what}: {error!r}") from error
                finally:
                    for file in made.files:
                        _write(scratch.raw / target.folder / file, target.data(file))


def _made(rng: random.Random, kind: DamageClass, target: Target, count: int) -> Iterator[Damage]:
    """`count` damages that change something, or fewer if the source has no place for them."""
    original = {file: target.data(file) for file in target.grids}
    tries = made = 0
    while made < count and tries < 50 * count:
        tries += 1
        candidate = kind.make(rng, target)
        if candidate is None or all(original[f] == d for f, d in candidate.files.items()):
            continue
        made += 1
        if target.seen and all(
            data is not None and target.seen(data) == target.seen(original[file])
            for file, data in candidate.files.items()
        ):
            candidate = replace(candidate, demand=HARMLESS)
        yield candidate


def _judge(scratch: Project, made: Damage, clean: Checked, known: set[Finding]) -> Outcome:
    checked = ingest_and_check(scratch, guard=False)
    new = [notice for notice in checked.report.notices if notice not in known]
    same = checked.files() == clean.files() or _same_rows(checked, clean)
    return Outcome(made, new[0].kind if new else None, new[0] if new else None, same)


def _same_rows(one: Checked, other: Checked) -> bool:
    """True if the tables have the same rows: their order and the cell they were read from aside."""

    def rows(frame: pd.DataFrame) -> Counter:
        return Counter(
            frame.drop(columns="plats", errors="ignore").astype(str).itertuples(index=False, name=None)
        )

    return all(rows(one.tables[name]) == rows(other.tables[name]) for name in one.tables)


def scratch_copy(project: Project, folder: Path) -> Project:
    sources = (project.raw, project.reference, project.versions, project.expectations)
    for source in filter(Path.is_dir, sources):  # an invented country has no versions
        shutil.copytree(source, folder / source.relative_to(project.root))
    copy = Project(folder)
    write_invented_records(copy)
    return copy


def _write(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)


def run(
    project: Project,
    target: Target,
    per_class: int,
    seed: int,
    names: list[str] | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> MutationResult:
    """Every class, or those named, summed up. The outcome depends only on the files, the rules and
    the seed.
    """
    collected: dict[str, list[Outcome]] = {name: [] for name in CLASSES}
    names = list(CLASSES) if names is None else names
    count = min(
        os.cpu_count() or 1, len(names)
    )  # each class draws for itself: how they are divided decides nothing
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(count, fork, _together, (project, target, per_class, seed)) as pool:
        for found in pool.map(_part, [names[number::count] for number in range(count)]):
            for name, outcome in found:
                if not collected[name]:
                    progress(CLASSES[name].title)
                collected[name].append(outcome)
    return MutationResult(
        **stamp(),
        kalla_id=target.folder,
        fro=seed,
        pahittad=target.invented,
        klasser=[_summed(CLASSES[name], target, found) for name, found in collected.items() if found],
    )


_shared: tuple = ()
"""What `outcomes` is given in every worker but the classes."""


def _together(*given: object) -> None:
    """Sets `_shared` in a worker, which inherits it: a `Target` holds functions, and can't be sent."""
    global _shared
    _shared = given


def _part(names: list[str]) -> list[tuple[str, Outcome]]:
    return [(kind.name, outcome) for kind, outcome in outcomes(*_shared, [CLASSES[name] for name in names])]


def _summed(kind: DamageClass, target: Target, found: list[Outcome]) -> ClassResult:
    demanded = [o for o in found if o.damage.demand == MUST]
    silent = [o for o in found if o.damage.demand == CANNOT]
    kinds: dict[str, dict[str, int]] = {}
    for outcome in found:
        of_demand = kinds.setdefault(outcome.damage.demand, {})
        of_demand[outcome.kind or "ingen"] = of_demand.get(outcome.kind or "ingen", 0) + 1
    return ClassResult(
        klass=kind.name,
        titel=kind.title,
        antal=len(found),
        krav=len(demanded),
        krav_stoppade=sum(o.stopped for o in demanded),
        upptackta_utan_krav=sum(o.kind is not None for o in silent),
        ofarliga=sum(o.damage.demand == HARMLESS for o in found),
        ofarliga_godtagna=sum(o.damage.demand == HARMLESS and not o.stopped and o.same_tables for o in found),
        utfall=kinds,
        annan_kalla=target.second.get(kind.name, kind.second) if silent else "",
        exempel=_example(demanded),
        exempel_utan_krav=_example(silent),
    )


def _example(outcomes: list[Outcome]) -> Example | None:
    """The first of the damages that was noticed, with its message."""
    told = [outcome for outcome in outcomes if outcome.finding is not None]
    return Example(told[0].damage.what, "\n".join(told[0].finding.lines())) if told else None
