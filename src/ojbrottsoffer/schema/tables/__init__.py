"""Every public table, declared once and in the order that they are published.

Types in memory, the CSV headers, the column rules of the Great Expectations suites, the
codebook page and `datapackage.json` all follow from here.
"""

from __future__ import annotations

from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables.answer_tables import ANTAL_JA, RANKNING, RESULTAT
from ojbrottsoffer.schema.tables.definition_tables import BEGREPP, DEFINITIONER, INDIKATORER_KOLADA
from ojbrottsoffer.schema.tables.form_tables import SJALVSKATTNING, UPPFOLJNING_VARIABLER, VERKSAMHETSLOGIK
from ojbrottsoffer.schema.tables.indicator_tables import (
    INDIKATORER,
    INDIKATORER_AR,
    INDIKATORER_FAKTORER,
    INDIKATORER_MELLAN_AR,
    OMRADEN,
    TVEKSAMMA_KOPPLINGAR,
)
from ojbrottsoffer.schema.tables.jonkoping_tables import INSATSTRAPPA, VALDSUTOVARE_JONKOPING
from ojbrottsoffer.schema.tables.method_tables import METOD_NYCKELTAL, METODER, METODER_KOPPLINGAR
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
from ojbrottsoffer.schema.tables.told_tables import ANDELAR_I_ORD, KOMMUNSVAR, OMGANGAR, UNIZON_UTAN_PLACERING
from ojbrottsoffer.schema.tables.unit_tables import ENHETER, ENHETER_AR, ENHETER_MELLAN_AR

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ENHETER,
        ENHETER_AR,
        INDIKATORER,
        INDIKATORER_AR,
        INDIKATORER_FAKTORER,
        TVEKSAMMA_KOPPLINGAR,
        OMRADEN,
        DEFINITIONER,
        BEGREPP,
        INDIKATORER_KOLADA,
        RESULTAT,
        RIKET,
        ANTAL_JA,
        RANKNING,
        OMGANGAR,
        ANDELAR_I_ORD,
        KOMMUNSVAR,
        UNIZON_UTAN_PLACERING,
        AVVIKELSER,
        PASTAENDEN,
        INDIKATORER_MELLAN_AR,
        ENHETER_MELLAN_AR,
        METODER,
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
        KALLOR,
    )
}
