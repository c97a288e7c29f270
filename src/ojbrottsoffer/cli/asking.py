"""`importera` in a terminal: one question at a time, and the recipe written as it is answered.

The recipe lies beside the file. Whoever leaves and runs the same command again goes on where they were.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import questionary
import yaml

from ojbrottsoffer.cli.prompts import KEYS, above, find, select, select_many, show_lines
from ojbrottsoffer.cli.terminal import say
from ojbrottsoffer.importer.choices import NOTHING, Choice, against, answered, offered
from ojbrottsoffer.importer.given_answers import ABOUT, given, without
from ojbrottsoffer.importer.letter import letter
from ojbrottsoffer.importer.questions import Question
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, Profile
from ojbrottsoffer.importer.recipes.recipe_file import check_file, digest, load_profile, parse_profile
from ojbrottsoffer.schema.codes import INDIKATORTYP, MALGRUPP, SAKNAS_ORSAK
from ojbrottsoffer.schema.finding import DataError, show
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.schema.published_text import says_something
from ojbrottsoffer.sources.reference.register import unit_id

HEAD = (
    "# Svaren om hur {file} läses, skrivna av importera. Kör samma kommando igen för att fortsätta. Raden fil är\n"
    "# filens SHA-256: ska svaren gälla en annan fil, ta bort den.\n"
)
MEANT = MALGRUPP.codes | INDIKATORTYP.codes | SAKNAS_ORSAK.codes | NOTHING
"""What the codes in a part of an answer are in words."""
MAY_BE_EMPTY = {("kalla", name) for name in ("publicerad", "url", "licens")}
TEXTS = ("enhet", "kortnamn", "titel", "utgivare")
"""Parts of an answer that are read on the site."""
UNKNOWN = "Vet inte, fråga avsändaren"
LATER = "Avsluta; svaren hittills är sparade"
CHANGE = "Ändra ett tidigare svar"
ON = "Fortsätt"
ERRORS_SHOWN = 3
"""So many errors are named beside what is asked when nothing else is."""
BACK = "Tillbaka till frågan"
RESEMBLING = ("okand-enhet", "okand-indikator")
"""Questions whose first answer is likely only where something known resembles what is asked about."""
NAMES = {
    "enhet": "Enhetens namn, som det ska stå på webbplatsen",
    "enhet_id": "Enhetens namn i adresser och tabeller: a–z, siffror och bindestreck",
    "kommunkod": "Kommunkod, fyra siffror",
    "id": "Frågans namn i adresser och tabeller: a–z, siffror och bindestreck",
    "fran": "Vad den kommer ur",
    "kortnamn": "Kort namn, högst 40 tecken",
    "malgrupp": "Vem frågan handlar om",
    "typ": "Struktur eller process",
    "indikatoromrade_id": "Område",
    "titel": "Källans titel",
    "utgivare": "Vem som gett ut den",
    "publicerad": "När, som 2016, 2016-05 eller 2016-05-13 (får vara tomt)",
    "url": "Webbadress (får vara tom)",
    "licens": "Villkor för att använda uppgifterna (får vara tomt)",
}
"""What is asked for in a part of an answer."""
WHICH = "Vilken tidigare fråga det är"
"""The same where a question's id is picked."""
LABELS = {"indikatorer": "Vilken fråga i filen", "koder_per_kolumn": "Vilka kolumner"}
"""The same of the labels under a key of the recipe."""


def recipe_beside(file: Path, ar: int) -> Path:
    """Where the answers about a file are written: `svar.xlsx` -> `svar 2016.profil.yml`."""
    return file.with_name(f"{file.stem} {ar}.profil.yml")


def saved_answers(file: Path, ar: int, slag: str) -> Profile:
    """The answers that were given before, or none. Raises `DataError` if they are about another file."""
    path = recipe_beside(file, ar)
    profile = load_profile(path if path.exists() else None, slag)
    check_file(profile, file, path)
    return profile.but(fil=digest(file))


def converse(
    file: Path, ar: int, profile: Profile, read: Callable[[Profile], Reading], names: dict[str, str]
) -> Profile | None:
    """The recipe when nothing more is asked; None, told, if something is left for later or for the sender. `names`:
    id -> what a unit or a question is called."""
    path = recipe_beside(file, ar)
    unknown: dict[tuple, Question] = {}
    reading = read(profile)
    left: list[Question] = []
    may_change, first = not reading.questions and bool(given(profile, names)), set()
    if reading.questions:
        say(f"\nSvaren sparas efter hand i {path}.")
    try:
        while True:
            left = [q for q in _ordered(reading, first) if _key(q) not in unknown]
            try:
                if not left:
                    if may_change and not unknown:
                        _go_on(reading)
                    break
                may_change_now = bool(unknown) or bool(given(profile, names))
                said = _ask(left[0], len(left), len(unknown), profile, path, may_change_now)
            except _Change:
                may_change, before = True, reading
                again, profile, reading = _changed(profile, reading, read, names, unknown)
                if again is not None:
                    first = {again}
                    del unknown[again]
                    continue
                first = {_key(q) for q in reading.questions} - {_key(q) for q in before.questions}
                unknown = {key: question for key, question in unknown.items() if key not in first}
                if not first and reading is not before:
                    show_lines("Svaret är borttaget, och inget nytt är att fråga.")
                    _save(path, file, profile)
                continue
            if said is None:
                unknown[_key(left[0])] = left[0]
            else:
                answer = parse_profile(_with(profile, said), path)
                after = read(answer)
                if not _stands(reading, after):
                    continue
                profile, reading = answer, after
            if said or path.exists():
                _save(path, file, profile)
    except (KeyboardInterrupt, EOFError, _Later):
        kept = f"Svaren hittills är sparade i {path}." if path.exists() else "Inget är besvarat."
        if unknown:
            _to_the_sender(file, ar, list(unknown.values()), path, profile.slag, len(left))
        else:
            say(f"\n{kept} Kör samma kommando igen för att fortsätta.")
        return None
    if unknown:
        _to_the_sender(file, ar, list(unknown.values()), path, profile.slag)
        return None
    if (old := _letter_beside(file, ar)).exists():
        old.unlink()
        say(f"\nAllt är besvarat, så {old} är borttagen.")
    return profile


class _Later(Exception):
    """The analyst goes on another time."""


class _Change(Exception):
    """The analyst wants to change an answer given before."""


class _Back(Exception):
    """The analyst wants the question's answers again."""


def _go_on(reading: Reading) -> None:
    """Whether the answers are right as they are. Raises `_Change` if one is to be changed."""
    print()
    wrong = f", men {counted(len(reading.errors), 'fel', 'fel')} är kvar" if reading.errors else ""
    for error in reading.errors[:ERRORS_SHOWN]:
        show_lines(" ".join(filter(None, ("Fel:", error.what, error.table and f"({error.table})"))))
    ways = [CHANGE, ON] if reading.errors else [ON, CHANGE]
    if ways[select(f"Inget är kvar att fråga{wrong}.", ways)] == CHANGE:
        raise _Change


def _changed(
    profile: Profile,
    reading: Reading,
    read: Callable[[Profile], Reading],
    names: dict[str, str],
    unknown: dict[tuple, Question],
) -> tuple[tuple | None, Profile, Reading]:
    """The key of a question left for the sender that the analyst picks; or the recipe without an answer, and the
    reading that asks for it anew."""
    answers = given(profile, names)
    left = [f"{UNKNOWN}: {question.what} {question.value or ''}".strip() for question in unknown.values()]
    number = select("Vilket svar?", [*(answer.in_words for answer in answers), *left, BACK])
    if number >= len(answers):
        return [*unknown, None][number - len(answers)], profile, reading
    taken = without(profile, answers[number])
    return None, taken, read(taken)


def _with(profile: Profile, said: dict[str, object]) -> dict[str, object]:
    """The recipe as plain data, with one more answer."""
    return answered(profile.plain() | {"slag": profile.slag}, said)


def _ordered(reading: Reading, first: set[tuple]) -> list[Question]:
    return sorted(reading.questions, key=lambda question: (_key(question) not in first, question.priority))


def _key(question: Question) -> tuple:
    return question.id, question.value, question.table


def _ask(
    question: Question, left: int, unknown: int, profile: Profile, path: Path, may_change: bool
) -> dict[str, object] | None:
    """What the analyst's answer puts into the recipe; None if the sender must say. Raises `_Change` if another answer
    is to be changed first."""
    print()
    later = f" och {unknown} till avsändaren" * bool(unknown)
    show_lines(f"{counted(left, 'fråga', 'frågor')} kvar{later}. {question.what}")
    for name, text in (
        ("Var", question.table),
        (
            "Gäller",
            counted(question.cells, "cell", "celler")
            * (question.cells > 0 and f"{question.cells} cell" not in question.what),
        ),
        ("Rad", question.row_label),
        ("Kolumn", question.column),
        ("Värde", question.value or ""),
        ("Väntat", "" if question.alike else question.expected),
        ("Liknar", "; ".join(question.alike)),
        (
            "Annars" if question.otherwise.startswith("Annars: ") else "Obs",
            question.otherwise.removeprefix("Annars: "),
        ),
        ("Läs mer", question.guide),
    ):
        if text:
            show_lines(f"{name}: {text}", "  ")
    while True:
        picked = _picked(question, may_change)
        if picked is None:
            return None
        try:
            said = _filled(picked, profile, path)
            parse_profile(_with(profile, said), path)
        except _Back:
            continue
        except DataError as error:
            show_lines(f"Svaret går inte att använda. Väntat: {error.findings[0].expected}")
            continue
        earlier = against(profile, _of_others(said, question.value))
        if not earlier:
            return said
        show_lines(f"Svaret säger emot ett tidigare svar: {'; '.join(earlier)}.")
        if select("Vad gäller?", ["Det tidigare; svara igen", "Det nya; byt ut det tidigare"]) == 1:
            return said


def _of_others(said: dict[str, object], value: str | None) -> dict[str, object]:
    """The answer without what it says of the label that is asked about: that is to be another."""
    return {
        key: {name: item for name, item in entries.items() if name != value}
        if isinstance(entries, dict)
        else entries
        for key, entries in said.items()
    }


def _picked(question: Question, may_change: bool) -> Choice | None:
    """One of the answers of a question; None if the sender must say."""
    options = offered(question.choices)
    others = [UNKNOWN, *[CHANGE] * may_change, LATER]
    like_none = question.even or question.id in RESEMBLING and not question.alike
    titles = [*(option.in_words for option in options), *others]
    number = select("Svar:", titles, len(options) if like_none else 0)
    if number < len(options):
        return options[number]
    picked = others[number - len(options)]
    if picked == LATER:
        raise _Later
    if picked == CHANGE:
        raise _Change
    return None


def _one_of(message: str, values: tuple[str, ...], choice: Choice) -> str:
    """One of many, by typing a part of what it is called. Raises `_Back` if nothing is typed."""
    every = (*values, *(value for value in choice.taken if value not in values))
    named = dict(zip(_in_words(every, choice.called), every, strict=True))
    taken = {
        name: f"redan svar för {show(choice.taken[value])}"
        for name, value in named.items()
        if value in choice.taken
    }
    picked = find(message, list(named), taken, BACK)
    if picked is None:
        raise _Back
    return named[picked]


def _in_words(values: tuple[str, ...], called: dict[str, str]) -> list[str]:
    """What each is called; with its id too where two are called the same."""
    names = [called.get(value, MEANT.get(value, value)) for value in values]
    return [
        name if names.count(name) == 1 else f"{name} ({value})"
        for name, value in zip(names, values, strict=True)
    ]


def _name(slot: tuple[str, ...]) -> str:
    """What a person is asked to say in a slot."""
    key, *rest = slot
    if slot[-1] == ASK:
        return LABELS[key]
    if len(slot) > 2 or key == "kalla":
        return NAMES.get(slot[-1], f"Vad {slot[-1]} betyder i {' / '.join(rest[:-1])}")
    return ABOUT.get(key, "{}").format(show(slot[-1]))


def _filled(choice: Choice, profile: Profile, path: Path) -> dict[str, object]:
    """What a choice puts into the recipe, with what the analyst writes in its slots."""
    said: dict[tuple[str, ...], object] = {}
    for slot in choice.slots:
        values = choice.values_of(slot)
        name = WHICH if values and slot[-1] == "id" else _name(slot)
        if len({other[1:2] for other in choice.slots}) > 1 and len(slot) > 2:
            name = f"{show(slot[1])}. {name}"
        if least := choice.several.get(slot[0] if slot[-1] == ASK else slot[-1]):
            names = dict(zip(_in_words(values, choice.called), values, strict=True))
            picked = select_many(f"{name}:", list(names), least)
            if not picked:
                raise _Back
            said[slot] = [names[title] for title in picked]
            continue
        if len(values) + len(choice.taken) > len(KEYS):
            said[slot] = _one_of(f"{name}:", values, choice)
            continue
        if values:
            number = select(f"{name}:", [*_in_words(values, choice.called), BACK], len(values))
            if number == len(values):
                raise _Back
            said[slot] = values[number]
            continue

        def fits(text: str, slot: tuple[str, ...] = slot) -> bool | str:
            if slot in MAY_BE_EMPTY and not text:
                return True
            if not text.strip() or text.strip() == ASK:
                return "Skriv ett svar, eller avbryt med Ctrl-C."
            if slot[-1] in TEXTS and not says_something(text):
                return "Väntat: minst ett ord"
            if (check := choice.checks.get(slot[-1])) and (expected := check(text.strip())):
                return f"Väntat: {expected}"
            if check and text.strip() in said.values():
                return f"Väntat: en kod som ingen har; {text.strip()} är redan sagd"
            others = {other: "x" for other in choice.slots if other[:-1] != slot[:-1]}
            try:
                tried = choice.filled(others | said | {slot: text.strip()})
                parse_profile(_with(profile, tried), path)
            except DataError as error:
                label = ": ".join(slot)
                wrong = [f for f in error.findings if f.row_label == label]
                return f"Väntat: {wrong[0].expected}" if wrong else True
            return True

        suggested = _suggested(slot)
        asked = questionary.text(above(f"{name}:", suggested), suggested, validate=fits)
        said[slot] = asked.unsafe_ask().strip()
    return choice.filled(said)


def _suggested(slot: tuple[str, ...]) -> str:
    """What is filled in beforehand: what follows from the label that is asked about."""
    if len(slot) < 3:
        return ""
    _, label, part = slot
    if part in ("id", "enhet_id"):
        return unit_id(label)
    return label if part == "enhet" or part == "kortnamn" and len(label) <= 40 else ""


def _stands(before: Reading, after: Reading) -> bool:
    """True if the answer is kept: it led to no error, or the analyst keeps it all the same."""
    known = {(error.what, error.table) for error in before.errors}
    new = [error for error in after.errors if (error.what, error.table) not in known]
    warned = [note for note in after.notes if note.startswith("VARNING") and note not in before.notes]
    if not new and not warned:
        return True
    if not new:
        show_lines(warned[0])
        return select("Vad gäller?", ["Svara igen", "Behåll svaret"]) == 1
    show_lines(f"Svaret leder till ett fel: {new[0].what}. {new[0].action}")
    if new[0].table or new[0].expected:
        show_lines(f"{new[0].table}: {new[0].value or ''}; väntat: {new[0].expected}", "  ")
    return select("Vad gäller?", ["Svara igen", "Behåll svaret"]) == 1


def _save(path: Path, file: Path, profile: Profile) -> None:
    said = {"fil": profile.fil, "slag": profile.slag} | profile.plain()
    text = HEAD.format(file=file.name) + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
    aside = path.with_name(f"{path.name}.ny")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def _letter_beside(file: Path, ar: int) -> Path:
    return file.with_name(f"{file.stem} {ar}.fragor.txt")


def _to_the_sender(
    file: Path, ar: int, questions: list[Question], recipe: Path, slag: str, left: int = 0
) -> None:
    """Writes the open questions as a text to mail; says what is written, and what is run when the answer has come."""
    lines = letter(file.name, ar, questions)
    path = _letter_beside(file, ar)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    number = counted(len(questions), "fråga", "frågor")
    more = f", och {counted(left, 'fråga', 'frågor')} kan du svara på själv" if left else ""
    command = ["importera", str(file), "--ar", str(ar), *(["--slag", slag] if slag != "svar" else [])]
    say(f"\nBrevet till avsändaren, med {number}:\n\n" + "\n".join(lines))
    say(
        f"\n{number} till avsändaren{more}. Så här ligger det till:\n"
        f"  Brevet: {path}, att mejla\n"
        f"  Svaren: {f'sparade i {recipe}' if recipe.exists() else 'inga ännu'}\n"
        "  Filen: inte inläst; ingenting är skrivet till data/\n"
        "När avsändaren har svarat kör du samma kommando igen och väljer det svaret:\n"
        f"    .venv/bin/ojbrottsoffer {shlex.join(command)}"
    )
