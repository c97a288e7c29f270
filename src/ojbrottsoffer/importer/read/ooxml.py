"""What the parts of an xlsx file say before its cells are read: how far its sheets go, formulas, macros and
links, and what stands outside them; and the same file in the namespaces that the readers know, where it is saved as Strict Open XML."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ojbrottsoffer.importer.read.file_sheet import collapse, index_of
from ojbrottsoffer.importer.read.sizes import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, check_size

CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]+)")
MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Z])')
"""A sign in the head or foot of a page: where the text stands, how it looks, or what a program fills in."""
DRAWN = re.compile(rb"<a:p>(.*?)</a:p>", re.DOTALL)
DRAWN_TEXT = re.compile(rb"<a:t>([^<]*)")
ABOUT = re.compile(rb"<dc:(?:title|subject|description)(?:\s[^>]*)?>([^<]+)")
STRICT = b"http://purl.oclc.org/ooxml/"
NAMESPACES = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)
"""Strict Open XML's names, and those of the transitional form that all readers know."""
CHUNK = 1 << 20


@dataclass(frozen=True)
class Extent:
    """How far the cells of one sheet go, formatted ones too."""

    name: str
    height: int
    width: int
    cells: int
    formulas: int
    margins: tuple[str, ...]
    """What stands in the heads and feet of its pages."""


def before_reading(path: Path, file: str) -> tuple[list[str], list[str]]:
    """Notes about formulas, macros and links, and what stands outside the cells: in the heads and feet of pages, in
    drawings and in what the file says of itself. Raises `DataError` for a sheet that is too large to read."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        formulas, texts = 0, []
        for part, name in _sheets(archive):
            extent = _extent(archive, part, name)
            check_size(name, extent.height, extent.width, file, extent.cells)
            formulas += extent.formulas
            texts += extent.margins
        texts += _beside(archive, names)
    notes = [
        note
        for found, note in (
            (formulas, f"Filen har {formulas} formler. Det är deras sparade värden som läses."),
            (
                any(name.startswith("xl/externalLinks/") for name in names),
                "Filen hämtar värden ur andra filer (länkar). Det är de sparade värdena som läses.",
            ),
            ("xl/vbaProject.bin" in names, "Filen har makron. De körs inte."),
        )
        if found
    ]
    return notes, list(dict.fromkeys(filter(None, texts)))


def _beside(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """The paragraphs of drawings, and the title and description of the file."""
    for name in names:
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
            for paragraph in DRAWN.findall(archive.read(name)):
                yield _text(b"".join(DRAWN_TEXT.findall(paragraph)))
        elif name == "docProps/core.xml":
            yield from map(_text, ABOUT.findall(archive.read(name)))


def _text(data: bytes) -> str:
    return collapse(html.unescape(data.decode("utf-8", "replace")))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(part, name) of every sheet."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return
    targets = {
        _attribute(tag, "Id"): posixpath.normpath(posixpath.join("xl", _attribute(tag, "Target"))).lstrip("/")
        if not _attribute(tag, "Target").startswith("/")
        else _attribute(tag, "Target").lstrip("/")
        for tag in RELATION.findall(relations)
    }
    for tag in SHEET.findall(book):
        part = targets.get(_attribute(tag, r"\w+:id"), "")
        if part in archive.namelist():
            yield part, _attribute(tag, "name")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)[\"']", tag)
    return found[1] if found else ""


def _extent(archive: zipfile.ZipFile, part: str, name: str) -> Extent:
    """Read as a stream, and no further than the limits."""
    height = width = cells = formulas = rows = 0
    rest, margins = b"", []
    columns: dict[bytes, int] = {}
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text, cut = rest + chunk, (rest + chunk).rfind(b"<")
            text, rest = (text, b"") if cut < 0 else (text[:cut], text[cut:])
            found = CELL.findall(text)
            cells += len(found)
            rows += len(ROW.findall(text))
            formulas += len(FORMULA.findall(text))
            margins += [collapse(MARGIN_CODE.sub(" ", _text(found))) for found in MARGIN.findall(text)]
            if found:
                height = max(height, max(int(row) for _, row in found))
                for letters in {column for column, _ in found} - columns.keys():
                    columns[letters] = index_of(letters.decode()) + 1
                width = max(columns.values())
            if max(height, rows) > MAX_ROWS or width > MAX_COLUMNS or cells > MAX_CELLS:
                break
    return Extent(name, max(height, rows if rows > MAX_ROWS else 0), width, cells, formulas, tuple(margins))


def source_of(path: Path) -> Path | io.BytesIO:
    """The file, or a copy in memory that every reader knows if it is saved as Strict Open XML."""
    with zipfile.ZipFile(path) as archive:
        try:
            strict = STRICT in archive.read("xl/workbook.xml")[:CHUNK]
        except KeyError:
            return path
        return _changed(archive, _transitional) if strict else path


def without_styles(source: Path | io.BytesIO) -> io.BytesIO:
    """A copy whose cells have no styles, for a file whose styles can't be read."""
    with zipfile.ZipFile(source) as archive:
        return _changed(archive, _plain)


def _changed(archive: zipfile.ZipFile, change) -> io.BytesIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            data = change(name, archive.read(name))
            if data is not None:
                made.writestr(name, data)
    copy.seek(0)
    return copy


def _transitional(name: str, data: bytes) -> bytes:
    if not name.endswith((".xml", ".rels", ".vml")) or STRICT not in data:
        return data
    for strict, usual in NAMESPACES:
        data = data.replace(strict, usual)
    return data


def _plain(name: str, data: bytes) -> bytes | None:
    if name == "xl/styles.xml":
        return None
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return re.sub(rb'(<(?:\w+:)?(?:c|row|col)\b[^>]*?)\s(?:s|style)="\d+"', rb"\1", data)
    if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        return re.sub(rb"<(?:Override|Relationship)\s[^>]*styles\.xml[^>]*/>", b"", data)
    return data
