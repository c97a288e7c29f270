"""The raw files against `data/raw/SHA256SUMS`: what nobody meant to change has not changed.

The rules find what is wrong; this also finds what is merely different, as a row that fell out of
a list where any number of rows will do. A byte order mark, line ends and empty lines at the end
don't count: they say nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ojbrottsoffer.checks.declared_places import check_places
from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.digest import files_below
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.sources.parse.raw import read_text
from ojbrottsoffer.transaction import write_in_one_step

FILE_NAME = "SHA256SUMS"
RECORD = (
    "Är ändringen en rättad avskrift: kör make kontrollsummor och skriv in rättelsen i "
    "data/reference/rattelser.csv."
)


def changed_files(project: Project) -> list[Finding]:
    """A finding for each raw file that is changed, missing or not on the list."""
    listed = _listed(project)
    present = _present(project)
    findings = []
    for name in sorted(listed.keys() | present.keys()):
        file = project.relative(project.raw / name)
        if name not in present:
            findings.append(
                Finding(
                    "Filen saknas, men står i listan över källfiler",
                    file=file,
                    expected=f"en fil, som {FILE_NAME} anger",
                    action=f"Hämta tillbaka den ur git (git checkout -- {file}). {RECORD}",
                    priority=9,
                )
            )
        elif name not in listed:
            findings.append(
                Finding(
                    "Filen står inte i listan över källfiler",
                    file=file,
                    expected=f"en rad i data/raw/{FILE_NAME}",
                    action="Ta bort filen om den inte hör hit. En ny källfil tas in med importera; "
                    "en avskriven källa med make kontrollsummor.",
                    priority=9,
                )
            )
        elif listed[name] not in _digests(present[name]):
            findings.append(
                Finding(
                    "Filen har ett annat innehåll än när den togs in",
                    file=file,
                    expected=f"det innehåll som data/raw/{FILE_NAME} anger",
                    action=f"Se vad som är ändrat med git diff -- {file}. Är det inte avsett: hämta "
                    f"tillbaka filen (git checkout -- {file}). {RECORD}",
                    priority=9,
                )
            )
    return findings


def raw_files_check(project: Project) -> Check:
    """The record of `changed_files` in a run where nothing had changed."""
    return Check(
        "källfilerna",
        "Varje källfil har det innehåll den hade när den togs in",
        "En rad som fallit bort ur en lista syns inte på listan.",
        len(_listed(project)),
        origin="kontrollsummor",
    )


def write_checksums(project: Project) -> list[str]:
    """Writes the list anew; returns the names that differ from the old one. Raises `DataError` for a file
    that may not be there.
    """
    check_places(project)
    try:
        before = _listed(project)
    except DataError:
        before = {}
    after = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _present(project).items()}
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(after.items()))
    write_in_one_step(project.raw / FILE_NAME, text)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _listed(project: Project) -> dict[str, str]:
    path = project.raw / FILE_NAME
    file = project.relative(path)
    listed: dict[str, str] = {}
    for number, line in enumerate(read_text(path, file).splitlines(), start=1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or name in listed:
            raise DataError(
                [
                    Finding(
                        "Raden i listan över källfiler går inte att läsa",
                        file=file,
                        row=number,
                        value=line,
                        expected="kontrollsumma, två mellanslag och filens namn, varje fil en gång",
                        action=f"Hämta tillbaka filen ur git (git checkout -- {file}).",
                        priority=1,
                    )
                ]
            )
        listed[name] = digest
    return listed


def _present(project: Project) -> dict[str, Path]:
    files = {path.relative_to(project.raw).as_posix(): path for path in files_below(project.raw)}
    files.pop(FILE_NAME, None)
    return files


def _digests(path: Path) -> set[str]:
    """The digest of a file as it is, and with the line ends that the transcribed files have."""
    data = path.read_bytes()
    plain = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
    return {hashlib.sha256(form).hexdigest() for form in (data, plain)}
