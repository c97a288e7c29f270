"""Municipalities and city districts: what they are, their year, and how they follow on."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.codes import BEFOLKNINGSGRUPP, ENHETSSAMBAND, ENHETSTYP
from ojbrottsoffer.schema.columns import (
    ANMARKNING,
    AR,
    ENHET_ID,
    FRAN_AR,
    FRAN_ID,
    KALLA_ID,
    SAMBAND_ID,
    SCB,
    TILL_AR,
    TILL_ID,
    TO_ENHET,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, Table, points_at

ENHETER = Table(
    "enheter",
    "Enheter",
    "Kommuner och stadsdelar som förekommer i någon av tabellerna. En rad per enhet.",
    (
        ENHET_ID,
        Column("enhet", "string", "Enhet", "Namnet som det visas.", english="Name as displayed."),
        Column(
            "typ",
            "string",
            "Typ",
            "Hel kommun eller stadsdel.",
            codes=ENHETSTYP,
            english="A whole municipality or a city district.",
        ),
        Column(
            "kommunkod",
            "string",
            "Kommunkod",
            "SCB:s kommunkod, fyra siffror som text. Inte unik: en stadsdel har sin kommuns kod.",
            pattern=r"^[0-9]{4}$",
            english=(
                "Statistics Sweden's municipality code, four digits as text. Not unique: "
                "a district has its city's code."
            ),
        ),
        Column(
            "kommun",
            "string",
            "Kommun",
            "Kommunens namn enligt SCB.",
            english="Name of the municipality according to Statistics Sweden.",
        ),
        Column(
            "lanskod",
            "string",
            "Länskod",
            "SCB:s länskod, två siffror som text.",
            pattern=r"^[0-9]{2}$",
            english="Statistics Sweden's county code, two digits as text.",
        ),
        Column(
            "lan",
            "string",
            "Län",
            "Länets namn utan ”län”.",
            english="Name of the county, without the word ”län”.",
        ),
        replace(
            KALLA_ID,
            description="Varifrån enheten är hämtad: kommunregistret, eller den källa som har stadsdelen.",
            english="Where the unit is from: the register of municipalities, or the source that has the district.",
        ),
    ),
    ("enhet_id",),
    (TO_KALLA,),
    english=("Municipalities and city districts that occur in any of the tables. One row per unit."),
    origin=("Koder, län och namn enligt SCB; stadsdelar och vilka enheter som finns med följer källorna."),
    sources=(SCB,),
)

ENHETER_AR = Table(
    "enheter_ar",
    "Enheter per år",
    "Bakgrundsuppgifter som gäller ett visst år. En rad per år och enhet.",
    (
        AR,
        ENHET_ID,
        Column(
            "med_i_underlaget",
            "boolean",
            "Med i underlaget",
            "TRUE om enhetens svar finns i resultat.csv det året.",
            english="TRUE if the unit's answers are in resultat.csv that year.",
        ),
        Column(
            "landsdel",
            "string",
            "Område i Sverige",
            "Så som det är tryckt i källan; tomt om källan inte ger det.",
            required=False,
            english=("Part of Sweden as printed in the source; empty if the source does not give it."),
        ),
        Column(
            "befolkningsgrupp",
            "integer",
            "Befolkningsgrupp",
            "Grupp efter antal invånare i kommunen; tom om källan inte ger den.",
            required=False,
            codes=BEFOLKNINGSGRUPP,
            minimum=1,
            maximum=5,
            english=(
                "Group by number of inhabitants of the municipality; empty if the source does not give it."
            ),
        ),
        KALLA_ID,
    ),
    ("ar", "enhet_id"),
    (TO_ENHET, TO_KALLA),
    english="Background facts that hold for one year. One row per year and unit.",
    origin="Avskriven ur tabellen med enheternas svar, som trycker bakgrunden överst.",
)

ENHETER_MELLAN_AR = Table(
    "enheter_mellan_ar",
    "Enheter mellan år",
    "Enheter som bytt namn, slagits samman eller delats. Enheter som är oförändrade står inte här.",
    (
        SAMBAND_ID,
        FRAN_AR,
        FRAN_ID,
        TILL_AR,
        TILL_ID,
        Column(
            "enhetssamband",
            "string",
            "Samband",
            "Vad som har hänt med enheten.",
            codes=ENHETSSAMBAND,
            english="What has happened to the unit.",
        ),
        ANMARKNING,
    ),
    ("samband_id",),
    (points_at("fran_id", "enheter", "enhet_id"), points_at("till_id", "enheter", "enhet_id")),
    english=("Units that were renamed, merged or split. Units without change are not listed."),
    origin="Projektets förteckning, skriven för hand.",
)
