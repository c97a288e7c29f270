"""Records that a command has written of something it tried: read as they were declared, or refused."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError

from ojbrottsoffer import __version__
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.published_text import flaw
from ojbrottsoffer.sources.parse.raw import read_text, unlikely_day

T = TypeVar("T")
NUMBERS = re.compile(r"[0-9. ]+")
"""One number after the other, or a version: no text."""


def _day(day: str) -> str:
    if expected := unlikely_day(day):
        raise ValueError(f"{day}: en dag {expected}")
    return day


def _has_been(version: str) -> str:
    if _parts(version) > _parts(__version__):
        raise ValueError(f"{version}: versionen har inte kommit")
    return version


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


RecordedDay = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)]
RecordedVersion = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}$"),
    AfterValidator(_has_been),
]
"""The version of the data that was tried; a record of another is shown as old."""


def stamp() -> dict[str, str]:
    """`datum` and `version` of a run that ends now."""
    return {"datum": datetime.date.today().isoformat(), "version": __version__}


def is_old(version: str) -> bool:
    """True if what was tried was another version of the data than this."""
    return version != __version__


def read_json_record(
    path: Path, file: str, kind: Any, command: str, quoting: Collection[str] = frozenset()
) -> Any:
    """A JSON file as `kind`. Raises `DataError` with everything that does not fit it, a name that stands
    twice in the same place, or a text that can't be published.

    `command`: what writes the file. `quoting`: fields that quote what is not fit to be published, line by
    line; only what can't be seen is refused in them.
    """
    text = read_text(path, file)
    try:
        record = TypeAdapter(kind).validate_json(text, strict=True)
        for where, said in _texts(json.loads(text, object_pairs_hook=_once)):
            if unseen := (_unseen if where in quoting else _unfit)(said):
                raise unlikely(file, where, said, unseen, command)
        return record
    except Twice as error:
        raise unlikely(file, str(error), str(error), "varje namn en gång", command) from error
    except ValidationError as error:
        raise DataError(
            [
                Finding(
                    "Resultatet är inte det som ett prov kan ge",
                    file=file,
                    row_label=", ".join(str(step) for step in found["loc"]),
                    value=_shown(found["input"]),
                    expected=f"det som {command} skriver ({_short(found['msg'])})",
                    action=_restore(file, command),
                    priority=1,
                )
                for found in error.errors(include_url=False)
            ]
        ) from error


def unlikely(file: str, where: str, value: str, expected: str, command: str) -> DataError:
    """What is no record of a run. `where`: the field."""
    return DataError(
        [
            Finding(
                "Resultatet är inte det som ett prov kan ge",
                file=file,
                row_label=where,
                value=value,
                expected=f"det som {command} skriver ({expected})",
                action=_restore(file, command),
                priority=1,
            )
        ]
    )


def other_than(wanted: Collection[str], given: Iterable[str], which: str) -> str | None:
    """What is unknown among those `given`, and what is missing; None if they are those `wanted`."""
    given = set(given)
    said = {"okänd": sorted(given - set(wanted)), "saknas": sorted(set(wanted) - given)}
    told = [f"{word}: {', '.join(names)}" for word, names in said.items() if names]
    return f"{which} som är deklarerade ({'; '.join(told)})" if told else None


def repeated(values: Iterable[T]) -> set[T]:
    """Those that come more than once."""
    return {value for value, many in Counter(values).items() if many > 1}


class Twice(ValueError):
    """A name that stands twice in the same place; JSON itself keeps the last in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name in repeated(name for name, _ in pairs):
        raise Twice(name)
    return dict(pairs)


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every name and text, with the name of the field it stands in."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield where, name
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, where)
    elif isinstance(value, str):
        yield where, value


def _unfit(text: str) -> str | None:
    wrong = None if NUMBERS.fullmatch(text) else flaw(text)
    return wrong and f"{wrong.what}; {wrong.expected}"


def _unseen(text: str) -> str | None:
    lines = text.replace("\u00a0", " ").split("\n")
    return None if all(map(str.isprintable, lines)) else "synliga tecken"


def _restore(file: str, command: str) -> str:
    return f"Hämta tillbaka filen ur git (git checkout -- {file}), eller kör {command}."


def _shown(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else type(value).__name__


def _short(said: str) -> str:
    return said.removeprefix("Value error, ") if flaw(said) is None else "läsbar text"
