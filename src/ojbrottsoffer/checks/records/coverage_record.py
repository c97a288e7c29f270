"""What `make tackning` found in invented countries: written by it, shown where the analysis says how sure it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.parse.json_records import RecordedDay, RecordedVersion, is_old, read_json_record

FILE_NAME = "tackning.json"
COMMAND = "make tackning"
RULE = "regeln"
"""What is singled out as a deviation, beside the intervals of each assumed spread."""
Spread = Annotated[str, Field(pattern=r"^[0-9]\.[0-9]+$")]
Assumed = Annotated[str, Field(pattern=rf"^([0-9]\.[0-9]+|{RULE})$")]
Counts = Annotated[str, Field(pattern=r"^[0-9]{1,6}( [0-9]{1,6})*$")]
Decimals = Annotated[str, Field(pattern=r"^[0-9]{1,2}\.[0-9]{1,9}( [0-9]{1,2}\.[0-9]{1,9})*$")]


@dataclass(frozen=True)
class Kept:
    """What `save` writes. `underlag`: the digest of the design; with other data it is old and not used.
    `utfall_per_land`: kind of country -> assumed spread, or the rule -> kind -> one number per
    country, with blanks between. `olikhet_per_land`: kind of country -> one number per country.
    """

    datum: RecordedDay
    version: RecordedVersion
    underlag: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    fro: Annotated[int, Field(ge=0, le=1_000_000)]
    lander: Annotated[int, Field(ge=1, le=100_000)]
    utfall_per_land: Annotated[dict[Spread, dict[Assumed, dict[str, Counts]]], Field(min_length=1)]
    olikhet_per_land: Annotated[dict[Spread, Decimals], Field(min_length=1)]

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        lists = {
            f"{area}, {assumed}, {kind}": numbers
            for area, found in self.utfall_per_land.items()
            for assumed, kinds in found.items()
            for kind, numbers in kinds.items()
        }
        for name, numbers in {**lists, **self.olikhet_per_land}.items():
            if len(numbers.split()) != self.lander:
                raise ValueError(f"ett tal per land: {name}")
        if set(self.utfall_per_land) != set(self.olikhet_per_land):
            raise ValueError("samma slag av länder på båda ställena")
        if not any(set(numbers) & set("123456789") for numbers in lists.values()):
            raise ValueError("något utfall i något land")

    @property
    def old(self) -> bool:
        """True if the countries were drawn from another version of the data."""
        return is_old(self.version)


def save_coverage(project: Project, record: Kept) -> None:
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1)
    (project.reference / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def load_coverage(project: Project) -> Kept | None:
    """The latest run; None if there is none. Raises `DataError` for a file that says something else."""
    path = project.reference / FILE_NAME
    return read_json_record(path, project.relative(path), Kept, COMMAND) if path.exists() else None
