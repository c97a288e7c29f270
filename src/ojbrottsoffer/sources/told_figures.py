"""What sources tell in words, or of single municipalities: nothing that is counted with.

The files lie beside the single figures (`single_figures`) and are named in `origin.yml` in the same way.
"""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import DELMANGD
from ojbrottsoffer.schema.csv_tables import parse_rows
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.origins import Origin
from ojbrottsoffer.sources.parse.raw import read_records
from ojbrottsoffer.sources.reference.register import Reference

YES_NO = {"ja": "TRUE", "nej": "FALSE"}
COMPARABLE = {"ja": "ja", "delvis": "delvis", "nej": "nej", "osäker": "osaker"}
SURE = {"säker": "saker", "ganska säker": "ganska_saker", "osäker": "osaker"}
PARTS = {part: part for part in DELMANGD.codes} | {"vuxen": "vuxna"}
COLUMNS = {
    "ovriga_andelar": ["ar", "omrade", "fraga", "uppgift", "harledd", "jamforbar_med_2015", "anmarkning"],
    "kommunsvar": [
        "ar",
        "kommun",
        "undersokning",
        "indikator_id",
        "delmangd",
        "svar",
        "svar_som_tryckt",
        "sakerhet",
        "anmarkning",
        "plats",
    ],
    "utan_placering": ["ar", "kommun", "uppgift"],
}
"""The files and their columns."""
PUBLIC = {
    "ovriga_andelar": "andelar_i_ord",
    "kommunsvar": "kommunsvar",
    "utan_placering": "unizon_utan_placering",
}
"""File -> public table."""


def read(project: Project, reference: Reference, origins: dict[str, Origin]) -> dict[str, pd.DataFrame]:
    """Public table -> frame, of every source. Raises `DataError` with every row that can't be placed."""
    units = dict(zip(reference.municipalities["enhet"], reference.municipalities["enhet_id"], strict=True))
    # As the first edition calls it: what is said here stays when a later one calls it otherwise.
    first = reference.indikatorer_ar.sort_values("ar").drop_duplicates("indikator_id")
    labels = dict(zip(first["indikator_id"], first["indikator"], strict=True))
    frames = {name: [parse_rows([], TABLES[name], "", first_row=2)] for name in PUBLIC.values()}
    findings: list[Finding] = []
    for folder, origin in origins.items():
        for name, where in origin.single_figures.items():
            if name not in PUBLIC:
                continue
            path, table = project.raw / folder / f"{name}.csv", TABLES[PUBLIC[name]]
            file = project.relative(path)
            try:
                rows = [
                    _public(row, name, origin.kalla_id, where, units, labels, findings)
                    for row in read_records(path, file, COLUMNS[name])
                ]
                grid = [[row.get(column, "") for column in table.column_names] for row in rows]
                frames[table.name].append(parse_rows(grid, table, file, first_row=2))
            except DataError as error:
                findings += error.findings
    if findings:
        raise DataError(findings)
    return {
        name: pd.concat(found).sort_values(list(TABLES[name].key), kind="stable").reset_index(drop=True)
        for name, found in frames.items()
    }


def _public(
    row: dict,
    name: str,
    kalla_id: str,
    where: str,
    units: dict[str, str],
    labels: dict[str, str],
    findings: list[Finding],
) -> dict[str, str]:
    """A row in the columns of its public table; what is not among the known ones is told."""

    def known(column: str, allowed: dict[str, str], expected: str) -> str:
        if row[column] not in allowed:
            findings.append(
                Finding(
                    "Värdet går inte att tolka",
                    file=row["fil"],
                    row=row["rad"],
                    column=column,
                    value=row[column],
                    expected=expected,
                    action="Jämför med källan (adressen står i origin.yml) och rätta cellen.",
                    priority=2,
                )
            )
        return allowed.get(row[column], "")

    said = {**row, "kalla_id": kalla_id, "plats": row.get("plats", where), "geografi": row.get("omrade", "")}
    if "kommun" in row:
        said["enhet_id"] = known("kommun", units, "en kommun som står i data/reference/kommuner.csv")
    if name == "utan_placering":
        said["uppgift_id"] = f"{row['ar'] or 'okant'}-{said['enhet_id']}-{kalla_id}"
    if "harledd" in row:
        said["harledd"] = known("harledd", YES_NO, swedish_or(list(YES_NO)))
        said["jamforbar"] = known("jamforbar_med_2015", COMPARABLE, swedish_or(list(COMPARABLE)))
    if name == "kommunsvar":
        said["enkat"] = row["undersokning"]
        said["delmangd"] = known("delmangd", PARTS, swedish_or(list(PARTS)))
        said["sakerhet"] = known("sakerhet", SURE, swedish_or(list(SURE)))
        if row["indikator_id"]:
            said["fraga"] = known(
                "indikator_id", labels, "ett id i data/reference/indikatorer.csv, eller tomt"
            )
        else:
            said["fraga"] = row["anmarkning"].split(";")[0]
    return said
