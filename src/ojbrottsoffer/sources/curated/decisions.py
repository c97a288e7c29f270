"""What people have decided: reviewed contradictions and imported editions they have looked at.

`data/reference/kanda_avvikelser.yml` is written by hand, `data/reference/granskade_utgavor.yml`
by the command `granska`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.published_text import says_something
from ojbrottsoffer.sources.parse.records import Day, Plain, Record, Text, once, read_model, slip

KNOWN_CONTRADICTIONS = "kanda_avvikelser.yml"
SIGN_OFFS = "granskade_utgavor.yml"
APPROVED, REFUSED = "godkand", "underkand"
UNKNOWN = "okänd"
"""Stands for who imported a file, where nobody has said it."""


def _list(value: Any) -> Any:
    """An empty field is an empty list."""
    return () if value is None else value


def _reason(value: str) -> str:
    if not says_something(value):
        raise slip("Skälet säger ingenting", "minst ett ord")
    return value


Reason = Annotated[Text, AfterValidator(_reason)]


class KnownContradiction(Record):
    """A contradiction that somebody has looked at, with the figures it had then."""

    avvikelse_id: Text
    utgava: Text | None = None
    """The imported edition it came with."""
    slag: Literal["motsager", "flera-lasningar"] = "motsager"
    """Whether both can't be right, or there is a way of reading them in which both are."""
    varde_a: Plain
    varde_b: Plain
    beslut: Reason
    granskad: Day
    granskad_av: Text


class Decision(Record):
    """One decision about an imported folder."""

    beslut: Literal["godkand", "underkand"]
    innehall: Text
    """Digest of what was looked at."""
    granskad: Day
    granskad_av: Text
    skal: Reason
    avvisade: Annotated[tuple[Text, ...], BeforeValidator(_list)] = ()
    """Contradictions the reviewer refused."""
    fil: Text | None = None
    """SHA-256 of the published file."""
    profil: Text | None = None
    """SHA-256 of the profile that it was read by."""
    inlast_av: Text | None = None
    """Who imported it; may be the reviewer. Not said by the oldest of those that were replaced."""


class SignOff(Decision):
    """The decision that counts about an imported folder."""

    kalla_id: Text
    inlast_av: Text
    tidigare: Annotated[tuple[Decision, ...], BeforeValidator(_list)] = ()
    """Earlier decisions about the same folder, oldest first: why one was refused is not forgotten."""


def read_known_contradictions(project: Project) -> dict[str, KnownContradiction]:
    """The reviewed list, by id. Raises `DataError` naming an entry that is not complete."""
    kind = Annotated[tuple[KnownContradiction, ...], once(lambda entry: entry.avvikelse_id)]
    listed = read_model(project, project.reference / KNOWN_CONTRADICTIONS, kind, list)
    return {entry.avvikelse_id: entry for entry in listed}


def read_sign_offs(project: Project) -> dict[str, SignOff]:
    """The decisions, by folder; none without a file. Raises `DataError` as above."""
    path = project.reference / SIGN_OFFS
    if not path.exists():
        return {}
    kind = Annotated[tuple[SignOff, ...], once(lambda entry: entry.kalla_id)]
    return {entry.kalla_id: entry for entry in read_model(project, path, kind, list)}
