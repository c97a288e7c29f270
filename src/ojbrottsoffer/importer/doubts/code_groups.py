"""Questions whose codes are not those of the others, as 0–2 in one part of a file and 1–3 in another, or 1 and 0 where
others have 2 too: asked about once for each set of codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import permutations

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.answer_cells import Cell
from ojbrottsoffer.importer.meaning.legend import known_places
from ojbrottsoffer.importer.meaning.scope import OTHER
from ojbrottsoffer.importer.meaning.values import ANSWERS, MISSING_CODES, key_of
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.schema.model import counted, swedish_list

Codes = frozenset[str]
ALL = 3
"""So many codes the three answers have."""
TWICE = 2
"""A code that a question has fewer times may be a slip."""
ENOUGH = 10
"""From so many units on, some question has all three codes if they are of one coding. So many of the middle one of three
codes in a question, and none of one of the others, is hardly Delvis: where many do something in part some do not do it."""


def ask_about_groups(reading: Reading, cells: list[Cell]) -> dict[str, Codes]:
    """Heading -> codes, of the questions whose codes are asked about apart from the others', a question for each set."""
    counts = _counts(reading, cells)
    groups = _groups(reading, counts, cells)
    said, own = {key_of(mark) for mark in reading.profile.koder}, reading.profile.koder_per_kolumn
    asked: dict[str, Codes] = {}
    every_code = frozenset[str]().union(*groups)
    if every_code <= said and len(every_code) <= ALL:
        return asked
    whole = [codes for codes in groups if not any(codes < other for other in groups)]
    for codes, every in groups.items():
        labels = [label for label in every if label not in own]
        within, most = codes not in whole, len(whole) == 1 or len(every) * 2 > len(counts)
        # The codes of most questions have a question of their own, which other things in the file may answer.
        if not labels or not within and (most or codes <= said and not every_code <= said):
            continue
        others = [" ".join(_sorted(other)) for other in groups if other != codes]
        cell = next(cell for cell in cells if cell.question.label == labels[0] and key_of(cell.text) in codes)
        reading.ask(
            "koder-per-fraga",
            f"{counted(len(labels), 'fråga', 'frågor')} har {'bara ' * within}{'koderna' if len(codes) > 1 else 'koden'} "
            f"{swedish_list(_sorted(codes))}, där andra har {swedish_list(others)}: {cut(labels)}",
            *(
                Choice(
                    {"koder_per_kolumn": {label: dict(way) for label in labels}},
                    swedish_list([f"{code} är {word}" for code, word in way.items()]) + " där",
                )
                for way in ways(reading, codes)
            ),
            places=[
                cell.where(reading)
                for cell in cells
                if cell.question.label in labels and key_of(cell.text) in codes
            ],
            **reading.cell(cell.unit, cell.question),
            value=", ".join(
                f"{code} ({sum(counts[label][code] for label in labels)} celler)" for code in _sorted(codes)
            ),
            expected="samma koder i alla frågor, eller ett besked",
            priority=2 if _is_told(reading) else 3,
        )
        asked |= dict.fromkeys(labels, codes)
    return asked


def _counts(reading: Reading, cells: Iterable[Cell]) -> dict[str, Counter]:
    """Heading -> how often each of its codes stands there, where the file does not say what those of this question are."""
    explained = {item.heading for item in reading.said_of_codes if item.scope != OTHER}
    missing = {*MISSING_CODES, *map(key_of, reading.profile.saknas)}
    found: dict[str, Counter] = defaultdict(Counter)
    for cell in cells:
        key = key_of(cell.text)
        if key.isdigit() and key not in missing and cell.question.label not in explained:
            found[cell.question.label][key] += 1
    return found


def _groups(reading: Reading, counts: dict[str, Counter], cells: list[Cell]) -> dict[Codes, list[str]]:
    """Codes -> the headings of the questions that have them, where not all have those of one coding."""
    sets = {
        label: codes
        for label, count in counts.items()
        if (codes := frozenset(code for code, n in count.items() if n >= TWICE))
    }
    whole = {codes for codes in sets.values() if not any(codes < other for other in sets.values())}
    every = frozenset[str]().union(*whole)
    if len(every) == ALL and (len(whole) == 1 or len(reading.units) < ENOUGH):
        short = _short(reading, every, counts, cells)
        if not short:
            return {}
        sets, whole = {label: frozenset(count) & every for label, count in counts.items()}, {every}
    elif len(whole) < 2 or max(map(len, whole)) > ALL:
        return {}
    else:
        short = set()
    found: dict[Codes, list[str]] = defaultdict(list)
    for label, codes in sets.items():
        within = [other for other in whole if codes <= other]
        found[within[0] if len(within) == 1 and codes not in short else codes].append(label)
    return dict(found)


def _short(reading: Reading, every: Codes, counts: dict[str, Counter], cells: list[Cell]) -> set[Codes]:
    """The sets of two of three codes that may be Ja and Nej in the questions that have only them."""
    low, middle, high = _sorted(every)
    most, least = (high, low) if low == "0" else (low, high)
    # Where nothing is said of the codes 0–2 and there are no others, any question without a 2 may be coded 1 and 0.
    bare = (
        low == "0" and not _is_told(reading) and not {key_of(cell.text) for cell in cells} & {*MISSING_CODES}
    )
    sure = {
        frozenset(count) & every
        for count in counts.values()
        if count[middle] and (bare or count[middle] >= ENOUGH)
    }
    by_sheet: dict[str, dict[str, Counter]] = defaultdict(dict)
    for cell in cells:
        if cell.question.label in counts:
            sheet = reading.layout.sheet.where(cell.unit.row, cell.question.index).partition(", cell")[0]
            by_sheet[sheet][cell.question.label] = counts[cell.question.label]
    alone = {
        label
        for sheet in by_sheet.values()
        if not any(count[least] for count in sheet.values())
        and sum(count[middle] for count in sheet.values()) >= ENOUGH
        for label in sheet
    }
    much = any(
        count[most] and count[middle] and not count[least] and (count[middle] >= ENOUGH or label in alone)
        for label, count in counts.items()
    )
    few = [label for label, count in counts.items() if count[most] and count[middle] and not count[least]]
    if few and not much:
        reading.notes.append(
            f"Bara {swedish_list(_sorted({middle, most}))}, ingen {least}, i {cut(few)}. De är lästa som i de andra "
            "frågorna. Finns filens kodning beskriven: kontrollera att det stämmer."
        )
    return sure & {frozenset({middle}), frozenset({middle, least})} | (
        {frozenset({middle, most})} if much else set()
    )


def _is_told(reading: Reading) -> bool:
    """True if the file, or the recipe, says what some codes are."""
    return bool(known_places(reading.said_of_codes)) or any(map(str.isdigit, reading.profile.koder))


def ways(reading: Reading, codes: Iterable[str]) -> list[dict[str, str]]:
    """What the codes may be, the likeliest first: what the file says of just these, else Ja at the one end and Nej at the
    other."""
    names = _sorted(codes)
    first, last = ("Nej", "Ja") if names[0] == "0" else ("Ja", "Nej")
    ways = [dict(zip(names, way, strict=True)) for way in permutations(ANSWERS, len(names))]
    ways.sort(
        key=lambda way: (not {first, last} <= {*way.values()}, way[names[0]] != first, way[names[-1]] != last)
    )
    told = [
        {item.code: item.word for item in place}
        for place in known_places(reading.said_of_codes)
        if {item.code for item in place} == set(codes)
    ]
    return [*told, *(way for way in ways if way not in told)]


def _sorted(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=int)
