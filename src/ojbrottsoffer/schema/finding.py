"""What is wrong, said so that a person who has never seen the code can act on it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

FEL = "fel"
"""The file is broken: stop."""
AVVIKELSE = "avvikelse"
"""The sources contradict themselves or each other: show, and stop unless reviewed."""
UPPLYSNING = "upplysning"
"""Worth knowing; never stops."""

MOST_SHOWN = 20
"""At most this many findings are printed in full; the rest are counted."""


@dataclass(frozen=True)
class Finding:
    """One thing found in the data.

    All texts are Swedish. `file` is relative to the project, `row` counts lines in the
    file from 1 as a text editor does, `value` is the offending text itself.
    """

    what: str
    file: str = ""
    table: str = ""
    row: int | None = None
    row_label: str = ""
    column: str = ""
    value: str | None = None
    expected: str = ""
    action: str = ""
    kind: str = FEL
    priority: int = 5
    """Lower comes first: a cause (1) before what it leads to (9)."""

    def lines(self) -> list[str]:
        """The finding as lines of text, without empty fields."""
        row = "" if self.row is None else str(self.row)
        if self.row_label:
            row = f"{row} ({show(self.row_label)})".strip()
        fields = [
            ("fil", self.file),
            ("tabell", self.table),
            ("rad", row),
            ("kolumn", self.column),
            ("värde", "" if self.value is None else show(self.value)),
            ("väntat", self.expected),
            ("gör så här", self.action),
        ]
        return [f"{self.kind.upper()}: {self.what}"] + [
            f"    {name + ':':<12}{text}" for name, text in fields if text
        ]


class DataError(Exception):
    """The data can't be used. Carries the findings, the most useful first."""

    def __init__(self, findings: list[Finding]):
        if not findings:
            raise ValueError("a DataError needs at least one finding")
        self.findings = sorted(findings, key=lambda f: (f.priority, f.file, f.row or 0))
        super().__init__(report(self.findings))


def report(findings: list[Finding]) -> str:
    """The findings as one message, at most `MOST_SHOWN` of them in full."""
    blocks = ["\n".join(finding.lines()) for finding in findings[:MOST_SHOWN]]
    rest = len(findings) - MOST_SHOWN
    if rest > 0:
        blocks.append(f"… och {rest} till. Rätta de här först; de övriga beror ofta på dem.")
    return "\n\n".join(blocks)


def show(text: str, longest: int = 90) -> str:
    """`text` in quotes, invisible characters written out, shortened in the middle.

    >>> show("2\\xa0")
    '”2<U+00A0 NO-BREAK SPACE>”'
    """
    shown = []
    for index, char in enumerate(text):
        plain_space = char == " " and 0 < index < len(text) - 1
        combining = unicodedata.combining(char)  # a dot that only looks like part of the letter
        if plain_space or (char.isprintable() and not char.isspace() and not combining):
            shown.append(char)
        elif char == " ":
            shown.append("<mellanslag>")
        else:
            shown.append(f"<U+{ord(char):04X} {unicodedata.name(char, 'STYRTECKEN')}>")
    if len(shown) > longest:
        half = longest // 2
        shown = [*shown[:half], " … ", *shown[-half:]]
    return f"”{''.join(shown)}”"
