"""What a Ja requires (`data/reference/definitioner.yml`), and the same questions in Kolada."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pandas as pd
from pydantic import StrictBool, StringConstraints, ValidationInfo, field_validator, model_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import GALLER, OMFATTNING
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.origins import Origin
from ojbrottsoffer.sources.parse.raw import read_records
from ojbrottsoffer.sources.parse.records import (
    Count,
    Record,
    Slug,
    Text,
    entries,
    every,
    known,
    named,
    once,
    read_model,
    slip,
    some,
)
from ojbrottsoffer.sources.reference.register import Reference

FILE = "definitioner.yml"
KOLADA = "kolada-2024"
CATALOGUE = ["nyckeltal_id", "titel", "sedd_forst", "sedd_sist"]
NOT_FOUND = "ej_funnen"


class Term(Record):
    """A term of the definitions."""

    id: Slug
    term: Text
    forklaring: Text
    kalla: known("kalla")
    plats: Text


class Definition(Record):
    """What a Ja requires, for one question or several, in the years it is known for."""

    id: Slug
    fragor: Annotated[tuple[known("indikator"), ...], once()]
    omfattning: known("omfattning")
    fran: Count | None = None
    till: Count | None = None
    ungefar: StrictBool = False
    kort: Annotated[Text, StringConstraints(max_length=TABLES["definitioner"].column("kort").max_length)]
    ja: Text | None = None
    delvis: Text | None = None
    raknas_inte: Text | None = None
    termer: some("term") = ()
    galler_2015: known("galler")
    varfor_2015: Text
    kalla: known("kalla")
    plats: Text

    @field_validator("fragor")
    @classmethod
    def _about_something(cls, questions: tuple[str, ...]) -> tuple[str, ...]:
        if not questions:
            raise slip("Definitionen gäller ingen fråga", "minst ett id ur indikatorer.csv")
        return questions

    @field_validator("fran", "till")
    @classmethod
    def _a_year_of_the_survey(cls, year: int | None, info: ValidationInfo) -> int | None:
        years = info.context["undersokningsar"]
        if year is not None and year not in years:
            raise slip(
                "Undersökningen gjordes inte det året",
                f"ett år som undersökningen är känd för: {swedish_or([str(one) for one in years])}",
            )
        return year

    @field_validator("till")
    @classmethod
    def _not_before(cls, last: int | None, info: ValidationInfo) -> int | None:
        first = info.data.get("fran")
        if first and last and last < first:
            raise slip("Åren står i fel ordning", f"{first} eller senare")
        return last

    @model_validator(mode="after")
    def _whole(self) -> Definition:
        if (self.ja is None) != (self.omfattning == NOT_FOUND):
            raise slip(
                "Posten är inte hel",
                f"ja för en definition som är funnen, och inget ja när omfattning är {NOT_FOUND}",
                self.omfattning,
            )
        return self


class DefinitionFile(Record):
    """The file as it stands."""

    utgava: known("utgava")
    """The year of the edition whose questions must all have an entry."""
    definitioner: entries(Definition)
    termer: entries(Term)

    @field_validator("definitioner")
    @classmethod
    def _every_question(cls, items: tuple[Definition, ...], info: ValidationInfo) -> tuple[Definition, ...]:
        if "utgava" in info.data:
            edition = info.context["reference"].edition(info.data["utgava"])
            every([name for item in items for name in item.fragor], edition.index, "fråga")
        return items


def read(
    project: Project, reference: Reference, origins: dict[str, Origin], years: set[int]
) -> dict[str, pd.DataFrame]:
    """`definitioner`, `definitioner_begrepp`, `begrepp` and `indikatorer_kolada`. `years`: when the survey was made.

    Raises `DataError` naming the entry and the line of what points nowhere.
    """

    def context(content: Any) -> dict[str, Any]:
        return {
            "reference": reference,
            "utgava": reference.years,
            "indikator": list(reference.indikatorer["indikator_id"]),
            "undersokningsar": sorted(years),
            "omfattning": OMFATTNING.codes,
            "galler": GALLER.codes,
            "term": named(content, "termer"),
            "kalla": list(origins),
        }

    file: DefinitionFile = read_model(project, project.reference / FILE, DefinitionFile, dict, context)
    return {
        "definitioner": _definitions(file, reference),
        "definitioner_begrepp": pd.DataFrame(
            [
                {"indikator_id": question, "definition_id": item.id, "begrepp_id": term}
                for question, item in _asked(file, reference)
                for term in item.termer
            ]
        ),
        "begrepp": pd.DataFrame(
            [
                {
                    "begrepp_id": term.id,
                    "begrepp": term.term,
                    "forklaring": term.forklaring,
                    "kalla_id": term.kalla,
                    "plats": term.plats,
                }
                for term in file.termer
            ]
        ),
        "indikatorer_kolada": _kolada(project, reference, origins),
    }


def _asked(file: DefinitionFile, reference: Reference) -> list[tuple[str, Definition]]:
    """Every question with each of its definitions: questions in the register's order, definitions in the file's."""
    return [
        (question, item)
        for question in reference.indikatorer["indikator_id"]
        for item in file.definitioner
        if question in item.fragor
    ]


def _definitions(file: DefinitionFile, reference: Reference) -> pd.DataFrame:
    """A row per question and definition."""
    rows = [
        {
            "indikator_id": question,
            "definition_id": item.id,
            "omfattning": item.omfattning,
            "kand_fran": item.fran,
            "kand_till": item.till,
            "ar_ungefar": item.ungefar,
            "kort": item.kort,
            "ja": item.ja,
            "delvis": item.delvis,
            "raknas_inte": item.raknas_inte,
            "galler_2015": item.galler_2015,
            "varfor_2015": item.varfor_2015,
            "kalla_id": item.kalla,
            "plats": item.plats,
        }
        for question, item in _asked(file, reference)
    ]
    return pd.DataFrame(rows).astype({"kand_fran": "Int64", "kand_till": "Int64"})


def _kolada(project: Project, reference: Reference, origins: dict[str, Origin]) -> pd.DataFrame:
    """The pairs of the reference file with what Kolada's catalogue says about each key figure.

    Each has as its source the snapshot that it was first seen in, if that is one of `origins`.
    """
    snapshots = {origin.published: name for name, origin in origins.items() if name.startswith(KOLADA)}
    path = project.raw / KOLADA / "katalog.csv"
    listed, findings = {}, []
    for row in read_records(path, project.relative(path), CATALOGUE):
        if listed.setdefault(row["nyckeltal_id"], row) is not row:
            findings.append(
                Finding(
                    "Samma nyckeltal står på två rader",
                    file=row["fil"],
                    row=row["rad"],
                    column="nyckeltal_id",
                    value=row["nyckeltal_id"],
                    expected="varje nyckeltal en gång",
                    action="Ta bort den ena raden.",
                    priority=1,
                )
            )
    pairs = reference.indikatorer_kolada
    file = project.relative(project.reference / "indikatorer_kolada.csv")
    for index, row in pairs.iterrows():
        found = listed.get(row["kolada_id"])
        if found is None:
            findings.append(
                Finding(
                    "Raden pekar på något som inte finns",
                    file=file,
                    row=index + 2,
                    column="kolada_id",
                    value=row["kolada_id"],
                    expected=f"ett nyckeltal i {project.relative(path)}",
                    action="Rätta id:t, eller lägg till nyckeltalet i katalogen.",
                    priority=1,
                )
            )
        elif row["kodning"] != (said := "2/1/0" if "Delvis" in found["titel"] else "1/0"):
            findings.append(
                Finding(
                    "Kodningen är inte den som nyckeltalets rubrik säger",
                    file=file,
                    row=index + 2,
                    column="kodning",
                    value=row["kodning"],
                    expected=f"{said}, enligt rubriken: {found['titel']}",
                    action="Rätta kodningen.",
                    priority=1,
                )
            )
    if findings:
        raise DataError(findings)
    rows = []
    for row in pairs.sort_values(["kolada_id", "indikator_id"], kind="stable").to_dict("records"):
        found = listed[row["kolada_id"]]
        ends = re.search(r"\(-([0-9]{4})\)", found["titel"])
        rows.append(
            {
                **row,
                "titel": " ".join(found["titel"].split()),
                "sedd_forst": found["sedd_forst"],
                "sedd_sist": found["sedd_sist"],
                "serien_slutar": int(ends[1]) if ends else None,
                "kalla_id": snapshots.get(found["sedd_forst"], KOLADA),
            }
        )
    return pd.DataFrame(rows).astype({"serien_slutar": "Int64"})
