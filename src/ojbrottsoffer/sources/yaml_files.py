"""Reads a YAML file as plain data, or says exactly why that is not possible."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml

from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.published_text import MOST_DIGITS, Flaw, flaw
from ojbrottsoffer.sources.raw import read_text

LONGEST, DEEPEST = 500_000, 20
"""Signs in a file, and levels in it; the files there are have 28,000 and six."""
Place = tuple[int | str, ...]


def read_yaml(path: Path, file: str, kind: type) -> Any:
    """A YAML file that holds a `kind` (dict or list).

    Raises `DataError` if it is missing, not UTF-8, not YAML, something else, or has a name or a
    text that can't be published.
    """
    text = read_text(path, file)
    try:
        content = parse_yaml(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        if isinstance(error, TooMuch):
            raise DataError(
                [
                    Finding(
                        "Filen är för stor, för djup eller pekar på sig själv",
                        file=file,
                        row=mark.line + 1 if mark else None,
                        value=error.problem,
                        expected=f"högst {LONGEST} tecken och {DEEPEST} nivåer, inga & och *",
                        action="Skriv ut innehållet där det gäller, och ta bort det som inte hör hit.",
                        priority=1,
                    )
                ]
            ) from error
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
    if unfit := [
        Finding(
            wrong.what,
            file=file,
            row=line_at(text, place),
            column=", ".join(str(step) for step in place),
            value=str(value),
            expected=wrong.expected,
            action="Rätta posten.",
            priority=1,
        )
        for place, value, wrong in _unfit(content, ())
    ]:
        raise DataError(unfit)
    return content


def _unfit(value: Any, place: Place) -> Iterator[tuple[Place, Any, Flaw]]:
    """Every name and every value that can't be published: where it stands, what it is and why."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(name, bool) or name is None:
                yield place, name, Flaw("Namnet är ingen text", "citattecken runt no, yes, on, off och null")
            elif wrong := flaw(str(name)):
                yield place, name, wrong
            yield from _unfit(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unfit(inner, (*place, number))
    elif isinstance(value, float | int) and not abs(value) < 10**MOST_DIGITS:
        yield place, value, Flaw("Talet är för stort", f"ett tal med högst {MOST_DIGITS} siffror")
    elif isinstance(value, str) and (wrong := flaw(value.removesuffix("\n"))):  # as after | and >
        yield place, value, wrong


def parse_yaml(text: str) -> Any:
    """Plain data. Raises `TooMuch`, `Twice`, or what YAML raises (also `ValueError`, for a date there
    is not).
    """
    _measure(text)
    return yaml.load(text, Loader=_OnceLoader)


def _measure(text: str) -> None:
    """Raises `TooMuch` before anything is built of a text that is long, deep or points at itself."""
    if len(text) > LONGEST:
        raise TooMuch(problem=f"{len(text)} tecken")
    depth = 0
    for event in yaml.parse(text, Loader=_OnceLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise TooMuch(problem=f"{depth} nivåer", problem_mark=event.start_mark)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise TooMuch(problem=event.anchor, problem_mark=event.start_mark)


class TooMuch(yaml.MarkedYAMLError):
    """A text that is too long, too deep, or uses anchors and aliases."""


class Twice(yaml.MarkedYAMLError):
    """A name that stands twice in the same place; YAML itself keeps the last in silence."""


class _OnceLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The safe loader, for files where no name may stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        seen = set()
        for (key, _), name in zip(node.value, names, strict=True):
            if isinstance(name, Hashable) and name in seen:
                raise Twice(problem=str(name), problem_mark=key.start_mark)
            seen |= {name} if isinstance(name, Hashable) else set()  # the loader refuses the others itself
        return super().construct_mapping(node, deep)


def line_at(text: str, path: tuple[int | str, ...]) -> int | None:
    """The line where the value at `path` (keys and positions) begins; where it is missing, the
    line of what it should be in. `text` is YAML that can be read.
    """
    node = yaml.compose(text, Loader=_OnceLoader)
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = [value for key, value in node.value if key.value == str(step)]
            if not found:
                break
            node = found[-1]
    return node.start_mark.line + 1 if node else None
