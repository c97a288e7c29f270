"""The report's own statements about its figures, each held against what can be computed.

`data/reference/pastaenden.csv` says what is claimed, where, and which check tries it. The value
and the outcome are computed here; the outcome somebody has reviewed stands beside the claim, and
one that comes out otherwise stops until somebody has looked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ojbrottsoffer.checks.claims import method_claims
from ojbrottsoffer.checks.contradictions import COLUMNS as CONTRADICTION
from ojbrottsoffer.checks.contradictions import WHERE
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import JAMFORELSE, PASTAENDEUTFALL
from ojbrottsoffer.schema.finding import AVVIKELSE, DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.computed import JA, counted_ja
from ojbrottsoffer.sources.raw import read_rows

FILE_NAME = "pastaenden.csv"
COLUMNS = [
    "pastaende_id",
    "kalla_id",
    "ar",
    "sida",
    "pastaende",
    "uppgift",
    "jamforelse",
    "kontroll",
    "underlag",
    "utfall",
    "avvikelse_id",
    "enhet_id",
    "kommentar",
]
UNTRIED = "inte-provbart"
PINNED = ("kontroll", "underlag", "uppgift", "jamforelse", "utfall", "avvikelse_id")
"""What decides how a claim comes out."""
HOLDS, FAILS, UNTESTABLE = PASTAENDEUTFALL.codes


@dataclass(frozen=True)
class Evidence:
    """What a claim is held against: one year's public tables, and the survey rounds.

    `own_source` is the source of that year's answers.
    """

    ar: int
    kalla_id: str
    tables: dict[str, pd.DataFrame]
    omgangar: pd.DataFrame
    own_source: str

    def year(self, name: str) -> pd.DataFrame:
        frame = self.tables[name]
        return frame[frame["ar"] == self.ar]

    def answers(self) -> pd.DataFrame:
        frame = self.year("resultat")
        return frame[frame["kalla_id"] == self.own_source]

    def units(self) -> list[str]:
        return sorted(set(self.answers()["enhet_id"]))

    def shares(self, ar: int) -> pd.DataFrame:
        return self.tables["riket"].query("ar == @ar and delmangd == 'alla' and not harledd")

    def placings(self) -> pd.Series:
        rows = self.year("rankning").query("undersokning == 'unizon'")
        own = rows[rows["kalla_id"] == self.own_source].set_index("enhet_id")["placering"]
        return own.reindex(self.units())

    def round_of_others(self, survey: str, column: str) -> int | None:
        """A figure about this year's round from another source than the claim's own."""
        rows = self.omgangar[
            (self.omgangar["ar"] == self.ar)
            & (self.omgangar["undersokning"] == survey)
            & (self.omgangar["kalla_id"] != self.kalla_id)
            & self.omgangar[column].notna()
        ]
        return int(rows[column].iloc[0]) if len(rows) else None


def _enumerated(evidence: Evidence, items: list[str]) -> int:
    return len(items)


def _total(evidence: Evidence, items: list[str]) -> int:
    return sum(int(item) for item in items)


def _contiguous_groups(evidence: Evidence, items: list[str]) -> int:
    """The number of groups if each begins where the one before ends, else 0."""
    bounds = [re.fullmatch(r"(\d+)–(\d*)", item).groups() for item in items]
    whole = all(int(b[0]) == int(a[1]) + 1 for a, b in zip(bounds, bounds[1:], strict=False))
    return len(items) if whole and bounds[-1][1] == "" else 0


def _longest_chapter(evidence: Evidence, items: list[str]) -> int:
    pages = [int(last) - int(first) + 1 for first, last in (item.split("–") for item in items)]
    return pages.index(max(pages)) + 1


def _share(evidence: Evidence, items: list[str]) -> int | None:
    rows = evidence.shares(evidence.ar).query("indikator_id == @items[0]")
    rows = rows[rows["kalla_id"] == evidence.own_source]
    return int(rows["andel_ja_procent"].iloc[0]) if len(rows) else None


def _share_elsewhere(evidence: Evidence, items: list[str]) -> int | None:
    rows = evidence.shares(int(items[1])).query("indikator_id == @items[0]")
    rows = rows[rows["kalla_id"] != evidence.kalla_id]
    return int(rows["andel_ja_procent"].iloc[0]) if len(rows) else None


def _survey_years(evidence: Evidence, items: list[str]) -> int:
    """Years up to this one for which any source tells of a round of Öppna jämförelser."""
    rounds = set(evidence.omgangar.query("undersokning == 'oj'")["ar"])
    return len({ar for ar in rounds | set(evidence.tables["riket"]["ar"]) if ar <= evidence.ar})


def _above_nation(evidence: Evidence, items: list[str]) -> int:
    shares = evidence.shares(evidence.ar)
    mean = shares[shares["kalla_id"] == evidence.own_source]["andel_ja_procent"].sum() / 100
    return int((counted_ja(evidence.answers()) > mean).sum())


def _yes_to_all(evidence: Evidence, items: list[str]) -> int:
    rows = evidence.answers()
    rows = rows[rows["indikator_id"].isin(items)]
    yes = rows["svar_kod"].eq(JA).fillna(False).groupby(rows["enhet_id"]).sum()
    return int((yes == len(items)).sum())


def _yes_of_unit(evidence: Evidence, items: list[str]) -> int:
    rows = evidence.answers().query("enhet_id == @items[0] and indikator_id in @items[1:]")
    return int(rows["svar_kod"].eq(JA).fillna(False).sum())


def _areas(evidence: Evidence, items: list[str]) -> int:
    return len(set(items) & set(evidence.year("enheter_ar")["omrade"]))


def _districts(evidence: Evidence, items: list[str]) -> int:
    types = evidence.tables["enheter"].set_index("enhet_id")["typ"]
    return int((types.reindex(evidence.units()) == "stadsdel").sum())


def _answered_of_sent(evidence: Evidence, items: list[str]) -> int:
    rows = evidence.omgangar.query("undersokning == 'unizon' and ar == @evidence.ar").dropna(
        subset=["svarande", "utskickade"]
    )
    return round(100 * int(rows["svarande"].iloc[0]) / int(rows["utskickade"].iloc[0]))


NO_IDS = slice(0, 0)


@dataclass(frozen=True)
class Method:
    """How a claim is tried: in words, and by a function that returns the value (None: can't be)."""

    text: str
    value: Callable[[Evidence, list[str]], int | None]
    units: slice = field(default_factory=lambda: NO_IDS)
    indicators: slice = field(default_factory=lambda: NO_IDS)
    """Which parts of `underlag` are ids of units and of indicators."""


UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError)
"""What a method raises when its `underlag`, or the row it looks up, is not there or not whole."""

METHODS = {
    "enheter-med-svar": Method("Enheterna med svar i resultat.csv räknas.", lambda e, _: len(e.units())),
    "namngivna-enheter": Method(
        "De namngivna enheter som har svar i resultat.csv räknas.",
        lambda e, items: len(set(items) & set(e.units())),
        units=slice(None),
    ),
    "antal-indikatorer": Method(
        "Raderna i indikatorer_ar.csv räknas.", lambda e, _: len(e.year("indikatorer_ar"))
    ),
    "flest-svar-per-enhet": Method(
        "Svaren per enhet i resultat.csv räknas.",
        lambda e, _: int(e.answers().groupby("enhet_id").size().max()),
    ),
    "andelar-for-riket": Method(
        "Indikatorerna med andel i tabell 2 räknas.",
        lambda e, _: int((e.shares(e.ar)["kalla_id"] == e.own_source).sum()),
    ),
    "svarsfrekvens-annan-kalla": Method(
        "Jämförs med svarsfrekvensen i en annan källa.",
        lambda e, _: e.round_of_others("oj", "svarsfrekvens_procent"),
    ),
    "placeringar-annan-kalla": Method(
        "Jämförs med antalet placeringar i en annan källa.",
        lambda e, _: e.round_of_others("unizon", "placeringar"),
    ),
    "svarande-av-utskickade": Method(
        "Antalet svarande delas med antalet utskickade enkäter.", _answered_of_sent
    ),
    "undersokningsar": Method("Åren med en känd undersökning räknas, i alla källor.", _survey_years),
    "svarskoder": Method(
        "De olika koderna bland svaren räknas.", lambda e, _: int(e.answers()["svar_kod"].dropna().nunique())
    ),
    "sammanhangande-grupper": Method(
        "Grupperna räknas, om var och en börjar där den förra slutar.", _contiguous_groups
    ),
    "grupper-i-urvalet": Method(
        "De olika befolkningsgrupperna bland enheterna räknas.",
        lambda e, _: int(e.year("enheter_ar")["befolkningsgrupp"].nunique()),
    ),
    "landsomraden-i-urvalet": Method("De nämnda områden som finns bland enheterna räknas.", _areas),
    "placering-hogst": Method(
        "Enheterna med minst så hög placering i tabell 1 räknas.",
        lambda e, items: int((e.placings() <= int(items[0])).fillna(False).sum()),
    ),
    "placering-samre": Method(
        "Enheterna med lägre placering i tabell 1, eller ingen, räknas.",
        lambda e, items: int((~(e.placings() <= int(items[0])).fillna(False)).sum()),
    ),
    "over-rikets-medel": Method("Enheterna över rikets genomsnittliga antal ja-svar räknas.", _above_nation),
    "totaler-som-stammer": Method(
        "Enheterna vars publicerade antal är lika med det räknade räknas.",
        lambda e, _: int((e.year("antal_ja")["differens"] == 0).sum()),
    ),
    "andel-riket": Method("Jämförs med rikets andel i tabell 2.", _share, indicators=slice(0, 1)),
    "andel-riket-annan-kalla": Method(
        "Jämförs med rikets andel i en annan källa.", _share_elsewhere, indicators=slice(0, 1)
    ),
    "summa": Method("Deluppgifterna läggs ihop.", _total),
    "antal-uppraknade": Method("Det som räknas upp i rapporten räknas.", _enumerated),
    "langsta-kapitel": Method("Sidorna per kapitel räknas.", _longest_chapter),
    "stadsdelar": Method("Enheterna som är stadsdelar räknas.", _districts),
    "ja-pa-alla": Method("Enheterna som svarar ja på frågan räknas.", _yes_to_all, indicators=slice(None)),
    "enhet-svarar-ja": Method(
        "Frågorna om detta som enheten svarar ja på räknas.",
        _yes_of_unit,
        units=slice(0, 1),
        indicators=slice(1, None),
    ),
    "kommuner-i-tabellen": Method(
        "Kommunerna med en egen rad i frågans tabell räknas.", method_claims.in_table
    ),
    "kommuner-utanfor-tabellen": Method(
        "Kommunerna utan egen rad i frågans tabell räknas.", method_claims.not_in_table
    ),
    "kommuner-som-svarar": Method(
        "Kommunerna med svaret räknas i valdsutovare_jonkoping.csv.", method_claims.answering
    ),
    "kommun-svarar": Method(
        "Kommunens svar om saken söks i valdsutovare_jonkoping.csv (1 = finns, 0 = finns inte).",
        method_claims.one_answering,
    ),
    "kommuner-som-svarar-annat": Method(
        "Kommunerna utan svaret räknas i valdsutovare_jonkoping.csv.", method_claims.answering_otherwise
    ),
    "intervjuer-parvis": Method(
        "Kommunerna delas i par, utom den som intervjuades ensam.", method_claims.interviews_in_pairs
    ),
    "belaggning": Method(
        "Antalet placeringar gånger medeltiden delas med periodens dagar.", method_claims.occupancy
    ),
    "samma-nummer": Method("Principerna med samma nummer i båda listorna räknas.", method_claims.same_number),
    "gemensamma-atgarder": Method(
        "Åtgärderna som står för båda räknas i sodertalje_plan.csv.", method_claims.shared_actions
    ),
    UNTRIED: Method("Underlag saknas.", lambda *_: None),
}


def read_claims(project: Project) -> list[dict]:
    """The claims as text, with `_fil` and `_rad`. Raises `DataError` naming a malformed row."""
    path = project.reference / FILE_NAME
    file = project.relative(path)
    claims, findings = [], []
    for number, row in read_rows(path, file, COLUMNS):
        claim = row | {"_fil": file, "_rad": number}
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
    if claim["pastaende_id"] in taken:
        findings.append(bad("Samma påstående står på två rader", "pastaende_id", "ett id per rad"))
    return findings


def pins_path(project: Project) -> Path:
    """The list of claims and what each is tried with, kept apart from the claims themselves."""
    return project.expectations / "pastaenden.json"


def pins(claims: list[dict]) -> dict[str, str]:
    """Claim -> digest of what it is tried with and of the reviewed outcome."""
    return {
        claim["pastaende_id"]: hashlib.sha256(
            json.dumps([claim[name] for name in PINNED], ensure_ascii=False).encode()
        ).hexdigest()[:16]
        for claim in claims
    }


def write_pins(project: Project) -> bool:
    """Brings the list in step with the claims; True if that changed it."""
    text = json.dumps(pins(read_claims(project)), indent=1) + "\n"
    path = pins_path(project)
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    path.write_text(text, encoding="utf-8")
    return changed


def unpinned(claims: list[dict], project: Project) -> list[Finding]:
    """A finding for each claim that is gone, new or tried in another way than the list says.

    Without this a claim could be dropped, or said to be impossible to try, and nobody would see.
    """
    path = pins_path(project)
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        listed = {}
    listed = listed if isinstance(listed, dict) else {}
    now = pins(claims)
    file = project.relative(project.reference / FILE_NAME)
    action = (
        f"Är det avsett: kör make suites, som skriver om {project.relative(path)}. Annars: "
        f"hämta tillbaka filen ur git (git checkout -- {file})."
    )
    return [
        Finding(
            "Ett påstående är borttaget",
            file=file,
            row_label=name,
            column="pastaende_id",
            expected=f"en rad för varje påstående i {project.relative(path)}",
            action=action,
            priority=3,
        )
        for name in listed
        if name not in now
    ] + [
        Finding(
            "Ett påstående är nytt eller prövas på ett annat sätt än förut",
            file=file,
            row=claim["_rad"],
            row_label=claim["pastaende_id"],
            column="kontroll",
            value=claim["kontroll"],
            expected=f"det som {project.relative(path)} anger",
            action=action,
            priority=9,
        )
        for claim in claims
        if listed.get(claim["pastaende_id"]) != now[claim["pastaende_id"]]
    ]


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
                Finding(
                    "Påståendet prövas mot något som inte finns",
                    file=claim["_fil"],
                    row=claim["_rad"],
                    row_label=claim["pastaende_id"],
                    column="underlag",
                    value=", ".join(unknown) or claim["underlag"],
                    expected=f"{column} ur {table}.csv, med lodstreck mellan om de är flera",
                    action="Rätta underlaget.",
                    priority=1,
                )
            )
    if claim["enhet_id"] and claim["enhet_id"] not in set(tables["enheter"]["enhet_id"]):
        findings.append(
            Finding(
                "Påståendet gäller en enhet som inte finns",
                file=claim["_fil"],
                row=claim["_rad"],
                row_label=claim["pastaende_id"],
                column="enhet_id",
                value=claim["enhet_id"],
                expected="enhet_id ur enheter.csv, eller tomt",
                action="Rätta cellen.",
                priority=1,
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
                Finding(
                    "Påståendet går inte att pröva med det underlag som är angivet",
                    file=claim["_fil"],
                    row=claim["_rad"],
                    row_label=claim["pastaende_id"],
                    column="underlag",
                    value=claim["underlag"],
                    expected=f"det som kontrollen {claim['kontroll']} behöver. {method.text}",
                    action="Rätta underlaget, eller uppgiften i den källa som prövas.",
                    priority=1,
                )
            )
            continue
        outcome = _outcome(value, stated, claim["jamforelse"])
        rows.append(
            {
                "pastaende_id": claim["pastaende_id"],
                "ar": ar,
                "kalla_id": claim["kalla_id"],
                "sida": claim["sida"],
                "pastaende": claim["pastaende"],
                "uppgift": stated,
                "jamforelse": claim["jamforelse"],
                "kontroll": method.text,
                "varde": value,
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
                Finding(
                    f"Ett påstående i rapporten prövas med annat utfall än det granskade. "
                    f"{claim['pastaende']}",
                    file=claim["_fil"],
                    row=claim["_rad"],
                    row_label=claim["pastaende_id"],
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


def _stated(claim: dict) -> str:
    """The claimed figure with how it is compared: `8`, `högst 3`."""
    comparison = claim["jamforelse"]
    return (
        claim["uppgift"] if comparison == "lika" else (f"{JAMFORELSE.codes[comparison]} {claim['uppgift']}")
    )


def _contradiction(claim: dict, value: int | None) -> dict:
    method = METHODS[claim["kontroll"]].text
    return {
        "avvikelse_id": _contradiction_id(claim),
        "typ": "pastaende",
        "ar": int(claim["ar"]),
        "enhet_id": claim["enhet_id"] or None,
        "indikator_id": claim["underlag"]
        if METHODS[claim["kontroll"]].indicators == slice(None) and "|" not in claim["underlag"]
        else None,
        "varde_a": _stated(claim),
        "kalla_a": f"{claim['kalla_id']}: {claim['sida']}",
        "varde_b": str(value),
        "kalla_b": f"beraknad: {method}",
        "beskrivning": f"Påstått: {claim['pastaende']} {method} Det blir {value}.",
        "_fil": claim["_fil"],
        "_tabell": claim["sida"],
        "_rad": claim["_rad"],
        "_etikett": claim["pastaende_id"],
        "_kolumn": "uppgift",
        "_vantat": str(value),
        "_atgard": "Jämför påståendet och uppgifterna med rapporten.",
    }
