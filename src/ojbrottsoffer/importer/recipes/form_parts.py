"""The recipe of a file that is no wide table: where each part of it has its units, questions and answers.

A part is one table of one sheet. Its units and its questions stand in a column (`B`), in one cell (`A1`), are the
sheet's own name, or stand once above the rows that they go for.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

SHEET_NAME = "bladets namn"
COLUMN = r"^[A-Z]{1,3}$"
ONE = ("enhet", "fraga", "kod", "status", "ar", "riket", "senaste", "rattat")
"""Keys that name one column each, or one cell."""
PLACE = rf"^([A-Z]{{1,3}}[0-9]{{0,7}}|{SHEET_NAME})$"


class Part(BaseModel):
    """One table: columns are letters and rows numbers, as the file names them."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    blad: str
    enhet: str = Field(pattern=PLACE)
    fraga: str = Field(pattern=PLACE)
    svar: str | dict[str, str]
    """The column of the answers; or year -> column; or Ja, Delvis, Nej -> the column with its crosses."""
    kod: str | None = Field(None, pattern=COLUMN)
    """The column with the units' SCB codes."""
    status: str | None = Field(None, pattern=COLUMN)
    """The column that says why an answer is empty."""
    ar: str | None = Field(None, pattern=COLUMN)
    """The column with the years."""
    riket: str | None = Field(None, pattern=COLUMN)
    """The column with the nation's shares, where each row is a question."""
    val: dict[str, str] = Field(default_factory=dict)
    """Column -> the value of the rows that are read (`F: T`), where a question has several rows."""
    utom: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Column -> what it says on rows that are not read."""
    senaste: str | None = Field(None, pattern=COLUMN)
    """The column with dates or versions: of several answers to the same, the one with the latest counts."""
    rattat: str | None = Field(None, pattern=COLUMN)
    """The column with corrections: what stands there counts in the place of the answer."""
    bakgrund: dict[str, str] = Field(default_factory=dict)
    """Column -> what it says of the unit: befolkningsgrupp, omrade, antal_ja or stadsdel."""
    fyll_ned: tuple[str, ...] = ()
    """Columns where an empty cell means what the last one above it says."""
    lamnas: tuple[str, ...] = ()
    """Columns with what looks like answers that are not to be read."""
    en_gang: Literal["enhet", "fraga"] | None = None
    """Which of the two stands on a row of its own above the rows that it goes for."""
    rubrikrad: int | None = Field(None, ge=1)
    forsta: int = Field(ge=1)
    sista: int = Field(ge=1)

    @field_validator("svar")
    @classmethod
    def _columns(cls, said: str | dict[str, str]) -> str | dict[str, str]:
        for column in said.values() if isinstance(said, dict) else [said]:
            if not (column.isalpha() and column.isascii() and column.isupper() and len(column) <= 3):
                raise ValueError("en kolumns bokstäver")
        return said

    @property
    def columns(self) -> dict[str, str]:
        """Every column that is read, by what it is: `svar`, or `svar Ja` where there are several."""
        said = {name: getattr(self, name) for name in ONE}
        said |= {f"{name} {c}": c for name in ("val", "utom", "bakgrund") for c in getattr(self, name)}
        said |= (
            {f"svar {key}": c for key, c in self.svar.items()}
            if isinstance(self.svar, dict)
            else {"svar": self.svar}
        )
        return {name: column for name, column in said.items() if column and re.match(COLUMN, column)}

    @property
    def answers(self) -> list[str]:
        """The columns of the answers."""
        return list(self.svar.values()) if isinstance(self.svar, dict) else [self.svar]

    def plain(self) -> dict[str, object]:
        """As the profile has it: only what is said."""
        return self.model_dump(mode="json", exclude_defaults=True)
