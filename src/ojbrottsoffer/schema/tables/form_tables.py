"""What a municipality fills in for itself: logic model, follow-up and self-assessment."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import HARKOMST, VARIABELTYP
from ojbrottsoffer.schema.columns import KALLA_ID, ORDINAL, STALLE, TO_KALLA
from ojbrottsoffer.schema.model import Column, Table

VERKSAMHETSLOGIK = Table(
    "verksamhetslogik",
    "Verksamhetslogik",
    "Leden i en verksamhetslogik, med exempel från Operation Kvinnofrid. Placeringen av "
    "exemplen i kedjan är vår.",
    (
        Column(
            "led_nr",
            "integer",
            "Ledets nummer",
            "Ordning i kedjan.",
            unit=ORDINAL,
            minimum=1,
            maximum=5,
            english="Order in the chain.",
        ),
        Column("led", "string", "Led", "Ledets namn.", english="Name of the link."),
        Column("att_fylla_i", "string", "Att fylla i", "Det ni fyller i.", english="What you fill in."),
        Column(
            "exempel",
            "string",
            "Exempel",
            "Ur källan, med våra ord.",
            english="From the source, in our words.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("led_nr",),
    (TO_KALLA,),
    english=(
        "The links of a logic model, with examples from Operation Kvinnofrid. Where "
        "the examples are placed in the chain is our choice."
    ),
)

UPPFOLJNING_VARIABLER = Table(
    "uppfoljning_variabler",
    "Variabler för egen uppföljning",
    "En liten uppsättning variabler att börja med, utan personuppgifter.",
    (
        Column(
            "variabel_nr",
            "integer",
            "Nummer",
            "Ordning i formuläret.",
            unit=ORDINAL,
            minimum=1,
            english="Order in the form.",
        ),
        Column(
            "variabel",
            "string",
            "Variabel",
            "Kolumnens namn i formuläret.",
            pattern=r"^[a-z]+(?:_[a-z]+)*$",
            english="Name of the column in the form.",
        ),
        Column(
            "variabelfraga",
            "string",
            "Variabelns fråga",
            "Vad variabeln svarar på.",
            english="What the variable answers.",
        ),
        Column(
            "variabeltyp",
            "string",
            "Typ",
            "Vad som fylls i.",
            codes=VARIABELTYP,
            english="What is filled in.",
        ),
        Column(
            "varden",
            "string",
            "Tillåtna värden",
            "Skilda åt med lodstreck; tomt om det inte är en lista.",
            required=False,
            english="Separated by vertical bars; empty if it is not a list.",
        ),
        Column(
            "varfor", "string", "Varför", "Vad svaret används till.", english="What the answer is used for."
        ),
        Column(
            "harkomst",
            "string",
            "Härkomst",
            "Om källan nämner det.",
            codes=HARKOMST,
            english="Whether the source mentions it.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("variabel_nr",),
    (TO_KALLA,),
    english="A small set of variables to begin with, without personal data.",
)

SJALVSKATTNING = Table(
    "sjalvskattning",
    "Självskattning",
    "Intervjuguidens teman som påståenden att ta ställning till. Påståendena är våra.",
    (
        Column(
            "tema_nr",
            "integer",
            "Tema",
            "Temats nummer i guiden.",
            unit=ORDINAL,
            minimum=1,
            maximum=10,
            english="Number of the theme in the guide.",
        ),
        Column("tema", "string", "Temats namn", "Förkortat.", english="Shortened."),
        Column(
            "nr",
            "integer",
            "Nummer",
            "Ordning inom temat.",
            unit=ORDINAL,
            minimum=1,
            english="Order within the theme.",
        ),
        Column(
            "skattas",
            "string",
            "Att ta ställning till",
            "Det ni tar ställning till.",
            english="What you consider.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("tema_nr", "nr"),
    (TO_KALLA,),
    english=("The themes of the interview guide as statements to consider. The statements are ours."),
)
