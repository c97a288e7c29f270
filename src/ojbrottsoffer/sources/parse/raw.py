"""Reads a raw file as a grid of text cells, or says exactly why that is not possible."""

from __future__ import annotations

import csv
import datetime
import io
import re
from itertools import takewhile
from pathlib import Path

from ojbrottsoffer import RELEASED
from ojbrottsoffer.schema.columns import FIRST_YEAR
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.published_text import flaw

RESTORE = "Hämta tillbaka filen ur git (git checkout -- {file}) eller skriv av tabellen på nytt."
LARGEST = 5_000_000
"""Bytes in one file; the largest there is has 60,000."""


def read_grid(path: Path, file: str) -> list[list[str]]:
    """All rows of a comma-separated UTF-8 file, as text, nothing trimmed.

    A byte order mark and Windows line ends are accepted. `file` is the name used in messages.
    Raises `DataError` if the file is missing, empty, too large, not UTF-8, not well-formed CSV or
    has a text that can't be published.
    """
    text = read_text(path, file)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError([_malformed(text, file)]) from error
    if unfit := [
        Finding(
            wrong.what,
            file=file,
            row=number,
            column=_heading(rows, row, place),
            value=cell,
            expected=wrong.expected,
            action="Skriv cellen som källan visar den.",
            priority=1,
        )
        for number, row in enumerate(rows if _whole(rows) else rows[:-1], start=1)
        for place, cell in enumerate(row)
        if (wrong := flaw(cell, printed=file.startswith("data/raw/")))
    ]:
        raise DataError(unfit)
    rows = [row for row in rows if row]
    if not rows:
        raise DataError(
            [
                Finding(
                    "Filen är tom",
                    file=file,
                    expected="en rubrikrad och datarader",
                    action=RESTORE.format(file=file),
                    priority=1,
                )
            ]
        )
    return rows


def _whole(rows: list[list[str]]) -> bool:
    """False if the last row is cut off; whoever reads the table says so, and of which row."""
    return len(rows) < 3 or len(rows[-1]) >= len(rows[-2])


def _heading(rows: list[list[str]], row: list[str], place: int) -> str:
    """What the column of a cell is called: the first text above it in rows as wide as its own."""
    above = takewhile(lambda heading: heading is not row, rows)
    named = (heading[place] for heading in above if len(heading) == len(row))
    return next((name for name in named if name and flaw(name) is None), f"kolumn {place + 1}")


def read_text(path: Path, file: str) -> str:
    """The text of a file. Raises `DataError` if it is missing, too large or not UTF-8."""
    if not path.is_file():
        raise DataError(
            [
                Finding(
                    "Filen saknas",
                    file=file,
                    expected="en läsbar fil",
                    action=RESTORE.format(file=file),
                    priority=1,
                )
            ]
        )
    if (size := path.stat().st_size) > LARGEST:
        raise DataError(
            [
                Finding(
                    "Filen är för stor",
                    file=file,
                    value=f"{size} byte",
                    expected=f"högst {LARGEST} byte",
                    action=RESTORE.format(file=file),
                    priority=1,
                )
            ]
        )
    return _decode(path.read_bytes(), file)


def read_rows(
    path: Path, file: str, columns: list[str], may_be_empty: bool = False
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file that has exactly these columns, with their row numbers.

    Raises `DataError` for a header or a row of another shape, and for one without rows unless it `may_be_empty`.
    """
    grid = read_grid(path, file)
    check_header(grid[0], columns, file)
    if len(grid) == 1 and not may_be_empty:
        raise DataError(
            [
                Finding(
                    "Filen har en rubrikrad men inga rader",
                    file=file,
                    row=1,
                    value=",".join(grid[0]),
                    expected="minst en rad under rubriken",
                    action=RESTORE.format(file=file),
                    priority=1,
                )
            ]
        )
    wrong = [
        Finding(
            "Raden har fel antal kolumner",
            file=file,
            row=number,
            value=",".join(row),
            expected=f"{len(columns)} kolumner: {', '.join(columns)}",
            action="Rätta raden: för få fält betyder oftast att filen är avklippt.",
            priority=1,
        )
        for number, row in enumerate(grid[1:], start=2)
        if len(row) != len(columns)
    ]
    if wrong:
        raise DataError(wrong)
    return [(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(grid[1:], start=2)]


def check_header(header: list[str], columns: list[str], file: str) -> None:
    """Raises `DataError` unless the header is exactly `columns`: a finding for each column that is
    too many, missing or there twice, or one for the order.
    """
    wrong = [
        (
            "Kolumnen är inte deklarerad",
            name,
            f"någon av kolumnerna {', '.join(columns)}",
            "Ta bort kolumnen, eller rätta dess namn i rubrikraden.",
        )
        for name in dict.fromkeys(header)
        if name not in columns
    ]
    wrong += [
        (
            "Kolumnen saknas",
            name,
            f"kolumnerna {', '.join(columns)}",
            "Lägg till kolumnen, eller rätta dess namn i rubrikraden.",
        )
        for name in columns
        if name not in header
    ]
    wrong += [
        ("Kolumnen finns två gånger", name, "varje kolumn en gång", "Ta bort den ena.")
        for name in columns
        if header.count(name) > 1
    ]
    if not wrong and header != columns:
        wrong = [("Kolumnerna står i fel ordning", None, ",".join(columns), "Rätta ordningen.")]
    if wrong:
        raise DataError(
            [
                Finding(
                    what,
                    file=file,
                    row=1,
                    column=column,
                    value=",".join(header),
                    expected=expected,
                    action=action,
                    priority=1,
                )
                for what, column, expected, action in wrong
            ]
        )


def read_records(path: Path, file: str, columns: list[str]) -> list[dict]:
    """The same rows as dicts of text that know where they stand: with `fil` and `rad`."""
    return [{**row, "fil": file, "rad": number} for number, row in read_rows(path, file, columns)]


def date_of(text: str) -> datetime.date | None:
    """A date written year-month-day, else None."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


FIRST_DAY = datetime.date(FIRST_YEAR, 1, 1)
"""The first day that any date here may have: no source, decision or test is older."""


def unlikely_day(said: str) -> str | None:
    """What a date should be, if it is none of those that any date here may have; else None.

    `said`: a year, a month or a day, written `ÅÅÅÅ`, `ÅÅÅÅ-MM` or `ÅÅÅÅ-MM-DD`.
    """
    first, last = str(FIRST_DAY), str(last_day())
    length = len(said)
    if length == len(last) and date_of(said) is None:
        return "ett datum som finns, ÅÅÅÅ-MM-DD"
    if not first[:length] <= said <= last[:length]:
        return f"från {first[:length]} till och med {last[:length]}"
    return None


def last_day() -> datetime.date:
    """The last day that has come: today, or the release's where a clock is behind it."""
    return max(datetime.date.today(), datetime.date.fromisoformat(RELEASED))


def line_of(path: Path, text: str) -> int | None:
    """The first line that begins with `text`, whatever its indent; None if there is none."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((n for n, line in enumerate(lines, start=1) if line.lstrip(" -").startswith(text)), None)


def _malformed(text: str, file: str) -> Finding:
    """Why the text is not comma-separated: another separator, or a quote without its pair."""
    lines = text.splitlines()
    for separator, name in ((";", "semikolon"), ("\t", "tabb")):
        if text.count(separator) > text.count(","):
            row = next(n for n, line in enumerate(lines, start=1) if separator in line)
            return Finding(
                "Filen har fel avskiljare",
                file=file,
                row=row,
                value=lines[row - 1],
                expected=f"komma mellan cellerna, men här står {name}",
                action="Spara om filen med komma som avskiljare (CSV UTF-8), eller "
                "hämta tillbaka den ur git.",
                priority=1,
            )
    row = next((n for n, line in enumerate(lines, start=1) if line.count('"') % 2), len(lines))
    return Finding(
        "Filen är inte en hel CSV-fil; ett citattecken saknar sitt par eller filen är avklippt",
        file=file,
        row=row,
        value=lines[row - 1] if lines else "",
        expected="citattecken i par på varje rad, runt hela cellen",
        action=RESTORE.format(file=file),
        priority=1,
    )


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        start = before.rfind(b"\n") + 1
        shown = data[start : error.start + 20].decode("latin-1").splitlines()[0]
        what, expected = "Filen är inte sparad som UTF-8", "teckenkodningen UTF-8"
        action = "Spara om filen med kodningen UTF-8 i textredigeraren, eller hämta tillbaka den ur git."
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            expected += "; filen är sparad som UTF-16"
        elif b"\0" in data:
            what, action = "Filen är ingen textfil", RESTORE.format(file=file)
        elif error.reason == "unexpected end of data":
            what, action = "Filen slutar mitt i en bokstav; den är avklippt", RESTORE.format(file=file)
        else:
            expected += "; filen ser ut att vara sparad som Latin-1 eller Windows-1252"
        raise DataError(
            [Finding(what, file=file, row=line, value=shown, expected=expected, action=action, priority=1)]
        ) from error
