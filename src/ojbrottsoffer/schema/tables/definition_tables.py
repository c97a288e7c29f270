"""What a Ja requires, the terms that say so, and the same questions in Kolada."""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.codes import GALLER, KODNING, OMFATTNING, RELATION
from ojbrottsoffer.schema.columns import (
    DAY,
    DEL,
    FIRST_YEAR,
    FRAN_AR,
    ID,
    INDIKATOR_ID,
    KALLA_ID,
    KOLADA_ID,
    STALLE,
    TO_INDIKATOR,
    TO_KALLA,
)
from ojbrottsoffer.schema.model import Column, ForeignKey, Table, points_at


def _year(name: str, title: str, description: str, english: str) -> Column:
    return replace(FRAN_AR, name=name, title=title, description=description, english=english, required=False)


DEFINITION_ID = Column(
    "definition_id",
    "string",
    "Definitionens id",
    "Delas av de indikatorer som har samma definition.",
    pattern=ID,
    english="Shared by the indicators that have the same definition.",
)
BEGREPP_ID = Column(
    "begrepp_id",
    "string",
    "Begreppets id",
    "Ändras aldrig mellan år.",
    pattern=ID,
    english="Id of the term; never changes between years.",
)

DEFINITIONER = Table(
    "definitioner",
    "Definitioner",
    "Vad ett Ja kräver, med våra ord. En rad per indikator och definition; en indikator kan ha flera, för "
    "olika år. Den första raden gäller år som ingen annan täcker.",
    (
        INDIKATOR_ID,
        DEFINITION_ID,
        Column(
            "omfattning",
            "string",
            "Omfattning",
            "Om definitionen är frågans egen eller delas med andra.",
            codes=OMFATTNING,
            english="Whether the definition is the question's own or shared with others.",
        ),
        _year(
            "kand_fran",
            "Känd från",
            "Första året den är känd för; tomt om det inte är känt.",
            "First year it is known for; empty if that is not known.",
        ),
        _year(
            "kand_till",
            "Känd till",
            "Sista året den är känd för; tomt om det inte är känt.",
            "Last year it is known for; empty if that is not known.",
        ),
        Column(
            "ar_ungefar",
            "boolean",
            "Åren är ungefärliga",
            "TRUE om källan bara ger åren på ett ungefär.",
            english="TRUE if the source gives the years only roughly.",
        ),
        Column(
            "kort",
            "string",
            "Kort",
            "Det viktigaste på en rad.",
            max_length=200,
            english="The essentials in one line.",
        ),
        Column(
            "ja",
            "string",
            "Vad ett Ja kräver",
            "Vad som ska finnas eller göras. Tomt om definitionen inte är funnen.",
            required=False,
            english="What must exist or be done for a yes. Empty if no definition has been found.",
        ),
        Column(
            "delvis",
            "string",
            "Vad ett Delvis kräver",
            "Tomt om svaret inte finns eller inte är känt.",
            required=False,
            english="What a partly requires; empty if there is no such answer or it is not known.",
        ),
        Column(
            "raknas_inte",
            "string",
            "Vad som inte räknas",
            "Ifylld bara om källan säger det.",
            required=False,
            english="What does not count; filled in only if the source says so.",
        ),
        Column(
            "galler_2015",
            "string",
            "Gäller 2015",
            "Hur säkert det är att 2015 frågade efter detsamma. ja: definitionen är 2015 års. troligen: frågan "
            "heter nästan detsamma, men 2015 års definition är inte läst. delvis: frågan är senare delad i flera, "
            "eller bara en del av kravet är detsamma. nej: en annan fråga eller ett annat krav.",
            codes=GALLER,
            english="How sure we are that 2015 asked the same. yes: the definition is that of 2015. probably: the "
            "question is called nearly the same, but the definition of 2015 has not been read. partly: the question "
            "was later divided, or only a part of what it demands is the same. no: another question or demand.",
        ),
        Column(
            "varfor_2015",
            "string",
            "Varför",
            "Vad bedömningen om 2015 bygger på.",
            english="What the judgement about 2015 rests on.",
        ),
        KALLA_ID,
        STALLE,
        Column(
            "kort_en",
            "string",
            "Kort på engelska",
            "Det viktigaste på en rad, på engelska.",
            english="The essentials in one line, in English.",
        ),
    ),
    ("indikator_id", "definition_id"),
    (TO_INDIKATOR, TO_KALLA),
    english=(
        "What a yes requires, in our words. One row per indicator and definition; an indicator may have "
        "several, for different years. The first row holds for years that no other covers."
    ),
)

DEFINITIONER_BEGREPP = Table(
    "definitioner_begrepp",
    "Definitionernas begrepp",
    "Vilka begrepp en definition använder. En rad per indikator, definition och begrepp.",
    (INDIKATOR_ID, DEFINITION_ID, BEGREPP_ID),
    ("indikator_id", "definition_id", "begrepp_id"),
    (
        ForeignKey(("indikator_id", "definition_id"), "definitioner", ("indikator_id", "definition_id")),
        points_at("begrepp_id", "begrepp", "begrepp_id"),
    ),
    english="The terms that a definition uses. One row per indicator, definition and term.",
    origin="Projektets egna kopplingar, skrivna för hand.",
    sources_of=("definitioner",),
)

BEGREPP = Table(
    "begrepp",
    "Begrepp",
    "Ordlista: vad begreppen i definitionerna betyder i undersökningen, med våra ord.",
    (
        BEGREPP_ID,
        Column("begrepp", "string", "Begrepp", "Ordet eller uttrycket.", english="The word or expression."),
        Column(
            "forklaring",
            "string",
            "Förklaring",
            "Vad det betyder i undersökningen.",
            english="What it means in the survey.",
        ),
        KALLA_ID,
        STALLE,
    ),
    ("begrepp_id",),
    (TO_KALLA,),
    english="Glossary: what the terms of the definitions mean in the survey, in our words.",
)

INDIKATORER_KOLADA = Table(
    "indikatorer_kolada",
    "Indikatorer och nyckeltal i Kolada",
    "Vilka nyckeltal i Kolada som är samma fråga som en indikator, en del av den eller liknar den. Kopplingen "
    "är vår egen. En rad per nyckeltal och indikator.",
    (
        KOLADA_ID,
        INDIKATOR_ID,
        Column("titel", "string", "Titel", "Rubriken i Kolada.", english="Title in Kolada."),
        Column(
            "kodning",
            "string",
            "Kodning",
            "Hur svaren är kodade i Kolada.",
            codes=KODNING,
            english="How the answers are coded in Kolada.",
        ),
        Column(
            "sedd_forst",
            "string",
            "Sedd först",
            "Första ögonblicksbild av Kolada som har nyckeltalet.",
            pattern=DAY,
            english="First snapshot of Kolada that has it.",
        ),
        Column(
            "sedd_sist",
            "string",
            "Sedd sist",
            "Sista ögonblicksbild som har nyckeltalet.",
            pattern=DAY,
            english="Last snapshot that has it.",
        ),
        Column(
            "serien_slutar",
            "integer",
            "Serien slutar",
            "Året som rubriken anger som seriens sista; tomt om den inte anger något.",
            required=False,
            minimum=FIRST_YEAR,
            maximum=2100,
            unit="år",
            english="The series' last year according to its title; empty if it gives none.",
        ),
        Column(
            "relation",
            "string",
            "Relation",
            "Hur nyckeltalet förhåller sig till indikatorn.",
            codes=RELATION,
            english="How it relates to the indicator.",
        ),
        Column("skal", "string", "Skäl", "Varför.", english="Why."),
        KALLA_ID,
        DEL,
    ),
    ("kolada_id", "indikator_id"),
    (TO_INDIKATOR, TO_KALLA),
    english=(
        "The key figures of Kolada that ask the same as an indicator, a part of it, or something like it. The "
        "links are our own. One row per key figure and indicator."
    ),
)
