"""The shapes of Kolada's answers (API version 3), and how answers are kept.

An answer is kept as it came, packed; what is told of it is its request and the name of its file.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

from ojbrottsoffer.schema.finding import DataError, Finding

REQUESTS = "anrop.json"
"""The list of the requests of one fetch, in order, with the file of each answer."""
T = TypeVar("T")


class Value(BaseModel):
    """One value of an entry."""

    gender: Literal["T", "K", "M"]
    value: Annotated[float | None, Field(allow_inf_nan=False)]
    status: str | None = None
    isdeleted: bool | None = None


class Entry(BaseModel):
    """One key figure of one municipality and year."""

    kpi: str
    municipality: str
    period: int
    values: list[Value]


class Described(BaseModel):
    """A key figure or a municipality in Kolada's lists."""

    id: str
    title: str
    description: str | None = None
    type: str | None = None


class Member(BaseModel):
    member_id: str
    member_title: str | None = None


class Group(BaseModel):
    """One of Kolada's groups of municipalities."""

    id: str
    title: str
    members: list[Member]


class Page(BaseModel, Generic[T]):
    """One page of an answer."""

    values: list[T]
    next_url: str | None = None


SHAPES: dict[str, TypeAdapter] = {
    "data": TypeAdapter(Page[Entry]),
    "kpi": TypeAdapter(Page[Described]),
    "municipality": TypeAdapter(Page[Described]),
    "municipality_groups": TypeAdapter(Page[Group]),
}
"""First part of a request's address -> the shape of its answer."""


class Request(BaseModel):
    """A request and where its answer is; of what Kolada does not have (404) there is none."""

    anrop: Annotated[str, StringConstraints(pattern=r"^(data|kpi|municipality|municipality_groups)[/?]")]
    fil: Annotated[str, StringConstraints(pattern=r"^[0-9a-z_-]+\.json\.gz$")] | None


@dataclass(frozen=True)
class Answer:
    """A request with its answer. `file`: what it is called in messages."""

    request: str
    file: str
    body: bytes | None

    @property
    def name(self) -> str:
        """The file without its folder."""
        return self.file.rsplit("/", 1)[-1]

    @property
    def kind(self) -> str:
        return re.split("[/?]", self.request, maxsplit=1)[0]

    def page(self) -> Page | None:
        """The answer in its shape; None if Kolada does not have it. Raises `DataError` for any other shape."""
        if self.body is None:
            return None
        try:
            return SHAPES[self.kind].validate_json(self.body, strict=True)
        except ValidationError as error:
            raise DataError([misshapen(self.file, one) for one in error.errors()]) from error


def misshapen(file: str, error: Any) -> Finding:
    """What pydantic found in an answer."""
    place = error["loc"]
    post = f"values, post {place[1] + 1}" if place[:1] == ("values",) and len(place) > 1 else ""
    value = error["input"]
    sex = place[-1:] == ("gender",) and error["type"] == "literal_error"
    return Finding(
        "Svaret har ett okänt kön" if sex else "Svaret har inte den form som Koladas svar har",
        file=file,
        table=post,
        column=".".join(str(step) for step in place[2:]) or ".".join(str(step) for step in place),
        value=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)[:120],
        expected="T (alla), K (kvinnor) eller M (män)" if sex else EXPECTED.get(error["type"], error["msg"]),
        action="Se efter i Koladas beskrivning av API:et om formen har ändrats. Har den inte det: hämta på nytt.",
        priority=1,
    )


EXPECTED = {
    "missing": "ett fält med det namnet",
    "string_type": "en text",
    "float_type": "ett tal eller null",
    "int_type": "ett heltal",
    "bool_type": "true eller false",
    "list_type": "en lista",
    "model_type": "ett objekt",
    "finite_number": "ett ändligt tal",
    "json_invalid": "hel JSON",
    "string_pattern_mismatch": "ett anrop och en fil som ojbrottsoffer hamta kolada skriver dem",
}
"""What pydantic found -> what was expected."""


def packed(body: bytes) -> bytes:
    """An answer as it is kept: the same bytes every time."""
    return gzip.compress(body, mtime=0)
