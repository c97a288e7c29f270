"""What is asked of Kolada, in order: addresses below that of the service, the first page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ojbrottsoffer.schema.tables.kolada_tables import NATION
from ojbrottsoffer.sources.curated.key_figures import KeyFigures
from ojbrottsoffer.sources.reference.register import Reference

MOST_IDS = 25
"""Ids in one part of an address."""
PAGE = "page=1&per_page=5000"


def requests(figures: KeyFigures, reference: Reference) -> list[str]:
    """The key figures themselves, the municipalities, Kolada's groups of them, and the values of all years."""
    kpis = [item.kolada_id for item in figures.nyckeltal]
    codes = [NATION, *reference.kommuner["kommunkod"]]
    return [
        *(f"kpi/{part}?{PAGE}" for part in _parts(kpis)),
        f"municipality?region_type=K&{PAGE}",
        f"municipality_groups?{PAGE}",
        *(f"data/kpi/{some}/municipality/{part}?{PAGE}" for some in _parts(kpis) for part in _parts(codes)),
    ]


def _parts(ids: Sequence[str]) -> Iterator[str]:
    """The ids, as many together as one part of an address may have."""
    for first in range(0, len(ids), MOST_IDS):
        yield ",".join(ids[first : first + MOST_IDS])
