"""What many headings, or many units' names, have in common beside what is known of them: ” 2016”, ” (fg år)”.

A pattern is written with a star for what is known: `* (fg år)`. What differs from one text to the next is put aside:
`#` stands for a number or the letter of one, `…` for what is in brackets or after a colon: `#.# #) *`, `* (n=#)`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LEAST = 3
"""So many texts make a pattern."""
MOST_WORDS = 8
"""Before and after what is known, together."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ONLY_YEAR = re.compile(
    r"\W*(?:år|svar|resultat|undersökning(?:en)?)?\W*((?:19|20)\d\d)\W*(?:svar|resultat|års svar)?\W*"
)
SHORT_YEAR = re.compile(r"\W*[-–’'´(]([0-3]\d)\W*")
"""A year as its last two digits, with a sign before them: ” -15”, ” ’15”, ” (15)”."""
NUMBER = re.compile(r"\d+(?:[A-Za-zÅÄÖåäö](?![^\W_]))?|(?<![^\W_])[A-Za-zÅÄÖåäö](?=[.)])")
OPEN = re.compile(r"(?<=\()[^()]+(?=\))|(?<=\[)[^\[\]]+(?=\])|(?<=: ).+")
FORMS = {"#": r"(?:\d+[A-Za-zÅÄÖåäö]?|[A-Za-zÅÄÖåäö]|#)", "…": ".+?"}
NUMBERED = re.compile(r"(?:[^\W\d_]{4,} )(?:\w+ ){0,3}#(?:\.#)*(?: \w+)?\W*")
"""A short text with its number: `Kommentar till fråga #`."""


@dataclass(frozen=True)
class Pattern:
    """`name` with a star, and the texts it goes for -> what is left of each without it."""

    name: str
    rests: dict[str, str]

    @property
    def year(self) -> str:
        """The year, if the pattern says nothing else."""
        own = self.name.replace("*", "")
        found, short = ONLY_YEAR.fullmatch(own), SHORT_YEAR.fullmatch(own)
        return found[1] if found else f"20{short[1]}" if short else ""

    @property
    def years(self) -> set[str]:
        return set(YEAR.findall(self.name))


def find_patterns(texts: Iterable[str], is_known: Callable[[str], bool]) -> list[Pattern]:
    """The patterns of texts that are known without them; a text belongs to the most common of its patterns. The
    texts that have a pattern but are not known without it belong to it too."""
    texts = list(dict.fromkeys(texts))
    found: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for text in texts:
        for head, rest, tail in parts_of(text):
            if is_known(rest):
                for level, name in _names(head, tail):
                    found[level, name][text] = rest
    least = max(2, min(LEAST, len(texts)))
    closer = {text for (level, _), own in found.items() if level < 2 and len(own) >= least for text in own}
    patterns, taken, names = [], set(), set()
    for level, name in sorted(found, key=lambda key: (-len(found[key]), key[0], len(key[1]))):
        rests = {text: rest for text, rest in found[level, name].items() if text not in taken}
        if len(rests) >= least:
            rests = {text: rest for text, rest in rests.items() if without(text, name) == rest}
        if len(rests) < least or name in names:
            continue
        alike = {
            text: rest
            for text in texts
            if text not in taken | rests.keys() and (rest := without(text, name)) is not None
        }
        one_each = len(set(rests.values())) == len(rests) >= len(alike)
        if level and not one_each or level == 2 and 2 * len(closer & rests.keys()) >= len(rests):
            continue
        rests |= alike
        taken |= rests.keys()
        names.add(name)
        patterns.append(Pattern(name, rests))
    return patterns


def numbered(texts: Iterable[str]) -> list[Pattern]:
    """The patterns of short texts that differ in their number alone, with nothing known in them: what is left is the
    whole text."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for text in texts:
        if NUMBERED.fullmatch(name := _numbers(text)):
            found[name][text] = text
    return [Pattern(name, own) for name, own in found.items() if len(own) >= LEAST]


def all_patterns(
    texts: Iterable[str], stated: Iterable[str], is_known: Callable[[str], bool]
) -> list[Pattern]:
    """The patterns that the recipe states, where texts have them, and those of the other texts."""
    texts = list(texts)
    found = [
        Pattern(name, rests)
        for name in stated
        if (rests := {t: rest for t in texts if (rest := without(t, name)) is not None})
    ]
    taken = {text for pattern in found for text in pattern.rests}
    return found + find_patterns([text for text in texts if text not in taken], is_known)


def without(text: str, name: str) -> str | None:
    """What is left of a text without a pattern, all of it if the pattern has no star, None if it has another form."""
    head, star, tail = name.partition("*")
    before, after = ("".join(FORMS.get(sign, re.escape(sign)) for sign in part) for part in (head, tail))
    found = re.fullmatch(f"{before}(.+){after}" if star else before, text, re.DOTALL)
    return found and (found[1].strip(" ,;:–-") if star else text)


def signs(name: str) -> str:
    """What the signs of a pattern stand for, in Swedish."""
    said = {"#": "# är ett nummer eller en bokstav", "…": "… är det som skiljer"}
    told = [text for sign, text in said.items() if sign in name]
    return f" ({', '.join(told)})" if told else ""


def parts_of(text: str) -> Iterable[tuple[str, str, str]]:
    """(before, what is left, after) with up to `MOST_WORDS` words off the beginning and the end."""
    words = text.split(" ")
    most = min(MOST_WORDS, len(words) - 1)
    for first in range(most + 1):
        for last in range(most - first + 1):
            if first or last:
                end = len(words) - last
                rest = " ".join(words[first:end]).strip(" ,;:–-")
                yield " ".join(words[:first]), rest, " ".join(words[end:])


def _names(head: str, tail: str) -> Iterable[tuple[int, str]]:
    """0: the pattern as it stands, 1: with its numbers put aside, 2: and with what differs in words. A year stays."""
    names: dict[str, int] = {}
    ends = (head, tail), (_numbers(head), _numbers(tail)), (_numbers(head), _numbers(_opened(tail)))
    for level, (before, after) in enumerate(ends):
        names.setdefault(" ".join(part for part in (before, "*", after) if part), level)
    return ((level, name) for name, level in names.items())


def _numbers(text: str) -> str:
    if SHORT_YEAR.fullmatch(text):
        return text

    def sign(found: re.Match) -> str:
        own_word = not text[: found.start()][-1:].isalpha()
        return found[0] if own_word and YEAR.fullmatch(found[0]) else "#"

    return NUMBER.sub(sign, text)


def _opened(text: str) -> str:
    if SHORT_YEAR.fullmatch(text):
        return text
    return OPEN.sub(lambda found: found[0] if YEAR.search(found[0]) else "…", text)


def without_year(text: str) -> str:
    """A text without the year at its beginning or end."""
    return re.sub(r"^(?:19|20)\d\d[\s:,–-]+|[\s,(–-]+(?:år )?(?:19|20)\d\d\)?$", "", text)
