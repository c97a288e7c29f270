"""What the columns of a file with a row for each answer hold, besides its units and questions: answers, years, codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ojbrottsoffer.importer.forms.find.heading_words import CODE_HEADERS, YEAR
from ojbrottsoffer.importer.forms.shape.long import CROSS, CROSSES, UNCROSSED
from ojbrottsoffer.importer.meaning.units import region_code
from ojbrottsoffer.importer.meaning.values import MARKS, WORDS, key_of
from ojbrottsoffer.importer.read.file_sheet import Sheet, index_of, letters
from ojbrottsoffer.importer.recipes.form_parts import Part
from ojbrottsoffer.importer.wording import meaning

ANSWER_HEADING = re.compile(r"(?:svar|svaret|värde|value|resultat|utfall|observation)\b.*", re.IGNORECASE)
YEAR_HEADING = re.compile(r"(?:år|årtal|period|year|tid|mätår|undersökningsår)")
OWN_YEAR = re.compile(r".*\b(?:avse\w*|gäll\w*)\b.*")
YEAR_OF_FILE = re.compile(r".*(?:publicer|utgiv|uppdater|registrer|inskick|inlämn|levere).*")
"""What is done with answers may be done in a later year."""
SHARE_HEADING = re.compile(r"(?:riket|andel|procent)\b.*", re.IGNORECASE)
BOTH = (
    "t",
    "totalt",
    "total",
    "alla",
    "båda",
    "båda könen",
    "samtliga",
    "män och kvinnor",
    "kvinnor och män",
)
LEAST = 2
"""So many known units and questions make a form; fewer may be a coincidence."""
SHARE = re.compile(r"\d+[.,]\d*[1-9]\d*|\d+(?:[.,]\d+)?\s?%")
MOST_CODES = 8
"""So many different answers at most."""


@dataclass
class Columns:
    """What is known of a sheet's columns: how many different units and questions each names."""

    sheet: Sheet
    units: dict[int, Counter] = field(default_factory=dict)
    questions: dict[int, Counter] = field(default_factory=dict)


def is_answer(text: str) -> bool:
    key = key_of(text)
    return key in WORDS or text != "" and key in MARKS or key.isdigit() and len(key) <= 3


def beside(
    sheet: Sheet, header: int | None, rows: Iterable[int], own: tuple[int, ...]
) -> tuple[dict[int, str], dict[int, list[str]], list[int]]:
    """The heading and the texts of each column, and which have any beside its `own`."""
    columns = range(sheet.width)
    headings = {c: sheet.cells[header][c].casefold() if header is not None else "" for c in columns}
    texts = {c: [sheet.cells[r][c] for r in rows] for c in columns}
    return headings, texts, [c for c in columns if c not in own and any(texts[c])]


def year_columns(sheet: Sheet, part: Part) -> dict[int, list[str]]:
    """Column -> its year on each row of a part, the likeliest to be the year of the answers first."""
    used = {index_of(name) for what, name in part.columns.items() if what != "ar"}
    header = part.rubrikrad - 1 if part.rubrikrad else None
    headings, texts, free = beside(sheet, header, range(part.forsta - 1, part.sista), tuple(used))
    return {c: texts[c] for c in likeliest_years(free, headings, texts)}


def likeliest_years(free: list[int], headings: dict[int, str], texts: dict[int, list[str]]) -> list[int]:
    """The columns of years, the likeliest first."""
    named = [c for c in free if YEAR_HEADING.fullmatch(headings[c]) and any(map(YEAR.search, texts[c]))]
    bare = [c for c in free if all(YEAR.fullmatch(t) for t in texts[c] if t)]
    return sorted(
        dict.fromkeys((*named, *bare)),
        key=lambda c: (
            YEAR_OF_FILE.match(headings[c]) is not None,
            not OWN_YEAR.match(headings[c]),
            c not in named,
        ),
    )


def is_codes(texts: list[str], heading: str, key) -> bool:
    """True for a column of municipalities' codes beside their names."""
    given = [text for text in texts if text]
    known = [text for text in given if text.isdigit() and len(text) in (3, 4) and key(text)]
    named = heading in CODE_HEADERS or heading in ("municipality", "municipality_id", "regionkod", "region")
    return (
        bool(given)
        and len(known) * 2 > len(given)
        or named
        and bool(given)
        and all(region_code(text) for text in given)
        and any(len(text) > 1 for text in given)
    )


def answer_columns(
    free: list[int], headings: dict[int, str], texts: dict[int, list[str]]
) -> str | dict[str, str] | None:
    """The column of the answers, or one for each year, or one for each of Ja, Delvis and Nej."""
    crosses = {word: letters(c) for c in free if (word := meaning(headings[c]))}
    crosses |= {word: letters(c) for c in free for word in CROSSES if headings[c] == word.casefold()}
    if len(crosses) >= LEAST and _are_crosses([t for c in crosses.values() for t in texts[index_of(c)]]):
        return crosses
    answered = [c for c in free if looks_answered(texts[c])]
    headed = [c for c in free if ANSWER_HEADING.fullmatch(headings[c])]
    named = [c for c in headed if c in answered] or [c for c in headed if _says_few_things(texts[c])]
    answered += [c for c in named if c not in answered]
    years = {found[-1]: letters(c) for c in free if c in answered and (found := YEAR.findall(headings[c]))}
    unnamed = any(not YEAR.search(headings[c]) for c in named)
    if len(years) > 1 or years and not unnamed:
        return years
    likely = named or [c for c in answered if not SHARE_HEADING.match(headings[c])]
    likely = [c for c in likely if headings[c].strip(" .") not in ("nr", "nummer")] or likely
    return letters(likely[0]) if likely else None


def _are_crosses(texts: list[str]) -> bool:
    """True if most of what is said is a plain mark, or Ja and Nej."""
    said = [text.casefold() for text in texts if text not in UNCROSSED]
    return sum(text in WORDS or CROSS.fullmatch(text) is not None for text in said) * 2 >= len(said)


def looks_answered(texts: list[str]) -> bool:
    """True if most of what a column says may be answers: words, marks or few different small codes, but for a sum now
    and then."""
    given = [text for text in texts if text]
    answers = [text for text in given if is_answer(text)]
    codes = Counter(key for text in answers if (key := key_of(text)).isdigit())
    others = codes.total() - sum(n for _, n in codes.most_common(MOST_CODES))
    return bool(given) and len(answers) * 2 > len(given) and others * 10 <= len(answers)


def _says_few_things(texts: list[str]) -> bool:
    """True if a column says the same few things again and again: answers in words that nobody has told of yet."""
    given = Counter(text for text in texts if text)
    few = 1 < len(given) <= MOST_CODES and given.total() >= 2 * len(given)
    return few and not any(map(SHARE.fullmatch, given))
