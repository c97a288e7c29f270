"""The shares of the whole nation."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import JAMFORBAR
from ojbrottsoffer.schema.columns import AR, DEL, INDIKATOR_ID, KALLA_ID, PLATS, TO_INDIKATOR, TO_KALLA
from ojbrottsoffer.schema.model import Column, Table

RIKET = Table(
    "riket",
    "Riket",
    "Andelen ja-svar bland de kommuner och stadsdelar som svarade. Årets omgång är den rad i "
    "undersokningar.csv som har undersokning oj och samma ar.",
    (
        AR,
        INDIKATOR_ID,
        DEL,
        Column(
            "andel_ja_procent",
            "integer",
            "Andel ja-svar",
            "Avrundad till hela procent i källan.",
            minimum=0,
            maximum=100,
            unit="procent",
            english="Share of yes answers, rounded to whole percent in the source.",
        ),
        Column(
            "harledd",
            "boolean",
            "Härledd",
            "TRUE om andelen räknats fram ur en annan publicerad uppgift.",
            english="TRUE if the share was derived from another published figure.",
        ),
        Column(
            "jamforbar",
            "string",
            "Jämförbar",
            "Om definitionen går att jämföra med 2015 års.",
            codes=JAMFORBAR,
            english="Whether the definition is comparable with that of 2015.",
        ),
        Column("anmarkning", "string", "Anmärkning", "Fri text.", required=False, english="Free text."),
        KALLA_ID,
        PLATS,
        Column(
            "foredragen",
            "boolean",
            "Föredragen",
            "TRUE på en rad per år, indikator och delmängd: den källa som årets svar kommer ur; annars "
            "Socialstyrelsen, som ger ut undersökningen; annars den första i bokstavsordning.",
            english="TRUE on one row per year, indicator and part: the source that the year's answers are from; "
            "otherwise the National Board of Health and Welfare, which makes the survey; otherwise the first by id.",
        ),
        Column(
            "antal_svarande",
            "integer",
            "Antal svarande",
            "Hur många som svarade på Öppna jämförelser det året enligt omgangar.csv. Tomt där ingen källa säger det, "
            "och ingen av dem som hittills är lästa gör det: de ger svarsfrekvensen, i omgangar.csv.",
            required=False,
            minimum=1,
            unit="kommuner och stadsdelar",
            english="How many answered the survey that year according to omgangar.csv. Empty where no source says, and "
            "none that has been read so far does: they give the response rate, in omgangar.csv.",
        ),
    ),
    ("ar", "indikator_id", "delmangd", "kalla_id"),
    (TO_INDIKATOR, TO_KALLA),
    english="National share of yes answers among the municipalities and districts that answered. The year's round is "
    "the row of undersokningar.csv with undersokning oj and the same ar.",
)
