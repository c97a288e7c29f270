"""The methods: what they are, what they help with, and the tables of the documents behind them.

`data/reference/metoder.yml` lists them. Figures and answers come from the documents' folders in
`data/raw/`; what is written for the site (steps, checklists, forms) from `data/reference/metoder/`,
whose files have the columns of the public tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

import pandas as pd
from pydantic import StringConstraints, ValidationInfo, field_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import parse_rows
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated.factors import Factors
from ojbrottsoffer.sources.origins import Origin
from ojbrottsoffer.sources.parse.raw import check_header, read_grid, read_records
from ojbrottsoffer.sources.parse.records import Record, Text, entries, known, read_model, slip, some
from ojbrottsoffer.sources.reference.register import Reference

FILE = "metoder.yml"
WRITTEN = (
    "sodertalje_steg",
    "sodertalje_checklista",
    "verksamhetslogik",
    "uppfoljning_variabler",
    "sjalvskattning",
)
"""Tables written for the site, one file each in `data/reference/metoder/`."""
SODERTALJE = "sou-2014-49"
JONKOPING = "jonkoping-2023"
ASKED_IN = 2023
"""The year of the interviews in Jönköping county."""
MISSING = "svar saknas"
"""How the source says that a municipality has not answered; a remark may follow."""

KEY_FIGURES = ["nyckeltal_id", "nyckeltal", "varde", "enhet", "anmarkning", "plats"]
RATINGS = [
    "nr",
    "princip",
    "nummer_i_bilaga_1",
    "vikt_i_tabellen",
    "kvalitet_i_tabellen",
    "vikt_i_texten",
    "kvalitet_i_texten",
]
MEAN = "Genomsnitt"
"""The row of the ratings that holds the printed averages."""
PLAN = ["atgard_nr", "plan", "omrade", "atgard", "ansvarig", "samverkar_med", "plats"]
PUBLIC = {"forbattrar": "omrade", "om_ansvaret": "kommentar"}
"""Public column -> what the raw file calls it, where they differ."""
LADDER = ["trappsteg", "namn", "innebord", "socialtjansten", "atv", "kommentar", "plats"]
QUESTIONS = ["fraga_id", "fraga", "plats"]
ANSWERS = ["fraga_id", "kommun", "svar", "avlasning"]
COMPARE = "Jämför med källan (den beskrivs i origin.yml) och rätta cellen."


class Method(Record):
    """One method, and what it can help with."""

    id: Text
    titel: Text
    kort: Annotated[Text, StringConstraints(max_length=TABLES["metoder"].column("hjalper_med").max_length)]
    kalla_id: known("kalla")
    fler_kallor: some("kalla") = ()
    sida: Text
    faktorer: some("faktor")
    indikatoromraden: some("indikatoromrade")
    indikatorer: some("indikator")

    @field_validator("sida")
    @classmethod
    def _is_its_page(cls, sida: str, info: ValidationInfo) -> str:
        own = f"metoder/{info.data.get('id')}/"
        if sida != own:
            raise slip("Posten pekar på något som inte finns", own)
        return sida


def read(
    project: Project, reference: Reference, factors: Factors, origins: dict[str, Origin]
) -> dict[str, pd.DataFrame]:
    """Every table about the methods. Raises `DataError` naming each entry and row that is wrong."""
    methods, rests_on, links = _methods(project, reference, factors, list(origins))
    return {
        "metoder": methods,
        "metoder_kallor": rests_on,
        "metoder_kopplingar": links,
        "metod_nyckeltal": _key_figures(project, origins, set(methods["metod_id"])),
        **{name: _written(project, name) for name in WRITTEN},
        **_ratings(project),
        "sodertalje_plan": _raw(project, SODERTALJE, "handlingsplan", PLAN, "sodertalje_plan"),
        "insatstrappa": _raw(project, JONKOPING, "insatstrappa", LADDER, "insatstrappa"),
        "valdsutovare_jonkoping": _answers(project, reference),
    }


def _methods(
    project: Project, reference: Reference, factors: Factors, sources: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    areas = reference.omraden.query("niva == 'indikatoromrade'").set_index("omrade_id")["omrade"]
    labels = (
        reference.indikatorer_ar.sort_values("ar", kind="stable")
        .drop_duplicates("indikator_id", keep="last")
        .set_index("indikator_id")["indikator"]
    )
    names = {
        "faktor": {name: factor.namn for name, factor in factors.factors.items()},
        "indikatoromrade": areas.to_dict(),
        "indikator": labels.to_dict(),
    }
    listed: tuple[Method, ...] = read_model(
        project, project.reference / FILE, entries(Method), list, lambda _: {**names, "kalla": sources}
    )
    links = [
        {
            "koppling_id": f"{method.id}-{kind}-{target}",
            "metod_id": method.id,
            "malslag": kind,
            "mal": names[kind][target],
            f"{kind}_id": target,
        }
        for method in listed
        for kind, targets in (
            ("faktor", method.faktorer),
            ("indikatoromrade", method.indikatoromraden),
            ("indikator", method.indikatorer),
        )
        for target in targets
    ]
    methods = [
        {
            "metod_id": method.id,
            "titel": method.titel,
            "hjalper_med": method.kort,
            "kalla_id": method.kalla_id,
            "adress": method.sida,
        }
        for method in listed
    ]
    rests_on = [
        {"metod_id": method.id, "kalla_id": source}
        for method in listed
        for source in (method.kalla_id, *method.fler_kallor)
    ]
    return (
        pd.DataFrame(methods),
        pd.DataFrame(rests_on),
        pd.DataFrame(links, columns=TABLES["metoder_kopplingar"].column_names),
    )


def _written(project: Project, name: str) -> pd.DataFrame:
    table = TABLES[name]
    path = project.reference / "metoder" / f"{name}.csv"
    file = project.relative(path)
    grid = read_grid(path, file)
    check_header(grid[0], table.column_names, file)
    return parse_rows(grid[1:], table, file, first_row=2)


def _records(project: Project, kalla_id: str, name: str, columns: list[str]) -> list[dict]:
    path = project.raw / kalla_id / f"{name}.csv"
    return read_records(path, project.relative(path), columns)


def _raw(project: Project, kalla_id: str, name: str, columns: list[str], public: str) -> pd.DataFrame:
    """A raw file whose columns are those of a public table, without the source."""
    table = TABLES[public]
    rows = [
        [row.get(PUBLIC.get(column, column), kalla_id) for column in table.column_names]
        for row in _records(project, kalla_id, name, columns)
    ]
    file = project.relative(project.raw / kalla_id / f"{name}.csv")
    return parse_rows(rows, table, file, first_row=2)


def _key_figures(project: Project, origins: dict[str, Origin], methods: set[str]) -> pd.DataFrame:
    """The single figures of every source whose `origin.yml` says which method they are for."""
    rows, findings = [], []
    for folder, origin in origins.items():
        metod_id = origin.key_figures_for
        if metod_id is None:
            continue
        if metod_id not in methods:
            findings.append(
                Finding(
                    "Källan pekar på en metod som inte finns",
                    file=project.relative(project.raw / folder / "origin.yml"),
                    column="key_figures_for",
                    value=str(metod_id),
                    expected=f"ett id i {FILE}",
                    action="Rätta id:t.",
                    priority=1,
                )
            )
            continue
        for row in _records(project, origin.kalla_id, "nyckeltal", KEY_FIGURES):
            rows.append(
                {
                    **row,
                    "metod_id": metod_id,
                    "kalla_id": origin.kalla_id,
                    "varde": _decimal(row, "varde", findings),
                    "anmarkning": row["anmarkning"] or None,
                }
            )
    _stop(findings)
    frame = pd.DataFrame(rows).rename(
        columns={"enhet": "mattenhet", "nyckeltal_id": "metodtal_id", "nyckeltal": "metodtal"}
    )
    return frame[TABLES["metod_nyckeltal"].column_names]


def _ratings(project: Project) -> dict[str, pd.DataFrame]:
    """The participants' ratings, and the printed averages beside the computed ones."""
    findings: list[Finding] = []
    ratings, printed, mean_row = [], {}, None
    for row in _records(project, SODERTALJE, "tabell-2", RATINGS):
        for kind in TABLES["sodertalje_bedomning"].column("betyg").codes.codes:
            cell = f"{kind}_i_tabellen"
            if row["nr"] == MEAN:
                mean_row = row["rad"]
                printed[kind] = _decimal(row | {cell: f"{row[cell][:1]},{row[cell][1:]}"}, cell, findings)
                continue
            value = _decimal(row, f"{kind}_i_texten", findings)
            if _digits(row[cell]) != _digits(row[f"{kind}_i_texten"]):
                findings.append(
                    _bad(row, cell, f"samma siffror som i {kind}_i_texten: {row[f'{kind}_i_texten']}")
                )
            ratings.append(
                {
                    "princip_nr": row["nr"],
                    "princip": row["princip"],
                    "nummer_i_bilaga_1": row["nummer_i_bilaga_1"],
                    "betyg": kind,
                    "varde": value,
                    "tryckt_i_tabellen": row[cell],
                    "kalla_id": SODERTALJE,
                    "plats": f"bilaga 2, tabell 2, rad {row['nr']}, och texten under",
                    "_rad": row,
                }
            )
    for column in ("princip_nr", "nummer_i_bilaga_1"):
        for rating in ratings:
            if not re.fullmatch("[1-6]", rating[column]):
                findings.append(
                    _bad(
                        rating["_rad"], "nr" if column == "princip_nr" else column, "ett heltal från 1 till 6"
                    )
                )
    if not findings and set(printed) != {rating["betyg"] for rating in ratings}:
        findings.append(
            Finding(
                "Raden med de tryckta genomsnitten saknas",
                file=project.relative(project.raw / SODERTALJE / "tabell-2.csv"),
                expected=f"en rad som heter {MEAN}",
                action=COMPARE,
                priority=1,
            )
        )
    _stop(findings)
    frame = pd.DataFrame(ratings).drop(columns="_rad").astype({"princip_nr": int, "nummer_i_bilaga_1": int})
    means = [
        {
            "betyg": kind,
            "tryckt": value,
            "beraknat": _mean(frame.query("betyg == @kind")["varde"]),
            "kalla_id": SODERTALJE,
            "plats": f"bilaga 2, tabell 2, raden {MEAN}",
            "_rad": mean_row,
            "_etikett": MEAN,
        }
        for kind, value in printed.items()
    ]
    return {"sodertalje_bedomning": frame, "sodertalje_medelvarden": pd.DataFrame(means)}


def _answers(project: Project, reference: Reference) -> pd.DataFrame:
    """The municipalities' answers. Each question must be asked of each municipality, once."""
    listed = reference.municipalities.set_index("enhet")
    questions = {row["fraga_id"]: row for row in _records(project, JONKOPING, "fragor", QUESTIONS)}
    findings: list[Finding] = []
    rows: dict[tuple[str, str], dict] = {}
    for row in _records(project, JONKOPING, "svar", ANSWERS):
        question = questions.get(row["fraga_id"])
        if question is None:
            findings.append(_bad(row, "fraga_id", "ett id i fragor.csv"))
        if row["kommun"] not in listed.index:
            findings.append(_bad(row, "kommun", "en kommun som står i data/reference/kommuner.csv"))
        if (row["fraga_id"], row["kommun"]) in rows:
            findings.append(_bad(row, "kommun", "varje kommun en gång per fråga"))
        if question and row["kommun"] in listed.index:
            said, _, remark = row["svar"].partition("; ")
            missing = said == MISSING
            rows[row["fraga_id"], row["kommun"]] = {
                "ar": ASKED_IN,
                "enhet_id": listed.at[row["kommun"], "enhet_id"],
                "kommun": row["kommun"],
                "kommunkod": listed.at[row["kommun"], "kommunkod"],
                "fraga_id": row["fraga_id"],
                "fraga": question["fraga"],
                "svarstext": None if missing else row["svar"] or None,
                "saknas_orsak": "uppgift_saknas" if missing else None if row["svar"] else "inte_avlast",
                "sakerhet_i_avlasningen": row["avlasning"],
                "kalla_id": JONKOPING,
                "plats": question["plats"],
                "anmarkning": remark or None if missing else None,
            }
    findings += [
        Finding(
            "En kommun saknas på en fråga",
            file=project.relative(project.raw / JONKOPING / "svar.csv"),
            row_label=question,
            column="kommun",
            value=kommun,
            expected="en rad per fråga och kommun",
            action="Lägg till raden; är svaret inte läsbart lämnas det tomt.",
            priority=1,
        )
        for question in questions
        for kommun in dict.fromkeys(name for _, name in rows)
        if (question, kommun) not in rows
    ]
    _stop(findings)
    return pd.DataFrame(rows.values())


def _bad(row: dict, column: str, expected: str) -> Finding:
    return Finding(
        "Värdet går inte att tolka",
        file=row["fil"],
        row=row["rad"],
        column=column,
        value=row[column],
        expected=expected,
        action=COMPARE,
        priority=2,
    )


def _decimal(row: dict, column: str, findings: list[Finding]) -> float | None:
    if not re.fullmatch(r"[0-9]+(,[0-9]+)?", row[column]):
        findings.append(_bad(row, column, "ett tal med decimalkomma, till exempel 4,9"))
        return None
    return float(row[column].replace(",", "."))


def _digits(text: str) -> str:
    """The digits of a rating: the text version has lost some decimal signs, and `,0`."""
    return re.sub(r"[.,]", "", text).ljust(2, "0")


def _mean(values: Iterable[float]) -> float:
    """The mean with two decimals, a half away from zero, as a reader does it by hand."""
    numbers = [Decimal(str(value)) for value in values]
    return float((sum(numbers) / len(numbers)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _stop(findings: list[Finding]) -> None:
    if findings:
        raise DataError(findings)
