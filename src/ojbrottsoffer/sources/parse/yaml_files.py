"""Reads a YAML file as plain data, or says exactly why that is not possible."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.published_text import MOST_DIGITS, Flaw, flaw
from ojbrottsoffer.sources.parse.raw import read_text

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
    except Refused as error:
        mark = error.problem_mark
        raise DataError(
            [
                Finding(
                    error.what,
                    file=file,
                    row=mark.line + 1 if mark else None,
                    value=error.problem,
                    expected=error.expected,
                    action=error.action,
                    priority=1,
                )
            ]
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
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
    unfit = list(_unfit(content, ()))
    lines = composed(text) if unfit else None
    if unfit:
        raise DataError(
            [
                Finding(
                    wrong.what,
                    file=file,
                    row=line_at(lines, place),
                    column=", ".join(str(step) for step in place),
                    value=str(value),
                    expected=wrong.expected,
                    action="Rätta posten.",
                    priority=1,
                )
                for place, value, wrong in unfit
            ]
        )
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
    """Plain data: dicts, lists, texts, numbers, booleans, days and None. Raises `Refused`, or what YAML
    raises (also `ValueError`, for a date there is not).
    """
    _measure(text)
    return yaml.load(text, Loader=_PlainLoader)


def _measure(text: str) -> None:
    """Raises `Refused` before anything is built of a text that is long, deep, points at itself or says
    what type a value has.
    """
    if len(text) > LONGEST:
        raise TooMuch(problem=f"{len(text)} tecken")
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise TooMuch(problem=f"{depth} nivåer", problem_mark=event.start_mark)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise TooMuch(problem=event.anchor, problem_mark=event.start_mark)
        if getattr(event, "tag", None):
            raise Tagged(problem=event.tag, problem_mark=event.start_mark)


class Refused(yaml.MarkedYAMLError):
    """What YAML allows but no file here may have. `problem` is the text itself."""

    what = expected = action = ""


class TooMuch(Refused):
    """A text that is too long, too deep, or uses anchors and aliases."""

    what = "Filen är för stor, för djup eller pekar på sig själv"
    expected = f"högst {LONGEST} tecken och {DEEPEST} nivåer, inga & och *"
    action = "Skriv ut innehållet där det gäller, och ta bort det som inte hör hit."


class Tagged(Refused):
    """A value with a type written before it, as `!!binary`: what it becomes can't be read in the file."""

    what = "Värdet har en typ skriven framför sig"
    expected = "värdet som det är, utan ! och !!"
    action = "Ta bort typen, och skriv värdet som text."


class Twice(Refused):
    """A name that stands twice in the same place; YAML itself keeps the last in silence."""

    what = "Samma namn står två gånger"
    expected = "varje namn en gång"
    action = "Ta bort den ena posten."


class Rewritten(Refused):
    """A number or a day that YAML reads as another text than is written: 010 as 8, 12:30 as 750."""

    what = "Värdet läses som något annat än det som står"
    expected = "ett tal utan nolla först, understreck eller kolon, ett datum som ÅÅÅÅ-MM-DD, eller text inom citattecken"
    action = "Sätt citattecken runt värdet, eller skriv talet som vanligt."


class _PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The safe loader, for files where no name may stand twice and every number is as it is written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            name = str(self.construct_object(key, deep=True))
            if name in seen:
                raise Twice(problem=name, problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def _as_written(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    value = yaml.SafeLoader.yaml_constructors[node.tag](loader, node)
    if str(value) != node.value or isinstance(value, datetime.datetime):
        raise Rewritten(problem=node.value, problem_mark=node.start_mark)
    return value


for _kind in ("int", "float", "timestamp"):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _as_written)


def composed(text: str) -> yaml.Node | None:
    """The values of a text with their lines. `text` is YAML that can be read."""
    return yaml.compose(text, Loader=_PlainLoader)


def line_at(node: yaml.Node | None, path: Place) -> int | None:
    """The line where the value at `path` (keys and positions) begins; where it is missing, the
    line of what it should be in. `node`: the whole file.
    """
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = [value for key, value in node.value if key.value == str(step)]
            if not found:
                break
            node = found[-1]
    return node.start_mark.line + 1 if node else None
