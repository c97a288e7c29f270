"""How others have done: the methods, their links and figures."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import KOPPLING
from ojbrottsoffer.schema.columns import ANMARKNING, ID, IDS, KALLA_ID, METOD_ID, STALLE, TO_KALLA, TO_METOD
from ojbrottsoffer.schema.model import Column, Table

METODER = Table(
    "metoder",
    "Metoder",
    "Exempel på hur andra har gjort. En rad per metod. Inte uppgifter ur Öppna jämförelser.",
    (
        METOD_ID,
        Column("titel", "string", "Titel", "Sidans rubrik.", english="Heading of the page."),
        Column(
            "kort",
            "string",
            "Kort",
            "Vad metoden hjälper till med.",
            max_length=160,
            english="What the method helps with.",
        ),
        KALLA_ID,
        Column(
            "fler_kallor",
            "string",
            "Fler källor",
            "Andra källor som sidan bygger på: kalla_id i kallor.csv, med mellanslag emellan.",
            required=False,
            pattern=IDS,
            english="Other sources of the page: kalla_id in kallor.csv, with a space between.",
        ),
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

METODER_KOPPLINGAR = Table(
    "metoder_kopplingar",
    "Metodernas kopplingar",
    "Vilka framgångsfaktorer och indikatorer en metod kan vara till hjälp för. Kopplingen är vår egen.",
    (
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
            "mal_id",
            "string",
            "Målets id",
            "Vad det pekar på följer av malslag: faktor = en kod i kodlistan faktor, "
            "indikatoromrade = omrade_id i omraden.csv, indikator = indikator_id i "
            "indikatorer.csv.",
            pattern=ID,
            english=(
                "What it refers to follows from malslag: faktor = a code of the list "
                "faktor, indikatoromrade = omrade_id in omraden.csv, indikator = "
                "indikator_id in indikatorer.csv."
            ),
        ),
        Column(
            "mal",
            "string",
            "Mål",
            "Faktorns, områdets eller indikatorns namn.",
            english="Name of the factor, the area or the indicator.",
        ),
    ),
    ("metod_id", "malslag", "mal_id"),
    (TO_METOD,),
    english=("Which success factors and indicators a method can help with. The links are our own."),
    origin="Projektets egna kopplingar, skrivna för hand.",
)

METOD_NYCKELTAL = Table(
    "metod_nyckeltal",
    "Metodernas nyckeltal",
    "Enstaka tal ur dokumenten bakom metoderna.",
    (
        METOD_ID,
        Column(
            "nyckeltal_id",
            "string",
            "Nyckeltalets id",
            "Unikt inom metoden.",
            pattern=ID,
            english="Unique within the method.",
        ),
        Column("nyckeltal", "string", "Nyckeltal", "Vad talet anger.", english="What the figure tells."),
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
    ("metod_id", "nyckeltal_id"),
    (TO_METOD, TO_KALLA),
    english="Single figures from the documents behind the methods.",
)
