"""Words among the answers that nobody has explained, as ”Till viss del”: which answer they are is a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.answer_cells import Cell
from ojbrottsoffer.importer.forms.shape.long import DITTO
from ojbrottsoffer.importer.meaning.values import (
    ANSWERS,
    EMPTY,
    MISSING,
    WORDS,
    is_mark,
    likely_answer,
    reasons_of,
    says_none,
)
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

EXAMPLES = 3
"""So many places are told."""
UNDER = re.compile(rf"\(annat än kryss under ({'|'.join(WORDS)}): (.*)\)")
COMMENTED = re.compile(rf"({'|'.join(WORDS)}) ?\((.*[^\W\d_].*)\)")
HEDGED = re.compile(r"\?|\b(?:kanske|oklar|osäker|vet|nja|planer|framöver|på gång)", re.IGNORECASE)
"""A word that says of an answer that it may be another."""
DOUBTED = re.compile(
    rf", (?:{'|'.join(WORDS)}): |\b(?:inte|ej|delvis|nej|men|bara|endast|utom)\b|{HEDGED.pattern}",
    re.IGNORECASE,
)
"""A text in the place of a cross, or after a word, that may be no cross, or make the word another."""
NUMBER = re.compile(r"[\d.,\s%+)-]+")


def is_word(mark: str) -> bool:
    """True for words and signs that can be seen; a number that is no code is a slip."""
    return (
        not is_mark(mark)
        and mark not in (EMPTY, ASK)
        and is_seen(mark)
        and not (any(map(str.isdigit, mark)) and NUMBER.fullmatch(mark))
    )


def is_seen(mark: str) -> bool:
    """True if every character of it is seen."""
    return show(mark, len(mark)) == f"”{mark}”"


def ask_about(reading: Reading, marks: Iterable[str], found: dict[str, list[Cell]]) -> None:
    """One question for each word, and for those that are the same but for their numbers."""
    alike: dict[str, list[str]] = defaultdict(list)
    for mark in marks:  # a single digit may be the answer itself: ”nivå 1”
        alike[re.sub(r"\d+" if likely_answer(mark) else r"\d{2,}", "0", mark)].append(mark)
    for same in alike.values():
        first = found[same[0]][0]
        cells = [cell for mark in same for cell in found[mark]]
        likely = likely_answer(same[0])
        more = f" och {len(same) - 1} svar till som bara skiljer sig i siffror" if same[1:] else ""
        places = places_of(cells if len(same) == 1 else [found[mark][0] for mark in same], reading)
        words = Choice(
            {"koder": dict.fromkeys(same, ASK)},
            among=tuple(sorted(ANSWERS, key=lambda word: word != likely)),
            together=True,
        )
        reasons, none = reasons_of(same[0]), says_none(same[0])
        missing = Choice({"saknas": dict.fromkeys(same, ASK)}, "svaret saknas", reasons, together=True)
        doubted = (DOUBTED if likely == "Ja" else HEDGED).search(same[0]) is not None
        reading.ask(
            "okant-svar",
            f"Vad betyder {show(first.text)}{more}? Det står i {counted(len(cells), 'cell', 'celler')}, {places}",
            *((words, missing) if likely and not none else (missing, words)),
            even=(likely is not None) == none or doubted and not none,
            otherwise="Är det ett skrivfel: be avsändaren om en rättad fil.",
            places=[cell.where(reading) for cell in cells],
            **reading.cell(first.unit, first.question)
            | {"value": cut([found[mark][0].text for mark in same])},
            expected="Ja, Delvis eller Nej, eller ett besked",
        )


def without_ditto(reading: Reading, marks: Iterable[str], found: dict[str, list[Cell]]) -> list[str]:
    """The marks but for those that stand for the answer above, which are an error: no one answer is what they say."""
    marks = list(marks)
    ditto = [mark for mark in marks if DITTO.fullmatch(mark)]
    if cells := [cell for mark in ditto for cell in found[mark]]:
        reading.wrong(
            f"Ett tecken står för svaret ovanför i {counted(len(cells), 'cell', 'celler')}, {places_of(cells, reading)}",
            "Be avsändaren om en fil där svaret står i varje cell.",
            **reading.cell(cells[0].unit, cells[0].question),
            value=cells[0].text,
            expected="Ja, Delvis eller Nej i varje cell",
        )
    return [mark for mark in marks if mark not in ditto]


def ask_about_texts(reading: Reading, marks: Iterable[str], found: dict[str, list[Cell]]) -> list[str]:
    """One question about all texts that stand where a cross should, if none of them doubts the answer, and one about all
    comments after an answer; the marks that are left."""
    marks = _ask_about_comments(reading, list(marks), found)
    texts = {
        mark: WORDS[under[1]]
        for mark in marks
        if (under := UNDER.fullmatch(mark)) and not DOUBTED.search(under[2]) and not says_none(under[2])
    }
    if len(texts) < 2:
        return marks
    cells = [cell for mark in texts for cell in found[mark]]
    reading.ask(
        "okant-svar",
        f"I {counted(len(cells), 'svar', 'svar')} står en text där krysset ska stå: "
        f"{cut([show(UNDER.fullmatch(mark)[2]) for mark in texts])}",
        Choice({"koder": texts}, "texten står i stället för krysset, så att rubriken över den är svaret"),
        Choice({"saknas": dict.fromkeys(texts, ASK)}, "svaret saknas", MISSING, together=True),
        otherwise="Säger någon av dem något annat: svara om den för sig under koder.",
        places=[cell.where(reading) for cell in cells],
        **reading.cell(cells[0].unit, cells[0].question) | {"value": cells[0].text},
        expected="ett kryss under ett av svaren, eller ett besked",
    )
    return [mark for mark in marks if mark not in texts]


def _ask_about_comments(reading: Reading, marks: list[str], found: dict[str, list[Cell]]) -> list[str]:
    """One question about all answers with a comment in parentheses, as ”Ja (se bilaga)”; the marks that are left."""
    texts = {mark: commented for mark in marks if (commented := COMMENTED.fullmatch(mark))}
    if len(texts) < 2:
        return marks
    cells = [cell for mark in texts for cell in found[mark]]
    reading.ask(
        "okant-svar",
        f"Efter {counted(len(cells), 'svar', 'svar')} står en kommentar inom parentes: "
        f"{cut([show(found[mark][0].text) for mark in texts])}",
        Choice(
            {"koder": {mark: WORDS[word[1]] for mark, word in texts.items()}},
            "ordet före parentesen är svaret",
        ),
        Choice({"koder": dict.fromkeys(texts, ASK)}, "några betyder något annat", ANSWERS),
        even=any(DOUBTED.search(text[2]) or says_none(text[2]) for text in texts.values()),
        otherwise="Saknas svaret vid någon av dem: säg det under saknas.",
        places=[cell.where(reading) for cell in cells],
        **reading.cell(cells[0].unit, cells[0].question) | {"value": cells[0].text},
        expected="Ja, Delvis eller Nej, eller ett besked",
    )
    return [mark for mark in marks if mark not in texts]


def places_of(cells: list[Cell], reading: Reading) -> str:
    """The first of them: `som C3, C9 och D14`, the sheet where it is another than the first one's."""
    where = [cell.where(reading) for cell in cells[:EXAMPLES]]
    sheet = where[0].rpartition(" ")[0] + " "
    return ("som " if cells[EXAMPLES:] else "") + swedish_list([place.removeprefix(sheet) for place in where])
