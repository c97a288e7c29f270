"""What kinds of pages the site has, told by their addresses. Audits take one of each kind."""

from __future__ import annotations

import re
from pathlib import Path

PAGE_TYPES = (
    ("felsida", r"404\.html"),
    ("start", r""),
    ("lista", r"(kommuner|indikatorer)/(\d{4}/)?"),
    ("äldre profil", r"kommuner/[^/]+/\d{4}/"),
    ("profil", r"kommuner/[^/]+/"),
    ("ordlista", r"indikatorer/ordlista/"),
    ("indikator", r"indikatorer/[^/]+/"),
    ("jämförelse", r"jamfor/(\d{4}/)?"),
    ("egna svar", r"din-kommun/"),
    ("sök", r"sok/"),
    (
        "utvecklingsområde",
        r"framgangsfaktorer/(valdsforebyggande|mata-|verksamheter-for|finansiering|rattsvasendets|kunskap-i)[^/]*/",
    ),
    ("faktor", r"framgangsfaktorer/([^/]+/)*"),
    ("nyckeltal", r"nyckeltal/"),
    ("rankning", r"rankning/([^/]+/)*"),
    ("roll", r"roller/([^/]+/)*"),
    ("metod", r"metoder/([^/]+/)*"),
    ("kvalitet", r"kvalitet/([^/]+/)*"),
    ("data", r"data/([^/]+/)*"),
    ("anteckningsbok", r"anteckningsbocker/([^/]+/)*"),
    ("diagram", r"diagram/[^/]+\.html"),
    ("engelska", r"english/"),
    ("om", r"om/([^/]+/)*"),
)
"""Type -> pattern of its addresses; the first that fits counts."""
WITHOUT_ANSWERS = "kommun utan svar"
"""A municipality that is not in the data: the address of a profile, but no files beside the page."""


def addresses(site: Path) -> list[str]:
    """The addresses of all pages of a built site, without the leading slash."""
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(re.sub(r"(^|/)index\.html$", r"\1", page) for page in pages)


def file_of(site: Path, address: str) -> Path:
    return site / address if address.endswith(".html") else site / address / "index.html"


def page_type(site: Path, address: str) -> str:
    """The type of a page. A page of no type is an error: nobody would look at it."""
    for name, pattern in PAGE_TYPES:
        if re.fullmatch(pattern, address):
            if name == "profil" and not any((site / address).glob("*.csv")):
                return WITHOUT_ANSWERS
            return name
    raise ValueError(f"Sidan /{address} hör till ingen sidtyp. Lägg till den i tools/audit/pagetypes.py.")


def by_type(site: Path) -> dict[str, list[str]]:
    """All pages of a built site: type -> addresses, the largest page first."""
    found: dict[str, list[str]] = {}
    for address in addresses(site):
        found.setdefault(page_type(site, address), []).append(address)
    for pages in found.values():
        pages.sort(key=lambda address: (-file_of(site, address).stat().st_size, address))
    return found
