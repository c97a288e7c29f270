"""The sources' own statements about their figures, each held against what can be computed.

The value and the outcome of each claim are computed here; the outcome somebody has reviewed stands
beside the claim, and one that comes out otherwise stops until somebody has looked.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ojbrottsoffer.checks.claims.claims_file import METHODS
from ojbrottsoffer.checks.claims.evidence import NO_IDS, Evidence
from ojbrottsoffer.checks.contradictions import COLUMNS as CONTRADICTION
from ojbrottsoffer.checks.contradictions import WHERE, side
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import JAMFORELSE, PASTAENDEUTFALL
from ojbrottsoffer.schema.finding import AVVIKELSE, Finding
from ojbrottsoffer.schema.model import in_words
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.computed import KALLA_ID as COMPUTED
from ojbrottsoffer.sources.curated.claim_rows import FILE_NAME

HOLDS, FAILS, UNTESTABLE = PASTAENDEUTFALL.codes
UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError)
"""What a method raises when its `underlag`, or the row it looks up, is not there or not whole."""


def _finding(claim: dict, what: str, *, priority: int = 1, **where: Any) -> Finding:
    """A finding about one claim, at its row."""
    return Finding(
        what,
        file=claim["_fil"],
        row=claim["_rad"],
        row_label=claim["pastaende_id"],
        priority=priority,
        **where,
    )


def _unknown_items(claim: dict, items: list[str], tables: dict[str, pd.DataFrame]) -> list[Finding]:
    """Findings for ids in `underlag` or `enhet_id` that are no unit's and no indicator's."""
    method = METHODS[claim["kontroll"]]
    findings = []
    for part, table, column in (
        (method.units, "enheter", "enhet_id"),
        (method.indicators, "indikatorer", "indikator_id"),
    ):
        named = items[part]
        unknown = [item for item in named if item not in set(tables[table][column])]
        if unknown or (part != NO_IDS and not named):
            findings.append(
                _finding(
                    claim,
                    "Påståendet prövas mot något som inte finns",
                    column="underlag",
                    value=", ".join(unknown) or claim["underlag"],
                    expected=f"{column} ur {table}.csv, med lodstreck mellan om de är flera",
                    action="Rätta underlaget.",
                )
            )
    if claim["enhet_id"] and claim["enhet_id"] not in set(tables["enheter"]["enhet_id"]):
        findings.append(
            _finding(
                claim,
                "Påståendet gäller en enhet som inte finns",
                column="enhet_id",
                value=claim["enhet_id"],
                expected="enhet_id ur enheter.csv, eller tomt",
                action="Rätta cellen.",
            )
        )
    return findings


def try_claims(
    claims: list[dict], tables: dict[str, pd.DataFrame], omgangar: pd.DataFrame, own_source: dict[int, str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Tries every claim.

    Returns the table `pastaenden`; the claims that fail as rows of contradictions (except those
    whose contradiction is already found elsewhere, `avvikelse_id`); and a finding for each
    outcome that is not the reviewed one.
    """
    rows, contradictions, findings = [], [], []
    for claim in claims:
        ar, stated = int(claim["ar"]), int(claim["uppgift"])
        evidence = Evidence(ar, claim["kalla_id"], tables, omgangar, own_source.get(ar, ""))
        method = METHODS[claim["kontroll"]]
        items = [item.strip() for item in claim["underlag"].split("|") if item.strip()]
        if unknown := _unknown_items(claim, items, tables):
            findings += unknown
            continue
        try:
            value = method.value(evidence, items)
        except UNREADABLE:
            findings.append(
                _finding(
                    claim,
                    "Påståendet går inte att pröva med det underlag som är angivet",
                    column="underlag",
                    value=claim["underlag"],
                    expected=f"det som kontrollen {claim['kontroll']} behöver. {method.text}",
                    action="Rätta underlaget, eller uppgiften i den källa som prövas.",
                )
            )
            continue
        outcome = _outcome(value, stated, claim["jamforelse"])
        rows.append(
            {
                "pastaende_id": claim["pastaende_id"],
                "ar": ar,
                "kalla_id": claim["kalla_id"],
                "plats": claim["sida"],
                "pastaende": claim["pastaende"],
                "pastatt_varde": stated,
                "jamforelse": claim["jamforelse"],
                "kontroll": method.text,
                "beraknat_varde": value,
                "utfall": outcome,
                "avvikelse_id": _contradiction_id(claim) if outcome == FAILS else None,
                "kommentar": claim["kommentar"] or None,
            }
        )
        if outcome == FAILS and not claim["avvikelse_id"]:
            contradictions.append(_contradiction(claim, value))
        if outcome != claim["utfall"]:
            words = PASTAENDEUTFALL.codes
            findings.append(
                _finding(
                    claim,
                    f"Ett påstående i rapporten prövas med annat utfall än det granskade. "
                    f"{claim['pastaende']}",
                    column="utfall",
                    value=words[claim["utfall"]],
                    expected=f"{words[outcome]}: beräknat värde "
                    f"{'saknas' if value is None else value}, påstått {stated}",
                    action="Kontrollera uppgifterna som påståendet prövas mot. Är de rätt: "
                    "ändra utfallet i filen.",
                    kind=AVVIKELSE,
                    priority=9,
                )
            )
    return (
        pd.DataFrame(rows, columns=TABLES["pastaenden"].column_names, dtype=object),
        pd.DataFrame(contradictions, columns=[*CONTRADICTION, *WHERE]),
        findings,
    )


def pointing_nowhere(claims: pd.DataFrame, found: set[str], project: Project) -> list[Finding]:
    """A finding for each failing claim that says its contradiction is one that nobody has found."""
    lost = claims[claims["utfall"].eq(FAILS) & ~claims["avvikelse_id"].isin(found)]
    return [
        Finding(
            "Ett påstående som inte stämmer pekar på en motsägelse som inte finns",
            file=project.relative(project.reference / FILE_NAME),
            row_label=row.pastaende_id,
            column="avvikelse_id",
            value=row.avvikelse_id,
            expected="id för en motsägelse som är funnen, eller tomt",
            action="Rätta id:t, eller töm cellen så att påståendet granskas för sig.",
            priority=2,
        )
        for row in lost.itertuples()
    ]


def _outcome(value: int | None, stated: int, comparison: str) -> str:
    if value is None:
        return UNTESTABLE
    holds = {"lika": value == stated, "hogst": value <= stated, "minst": value >= stated}
    return HOLDS if holds[comparison] else FAILS


def _contradiction_id(claim: dict) -> str:
    return claim["avvikelse_id"] or f"pastaende-{claim['ar']}-{claim['pastaende_id']}"


def _words(claim: dict, value: int | None) -> dict[str, str]:
    """What the fields of a claim's texts stand for."""
    return {
        "uppgift": in_words(int(claim["uppgift"])),
        "varde": str(value) if value is None else in_words(value),
    }


def _stated(claim: dict) -> str:
    """The claimed figure with how it is compared: `8`, `högst 3`."""
    comparison = claim["jamforelse"]
    return (
        claim["uppgift"] if comparison == "lika" else (f"{JAMFORELSE.codes[comparison]} {claim['uppgift']}")
    )


def sentence(claim: dict, value: int | None) -> str:
    """What does not agree, in the claim's own words with the figures as they are now."""
    words = _words(claim, value)
    if not claim["mening"]:
        return f"{claim['pastaende']} Prövat blir det {words['varde']}, inte {words['uppgift']}."
    return claim["mening"].format(**words)


def _contradiction(claim: dict, value: int | None) -> dict:
    method = METHODS[claim["kontroll"]].text
    words = _words(claim, value)
    return {
        "avvikelse_id": _contradiction_id(claim),
        "avvikelsetyp": "pastaende",
        "ar": int(claim["ar"]),
        "enhet_id": claim["enhet_id"] or None,
        "indikator_id": claim["underlag"]
        if METHODS[claim["kontroll"]].indicators == slice(None) and "|" not in claim["underlag"]
        else None,
        **side("a", claim["ord_a"].format(**words) or _stated(claim), claim["kalla_id"], claim["sida"]),
        **side(
            "b",
            claim["ord_b"].format(**words) or str(value),
            *((claim["kalla_id"], claim["plats_b"]) if claim["plats_b"] else (COMPUTED, method)),
        ),
        "beskrivning": sentence(claim, value),
        "_fil": claim["_fil"],
        "_tabell": claim["sida"],
        "_rad": claim["_rad"],
        "_etikett": claim["pastaende_id"],
        "_kolumn": "uppgift",
        "_vantat": str(value),
        "_atgard": "Jämför påståendet och uppgifterna med rapporten.",
    }
