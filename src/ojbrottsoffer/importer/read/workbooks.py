"""Workbooks: xlsx, xlsm, xlsb, xls and ods as sheets of text cells.

Values come from python-calamine; openpyxl (xlsx) and `looks` (xls, ods) add the rest: fills, percent
formats, comments, input prompts, formulas without a stored value, hidden rows.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ojbrottsoffer.importer.read.file_sheet import Merged, Sheet, collapse, index_of, letters, text_cells
from ojbrottsoffer.importer.read.looks import MAX_FILLS, Looks, TooManyFills, ods_looks, xls_looks
from ojbrottsoffer.importer.read.number_formats import only_words, shown_words
from ojbrottsoffer.importer.read.ooxml import before_reading, source_of, without_styles
from ojbrottsoffer.importer.read.page_margins import ods_margins, xls_margins
from ojbrottsoffer.importer.read.sizes import MAX_COLUMNS, MAX_ROWS, RESAVE, SMALLER, check_size, spaced, stop
from ojbrottsoffer.importer.read.xlsb import check_extent

BESIDE = "(sidhuvud, textrutor och egenskaper)"
"""What stands for a sheet with the texts outside the cells."""
NO_COLOURS = {"FFFFFF", "TEMA0+0.00"}
"""White, as a colour and as the theme's background: a cell that looks unfilled."""
MOST_STRUCK = 8
"""So many cells with struck text are named."""
ONLY_VALUES = (
    "VARNING: ur en xlsb-fil läses bara cellernas värden. Färger, kommentarer, procentformat och dolda rader har inte "
    "setts: spara filen som xlsx om de betyder något."
)
NO_PROMPTS = (
    "Ur en xls-fil läses inte det som står om cellerna när de fylls i (dataverifiering). Förklarar det koderna: spara "
    "filen som xlsx."
)
NO_STYLES = (
    "VARNING: filens format (styles) går inte att läsa. Färger och talformat, också procent, har inte setts: spara om "
    "filen i Excel eller LibreOffice om de betyder något."
)


def workbook_sheets(path: Path, file: str, kind: str, only: tuple[str, ...]) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    # Before calamine, which takes memory for every cell inside the outermost ones.
    looks = _looks(path, file, kind) if kind == "ods" else {}
    notes, source, beside = (), path, []
    try:
        if kind == "xlsx":
            said, beside = before_reading(path, file)
            notes, source = tuple(said), source_of(path)
        elif kind == "xlsb":
            check_extent(path, file)
            notes = (ONLY_VALUES,)
        elif kind == "xls":
            notes, beside = (NO_PROMPTS,), xls_margins(path)
        else:
            beside = ods_margins(path)
        book = (
            CalamineWorkbook.from_path(str(source))
            if isinstance(source, Path)
            else CalamineWorkbook.from_filelike(source)
        )
        metadata = [meta for meta in book.sheets_metadata if not only or meta.name in only]
        sheets = []
        for meta in metadata:
            sheet = book.get_sheet_by_name(meta.name)
            check_size(meta.name, sheet.total_height, sheet.total_width, file)
            cells = text_cells(sheet.to_python(skip_empty_area=False))
            sheets.append(
                Sheet(
                    meta.name,
                    cells,
                    merged=_merged(sheet.merged_cell_ranges or [], cells, file),
                    visible=meta.visible == SheetVisibleEnum.Visible,
                    notes=notes,
                    shows_fills=kind != "xlsb",
                )
            )
    except PasswordError as error:
        raise stop("Filen är skyddad med lösenord", file, "en fil utan lösenord", RESAVE) from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise stop(
            "Filen går inte att läsa",
            file,
            f"en hel {kind}-fil (läsaren säger: {error})",
            f"Hämta filen på nytt. Går det inte: {RESAVE[0].lower()}{RESAVE[1:]}",
        ) from error
    if kind == "xlsb":
        return sheets
    own = [Sheet(BESIDE, [[text] for text in beside])] if beside and not only else []
    if kind == "xlsx":
        return [*_with_xlsx_details(source, file, sheets), *own]
    looks = looks or _looks(path, file, kind)
    seen = (_with_looks(sheet, looks[sheet.name], file) if sheet.name in looks else sheet for sheet in sheets)
    return [*seen, *own]


def _looks(path: Path, file: str, kind: str) -> dict[str, Looks]:
    try:
        looks = (ods_looks if kind == "ods" else xls_looks)(path, MAX_ROWS, MAX_COLUMNS)
    except TooManyFills as error:
        raise stop(
            "Bladet har för många färgade celler",
            file,
            f"högst {spaced(MAX_FILLS)} färgade celler",
            SMALLER,
            table=f"blad ”{error}”",
        ) from error
    except Exception as error:  # the readers raise many kinds on files that calamine accepts
        raise stop(
            "Filen går inte att läsa", file, f"en hel {kind}-fil (läsaren säger: {error})", RESAVE
        ) from error
    for sheet in looks.values():
        check_size(sheet.name, sheet.height, sheet.width, file)
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
        _with_struck(sheet, looks.struck),
        cells,
        looks.fills,
        looks.unread,
        frozenset(looks.hidden_rows),
        frozenset(looks.hidden_columns),
    )


def _merged(areas: list, cells: list[list[str]], file: str) -> dict[tuple[int, int], Merged]:
    """The cells that merged areas hide."""
    hidden, covered = {}, 0
    for (top, left), (bottom, right) in areas:
        covered += max(0, min(bottom + 1, len(cells)) - top) * max(
            0, min(right + 1, len(cells[0]) if cells else 0) - left
        )
        if covered > len(cells) * len(cells[0] if cells else ()):
            raise stop(
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


def _with_xlsx_details(source: Path | io.BytesIO, file: str, sheets: list[Sheet]) -> list[Sheet]:
    from tqdm import tqdm

    book, styled = _opened(source, file)
    if not styled:
        sheets = [replace(sheet, notes=(*sheet.notes, NO_STYLES), shows_fills=False) for sheet in sheets]
    detailed = []
    for sheet in tqdm(sheets, desc="Läser blad", unit="blad", disable=None, leave=False):
        worksheet = book[sheet.name]
        if not hasattr(worksheet, "iter_rows"):
            continue
        check_size(sheet.name, worksheet.max_row, worksheet.max_column, file)
        detailed.append(_xlsx_details(sheet, worksheet))
    return detailed


def _opened(source: Path | io.BytesIO, file: str):
    """The workbook by openpyxl, and whether its styles could be read."""
    import openpyxl

    try:
        return openpyxl.load_workbook(source), True
    except Exception as error:  # openpyxl raises many kinds on files other readers accept
        try:
            return openpyxl.load_workbook(without_styles(source)), False
        except Exception:  # not the styles then
            raise stop(
                "Filen går inte att läsa", file, f"en hel xlsx-fil (läsaren säger: {error})", RESAVE
            ) from error


def _prompts(worksheet) -> dict[tuple[int, int], str]:
    """What is said when a cell is filled in: first cell of each area -> title, prompt and error text."""
    found = {}
    for rule in worksheet.data_validations.dataValidation:
        texts = (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)
        said = collapse(". ".join(text for text in texts if text))
        for area in rule.sqref.ranges if said else ():
            found[area.min_row - 1, area.min_col - 1] = said
    return found


def _xlsx_details(sheet: Sheet, worksheet) -> Sheet:
    cells = _padded(sheet, worksheet.max_row, worksheet.max_column)
    fills: dict[tuple[int, int], str] = {}
    unread: dict[tuple[int, int], str] = {}
    struck: list[tuple[int, int]] = []
    sheet = replace(sheet, words={}, comments=_prompts(worksheet))
    for row in worksheet.iter_rows():
        for cell in row:
            place = (cell.row - 1, cell.column - 1)
            text = cells[place[0]][place[1]]
            if cell.comment is not None and (comment := collapse(cell.comment.text or "")):
                sheet.comments[place] = (
                    f"{sheet.comments[place]}. {comment}" if place in sheet.comments else comment
                )
            if (
                cell.has_style
                and cell.data_type in "nf"
                and (words := shown_words(cell.number_format or "", text))
            ):
                sheet.words[place] = words
            if text and cell.has_style and cell.font.strike:
                struck.append(place)
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
        _with_struck(sheet, struck),
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


def _with_struck(sheet: Sheet, struck: Iterable[tuple[int, int]]) -> Sheet:
    """The sheet with a note of the cells whose text is struck through."""
    cells = [
        f"{sheet.ref(r, c)} ({sheet.cells[r][c]})"
        for r, c in sorted(struck)
        if r < sheet.height and c < sheet.width and sheet.cells[r][c]
    ]
    if not cells:
        return sheet
    more = f" och {len(cells) - MOST_STRUCK} till" * (len(cells) > MOST_STRUCK)
    told = (
        f"VARNING: överstruken text på bladet ”{sheet.name}” läses som annan text: "
        f"{', '.join(cells[:MOST_STRUCK])}{more}. Fråga avsändaren vad strecket betyder."
    )
    return replace(sheet, notes=(*sheet.notes, told))


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
