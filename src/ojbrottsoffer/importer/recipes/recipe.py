"""The recipe of a file, its profile: what a person has said of it and what was detected, as one model.

Every key is optional. Rows are numbers and columns letters, as the file names them. With everything said, the same
file is always read in the same way (`apply`).
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ojbrottsoffer.importer.read.file_sheet import collapse, index_of
from ojbrottsoffer.importer.recipes.form_parts import PLACE, Part
from ojbrottsoffer.schema.codes import INDIKATORTYP, JAMFORBAR, MALGRUPP, SAKNAS_ORSAK, SAMBAND, SVARSORD

KINDS = {"svar": "enheternas svar", "rankning": "Unizons rankning", "riket": "rikets andelar"}
MAX_HEADER_ROWS = 4
NO_ANSWER = "ignorera"
"""What the recipe calls a colour that says nothing about the answer."""
ASK = "?"
"""What a draft has where a person must answer."""
SOURCE_KEYS = ("titel", "utgivare", "publicerad", "url", "licens")
"""What can be said of the source."""
NEW_FIELDS = ("kortnamn", "malgrupp", "typ", "indikatoromrade_id")
"""What must be said of a new question."""
CELL_NAME = re.compile(r"[1-9][0-9]{0,5}|[A-Za-z]{1,3}")

Word = Literal[tuple(SVARSORD.codes)]
Reason = Literal[tuple(SAKNAS_ORSAK.codes)]
Role = Literal[
    "andel",
    "antal_ja",
    "ar",
    "befolkningsgrupp",
    "delmangd",
    "ignorera",
    "kommunkod",
    "lanskod",
    "omrade",
    "placering",
    "rattat",
    "stadsdel",
    "status",
]


def slip(expected: str, key: str = "", value: object = None) -> PydanticCustomError:
    """For a validator to raise: what was expected, of `key` in the entry if not of all of it."""
    return PydanticCustomError("slip", "fel", {"expected": expected, "key": key, "value": value})


def _listed(said: object) -> object:
    """One name, row or column is a list of one."""
    if said is None:
        return []
    return said if isinstance(said, list | tuple) else [said]


def _collapsed(said: object) -> object:
    """Labels as the cells are read: with single spaces."""
    return {collapse(str(label)): item for label, item in said.items()} if isinstance(said, dict) else said


def _source(said: object) -> object:
    if not isinstance(said, dict):
        return said
    return {
        key: item if isinstance(item, list | dict | bool) else str(item)
        for key, item in said.items()
        if item is not None
    }


def _answered(said: object) -> object:
    if said == ASK:
        raise slip("")
    return said


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Entry(BaseModel):
    """Keys that are declared, no others. Numbers are taken as texts."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class NewUnit(Entry):
    """A unit that the register lacks: a district, or (`typ: kommun`) a municipality."""

    enhet_id: str = ""
    typ: str = ""
    enhet: str
    kommunkod: str = Field(pattern="^[0-9]{4}$")

    @model_validator(mode="after")
    def _whole(self) -> NewUnit:
        if self.typ != "kommun" and not self.enhet_id:
            raise slip("")
        return self


class SaidIndicator(Entry):
    """What is said of a question: its id, how it follows on from the edition before, and what a new one needs."""

    id: str = Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")
    samband: Literal[tuple(sorted(set(SAMBAND.codes) - {"utgatt"}))] | None = None
    fran: Annotated[tuple[StrictStr, ...], BeforeValidator(_listed)] = ()
    jamforbar: Literal[tuple(JAMFORBAR.codes)] | None = None
    anmarkning: str | None = None
    kortnamn: str | None = Field(None, max_length=40)
    malgrupp: Literal[tuple(MALGRUPP.codes)] | None = None
    typ: Literal[tuple(INDIKATORTYP.codes)] | None = None
    indikatoromrade_id: str | None = None

    @model_validator(mode="after")
    def _split_from(self) -> SaidIndicator:
        if self.samband in ("delad", "sammanslagen") and not self.fran:
            raise slip("en lista med de indikatorer den kommer ur", "fran")
        return self


def _kind(said: object) -> str:
    return "whole" if isinstance(said, dict | BaseModel) else "id"


Id = Annotated[str, BeforeValidator(_answered)]
SaidOfUnit = Annotated[Annotated[Id, Tag("id")] | Annotated[NewUnit, Tag("whole")], Discriminator(_kind)]
SaidOfIndicator = Annotated[
    Annotated[Id, Tag("id")] | Annotated[SaidIndicator, Tag("whole")], Discriminator(_kind)
]


class Place(Entry):
    """Where a table lies."""

    blad: Texts = ()
    """One sheet, or several that hold a part of the answers each."""
    enheter_i: Literal["kolumner", "rader"] | None = None
    enhetskolumn: str | None = None
    rubrikrader: Texts = ()
    forsta: str | None = None
    sista: str | None = None
    forsta_kolumn: str | None = None
    sista_kolumn: str | None = None
    enhet: str | None = Field(None, pattern=PLACE)
    """The cell with the name of the table's only unit, or `bladets namn`, where its rows do not name it."""
    enhet_en_gang: StrictBool = False
    """True if a unit is named on the first of its rows alone, or on a row of its own above them."""
    kolumnrubriker: dict[str, str] = {}
    """Column -> what it is called, in a complete recipe."""

    def span(self, first: str, last: str) -> dict[str, str]:
        """What is said of the first and the last row, or column."""
        return {key: value for key in (first, last) if (value := getattr(self, key)) is not None}

    @model_validator(mode="after")
    def _possible(self) -> Place:
        """Rows are numbers from 1 and columns letters, in order."""
        for key in ("enhetskolumn", "rubrikrader", "forsta", "sista", "forsta_kolumn", "sista_kolumn"):
            said = getattr(self, key) or ()
            for name in (said,) if isinstance(said, str) else said:
                if not CELL_NAME.fullmatch(name):
                    raise slip("ett radnummer eller en kolumns bokstäver, som i filen", key, name)
        rows, columns = self.span("forsta", "sista"), self.span("forsta_kolumn", "sista_kolumn")
        heads, units = self.rubrikrader, self.enhetskolumn
        along = [*heads, *rows.values()]  # rows where the units are rows, columns where they are columns
        across = [*columns.values(), *([units] if units else [])]
        shown = ", ".join(heads)
        if len(heads) > MAX_HEADER_ROWS:
            raise slip(f"högst {MAX_HEADER_ROWS} rader med rubriker", "rubrikrader", shown)
        ways = [{name.isdigit() for name in names} for names in (along, across)]
        if ways[0] & ways[1] or any(len(way) > 1 for way in ways):
            raise slip(
                "radnummer för rubrikrader, forsta och sista och bokstäver för kolumnerna; tvärtom när enheterna står "
                "i kolumner",
                "enhetskolumn" if units else "rubrikrader",
                ", ".join([*along, *across]),
            )
        if [index_of(name) for name in heads] != sorted({index_of(name) for name in heads}):
            raise slip("varje rad en gång, uppifrån och ned", "rubrikrader", shown)
        for span in (rows, columns):
            if len(span) == 2 and not _in_order(*span.values()):
                (first, a), (last, b) = span.items()
                raise slip(f"{a}, som är {first}, eller senare", last, b)
        if heads and self.forsta and not index_of(heads[-1]) < index_of(self.forsta):
            raise slip(f"rader före {self.forsta}, där tabellen börjar (forsta)", "rubrikrader", shown)
        if units and not (
            _in_order(self.forsta_kolumn or units, units) and _in_order(units, self.sista_kolumn or units)
        ):
            between = f"{self.forsta_kolumn or ''}–{self.sista_kolumn or ''}"
            raise slip(f"en av kolumnerna {between}", "enhetskolumn", units)
        return self

    def meets(self, other: Place) -> bool:
        """True if two tables with stated rows have cells in common."""
        return (
            (self.blad, self.enheter_i) == (other.blad, other.enheter_i)
            and all(len(table.span("forsta", "sista")) == 2 for table in (self, other))
            and _meet(self.span("forsta", "sista"), other.span("forsta", "sista"))
            and _meet(self.span("forsta_kolumn", "sista_kolumn"), other.span("forsta_kolumn", "sista_kolumn"))
        )


def _in_order(a: str, b: str) -> bool:
    return index_of(a) <= index_of(b)


def _meet(one: dict[str, str], other: dict[str, str]) -> bool:
    """True if two spans have something in common; an end that is not said goes all the way."""
    for a, b in ((one, other), (other, one)):
        first = next((value for key, value in a.items() if key.startswith("forsta")), None)
        last = next((value for key, value in b.items() if key.startswith("sista")), None)
        if first and last and not _in_order(first, last):
            return False
    return True


class Table(Place):
    """One of several tables; it lies on one sheet."""

    blad: Annotated[tuple[str, ...], BeforeValidator(_listed), Field(max_length=1)] = ()


class Profile(Place):
    """The whole recipe."""

    fil: str = Field("", pattern="^([0-9a-f]{64})?$")
    """SHA-256 of the file that the answers are about, if they were given in a terminal."""
    slag: Literal["rankning", "riket", "svar"] = "svar"
    fullstandig: StrictBool = False
    """True if everything is said, so that nothing is left to find out."""
    tabeller: tuple[Table, ...] = ()
    """Where each table lies, when the answers lie in several."""
    form: tuple[Part, ...] = ()
    """Where the units, questions and answers stand in a file with a row for each answer."""
    kolumner: dict[str, Role] = {}
    """Header, its whole path (`2016 / Placering`), a heading above it or its place (`kolumn D`) -> what the column
    is, for columns that are no indicators."""
    rubriker: dict[str, str] = {}
    """Short heading -> what another place in the file says that it asks."""
    rubrikmonster: dict[str, Literal["ignorera", "rattat", "status", "svar"]] = {}
    """What many headings have in common, with a star for the question (`* (fg år)`)."""
    enhetsmonster: dict[str, Literal["enhet", "hoppa_over"]] = {}
    """The same of the units' names."""
    lika_svar: Annotated[StrictInt, Field(ge=0)] = 0
    """How many answers stand twice and are the same, in a file with a row for each answer."""
    lamnas: Texts = ()
    """Sheets with answers that are not to be read, and rows with another table than the one that is (`rad 20–31`)."""
    kryss: Texts = ()
    """The questions whose answers are crosses in one of several columns, by their headings in small letters."""
    koder: dict[str, Word] = {}
    saknas: dict[str, Reason] = {}
    farger: dict[str, Literal[(*SVARSORD.codes, *SAKNAS_ORSAK.codes, NO_ANSWER)]] = {}
    enheter: Annotated[dict[str, SaidOfUnit], BeforeValidator(_collapsed)] = {}
    """Label or row (`rad 7`) -> `enhet_id`, or a new unit."""
    indikatorer: Annotated[dict[str, SaidOfIndicator], BeforeValidator(_collapsed)] = {}
    riket: Texts = ()
    hoppa_over: Texts = ()
    """Labels, or rows (`rad 7`, `kolumn G`), that are no units."""
    koder_per_kolumn: Annotated[dict[str, dict[str, Word]], BeforeValidator(_collapsed)] = {}
    """Header -> mark -> answer, for columns that are coded in another way than the rest."""
    utan_svar: Texts = ()
    """Labels of units and indicators that have not one answer, so that it is no mistake."""
    sammanfogade: Literal["samma", "tomma"] | None = None
    """What merged answers mean: `samma` (every cell has the answer) or `tomma` (the first has)."""
    andel: Literal["brak", "procent"] | None = None
    """How shares are written."""
    andra_ar: Texts = ()
    """Years that the file names although its figures are of the year that is read."""
    blandad_kodning: StrictBool = False
    delmangder: dict[str, str] = {}
    """Label in a table of the nation's shares -> the part of the question that it is about."""
    antal_rankade: Annotated[StrictInt, Field(ge=1)] | None = None
    enhetsnamn: Texts = ()
    """What the file's units were called when it was accepted."""
    kalla: Annotated[dict[Literal[SOURCE_KEYS], str], BeforeValidator(_source)] = {}

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, said: Any) -> Any:
        return {k: v for k, v in said.items() if v is not None} if isinstance(said, dict) else said

    @model_validator(mode="after")
    def _apart(self) -> Profile:
        """No two tables of a sheet have the same rows and columns."""
        for number, table in enumerate(self.tabeller, start=1):
            for before, other in enumerate(self.tabeller[: number - 1], start=1):
                if table.meets(other):
                    raise slip(
                        f"andra rader eller kolumner än post {before}, som har {other.forsta}–{other.sista}",
                        f"tabeller: post {number}",
                        f"{table.forsta}–{table.sista}",
                    )
        return self

    @property
    def places(self) -> list[Profile]:
        """The recipe as it is for each of its tables."""
        own = set(Place.model_fields)
        return [
            self.but(tabeller=(), **table.model_dump(include=own, exclude_defaults=True))
            for table in self.tabeller or (self,)
        ]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that are named; none means all."""
        return self.blad or tuple({name for table in self.tabeller for name in table.blad})

    def but(self, **changes: object) -> Profile:
        """The same recipe with other values of some keys."""
        return self.model_copy(update=changes)

    def plain(self) -> dict[str, object]:
        """As YAML has it: only what is said."""
        return self.model_dump(mode="json", exclude_defaults=True)
