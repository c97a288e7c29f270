"""How large a file may be, and the stop when it is larger: looked at before its cells are read."""

from __future__ import annotations

from ojbrottsoffer.importer.read.sheet import letters
from ojbrottsoffer.schema.finding import DataError, Finding

MAX_BYTES = 40_000_000
MAX_UNPACKED = 150_000_000
MAX_ROWS, MAX_COLUMNS = 200_000, 1_000
MAX_CELLS = 1_200_000
"""A long file of 290 units, 60 questions and nine years has 160,000 rows."""
SMALLER = (
    "Öppna filen, markera de tomma raderna och kolumnerna efter tabellen, ta bort dem, spara "
    "och kör om. Hör mer än tabellen till filen: spara bladet med tabellen som en egen fil."
)
RESAVE = "Öppna filen i Excel eller LibreOffice, spara den som xlsx utan lösenord och kör om."


def stop(what: str, file: str, expected: str, action: str, table: str = "", **where: object) -> DataError:
    """The error that ends a reading, to be raised."""
    return DataError(
        [Finding(what, file=file, table=table, expected=expected, action=action, priority=1, **where)]
    )


def spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def check_size(name: str, height: int, width: int, file: str, cells: int = 0) -> None:
    """Stops at a sheet with more rows, columns or cells than a table of units and questions has."""
    cell = f"{letters(max(width, 1) - 1)}{max(height, 1)}"
    for count, most, what in (
        (height, MAX_ROWS, "rader"),
        (width, MAX_COLUMNS, "kolumner"),
        (cells or height * width, MAX_CELLS, "celler"),
    ):
        if count > most:
            raise stop(
                f"Bladet har {spaced(count)} {what}",
                file,
                f"högst {spaced(most)} {what}; bladet sträcker sig minst till cell {cell}",
                SMALLER,
                table=f"blad ”{name}”, cell {cell}",
            )
