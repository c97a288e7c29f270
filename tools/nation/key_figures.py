"""Invented answers of Kolada, in the shapes that its documentation describes: for invented municipalities alone.

`InventedKolada` answers any request; `write_fetched` writes the folder that a fetch of all of it would.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qs, urlsplit

from ojbrottsoffer.fetching.asked import about, values
from ojbrottsoffer.fetching.fetched_folder import folder_files
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.tables.kolada_tables import NATION
from ojbrottsoffer.sources.curated.key_figures import KeyFigures, load_key_figures
from ojbrottsoffer.sources.kolada_answers import Answer
from ojbrottsoffer.sources.reference.register import Reference, load_reference
from ojbrottsoffer.transaction import write_files

INVENTED_NAME = re.compile(r"Testkommun [0-9]+")
ADDRESS = "https://kolada.exempel.se/v3"
YEARS = tuple(range(2006, 2026))
SCALES = {"procent": 5, "antal": 40_000}
"""About how large a value is, by what is counted; other figures are rates."""
LIKE_EACH = 7
MISSING, SUPPRESSED = 0.08, 0.04


class InventedKolada:
    """Values for the invented municipalities of a register. The real ones are listed and have none."""

    def __init__(
        self, reference: Reference, figures: KeyFigures, years: Iterable[int] = YEARS, sexes: str = "TKM"
    ) -> None:
        self.sexes = sexes
        self.figures, self.years = figures, list(years)
        self.names = dict(zip(reference.kommuner["kommunkod"], reference.kommuner["kommun"], strict=True))
        self.invented = [code for code, name in self.names.items() if INVENTED_NAME.fullmatch(name)]

    def answer(self, request: str, per_page: int | None = None) -> dict:
        """The answer to a request such as `data/kpi/U30750/municipality/7001?page=1&per_page=5000`."""
        parts = urlsplit(request)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        kind, *path = parts.path.strip("/").split("/")
        found = {
            "kpi": self._key_figures,
            "municipality": self._municipalities,
            "municipality_groups": self._groups,
            "data": self._data,
        }[kind](path)
        size, page = per_page or int(query.get("per_page", 5000)), int(query.get("page", 1))
        shown = found[(page - 1) * size : page * size]
        more = f"{parts.path}?page={page + 1}&per_page={size}" if page * size < len(found) else None
        return {"values": shown, "count": len(shown), "next_url": more}

    def _key_figures(self, path: list[str]) -> list[dict]:
        asked = path[0].split(",")
        return [
            {
                "id": item.kolada_id,
                "title": item.titel,
                "description": "Påhittad.",
                "is_divided_by_gender": True,
                "municipality_type": "K",
                "publication_date": None,
                "has_ou_data": False,
            }
            for item in self.figures.nyckeltal
            if item.kolada_id in asked
        ]

    def _municipalities(self, path: list[str]) -> list[dict]:
        return [{"id": code, "title": name, "type": "K"} for code, name in self.names.items()]

    def _groups(self, path: list[str]) -> list[dict]:
        found = []
        for kind in (*self.figures.grupper, "Testets egna kommuner"):
            for number, code in enumerate(self.invented):
                rng = random.Random(f"{kind} {code}")
                others = [other for other in self.invented if other != code]
                members = rng.sample(others, min(LIKE_EACH, len(others)))
                found.append(
                    {
                        "id": f"G{1000 * (1 + len(found) // max(1, len(self.invented))) + number}",
                        "title": f"{kind}, {self.names[code]}, {self.years[-1]}",
                        "members": [{"member_id": one, "member_title": self.names[one]} for one in members],
                    }
                )
        return found

    def _data(self, path: list[str]) -> list[dict]:
        said = dict(zip(path[::2], path[1::2], strict=True))
        kpis, codes = said["kpi"].split(","), said["municipality"].split(",")
        return [
            {"kpi": kpi, "municipality": code, "period": year, "values": self._values(kpi, code, year)}
            for kpi in kpis
            if kpi in self.figures.of_kolada
            for code in codes
            if code in self.invented or code == NATION
            for year in self.years
        ]

    def _values(self, kpi: str, code: str, year: int) -> list[dict]:
        item = self.figures.of_kolada[kpi]
        rng = random.Random(f"{kpi} {code}")
        size = SCALES.get(item.enhet, 30) * rng.lognormvariate(0, 0.3 if item.enhet == "procent" else 0.8)
        size *= 400 if item.roll == "befolkning" and code == NATION else 1
        step = random.Random(f"{kpi} {code} {year}")
        value = round(size * (1 + 0.02 * (year - self.years[0])) * step.uniform(0.8, 1.2), item.decimaler)
        lot = step.random() if code != NATION and item.roll != "befolkning" else 1
        gone = lot < MISSING
        status = ".." if lot < SUPPRESSED else "-" if gone else ""
        shares = {"T": 1, **({"K": 0.5, "M": 0.5} if item.enhet == "antal" else {"K": 1.1, "M": 0.9})}
        return [
            {
                "gender": sex,
                "count": 1,
                "status": status,
                "value": None if gone else round(value * shares[sex], item.decimaler),
                "isdeleted": False,
            }
            for sex in self.sexes
        ]


def write_fetched(project: Project, years: Iterable[int] = YEARS, day: str | None = None) -> str:
    """Writes what a fetch of invented values gives into `project`, a copy whose register has invented
    municipalities. Returns the name of the folder."""
    figures, reference = load_key_figures(project), load_reference(project)
    invented = InventedKolada(reference, figures, years)
    answers = [
        Answer(request, request, json.dumps(invented.answer(request)).encode())
        for request in (*about(list(figures.of_kolada)), *values(list(figures.of_kolada), reference))
    ]
    day = day or str(date.today())
    write_files(project.root, folder_files(project, day, ADDRESS, answers))
    return f"kolada-{day}"
