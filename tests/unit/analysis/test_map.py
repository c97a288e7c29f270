"""The map: every unit has a place of its own, the table says the same, a broken file stops."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pandas as pd
import pytest
from conftest import contents

from ojbrottsoffer.analysis.geography import CELL, WIDTH, Geography, projected
from ojbrottsoffer.checks.expectations.derived import with_helpers
from ojbrottsoffer.checks.public_tables import source_rows
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import read_csv
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.pictures.maps import Maps, share_class
from ojbrottsoffer.sources.inputs import read_all
from ojbrottsoffer.sources.reference.boundaries import load_boundaries
from ojbrottsoffer.sources.reference.register import load_reference

KIRUNA, LUND, GOTLAND, STROMSTAD = "2584", "1281", "0980", "1486"


def square(lon: float, lat: float, size: float = 0.2) -> list:
    return [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]


def feature(code: object, ring: list, **more) -> dict:
    return {
        "type": "Feature",
        "properties": {"KnKod": code} | more,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: dict) -> dict:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture(scope="module")
def kommuner(project: Project) -> pd.DataFrame:
    return load_reference(project).kommuner


@pytest.fixture
def folder(tmp_path, project: Project) -> Project:
    made = Project(tmp_path)
    (made.raw / "geo").mkdir(parents=True)
    return made


def test_the_projection_agrees_with_sweref_99_tm():
    """Lantmäteriet's way of checking: easting 500 km at 15 degrees; 1 degree east at 60 is 55.8 km."""
    assert projected(15, 60)[0] == 0
    assert projected(16, 60)[0] == pytest.approx(55.8, rel=0.005)
    north = [projected(15, lat)[1] for lat in (55, 60, 65, 69)]
    assert all(
        b - a == pytest.approx(step * 111.3, rel=0.005)
        for (a, b), step in zip(pairwise(north), (5, 5, 4), strict=True)
    )


def test_every_municipality_has_a_cell_of_its_own_near_its_place(kommuner: pd.DataFrame):
    land = Geography.of(kommuner, {})
    cells = land.cells(kommuner["kommunkod"].set_axis(kommuner["kommunkod"]))
    assert len(cells) == len(kommuner) == len(set(cells.values()))
    places = {code: land.on_map(point) for code, point in land.points.items()}
    away = [max(abs(x - places[code][0]), abs(y - places[code][1])) for code, (x, y) in cells.items()]
    assert max(away) < 3 * CELL and sorted(away)[len(away) // 2] <= CELL
    assert all(0 < x < WIDTH and 0 < y < land.height for x, y in cells.values())
    assert cells[KIRUNA][1] < cells[GOTLAND][1] < cells[LUND][1]
    assert cells[STROMSTAD][0] < cells[GOTLAND][0]


def test_a_unit_without_a_place_is_left_out_and_named(kommuner: pd.DataFrame):
    land = Geography.of(kommuner, {})
    codes = pd.Series({"lund": LUND, "testkommun-001": "9001"})
    drawn = Maps.of(land, pd.DataFrame({"typ": "kommun", "kommunkod": codes}))
    assert drawn.without_place(codes.index) == ["testkommun-001"]
    found = drawn.by_answer(
        {"lund": "Lund", "testkommun-001": "T"}, {"lund": 1, "testkommun-001": 2}, "en fråga"
    )
    svg = str(found.picture)
    assert svg.count("<use ") == 1 and 'href="#oj-s1"' in svg and "<title>Lund: Delvis</title>" in svg
    assert "1\xa0enhet: 1 Delvis." in svg and "<path" not in svg
    assert re.findall('href="#([^"]+)"/></svg> ([^<]+)<', str(found.key)) == [("oj-s1", "Delvis")]


def test_shares_fall_in_their_classes():
    assert [share_class(share) for share in (0, 24.99, 25, 49.9, 50, 74.9, 75, 100)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
    ]


def test_areas_are_drawn_instead_of_symbols_where_there_are_any(folder: Project, kommuner: pd.DataFrame):
    path = folder.raw / "geo" / "Granser.JSON"
    islands = {
        "type": "Feature",
        "properties": {"kommunkod": GOTLAND},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [[square(18.2, 57.2, 0.6)], [square(19.1, 57.9)]],
        },
    }
    speck = feature(STROMSTAD, square(11.2, 58.9, 0.001))
    path.write_text(
        json.dumps(
            collection(
                feature(int(LUND), square(13.1, 55.6)), islands, speck, feature(KIRUNA, square(20, 67.5, 1))
            )
        ),
        "utf-8",
    )
    bounds = load_boundaries(folder, set(kommuner["kommunkod"]))
    assert {code: len(rings) for code, rings in bounds.items()} == {
        LUND: 1,
        GOTLAND: 2,
        STROMSTAD: 1,
        KIRUNA: 1,
    }
    land = Geography.of(kommuner, bounds)
    units = pd.DataFrame(
        {
            "typ": ["kommun", "kommun", "stadsdel", "kommun", "kommun"],
            "kommunkod": [LUND, GOTLAND, LUND, STROMSTAD, "0114"],
        },
        index=list("abcde"),
    )
    maps = Maps.of(land, units)
    assert maps.without_place("abcde") == []
    answers = {"a": 2, "b": 0, "c": 1, "d": None, "e": 0}
    found = maps.by_answer({unit: unit.upper() for unit in answers}, answers, "x")
    svg, key = str(found.picture), str(found.key)
    areas = re.findall(
        r'<path class="oj-karta__yta" fill="([^"]+)" d="([^"]+)">(?:<title>(.*?)</title>)?', svg
    )
    assert [(fill, said) for fill, _, said in areas] == [
        ("url(#oj-ps0)", "B: Nej"),
        ("var(--oj-ja)", "A: Ja"),
        ("none", ""),
    ], "Kiruna är inte med i utgåvan"
    assert re.findall(r'href="#oj-s(\w)" x=.*?<title>(.*?)</title>', svg) == [
        ("1", "C: Delvis"),
        ("x", "D: uppgift saknas"),
        ("0", "E: Nej"),
    ], "stadsdel, för liten yta, ingen gräns"
    assert "5\xa0enheter: 1 Ja, 1 Delvis, 2 Nej, 1 uppgift saknas." in svg
    used = set(re.findall(r"#(oj-[\w-]+)", svg + key)) - {f"oj-s{kind}" for kind in "210x"}
    assert used <= set(re.findall(r'id="([^"]+)"', svg)), "varje mönster finns i bilden"
    assert [re.findall(r'href="#oj-(\w+)"', row) for row in key.split("</span>")[:-1]] == [
        ["ys2", "s2"],
        ["ys1", "s1"],
        ["ys0", "s0"],
        ["ysx", "sx"],
        [],
    ] and "Kommun utan svar" in key
    alone = Maps.of(land, units.loc[["a"]]).by_share({"a": "A"}, {"a": 80.0}, "x")
    assert re.findall(r'href="#oj-(\w+)"', str(alone.key)) == ["yk3"] and "<use" not in alone.picture
    for _, outline, _ in areas:
        for start in re.findall(r"M(\d+) (\d+)l([^z]+)z", outline):
            x, y = map(int, start[:2])
            steps = [int(step) for step in start[2].split()]
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                assert 0 <= x <= WIDTH and 0 <= y <= land.height


def test_an_outline_keeps_its_corners_and_nothing_between():
    ring = [[15.0, 60.0], [15.5, 60.0], [16.0, 60.0], [16.0, 62.0], [15.0, 62.0], [15.0, 60.0]]
    land = Geography({"0001": (14.0, 59.0), "0002": (20.0, 66.0)}, {"0003": [ring]})
    corners = land.outlines["0003"].strip("Mz").replace("l", " ").split()
    assert len(corners) == 2 * 4


def test_the_boundaries_are_a_source_that_is_used_when_there_is_a_map(scratch: Project):
    origin = (scratch.raw / "scb-kommuner" / "origin.yml").read_text(encoding="utf-8")
    (scratch.raw / "geo").mkdir()
    (scratch.raw / "geo" / "origin.yml").write_text(
        origin.replace("kalla_id: scb-kommuner", "kalla_id: geo"), encoding="utf-8"
    )
    frames = {name: read_csv(scratch.clean / f"{name}.csv", table) for name, table in TABLES.items()}

    def unused() -> set[str]:
        helped = with_helpers(frames | {"kallor": source_rows(read_all(scratch), set())})
        return set(helped["kallor"]["_oanvand"].dropna())

    without = unused()
    assert "geo" in without, "en mapp utan karta är kanske en fil som glömts"
    (scratch.raw / "geo" / "g.geojson").write_text(
        json.dumps(collection(feature(LUND, square(13, 55.6)))), encoding="utf-8"
    )
    assert unused() == without - {"geo"}


BAD = {
    "no json": ("{", "rad 1, tecken 2"),
    "latin-1": ("å".encode("latin-1"), "byte 0"),
    "another kind": ({"type": "Topology"}, "Topology"),
    "empty": (collection(), "FeatureCollection"),
    "no code": (collection({"type": "Feature", "properties": {"namn": "Lund"}, "geometry": None}), "post 1"),
    "unknown code": (collection(feature("9999", square(13, 55.6))), "knkod: 9999"),
    "county": (collection(feature("12", square(13, 55.6))), "knkod: 12"),
    "twice": (collection(*[feature(LUND, square(13, 55.6))] * 2), "post 2"),
    "point": (
        collection(feature(LUND, []) | {"geometry": {"type": "Point", "coordinates": [13, 55.7]}}),
        "Point",
    ),
    "open": (collection(feature(LUND, square(13, 55.6)[:-1])), "sluten"),
    "sweref": (collection(feature(LUND, square(386000, 6175000, 900))), "WGS 84"),
    "latitude first": (collection(feature(LUND, square(55.6, 13))), "i den ordningen"),
    "words": (collection(feature(LUND, [["13", "55"]] * 4)), "longitud och latitud"),
}


@pytest.mark.parametrize(("said", "wanted"), BAD.values(), ids=BAD)
def test_a_map_that_cannot_be_drawn_is_refused(folder: Project, kommuner: pd.DataFrame, said, wanted):
    data = (
        said
        if isinstance(said, bytes)
        else said.encode()
        if isinstance(said, str)
        else json.dumps(said).encode()
    )
    (folder.raw / "geo" / "g.geojson").write_bytes(data)
    with pytest.raises(DataError) as error:
        load_boundaries(folder, set(kommuner["kommunkod"]))
    told = str(error.value)
    assert wanted in told and "data/raw/geo/g.geojson" in told and "gör så här" in told, told


def test_a_map_of_another_format_is_not_passed_over(folder: Project):
    (folder.raw / "geo" / "origin.yml").write_text("", encoding="utf-8")
    assert load_boundaries(folder, set()) == {}
    (folder.raw / "geo" / "granser.shp").write_bytes(b"")
    with pytest.raises(DataError, match=r"(?s)data/raw/geo.*granser\.shp.*\.geojson eller \.json"):
        load_boundaries(folder, set())


def test_a_broken_map_stops_the_build(scratch: Project, capsys):
    (scratch.raw / "geo").mkdir()
    (scratch.raw / "geo" / "g.geojson").write_text("{", encoding="utf-8")
    before = contents(scratch.clean)
    assert main(["--rot", str(scratch.root), "data"]) == 1
    assert "Kartan är inte giltig JSON" in capsys.readouterr().err
    assert contents(scratch.clean) == before
