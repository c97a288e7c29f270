"""The slides of a unit: native parts with the unit's own figures, equal in two builds, opened by an office program."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import golden
import pypdf
import pytest
from ooxml import flaws
from pdfboxes import misplaced
from pptx import Presentation
from strange import LONG_NAME, UNIT, changed, half_answered

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
    assert all(
        palette.LIGHT["ja"].lstrip("#").upper() in built[f"ppt/theme/theme{n}.xml"].decode() for n in (1, 2)
    )
    assert b"screen4x3" not in built["ppt/presentation.xml"]
    about = built["docProps/app.xml"].decode()
    assert "<PresentationFormat>Widescreen<" in about and "<Slides>5<" in about
    assert not any("printerSettings" in name or "thumbnail" in name for name in built)
    assert "python-pptx" not in built["docProps/core.xml"].decode()


@pytest.mark.parametrize(
    ("part", "sound", "broken", "told"),
    [
        ("ppt/slides/slide1.xml", b'id="3"', b'id="2"', "cNvPr"),
        ("ppt/slides/slide1.xml", b'r:embed="rId', b'r:embed="rId9', "used"),
        ("ppt/slides/_rels/slide2.xml.rels", b"chart1", b"chart2", "nothing leads to"),
        ("ppt/slides/slide3.xml", b"</a:tblGrid>", b'<a:gridCol w="1"/></a:tblGrid>', "cells"),
        ("ppt/theme/theme1.xml", b"a:dk1", b"a:dk9", "clrScheme"),
        ("[Content_Types].xml", b"/ppt/slides/slide1.xml", b"/ppt/slides/slide9.xml", "declared"),
    ],
)
def test_slides_are_what_a_strict_reader_asks_for(
    project: Project, part: str, sound: bytes, broken: bytes, told: str
):
    built = parts(deck(project, "ronneby").read_bytes())
    assert not list(flaws(built))
    assert told in " ".join(flaws(built | {part: built[part].replace(sound, broken)}))


@pytest.fixture(scope="module")
def drawn(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[pypdf.PageObject]]:
    """Name -> the pages that an office program makes of some units' slides, and of what nobody should have."""
    folder = tmp_path_factory.mktemp("slides")
    half = half_answered(project, folder / "projekt")
    printer = printer_of(half)
    wide = {"name": "W" * 300, "question": "W" * 300, "source": "W " * 200, "remark": "Wm " * 140}
    many = {"source": "Påhittad källa " * 30, "remark": "En påhittad anmärkning om ett svar. " * 12}
    strange = {
        "half": half,
        "long": changed(half, LONG_NAME, "Har kommunen " + "en mycket lång fråga " * 14, every=True, **many),
        "wide": changed(half, **wide, every=True),
        "alone": changed(half, LONG_NAME, nation=False),
    }
    for name, edition in strange.items():
        (folder / f"{name}.pptx").write_bytes(unit_slides(edition, UNIT, printer))
    files = [deck(project, unit) for unit in ("ronneby", LONGEST)]
    files += [folder / f"{name}.pptx" for name in strange]
    command = [program("soffice"), "--headless", f"-env:UserInstallation={(folder / 'o').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {file.stem: list(pypdf.PdfReader(folder / f"{file.stem}.pdf").pages) for file in files}


def test_an_office_program_opens_the_slides_without_repair(drawn: dict[str, list[pypdf.PageObject]]):
    for unit in ("ronneby", LONGEST):
        pages = drawn[f"bildspel-{unit}"]
        assert len(pages) == 5
        assert "Vad varje roll kan göra först" in pages[3].extract_text()
        assert "Förtroendevald" in pages[3].extract_text()


def test_nothing_drawn_lies_beside_the_slide_or_on_anything_else(drawn: dict[str, list[pypdf.PageObject]]):
    for name, pages in drawn.items():
        for number, page in enumerate(pages, start=1):
            assert not misplaced(page, 7), (name, number)


def test_what_is_invented_says_so_and_what_has_no_room_is_told_of(drawn: dict[str, list[pypdf.PageObject]]):
    for name in ("half", "long", "wide", "alone"):
        assert all("Påhittade uppgifter" in page.extract_text() for page in drawn[name]), name
    said = {name: [" ".join(page.extract_text().split()) for page in pages] for name, pages in drawn.items()}
    assert "30 saknas" in said["half"][0] and "Prickad: svar saknas." in said["half"][0]
    assert "Prickad" not in said["bildspel-ronneby"][0]
    assert "Rikets andel saknas för kunskapsbaserad verksamhet." in said["half"][1]
    assert "Tom stapel: riket." in said["half"][1] and "riket" not in said["alone"][1].lower()
    for name in ("long", "wide"):
        assert re.search(r"\d+ frågor till står", said[name][2])
        assert "Mer står i talarens anteckningar till den här bilden." in said[name][4]
