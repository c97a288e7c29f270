"""Do the intervals hold? Invented countries where the model is true, drawn, chosen from and judged.

Each one draws a country, publishes its rounded shares, takes units among those with most Ja
as the report did, and lets the analysis loose on them. What it says is compared with the truth:
nothing deviates, so an interval that misses is a miss.

Enough countries take minutes, so `make tackning` draws them and keeps what it found in a file
together with a digest of what they were drawn from. With other data the file says nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import ConfigDict, Field

from ojbrottsoffer.analysis.factors.expected import Expected
from ojbrottsoffer.analysis.factors.rasch import difficulties
from ojbrottsoffer.analysis.limits import LEVEL
from ojbrottsoffer.analysis.units.ranking import TOP_OJ
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.sources.json_records import read_json_record

INDICATORS = "indikatorer"
FILE_NAME = "tackning.json"


@dataclass(frozen=True)
class Design:
    """What the invented countries resemble and what is judged in them.

    `shares`: national shares in percent. `groups`: kind -> positions of the indicators that are
    judged together. Country number n is the same whichever others are drawn.
    """

    shares: tuple[float, ...]
    groups: dict[str, list[list[int]]]
    seed: int
    true_sigma: float
    country: int
    chosen: int
    top: int = TOP_OJ
    level: float = LEVEL

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @cached_property
    def intervals(self) -> dict[str, int]:
        """How many intervals of each kind one country gives."""
        return {INDICATORS: len(self.shares), **{kind: len(found) for kind, found in self.groups.items()}}

    @cached_property
    def truth(self) -> np.ndarray:
        return difficulties(np.array(self.shares), self.true_sigma)

    def misses(self, number: int, assumed: Iterable[float]) -> dict[float, dict[str, int]]:
        """Assumed spread -> kind -> how many intervals miss in one country."""
        rng = np.random.Generator(np.random.PCG64([self.seed, number]))
        ids = [str(n) for n in range(len(self.shares))]
        ability = rng.normal(0, self.true_sigma, self.country)
        chance = 1 / (1 + np.exp(self.truth[:, None] - ability))
        yes = rng.random((len(ids), self.country)) < chance
        best = np.argsort(-yes.sum(axis=0), kind="stable")[: self.top]
        units = rng.choice(best, self.chosen, replace=False)
        published = np.round(100 * yes.mean(axis=1))
        ja = pd.DataFrame(yes[:, units], index=ids, columns=[f"u{n}" for n in range(self.chosen)])
        answered = pd.DataFrame(True, index=ja.index, columns=ja.columns)
        found = {}
        for sigma in assumed:
            b = pd.Series(difficulties(published, sigma), index=ids)
            model = Expected(sigma, b, answered, ja, ())
            found[sigma] = {INDICATORS: len(model.outside)}
            for kind, groups in self.groups.items():
                judged = [model.of_indicators(ids[n] for n in group) for group in groups]
                found[sigma][kind] = sum(one is not None and one.outside for one in judged)
        return found


@dataclass(frozen=True)
class Kept:
    """What `save` writes. `underlag`: the digest of the design; with other data it is old and not used.
    `missar_per_land`: assumed spread -> kind -> one number per country, with blanks between.
    """

    underlag: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    fro: Annotated[int, Field(ge=0)]
    lander: Annotated[int, Field(ge=1, le=100_000)]
    missar_per_land: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^[0-9]\.[0-9]+$")],
            dict[str, Annotated[str, Field(pattern=r"^[0-9]{1,6}( [0-9]{1,6})*$")]],
        ],
        Field(min_length=1),
    ]

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        for spread, kinds in self.missar_per_land.items():
            for kind, numbers in kinds.items():
                if len(numbers.split()) != self.lander:
                    raise ValueError(f"ett tal per land: {spread}, {kind}")


@dataclass(frozen=True)
class Coverage:
    """Kind of interval -> share that covers, 0–1, and how many there were."""

    rounds: int
    shares: dict[str, tuple[float, int]]


def covering(design: Design, misses: list[dict[str, int]]) -> Coverage:
    """From the misses of each country. A kind without intervals is left out."""
    rounds = len(misses)
    return Coverage(
        rounds,
        {
            kind: (1 - sum(one[kind] for one in misses) / (rounds * n), rounds * n)
            for kind, n in design.intervals.items()
            if n
        },
    )


def save(path: Path, design: Design, found: list[dict[float, dict[str, int]]]) -> None:
    """`found`: what `misses` said, country 0 first; the file has one number per country."""
    lists = {
        str(sigma): {kind: " ".join(str(one[sigma][kind]) for one in found) for kind in design.intervals}
        for sigma in found[0]
    }
    kept = {"underlag": design.digest, "fro": design.seed, "lander": len(found), "missar_per_land": lists}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path, file: str, design: Design) -> dict[float, list[dict[str, int]]]:
    """Assumed spread -> the misses of each country; empty if none were drawn from these data.

    `file`: what the path is called in a message. Raises `DataError` for a file that says
    something else than what `save` writes.
    """
    if not path.exists():
        return {}
    kept = read_json_record(path, file, Kept, "make tackning")
    if kept.underlag != design.digest:
        return {}
    try:
        found = {}
        for sigma, kinds in kept.missar_per_land.items():
            numbers = {kind: [int(one) for one in kinds[kind].split()] for kind in design.intervals}
            for kind, listed in numbers.items():
                if len(listed) != kept.lander or not all(
                    0 <= one <= design.intervals[kind] for one in listed
                ):
                    raise ValueError(f"{kind}: {sigma}")
            found[float(sigma)] = [
                dict(zip(numbers, one, strict=True)) for one in zip(*numbers.values(), strict=True)
            ]
        return found
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(
            [
                Finding(
                    "Resultatet av prövningen i påhittade länder går inte att läsa",
                    file=file,
                    value=str(error),
                    expected="det som make tackning skriver",
                    action=f"Hämta tillbaka filen ur git (git checkout -- {file}), eller kör make tackning.",
                    priority=1,
                )
            ]
        ) from error
