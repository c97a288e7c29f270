"""The boundaries of municipalities, if an analyst has put a GeoJSON file in `data/raw/geo/`.

The file follows RFC 7946: longitude and latitude in WGS 84. A municipality is told by its SCB
code in one of `CODE_NAMES`. What the file says is drawn as it is; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.reference.register_rules import SWEDEN

FOLDER = "geo"
ENDINGS = (".geojson", ".json")
"""How the file's name ends, in any case."""
CODE_NAMES = ("kommunkod", "knkod", "kommun_kod", "kod", "code", "id")
"""Names that the code's property may have, in any case; `id` may be the feature's own."""
MARGIN = 0.7
"""Degrees that a boundary may reach beyond where municipalities' points can lie."""
SAVE_AGAIN = "Spara om kartan som GeoJSON i ett kartprogram, till exempel QGIS."
SHOWN = 5
"""Findings of one kind; the rest are counted."""

Ring = list[tuple[float, float]]
"""Longitude and latitude, the first point again as the last."""


def load_boundaries(project: Project, codes: set[str]) -> dict[str, list[Ring]]:
    """SCB code -> the rings of its area; empty without a file. `codes`: those of the register.

    Raises `DataError` for a file that can't be drawn, with every entry that is wrong.
    """
    files = _files(project)
    if not files:
        _nothing_else(project)
        return {}
    name = project.relative(files[0])
    if len(files) > 1:
        raise DataError(
            [
                Finding(
                    "Mappen har mer än en karta",
                    file=project.relative(project.raw / FOLDER),
                    priority=1,
                    value=", ".join(path.name for path in files),
                    expected=f"en enda fil som slutar på {swedish_or(list(ENDINGS))}",
                    action="Behåll den fil som ska gälla.",
                )
            ]
        )
    features = _features(files[0], name)
    rings: dict[str, list[Ring]] = {}
    findings: list[Finding] = []
    for number, feature in enumerate(features, start=1):
        try:
            code = _code(feature, codes)
            if code in rings:
                raise _Wrong(
                    "Kommunen står två gånger",
                    code,
                    "en post per kommun",
                    "Slå ihop delarna till en MultiPolygon.",
                )
            rings[code] = list(_rings(feature))
        except _Wrong as wrong:
            findings.append(
                Finding(
                    wrong.what,
                    file=name,
                    row_label=f"post {number}",
                    value=wrong.value,
                    expected=wrong.expected,
                    action=wrong.action,
                    priority=1,
                )
            )
    if findings:
        rest = len(findings) - SHOWN
        more = (
            [
                Finding(
                    f"… och {rest} poster till med fel",
                    file=name,
                    priority=2,
                    action="Rätta de första och kör om.",
                )
            ]
            if rest > 0
            else []
        )
        raise DataError(findings[:SHOWN] + more)
    return rings


def _files(project: Project) -> list[Path]:
    return [path for path in _beside(project) if path.suffix.lower() in ENDINGS]


def _beside(project: Project) -> list[Path]:
    """What lies in the folder beside the note of where it comes from."""
    return [
        path
        for path in sorted((project.raw / FOLDER).glob("*"))
        if path.name != "origin.yml" and not path.name.startswith(".")
    ]


def _nothing_else(project: Project) -> None:
    """Raises `DataError` for files that are no map, where there is none: someone meant one of them to be."""
    others = _beside(project)
    if others:
        raise DataError(
            [
                Finding(
                    "Kartan har ett format som inte går att läsa",
                    file=project.relative(project.raw / FOLDER),
                    priority=1,
                    value=", ".join(path.name for path in others),
                    expected=f"en fil som slutar på {swedish_or(list(ENDINGS))}",
                    action=f"{SAVE_AGAIN} Ska ingen karta ritas: ta bort filerna.",
                )
            ]
        )


class _Wrong(Exception):
    def __init__(self, what: str, value: object, expected: str, action: str):
        super().__init__(what)
        self.what, self.value, self.expected, self.action = what, str(value)[:80], expected, action


def _features(path: Path, name: str) -> list[dict]:
    def stop(what: str, value: str, expected: str) -> DataError:
        return DataError(
            [Finding(what, file=name, value=value, expected=expected, priority=1, action=SAVE_AGAIN)]
        )

    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise stop("Kartan går inte att läsa", f"byte {error.start}", "text i UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"rad {error.lineno}, tecken {error.colno}" if hasattr(error, "lineno") else "för djupt"
        raise stop("Kartan är inte giltig JSON", where, "en hel GeoJSON-fil") from error
    kind = said.get("type") if isinstance(said, dict) else type(said).__name__
    features = said.get("features") if isinstance(said, dict) else None
    if kind != "FeatureCollection" or not isinstance(features, list) or not features:
        raise stop("Kartan har inga områden", str(kind), "en FeatureCollection med minst en post")
    return features


def _code(feature: object, codes: set[str]) -> str:
    if not isinstance(feature, dict):
        raise _Wrong("Posten är inget område", feature, "en Feature", "Spara om kartan.")
    own = feature.get("properties")
    known = {str(key).lower(): value for key, value in own.items()} if isinstance(own, dict) else {}
    known.setdefault("id", feature.get("id"))
    for name in CODE_NAMES:
        value = known.get(name)
        if value is None or isinstance(value, bool | dict | list):
            continue
        code = str(value).strip().zfill(4)
        if code in codes:
            return code
        raise _Wrong(
            "Koden finns inte bland kommunerna",
            f"{name}: {value}",
            "en SCB-kod med fyra siffror ur data/reference/kommuner.csv",
            "Rätta koden, eller ta bort områden som inte är kommuner.",
        )
    raise _Wrong(
        "Området saknar kommunkod",
        ", ".join(map(str, known)),
        f"SCB:s kod i egenskapen {CODE_NAMES[0]}",
        "Lägg till egenskapen kommunkod.",
    )


def _rings(feature: dict) -> Iterator[Ring]:
    shape = feature.get("geometry")
    kind = shape.get("type") if isinstance(shape, dict) else None
    parts = shape.get("coordinates") if kind in ("Polygon", "MultiPolygon") else None
    if not isinstance(parts, list) or not parts:
        raise _Wrong("Området har ingen yta", kind, "Polygon eller MultiPolygon", "Spara om kartan med ytor.")
    for polygon in [parts] if kind == "Polygon" else parts:
        if not isinstance(polygon, list) or not polygon:
            raise _Wrong("Området har ingen yta", polygon, "minst en gräns", "Spara om kartan med ytor.")
        for ring in polygon:
            yield _ring(ring)


def _ring(ring: object) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4 or ring[0] != ring[-1]:
        raise _Wrong(
            "Gränsen är inte sluten",
            ring,
            "minst fyra punkter, den första igen sist",
            "Reparera geometrin i kartprogrammet.",
        )
    return [_point(point) for point in ring]


def _point(point: object) -> tuple[float, float]:
    numbers = point[:2] if isinstance(point, list) else []
    if len(numbers) < 2 or not all(type(n) in (int, float) for n in numbers):
        raise _Wrong("Punkten går inte att tolka", point, "longitud och latitud", "Spara om kartan.")
    for value, (least, most) in zip(numbers, (SWEDEN["lon"], SWEDEN["lat"]), strict=True):
        if not least - MARGIN <= value <= most + MARGIN:
            raise _Wrong(
                "Punkten ligger inte i Sverige",
                point,
                "longitud och latitud i grader, i den ordningen",
                "Spara om kartan i WGS 84 (EPSG:4326), inte i SWEREF 99 TM.",
            )
    return numbers[0], numbers[1]
