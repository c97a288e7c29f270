"""Imported files: every folder in `data/raw/` with a `profil.yml`, read as its profile says.

The file is kept as published; nothing tidy is stored. Labels mean what `data/reference/` says
and nothing else: at this point no label is matched by likeness.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ojbrottsoffer.importer.accepted.accept import PROFILE_NAME
from ojbrottsoffer.importer.apply import Applied, apply
from ojbrottsoffer.importer.found import Place
from ojbrottsoffer.importer.found_shares import whole_percent
from ojbrottsoffer.importer.meaning.known_names import load_known_names
from ojbrottsoffer.importer.meaning.values import EMPTY, MARKS, key_of
from ojbrottsoffer.importer.read.file_sheet import Sheet
from ojbrottsoffer.importer.read.files import read_sheets
from ojbrottsoffer.importer.read.sizes import stop
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.importer.recipes.recipe_file import load_profile
from ojbrottsoffer.importer.stages.placing_columns import placing
from ojbrottsoffer.importer.understand import read_file
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.csv_tables import typed
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.reference.labels import labels_for
from ojbrottsoffer.sources.reference.register import Reference
from ojbrottsoffer.sources.skl2016 import PROVENANCE

FOLDER = re.compile(r"(oj|rankning|riket)-(\d{4})")
BASE_YEAR = 2015
"""`jamforbar` in `riket` is about this year's definitions."""


@dataclass(frozen=True)
class Imported:
    """One folder: its id, year, kind and the tables it fills (as `skl2016.tidy` gives them).

    `meaning`: the rows of the reference tables that decide how the year is compared and divided.
    """

    kalla_id: str
    ar: int
    slag: str
    frames: dict[str, pd.DataFrame]
    meaning: dict[str, pd.DataFrame]
    fil: str = ""
    """SHA-256 of the file."""
    profil: str = ""
    """SHA-256 of the profile that it is read by."""


@dataclass(frozen=True)
class Source:
    """A file that has been read, and what it is called."""

    file: str
    recipe: Profile
    applied: Applied
    kalla_id: str
    ar: int

    def provenance(self, place: Place, label: str, column: str) -> dict:
        said = [self.file, place.where, place.row, label, column, place.text]
        return dict(zip(PROVENANCE, said, strict=True))

    def where(self, place: Place, row: str, column: str) -> str:
        """The place in words that a person can follow."""
        if self.applied.layout.sheet.flipped:
            row, column = column, row
        return f"{self.file.rpartition('/')[2]}, {place.where} (rad {row}, kolumn {column})"


def is_imported(kalla_id: str) -> bool:
    """True for a source that came by `importera`, which names it so."""
    return FOLDER.fullmatch(kalla_id) is not None


def folders(project: Project) -> list[Path]:
    """The imported folders, earliest year first."""
    found = [path.parent for path in project.raw.glob(f"*/{PROFILE_NAME}") if is_imported(path.parent.name)]
    return sorted(found, key=lambda path: (path.name[-4:], path.name))


def read_all(project: Project, reference: Reference) -> list[Imported]:
    """Every imported folder. Raises `DataError` with what can't be read in any of them."""
    done, findings = [], []
    for folder in folders(project):
        try:
            done.append(read(project, reference, folder))
        except DataError as error:
            findings += error.findings
    if findings:
        raise DataError(findings)
    return done


def read(project: Project, reference: Reference, folder: Path) -> Imported:
    """One imported folder."""
    ar = int(FOLDER.fullmatch(folder.name)[2])
    source, recipe = _file_and_recipe(project, reference, folder)
    file = project.relative(source)
    applied = apply(recipe, read_sheets(source, file, recipe.sheets), ar, file)
    return Imported(
        folder.name,
        ar,
        recipe.slag,
        tables_of(Source(file, recipe, applied, folder.name, ar), reference),
        _meaning(reference, ar) if recipe.slag == "svar" else {},
        *(hashlib.sha256(path.read_bytes()).hexdigest() for path in (source, folder / PROFILE_NAME)),
    )


def read_again(project: Project, folder: Path, ar: int) -> tuple[Reading, list[Sheet]]:
    """How an imported file is understood, and all its sheets: for whoever approves it."""
    reference = load_known_names(project)
    path, recipe = _file_and_recipe(project, reference, folder)
    file = project.relative(path)
    return read_file(path, file, recipe, reference, ar), read_sheets(path, file)


def _file_and_recipe(project: Project, reference: Reference, folder: Path) -> tuple[Path, Profile]:
    """The published file of a folder, and how it is read."""
    ar = int(FOLDER.fullmatch(folder.name)[2])
    sources = [path for path in sorted(folder.iterdir()) if path.name not in (PROFILE_NAME, "origin.yml")]
    if len(sources) != 1:
        raise stop(
            "Filen saknas, eller mappen har fler än en utöver profil.yml och origin.yml",
            project.relative(folder),
            "den publicerade filen",
            "Återställ mappen ur git (git checkout).",
            value=", ".join(path.name for path in sources),
        )
    profile = load_profile(folder / PROFILE_NAME)
    year = ar if ar in reference.years else max(reference.years)
    labels = labels_for(reference, folder.name, year)
    return sources[0], profile.but(
        enheter=labels.known["enhet"] | profile.enheter, indikatorer=labels.known["indikator"]
    )


def _meaning(reference: Reference, ar: int) -> dict[str, pd.DataFrame]:
    """The links from the edition before to `ar`, and the areas its indicators lie in."""
    links = {
        name: getattr(reference, name).query("till_ar == @text", local_dict={"text": str(ar)})
        for name in ("indikatorer_mellan_ar", "enheter_mellan_ar")
    }
    used = set(reference.edition(ar)["indikatoromrade_id"])
    used |= {reference.parent_area[area] for area in used}
    return links | {"omraden": reference.omraden[reference.omraden["omrade_id"].isin(used)]}


def jamforbar(reference: Reference, indikator_id: str, ar: int) -> str:
    """How a year's definition compares with 2015's, along the stated links."""
    order = ["ja", "delvis", "osaker", "nej"]
    if ar == BASE_YEAR:
        return "ja"
    worst, current, year = "ja", indikator_id, ar
    while year > BASE_YEAR:
        row = reference.link_to.get((str(year), current))
        if row is None:
            return "osaker"
        worst = max(worst, row["jamforbar"], key=order.index)
        if row["typ"] not in ("samma", "omformulerad"):
            return worst if row["fran_id"] else "nej"
        current, year = row["fran_id"], int(row["fran_ar"])
    return worst


def tables_of(source: Source, reference: Reference) -> dict[str, pd.DataFrame]:
    """The tables that the file fills."""
    return {"svar": _answers, "rankning": _rankings, "riket": _national}[source.recipe.slag](
        source, reference
    )


def _answers(source: Source, reference: Reference) -> dict[str, pd.DataFrame]:
    ar, titles, labels = source.ar, source.applied.questions, source.applied.units
    rows = [
        {
            "ar": ar,
            "enhet_id": unit,
            "indikator_id": indicator,
            "svar_kod": answer.code,
            "svar": None if answer.code is None else SVAR.codes[str(answer.code)],
            "saknas_orsak": answer.reason,
            "kalla_id": source.kalla_id,
            "plats": source.where(place, labels[unit], titles[indicator]),
            **source.provenance(place, labels[unit], titles[indicator]),
        }
        for unit in labels
        for indicator in titles
        for answer, place in [source.applied.answers[unit, indicator]]
    ]
    edition = reference.edition(ar)
    known = set(edition.index)
    if known != set(titles):
        raise stop(
            "Filens indikatorer är inte utgåvans",
            source.file,
            "indikatorerna i data/reference/indikatorer_ar.csv",
            "Återställ filen eller referenstabellen ur git.",
            value=", ".join(sorted(known ^ set(titles))),
        )
    parents = reference.parent_area
    return {
        "resultat": pd.DataFrame(rows),
        "riket": _share_rows(source, reference),
        "indikatorer": reference.indikatorer[reference.indikatorer["indikator_id"].isin(known)],
        "indikatorer_ar": pd.DataFrame(
            {
                "ar": ar,
                "indikator_id": edition.index,
                "nr": edition["nr"].to_numpy(),
                "indikator": edition["indikator"].to_numpy(),
                "kvalitetsomrade_id": [parents[a] for a in edition["indikatoromrade_id"]],
                "indikatoromrade_id": edition["indikatoromrade_id"].to_numpy(),
            }
        ),
        "enheter": reference.units(set(labels)),
        "enheter_ar": pd.DataFrame([unit_of_year(source, unit, label) for unit, label in labels.items()]),
        "antal_ja_publicerat": pd.DataFrame(_totals(source)),
        "rankning_unizon": pd.DataFrame(),
    }


def unit_of_year(source: Source, unit: str, label: str) -> dict:
    """The row of `enheter_ar`."""
    group = source.applied.background.get((unit, "befolkningsgrupp"))
    area = source.applied.background.get((unit, "omrade"))
    row = {
        "ar": source.ar,
        "enhet_id": unit,
        "med_i_underlaget": True,
        "landsdel": area.text if area and key_of(area.text) not in MARKS | {EMPTY} else None,
        "befolkningsgrupp": source.applied.numbers.get((unit, "befolkningsgrupp")),
    }
    return row | (source.provenance(group, label, "befolkningsgrupp") if group else {})


def _totals(source: Source) -> list[dict]:
    return [
        {
            "ar": source.ar,
            "enhet_id": unit,
            "kalla_id": source.kalla_id,
            "antal_ja_publicerat": number,
            "plats": source.where(place, label, "antal ja"),
            **source.provenance(place, label, "antal ja"),
        }
        for unit, label in source.applied.units.items()
        if (number := source.applied.numbers.get((unit, "antal_ja"))) is not None
        for place in [source.applied.background[unit, "antal_ja"]]
    ]


def _share_rows(source: Source, reference: Reference) -> pd.DataFrame:
    rows = []
    for (indicator, part), (percent, place) in source.applied.shares.items():
        if percent is None:
            continue
        whole, label = whole_percent(percent), source.applied.questions[indicator]
        note = None if whole == percent else f"avrundat från {percent:g}".replace(".", ",")
        rows.append(
            {
                "ar": source.ar,
                "indikator_id": indicator,
                "delmangd": part,
                "andel_ja_procent": whole,
                "harledd": False,
                "jamforbar": jamforbar(reference, indicator, source.ar),
                "anmarkning": note,
                "kalla_id": source.kalla_id,
                "plats": source.where(place, "riket", label),
                **source.provenance(place, "riket", label),
            }
        )
    return pd.DataFrame(rows)


def _rankings(source: Source, reference: Reference) -> dict[str, pd.DataFrame]:
    """Rows of `rankning`: shared where the list gives the placing to more than one, or says so."""
    places = {
        unit: (placing(place.text), place)
        for (unit, role), place in source.applied.background.items()
        if role == "placering"
    }
    numbers = [found[0] for found, _ in places.values() if found]
    labels = source.applied.units
    reasons = {key_of(mark): reason for mark, reason in source.recipe.saknas.items()}
    rows = [
        {
            "undersokning": "unizon",
            "ar": source.ar,
            "enhet_id": unit,
            "placering": found[0] if found else None,
            "antal_rankade": source.recipe.antal_rankade or max([*numbers, len(numbers)], default=1),
            "delad": (found[1] or numbers.count(found[0]) > 1) if found else None,
            "saknas_orsak": None if found else reasons.get(key_of(place.text), "uppgift_saknas"),
            "kalla_id": source.kalla_id,
            "plats": source.where(place, labels[unit], "placering"),
            **source.provenance(place, labels[unit], "placering"),
        }
        for unit, (found, place) in places.items()
    ]
    return {"rankning_unizon": pd.DataFrame(rows)}


def _national(source: Source, reference: Reference) -> dict[str, pd.DataFrame]:
    return {"riket": _share_rows(source, reference)}


def combined(first: dict[str, pd.DataFrame], imported: list[Imported]) -> dict[str, pd.DataFrame]:
    """The tables of the first source with those of the imported files under them."""
    frames = dict(first)
    for name in {name for item in imported for name, frame in item.frames.items() if len(frame)}:
        parts = [first[name], *(item.frames[name] for item in imported if len(item.frames.get(name, ())))]
        frames[name] = pd.concat([_typed(name, part) for part in parts], ignore_index=True)
    for name, key in (("indikatorer", "indikator_id"), ("enheter", "enhet_id")):
        if imported:
            frames[name] = frames[name].drop_duplicates(key).reset_index(drop=True)
    return frames


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Declared types for the public columns; provenance as it is, empty where there is none."""
    table = TABLES[
        "rankning" if name == "rankning_unizon" else "antal_ja" if name == "antal_ja_publicerat" else name
    ]
    public = [column for column in table.column_names if column in frame.columns]
    part = Table(
        table.name,
        table.title,
        table.description,
        tuple(table.column(column) for column in public),
        table.key,
    )
    return typed(frame[public], part).join(
        frame.reindex(columns=PROVENANCE).astype(object).reset_index(drop=True)
    )
