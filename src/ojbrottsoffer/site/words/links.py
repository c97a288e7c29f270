"""Addresses as a page has them: relative to itself, so that the site works below any address."""

from __future__ import annotations

from functools import cached_property

from mkdocs.utils import get_relative_url


class Link:
    """Makes an address relative to a page.

    >>> Link("kommuner/lund/")("indikatorer/"), Link("kommuner/lund/")("kommuner/tyreso/")
    ('../../indikatorer/', '../tyreso/')
    """

    def __init__(self, page: str):
        self.page = page
        self._first = page.partition("/")[0]
        self._up = get_relative_url(".", page) + "/" if self._first.strip(".") else ""

    def __call__(self, target: str) -> str:
        first = target.partition("/")[0]
        if not self._up or first == self._first or not first.strip(".#?"):
            return get_relative_url(target, self.page)
        return self._up + target  # nothing in common but the root: the usual case

    @cached_property
    def place(self) -> Link:
        """The link of any page of the same depth below the same first folder. Its addresses hold
        on all of them.
        """
        depth = self.page.strip("/").count("/")
        return Link(f"{self._first}/{'-/' * depth}") if self._up and self.page.endswith("/") else self
