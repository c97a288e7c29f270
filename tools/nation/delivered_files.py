"""The invented years as Excel files in the shapes that the importer takes."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
import yaml

from tools.nation.invented import Answers, Unit

SOURCE = {"titel": "Påhittade svar för demonstration", "utgivare": "Demonstrationen"}
MADE = "2026-01-01"
"""The day that every file says it was published and read in: no day to come, though the years are."""
WORDS = {2: "Ja", 1: "Delvis", 0: "Nej", None: "-"}
NUMBERS = {2: 2, 1: 1, 0: 0, None: "-"}
BACKGROUND = ("Kommun", "Kommunkod", "Befolkningsgrupp", "Område i Sverige")
REWORDED = "Omformulerat i den här påhittade utgåvan: {}"
Heading = tuple[str, str, str]
"""Label, indicator area and quality area of an indicator."""


def answer_file(path: Path, made: Answers, units: list[Unit], headings: list[Heading], tall: bool) -> None:
    """One year's answers, a row per unit and the nation above them.

    `tall`: headings on three levels with merged cells, answers as numbers; otherwise one row of
    headings and answers as words.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("Svar")
    first = len(BACKGROUND)
    top = 2 if tall else 0
    for level in (2, 1) if tall else ():
        _merged(sheet, 2 - level, first, [heading[level] for heading in headings])
    for column, label in enumerate([*BACKGROUND, *(heading[0] for heading in headings), "Antal ja"]):
        sheet.write(top, column, label)
    sheet.write(top + 1, 0, "Riket")
    sheet.write_row(top + 1, first, made.nation)
    shown = NUMBERS if tall else WORDS
    present = [unit for unit in units if unit.label in made.codes]
    for row, unit in enumerate(present, start=top + 2):
        codes = made.codes[unit.label]
        sheet.write_row(
            row,
            0,
            [
                unit.label,
                unit.kommunkod,
                unit.group,
                unit.omrade,
                *(shown[code] for code in codes),
                codes.count(2),
            ],
        )
    book.close()


def _merged(sheet, row: int, first: int, names: list[str]) -> None:
    start = 0
    for column in range(1, len(names) + 1):
        if column < len(names) and names[column] == names[start]:
            continue
        if column - start > 1:
            sheet.merge_range(row, first + start, row, first + column - 1, names[start])
        else:
            sheet.write(row, first + start, names[start])
        start = column


def ranking_file(path: Path, made: Answers, units: list[Unit]) -> None:
    """A ranking of the municipalities such as Unizon's: invented too, from the number of Ja."""
    counts = {
        unit.label: made.codes[unit.label].count(2)
        for unit in units
        if not unit.district and unit.label in made.codes
    }
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Rankning")
    sheet.write_row(0, 0, ["Kommun", "Placering"])
    for row, (label, count) in enumerate(counts.items(), start=1):
        sheet.write_row(row, 0, [label, 1 + sum(other > count for other in counts.values())])
    book.close()


def profile_file(
    path: Path, ar: int, units: list[Unit], reworded: dict[str, dict], numbers: bool = False
) -> None:
    """What a person would say about the file: what a mark and, with `numbers`, each code means,
    which districts are new and which questions have been reworded.
    """
    said: dict[str, object] = {"kalla": SOURCE | {"publicerad": MADE}, "saknas": {"-": "ej_besvarat"}}
    if numbers:
        said["koder"] = {str(code): word for code, word in WORDS.items() if code is not None}
    if units:
        said["enheter"] = {
            unit.label: {"enhet_id": unit.enhet_id, "enhet": unit.label, "kommunkod": unit.kommunkod}
            for unit in units
        }
    if reworded:
        said["indikatorer"] = reworded
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
