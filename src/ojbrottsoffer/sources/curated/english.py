"""English words for what the tables name in Swedish: `data/reference/engelska.yml`."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from pydantic import ValidationInfo, field_validator

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.curated.tips import Tips
from ojbrottsoffer.sources.parse.records import Record, Text, every, known, read_model, slip
from ojbrottsoffer.sources.reference.register import Reference

FILE = "engelska.yml"
SWEDISH = re.compile("[åäö]")
KINDS = {
    "indikatorer": "indikator",
    "omraden": "område",
    "roller": "roll",
    "definitioner": "definition",
    "nyckeltal": "nyckeltal",
}
"""Field of the file -> what each of its entries is."""


class English(Record):
    """Id -> English words, of each kind. Nothing may be missing that the first edition has."""

    indikatorer: dict[known("indikatorer"), Text]
    omraden: dict[known("omraden"), Text]
    roller: dict[known("roller"), Text]
    definitioner: dict[known("definitioner"), Text]
    """What a yes requires, in a line."""
    nyckeltal: dict[known("nyckeltal"), Text]

    @field_validator(*KINDS)
    @classmethod
    def _everything(cls, words: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        every(words, info.context["wanted"][info.field_name], KINDS[info.field_name])
        swedish, seen = info.context["swedish"][info.field_name], {}
        for name, text in words.items():
            said = text.casefold()
            if SWEDISH.search(said) or said == swedish[name].casefold():
                raise slip(
                    "Den engelska texten är svensk", f"”{swedish[name]}” på engelska", f"{name}: {text}"
                )
            first = seen.setdefault(said, name)
            if swedish[first] != swedish[name]:
                raise slip(
                    "Två olika saker har samma engelska text",
                    f"varsin text, för ”{swedish[first]}” och ”{swedish[name]}”",
                    f"{first} och {name}: {text}",
                )
        return words


def load_english(
    project: Project, reference: Reference, tips: Tips, definitions: pd.DataFrame, key_figures: dict[str, str]
) -> English:
    """The words. Raises `DataError` naming the entry that is missing, points nowhere, is Swedish or is another's.

    `key_figures`: id -> name in Swedish.
    """
    first = reference.edition(reference.years[0])
    areas = reference.omraden
    used = {*first["indikatoromrade_id"], *map(reference.parent_area.get, first["indikatoromrade_id"])}
    wanted = {
        "indikatorer": list(first.index),
        "omraden": [area for area in areas["omrade_id"] if area in used],
        "roller": list(tips.roles),
        "definitioner": list(dict.fromkeys(definitions["definition_id"])),
        "nyckeltal": list(key_figures),
    }
    swedish = {
        "indikatorer": dict(
            zip(reference.indikatorer["indikator_id"], reference.indikatorer["kortnamn"], strict=True)
        ),
        "omraden": dict(zip(areas["omrade_id"], areas["omrade"], strict=True)),
        "roller": {name: role.namn for name, role in tips.roles.items()},
        "definitioner": dict(zip(definitions["definition_id"], definitions["kort"], strict=True)),
        "nyckeltal": key_figures,
    }
    ids = wanted | {
        "indikatorer": list(reference.indikatorer["indikator_id"]),
        "omraden": list(areas["omrade_id"]),
    }

    def context(content: Any) -> dict[str, Any]:
        return {**ids, "wanted": wanted, "swedish": swedish}

    return read_model(project, project.reference / FILE, English, dict, context)
