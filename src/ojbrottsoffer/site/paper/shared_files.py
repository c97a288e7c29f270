"""All that is set for paper and for sharing."""

from __future__ import annotations

from collections.abc import Iterator

from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.paper import group_pages, pictures, profile_pdf, role_sheets
from ojbrottsoffer.site.paper.printer import Printer
from ojbrottsoffer.site.words.citation import released


def printer_of(edition: EditionContext) -> Printer:
    """Dates what it sets by the release. Raises `DataError` for a font that is missing or another."""
    return Printer(released(edition.site.project))


def all_files(editions: dict[int, EditionContext], printer: Printer) -> Iterator[tuple[str, bytes]]:
    """Profiles, role sheets, pictures and pages of groups: address and content. `editions`: the latest first."""
    yield from profile_pdf.all_files(editions, printer)
    yield from role_sheets.all_files(editions, printer)
    yield from pictures.all_files(editions, printer)
    yield from group_pages.all_files(editions.values(), printer)
