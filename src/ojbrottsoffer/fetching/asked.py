"""What is asked of Kolada, in order: addresses below that of the service, the first page of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ojbrottsoffer.schema.tables.kolada_tables import NATION
from ojbrottsoffer.sources.reference.register import Reference

MOST_IDS = 25
"""Ids in one part of an address."""
PAGE = "page=1&per_page=5000"
LISTED = re.compile(r"(?P<before>(data/)?kpi/)(?P<ids>[^/?]+)(?P<after>.*)", re.DOTALL)
"""A request about key figures."""


def about(kpis: Sequence[str]) -> list[str]:
    """The key figures themselves, the municipalities, and Kolada's groups of them."""
    return [
        *(f"kpi/{part}?{PAGE}" for part in _parts(kpis)),
        f"municipality?region_type=K&{PAGE}",
        f"municipality_groups?{PAGE}",
    ]


def values(kpis: Sequence[str], reference: Reference) -> list[str]:
    """The values of every municipality and of the nation, all years."""
    codes = [NATION, *reference.kommuner["kommunkod"]]
    return [f"data/kpi/{some}/municipality/{part}?{PAGE}" for some in _parts(kpis) for part in _parts(codes)]


def one_by_one(request: str) -> list[str]:
    """A request about several key figures as one about each; none for any other request."""
    said = LISTED.fullmatch(request)
    ids = said["ids"].split(",") if said else []
    return [f"{said['before']}{kpi}{said['after']}" for kpi in ids] if said and len(ids) > 1 else []


def _parts(ids: Sequence[str]) -> Iterator[str]:
    """The ids, as many together as one part of an address may have."""
    for first in range(0, len(ids), MOST_IDS):
        yield ",".join(ids[first : first + MOST_IDS])
