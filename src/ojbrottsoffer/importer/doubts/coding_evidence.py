"""What the file's own totals, its row of the nation and the edition before say of how its codes are read."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import correlation

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.codings import OTHER_MEANING, ask_what_they_mean, in_words, turned, usual
from ojbrottsoffer.importer.found import Place
from ojbrottsoffer.importer.meaning.values import (
    ANSWERS,
    CODE_WORDS,
    EMPTY,
    MARKS,
    NUMBERS,
    WORDS,
    key_of,
    whole_number,
)
from ojbrottsoffer.importer.questions import CODES
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.model import counted, swedish_list

ENOUGH, OPPOSITE, SOME_LIKENESS = 10, -0.5, 0.3
"""From so many units and questions on, a correlation below this is no chance."""
UNTOLD = "går det inte att säga vilken kod som är Ja."
"""What is said where the shares make no coding likely."""


def shares_are_answers(reading: Reading, cells: list[tuple[str, str, Place]]) -> bool:
    """True, with a question, if the nation's values are all codes or words of the answers."""
    keys = [(key_of(place.text), place) for *_, place in cells if key_of(place.text) not in MARKS | {EMPTY}]
    words = [key for key, _ in keys if key in WORDS]
    if (
        not keys
        or reading.profile.andel is not None
        or any(key not in WORDS and key not in NUMBERS for key, _ in keys)
    ):
        return False
    if not words and not any(key == "2" for key, _ in keys):  # 0 and 1 may be fractions: `_shares` asks
        return False
    _, place = keys[0]
    row = reading.nation is not None
    shown = [f"{key}: {n}" for key, n in Counter(place.text for _, place in keys).most_common()]
    reading.ask(
        "riket-som-svar",
        "Rikets värden ser ut som svar, inte andelar: "
        + swedish_list(list(dict.fromkeys(place.text for _, place in keys))),
        *([Choice({"hoppa_over": [reading.nation_label]}, "raden är inte andelar")] if row else ()),
        *(() if row and words else [Choice({"andel": "procent"}, "det är andelar i procent")]),
        otherwise="" if row else "Annars: be avsändaren om en fil med andelar.",
        sure=row,
        table=place.where,
        value=", ".join(shown),
        places=[place.where for _, place in keys],
        expected="andelar i procent, till exempel 69, 69 % eller 0,69",
        priority=3,
    )
    return True


def shares_are_counts(reading: Reading, cells: list[tuple[str, str, Place]]) -> bool:
    """True, with a question, if the nation's values are the number of Ja among the file's own units."""
    yes = Counter(
        indicator
        for (_, indicator), (answer, _) in reading.answers.items()
        if answer.code == CODE_WORDS["Ja"]
    )
    counts = [
        (whole_number(place.text), yes[indicator])
        for indicator, _, place in cells
        if key_of(place.text) not in MARKS | {EMPTY}
    ]
    if (
        len(counts) < 3
        or reading.profile.andel is not None
        or len(reading.units) == 100
        or any(a != b for a, b in counts)
    ):
        return False
    place = cells[0][2]
    reading.ask(
        "riket-som-antal",
        "Rikets värden är antalet ja-svar i filen, inte andelar",
        Choice({"hoppa_over": [reading.nation_label]}, "raden är en summa"),
        Choice({"andel": "procent"}, "det är andelar i procent"),
        sure=True,
        table=place.where,
        value=place.text,
        places=[place.where for *_, place in cells],
        expected="andelar i procent, till exempel 69, 69 % eller 0,69",
        priority=3,
    )
    return True


def compare_totals(reading: Reading) -> None:
    """The column Antal ja against the answers: another number for most units may be another coding."""
    totals = _totals(reading)
    if len(totals) < 3 or reading.is_asked("okand-indikator", "rubrikmonster"):
        return
    yes, no = _by_unit(reading, "Ja"), _by_unit(reading, "Nej")
    other = [item for item in reading.units if item.id in totals and totals[item.id] != yes[item.id]]
    if not other or not reading.answers:
        return
    first = other[0]
    place, key = reading.background[first.id, "antal_ja"], first.id
    shown = f"{first.label}: {totals[key]} i filen, {yes[key]} ja-svar lästa"
    if (
        len(other) * 2 <= len(totals)
        or any(mark.isdigit() for mark in reading.profile.koder)
        or not any(key_of(text).isdigit() for text in reading.marks)
    ):
        reading.notes.append(
            f"VARNING: Antal ja stämmer inte med svaren för {counted(len(other), 'enhet', 'enheter')}, som {shown} "
            f"({place.where}). Det blir motsägelser att ta ställning till vid granskningen."
        )
        return
    zeros = all(number == no[unit] for unit, number in totals.items())
    used, read = {key_of(text) for text in reading.marks} & set(NUMBERS), in_words(reading.coding.answers)
    reading.ask(
        "antal-ja-stammer-inte",
        f"Antal ja stämmer inte med svaren för {counted(len(other), 'enhet', 'enheter')}"
        + ", men med antalet svar som är lästa som Nej" * zeros,
        *([Choice({"koder": turned(used)})] if zeros else ()),
        Choice({"koder": {code: read[code] for code in sorted(used)}}, "koderna är lästa rätt"),
        Choice({"koder": dict.fromkeys(sorted(used), ASK)}, OTHER_MEANING, ANSWERS),
        table=place.where,
        row_label=first.label,
        value=shown,
        places=reading.with_codes(used),
        expected="samma antal i kolumnen som bland svaren, eller ett besked om koderna",
        priority=3,
    )


def compare_nation(reading: Reading) -> None:
    """A note if the questions with many Ja in the file are those with few in the nation."""
    yes, given = Counter(), Counter()
    for (_, indicator), (answer, _) in reading.answers.items():
        given[indicator] += answer.code is not None
        yes[indicator] += answer.code == CODE_WORDS["Ja"]
    pairs = [
        (yes[indicator] / given[indicator], share)
        for (indicator, part), (share, _) in reading.shares.items()
        if part == "alla" and share is not None and given[indicator]
    ]
    if (
        len(pairs) >= ENOUGH
        and len(reading.units) >= ENOUGH
        and len({a for a, _ in pairs}) > 1
        and len({b for _, b in pairs}) > 1
        and correlation(*zip(*pairs, strict=True)) < OPPOSITE
    ):
        reading.notes.append(
            "VARNING: frågor med många ja-svar i filen har små andelar i raden för riket, och tvärtom. Kontrollera att "
            "koderna är rätt lästa, och att raden är andelen ja."
        )


def ask_about_unconfirmed(reading: Reading, shares_before: dict[str, float]) -> None:
    """One question about codes that are read in the project's own way although the file does not say what they
    mean: neither its words, nor its totals, nor the profile."""
    used = {key_of(text) for text in reading.marks} & set(NUMBERS)
    said = {key_of(mark) for mark in reading.profile.koder}
    if not used or used & said or reading.is_asked(*CODES):
        return
    taken = {code for code in used if code in reading.coding.answers and code not in reading.coding.open}
    confirmed = reading.legend is not None and taken <= reading.legend.codes.keys()
    if not taken or confirmed or _totals_agree(reading):
        return
    is_turned, likely = _likely(reading, shares_before)
    places = [
        place
        for answer, place in reading.answers.values()
        if answer.code is not None and key_of(place.text) in taken
    ]
    if not places:
        return
    first = min(places, key=lambda place: place.row)
    ways = [usual(taken), turned(taken)]
    codes = sorted(taken, reverse=True)
    ask_what_they_mean(
        reading,
        codes,
        ways[::-1] if is_turned else ways,
        {code: reading.with_codes({code}) for code in codes},
        first.where,
        likely,
        even=likely.endswith(UNTOLD),
    )


def _totals(reading: Reading) -> dict[str, int]:
    """The file's own numbers of Ja."""
    return {unit: number for (unit, role), number in reading.numbers.items() if role == "antal_ja"}


def _by_unit(reading: Reading, word: str) -> Counter:
    """How many answers of each unit are read as this word."""
    return Counter(
        unit for (unit, _), (answer, _) in reading.answers.items() if answer.code == CODE_WORDS[word]
    )


def _totals_agree(reading: Reading) -> bool:
    """True if the file's own numbers of Ja are those that the codes give, for at least three units."""
    totals = _totals(reading)
    yes, no = _by_unit(reading, "Ja"), _by_unit(reading, "Nej")
    return (
        len(totals) > 2
        and all(yes[unit] == number for unit, number in totals.items())
        and any(yes[unit] != no[unit] for unit in totals)
    )


def _likely(reading: Reading, shares_before: dict[str, float]) -> tuple[bool, str]:
    """Whether the nation's shares make it likely that 0 is Ja, and what they make likely in Swedish: those of the
    file, or else of the edition before."""
    own = {
        indicator: share
        for (indicator, part), (share, _) in reading.shares.items()
        if part == "alla" and share is not None
    }
    shares, name = (
        (own, "filens egna andelar för riket")
        if len(own) >= ENOUGH
        else (shares_before, "rikets andelar i utgåvan före")
    )
    given: Counter = Counter()
    with_code: dict[int, Counter] = defaultdict(Counter)
    for (_, indicator), (answer, _) in reading.answers.items():
        if answer.code is not None:
            given[indicator] += 1
            with_code[answer.code][indicator] += 1
    common = [indicator for indicator in shares if given[indicator]]
    if len(common) < ENOUGH:
        return False, ""
    alike = {}
    for code in (2, 0):
        found = [with_code[code][indicator] / given[indicator] for indicator in common]
        known = [shares[indicator] for indicator in common]
        if len(set(found)) > 1 and len(set(known)) > 1:
            alike[code] = correlation(found, known)
    best = max(alike, key=lambda code: alike[code], default=None)
    if best is None or alike[best] < SOME_LIKENESS:
        return False, f"Jämfört med {name} {UNTOLD}"
    word = "2 är Ja" if best == 2 else "0 är Ja och 2 Nej"
    alikeness = f"{alike[best]:.2f}".replace(".", ",")
    return best == 0, f"Jämfört med {name} är det troligt att {word} (samvariation {alikeness})."
