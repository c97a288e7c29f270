"""CSV and other text files: encoding, separator, and rows that must have as many fields as their header."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ojbrottsoffer.importer.read.file_sheet import Sheet, collapse, letters, text_cells
from ojbrottsoffer.importer.read.sizes import MAX_ROWS, check_size, stop
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted

SWEDISH = re.compile("[åäöÅÄÖéÉ]")
ODD_LETTERS = re.compile("[^\\x00-\\x7fåäöÅÄÖéÉ]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
OLD_ENCODINGS = {"cp1252": "", "cp850": "CP 850 (DOS)", "mac_roman": "Mac Roman"}
"""Encodings of a text that is no UTF-8, the usual one first, and what the others are called."""
TWICE = "UTF-8 som har sparats en gång till"
TEXT_SHEET = "(textfil)"
"""What the only sheet of a text file is called."""


def text_sheets(path: Path, file: str) -> list[Sheet]:
    """The only sheet of a text file. Raises `DataError` for a row with too few or too many fields."""
    text, encoding = decode(path.read_bytes(), file)
    lines = text.count("\n") + 1
    if lines > 20 * MAX_ROWS:
        check_size(TEXT_SHEET, lines, 1, file)
    separator = delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, starts, at = [], [], 1
    try:
        for row in reader:
            rows.append(row)
            starts.append(at)
            at = reader.line_num + 1
    except csv.Error as error:
        raise DataError([_lone_quote(text, separator, file)]) from error
    check_size(TEXT_SHEET, len(rows), max((len(row) for row in rows), default=0), file)
    _check_fields(rows, starts, separator, file)
    cells = text_cells([[collapse(cell) for cell in row] for row in rows])
    notes = (f"Filens å, ä och ö är lästa som {encoding}. Kontrollera att texterna ser rätta ut.",)
    return [Sheet(TEXT_SHEET, cells, shows_fills=False, notes=notes if encoding else ())]


def _check_fields(rows: list[list[str]], starts: list[int], separator: str, file: str) -> None:
    """Stops at a row that has lost or gained a field: every answer after it would be another question's.

    Titles above the header and notes after an empty row may have fewer fields, and fields that are empty
    in all rows may stand after the last heading.
    """
    filled = [sum(map(bool, row)) for row in rows]
    table = [n for n, count in enumerate(filled) if count > 1 or len(rows[n]) > 1 and count]
    if not table:
        return
    widths = Counter(len(rows[n]) for n in table)
    width = max(widths, key=lambda count: (widths[count], count))
    if width < 2:
        return
    usual = [n for n in table if len(rows[n]) == width]
    spare = len(usual) - 1 and _unnamed_at_the_end([rows[n] for n in usual[1:]])
    odd = []
    for n in table:
        count = len(rows[n])
        title = n < usual[0] and count * 2 <= width
        note = n > usual[-1] and count * 2 <= width and not all(filled[usual[-1] : n])
        trimmed = n < usual[0] and width - spare <= count < width
        if count != width and not title and not note and not trimmed:
            odd.append(n)
    if not odd:
        return
    n, header = odd[0], min(table, key=lambda n: (len(rows[n]) * 2 <= width, n))
    if n == header:
        what = f"Rubrikraden har {counted(len(rows[n]), 'fält', 'fält')}, men raderna under den har {width}"
    else:
        what = f"Raden har {counted(len(rows[n]), 'fält', 'fält')}, men rubrikraden har {width}"
    raise stop(
        what + (f" (och {counted(len(odd) - 1, 'rad', 'rader')} till)" if len(odd) > 1 else ""),
        file,
        f"{width} fält på varje rad, skilda åt med {_named(separator)}",
        f"Ett fält har fallit bort eller kommit till, så att svaren efter det hör till fel fråga. Öppna filen i en "
        f"textredigerare, gå till rad {starts[n]} och rätta den (ett {_named(separator)} som hör till texten kräver "
        "citattecken runt fältet), eller be avsändaren om en rättad fil.",
        table=f"blad ”{TEXT_SHEET}”, rad {starts[n]}",
        row=starts[n],
        value=_around(rows[n]),
    )


def _unnamed_at_the_end(rows: list[list[str]]) -> int:
    """How many fields at the end are empty in all the rows."""
    count = 0
    while rows and count < len(rows[0]) - 1 and not any(row[-1 - count] for row in rows):
        count += 1
    return count


def _around(row: list[str]) -> str:
    text = " | ".join(row)
    return text if len(text) <= 160 else f"{text[:100]} … {text[-50:]}"


def _named(separator: str) -> str:
    return {",": "komma", ";": "semikolon", "\t": "tabbtecken", "|": "lodstreck"}[separator]


def _lone_quote(text: str, separator: str, file: str) -> Finding:
    """Where the reader lost track of what is inside quotes: the first cell that begins with a quote and
    does not end with one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = lines = 0
    with suppress(csv.Error):
        for _ in reader:
            rows, lines = rows + 1, reader.line_num
    rest = "".join(list(io.StringIO(text, newline=""))[lines:])
    whole = re.compile(
        rf'(?:"[^"]*(?:""[^"]*)*"|[^"{re.escape(separator)}\r\n][^{re.escape(separator)}\r\n]*|)'
        rf"(?:{re.escape(separator)}|(?=[\r\n])|\Z)"
    )
    start, column = 0, 0
    while (found := whole.match(rest, start)) and found.end() > start:
        start, column = found.end(), column + 1
    line = lines + 1 + rest.count("\n", 0, start)
    value = re.split(rf"[{re.escape(separator)}\r\n]", rest[start:], maxsplit=1)[0]
    return Finding(
        "Ett citattecken har inget par, så det går inte att se var cellen slutar",
        file=file,
        row=line,
        table=f"blad ”{TEXT_SHEET}”, cell {letters(column)}{rows + 1}",
        value=value,
        expected="citattecken runt hela cellen, eller inga alls; ett som hör till texten skrivs två gånger",
        action=f"Öppna filen i en textredigerare och gå till rad {line}. Ta bort citattecknet, eller skriv det två "
        "gånger om det hör till texten, spara och kör om. Slutar filen mitt i en rad är den avklippt: hämta den "
        "på nytt.",
        priority=1,
    )


def decode(data: bytes, file: str) -> tuple[str, str]:
    """A text, and what its encoding is called if it is not the usual UTF-8, UTF-16 or Windows-1252. Raises
    `DataError` for anything else, and for a text whose lines have different encodings.
    """
    _check_lines(data, file)
    found = [(text, name) for text, name in _decoded(data) if not CONTROL.search(text[:4000])]
    if not found:
        raise stop(
            "Filens teckenkodning går inte att läsa",
            file,
            "text i UTF-8, UTF-16 eller Windows-1252",
            "Är det en textfil: spara om den som UTF-8. Annars är det fel fil.",
        )
    return max(found, key=lambda item: len(SWEDISH.findall(item[0])) - len(ODD_LETTERS.findall(item[0])))


def _check_lines(data: bytes, file: str) -> None:
    """Stops at lines that are no UTF-8 among others that are, as where two files have been put together."""
    if b"\x00" in data[:4000] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    new, old = [], []
    for number, line in enumerate(data.split(b"\n") if not data.isascii() else (), start=1):
        if not line.isascii():
            try:
                line.decode("utf-8")
                new.append(number)
            except UnicodeDecodeError:
                old.append(number)
    if not new or not old:
        return
    odd, others, own, usual = (
        (old, new, "Windows-1252", "UTF-8") if len(old) <= len(new) else (new, old, "UTF-8", "Windows-1252")
    )
    more = f" (och {counted(len(odd) - 1, 'rad', 'rader')} till)" if odd[1:] else ""
    raise stop(
        f"Raderna har olika teckenkodning: rad {odd[0]}{more} är skriven i {own}, men rad {others[0]} i {usual}",
        file,
        "samma teckenkodning i hela filen, helst UTF-8",
        f"Å, ä och ö blir fel på några rader. Öppna filen i en textredigerare, rätta bokstäverna på rad {odd[0]}{more} och "
        "spara hela filen som UTF-8, eller be avsändaren om en rättad fil.",
        table=f"blad ”{TEXT_SHEET}”, rad {odd[0]}",
        row=odd[0],
        value=data.split(b"\n")[odd[0] - 1].decode("utf-8" if own == "UTF-8" else "cp1252", "replace")[:160],
    )


def _decoded(data: bytes) -> Iterator[tuple[str, str]]:
    """The text in each encoding that it may have, the likeliest first, and what an odd one is called."""
    encoding = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in data[:4000]:
        even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
    with suppress(UnicodeDecodeError):
        text = data.decode(encoding)
        yield text, ""
        with suppress(UnicodeError):
            yield text.encode("cp1252").decode("utf-8"), TWICE
        return
    for encoding, name in OLD_ENCODINGS.items():
        with suppress(UnicodeDecodeError):
            yield data.decode(encoding), name


def delimiter(text: str) -> str:
    """The separator that gives the most lines the same number of fields, at least two."""
    best, best_score = ",", (0, 0)
    for candidate in "\t;,|":
        try:
            rows = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=candidate) if row]
        except csv.Error:
            continue
        width, lines = Counter(rows[:400]).most_common(1)[0] if rows else (1, 0)
        score = (lines if width > 1 else 0, width)
        if score > best_score:
            best, best_score = candidate, score
    return best
