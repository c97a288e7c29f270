"""Which question is this label? Known spellings only; likeness gives suggestions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher

from ojbrottsoffer.importer.read.file_sheet import without_note
from ojbrottsoffer.schema.codes import RELATION
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.sources.reference.register import Reference

SUGGEST_FROM = 0.6
LIKE_THE_NEXT = 0.02
"""The likeliest of two that are nearer than this is no likelier than the other."""
SHORTEST_START = 20
"""So much of a label must stand where it is cut, or where its å, ä and ö are other signs."""
FEWEST = 4
"""Fewer labels than this have no words in common but by chance."""
USUAL = 0.2
"""A word that more than so many of the known questions have tells none of them from another."""
WORD_WEIGHT = 0.9
"""Sharing every word in another order is nearly as good as the same text."""
CUT_SIGN = re.compile(r"\s*(?:…|\.\.\.)$")
WITHOUT_DOTS = str.maketrans("åäöé", "aaoe")
DAMAGED = "samma etikett, med andra tecken för å, ä, ö eller mellanslag"
"""How a label is known whose signs are damaged."""


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
    tied: bool = False
    """True if the first suggestion is no likelier than the second."""


def plain(label: str) -> str:
    """Case, spaces, hyphens, a leading number (`9.`, `Q9_`) and the sign of a footnote made alike."""
    label = re.sub(
        r"^(?:[a-z]?\d{1,3}\s*[.):]\s+|[a-z]\d{1,3}(?:_|\.\.)(?=[^\W\d]))", "", without_note(label).casefold()
    )
    return " ".join(re.sub(r"[-\u2010-\u2014]", "", label).split()).rstrip(" .*?")


def bare(label: str) -> str:
    """The letters a–z and the digits of a label: what is left of it where its other signs are damaged."""
    return re.sub(r"[^a-z0-9]", "", plain(label))


def cut_length(labels: Iterable[str]) -> int:
    """How long the headings are that a program has cut, 0 if it hasn't: many are as long, and none longer."""
    lengths = Counter(map(len, map(_start, labels)))
    longest = max(lengths, default=0)
    return longest if longest >= SHORTEST_START and lengths[longest] >= FEWEST else 0


class IndicatorMatcher:
    """All labels of all editions and sources."""

    def __init__(self, reference: Reference):
        self.labels: dict[str, str] = {}
        levels = reference.omraden
        self.area_names = {plain(name) for name in levels["omrade"]}
        self.area_called = dict(levels[["omrade_id", "omrade"]].itertuples(index=False))
        self.area_ids = tuple(levels.loc[levels["niva"] == "indikatoromrade", "omrade_id"])
        seen: dict[str, set[str]] = defaultdict(set)
        rows = [(row.indikator, row.indikator_id) for row in reference.indikatorer_ar.itertuples()]
        variants = reference.etiketter[reference.etiketter["slag"] == "indikator"]
        rows += [(row.etikett, row.id) for row in variants.itertuples()]
        for label, indicator in rows:
            seen[plain(label)].add(indicator)
            self.labels.setdefault(label, indicator)
        self.by_plain = {label: next(iter(ids)) for label, ids in seen.items() if len(ids) == 1}
        letters: dict[str, set[str]] = defaultdict(set)
        for label, ids in seen.items():
            for key in {bare(label), bare(label.translate(WITHOUT_DOTS))}:
                letters[key] |= ids
        self.by_letters = {
            key: next(iter(ids))
            for key, ids in letters.items()
            if len(ids) == 1 and len(key) >= SHORTEST_START
        }
        """What is left of a label without its å, ä, ö, spaces and signs, or with a and o for them."""
        self.names = dict(
            reference.indikatorer_ar.sort_values("ar")[["indikator_id", "indikator"]].itertuples(index=False)
        )
        """Id -> the question as the latest edition puts it."""
        self.editions = {year: tuple(reference.edition(year).index) for year in reference.years}
        self.areas = _areas(reference)
        self.came_from = _came_from(reference)
        self.key_figures: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """Id in Kolada -> the indicators it has to do with, and how."""
        for row in reference.indikatorer_kolada.itertuples():
            self.key_figures[row.kolada_id].append((row.indikator_id, row.relation))
        self.codings = dict(reference.indikatorer_kolada[["kolada_id", "kodning"]].itertuples(index=False))
        """Id in Kolada -> how its answers are coded there: 1/0 or 2/1/0."""
        self.suggested = defaultdict(set)
        """Every label worth comparing with -> the indicators it may be."""
        for label, indicator in self.by_plain.items():
            self.suggested[label].add(indicator)
        for row in reference.etiketter_riket.itertuples():
            self.suggested[plain(row.etikett)].add(self._part(row.indikator_id, row.delmangd))
        for indicator in self.came_from:
            self.suggested[indicator.replace("-", " ")].add(indicator)
        self.usual = shared_words(self.by_plain, USUAL)

    def known(self, label: str) -> str | None:
        """The indicator that has this label, its spaces or its å, ä and ö perhaps as other signs."""
        return self.by_plain.get(plain(label)) or self._by_letters(label)

    def _by_letters(self, label: str) -> str | None:
        """Part of a heading and the sign between its parts is no question."""
        return None if label.rstrip().endswith("/") else self.by_letters.get(bare(label))

    def match(
        self, label: str, above: Sequence[str] = (), shared: Set[str] = frozenset(), cut: int = 0
    ) -> Known:
        """The indicator of a label, as spelt before apart from case, spaces and hyphens. Of suggestions that are as
        like, those whose area is like the headings `above` come first. What many questions have in common makes none
        like another, nor what the file's headings have (`shared`). A heading of `cut` signs may be the beginning of one."""
        found = self.by_plain.get(plain(label))
        if found:
            return Known(found, "samma etikett" if label in self.labels else "samma etikett, annan skrivning")
        if pairs := self.key_figures.get(label.strip()):
            return _of_kolada(pairs)
        if damaged := self._by_letters(label):
            return Known(damaged, DAMAGED)
        begun = self.begun_as(label, cut)
        if len(begun) == 1:
            return Known(next(iter(begun)), "början av en känd etikett")
        scored: dict[str, float] = {}
        wanted = _without(plain(label), shared)
        words = _words(wanted)
        for known, indicators in self.suggested.items():
            known = _without(known, shared)
            common = words & _words(known)
            fewest = min(len(words), len(_words(known)))
            in_common = WORD_WEIGHT * len(common) / fewest if common - self.usual else 0.0
            likeness = SequenceMatcher(None, wanted, known).ratio() if wanted and known else 0.0
            for indicator in indicators:
                scored[indicator] = max(scored.get(indicator, 0.0), likeness, in_common)
        heading = _words(plain(" ".join(above)))
        near = {i: len(heading & self.areas.get(i, set())) for i in scored}
        best = sorted(scored.items(), key=lambda item: (-item[1], -near[item[0]], item[0]))[:3]
        apart = len(best) < 2 or (
            best[0][1] - best[1][1] >= LIKE_THE_NEXT or near[best[0][0]] > near[best[1][0]]
        )
        return Known(
            None,
            suggestions=tuple(
                Suggestion(i, s, self.came_from.get(i, "")) for i, s in best if s >= SUGGEST_FROM
            ),
            tied=not apart,
        )

    def begun_as(self, label: str, cut: int = 0) -> set[str]:
        """The indicators that have a label with this beginning, if it has the sign that it is cut or is as long as the
        file's headings may be."""
        start = _start(label)
        is_cut = len(start) in (cut, cut - 1) or CUT_SIGN.search(label.strip())
        if not is_cut or len(start) < SHORTEST_START:
            return set()
        start = re.sub(r"[-\u2010-\u2014\s]+$", "", start)
        return {i for known, i in self.by_plain.items() if known.startswith(plain(start))}

    def is_known(self, label: str) -> bool:
        """True if some edition asks this."""
        return self.known(label) is not None

    def before(self, ar: int | None) -> tuple[str, ...]:
        """The questions of the edition before a year."""
        earlier = [year for year in self.editions if ar is None or year < ar]
        return self.editions[max(earlier)] if earlier else ()

    def called(self, suggestions: Sequence[Suggestion]) -> tuple[str, ...]:
        """What suggested questions are, in the words of the latest edition."""
        return tuple(self.names[item.indikator_id] for item in suggestions if item.indikator_id in self.names)

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


def shared_words(labels: Iterable[str], part: float = 0.5) -> frozenset[str]:
    """The words that more than this part of at least `FEWEST` labels have."""
    labels = [set(plain(label).split()) for label in labels]
    counts = Counter(word for words in labels for word in words)
    many = {word for word, count in counts.items() if count > part * len(labels)}
    return frozenset(many if len(labels) >= FEWEST else ())


def _without(label: str, words: Set[str]) -> str:
    return " ".join(word for word in label.split() if word not in words)


def _words(label: str) -> set[str]:
    """The words of a label but the shortest: ”män” tells questions apart."""
    return {word for word in re.findall(r"[^\W_]+", label) if len(word) > 2}


def _start(label: str) -> str:
    """A label without the sign that it is cut, or the number of one that was cut as another."""
    return re.sub(r"_\d{1,2}$", "", CUT_SIGN.sub("", label.strip()))
