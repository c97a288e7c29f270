"""The links between editions: is every indicator and every changed unit accounted for?"""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.schema.codes import ENHETSSAMBAND, JAMFORBAR, SAMBAND
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.reference.register import Reference

INDICATOR_LINKS = SAMBAND.codes
UNIT_LINKS = ENHETSSAMBAND.codes
FILE = "data/reference/{}.csv"


def check_crosswalk(reference: Reference) -> tuple[list[Check], list[Finding]]:
    """Both tables of links. A wrong link would compare two different questions or places."""
    indicators = _indicator_links(reference)
    units = _unit_links(reference)
    return [
        Check(
            "indikatorer mellan år",
            "Varje indikator har ett angivet samband med utgåvan före",
            "Ett fel samband jämför två olika frågor.",
            len(reference.indikatorer_mellan_ar),
            len(indicators),
            origin="struktur",
        ),
        Check(
            "enheter mellan år",
            "Varje ändrad enhet pekar på en enhet som finns",
            "Ett fel samband ger en enhet en annans tidigare svar.",
            len(reference.enheter_mellan_ar),
            len(units),
            origin="struktur",
        ),
    ], indicators + units


def _rows(frame: pd.DataFrame) -> list[tuple[int, dict]]:
    return list(enumerate(frame.to_dict("records"), start=2))


def _shape(row: dict, kinds: dict[str, str]) -> tuple[str, str, str] | None:
    """(column, value, expected) of what is wrong with one link on its own, or None."""
    kind = row["typ"]
    if kind not in kinds:
        return "typ", kind, swedish_or(list(kinds))
    if not (row["fran_ar"].isdigit() and row["till_ar"].isdigit() and row["fran_ar"] < row["till_ar"]):
        return "fran_ar, till_ar", f"{row['fran_ar']}, {row['till_ar']}", "två år, det tidigare först"
    if (row["fran_id"] == "") != (kind == "ny"):
        return "fran_id", row["fran_id"], "tomt för en ny, annars ett id"
    if (row["till_id"] == "") != (kind == "utgatt"):
        return "till_id", row["till_id"], "tomt för en utgången, annars ett id"
    return None


def _indicator_links(reference: Reference) -> list[Finding]:
    name = "indikatorer_mellan_ar"
    table = reference.indikatorer_mellan_ar
    findings = []
    asked = {year: set(reference.edition(year).index) for year in reference.years}
    labels = reference.etiketter_riket
    parts = labels[labels["delmangd"] != "alla"].groupby("indikator_id")["delmangd"].nunique()

    def bad(what: str, column: str, value: str, expected: str, row: int | None = None) -> None:
        findings.append(
            Finding(
                what,
                file=FILE.format(name),
                row=row,
                column=column,
                value=value,
                expected=expected,
                action="Rätta raden i filen.",
                priority=3,
            )
        )

    for number, row in _rows(table):
        shape = _shape(row, INDICATOR_LINKS)
        if shape:
            bad("Sambandet går inte att använda", *shape, row=number)
            continue
        if row["jamforbar"] not in JAMFORBAR.codes:
            bad(
                "Sambandet går inte att använda",
                "jamforbar",
                row["jamforbar"],
                swedish_or(list(JAMFORBAR.codes)),
                number,
            )
        if row["typ"] == "samma" and row["fran_id"] != row["till_id"]:
            bad("Samma fråga har olika id", "till_id", row["till_id"], row["fran_id"], number)
        for year, column in ((row["fran_ar"], "fran_id"), (row["till_ar"], "till_id")):
            # The nation's shares may be of parts of a question that the edition asks as a whole.
            nations = column == "till_id" and row["typ"] == "delad" and row["fran_id"] in parts
            if row[column] and row[column] not in asked.get(int(year), {row[column]}) and not nations:
                bad(
                    f"Indikatorn finns inte i {year} års utgåva",
                    column,
                    row[column],
                    "ett indikator_id ur indikatorer_ar.csv",
                    number,
                )
        for kind, column, year in (("ny", "till_id", row["fran_ar"]), ("utgatt", "fran_id", row["till_ar"])):
            known = row["typ"] == kind and int(year) in reference.years
            if known and row[column] in reference.edition(int(year)).index:
                bad(
                    f"En {INDICATOR_LINKS[kind].lower()} indikator finns i {year} års utgåva",
                    column,
                    row[column],
                    f"ett id som inte finns i {year} års utgåva",
                    number,
                )
    for before, after in zip(reference.years, reference.years[1:], strict=False):
        rows = table[(table["fran_ar"] == str(before)) & (table["till_ar"] == str(after))]
        for year, column in ((before, "fran_id"), (after, "till_id")):
            for indicator in sorted(asked[year] - set(rows[column])):
                bad(
                    f"Indikatorn har inget samband mellan {before} och {after}",
                    column,
                    indicator,
                    "en rad som säger vad som hände med den",
                )
    for kind, one, many in (("delad", "fran_id", "till_id"), ("sammanslagen", "till_id", "fran_id")):
        for (before, after, key), group in table[table["typ"] == kind].groupby(["fran_ar", "till_ar", one]):
            ids = set(group[many])
            if kind == "delad":
                ids = _split_in_edition(ids, table, before, after, reference) or ids
            if len(ids) < 2:
                bad(
                    f"En {INDICATOR_LINKS[kind]} indikator har bara en del",
                    one,
                    key,
                    f"minst två rader med olika {many}",
                )
    links = table[table["typ"] == "delad"].groupby("fran_id")["till_id"].nunique()
    for indicator, number in parts.items():
        if links.get(indicator, 0) < number:
            bad(
                "Frågan har fler delar hos källorna än samband till dem",
                "fran_id",
                indicator,
                f"{number} rader där den är delad, en för varje delmängd i etiketter_riket.csv",
            )
    return findings


def _split_in_edition(
    parts: set[str], table: pd.DataFrame, before: str, after: str, reference: Reference
) -> set[str]:
    """The parts of a split question that the edition after has come to ask about; none if the
    years are not those of an edition and the one before it."""
    years = [str(year) for year in reference.years]
    if (before, after) not in zip(years, years[1:], strict=False):
        return set()
    new = table[(table["fran_ar"] == before) & (table["till_ar"] == after) & (table["typ"] == "ny")]
    return parts & set(reference.edition(int(after)).index) - set(new["till_id"])


def _unit_links(reference: Reference) -> list[Finding]:
    known = set(
        reference.units(set(reference.enheter["enhet_id"]) | set(reference.municipalities["enhet_id"]))[
            "enhet_id"
        ]
    )
    findings = []
    for number, row in _rows(reference.enheter_mellan_ar):
        problem = _shape(row, UNIT_LINKS)
        if problem is None:
            unknown = [
                (c, row[c], "ett enhet_id i registret")
                for c in ("fran_id", "till_id")
                if row[c] and row[c] not in known
            ]
            problem = unknown[0] if unknown else None
        if problem:
            findings.append(
                Finding(
                    "Sambandet mellan enheter går inte att använda",
                    file=FILE.format("enheter_mellan_ar"),
                    row=number,
                    column=problem[0],
                    value=problem[1],
                    expected=problem[2],
                    action="Rätta raden i filen.",
                    priority=3,
                )
            )
    return findings
