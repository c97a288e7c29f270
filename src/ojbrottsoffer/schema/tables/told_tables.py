"""What sources tell beside the figures that can be counted with: in words, or of single municipalities."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.codes import JAMFORBAR, SAKERHET, SVARSORD
from ojbrottsoffer.schema.columns import (
    ANMARKNING,
    AR,
    DEL,
    ENHET_ID,
    ID,
    INDIKATOR_ID,
    KALLA_ID,
    PUBLISHED,
    STALLE,
    SURVEY,
    TO_ENHET,
    TO_INDIKATOR,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, ForeignKey, Table, points_at

TO_UNDERSOKNING = ForeignKey(("undersokning", "ar"), "undersokningar", ("undersokning", "ar"))


def _count(name: str, title: str, description: str, english: str, unit: str) -> Column:
    return Column(name, "integer", title, description, required=False, minimum=0, unit=unit, english=english)


def _source_of(told: Column) -> Column:
    """Which source a value of a round comes from."""
    return Column(
        f"{told.name}_kalla_id",
        "string",
        f"Källa till {told.title.lower()}",
        f"Källan till {told.name}, som beskrivs i kallor.csv; tom om ingen källa säger det.",
        required=False,
        pattern=ID,
        english=f"The source of {told.name}, described in kallor.csv; empty if no source says so.",
    )


ROUND = (
    Column(
        "publicerad",
        "string",
        "Publicerad",
        "Dag, månad eller år då omgången gavs ut, om källan säger det.",
        required=False,
        pattern=PUBLISHED,
        english="Day, month or year when the round was published, if the source says so.",
    ),
    _count("antal_indikatorer", "Indikatorer", "Antal indikatorer.", "Number of indicators.", "indikatorer"),
    _count("svarsfrekvens_procent", "Svarsfrekvens", "Andel som svarade.", "Response rate.", "procent"),
    _count("svarande", "Svarande", "Antal som svarade.", "Number of respondents.", "kommuner"),
    _count("utskickade", "Utskickade", "Antal som fick enkäten.", "Number invited.", "kommuner"),
    _count(
        "placeringar", "Platser", "Antal platser i rankningen.", "Number of places in the ranking.", "platser"
    ),
)
"""What a source can tell of a round."""

OMGANGAR = Table(
    "omgangar",
    "Undersökningsomgångar",
    "När undersökningarna gjordes och hur många som svarade, enligt varje källa. En tom cell betyder att källan inte "
    "säger något. Det som gäller för varje undersökning och år står i undersokningar.csv.",
    (SURVEY, AR, *ROUND, ANMARKNING, KALLA_ID, STALLE),
    ("undersokning", "ar", "kalla_id"),
    (TO_KALLA, TO_UNDERSOKNING),
    english=(
        "When the surveys were made and how many answered, according to each source. Empty where the source says "
        "nothing. What counts for each survey and year is in undersokningar.csv."
    ),
)

UNDERSOKNINGAR = Table(
    "undersokningar",
    "Undersökningar",
    "En rad för varje undersökning och år i rankning.csv, i riket.csv (där undersökningen är oj) och i omgangar.csv: när "
    "den gavs ut och hur många som svarade. Slå ihop tabellerna på undersokning och ar. Varje uppgift har sin källa: "
    "utgivarens egen om den säger något, annars den första i bokstavsordning.",
    (SURVEY, AR, *(column for told in ROUND for column in (told, _source_of(told)))),
    ("undersokning", "ar"),
    tuple(points_at(_source_of(told).name, "kallor", "kalla_id") for told in ROUND),
    english=(
        "One row for each survey and year of rankning.csv, riket.csv (where the survey is oj) and omgangar.csv: when it "
        "was published and how many answered. Join on undersokning and ar. Each value has its source: the publisher's "
        "own if it says so, otherwise the first by id."
    ),
    origin="Varje uppgift är vald bland dem i omgangar.csv.",
    sources_of=("omgangar",),
)

ANDELAR_I_ORD = Table(
    "andelar_i_ord",
    "Andelar i ord",
    "Andelar som inte går att räkna med: ungefärliga, för ett annat område än riket, eller på frågor som inte finns "
    "bland indikatorerna. Återgivna som text.",
    (
        AR,
        Column(
            "geografi",
            "string",
            "Geografiskt område",
            "riket, eller ett län eller en stad.",
            english="The nation (riket), a county or a city.",
        ),
        Column("fraga", "string", "Fråga", "Vad uppgiften gäller.", english="What it is about."),
        Column(
            "uppgift",
            "string",
            "Uppgift",
            "Vad källan säger, i ord.",
            english="What the source says, in words.",
        ),
        Column(
            "harledd",
            "boolean",
            "Härledd",
            "TRUE om den är uträknad ur en annan uppgift i källan.",
            english="TRUE if computed from another figure of the source.",
        ),
        Column(
            "jamforbar",
            "string",
            "Jämförbar",
            "Om den går att jämföra med 2015.",
            codes=JAMFORBAR,
            english="Whether it can be compared with 2015.",
        ),
        ANMARKNING,
        KALLA_ID,
        STALLE,
    ),
    ("ar", "geografi", "fraga", "kalla_id"),
    (TO_KALLA,),
    english=(
        "Shares that can't be counted with: approximate, of another area than the nation, or on questions that are "
        "not among the indicators. Given as text."
    ),
)

KOMMUNSVAR = Table(
    "kommunsvar",
    "Svar som kommuner själva har publicerat",
    "Vad enskilda kommuner själva har berättat om sina svar ett år. De är ingen utgåva: de ingår inte i resultat.csv "
    "och räknas aldrig med.",
    (
        AR,
        ENHET_ID,
        Column(
            "enkat",
            "string",
            "Enkät",
            "Vilken av Öppna jämförelsers enkäter.",
            english="Which of the surveys of Öppna jämförelser.",
        ),
        Column("fraga", "string", "Fråga", "Vad svaret gäller.", english="What the answer is about."),
        replace(
            INDIKATOR_ID,
            required=False,
            description="Den indikator som frågan motsvarar; tom om ingen gör det.",
            english="The indicator that the question corresponds to; empty if none does.",
        ),
        DEL,
        Column(
            "svar",
            "string",
            "Svar",
            "Ja eller Nej som vi läser det; tomt om det inte går att säga.",
            required=False,
            codes=SVARSORD,
            english="Yes or no as we read it; empty if it can't be told.",
        ),
        Column(
            "svar_som_tryckt",
            "string",
            "Som det står",
            "Kommunens egna ord, i korthet.",
            english="The municipality's own words, shortened.",
        ),
        Column(
            "sakerhet",
            "string",
            "Säkerhet",
            "Hur säker läsningen är.",
            codes=SAKERHET,
            english="How sure the reading is.",
        ),
        ANMARKNING,
        KALLA_ID,
        STALLE,
    ),
    ("ar", "enhet_id", "enkat", "fraga", "delmangd"),
    (TO_ENHET, TO_INDIKATOR, TO_KALLA),
    english=(
        "What single municipalities have told of their own answers in a year. They are no edition: not part of "
        "resultat.csv, and never counted."
    ),
)

UNIZON_UTAN_PLACERING = Table(
    "unizon_utan_placering",
    "Utan placering hos Unizon",
    "Vad källor säger om kommuner i Kvinnofridsbarometern utan att ge en placering: att de inte svarade, eller låg "
    "i topp eller botten.",
    (
        Column(
            "uppgift_id",
            "string",
            "Uppgiftens id",
            "Bildas av året, enheten och källan; ”okant” där året inte är känt.",
            pattern=ID,
            english="Made of the year, the unit and the source; ”okant” where the year is not known.",
        ),
        replace(AR, required=False, description="Omgångens år; tomt om källan inte säger det."),
        ENHET_ID,
        Column("uppgift", "string", "Uppgift", "Vad källan säger.", english="What the source says."),
        KALLA_ID,
        STALLE,
    ),
    ("uppgift_id",),
    (TO_ENHET, TO_KALLA),
    english=(
        "What sources say of municipalities in Kvinnofridsbarometern without a placing: that they did not answer, "
        "or were near the top or the bottom."
    ),
)
