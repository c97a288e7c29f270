"""An import tried before it is written: its files in a copy of the project that is thrown away,
through the gate that `granska` and `make` run.

What an analyst can answer is asked about long before this. Here is the net below: no rule can be
forgotten, since none is repeated.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ojbrottsoffer.checks import gate
from ojbrottsoffer.checks.editions.importable import REFUSED
from ojbrottsoffer.importer.accepted.accept import folder_name
from ojbrottsoffer.importer.accepted.editions import folders
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.curated.decisions import SIGN_OFFS, read_sign_offs
from ojbrottsoffer.transaction import write_files

BROKEN = "Projektets kontroller stannar redan utan den nya filen, så importen går inte att pröva"
REMEDY = "Är det fel i filen: be avsändaren om en rättad fil. Annars: rätta profilen."
FIRST = " Hänger det ihop med {}, som väntar på granskning: granska den först."


def copy_of(project: Project, folder: Path) -> Project:
    """What an import reads, in `folder`, to write to."""
    copy = Project(folder)
    for source in filter(
        Path.is_dir, (project.raw, project.reference, project.versions, project.expectations)
    ):
        shutil.copytree(source, copy.root / source.relative_to(project.root))
    if project.clean.exists():
        shutil.copytree(project.clean, copy.clean)
    return copy


def try_import(
    project: Project, reading: Reading, ar: int, files: dict[str, bytes], drafts: set[str]
) -> None:
    """Adds what the gate would say of the project with `files` in place, and `drafts` among its editions. Raises
    `DataError` if it already stops without them.
    """
    kalla_id = folder_name(reading.profile.slag, ar)
    with TemporaryDirectory(prefix="importprov-") as folder:
        copy = copy_of(project, Path(folder))
        write_files(copy.root, files)
        found = _findings(copy, drafts)
    if not found:
        return
    before = _findings(project, drafts - {kalla_id})
    if before:
        raise DataError(
            [
                Finding(
                    BROKEN,
                    expected="ett projekt utan fel innan något nytt läses in",
                    priority=0,
                    action="Rätta det som följer, kör make check och sedan importen igen.",
                ),
                *before,
            ]
        )
    waiting = [folder.name for folder in folders(project) if folder.name not in read_sign_offs(project)]
    remedy = REMEDY + (FIRST.format(swedish_or(waiting)) if waiting else "")
    inside = f"data/raw/{kalla_id}/"
    reading.errors.extend(_of_import(reading, finding, inside, remedy) for finding in found)


def _findings(project: Project, with_drafts: bool | set[str]) -> list[Finding]:
    try:
        gate.ingest_and_check(project, with_drafts=with_drafts)
    except DataError as error:
        return error.findings
    return []


def _of_import(reading: Reading, finding: Finding, folder: str, remedy: str) -> Finding:
    """A finding of the gate as one about the file that is being imported."""
    of_table = finding.file.startswith(folder) and not finding.file.endswith(".yml")
    undecided = finding.file.endswith(SIGN_OFFS)
    return replace(
        finding,
        what=f"{REFUSED}: {finding.what[0].lower()}{finding.what[1:]}",
        action=finding.action if undecided else remedy,
        file=reading.file if of_table else finding.file,
    )
