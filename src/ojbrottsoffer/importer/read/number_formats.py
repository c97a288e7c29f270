"""The words that a number format shows in place of a number: `[=0]"Ja";[=1]"Nej";"Delvis"`."""

from __future__ import annotations

import operator
import re
from functools import cache

from ojbrottsoffer.importer.wording import meaning

SECTIONS = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)\]")
LITERAL = re.compile(r'"([^"]*)"|\\(.)')
PLACES = re.compile(r"[0#?@]|general|standard", re.IGNORECASE)
"""What shows the value itself."""
COMPARE = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


@cache
def shown_words(number_format: str, text: str) -> str:
    """What a cell with the number `text` shows in its place, or beside it if it is an answer; empty if it shows
    the number, with or without a unit."""
    if '"' not in number_format and "\\" not in number_format or not re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return ""
    section = _section(SECTIONS.findall(number_format)[:-1], float(text))
    words = "".join(quoted or escaped for quoted, escaped in LITERAL.findall(section))
    return only_words(words, bool(PLACES.search(re.sub(r"\[[^\]]*\]", "", LITERAL.sub("", section)))))


def only_words(shown: str, beside: bool | None = None) -> str:
    """The words that a cell with a number shows; beside the number itself only an answer, not a unit."""
    words = re.sub(r"\d", "", shown).strip(" =:-–()")
    beside = words != shown.strip(" =:-–()") if beside is None else beside
    if not any(char.isalpha() for char in words) or beside and meaning(words, whole=True) is None:
        return ""
    return words


def _section(sections: list[str], value: float) -> str:
    """The part of the format for this value: by its condition, else by its sign."""
    conditions = [CONDITION.search(LITERAL.sub("", section)) for section in sections]
    if any(conditions):
        fits = (not found or COMPARE[found[1]](value, float(found[2])) for found in conditions)
        return next((section for section, fit in zip(sections, fits, strict=True) if fit), "")
    by_sign = 2 if value == 0 and len(sections) > 2 else 1 if value < 0 and len(sections) > 1 else 0
    return sections[by_sign] if sections else ""
