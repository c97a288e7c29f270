"""Reads a raw file as a grid of text cells, or says exactly why that is not possible."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import yaml

from ojbrottsoffer.tables.findings import DataError, Finding

RESTORE = "Hämta tillbaka filen ur git (git checkout -- {file}) eller skriv av tabellen på nytt."


def read_grid(path: Path, file: str) -> list[list[str]]:
    """All rows of a comma-separated UTF-8 file, as text, nothing trimmed.

    A byte order mark and Windows line ends are accepted. `file` is the name used in messages.
    Raises `DataError` if the file is missing, empty, not UTF-8 or not well-formed CSV.
    """
    if not path.is_file():
        raise DataError([Finding("Filen saknas", file=file, expected="en läsbar CSV-fil",
                                 action=RESTORE.format(file=file), priority=1)])
    text = _decode(path.read_bytes(), file)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError([_malformed(text, file)]) from error
    rows = [row for row in rows if row]
    if not rows:
        raise DataError([Finding("Filen är tom", file=file, expected="en rubrikrad och datarader",
                                 action=RESTORE.format(file=file), priority=1)])
    return rows


def _malformed(text: str, file: str) -> Finding:
    """Why the text is not comma-separated: another separator, or a quote without its pair."""
    lines = text.splitlines()
    for separator, name in ((";", "semikolon"), ("\t", "tabb")):
        if text.count(separator) > text.count(","):
            row = next(n for n, line in enumerate(lines, start=1) if separator in line)
            return Finding("Filen har fel avskiljare", file=file, row=row, value=lines[row - 1],
                           expected=f"komma mellan cellerna, men här står {name}",
                           action="Spara om filen med komma som avskiljare (CSV UTF-8), eller "
                           "hämta tillbaka den ur git.", priority=1)
    row = next((n for n, line in enumerate(lines, start=1) if line.count('"') % 2), len(lines))
    return Finding("Filen är inte en hel CSV-fil; ett citattecken saknar sitt par eller filen är "
                   "avklippt", file=file, row=row, value=lines[row - 1] if lines else "",
                   expected="citattecken i par på varje rad, runt hela cellen",
                   action=RESTORE.format(file=file), priority=1)


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        start = before.rfind(b"\n") + 1
        shown = data[start : error.start + 20].decode("latin-1").splitlines()[0]
        raise DataError(
            [
                Finding(
                    "Filen är inte sparad som UTF-8",
                    file=file, row=line, value=shown,
                    expected="teckenkodningen UTF-8; filen ser ut att vara Latin-1 (Windows-1252)",
                    action="Spara om filen med kodningen UTF-8 i textredigeraren, "
                    "eller hämta tillbaka den ur git.",
                    priority=1,
                )
            ]
        ) from error


def read_origin(path: Path) -> dict:
    """The `origin.yml` of a source."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
