"""Reads a recipe from YAML; what is wrong in it is told all at once, in Swedish."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ojbrottsoffer.importer.recipes.recipe import SOURCE_KEYS, NewUnit, Profile, SaidIndicator, Table
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.parse.yaml_files import Refused, Twice, parse_yaml

UNIT = (
    "ett enhet_id; enhet_id, enhet och kommunkod för en ny stadsdel; eller typ: kommun, enhet och kommunkod för en ny "
    "kommun"
)
INDICATOR = "ett indikator_id, eller id, samband och uppgifter om en ny"
PART = (
    "nycklarna blad, enhet, fraga, svar, forsta och sista, och vid behov kod, status, ar, riket, senaste, rattat, val, utom, bakgrund, "
    "fyll_ned, en_gang och rubrikrad; rader som nummer och kolumner som bokstäver"
)
TABLE = f"nycklarna {swedish_or(list(Table.model_fields))}, med ett blad"
WHOLE = {"enheter": UNIT, "indikatorer": INDICATOR, "tabeller": TABLE, "form": PART}
"""What an entry of each of these is, for one that is something else."""
KEYS = {
    "enheter": list(NewUnit.model_fields),
    "indikatorer": list(SaidIndicator.model_fields),
    "kalla": list(SOURCE_KEYS),
}
EXPECTED = {
    "string_type": "en text, inom citattecken",
    "dict_type": "etikett: värde på varje rad",
    "tuple_type": "en lista med en post för varje del",
    "bool_type": "true eller false",
    "int_type": "ett heltal från 1",
    "greater_than_equal": "ett heltal från 1",
    "string_too_long": "högst 40 tecken",
    "too_long": TABLE,
}
PATTERNS = {
    "kommunkod": 'fyra siffror inom citattecken, som "0114"',
    "fil": "64 tecken, filens SHA-256; ta annars bort raden",
    "enhet": "en cell, som A1, eller bladets namn",
    "id": "små bokstäver a–z, siffror och bindestreck",
}


def load_profile(path: Path | None, slag: str = "svar") -> Profile:
    """The recipe in `path`; without one, a recipe that says nothing. Raises `DataError`."""
    if path is None:
        return Profile(slag=slag)
    try:
        said = _composed(parse_yaml(path.read_text(encoding="utf-8")) or {})
    except Twice as error:
        expected, row = "varje nyckel en gång på sin plats", error.problem_mark.line + 1
        raise _bad(path, "Profilen har samma nyckel två gånger", error.problem, expected, row) from error
    except Refused as error:
        mark = error.problem_mark
        what = f"Profilen går inte att läsa. {error.what}"
        raise _bad(
            path, what, error.problem, error.expected, mark.line + 1 if mark else None, error.action
        ) from error
    except OSError as error:
        what = "finns inte" if isinstance(error, FileNotFoundError) else "går inte att öppna"
        action = (
            "Kontrollera sökvägen efter --profil. Har filen mellanslag i namnet: sätt citattecken runt den. Ett utkast "
            "till profil skriver importera med --profilutkast FIL."
        )
        expected = "en YAML-fil som går att läsa"
        raise _bad(path, f"Profilen {what}", None, expected, action=action) from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        expected = "en YAML-fil i UTF-8: nyckel: värde på varje rad, med lika indrag, och datum som finns"
        row = mark.line + 1 if mark else None
        raise _bad(path, "Profilen går inte att läsa", str(error), expected, row) from error
    return parse_profile(said, path, slag)


def _composed(said: object) -> object:
    """Plain data with å, ä and ö as one character each, as the cells are read; but sheets are called
    just what the file calls them."""
    if isinstance(said, dict):
        return {_composed(key): value if key == "blad" else _composed(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_composed(item) for item in said]
    return unicodedata.normalize("NFC", said) if isinstance(said, str) else said


def parse_profile(said: object, path: Path, slag: str = "svar") -> Profile:
    """A recipe from plain data. Raises `DataError` with everything that is wrong in it."""
    if not isinstance(said, dict):
        raise _bad(path, "Profilen är inte en lista av nycklar", str(said), "nyckel: värde på varje rad")
    try:
        return Profile.model_validate({"slag": slag} | said)
    except ValidationError as error:
        raise DataError([_finding(slip, path) for slip in error.errors()]) from error


def check_file(profile: Profile, file: Path, path: Path | None) -> None:
    """Raises `DataError` if the recipe in `path` has answers about another file."""
    if profile.fil and profile.fil != digest(file):
        raise DataError(
            [
                Finding(
                    "Profilen har svar om en annan fil",
                    file=str(path),
                    row_label="fil",
                    value=f"{profile.fil[:12]}…",
                    expected=f"{digest(file)[:12]}…, SHA-256 för {file.name}",
                    action="Kontrollera att det är rätt fil. Ska svaren gälla den här filen också: ta bort raden fil "
                    "ur profilen. Annars: flytta profilen, så börjar frågorna om.",
                    priority=1,
                )
            ]
        )


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; empty if there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _finding(error: ErrorDetails, path: Path) -> Finding:
    details = error.get("ctx", {})
    place = [step for step in error["loc"] if step != "[key]"]
    if place[:1] in (["enheter"], ["indikatorer"]):
        del place[2:3]  # how an id and a whole entry are told apart
    listed = place[:1] in (["tabeller"], ["form"])
    named = [f"post {step + 1}" if listed and isinstance(step, int) else str(step) for step in place]
    value = details.get("value")
    return Finding(
        "Profilen säger något som inte går att använda",
        file=str(path),
        row_label=": ".join([*named, *filter(None, [details.get("key")])]),
        value=str(error["input"] if value is None else value),
        expected=_expected(error, named),
        action="Rätta raden i profilen.",
        priority=1,
    )


def _expected(error: ErrorDetails, place: list[str]) -> str:
    kind, details = error["type"], error.get("ctx", {})
    top = place[0] if place else ""
    if top == "form":
        return PART
    if kind == "slip":
        return details["expected"] or WHOLE[top]
    if kind == "literal_error":
        return swedish_or(details["expected"].replace(" or ", ", ").replace("'", "").split(", "))
    if kind == "extra_forbidden":
        if top == "tabeller":
            return TABLE
        return f"en av nycklarna {swedish_or(sorted(KEYS.get(top, list(Profile.model_fields))))}"
    if kind == "string_pattern_mismatch":
        return PATTERNS[place[-1]]
    if kind in ("missing", "model_type") or len(place) == 2 and top in WHOLE:
        return PATTERNS["id"] if place[-1] == "id" else WHOLE.get(top, "")
    return EXPECTED.get(kind, error["msg"])


def _bad(
    path: Path,
    what: str,
    value: str | None,
    expected: str,
    row: int | None = None,
    action: str = "Rätta profilen.",
) -> DataError:
    return DataError(
        [Finding(what, file=str(path), row=row, value=value, expected=expected, action=action, priority=1)]
    )
