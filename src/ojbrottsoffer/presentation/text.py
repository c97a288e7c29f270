"""Numbers and small sentences as Swedish has them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from ojbrottsoffer.analysis.units.unit_profile import AreaResult
from ojbrottsoffer.schema.codes import DELMANGD
from ojbrottsoffer.schema.model import in_words, swedish_list

NBSP = "\u00a0"
MINUS = "\u2212"

SURVEYS = {"oj": "Öppna jämförelser", "unizon": "Unizons Kvinnofridsbarometer"}
"""Survey code -> name in running text."""

PROTECTS = {"vuxna": "vuxna", "barn": "barn", "valdsutovare": "våldsutövare", "alla": "alla"}
"""Whom a question is about, for a column."""

BARE_COUNTIES = {"Blekinge", "Kalmar", "Skåne", "Uppsala", "Örebro"}
"""Counties that take no s before ”län”."""


def number(value: float, decimals: int = 0) -> str:
    """A number with decimal comma, thousands in groups and a real minus sign.

    A half is rounded away from zero, as a reader does it by hand.

    >>> number(-1234.5, 1)
    '−1\\xa0234,5'
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,}".replace(",", NBSP).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def rounded(value: float) -> int:
    """A whole number as `number` shows it.

    >>> rounded(62.5), rounded(29.4)
    (63, 29)
    """
    return int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))


def percent(value: float | None) -> str:
    """A share in whole percent, or a dash where there is none. What is not quite nothing or everything
    is not said to be.

    >>> percent(100 / 290), percent(100 * 289 / 290), percent(0), percent(100)
    ('mindre än\\xa01\\xa0%', 'över\\xa099\\xa0%', '0\\xa0%', '100\\xa0%')
    """
    if pd.isna(value):
        return "–"
    if 0 < value < 0.5:
        return f"mindre än{NBSP}1{NBSP}%"
    if 99.5 <= value < 100:
        return f"över{NBSP}99{NBSP}%"
    return f"{number(value)}{NBSP}%"


def nation_share(value: float | None) -> str:
    """The nation's share in whole percent, or a word that it is not known."""
    return "saknas" if pd.isna(value) else percent(value)


def size(n: int) -> str:
    """A size of a file.

    >>> size(512), size(48_300), size(1_250_000)
    ('512\\xa0byte', '48\\xa0kB', '1,3\\xa0MB')
    """
    if n < 1000:
        return f"{n}{NBSP}byte"
    return f"{number(n / 1000)}{NBSP}kB" if n < 999_500 else f"{number(n / 1e6, 1)}{NBSP}MB"


def count(n: int, singular: str, plural: str) -> str:
    """`1 indikator`, `2 indikatorer`, `ingen indikator` is left to the caller.

    >>> count(1, "indikator", "indikatorer")
    '1\\xa0indikator'
    """
    return f"{number(n)}{NBSP}{singular if n == 1 else plural}"


def units(n: int) -> str:
    """Some units in running text.

    >>> units(1), units(8)
    ('en enhet', 'åtta enheter')
    """
    return f"{in_words(n)} {'enhet' if n == 1 else 'enheter'}"


def the_units(n: int) -> str:
    """All units of an edition, as the beginning of a phrase.

    >>> the_units(1), the_units(8)
    ('den enda', 'de åtta')
    """
    return "den enda" if n == 1 else f"de {in_words(n)}"


def finding(areas: list[AreaResult]) -> str:
    """One or two sentences on where a unit lies furthest above the nation, and where below.

    An area counts as above or below only when the shares differ as they are printed.
    """
    known = [area for area in areas if None not in (area.share, area.nation)]
    higher = [a for a in known if rounded(a.share) > rounded(a.nation)]
    above = max(higher, key=lambda a: a.share - a.nation, default=None)
    below = [a.omrade.lower() for a in known if rounded(a.share) < rounded(a.nation)]
    said = []
    if above:
        said.append(
            f"Längst över riket ligger {above.omrade.lower()}: {above.ja} av "
            f"{above.answered} ja-svar ({percent(above.share)}) mot "
            f"{percent(above.nation)} i riket."
        )
    if below:
        said.append(f"Inom {swedish_list(below)} är andelen ja-svar lägre än i riket.")
    elif known and len(higher) == len(known):
        said.append("Andelen ja-svar är högre än i riket i alla kvalitetsområden.")
    return " ".join(said)


def runs(numbers: Iterable[int]) -> str:
    """Numbers in rising order, those that follow each other as a stretch.

    >>> runs([1, 2, 3, 5]), runs([4])
    ('1–3, 5', '4')
    """
    found: list[list[int]] = []
    for n in sorted(numbers):
        if found and n == found[-1][-1] + 1:
            found[-1].append(n)
        else:
            found.append([n])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found)


def part(code: str) -> str:
    """The part of a question that a national share is about, in words."""
    return DELMANGD.codes[code]


def possessive(name: str) -> str:
    """The genitive: Swedish adds s, unless the name already ends in s, x or z.

    >>> possessive("Tyresö"), possessive("Höganäs")
    ('Tyresös', 'Höganäs')
    """
    return name if name[-1:] in "sxz" else f"{name}s"


def county(name: str) -> str:
    """A county by its full name: most names take s before ”län”, some do not.

    >>> county("Dalarna"), county("Västra Götaland"), county("Skåne")
    ('Dalarnas län', 'Västra Götalands län', 'Skåne län')
    """
    return f"{name if name in BARE_COUNTIES else possessive(name)} län"


def miles(kilometres: float) -> str:
    """A distance in Swedish miles of ten kilometres.

    >>> miles(7), miles(14.9), miles(213)
    ('mindre än 1\\xa0mil', '1\\xa0mil', '21\\xa0mil')
    """
    return f"mindre än 1{NBSP}mil" if kilometres < 10 else f"{number(kilometres / 10)}{NBSP}mil"


def placing(rank: int | None, of: int | None, shared: bool | None) -> str:
    """A placing in words: `delad placering 1 av 8`, `placering 46 av 200`, `placering 3`."""
    if rank is None:
        return "ingen placering"
    return f"{'delad ' if shared else ''}placering {rank}{'' if of is None else f' av {of}'}"


def months(date: str) -> str:
    """`2016-05` -> `maj 2016`; anything shorter or longer is returned as it is."""
    names = ("januari februari mars april maj juni juli augusti september oktober november december").split()
    parts = date.split("-")
    return f"{names[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else date
