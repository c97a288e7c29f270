"""A file of any kind as sheets of text cells. What kind it is, its content says; its name must agree."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.kolada import kolada_sheets
from ojbrottsoffer.importer.read.sizes import MAX_BYTES, MAX_UNPACKED, RESAVE, SMALLER, stop
from ojbrottsoffer.importer.read.texts import text_sheets
from ojbrottsoffer.importer.read.workbooks import workbook_sheets

NAMED = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xlsb": {".xlsb"},
    "xls": {".xls"},
    "ods": {".ods"},
    "json": {".json"},
}
"""What files of each kind are called."""
SPREADSHEETS = {suffix for kind, suffixes in NAMED.items() for suffix in suffixes if kind != "json"}
TEXTS = {".csv", ".tsv", ".txt"}
KINDS = "xlsx, xlsm, xlsb, xls, ods, csv, tsv eller json"
MARKUP = (
    (
        re.compile(rb"mso-application|urn:schemas-microsoft-com:office:spreadsheet", re.I),
        "ett XML-kalkylblad från 2003",
    ),
    (re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta)\b", re.I), "en webbsida (HTML)"),
    (re.compile(rb"^\s*<\?xml", re.I), "en XML-fil"),
)
"""What programs save as a spreadsheet although it is none."""


def read_sheets(path: Path, file: str, only: tuple[str, ...] = ()) -> list[Sheet]:
    """Every sheet with content, or those named in `only`. `file` is the name in messages.

    Raises `DataError` when the file can't be read, is too large or has no content.
    """
    if not path.is_file():
        raise stop(
            "Filen finns inte",
            file,
            "en fil som går att läsa",
            "Kontrollera sökvägen. Har filen mellanslag i namnet: sätt citattecken runt den.",
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise stop(
            "Filen är för stor för att vara en tabell över kommuner",
            file,
            f"högst {MAX_BYTES // 1_000_000} MB; filen är {size / 1e6:.0f} MB".replace(".", ","),
            SMALLER,
        )
    if size == 0:
        raise stop("Filen är tom", file, "en tabell", "Hämta filen på nytt.")
    kind = _kind(path, file)
    readers = {"text": text_sheets, "json": kolada_sheets}
    sheets = readers[kind](path, file) if kind in readers else workbook_sheets(path, file, kind, only)
    if gone := [name for name in only if name not in {sheet.name for sheet in sheets}]:
        raise stop(
            f"Bladet ”{gone[0]}” finns inte",
            file,
            "ett av filens blad",
            "Kör kommandot utan --blad, och utan blad i profilen, för att se vilka blad som finns.",
        )
    sheets = [sheet for sheet in sheets if not only or sheet.name in only]
    with_content = [sheet for sheet in sheets if sheet.height]
    if not with_content:
        names = ", ".join(f"”{sheet.name}”" for sheet in sheets)
        raise stop(
            "Bladet är tomt" if len(sheets) == 1 else "Alla blad är tomma",
            file,
            "ett blad med en tabell",
            "Kontrollera att det är rätt fil.",
            table=f"blad {names}",
        )
    return with_content


def _kind(path: Path, file: str) -> str:
    """`xlsx`, `xls`, `ods` or `text`, by content. Raises `DataError` if the name says otherwise."""
    kind, suffix = _content(path, file), path.suffix.lower()
    if kind in NAMED and suffix not in NAMED[kind]:
        raise stop(
            "Filen är inte det kalkylblad som namnet säger",
            file,
            f"ändelsen .{kind}, som innehållet är; filens är {suffix or 'tom'}",
            f"Byt filens ändelse till .{kind} och kör om.",
        )
    return kind


def _content(path: Path, file: str) -> str:
    """The kind by content, as far as it can be told."""
    with path.open("rb") as opened:
        start = opened.read(4096)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if path.suffix.lower() != ".xls" and "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise stop("Filen är skyddad med lösenord", file, "en fil utan lösenord", RESAVE)
        return "xls"
    if start.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                names = {info.filename: info.file_size for info in archive.infolist()}
        except zipfile.BadZipFile as error:
            raise stop(
                "Filen är trasig eller avklippt", file, "en hel xlsx- eller ods-fil", "Hämta filen på nytt."
            ) from error
        _check_unpacked(names, file)
        if "encrypted-package" in names or _is_encrypted_ods(path, names):
            raise stop("Filen är skyddad med lösenord", file, "en fil utan lösenord", RESAVE)
        if "content.xml" in names:
            return "ods"
        if "xl/workbook.bin" in names:
            return "xlsb"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        raise stop(
            "Filen är inte ett kalkylblad",
            file,
            KINDS,
            "Är det ett arkiv (zip): packa upp det och importera filen som ligger i.",
        )
    if is_html := next((what for sign, what in MARKUP if sign.search(start)), ""):
        raise stop(
            f"Filen är {is_html}, inte ett kalkylblad",
            file,
            KINDS,
            "Öppna filen i Excel eller LibreOffice (svara ja om programmet frågar om formatet), välj Spara som, "
            "xlsx, och kör om.",
        )
    if path.suffix.lower() == ".json":
        return "json"
    if path.suffix.lower() in SPREADSHEETS:
        raise stop(
            "Filen är inte det kalkylblad som namnet säger",
            file,
            f"en {path.suffix.lower()[1:]}-fil",
            "Hämta filen på nytt, eller byt filens ändelse till .csv om den är en textfil.",
        )
    if path.suffix.lower() not in TEXTS:
        raise stop("Filens slag är okänt", file, KINDS, "Spara tabellen som xlsx och kör om.")
    return "text"


def _is_encrypted_ods(path: Path, names: dict[str, int]) -> bool:
    """True if the file's own list says that its content is encrypted."""
    if not {"content.xml", "META-INF/manifest.xml"} <= names.keys():
        return False
    with zipfile.ZipFile(path) as archive:
        try:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
            return False  # a broken file, which is told when it is read


def _check_unpacked(sizes: dict[str, int], file: str) -> None:
    for name, size in sizes.items():
        if size > MAX_UNPACKED:
            raise stop(
                "Ett blad är för stort för att läsas",
                file,
                f"högst {MAX_UNPACKED // 1_000_000} MB uppackat; {name} är {size / 1e6:.0f} MB",
                SMALLER,
            )
