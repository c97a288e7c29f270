"""What a cell answers: words, codes, colours and marks for what is missing."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from ojbrottsoffer.importer.recipes.recipe import NO_ANSWER, Profile
from ojbrottsoffer.importer.wording import meaning
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK, SVARSORD
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import swedish_or

WORDS = {word.casefold(): word for word in SVARSORD.codes}
REASONS = swedish_or(list(SAKNAS_ORSAK.codes))
ANSWERS, MISSING = tuple(SVARSORD.codes), tuple(SAKNAS_ORSAK.codes)
COLOURS = (*ANSWERS, *MISSING, NO_ANSWER)
"""What a colour may mean."""
NUMBERS = {"2": "Ja", "1": "Delvis", "0": "Nej"}
"""The project's own coding; a file that lacks one of the three is asked about."""
LIKELY = {
    "sekretess": ("..", "x", "*", "private", "suppressed"),
    "ej_besvarat": ("-", "–", "—", "−", "missing", "(inget kryss)"),
    "ej_aktuellt": (".", "n/a"),
    "ej_med_i_undersokningen": ("(ingen rad)",),
    "uppgift_saknas": ("i.u.",),
}
"""Reason -> the signs that Swedish statistics, and Kolada, use for it; a file may use them for something else."""
OTHER_WORDS = {
    "Ja": ("j", "y", "sant", "true", "100", "1", "+", "✔", "✓", "☑", "√", "helt", "fullt ut"),
    "Delvis": ("d", "50", "0.5", "0,5", "(+)", "+/-", "±", "(✔)", "(✓)"),
    "Nej": ("n", "falskt", "false", "0", "✘", "✗"),
}
"""What files may have in the place of the three words; they are asked about."""
MISSING_CODES = ("7", "8", "9", "77", "88", "97", "98", "99", "777", "888", "998", "999", "-8", "-9")
"""Codes that statistics often has for an answer that is missing."""
PARTLY = re.compile(
    r"(?!nej\b|.*\b(?:ej|inte|icke) (?:delvis|till)\b).*\b(?:delvis|till viss del)\b|"
    r"ja\b.*\b(?:(?:ej|inte) (?:\w{1,3} )?(?:alla|allt|samtliga|helt|fullt ut)|(?:för|i|till) (?:vissa|några))\b"
)
"""Words that say Delvis among others."""
FOR_ALL = re.compile(r"ja\W+(?:för|i|till|hos) (?:alla|samtliga)")
ALIKE = 0.66
"""A slip of the pen is so like the word."""
UNKNOWN = re.compile(r"\b(?:vet (?:ej|inte)|okän[dt]|kan (?:ej|inte) svara)\b", re.IGNORECASE)
SAID = (
    ("sekretess", r"sekret|röj|skyddad|undertryck|för få|färre än|suppress|konfidentiell"),
    ("ej_aktuellt", r"(?:ej|inte|icke) (?:aktuell|tillämplig|relevant)|not applicable"),
    (
        "ej_med_i_undersokningen",
        r"(?:ej|inte) (?:med|deltagit|ingår|ingått) |deltog (?:ej|inte)|deltar (?:ej|inte)",
    ),
    (
        "ej_besvarat",
        r"(?:ej|inte|inget|icke|utan) (?:har )?(?:be)?svar|har (?:inte|ej) (?:be)?svarat|obesvarad|bortfall|not reported|"
        r"missing|(?:inte|ej) (?:lämnat|inkommit|inlämnat)",
    ),
    (
        "uppgift_saknas",
        r"uppgift\w* (?:saknas|finns (?:inte|ej))|(?:ingen|inga) uppgift|saknar uppgift|(?:ej|inte) tillgänglig",
    ),
)
"""Reason -> words that say so, the most certain first."""
FINAL = re.compile(
    r"\b(?:slutlig|definitiv|reviderad|rättad|korriger|fastställ|granska[dt]|inskick|inlämna[dt]|(?:rev|def)\b)",
    re.IGNORECASE,
)
"""What figures are called that others have been replaced by."""
WITHDRAWN = re.compile(
    r"\b(?:makuler|annuller|ogiltig|återkall|återtag|struken|stryks|utgå(?!\w* från)|upphäv|avvisa|underkän|"
    r"(?:ej|inte|icke) (?:godkän|klar|slutlig|fastställ|granska[dt]|inskick|inlämna)|borttag|radera|ersatt|inaktuell|"
    r"felaktig|utkast|kladd|prelimin|testsvar|dubblett)",
    re.IGNORECASE,
)
"""What is said of an answer that may not count."""
NOT_COUNTED = re.compile(r"\b(?:(?:ska|skall|bör|får) (?:ej|inte)|makuler|annuller|ogiltig)", re.IGNORECASE)
"""What is said of an answer that does not."""
CORRECTED = re.compile(
    r"\b(?:rätta\w*|rättelse\w*|korriger\w*|revider\w*|ändra[dt]\w*|kontroller\w*|slutlig\w*|ny(?:tt|a) svar)\b",
    re.IGNORECASE,
)
"""What a column is called that has other answers in the place of some."""
USUAL_SIGNS = (
    "ett besked: i svensk statistik betyder .. eller X ofta att uppgiften är dold, en punkt att frågan inte är aktuell, "
    "och – att svar saknas eller är noll"
)
PLAIN_REASONS = {
    "saknas": "uppgift_saknas",
    "uppgift saknas": "uppgift_saknas",
    "ej svar": "ej_besvarat",
    "inget svar": "ej_besvarat",
    "ej besvarat": "ej_besvarat",
    "ej besvarad": "ej_besvarat",
    "ej aktuellt": "ej_aktuellt",
}
"""Marks that say their reason in words. Symbols and empty cells never do."""
MARKS = {
    "",
    "x",
    "..",
    ".",
    "-",
    "–",
    "—",
    "−",
    "*",
    "n/a",
    "i.u.",
    "missing",
    "na",
    "nan",
    "null",
    "private",
    "suppressed",
    "(ingen rad)",
    "(inget kryss)",
    "(flera kryss)",
} | set(PLAIN_REASONS)
OTHER_THAN_CROSS = re.compile(r"\(annat än kryss under \w+: (.*)\)")
"""What stands for an answer with another text than a cross."""
ABSENT = "(ingen rad)"
"""Stands for the answers of a unit that one of several tables lacks."""
EMPTY = "tom"
"""What the profile calls an empty cell."""
FOOTNOTED = re.compile(
    r"(?i)(ja|nej|delvis)(?:\s*(?:[.,;:](?=\W*$)|\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}(?:,\d{1,2})*\)?|[a-d]\)|[*†‡§#]+\)?|[¹²³⁰-⁹ᵃ-ᵈ]+\)?))+|"
    r"([0-2])\s*(?:[*†‡§#]+|[¹²³⁰-⁹ᵃ-ᵈ]+)"
)
"""An answer with the sign of a footnote or a full stop after it."""
SUMMARY = re.compile(
    r"(?:(?:antal|andel|summa|procent|totalt)(?: (?:antal|andel|ja|nej|delvis|svar|ja-svar|nej-svar|delvis-svar|"
    r"saknas|saknade|besvarade|ja eller delvis))*|medel(?:värde|tal)?|median(?:värde)?|genomsnitt|snitt|total|"
    r"min|max|minimum|maximum|standardavvikelse)(?: ?[,(:%].*)?"
)
"""What rows and columns that sum up the others are called, whole."""
CODE_WORDS = {"Ja": 2, "Delvis": 1, "Nej": 0}
WORD_OF = {code: word for word, code in CODE_WORDS.items()}


@dataclass(frozen=True)
class Answer:
    """`code` 2/1/0, or None with the `reason` why it is missing."""

    code: int | None
    reason: str | None = None


def whole_number(text: str) -> int | None:
    """A whole number as it is printed (`45`, `45,0`), else None."""
    key = key_of(text)
    return int(key) if re.fullmatch("[0-9]{1,9}", key) else None


def is_numbering(texts: list[str]) -> bool:
    """True for a column that counts its rows: some of its numbers are codes of municipalities by chance."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    steps = sum(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))
    return (
        len(numbers) > 2
        and numbers[0] <= 2
        and len(numbers) * 10 >= len(texts) * 9
        and steps * 10 >= (len(numbers) - 1) * 8
    )


def is_summary(label: str) -> bool:
    """”Antal ja”, ”Medelvärde”, ”Summa nej-svar (antal)”: a row or column about the others."""
    return SUMMARY.fullmatch(" ".join(label.casefold().split())) is not None


def counts_yes(label: str) -> bool:
    return label.casefold().startswith(("antal ja", "summa ja"))


def other_than_cross(texts: dict[str, str]) -> str:
    """The mark of a row that has something else than a cross: what it has under which word, which may be a reason or an
    answer."""
    return f"(annat än kryss under {', '.join(f'{word}: {text}' for word, text in texts.items())})"


def is_mark(mark: str) -> bool:
    """True for a sign that says nothing in words, or stands for what is no cross and no likely answer."""
    return mark in MARKS or OTHER_THAN_CROSS.fullmatch(mark) is not None and likely_answer(mark) is None


def without_footnote(text: str) -> str:
    """`Ja1)`, `Nej*` and `2*` without the sign of a footnote; a sign alone is a mark."""
    match = FOOTNOTED.fullmatch(text.strip())
    return (match[1] or match[2]) if match else text


def sign_of(text: str) -> str:
    """The sign of a footnote after an answer, empty if there is none."""
    return text.strip()[len(without_footnote(text)) :].strip() if without_footnote(text) != text else ""


@lru_cache(maxsize=10_000)
def key_of(text: str) -> str:
    """The mark as it is compared: case, outer spaces and the sign of a footnote do not matter,
    `2,0` is `2`, and so is `'2`, a number that a spreadsheet keeps as text."""
    text = " ".join(without_footnote(text).split()).casefold()
    return re.sub(r"^['’]?(\d+)(?:[.,]0+)?$", r"\1", text) or EMPTY


@lru_cache(maxsize=10_000)
def said_key(text: str) -> str:
    """The mark as a recipe may say it: with the sign of a footnote where it has one, which may change the answer."""
    return key_of(text) if without_footnote(text) == text else " ".join(text.split()).casefold()


def likely_answer(mark: str) -> str | None:
    """Ja, Delvis or Nej, if it is likely that the mark means that."""
    mark = re.sub(r"(?<=\d)\s*%$", "", OTHER_THAN_CROSS.sub(r"\1", mark))
    if PARTLY.match(mark):
        return "Delvis"
    slips = get_close_matches(mark, WORDS, 1, ALIKE) if mark.isalpha() else []
    return (
        ("Ja" if FOR_ALL.fullmatch(mark) else None)
        or meaning(re.sub(r"^(ja|nej)\b\W*", r"\1, ", mark))
        or next((word for word, marks in OTHER_WORDS.items() if mark in marks), None)
        or next((WORDS[slip] for slip in slips if slip[0] == mark[0]), None)
    )


def reason_of(words: str) -> str | None:
    """The reason that an explanation gives, None if it gives none or several."""
    found = {reason for reason, pattern in SAID if re.search(pattern, words.casefold())}
    if len(found) == 2 and "uppgift_saknas" in found:
        found.discard("uppgift_saknas")
    return found.pop() if len(found) == 1 else None


def says_none(words: str) -> bool:
    """True for words that say that there is no answer: ”Vet ej”, ”Kommunen har inte svarat”."""
    return reason_of(words) is not None or UNKNOWN.search(words) is not None


def reasons_of(mark: str) -> tuple[str, ...]:
    """Why an answer with this sign may be missing, the likeliest reason first."""
    key = OTHER_THAN_CROSS.sub(r"\1", key_of(mark))
    said = PLAIN_REASONS.get(key) or reason_of(key)
    return tuple(sorted(MISSING, key=lambda reason: reason != said and key not in LIKELY.get(reason, ())))


def shown_mark(text: str) -> str:
    return "(tom cell)" if key_of(text) == EMPTY else show(text)


def is_value(text: str, profile: Profile) -> bool:
    """True if a cell looks like an answer, a share or a mark rather than a heading."""
    key = key_of(text)
    return (
        key in WORDS
        or key in MARKS
        or key in _said(profile)
        or bool(re.fullmatch(r"-?\d{1,4}([.,]\d+)?\s*%?", text.strip()))
    )


def _said(profile: Profile) -> set[str]:
    return {key_of(mark) for mark in (*profile.koder, *profile.saknas)}


@dataclass(frozen=True)
class Coding:
    """What every mark of a file means. `open` lists marks that nobody has explained."""

    answers: dict[str, Answer]
    open: tuple[str, ...] = ()

    def find(self, text: str) -> Answer | None:
        return self.answers.get(said_key(text)) or self.answers.get(key_of(text))


def coding(marks: set[str], profile: Profile) -> Coding:
    """The meaning of the marks that occur, from words, the profile and the project's codes."""
    said = {said_key(mark): Answer(CODE_WORDS[word]) for mark, word in profile.koder.items()}
    said |= {said_key(mark): Answer(None, reason) for mark, reason in profile.saknas.items()}
    keys = {key if (key := said_key(mark)) in said else key_of(mark) for mark in marks}
    numbers = {key for key in keys if key.isdigit() and key not in said}
    known = {key: Answer(CODE_WORDS[word]) for key, word in WORDS.items()}
    known |= {key: Answer(None, reason) for key, reason in PLAIN_REASONS.items()}
    # 1 and 2 alone may be Ja and Nej, 1 and 0 too: only all three say which coding it is.
    if numbers == set(NUMBERS) and not said.keys() & set(NUMBERS):
        known |= {key: Answer(CODE_WORDS[word]) for key, word in NUMBERS.items()}
    known |= said
    return Coding({key: known[key] for key in keys if key in known}, tuple(sorted(keys - set(known))))


def style_of(text: str) -> str | None:
    """`ord`, `kod` or None for marks: two styles in one column is a broken column."""
    key = key_of(text)
    return "ord" if key in WORDS else "kod" if key.isdigit() else None


def said_colour_answers(profile: Profile) -> dict[str, Answer | None]:
    """Fill -> the answer that the recipe says it is, None for one that says nothing."""
    return {
        colour.upper().lstrip("#"): None
        if said == NO_ANSWER
        else Answer(CODE_WORDS[said])
        if said in CODE_WORDS
        else Answer(None, said)
        for colour, said in profile.farger.items()
    }


def colour_meaning(colour: str, profile: Profile) -> Answer | None:
    """The answer that the recipe says a fill is, None if it says nothing about it."""
    return said_colour_answers(profile).get(colour)


def own_codes(profile: Profile) -> dict[str, dict[str, Answer]]:
    """Heading -> what the recipe says about the marks of that column alone."""
    return {
        label: {key_of(mark): Answer(CODE_WORDS[word]) for mark, word in codes.items()}
        for label, codes in profile.koder_per_kolumn.items()
    }


def colour_answer(colour: str, profile: Profile) -> Answer | None:
    """The answer of a fill: as the profile says, else by hue if it is clearly one of three."""
    said = colour_meaning(colour, profile)
    if said is not None:
        return said
    if not re.fullmatch(r"[0-9A-F]{6}", colour):
        return None
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.25 or not 0.12 < lightness < 0.96:
        return None
    degrees = hue * 360
    if 75 <= degrees <= 170:
        return Answer(2)
    if 38 <= degrees < 70:
        return Answer(1)
    if degrees < 18 or degrees > 340:
        return Answer(0)
    return None


def share(text: str) -> float | None:
    """A share as the number that is printed (`69 %` -> 69.0, `0,69` -> 0.69), or None."""
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|procent)?", text.strip())
    return float(match[1].replace(",", ".")) if match else None
