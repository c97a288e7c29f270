"""What a published text may not hold, and how that is said. One rule for every cell and every value.

What a reader can't see, or takes for something else, can't be checked by reading either.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 2_000
"""Signs in one text; the longest there is has 560."""
MOST_DIGITS = 15
"""Digits in one number: more than that no figure here has, and no program counts exactly."""
STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Spreadsheets take a cell that begins with one of these for a formula, or may do so."""
PLAIN_NUMBER = re.compile(r"[+-][0-9]+([.,][0-9]+)?")
"""Begins with a sign but is only a number."""
HIDDEN_FORMULA = re.compile(r"""[\s"'`´‘’“”;,]+[=+\-@＝＋－＠]|.*[;"'`´‘’“”]\s*[=+@＝＋＠]|.*;\s*[-－]""")
"""A formula after what a program may drop or take for a new cell: a blank, a quote, a semicolon."""
JUST_NUMBER = re.compile(r"[+-]?[0-9][0-9\s.,]*")
BLANKS_IN_A_ROW = re.compile(r"\s*\u00a0\s+|\s+\u00a0\s*")
"""More than one blank, one of them the kind that does not break: it can't be told from fewer."""
LETTERS = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİĶķĹĺĻļĽľŁłŃńŅņŇňŊŋŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŦŧŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽž"
    "ǤǥǦǧǨǩǮǯȘșȚțẞ"
)
"""Letters beside a–z that European names are written with, Sami ones included. Others look like
these (Cyrillic А, Greek Ο, ɑ, Ⅼ, Ⓐ, mathematical and full-width letters), and no text here needs them.
"""
SIGNS = frozenset("\u00a0¡¢£¤¥¦§¨©«¬®¯°±´·¸»¿×÷ª²³µ¹º¼½¾–—‘’‚“”„†‡•…‰′″‹›€™←↑→↓−≈≠≤≥")
"""What stands between letters, beside ASCII: punctuation, arrows, fractions. The first one is a blank
that keeps a number and its unit on one line.
"""
PICTURES = "\U0001f300"
"""Emoji begin here; they look like no letter."""
KINDS = {
    "Cc": "ett styrtecken",
    "Cf": "ett tecken som inte syns",
    "Co": "ett tecken utan bestämd betydelse",
    "Cn": "ett tecken som inte finns i Unicode",
    "Cs": "ett halvt tecken",
    "Zl": "en dold radbrytning",
    "Zp": "en dold styckebrytning",
    "Mn": "ett löst accenttecken",
    "Mc": "ett löst accenttecken",
    "Me": "ett löst accenttecken",
    "Zs": "ett ovanligt mellanrum",
    "Lu": "en bokstav ur ett annat alfabet",
    "Ll": "en bokstav ur ett annat alfabet",
    "Lt": "en bokstav ur ett annat alfabet",
    "Lm": "en bokstav ur ett annat alfabet",
    "Lo": "en bokstav ur ett annat alfabet",
    "Nd": "en siffra ur ett annat skriftsystem",
    "Nl": "en siffra ur ett annat skriftsystem",
    "No": "en siffra ur ett annat skriftsystem",
}
"""What a sign that is not allowed is called, by Unicode's category."""


class Flaw(NamedTuple):
    """Why a text can't be published, in Swedish."""

    what: str
    expected: str


def flaw(text: str, printed: bool = False) -> Flaw | None:
    """The first thing that makes `text` unfit, or None. `printed`: as a source has it, where two ordinary blanks
    may stand in a row.

    >>> flaw("Upplands Väsby"), flaw("Lund\\u200b").what
    (None, 'Texten har ett tecken som inte syns: U+200B ZERO WIDTH SPACE, tecken 5')
    """
    if len(text) > LONGEST:
        return Flaw(f"Texten är för lång: {len(text)} tecken", f"högst {LONGEST} tecken")
    if text != text.strip():
        at = "börjar" if text != text.lstrip() else "slutar"
        return _formula(text) or Flaw(
            f"Texten {at} med mellanrum eller radbrytning", "en text utan mellanrum först och sist"
        )
    if not (text.isascii() and text.isprintable()) and (found := _sign(text)):
        return found
    if "\u00a0" in text and BLANKS_IN_A_ROW.search(text) or "  " in text and not printed:
        return Flaw("Texten har flera mellanrum i rad", "ett mellanrum i taget")
    if JUST_NUMBER.fullmatch(text) and sum(char.isdigit() for char in text) > MOST_DIGITS:
        return Flaw("Talet har för många siffror", f"högst {MOST_DIGITS} siffror")
    return _formula(text)


def says_something(text: str) -> bool:
    """True if the text has a word: two letters in a row.

    >>> [says_something(text) for text in ("Lund", "LSS, 2", "...", "x", "😀")]
    [True, True, False, False, False]
    """
    return re.search(r"[^\W\d_]{2}", text) is not None


def runs(value: str) -> bool:
    """True if a spreadsheet might run the text.

    >>> [runs(text) for text in ("=1+1", "-2", "-2+3", "@a", "Lund", "\\u00a0=1", "a;=1", "a (1 = b)")]
    [True, False, True, True, False, True, True, False]
    """
    plain = PLAIN_NUMBER.fullmatch(value)
    return not plain and (value.startswith(STARTS_FORMULA) or bool(HIDDEN_FORMULA.match(value)))


def _formula(text: str) -> Flaw | None:
    if not runs(text):
        return None
    return Flaw(
        "Texten kan läsas som en formel av kalkylprogram",
        "en text som inte börjar med =, +, -, @, tabb eller radbrytning, inte heller efter "
        "mellanrum, citattecken eller semikolon",
    )


def _sign(text: str) -> Flaw | None:
    """A sign that is not what it seems, told with its place."""
    for place, char in enumerate(text, start=1):
        if wrong := _wrong(char):
            name = unicodedata.name(char, "utan namn")
            return Flaw(
                f"Texten har {wrong}: U+{ord(char):04X} {name}, tecken {place}",
                "synliga tecken: latinska bokstäver, siffror 0–9, skiljetecken och vanliga mellanslag",
            )
    if not unicodedata.is_normalized("NFC", text):
        return Flaw("Texten har bokstäver i delar", "Unicode i formen NFC: ett tecken för varje bokstav")
    return None


def _wrong(char: str) -> str | None:
    """What is wrong with one sign, if anything. Only what is listed above is let through."""
    if char.isascii() and char.isprintable() or char in LETTERS or char in SIGNS:
        return None
    kind = unicodedata.category(char)
    if kind == "So" and char >= PICTURES:
        return None
    return (
        "ett tecken som ersatt ett oläsligt" if char == "\ufffd" else KINDS.get(kind, "ett ovanligt tecken")
    )
