"""The key figures that are fetched from Kolada (`data/reference/kolada.yml`)."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pandas as pd
from pydantic import Field, StrictInt, StringConstraints, field_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import NYCKELTALSROLL, VARDEKODNING
from ojbrottsoffer.schema.columns import KPI
from ojbrottsoffer.schema.tables.kolada_tables import NYCKELTAL
from ojbrottsoffer.sources.curated.definitions import KOLADA
from ojbrottsoffer.sources.origins import Origin
from ojbrottsoffer.sources.parse.records import (
    Day,
    Record,
    Slug,
    Text,
    Texts,
    entries,
    known,
    once,
    read_model,
    slip,
)

FILE = "kolada.yml"
POPULATION = "befolkning"


def _limit(column: str) -> Any:
    declared = NYCKELTAL.column(column)
    return Field(ge=declared.minimum, le=declared.maximum)


class KeyFigure(Record):
    """One key figure: what it is in Kolada, and what we say of it."""

    id: Slug
    namn: Annotated[Text, StringConstraints(max_length=NYCKELTAL.column("nyckeltal").max_length)]
    kolada_id: Text
    titel: Text
    roll: known("roll")
    enhet: Text
    decimaler: Annotated[StrictInt, _limit("decimaler")]
    kodning: known("kodning")
    hogt_varde: Text
    forbehall: Text
    sedd_forst: Day
    sedd_sist: Day

    @field_validator("kolada_id", mode="before")
    @classmethod
    def _an_id_of_kolada(cls, value: object) -> object:
        if not isinstance(value, str) or not re.match(KPI, value):
            raise slip("Id:t kan inte vara Koladas", "en stor bokstav och fem siffror, till exempel U30750")
        return value

    @property
    def codes(self) -> list[float] | None:
        """The values there are, if each is the code of an answer."""
        return None if self.kodning == "tal" else [float(code) for code in self.kodning.split("/")]


class KeyFigures(Record):
    """The file as it stands."""

    nyckeltal: Annotated[entries(KeyFigure), once(lambda item: item.kolada_id)]
    grupper: Annotated[Texts, once()]
    """What stands before the municipality's name in the titles of Kolada's groups that are used."""

    @field_validator("nyckeltal")
    @classmethod
    def _one_is_the_population(cls, items: tuple[KeyFigure, ...]) -> tuple[KeyFigure, ...]:
        populations = [item.id for item in items if item.roll == POPULATION]
        if len(populations) != 1:
            raise slip(
                "Kommunens invånare ska vara ett av nyckeltalen, och bara ett",
                f"roll: {POPULATION} i en post",
                ", ".join(populations) or "inget",
            )
        return items

    @property
    def of_kolada(self) -> dict[str, KeyFigure]:
        """Kolada's id -> the key figure."""
        return {item.kolada_id: item for item in self.nyckeltal}


def load_key_figures(project: Project) -> KeyFigures:
    """The file. Raises `DataError` naming the entry and the line of each slip."""

    def context(content: Any) -> dict[str, Any]:
        return {"roll": list(NYCKELTALSROLL.codes), "kodning": list(VARDEKODNING.codes)}

    return read_model(project, project.reference / FILE, KeyFigures, dict, context)


def key_figure_table(figures: KeyFigures, origins: dict[str, Origin]) -> pd.DataFrame:
    """`nyckeltal`, but for the English: each with the snapshot that it was first seen in as its source."""
    snapshots = {origin.published: name for name, origin in origins.items() if name.startswith(KOLADA)}
    renamed = {"id": "nyckeltal_id", "namn": "nyckeltal", "enhet": "mattenhet", "kodning": "vardekodning"}
    rows = pd.DataFrame([item.model_dump() for item in figures.nyckeltal]).rename(columns=renamed)
    return rows.assign(kalla_id=[snapshots.get(item.sedd_forst, KOLADA) for item in figures.nyckeltal])
