"""The last row of every list that somebody keeps by hand, and all rows of a table, gone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from ojbrottsoffer.project import Project

Gone = tuple[str, str]
"""Which list of a file, and the file's text without it."""


def without_last(path: Path) -> Iterator[Gone]:
    """A table without its last row; a YAML file without the last entry of each list and mapping at its top, and of each
    below one of those.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        if len(rows) > 1:
            yield "sista raden", _csv(rows[:-1])
        return
    content = yaml.safe_load(text)
    for place in ((), *((name,) for name in (content if isinstance(content, dict) else ()))):
        copy = yaml.safe_load(text)
        entries = copy[place[0]] if place else copy
        if isinstance(entries, dict | list) and len(entries) > 1:
            last = len(entries) - 1 if isinstance(entries, list) else list(entries)[-1]
            del entries[last]
            yield ", ".join((*place, "sista posten")), _yaml(copy)


def without_rows(path: Path) -> Iterator[Gone]:
    """A table with nothing but its heading."""
    if path.suffix != ".csv":
        return
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    if len(rows) > 1:
        yield "alla rader", _csv(rows[:1])


LOST: dict[str, Callable[[Path], Iterator[Gone]]] = {
    "rad-sist-borta": without_last,
    "rader-borta": without_rows,
}
"""Class -> every way a list of a file loses what it has."""


def lists(project: Project) -> list[Path]:
    """The tables and lists that are kept by hand."""
    written = (path for ending in ("csv", "yml") for path in project.reference.rglob(f"*.{ending}"))
    return [*sorted(written), project.expectations / "ord.csv"]


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _yaml(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
