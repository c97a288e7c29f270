"""Any spreadsheet as sheets of text cells with fills and hidden cells.

Values come from python-calamine (xlsx, xls, ods) or the csv module; openpyxl (xlsx) and `looks`
(xls, ods) add the rest: fills, percent formats, formulas without a stored value, hidden rows.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ojbrottsoffer.importer.read.looks import MAX_FILLS, Looks, TooManyFills, ods_looks, xls_looks
from ojbrottsoffer.importer.read.number_formats import only_words, shown_words
from ojbrottsoffer.schema.finding import DataError, Finding

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
TEXTS = {".csv", ".tsv", ".txt"}
NAMED = {"xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"}, "xls": {".xls"}, "ods": {".ods"}}
"""What files of each kind are called: the readers go by the name."""
TEXT_SHEET = "(textfil)"
"""What the only sheet of a text file is called."""
MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_ROWS, MAX_COLUMNS = 5_000, 1_000
SMALLER = (
    "Öppna filen, markera de tomma raderna och kolumnerna efter tabellen, ta bort dem, spara "
    "och kör om. Hör mer än tabellen till filen: spara bladet med tabellen som en egen fil."
)
NO_COLOURS = {"FFFFFF", "TEMA0+0.00"}
"""White, as a colour and as the theme's background: a cell that looks unfilled."""
NOTE = re.compile(r"(?:(?<=[^\W\d_])\s?\d{1,2}\)|\s?[¹²³⁰-⁹]+\)?|\s?[*†‡]+\)?)+$")
RESAVE = "Öppna filen i Excel eller LibreOffice, spara den som xlsx utan lösenord och kör om."


@dataclass(frozen=True)
class Merged:
    """What a cell that is merged into another shows: the `text` and `fill` of the `first` cell of
    `area`, as the file names it."""

    area: str
    first: tuple[int, int]
    text: str
    fill: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows and columns count from 0; `cells` is rectangular, whitespace collapsed.

    `fills`: cell -> colour as six hex digits (or the theme's name for it). `unread`: cell -> why it has no value.
    `flipped` is True when rows and columns have changed places; `ref` still names the cell
    as the file does.
    """

    name: str
    cells: list[list[str]]
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[tuple[int, int], Merged] = field(default_factory=dict)
    """The cells of merged areas but for the first of each, which has the value."""
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells with a number that show these words in its place."""
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    visible: bool = True
    shows_fills: bool = True
    """False where the format has no colours."""
    flipped: bool = False
    origins: dict[tuple[int, int], tuple[Sheet, int, int]] = field(default_factory=dict)
    """Where each cell stands in the file, when the sheet is put together of several tables."""
    row_names: tuple[str, ...] = ()
    """What each row is called then: as in the first of the tables that has it."""

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    def ref(self, row: int, column: int) -> str:
        """The cell as a spreadsheet names it: `F14`; empty if it is in no sheet of the file."""
        if self.origins:
            sheet, row, column = self.origins.get((row, column), (None, 0, 0))
            return sheet.ref(row, column) if sheet else ""
        row, column = (column, row) if self.flipped else (row, column)
        return f"{letters(column)}{row + 1}"

    def where(self, row: int, column: int) -> str:
        """The cell with its sheet: `blad ”Svar”, cell F14`."""
        sheet, *_ = self.origins.get((row, column), (self,))
        ref = self.ref(row, column)
        return f"blad ”{sheet.name}”" + (f", cell {ref}" if ref else "")

    def row_name(self, row: int) -> str:
        """A row as the file names it: a number, or letters when the sheet is flipped."""
        if self.row_names:
            return self.row_names[row]
        return letters(row) if self.flipped else str(row + 1)

    def column_name(self, column: int) -> str:
        if self.origins:
            sheet, _, own = next(found for (_, c), found in self.origins.items() if c == column)
            return sheet.column_name(own)
        return str(column + 1) if self.flipped else letters(column)

    def only(self, rows: range | None = None, columns: range | None = None) -> Sheet:
        """The same sheet with everything outside these rows and columns empty."""
        rows, columns = rows or range(self.height), columns or range(self.width)

        def inside(cells: dict) -> dict:
            return {
                place: value for place, value in cells.items() if place[0] in rows and place[1] in columns
            }

        return replace(
            self,
            fills=inside(self.fills),
            unread=inside(self.unread),
            merged=inside(self.merged),
            cells=[
                [text if r in rows and c in columns else "" for c, text in enumerate(row)]
                for r, row in enumerate(self.cells)
            ],
        )

    def flip(self) -> Sheet:
        """The same sheet with rows and columns exchanged."""
        return replace(
            self,
            cells=[list(column) for column in zip(*self.cells, strict=True)],
            fills={(c, r): colour for (r, c), colour in self.fills.items()},
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            unread={(c, r): why for (r, c), why in self.unread.items()},
            merged={(c, r): area for (r, c), area in self.merged.items()},
            flipped=not self.flipped,
        )


@cache
def letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(name: str) -> int:
    """The inverse of `letters`, and of row numbers: `A` -> 0, `14` -> 13."""
    name = str(name).strip().upper()
    if name.isdigit():
        return int(name) - 1
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number - 1


def collapse(text: str) -> str:
    """Whitespace of every kind as single spaces; soft hyphens and zero-width characters gone; å, ä
    and ö as one character each, also from a file that writes them as two."""
    text = unicodedata.normalize("NFC", text)
    for char in "\u00ad\u200b\ufeff":
        text = text.replace(char, "")
    return " ".join(text.split())


def without_note(label: str) -> str:
    """A label without the sign of a footnote after it: `Lund1)`, `Lund¹`, `Lund *`."""
    return NOTE.sub("", label.strip())


def read_sheets(path: Path, file: str, only: tuple[str, ...] = ()) -> list[Sheet]:
    """Every sheet with content, or those named in `only`. `file` is the name in messages.

    Raises `DataError` when the file can't be read, is too large or has no content.
    """
    if not path.is_file():
        raise _stop(
            "Filen finns inte",
            file,
            "en fil som går att läsa",
            "Kontrollera sökvägen. Har filen mellanslag i namnet: sätt citattecken runt den.",
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _stop(
            "Filen är för stor för att vara en tabell över kommuner",
            file,
            f"högst {MAX_BYTES // 1_000_000} MB; filen är {size / 1e6:.0f} MB".replace(".", ","),
            SMALLER,
        )
    if size == 0:
        raise _stop("Filen är tom", file, "en tabell", "Hämta filen på nytt.")
    kind = _kind(path, file)
    sheets = _text_sheets(path, file) if kind == "text" else _workbook(path, file, kind, only)
    if gone := [name for name in only if name not in {sheet.name for sheet in sheets}]:
        raise _stop(
            f"Bladet ”{gone[0]}” finns inte",
            file,
            "ett av filens blad",
            "Kör kommandot utan --blad, och utan blad i profilen, för att se vilka blad som finns.",
        )
    sheets = [sheet for sheet in sheets if not only or sheet.name in only]
    with_content = [sheet for sheet in sheets if sheet.height]
    if not with_content:
        names = ", ".join(f"”{sheet.name}”" for sheet in sheets)
        raise _stop(
            "Bladet är tomt" if len(sheets) == 1 else "Alla blad är tomma",
            file,
            "ett blad med en tabell",
            "Kontrollera att det är rätt fil.",
            table=f"blad {names}",
        )
    return with_content


def _stop(what: str, file: str, expected: str, action: str, table: str = "") -> DataError:
    return DataError([Finding(what, file=file, table=table, expected=expected, action=action, priority=1)])


def _kind(path: Path, file: str) -> str:
    """`xlsx`, `xls`, `ods` or `text`, by content. Raises `DataError` if the name says otherwise."""
    kind, suffix = _content(path, file), path.suffix.lower()
    if kind in NAMED and suffix not in NAMED[kind]:
        raise _stop(
            "Filen är inte det kalkylblad som namnet säger",
            file,
            f"ändelsen .{kind}, som innehållet är; filens är {suffix or 'tom'}",
            f"Byt filens ändelse till .{kind} och kör om.",
        )
    return kind


def _content(path: Path, file: str) -> str:
    """The kind by content, as far as it can be told."""
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if path.suffix.lower() != ".xls" and "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise _stop("Filen är skyddad med lösenord", file, "en fil utan lösenord", RESAVE)
        return "xls"
    if start.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                names = {info.filename: info.file_size for info in archive.infolist()}
        except zipfile.BadZipFile as error:
            raise _stop(
                "Filen är trasig eller avklippt", file, "en hel xlsx- eller ods-fil", "Hämta filen på nytt."
            ) from error
        _check_unpacked(names, file)
        if "encrypted-package" in names or _is_encrypted_ods(path, names):
            raise _stop("Filen är skyddad med lösenord", file, "en fil utan lösenord", RESAVE)
        if "content.xml" in names:
            return "ods"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        raise _stop(
            "Filen är inte ett kalkylblad",
            file,
            "xlsx, xls, ods, csv eller tsv",
            "Är det ett arkiv (zip): packa upp det och importera filen som ligger i.",
        )
    if path.suffix.lower() in SPREADSHEETS:
        raise _stop(
            "Filen är inte det kalkylblad som namnet säger",
            file,
            f"en {path.suffix.lower()[1:]}-fil",
            "Hämta filen på nytt, eller byt filens ändelse till .csv om den är en textfil.",
        )
    if path.suffix.lower() not in TEXTS:
        raise _stop(
            "Filens slag är okänt",
            file,
            "xlsx, xls, ods, csv eller tsv",
            "Spara tabellen som xlsx och kör om.",
        )
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
            raise _stop(
                "Ett blad är för stort för att läsas",
                file,
                f"högst {MAX_UNPACKED // 1_000_000} MB uppackat; {name} är {size / 1e6:.0f} MB",
                SMALLER,
            )


def _workbook(path: Path, file: str, kind: str, only: tuple[str, ...]) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    # Before calamine, which writes out every repeated cell of an ods file.
    looks = _looks(path, file, kind) if kind == "ods" else {}
    try:
        book = CalamineWorkbook.from_path(str(path))
        metadata = [meta for meta in book.sheets_metadata if not only or meta.name in only]
        sheets = []
        for meta in metadata:
            sheet = book.get_sheet_by_name(meta.name)
            _check_size(meta.name, sheet.total_height, sheet.total_width, file)
            cells = _text_cells(sheet.to_python(skip_empty_area=False))
            sheets.append(
                Sheet(
                    meta.name,
                    cells,
                    merged=_merged(sheet.merged_cell_ranges or [], cells, file),
                    visible=meta.visible == SheetVisibleEnum.Visible,
                )
            )
    except PasswordError as error:
        raise _stop("Filen är skyddad med lösenord", file, "en fil utan lösenord", RESAVE) from error
    except CalamineError as error:
        raise _stop(
            "Filen går inte att läsa",
            file,
            f"en hel {kind}-fil (läsaren säger: {error})",
            f"Hämta filen på nytt. Går det inte: {RESAVE[0].lower()}{RESAVE[1:]}",
        ) from error
    if kind == "xlsx":
        return _with_xlsx_details(path, file, sheets)
    looks = looks or _looks(path, file, kind)
    return [_with_looks(sheet, looks[sheet.name], file) if sheet.name in looks else sheet for sheet in sheets]


def _looks(path: Path, file: str, kind: str) -> dict[str, Looks]:
    try:
        looks = (ods_looks if kind == "ods" else xls_looks)(path, MAX_ROWS, MAX_COLUMNS)
    except TooManyFills as error:
        raise _stop(
            "Bladet har för många färgade celler",
            file,
            f"högst {MAX_FILLS:,} färgade celler".replace(",", " "),
            SMALLER,
            table=f"blad ”{error}”",
        ) from error
    except Exception as error:  # the readers raise many kinds on files that calamine accepts
        raise _stop(
            "Filen går inte att läsa", file, f"en hel {kind}-fil (läsaren säger: {error})", RESAVE
        ) from error
    for sheet in looks.values():
        _check_size(sheet.name, sheet.height, sheet.width, file)
    return looks


def _with_looks(sheet: Sheet, looks: Looks, file: str) -> Sheet:
    places = (*looks.fills, *looks.unread)
    cells = _padded(
        sheet, max((r + 1 for r, _ in places), default=0), max((c + 1 for _, c in places), default=0)
    )
    words = {place: only_words(shown) for place, shown in looks.words.items()} | {
        (r, c): shown_words(text, cells[r][c])
        for (r, c), text in looks.formats.items()
        if r < len(cells) and c < len(cells[r])
    }
    sheet = replace(
        sheet,
        words={
            place: text
            for place, text in words.items()
            if text and place[0] < len(cells) and place[1] < len(cells[0])
        },
        comments={place: comment for place, text in looks.comments.items() if (comment := collapse(text))},
    )
    for r, c in looks.percent:
        if r < len(cells) and c < len(cells[r]):
            cells[r][c] = _percent(cells[r][c])
    for r, c in looks.unread:
        cells[r][c] = ""
    if looks.merged:
        sheet = replace(sheet, merged=_merged(looks.merged, cells, file))
    return _detailed(
        sheet, cells, looks.fills, looks.unread, frozenset(looks.hidden_rows), frozenset(looks.hidden_columns)
    )


def _check_size(name: str, height: int, width: int, file: str) -> None:
    for count, most, what, cell in (
        (height, MAX_ROWS, "rader", f"A{height}"),
        (width, MAX_COLUMNS, "kolumner", f"{letters(width - 1)}1"),
    ):
        if count > most:
            raise _stop(
                f"Bladet har {count:,} {what}".replace(",", " "),
                file,
                f"högst {most} {what}; bladet sträcker sig till cell {cell}",
                SMALLER,
                table=f"blad ”{name}”, cell {cell}",
            )


def _merged(areas: list, cells: list[list[str]], file: str) -> dict[tuple[int, int], Merged]:
    """The cells that merged areas hide."""
    hidden, covered = {}, 0
    for (top, left), (bottom, right) in areas:
        covered += max(0, min(bottom + 1, len(cells)) - top) * max(
            0, min(right + 1, len(cells[0]) if cells else 0) - left
        )
        if covered > len(cells) * len(cells[0] if cells else ()):
            raise _stop(
                "Filen går inte att läsa",
                file,
                "sammanfogade cellområden som inte överlappar varandra",
                RESAVE,
            )
        text = cells[top][left] if top < len(cells) and left < len(cells[top]) else ""
        area = Merged(f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}", (top, left), text)
        hidden |= {
            (r, c): area
            for r in range(top, min(bottom + 1, len(cells)))
            for c in range(left, min(right + 1, len(cells[0])))
            if (r, c) != (top, left)
        }
    return hidden


def _text_cells(rows: list[list[object]]) -> list[list[str]]:
    texts = [[_text(value) for value in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    width = max((i + 1 for row in texts for i, text in enumerate(row) if text), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in texts] if width else []


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return collapse(str(value))


def _with_xlsx_details(path: Path, file: str, sheets: list[Sheet]) -> list[Sheet]:
    import openpyxl
    from tqdm import tqdm

    try:
        book = openpyxl.load_workbook(path)
    except Exception as error:  # openpyxl raises many kinds on files other readers accept
        raise _stop(
            "Filen går inte att läsa", file, f"en hel xlsx-fil (läsaren säger: {error})", RESAVE
        ) from error
    detailed = []
    for sheet in tqdm(sheets, desc="Läser blad", unit="blad", disable=None, leave=False):
        worksheet = book[sheet.name]
        if not hasattr(worksheet, "iter_rows"):
            continue
        _check_size(sheet.name, worksheet.max_row, worksheet.max_column, file)
        detailed.append(_xlsx_details(sheet, worksheet))
    return detailed


def _xlsx_details(sheet: Sheet, worksheet) -> Sheet:
    cells = _padded(sheet, worksheet.max_row, worksheet.max_column)
    fills: dict[tuple[int, int], str] = {}
    unread: dict[tuple[int, int], str] = {}
    sheet = replace(sheet, words={}, comments={})
    for row in worksheet.iter_rows():
        for cell in row:
            place = (cell.row - 1, cell.column - 1)
            text = cells[place[0]][place[1]]
            if cell.comment is not None and (comment := collapse(cell.comment.text or "")):
                sheet.comments[place] = comment
            if (
                cell.has_style
                and cell.data_type in "nf"
                and (words := shown_words(cell.number_format or "", text))
            ):
                sheet.words[place] = words
            if cell.data_type == "f" and text == "":
                unread[place] = "formeln har inget sparat värde"
            elif cell.data_type == "e":
                unread[place] = f"cellen visar felet {cell.value}"
            elif cell.data_type == "n" and "%" in (cell.number_format or "") and text:
                cells[place[0]][place[1]] = _percent(text)
            if (
                cell.has_style
                and cell.fill is not None
                and cell.fill.fill_type == "solid"
                and (colour := _colour(cell.fill.fgColor)) not in NO_COLOURS
            ):
                fills[place] = colour
    return _detailed(
        sheet,
        cells,
        fills,
        unread,
        frozenset(n - 1 for n, d in worksheet.row_dimensions.items() if d.hidden),
        frozenset(
            index
            for name, d in worksheet.column_dimensions.items()
            if d.hidden
            for index in range((d.min or index_of(name) + 1) - 1, d.max or index_of(name) + 1)
        ),
    )


def _padded(sheet: Sheet, height: int, width: int) -> list[list[str]]:
    """The cells, with empty ones as far as the file says more of."""
    height, width = max(sheet.height, height), max(sheet.width, width)
    cells = [row + [""] * (width - len(row)) for row in sheet.cells]
    return cells + [[""] * width for _ in range(height - len(cells))]


def _percent(text: str) -> str:
    """0.45 as 45 %; what is no number is left as it is."""
    try:
        return f"{float(text) * 100:.6g} %"
    except ValueError:
        return text


def _detailed(
    sheet: Sheet,
    cells: list[list[str]],
    fills: dict,
    unread: dict,
    hidden_rows: frozenset[int],
    hidden_columns: frozenset[int],
) -> Sheet:
    """The sheet with what its format says beside the values, cut after the last cell that says anything."""
    fills = {place: colour for place, colour in fills.items() if place not in sheet.merged}
    used = (
        [place for place in fills]
        + [(r, c) for r, row in enumerate(cells) for c, text in enumerate(row) if text]
        + list(unread)
    )
    last_row = max((r for r, _ in used), default=-1)
    last_column = max((c for _, c in used), default=-1)
    return replace(
        sheet,
        cells=[row[: last_column + 1] for row in cells[: last_row + 1]],
        fills=fills,
        unread=unread,
        merged={place: replace(area, fill=fills.get(area.first, "")) for place, area in sheet.merged.items()},
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
    )


def _colour(colour) -> str:
    from openpyxl.styles.colors import COLOR_INDEX

    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return COLOR_INDEX[colour.indexed][-6:].upper()
    return f"TEMA{colour.theme}{colour.tint or 0:+.2f}"


def _text_sheets(path: Path, file: str) -> list[Sheet]:
    text = decode(path.read_bytes(), file)
    lines = text.count("\n") + 1
    if lines > 20 * MAX_ROWS:
        _check_size(TEXT_SHEET, lines, 1, file)
    separator = delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise DataError([_lone_quote(text, separator, file)]) from error
    _check_size(TEXT_SHEET, len(rows), max((len(row) for row in rows), default=0), file)
    return [
        Sheet(TEXT_SHEET, _text_cells([[collapse(cell) for cell in row] for row in rows]), shows_fills=False)
    ]


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


def decode(data: bytes, file: str) -> str:
    """The text of a UTF-8, UTF-16 or Windows-1252 file. Raises `DataError` for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data[:4000]:
        even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
        encodings = ["utf-16-le" if odd > even else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(char) < 32 and char not in "\t\r\n\f" for char in text[:4000]):
            return text
    raise _stop(
        "Filens teckenkodning går inte att läsa",
        file,
        "text i UTF-8, UTF-16 eller Windows-1252",
        "Är det en textfil: spara om den som UTF-8. Annars är det fel fil.",
    )


def delimiter(text: str) -> str:
    """The separator that gives the most lines the same number of fields, at least two."""
    best, best_score = ",", (0, 0)
    for candidate in "\t;,|":
        try:
            rows = [len(row) for row in csv.reader(io.StringIO(text), delimiter=candidate) if row]
        except csv.Error:
            continue
        width, lines = Counter(rows[:400]).most_common(1)[0] if rows else (1, 0)
        score = (lines if width > 1 else 0, width)
        if score > best_score:
            best, best_score = candidate, score
    return best
