"""Every question that a file can raise: what it is about, and the keys of the recipe that answer it.

Where a question is asked, its words name the places and its choices are the possible answers; what else depends on it
goes by its id.
"""

from __future__ import annotations

from dataclasses import dataclass

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import Finding

GUIDE = "docs/om/kor-om/meddelanden.md"
"""The page with a place for each kind below."""
QUESTION = "fråga"
"""Kind of finding that the recipe answers."""


@dataclass(frozen=True)
class Question(Finding):
    """A question about a file, of one of the kinds below."""

    id: str = ""
    choices: tuple[Choice, ...] = ()
    """The possible answers, the likeliest first."""
    even: bool = False
    """True if nothing makes the first likelier than the others: it is then no answer that is given by Enter alone."""
    sure: bool = False
    """True if the first is so likely that a draft of the recipe has it."""
    drafted: dict[str, object] | None = None
    """What a draft has of it, where that is something else."""
    otherwise: str = ""
    """What is done if none of them is right."""
    places: tuple[str, ...] = ()
    """The cells it is about, where those are more than the one it names."""
    names: tuple[str, ...] = ()
    """Each label that it is about, where those are several."""
    alike: tuple[str, ...] = ()
    """What it may be, as the sender would call it."""

    @property
    def cells(self) -> int:
        return len(self.places)

    @property
    def guide(self) -> str:
        """Where the guide says what the question is about and what is done."""
        return f"{GUIDE}#{self.id}"

    def lines(self) -> list[str]:
        return [*super().lines(), f"    {'läs mer:':<12}{self.guide}"]

    @property
    def keys(self) -> tuple[str, ...]:
        return KINDS[self.id]

    @property
    def draft(self) -> dict[str, object]:
        """What a draft of the recipe has of it: the likeliest answer, with `?` where a person must say."""
        if self.drafted is not None:
            return self.drafted
        first = self.choices[0]
        return first.sets if self.sure or first.slots else _unsaid(first.sets)


def _unsaid(sets: dict[str, object]) -> dict[str, object]:
    return {key: _unsaid(value) if isinstance(value, dict) else ASK for key, value in sets.items()}


KINDS = {
    "olasta-svar": ("lamnas", "blad", "form"),
    "olasta-kolumner": ("form", "kolumner", "rubrikmonster"),
    "tva-namn": ("form",),
    "fragenummer": ("form", "rubriker"),
    "radens-lage": ("form", "hoppa_over", "kolumner", "rubrikmonster", "saknas"),
    "delad-med-en-del": ("indikatorer",),
    "sammanslagen-ur-en": ("indikatorer",),
    "id-av-annan-fraga": ("indikatorer",),
    "ny-med-fran": ("indikatorer",),
    "samma-med-annat-id": ("indikatorer",),
    "kortnamn-upptaget": ("indikatorer",),
    "samband-finns": ("indikatorer",),
    "ny-indikator": ("indikatorer",),
    "kalla": ("kalla",),
    "kommunkoder": ("kolumner", "form", "enhetskolumn"),
    "lan-eller-kommun": ("hoppa_over", "enheter"),
    "okand-enhet": ("enheter", "hoppa_over", "riket"),
    "antal-ja-saknas": ("saknas",),
    "marke-bredvid": ("saknas",),
    "ar-i-rubriker": ("andra_ar", "kolumner", "indikatorer"),
    "rubrikmonster": ("rubrikmonster",),
    "flera-blad": ("blad",),
    "tva-tabeller": ("tabeller", "lamnas", "form", "rubrikrader"),
    "vilket-blad": ("blad", "koder"),
    "rubrikrader": ("rubrikrader",),
    "rader-ovanfor": ("forsta", "tabeller"),
    "rader-under": ("sista", "tabeller"),
    "enhetskolumn": ("enhetskolumn", "kolumner", "tabeller"),
    "andelskolumn": ("kolumner",),
    "delar-svaren": ("form", "hoppa_over", "kolumner"),
    "okand-indikator": ("indikatorer", "hoppa_over", "kolumner", "rubrikmonster"),
    "andelar-over-och-under-ett": ("andel",),
    "andelar-hogst-ett": ("andel",),
    "ar-i-namn": ("andra_ar",),
    "enhetsmonster": ("enhetsmonster",),
    "saknar-rad": ("saknas",),
    "marke": ("saknas", "koder"),
    "okant-svar": ("koder", "saknas"),
    "farg": ("farger", "koder", "saknas"),
    "placeringskolumn": ("kolumner",),
    "placering": ("saknas",),
    "andel-annat-ar": ("kolumner",),
    "utan-rubrik": ("kolumner", "rubrikrader"),
    "flera-ar": ("kolumner", "form"),
    "ar-over-fragor": ("andra_ar", "rubrikrader", "kolumner"),
    "filens-koder": ("koder", "saknas"),
    "koder-i-rubriker": ("koder_per_kolumn",),
    "omvant-kodat": ("koder_per_kolumn", "koder"),
    "koder-per-fraga": ("koder_per_kolumn",),
    "riket-som-svar": ("hoppa_over", "andel"),
    "riket-som-antal": ("hoppa_over", "andel"),
    "antal-ja-stammer-inte": ("koder",),
    "obekraftade-koder": ("koder", "saknas", "blandad_kodning"),
    "sammanfogade": ("sammanfogade",),
    "fargade-tomma": ("farger",),
    "utan-svar": ("utan_svar",),
    "annan-andel": ("kolumner",),
    "annat-ar": ("andra_ar",),
}
"""Each kind -> the keys of the recipe that settle it, the usual one first."""
CODES = {kind for kind, keys in KINDS.items() if {"koder", "koder_per_kolumn"} & set(keys)} - {
    "marke",
    "okant-svar",
    "farg",
}
"""Those about what the codes of the answers mean."""
