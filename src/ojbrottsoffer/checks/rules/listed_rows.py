"""Lists that are kept by hand and published as no table: `expectations/rader.json` has their entries once more, so that
one that falls out is missed.
"""

from __future__ import annotations

import json
from typing import Any

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.sources.parse.raw import read_grid
from ojbrottsoffer.sources.parse.yaml_files import read_yaml

KEYS = {
    "data/reference/flyttar.csv": ("version", "tabell", "forut"),
    "data/reference/lasning.csv": ("kalla_id",),
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
Listed = dict[str, list[str]]
"""File, and list in it -> what tells its entries from each other, in order."""


def entries(project: Project) -> Listed:
    """What stands in the lists now. Raises `DataError` for a file that can't be read."""
    found = {}
    for file, columns in KEYS.items():
        heading, *rows = read_grid(project.root / file, file)
        places = [heading.index(column) for column in columns if column in heading]
        found[file] = [" / ".join(row[place] for place in places) for row in rows if len(row) == len(heading)]
    for file, names in LISTS.items():
        content = read_yaml(project.root / file, file, dict)
        for name in names:
            found[f"{file}, {name}"] = [_name(entry) for entry in content.get(name) or ()]
    return found


def _name(entry: Any) -> str:
    return str(next(iter(entry.values()), "")) if isinstance(entry, dict) else str(entry)


def write_listed(project: Project) -> bool:
    """Brings the file in step with the lists; True if that changed it."""
    path = project.expectations / FILE_NAME
    text = json.dumps(entries(project), ensure_ascii=False, indent=1) + "\n"
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    path.write_text(text, encoding="utf-8")
    return changed


def rows_gone(project: Project) -> list[Finding]:
    """A finding for each entry that has been listed and is gone; a new one is listed by `make suites`."""
    path = project.expectations / FILE_NAME
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        listed = {file: list(map(str, names)) for file, names in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        listed = {}
    now = entries(project)
    pinned = project.relative(path)
    action = f"Hämta tillbaka raden ur git. Är det avsett att den är borta: kör make suites, som skriver om {pinned}."
    return [
        Finding(
            "En lista som ska ha sina rader antecknade har inga",
            file=pinned,
            value=file,
            expected="en anteckning om varje rad",
            action=f"Hämta tillbaka filen ur git (git checkout -- {pinned}), eller kör make suites.",
            priority=2,
        )
        for file in now
        if not listed.get(file)
    ] + [
        Finding(
            "En rad i en lista är borta",
            file=file.split(", ")[0],
            column=file.partition(", ")[2] or None,
            row_label=name,
            expected=f"en rad för varje post i {pinned}",
            action=action,
            priority=2,
        )
        for file, names in listed.items()
        for name in names
        if name not in now.get(file, ())
    ]
