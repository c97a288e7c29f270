"""Which of the answers Ja, Delvis and Nej some words stand for, in an explanation of codes."""

from __future__ import annotations

import re

YES = {
    "ja",
    "uppfyllt",
    "uppfylld",
    "uppfyllda",
    "uppfyller",
    "uppfylls",
    "finns",
    "har",
    "grön",
    "grönt",
    "gröna",
    "yes",
}
PARTLY = {"delvis", "viss", "gul", "gult", "gula", "partly", "partially", "partial"}
NO = {"nej", "ej", "inte", "icke", "inga", "inget", "ingen", "saknas", "saknar", "röd", "rött", "röda", "no"}
FILLING = {"helt", "fullt", "ut", "alls", "i", "till", "del", "mån", "är", "kommunen", "indikatorn", "kravet"}
"""Words that may stand beside those that mean something."""
REFERRED = re.compile(
    r"\b(?:fråga|frågan|not|fotnot|indikator|indikatorn|tabell|sida|sidan|sid|rad|kolumn|bilaga|avsnitt|"
    r"kapitel|nr|nummer|punkt|del|blad|steg|grupp|nivå)\.?\s*$",
    re.IGNORECASE,
)
"""A number after one of these is the number of something."""
COUNTED = re.compile(r"\b(?:antal|andel|summa|totalt|minst|högst)\b", re.IGNORECASE)


def meaning(words: str, whole: bool = False) -> str | None:
    """Ja, Delvis or Nej; None for anything else. What follows a comma may only add to it."""
    start, _, rest = words.partition(",")
    found = _kind(words)
    if found or whole or not rest:
        return found
    others = set(tokens_of(rest)) & (YES | PARTLY | NO)
    found = _kind(start)
    return found if found and all(_kind(token) == found for token in others) else None


def tokens_of(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words.casefold())


def _kind(words: str) -> str | None:
    tokens = tokens_of(words)
    has = set(tokens)
    if not has or not has <= YES | PARTLY | NO | FILLING:
        return None
    if re.search(r"\b(?:ej|inte|icke) (?:helt|fullt)\b", " ".join(tokens)):
        return None
    yes, partly, no = (bool(has & kind) for kind in (YES, PARTLY, NO))
    if no and (partly or "ja" in has):
        return None
    return "Nej" if no else "Delvis" if partly else "Ja" if yes else None
