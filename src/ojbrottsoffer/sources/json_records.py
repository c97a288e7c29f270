"""Records that a command has written of something it tried: read as they were declared, or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError

from ojbrottsoffer import __version__
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.published_text import flaw
from ojbrottsoffer.sources.raw import last_day, read_text


def _has_come(day: str) -> str:
    if date.fromisoformat(day) > last_day():
        raise ValueError(f"{day}: dagen har inte kommit")
    return day


def _has_been(version: str) -> str:
    if _parts(version) > _parts(__version__):
        raise ValueError(f"{version}: versionen har inte kommit")
    return version


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


RecordedDay = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_has_come)
]
RecordedVersion = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}){2}$"), AfterValidator(_has_been)
]
"""The version of the data that was tried; a record of another is shown as old."""


def is_old(version: str) -> bool:
    """True if what was tried was another version of the data than this."""
    return version != __version__


def read_json_record(path: Path, file: str, kind: Any, command: str) -> Any:
    """A JSON file as `kind`. Raises `DataError` with everything that does not fit it.

    `command`: what writes the file.
    """
    text = read_text(path, file)
    try:
        return TypeAdapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        raise DataError(
            [
                Finding(
                    "Resultatet är inte det som ett prov kan ge",
                    file=file,
                    row_label=", ".join(str(step) for step in found["loc"]),
                    value=_shown(found["input"]),
                    expected=f"det som {command} skriver ({_short(found['msg'])})",
                    action=f"Hämta tillbaka filen ur git (git checkout -- {file}), eller kör {command}.",
                    priority=1,
                )
                for found in error.errors(include_url=False)
            ]
        ) from error


def _shown(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else type(value).__name__


def _short(said: str) -> str:
    return said.removeprefix("Value error, ") if flaw(said) is None else "läsbar text"
