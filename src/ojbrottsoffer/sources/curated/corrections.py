"""The dated corrections of `data/reference/rattelser.csv`, shown on the quality page."""

from __future__ import annotations

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.parse.raw import date_of, read_rows, unlikely_day
from ojbrottsoffer.sources.parse.records import among

FILE_NAME = "rattelser.csv"
COLUMNS = ["datum", "tabell", "vad", "fore", "efter", "ordagrant", "anledning"]
MAY_BE_EMPTY = {"fore", "efter"}
"""A row that was added has nothing before it, one that was removed nothing after."""
QUOTES = ("ja", "efter", "nej")
"""Whether the cell says `efter` and said `fore` in a recorded version, only says `efter`, or both are our words."""


def read_corrections(project: Project) -> list[dict[str, str]]:
    """The corrections, the latest first. Raises `DataError` naming what can't be shown."""
    path = project.reference / FILE_NAME
    file = project.relative(path)
    rows = read_rows(path, file, COLUMNS)
    findings: list[Finding] = []
    seen: set[tuple[str, ...]] = set()
    for number, row in rows:
        where = {"file": file, "row": number, "row_label": row["vad"], "priority": 1}
        expected = "ÅÅÅÅ-MM-DD" if date_of(row["datum"]) is None else unlikely_day(row["datum"])
        if expected:
            findings.append(
                Finding(
                    "Datumet kan inte vara rätt",
                    **where,
                    column="datum",
                    value=row["datum"],
                    expected=expected,
                    action="Rätta datumet.",
                )
            )
        if row["tabell"] not in TABLES:
            findings.append(
                Finding(
                    "Rättelsen gäller en tabell som inte finns",
                    **where,
                    column="tabell",
                    value=row["tabell"],
                    expected=among(list(TABLES), row["tabell"]),
                    action="Rätta tabellens namn.",
                )
            )
        findings += [
            Finding(
                "Rättelsen är inte hel",
                **where,
                column=name,
                value=row[name],
                expected="text",
                action="Fyll i cellen.",
            )
            for name in COLUMNS
            if name not in {"datum", "ordagrant", *MAY_BE_EMPTY} and not row[name].strip()
        ]
        if row["ordagrant"] not in QUOTES:
            findings.append(
                Finding(
                    "Otillåtet värde",
                    **where,
                    column="ordagrant",
                    value=row["ordagrant"],
                    expected=f"{swedish_or(list(QUOTES))}; ja om cellen sade det ena i en fastställd version och säger det andra nu, efter om bara det andra gäller",
                    action="Rätta cellen.",
                )
            )
        if row["fore"] == row["efter"]:
            findings.append(
                Finding(
                    "Rättelsen säger inte vad som har ändrats",
                    **where,
                    column="fore",
                    value=row["fore"],
                    expected="uppgiften före och efter, den ena av dem tom om en rad kom till eller togs bort",
                    action="Rätta cellen.",
                )
            )
        said = tuple(row[name] for name in COLUMNS[1:5])
        if said in seen:
            findings.append(
                Finding(
                    "Samma rättelse står två gånger",
                    **where,
                    column="vad",
                    value=row["vad"],
                    expected="varje rättelse en gång",
                    action="Ta bort den ena raden.",
                )
            )
        seen.add(said)
    if findings:
        raise DataError(findings)
    return sorted((row for _, row in rows), key=lambda row: row["datum"], reverse=True)
