"""All that the site shows of the data: the pages it makes, and the fragments that others ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import jinja2

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.context.edition_context import EditionContext, editions
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.site.downloads import chart_files, unit_files
from ojbrottsoffer.site.downloads.api import writing as api_files
from ojbrottsoffer.site.downloads.dataset import CATALOGUE, Dataset
from ojbrottsoffer.site.pages.data_pages import DataPage, data_pages
from ojbrottsoffer.site.pages.fragments import FRAGMENTS, Asked
from ojbrottsoffer.site.pages.guide_pages import guide_pages
from ojbrottsoffer.site.pages.rendering import environment, render
from ojbrottsoffer.site.paper import shared_files
from ojbrottsoffer.site.settings import publisher, site_url
from ojbrottsoffer.site.slides import unit_slides
from ojbrottsoffer.site.words.marking import marking


@dataclass(frozen=True, eq=False)
class SitePages:
    editions: dict[int, EditionContext]
    """Year -> edition, the latest first."""
    data: Dataset
    templates: jinja2.Environment

    @classmethod
    def load(cls, project: Project) -> SitePages:
        """Reads `data/clean/` and the report of the run that made it."""
        site = SiteTables.load(project)
        return cls(editions(site), Dataset(project, site.tables), environment())

    @property
    def latest(self) -> EditionContext:
        return next(iter(self.editions.values()))

    @cached_property
    def pages(self) -> dict[str, DataPage]:
        """The pages that come from data: path -> page."""
        return data_pages(self.editions, self.data) | guide_pages(self.latest)

    def page(self, path: str, link: Callable[[str], str]) -> str:
        """The HTML of a page."""
        page = self.pages[path]
        return render(
            self.templates, page.template, page.edition, link, picture=page.picture, **page.values()
        )

    def fragment(self, name: str, link: Callable[[str], str], here: str) -> str:
        """The HTML of a fragment, for the page at the address `here`."""
        template, values = FRAGMENTS[name]
        shown = values(Asked(self.latest, self.data, here))
        return render(self.templates, template, self.latest, link, **shown)

    def files(self, contact: str) -> Iterator[tuple[str, bytes]]:
        """The downloads: address and content. `contact`: the setting `KONTAKT`, empty if it is not set."""
        yield from unit_files.all_files(self.editions)
        printer = shared_files.printer_of(self.latest)
        yield from shared_files.all_files(self.editions, printer)
        yield from unit_slides.all_files(self.editions, printer)
        marked = marking(self.data.project)
        yield from chart_files.all_files(self.editions.values(), self.templates, marked)
        for name, content in self.data.files.items():
            yield f"data/{name}", content
        for version, content in self.data.kept.items():
            yield f"data/{self.data.kept_file(version)}", content
        yield from api_files.all_files(self.data, site_url())
        if contact and site_url():
            from ojbrottsoffer.site.downloads.catalogue import catalogue

            yield f"data/{CATALOGUE}", catalogue(self.data, site_url(), contact, publisher())
