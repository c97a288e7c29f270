"""What kinds of pages the site has, told by their addresses. Audits take one of each kind."""

from __future__ import annotations

import re
from pathlib import Path

from ojbrottsoffer.checks.records.audit_record import PAGE_TYPES, WITHOUT_ANSWERS


def addresses(site: Path) -> list[str]:
    """The addresses of all pages of a built site, without the leading slash."""
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(re.sub(r"(^|/)index\.html$", r"\1", page) for page in pages)


def file_of(site: Path, address: str) -> Path:
    return site / address if address.endswith(".html") else site / address / "index.html"


def page_type(site: Path, address: str) -> str:
    """The type of a page. A page of no type is an error: nobody would look at it."""
    for name, pattern in PAGE_TYPES.items():
        if pattern is not None and re.fullmatch(pattern, address):
            if name == "profil" and not any((site / address).glob("*.csv")):
                return WITHOUT_ANSWERS
            return name
    raise ValueError(
        f"Sidan /{address} hör till ingen sidtyp. Lägg till den i src/ojbrottsoffer/checks/records/audit_record.py."
    )


def by_type(site: Path) -> dict[str, list[str]]:
    """All pages of a built site: type -> addresses, the largest page first."""
    found: dict[str, list[str]] = {}
    for address in addresses(site):
        found.setdefault(page_type(site, address), []).append(address)
    for pages in found.values():
        pages.sort(key=lambda address: (-file_of(site, address).stat().st_size, address))
    return found
