"""The parser of the command line, in Swedish: argparse has its own texts in English."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

HEADINGS = {"usage: ": "användning: ", "positional arguments:": "argument:", "options:": "val:"}
"""Argparse's headings -> ours, where they begin a line."""
TYPES = {"int": "ett heltal", "_year": "ett år", "float": "ett tal"}
CHOSEN = re.compile(r"'([^']*)'")
MESSAGES = (
    (r"the following arguments are required: (.+)", r"det saknas: \1"),
    (r"unrecognized arguments: (.+)", r"det här är inget som kommandot känner: \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 kan vara flera val: \2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 går inte ihop med \2"),
    (r"argument (\S+): expected one argument", r"\1 behöver ett värde"),
    (r"argument (\S+): expected at least one argument", r"\1 behöver minst ett värde"),
    (r"argument (\S+): expected (\d+) arguments?", r"\1 behöver \2 värden"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 tar inget värde, men fick \2"),
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", r"\1 är \2; välj bland \3"),
    (r"argument (\S+): invalid (\w+) value: (.+)", r"\1 är \3; väntat: \2"),
    (r"one of the arguments (.+) is required", r"ett av de här behövs: \1"),
    (r"argument (\S+): (.+)", r"\1: \2"),
)
"""Argparse's messages -> ours; the first that fits."""


class Parser(argparse.ArgumentParser):
    """`argparse.ArgumentParser` with Swedish headings, help and errors; so have the parsers of its commands."""

    def __init__(self, **said):
        super().__init__(**(said | {"add_help": False}))
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen och sluta")

    def format_usage(self) -> str:
        return in_swedish(super().format_usage())

    def format_help(self) -> str:
        return in_swedish(super().format_help())

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"Stopp: {told(message)}. Mer om kommandot: {self.prog} --help\n")


def in_swedish(text: str) -> str:
    """A usage or a help with our headings."""
    for theirs, ours in HEADINGS.items():
        text = re.sub(rf"^{re.escape(theirs)}", ours, text, flags=re.MULTILINE)
    return text


def told(message: str) -> str:
    """One of argparse's messages in Swedish; one that is not known, as it is."""
    for theirs, ours in MESSAGES:
        if found := re.fullmatch(theirs, message, re.DOTALL):
            kind = found[2] if "invalid (" in theirs and "value" in theirs else ""
            said = found.expand(ours)
            return said.removesuffix(kind) + TYPES.get(kind, kind) if kind else CHOSEN.sub(r"\1", said)
    return f"kommandot går inte att tolka ({message})"
