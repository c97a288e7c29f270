"""The guide from Södertälje: steps, check list, ratings and plan."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import BETYG, HANDLINGSPLAN
from ojbrottsoffer.schema.columns import KALLA_ID, ORDINAL, STALLE, STEG, TO_KALLA
from ojbrottsoffer.schema.model import Column, Table, points_at

SODERTALJE_STEG = Table(
    "sodertalje_steg",
    "Södertälje: tio steg",
    "Vägledningens steg, återgivna med våra ord.",
    (
        STEG,
        Column(
            "rubrik", "string", "Rubrik", "Stegets namn, förkortat.", english="Name of the step, shortened."
        ),
        Column(
            "syfte", "string", "Syfte", "Vad steget ska leda till.", english="What the step should lead to."
        ),
        Column(
            "genomforande",
            "string",
            "Så går det till",
            "Hur steget genomförs.",
            english="How the step is carried out.",
        ),
        Column(
            "uppnatt",
            "string",
            "Uppnått",
            "Vad som finns när steget är klart.",
            english="What there is when the step is done.",
        ),
        Column(
            "lardom",
            "string",
            "Lärdom",
            "Vad man lärde sig i Södertälje.",
            english="What was learned in Södertälje.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("steg",),
    (TO_KALLA,),
    english="The steps of the guide, retold in our words.",
)

SODERTALJE_CHECKLISTA = Table(
    "sodertalje_checklista",
    "Södertälje: checklista",
    "Det som ska vara gjort i varje steg, med våra ord.",
    (
        STEG,
        Column(
            "nr",
            "integer",
            "Nummer",
            "Ordning inom steget.",
            unit=ORDINAL,
            minimum=1,
            english="Order within the step.",
        ),
        Column(
            "moment", "string", "Moment", "Det som ska vara gjort.", english="What should have been done."
        ),
        KALLA_ID,
        STALLE,
    ),
    ("steg", "nr"),
    (points_at("steg", "sodertalje_steg", "steg"), TO_KALLA),
    english="What should be done in each step, in our words.",
)

SODERTALJE_BEDOMNING = Table(
    "sodertalje_bedomning",
    "Södertälje: betyg på principerna",
    "Deltagarnas medelbetyg, 1 till 5, på sex principer. Källan anger inte hur många som svarade.",
    (
        Column(
            "princip_nr",
            "integer",
            "Principens nummer",
            "Ordning i källans tabell 2.",
            unit=ORDINAL,
            minimum=1,
            maximum=6,
            english="Order in table 2 of the source.",
        ),
        Column("princip", "string", "Princip", "Så som den är tryckt.", english="As printed."),
        Column(
            "nummer_i_bilaga_1",
            "integer",
            "Nummer i bilaga 1",
            "Principens nummer där den beskrivs.",
            unit=ORDINAL,
            minimum=1,
            maximum=6,
            english="Number of the principle where it is described.",
        ),
        Column(
            "betyg",
            "string",
            "Betyg",
            "Vad betyget gäller.",
            codes=BETYG,
            english="What the rating is about.",
        ),
        Column(
            "varde",
            "number",
            "Värde",
            "Medelbetyg med en decimal.",
            minimum=1,
            maximum=5,
            unit="betyg 1–5",
            english="Mean rating with one decimal.",
        ),
        Column(
            "tryckt_i_tabellen",
            "string",
            "Tryckt i tabellen",
            "Så som talet står i textversionens tabell, där decimaltecken kan ha fallit bort.",
            english=("As it stands in the table of the text version, where decimal marks may be lost."),
        ),
        KALLA_ID,
        STALLE,
    ),
    ("princip_nr", "betyg"),
    (points_at("betyg", "sodertalje_medelvarden", "betyg"), TO_KALLA),
    english=(
        "The participants' mean ratings, 1 to 5, of six principles. The source does "
        "not say how many answered."
    ),
)

SODERTALJE_MEDELVARDEN = Table(
    "sodertalje_medelvarden",
    "Södertälje: medelvärden",
    "Källans tryckta genomsnitt av betygen mot det som går att räkna ur dem.",
    (
        Column(
            "betyg",
            "string",
            "Betyg",
            "Vad betyget gäller.",
            codes=BETYG,
            english="What the rating is about.",
        ),
        Column(
            "tryckt",
            "number",
            "Tryckt genomsnitt",
            "Så som det är tryckt.",
            minimum=1,
            maximum=5,
            unit="betyg 1–5",
            english="As printed.",
        ),
        Column(
            "beraknat",
            "number",
            "Beräknat genomsnitt",
            "Medelvärdet av de sex tryckta betygen, två decimaler.",
            minimum=1,
            maximum=5,
            unit="betyg 1–5",
            english="Mean of the six printed ratings, two decimals.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("betyg",),
    (TO_KALLA,),
    english="The printed averages of the ratings against what can be computed from them.",
)

SODERTALJE_PLAN = Table(
    "sodertalje_plan",
    "Södertälje: preliminär handlingsplan",
    "Planens åtgärder, återgivna med våra ord. Den tryckta planen är förenklad.",
    (
        Column(
            "atgard_nr",
            "integer",
            "Åtgärdens nummer",
            "Ordning i källan.",
            unit=ORDINAL,
            minimum=1,
            english="Order in the source.",
        ),
        Column(
            "plan",
            "string",
            "Del av planen",
            "Vilka aktörer delen gäller.",
            codes=HANDLINGSPLAN,
            english="The actors this part of the plan is about.",
        ),
        Column(
            "forbattrar",
            "string",
            "Förbättrar",
            "Vad åtgärden ska förbättra.",
            english="What the action should improve.",
        ),
        Column("atgard", "string", "Åtgärd", "Vad som ska göras.", english="What is to be done."),
        Column(
            "ansvarig",
            "string",
            "Ansvarig",
            "Den eller de som åtgärden är skriven för.",
            english="Whom the action is written for.",
        ),
        Column(
            "samverkar_med",
            "string",
            "Samverkar med",
            "Andra aktörer som nämns.",
            required=False,
            english="Other actors that are named.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("atgard_nr",),
    (TO_KALLA,),
    english=("The actions of the plan, retold in our words. The printed plan is simplified."),
)
