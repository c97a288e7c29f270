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
class Kind:
    """One kind of question. `keys`: the keys of the recipe that settle it, the usual one first."""

    id: str
    keys: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class Question(Finding):
    """A question about a file, of one of the kinds below."""

    id: str = ""
    choices: tuple[Choice, ...] = ()
    """The possible answers, the likeliest first."""
    sure: bool = False
    """True if the first is so likely that a draft of the recipe has it."""
    drafted: dict[str, object] | None = None
    """What a draft has of it, where that is something else."""
    otherwise: str = ""
    """What is done if none of them is right."""
    cells: int = 0
    """How many cells it is about, where it is about some of a kind."""
    alike: tuple[str, ...] = ()
    """What it may be, as the sender would call it."""

    @property
    def guide(self) -> str:
        """Where the guide says what the question is about and what is done."""
        return f"{GUIDE}#{self.id}"

    def lines(self) -> list[str]:
        return [*super().lines(), f"    {'läs mer:':<12}{self.guide}"]

    @property
    def keys(self) -> tuple[str, ...]:
        return KINDS[self.id].keys

    @property
    def draft(self) -> dict[str, object]:
        """What a draft of the recipe has of it: the likeliest answer, with `?` where a person must say."""
        if self.drafted is not None:
            return self.drafted
        first = self.choices[0]
        return first.sets if self.sure or first.slots else _unsaid(first.sets)


def _unsaid(sets: dict[str, object]) -> dict[str, object]:
    return {key: _unsaid(value) if isinstance(value, dict) else ASK for key, value in sets.items()}


LISTED = (
    Kind("olasta-svar", ("lamnas", "blad", "form"), "Det finns svar på blad som inte läses"),
    Kind("delad-med-en-del", ("indikatorer",), "En delad fråga har bara en av sina delar i filen"),
    Kind("sammanslagen-ur-en", ("indikatorer",), "En sammanslagen fråga kommer bara ur en"),
    Kind("id-av-annan-fraga", ("indikatorer",), "Ett id hör till en annan fråga i utgåvan före"),
    Kind("ny-med-fran", ("indikatorer",), "En ny fråga sägs komma ur en gammal"),
    Kind("samma-med-annat-id", ("indikatorer",), "Samma fråga har ett annat id"),
    Kind("kortnamn-upptaget", ("indikatorer",), "Kortnamnet hör till en annan fråga"),
    Kind("samband-finns", ("indikatorer",), "Sambandet mellan två frågor finns med annan innebörd"),
    Kind("ny-indikator", ("indikatorer",), "Det som hör till en ny fråga"),
    Kind("kalla", ("kalla",), "Vem som gett ut filen"),
    Kind("kommunkoder", ("kolumner",), "Koderna hör inte ihop med namnen"),
    Kind("lan-eller-kommun", ("hoppa_over", "enheter"), "Raden kan vara länet eller kommunen"),
    Kind("okand-enhet", ("enheter", "hoppa_over", "riket"), "Vilken enhet ett namn är"),
    Kind("antal-ja-saknas", ("saknas",), "Antal ja saknas för några enheter"),
    Kind("marke-bredvid", ("saknas",), "Vad ett tecken bredvid svaren betyder"),
    Kind("ar-i-rubriker", ("andra_ar", "kolumner", "indikatorer"), "Rubrikerna säger ett annat år"),
    Kind("rubrikmonster", ("rubrikmonster",), "Många rubriker har samma tillägg"),
    Kind("flera-blad", ("blad",), "Svaren står på flera blad"),
    Kind("tva-tabeller", ("tabeller", "form", "rubrikrader"), "Två tabeller svarar på samma fråga"),
    Kind("vilket-blad", ("blad",), "Flera blad kan vara tabellen"),
    Kind("rubrikrader", ("rubrikrader",), "Vilka rader som är rubriker"),
    Kind("rader-ovanfor", ("forsta", "tabeller"), "Rader ovanför tabellen ser ut som svar"),
    Kind("rader-under", ("sista", "tabeller"), "Rader under tabellen ser ut som svar"),
    Kind("enhetskolumn", ("enhetskolumn", "kolumner", "tabeller"), "Flera kolumner kan vara enheterna"),
    Kind("andelskolumn", ("kolumner",), "Vilken kolumn som är andelen"),
    Kind("delar-svaren", ("form", "hoppa_over", "kolumner"), "En kolumn delar svaren, som en omgång"),
    Kind("okand-indikator", ("indikatorer", "hoppa_over", "kolumner"), "Vilken fråga en rubrik är"),
    Kind("andelar-over-och-under-ett", ("andel",), "Andelarna är skrivna på två sätt"),
    Kind("andelar-hogst-ett", ("andel",), "Andelarna är högst 1"),
    Kind("ar-i-namn", ("andra_ar",), "Enheternas namn säger ett annat år"),
    Kind("enhetsmonster", ("enhetsmonster",), "Många namn har samma tillägg"),
    Kind("bara-ett-och-noll", ("koder",), "Filen har bara koderna 1 och 0"),
    Kind("saknar-rad", ("saknas",), "En enhet saknar rad i en tabell"),
    Kind("marke", ("saknas", "koder"), "Vad ett tecken bland svaren betyder"),
    Kind("farg", ("farger", "koder", "saknas"), "Vad en färg betyder"),
    Kind("placeringskolumn", ("kolumner",), "Vilken kolumn som är placeringen"),
    Kind("placering", ("saknas",), "Vad en placering betyder"),
    Kind("andel-annat-ar", ("kolumner",), "Andelarna gäller ett annat år"),
    Kind("utan-rubrik", ("kolumner", "rubrikrader"), "Kolumner med värden saknar rubrik"),
    Kind("flera-ar", ("kolumner",), "Samma frågor står under flera år"),
    Kind(
        "ar-over-fragor", ("andra_ar", "rubrikrader", "kolumner"), "Rubriken över frågorna säger ett annat år"
    ),
    Kind("filens-koder", ("koder", "saknas"), "Filen säger själv vad koderna betyder"),
    Kind("koder-i-rubriker", ("koder_per_kolumn",), "En rubrik förklarar sina koder på ett annat sätt"),
    Kind("omvant-kodat", ("koder_per_kolumn", "koder"), "Något är omvänt kodat"),
    Kind("kolumner-utan-kod", ("koder", "koder_per_kolumn"), "Några kolumner har bara två av koderna"),
    Kind("riket-som-svar", ("hoppa_over", "andel"), "Rikets värden ser ut som svar"),
    Kind("riket-som-antal", ("hoppa_over", "andel"), "Rikets värden är antal"),
    Kind("antal-ja-stammer-inte", ("koder",), "Antal ja stämmer inte med svaren"),
    Kind("bara-ett-och-tva", ("koder",), "Filen har bara koderna 1 och 2"),
    Kind("obekraftade-koder", ("koder",), "Filen säger inte vad koderna betyder"),
    Kind("sammanfogade", ("sammanfogade",), "Svar står i sammanfogade celler"),
    Kind("fargade-tomma", ("farger",), "Tomma celler är färgade"),
    Kind("utan-svar", ("utan_svar",), "En enhet eller fråga har inget svar"),
    Kind("annan-andel", ("kolumner",), "Tabellen visar något annat än andelen ja"),
    Kind("annat-ar", ("andra_ar",), "Filen nämner ett annat år"),
)
KINDS = {kind.id: kind for kind in LISTED}
CODES = {kind.id for kind in LISTED if {"koder", "koder_per_kolumn"} & set(kind.keys)} - {"marke", "farg"}
"""Those about what the codes of the answers mean."""
