"""Every value of a YAML file as another type: a number for a text, a text or a list for a mapping, and so on.

One level of a file at a time, since a value that is replaced hides those inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from ojbrottsoffer.sources.origins import NAME as ORIGIN
from ojbrottsoffer.sources.origins import Origin

UNFIT = object()
"""Says that a value already has the type."""
Place = tuple[int | str, ...]
Typed = Callable[[Any], Any]
NUMBERS_TOO = {"varde_a", "varde_b"}
"""What may be a text or a number: any number is then one of its own, and told as a figure that is wrong."""


def _number(value: Any) -> Any:
    return 7_000_001 if isinstance(value, str) else UNFIT


def _text(value: Any) -> Any:
    return "inte det här" if isinstance(value, list | dict | int | float) else UNFIT


def _list(value: Any) -> Any:
    return (
        [list(value.values())] if isinstance(value, dict) else UNFIT if isinstance(value, list) else [value]
    )


def _mapping(value: Any) -> Any:
    return UNFIT if isinstance(value, dict) else {"inne": value}


TYPES: dict[str, Typed] = {
    "varde-tal": _number,
    "varde-text": _text,
    "varde-lista": _list,
    "varde-avbildning": _mapping,
}
"""Class -> a value of another type, given the one that is there."""


def replaced(
    content: Any, file: str, depth: int, other: Typed, among: Collection[Place] | None = None
) -> tuple[Any, list[Place]]:
    """The content with every value at a depth (or those `among` them) of another type, and where they stand.
    Notes are left alone.
    """
    places: list[Place] = []

    def at(value: Any, place: Place) -> Any:
        if len(place) == depth:
            new = other(value)
            left_alone = not _declared(file, place) or (other is _number and place[-1] in NUMBERS_TOO)
            if new is UNFIT or left_alone or (among is not None and place not in among):
                return value
            places.append(place)
            return new
        if isinstance(value, dict):
            return {name: at(inner, (*place, name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [at(inner, (*place, number)) for number, inner in enumerate(value)]
        return value

    return at(content, ()), places


def _declared(file: str, place: Place) -> bool:
    return not file.endswith(ORIGIN) or place[0] in Origin.model_fields


def deepest(value: Any) -> int:
    """How many levels there are below a value."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(deepest, inner)) if inner else 0
