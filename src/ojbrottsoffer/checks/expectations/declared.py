"""What the declaration of a table demands of its rows, one demand for each column and kind.

The names of the demands are what the report and the page about quality show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.schema.model import Column, ForeignKey, Table
from ojbrottsoffer.schema.tables import TABLES

FIX = "Rätta värdet i den fil som anges, efter den publicerade tabellen."
Known = dict[str, list]
"""The values that foreign keys may have, by `known_as`."""


@dataclass(frozen=True)
class Demand:
    """One thing that must hold on every row. Texts are Swedish.

    `breaks` takes the frame and the known values, and is True on each row that breaks it.
    """

    columns: tuple[str, ...]
    what: str
    why: str
    fix: str
    breaks: Callable[[pd.DataFrame, Known], pd.Series]


def demands(table: Table) -> list[Demand]:
    """Everything the declaration of `table` demands, in the order of its columns."""
    of_columns = [demand for column in table.columns for demand in _of_column(column)]
    return [*of_columns, _of_key(table), *(_of_foreign_key(key) for key in table.foreign_keys)]


def known_as(key: ForeignKey) -> str:
    """What the values that a foreign key may have are called."""
    return "_".join((key.target, *key.target_columns))


def known_values(frames: dict[str, pd.DataFrame]) -> Known:
    """The values of the columns that every foreign key points at."""
    return {
        known_as(key): sorted(_pointed(frames[key.target], key.target_columns).dropna().unique())
        for table in TABLES.values()
        for key in table.foreign_keys
    }


def _pointed(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """What a key is on each row, as one value; missing where any of its columns is."""
    first, *more = (frame[name] for name in columns)
    for values in more:
        first = first.astype("str") + " " + values.astype("str")
    return first.where(frame[list(columns)].notna().all(axis=1))


def _of_column(column: Column) -> Iterator[Demand]:
    name = column.name

    def demand(what: str, why: str, breaks: Callable[[pd.Series], pd.Series]) -> Demand:
        return Demand((name,), f"{name} {what}", why, FIX, lambda frame, known: breaks(frame[name]))

    def of_filled(holds: Callable[[pd.Series], pd.Series]) -> Callable[[pd.Series], pd.Series]:
        return lambda values: values.notna() & ~holds(values).fillna(False).astype(bool)

    if column.required:
        yield demand(
            "är ifylld på varje rad",
            "Kolumnen är obligatorisk i datakontraktet.",
            lambda values: values.isna(),
        )
    if column.codes:
        codes = [column.parse(code) for code in column.codes.codes]
        yield demand(
            f"är {column.expected()}", "Kodlistan är sluten.", of_filled(lambda values: values.isin(codes))
        )
    elif column.minimum is not None or column.maximum is not None:
        yield demand(
            f"är {column.expected()}",
            "Ett tal utanför gränserna är ett skrivfel eller en förskjuten kolumn.",
            of_filled(lambda values: _within(values, column)),
        )
    if column.pattern:
        yield demand(
            f"har rätt form ({column.pattern})",
            "Id:n och koder måste se likadana ut i alla tabeller.",
            of_filled(lambda values: values.astype("str").str.contains(column.pattern)),
        )
    if column.max_length:
        yield demand(
            f"är högst {column.max_length} tecken",
            "Texten ska få plats i diagram.",
            of_filled(lambda values: values.astype("str").str.len() <= column.max_length),
        )


def _within(values: pd.Series, column: Column) -> pd.Series:
    """True for the numbers, whole if the column is of whole numbers, within the column's bounds."""
    numbers = pd.to_numeric(values, errors="coerce")
    holds = numbers.notna()
    if column.type == "integer":
        holds &= numbers % 1 == 0
    if column.minimum is not None:
        holds &= numbers >= column.minimum
    if column.maximum is not None:
        holds &= numbers <= column.maximum
    return holds


def _of_key(table: Table) -> Demand:
    key = list(table.key)
    return Demand(
        table.key,
        f"{' + '.join(key)} är unik",
        "Nyckeln pekar ut exakt en rad.",
        "Ta bort den rad som inte är tryckt.",
        lambda frame, known: frame.duplicated(key, keep=False) & frame[key].notna().any(axis=1),
    )


def _of_foreign_key(key: ForeignKey) -> Demand:
    def breaks(frame: pd.DataFrame, known: Known) -> pd.Series:
        values = _pointed(frame, key.columns)
        return values.notna() & ~values.isin(known[known_as(key)])

    return Demand(
        key.columns,
        f"{' + '.join(key.columns)} finns i {key.target}.csv",
        "En rad som pekar på något som inte finns går inte att läsa.",
        f"Lägg till raden i {key.target} eller rätta id:t.",
        breaks,
    )
