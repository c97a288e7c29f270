"""Typst sets what is made for paper and for sharing: tagged PDFs (PDF/UA-1) and pictures, the same
bytes every time.

Only the fonts beside this file are used, so that it is the same on any machine.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import typst

from ojbrottsoffer.presentation.design import PAPER_FONT
from ojbrottsoffer.schema.finding import DataError, Finding, show

HERE = Path(__file__).parent
SOFT_HYPHEN = "\u00ad"
REFUSED = re.compile(r"the text `\"(.*?)\"` could not be displayed")
"""What Typst says of a character that the fonts don't have."""
OVERFULL = re.compile(r"ryms inte: <([^>]*)>")
"""What a template says when a part of it is too small."""
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What is not seen but turns the direction of a text: figures beside it could change place."""


class Printer:
    """Sets the templates in the folder `typst` of `folder`, with the fonts in its folder `fonts`."""

    def __init__(self, day: str, folder: Path = HERE):
        """`day`: the day of the release in seconds, which every file is dated by. Raises
        `DataError` for a font that is missing or is another.
        """
        text, heading = checked_fonts(folder / "fonts")
        self._folder, self._timestamp = folder, int(day)
        self._settings = {"font": text, "heading": heading}
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"]
        )
        self._compilers: dict[str, typst.Compiler] = {}
        self._seen: set[str] = set()

    def pdf(self, template: str, content: Mapping[str, object]) -> bytes:
        """A PDF of what `content` says. Raises `DataError` naming `content["title"]` and the text that
        can't be set.
        """
        return self._set(template, content, format="pdf", pdf_standards=["ua-1"])

    def picture(self, template: str, content: Mapping[str, object]) -> bytes:
        """A PNG with a pixel for each point of the template's page."""
        return self._set(template, content, format="png", ppi=72)

    def check(self, content: Mapping[str, object]) -> None:
        """Raises `DataError` naming `content["title"]` for a text with a sign that the fonts lack or that
        turns the direction. Typst says so of a PDF/UA-1 alone, so each new sign is set in one.
        """
        said = "".join(_strings(content))
        if turning := TURNING.search(said):
            raise DataError([_unseen(content, turning[0])])
        if new := set(said) - self._seen:
            self._compile(content, "signs.typ", sorted(new), format="pdf", pdf_standards=["ua-1"])
            self._seen |= new

    def _set(self, template: str, content: Mapping[str, object], **options: object) -> bytes:
        self.check(content)
        return self._compile(content, template, content, **options)

    def _compile(
        self, content: Mapping[str, object], template: str, said: object, **options: object
    ) -> bytes:
        """Sets what is `said`, which is all of `content` or its signs."""
        inputs = {"content": json.dumps(said), **self._settings}
        try:
            return self._compiler(template).compile(sys_inputs=inputs, timestamp=self._timestamp, **options)
        except typst.TypstError as error:
            raise DataError([_told(content, template, error)]) from error

    def _compiler(self, template: str) -> typst.Compiler:
        """One for each template: it keeps what it has read. Raises `DataError` if there is no such file."""
        if template not in self._compilers:
            path = self._folder / "typst" / template
            if not path.is_file():
                raise DataError([_lost("En mall för utskrift saknas", path)])
            self._compilers[template] = typst.Compiler(path, root=self._folder, font_paths=self._fonts)
        return self._compilers[template]


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
            raise DataError([_lost("Ett typsnitt för utskrift saknas", path)])
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise DataError([_lost("Typsnittet är inte det som fonts.toml beskriver", path)])
    return said["family"], said["heading"]["family"]


def parted(said: str, longest: int = 24) -> str:
    """The text with places to part the words that are longer than `longest`, so that none reaches past the paper."""
    return re.sub(rf"\S{{{longest},}}", lambda word: SOFT_HYPHEN.join(re.findall(".{1,12}", word[0])), said)


def _lost(what: str, path: Path) -> Finding:
    return Finding(what, file=path.as_posix(), action="Hämta tillbaka filen ur versionshanteringen.")


def _told(content: Mapping[str, object], template: str, error: typst.TypstError) -> Finding:
    """What Typst refused, with whom and the text it is about."""
    said = f"{error.message} {error.diagnostic}"
    where = {"table": f"utskriften {template}", "row_label": str(content["title"])}
    if found := REFUSED.search(said):
        return _unseen(content, _sign(found[1]))
    if found := OVERFULL.search(said):
        return Finding(
            "Innehållet ryms inte på sin plats",
            **where,
            column=found[1],
            value=max(_strings(content), key=_words).replace(SOFT_HYPHEN, ""),
            expected="texter som får plats; värdet är den längsta av dem",
            action="Korta texten där den kommer ifrån, eller ge den mindre plats i site/paper/.",
        )
    return Finding(
        "Utskriften gick inte att sätta",
        **where,
        value=error.message,
        action=f"Det är ett fel i mallen site/paper/typst/{template}; rapportera det.",
    )


def _words(text: str) -> int:
    """The length of a text; a drawing has no words."""
    return 0 if text.startswith("<svg") else len(text)


def _sign(escaped: str) -> str:
    """A character as Typst writes it in a message, where some are `\\u{7}`."""
    return re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), escaped)


def _unseen(content: Mapping[str, object], sign: str) -> Finding:
    whole = next((words for words in _strings(content) if sign in words), sign)
    return Finding(
        f"Utskriften kan inte visa tecknet {show(sign)}",
        table="utskriften",
        row_label=str(content["title"]),
        value=whole.replace(SOFT_HYPHEN, ""),
        expected=f"bokstäver och tecken som typsnittet {PAPER_FONT} har, skrivna från vänster",
        action="Rätta texten där den kommer ifrån, eller byt typsnitt i site/paper/fonts/.",
    )


def _strings(value: object) -> Iterator[str]:
    """Every text in what a template is given."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
