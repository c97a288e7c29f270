"""Measures the checks: on the 2015 edition, and on invented tables of 320 units, 60 indicators
and 10 years, each as CPU and peak memory. Part of `make bench`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.checks import contradictions
from ojbrottsoffer.checks.claims.claims_file import checked_claims
from ojbrottsoffer.checks.claims.trying import try_claims
from ojbrottsoffer.checks.expectations.derived import with_helpers
from ojbrottsoffer.checks.expectations.validate import validate
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.csv_tables import to_csv_bytes, typed
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import computed, single_figures, skl2016
from ojbrottsoffer.sources.curated.claim_rows import read_claim_rows
from ojbrottsoffer.sources.reference.register import load_reference
from tools.bench.measuring import RUNS, forked, measured, row

ROOT = Path(__file__).resolve().parents[2]
UNITS, YEARS = 320, range(2031, 2041)


def invented(real: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every public table for invented units and years; indicators and areas are the real ones."""
    rng = random.Random(1)
    units = [f"testkommun-{n:03}" for n in range(1, UNITS + 1)]
    questions = real["indikatorer_ar"].query("ar == 2015")
    keys = pd.MultiIndex.from_product(
        [YEARS, units, questions["indikator_id"]], names=["ar", "enhet_id", "indikator_id"]
    ).to_frame(index=False)
    codes = rng.choices([2, 2, 1, 0], k=len(keys))
    answers = keys.assign(
        svar_kod=codes,
        svar=[SVAR.codes[str(c)] for c in codes],
        saknas_orsak=None,
        kalla_id="beraknad",
        plats="påhittad",
    )
    answers = typed(answers, TABLES["resultat"])
    counted = computed.counted_ja(answers).rename("antal_ja_publicerat").reset_index()
    shares = real["riket"].query("ar == 2015 and kalla_id == 'skl-2016'")
    frames = dict(real) | {
        "resultat": answers,
        "enheter": pd.DataFrame(
            {
                "enhet_id": units,
                "enhet": [f"Testkommun {u[-3:]}" for u in units],
                "typ": "kommun",
                "kommunkod": "0000",
                "kommun": "Testkommun",
                "lanskod": "00",
                "lan": "Test",
                "kalla_id": "beraknad",
            }
        ),
        "enheter_ar": pd.MultiIndex.from_product([YEARS, units], names=["ar", "enhet_id"])
        .to_frame(index=False)
        .assign(med_i_underlaget=True, landsdel="Norra", befolkningsgrupp=3, kalla_id="beraknad"),
        "indikatorer_ar": pd.concat([questions.assign(ar=year) for year in YEARS]),
        "riket": pd.concat([shares.assign(ar=year, kalla_id="beraknad") for year in YEARS]),
        "antal_ja": computed.antal_ja(counted.assign(kalla_id="beraknad", plats="påhittad"), answers),
        "rankning": computed.rank_by_ja(answers),
        "avvikelser": real["avvikelser"].head(0),
        "pastaenden": real["pastaenden"].head(0),
    }
    return {name: typed(frame, TABLES[name]) for name, frame in frames.items()}


def compared(project: Project, tables: dict[str, pd.DataFrame]) -> None:
    """Every claim, and every pair of sources in the tables."""
    own = computed.own_sources(tables["resultat"])
    names = tables["enheter"].set_index("enhet_id")["enhet"].to_dict()
    labels = (
        tables["indikatorer_ar"]
        .drop_duplicates("indikator_id")
        .set_index("indikator_id")["indikator"]
        .to_dict()
    )
    called = tables["kallor"].set_index("kalla_id")["titel"].to_dict()
    placed = {
        name: tables[name].reindex(columns=[*tables[name].columns, *skl2016.PROVENANCE])
        for name in ("antal_ja", "riket", "rankning")
    }
    try_claims(
        checked_claims(read_claim_rows(project)),
        tables,
        single_figures.read(project, load_reference(project)).omgangar,
        own,
    )
    contradictions.of_totals(placed["antal_ja"], tables["enheter"])
    contradictions.of_shares(placed["riket"], labels, called, own)
    contradictions.of_placings(placed["rankning"], names, called, own)


def told(name: str, work: Callable[[], object], note: str = "") -> None:
    row(name, [forked(work) for _ in range(RUNS)], note)


def main() -> None:
    project = Project(ROOT)
    row(
        "läsa in Great Expectations",
        [measured([sys.executable, "-c", "import great_expectations"], ROOT) for _ in range(RUNS)],
    )
    told("läsa och kontrollera 2015", lambda: ingest_and_check(project))
    tables = invented(read_tables(project.clean))
    rows = sum(len(frame) for frame in tables.values())
    with TemporaryDirectory() as folder:
        for name, frame in tables.items():
            (Path(folder) / f"{name}.csv").write_bytes(to_csv_bytes(frame, TABLES[name]))
        told("läsa tabellerna, 320 × 60 × 10", lambda: read_tables(Path(folder)))
    told("påståenden och källor, 320 × 60 × 10", lambda: compared(project, tables))
    told("hjälpkolumner, 320 × 60 × 10", lambda: with_helpers(tables))
    checks, findings = validate(project, tables)
    assert not [finding for finding in findings if finding.kind == "fel"], findings[:3]
    told("sviterna, 320 × 60 × 10", lambda: validate(project, tables), f" {rows} rader, {len(checks)} regler")


if __name__ == "__main__":
    main()
