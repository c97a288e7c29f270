"""Lists that are kept by hand and published as no table of their own: `expectations/rader.json` has the name of each
entry and a digest of what it says, so that one that falls out or is changed by mistake is missed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.sources.parse.raw import read_grid
from ojbrottsoffer.sources.parse.yaml_files import read_yaml

KEYS = {
    "data/reference/flyttar.csv": ("version", "tabell", "forut"),
    "data/reference/lasning.csv": ("kalla_id",),
    "data/reference/pastaenden.csv": ("pastaende_id",),
    "data/reference/rattelser.csv": ("tabell", "vad"),
    "expectations/ord.csv": ("skriv inte",),
}
"""Table -> the columns that tell one row from another."""
LISTS = {
    "data/reference/framgangsfaktorer.yml": ("utvecklingsomraden",),
    "data/reference/kolada.yml": ("grupper",),
    "data/reference/organisationsexempel.yml": ("grupper", "handlaggning", "omkring"),
    "data/reference/tips.yml": ("metoder", "verb", "roller", "tips", "tackning"),
}
"""File -> its lists, whose entries begin with what tells one from another."""
FILE_NAME = "rader.json"
Digests = dict[str, dict[str, str]]
"""File, and list in it -> name of an entry -> digest of the entries of that name."""


class Entry(NamedTuple):
    """One entry of a list; `row` is its row in a table, from 1."""

    name: str
    says: Any
    row: int | None = None


def entries(project: Project) -> dict[str, list[Entry]]:
    """What stands in the lists now. Raises `DataError` for a file that can't be read."""
    found = {}
    for file, columns in KEYS.items():
        heading, *rows = read_grid(project.root / file, file)
        places = [heading.index(column) for column in columns if column in heading]
        found[file] = [
            Entry(" / ".join(row[place] for place in places), row, number)
            for number, row in enumerate(rows, start=2)
            if len(row) == len(heading)
        ]
    for file, names in LISTS.items():
        content = read_yaml(project.root / file, file, dict)
        for name in names:
            found[f"{file}, {name}"] = [Entry(_name(entry), entry) for entry in content.get(name) or ()]
    return found


def _name(entry: Any) -> str:
    return str(next(iter(entry.values()), "")) if isinstance(entry, dict) else str(entry)


def digests(found: dict[str, list[Entry]]) -> Digests:
    """What `expectations/rader.json` says of these entries."""
    said: dict[str, dict[str, list]] = {place: {} for place in found}
    for place, listed in found.items():
        for entry in listed:
            said[place].setdefault(entry.name, []).append(entry.says)
    return {place: {name: _digest(says) for name, says in named.items()} for place, named in said.items()}


def _digest(says: list) -> str:
    text = json.dumps(says, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_listed(project: Project) -> bool:
    """Brings the file in step with the lists; True if that changed it."""
    path = project.expectations / FILE_NAME
    text = json.dumps(digests(entries(project)), ensure_ascii=False, indent=1) + "\n"
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    path.write_text(text, encoding="utf-8")
    return changed


def rows_changed(project: Project) -> list[Finding]:
    """A finding for each entry that has been listed and is gone or says something else; a new one is free until
    `make suites` lists it.
    """
    return list(_changed(project, entries(project)))


def _changed(project: Project, found: dict[str, list[Entry]]) -> Iterator[Finding]:
    path = project.expectations / FILE_NAME
    listed, now, pinned = _listed(path), digests(found), project.relative(path)
    action = f"Hämta tillbaka raden ur git. Är ändringen avsedd: kör make suites, som skriver om {pinned}."
    for place, stands in found.items():
        file, _, part = place.partition(", ")
        where = {"file": file, "column": part or None, "action": action}
        if not listed.get(place):
            yield Finding(
                "En lista som ska ha sina rader antecknade har inga",
                file=pinned,
                value=place,
                expected="en anteckning om varje rad",
                action=f"Hämta tillbaka filen ur git (git checkout -- {pinned}), eller kör make suites.",
                priority=2,
            )
        for name in listed.get(place, ()):
            if name not in now[place]:
                expected = f"en rad för varje post i {pinned}"
                yield Finding(
                    "En rad i en lista är borta", row_label=name, expected=expected, priority=2, **where
                )
        for entry in stands:
            if listed.get(place, {}).get(entry.name, now[place][entry.name]) != now[place][entry.name]:
                yield Finding(
                    "En rad i en lista säger något annat än när den antecknades",
                    row=entry.row,
                    row_label=entry.name,
                    expected=f"det som stod där när {pinned} skrevs",
                    priority=9,
                    **where,
                )


def _listed(path) -> Digests:
    """What the file says; nothing if it is gone or damaged."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {place: dict(named) for place, named in said.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
