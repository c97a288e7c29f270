"""What the figures say about one indicator: who answers what, and the nation over the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ojbrottsoffer.analysis.edition import DELVIS, JA, NEJ, Edition

WHOLE = "alla"
"""The part of the question that means all of it."""
SPLIT, OTHER = "delad", "definition"
"""Kinds of break: a code of `SAMBAND`, or `OTHER` where only the published figures tell."""

Stream = tuple[str, str]
"""An indicator and the part of its question."""


@dataclass(frozen=True)
class Point:
    """The nation's share of Ja one year according to one source."""

    indikator_id: str
    part: str
    ar: int
    share: int
    derived: bool
    comparable: str
    note: str | None
    source_id: str
    place: str


@dataclass(frozen=True)
class Link:
    """What happened to a question between two editions, as stated in `indikatorer_mellan_ar`."""

    before: int
    from_id: str
    after: int
    to_id: str
    kind: str
    comparable: str


@dataclass(frozen=True)
class Break:
    """Between two neighbouring years of a series, `before` and `after`: the question is another.

    `ar` is when it became so. For a break of the kind `OTHER`: `comparable` is the code of the side
    that differs from 2015's (`osaker` if either is), and `later` says whether that is the one after.
    """

    before: int
    after: int
    kind: str
    ar: int
    comparable: str = "nej"
    later: bool = True


@dataclass(frozen=True)
class Series:
    """The nation over the years for one question and what it became, oldest first.

    `links`: those between the questions of the series.
    """

    points: list[Point]
    links: tuple[Link, ...] = ()

    @property
    def part(self) -> str:
        return self.points[-1].part

    @property
    def indicators(self) -> list[str]:
        return list(dict.fromkeys(point.indikator_id for point in self.points))

    @cached_property
    def breaks(self) -> list[Break]:
        """Where the question changed; no line is drawn across."""
        return [step for step in self._steps if isinstance(step, Break)]

    @cached_property
    def segments(self) -> list[list[Point]]:
        """The runs of points that may be joined by a line, each year once."""
        runs = [[self._yearly[0]]]
        for point, step in zip(self._yearly[1:], self._steps, strict=True):
            if step is True:
                runs[-1].append(point)
            else:
                runs.append([point])
        return [run for run in runs if len(run) > 1]

    @cached_property
    def _yearly(self) -> list[Point]:
        """One point per year: the first, of those comparable with 2015 if there are any."""
        found: dict[int, Point] = {}
        for point in sorted(self.points, key=lambda point: (point.ar, point.comparable != "ja")):
            found.setdefault(point.ar, point)
        return list(found.values())

    @cached_property
    def _steps(self) -> list[Break | bool]:
        """From each year to the next: a break, or whether they may be joined."""
        found: list[Break | bool] = []
        told: set[Link] = set()
        for a, b in zip(self._yearly, self._yearly[1:], strict=False):
            link = self._changed(a, b, told)
            if link:
                told.add(link)
                found.append(Break(a.ar, b.ar, link.kind, link.after))
            elif a.comparable != b.comparable:
                other = b if b.comparable != "ja" else a
                found.append(
                    Break(
                        a.ar,
                        b.ar,
                        OTHER,
                        b.ar,
                        "osaker" if "osaker" in (a.comparable, b.comparable) else other.comparable,
                        b.comparable != "ja",
                    )
                )
            else:
                found.append(self._same(a, b))
        return found

    def _between(self, a: Point, b: Point) -> list[Link]:
        """What happened between two points. Links are between whole questions: a part has none."""
        return (
            []
            if a.part == b.part != WHOLE
            else [link for link in self.links if link.before < b.ar and link.after > a.ar]
        )

    def _changed(self, a: Point, b: Point, told: set[Link]) -> Link | None:
        """The link that made `b` another question than `a`. A year in the midst of a link lies on
        the side whose definition it has.
        """
        if a.comparable == b.comparable == "ja" and a.indikator_id == b.indikator_id:
            return None
        return next(
            (
                link
                for link in self._between(a, b)
                if link.comparable != "ja"
                and link not in told
                and (b.ar >= link.after or a.comparable != b.comparable)
            ),
            None,
        )

    def _same(self, a: Point, b: Point) -> bool:
        """True if two points alike comparable with 2015 are known to be of the same question: both
        have 2015's definition, both are of the same part of a split question, or every link on the
        way says so.
        """
        if a.comparable == "ja" or a.comparable != "osaker" and a.part == b.part != WHOLE:
            return True
        links = self._between(a, b)
        return (
            bool(links)
            and all(link.comparable == "ja" for link in links)
            and min(link.before for link in links) <= a.ar
            and max(link.after for link in links) >= b.ar
        )


def nation_over_years(riket: pd.DataFrame, links: pd.DataFrame) -> dict[str, list[Series]]:
    """The nation's shares of every indicator: a series for each way through what its question
    was and what it became, so that the years before and after a change are in the same.

    `riket` and `links` (`indikatorer_mellan_ar`) are the public tables with all their years.
    Without indicators of which a single year is known: then there is nothing to compare. The
    whole question comes first.
    """
    streams: dict[Stream, list[Point]] = {}
    for row in riket.sort_values(["ar", "kalla_id"]).to_dict("records"):
        streams.setdefault((row["indikator_id"], row["delmangd"]), []).append(_point(row))
    ways = _Ways(
        streams,
        [
            Link(
                int(row["fran_ar"]),
                row["fran_id"],
                int(row["till_ar"]),
                row["till_id"],
                row["samband"],
                row["svaren_jamforbara"],
            )
            for row in links.dropna(subset=["fran_id", "till_id"]).to_dict("records")
        ],
    )
    found: dict[str, list[Series]] = {}
    for stream in sorted(streams, key=lambda stream: (stream[0], stream[1] != WHOLE, stream[1])):
        known = found.setdefault(stream[0], [])
        known += [series for series in ways.through(stream) if series not in known]
    return {
        indicator: _longest(every)
        for indicator, every in found.items()
        if len({point.ar for series in every for point in series.points}) > 1
    }


def _longest(found: list[Series]) -> list[Series]:
    """Without those whose points are all in another."""
    points = [set(series.points) for series in found]
    return [
        series for series, own in zip(found, points, strict=True) if not any(own < more for more in points)
    ]


Way = list[tuple[Link | None, Stream]]
"""The link that leads to each stream, and the stream."""


@dataclass(frozen=True)
class _Ways:
    """The ways through the questions, along links that go forward in time."""

    streams: dict[Stream, list[Point]]
    links: list[Link]

    @cached_property
    def _steps(self) -> list[tuple[Stream, Link, Stream]]:
        """The links from one stream to another: to another indicator, or to a part of the question."""
        steps = [
            ((link.from_id, WHOLE), link, (link.to_id, WHOLE))
            for link in self.links
            if link.from_id != link.to_id
        ]
        for indicator, part in self.streams:
            first = self.streams[indicator, part][0].ar
            splits = [
                link
                for link in self.links
                if link.kind == SPLIT and link.from_id == indicator and link.after <= first
            ]
            if part != WHOLE and splits:
                steps.append(
                    ((indicator, WHOLE), max(splits, key=lambda link: link.after), (indicator, part))
                )
        return [step for step in steps if step[0] in self.streams and step[2] in self.streams]

    def through(self, stream: Stream) -> Iterator[Series]:
        for way in self._until(stream, None):
            for more in self._from(stream, way[-1][0]):
                yield self._series([*way, *more])

    def _until(self, stream: Stream, later: Link | None) -> list[Way]:
        """The ways that end in a stream, before the link that leaves it."""
        return [
            [*way, (link, stream)]
            for start, link, end in self._steps
            if end == stream and (later is None or link.after < later.after)
            for way in self._until(start, link)
        ] or [[(None, stream)]]

    def _from(self, stream: Stream, earlier: Link | None) -> list[Way]:
        """The ways on from a stream, after the link that led to it."""
        steps = [
            (link, end)
            for start, link, end in self._steps
            if start == stream and (earlier is None or link.after > earlier.after)
        ]
        goes_on = (
            any(point.ar >= min(link.after for link, _ in steps) for point in self.streams[stream])
            if steps
            else True
        )
        return [[]] * goes_on + [
            [(link, end), *more] for link, end in steps for more in self._from(end, link)
        ]

    def _series(self, way: Way) -> Series:
        """The points of each stream between the links that lead to it and from it."""
        points: list[Point] = []
        for (link, stream), (after, _) in zip(way, [*way[1:], (None, None)], strict=True):
            points += [
                point
                for point in self.streams[stream]
                if (link is None or point.ar >= link.after) and (after is None or point.ar < after.after)
            ]
        own = {indicator for _, (indicator, _) in way}
        return Series(
            points,
            tuple(
                dict.fromkeys(
                    [
                        *(link for link, _ in way if link),
                        *(link for link in self.links if link.from_id == link.to_id and link.to_id in own),
                    ]
                )
            ),
        )


def _point(row: dict) -> Point:
    return Point(
        indikator_id=row["indikator_id"],
        part=row["delmangd"],
        ar=int(row["ar"]),
        share=int(row["andel_ja_procent"]),
        derived=bool(row["harledd"]),
        comparable=row["jamforbar"],
        note=None if pd.isna(row["anmarkning"]) else row["anmarkning"],
        source_id=row["kalla_id"],
        place=row["plats"],
    )


def units_by_answer(edition: Edition, indikator_id: str) -> dict[int | None, list[str]]:
    """Ids of the units per answer (2, 1, 0, None for a missing one), in the edition's order."""
    found: dict[int | None, list[str]] = {JA: [], DELVIS: [], NEJ: [], None: []}
    for unit, codes in edition.codes.items():
        found[codes[indikator_id]].append(unit)
    return found
