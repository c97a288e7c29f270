"""The outcome of the damage test as plain data: written by `mutation`, shown by the site.

Imports nothing of the gate, so that the site can be built without it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding

FILE_NAME = "skadeprov.json"
SEED = 2015
PER_CLASS = 30
"""What `make mutation` runs: so many damages per class, drawn from this seed."""
PER_CLASS_IMPORT = 8
"""The same for the invented imported edition."""


@dataclass(frozen=True)
class Example:
    """One damage and the message it gave."""

    skada: str
    meddelande: str


@dataclass(frozen=True)
class ClassResult:
    """One class of damages.

    `krav`: how many change something that one source can reveal, `krav_stoppade` how many of
    them stopped; `upptackta_utan_krav` how many of the others were noticed all the same. `utfall`:
    what was demanded (`maste`, `kan-inte`, `ofarlig`) -> kind of the first finding (`ingen`:
    nothing) -> number.
    """

    klass: str
    titel: str
    antal: int
    krav: int
    krav_stoppade: int
    upptackta_utan_krav: int
    ofarliga: int
    ofarliga_godtagna: int
    utfall: dict[str, dict[str, int]]
    annan_kalla: str
    exempel: Example | None
    """Of those that must stop."""
    exempel_utan_krav: Example | None = None
    """Of those that one source can't tell, if any was noticed."""


EXAMPLES = ("exempel", "exempel_utan_krav")


@dataclass(frozen=True)
class MutationResult:
    """All classes for the files of one source. `pahittad` describes a source that is not real."""

    kalla_id: str
    fro: int
    klasser: list[ClassResult]
    pahittad: str = ""

    @property
    def antal(self) -> int:
        return sum(row.antal for row in self.klasser)

    @property
    def passed(self) -> bool:
        """True if everything that must stop stopped and everything harmless was accepted."""
        return all(
            row.krav == row.krav_stoppade and row.ofarliga == row.ofarliga_godtagna for row in self.klasser
        )


def result_path(project: Project) -> Path:
    return project.reference / FILE_NAME


def save_results(project: Project, results: list[MutationResult]) -> None:
    text = json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1)
    result_path(project).write_text(text + "\n", encoding="utf-8")


def load_results(project: Project) -> list[MutationResult]:
    """What `save_results` wrote; an empty list if the test has never been run.

    Raises `DataError` for a file that says something else.
    """
    path = result_path(project)
    if not path.exists():
        return []
    file = project.relative(path)
    try:
        results = [
            MutationResult(
                result["kalla_id"],
                result["fro"],
                [
                    ClassResult(**row | {name: Example(**row[name]) for name in EXAMPLES if row.get(name)})
                    for row in result["klasser"]
                ],
                result.get("pahittad", ""),
            )
            for result in json.loads(path.read_text(encoding="utf-8"))
        ]
        odd = [row for result in results for row in result.klasser if not _adds_up(row)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError([_unusable(file, "Resultatet av skadeprovet går inte att läsa")]) from error
    if odd:
        raise DataError(
            [_unusable(file, "Talen i skadeprovets resultat går inte ihop", row.titel) for row in odd]
        )
    return results


def _adds_up(row: ClassResult) -> bool:
    """True if the numbers of a class can be of one run."""
    counted = {demand: sum(kinds.values()) for demand, kinds in row.utfall.items()}
    silent = row.antal - row.krav - row.ofarliga
    return (
        counted
        == {
            demand: number
            for demand, number in (("maste", row.krav), ("kan-inte", silent), ("ofarlig", row.ofarliga))
            if number
        }
        and 0 <= row.krav_stoppade <= row.krav
        and 0 <= row.upptackta_utan_krav <= silent
        and 0 <= row.ofarliga_godtagna <= row.ofarliga
        and bool(row.titel)
    )


def _unusable(file: str, what: str, label: str = "") -> Finding:
    return Finding(
        what,
        file=file,
        row_label=label,
        expected="det som make mutation skriver",
        action=f"Hämta tillbaka filen ur git (git checkout -- {file}), eller kör make mutation.",
        priority=1,
    )
