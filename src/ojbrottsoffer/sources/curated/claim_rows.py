"""The claims of `data/reference/pastaenden.csv` as they are written; `checks.claims` judges and tries them."""

from __future__ import annotations

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.parse.raw import read_rows

FILE_NAME = "pastaenden.csv"
COLUMNS = [
    "pastaende_id",
    "kalla_id",
    "ar",
    "sida",
    "pastaende",
    "uppgift",
    "jamforelse",
    "kontroll",
    "underlag",
    "utfall",
    "avvikelse_id",
    "enhet_id",
    "kommentar",
    "plats_b",
    "mening",
    "ord_a",
    "ord_b",
]


def read_claim_rows(project: Project) -> list[dict]:
    """The claims as text, with `_fil` and `_rad`. Raises `DataError` for a file of another shape."""
    path = project.reference / FILE_NAME
    file = project.relative(path)
    return [row | {"_fil": file, "_rad": number} for number, row in read_rows(path, file, COLUMNS)]
