"""Hand-written YAML files as pydantic models, and what pydantic finds said in Swedish.

A model declares each field once. What is wrong in a file is told all at once, each slip with the
file, the line, the entry, the field, what stood there and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.parse.raw import date_of, read_text, unlikely_day
from ojbrottsoffer.sources.parse.yaml_files import composed, line_at, read_yaml

PAGE = re.compile(r"([1-9][0-9]{0,2})(?:–([1-9][0-9]{0,2}))?")
"""A page of a source, or a span of pages: 16 or 16–18."""
LAST_PAGE = 70
"""The last page of SKL's report that its list of contents names: where the table of shares begins."""
NAMES = ("id", "namn", "rad")
"""The fields that name an entry of a list, the best first."""

SAID = {
    "missing": ("Posten är inte hel", "fältet {field}"),
    "string_type": ("Posten är inte hel", "en text"),
    "string_too_short": ("Posten är inte hel", "en text"),
    "string_too_long": ("Texten är för lång", "högst {max_length} tecken"),
    "string_pattern_mismatch": ("Otillåtet värde", "små bokstäver a–z, siffror och bindestreck"),
    "bool_type": ("Otillåtet värde", "true eller false"),
    "int_type": ("Otillåtet värde", "ett heltal från 1"),
    "greater_than_equal": ("Otillåtet värde", "ett heltal från {ge}"),
    "model_type": ("Posten har fel form", "namn: värde på varje rad"),
    "tuple_type": ("Otillåtet värde", "en lista (poster som börjar med -, eller tom: [])"),
    "too_short": ("Posten är inte hel", "en lista med minst en post"),
    "dict_type": ("Otillåtet värde", "namn: värde på varje rad"),
    "literal_error": ("Otillåtet värde", "{expected}"),
}
"""What pydantic found -> what is wrong, and what was expected."""


QUOTED = "; citattecken runt no, yes, on och off, som annars läses som false och true"


def slip(
    what: str, expected: str, value: object = None, action: str = "Rätta posten.", position: int | None = None
) -> PydanticCustomError:
    """For a validator to raise. `value` and `position`: what is wrong, if not the whole field or list."""
    said = {"expected": expected, "action": action, "value": value, "position": position}
    return PydanticCustomError("slip", what, said)


class Record(BaseModel):
    """One entry: fields that are declared, no others."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _no_other_fields(cls, content: Any) -> Any:
        if isinstance(content, cls):
            return content
        fields = f"fälten {', '.join(cls.model_fields)}"
        if not isinstance(content, dict):
            raise slip("Posten har fel form", fields)
        others = [str(name) for name in content if name not in cls.model_fields]
        if others:
            raise slip("Posten har ett fält som inte finns", fields, ", ".join(others))
        return content


def _page(value: object) -> str:
    written = PAGE.fullmatch(str(value))
    if not written:
        raise slip("Sidan går inte att tolka", "en sida (16) eller ett spann (16–18)")
    first, last = int(written[1]), int(written[2] or written[1])
    if last > LAST_PAGE or (first >= last and written[2]):
        raise slip(
            "Sidan finns inte i rapporten",
            f"en sida från 1 till {LAST_PAGE}, eller ett spann med den lägre först",
        )
    return str(value)


def _plain(value: object) -> str:
    if value in (None, ""):
        raise slip("Posten är inte hel", "text eller ett tal")
    if isinstance(value, list | dict | bool):
        raise slip("Posten har ett värde som inte går att använda", f"text eller ett tal{QUOTED}")
    return str(value)


def _day(value: object) -> str:
    if date_of(_plain(value)) is None:
        raise slip("Datumet går inte att tolka", "ÅÅÅÅ-MM-DD")
    if expected := unlikely_day(str(value)):
        raise slip("Dagen kan inte vara rätt", f"en dag {expected}")
    return str(value)


Text = Annotated[str, StringConstraints(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Count = Annotated[StrictInt, Field(ge=1)]
Page = Annotated[str, BeforeValidator(_page)]
Plain = Annotated[str, BeforeValidator(_plain)]
"""A text, or a number or date that becomes one."""
Day = Annotated[str, BeforeValidator(_day)]


def known(kind: str) -> Any:
    """The type of an id that must be among those of `kind` in the context."""

    def check(value: object, info: ValidationInfo) -> object:
        allowed = list(info.context[kind])
        if value not in allowed:
            raise slip("Posten pekar på något som inte finns", among(allowed, value))
        return value

    return Annotated[Any, BeforeValidator(check)]


def once(key: Callable[[Any], str] = str) -> AfterValidator:
    """No two items of a list with the same key."""

    def check(items: tuple) -> tuple:
        keys = [key(item) for item in items]
        for number, name in enumerate(keys):
            if name in keys[:number]:
                raise slip("Samma sak står två gånger", "varje id en gång", name, position=number)
        return items

    return AfterValidator(check)


def some(kind: str) -> Any:
    """The type of a list of different ids, all known; may be empty."""
    return Annotated[tuple[known(kind), ...], once()]


def entries(item: type[Record], key: str = "id") -> Any:
    """The type of a list of at least one entry, no two with the same `key`."""
    return Annotated[tuple[item, ...], Field(min_length=1), once(lambda entry: str(getattr(entry, key)))]


def every(given: Iterable[str], names: Iterable[str], kind: str) -> None:
    """Raises a slip for the first of `names` that is not `given`."""
    missing = [name for name in names if name not in set(given)]
    if missing:
        raise slip(
            f"Posten för en {kind} saknas",
            "en post för varje id",
            ", ".join(missing),
            f"Lägg till {missing[0]}.",
        )


def named(content: dict, heading: str) -> list[str]:
    """The ids of a list that has not been checked yet, for the others to refer to."""
    items = content.get(heading)
    return [str(i.get("id")) for i in items if isinstance(i, dict)] if isinstance(items, list) else []


def among(allowed: list, value: object) -> str:
    """What was expected: all of a few ids, or those that are most like what stood there."""
    shown = [str(one) for one in allowed]
    if len(shown) < 8:
        return swedish_or(shown)
    like = get_close_matches(str(value), shown, 3, 0.4)
    return f"ett id som finns, till exempel {swedish_or(like or shown[:3])}"


def read_model(
    project: Project,
    path: Path,
    kind: Any,
    root: type,
    context: Callable[[Any], dict[str, Any]] | None = None,
) -> Any:
    """A file as `kind`. `root`: dict or list. `context`: what ids there are, given the plain content.

    Raises `DataError` with everything that is wrong.
    """
    file = project.relative(path)
    content = read_yaml(path, file, root)
    try:
        return TypeAdapter(kind).validate_python(content, context=context(content) if context else None)
    except ValidationError as error:
        lines = composed(read_text(path, file))
        raise DataError([_finding(one, content, file, lines) for one in error.errors()]) from error


def _finding(error: ErrorDetails, content: Any, file: str, lines: yaml.Node | None) -> Finding:
    details = error.get("ctx", {})
    place = tuple(step for step in error["loc"] if step != "[key]")
    if details.get("position") is not None:
        place = (*place, details["position"])
    entry, column = _named(content, place)
    what, expected = SAID.get(error["type"], (error["msg"], details.get("expected", "")))
    value = details.get("value") or (None if error["type"] == "missing" else error["input"])
    if error["type"] == "literal_error":
        details = {"expected": details["expected"].replace(" or ", " eller ").replace("'", "")}
    if isinstance(value, bool) and error["type"] == "string_type":
        expected += QUOTED
    elif value is not None and error["type"] == "string_type":
        what, expected = "Värdet är ingen text", f"{expected}; citattecken runt tal och datum"
    return Finding(
        what,
        file=file,
        table=entry,
        row=line_at(lines, place),
        column=column,
        value=None if value is None else str(value),
        expected=expected.format(field=place[-1] if place else "", **details)
        if error["type"] in SAID
        else expected,
        action=details.get("action", "Rätta posten."),
        priority=1,
    )


def _named(content: Any, place: tuple[int | str, ...]) -> tuple[str, str]:
    """(the entry, the field) that a place is, as whoever writes the file would call them."""
    entry: list[str] = []
    column = ""
    for depth, step in enumerate(place):
        before = content
        content = (
            before.get(step)
            if isinstance(before, dict)
            else before[step]
            if isinstance(before, list) and isinstance(step, int) and step < len(before)
            else None
        )
        if isinstance(step, int):
            if isinstance(content, dict):
                name = next((str(content[key]) for key in NAMES if content.get(key)), "")
                entry.append(name or f"{column or 'post'} {step + 1}")
        elif isinstance(content, dict) and depth:
            entry.append(step)
        else:
            column = step
    written = ", ".join(entry)
    return f"posten {written}" if written and not written.startswith("post ") else written, column
