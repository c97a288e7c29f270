"""The units' answers, and what has been counted and ranked from them."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import SVAR, SVARSORD
from ojbrottsoffer.schema.columns import (
    AR,
    ENHET_ID,
    INDIKATOR_ID,
    KALLA_ID,
    PLATS,
    SAKNAS,
    SURVEY,
    TO_ENHET,
    TO_INDIKATOR,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, Table

RESULTAT = Table(
    "resultat",
    "Resultat",
    "Enheternas svar. En rad per år, enhet och indikator.",
    (
        AR,
        ENHET_ID,
        INDIKATOR_ID,
        Column(
            "svar_kod",
            "integer",
            "Svarskod",
            "2 = Ja, 1 = Delvis, 0 = Nej.",
            required=False,
            codes=SVAR,
            minimum=0,
            maximum=2,
            english="Answer as a code: 2 = yes, 1 = partly, 0 = no.",
        ),
        Column(
            "svar",
            "string",
            "Svar",
            "Svaret i ord.",
            required=False,
            codes=SVARSORD,
            english="The answer in words.",
        ),
        SAKNAS,
        KALLA_ID,
        PLATS,
    ),
    ("ar", "enhet_id", "indikator_id"),
    (TO_ENHET, TO_INDIKATOR, TO_KALLA),
    english="The units' answers. One row per year, unit and indicator.",
)

ANTAL_JA = Table(
    "antal_ja",
    "Antal ja-svar",
    "Det publicerade antalet ja-svar mot det antal som går att räkna i tabellen.",
    (
        AR,
        ENHET_ID,
        Column(
            "antal_ja_publicerat",
            "integer",
            "Publicerat antal ja",
            "Så som det är tryckt.",
            minimum=0,
            unit="antal",
            english="Number of yes answers as printed.",
        ),
        Column(
            "antal_ja_beraknat",
            "integer",
            "Beräknat antal ja",
            "Antal svar med kod 2 i resultat.csv.",
            minimum=0,
            unit="antal",
            english="Number of answers with code 2 in resultat.csv.",
        ),
        Column(
            "differens",
            "integer",
            "Differens",
            "Publicerat minus beräknat.",
            unit="antal",
            english="Published minus counted.",
        ),
        KALLA_ID,
        PLATS,
    ),
    ("ar", "enhet_id"),
    (TO_ENHET, TO_KALLA),
    english=("The published number of yes answers beside the number that can be counted in the table."),
)

RANKNING = Table(
    "rankning",
    "Rankning",
    "Placering enligt antal ja-svar (beräknad) och enligt Unizon (publicerad). Omgången är den rad i "
    "undersokningar.csv som har samma undersokning och ar.",
    (
        SURVEY,
        AR,
        ENHET_ID,
        Column(
            "placering",
            "integer",
            "Placering",
            "1 är högst. Lika resultat får samma placering (1, 1, 3 …).",
            required=False,
            minimum=1,
            unit="placering",
            english="1 is the highest. Equal results share a placing (1, 1, 3 …).",
        ),
        Column(
            "antal_rankade",
            "integer",
            "Antal placeringar",
            "Hur många platser rankningen har; tom om källan inte säger det.",
            required=False,
            minimum=1,
            unit="antal",
            english="Number of places in the ranking; empty if the source does not say.",
        ),
        Column(
            "delad",
            "boolean",
            "Delad placering",
            "TRUE om fler har samma placering; tom om källan inte säger det.",
            required=False,
            english=("TRUE if several units share the placing; empty if the source does not say."),
        ),
        SAKNAS,
        KALLA_ID,
        PLATS,
    ),
    ("undersokning", "ar", "enhet_id", "kalla_id"),
    (TO_ENHET, TO_KALLA),
    english="Placings of units in two surveys. One row per survey, year, unit and source. The round is the row of "
    "undersokningar.csv with the same undersokning and ar.",
)
