"""Every figure on the profiles and the indicators' pages, recomputed from the public files.

Nothing of the project's code is used: the CSV files of /data/ and the pages' HTML are all.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from math import exp
from pathlib import Path

import pytest

from ojbrottsoffer.paths import Project

DIGITS = re.compile(r"\d[\d\u00a0]*(?:,\d+)?")
VOID = {"br", "img", "input", "hr", "meta", "link", "path", "rect", "use", "circle", "source"}
WORDS = {"Ja", "Delvis", "Nej"}
SPREAD = 0.8
"""Assumed spread of the units in the country, in logits, as stated on the page."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    ancestors: list[Element] = field(default_factory=list)
    has_trace: bool = False
    """An element inside it is traced."""

    @property
    def said(self) -> str:
        return re.sub(r"[ \n\t]+", " ", "".join(self.text)).strip()

    def within(self, tag: str = "", **attributes: str) -> bool:
        return any((not tag or a.tag == tag)
                   and all(v in a.attributes.get(k.strip("_"), "").split()
                           for k, v in attributes.items()) for a in self.ancestors)


class Page(HTMLParser):
    """Every element with its whole text, the elements around it and the section it is in."""

    def __init__(self, path: Path):
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.section: dict[int, str] = {}
        self.heading = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attributes}, ancestors=list(self.open))
        if tag == "h2":
            self.heading = element.attributes.get("id", "")
        if "data-oj-tal" in element.attributes:
            for outer in self.open:
                outer.has_trace = True
        self.section[id(element)] = self.heading
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text.append(data)

    @property
    def traced(self) -> list[Element]:
        return [e for e in self.elements if "data-oj-tal" in e.attributes]


class Files:
    """The downloaded tables, and what a trace says about them."""

    def __init__(self, folder: Path):
        self.folder = folder

    @cache  # noqa: B019
    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cache  # noqa: B019
    def by(self, name: str, key: str) -> dict[tuple[str, str], dict[str, str]]:
        return {(row["ar"], row[key]): row for row in self.table(name)}

    def value(self, row: dict[str, str], key: str) -> str:
        if key in row:
            return row[key]
        for name, own in (("indikatorer_ar", "indikator_id"), ("enheter_ar", "enhet_id")):
            other = self.by(name, own).get((row["ar"], row.get(own, "")), {})
            if key in other:
                return other[key]
        raise AssertionError(f"{key} finns inte")

    @cache  # noqa: B019
    def compute(self, trace: str) -> Fraction | str:
        measure, name, column, *conditions = trace.split(" ")
        rows = self.table(name)
        for condition in conditions:
            key, _, values = condition.partition("=")
            if key.endswith("!"):
                rows = [row for row in rows if self.value(row, key[:-1]) != values]
            else:
                wanted = set(values.split(","))
                rows = [row for row in rows if self.value(row, key) in wanted]
        if measure == "antal":
            return Fraction(len(rows))
        cells = [row[column] for row in rows]
        if measure == "cell":
            assert len(cells) == 1, f"{len(cells)} rader för {trace}"
            return Fraction(cells[0]) if re.fullmatch(r"-?\d+", cells[0]) else cells[0]
        given = [Fraction(cell) for cell in cells if cell != ""]
        if measure == "andel":
            return Fraction(100 * sum(cell == 2 for cell in given), len(given)) if given else ""
        assert given, trace
        if measure == "modell":
            (row,) = rows
            return self.likely(row["ar"], row["enhet_id"])[row["indikator_id"]]
        return {"medel": sum(given) / len(given), "hundradel": sum(given) / 100}[measure]


    @cache  # noqa: B019
    def difficulties(self, year: str) -> dict[str, float]:
        """Per indicator: where the nation's share is the mean of 1 / (1 + exp(b − θ)), with θ
        spread as N(0, 0.8²), as the page about the model says."""
        steps = [n / 50 for n in range(-350, 351)]
        bell = [exp(-z * z / 2) for z in steps]
        found = {}
        for row in self.table("riket"):
            if (row["ar"], row["delmangd"]) == (year, "alla") and row["andel_ja_procent"]:
                share = min(max(float(row["andel_ja_procent"]), 0.25), 99.75) / 100
                low, high = -20.0, 20.0
                for _ in range(40):
                    b = (low + high) / 2
                    mean = sum(w / (1 + exp(b - SPREAD * z))
                               for w, z in zip(bell, steps, strict=True)) / sum(bell)
                    low, high = (b, high) if mean > share else (low, b)
                found.setdefault(row["indikator_id"], b)
        return found

    @cache  # noqa: B019
    def likely(self, year: str, unit: str) -> dict[str, Fraction]:
        """Probability of Ja per indicator, in percent, given the unit's number of Ja: the sum over
        every pattern with that many Ja, by elementary symmetric functions."""
        answers = {row["indikator_id"]: row["svar_kod"] for row in self.table("resultat")
                   if (row["ar"], row["enhet_id"]) == (year, unit) and row["svar_kod"]}
        ease = {i: exp(-self.difficulties(year)[i]) for i in answers}
        total = sum(code == "2" for code in answers.values())
        every = symmetric(list(ease.values()))
        return {i: Fraction(100 * e * symmetric([o for j, o in ease.items() if j != i])[total - 1]
                / every[total]) for i, e in ease.items()}


def symmetric(values: list[float]) -> list[float]:
    """The elementary symmetric functions of some positive numbers: index = number of factors."""
    sums = [1.0]
    for value in values:
        sums = [a + b * value for a, b in zip([*sums, 0.0], [0.0, *sums], strict=True)]
    return sums


def shown(text: str) -> Fraction | str:
    """What a reader sees: the first number, or the text."""
    found = DIGITS.search(text)
    return Fraction(found[0].replace("\u00a0", "").replace(",", ".")) if found else text


def rounded(value: Fraction | str) -> Fraction | str:
    """A half is rounded up, as the pages do."""
    if isinstance(value, str):
        return value
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.fixture(scope="module")
def files(project: Project) -> Files:
    return Files(project.site / "data")


def pages_of(project: Project, kind: str) -> dict[str, Page]:
    """The pages that show figures: those with key figures."""
    found = {}
    for path in sorted((project.site / kind).rglob("index.html")):
        if 'class="oj-fakta"' in path.read_text(encoding="utf-8"):
            found[path.parent.relative_to(project.site).as_posix()] = Page(path)
    return found


@pytest.fixture(scope="module")
def profiles(project: Project) -> dict[str, Page]:
    return pages_of(project, "kommuner")


@pytest.fixture(scope="module")
def indicator_pages(project: Project) -> dict[str, Page]:
    return pages_of(project, "indikatorer")


def test_every_profile_and_indicator_is_there(files: Files, profiles, indicator_pages):
    units = {row["enhet_id"] for row in files.table("resultat")}
    assert {name.split("/")[1] for name in profiles} == units
    asked = {row["indikator_id"] for row in files.table("resultat")}
    assert {name.split("/")[1] for name in indicator_pages} == asked


def test_every_traced_figure_is_recomputed(files: Files, profiles, indicator_pages):
    wrong, measures = [], Counter()
    for name, page in (profiles | indicator_pages).items():
        for element in page.traced:
            trace = element.attributes["data-oj-tal"]
            measures[trace.split(" ")[0]] += 1
            expected, said = rounded(files.compute(trace)), shown(element.said)
            if expected == "":
                said = "" if said.startswith(("Uppgift saknas", "–")) else said
            if said != expected:
                wrong.append((name, trace, element.said, str(expected)))
    assert not wrong, wrong[:10]
    answers, units = len(files.table("resultat")), len(profiles)
    assert measures["cell"] >= 3 * answers + units
    assert measures["andel"] >= 8 * units and measures["medel"] >= 4 * units
    assert measures["antal"] >= 18 * units + 5 * len(indicator_pages)
    assert measures["hundradel"] >= 2 * units


def test_no_figure_lacks_a_trace(profiles, indicator_pages):
    """Columns of numbers and key figures; what is new on these pages must be traced too.

    Changes since an earlier edition compare two years and have their own tests.
    """
    bare = [
        (name, page.section[id(element)], element.said)
        for name, page in (profiles | indicator_pages).items() for element in page.elements
        if (element.tag == "dd" and element.within(class_="oj-fakta")
            or element.tag == "td" and "tal" in element.attributes.get("class", "").split())
        and DIGITS.search(element.said) and page.section[id(element)] != "forandring"
        and not element.has_trace and "data-oj-tal" not in element.attributes
    ]
    assert not bare, f"skriv traced(...) vid siffran i mallen: {bare[:5]}"


def test_numbers_in_the_introduction_are_among_the_traced(profiles, indicator_pages):
    for name, page in (profiles | indicator_pages).items():
        known = {shown(element.said) for element in page.traced}
        for element in page.elements:
            if "oj-ingress" in element.attributes.get("class", "").split():
                for number in DIGITS.findall(element.said.replace("2015", "")):
                    assert shown(number) in known, (name, number)


def test_every_answer_leads_to_its_place_and_source(files: Files, profiles):
    """Under each answer stands where it is printed and in what; the row can be linked to."""
    titles = {row["kalla_id"]: row["titel"].split(".")[0] for row in files.table("kallor")}
    seen = 0
    for name, page in profiles.items():
        unit = name.split("/")[1]
        year = name.split("/")[2] if name.count("/") == 2 else max(
            row["ar"] for row in files.table("resultat") if row["enhet_id"] == unit)
        rows = {e.attributes["id"]: e.said for e in page.elements
                if e.tag == "tr" and e.attributes.get("id", "").startswith("svar-")}
        for row in files.table("resultat"):
            if (row["ar"], row["enhet_id"]) == (year, unit):
                said = rows.pop(f"svar-{row['indikator_id']}")
                assert row["plats"] in said and titles[row["kalla_id"]] in said, (name, said)
                seen += 1
        assert not rows, name
    assert seen == len(files.table("resultat"))


def test_answers_on_an_indicators_page_lead_to_the_answer(profiles, indicator_pages):
    for name, page in indicator_pages.items():
        links = [e.attributes["href"] for e in page.elements if e.tag == "a"
                 and page.section[id(e)] == "vem" and "#svar-" in e.attributes.get("href", "")]
        assert len(links) == len({link.split("#")[0] for link in links}) == len(
            [p for p in profiles if p.count("/") == 1]), name
        assert {link.split("#svar-")[1] for link in links} == {name.split("/")[1]}
