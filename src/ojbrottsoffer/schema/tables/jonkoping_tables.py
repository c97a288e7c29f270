"""The work with perpetrators in Jönköping county."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import ANSVAR, AVLASNING
from ojbrottsoffer.schema.columns import (
    ANMARKNING,
    AR,
    ENHET_ID,
    ID,
    KALLA_ID,
    ORDINAL,
    SAKNAS,
    SCB,
    STALLE,
    TO_ENHET,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, Table

INSATSTRAPPA = Table(
    "insatstrappa",
    "Insatstrappan",
    "Stegen i arbetet med våldsutövare i Jönköpings län 2023 och vem som ser sig som ansvarig.",
    (
        Column(
            "trappsteg",
            "integer",
            "Trappsteg",
            "Nedifrån och upp.",
            unit=ORDINAL,
            minimum=1,
            maximum=6,
            english="From the bottom up.",
        ),
        Column(
            "namn",
            "string",
            "Namn",
            "Så som steget heter i källan.",
            english="What the step is called in the source.",
        ),
        Column("innebord", "string", "Innebörd", "Med våra ord.", english="In our words."),
        Column(
            "socialtjansten",
            "string",
            "Socialtjänsterna",
            "Socialtjänsternas ansvar.",
            codes=ANSVAR,
            english="Responsibility of the social services.",
        ),
        Column(
            "atv",
            "string",
            "ATV",
            "Ansvaret hos regionens mottagning Alternativ till våld.",
            codes=ANSVAR,
            english="Responsibility of the region's clinic Alternativ till våld.",
        ),
        Column(
            "om_ansvaret",
            "string",
            "Om ansvaret",
            "Hur säker fördelningen är.",
            english="How certain the division is.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("trappsteg",),
    (TO_KALLA,),
    english=(
        "The steps of the work with perpetrators in Jönköping county in 2023, and who "
        "sees itself as responsible."
    ),
)

VALDSUTOVARE_JONKOPING = Table(
    "valdsutovare_jonkoping",
    "Våldsutövare, Jönköpings län",
    "Socialtjänsternas svar i en förstudie 2023, med våra ord. Bara det som texten säkert "
    "knyter till en namngiven kommun. Inte uppgifter ur Öppna jämförelser.",
    (
        AR,
        ENHET_ID,
        Column(
            "kommun",
            "string",
            "Kommun",
            "Kommunens namn enligt SCB.",
            english="Name of the municipality according to Statistics Sweden.",
        ),
        Column(
            "kommunkod",
            "string",
            "Kommunkod",
            "SCB:s kommunkod, fyra siffror som text.",
            pattern=r"^[0-9]{4}$",
            english="Statistics Sweden's municipality code, four digits as text.",
        ),
        Column("fraga_id", "string", "Frågans id", "Vårt eget.", pattern=ID, english="Our own."),
        Column("fraga", "string", "Fråga", "Med våra ord.", english="In our words."),
        Column(
            "svarstext",
            "string",
            "Svar",
            "Med våra ord; tomt om svaret saknas eller inte säkert hör till kommunen.",
            required=False,
            english=(
                "In our words; empty if the answer is missing or not tied to the municipality with certainty."
            ),
        ),
        SAKNAS,
        Column(
            "sakerhet_i_avlasningen",
            "string",
            "Säkerhet i avläsningen",
            "Hur svaret är knutet till kommunen.",
            codes=AVLASNING,
            english="How the answer is tied to the municipality.",
        ),
        KALLA_ID,
        STALLE,
        ANMARKNING,
    ),
    ("ar", "enhet_id", "fraga_id"),
    (TO_ENHET, TO_KALLA),
    sources=(SCB,),
    english=(
        "The social services' answers in a pre-study of 2023, in our words. Only what "
        "the text ties to a named municipality with certainty. Not data from Öppna "
        "jämförelser."
    ),
)
