"""The questions that only the sender can answer, as a letter: what is unclear, where, and what the answer may be.

Whoever made the file has never seen the project: no words of the recipe or the register stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ojbrottsoffer.importer.meaning.values import ANSWERS
from ojbrottsoffer.importer.questions import Question
from ojbrottsoffer.schema.finding import show


@dataclass(frozen=True)
class Asked:
    """What the sender is asked. `{value}` is what the file has there and `{ar}` the year that is read; the answers
    are those that may be given, the likeliest first."""

    question: str
    answers: tuple[str, ...]


YES_NO = ("Ja", "Nej")
REASONS = (
    "Uppgiften är dold (sekretess eller för få)",
    "Kommunen har inte svarat på frågan",
    "Frågan gäller inte kommunen",
    "Kommunen var inte med i undersökningen",
    "Uppgiften saknas av något annat skäl",
)
CODES = Asked(
    "Vad betyder koderna bland svaren? I filen finns {value}.",
    (
        "2 är ja, 1 är delvis och 0 är nej",
        "0 är ja, 1 är delvis och 2 är nej",
        "1 är ja och 0, eller 2, är nej",
    ),
)
COLUMNS = Asked(
    "Är koderna desamma i alla kolumner? Vi undrar över {value}.",
    ("Ja, överallt", "Nej; så här är det i de kolumnerna:"),
)
OTHER_YEAR = Asked(
    "Vilket år gäller svaren? Vi väntade oss {ar}, men i filen står {value}.",
    ("{ar}", "Det andra året", "Båda åren finns i filen; så här skiljs de åt:"),
)
ROWS = Asked("Hör raderna från {value} till tabellen med svar?", (*YES_NO, "De är en annan tabell, med:"))
SHEETS = Asked(
    "Filen har svar på flera ställen. Vilka ska vi läsa?",
    ("Alla, de hör ihop", "Bara det här bladet:", "Något av dem är en äldre version, nämligen:"),
)
WHICH_COLUMN = Asked(
    "Vilken kolumn är den rätta? I filen finns {value}.", ("Ingen av dem", "Kolumnen med rubriken:")
)
UNIT = Asked(
    "Vilken kommun eller stadsdel är {value}?",
    (
        "En annan stavning av:",
        "En ny kommun eller stadsdel, eller en sammanslagning av:",
        "Inte en kommun eller stadsdel, utan:",
    ),
)
INDICATOR = Asked(
    "Vilken fråga i enkäten är {value}?",
    (
        "Samma fråga som tidigare, med samma innebörd, nämligen:",
        "En tidigare fråga i ny lydelse, nämligen:",
        "En del av en tidigare fråga som har delats, nämligen:",
        "Flera tidigare frågor som slagits samman, nämligen:",
        "En ny fråga",
        "Inte en fråga i enkäten, utan:",
    ),
)
MARK = Asked("Vad betyder {value}?", (*REASONS, "Det är ett svar, nämligen:"))
SHARES = Asked(
    "Hur är andelarna för riket skrivna? I filen står {value}.",
    ("I procent", "Som andelar av 1, så att 0,69 är 69 procent", "Det är inte andelar, utan:"),
)
ADDITION = Asked(
    "Flera namn eller rubriker har samma tillägg, som i {value}. Vad betyder det?",
    ("Det är samma som utan tillägget", "Det är något annat, som inte är årets svar, nämligen:"),
)
ASKED = {
    "olasta-svar": SHEETS,
    "olasta-kolumner": Asked(
        "Svar står i fler än en kolumn, som i {value}. Vilka ska vi läsa?",
        ("Bara den första kolumnen", "Alla; det är tabeller bredvid varandra", "Bara kolumnen:"),
    ),
    "delad-med-en-del": INDICATOR,
    "sammanslagen-ur-en": INDICATOR,
    "id-av-annan-fraga": INDICATOR,
    "ny-med-fran": INDICATOR,
    "samma-med-annat-id": INDICATOR,
    "kortnamn-upptaget": INDICATOR,
    "samband-finns": INDICATOR,
    "ny-indikator": Asked(
        "Vad ska vi veta om den nya frågan {value}?",
        ("Den handlar om vuxna", "Den handlar om barn", "Den handlar om våldsutövare", "Den gäller alla"),
    ),
    "kalla": Asked(
        "Hur ska källan anges?",
        ("Titel, utgivare och datum:", "Adress på webben:", "Villkor för att använda uppgifterna:"),
    ),
    "kommunkoder": Asked(
        "Filen säger olika saker om vilken kommun en rad gäller, som {value}. Vad gäller?",
        ("Namnen", "Koderna", "Kolumnen:"),
    ),
    "lan-eller-kommun": Asked("Är raden {value} länet eller kommunen?", ("Länet", "Kommunen")),
    "okand-enhet": UNIT,
    "antal-ja-saknas": Asked("Varför saknas antalet ja-svar för några enheter?", REASONS),
    "marke-bredvid": MARK,
    "ar-i-rubriker": OTHER_YEAR,
    "rubrikmonster": ADDITION,
    "flera-blad": SHEETS,
    "tva-tabeller": SHEETS,
    "vilket-blad": SHEETS,
    "rubrikrader": Asked("Vilka rader är rubriker över svaren?", ("Ingen rad är rubriker", "Raderna:")),
    "rader-ovanfor": ROWS,
    "rader-under": ROWS,
    "enhetskolumn": Asked(
        "Vilken kolumn säger vem svaren gäller? I en av dem står {value}.",
        ("Kolumnen:", "Det är två tabeller bredvid varandra, om:"),
    ),
    "andelskolumn": WHICH_COLUMN,
    "delar-svaren": Asked(
        "Kolumnen {value} ger flera svar på samma fråga från samma kommun. Vilka av dem gäller {ar}?",
        ("De senaste", "Bara de här:", "De hör ihop på ett annat sätt, nämligen:"),
    ),
    "tva-namn": Asked(
        "Bladets namn och det som står överst på det är inte samma, som {value}. Vad gäller?",
        ("Bladets namn", "Det som står på bladet"),
    ),
    "fragenummer": Asked(
        "Frågans nummer och text hör inte ihop på några rader, som {value}. Vad gäller?", ("Numret", "Texten")
    ),
    "radens-lage": Asked(
        "Ska svaren räknas på rader där det står {value}?", (*YES_NO, "Några av dem, nämligen:")
    ),
    "okand-indikator": INDICATOR,
    "andelar-over-och-under-ett": SHARES,
    "andelar-hogst-ett": SHARES,
    "ar-i-namn": OTHER_YEAR,
    "enhetsmonster": ADDITION,
    "saknar-rad": Asked("Varför finns enheten inte i alla tabeller?", REASONS),
    "marke": MARK,
    "okant-svar": Asked("Vad betyder svaret {value}?", (*ANSWERS, *REASONS, "Ett skrivfel; rätt är:")),
    "farg": Asked("Vad betyder färgen i cellen?", (*ANSWERS, *REASONS, "Ingenting")),
    "placeringskolumn": WHICH_COLUMN,
    "placering": Asked("Vad betyder placeringen {value}?", ("En placering, nämligen:", *REASONS)),
    "andel-annat-ar": OTHER_YEAR,
    "utan-rubrik": Asked("Vad är kolumnen utan rubrik?", ("Svar på frågan:", "Inget svar, utan:")),
    "flera-ar": OTHER_YEAR,
    "ar-over-fragor": OTHER_YEAR,
    "filens-koder": Asked("Filen förklarar koderna med {value}. Stämmer det?", ("Ja", "Nej; så här är det:")),
    "koder-i-rubriker": COLUMNS,
    "omvant-kodat": Asked(
        "I filen står {value}. Vilka frågor gäller det?", ("De här:", "Alla", "Ingen av dem som är med här")
    ),
    "koder-per-fraga": COLUMNS,
    "riket-som-svar": SHARES,
    "riket-som-antal": SHARES,
    "antal-ja-stammer-inte": Asked(
        "Antalet ja-svar i filen är inte det som vi räknar fram: {value}. Vad gäller?",
        ("Svaren; antalet är fel", "Antalet; vi har missförstått koderna, så här är de:"),
    ),
    "obekraftade-koder": CODES,
    "sammanfogade": Asked(
        "Ett svar står i flera sammanfogade celler. Vem gäller det?", ("Alla cellerna", "Bara den första")
    ),
    "fargade-tomma": Asked(
        "Tomma celler är färgade. Är färgen svaret?",
        ("Nej, cellerna är tomma", "Ja; så här ska färgerna läsas:"),
    ),
    "utan-svar": Asked(
        "Det finns inte ett enda svar för {value}. Stämmer det?", ("Ja, svaren saknas", "Nej; här är de:")
    ),
    "annan-andel": Asked(
        "Vad visar siffrorna i tabellen? I filen står {value}.",
        ("Andelen som svarat ja", "Andelen som svarat något annat", "Antal"),
    ),
    "annat-ar": OTHER_YEAR,
}
"""Kind of question -> what the sender is asked."""
BOX = "   [ ] "
"""Before each answer: a letter would be taken for a key of the conversation."""


def letter(file: str, ar: int, questions: Iterable[Question]) -> list[str]:
    """The lines of the letter. `file` is the name of the file without its folder."""
    lines = [
        "Hej!",
        "",
        f"Vi läser in filen {file} med svar för {ar}. Det här kan vi inte avgöra själva. Sätt ett x vid ett svar på "
        "varje fråga, eller skriv med egna ord. Är något ett fel i filen: skicka en rättad fil.",
    ]
    for number, question in enumerate(questions, start=1):
        asked = ASKED[question.id]
        many = len(question.names)
        value = f"de här {many}" if many > 1 else show(question.value) if question.value else "en tom cell"
        said = {"value": value, "ar": ar}
        each = " Skriv ett svar efter vart och ett av namnen." * (many > 1)
        lines += ["", f"{number}. {asked.question.format(**said)}{each}"]
        lines += [f"   {show(name)}:" for name in question.names] * (many > 1)
        lines += [f"   Var: {place}" for place in [_place(question)] if place]
        lines += [f"   Närmast: {', '.join(question.alike)}"] * bool(question.alike)
        answers = [answer.format(**said) for answer in asked.answers]
        if not answers[-1].endswith(":"):
            answers.append("Något annat, nämligen:")
        lines += [BOX + answer for answer in answers]
    return [*lines, "", "Tack!"]


def _place(question: Question) -> str:
    """The sheet and the cell, the row and the column as the file calls them, and how many cells are alike."""
    named = [
        f"{what} {show(text)}"
        for what, text in (("raden", question.row_label), ("kolumnen", question.column))
        if text and text != question.value
    ]
    alike = [f"det gäller {question.cells} celler"] * (question.cells > 1)
    return "; ".join(filter(None, (question.table, *named, *alike)))
