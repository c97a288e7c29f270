"""SKL's report *Framgångsfaktorer i kvinnofridsarbetet* (2016): its tables 1 and 2.

Table 1 (appendix 3) is printed as five pages of two parts; table 2 (appendix 4) as five
parts. Each part is one file in `data/raw/skl-2016/`, and every value keeps the place it was
printed in. `read` gives the cells as text; `tidy` turns them into public tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.finding import DataError, Finding, show
from ojbrottsoffer.schema.model import Column
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.parse.raw import RESTORE, read_grid
from ojbrottsoffer.sources.reference.labels import Labels
from ojbrottsoffer.sources.reference.register import Reference

KALLA_ID = "skl-2016"
AR = 2015
PAGES = range(1, 6)
PARTS = range(1, 3)
BLOCKS_2 = range(1, 6)
COLUMNS_2 = ["Kvalitetsområde", "Indikatorområde", "Indikator", "Andel ja-svar"]
MISSING_MARK = "saknas"

PROVENANCE = ["_fil", "_tabell", "_rad", "_etikett", "_kolumn", "_varde"]
"""Where a value of a staged table stands in the raw files; not public, used in messages."""


@dataclass(frozen=True)
class Printed:
    """The cells as printed.

    `table1`: one row per cell: `fil, rad, sida, del, tabell, etikett, kolumn, text, slag, id,
    enhet_id, indikatorrad` (`slag` is indikator or bakgrund; ids are None if unknown).
    `table2`: one row per indicator: `fil, rad, del, tabell, indikatorrad, kvalitetsomrade,
    indikatoromrade, etikett, text, id` (areas carried down from where they are printed).
    `unknown`: a finding for each label nobody has said the meaning of.
    """

    table1: pd.DataFrame
    table2: pd.DataFrame
    unknown: list[Finding]


def read(project: Project, labels: Labels) -> Printed:
    """All fifteen parts. Raises `DataError` with every part whose shape is broken."""
    findings: list[Finding] = []
    cells: list[dict] = []
    rows: list[dict] = []
    unknown: list[Finding] = []
    for page in PAGES:
        for part in PARTS:
            try:
                cells += _read_part_1(project, labels, page, part, unknown)
            except DataError as error:
                findings += error.findings
    for block in BLOCKS_2:
        try:
            rows += _read_part_2(project, labels, block, unknown)
        except DataError as error:
            findings += error.findings
    findings += _stray_files(project)
    if findings:
        raise DataError(findings)
    table2 = pd.DataFrame(rows)
    for column in ("kvalitetsomrade", "indikatoromrade"):
        table2[column] = table2[column].ffill()
    return Printed(pd.DataFrame(cells), table2, unknown)


def _stray_files(project: Project) -> list[Finding]:
    """Tables in the folder that no part of the report accounts for."""
    expected = {f"tabell-1-sida-{page}-del-{part}.csv" for page in PAGES for part in PARTS}
    expected |= {f"tabell-2-del-{block}.csv" for block in BLOCKS_2}
    return [
        Finding(
            "Filen hör inte till rapportens tabeller",
            file=project.relative(path),
            expected="tabell 1, sida 1–5, del 1–2, och tabell 2, del 1–5",
            action="Ta bort filen, eller ge den rätt namn.",
            priority=1,
        )
        for path in sorted((project.raw / KALLA_ID).glob("tabell-*.csv"))
        if path.name not in expected
    ]


def _read_part_1(
    project: Project, labels: Labels, page: int, part: int, unknown: list[Finding]
) -> list[dict]:
    path = project.raw / KALLA_ID / f"tabell-1-sida-{page}-del-{part}.csv"
    file = project.relative(path)
    label = f"Tabell 1, sida {page}, del {part}"
    table = label.lower()
    grid = read_grid(path, file)
    width = len(grid[0])
    _check_shape(grid, file, table, width, first_cell=label)
    header = grid[1]
    units = header[1:]
    if header[0] != "" or "" in units:
        raise DataError(
            [
                Finding(
                    "Raden med enheternas namn är skadad",
                    file=file,
                    table=table,
                    row=2,
                    value=",".join(header),
                    expected="en tom cell och sedan ett namn i varje kolumn",
                    action=RESTORE.format(file=file),
                    priority=1,
                )
            ]
        )
    unit_ids = [labels.find("enhet", unit) for unit in units]
    unknown += [
        labels.unknown("enhet", unit, file=file, table=table, row=2)
        for unit, unit_id in zip(units, unit_ids, strict=True)
        if unit_id is None
    ]
    cells = []
    indicator_row = 0
    for number, (text_label, *texts) in enumerate(grid[2:], start=3):
        background = labels.find("bakgrund", text_label)
        if background is None:
            indicator_row += 1
            row_id = labels.find("indikator", text_label)
            if row_id is None:
                unknown.append(labels.unknown("indikator", text_label, file=file, table=table, row=number))
        else:
            row_id = background
        if background == "omrade":
            unknown += [
                labels.unknown("landsomrade", text, file=file, table=table, row=number, column=unit)
                for unit, text in zip(units, texts, strict=True)
                if labels.find("landsomrade", text) is None
            ]
        cells += [
            {
                "fil": file,
                "rad": number,
                "sida": page,
                "del": part,
                "tabell": table,
                "etikett": text_label,
                "kolumn": unit,
                "text": text,
                "slag": "indikator" if background is None else "bakgrund",
                "id": row_id,
                "enhet_id": unit_id,
                "indikatorrad": indicator_row if background is None else 0,
            }
            for unit, unit_id, text in zip(units, unit_ids, texts, strict=True)
        ]
    return cells


def _read_part_2(project: Project, labels: Labels, block: int, unknown: list[Finding]) -> list[dict]:
    path = project.raw / KALLA_ID / f"tabell-2-del-{block}.csv"
    file = project.relative(path)
    table = f"tabell 2, del {block} av {len(BLOCKS_2)}"
    grid = read_grid(path, file)
    _check_shape(grid, file, table, len(COLUMNS_2), first_cell="TABELL 2.")
    if grid[1] != COLUMNS_2:
        raise DataError(
            [
                Finding(
                    "Kolumnnamnen är skadade",
                    file=file,
                    table=table,
                    row=2,
                    value=",".join(grid[1]),
                    expected=",".join(COLUMNS_2),
                    action=RESTORE.format(file=file),
                    priority=1,
                )
            ]
        )
    rows = []
    for number, (quality_area, area, label, text) in enumerate(grid[2:], start=3):
        areas: dict[str, str | None] = {}
        for kind, printed in (("kvalitetsomrade", quality_area), ("indikatoromrade", area)):
            areas[kind] = labels.find(kind, printed) if printed else None
            if printed and areas[kind] is None:
                unknown.append(
                    labels.unknown(
                        kind,
                        printed,
                        file=file,
                        table=table,
                        row=number,
                        column=COLUMNS_2[0 if kind == "kvalitetsomrade" else 1],
                    )
                )
        row_id = labels.find("indikator", label)
        if row_id is None:
            unknown.append(
                labels.unknown("indikator", label, file=file, table=table, row=number, column="Indikator")
            )
        rows.append(
            {
                "fil": file,
                "rad": number,
                "del": block,
                "tabell": table,
                "indikatorrad": number - 2,
                **areas,
                "etikett": label,
                "text": text,
                "id": row_id,
            }
        )
    return rows


def _check_shape(grid: list[list[str]], file: str, table: str, width: int, first_cell: str) -> None:
    findings = []
    if not grid[0][0].startswith(first_cell):
        findings.append(
            Finding(
                "Filen innehåller fel del av tabellen, eller rubriken är skadad",
                file=file,
                table=table,
                row=1,
                value=grid[0][0],
                expected=show(first_cell),
                action=RESTORE.format(file=file),
                priority=1,
            )
        )
    if len(grid) < 3:
        findings.append(
            Finding(
                "Delen har inga rader",
                file=file,
                table=table,
                row=len(grid),
                expected="en rubrik, kolumnnamn och minst en rad",
                action=RESTORE.format(file=file),
                priority=1,
            )
        )
    for number, row in enumerate(grid, start=1):
        if len(row) != width:
            findings.append(
                Finding(
                    "Raden har fel antal kolumner",
                    file=file,
                    table=table,
                    row=number,
                    row_label=row[0],
                    value=",".join(row),
                    expected=f"{width} celler, men raden har {len(row)}",
                    action="Jämför raden med den tryckta tabellen och rätta den. "
                    "Är den sist i filen är filen troligen avklippt.",
                    priority=1,
                )
            )
    if findings:
        raise DataError(findings)


def tidy(printed: Printed, reference: Reference) -> dict[str, pd.DataFrame]:
    """The public tables this source fills, with `PROVENANCE` columns where a cell stands behind.

    Values have their declared types but are not judged. Raises `DataError` with every cell
    that can't be read as its type at all.
    """
    findings: list[Finding] = []
    answers = _answers(printed.table1, findings)
    background = _background(printed.table1, findings)
    shares = _shares(printed.table2, findings)
    if findings:
        raise DataError(findings)
    return {
        "resultat": answers,
        "riket": shares,
        "indikatorer": reference.indikatorer[
            reference.indikatorer["indikator_id"].isin(set(printed.table2["id"]))
        ].reset_index(drop=True),
        "indikatorer_ar": _indicators_of_year(printed.table2, reference),
        "enheter": reference.units(set(printed.table1["enhet_id"])),
        "enheter_ar": background["enheter_ar"],
        "antal_ja_publicerat": background["antal_ja_publicerat"],
        "rankning_unizon": background["rankning_unizon"],
    }


def _parse(column: Column, cell: dict, findings: list[Finding]) -> tuple[object, str | None]:
    """The value of a printed cell and, if it says ”saknas”, the reason why it is missing."""
    text = cell["text"]
    if text == MISSING_MARK:
        return None, "uppgift_saknas"
    try:
        if text == "":
            raise ValueError(column.expected())
        return column.parse(text), None
    except ValueError as error:
        findings.append(
            Finding(
                "Cellen är tom" if text == "" else "Värdet går inte att tolka",
                file=cell["fil"],
                table=cell["tabell"],
                row=cell["rad"],
                row_label=cell["etikett"],
                column=cell["kolumn"],
                value=text,
                expected=f"{error}, eller ”{MISSING_MARK}” om det står så",
                action="Jämför med den tryckta tabellen och rätta cellen.",
            )
        )
        return None, None


def _provenance(cell: dict) -> dict:
    return {
        "_fil": cell["fil"],
        "_tabell": cell["tabell"],
        "_rad": cell["rad"],
        "_etikett": cell["etikett"],
        "_kolumn": cell["kolumn"],
        "_varde": cell["text"],
    }


def _answers(table1: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    column = TABLES["resultat"].column("svar_kod")
    cells = table1[table1["slag"] == "indikator"]
    cells = cells.sort_values(["del", "sida", "rad"], kind="stable")
    rows = []
    for cell in cells.to_dict("records"):
        code, reason = _parse(column, cell, findings)
        rows.append(
            {
                "ar": AR,
                "enhet_id": cell["enhet_id"],
                "indikator_id": cell["id"],
                "svar_kod": code,
                "svar": None if code is None else SVAR.codes.get(str(code)),
                "saknas_orsak": reason,
                "kalla_id": KALLA_ID,
                "plats": f"{cell['tabell']}, rad {cell['indikatorrad']} bland indikatorerna, "
                f"kolumn {cell['kolumn']}",
                **_provenance(cell),
            }
        )
    frame = pd.DataFrame(rows)
    order = {unit: i for i, unit in enumerate(dict.fromkeys(frame["enhet_id"]))}
    return frame.sort_values("enhet_id", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)


def _background(table1: pd.DataFrame, findings: list[Finding]) -> dict[str, pd.DataFrame]:
    cells = table1[table1["slag"] == "bakgrund"]
    of_year = {
        printed: TABLES["enheter_ar"].column(name)
        for printed, name in (("befolkningsgrupp", "befolkningsgrupp"), ("omrade", "landsdel"))
    }
    frames: dict[str, list[dict]] = {"enheter_ar": [], "antal_ja_publicerat": [], "rankning_unizon": []}
    for unit_id, group in cells.groupby("enhet_id", sort=False):
        by_id = {cell["id"]: cell for cell in group.to_dict("records")}
        values = {
            column.name: _parse(column, by_id[printed], findings)[0] for printed, column in of_year.items()
        }
        frames["enheter_ar"].append(
            {
                "ar": AR,
                "enhet_id": unit_id,
                "med_i_underlaget": True,
                **values,
                **_provenance(by_id["befolkningsgrupp"]),
            }
        )
        total = by_id["antal_ja_publicerat"]
        frames["antal_ja_publicerat"].append(
            {
                "ar": AR,
                "enhet_id": unit_id,
                "antal_ja_publicerat": _parse(
                    TABLES["antal_ja"].column("antal_ja_publicerat"), total, findings
                )[0],
                "kalla_id": KALLA_ID,
                "plats": _background_place(total),
                **_provenance(total),
            }
        )
        rank = by_id["placering"]
        placing, reason = _parse(TABLES["rankning"].column("placering"), rank, findings)
        frames["rankning_unizon"].append(
            {
                "undersokning": "unizon",
                "ar": AR,
                "enhet_id": unit_id,
                "placering": placing,
                "antal_rankade": int(re.search(r"\(1-(\d+)\)", rank["etikett"])[1]),
                "delad": None,
                "saknas_orsak": reason,
                "kalla_id": KALLA_ID,
                "plats": _background_place(rank),
                **_provenance(rank),
            }
        )
    return {name: pd.DataFrame(rows) for name, rows in frames.items()}


def _background_place(cell: dict) -> str:
    label = re.sub(r"</?i>", "", cell["etikett"])
    return f"{cell['tabell']}, rad ”{label}”, kolumn {cell['kolumn']}"


def _shares(table2: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    rows = []
    for cell in table2.assign(kolumn=COLUMNS_2[3]).to_dict("records"):
        match = re.fullmatch(r"(0|[1-9][0-9]{0,3}) %", cell["text"])
        if not match:
            findings.append(
                Finding(
                    "Andelen går inte att tolka",
                    file=cell["fil"],
                    table=cell["tabell"],
                    row=cell["rad"],
                    row_label=cell["etikett"],
                    column=cell["kolumn"],
                    value=cell["text"],
                    expected="hela procent, till exempel ”69 %”",
                    action="Jämför med den tryckta tabellen och rätta cellen.",
                )
            )
        rows.append(
            {
                "ar": AR,
                "indikator_id": cell["id"],
                "delmangd": "alla",
                "andel_ja_procent": int(match[1]) if match else None,
                "harledd": False,
                "jamforbar": "ja",
                "anmarkning": None,
                "kalla_id": KALLA_ID,
                "plats": f"{cell['tabell']}, rad {cell['indikatorrad']} bland indikatorerna, "
                f"kolumn {cell['kolumn']}",
                **_provenance(cell),
            }
        )
    return pd.DataFrame(rows)


def _indicators_of_year(table2: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    labels = reference.edition(AR)["indikator"]
    return pd.DataFrame(
        {
            "ar": AR,
            "indikator_id": table2["id"],
            "nr": range(1, len(table2) + 1),
            "indikator": table2["id"].map(labels),
            "kvalitetsomrade_id": table2["kvalitetsomrade"],
            "indikatoromrade_id": table2["indikatoromrade"],
            "_fil": table2["fil"],
            "_tabell": table2["tabell"],
            "_rad": table2["rad"],
            "_etikett": table2["etikett"],
            "_kolumn": COLUMNS_2[2],
            "_varde": table2["etikett"],
        }
    )
