"""Slides in the house's look: native charts and tables, alt texts and speaker notes, by python-pptx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from ojbrottsoffer.presentation import design, palette
from ojbrottsoffer.site.downloads.excel import new_workbook
from ojbrottsoffer.site.slides.room import BOLD, row_heights, size_for
from ojbrottsoffer.site.slides.room import height as text_height

WIDE, TALL = Inches(13.333), Inches(7.5)
LEFT, WIDTH = Inches(0.7), Inches(11.93)
TOP = Inches(1.75)
"""Where what is under a slide's title begins."""
BOTTOM = Inches(7.35)
"""And where it ends at the latest."""
TITLES, TITLE_HEIGHT = (28, 20, 16), Inches(1.2)
"""The largest has room for two lines, so that nearly all titles are as large."""
TEXTS = (20, 18, 16, 14, 12)
"""Sizes of a text in points, the largest that has room is taken."""
INSET = Inches(0.1)
"""A text box's own room on each side; half of it above and below."""
TABLES = (16, 14, 12)
TITLE_ONLY, LAYOUTS = "Title Only", ("Title and Content", "Title Only")
"""The library's layout with a title and nothing else, and those that a deck keeps, for slides of one's own."""
THEME = {
    "dk1": "text",
    "lt1": "yta",
    "dk2": "riket",
    "lt2": "mjuk",
    "accent1": "accent",
    "accent2": "ja",
    "accent3": "delvis",
    "accent4": "nej",
    "accent5": "riket",
    "accent6": "varm",
    "hlink": "accent",
    "folHlink": "dov",
}
"""Colour of the slides' theme -> colour of the palette."""
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


class Deck:
    """A deck that is added to slide by slide."""

    def __init__(self, title: str, author: str, day: int, mark: str = ""):
        """`day`: what the file is dated by, in seconds since 1970. `mark`: what every slide says of
        figures that are invented or not approved.
        """
        self._mark = mark
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = WIDE, TALL
        about, when = self._deck.core_properties, datetime.fromtimestamp(day, UTC).replace(tzinfo=None)
        about.title, about.author, about.last_modified_by = title, author, author
        about.created = about.modified = when
        about.language, about.comments = "sv-SE", ""
        _paint(self._deck.slide_master.part, self._deck.part)
        _paint(self._deck.notes_master.part)
        _list_notes(self._deck)
        _undress(self._deck)
        _widen(self._deck)

    def slide(self, title: str, *notes: str) -> Slide:
        """A new slide with its title and what the speaker is told; an empty note is none."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts.get_by_name(TITLE_ONLY))
        size = size_for([title], _inner(WIDTH) / BOLD, Emu(TITLE_HEIGHT - INSET).pt, TITLES)
        _fill(slide.shapes.title.text_frame, [title], size, bold=True)
        slide.shapes.title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        if self._mark:
            add_text(slide, [self._mark], Inches(0.1), Inches(0.4), 14)
        _fill(slide.notes_slide.notes_text_frame, [note for note in notes if note], 12)
        return slide

    def texts(self) -> list[str]:
        """All that is written on the slides and in the notes."""
        pages = [page for slide in self._deck.slides for page in (slide, slide.notes_slide)]
        return [text.text or "" for page in pages for text in page.element.iter(f"{DRAWING}t")]

    def content(self) -> bytes:
        """The file. The library writes the clock's time into the zip around its parts; it is packed
        once more without, so that two builds are the same.
        """
        made, out = io.BytesIO(), io.BytesIO()
        _tell(self._deck)
        self._deck.save(made)
        with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in parts.namelist():
                info = zipfile.ZipInfo(name)  # its own date is 1980
                packed.writestr(info, parts.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def add_text(slide: Slide, lines: Sequence[str], top: int, height: int, largest: int = TEXTS[0]) -> None:
    """A box of paragraphs as wide as the slide, as large as it has room for."""
    sizes = [size for size in TEXTS if size <= largest]
    size = size_for(lines, _inner(WIDTH), Emu(height - INSET).pt, sizes)
    box = slide.shapes.add_textbox(LEFT, top, WIDTH, height)
    box.text_frame.word_wrap = True
    _fill(box.text_frame, lines, size)


def has_room(lines: Sequence[str], height: int) -> bool:
    """Whether paragraphs have room in a box of this height, in the smallest size."""
    return text_height(lines, _inner(WIDTH), TEXTS[-1]) <= Emu(height - INSET).pt


def add_picture(slide: Slide, png: bytes, alt: str, top: int, height: int) -> BaseShape:
    """A picture of this height, or lower where it then would be wider than the slide."""
    shape = slide.shapes.add_picture(io.BytesIO(png), LEFT, top, height=height)
    if shape.width > WIDTH:
        shape.width, shape.height = WIDTH, int(shape.height * WIDTH / shape.width)
    _describe(shape, alt)
    return shape


def add_bars(
    slide: Slide,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    alt: str,
    top: int,
    height: int,
) -> None:
    """A chart of shares in percent: a group of bars for each name, the first on top. The first series is
    filled and the second has a line around, so that they differ in black and white too.
    """
    data = CategoryChartData(number_format="0")
    data.categories = list(names)
    for name, values in series:
        data.add_series(name, values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, LEFT, top, WIDTH, height, data)
    _describe(frame, alt)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(names, series))
    chart.font.size = Pt(16)
    chart.has_title = False  # a program would show the name of a series that is alone
    chart.has_legend = False  # programs order it differently, so the slide says in words which is which
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
    axis.has_major_gridlines, axis.visible = False, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = '0" %"', False
    labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(16)
    fills = (MSO_THEME_COLOR.ACCENT_2, MSO_THEME_COLOR.BACKGROUND_1)
    for one, fill in zip(plot.series, fills, strict=False):
        one.format.fill.solid()
        one.format.fill.fore_color.theme_color = fill
        one.format.line.width, one.format.line.color.theme_color = Pt(1.5), MSO_THEME_COLOR.TEXT_1


def add_table(
    slide: Slide,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    alt: str,
    top: int,
    tall: int,
    most: int | None = None,
) -> int:
    """A table: how many of the rows have room in a height of `tall`, and at most `most`. `widths`: shares of
    the slide's width.
    """
    points = [WIDTH.pt * width / sum(widths) for width in widths]
    for size in TABLES:
        heights = row_heights((heads, *rows[:most]), points, size)
        if sum(heights) <= Emu(tall).pt:
            break
    while sum(heights) > Emu(tall).pt:
        heights.pop()
    rows = rows[: len(heights) - 1]
    height = Pt(sum(heights))
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), LEFT, top, WIDTH, height)
    _describe(frame, alt)
    table = frame.table
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(WIDTH * width / sum(widths)))
    for number, row in enumerate((heads, *rows)):
        table.rows[number].height = Pt(heights[number])
        for cell, said in zip(table.rows[number].cells, row, strict=True):
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_top = cell.margin_bottom = Pt(3)
            _fill(cell.text_frame, [said], size, bold=number == 0)
            cell.fill.solid()
            cell.fill.fore_color.theme_color = (
                MSO_THEME_COLOR.TEXT_2 if number == 0 else MSO_THEME_COLOR.BACKGROUND_1
            )
            if number == 0:
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    return len(rows)


def _inner(width: int) -> float:
    """Of a text in a box of this width, in points."""
    return Emu(width - 2 * INSET).pt


def _fill(frame: TextFrame, lines: Sequence[str], size: int, bold: bool = False) -> None:
    """Paragraphs of text in Swedish."""
    frame.clear()
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = line, Pt(size), bold
        run.font.language_id = MSO_LANGUAGE_ID.SWEDISH
        paragraph.space_after = Pt(size / 3)


def _describe(shape: BaseShape, alt: str) -> None:
    shape.element.xpath(".//p:cNvPr")[0].set("descr", alt)


def _sheet(names: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]) -> bytes:
    """The figures of a chart as the workbook that it is edited in, without the time of day."""
    book, out = new_workbook("Diagrammets siffror")
    sheet = book.add_worksheet("Sheet1")  # the name that the chart refers to
    sheet.write_column(1, 0, names)
    for column, (name, values) in enumerate(series, start=1):
        sheet.write(0, column, name)
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return out.getvalue()


def _paint(master: Part, *others: Part) -> None:
    """Gives a master's theme, which `others` have too, the house's colours and fonts. A theme is a part that
    the library keeps as it is, so a new one takes its place.
    """
    (old,) = (rel for rel in master.rels.values() if rel.reltype == RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(old.target_part.blob)
    scheme = theme.find(f".//{DRAWING}clrScheme")
    scheme.set("name", "Brottsoffer")
    for name, ours in THEME.items():
        colour = scheme.find(f"{DRAWING}{name}")
        for child in list(colour):
            colour.remove(child)
        etree.SubElement(colour, f"{DRAWING}srgbClr", val=str(RGBColor.from_string(_hex(ours))))
    for name, family in (("majorFont", design.HEADING_FONT), ("minorFont", design.PAPER_FONT)):
        theme.find(f".//{DRAWING}{name}/{DRAWING}latin").set("typeface", family)
    blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(old.target_part.partname, old.target_part.content_type, master.package, blob)
    for user in (master, *others):
        for rel in [rel for rel in user.rels.values() if rel.reltype == RELATIONSHIP_TYPE.THEME]:
            user.rels.pop(rel.rId)
        user.relate_to(part, RELATIONSHIP_TYPE.THEME)


def _list_notes(deck: Presentation) -> None:
    """The master of the notes among those that the deck lists: the library only relates to it."""
    listed = etree.Element(qn("p:notesMasterIdLst"))
    one = etree.SubElement(listed, qn("p:notesMasterId"))
    one.set(qn("r:id"), deck.part.relate_to(deck.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER))
    deck.element.find(qn("p:sldMasterIdLst")).addnext(listed)


def _undress(deck: Presentation) -> None:
    """Takes away what the library's own deck is about: a picture of it, its printer, its narrow slides and
    most of its layouts.
    """
    package = deck.part.package
    for layout in [layout for layout in deck.slide_layouts if layout.name not in LAYOUTS]:
        deck.slide_layouts.remove(layout)
    for rel in [rel for rel in package.iter_rels() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.drop_rel(rel.rId)
    for rel in [rel for rel in deck.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS]:
        deck.part.rels.pop(rel.rId)
    (size,) = deck.element.xpath("p:sldSz")
    size.attrib.pop("type", None)


def _tell(deck: Presentation) -> None:
    """What the file says of itself: how many slides it has and how wide they are."""
    package = deck.part.package
    (old,) = (rel for rel in package.iter_rels() if rel.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    about = etree.Element(f"{{{APP}}}Properties", nsmap={None: APP})
    number = str(len(deck.slides))
    for name, value in (("PresentationFormat", "Widescreen"), ("Slides", number), ("Notes", number)):
        etree.SubElement(about, f"{{{APP}}}{name}").text = value
    blob = etree.tostring(about, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(old.target_part.partname, old.target_part.content_type, package, blob)
    package.drop_rel(old.rId)
    package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def _hex(name: str) -> str:
    return palette.ON_PAPER[name].lstrip("#").upper()


def _widen(deck: Presentation) -> None:
    """The library's master is for narrow slides: its places follow the wide ones, with the title on the left."""
    narrow = Inches(10)
    for page in (deck.slide_master, *deck.slide_layouts):
        for place in page.placeholders:
            place.left, place.width = (int(side * WIDE / narrow) for side in (place.left, place.width))
    for page in (deck.slide_master, deck.slide_layouts.get_by_name(TITLE_ONLY)):
        title = next(place for place in page.placeholders if place.placeholder_format.idx == 0)
        title.left, title.top, title.width, title.height = LEFT, Inches(0.5), WIDTH, TITLE_HEIGHT
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
