"""How wide the terminal is, and text that fits in it."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap

WIDEST = 110
LABEL = re.compile(r" *(?:[^\W\d_][\w ]{0,11}(?:: +| {2,}))?(?:\d+\. )?")
"""What stands before the text of a line: its indent, and perhaps a label and spaces, or a number."""
COMMAND = re.compile(r"\s*\.venv/")


def width() -> int:
    """How many characters a line may have: what the terminal has room for, within reason."""
    return max(20, min(shutil.get_terminal_size().columns - 1, WIDEST))


def say(text: str, wrong: bool = False) -> None:
    """Prints, to standard error if something is wrong. In a terminal the lines fit, each with the indent of its
    first; words and commands are never broken. In a file they are as they are."""
    stream = sys.stderr if wrong else sys.stdout
    if stream.isatty():
        columns = width()
        text = "\n".join(_fitted(line, columns) for line in text.split("\n"))
    print(text, file=stream, flush=True)


def _fitted(line: str, columns: int) -> str:
    if len(line) <= columns or COMMAND.match(line):
        return line
    start = LABEL.match(line).end()
    indent = start if start else 4
    return textwrap.fill(
        line,
        columns,
        subsequent_indent=" " * (indent if indent * 2 <= columns else 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
