"""What a claim is held against, and how a way to try it is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Evidence:
    """What a claim is held against: one year's public tables, and the survey rounds.

    `own_source` is the source of that year's answers.
    """

    ar: int
    kalla_id: str
    tables: dict[str, pd.DataFrame]
    omgangar: pd.DataFrame
    own_source: str

    def year(self, name: str) -> pd.DataFrame:
        frame = self.tables[name]
        return frame[frame["ar"] == self.ar]

    def answers(self) -> pd.DataFrame:
        frame = self.year("resultat")
        return frame[frame["kalla_id"] == self.own_source]

    def units(self) -> list[str]:
        return sorted(set(self.answers()["enhet_id"]))

    def shares(self, ar: int) -> pd.DataFrame:
        return self.tables["riket"].query("ar == @ar and delmangd == 'alla' and not harledd")

    def placings(self) -> pd.Series:
        rows = self.year("rankning").query("undersokning == 'unizon'")
        own = rows[rows["kalla_id"] == self.own_source].set_index("enhet_id")["placering"]
        return own.reindex(self.units())

    def round_of_others(self, survey: str, column: str) -> int | None:
        """A figure about this year's round from another source than the claim's own."""
        rows = self.omgangar[
            (self.omgangar["ar"] == self.ar)
            & (self.omgangar["undersokning"] == survey)
            & (self.omgangar["kalla_id"] != self.kalla_id)
            & self.omgangar[column].notna()
        ]
        return int(rows[column].iloc[0]) if len(rows) else None


NO_IDS = slice(0, 0)


@dataclass(frozen=True)
class Method:
    """How a claim is tried: in words, and by a function that returns the value (None: can't be)."""

    text: str
    value: Callable[[Evidence, list[str]], int | None]
    units: slice = field(default_factory=lambda: NO_IDS)
    indicators: slice = field(default_factory=lambda: NO_IDS)
    """Which parts of `underlag` are ids of units and of indicators."""
    in_words: bool = False
    """The number is no figure of the source: what each place says is written in words beside a claim that fails."""
