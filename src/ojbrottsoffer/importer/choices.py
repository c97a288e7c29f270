"""A possible answer to a question about a file: what it puts into the recipe, and how that is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import yaml

from ojbrottsoffer.importer.recipes.recipe import ASK, NO_ANSWER, Profile
from ojbrottsoffer.schema.codes import INDIKATORTYP, MALGRUPP, SAKNAS_ORSAK
from ojbrottsoffer.schema.model import swedish_list, swedish_or

COLLECTED = ("riket", "hoppa_over", "lamnas", "utan_svar", "andra_ar")
"""Keys whose answers are put beside each other; what stands under the others is replaced."""
APART = {
    "enheter": ("hoppa_over", "riket"),
    "hoppa_over": ("enheter", "riket"),
    "riket": ("enheter", "hoppa_over"),
}
"""Keys where no label may stand under two."""
FIELDS = {"malgrupp": tuple(MALGRUPP.codes), "typ": tuple(INDIKATORTYP.codes)}
"""What some parts of an entry may be, whatever the question."""
PLAIN = re.compile(r"[^\W\d_][\w-]*|[1-9][0-9]*")
TOLD = {*("koder", "saknas", "farger", "koder_per_kolumn", "enheter", "indikatorer", "utan_svar")}
"""Keys whose value is the answer; what others say is for the recipe, and `when` says it in words."""
SAID_AS = {
    **dict.fromkeys(("ignorera", "hoppa_over"), "läses inte"),
    **dict.fromkeys(("svar", "enhet"), "läses"),
    "status": "säger varför svar saknas",
    "rattat": "läses i stället",
    "True": "siffrorna står i stället för orden",
}
"""Words of the recipe in Swedish."""
NOTHING = {NO_ANSWER: "ingenting, cellen är tom"}
"""What a colour is that says nothing."""
PARTS = {
    "enhet": "namn",
    "enhet_id": "namn i adresser",
    "id": "fråga",
    "fran": "ur",
    "kortnamn": "kort namn",
    "malgrupp": "målgrupp",
    "indikatoromrade_id": "område",
}
"""Parts of an answer in Swedish."""
SPREAD = 9
"""An answer with more possible values than this is one answer, and which value is asked after it."""
SHOWN = 12
"""Lists in a question are cut here; the draft of the recipe has all of it."""


@dataclass(frozen=True)
class Choice:
    """One possible answer."""

    sets: dict[str, object]
    """Key of the recipe -> its value, with `?` for what a person says; a label may be `?` too."""
    when: str = ""
    """What holds if it is the right one: a clause in Swedish that can be read as an answer."""
    among: tuple[str, ...] = ()
    """What `?` may be, the likeliest first."""
    near: tuple[str, ...] = ()
    """The same, where it may be something else too."""
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What a named part of an entry may be, or what stands for itself under a key, where the register says so."""
    called: dict[str, str] = field(default_factory=dict)
    """What something that may be said is in words, where it is an id."""
    several: dict[str, int] = field(default_factory=dict)
    """Part, or key of the recipe whose labels are asked for -> how few of what they may be it may have."""
    together: bool = False
    """True if everything that is said is the same."""
    taken: dict[str, str] = field(default_factory=dict)
    """What may not be said as it is the answer about another label, and that label."""
    checks: dict[str, Callable[[str], str]] = field(default_factory=dict)
    """Part -> what is expected instead of what was said of it; nothing if that can be right."""

    @property
    def slots(self) -> list[tuple[str, ...]]:
        """Where in `sets` a person says something, as the steps to it."""
        return list(_slots(self.sets, ()))

    def values_of(self, slot: tuple[str, ...]) -> tuple[str, ...]:
        """What a slot may be; nothing if it may be anything."""
        named = FIELDS | self.parts if len(slot) > 2 else self.parts
        return named.get(slot[-1] if len(slot) > 2 else slot[0], ()) or self.among

    def filled(self, said: dict[tuple[str, ...], object]) -> dict[str, object]:
        """What it puts into the recipe when a person has said this of its slots."""
        return _filled(self.sets, (), said)

    @property
    def in_words(self) -> str:
        """As it is picked in a terminal: what holds first, then what is said."""
        sets = {key: value for key, value in self.sets.items() if not self.when or key in TOLD}
        entries = [
            entry
            for key in ("enheter", "indikatorer", "koder_per_kolumn")
            for entry in self.sets.get(key, {}).values()
        ]
        if self.when and (len(entries) > 1 or any(isinstance(entry, dict) for entry in entries)):
            sets = {}  # of several labels, or of an entry with several parts, it is enough to say when
        if self.together:
            sets = {key: next(iter(entries.values())) for key, entries in sets.items()}
        text = "; ".join(
            filter(None, (spoken(value, self.called, len(sets) == 1) for value in sets.values()))
        )
        if not self.when:
            return text or f"Svara för {swedish_list([slot[-1] for slot in self.slots])}"
        first = f"{self.when[:1].upper()}{self.when[1:]}"
        listed = " (välj i en lista)" * (len(self.slots) == 1 and self.values_of(self.slots[0]) != ())
        return f"{first}: {text}" if text else first + listed

    def __str__(self) -> str:
        """As it is written in the recipe, and when."""
        lines = " och ".join(f"{key}: {_written(value)}" for key, value in self.sets.items())
        may_be = f" (… är {swedish_or(list(self.among))})" if self.among else ""
        alike = f" (liknar {swedish_or(list(self.near))})" if self.near else ""
        return f"{lines}{may_be}{alike}{f' ({self.when})' * bool(self.when)}"


def offered(choices: Iterable[Choice]) -> list[Choice]:
    """The answers that are shown: one for each value that a single `?`, or all of them together, is likely to have; one
    of many is said after it."""
    shown = []
    for choice in choices:
        alone = (len(choice.slots) == 1 or choice.together) and not choice.several
        values = choice.near or (choice.among if len(choice.among) <= SPREAD else ())
        shown += [
            replace(choice, sets=choice.filled(dict.fromkeys(choice.slots, value)), near=())
            for value in (values if alone else ())
        ]
        if not (values and alone) or choice.near:
            shown.append(choice)
    return shown


def found(typed: str, names: Iterable[str]) -> list[str]:
    """The names with what is typed: the name itself first, those that begin so, those with a word that begins so."""
    wanted = typed.strip().casefold()
    word = re.compile(rf"\b{re.escape(wanted)}")

    def rank(name: str) -> tuple[bool, ...]:
        return name != wanted, not name.startswith(wanted), not word.search(name)

    fitting = [name for name in names if wanted in name.casefold()]
    return sorted(fitting, key=lambda name: rank(name.casefold()))


def instruction(choices: tuple[Choice, ...], otherwise: str) -> str:
    """What is done about a question: one of the choices, or else."""
    said = "; eller ".join(map(str, choices))
    return " ".join(filter(None, (f"Svara i profilen: {said}." if said else "", otherwise)))


def spoken(value: object, called: dict[str, str], alone: bool = True) -> str:
    """What an answer says, without the signs of the recipe; nothing for what a person is still to say. `alone`: what one
    entry is about is plain."""
    if isinstance(value, dict):
        texts = {key: spoken(item, called) for key, item in value.items()}
        one = alone and len(texts) == 1
        return _cut(
            [text if one else f"{PARTS.get(key, key)} = {text}" for key, text in texts.items() if text]
        )
    if isinstance(value, list | tuple):
        return _cut([spoken(item, called) for item in value])
    return "" if value == ASK else (SAKNAS_ORSAK.codes | SAID_AS | called).get(str(value), str(value))


def answered(recipe: dict[str, object], sets: dict[str, object]) -> dict[str, object]:
    """A recipe, as plain data, with one more answer."""
    result = dict(recipe)
    for key, value in sets.items():
        before = result.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            value = before | value
        elif key in COLLECTED:
            value = list(dict.fromkeys([*(before or ()), *value]))
        result[key] = value
    for key, others in APART.items():
        for other in others if key in sets else ():
            kept = [name for name in result.get(other, ()) if name not in sets[key]]
            if other in result:
                result[other] = {name: result[other][name] for name in kept} if other == "enheter" else kept
    return result


def with_answer(profile: Profile, sets: dict[str, object]) -> Profile:
    """The recipe with one more answer. Raises pydantic's `ValidationError` if it can't be."""
    return Profile.model_validate(answered(profile.plain() | {"slag": profile.slag}, sets))


def against(profile: Profile, sets: dict[str, object]) -> list[str]:
    """The answers that the recipe has already and that these would replace, as they are written there."""
    plain, new = profile.plain(), with_answer(Profile(), sets).plain()
    found = []
    for key, value in new.items():
        before = plain.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            changed = {
                name: before[name] for name in value if name in before and _other(before[name], value[name])
            }
            if changed:
                found.append(f"{key}: {_written(changed)}")
        elif key not in COLLECTED and before is not None and before != value:
            found.append(f"{key}: {_written(before)}")
    for key, others in APART.items():
        for other in others if key in sets else ():
            there = [name for name in plain.get(other, ()) if name in sets[key]]
            if there:
                found.append(f"{other}: {_written(there)}")
    return found


def _other(before: object, now: object) -> bool:
    """True if an answer is another; one that says more of the same entry is not."""
    if not isinstance(now, dict):
        return before != now
    said = before if isinstance(before, dict) else {"id": before}
    return any(now.get(part) != value for part, value in said.items())


def _slots(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if value == ASK:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == ASK:
                yield (*path, key)
            yield from _slots(item, (*path, key))


def _filled(value: object, path: tuple[str, ...], said: dict[tuple[str, ...], object]) -> object:
    if not isinstance(value, dict):
        return said.get(path, value) if value == ASK else value
    result = {}
    for key, item in value.items():
        labels = said.get((*path, key), key) if key == ASK else key
        for label in [labels] if isinstance(labels, str) else labels:
            result[label] = _filled(item, (*path, key), said)
    return result


def _written(value: object) -> str:
    """On one line, as YAML reads it; what a person says is `…`, and a long list is cut."""
    if isinstance(value, dict):
        items = [
            f"{'…' if key == ASK else json.dumps(key, ensure_ascii=False)}: {_written(item)}"
            for key, item in value.items()
        ]
        return f"{{{_cut(items)}}}"
    if isinstance(value, list | tuple):
        return f"[{_cut(list(map(_written, value)))}]"
    if value == ASK:
        return "…"
    text = str(value)
    plain = PLAIN.fullmatch(text) and isinstance(yaml.safe_load(text), str | int)
    return (
        text if plain and text.casefold() not in ("true", "false") else json.dumps(text, ensure_ascii=False)
    )


def _cut(items: list[str]) -> str:
    return ", ".join(items[:SHOWN]) + ", …" * (len(items) > SHOWN)
