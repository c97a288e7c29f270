"""What headings say: that a column is codes, placings, shares, or the units."""

from __future__ import annotations

import re

from ojbrottsoffer.importer.meaning.values import counts_yes

CODE_HEADERS = {
    "kommunkod",
    "kommunnr",
    "kommunnummer",
    "scb-kod",
    "scb kod",
    "scbkod",
    "kod",
    "regionkod",
    "knkod",
}
COUNTY_HEADERS = {"länskod", "länkod", "länsnr", "länsnummer", "lkod"}
"""What the first half of a code is called, where it has a column of its own."""
ROLE_HEADERS = {
    "befolkningsgrupp": "befolkningsgrupp",
    "område i sverige": "omrade",
    "stadsdel": "stadsdel",
    "stadsdelsområde": "stadsdel",
    "år": "ar",
    "årtal": "ar",
    "undersökningsår": "ar",
    "mätår": "ar",
    "period": "ar",
    "län": "ignorera",
    "nr": "ignorera",
} | dict.fromkeys(COUNTY_HEADERS, "ignorera")
YEAR = re.compile(r"(?:19|20)\d\d")
PLACING_WORDS = {"placering", "rank", "ranking", "rankning", "plats"}
PLACING_ASIDE = {"i", "på", "år", "års", "rankingen", "rankningen", "listan", "landet", "riket", "unizons"}
"""What may stand beside one of `PLACING_WORDS` in the heading of the placings."""
NUMBERING = {"nr", "nummer"}
"""What a column of placings may be called, or one that only numbers the rows."""
SHARE_WORDS = {"andel", "andelen", "andelar", "procent", "procentandel", "%"}
ANSWERING = {"svarande", "svarat"}
OTHER_SHARES = {"nej", "delvis", "bortfall", "bortfallet", "obesvarade", "saknas", "svarsandel", *ANSWERING}
"""Words in the heading of a share that is not that of Ja; who answers may stand beside ”ja”."""


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+|%", text.casefold()))


def is_share_heading(text: str) -> bool:
    """”Andel ja”, ”Procent” and ”2015”, but not the share of something else than Ja."""
    heading, words = text.casefold(), words_of(text)
    other = words & OTHER_SHARES and not ("ja" in words and words & OTHER_SHARES <= ANSWERING)
    return YEAR.fullmatch(heading) is not None or bool(words & SHARE_WORDS) and not other


def is_placing_heading(heading: str) -> bool:
    """”Placering”, ”Plats 2024” and ”Placering i rankningen”, but not ”Antal platser” or ”Rankat av”."""
    words = set(re.findall(r"[^\W\d_]+", heading))
    return bool(words & PLACING_WORDS) and words <= PLACING_WORDS | PLACING_ASIDE


def role_of_heading(heading: str) -> str | None:
    """What a column is called that is beside the answers, by its heading in small letters."""
    return "antal_ja" if counts_yes(heading) else ROLE_HEADERS.get(heading)
