"""The slides of a unit: native parts with the unit's own figures, equal in two builds, opened by an office program."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import golden
import pypdf
import pytest
from lxml import etree
from pptx import Presentation
from synthetic import make_project

from ojbrottsoffer.presentation import palette
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.pages.site_pages import SitePages
from ojbrottsoffer.site.paper.shared_files import printer_of
from ojbrottsoffer.site.slides.unit_slides import unit_slides
from tools.programs import program

LONGEST = "goteborg-askim-frolunda-hogsbo"


@pytest.fixture(scope="module")
def edition(project: Project) -> EditionContext:
    return SitePages.load(project).latest


def deck(project: Project, unit: str) -> Path:
    return project.site / "kommuner" / unit / f"bildspel-{unit}.pptx"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        assert len(names) == len(set(names))
        return {name: packed.read(name) for name in names}


@pytest.mark.parametrize("unit", golden.PAGES)
def test_five_slides_say_what_the_profile_says(project: Project, edition: EditionContext, unit: str):
    result, name = edition.profiles[unit], edition.year.units.at[unit, "enhet"]
    slides = list(Presentation(deck(project, unit)).slides)
    assert len(slides) == 5
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[0] == f"{name} svarar ja på {''.join(golden.PAGES[unit]).count('2')} av 60 frågor"
    for slide in slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert "Källa" in notes or "SKL:s rapport" in notes
        for shape in slide.shapes:
            described = shape.has_text_frame or shape.element.xpath(".//p:cNvPr/@descr")
            assert described, (titles, shape.name)
            assert 0 <= shape.left and shape.left + shape.width <= 12_192_000
    (chart,) = (shape.chart for shape in slides[1].shapes if shape.has_chart)
    series = {one.name: list(one.values) for one in chart.plots[0].series}
    assert list(chart.plots[0].categories) == [area.omrade for area in result.areas]
    assert series[name] == [round(area.share, 1) for area in result.areas]
    assert series["Riket"] == [round(area.nation, 1) for area in result.areas]
    (table,) = (shape.table for shape in slides[2].shapes if shape.has_table)
    said = [[cell.text_frame.text for cell in row.cells] for row in table.rows][1:]
    assert [row[0] for row in said] == [edition.indicators[gap]["kortnamn"] for gap in result.gaps][
        : len(said)
    ]
    assert len(said) == min(9, len(result.gaps))
    shown = " ".join(shape.text_frame.text for shape in slides[2].shapes if shape.has_text_frame)
    assert (f"{len(result.gaps) - 9}\u00a0fråg" in shown) == (len(result.gaps) > 9)
    last = " ".join(shape.text_frame.text for shape in slides[4].shapes if shape.has_text_frame)
    for one in edition.contradictions_of(unit):
        assert one["beslut"].split(".")[0] in last
    (advice,) = (shape.table for shape in slides[3].shapes if shape.has_table)
    first = [(item.role.namn, item.tips[0][0].tips) for item in edition.guide.advice(result.gaps)]
    assert [tuple(cell.text_frame.text for cell in row.cells)[:2] for row in advice.rows][1:] == first


def test_two_decks_have_equal_parts_and_the_houses_colours(project: Project, edition: EditionContext):
    built = parts(deck(project, "ronneby").read_bytes())
    assert parts(unit_slides(edition, "ronneby", printer_of(edition))) == built
    theme = built["ppt/theme/theme1.xml"].decode()
    assert all(palette.LIGHT[name].lstrip("#").upper() in theme for name in ("accent", "ja", "delvis", "nej"))
    types = built["[Content_Types].xml"].decode()
    for name, content in built.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
        if name != "[Content_Types].xml":
            assert f'PartName="/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types, name


def test_nothing_lies_on_anything_else_and_what_is_invented_says_so(project: Project, tmp_path: Path):
    made = SitePages.load(make_project(project, tmp_path / "projekt", 8)).latest
    units = made.year.units.copy()
    units.loc["testkommun-001", "enhet"] = "Testkommun 001 " + "med ett långt namn " * 15
    long = replace(made, year=replace(made.year, units=units))
    (tmp_path / "lang.pptx").write_bytes(unit_slides(long, "testkommun-001", printer_of(made)))
    for slide in Presentation(tmp_path / "lang.pptx").slides:
        assert "Påhittade uppgifter" in "".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        boxes = sorted((shape.top, shape.top + shape.height, shape.name) for shape in slide.shapes)
        for (_, bottom, name), (top, _, after) in zip(boxes, boxes[1:], strict=False):
            assert bottom <= top + 10_000, (name, after)
        assert boxes[-1][1] <= 6_858_000
    program_pages = converted([tmp_path / "lang.pptx"], tmp_path)
    ends: list[float] = []
    program_pages["lang"][0].extract_text(
        visitor_text=lambda words, cm, tm, *_: "svarar ja" in words and ends.append(cm[5] + tm[5])
    )
    height = float(program_pages["lang"][0].mediabox.height)
    assert ends and all(height - y < height * 1.75 / 7.5 for y in ends)


def converted(files: list[Path], folder: Path) -> dict[str, list[pypdf.PageObject]]:
    """Name -> the pages that an office program makes of the slides."""
    command = [program("soffice"), "--headless", f"-env:UserInstallation={(folder / 'o').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {file.stem: list(pypdf.PdfReader(folder / f"{file.stem}.pdf").pages) for file in files}


def test_an_office_program_opens_the_slides_without_repair(project: Project, tmp_path: Path):
    for pages in converted([deck(project, unit) for unit in ("ronneby", LONGEST)], tmp_path).values():
        assert len(pages) == 5
        assert "Vad varje roll kan göra först" in pages[3].extract_text()
        assert "Förtroendevald" in pages[3].extract_text()
