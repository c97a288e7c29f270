"""What the sources say of themselves, and where they contradict each other."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import (
    AVVIKELSESLAG,
    AVVIKELSESTATUS,
    AVVIKELSETYP,
    JAMFORELSE,
    PASTAENDEUTFALL,
)
from ojbrottsoffer.schema.columns import AR, AS_CLAIMED, ID, KALLA_ID, TO_ENHET, TO_INDIKATOR, TO_KALLA
from ojbrottsoffer.schema.model import Column, Table, points_at


def _side(letter: str, swedish: str, english: str) -> tuple[Column, ...]:
    """One of the two figures that do not agree: number, words, source and place."""
    mark = letter.upper()
    return (
        Column(
            f"varde_{letter}",
            "number",
            f"Värde {mark}",
            f"{swedish} uppgiften om den är ett tal; tom om källan säger den i ord.",
            required=False,
            unit="enligt beskrivningen",
            english=f"{english} figure if it is a number; empty if the source says it in words.",
        ),
        Column(
            f"varde_{letter}_text",
            "string",
            f"Värde {mark} i ord",
            "Vad källan säger: ett tal, ett namn eller något i ord, med våra ord där det är långt.",
            english="What the source says: a number, a name or something in words, ours where it is long.",
        ),
        Column(
            f"kalla_id_{letter}",
            "string",
            f"Källa {mark}",
            f"{swedish} uppgiftens källa, som beskrivs i kallor.csv.",
            pattern=ID,
            english=f"Source of {english.lower()} figure, described in kallor.csv.",
        ),
        Column(
            f"plats_{letter}",
            "string",
            f"Plats {mark}",
            f"Var {swedish.lower()} uppgiften står i källan.",
            english=f"Where {english.lower()} figure stands in the source.",
        ),
    )


AVVIKELSER = Table(
    "avvikelser",
    "Avvikelser",
    "Där källorna säger emot sig själva eller varandra. Inget är rättat.",
    (
        Column(
            "avvikelse_id",
            "string",
            "Avvikelsens id",
            "Bildas av typ, år och nycklar.",
            pattern=ID,
            english="Made of the type, the year and the keys.",
        ),
        Column(
            "avvikelsetyp",
            "string",
            "Typ",
            "Vilken sorts motsägelse.",
            codes=AVVIKELSETYP,
            english="What kind of contradiction.",
        ),
        AR,
        Column(
            "enhet_id",
            "string",
            "Enhetens id",
            "Tom om ingen enhet berörs.",
            required=False,
            pattern=ID,
            english="Unit concerned; empty if none.",
        ),
        Column(
            "indikator_id",
            "string",
            "Indikatorns id",
            "Tom om ingen indikator berörs.",
            required=False,
            pattern=ID,
            english="Indicator concerned; empty if none.",
        ),
        *_side("a", "Den ena", "The one"),
        *_side("b", "Den andra", "The other"),
        Column(
            "beskrivning", "string", "Beskrivning", "Vad som inte stämmer.", english="What does not agree."
        ),
        Column(
            "slag",
            "string",
            "Slag",
            "Om båda uppgifterna kan vara riktiga.",
            codes=AVVIKELSESLAG,
            english="Whether both can be right.",
        ),
        Column(
            "status",
            "string",
            "Status",
            "Om någon har granskat den.",
            codes=AVVIKELSESTATUS,
            english="Whether somebody has reviewed it.",
        ),
        Column(
            "beslut",
            "string",
            "Beslut",
            "Vilken uppgift webbplatsen använder och varför.",
            english="Which figure the website uses, and why.",
        ),
    ),
    ("avvikelse_id",),
    (
        TO_ENHET,
        TO_INDIKATOR,
        points_at("kalla_id_a", "kallor", "kalla_id"),
        points_at("kalla_id_b", "kallor", "kalla_id"),
    ),
    english="Where sources contradict themselves or each other. Nothing is corrected.",
    origin=("Bildas när källorna jämförs med sig själva och varandra; besluten är granskarens."),
    sources_of=("resultat", "riket", "rankning", "pastaenden"),
)

PASTAENDEN = Table(
    "pastaenden",
    "Påståenden",
    "Vad källorna säger om sina egna siffror i löpande text, prövat mot uppgifterna.",
    (
        Column(
            "pastaende_id",
            "string",
            "Påståendets id",
            "Ändras inte.",
            pattern=ID,
            english="Id of the claim; does not change.",
        ),
        AR,
        KALLA_ID,
        Column(
            "plats",
            "string",
            "Plats i källan",
            "Var påståendet står. Ett intervall är avsnittets sidor.",
            english="Page of the claim. A range is the pages of the section.",
        ),
        Column(
            "pastaende",
            "string",
            "Påstående",
            "Återgivet med våra ord.",
            english="The claim, in our own words.",
        ),
        Column(
            "pastatt_varde",
            "integer",
            "Påstådd uppgift",
            "Talet i påståendet; där det inte har något, det antal som prövningen ger om påståendet stämmer.",
            minimum=0,
            unit=AS_CLAIMED,
            english="The number in the claim; where it has none, the count that the trial gives if the claim holds.",
        ),
        Column(
            "jamforelse",
            "string",
            "Jämförelse",
            "Hur det beräknade värdet ska förhålla sig till det påstådda.",
            codes=JAMFORELSE,
            english="How the computed value should relate to the claimed one.",
        ),
        Column("kontroll", "string", "Kontroll", "Hur påståendet prövas.", english="How the claim is tried."),
        Column(
            "beraknat_varde",
            "integer",
            "Beräknat värde",
            "Det prövade värdet; tomt om påståendet inte går att pröva.",
            required=False,
            minimum=0,
            unit=AS_CLAIMED,
            english="The computed value; empty if the claim can't be tried.",
        ),
        Column(
            "utfall",
            "string",
            "Utfall",
            "Beräknat ur de två värdena.",
            codes=PASTAENDEUTFALL,
            english="Computed from the two values.",
        ),
        Column(
            "avvikelse_id",
            "string",
            "Avvikelsens id",
            "Raden i avvikelser.csv om påståendet inte stämmer.",
            required=False,
            pattern=ID,
            english="The row of avvikelser.csv if the claim does not hold.",
        ),
        Column(
            "kommentar",
            "string",
            "Kommentar",
            "Vad man bör veta om prövningen.",
            required=False,
            english="What to know about the trial.",
        ),
    ),
    ("pastaende_id",),
    (TO_KALLA, points_at("avvikelse_id", "avvikelser", "avvikelse_id")),
    english=("What the sources say about their own figures in running text, tried against the data."),
)
