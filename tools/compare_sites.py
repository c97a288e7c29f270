"""Compares two built sites page by page: what a reader sees and takes along.

    compare_sites.py BEFORE AFTER [--allow PATTERN[#PART]=REASON …]

BEFORE and AFTER are folders such as `site/`. Of every page: the visible text with whitespace
normalised, the numbers with what `data-oj-tal` says of them, the links and the headings. Of the
downloads: text as it is, the cells of workbooks, the tables of databases and Parquet files and the
members of archives. Pictures, PDF, scripts, styles and the search index are not compared.

A difference that is meant is named with its reason: PATTERN is an address, `*` stands for anything,
and PART is `text`, `numbers`, `links`, `headings`, `content` or `exists`. Exit code 1 if a difference
is left, or if something allowed does not differ.
"""

from __future__ import annotations

import argparse
import difflib
import io
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pandas as pd

from ojbrottsoffer.cli.arguments import Parser

INLINE = set(
    "a abbr b bdi cite code data dfn em i kbd label mark q s samp small span strong sub sup time u".split()
)
"""Elements that don't begin a new line: whitespace at their edges is seen. Those of a picture are
no part of it, as its texts lie where they are put.
"""
VOID = set("area base br col embed hr img input link meta source track wbr".split())
UNSEEN = {"script", "style", "template"}
SKIPPED = ("pagefind/",)
TEXT = {".csv", ".json", ".txt", ".xml", ".md", ".svg", ".webmanifest", ""}
SHOWN = 12
"""So many lines of a difference are printed."""


@dataclass
class Element:
    """An element that is open while a page is read, and what of its text has been seen."""

    name: str
    number: str | None = None
    href: str | None = None
    id: str = ""
    text: list[str] = field(default_factory=list)


class PageText(HTMLParser):
    """What one page says, as lists of lines in `parts`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: dict[str, list[str]] = {"text": [], "numbers": [], "links": [], "headings": []}
        self._open: list[Element] = []
        self._line: list[str] = []
        self.feed(html)
        self.close()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in INLINE:
            self._end_line()
        for name in ("alt", "aria-label", "title", "placeholder", "content", "value"):
            if known.get(name) and tag not in ("script", "path"):
                self.parts["text"].append(f"[{tag} {name}] {_plain(str(known[name]))}")
        if tag not in VOID:
            self._open.append(
                Element(tag, known.get("data-oj-tal"), known.get("href"), known.get("id") or "")
            )

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end_line()
        while any(element.name == tag for element in self._open):
            element = self._open.pop()
            said = _plain("".join(element.text))
            if element.number:
                self.parts["numbers"].append(f"{element.number} -> {said}")
            if element.href is not None:
                self.parts["links"].append(f"{element.href} -> {said}")
            if re.fullmatch("h[1-6]", element.name):
                self.parts["headings"].append(f"{element.name} #{element.id} {said}")
            if element.name == tag:
                break

    def handle_data(self, data: str) -> None:
        if any(element.name in UNSEEN for element in self._open):
            return
        self._line.append(data)
        for element in self._open:
            element.text.append(data)

    def _end_line(self) -> None:
        line = _plain("".join(self._line))
        self._line = []
        for element in self._open:
            element.text.append(" ")
        if line:
            self.parts["text"].append(line)


def _plain(text: str) -> str:
    """Whitespace as a browser shows it; hard spaces stay."""
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")


def content(path: Path) -> dict[str, list[str]]:
    """What a file says: part -> lines. Empty for kinds that are not compared."""
    if path.suffix == ".html":
        return PageText(path.read_text(encoding="utf-8")).parts
    return {"content": list(_lines(path.name, path.read_bytes()))}


def _lines(name: str, data: bytes) -> Iterator[str]:
    suffix = Path(name).suffix
    if suffix in TEXT:
        yield from data.decode("utf-8", errors="replace").splitlines()
    elif suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        yield f"{sheet.title}!{cell.coordinate}: {cell.value}"
    elif suffix == ".sqlite":
        base = sqlite3.connect(":memory:")
        base.deserialize(data)
        yield from base.iterdump()
    elif suffix == ".parquet":
        yield from pd.read_parquet(io.BytesIO(data)).to_csv(index=False).splitlines()
    elif suffix == ".dta":
        yield from (
            pd.read_stata(io.BytesIO(data), convert_categoricals=False).to_csv(index=False).splitlines()
        )
    elif suffix == ".zip":
        archive = zipfile.ZipFile(io.BytesIO(data))
        for member in sorted(archive.namelist()):
            for line in _lines(member, archive.read(member)):
                yield f"{member}: {line}"


def files(site: Path) -> dict[str, Path]:
    """The files that are compared: address -> path."""
    kinds = TEXT | {".html", ".xlsx", ".sqlite", ".parquet", ".dta", ".zip"}
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: path
        for name, path in sorted(found.items())
        if path.suffix in kinds and not name.startswith(SKIPPED)
    }


def differences(before: Path, after: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Address, part and the lines that differ, of everything that does."""
    old, new = files(before), files(after)
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield name, "exists", ["- finns inte längre"]
        elif name not in old:
            yield name, "exists", ["+ är ny"]
        elif old[name].read_bytes() != new[name].read_bytes():
            said, says = content(old[name]), content(new[name])
            for part in said:
                if said[part] != says[part]:
                    lines = difflib.unified_diff(said[part], says[part], lineterm="", n=0)
                    yield name, part, [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@dataclass
class Allowed:
    """A difference that is meant, and how many there were."""

    pattern: str
    part: str
    reason: str
    used: int = 0

    @classmethod
    def read(cls, text: str) -> Allowed:
        what, equals, reason = text.partition("=")
        if not equals or not reason.strip():
            raise argparse.ArgumentTypeError(f"{text}: skriv MÖNSTER[#DEL]=SKÄL")
        pattern, _, part = what.partition("#")
        return cls(pattern, part, reason)

    def covers(self, name: str, part: str) -> bool:
        return fnmatchcase(name, self.pattern) and self.part in ("", part)


def main(arguments: list[str]) -> int:
    parser = Parser(description="Jämför två byggda webbplatser, sida för sida.")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument(
        "--allow", type=Allowed.read, action="append", default=[], metavar="MÖNSTER[#DEL]=SKÄL"
    )
    asked = parser.parse_args(arguments)
    left = 0
    for name, part, lines in differences(asked.before, asked.after):
        allowed = [item for item in asked.allow if item.covers(name, part)]
        for item in allowed:
            item.used += 1
        if not allowed:
            left += 1
            print(f"{name} ({part}):")
            for line in lines[:SHOWN]:
                print(f"  {line[:400]}")
            if len(lines) > SHOWN:
                print(f"  … och {len(lines) - SHOWN} rader till")
    for item in asked.allow:
        what = f"{item.pattern}#{item.part}".rstrip("#")
        print(f"tillåtet, {item.used} skillnader: {what}: {item.reason}")
    unused = [item for item in asked.allow if not item.used]
    print(f"{len(files(asked.before))} filer före, {len(files(asked.after))} efter, {left} skillnader kvar")
    return 1 if left or unused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
