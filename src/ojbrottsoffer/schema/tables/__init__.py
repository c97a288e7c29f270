"""Every public table, declared once: in groups, and in the order that they are published.

Types in memory, the CSV headers, the column rules of the Great Expectations suites, the
codebook page and `datapackage.json` all follow from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables.answer_tables import ANTAL_JA, RANKNING, RESULTAT
from ojbrottsoffer.schema.tables.definition_tables import (
    BEGREPP,
    DEFINITIONER,
    DEFINITIONER_BEGREPP,
    INDIKATORER_KOLADA,
)
from ojbrottsoffer.schema.tables.form_tables import SJALVSKATTNING, UPPFOLJNING_VARIABLER, VERKSAMHETSLOGIK
from ojbrottsoffer.schema.tables.indicator_tables import (
    FAKTORER,
    INDIKATORER,
    INDIKATORER_AR,
    INDIKATORER_FAKTORER,
    INDIKATORER_MELLAN_AR,
    OMRADEN,
    TVEKSAMMA_KOPPLINGAR,
)
from ojbrottsoffer.schema.tables.jonkoping_tables import INSATSTRAPPA, VALDSUTOVARE_JONKOPING
from ojbrottsoffer.schema.tables.kolada_tables import KOMMUNGRUPPER_KOLADA, NYCKELTAL, NYCKELTAL_VARDEN
from ojbrottsoffer.schema.tables.method_tables import (
    METOD_NYCKELTAL,
    METODER,
    METODER_KALLOR,
    METODER_KOPPLINGAR,
)
from ojbrottsoffer.schema.tables.nation_tables import RIKET
from ojbrottsoffer.schema.tables.quality_tables import AVVIKELSER, PASTAENDEN
from ojbrottsoffer.schema.tables.sodertalje_tables import (
    SODERTALJE_BEDOMNING,
    SODERTALJE_CHECKLISTA,
    SODERTALJE_MEDELVARDEN,
    SODERTALJE_PLAN,
    SODERTALJE_STEG,
)
from ojbrottsoffer.schema.tables.source_tables import KALLOR
from ojbrottsoffer.schema.tables.told_tables import (
    ANDELAR_I_ORD,
    KOMMUNSVAR,
    OMGANGAR,
    UNDERSOKNINGAR,
    UNIZON_UTAN_PLACERING,
)
from ojbrottsoffer.schema.tables.unit_tables import ENHETER, ENHETER_AR, ENHETER_MELLAN_AR


@dataclass(frozen=True)
class Group:
    """Tables that are used together, for whoever looks for one and for the catalogue."""

    id: str
    title: str
    title_en: str
    description: str
    description_en: str
    tables: tuple[Table, ...]


GROUPS = (
    Group(
        "karna",
        "Svar och jämförelser",
        "Answers and comparisons",
        "Enheternas svar, indikatorerna, rikets andelar och rankningarna.",
        "The units' answers, the indicators, the national shares and the rankings.",
        (
            ENHETER,
            ENHETER_AR,
            INDIKATORER,
            INDIKATORER_AR,
            OMRADEN,
            RESULTAT,
            RIKET,
            ANTAL_JA,
            RANKNING,
            INDIKATORER_MELLAN_AR,
            ENHETER_MELLAN_AR,
        ),
    ),
    Group(
        "innebord",
        "Vad frågorna betyder",
        "What the questions mean",
        "Vad ett Ja kräver, vilken framgångsfaktor en fråga hör till och samma frågor i Kolada.",
        "What a yes requires, which success factor a question belongs to, and the same questions in Kolada.",
        (
            DEFINITIONER,
            DEFINITIONER_BEGREPP,
            BEGREPP,
            FAKTORER,
            INDIKATORER_FAKTORER,
            TVEKSAMMA_KOPPLINGAR,
            INDIKATORER_KOLADA,
        ),
    ),
    Group(
        "nyckeltal",
        "Nyckeltal ur Kolada",
        "Key figures from Kolada",
        "Hur många som söker hjälp och hur mycket våld som anmäls, i alla kommuner, och vilka kommuner som är lika.",
        "How many seek help and how much violence is reported, in every municipality, and which municipalities are "
        "alike.",
        (NYCKELTAL, NYCKELTAL_VARDEN, KOMMUNGRUPPER_KOLADA),
    ),
    Group(
        "kallkritik",
        "Källor och källkritik",
        "Sources and their reliability",
        "Källorna, undersökningarnas omgångar, motsägelser, prövade påståenden och det som källor bara säger i ord.",
        "The sources, the rounds of the surveys, contradictions, claims that have been tried, and what sources say "
        "in words only.",
        (
            KALLOR,
            UNDERSOKNINGAR,
            OMGANGAR,
            AVVIKELSER,
            PASTAENDEN,
            ANDELAR_I_ORD,
            KOMMUNSVAR,
            UNIZON_UTAN_PLACERING,
        ),
    ),
    Group(
        "metoder",
        "Metoder och exempel",
        "Methods and examples",
        "Hur andra har gjort, och formulär att fylla i själv. Inte uppgifter ur Öppna jämförelser.",
        "How others have done, and forms to fill in. Not data from Öppna jämförelser.",
        (
            METODER,
            METODER_KALLOR,
            METODER_KOPPLINGAR,
            METOD_NYCKELTAL,
            SODERTALJE_STEG,
            SODERTALJE_CHECKLISTA,
            SODERTALJE_BEDOMNING,
            SODERTALJE_MEDELVARDEN,
            SODERTALJE_PLAN,
            VERKSAMHETSLOGIK,
            UPPFOLJNING_VARIABLER,
            INSATSTRAPPA,
            VALDSUTOVARE_JONKOPING,
            SJALVSKATTNING,
        ),
    ),
)
"""Every public table, in the order that people need them. A table is public by standing here."""

TABLES: dict[str, Table] = {table.name: table for group in GROUPS for table in group.tables}


def group_of(name: str) -> Group:
    """The group of a table. Raises `ValueError`, in Swedish, for one that stands in none."""
    for group in GROUPS:
        if name in (table.name for table in group.tables):
            return group
    raise ValueError(
        f"tabellen {name} står inte i någon grupp. Lägg till den under tables i en av grupperna i GROUPS, "
        f"till exempel {GROUPS[0].id}."
    )
