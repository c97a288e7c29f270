"""Where the figures come from."""

from __future__ import annotations

from ojbrottsoffer.schema.columns import DAY, KALLA_ID, PUBLISHED
from ojbrottsoffer.schema.model import Column, Table

KALLOR = Table(
    "kallor",
    "Källor",
    "Varifrån uppgifterna kommer.",
    (
        KALLA_ID,
        Column("titel", "string", "Titel", "Källans titel.", english="Title of the source."),
        Column("utgivare", "string", "Utgivare", "Vem som gett ut den.", english="Who published it."),
        Column(
            "publicerad",
            "string",
            "Publicerad",
            "Datum, månad eller år.",
            required=False,
            pattern=PUBLISHED,
            english="Date, month or year of publication.",
        ),
        Column(
            "url",
            "string",
            "Adress",
            "Adress som källan anger.",
            required=False,
            english="Address stated by the source.",
        ),
        Column(
            "hamtad",
            "string",
            "Hämtad",
            "När uppgifterna hämtades eller skrevs av.",
            required=False,
            pattern=DAY,
            english="When the figures were retrieved or transcribed.",
        ),
        Column(
            "licens_anmarkning",
            "string",
            "Rätt att använda",
            "Vad som är känt om rätten att använda uppgifterna.",
            english="What is known about the right to use the figures.",
        ),
    ),
    ("kalla_id",),
    english="Where the figures come from.",
    origin="Uppgifter om varje källa, från filen origin.yml intill källans filer.",
)
