"""Reads a raw file as a grid of text cells, or says exactly why that is not possible."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path
from typing import Any

import yaml

from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.schema.model import swedish_or

RESTORE = "Hämta tillbaka filen ur git (git checkout -- {file}) eller skriv av tabellen på nytt."


def read_grid(path: Path, file: str) -> list[list[str]]:
    """All rows of a comma-separated UTF-8 file, as text, nothing trimmed.

    A byte order mark and Windows line ends are accepted. `file` is the name used in messages.
    Raises `DataError` if the file is missing, empty, not UTF-8 or not well-formed CSV.
    """
    text = read_text(path, file)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError([_malformed(text, file)]) from error
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


def read_text(path: Path, file: str) -> str:
    """The text of a file. Raises `DataError` if it is missing or not UTF-8."""
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
    return _decode(path.read_bytes(), file)


def read_rows(path: Path, file: str, columns: list[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file that has exactly these columns, with their row numbers.

    Raises `DataError` for a header or a row of another shape.
    """
    grid = read_grid(path, file)
    check_header(grid[0], columns, file)
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


ORIGIN_FIELDS = ("kalla_id", "title", "producer", "published", "url", "retrieved", "licence")
"""What every `origin.yml` says."""
MAY_BE_EMPTY = {"published", "url", "retrieved"}
DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
ORIGIN_FORMS = {
    "published": (rf"\d{{4}}(?:-(?:0[1-9]|1[0-2]))?|{DAY}", "år, år-månad eller år-månad-dag"),
    "retrieved": (DAY, "ett datum, ÅÅÅÅ-MM-DD"),
    "url": (r"https?://[^\s/]+\S*", "en adress som börjar med https:// eller http://, utan mellanslag"),
}
"""Fields that have a form of their own: pattern, and how to say it."""
DATES = {"published", "retrieved"}
"""Fields where a whole day must be one that exists."""
SINGLE_FIGURES = ("riket", "rankning", "omgangar")
"""The files of figures given one by one, without `.csv`."""


def read_origin(path: Path, file: str) -> dict:
    """The `origin.yml` of a source, whose folder is named after it.

    Raises `DataError` naming the field that is missing or not the folder's.
    """
    origin = read_yaml(path, file, dict)
    missing = [name for name in ORIGIN_FIELDS if name not in origin]
    if missing:
        raise DataError(
            [
                Finding(
                    "Källbeskrivningen är inte hel",
                    file=file,
                    value=", ".join(origin),
                    expected=f"fälten {', '.join(missing)}",
                    action="Fyll i det som saknas.",
                    priority=1,
                )
            ]
        )
    if findings := [*_not_text(origin, path, file), *_not_figures(origin, path, file)]:
        raise DataError(findings)
    if origin["kalla_id"] != path.parent.name:
        raise DataError(
            [
                Finding(
                    "Källans id är inte mappens namn",
                    file=file,
                    column="kalla_id",
                    value=str(origin["kalla_id"]),
                    expected=show(path.parent.name),
                    action="Rätta kalla_id, eller mappens namn.",
                    priority=1,
                )
            ]
        )
    return origin


def _not_text(origin: dict, path: Path, file: str) -> list[Finding]:
    """Findings for the fields that tell of the source and are not what a reader can be shown."""
    return [
        Finding(
            "Källbeskrivningen har ett värde som inte går att använda",
            file=file,
            row=line_of(path, f"{name}:"),
            column=name,
            value=str(origin[name]),
            expected=expected,
            action="Rätta fältet.",
            priority=1,
        )
        for name in ORIGIN_FIELDS
        if (expected := unfit_for_origin(name, origin[name]))
    ]


def unfit_for_origin(name: str, value: object) -> str | None:
    """What a field of `origin.yml` should be, if `value` is not that; else None."""
    if value is None and name in MAY_BE_EMPTY:
        return None
    pattern, expected = ORIGIN_FORMS.get(name, (r"(?s).*\S.*", "text på en rad"))
    text = "" if value is None else str(value)
    impossible = re.fullmatch(DAY, text) and name in DATES and date_of(text) is None
    if isinstance(value, list | dict | bool) or not re.fullmatch(pattern, text) or impossible:
        return f"{expected}, ett datum som finns" if impossible else expected
    return None


def _not_figures(origin: dict, path: Path, file: str) -> list[Finding]:
    """Findings for `single_figures` that don't say where the files beside `origin.yml` come from."""
    said = origin.get("single_figures") or {}
    kinds = swedish_or([f"{name}.csv" for name in SINGLE_FIGURES])
    shape = isinstance(said, dict) and all(
        name in SINGLE_FIGURES and isinstance(where, str) and where for name, where in said.items()
    )
    if not shape:
        return [
            Finding(
                "Källbeskrivningen har ett värde som inte går att använda",
                file=file,
                column="single_figures",
                value=str(said),
                expected=f"filens namn utan .csv och var i källan den står ({kinds})",
                action="Rätta fältet, till exempel   riket: webbsidans text",
                priority=1,
            )
        ]
    return [
        Finding(
            "Filen nämns inte i källbeskrivningen och läses därför inte",
            file=file.replace("origin.yml", f"{name}.csv"),
            column="single_figures",
            value=f"{name}.csv",
            expected=f"{name} under single_figures i {file}",
            action="Lägg tillbaka raden i källbeskrivningen, eller ta bort filen.",
            priority=1,
        )
        for name in SINGLE_FIGURES
        if name not in said and path.with_name(f"{name}.csv").exists()
    ]


def read_yaml(path: Path, file: str, kind: type) -> Any:
    """A YAML file that holds a `kind` (dict or list).

    Raises `DataError` if it is missing, not UTF-8, not YAML or something else.
    """
    text = read_text(path, file)
    try:
        content = parse_yaml(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        if isinstance(error, Twice):
            raise DataError(
                [
                    Finding(
                        "Samma namn står två gånger",
                        file=file,
                        row=mark.line + 1,
                        value=error.problem,
                        expected="varje namn en gång",
                        action="Ta bort den ena posten.",
                        priority=1,
                    )
                ]
            ) from error
        raise DataError(
            [
                Finding(
                    "Filen är inte giltig YAML",
                    file=file,
                    row=mark.line + 1 if mark else None,
                    expected="namn: värde på varje rad, med lika indrag, och datum som finns",
                    action="Rätta raden, eller den närmast före.",
                    priority=1,
                )
            ]
        ) from error
    if content is None and kind is list:
        return []
    if not isinstance(content, kind):
        shape = "en lista (rader som börjar med -)" if kind is list else "namn: värde på varje rad"
        raise DataError(
            [
                Finding(
                    "Filen har fel form",
                    file=file,
                    value=str(content),
                    expected=shape,
                    action="Rätta filen.",
                    priority=1,
                )
            ]
        )
    return content


def parse_yaml(text: str) -> Any:
    """Plain data. Raises `Twice`, or what YAML raises (also `ValueError`, for a date there is not)."""
    return yaml.load(text, Loader=_OnceLoader)


class Twice(yaml.MarkedYAMLError):
    """A name that stands twice in the same place; YAML itself keeps the last in silence."""


class _OnceLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The safe loader, for files where no name may stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for (key, _), name, before in zip(node.value, names, range(len(names)), strict=True):
            if name in names[:before]:
                raise Twice(problem=str(name), problem_mark=key.start_mark)
        return super().construct_mapping(node, deep)
