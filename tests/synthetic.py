"""An invented national edition, to see that everything holds for many units.

Every unit is called Testkommun; no figure in it has to do with any real municipality.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
from pathlib import Path

import pandas as pd

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.schema.columns import SCB
from ojbrottsoffer.schema.csv_tables import to_csv_bytes, typed
from ojbrottsoffer.schema.datapackage import datapackage_bytes
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.schema.tables.kolada_tables import NATION
from ojbrottsoffer.sources.curated.key_figures import load_key_figures
from ojbrottsoffer.sources.fetched_figures import understood
from ojbrottsoffer.sources.kolada_answers import Answer
from ojbrottsoffer.sources.reference.register import load_reference
from tools.nation import invented
from tools.nation.key_figures import InventedKolada

YEAR = 2099
SOURCE = "testupplaga"
ROOT = Path(__file__).resolve().parents[1]
FETCHED_YEARS = tuple(range(2004, 2024))
MARK = "Testerna har hittat på allt som står här."
KEPT = (
    "definitioner",
    "definitioner_begrepp",
    "begrepp",
    "faktorer",
    "indikatorer_kolada",
    "metoder",
    "metoder_kallor",
    "metoder_kopplingar",
    "metod_nyckeltal",
    "nyckeltal",
    "sodertalje_steg",
    "sodertalje_checklista",
    "sodertalje_bedomning",
    "sodertalje_medelvarden",
    "sodertalje_plan",
    "verksamhetslogik",
    "uppfoljning_variabler",
    "insatstrappa",
    "valdsutovare_jonkoping",
    "sjalvskattning",
    "nyckeltal",
)
"""The definitions, and the worked examples, which have nothing to do with the edition."""


def make_project(project: Project, folder: Path, units: int, with_kolada: bool = False) -> Project:
    """A copy of the sources in `folder` with an invented edition in place of the published one. `with_kolada`: and
    with invented key figures, as if they had been fetched.
    """
    for name in (
        "docs",
        "theme",
        "src",
        "mkdocs.yml",
        "data/reference",
        "CHANGELOG.md",
        "CITATION.cff",
        ".build/kvalitet.json",
        ".build/anteckningsbocker",
    ):
        source, target = project.root / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for origin in project.raw.glob("*/origin.yml"):
        target = folder / "data" / "raw" / origin.parent.name
        target.mkdir(parents=True)
        shutil.copy(origin, target)
    copy = Project(folder)
    copy.clean.mkdir(parents=True)
    copy.synthetic_mark.write_text(MARK, encoding="utf-8")
    frames = tables(read_tables(project.clean), units)
    with (copy.reference / "kommuner.csv").open("a", encoding="utf-8") as file:
        for unit, place in zip(frames["enheter"].itertuples(), invented.register(units), strict=True):
            file.write(f"{unit.kommunkod},{unit.enhet},{unit.lanskod},{unit.lan},{place.lat},{place.lon}\n")
    if with_kolada:
        frames |= fetched(copy)
    files = {name: to_csv_bytes(frame, TABLES[name]) for name, frame in frames.items()}
    for name, content in files.items():
        (copy.clean / f"{name}.csv").write_bytes(content)
    (copy.clean / "datapackage.json").write_bytes(datapackage_bytes(files, frames))
    return copy


def fetched(project: Project) -> dict[str, pd.DataFrame]:
    """Key figures of the invented municipalities, as if they had been fetched from Kolada."""
    figures, reference = load_key_figures(project), load_reference(project)
    kolada = InventedKolada(reference, figures, FETCHED_YEARS)
    everybody = ",".join([NATION, *kolada.invented])
    asked = ["municipality_groups", f"data/kpi/{','.join(figures.of_kolada)}/municipality/{everybody}"]
    answers = [
        Answer(one, one, json.dumps(kolada.answer(one, per_page=sys.maxsize)).encode()) for one in asked
    ]
    return understood(answers, SOURCE, figures, reference).tables


def unizon(ids: list[str], eager: dict[str, float]) -> list[dict]:
    """Another ranking of the same year: five units in eight are placed, some of them together, and
    one place in ten is nobody's among them.
    """
    rng = random.Random(200)
    placed = sorted(
        (u for n, u in enumerate(ids) if n % 8 < 5), key=lambda u: eager[u] + rng.gauss(0, 0.3), reverse=True
    )
    places = [n + n // 10 + 1 for n in range(len(placed))]
    for n in range(6, len(placed), 7):
        places[n] = places[n - 1]
    return [
        {
            "undersokning": "unizon",
            "ar": YEAR,
            "enhet_id": u,
            "placering": place,
            "antal_rankade": len(placed) + len(placed) // 10,
            "delad": places.count(place) > 1,
            "saknas_orsak": None,
            "kalla_id": SOURCE,
            "plats": "påhittad",
        }
        for u, place in zip(placed, places, strict=True)
    ]


def tables(published: dict[str, pd.DataFrame], units: int) -> dict[str, pd.DataFrame]:
    """The public tables with `units` invented units, the same every time.

    The indicators are the published ones; one has no national share, some answers are missing
    and the last unit has no population group's peers.
    """
    rng = random.Random(320)
    ids = [f"testkommun-{n:03d}" for n in range(1, units + 1)]
    names = {unit: f"Testkommun {unit[-3:]}" for unit in ids}
    this_year = published["indikatorer_ar"].query("ar == 2015").assign(ar=YEAR, kalla_id=SOURCE)
    factors = published["indikatorer_faktorer"].query("ar == 2015").assign(ar=YEAR, kalla_id=SOURCE)
    indicators = list(this_year["indikator_id"])
    where = {"kalla_id": SOURCE, "plats": "påhittad"}
    eager = {unit: rng.random() for unit in ids}
    answers = {
        (unit, indicator): rng.choices([2, 1, 0, None], [0.1 + eager[unit], 0.1, 1.1 - eager[unit], 0.03])[0]
        for unit in ids
        for indicator in indicators
    }
    yes = {unit: sum(answers[unit, i] == 2 for i in indicators) for unit in ids}
    rank = {unit: 1 + sum(other > yes[unit] for other in yes.values()) for unit in ids}
    groups = {unit: 5 if unit == ids[-1] else 1 + n % 4 for n, unit in enumerate(ids)}
    rows = {
        "enheter": [
            {
                "enhet_id": u,
                "enhet": names[u],
                "typ": "kommun",
                "kommunkod": place.kommunkod,
                "kommun": names[u],
                "lanskod": place.lanskod,
                "lan": place.lan,
                "kalla_id": SOURCE,
            }
            for u, place in zip(ids, invented.register(units), strict=True)
        ],
        "enheter_ar": [
            {
                "ar": YEAR,
                "enhet_id": u,
                "med_i_underlaget": True,
                "landsdel": f"Testområde {groups[u]}",
                "befolkningsgrupp": groups[u],
                "kalla_id": SOURCE,
            }
            for u in ids
        ],
        "resultat": [
            {
                "ar": YEAR,
                "enhet_id": u,
                "indikator_id": i,
                "svar_kod": code,
                "svar": None if code is None else SVAR.codes[str(code)],
                "saknas_orsak": "ej_besvarat" if code is None else None,
                **where,
            }
            for (u, i), code in answers.items()
        ],
        "riket": [
            {
                "ar": YEAR,
                "indikator_id": i,
                "delmangd": "alla",
                "andel_ja_procent": round(100 * sum(answers[u, i] == 2 for u in ids) / units),
                "harledd": False,
                "jamforbar": "ja",
                "anmarkning": None,
                "foredragen": True,
                "antal_svarande": None,
                **where,
            }
            for i in indicators[1:]
        ],
        "antal_ja": [
            {
                "ar": YEAR,
                "enhet_id": u,
                "antal_ja_publicerat": yes[u],
                "antal_ja_beraknat": yes[u],
                "differens": 0,
                **where,
            }
            for u in ids
        ],
        "rankning": [
            {
                "undersokning": "oj",
                "ar": YEAR,
                "enhet_id": u,
                "placering": rank[u],
                "antal_rankade": units,
                "delad": list(rank.values()).count(rank[u]) > 1,
                "saknas_orsak": None,
                **where,
            }
            for u in ids
        ]
        + unizon(ids, eager),
        "kallor": [
            {
                "kalla_id": SOURCE,
                "titel": "Påhittad upplaga",
                "utgivare": "Testerna",
                "publicerad": None,
                "url": None,
                "hamtad": None,
                "licens_anmarkning": "Påhittad.",
            }
        ],
    }
    made = {name: typed(pd.DataFrame(found), TABLES[name]) for name, found in rows.items()}
    kept = {name: published[name] for name in ("indikatorer", "omraden", *KEPT)}
    for name in ("indikatorer", "omraden"):
        kept[name] = kept[name].assign(kalla_id=SOURCE)
    county = kept["valdsutovare_jonkoping"]
    known = dict(zip(county["enhet_id"].unique(), ids, strict=False))
    kept["valdsutovare_jonkoping"] = county.assign(enhet_id=county["enhet_id"].replace(known))
    empty = {name: published[name].iloc[:0] for name in TABLES if name not in (*made, *kept)}
    used = {source for frame in kept.values() if "kalla_id" in frame for source in frame["kalla_id"]}
    told = (ROOT / "data" / "reference" / "framgangsfaktorer.yml").read_text(encoding="utf-8")
    used |= {SCB, *re.findall(r"kalla(?:_id)?: ([a-z0-9-]+)", told)}
    examples = published["kallor"][published["kallor"]["kalla_id"].isin(used)]
    made["kallor"] = typed(pd.concat([made["kallor"], examples]), TABLES["kallor"])
    every = {**empty, **kept, **made, "indikatorer_ar": this_year, "indikatorer_faktorer": factors}
    return {name: every[name] for name in TABLES}
