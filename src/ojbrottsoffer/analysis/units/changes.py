"""What has changed since the edition before: for one unit, and for the edition as a whole.

Only stated links are followed (`indikatorer_mellan_ar`, `enheter_mellan_ar`). Two answers are
compared when the question is the same, or reworded and said to be comparable, and both exist.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.analysis.edition import JA, Edition

BETTER, WORSE, SAME, INCOMPARABLE = "battre", "samre", "oforandrat", "ej_jamforbart"
FOLLOWED = ("samma", "omformulerad")
MERGED = ("sammanslagen", "delad")


@dataclass(frozen=True)
class AnswerChange:
    """One indicator of one unit. Codes are 2/1/0 or None; `why` says why it can't be compared:
    a code of `SAMBAND`, `saknas` or `definition`."""

    indikator_id: str
    before_id: str | None
    before: int | None
    after: int | None
    kind: str
    why: str | None = None


@dataclass(frozen=True)
class UnitChange:
    """One unit against the edition before. `link` is what happened to the unit itself (a code
    of `ENHETSSAMBAND`, or None if it goes on as it was); then `earlier` are its earlier ids.
    """

    enhet_id: str
    earlier: tuple[str, ...]
    link: str | None
    answers: tuple[AnswerChange, ...]

    def of_kind(self, kind: str) -> list[AnswerChange]:
        return [change for change in self.answers if change.kind == kind]

    @property
    def comparable(self) -> int:
        return len(self.answers) - len(self.of_kind(INCOMPARABLE))

    @property
    def ja(self) -> int:
        """Change in the number of Ja among the answers that can be compared."""
        both = [c for c in self.answers if c.kind != INCOMPARABLE]
        return sum(c.after == JA for c in both) - sum(c.before == JA for c in both)


@dataclass(frozen=True)
class EditionChange:
    """An edition against the one before it."""

    before: int
    after: int
    units_in: tuple[str, ...]
    units_out: tuple[str, ...]
    indicators: pd.DataFrame
    """The links: `fran_id, till_id, samband, svaren_jamforbara, anmarkning`."""
    units: dict[str, UnitChange]
    """Units that could be compared."""
    all_units: dict[str, UnitChange]
    """Every unit of the edition."""


def previous_year(tables: dict[str, pd.DataFrame], ar: int) -> int | None:
    """The last year before `ar` that has answers."""
    earlier = [int(year) for year in tables["resultat"]["ar"].unique() if year < ar]
    return max(earlier, default=None)


Links = dict[str, list[dict]]
"""Indicator of the later edition -> the rows that say where it comes from."""


def links_into(table: pd.DataFrame, before: int, after: int) -> Links:
    """The links between two editions, by what they lead to."""
    found: Links = {}
    for row in _links(table, before, after).to_dict("records"):
        found.setdefault(row["till_id"], []).append(row)
    return found


def unit_change(
    tables: dict[str, pd.DataFrame],
    before: Edition,
    after: Edition,
    enhet_id: str,
    links: Links | None = None,
) -> UnitChange:
    """What has changed for one unit of `after`. Without an earlier self it has no answers.

    `links`: those into `after`, if the caller has them already.
    """
    earlier, link = _earlier(tables, before, after, enhet_id)
    if len(earlier) != 1 or link in MERGED:
        return UnitChange(enhet_id, earlier, link or "ny", ())
    if links is None:
        links = links_into(tables["indikatorer_mellan_ar"], before.ar, after.ar)
    old, new = before.codes[earlier[0]], after.codes[enhet_id]
    answers = tuple(
        _answer_change(links.get(indicator, []), old, code, indicator) for indicator, code in new.items()
    )
    return UnitChange(enhet_id, earlier, link, answers)


def edition_change(tables: dict[str, pd.DataFrame], before: Edition, after: Edition) -> EditionChange:
    """The whole edition against the one before."""
    links = links_into(tables["indikatorer_mellan_ar"], before.ar, after.ar)
    units = {unit: unit_change(tables, before, after, unit, links) for unit in after.units.index}
    carried = {old for change in units.values() for old in change.earlier}
    return EditionChange(
        before.ar,
        after.ar,
        tuple(unit for unit, change in units.items() if not change.earlier),
        tuple(unit for unit in before.units.index if unit not in carried),
        _links(tables["indikatorer_mellan_ar"], before.ar, after.ar),
        {unit: change for unit, change in units.items() if change.answers},
        units,
    )


def _links(table: pd.DataFrame, before: int, after: int) -> pd.DataFrame:
    """The links between two editions; not those to a part of a question, which only the nation's shares know."""
    whole = table["till_delmangd"].isna() | table["till_delmangd"].eq("alla")
    return table[(table["fran_ar"] == before) & (table["till_ar"] == after) & whole]


def _earlier(
    tables: dict[str, pd.DataFrame], before: Edition, after: Edition, enhet_id: str
) -> tuple[tuple[str, ...], str | None]:
    table = tables["enheter_mellan_ar"]
    if not len(table):
        return ((enhet_id,), None) if enhet_id in before.units.index else ((), None)
    rows = table[
        (table["till_id"] == enhet_id) & (table["till_ar"] <= after.ar) & (table["till_ar"] > before.ar)
    ]
    if len(rows):
        ids = [i for i in rows["fran_id"].dropna() if i in before.units.index]
        return tuple(ids), rows.iloc[0]["enhetssamband"]
    return ((enhet_id,), None) if enhet_id in before.units.index else ((), None)


def _answer_change(
    rows: list[dict], before: dict[str, int | None], new: int | None, indicator: str
) -> AnswerChange:
    if len(rows) != 1 or rows[0]["samband"] not in FOLLOWED:
        return AnswerChange(indicator, None, None, new, INCOMPARABLE, rows[0]["samband"] if rows else "ny")
    link = rows[0]
    old = before[link["fran_id"]]
    if link["svaren_jamforbara"] != "ja":
        return AnswerChange(indicator, link["fran_id"], old, new, INCOMPARABLE, "definition")
    if old is None or new is None:
        return AnswerChange(indicator, link["fran_id"], old, new, INCOMPARABLE, "saknas")
    kind = SAME if new == old else BETTER if new > old else WORSE
    return AnswerChange(indicator, link["fran_id"], old, new, kind)
