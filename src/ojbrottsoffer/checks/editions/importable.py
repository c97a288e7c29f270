"""Would the project take what an import is about to write? Asked before anything is written.

The rules are those of the reference tables and of the crosswalk, tried on the tables as they
would become; only the words are the importer's, with the cell and the answer that helps.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pandas as pd

from ojbrottsoffer.checks.editions.crosswalk import FILE, check_crosswalk
from ojbrottsoffer.importer.accepted.accept import UNSAID, Links, reference_rows, said_as, sources_of
from ojbrottsoffer.importer.accepted.source import origin_of
from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, SaidIndicator
from ojbrottsoffer.schema.finding import Finding, show
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.schema.published_text import runs
from ojbrottsoffer.sources.reference.register import COLUMNS, Reference
from ojbrottsoffer.sources.reference.register_rules import broken_rules

IDS = ("indikator_id", "till_id", "enhet_id", "id")
"""Columns that say which question or unit of the file an added row is about."""

PUBLIC = ("enheter", "kommuner", "indikatorer", "indikatorer_ar", "indikatorer_mellan_ar")
"""Tables whose texts are published as they stand."""
NO_FORMULA = "en text som inte börjar med =, +, - eller @"
REFUSED = "Projektet tar inte emot importen"


@dataclass(frozen=True)
class Entry:
    """A question or unit of the file: its id, its label and the cell it stands in."""

    id: str
    label: str
    cell: str
    said: SaidIndicator


def check_importable(reading: Reading, ar: int, reference: Reference, followed: Links) -> None:
    """Adds what the project would refuse. For a reading that is complete otherwise."""
    finished = _finished(reading, ar, reference, followed)
    entries, already = _entries(reading), _findings(reference)
    before = () if followed.before is None else tuple(reference.edition(followed.before).index)
    for finding in _findings(finished):
        if finding not in already:
            _tell(reading, finding, finished, entries, before)
    for key, (_, value) in origin_of(reading.profile.kalla).items():
        if value and runs(value):
            reading.wrong(
                f"{REFUSED}: texten kan läsas som en formel",
                f"Rätta kalla: {key} i profilen.",
                row_label=f"kalla: {key}",
                value=value,
                expected=NO_FORMULA,
            )


def _finished(reading: Reading, ar: int, reference: Reference, followed: Links) -> Reference:
    """The reference tables with the rows that the import would add."""
    added = {
        name: pd.DataFrame(rows, columns=COLUMNS[name], dtype="str")
        for name, rows in reference_rows(reading, ar, reference, followed).items()
        if rows
    }
    return replace(
        reference,
        **{
            name: pd.concat([getattr(reference, name), rows], ignore_index=True)
            for name, rows in added.items()
        },
    )


def _findings(reference: Reference) -> list[Finding]:
    frames = {item.name: getattr(reference, item.name) for item in fields(reference)}
    return [
        *broken_rules(frames, {name: FILE.format(name) for name in frames}),
        *check_crosswalk(reference)[1],
        *(finding for name in PUBLIC for finding in _formulas(name, frames[name])),
    ]


def _formulas(name: str, frame: pd.DataFrame) -> list[Finding]:
    return [
        Finding(
            "Texten kan läsas som en formel",
            file=FILE.format(name),
            row=row,
            column=column,
            value=value,
            expected=NO_FORMULA,
        )
        for column in frame
        for row, value in enumerate(frame[column], start=2)
        if runs(value)
    ]


def _entries(reading: Reading) -> dict[str, Entry]:
    layout = reading.layout
    heading = layout.header_rows[-1] if layout.header_rows else layout.first
    found = {
        item.unit.enhet_id: Entry(
            item.unit.enhet_id, item.label, reading.at(item.row, layout.label_column), UNSAID
        )
        for item in reading.units
    }
    for item in reading.indicators:
        # In a table of the nation's shares the questions are rows.
        place = (
            (item.column.index, layout.label_column)
            if reading.profile.slag == "riket"
            else (heading, item.column.index)
        )
        found[item.indikator_id] = Entry(
            item.indikator_id, item.label, reading.at(*place), item.said or UNSAID
        )
    return found


def _tell(
    reading: Reading,
    finding: Finding,
    finished: Reference,
    entries: dict[str, Entry],
    before: tuple[str, ...],
) -> None:
    table = finding.file.rsplit("/", 1)[-1].removesuffix(".csv")
    if finding.row is not None:
        row = getattr(finished, table).iloc[finding.row - 2].to_dict()
        kind = row.get("typ", "")
        names = (*IDS, "fran_id") if kind == "utgatt" else IDS
        entry = next((entries[row[name]] for name in names if row.get(name) in entries), None)
    else:
        row, kind = {}, "delad" if finding.column == "fran_id" else "sammanslagen"
        entry = next(
            (
                item
                for item in entries.values()
                if item.said.samband == kind and finding.value in (item.id, *sources_of(item.said))
            ),
            None,
        )
    if entry is None or table not in ("indikatorer_mellan_ar", "indikatorer"):
        _refused(reading, finding, entry)
    elif table == "indikatorer_mellan_ar":
        _link(reading, finding, kind, entry, before)
    elif finding.column == "kortnamn" and finished.indikatorer["kortnamn"].eq(row["kortnamn"]).sum() > 1:
        _short_name(reading, row["kortnamn"], finished, entry)
    else:
        _refused(reading, finding, entry)


def _link(reading: Reading, finding: Finding, kind: str, entry: Entry, before: tuple[str, ...]) -> None:
    """A link that the crosswalk refuses, with the answer it would take; `before` has the questions of the edition
    before."""
    labels = [item.label for item in reading.indicators]
    where = {"table": entry.cell, "value": entry.label}
    sources = sources_of(entry.said)
    reworded = dict(samband="omformulerad", fran=sources or None)
    if kind == "delad":
        reading.ask(
            "delad-med-en-del",
            f"En delad fråga har bara en del: {finding.value}",
            said_as(entry, **reworded, when="det är hela frågan i ny lydelse"),
            said_as(
                entry, samband="ny", fran=None, when=f"frågan är ny, och {finding.value} finns kvar bredvid"
            ),
            Choice(
                {"indikatorer": {ASK: {"id": ASK, "samband": kind, "fran": [finding.value]}}},
                "en annan fråga i filen är den andra delen",
                parts={"indikatorer": tuple(label for label in labels if label != entry.label)},
            ),
            **where,
            expected=f"minst två frågor i filen som kommer ur {finding.value}",
        )
    elif kind == "sammanslagen":
        reading.ask(
            "sammanslagen-ur-en",
            f"En sammanslagen fråga har bara en källa: {entry.id}",
            said_as(entry, **reworded, when="den kommer ur en enda fråga"),
            replace(
                said_as(entry, fran=ASK, when="den kommer ur flera frågor"),
                parts={"fran": before},
                several={"fran": 2},
            ),
            **where,
            expected="minst två olika id i fran",
        )
    elif kind == "utgatt" or kind == "ny" and not sources:
        already = {question.value for question in reading.questions if question.id == "id-av-annan-fraga"}
        if entry.label not in already:  # both the old and the new one say so
            reading.ask(
                "id-av-annan-fraga",
                f"Indikatorns id hör till en annan fråga i utgåvan före: {entry.id}",
                said_as(entry, samband="samma", fran=None, when="frågan är densamma"),
                said_as(entry, samband="omformulerad", fran=None, when="frågan är densamma i ny lydelse"),
                said_as(entry, id=ASK, when="frågan är en annan, och får ett nytt id"),
                **where,
                expected="ett id som utgåvan före inte har",
            )
    elif kind == "ny":
        reading.ask(
            "ny-med-fran",
            f"En ny fråga har fran: {entry.id}",
            said_as(entry, samband="ny", fran=None, when="frågan är ny och kommer inte ur någon"),
            said_as(entry, **reworded, when=f"frågan är {swedish_list(sources)} i ny lydelse"),
            said_as(entry, samband="delad", when="filen har flera delar av den"),
            **where,
            expected="ny utan fran, eller ett annat samband",
        )
    elif kind == "samma":
        reading.ask(
            "samma-med-annat-id",
            f"Samma fråga har ett annat id: {entry.id}",
            *(said_as(entry, id=source, fran=None, when=f"frågan är {source}") for source in sources),
            said_as(entry, samband="omformulerad", when="frågan är ändrad"),
            **where,
            expected=f"id: {finding.expected}, som i utgåvan före",
        )
    else:
        _refused(reading, finding, entry)


def _short_name(reading: Reading, name: str, finished: Reference, entry: Entry) -> None:
    same = finished.indikatorer.query("kortnamn == @name")["indikator_id"]
    reading.ask(
        "kortnamn-upptaget",
        f"Kortnamnet är upptaget: {show(name)}",
        said_as(entry, kortnamn=ASK, when="frågan får ett annat kortnamn"),
        table=entry.cell,
        value=entry.label,
        expected="ett kortnamn som ingen annan fråga har; "
        f"{swedish_list([i for i in same if i != entry.id])} har det",
    )


def _refused(reading: Reading, finding: Finding, entry: Entry | None) -> None:
    """What has no words of its own: the rule's, and whom it is about."""
    reading.wrong(
        f"{REFUSED}: {finding.what[0].lower()}{finding.what[1:]}",
        "Rätta posten i profilen." if entry else "Rätta profilen, eller be avsändaren om en rättad fil.",
        table=entry.cell if entry else reading.table,
        row_label=entry.label if entry else "",
        column=f"{finding.column} i {finding.file}",
        value=finding.value or "",
        expected=finding.expected,
    )
