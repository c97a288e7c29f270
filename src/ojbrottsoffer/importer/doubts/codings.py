"""Whether the codes of a file may mean something else than they are read as, by what the file says itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.meaning.indicators import IndicatorMatcher
from ojbrottsoffer.importer.meaning.legend import Legend, Said, legend_of
from ojbrottsoffer.importer.meaning.scope import OTHER
from ojbrottsoffer.importer.meaning.values import (
    ANSWERS,
    CODE_WORDS,
    MISSING,
    NUMBERS,
    WORD_OF,
    WORDS,
    Answer,
    Coding,
    key_of,
    reasons_of,
    says_none,
)
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list

KOLADA = {"1/0": ("Ja", "Nej"), "2/1/0": ("Ja", "Delvis", "Nej")}
"""The answers that Kolada's codings stand for, code by code."""
MIXED = 4
"""Where one of so many answers is a number among words, or a word among numbers, they are not slips."""
LONGEST = 160
"""So many characters of a line are shown."""
OTHER_MEANING = "koderna betyder något annat"
"""The answer after those that are proposed."""


def as_explained(reading: Reading) -> Reading:
    """The reading with its coding compared with what the file says itself: where it says something else, or
    something about a code that is not known, that is a question; else a note."""
    found = reading.coding
    said = {key_of(mark) for mark in (*reading.profile.koder, *reading.profile.saknas)}
    used = {key_of(text) for text in reading.marks}
    general, of_columns = _general_and_own(reading)
    missing = {key_of(mark) for mark in reading.profile.saknas}
    legend = legend_of(general, used)
    if legend:  # what a code for a missing answer is called is known already
        unclear = {code: words for code, words in legend.unclear.items() if code not in missing}
        legend = replace(legend, unclear=unclear) if unclear or legend.codes else None
    reading = replace(reading, legend=legend)
    _ask_about_turned_round(reading, used)
    _refuse_all_alike(reading, used)
    if legend is None:
        _compare_by_column(reading, of_columns)
        return reading
    codes = {code: word for code, word in legend.codes.items() if code in used}
    unclear = legend.unclear.keys() & used
    differs = {code for code, word in codes.items() if found.answers.get(code) != Answer(CODE_WORDS[word])}
    doubtful = legend.doubtful & codes.keys() - said
    other = differs | doubtful
    if not other and unclear <= said:
        reading.notes.append(
            f"Filens egen förklaring av koderna stämmer med hur de är lästa: {legend} ({legend.where})."
            + f" Profilen säger vad {swedish_list(sorted(unclear))} betyder." * bool(unclear)
        )
        _compare_by_column(reading, of_columns)
        return reading
    if other | unclear <= said:
        reading.notes.append(
            f"VARNING: filen säger själv {legend} ({legend.where}). Profilen säger något annat, och den gäller."
        )
        _compare_by_column(reading, of_columns)
        return reading
    unsaid = [] if unclear else sorted(used & NUMBERS.keys() - legend.codes.keys() - said)
    reading.ask(
        "filens-koder",
        (
            f"Filen säger själv vad koderna betyder: {legend}"
            if differs or not doubtful
            else f"Filen säger vad koder betyder, men kanske inte om de här svaren: {legend}"
        )
        + f"; men inte vad {swedish_list(unsaid)} betyder, som också är svar i filen" * bool(unsaid),
        *_as_the_file_says(codes, legend, unclear),
        even=not all(says_none(legend.unclear[code]) for code in unclear),
        places=reading.with_codes(codes.keys() | unclear),
        table=legend.where,
        value=legend.line[:LONGEST] if doubtful else str(legend),
        priority=2,
        expected="ett besked om att förklaringen gäller de här svaren"
        if doubtful
        else "2 = Ja, 1 = Delvis, 0 = Nej, eller ett besked",
    )
    # Nothing is taken for the meaning of a code until somebody has answered.
    open_codes = other | unclear | (codes.keys() - said)
    known = {key: answer for key, answer in found.answers.items() if key not in open_codes}
    return replace(reading, coding=Coding(known, tuple(sorted({*found.open, *open_codes}))))


def _as_the_file_says(codes: dict[str, str], legend: Legend, unclear: set[str]) -> list[Choice]:
    """The possible answers about codes that the file explains, all or some of them in words that are known. What it says
    is no answer, as ”vet ej”, is offered as none."""
    both = sorted(codes.keys() | unclear)
    choices = []
    none = bool(unclear) and all(says_none(legend.unclear[code]) for code in unclear)
    if codes and not none:
        told = {code: codes.get(code, ASK) for code in both}
        choices.append(Choice({"koder": told}, "filens förklaring stämmer", ANSWERS if unclear else ()))
    choices.append(Choice({"koder": dict.fromkeys(both, ASK)}, OTHER_MEANING if codes else "", ANSWERS))
    if unclear and not unclear & legend.torn:
        absent = {"koder": codes} if codes else {}
        missing = {"saknas": dict.fromkeys(sorted(unclear), ASK)}
        rest = " och resten stämmer" * bool(codes)
        reasons = reasons_of(legend.unclear[min(unclear)].strip("”"))
        when = f"svaret saknas vid {swedish_list(sorted(unclear))}{rest}"
        choices.insert(0 if none else len(choices), Choice(absent | missing, when, reasons))
    return choices


def ask_what_they_mean(
    reading: Reading,
    codes: list[str],
    ways: list[dict[str, str]],
    places: dict[str, list[str]],
    where: str,
    likely: str = "",
    even: bool = False,
) -> None:
    """The question about codes that the file does not explain. `places`: where each stands; `ways`: what they may be,
    the likeliest first, or none of them likelier with `even`. One that the file's own explanation leaves out may be no
    answer."""
    left_out = len(codes) == 1 and reading.legend is not None
    counts = Counter(key_of(text) for text in reading.marks.elements())
    mixed = {"blandad_kodning": True} if are_mixed(counts) and not reading.profile.blandad_kodning else {}
    reading.ask(
        "obekraftade-koder",
        f"Filen säger inte vad {'koderna' if len(codes) > 1 else 'koden'} {swedish_list(codes)} betyder"
        + ", som står där andra rader har ord" * bool(mixed),
        *([Choice({"saknas": dict.fromkeys(codes, ASK)}, "svaret saknas", MISSING)] if left_out else ()),
        *(Choice({"koder": way} | mixed) for way in ways),
        Choice({"koder": dict.fromkeys(codes, ASK)} | mixed, OTHER_MEANING if ways else "", ANSWERS),
        even=even or bool(mixed),
        otherwise=" ".join(filter(None, (_said_of_others(reading), likely))),
        places=[place for code in codes for place in places[code]],
        table=where,
        value=", ".join(f"{code} ({counted(len(places[code]), 'cell', 'celler')})" for code in codes),
        expected="en förklaring i filen, eller ett besked",
        priority=3,
    )


def are_mixed(counts: Counter) -> bool:
    """True if so many answers are words, and so many numbers, that neither can be a slip."""
    words = sum(n for key, n in counts.items() if key in WORDS)
    numbers = sum(n for key, n in counts.items() if key.isdigit())
    return min(words, numbers) * MIXED >= words + numbers > 0


def _said_of_others(reading: Reading) -> str:
    """What the file says of another year's or survey's codes, which is not taken for that of its own."""
    used = {key_of(text) for text in reading.marks}
    found = [
        item for item in reading.said_of_codes if item.scope == OTHER and item.word and item.code in used
    ]
    if not found:
        return ""
    return f"Det som står om koder i {found[0].where} är inte använt, för det verkar gälla annat: ”{found[0].line[:LONGEST]}”."


def usual(codes: Iterable[str]) -> dict[str, str]:
    """The project's own coding of some codes."""
    return {code: NUMBERS.get(code) or code.capitalize() for code in sorted(codes, reverse=True)}


def turned(codes: Iterable[str]) -> dict[str, str]:
    """The coding with 0 for Ja and 2 for Nej."""
    return {code: {"Ja": "Nej", "Nej": "Ja"}.get(word, word) for code, word in usual(codes).items()}


def in_words(answers: dict[str, Answer]) -> dict[str, str]:
    """Code -> Ja, Delvis or Nej, where it is an answer."""
    return {key: WORD_OF[answer.code] for key, answer in answers.items() if answer.code is not None}


def asked_about(reading: Reading) -> set[str]:
    """The codes that the question about the file's own words covers."""
    asked = reading.is_asked("filens-koder")
    return reading.legend.codes.keys() | reading.legend.unclear.keys() if asked else set()


def _general_and_own(reading: Reading) -> tuple[list[Said], dict[str, list[Said]]]:
    """What is said of the file's codes, and what headings say of their own column's; what all headings
    say is general."""
    own: dict[str, list[Said]] = defaultdict(list)
    for item in reading.said_of_codes:
        if item.heading:
            own[item.heading].append(item)
    meanings = {frozenset((item.code, item.word) for item in items) for items in own.values()}
    general = [item for item in reading.said_of_codes if not item.heading]
    if len(meanings) == 1 and len(own) * 2 > len(reading.indicators):
        return reading.said_of_codes, {}
    return general, own


def _compare_by_column(reading: Reading, own: dict[str, list[Said]]) -> None:
    """A question where a heading says something else of its column than how it is read."""
    key = reading.key
    answers = {item.label: key.codes.answers | key.own.get(item.label, {}) for item in reading.indicators}
    used = {key_of(text) for text in reading.marks}
    said = {
        label: legend
        for label in own
        if label in answers and label not in reading.profile.koder_per_kolumn
        if (legend := legend_of(own[label], used))
    }
    against = {
        label: legend
        for label, legend in said.items()
        if legend.unclear
        or any(answers[label].get(code) != Answer(CODE_WORDS[word]) for code, word in legend.codes.items())
    }
    if against:
        label, legend = next(iter(against.items()))
        if reading.legend is None and len(said) * 2 > len(answers):
            against = said  # the file has a coding of its own for each question
        reading.ask(
            "koder-i-rubriker",
            f"{counted(len(against), 'rubrik', 'rubriker')} förklarar koderna på ett annat sätt än de är lästa: "
            f"{cut([f'{show(name)} ({said})' for name, said in against.items()])}",
            *(
                Choice(
                    {
                        "koder_per_kolumn": {
                            name: {
                                code: meanings(name, said).get(code, ASK)
                                for code in sorted(said.codes.keys() | said.unclear)
                            }
                            for name, said in against.items()
                        }
                    },
                    when,
                    ANSWERS,
                )
                for when, meanings in (
                    ("rubrikerna stämmer", lambda name, said: said.codes),
                    ("de är kodade som de andra", lambda name, said: in_words(answers[name])),
                )
            ),
            table=legend.where,
            column=label,
            places=reading.under(against),
            value=str(legend),
            priority=3,
            expected="samma kodning i alla kolumner, eller ett besked",
        )


def _refuse_all_alike(reading: Reading, used: set[str]) -> None:
    """An error where every number of the file is said to mean the same: then it says nothing."""
    codes = sorted(used & NUMBERS.keys())
    for label, own in {"": {}, **reading.key.own}.items():
        words = in_words(reading.coding.answers | own)
        word = words.get(codes[0]) if len(codes) > 1 else None
        if word and all(words.get(code) == word for code in codes):
            reading.wrong(
                "Alla koder betyder samma sak" + f" i kolumnen {show(label)}" * bool(label),
                f"Svara igen vad koderna betyder ({'koder_per_kolumn' if label else 'koder'} i profilen).",
                table=reading.table,
                value=", ".join(f"{code} = {word}" for code in codes),
                expected="minst två olika svar",
            )
            return


def _ask_about_turned_round(reading: Reading, used: set[str]) -> None:
    codes = used & NUMBERS.keys() or used & {"ja", "nej"}
    if reading.turned_round is None or reading.profile.koder or reading.profile.koder_per_kolumn or not codes:
        return
    where, text = reading.turned_round
    if where in {item.where for item in reading.said_of_codes if item.heading}:
        return  # its own question says which column it is about
    reading.ask(
        "omvant-kodat",
        "Filen säger att något är omvänt kodat",
        Choice(
            {"koder_per_kolumn": {ASK: turned(codes)}},
            "det gäller några av kolumnerna",
            parts={"koder_per_kolumn": tuple(dict.fromkeys(item.label for item in reading.indicators))},
            several={"koder_per_kolumn": 1},
        ),
        Choice({"koder": usual(codes)}, "det gäller ingen av kolumnerna"),
        Choice({"koder": turned(codes)}, "det gäller alla"),
        drafted={"koder": dict.fromkeys(usual(codes), ASK)},
        places=reading.with_codes(codes),
        table=where,
        value=text[:120],
        expected="samma kodning i alla kolumner, eller ett besked",
        priority=2,
    )


def as_in_kolada(reading: Reading, indicators: IndicatorMatcher) -> Reading:
    """The reading with the coding of each key figure of Kolada, which its title there states, and a note of which."""
    said = reading.profile.koder_per_kolumn
    known = {
        item.label: coding
        for item in reading.indicators
        if (coding := indicators.codings.get(item.label.strip())) and item.label not in said
    }
    if not known:
        return reading
    words = {coding: dict(zip(coding.split("/"), KOLADA[coding], strict=True)) for coding in known.values()}
    counts = Counter(known.values())
    reading.notes.append(
        "Koderna är lästa som Kolada kodar nyckeltalen: "
        + ", ".join(
            f"{counts[coding]} med {', '.join(f'{code} = {word}' for code, word in words[coding].items())}"
            for coding in sorted(words)
        )
        + "."
    )
    own = {label: words[coding] for label, coding in known.items()}
    return replace(reading, profile=reading.profile.but(koder_per_kolumn=said | own))
