"""Reads a YAML file as plain data, or says exactly why that is not possible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.sources.raw import read_text


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
