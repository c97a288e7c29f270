"""A unit's profile as PDF, set by Typst: tagged (PDF/UA-1), and the same bytes every time.

Only the fonts beside this file are used, so that it is the same on any machine.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import typst

from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.downloads.unit_files import names
from ojbrottsoffer.site.paper.profile_content import SOFT_HYPHEN, profile_content
from ojbrottsoffer.site.words.citation import released

HERE = Path(__file__).parent
REFUSED = re.compile(r"the text `\"(.*?)\"` could not be displayed")
"""What Typst says of a character that the fonts don't have."""
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What is not seen but turns the direction of a text: figures beside it could change place."""
FIRST = [
    {"size": size, "gaps": gaps} for size, gaps in ((10, 15), (9.5, 12), (9.5, 9), (9, 6), (9, 3), (9, 0))
]
SECOND = [{"size": size} for size in (9, 8.5, 8, 7.5, 7, 6.5, 6)]
"""The ways to set the two pages, the largest texts first (points) and the most gaps."""
OVERFULL = re.compile(r"ryms inte: (sida [12])")
"""What the template says of a page that is too small."""


class Printer:
    """Sets profiles. `folder`: where `profile.typ` and the folder `fonts` are."""

    def __init__(self, day: str, folder: Path = HERE):
        """`day`: the day of the release in seconds, which every file is dated by. Raises
        `DataError` for a font or a template that is missing or is another.
        """
        text, heading = checked_fonts(folder / "fonts")
        template = folder / "profile.typ"
        if not template.is_file():
            raise DataError([_lost("Mallen för profilernas PDF saknas", template)])
        self._timestamp = int(day)
        self._fonts = {"font": text, "heading": heading}
        self._compiler = typst.Compiler(
            template,
            root=folder,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"]
            ),
        )

    def profile(self, edition: EditionContext, unit: str) -> bytes:
        """The PDF of one unit. Raises `DataError` naming the unit and the text that can't be set."""
        return self.set(profile_content(edition, unit))

    def set(self, content: dict[str, object]) -> bytes:
        """The PDF of what `profile_content` gives."""
        if turning := TURNING.search("".join(_strings(content))):
            raise DataError([_unseen(content, turning[0])])
        first, second = iter(FIRST), iter(SECOND)
        way = {"first": next(first), "second": next(second)}
        while True:
            try:
                return self._compiler.compile(
                    sys_inputs={"profile": json.dumps(content), "way": json.dumps(way), **self._fonts},
                    format="pdf",
                    pdf_standards=["ua-1"],
                    timestamp=self._timestamp,
                )
            except typst.TypstError as error:
                full = OVERFULL.search(f"{error.message} {error.diagnostic}")
                name, ways = ("first", first) if full and full[1] == "sida 1" else ("second", second)
                smaller = next(ways, None) if full else None
                if smaller is None:
                    raise DataError([_told(content, error)]) from error
                way[name] = smaller


def all_files(editions: dict[int, EditionContext]) -> Iterator[tuple[str, bytes]]:
    """The PDF of every unit, of the last edition that it is in: address and content."""
    printer = Printer(released(next(iter(editions.values())).site.project))
    for edition in editions.values():
        for unit in edition.own_units:
            yield names(unit)["pdf"], printer.profile(edition, unit)


def checked_fonts(folder: Path) -> tuple[str, str]:
    """The families of text and of headings, which are those that `fonts.toml` tells of. Raises `DataError`."""
    about = folder / "fonts.toml"
    try:
        said = tomllib.loads(about.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError([_lost("Beskrivningen av typsnitten saknas", about)]) from None
    for name, digest in said["sha256"].items():
        path = folder / name
        if not path.is_file():
            raise DataError([_lost("Typsnittet till profilernas PDF saknas", path)])
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise DataError([_lost("Typsnittet är inte det som fonts.toml beskriver", path)])
    return said["family"], said["heading"]["family"]


def _lost(what: str, path: Path) -> Finding:
    return Finding(what, file=path.as_posix(), action="Hämta tillbaka filen ur versionshanteringen.")


def _told(content: dict[str, object], error: typst.TypstError) -> Finding:
    """What Typst refused, with the unit and the text it is about."""
    unit, said = str(content["title"]), f"{error.message} {error.diagnostic}"
    if found := REFUSED.search(said):
        return _unseen(content, _sign(found[1]))
    if found := OVERFULL.search(said):
        return Finding(
            "Profilen ryms inte på två A4-sidor",
            table="profilen som PDF",
            row_label=unit,
            column=found[1],
            value=max(_strings(content), key=len).replace(SOFT_HYPHEN, ""),
            expected="texter som får plats; värdet är den längsta av dem",
            action="Korta texten där den kommer ifrån, eller ge den mindre plats i site/paper/.",
        )
    return Finding(
        "Profilen som PDF gick inte att sätta",
        table="profilen som PDF",
        row_label=unit,
        value=error.message,
        action="Det är ett fel i mallen site/paper/profile.typ; rapportera det.",
    )


def _sign(escaped: str) -> str:
    """A character as Typst writes it in a message, where some are `\\u{7}`."""
    return re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), escaped)


def _unseen(content: dict[str, object], sign: str) -> Finding:
    whole = next((words for words in _strings(content) if sign in words), sign)
    return Finding(
        f"Profilen som PDF kan inte visa tecknet {show(sign)}",
        table="profilen som PDF",
        row_label=str(content["title"]),
        value=whole.replace(SOFT_HYPHEN, ""),
        expected="bokstäver och tecken som typsnittet Source Sans 3 har, skrivna från vänster",
        action="Rätta texten där den kommer ifrån, eller byt typsnitt i site/paper/fonts/.",
    )


def _strings(value: object) -> Iterator[str]:
    """Every text in what `profile_content` gives."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
