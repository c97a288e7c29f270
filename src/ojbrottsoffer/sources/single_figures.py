"""Figures that other sources give one by one: national shares, Unizon's placings, survey rounds.

A source of this kind is a folder in `data/raw/` whose `origin.yml` has `single_figures`: which
of `riket.csv`, `rankning.csv` and `omgangar.csv` it holds and where in the source they stand.
Every source has the same columns, so one module reads them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.schema.model import Column, swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.origins import Origin, read_origins
from ojbrottsoffer.sources.parse.raw import read_records
from ojbrottsoffer.sources.reference.register import Reference
from ojbrottsoffer.sources.skl2016 import PROVENANCE

COLUMNS = {
    "riket": ["ar", "indikator", "andel_ja_procent", "harledd", "jamforbar_med_2015", "anmarkning"],
    "rankning": ["ar", "kommun", "placering", "delad", "anmarkning"],
    "omgangar": [
        "undersokning",
        "ar",
        "antal_indikatorer",
        "svarsfrekvens_procent",
        "svarande",
        "utskickade",
        "placeringar",
        "anmarkning",
    ],
}
"""The files and their columns."""

COMPUTED = ("foredragen", "antal_svarande")
"""Columns of `riket` that are counted when all sources are read."""
PUBLISHED = re.compile(r"\bpublicerad ([0-9]{4}(?:-[0-9]{2}){0,2})\b")
"""How a remark tells when a round was published."""
YES_NO = {"ja": True, "nej": False}
SHARED = YES_NO | {"okänt": None}
COMPARABLE = {"ja": "ja", "delvis": "delvis", "nej": "nej", "osäker": "osaker"}
SURVEYS = {"Öppna jämförelser": "oj", "Kvinnofridsbarometern": "unizon"}
COUNTS = ["antal_indikatorer", "svarsfrekvens_procent", "svarande", "utskickade", "placeringar"]
"""The numbers that a source can give of a round."""
WHOLE = Column("antal", "integer", "Antal", "Ett antal eller en procentsats.", minimum=0)
COMPARE = "Jämför med källan (adressen står i origin.yml) och rätta cellen."


@dataclass(frozen=True)
class SingleFigures:
    """What all sources of this kind give.

    `riket` (without `foredragen` and `antal_svarande`) and `rankning`: public columns plus `PROVENANCE`.
    `omgangar`: `undersokning, ar, publicerad, antal_indikatorer, svarsfrekvens_procent, svarande, utskickade, placeringar, anmarkning,
    kalla_id, plats`.
    """

    riket: pd.DataFrame
    rankning: pd.DataFrame
    omgangar: pd.DataFrame

    @property
    def years(self) -> set[int]:
        """The years when Öppna jämförelser was made, as far as a share or a round tells."""
        rounds = self.omgangar[self.omgangar["undersokning"] == "oj"]
        return {int(year) for year in (*self.riket["ar"], *rounds["ar"])}


def read(project: Project, reference: Reference, origins: dict[str, Origin] | None = None) -> SingleFigures:
    """Every figure. `origins`: if they are read already. Raises `DataError` with every row that can't be read or placed."""
    findings: list[Finding] = []
    rows: dict[str, list[dict]] = {name: [] for name in COLUMNS}
    readers: dict[str, Callable] = {"riket": _share, "rankning": _placing, "omgangar": _round}
    known = _Known(
        labels=reference.etiketter_riket.set_index("etikett")[["indikator_id", "delmangd"]]
        .apply(tuple, axis=1)
        .to_dict(),
        units=dict(zip(reference.municipalities["enhet"], reference.municipalities["enhet_id"], strict=True)),
    )
    for folder, origin in (origins or read_origins(project)).items():
        for name, where in origin.single_figures.items():
            if name not in COLUMNS:
                continue
            path = project.raw / folder / f"{name}.csv"
            try:
                cells = _cells(path, project.relative(path), name)
            except DataError as error:
                findings += error.findings
                continue
            for row in cells:
                row.update(kalla_id=origin.kalla_id, where=where)
                rows[name].append(readers[name](row, known, findings))
    findings += _impossible_rounds(rows["omgangar"])
    if findings:
        raise DataError(findings)
    counted = [
        row for row in rows["omgangar"] if row["undersokning"] == "unizon" and row["placeringar"] is not None
    ]
    # What Unizon says of its own ranking counts where others say otherwise.
    own_last = sorted(counted, key=lambda row: row["kalla_id"].startswith("unizon"))
    placings = {row["ar"]: row["placeringar"] for row in own_last}
    for row in rows["rankning"]:
        row["antal_rankade"] = placings.get(row["ar"])
    public = {
        name: [column for column in (*TABLES[name].column_names, *PROVENANCE) if column not in COMPUTED]
        for name in ("riket", "rankning")
    }
    return SingleFigures(
        riket=pd.DataFrame(rows["riket"], columns=public["riket"]),
        rankning=pd.DataFrame(rows["rankning"], columns=public["rankning"]),
        omgangar=pd.DataFrame(
            rows["omgangar"],
            columns=[*COLUMNS["omgangar"], "publicerad", "kalla_id", "plats", "_fil", "_rad"],
            dtype=object,
        ),
    )


@dataclass(frozen=True)
class _Known:
    """`labels`: printed label -> (indikator_id, delmangd). `units`: municipality -> enhet_id."""

    labels: dict[str, tuple[str, str]]
    units: dict[str, str]


def _cells(path: Path, file: str, name: str) -> list[dict]:
    """The rows of a file as dicts, with `fil` and `rad`."""
    return read_records(path, file, COLUMNS[name])


def _bad(row: dict, column: str, expected: str, action: str = COMPARE, **more: object) -> Finding:
    label = row.get("indikator") or row.get("kommun") or row.get("undersokning", "")
    return Finding(
        "Värdet går inte att tolka",
        file=row["fil"],
        row=row["rad"],
        row_label=label if label != row[column] else "",
        column=column,
        value=row[column],
        expected=expected,
        action=action,
        **more,
    )


def _number(
    row: dict, name: str, column: Column, findings: list[Finding], required: bool = True
) -> int | None:
    if row[name] == "" and not required:
        return None
    try:
        if row[name] == "":
            raise ValueError(column.expected())
        return column.parse(row[name])
    except ValueError as error:
        findings.append(_bad(row, name, str(error)))
        return None


def _code(row: dict, name: str, codes: dict, findings: list[Finding]) -> object:
    if row[name] not in codes:
        findings.append(_bad(row, name, swedish_or(list(codes))))
    return codes.get(row[name])


def _provenance(row: dict, label: str, column: str) -> dict:
    return {
        "_fil": row["fil"],
        "_tabell": row["where"],
        "_rad": row["rad"],
        "_etikett": row[label],
        "_kolumn": column,
        "_varde": row[column],
    }


def _share(row: dict, known: _Known, findings: list[Finding]) -> dict:
    table = TABLES["riket"]
    if row["indikator"] not in known.labels:
        findings.append(
            _bad(
                row,
                "indikator",
                "en etikett som står i data/reference/etiketter_riket.csv",
                "Är det ett skrivfel: rätta det. Är det en ny etikett: lägg till den där med "
                "indikator och delmängd.",
                priority=2,
            )
        )
    indicator, part = known.labels.get(row["indikator"], (None, None))
    return {
        "ar": _number(row, "ar", table.column("ar"), findings),
        "indikator_id": indicator,
        "delmangd": part,
        "andel_ja_procent": _number(row, "andel_ja_procent", table.column("andel_ja_procent"), findings),
        "harledd": _code(row, "harledd", YES_NO, findings),
        "jamforbar": _code(row, "jamforbar_med_2015", COMPARABLE, findings),
        "anmarkning": row["anmarkning"] or None,
        "kalla_id": row["kalla_id"],
        "plats": f"{row['where']}, {show(row['indikator'], 200)} {row['ar']}",
        **_provenance(row, "indikator", "andel_ja_procent"),
    }


def _placing(row: dict, known: _Known, findings: list[Finding]) -> dict:
    table = TABLES["rankning"]
    if row["kommun"] not in known.units:
        findings.append(
            _bad(
                row,
                "kommun",
                "en kommun som står i data/reference/kommuner.csv",
                "Rätta namnet så att det är SCB:s.",
                priority=2,
            )
        )
    note = f" ({row['anmarkning']})" if row["anmarkning"] else ""
    return {
        "undersokning": "unizon",
        "ar": _number(row, "ar", table.column("ar"), findings),
        "enhet_id": known.units.get(row["kommun"]),
        "placering": _number(row, "placering", table.column("placering"), findings),
        "delad": _code(row, "delad", SHARED, findings),
        "saknas_orsak": None,
        "kalla_id": row["kalla_id"],
        "plats": f"{row['where']}, {row['kommun']} {row['ar']}{note}",
        **_provenance(row, "kommun", "placering"),
    }


def _round(row: dict, known: _Known, findings: list[Finding]) -> dict:
    return {
        "undersokning": _code(row, "undersokning", SURVEYS, findings),
        "ar": _number(row, "ar", TABLES["rankning"].column("ar"), findings),
        **{name: _number(row, name, WHOLE, findings, required=False) for name in COUNTS},
        "anmarkning": row["anmarkning"] or None,
        "publicerad": told[1] if (told := PUBLISHED.search(row["anmarkning"])) else None,
        "kalla_id": row["kalla_id"],
        "plats": row["where"],
        "_fil": row["fil"],
        "_rad": row["rad"],
        "_row": row,
    }


def _impossible_rounds(rounds: list[dict]) -> list[Finding]:
    """Figures about a round that can't be: a year out of bounds, a rate above 100, a part
    larger than its whole, the same round twice in a source.
    """
    findings, seen = [], set()
    year = TABLES["rankning"].column("ar")
    for item in rounds:
        row = item["_row"]

        def bad(column: str, expected: str, row: dict = row) -> None:
            findings.append(_bad(row, column, expected))

        if item["ar"] is not None and not year.minimum <= item["ar"] <= year.maximum:
            bad("ar", year.expected())
        if (item["svarsfrekvens_procent"] or 0) > 100:
            bad("svarsfrekvens_procent", "ett heltal från 0 till 100")
        for part, whole in (("svarande", "utskickade"), ("placeringar", "svarande")):
            if None not in (item[part], item[whole]) and item[part] > item[whole]:
                bad(part, f"högst antalet {whole} ({item[whole]})")
        key = (item["undersokning"], item["ar"], item["kalla_id"])
        if key in seen:
            bad("ar", "en rad per undersökning och år")
        seen.add(key)
    return findings
