"""What a table and a column can declare. The declarations themselves are in `tables`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class CodeList:
    """A closed list: code -> what it means, in Swedish and in English."""

    name: str
    title: str
    codes: dict[str, str]
    english: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One public column.

    `type` is `string`, `integer`, `number` or `boolean` as in Frictionless Table Schema.
    An empty value is allowed unless `required`.
    """

    name: str
    type: str
    title: str
    description: str
    required: bool = True
    codes: CodeList | None = None
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    max_length: int | None = None
    unit: str = ""
    english: str = ""
    """The description in English, for whoever reads the Data Package without Swedish."""

    def parse(self, text: str) -> str | int | float | bool | None:
        """`text` from a file as a value of this column.

        Strict: no spaces are trimmed and no other spellings are accepted.
        Raises `ValueError` with what was expected, in Swedish.
        """
        if text == "":
            return None
        if self.type == "integer":
            if not re.fullmatch(r"-?(0|[1-9][0-9]{0,14})", text):
                raise ValueError(self.expected())
            return int(text)
        if self.type == "number":
            if not re.fullmatch(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", text):
                raise ValueError(self.expected())
            return float(text)
        if self.type == "boolean":
            if text not in ("TRUE", "FALSE"):
                raise ValueError(self.expected())
            return text == "TRUE"
        return text

    def expected(self) -> str:
        """What a value looks like, in Swedish, for messages and the codebook."""
        if self.codes:
            listed = [
                code if code == meaning else f"{code} ({meaning})"
                for code, meaning in self.codes.codes.items()
            ]
            return swedish_or(listed)
        if self.type == "boolean":
            return "TRUE eller FALSE"
        if self.type in ("integer", "number"):
            kind = "ett heltal" if self.type == "integer" else "ett tal med decimalpunkt"
            if self.minimum is not None and self.maximum is not None:
                return f"{kind} från {self.minimum} till {self.maximum}"
            return kind if self.minimum is None else f"{kind}, minst {self.minimum}"
        if self.max_length:
            return f"text, högst {self.max_length} tecken"
        return "text"


@dataclass(frozen=True)
class ForeignKey:
    """`columns` of this table must exist together as `target_columns` on a row of `target`."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


def points_at(column: str, target: str, target_column: str) -> ForeignKey:
    """The foreign key of one column."""
    return ForeignKey((column,), target, (target_column,))


@dataclass(frozen=True)
class Table:
    """One public table, written as `<name>.csv`.

    `origin` says where a table comes from that does not name a source on every row;
    `sources_of` names the tables whose sources it shares, `sources` others by id.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = field(default=())
    english: str = ""
    origin: str = ""
    sources_of: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"tabellen {self.name} har ingen kolumn {name}")


def counted(number: int, one: str, many: str) -> str:
    """`1 fråga`, `2 frågor`, `0 frågor`."""
    return f"{number} {one if number == 1 else many}"


def swedish_or(words: list[str]) -> str:
    """`a, b eller c`."""
    return swedish_list(words, "eller")


def in_words(n: int) -> str:
    """A count in running text: words up to twelve, figures above, as Swedish style has it.

    >>> in_words(3), in_words(1234)
    ('tre', '1\\xa0234')
    """
    words = "noll en två tre fyra fem sex sju åtta nio tio elva tolv".split()
    return words[n] if 0 <= n < len(words) else f"{n:,}".replace(",", "\u00a0")


def swedish_list(words: list[str], conjunction: str = "och") -> str:
    """`a, b och c` (no comma before the conjunction, as Swedish has it)."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
