"""Where on a map of Sweden a unit is drawn.

A transverse Mercator on a sphere with the central meridian of SWEREF 99 TM: within a few
kilometres of the official projection, which is less than a symbol on the map is wide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import atan2, atanh, cos, dist, radians, sin, tan

import numpy as np
import pandas as pd

EARTH = 6371.0
"""Radius in kilometres."""
MERIDIAN = 15.0
WIDTH = 340.0
"""Of the map, in its own units; readable on a phone."""
CELL = 11.0
"""Side of the square that one symbol has to itself."""

Point = tuple[float, float]


def projected(lon: float, lat: float) -> Point:
    """Kilometres east of the central meridian and north of the equator."""
    east, north = radians(lon - MERIDIAN), radians(lat)
    return EARTH * atanh(cos(north) * sin(east)), EARTH * atan2(tan(north), cos(east))


@dataclass(frozen=True)
class Geography:
    """The municipalities' places. `points`: SCB code -> longitude and latitude. `boundaries`: SCB
    code -> rings of the same, where an analyst has given them.
    """

    points: dict[str, Point]
    boundaries: dict[str, list[list[Point]]] = field(repr=False)

    @classmethod
    def of(cls, kommuner: pd.DataFrame, boundaries: dict[str, list[list[Point]]]) -> Geography:
        """From the register (text columns `kommunkod, lat, lon`); a middle of the boundary where
        the register has no coordinates.
        """
        points = {
            row.kommunkod: (float(row.lon), float(row.lat))
            for row in kommuner.itertuples()
            if row.lat and row.lon
        }
        middles = {code: _middle(rings) for code, rings in boundaries.items() if code not in points}
        return cls(points | middles, boundaries)

    @cached_property
    def _frame(self) -> tuple[float, float, float, float]:
        """West and north edge in kilometres, scale, and height of the map."""
        ends = [point for rings in self.boundaries.values() for ring in rings for point in ring]
        places = [projected(*point) for point in [*self.points.values(), *ends]]
        west, east = min(x for x, _ in places), max(x for x, _ in places)
        south, north = min(y for _, y in places), max(y for _, y in places)
        scale = (WIDTH - 2 * CELL) / max(east - west, 1)
        return west, north, scale, (north - south) * scale + 2 * CELL

    @property
    def height(self) -> float:
        return self._frame[3]

    def on_map(self, point: Point) -> Point:
        """Longitude and latitude as a place on the map."""
        west, north, scale, _ = self._frame
        x, y = projected(*point)
        return CELL + (x - west) * scale, CELL + (north - y) * scale

    def kilometres(self, one: str, other: str) -> float | None:
        """As the crow flies between two municipalities' points; None if either has none."""
        if not {one, other} <= self.points.keys():
            return None
        return dist(projected(*self.points[one]), projected(*self.points[other]))

    def cells(self, units: pd.Series) -> dict[str, Point]:
        """The middle of a cell of its own for each unit: the free one nearest its municipality, so
        that no symbol covers another. `units`: SCB codes by unit; one without a place is left out.
        """
        columns, rows = int(WIDTH // CELL), int(self.height // CELL)
        across, down = np.meshgrid(np.arange(columns), np.arange(rows))
        middles = np.column_stack([across.ravel(), down.ravel()]) * CELL + CELL / 2
        free = np.ones(len(middles), dtype=bool)
        found: dict[str, Point] = {}
        for unit, code in units.items():
            if code not in self.points or not free.any():
                continue
            away = ((middles - self.on_map(self.points[code])) ** 2).sum(axis=1)
            nearest = int(np.where(free, away, np.inf).argmin())
            free[nearest] = False
            found[unit] = (float(middles[nearest, 0]), float(middles[nearest, 1]))
        return found

    @cached_property
    def outlines(self) -> dict[str, str]:
        """SCB code -> the boundary as the `d` of an SVG path in whole units. One too small to be
        seen is left out.
        """
        drawn = {code: "".join(map(self._path, rings)) for code, rings in sorted(self.boundaries.items())}
        return {code: path for code, path in drawn.items() if path}

    def _path(self, ring: list[Point]) -> str:
        """A ring, each point as a step from the one before; nothing if it has no area left."""
        points = [(round(x), round(y)) for x, y in map(self.on_map, ring)]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
        if len({*points}) < 3:
            return ""
        # Steps on along the same line are one.
        joined = [steps[0]]
        for step in steps[1:]:
            last = joined[-1]
            if step[0] * last[1] == step[1] * last[0] and step[0] * last[0] + step[1] * last[1] > 0:
                joined[-1] = (last[0] + step[0], last[1] + step[1])
            else:
                joined.append(step)
        walked = " ".join(f"{x} {y}" for x, y in joined[:-1])
        return f"M{points[0][0]} {points[0][1]}l{walked}z"


def _middle(rings: list[list[Point]]) -> Point:
    """The middle of the largest ring's box."""
    boxes = [
        (min(x for x, _ in ring), max(x for x, _ in ring), min(y for _, y in ring), max(y for _, y in ring))
        for ring in rings
    ]
    west, east, south, north = max(boxes, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))
    return (west + east) / 2, (south + north) / 2
