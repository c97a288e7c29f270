"""Entries of a hand-written YAML file: fields read one by one, slips collected with their place.

A slip is answered with the file, the entry, the field, what stood there and what was expected.
Everything that is wrong is collected, so that one run shows all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or

PAGE = re.compile(r"([1-9][0-9]{0,2})(?:–([1-9][0-9]{0,2}))?")
"""A page of a source, or a span of pages: 16 or 16–18."""
LAST_PAGE = 70
"""The last page of SKL's report that its list of contents names: where the table of shares begins."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass
class Slips:
    """What is wrong in one file."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def add(
        self,
        what: str,
        entry: str,
        column: str = "",
        value: Any = None,
        expected: str = "",
        action: str = "Rätta posten.",
    ) -> None:
        """Notes one slip."""
        shown = None if value is None else str(value)
        self.found.append(
            Finding(
                what,
                file=self.file,
                table=f"posten {entry}",
                column=column,
                value=shown,
                expected=expected,
                action=action,
                priority=1,
            )
        )

    def stop(self) -> None:
        """Raises `DataError` if anything is wrong."""
        if self.found:
            raise DataError(self.found)


@dataclass(frozen=True)
class Entry:
    """One entry: its name in messages, its content and where slips go."""

    name: str
    content: dict[str, Any]
    slips: Slips

    def text(self, column: str) -> str:
        """A text that must be there."""
        value = self.content.get(column)
        if not isinstance(value, str) or not value.strip():
            self.slips.add("Posten är inte hel", self.name, column, value, "en text")
            return ""
        return value.strip()

    def texts(self, column: str) -> tuple[str, ...]:
        """A list of at least one text."""
        values = self.content.get(column)
        good = isinstance(values, list) and values
        if not good or not all(isinstance(value, str) and value.strip() for value in values):
            self.slips.add("Posten är inte hel", self.name, column, values, "en lista med minst en text")
            return ()
        return tuple(value.strip() for value in values)

    def page(self, column: str = "sida") -> str:
        """A page, or a span of pages, of the source."""
        value = self.content.get(column)
        written = PAGE.fullmatch(str(value))
        if written:
            first, last = int(written[1]), int(written[2] or written[1])
        if not written:
            self.slips.add(
                "Sidan går inte att tolka", self.name, column, value, "en sida (16) eller ett spann (16–18)"
            )
        elif last > LAST_PAGE or (first >= last and written[2]):
            self.slips.add(
                "Sidan finns inte i rapporten",
                self.name,
                column,
                value,
                f"en sida från 1 till {LAST_PAGE}, eller ett spann med den lägre först",
            )
        return str(value)

    def flag(self, column: str) -> bool:
        """true or false."""
        value = self.content.get(column)
        if not isinstance(value, bool):
            self.slips.add("Otillåtet värde", self.name, column, value, "true eller false")
        return bool(value)

    def one_of(self, column: str, known: Iterable[str]) -> str:
        """An id that must be among the known ones."""
        value, known = self.content.get(column), list(known)
        if value not in known:
            self.slips.add(
                "Posten pekar på något som inte finns", self.name, column, value, _among(known, value)
            )
        return str(value)

    def some_of(self, column: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of different ids, all known; may be empty."""
        values, known = self.content.get(column), list(known)
        if not isinstance(values, list):
            self.slips.add("Otillåtet värde", self.name, column, values, "en lista, kanske tom: []")
            return ()
        for number, value in enumerate(values):
            if value not in known:
                self.slips.add(
                    "Posten pekar på något som inte finns", self.name, column, value, _among(known, value)
                )
            elif value in values[:number]:
                self.slips.add("Samma sak står två gånger", self.name, column, value, "varje id en gång")
        return tuple(str(value) for value in values)

    def entries(self, column: str, fields: Iterable[str], key: str = "namn") -> list[Entry]:
        """A list of entries, each named after its `key`."""
        return listed(self.content.get(column), column, fields, self.slips, key, self.name)


def _among(known: list[str], value: Any) -> str:
    """What was expected: all of a few ids, or those that are most like what stood there."""
    if len(known) < 8:
        return swedish_or(known)
    like = get_close_matches(str(value), known, 3, 0.4)
    return f"ett id som finns, till exempel {swedish_or(like or known[:3])}"


def listed(
    content: Any, heading: str, fields: Iterable[str], slips: Slips, key: str = "id", inside: str = ""
) -> list[Entry]:
    """A list of entries with these fields, no two with the same `key`."""
    if not isinstance(content, list) or not content:
        slips.add(
            "Listan saknas eller är tom", inside or heading, heading, None, "minst en post som börjar med -"
        )
        return []
    found: list[Entry] = []
    for number, item in enumerate(content, start=1):
        name = (
            str(item.get(key) or f"{heading} nr {number}")
            if isinstance(item, dict)
            else f"{heading} nr {number}"
        )
        name = f"{inside}, {name}" if inside else name
        if name in {entry.name for entry in found}:
            slips.add("Samma sak står två gånger", name, key, name, "varje post en gång")
        if entry := _entry(name, item, fields, slips):
            found.append(entry)
    return found


def mapped(content: Any, heading: str, fields: Iterable[str], slips: Slips) -> dict[str, Entry]:
    """Entries under their ids."""
    if not isinstance(content, dict) or not content:
        slips.add("Listan saknas eller är tom", heading, heading, None, "id: och posten under")
        return {}
    entries = {str(name): _entry(str(name), item, fields, slips) for name, item in content.items()}
    return {name: entry for name, entry in entries.items() if entry}


def exactly(
    entries: Iterable[str],
    known: Iterable[str],
    heading: str,
    kind: str,
    slips: Slips,
    optional: Iterable[str] = (),
) -> None:
    """Every known id has an entry, and every entry is known (or allowed by `optional`)."""
    entries, known = list(entries), list(known)
    for name in entries:
        if name not in known and name not in set(optional):
            slips.add(
                f"Det finns ingen {kind} med det id:t",
                name,
                heading,
                name,
                "ett id ur registret",
                "Rätta id:t, eller ta bort posten.",
            )
    for name in known:
        if name not in entries:
            slips.add(
                f"Posten för en {kind} saknas",
                name,
                heading,
                None,
                "en post för varje id",
                f"Lägg till {name} under {heading}.",
            )


def top(content: dict[str, Any], fields: Iterable[str], slips: Slips) -> None:
    """The file has these headings and no others."""
    _entry("filens rubriker", content, fields, slips)


def _entry(name: str, item: Any, fields: Iterable[str], slips: Slips) -> Entry | None:
    fields = list(fields)
    if not isinstance(item, dict):
        slips.add("Posten har fel form", name, "", item, f"fälten {', '.join(fields)}")
        return None
    for column in item:
        if column not in fields:
            slips.add(
                "Posten har ett fält som inte finns",
                name,
                str(column),
                item[column],
                f"fälten {', '.join(fields)}",
            )
    return Entry(name, item, slips)
