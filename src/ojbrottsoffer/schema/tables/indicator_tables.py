"""The questions of the survey: their areas, years, success factors and links between years."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.codes import INDIKATORTYP, MALGRUPP, NIVA, SAMBAND, SVAREN_JAMFORBARA
from ojbrottsoffer.schema.columns import (
    ANMARKNING,
    AR,
    DEL,
    FAKTOR_ID,
    FRAN_AR,
    FRAN_ID,
    ID,
    INDIKATOR_ID,
    KALLA_ID,
    ORDINAL,
    SAMBAND_ID,
    TILL_AR,
    TILL_ID,
    TO_FAKTOR,
    TO_INDIKATOR,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, Table, points_at

INDIKATORER = Table(
    "indikatorer",
    "Indikatorer",
    "Det som inte ändras mellan år. En rad per indikator.",
    (
        INDIKATOR_ID,
        Column(
            "kortnamn",
            "string",
            "Kortnamn",
            "För diagram och smala tabeller. Vårt eget.",
            max_length=40,
            english="Short name for charts and narrow tables. Our own.",
        ),
        Column(
            "malgrupp",
            "string",
            "Målgrupp",
            "Vem indikatorn handlar om. Vår egen kodning.",
            codes=MALGRUPP,
            english="Whom the indicator is about. Our own coding.",
        ),
        Column(
            "typ",
            "string",
            "Typ",
            "Struktur eller process. Vår egen kodning; källan säger bara att båda slagen finns.",
            codes=INDIKATORTYP,
            english=("Structure or process. Our own coding; the source only says that both kinds occur."),
        ),
        Column(
            "indikator_en",
            "string",
            "Indikator på engelska",
            "Vår översättning; tom för en ny indikator som ingen har översatt.",
            required=False,
            english="Our translation; empty for a new indicator that nobody has translated.",
        ),
        replace(
            KALLA_ID,
            description="Källan som först ställde frågan, av dem som har enheternas svar.",
            english="The source that first asked the question, among those with the units' answers.",
        ),
    ),
    ("indikator_id",),
    (TO_KALLA,),
    english="What does not change between years. One row per indicator.",
    origin="Id, kortnamn och kodning är projektets egna; indikatorerna är källornas.",
)

INDIKATORER_AR = Table(
    "indikatorer_ar",
    "Indikatorer per år",
    "Indikatorns ordning, etikett och område ett visst år, i publicerad ordning.",
    (
        AR,
        INDIKATOR_ID,
        Column(
            "nr",
            "integer",
            "Nummer",
            "Plats i den publicerade ordningen.",
            unit=ORDINAL,
            minimum=1,
            english="Place in the published order.",
        ),
        Column(
            "indikator",
            "string",
            "Indikator",
            "Harmoniserad etikett. Varje tryckt stavning finns kvar i data/raw/.",
            english="Harmonised label. Every printed spelling remains in data/raw/.",
        ),
        Column(
            "kvalitetsomrade_id",
            "string",
            "Kvalitetsområde",
            "Se omraden.csv.",
            pattern=ID,
            english="Quality area; see omraden.csv.",
        ),
        Column(
            "indikatoromrade_id",
            "string",
            "Indikatorområde",
            "Se omraden.csv.",
            pattern=ID,
            english="Indicator area; see omraden.csv.",
        ),
        KALLA_ID,
    ),
    ("ar", "indikator_id"),
    (
        TO_INDIKATOR,
        points_at("kvalitetsomrade_id", "omraden", "omrade_id"),
        points_at("indikatoromrade_id", "omraden", "omrade_id"),
        TO_KALLA,
    ),
    english="The indicator's order, label and area in one year, in published order.",
    origin=("Ordning och område enligt källans tabeller; etiketten är harmoniserad när stavningen skiljer."),
)

FAKTOR_NAME = Column(
    "faktor",
    "string",
    "Framgångsfaktor",
    "Faktorns namn, förkortat.",
    english="Name of the factor, shortened.",
)
FAKTOR_EN = Column(
    "faktor_en",
    "string",
    "Framgångsfaktor på engelska",
    "Vår översättning.",
    english="Name of the factor in English; our translation.",
)

FAKTORER = Table(
    "faktorer",
    "Framgångsfaktorer",
    "Rapportens framgångsfaktorer, i dess ordning. En rad per faktor.",
    (
        FAKTOR_ID,
        FAKTOR_NAME,
        FAKTOR_EN,
        Column("innebord", "string", "Innebörd", "Med våra ord.", english="In our words."),
        KALLA_ID,
        Column(
            "plats",
            "string",
            "Plats i källan",
            "Sidorna där rapporten beskriver faktorn.",
            english="The pages on which the report describes the factor.",
        ),
    ),
    ("faktor_id",),
    (TO_KALLA,),
    english="The success factors of the report, in its order. One row per factor.",
)

INDIKATORER_FAKTORER = Table(
    "indikatorer_faktorer",
    "Indikatorernas framgångsfaktorer",
    "Vilken framgångsfaktor varje indikator har som sin närmaste. Kopplingen är vår egen "
    "bedömning. En rad per år och indikator.",
    (
        AR,
        INDIKATOR_ID,
        FAKTOR_ID,
        FAKTOR_NAME,
        Column(
            "egen_koppling",
            "boolean",
            "Egen koppling",
            "FALSE om indikatorn följer sitt indikatorområde.",
            english="FALSE if the indicator follows its indicator area.",
        ),
        Column(
            "skal",
            "string",
            "Skäl",
            "Varför indikatorn hör till faktorn.",
            english="Why the indicator belongs to the factor.",
        ),
        KALLA_ID,
        Column(
            "plats",
            "string",
            "Plats i källan",
            "Sidan där rapporten tar upp det som skälet nämner; ”eget skäl” om skälet bara är vårt.",
            english="The page on which the report takes up what the reason mentions; ”eget skäl” if the reason is only ours.",
        ),
        FAKTOR_EN,
    ),
    ("ar", "indikator_id"),
    (TO_INDIKATOR, TO_FAKTOR, TO_KALLA),
    english=(
        "The success factor nearest to each indicator. The links are our own judgement. "
        "One row per year and indicator."
    ),
    origin="Projektets egen bedömning, med rapportens sida där skälet bygger på den.",
)

TVEKSAMMA_KOPPLINGAR = Table(
    "tveksamma_kopplingar",
    "Tveksamma kopplingar",
    "Indikatorer som också kunde höra till en annan framgångsfaktor, med skälen. En kodare har "
    "bedömt. En rad per år och indikator.",
    (
        AR,
        INDIKATOR_ID,
        FAKTOR_ID,
        Column(
            "skal",
            "string",
            "Skäl",
            "Varför indikatorn räknas till faktorn.",
            english="Why the indicator is counted to the factor.",
        ),
        replace(
            FAKTOR_ID,
            name="annan_faktor_id",
            title="Den andra faktorns id",
            description="Faktorn som indikatorn också kunde höra till.",
            english="The factor that the indicator could also belong to.",
        ),
        Column(
            "grupp",
            "string",
            "Grupp",
            "Indikatorer som är tveksamma av samma skäl.",
            english="Indicators that are doubtful for the same reason.",
        ),
        Column(
            "skal_annan",
            "string",
            "Skäl för den andra faktorn",
            "Varför indikatorn kunde höra till den andra faktorn.",
            english="Why the indicator could belong to the other factor.",
        ),
    ),
    ("ar", "indikator_id"),
    (TO_INDIKATOR, TO_FAKTOR, points_at("annan_faktor_id", "faktorer", "faktor_id")),
    english=(
        "Indicators that could also belong to another success factor, with the reasons. One coder has judged. "
        "One row per year and indicator."
    ),
    origin="Projektets egen bedömning; en kodare.",
    sources_of=("indikatorer_faktorer",),
)

OMRADEN = Table(
    "omraden",
    "Områden",
    "Kvalitetsområden och deras indikatorområden.",
    (
        Column(
            "omrade_id",
            "string",
            "Områdets id",
            "Ändras aldrig mellan år.",
            pattern=ID,
            english="Id of the area; never changes between years.",
        ),
        Column(
            "niva",
            "string",
            "Nivå",
            "Kvalitetsområde eller indikatorområde.",
            codes=NIVA,
            english="Quality area or indicator area.",
        ),
        Column("omrade", "string", "Område", "Namnet som det är tryckt.", english="Name as printed."),
        Column(
            "overordnat_id",
            "string",
            "Överordnat område",
            "Indikatorområdets kvalitetsområde; tomt för kvalitetsområden.",
            required=False,
            pattern=ID,
            english="The quality area of an indicator area; empty for quality areas.",
        ),
        Column(
            "ordning",
            "integer",
            "Ordning",
            "Publicerad ordning inom nivån.",
            unit=ORDINAL,
            minimum=1,
            english="Published order within the level.",
        ),
        Column(
            "omrade_en",
            "string",
            "Område på engelska",
            "Vår översättning; tom för ett nytt område som ingen har översatt.",
            required=False,
            english="Our translation; empty for a new area that nobody has translated.",
        ),
        replace(
            KALLA_ID,
            description="Källan som först har området.",
            english="The source that first has the area.",
        ),
    ),
    ("omrade_id",),
    (points_at("overordnat_id", "omraden", "omrade_id"), TO_KALLA),
    english="Quality areas and the indicator areas within them.",
    origin="Avskriven ur tabellen med rikets andelar.",
)

INDIKATORER_MELLAN_AR = Table(
    "indikatorer_mellan_ar",
    "Indikatorer mellan år",
    "Hur indikatorerna ett år hänger ihop med ett tidigare. En rad per samband.",
    (
        SAMBAND_ID,
        FRAN_AR,
        FRAN_ID,
        TILL_AR,
        TILL_ID,
        replace(
            DEL,
            name="till_delmangd",
            title="Del av frågan det senare året",
            description=f"Delen som sambandet leder till; tom för det som utgått. {DEL.description}",
            required=False,
            english=f"The part that the link leads to; empty for what has ended. {DEL.english}",
        ),
        Column(
            "samband",
            "string",
            "Samband",
            "Vad som har hänt med frågan.",
            codes=SAMBAND,
            english="What has happened to the question.",
        ),
        Column(
            "svaren_jamforbara",
            "string",
            "Svaren jämförbara",
            "Om svaren de två åren går att jämföra med varandra.",
            codes=SVAREN_JAMFORBARA,
            english="Whether the answers of the two years can be compared with each other.",
        ),
        ANMARKNING,
        replace(
            DEL,
            name="fran_delmangd",
            title="Del av frågan det tidigare året",
            description=f"Delen som sambandet utgår från; tom för det som är nytt. {DEL.description}",
            required=False,
            english=f"The part that the link comes from; empty for what is new. {DEL.english}",
        ),
    ),
    ("samband_id",),
    (
        points_at("fran_id", "indikatorer", "indikator_id"),
        points_at("till_id", "indikatorer", "indikator_id"),
    ),
    english=("How the indicators of one year follow on from those of an earlier one. One row per link."),
    origin="Projektets bedömning av frågornas lydelse i de källor som anges i riket.csv.",
    sources_of=("riket",),
)
