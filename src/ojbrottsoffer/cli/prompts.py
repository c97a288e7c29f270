"""How a terminal asks: pick one answer or several, by arrow keys, by the sign beside it, or by typing a part of it.

Made of questionary. Its own filter of lists takes English letters only, so a long list is searched with its
`autocomplete`, which takes å, ä and ö.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from ojbrottsoffer.cli.terminal import width
from ojbrottsoffer.importer.choices import found
from ojbrottsoffer.schema.model import in_words

KEYS = "123456789abc"
"""The key of each answer; in a list with more of them one types to search."""
CHOOSE = "(pilar eller tecknet före, sedan Enter)"
CHOOSE_MANY = "(mellanslag väljer, Enter när alla är valda)"
FIND = "(skriv för att söka; tabb: alla; bara Enter: {})"
PICKED, DONE, NONE = "vald; välj igen för att ta bort", "klar", "tillbaka"


def show_lines(text: str, indent: str = "") -> None:
    """Prints a text on lines that fit."""
    print(textwrap.fill(text, width(), initial_indent=indent, subsequent_indent=indent + "    "))


def select(message: str, titles: list[str], first: int = 0) -> int:
    """The number of the answer that is picked; a long list is searched. Enter alone picks the `first`."""
    if len(titles) > len(KEYS):
        numbered = [f"{n}) {title}" for n, title in enumerate(titles, start=1)]
        for line in numbered:
            show_lines(line, "   ")
        picked = find(message, numbered, {}, titles[first])
        return first if picked is None else numbered.index(picked)
    number = questionary.select(
        above(message, CHOOSE),
        [
            questionary.Choice(wrapped(title, 6), value=number, shortcut_key=key)
            for number, (title, key) in enumerate(zip_longest(titles, KEYS))
            if title is not None
        ],
        default=first,
        use_shortcuts=True,
        use_jk_keys=False,
        instruction=CHOOSE,
        erase_when_done=True,
    ).unsafe_ask()
    show_lines(f"? {message} {titles[number]}")
    return number


def select_many(message: str, titles: list[str], least: int) -> list[str]:
    """Some of the answers, at least so many; none if nothing is picked in a long list."""
    if len(titles) > len(KEYS):
        return _find_many(message, titles, least)
    picked = questionary.checkbox(
        above(message, CHOOSE_MANY),
        [questionary.Choice(wrapped(title, 5), value=title) for title in titles],
        use_jk_keys=False,
        instruction=CHOOSE_MANY,
        validate=lambda picked: len(picked) >= least or f"Välj minst {in_words(least)}.",
        erase_when_done=True,
    ).unsafe_ask()
    show_lines(f"? {message} {', '.join(picked)}")
    return picked


def _find_many(message: str, titles: list[str], least: int) -> list[str]:
    picked: list[str] = []
    while True:
        notes = dict.fromkeys(picked, PICKED)
        one = find(message, titles, {}, DONE if picked else NONE, notes)
        if one is None and (not picked or len(picked) >= least):
            return picked
        if one is None:
            show_lines(f"Välj minst {in_words(least)}.")
        elif one in picked:
            picked.remove(one)
        else:
            picked.append(one)
        show_lines(f"  Valda: {', '.join(picked) or 'inga'}")


class _Names(Completer):
    """Completes to the names that have what is typed, the likeliest first; `notes` stand beside them. A completer of
    prompt_toolkit, which questionary is made of."""

    def __init__(self, names: list[str], notes: dict[str, str]):
        self.names, self.notes = names, notes

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        text = document.text
        for name in found(text, self.names):
            yield Completion(name, -len(text), display_meta=self.notes.get(name, ""))


def find(
    message: str, names: list[str], taken: dict[str, str], enter: str, notes: dict[str, str] | None = None
) -> str | None:
    """One of many, by typing a part of its name; None for Enter alone, which means `enter`. Those that are `taken` are
    shown with why they can't be picked."""

    def meant(text: str) -> str:
        """The name that is typed, or the only one it is a part of, or the one with that number."""
        fitting = found(text, names)
        typed = text.strip().casefold()
        only = len(fitting) == 1 or fitting and fitting[0].casefold().startswith((f"{typed}) ",))
        return fitting[0] if only or fitting and fitting[0].casefold() == typed else ""

    def fits(text: str) -> bool | str:
        name = meant(text)
        if name in taken:
            return f"{name} är {taken[name]}"
        many = len(found(text, names))
        return (
            not text.strip() or bool(name) or f"{many} passar; välj med pilarna" if many else "Inget heter så"
        )

    how = FIND.format(f"{enter[:1].lower()}{enter[1:]}")
    text = questionary.autocomplete(
        f"{above(message, how)} {wrapped(how, 2)}",
        choices=[],
        completer=_Names(names, (notes or {}) | taken),
        validate=fits,
        validate_while_typing=False,
        erase_when_done=True,
    ).unsafe_ask()
    show_lines(f"? {message} {meant(text) if text.strip() else enter}")
    return meant(text) if text.strip() else None


def wrapped(text: str, indent: int) -> str:
    """A text that has so many characters before it, on as many lines as it takes."""
    return textwrap.fill(" " * indent + text, width(), subsequent_indent=" " * indent)[indent:]


def above(message: str, beside: str) -> str:
    """What is asked, above what stands beside it if there is no room for both on a line."""
    return message if len(message) + len(beside) + 4 <= width() else f"{wrapped(message, 2)}\n "
