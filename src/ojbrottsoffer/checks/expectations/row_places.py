"""Where a row of a public table stands in the file somebody edits by hand.

A rule of a suite knows a row by its key. A person needs the file and the line.
"""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated import methods
from ojbrottsoffer.sources.parse.raw import line_of, read_grid
from ojbrottsoffer.sources.skl2016 import PROVENANCE

REFERENCE = {
    "enheter": (("enheter.csv", ("enhet_id",)), ("kommuner.csv", ("kommunkod",))),
    "indikatorer": (("indikatorer.csv", ("indikator_id",)),),
    "indikatorer_ar": (("indikatorer_ar.csv", ("ar", "indikator_id")),),
    "omraden": (("omraden.csv", ("omrade_id",)),),
    "indikatorer_mellan_ar": (("indikatorer_mellan_ar.csv", ("fran_ar", "fran_id", "till_ar", "till_id")),),
    "enheter_mellan_ar": (("enheter_mellan_ar.csv", ("fran_ar", "fran_id", "till_ar", "till_id")),),
    "pastaenden": (("pastaenden.csv", ("pastaende_id",)),),
    "metoder": (("metoder.yml", ("metod_id",)),),
    "metoder_kallor": (("metoder.yml", ("metod_id",)),),
    "metoder_kopplingar": (("metoder.yml", ("metod_id",)),),
    "definitioner": (("definitioner.yml", ("definition_id",)),),
    "definitioner_begrepp": (("definitioner.yml", ("definition_id",)),),
    "begrepp": (("definitioner.yml", ("begrepp_id",)),),
    "faktorer": (("framgangsfaktorer.yml", ("faktor_id",)),),
    "indikatorer_kolada": (("indikatorer_kolada.csv", ("kolada_id", "indikator_id")),),
    "nyckeltal": (("kolada.yml", ("nyckeltal_id",)),),
    **{name: ((f"metoder/{name}.csv", TABLES[name].key),) for name in methods.WRITTEN},
}
"""Public table -> the files in `data/reference/` it comes from, and what its rows are known by."""
RAW = {
    "sodertalje_bedomning": ((f"{methods.SODERTALJE}/tabell-2.csv", ("princip_nr",)),),
    "sodertalje_medelvarden": ((f"{methods.SODERTALJE}/tabell-2.csv", ("betyg",)),),
    "sodertalje_plan": ((f"{methods.SODERTALJE}/handlingsplan.csv", ("atgard_nr",)),),
    "insatstrappa": ((f"{methods.JONKOPING}/insatstrappa.csv", ("trappsteg",)),),
    "valdsutovare_jonkoping": ((f"{methods.JONKOPING}/svar.csv", ("fraga_id", "kommun")),),
}
"""The same for tables of one file in `data/raw/`."""
LISTED = "kanda_avvikelser.yml"
FETCHED = ("nyckeltal_varden", "kommungrupper_kolada")
"""Tables that are made of what a fetch wrote: a row is in the folder of its source."""


def place(project: Project, table: str, row: dict | None) -> tuple[str, int | None]:
    """File and line of a row (None: of the table as a whole); the folder of the sources where
    the row is made out of more than one file.
    """
    if table == "avvikelser":
        path = project.reference / LISTED
        line = line_of(path, f"avvikelse_id: {row['avvikelse_id']}") if row else None
        return project.relative(path), line
    if table == "kallor" or table in FETCHED and row:
        path = project.raw / str(row["kalla_id"]) / "origin.yml" if row else project.raw
        return project.relative(path if path.exists() else project.raw), None
    files = [
        (folder / name, key)
        for folder, known in ((project.reference, REFERENCE), (project.raw, RAW))
        for name, key in known.get(table, ())
    ]
    for path, key in files if row else ():
        if line := _line(path, project.relative(path), key, row):
            return project.relative(path), line
    return project.relative(files[0][0] if files else project.raw), None


def _line(path, file: str, key: tuple[str, ...], row: dict) -> int | None:
    if not set(key) <= set(row):
        return None
    try:
        header, *rows = read_grid(path, file)
        columns = [header.index(name) for name in key]
    except (DataError, ValueError):
        return None
    wanted = ["" if row[name] is None or row[name] != row[name] else str(row[name]) for name in key]
    return next(
        (
            number
            for number, cells in enumerate(rows, start=2)
            if [cells[c] for c in columns if c < len(cells)] == wanted
        ),
        None,
    )


def located_by(table: str, frame: pd.DataFrame) -> list[str]:
    """What a rule must report of a failing row for `place` to find it: its keys, and the printed
    cell if one stands behind each row of `frame`.
    """
    source = ("kalla_id",) if table in FETCHED else ()
    names = [*TABLES[table].key, *source, *(name for _, key in REFERENCE.get(table, ()) for name in key)]
    keys = [name for name in dict.fromkeys(names) if name in TABLES[table].column_names]
    return [*keys, *(PROVENANCE if set(PROVENANCE) <= set(frame.columns) else ())]
