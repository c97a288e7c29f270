"""Numbers and small sentences as Swedish has them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

SURVEYS = {"oj": "Öppna jämförelser", "unizon": "Unizons Kvinnofridsbarometer"}
"""Survey code -> name in running text."""


def number(value: float, decimals: int = 0) -> str:
    """A number with decimal comma, thousands in groups and a real minus sign.

    A half is rounded away from zero, as a reader does it by hand.

    >>> number(-1234.5, 1)
    '−1\\xa0234,5'
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,}".replace(",", NBSP).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def percent(value: float | None) -> str:
    """A share in whole percent, or a dash where there is none."""
    return "–" if value is None else f"{number(value)}{NBSP}%"


def count(n: int, singular: str, plural: str) -> str:
    """`1 indikator`, `2 indikatorer`, `ingen indikator` is left to the caller.

    >>> count(1, "indikator", "indikatorer")
    '1\\xa0indikator'
    """
    return f"{number(n)}{NBSP}{singular if n == 1 else plural}"


def in_words(n: int) -> str:
    """A count in running text: words up to twelve, figures above, as Swedish style has it."""
    words = "noll en två tre fyra fem sex sju åtta nio tio elva tolv".split()
    return words[n] if 0 <= n < len(words) else number(n)


def placing(rank: int | None, of: int | None, shared: bool | None) -> str:
    """A placing in words: `delad placering 1 av 8`, `placering 46 av 200`, `placering 3`."""
    if rank is None:
        return "ingen placering"
    return f"{'delad ' if shared else ''}placering {rank}{'' if of is None else f' av {of}'}"


def months(date: str) -> str:
    """`2016-05` -> `maj 2016`; anything shorter or longer is returned as it is."""
    names = ("januari februari mars april maj juni juli augusti september oktober november "
             "december").split()
    parts = date.split("-")
    return f"{names[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else date
