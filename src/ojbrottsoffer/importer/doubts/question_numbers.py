"""The number of a question beside its text, in a file with a row for each answer: where the two disagree in some rows,
which of them goes for the answer is a question."""

from __future__ import annotations

from collections import Counter, defaultdict

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.codebook import NUMBERED
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.form_parts import Part
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted

LEAST = 3
"""So many questions with a number each are numbered."""
MOST = 0.5
"""Where a larger part of the rows disagree, the numbers are of something else."""


def ask_about_numbers(reading: Reading, parts: tuple[Part, ...], sheets: list[Sheet]) -> None:
    """A question about the first column of numbers that disagrees with the questions' texts in some rows."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for at, part in enumerate(parts):
        if not part.fraga.isalpha() or part.en_gang:
            continue
        sheet, used = by_name[part.blad], {index_of(c) for c in (*part.columns.values(), *part.lamnas)}
        for column in (c for c in range(sheet.width) if c not in used):
            texts, against = _compared(sheet, part, column)
            if not against:
                continue
            by_number, left = part.model_dump() | {"fraga": letters(column)}, part.model_dump()
            left["lamnas"] = (*part.lamnas, letters(column))
            row, number = against[0], sheet.cells[against[0]][column]
            asked = sheet.cells[row][index_of(part.fraga)]
            reading.ask(
                "fragenummer",
                f"Frågans nummer och text säger emot varandra i {counted(len(against), 'rad', 'rader')}: {show(number)} "
                f"är annars {show(texts[number])}",
                *(
                    Choice({"form": _with(parts, at, said)} | more, when)
                    for said, more, when in (
                        (by_number, {"rubriker": texts}, "numret gäller"),
                        (left, {}, "texten gäller"),
                    )
                ),
                even=True,
                otherwise="Annars: be avsändaren om en rättad fil.",
                table=sheet.where(row, column),
                value=f"{number} {asked}",
                places=[sheet.where(r, column) for r in against],
                priority=2,
                expected="samma nummer vid samma fråga i alla rader, eller ett besked",
            )
            return


def _with(parts: tuple[Part, ...], at: int, said: dict) -> list[dict[str, object]]:
    """The parts with one of them changed, as the recipe has them."""
    return [(Part.model_validate(said) if n == at else part).plain() for n, part in enumerate(parts)]


def _compared(sheet: Sheet, part: Part, column: int) -> tuple[dict[str, str], list[int]]:
    """What each number of a column asks by most rows, and the rows that say something else; nothing if it does not
    number the questions."""
    question = index_of(part.fraga)
    rows = [r for r in range(part.forsta - 1, min(part.sista, sheet.height)) if sheet.cells[r][question]]
    pairs = [(r, sheet.cells[r][column], sheet.cells[r][question]) for r in rows if sheet.cells[r][column]]
    counts: dict[str, Counter] = defaultdict(Counter)
    for _, number, text in pairs:
        counts[number][text] += 1
    texts = {number: found.most_common(1)[0][0] for number, found in counts.items()}
    against = [r for r, number, text in pairs if texts[number] != text]
    numbers = len(texts) >= LEAST and all(NUMBERED.fullmatch(number.casefold()) for number in texts)
    one_each = set(texts.values()) == {text for *_, text in pairs} and len(set(texts.values())) == len(texts)
    return (texts, against) if numbers and one_each and len(against) <= MOST * len(pairs) else ({}, [])
