"""Which question is this label? Known spellings only; likeness gives suggestions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from ojbrottsoffer.ingest.importer.grid import without_note
from ojbrottsoffer.ingest.reference import Reference

SUGGEST_FROM = 0.6
WORD_WEIGHT = 0.9
"""Sharing every word in another order is nearly as good as the same text."""


@dataclass(frozen=True)
class Known:
    """What a label means: the id, or suggestions as (id, likeness) when nobody has said."""

    indikator_id: str | None
    how: str = ""
    suggestions: tuple[tuple[str, float], ...] = ()


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

    def match(self, label: str) -> Known:
        """The indicator of a label, as spelt before apart from case, spaces and hyphens."""
        found = self.by_plain.get(plain(label))
        if found:
            return Known(found, "samma etikett" if label in self.labels else "samma etikett, annan skrivning")
        scored: dict[str, float] = {}
        wanted = plain(label)
        words = _words(wanted)
        for known, indicator in self.by_plain.items():
            theirs = _words(known)
            shared = len(words & theirs) / (min(len(words), len(theirs)) or 1)
            likeness = SequenceMatcher(None, wanted, known).ratio()
            scored[indicator] = max(scored.get(indicator, 0.0), likeness, WORD_WEIGHT * shared)
        best = sorted(scored.items(), key=lambda item: (-item[1], item[0]))[:3]
        return Known(None, suggestions=tuple((i, s) for i, s in best if s >= SUGGEST_FROM))


def _words(label: str) -> set[str]:
    """The longer words of a label: those that carry its meaning."""
    return {word for word in re.findall(r"\w+", label) if len(word) > 3}
