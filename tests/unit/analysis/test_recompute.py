"""Every figure on the profiles, the indicators' and the success factors' pages, the pages of
municipalities with placings only, the lists and the matrices, recomputed from the public files.

Nothing of the project's code is used: the CSV files of /data/ and the pages' HTML are all.
"""

from __future__ import annotations

import csv
import random
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

from ojbrottsoffer.project import Project

DIGITS = re.compile(r"[+−]?\d[\d\u00a0]*(?:,\d+)?")
VOID = {"br", "img", "input", "hr", "meta", "link", "path", "rect", "use", "circle", "source"}
NUMBERS = {
    word: n for n, word in enumerate("ingen en två tre fyra fem sex sju åtta nio tio elva tolv".split())
}
"""Numbers that running text writes as words."""
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)
LISTS = ("", "indikatorer", "jamfor", "kommuner", "metoder/trollhattan", "rankning")
"""Pages that show the same figures as the profiles and the indicators' pages, in lists."""
SPREAD = 0.7
DRAWN = 20_000
"""So many times are units drawn anew for a p-value that the product also draws."""
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
        return any(
            (not tag or a.tag == tag)
            and all(v in a.attributes.get(k.strip("_"), "").split() for k, v in attributes.items())
            for a in self.ancestors
        )


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
        for name, own in (
            ("indikatorer_ar", "indikator_id"),
            ("enheter_ar", "enhet_id"),
            ("indikatorer_faktorer", "indikator_id"),
        ):
            other = self.by(name, own).get((row["ar"], row.get(own, "")), {})
            if key in other:
                return other[key]
        raise AssertionError(f"{key} finns inte")

    @cache  # noqa: B019
    def compute(self, trace: str) -> Fraction | str:
        if " minus " in trace:
            first, second = map(self.compute, trace.split(" minus "))
            return first - second
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
        least = {"andel": 2, "andel-minst-delvis": 1}.get(measure)
        if least:
            return Fraction(100 * sum(cell >= least for cell in given), len(given)) if given else ""
        assert given, trace
        if measure == "modell":
            (row,) = rows
            return self.likely(row["ar"], row["enhet_id"])[row["indikator_id"]]
        if measure in BY_MODEL:
            return Fraction(BY_MODEL[measure](self.counts(rows)))
        return {"medel": sum(given) / len(given), "hundradel": sum(given) / 100}[measure]

    @cache  # noqa: B019
    def difficulties(self, year: str) -> dict[str, float]:
        """Per indicator: where the nation's share is the mean of 1 / (1 + exp(b − θ)), with θ
        spread as N(0, SPREAD²), as the page about the model says."""
        steps = [n / 50 for n in range(-350, 351)]
        bell = [exp(-z * z / 2) for z in steps]
        found = {}
        for row in self.table("riket"):
            if (row["ar"], row["delmangd"]) == (year, "alla") and row["andel_ja_procent"]:
                share = min(max(float(row["andel_ja_procent"]), 0.25), 99.75) / 100
                low, high = -20.0, 20.0
                for _ in range(40):
                    b = (low + high) / 2
                    mean = sum(w / (1 + exp(b - SPREAD * z)) for w, z in zip(bell, steps, strict=True)) / sum(
                        bell
                    )
                    low, high = (b, high) if mean > share else (low, b)
                found.setdefault(row["indikator_id"], b)
        return found

    @cache  # noqa: B019
    def likely(self, year: str, unit: str) -> dict[str, Fraction]:
        """Probability of Ja per indicator, in percent, given the unit's number of Ja: the sum over
        every pattern with that many Ja, by elementary symmetric functions."""
        answers = {
            row["indikator_id"]: row["svar_kod"]
            for row in self.table("resultat")
            if (row["ar"], row["enhet_id"]) == (year, unit) and row["svar_kod"]
        }
        ease = {i: exp(-self.difficulties(year)[i]) for i in answers}
        total = sum(code == "2" for code in answers.values())
        every = symmetric(list(ease.values()))
        return {
            i: Fraction(100 * e * symmetric([o for j, o in ease.items() if j != i])[total - 1] / every[total])
            for i, e in ease.items()
        }

    def counts(self, rows: list[dict[str, str]]) -> list[tuple[int, list[float]]]:
        """Per unit: its number of Ja among the rows' indicators, and how probable each number is,
        given its number of Ja in all."""
        found = []
        for unit in dict.fromkeys(row["enhet_id"] for row in rows):
            mine = [row for row in rows if row["enhet_id"] == unit and row["svar_kod"]]
            inside = {row["indikator_id"] for row in mine}
            (year,) = {row["ar"] for row in mine}
            every = {
                row["indikator_id"]: row["svar_kod"]
                for row in self.table("resultat")
                if (row["ar"], row["enhet_id"]) == (year, unit) and row["svar_kod"]
            }
            ease = {i: exp(-self.difficulties(year)[i]) for i in every}
            total = sum(code == "2" for code in every.values())
            some = symmetric([e for i, e in ease.items() if i in inside])
            rest = symmetric([e for i, e in ease.items() if i not in inside])
            ways = [
                one * rest[total - k] if 0 <= total - k < len(rest) else 0.0 for k, one in enumerate(some)
            ]
            found.append((sum(row["svar_kod"] == "2" for row in mine), [way / sum(ways) for way in ways]))
        return found


Counts = list[tuple[int, list[float]]]


def together(counts: Counts) -> tuple[int, list[float]]:
    """The number of Ja among all units, and how probable each number is."""
    whole = [1.0]
    for _, chances in counts:
        whole = [
            sum(whole[i] * chances[n - i] for i in range(len(whole)) if 0 <= n - i < len(chances))
            for n in range(len(whole) + len(chances) - 1)
        ]
    return sum(ja for ja, _ in counts), whole


def mean(chances: list[float]) -> float:
    return sum(n * chance for n, chance in enumerate(chances))


def lowest(counts: Counts) -> int:
    """The first number that is not below 2.5 percent of what is probable."""
    _, chances = together(counts)
    return next(n for n in range(len(chances)) if sum(chances[: n + 1]) > 0.025 + 1e-12)


def highest(counts: Counts) -> int:
    _, chances = together(counts)
    return next(n for n in range(len(chances)) if sum(chances[: n + 1]) >= 0.975 - 1e-12)


def twice_the_smaller_tail(counts: Counts) -> float:
    ja, chances = together(counts)
    return min(1.0, 2 * min(sum(chances[: ja + 1]), sum(chances[ja:])))


def between_units(counts: Counts) -> float:
    """How often units that are drawn with these chances add up to as much, beside how far apart they
    lie: twice the smaller side. Drawn anew here, so it is only nearly the same."""
    rng = random.Random(2015)
    means = [mean(chances) for _, chances in counts]

    def beside(numbers: list[int]) -> float:
        rest = [n - m for n, m in zip(numbers, means, strict=True)]
        apart = sum(one * one for one in rest) ** 0.5
        return sum(rest) / apart if apart > 1e-9 else 0.0

    columns = [
        rng.choices(range(len(chances)), [max(0.0, one) for one in chances], k=DRAWN) for _, chances in counts
    ]
    found = beside([ja for ja, _ in counts])
    sides = [beside(list(numbers)) for numbers in zip(*columns, strict=True)]
    low, high = (sum(one <= found + 1e-9 for one in sides), sum(one >= found - 1e-9 for one in sides))
    return min(1.0, 2 * (min(low, high) + 1) / (DRAWN + 1))


BY_MODEL = {
    "vantat": lambda counts: mean(together(counts)[1]),
    "lagst": lowest,
    "hogst": highest,
    "p": twice_the_smaller_tail,
    "p-mellan-enheter": between_units,
}


def symmetric(values: list[float]) -> list[float]:
    """The elementary symmetric functions of some positive numbers: index = number of factors."""
    sums = [1.0]
    for value in values:
        sums = [a + b * value for a, b in zip([*sums, 0.0], [0.0, *sums], strict=True)]
    return sums


def shown(text: str) -> Fraction | str:
    """What a reader sees: the first number, in figures or as a word, or the text."""
    if text.lower() in NUMBERS:
        return Fraction(NUMBERS[text.lower()])
    found = DIGITS.search(text)
    return Fraction(found[0].replace("\u00a0", "").replace(",", ".").replace("−", "-")) if found else text


def decimals(text: str) -> int:
    """How many decimals a reader sees."""
    found = DIGITS.search(text)
    return len(found[0].partition(",")[2]) if found else 0


def rounded(value: Fraction | str, places: int = 0) -> Fraction | str:
    """A half is rounded away from zero, as the pages do."""
    if isinstance(value, str):
        return value
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@pytest.fixture(scope="module")
def files(project: Project) -> Files:
    return Files(project.site / "data")


def pages_of(
    project: Project, kind: str, mark: str = 'class="oj-fakta"', without: str = "\0"
) -> dict[str, Page]:
    """The pages that show figures: by default those with key figures."""
    found = {}
    for path in sorted((project.site / kind).rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        if mark in text and without not in text:
            found[path.parent.relative_to(project.site).as_posix()] = Page(path)
    return found


@pytest.fixture(scope="module")
def profiles(project: Project) -> dict[str, Page]:
    return pages_of(project, "kommuner")


@pytest.fixture(scope="module")
def indicator_pages(project: Project) -> dict[str, Page]:
    return pages_of(project, "indikatorer")


@pytest.fixture(scope="module")
def factor_pages(project: Project) -> dict[str, Page]:
    """The list of the success factors, and each of them."""
    return pages_of(project, "framgangsfaktorer", "data-oj-tal")


@pytest.fixture(scope="module")
def placed_pages(project: Project) -> dict[str, Page]:
    """Municipalities without answers that have placings."""
    return pages_of(project, "kommuner", 'id="rankning"', 'class="oj-fakta"')


@pytest.fixture(scope="module")
def lists(project: Project) -> dict[str, Page]:
    return {name: Page(project.site / name / "index.html") for name in LISTS}


@pytest.fixture(scope="module")
def every_page(profiles, indicator_pages, factor_pages, placed_pages, lists) -> dict[str, Page]:
    return profiles | indicator_pages | factor_pages | placed_pages | lists


def test_every_factor_and_every_placing_is_there(files: Files, factor_pages, placed_pages):
    factors = {row["faktor_id"] for row in files.table("indikatorer_faktorer")}
    assert {f"framgangsfaktorer/{one}" for one in factors} <= set(factor_pages)
    assert "framgangsfaktorer" in factor_pages
    answered = {row["enhet_id"] for row in files.table("resultat")}
    wanted = Counter(
        f"kommuner/{row['enhet_id']}"
        for row in files.table("rankning")
        if row["placering"] and row["enhet_id"] not in answered
    )
    assert wanted == {
        name: sum("placering" in e.attributes["data-oj-tal"].split(" ")[2] for e in page.traced)
        for name, page in placed_pages.items()
    }


def test_every_profile_and_indicator_is_there(files: Files, profiles, indicator_pages):
    units = {row["enhet_id"] for row in files.table("resultat")}
    assert {name.split("/")[1] for name in profiles} == units
    asked = {row["indikator_id"] for row in files.table("resultat")}
    assert {name.split("/")[1] for name in indicator_pages} == asked


def wrong_figures(files: Files, pages: dict[str, Page]) -> list[tuple[str, str, str, str]]:
    """Page, trace, what is shown and what the files say."""
    wrong = []
    for name, page in pages.items():
        for element in page.traced:
            trace = element.attributes["data-oj-tal"]
            if element.said.startswith("under "):  # a p-value too small to be written out
                assert trace.startswith("p") and files.compute(trace) < shown(element.said)
                continue
            said = shown(element.said)
            if trace.startswith("p-mellan-enheter"):  # drawn here and there: alike within four errors
                drawn = float(files.compute(trace))
                error = 4 * (2 * drawn / 9_999 + 2 * drawn / DRAWN) ** 0.5 + 0.5 / 10 ** decimals(
                    element.said
                )
                if abs(float(said) - drawn) > error:
                    wrong.append((name, trace, element.said, str(drawn)))
                continue
            expected = rounded(files.compute(trace), decimals(element.said))
            if expected == "":
                said = "" if said.startswith(("Uppgift saknas", "–")) else said
            if said != expected:
                wrong.append((name, trace, element.said, str(expected)))
    return wrong


def test_every_traced_figure_is_recomputed(files: Files, profiles, indicator_pages, every_page):
    wrong = wrong_figures(files, every_page)
    measures = Counter(
        element.attributes["data-oj-tal"].split(" ")[0]
        for page in every_page.values()
        for element in page.traced
    )
    assert not wrong, wrong[:10]
    answers, units = len(files.table("resultat")), len(profiles)
    assert measures["cell"] >= 3 * answers + units
    assert measures["andel"] >= 8 * units and measures["medel"] >= 4 * units
    assert measures["antal"] >= 18 * units + 5 * len(indicator_pages)
    assert measures["hundradel"] >= units
    asked = len(indicator_pages)
    assert measures["andel-minst-delvis"] == asked
    assert min(measures[one] for one in ("vantat", "lagst", "p")) > asked
    assert measures["p-mellan-enheter"] > 4


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("indikatorer/social-jour", r'(class="oj-ingress">.*?>)(\w+)(</span> ja\.)'),
        ("indikatorer/social-jour", r"(<text [^>]*data-oj-tal[^>]*>)(\d+)()"),
        ("indikatorer", r'(data-rubrik="Riket, andel ja"[^>]*>)(\d+)()'),
        ("indikatorer", r'(data-rubrik="Ja bland [^>]*>\s*<span[^>]*>\s*)(\d+)()'),
        ("kommuner", r'(data-rubrik="Ja-svar av [^>]*>\s*)(\d+)()'),
        ("kommuner", r'(data-rubrik="Enligt antal ja-svar"[^>]*>\D*)(\d+)()'),
        ("rankning", r'(id="unizon".*?data-rubrik="Placering hos Unizon"[^>]*>\s*)(\d+)()'),
        ("", r'(class="oj-siffra"[^>]*>)(\d+)()'),
        (
            "jamfor",
            r'(class="oj-matris__etikett">\s*<a [^>]*>[^<]*</a>\s*</th>\s*<td class="tal"[^>]*>\s*)(\d+)()',
        ),
        ("jamfor", r'(<tfoot>.*?<td class="tal"[^>]*>)(\d+)()'),
    ],
)
def test_a_number_that_is_changed_in_the_html_is_found(
    project: Project, files: Files, tmp_path: Path, name: str, number: str
):
    text = (project.site / name / "index.html").read_text(encoding="utf-8")
    changed, times = re.subn(
        number, lambda m: m[1] + ("99" if m[2].isdigit() else "elva") + m[3], text, count=1, flags=re.S
    )
    assert times == 1
    path = tmp_path / "index.html"
    path.write_text(changed, encoding="utf-8")
    assert len(wrong_figures(files, {name: Page(path)})) == 1


WHAT_IF = {
    "Lägst och högst",
    "Publicerat antal",
    "Delvis som ett halvt ja",
    "Utan en indikator",
    "Utan ett område",
}
"""Columns of /rankning/ with placings under other ways to count, which test_analysis.py works out."""
UNTRACED = {"forandring", "delteman", "modellen", "kopplingen"}
"""Sections whose numbers are no rows of the tables: changes since an earlier edition (they compare
two years and have their own tests), the report's pages, and what other assumptions
and other links between questions and factors would give."""


def test_no_figure_lacks_a_trace(every_page):
    """Columns of numbers, key figures and the numbers in the charts of the nation's share; what
    is new on these pages must be traced too."""

    def is_figure(element: Element) -> bool:
        kind = element.attributes.get("class", "").split()
        return (
            element.tag == "dd"
            and element.within(class_="oj-fakta")
            or element.tag == "td"
            and "tal" in kind
            and element.attributes.get("data-rubrik") not in WHAT_IF
            or element.tag == "text"
            and "oj-trend__ar" not in kind
            and element.within("svg", class_="oj-trend")
        )

    bare = [
        (name, page.section[id(element)], element.said)
        for name, page in every_page.items()
        for element in page.elements
        if is_figure(element)
        and DIGITS.search(element.said)
        and page.section[id(element)] not in UNTRACED
        and not element.has_trace
        and "data-oj-tal" not in element.attributes
    ]
    assert not bare, f"skriv traced(...) vid siffran i mallen: {bare[:5]}"


def test_numbers_in_the_introduction_are_among_the_traced(profiles, indicator_pages):
    for name, page in (profiles | indicator_pages).items():
        known = {shown(element.said) for element in page.traced}
        for element in page.elements:
            if "oj-ingress" in element.attributes.get("class", "").split():
                for number in DIGITS.findall(element.said.replace("2015", "")):
                    assert shown(number) in known, (name, number)
    for name, page in indicator_pages.items():
        (words,) = (
            NUMBER_WORD.findall(element.said)
            for element in page.elements
            if "oj-ingress" in element.attributes.get("class", "").split()
        )
        traced = [element.said for element in page.traced if element.within(class_="oj-ingress")]
        assert words and words == [word for word in traced if word.lower() in NUMBERS], name


def finding(files: Files, unit: str) -> str:
    """What a profile's introduction says about the quality areas, from the files alone."""
    year = max(row["ar"] for row in files.table("resultat") if row["enhet_id"] == unit)
    source = next(row["kalla_id"] for row in files.table("resultat") if row["ar"] == year)
    above, below, areas = [], [], 0
    for area in files.table("omraden"):
        if area["niva"] != "kvalitetsomrade":
            continue
        areas += 1
        where = f"ar={year} kvalitetsomrade_id={area['omrade_id']}"
        of_unit = f"{where} enhet_id={unit}"
        ja = files.compute(f"antal resultat - {of_unit} svar_kod=2")
        answered = files.compute(f"antal resultat - {of_unit} svar_kod=0,1,2")
        share = files.compute(f"andel resultat svar_kod {of_unit}")
        nation = files.compute(f"medel riket andel_ja_procent {where} delmangd=alla kalla_id={source}")
        name = area["omrade"].lower()
        if rounded(share) > rounded(nation):
            above.append(
                (
                    share - nation,
                    f"Längst över riket ligger {name}: {ja} av {answered} ja-svar "
                    f"({rounded(share)} %) mot {rounded(nation)} % i riket.",
                )
            )
        elif rounded(share) < rounded(nation):
            below.append(name)
    said = [max(above)[1]] if above else []
    if below:
        listed = " och ".join(filter(None, (", ".join(below[:-1]), below[-1])))
        said.append(f"Inom {listed} är andelen ja-svar lägre än i riket.")
    elif len(above) == areas:
        said.append("Andelen ja-svar är högre än i riket i alla kvalitetsområden.")
    return " ".join(said)


def test_the_finding_of_every_profile_is_recomputed(files: Files, profiles):
    newest = {name: page for name, page in profiles.items() if name.count("/") == 1}
    for name, page in newest.items():
        (said,) = (
            " ".join(element.said.split())
            for element in page.elements
            if "oj-fynd" in element.attributes.get("class", "").split()
        )
        assert said == finding(files, name.split("/")[1]), (name, said)
    assert newest


def test_every_answer_leads_to_its_place_and_source(files: Files, profiles):
    """Under each answer stands where it is printed and in what; the row can be linked to."""
    titles = {row["kalla_id"]: row["titel"].split(".")[0] for row in files.table("kallor")}
    seen = 0
    for name, page in profiles.items():
        unit = name.split("/")[1]
        year = (
            name.split("/")[2]
            if name.count("/") == 2
            else max(row["ar"] for row in files.table("resultat") if row["enhet_id"] == unit)
        )
        rows = {
            e.attributes["id"]: e.said
            for e in page.elements
            if e.tag == "tr" and e.attributes.get("id", "").startswith("svar-")
        }
        for row in files.table("resultat"):
            if (row["ar"], row["enhet_id"]) == (year, unit):
                said = rows.pop(f"svar-{row['indikator_id']}")
                assert row["plats"] in said and titles[row["kalla_id"]] in said, (name, said)
                seen += 1
        assert not rows, name
    assert seen == len(files.table("resultat"))


def test_answers_on_an_indicators_page_lead_to_the_answer(profiles, indicator_pages):
    for name, page in indicator_pages.items():
        links = [
            e.attributes["href"]
            for e in page.elements
            if e.tag == "a" and page.section[id(e)] == "vem" and "#svar-" in e.attributes.get("href", "")
        ]
        assert (
            len(links)
            == len({link.split("#")[0] for link in links})
            == len([p for p in profiles if p.count("/") == 1])
        ), name
        assert {link.split("#svar-")[1] for link in links} == {name.split("/")[1]}


def test_answers_in_lists_lead_to_the_answer(files: Files, profiles, lists):
    """In the example's table the answer is a link to its row on the profile. In the matrices the
    heading of an answer's column leads to the page that has the row, and the heading of its row to
    the page that links to it."""
    latest = max(row["ar"] for row in files.table("resultat"))
    answers = {
        (row["enhet_id"], row["indikator_id"]): row["svar"]
        for row in files.table("resultat")
        if row["ar"] == latest
    }
    places = {unit: ids(profiles[f"kommuner/{unit}"]) for unit, _ in answers}
    for name in ("jamfor",):
        rows = matrix(lists[name])
        units = [re.search(r"kommuner/([^/]+)/$", link)[1] for link in rows.pop("")]
        assert answers == {
            (unit, indicator): said
            for indicator, given in rows.items()
            for unit, said in zip(units, given, strict=True)
        }, name
        assert all(f"svar-{indicator}" in places[unit] for unit in units for indicator in rows)
    page = lists["metoder/trollhattan"]
    links = {
        e.attributes["href"].partition("#svar-")[2]: e.said
        for e in page.elements
        if e.tag == "a" and "kommuner/trollhattan/#svar-" in e.attributes.get("href", "")
    }
    wanted = {indicator: said for (unit, indicator), said in answers.items() if unit == "trollhattan"}
    assert {i: said.partition(",")[0] for i, said in links.items()} == wanted
    assert wanted and all(f"svar-{indicator}" in places["trollhattan"] for indicator in wanted)


def ids(page: Page) -> set[str]:
    return {e.attributes["id"] for e in page.elements if "id" in e.attributes}


def matrix(page: Page) -> dict[str, list[str]]:
    """Indicator -> its answers in the order of the columns; "" -> where the columns' headings lead."""
    inside = [e for e in page.elements if e.within("table", class_="oj-matris")]
    rows: dict[str, list[str]] = {
        "": [e.attributes["href"] for e in inside if e.tag == "a" and e.within("thead")]
    }
    indicator = ""
    for element in inside:
        if element.tag == "a" and element.within("tbody"):
            indicator = re.search(r"indikatorer/([^/]+)/$", element.attributes["href"])[1]
            rows[indicator] = []
        elif element.tag == "td" and "data-svar" in element.attributes:
            rows[indicator].append(element.said)
    return rows
