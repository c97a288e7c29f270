"""`importera` in a terminal: one question at a time, and the recipe written as it is answered.

The recipe lies beside the file. Whoever leaves and runs the same command again goes on where they were.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

import questionary
import yaml

from ojbrottsoffer.importer.choices import Choice, against, answered
from ojbrottsoffer.importer.questions import Question
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, Profile
from ojbrottsoffer.importer.recipes.recipe_file import check_file, digest, load_profile, parse_profile
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.model import counted

HEAD = (
    "# Svaren om hur {file} läses, skrivna av importera. Kör samma kommando igen för att fortsätta. Raden fil är\n"
    "# filens SHA-256: ska svaren gälla en annan fil, ta bort den.\n"
)
CHOOSE = "(pilar eller siffra, sedan Enter)"
MAY_BE_EMPTY = {("kalla", name) for name in ("publicerad", "url", "licens")}
UNKNOWN = "Vet inte, fråga avsändaren"
LATER = "Avsluta; svaren hittills är sparade"
ELSE = "Något annat"
SHORTCUTS = 35
"""So many answers have a key of their own."""


def recipe_beside(file: Path, ar: int) -> Path:
    """Where the answers about a file are written: `svar.xlsx` -> `svar 2016.profil.yml`."""
    return file.with_name(f"{file.stem} {ar}.profil.yml")


def saved_answers(file: Path, ar: int, slag: str) -> Profile:
    """The answers that were given before, or none. Raises `DataError` if they are about another file."""
    path = recipe_beside(file, ar)
    profile = load_profile(path if path.exists() else None, slag)
    check_file(profile, file, path)
    return profile.but(fil=digest(file))


def converse(file: Path, ar: int, profile: Profile, read: Callable[[Profile], Reading]) -> Profile | None:
    """The recipe when nothing more is asked; None, told, if something is left for later or for the sender."""
    path = recipe_beside(file, ar)
    unknown: dict[tuple, Question] = {}
    reading = read(profile)
    if reading.questions:
        print(f"\nSvaren sparas efter hand i {path}.")
    try:
        while left := [q for q in _ordered(reading) if _key(q) not in unknown]:
            said = _ask(left[0], len(left), profile, path)
            if said is None:
                unknown[_key(left[0])] = left[0]
                continue
            answer = parse_profile(_with(profile, said), path)
            after = read(answer)
            if not _stands(reading, after):
                continue
            profile, reading = answer, after
            _save(path, file, profile)
    except (KeyboardInterrupt, EOFError, _Later):
        kept = f"Svaren hittills är sparade i {path}." if path.exists() else "Inget är besvarat."
        if unknown:
            _to_the_sender(file, ar, list(unknown.values()), path)
        print(f"\n{kept} Kör samma kommando igen för att fortsätta.")
        return None
    if unknown:
        _to_the_sender(file, ar, list(unknown.values()), path)
        return None
    return profile


class _Later(Exception):
    """The analyst goes on another time."""


def _with(profile: Profile, said: dict[str, object]) -> dict[str, object]:
    """The recipe as plain data, with one more answer."""
    return answered(profile.plain() | {"slag": profile.slag}, said)


def _ordered(reading: Reading) -> list[Question]:
    return sorted(reading.questions, key=lambda question: question.priority)


def _key(question: Question) -> tuple:
    return question.id, question.value, question.table


def _width() -> int:
    return max(20, min(shutil.get_terminal_size().columns - 1, 110))


def _show(text: str, indent: str = "") -> None:
    print(textwrap.fill(text, _width(), initial_indent=indent, subsequent_indent=indent + "    "))


def _ask(question: Question, left: int, profile: Profile, path: Path) -> dict[str, object] | None:
    """What the analyst's answer puts into the recipe; None if the sender must say."""
    print()
    _show(f"{counted(left, 'fråga', 'frågor')} kvar. {question.what}")
    for name, text in (
        ("Var", question.table),
        ("Rad", question.row_label),
        ("Kolumn", question.column),
        ("Värde", question.value or ""),
        ("Väntat", question.expected),
        ("Annars", question.otherwise.removeprefix("Annars: ")),
        ("Läs mer", question.guide),
    ):
        if text:
            _show(f"{name}: {text}", "  ")
    while True:
        picked = _picked(question, path)
        if picked is None:
            return None
        said = _filled(picked, profile, path)
        try:
            parse_profile(_with(profile, said), path)
        except DataError as error:
            _show(f"Svaret går inte att använda. Väntat: {error.findings[0].expected}")
            continue
        earlier = against(profile, said)
        if not earlier:
            return said
        _show(f"Svaret säger emot ett tidigare svar: {'; '.join(earlier)}.")
        if _select("Vad gäller?", ["Det tidigare; svara igen", "Det nya; byt ut det tidigare"]) == 1:
            return said


def _picked(question: Question, path: Path) -> Choice | None:
    """One of the answers of a question, with one choice for each value that a single `?` may have."""
    options: list[Choice] = []
    for choice in question.choices:
        values = choice.values_of(choice.slots[0]) or choice.near if len(choice.slots) == 1 else ()
        options += [Choice(choice.filled({choice.slots[0]: value}), choice.when) for value in values]
        if not values or choice.near:
            options.append(choice)
    number = _select("Svar:", [*(option.in_words for option in options), UNKNOWN, LATER])
    if number == len(options) + 1:
        raise _Later
    return None if number == len(options) else options[number]


def _select(message: str, titles: list[str]) -> int:
    """The number of the answer that is picked. What does not fit on a line is printed whole above."""
    room = _width() - 8
    if any(len(title) > room for title in titles):
        for number, title in enumerate(titles, start=1):
            _show(f"{number}. {title}", "  ")
    choices = [
        questionary.Choice(title if len(title) <= room else title[: room - 1] + "…", value=number)
        for number, title in enumerate(titles)
    ]
    return questionary.select(
        message, choices, use_shortcuts=len(choices) <= SHORTCUTS, instruction=CHOOSE if room > 50 else " "
    ).unsafe_ask()


def _filled(choice: Choice, profile: Profile, path: Path) -> dict[str, object]:
    """What a choice puts into the recipe, with what the analyst writes in its slots."""
    said: dict[tuple[str, ...], object] = {}
    for slot in choice.slots:
        values = choice.values_of(slot)
        name = " / ".join(slot)
        if values:
            said[slot] = values[_select(f"{name}:", list(values))]
            continue

        def fits(text: str, slot: tuple[str, ...] = slot) -> bool | str:
            if slot in MAY_BE_EMPTY and not text:
                return True
            if not text.strip() or text.strip() == ASK:
                return "Skriv ett svar, eller avbryt med Ctrl-C."
            others = {other: "x" for other in choice.slots if other[:-1] != slot[:-1]}
            try:
                tried = choice.filled(others | said | {slot: text.strip()})
                parse_profile(_with(profile, tried), path)
            except DataError as error:
                label = ": ".join(slot)
                wrong = [f for f in error.findings if f.row_label == label]
                return f"Väntat: {wrong[0].expected}" if wrong else True
            return True

        said[slot] = questionary.text(f"{name}:", validate=fits).unsafe_ask().strip()
    return choice.filled(said)


def _stands(before: Reading, after: Reading) -> bool:
    """True if the answer is kept: it led to no error, or the analyst keeps it all the same."""
    known = {(error.what, error.table) for error in before.errors}
    new = [error for error in after.errors if (error.what, error.table) not in known]
    if not new:
        return True
    _show(f"Svaret leder till ett fel: {new[0].what}. {new[0].action}")
    if new[0].table or new[0].expected:
        _show(f"{new[0].table}: {new[0].value or ''}; väntat: {new[0].expected}", "  ")
    return _select("Vad gäller?", ["Svara igen", "Behåll svaret"]) == 1


def _save(path: Path, file: Path, profile: Profile) -> None:
    said = {"fil": profile.fil, "slag": profile.slag} | profile.plain()
    text = HEAD.format(file=file.name) + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
    aside = path.with_name(f"{path.name}.ny")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def _to_the_sender(file: Path, ar: int, questions: list[Question], recipe: Path) -> None:
    """Writes the open questions as a text to mail."""
    lines = [f"Hej! Vi läser in {file.name}, med svaren för {ar}, och behöver veta:", ""]
    for number, question in enumerate(questions, start=1):
        where = "; ".join(filter(None, (question.table, question.row_label, question.column)))
        lines.append(f"{number}. {question.what}" + f" ({where})" * bool(where) + ".")
        lines += [f"   I filen står: {question.value}"] * bool(question.value)
        lines += [f"   Vi väntade oss: {question.expected}"] * bool(question.expected)
        lines.append("")
    path = file.with_name(f"{file.stem} {ar}.fragor.txt")
    path.write_text("\n".join(lines), encoding="utf-8")
    print("\n" + "\n".join(lines))
    print(
        f"{counted(len(questions), 'fråga', 'frågor')} till avsändaren, sparade i {path}. När svaret har kommit: kör "
        f"samma kommando igen. Svaren hittills är sparade i {recipe}."
    )
