"""What a Ja requires, by indicator and year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.schema.csv_tables import plain


@dataclass(frozen=True)
class Definition:
    """A row of `definitioner`."""

    id: str
    scope: str
    """A code of the list `omfattning`."""
    first: int | None
    last: int | None
    """The years it is known for; None where that is not known."""
    roughly: bool
    short: str
    yes: str | None
    """None if no definition has been found."""
    partly: str | None
    not_counted: str | None
    terms: tuple[str, ...]
    holds: str
    """A code of the list `galler`: whether 2015 asked the same."""
    why: str
    source_id: str
    place: str

    def covers(self, year: int) -> bool:
        """Whether it is known to be that year's."""
        return self.first is not None and self.first <= year and (self.last is None or year <= self.last)


def definitions_of(table: pd.DataFrame, terms: pd.DataFrame) -> dict[str, list[Definition]]:
    """Indicator -> its definitions in order. `table`: `definitioner`; `terms`: `definitioner_begrepp`."""
    found: dict[str, list[Definition]] = {}
    named: dict[tuple[str, str], list[str]] = {}
    for row in terms.itertuples():
        named.setdefault((row.indikator_id, row.definition_id), []).append(row.begrepp_id)
    columns = {name: plain(table[name]) for name in table.columns}
    for row in (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)):
        found.setdefault(row["indikator_id"], []).append(
            Definition(
                row["definition_id"],
                row["omfattning"],
                row["kand_fran"],
                row["kand_till"],
                bool(row["ar_ungefar"]),
                row["kort"],
                row["ja"],
                row["delvis"],
                row["raknas_inte"],
                tuple(named.get((row["indikator_id"], row["definition_id"]), ())),
                row["galler_2015"],
                row["varfor_2015"],
                row["kalla_id"],
                row["plats"],
            )
        )
    return found


def definition_for(definitions: list[Definition], year: int) -> Definition | None:
    """The one that is known to be the year's, else the first; None if there is none."""
    return next((item for item in definitions if item.covers(year)), definitions[0] if definitions else None)
