"""Figures of every municipality that are fetched from Kolada, and Kolada's groups of similar municipalities."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.codes import KON, NYCKELTALSROLL, VARDEKODNING
from ojbrottsoffer.schema.columns import (
    AR,
    DAY,
    ENHET_ID,
    ID,
    KALLA_ID,
    KOLADA_ID,
    SAKNAS,
    SCB,
    TO_ENHET,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, Table, points_at

NATION = "0000"
"""The code that Kolada gives the nation."""
FETCHED = "Hämtas ur Kolada med ojbrottsoffer hamta kolada, som svaren är."
NYCKELTAL_ID = Column(
    "nyckeltal_id",
    "string",
    "Nyckeltalets id",
    "Vårt id, som aldrig ändras.",
    pattern=ID,
    english="Our id of the key figure; never changes.",
)
KOMMUNKOD = Column(
    "kommunkod",
    "string",
    "Kommunkod",
    f"SCB:s kommunkod, fyra siffror som text; {NATION} är riket.",
    pattern=r"^[0-9]{4}$",
    english=f"Statistics Sweden's municipality code, four digits as text; {NATION} is the nation.",
)
PLATS = Column(
    "plats",
    "string",
    "Plats i källan",
    "Fil i källans mapp, och vilken post i svaret.",
    english="File in the folder of the source, and which entry of the answer.",
)

NYCKELTAL = Table(
    "nyckeltal",
    "Nyckeltal",
    "Nyckeltal ur Kolada som hämtas för alla kommuner: vad de är, hur de skrivs och vad de inte säger. En rad per "
    "nyckeltal.",
    (
        NYCKELTAL_ID,
        Column(
            "nyckeltal",
            "string",
            "Nyckeltal",
            "Namnet som det visas.",
            max_length=80,
            english="Name as displayed.",
        ),
        KOLADA_ID,
        Column("titel", "string", "Titel", "Rubriken i Kolada.", english="Title in Kolada."),
        Column(
            "roll",
            "string",
            "Roll",
            "Om det visas för sin egen skull eller ger sammanhang.",
            codes=NYCKELTALSROLL,
            english="Whether it is shown for its own sake or gives context.",
        ),
        Column("mattenhet", "string", "Måttenhet", "Vad som räknas.", english="What is counted."),
        Column(
            "decimaler",
            "integer",
            "Decimaler",
            "Så många decimaler värdet visas med.",
            minimum=0,
            maximum=3,
            unit="decimaler",
            english="With how many decimals a value is shown.",
        ),
        Column(
            "vardekodning",
            "string",
            "Kodning",
            "Vad ett värde är: ett tal, eller koden för ett svar.",
            codes=VARDEKODNING,
            english="What a value is: a number, or the code of an answer.",
        ),
        Column(
            "hogt_varde",
            "string",
            "Vad ett högt värde är",
            "Vad som är mer där värdet är högre.",
            english="What there is more of where the value is higher.",
        ),
        Column(
            "forbehall",
            "string",
            "Förbehåll",
            "Vad värdet inte säger, och vad det kan bero på.",
            english="What the value does not say, and what it may be due to.",
        ),
        Column(
            "sedd_forst",
            "string",
            "Sedd först",
            "Första ögonblicksbild av Koladas förteckning som har nyckeltalet.",
            pattern=DAY,
            english="First snapshot of Kolada's list that has it.",
        ),
        Column(
            "sedd_sist",
            "string",
            "Sedd sist",
            "Sista ögonblicksbild som har nyckeltalet.",
            pattern=DAY,
            english="Last snapshot that has it.",
        ),
        replace(KALLA_ID, description="Källan till rubriken.", english="The source of the title."),
        Column(
            "nyckeltal_en",
            "string",
            "Nyckeltal på engelska",
            "Namnet på engelska.",
            english="The name in English.",
        ),
    ),
    ("nyckeltal_id",),
    (TO_KALLA,),
    english=(
        "Key figures of Kolada that are fetched for every municipality: what they are, how they are written and "
        "what they do not say. One row per key figure."
    ),
)

NYCKELTAL_VARDEN = Table(
    "nyckeltal_varden",
    "Nyckeltalens värden",
    "Värden ur Kolada för varje kommun och för riket, alla år. En rad per nyckeltal, kommun, år och kön som Kolada "
    "har. Tom tills någon har hämtat värden.",
    (
        NYCKELTAL_ID,
        KOMMUNKOD,
        replace(
            ENHET_ID,
            description="Kommunens id i enheter.csv; tomt för riket.",
            required=False,
            english="Id of the municipality in enheter.csv; empty for the nation.",
        ),
        replace(AR, description="Året som värdet gäller.", minimum=1950, english="Year of the value."),
        Column("kon", "string", "Kön", "Vilka värdet gäller.", codes=KON, english="Whom the value is about."),
        Column(
            "varde",
            "number",
            "Värde",
            "Som Kolada ger det, med högst sex decimaler; tomt om det saknas.",
            required=False,
            minimum=0,
            unit="enligt kolumnen mattenhet i nyckeltal.csv",
            english="As Kolada gives it, with at most six decimals; empty if it is missing.",
        ),
        SAKNAS,
        KALLA_ID,
        PLATS,
    ),
    ("nyckeltal_id", "kommunkod", "ar", "kon"),
    (points_at("nyckeltal_id", "nyckeltal", "nyckeltal_id"), TO_ENHET, TO_KALLA),
    english=(
        "Values from Kolada for every municipality and for the nation, all years. One row per key figure, "
        "municipality, year and sex that Kolada has. Empty until somebody has fetched values."
    ),
    origin=FETCHED,
    sources=(SCB,),
)

KOMMUNGRUPPER_KOLADA = Table(
    "kommungrupper_kolada",
    "Liknande kommuner enligt Kolada",
    "Koladas egna grupper av liknande kommuner: en rad per grupp och kommun i den. Tom tills någon har hämtat värden.",
    (
        Column(
            "kommungrupp_id",
            "string",
            "Gruppens id",
            "Id i Kolada.",
            pattern=r"^G[0-9]+$",
            english="Id in Kolada.",
        ),
        Column(
            "kommungrupp",
            "string",
            "Vad gruppen är lik i",
            "Gruppens rubrik i Kolada utan kommun och år.",
            english="Title of the group in Kolada, without municipality and year.",
        ),
        replace(AR, description="Året i gruppens rubrik.", english="Year in the title of the group."),
        replace(
            ENHET_ID,
            description="Den kommun som gruppen är gjord för.",
            english="The municipality that the group is made for.",
        ),
        Column(
            "liknande_id",
            "string",
            "Liknande kommun",
            "Id för en kommun som liknar den, i enheter.csv.",
            pattern=ID,
            english="Id of a municipality that is like it, in enheter.csv.",
        ),
        KALLA_ID,
        PLATS,
    ),
    ("kommungrupp_id", "liknande_id"),
    (TO_ENHET, points_at("liknande_id", "enheter", "enhet_id"), TO_KALLA),
    english=(
        "Kolada's own groups of similar municipalities: one row per group and municipality in it. Empty until "
        "somebody has fetched values."
    ),
    origin=FETCHED,
    sources=(SCB,),
)
