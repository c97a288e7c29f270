"""How others have done: the methods, their links and figures."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.codes import KOPPLING
from ojbrottsoffer.schema.columns import (
    ANMARKNING,
    FAKTOR_ID,
    ID,
    INDIKATOR_ID,
    KALLA_ID,
    METOD_ID,
    STALLE,
    TO_FAKTOR,
    TO_INDIKATOR,
    TO_KALLA,
    TO_METOD,
)
from ojbrottsoffer.schema.model import Column, Table, points_at

METODER = Table(
    "metoder",
    "Metoder",
    "Exempel på hur andra har gjort. En rad per metod. Inte uppgifter ur Öppna jämförelser.",
    (
        METOD_ID,
        Column("titel", "string", "Titel", "Sidans rubrik.", english="Heading of the page."),
        Column(
            "hjalper_med",
            "string",
            "Hjälper med",
            "Vad metoden hjälper till med.",
            max_length=160,
            english="What the method helps with.",
        ),
        KALLA_ID,
        Column(
            "adress",
            "string",
            "Adress",
            "Adressen på webbplatsen.",
            pattern=r"^metoder/[a-z0-9-]+/$",
            english="Address on the site.",
        ),
    ),
    ("metod_id",),
    (TO_KALLA,),
    english=("Examples of how others have done. One row per method. Not data from Öppna jämförelser."),
)

METODER_KALLOR = Table(
    "metoder_kallor",
    "Metodernas källor",
    "Källorna som en metods sida bygger på, den främsta först. En rad per metod och källa.",
    (METOD_ID, KALLA_ID),
    ("metod_id", "kalla_id"),
    (TO_METOD, TO_KALLA),
    english="The sources that the page of a method rests on, the main one first. One row per method and source.",
)

METODER_KOPPLINGAR = Table(
    "metoder_kopplingar",
    "Metodernas kopplingar",
    "Vilka framgångsfaktorer, indikatorområden och indikatorer en metod kan vara till hjälp för: ett av dem på varje "
    "rad, de andras id är tomma. Kopplingen är vår egen.",
    (
        Column(
            "koppling_id",
            "string",
            "Kopplingens id",
            "Bildas av metodens id, målets slag och målets id.",
            pattern=ID,
            english="Made of the id of the method, the kind of the target and its id.",
        ),
        METOD_ID,
        Column(
            "malslag",
            "string",
            "Målets slag",
            "Vad metoden kopplas till.",
            codes=KOPPLING,
            english="What the method is linked to.",
        ),
        Column(
            "mal",
            "string",
            "Mål",
            "Faktorns, områdets eller indikatorns namn.",
            english="Name of the factor, the area or the indicator.",
        ),
        replace(FAKTOR_ID, required=False),
        Column(
            "indikatoromrade_id",
            "string",
            "Indikatorområde",
            "Se omraden.csv.",
            required=False,
            pattern=ID,
            english="Indicator area; see omraden.csv.",
        ),
        replace(INDIKATOR_ID, required=False),
    ),
    ("koppling_id",),
    (TO_METOD, TO_FAKTOR, points_at("indikatoromrade_id", "omraden", "omrade_id"), TO_INDIKATOR),
    english=(
        "Which success factors, indicator areas and indicators a method can help with: one of them on each row, the "
        "ids of the others are empty. The links are our own."
    ),
    origin="Projektets egna kopplingar, skrivna för hand.",
)

METOD_NYCKELTAL = Table(
    "metod_nyckeltal",
    "Metodernas nyckeltal",
    "Enstaka tal ur dokumenten bakom metoderna.",
    (
        METOD_ID,
        Column(
            "metodtal_id",
            "string",
            "Talets id",
            "Unikt inom metoden.",
            pattern=ID,
            english="Unique within the method.",
        ),
        Column("metodtal", "string", "Tal", "Vad talet anger.", english="What the figure tells."),
        Column(
            "varde",
            "number",
            "Värde",
            "Tryckt, eller räknat ur det som är tryckt; se anmärkningen.",
            minimum=0,
            unit="enligt kolumnen mattenhet",
            english="As printed, or computed from what is printed; see the remark.",
        ),
        Column("mattenhet", "string", "Måttenhet", "Vad som räknas.", english="What is counted."),
        ANMARKNING,
        KALLA_ID,
        STALLE,
    ),
    ("metod_id", "metodtal_id"),
    (TO_METOD, TO_KALLA),
    english="Single figures from the documents behind the methods.",
)
