"""The gate: raw files in, checked public tables out, or a message and nothing changed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import yaml

from ojbrottsoffer.ingest import beraknad, skl2016
from ojbrottsoffer.ingest.labels import labels_for
from ojbrottsoffer.ingest.reference import Reference, load_reference
from ojbrottsoffer.paths import Project
from ojbrottsoffer.quality.contradictions import find_contradictions, reviewed
from ojbrottsoffer.quality.report import Check, Report
from ojbrottsoffer.quality.structure import check_structure
from ojbrottsoffer.quality.validate import validate
from ojbrottsoffer.tables.csvio import to_csv_bytes, typed
from ojbrottsoffer.tables.datapackage import datapackage_bytes
from ojbrottsoffer.tables.declarations import TABLES
from ojbrottsoffer.tables.findings import DataError, Finding
from ojbrottsoffer.tables.swap import fresh, publish


@dataclass(frozen=True)
class Checked:
    """Tables that passed every check, and the record of it."""

    tables: dict[str, pd.DataFrame]
    """Public table -> frame typed as declared."""
    report: Report
    sources: list[dict[str, str]]
    """For the Data Package: title and path of each published source."""

    def files(self) -> dict[str, bytes]:
        """What `data/clean/` holds: file name -> bytes."""
        tables = {name: to_csv_bytes(self.tables[name], TABLES[name]) for name in TABLES}
        return {f"{name}.csv": data for name, data in tables.items()} | {
            "datapackage.json": datapackage_bytes(tables, self.sources)
        }


def ingest_and_check(project: Project) -> Checked:
    """Reads `data/raw/`, runs every check and returns the tables.

    Raises `DataError` as soon as a stage has found something that stops: unreadable files,
    labels and rows, values, contradictions nobody has reviewed. Writes nothing.
    """
    reference = load_reference(project)
    printed = skl2016.read(project, labels_for(reference, skl2016.KALLA_ID, skl2016.AR))
    checks, findings = check_structure(printed, reference)
    _stop_if(findings)
    frames = _assemble(skl2016.tidy(printed, reference), reference, project)
    contradictions, unreviewed = reviewed(
        find_contradictions(frames["antal_ja"], frames["enheter"]), project
    )
    frames["avvikelser"] = contradictions
    # The value checks come first in the message: a wrong code explains a wrong total.
    value_checks, findings = validate(project, frames)
    _stop_if(findings + unreviewed)
    checks += value_checks
    checks.append(
        Check("antal_ja", "Det publicerade antalet ja-svar är lika med det räknade, "
              "eller så är motsägelsen granskad", "Källan ska gå att kontrollera mot sig själv.",
              tested=len(frames["antal_ja"]), failed=len(contradictions), kind="avvikelse",
              origin="motsägelser")
    )
    tables = {name: typed(frames[name][table.column_names], table)
              for name, table in TABLES.items()}
    report = Report(checks, {name: len(frame) for name, frame in tables.items()})
    return Checked(tables, report, _package_sources(frames["kallor"]))


def publish_tables(checked: Checked, project: Project) -> bool:
    """Writes the tables to `data/clean/`, all or nothing. True if anything changed."""
    files = checked.files()
    present = {
        path.name: path.read_bytes() for path in sorted(project.clean.glob("*")) if path.is_file()
    }
    if present == files:
        return False
    folder = fresh(project.clean)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    publish(project.clean)
    return True


def _stop_if(findings: list[Finding]) -> None:
    if findings:
        raise DataError(findings)


def _assemble(
    staged: dict[str, pd.DataFrame], reference: Reference, project: Project
) -> dict[str, pd.DataFrame]:
    """Every public table except `avvikelser`, from what the sources and the reference give."""
    published = staged.pop("antal_ja_publicerat")
    unizon = staged.pop("rankning_unizon")
    answers = staged["resultat"].astype({"svar_kod": "Int64"})
    return staged | {
        "resultat": answers,
        "omraden": reference.omraden.assign(
            ordning=reference.omraden["ordning"].astype(int),
            overordnat_id=reference.omraden["overordnat_id"].replace("", None),
        ),
        "antal_ja": beraknad.antal_ja(published, answers),
        "rankning": _stacked(beraknad.rank_by_ja(answers), unizon),
        "kallor": _sources(project),
    }


def _stacked(*frames: pd.DataFrame) -> pd.DataFrame:
    """The public columns of several `rankning` frames on top of each other."""
    table = TABLES["rankning"]
    return pd.concat([typed(frame[table.column_names], table) for frame in frames],
                     ignore_index=True)


def _sources(project: Project) -> pd.DataFrame:
    """`kallor`: one row per folder of raw data, from its `origin.yml`, and `beraknad`."""
    rows = []
    for path in sorted(project.raw.glob("*/origin.yml")):
        origin = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows.append({"kalla_id": origin["kalla_id"], "titel": origin["title"],
                     "utgivare": origin["producer"], "publicerad": str(origin["published"]),
                     "url": origin["url"], "hamtad": str(origin["retrieved"]),
                     "licens_anmarkning": origin["licence"]})
    rows.append({"kalla_id": beraknad.KALLA_ID,
                 "titel": "Beräknat av projektet ur de andra tabellerna",
                 "utgivare": "Öppna jämförelser Brottsoffer", "publicerad": None, "url": None,
                 "hamtad": None, "licens_anmarkning": "Fritt att använda med källhänvisning "
                 "(Creative Commons Erkännande 4.0)."})
    return pd.DataFrame(sorted(rows, key=lambda row: row["kalla_id"]))


def _package_sources(kallor: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {"title": f"{row.utgivare}: {row.titel}", "path": row.url}
        for row in kallor.itertuples()
        if row.url
    ]
