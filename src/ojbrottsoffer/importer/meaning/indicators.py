"""Which question is this label? Known spellings only; likeness gives suggestions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ojbrottsoffer.importer.read.sheet import without_note
from ojbrottsoffer.schema.codes import RELATION
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.sources.register import Reference

SUGGEST_FROM = 0.6
WORD_WEIGHT = 0.9
"""Sharing every word in another order is nearly as good as the same text."""


@dataclass(frozen=True)
class Suggestion:
    """An indicator that a label is like; `note` says so if it was split or reworded."""

    indikator_id: str
    likeness: float
    note: str = ""

    def __str__(self) -> str:
        likeness = f"{self.likeness:.2f}".replace(".", ",")
        return f"{self.indikator_id} ({'; '.join(filter(None, (self.note, likeness)))})"


@dataclass(frozen=True)
class Known:
    """What a label means: the id, or suggestions when nobody has said."""

    indikator_id: str | None
    how: str = ""
    suggestions: tuple[Suggestion, ...] = ()


def plain(label: str) -> str:
    """Case, spaces, hyphens, a leading number and the sign of a footnote made alike."""
    label = re.sub(r"^\d{1,3}\s*[.):]\s+", "", without_note(label).casefold())
    return " ".join(re.sub(r"[-\u2010-\u2014]", "", label).split()).rstrip(" .*?")


class IndicatorMatcher:
    """All labels of all editions and sources."""

    def __init__(self, reference: Reference):
        self.labels: dict[str, str] = {}
        seen: dict[str, set[str]] = defaultdict(set)
        rows = [(row.indikator, row.indikator_id) for row in reference.indikatorer_ar.itertuples()]
        variants = reference.etiketter[reference.etiketter["slag"] == "indikator"]
        rows += [(row.etikett, row.id) for row in variants.itertuples()]
        for label, indicator in rows:
            seen[plain(label)].add(indicator)
            self.labels.setdefault(label, indicator)
        self.by_plain = {label: next(iter(ids)) for label, ids in seen.items() if len(ids) == 1}
        self.areas = _areas(reference)
        self.came_from = _came_from(reference)
        self.key_figures: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """Id in Kolada -> the indicators it has to do with, and how."""
        for row in reference.indikatorer_kolada.itertuples():
            self.key_figures[row.nyckeltal_id].append((row.indikator_id, row.relation))
        self.suggested = defaultdict(set)
        """Every label worth comparing with -> the indicators it may be."""
        for label, indicator in self.by_plain.items():
            self.suggested[label].add(indicator)
        for row in reference.etiketter_riket.itertuples():
            self.suggested[plain(row.etikett)].add(self._part(row.indikator_id, row.delmangd))
        for indicator in self.came_from:
            self.suggested[indicator.replace("-", " ")].add(indicator)

    def match(self, label: str, above: Sequence[str] = ()) -> Known:
        """The indicator of a label, as spelt before apart from case, spaces and hyphens. Of suggestions that
        are as like, those whose area is like the headings `above` come first."""
        found = self.by_plain.get(plain(label))
        if found:
            return Known(found, "samma etikett" if label in self.labels else "samma etikett, annan skrivning")
        if pairs := self.key_figures.get(label.strip()):
            return _of_kolada(pairs)
        scored: dict[str, float] = {}
        wanted = plain(label)
        words = _words(wanted)
        for known, indicators in self.suggested.items():
            theirs = _words(known)
            shared = len(words & theirs) / (min(len(words), len(theirs)) or 1)
            likeness = SequenceMatcher(None, wanted, known).ratio()
            for indicator in indicators:
                scored[indicator] = max(scored.get(indicator, 0.0), likeness, WORD_WEIGHT * shared)
        heading = _words(plain(" ".join(above)))
        near = {i: len(heading & self.areas.get(i, set())) for i in scored}
        best = sorted(scored.items(), key=lambda item: (-item[1], -near[item[0]], item[0]))[:3]
        return Known(
            None,
            suggestions=tuple(
                Suggestion(i, s, self.came_from.get(i, "")) for i, s in best if s >= SUGGEST_FROM
            ),
        )

    def _part(self, indicator: str, part: str) -> str:
        """The indicator that a named part of `indicator` became, by likeness; else itself."""
        became = [i for i in self.came_from if i.startswith(f"{indicator}-")]
        if part == "alla" or not became:
            return indicator
        return max(became, key=lambda i: SequenceMatcher(None, i.removeprefix(f"{indicator}-"), part).ratio())


def _of_kolada(pairs: list[tuple[str, str]]) -> Known:
    """A key figure that asks the same as one indicator is that; any other suggests."""
    same = [indicator for indicator, relation in pairs if relation == "samma"]
    if len(same) == 1:
        return Known(same[0], "samma fråga i Kolada")
    return Known(None, suggestions=tuple(Suggestion(i, 1.0, RELATION.codes[how]) for i, how in pairs))


def _areas(reference: Reference) -> dict[str, set[str]]:
    """Indicator -> the words of the names of its areas, in any edition."""
    names = dict(zip(reference.omraden["omrade_id"], reference.omraden["omrade"], strict=True))
    words: dict[str, set[str]] = defaultdict(set)
    for row in reference.indikatorer_ar.itertuples():
        words[row.indikator_id] |= _words(plain(names[row.indikatoromrade_id]))
    return words


def _came_from(reference: Reference) -> dict[str, str]:
    """Indicator that the crosswalk knows and no edition has -> what it came from, in Swedish."""
    words = {"delad": "delad ur", "sammanslagen": "sammanslagen av", "omformulerad": "omformulerad ur"}
    editions = set(reference.indikatorer_ar["indikator_id"])
    sources: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in reference.indikatorer_mellan_ar.itertuples():
        if row.till_id and row.till_id not in editions and row.typ in words:
            sources[row.till_id, row.typ].append(row.fran_id)
    return {
        indicator: f"{words[kind]} {swedish_list(list(dict.fromkeys(ids)))}, se samband"
        for (indicator, kind), ids in sources.items()
    }


def _words(label: str) -> set[str]:
    """The longer words of a label: those that carry its meaning."""
    return {word for word in re.findall(r"\w+", label) if len(word) > 3}
