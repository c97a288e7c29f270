"""Columns and keys that several tables share, and the units their numbers are counted in."""

from __future__ import annotations

from ojbrottsoffer.schema.codes import DELMANGD, SAKNAS_ORSAK, UNDERSOKNING
from ojbrottsoffer.schema.model import Column, points_at

ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""Ids: lower-case ASCII words joined by hyphens."""

ORDINAL = "ordningsnummer"
"""Unit of a number that only says which one in order."""

AS_CLAIMED = "enligt påståendet"
"""Unit of a number that counts different things on different rows: units, indicators, percent."""

KPI = r"^[A-Z][0-9]{5}$"
"""Ids of Kolada: a letter and five digits."""

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PUBLISHED = r"^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"
DATES = {DAY, PUBLISHED}
"""Patterns of the text columns that hold a day, or as much of it as is known."""

FIRST_YEAR = 2000
"""The first year that anything here may be of."""

AR = Column(
    "ar",
    "integer",
    "År",
    "Undersökningens år.",
    minimum=FIRST_YEAR,
    maximum=2100,
    unit="år",
    english="Year of the survey.",
)

ENHET_ID = Column(
    "enhet_id",
    "string",
    "Enhetens id",
    "Ändras aldrig mellan år.",
    pattern=ID,
    english="Id of the unit; never changes between years.",
)

INDIKATOR_ID = Column(
    "indikator_id",
    "string",
    "Indikatorns id",
    "Ändras aldrig mellan år.",
    pattern=ID,
    english="Id of the indicator; never changes between years.",
)

KALLA_ID = Column(
    "kalla_id",
    "string",
    "Källans id",
    "Källan beskrivs i kallor.csv.",
    pattern=ID,
    english="Id of the source, which is described in kallor.csv.",
)

PLATS = Column(
    "plats",
    "string",
    "Plats i källan",
    "Var värdet står tryckt, i ord. Rad räknas bland indikatorerna i den delen av tabellen.",
    english=(
        "Where the value is printed, in words. Rows are counted among the indicators in that "
        "part of the table."
    ),
)

SAKNAS = Column(
    "saknas_orsak",
    "string",
    "Varför värdet saknas",
    "Ifylld när värdet är tomt, annars tom.",
    required=False,
    codes=SAKNAS_ORSAK,
    english="Why the value is missing; filled in when the value is empty, otherwise empty.",
)

DEL = Column(
    "delmangd",
    "string",
    "Del av frågan",
    "”alla” är hela frågan; annars en del av den. Samma kodlista i alla tabeller. Hur fint en fråga är delad skiljer "
    "mellan källor: bistandsbeslut är bistandsbeslut-kvinnor och bistandsbeslut-man tillsammans.",
    codes=DELMANGD,
    english="”alla” (all) is the whole question; otherwise a part of it. The same code list in every table. How finely "
    "a question is split differs between sources: bistandsbeslut is bistandsbeslut-kvinnor and bistandsbeslut-man "
    "together.",
)

SURVEY = Column(
    "undersokning",
    "string",
    "Undersökning",
    "Vilken undersökning, eller den rankning som är gjord ur den.",
    codes=UNDERSOKNING,
    english="Which survey, or the ranking made of it.",
)

FAKTOR_ID = Column(
    "faktor_id",
    "string",
    "Faktorns id",
    "Faktorn beskrivs i faktorer.csv.",
    pattern=ID,
    english="Id of the success factor, which is described in faktorer.csv.",
)

KOLADA_ID = Column(
    "kolada_id",
    "string",
    "Id i Kolada",
    "Nyckeltalets id i Kolada.",
    pattern=KPI,
    english="Id of the key figure in Kolada.",
)

FRAN_AR = Column(
    "fran_ar",
    "integer",
    "Från år",
    "Det tidigare året.",
    minimum=FIRST_YEAR,
    maximum=2100,
    unit="år",
    english="The earlier year.",
)

TILL_AR = Column(
    "till_ar",
    "integer",
    "Till år",
    "Det senare året.",
    minimum=FIRST_YEAR,
    maximum=2100,
    unit="år",
    english="The later year.",
)

FRAN_ID = Column(
    "fran_id",
    "string",
    "Från id",
    "Id det tidigare året; tomt för det som är nytt.",
    required=False,
    pattern=ID,
    english="Id in the earlier year; empty for what is new.",
)

TILL_ID = Column(
    "till_id",
    "string",
    "Till id",
    "Id det senare året; tomt för det som utgått.",
    required=False,
    pattern=ID,
    english="Id in the later year; empty for what has ended.",
)

SAMBAND_ID = Column(
    "samband_id",
    "string",
    "Sambandets id",
    "Bildas av åren och id:na; ”ingen” där ett id saknas.",
    pattern=ID,
    english="Made of the years and the ids; ”ingen” (none) where an id is empty.",
)

ANMARKNING = Column("anmarkning", "string", "Anmärkning", "Fri text.", required=False, english="Free text.")

SCB = "scb-kommuner"
"""The source of the municipalities' codes, names and counties."""

TO_ENHET = points_at("enhet_id", "enheter", "enhet_id")

TO_INDIKATOR = points_at("indikator_id", "indikatorer", "indikator_id")

TO_FAKTOR = points_at("faktor_id", "faktorer", "faktor_id")

TO_KALLA = points_at("kalla_id", "kallor", "kalla_id")

METOD_ID = Column(
    "metod_id",
    "string",
    "Metodens id",
    "Sista delen av sidans adress.",
    pattern=ID,
    english="Id of the method: the last part of the page's address.",
)

STEG = Column(
    "steg",
    "integer",
    "Steg",
    "Stegets nummer.",
    unit=ORDINAL,
    minimum=1,
    maximum=10,
    english="Number of the step.",
)

STALLE = Column(
    "plats",
    "string",
    "Plats i källan",
    "Avsnitt, tabell eller steg i dokumentet.",
    english="Section, table or step in the document.",
)

TO_METOD = points_at("metod_id", "metoder", "metod_id")
