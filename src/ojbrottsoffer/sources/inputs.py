"""All that is read from `data/raw/` and `data/reference/`, once: what checks and tables take.

Imported editions lie above this layer (`importer.accepted.editions`) and are read with its register.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources import fetched_figures, single_figures, skl2016, told_figures
from ojbrottsoffer.sources.curated import definitions, methods
from ojbrottsoffer.sources.curated.claim_rows import read_claim_rows
from ojbrottsoffer.sources.curated.corrections import read_corrections
from ojbrottsoffer.sources.curated.decisions import (
    KnownContradiction,
    SignOff,
    read_known_contradictions,
    read_sign_offs,
)
from ojbrottsoffer.sources.curated.english import English, load_english
from ojbrottsoffer.sources.curated.example import Example, load_example
from ojbrottsoffer.sources.curated.factors import Factors, load_factors
from ojbrottsoffer.sources.curated.key_figures import KeyFigures, key_figure_table, load_key_figures
from ojbrottsoffer.sources.curated.readings import Reading, read_readings
from ojbrottsoffer.sources.curated.tips import Tips, load_tips
from ojbrottsoffer.sources.origins import Origin, read_origins
from ojbrottsoffer.sources.reference.boundaries import Ring, load_boundaries
from ojbrottsoffer.sources.reference.labels import labels_for
from ojbrottsoffer.sources.reference.register import Reference, load_reference


@dataclass(frozen=True)
class Sources:
    """The raw and reference files as they were read."""

    reference: Reference
    origins: dict[str, Origin]
    """Folder of `data/raw/` -> where it comes from."""
    boundaries: dict[str, list[Ring]]
    """SCB code -> rings; empty if nobody has put a map there."""
    printed: skl2016.Printed
    single: single_figures.SingleFigures
    told: dict[str, pd.DataFrame]
    """Public table of what is told in words -> frame."""
    factors: Factors
    tips: Tips
    methods: dict[str, pd.DataFrame]
    """Public table about the methods -> frame."""
    definitions: dict[str, pd.DataFrame]
    """Public table about what a Ja requires -> frame."""
    key_figures: KeyFigures
    fetched: dict[str, pd.DataFrame]
    """Public table of Kolada's key figures, of their values and of its groups -> frame."""
    english: English
    example: Example
    corrections: list[dict[str, str]]
    readings: list[Reading]
    claim_rows: list[dict]
    known_contradictions: dict[str, KnownContradiction]
    sign_offs: dict[str, SignOff]


def read_all(project: Project) -> Sources:
    """Every file. Raises `DataError` for the first that can't be used, with all that is wrong in it."""
    corrections = read_corrections(project)
    reference = load_reference(project)
    boundaries = load_boundaries(project, set(reference.kommuner["kommunkod"]))
    origins = read_origins(project)
    factors = load_factors(project, reference)
    single = single_figures.read(project, reference, origins)
    tips = load_tips(project, factors)
    required = definitions.read(project, reference, origins, single.years | set(reference.years))
    key_figures = load_key_figures(project)
    return Sources(
        reference,
        origins,
        boundaries,
        skl2016.read(project, labels_for(reference, skl2016.KALLA_ID, skl2016.AR)),
        single,
        told_figures.read(project, reference, origins),
        factors,
        tips,
        methods.read(project, reference, factors, origins),
        required,
        key_figures,
        {"nyckeltal": key_figure_table(key_figures, origins)}
        | fetched_figures.read(project, key_figures, reference).tables,
        load_english(
            project,
            reference,
            tips,
            required["definitioner"],
            {item.id: item.namn for item in key_figures.nyckeltal},
        ),
        load_example(project, reference, factors),
        corrections,
        read_readings(project, list(origins)),
        read_claim_rows(project),
        read_known_contradictions(project),
        read_sign_offs(project),
    )
