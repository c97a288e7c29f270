"""The words of `expectations/ord.csv`: what the pages do not say, and what they say instead."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

from conftest import ROOT

from ojbrottsoffer.analysis.edition import edition, latest_year, read_tables
from ojbrottsoffer.project import Project

LIST = ROOT / "expectations" / "ord.csv"
ALIKE = re.compile(r"kommuner/[^/]+$")
"""Pages of which there are hundreds from one template: the first few of them are read."""
READ = 30


def words() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(page: str) -> str:
    """What a reader reads, and what a screen reader says, in lower case on one line."""
    body = page[page.index("<body") :]
    body = re.sub(r"<(script|style|pre|code)\b.*?</\1>", " ", body, flags=re.S)
    told = " ".join(re.findall(r'(?:aria-label|data-rubrik|alt)="([^"]*)"', body))
    return " ".join(html.unescape(f"{re.sub(r'<[^>]+>', ' ', body)} {told}").split()).lower()


def pages(site: Path) -> dict[str, str]:
    """Address -> what is said there."""
    found, alike = {}, 0
    for path in sorted(site.rglob("index.html")):
        address = path.parent.relative_to(site).as_posix()
        alike += (is_alike := bool(ALIKE.match(address)))
        if not is_alike or alike <= READ:
            found[address] = said(path.read_text(encoding="utf-8"))
    return found


def test_the_pages_say_it_in_the_words_we_use(project: Project):
    rows, read = words(), pages(project.site)
    assert len(rows) > 12 and all(row["skriv hellre"] and row["därför"] for row in rows)
    assert len(read) > 100 and "hur säker är en placering" in read["rankning"]
    wrong = [
        (row["skriv inte"], row["skriv hellre"], address, text[max(0, found.start() - 60) : found.end() + 60])
        for row in rows
        for address, text in read.items()
        if (found := re.search(rf"\b{re.escape(row['skriv inte'])}", text))
        and not (row["utom på"] and re.match(row["utom på"], address))
    ]
    assert not wrong, wrong[:5]


def test_a_word_on_the_list_is_found():
    page = '<html><body><p>Det h&auml;r <em>äger</em>\n du</p><td data-rubrik="Skador"></td></body></html>'
    assert "äger du" in said(page) and "skador" in said(page)
    assert "äger du" not in said("<body><code>äger du</code></body>")


def test_a_group_of_one_unit_says_its_name(project: Project):
    tables = read_tables(project.clean)
    year = edition(tables, latest_year(tables))
    for unit in year.units.index:
        others = [one for one in year.members[year.units.at[unit, "befolkningsgrupp"]] if one != unit]
        text = said((project.site / "kommuner" / unit / "index.html").read_text(encoding="utf-8"))
        assert min(text.count("samma grupp"), 2) == min(len(others), 2), unit
        if len(others) == 1:
            other = re.escape(year.short_names[others[0]].lower())
            assert re.search(rf"i samma grupp, kommuner med [^.]*, finns bara {other}\.", text)
