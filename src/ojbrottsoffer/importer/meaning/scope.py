"""Whether what a file says of codes is about its own answers, or about another year's or another survey's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ojbrottsoffer.importer.meaning.values import FINAL, WITHDRAWN
from ojbrottsoffer.importer.meaning.years import NAMED, other_years
from ojbrottsoffer.importer.wording import tokens_of

OWN, PERHAPS, OTHER = 0, 1, 2
"""It is about these answers; words around it may say something else of it; it is about something else."""
OF_OTHERS = re.compile(
    r"unizon|kolada|\b(?:förra?|föregående|tidigare|äldre|gamla?|gammal|fjol|ursprungliga?|pilot\w*|exempel\w*|historik|arkiv\w*)\b|granskning|"
    r"\b(?:annan|annat|andra) (?:undersökning|enkät|fil|mätning|skala|kodning|år)|\binte (?:längre|i år)\b|"
    r"(?:använ[dt]|gäll|avs)\w* (?:inte|ej)\b|upphör|ersatt|utgå[rn]|\bsumman?\b|poängen|\bindex|"
    r"\b(?:previous|former|old|last year|other survey)\b",
    re.IGNORECASE,
)
NEUTRAL = frozenset(
    "kod koder koden koderna kodas kodats kodades kodad kodade kodning kodningen kodningar kodbok kodboken kodlista "
    "svar svaret svaren svarskod svarskoder svarsalternativ svarsalternativen alternativ värde värden värdet värdena "
    "siffra siffran siffror siffrorna betyder betydelse betydelser innebär motsvarar står för förklaring förklaringar "
    "teckenförklaring legend etikett etiketter variabel variabler typ fr från variabelnamn variabelförteckning variabellista värdeetiketter frågelista fråga frågan frågor "
    "text texten läs mig om filen fil filen data tabell tabellen blad sheet information info metadata beskrivning "
    "uppgift uppgifter saknas enkät enkäten öppna jämförelser källa år årets kommun kommunen kommuner kommunens där att "
    "så är har ger i och samt av med som respektive enligt följande här nedan ovan anges alla samtliga den det de detta denna dessa "
    "på till ut del kan kolumn kolumnen indikator indikatorn kravet uppfyller uppfyllt poäng skala skalan obs nr "
    "value values label labels code codes codebook meaning variable variables answer answers key coding notes readme "
    "missing".split()
)
"""Words of an explanation of codes that say nothing of which answers it is about."""


def scope_of(text: str, ar: int | None, neutral: Iterable[str] = ()) -> int:
    """What the words around an explanation say of it; `neutral` are its own words and others that say nothing."""
    years = {match[0] for match in NAMED.finditer(text)} - {str(ar)} if ar else set()
    if OF_OTHERS.search(text) or years and min(other_years(text, ar), default=str(ar)) < str(ar):
        return OTHER
    rest = {word for word in tokens_of(text) if len(word) > 1} - NEUTRAL - set(neutral)
    return PERHAPS if years or rest else OWN


def standing(name: str, ar: int | None) -> int:
    """Where sheets, rounds and rows that are called so stand among others: 0 for what is final, 2, and last, for drafts, what
    is withdrawn and what is of another time."""
    if WITHDRAWN.search(name) or scope_of(name, ar) == OTHER:
        return 2
    return 0 if FINAL.search(name) else 1
