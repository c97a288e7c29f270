"""How to cite the data: `CITATION.cff` as a Swedish reference and as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import yaml

from ojbrottsoffer.project import Project


@dataclass(frozen=True)
class Citation:
    """What `CITATION.cff` says of the data and of the report it mainly comes from."""

    author: str
    title: str
    version: str
    date: str
    report_author: str
    report_title: str
    report_year: int
    report_isbn: str
    url: str = ""
    """Address of /data/ with a slash last, where the site's is known. It leads to the latest version."""

    @property
    def year(self) -> str:
        return self.date[:4]

    def address(self, version: str = "") -> str:
        """Where a version stays: the present one if none is named. Empty if the site's address is not known."""
        return f"{self.url}{version or self.version}/" if self.url else ""

    def swedish(self, version: str = "", date: str | None = None) -> str:
        """One line, as in a list of references; of another version than the present one if it is named."""
        address = self.address(version)
        found = f" Hämtad från {address}" if address else ""
        year = (date or self.date)[:4]
        return (
            f"{self.author} ({year}). {self.title}, version {version or self.version} [datamängd]. "
            f"Bearbetning av {self.report_author} ({self.report_year}), {self.report_title}, "
            f"ISBN {self.report_isbn}, bilaga 3 och 4.{found}"
        )

    def attribution(self, sources: list[str]) -> str:
        """One line on figures taken from the data: the data and their version, and the figures' own sources."""
        found = f" Hämtad från {self.address()}." if self.url else ""
        behind = f" Källor: {'; '.join(sources)}." if sources else ""
        return f"{self.author} ({self.year}). Version {self.version} [datamängd].{found}{behind}"

    def bibtex(self) -> str:
        """An entry for the data and one for the report."""
        key = "ojbrottsoffer"
        url = f"  url = {{{self.address()}}},\n" if self.url else ""
        return (
            f"@misc{{{key}{self.year},\n"
            f"  author = {{{{{self.author}}}}},\n"
            f"  title = {{{{{self.title}}}}},\n"
            f"  year = {{{self.year}}},\n"
            f"  version = {{{self.version}}},\n"
            f"{url}"
            f"  note = {{Datamängd, version {self.version}. Bearbetning av "
            f"\\cite{{{key}-rapport}}, bilaga 3 och 4}}\n"
            "}\n"
            f"@techreport{{{key}-rapport,\n"
            f"  author = {{{{{self.report_author}}}}},\n"
            f"  title = {{{{{self.report_title}}}}},\n"
            f"  institution = {{{self.report_author}}},\n"
            f"  year = {{{self.report_year}}},\n"
            f"  isbn = {{{self.report_isbn}}}\n"
            "}"
        )


def read_citation(project: Project, site_url: str = "") -> Citation:
    """`CITATION.cff`; its first reference is the report. The address is that of the site that is
    being built, or else the file's `url`.
    """
    told = yaml.safe_load((project.root / "CITATION.cff").read_text(encoding="utf-8"))
    report = told["references"][0]
    return Citation(
        told["authors"][0]["name"],
        told["title"],
        str(told["version"]),
        str(told["date-released"]),
        report["authors"][0]["name"],
        report["title"],
        int(report["year"]),
        report["isbn"],
        f"{site_url.rstrip('/')}/data/" if site_url else told.get("url", ""),
    )


def released(project: Project) -> str:
    """The day of the release as seconds since 1970, in text. What the site dates, it dates so: two
    builds of a release are the same.
    """
    day = date.fromisoformat(read_citation(project).date)
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
