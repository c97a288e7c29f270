"""What many headings, or many units' names, have in common beside what is known of them: ” 2016”, ” (fg år)”.

A pattern is written with a star for what is known: `* (fg år)`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LEAST = 3
"""So many texts make a pattern."""
MOST_WORDS = 4
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ONLY_YEAR = re.compile(
    r"\W*(?:år|svar|resultat|undersökning(?:en)?)?\W*((?:19|20)\d\d)\W*(?:svar|resultat|års svar)?\W*"
)


SHORT_YEAR = re.compile(r"\W*[-–’'´(]([0-3]\d)\W*")
"""A year as its last two digits, with a sign before them: ” -15”, ” ’15”, ” (15)”."""


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
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for text in texts:
        for name, rest in _affixes(text):
            if is_known(rest):
                found[name][text] = rest
    patterns, taken = [], set()
    for name in sorted(found, key=lambda name: (-len(found[name]), len(name))):
        rests = {text: rest for text, rest in found[name].items() if text not in taken}
        if len(rests) < min(LEAST, len(texts)) or len(rests) < 2:
            continue
        rests |= {
            text: rest
            for text in texts
            if text not in taken | rests.keys() and (rest := without(text, name)) is not None
        }
        taken |= rests.keys()
        patterns.append(Pattern(name, rests))
    return patterns


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
    """What is left of a text without a pattern, None if it has another form."""
    before, _, after = name.partition("*")
    if len(text) <= len(before) + len(after) or not (text.startswith(before) and text.endswith(after)):
        return None
    return text[len(before) : len(text) - len(after)].strip(" ,;:–-")


def _affixes(text: str) -> Iterable[tuple[str, str]]:
    """(pattern, what is left) with up to `MOST_WORDS` words off the end or the beginning."""
    words = text.split(" ")
    for count in range(1, min(MOST_WORDS, len(words) - 1) + 1):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        yield f"* {tail}", head.rstrip(" ,;:–-")
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        yield f"{head} *", tail.lstrip(" ,;:–-")


def without_year(text: str) -> str:
    """A text without the year at its beginning or end."""
    return re.sub(r"^(?:19|20)\d\d[\s:,–-]+|[\s,(–-]+(?:år )?(?:19|20)\d\d\)?$", "", text)
