"""The reviewed claims in `data/reference/pastaenden.csv`: what is claimed, where, and which check tries it."""

from __future__ import annotations

import re

from ojbrottsoffer.checks.claims import method_claims, report_claims
from ojbrottsoffer.checks.claims.evidence import Method
from ojbrottsoffer.schema.codes import JAMFORELSE, PASTAENDEUTFALL
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or

UNTRIED = "inte-provbart"
FAILS = "stammer_inte"
METHODS = {
    **report_claims.METHODS,
    **method_claims.METHODS,
    UNTRIED: Method("Underlag saknas.", lambda *_: None),
}
"""Every check that a claim can be tried with."""


def checked_claims(rows: list[dict]) -> list[dict]:
    """The claims, all of them usable. Raises `DataError` naming a malformed row."""
    claims: list[dict] = []
    findings: list[Finding] = []
    for claim in rows:
        file, number = claim["_fil"], claim["_rad"]
        closed = {
            "kontroll": list(METHODS),
            "jamforelse": list(JAMFORELSE.codes),
            "utfall": list(PASTAENDEUTFALL.codes),
        }
        for column, codes in closed.items():
            if claim[column] not in codes:
                findings.append(
                    Finding(
                        "Otillåtet värde",
                        file=file,
                        row=number,
                        column=column,
                        row_label=claim["pastaende_id"],
                        value=claim[column],
                        expected=swedish_or(codes),
                        action="Rätta värdet.",
                        priority=1,
                    )
                )
        for column in ("ar", "uppgift"):
            if not re.fullmatch(r"[0-9]+", claim[column]):
                findings.append(
                    Finding(
                        "Värdet går inte att tolka",
                        file=file,
                        row=number,
                        column=column,
                        value=claim[column],
                        expected="ett heltal",
                        action="Rätta värdet.",
                        priority=1,
                    )
                )
        findings += _not_whole(claim, {earlier["pastaende_id"] for earlier in claims})
        claims.append(claim)
    if findings:
        raise DataError(findings)
    return claims


def _not_whole(claim: dict, taken: set[str]) -> list[Finding]:
    """Findings for a claim without its texts, without a reason or with the id of another."""

    def bad(what: str, column: str, expected: str) -> Finding:
        return Finding(
            what,
            file=claim["_fil"],
            row=claim["_rad"],
            column=column,
            row_label=claim["pastaende_id"],
            value=claim[column],
            expected=expected,
            action="Rätta raden.",
            priority=1,
        )

    findings = [
        bad("Påståendet är inte helt", column, "text")
        for column in ("pastaende_id", "kalla_id", "sida", "pastaende")
        if not claim[column].strip()
    ]
    if claim["kontroll"] == UNTRIED and not claim["kommentar"].strip():
        findings.append(
            bad(
                "Påståendet prövas inte, men det står inte varför", "kommentar", "en mening om vad som saknas"
            )
        )
    if claim["utfall"] == FAILS and not claim["avvikelse_id"] and not claim["mening"].strip():
        findings.append(
            bad(
                "Det står inte i en mening vad som inte stämmer",
                "mening",
                "en mening med båda uppgifterna; {uppgift} och {varde} blir tal",
            )
        )
    method = METHODS.get(claim["kontroll"])
    findings += [
        bad(
            "Det står inte i ord vad vart och ett av ställena säger",
            column,
            "källans ord; kontrollens tal är ingen uppgift ur källan",
        )
        for column in ("ord_a", "ord_b")
        if claim["utfall"] == FAILS and method and method.in_words and not claim[column].strip()
    ]
    findings += [
        bad("Meningen har ett fält som inte finns", column, "{uppgift} och {varde}")
        for column in ("mening", "ord_a", "ord_b")
        if not re.fullmatch(r"([^{}]|\{uppgift\}|\{varde\})*", claim[column])
    ]
    if claim["pastaende_id"] in taken:
        findings.append(bad("Samma påstående står på två rader", "pastaende_id", "ett id per rad"))
    return findings
