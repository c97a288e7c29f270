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
from ojbrottsoffer.schema.model import Column, Table


def _count(name: str, title: str, description: str, english: str, unit: str) -> Column:
    return Column(name, "integer", title, description, required=False, minimum=0, unit=unit, english=english)


OMGANGAR = Table(
    "omgangar",
    "Undersökningsomgångar",
    "När undersökningarna gjordes och hur många som svarade, enligt varje källa. En tom cell betyder att källan "
    "inte säger något. Varje undersökning och år i rankning.csv och riket.csv (där undersökningen är oj) har en rad "
    "med foredragen TRUE: slå ihop tabellerna på undersokning och ar med den.",
    (
        SURVEY,
        AR,
        Column(
            "publicerad",
            "string",
            "Publicerad",
            "Dag, månad eller år då omgången gavs ut, om källan säger det.",
            required=False,
            pattern=PUBLISHED,
            english="Day, month or year when the round was published, if the source says so.",
        ),
        _count(
            "antal_indikatorer", "Indikatorer", "Antal indikatorer.", "Number of indicators.", "indikatorer"
        ),
        _count("svarsfrekvens_procent", "Svarsfrekvens", "Andel som svarade.", "Response rate.", "procent"),
        _count("svarande", "Svarande", "Antal som svarade.", "Number of respondents.", "kommuner"),
        _count("utskickade", "Utskickade", "Antal som fick enkäten.", "Number invited.", "kommuner"),
        _count(
            "placeringar",
            "Platser",
            "Antal platser i rankningen.",
            "Number of places in the ranking.",
            "platser",
        ),
        ANMARKNING,
        KALLA_ID,
        STALLE,
        Column(
            "foredragen",
            "boolean",
            "Föredragen",
            "TRUE på en rad per undersökning och år: utgivarens egen om den ger något antal; annars den som ger flest "
            "antal, i första hand utgivarens; annars den första i bokstavsordning.",
            english="TRUE on one row per survey and year: the publisher's own if it gives any number; otherwise the "
            "one that gives most numbers, the publisher's first; otherwise the first by id.",
        ),
    ),
    ("undersokning", "ar", "kalla_id"),
    (TO_KALLA,),
    english=(
        "When the surveys were made and how many answered, according to each source. Empty where the source says "
        "nothing. Every survey and year of rankning.csv and riket.csv (where the survey is oj) has one row with "
        "foredragen TRUE: join on undersokning and ar with that one."
    ),
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
