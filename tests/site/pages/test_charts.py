"""The charts that a reader takes along: pictures and figures that stand alone."""

from __future__ import annotations

import csv
import re
from collections import Counter
from xml.etree import ElementTree

import golden

from ojbrottsoffer.presentation import design
from ojbrottsoffer.project import Project


def test_every_picture_stands_alone(project: Project):
    """Title, source and colours are in the file; no text of it is small; its figures are beside it."""
    pictures = sorted((project.site / "diagram").glob("*.svg"))
    assert len(pictures) > 60
    for path in pictures:
        text = path.read_text(encoding="utf-8")
        drawing = ElementTree.fromstring(text)
        words = " ".join("".join(node.itertext()) for node in drawing.iterfind(".//{*}text"))
        assert "var(" not in text and "data-oj-tal" not in text and "Källa: " in words, path
        width = float(drawing.get("viewBox").split()[2])
        assert float(drawing.get("width")) == width
        assert drawing.get("aria-label").split()[0] in words
        sizes = re.findall(r"font(?:-size: |: \d+ )([\d.]+)px", text)
        assert sizes and min(map(float, sizes)) >= design.SMALLEST, path
        assert f"@font-face{{font-family:'{design.HEADING_FONT}'" in text and "src:url(data:font" in text, (
            path
        )
        assert f"700 20px '{design.HEADING_FONT}'" in text, "rubriken har samma snitt som på sidan"
        page = path.with_suffix(".html").read_text(encoding="utf-8")
        assert "<script" not in page and page.count("<h1>") == 1
        figures = path.with_suffix(".csv").read_bytes().decode("utf-8-sig").splitlines()
        assert len(figures) > 1 and all(";" in line for line in figures), path


def test_a_square_for_each_claim_and_a_dot_for_each_year_with_figures(project: Project):
    """The same number of signs as of rows, and the rows are those of the tables."""
    folder = project.site / "diagram"
    claims = (folder / "pastaenden.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    drawn = (folder / "pastaenden.svg").read_text(encoding="utf-8")
    assert drawn.count("h12v12h-12z") == len(claims) == len(_table(project, "pastaenden"))
    outcomes = Counter(line.rsplit(";", 1)[1] for line in claims)
    shown = (project.site / "kvalitet" / "index.html").read_text(encoding="utf-8").split("oj-rutor--fria")[1]
    for words, number in outcomes.items():
        assert re.search(rf">{number}</span> {words}\s", shown), words
    years = [line.split(";") for line in (folder / "artal.csv").read_text("utf-8-sig").splitlines()[1:]]
    assert (folder / "artal.svg").read_text(encoding="utf-8").count("oj-plats__punkt") - 1 == len(years)
    for table, _, year, rows in years:
        assert sum(row["ar"] == year for row in _table(project, table)) == int(rows)
    assert {"resultat", "riket", "rankning"} <= {table for table, *_ in years}


def _table(project: Project, name: str) -> list[dict[str, str]]:
    with (project.clean / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_chart_shows_the_figures_of_its_table(project: Project):
    figures = (project.site / "diagram" / "landet.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert sorted(int(line.rsplit(";", 1)[1]) for line in figures) == sorted(golden.SHARES)
    bars = ElementTree.fromstring((project.site / "diagram" / "landet.svg").read_text(encoding="utf-8"))
    heights = [
        float(bar.get("height")) for bar in bars.iterfind(".//{*}rect") if "landet" in bar.get("class", "")
    ]
    shares = sorted(golden.SHARES, reverse=True)
    assert [round(100 * height / 144) for height in heights] == shares


def test_the_nation_s_bars_are_named_in_the_picture_too(project: Project):
    """The first and the last, as on the page, wherever the picture is shown."""
    lines = (project.site / "diagram" / "landet.csv").read_text(encoding="utf-8-sig").splitlines()
    ends = [line.rsplit(";", 1) for line in (lines[1], lines[-1])]
    for kind in ("svg", "html"):
        drawn = (project.site / "diagram" / f"landet.{kind}").read_text(encoding="utf-8")
        said = [
            re.sub(r"<[^>]+>", "", one)
            for one in re.findall(r'<text class="?oj-landet__namn.*?</text>', drawn)
        ]
        wanted = [f"{share}\u00a0% {name}" for name, share in ends]
        assert said == wanted * (2 if kind == "html" else 1)
