"""What must hold in the small curated tables before anything is read with their help.

They are edited by hand, so a slip is answered with the file and the row.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ojbrottsoffer.tables.declarations import TABLES
from ojbrottsoffer.tables.findings import Finding
from ojbrottsoffer.tables.model import swedish_or

UNIQUE = {
    "enheter": [["enhet_id"], ["enhet"]],
    "enheter_i_underlaget": [["kalla_id", "enhet_id"]],
    "kommuner": [["kommunkod"], ["kommun"]],
    "indikatorer": [["indikator_id"], ["kortnamn"]],
    "indikatorer_ar": [["ar", "nr"], ["ar", "indikator_id"], ["ar", "indikator"]],
    "omraden": [["omrade_id"], ["niva", "omrade"]],
    "etiketter": [["kalla_id", "slag", "etikett"]],
    "etiketter_riket": [["etikett"]],
}
"""Table -> sets of columns that no two rows may share."""

INTEGERS = {"indikatorer_ar": ["ar", "nr"], "omraden": ["ordning"]}
"""Table -> columns that hold whole numbers."""

REFERS = {
    "enheter": [("kommunkod", "kommuner", "kommunkod")],
    "enheter_i_underlaget": [("enhet_id", "enheter", "enhet_id")],
    "indikatorer_ar": [("indikator_id", "indikatorer", "indikator_id"),
                       ("indikatoromrade_id", "omraden", "omrade_id")],
    "omraden": [("overordnat_id", "omraden", "omrade_id")],
    "etiketter_riket": [("indikator_id", "indikatorer", "indikator_id")],
}
"""Table -> (column, other table, its column); an empty value refers to nothing."""

KINDS = {
    "indikator": "indikator",
    "enhet": "enhet",
    "kvalitetsomrade": "kvalitetsområde",
    "indikatoromrade": "indikatorområde",
    "bakgrund": "bakgrundsrad",
    "landsomrade": "område i Sverige",
}
"""Kinds of label (column `slag` of `etiketter.csv`) -> what a reader calls them."""

DECLARED = {
    "enheter": ("enheter", ["enhet_id", "typ", "kommunkod"]),
    "indikatorer": ("indikatorer", ["indikator_id", "kortnamn", "malgrupp", "typ"]),
    "omraden": ("omraden", ["omrade_id", "niva"]),
}
"""Table -> the public table whose declared codes, patterns and lengths its columns follow."""


def broken_rules(frames: dict[str, pd.DataFrame], files: dict[str, str]) -> list[Finding]:
    """What does not hold. `frames` are text frames in file order; `files` how to name them."""
    return [
        Finding(what, file=files[name], row=index + 2, column=column,
                value=frames[name].at[index, column] if column in frames[name] else None,
                expected=expected, action="Rätta raden i referensfilen.", priority=1)
        for name in frames
        for what, index, column, expected in (
            *_unique(name, frames[name]), *_integers(name, frames[name]),
            *_refers(name, frames), *_declared(name, frames[name]),
        )
    ]


Broken = Iterator[tuple[str, int, str, str]]
"""What is wrong, row index, column, what was expected."""


def _unique(name: str, frame: pd.DataFrame) -> Broken:
    for columns in UNIQUE.get(name, []):
        for index in frame.index[frame.duplicated(columns)]:
            listed = " + ".join(columns)
            yield "Samma sak står på två rader", index, columns[-1], f"{listed} en gång i filen"


def _integers(name: str, frame: pd.DataFrame) -> Broken:
    for column in INTEGERS.get(name, []):
        for index in frame.index[~frame[column].str.fullmatch(r"[1-9][0-9]*")]:
            yield "Värdet är inte ett heltal", index, column, "ett heltal, minst 1"


def _refers(name: str, frames: dict[str, pd.DataFrame]) -> Broken:
    frame = frames[name]
    for column, other, target in REFERS.get(name, []):
        known = {"", *frames[other][target]}
        for index in frame.index[~frame[column].isin(known)]:
            yield ("Raden pekar på något som inte finns", index, column,
                   f"ett värde i kolumnen {target} i {other}.csv")


def _declared(name: str, frame: pd.DataFrame) -> Broken:
    if name == "etiketter":
        for index in frame.index[~frame["slag"].isin(list(KINDS))]:
            yield "Otillåtet värde", index, "slag", swedish_or(list(KINDS))
    public, columns = DECLARED.get(name, ("", []))
    for column in columns:
        declared = TABLES[public].column(column)
        wrong = frame[column].eq("")
        if declared.codes:
            wrong |= ~frame[column].isin(list(declared.codes.codes))
        if declared.pattern:
            wrong |= ~frame[column].str.contains(declared.pattern)
        if declared.max_length:
            wrong |= frame[column].str.len() > declared.max_length
        for index in frame.index[wrong]:
            yield "Otillåtet värde", index, column, declared.expected()
