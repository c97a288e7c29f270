"""Addresses as a page has them: relative to itself, so that the site works below any address."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs.utils import get_relative_url


@dataclass(frozen=True)
class Link:
    """Makes an address relative to a page.

    >>> Link("kommuner/lund/")("indikatorer/"), Link("kommuner/lund/")("kommuner/tyreso/")
    ('../../indikatorer/', '../tyreso/')
    """

    page: str

    def __call__(self, target: str) -> str:
        return get_relative_url(target, self.page)
