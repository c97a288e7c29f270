"""A unit's profile as two pages of A4: the first can lie on a table by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.downloads.unit_files import names
from ojbrottsoffer.site.paper.printer import Printer
from ojbrottsoffer.site.paper.profile_content import profile_content

TEMPLATE = "profile.typ"


def all_files(editions: dict[int, EditionContext], printer: Printer) -> Iterator[tuple[str, bytes]]:
    """The PDF of every unit, of the last edition that it is in: address and content."""
    for edition in editions.values():
        for unit in edition.own_units:
            yield names(unit)["pdf"], printer.pdf(TEMPLATE, profile_content(edition, unit))
