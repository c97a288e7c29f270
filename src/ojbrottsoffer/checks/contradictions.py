"""Where the sources contradict themselves or each other: computed, shown, never corrected.

A contradiction is published only if it stands on the reviewed list
`data/reference/kanda_avvikelser.yml`. A new one, one whose figures have changed and one that
is no longer there stop the build until somebody has looked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

import pandas as pd

from ojbrottsoffer.schema.finding import AVVIKELSE, Finding, show
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.computed import KALLA_ID as COMPUTED
from ojbrottsoffer.sources.curated.decisions import KNOWN_CONTRADICTIONS, UNKNOWN, KnownContradiction
from ojbrottsoffer.sources.single_figures import SURVEYS

COLUMNS = [name for name in TABLES["avvikelser"].column_names if name not in ("slag", "status", "beslut")]
ROUND_FIGURES = {
    "antal_indikatorer": "Antal indikatorer",
    "svarsfrekvens_procent": "Svarsfrekvens i procent",
    "svarande": "Antal svarande",
    "utskickade": "Antal utskickade enkäter",
    "placeringar": "Antal platser i rankningen",
}
"""What a round is told with -> how to say it."""
WHERE = ["_fil", "_tabell", "_rad", "_etikett", "_kolumn", "_vantat", "_atgard"]
"""Columns of a found contradiction that only its message uses."""


def side(letter: str, said: str, kalla_id: str, plats: str) -> dict:
    """One of the two (`a` or `b`): as the source says it, as a number if it is one, and where it stands."""
    number = re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", said)
    return {
        f"varde_{letter}": float(said.replace(",", ".")) if number else None,
        f"varde_{letter}_text": said,
        f"kalla_id_{letter}": kalla_id,
        f"plats_{letter}": plats,
    }


def of_totals(antal_ja: pd.DataFrame, enheter: pd.DataFrame) -> pd.DataFrame:
    """Published numbers of Ja that do not equal what can be counted in the same source.

    Like the other `of_…` functions: rows of `avvikelser` without `slag`, `status` and `beslut`, plus
    `WHERE`. Expects `antal_ja` with provenance columns.
    """
    names = dict(zip(enheter["enhet_id"], enheter["enhet"], strict=True))
    return _frame(
        {
            "avvikelse_id": f"antal-ja-{row['ar']}-{row['enhet_id']}",
            "avvikelsetyp": "antal-ja",
            "ar": row["ar"],
            "enhet_id": row["enhet_id"],
            "indikator_id": None,
            **side("a", str(row["antal_ja_publicerat"]), row["kalla_id"], row["plats"]),
            **side("b", str(row["antal_ja_beraknat"]), COMPUTED, "antal svar med kod 2 i resultat.csv"),
            "beskrivning": f"{names[row['enhet_id']]} har {row['antal_ja_publicerat']} ja-svar "
            f"enligt raden med antal, men {row['antal_ja_beraknat']} av enhetens svar "
            "i samma tabell är Ja.",
            "_fil": row["_fil"],
            "_tabell": row["_tabell"],
            "_rad": row["_rad"],
            "_etikett": row["_etikett"],
            "_kolumn": row["_kolumn"],
            "_vantat": f"{row['antal_ja_beraknat']} (det antal som går att räkna)",
            "_atgard": "Jämför antalet och enhetens svar med den tryckta tabellen.",
        }
        for row in antal_ja[antal_ja["differens"] != 0].to_dict("records")
    )


def of_shares(
    riket: pd.DataFrame, labels: dict[str, str], called: dict[str, str], own_source: dict[int, str]
) -> tuple[pd.DataFrame, int]:
    """Shares that two sources give differently, and how many pairs were compared.

    `labels`: indicator -> label. `called`: source -> how to call it in a sentence.
    `own_source`: year -> the source of that year's answers.
    """
    keys = ["ar", "indikator_id", "delmangd"]

    def about(row: dict) -> str:
        part = "" if row["delmangd"] == "alla" else f" ({row['delmangd']})"
        return f"Rikets andel ja-svar {row['ar']} på ”{labels[row['indikator_id']]}”{part}"

    return _between(
        riket, keys, "andel_ja_procent", "andel-riket", "indikator_id", called, own_source, about, " procent"
    )


def of_placings(
    rankning: pd.DataFrame, names: dict[str, str], called: dict[str, str], own_source: dict[int, str]
) -> tuple[pd.DataFrame, int]:
    """Placings that two sources give differently, and how many pairs were compared.

    `names`: unit -> name. The rest as in `of_shares`.
    """
    keys = ["undersokning", "ar", "enhet_id"]

    def about(row: dict) -> str:
        return f"{names[row['enhet_id']]} i {row['undersokning'].title()}s rankning {row['ar']}"

    return _between(
        rankning, keys, "placering", "rankning", "enhet_id", called, own_source, about, "", "placering "
    )


def of_rounds(omgangar: pd.DataFrame, called: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """Numbers of a round that two sources give differently, and how many pairs were compared.

    `omgangar`: as `sources.single_figures` has it. `called` as in `of_shares`.
    """
    names = {code: name for name, code in SURVEYS.items()}
    given = omgangar.melt(
        id_vars=["undersokning", "ar", "kalla_id", "plats", "_fil", "_rad"],
        value_vars=list(ROUND_FIGURES),
        var_name="vad",
        value_name="antal",
    )
    given = given.assign(
        vad=given["vad"].str.replace("_", "-"), _tabell=given["plats"], _etikett=None, _kolumn=given["vad"]
    )

    def about(row: dict) -> str:
        return f"{ROUND_FIGURES[row['_kolumn']]} i {names[row['undersokning']]} {row['ar']}"

    keys = ["undersokning", "ar", "vad"]
    return _between(given, keys, "antal", "omgang", "", called, {}, about)


def of_averages(medelvarden: pd.DataFrame, ar: int) -> pd.DataFrame:
    """Printed averages that are not the rounded mean of the printed ratings.

    Expects `betyg, tryckt, beraknat, kalla_id, plats`, and `_rad, _etikett` if known; `ar` is the year of the ratings.
    """
    rows = []
    for row in medelvarden.to_dict("records"):
        computed = Decimal(str(row["beraknat"]))
        rounded = computed.quantize(Decimal("0.1"), ROUND_HALF_UP)
        printed = Decimal(str(row["tryckt"]))
        if rounded == printed:
            continue
        words = {
            name: str(value).replace(".", ",")
            for name, value in (("printed", printed), ("computed", computed), ("rounded", rounded))
        }
        rows.append(
            {
                "avvikelse_id": f"medelvarde-{ar}-{row['kalla_id']}-{row['betyg']}",
                "avvikelsetyp": "medelvarde",
                "ar": ar,
                "enhet_id": None,
                "indikator_id": None,
                **side("a", words["printed"], row["kalla_id"], row["plats"]),
                **side("b", words["computed"], COMPUTED, "medelvärdet av betygen i sodertalje_bedomning.csv"),
                "beskrivning": f"Det tryckta genomsnittet av principernas {row['betyg']} är "
                f"{words['printed']}. Medelvärdet av de sex tryckta betygen är {words['computed']}, "
                f"avrundat {words['rounded']}.",
                "_fil": f"data/raw/{row['kalla_id']}/tabell-2.csv",
                "_tabell": row["plats"],
                "_rad": row.get("_rad"),
                "_etikett": row.get("_etikett"),
                "_kolumn": f"{row['betyg']}_i_tabellen",
                "_vantat": words["rounded"],
                "_atgard": "Jämför genomsnittet och betygen med källan.",
            }
        )
    return _frame(iter(rows))


def _between(
    frame: pd.DataFrame,
    keys: list[str],
    value: str,
    kind: str,
    subject: str,
    called: dict[str, str],
    own_source: dict[int, str],
    about: Callable[[dict], str],
    unit: str = "",
    prefix: str = "",
) -> tuple[pd.DataFrame, int]:
    """Every pair of sources that gives the same figure, the edition's own source first."""
    rows, compared = [], 0
    given = frame[frame[value].notna()]
    several = given[given.duplicated(keys, keep=False)]
    for _, group in several.groupby(keys, sort=True):
        records = sorted(
            group.to_dict("records"), key=lambda r: (r["kalla_id"] != own_source.get(r["ar"]), r["kalla_id"])
        )
        for a, b in combinations(records, 2):
            compared += 1
            if a[value] == b[value]:
                continue
            key = "-".join(str(a[name]) for name in keys if name != "ar")
            rows.append(
                {
                    "avvikelse_id": f"{kind}-{a['ar']}-{key}-{a['kalla_id']}-{b['kalla_id']}",
                    "avvikelsetyp": kind,
                    "ar": a["ar"],
                    "enhet_id": a["enhet_id"] if subject == "enhet_id" else None,
                    "indikator_id": a["indikator_id"] if subject == "indikator_id" else None,
                    **side("a", str(a[value]), a["kalla_id"], a["plats"]),
                    **side("b", str(b[value]), b["kalla_id"], b["plats"]),
                    "beskrivning": f"{about(a)}: {prefix}{a[value]}{unit} enligt "
                    f"{called[a['kalla_id']]}, men {prefix}{b[value]}{unit} enligt "
                    f"{called[b['kalla_id']]}.",
                    "_fil": a["_fil"],
                    "_tabell": a["_tabell"],
                    "_rad": a["_rad"],
                    "_etikett": a["_etikett"],
                    "_kolumn": a["_kolumn"],
                    "_vantat": f"{b[value]}, som i {b['_fil']} rad {b['_rad']}",
                    "_atgard": "Jämför båda uppgifterna med sina källor.",
                }
            )
    return _frame(iter(rows)), compared


def _frame(rows: Iterator[dict]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[*COLUMNS, *WHERE])


OWN = "Godtagen av den som tog in utgåvan; ingen annan har granskat den."
NOBODY = "Vem som tog in utgåvan är inte sagt."


def _decision(entry: KnownContradiction, brought_in_by: dict[str, str]) -> str:
    """What was decided, and if nobody else than the one who brought the edition in has looked."""
    reader = brought_in_by.get(entry.utgava or "", "")
    if reader == UNKNOWN:
        return f"{entry.beslut} {NOBODY}"
    same = reader.casefold() == entry.granskad_av.casefold()
    return f"{entry.beslut} {OWN}" if same else entry.beslut


def reviewed(
    found: pd.DataFrame,
    reviewed_before: dict[str, KnownContradiction],
    left_out: set[str] | None = None,
    drafts: set[str] | None = None,
    brought_in_by: dict[str, str] | None = None,
) -> tuple[pd.DataFrame, list[Finding]]:
    """The contradictions on the reviewed list, with `slag`, `status` and `beslut`, and findings for
    those that nobody has reviewed.

    Entries about an edition in `left_out` wait with it. New contradictions in the files of
    `drafts` are shown as new instead of stopping: the draft is there to be reviewed.
    `brought_in_by`: imported edition -> who read the file in. What the same person, or nobody knows who,
    has accepted of it says so.
    """
    known = {key: entry for key, entry in reviewed_before.items() if entry.utgava not in (left_out or set())}
    shown = pd.Series(False, index=found.index)
    folder = found["_fil"].astype("str").str.extract(r"^(?:data/raw/)?([^/:]+)[/:]")[0]
    for source in (folder, found["kalla_id_a"], found["kalla_id_b"]):
        shown |= source.isin(drafts or set())
    file = f"data/reference/{KNOWN_CONTRADICTIONS}"
    findings = []
    for row, is_draft in zip(found.to_dict("records"), shown, strict=True):
        entry = known.get(row["avvikelse_id"])
        if entry is None and is_draft:
            continue
        where = {
            "file": row["_fil"],
            "table": row["_tabell"],
            "row": None if pd.isna(row["_rad"]) else int(row["_rad"]),
            "row_label": "" if pd.isna(row["_etikett"]) else row["_etikett"],
            "column": row["_kolumn"],
        }
        if entry is None:
            findings.append(
                Finding(
                    f"Ny motsägelse som ingen har granskat. {row['beskrivning']}",
                    **where,
                    value=row["varde_a_text"],
                    expected=row["_vantat"],
                    action=f"{row['_atgard']} Är avskriften fel: rätta den. Är den rätt: lägg "
                    f"till {show(row['avvikelse_id'], 120)} i {file} med beslut och granskare.",
                    kind=AVVIKELSE,
                    priority=8 if row["avvikelsetyp"] == "pastaende" else 7,
                )
            )
        elif (entry.varde_a, entry.varde_b) != (row["varde_a_text"], row["varde_b_text"]):
            findings.append(
                Finding(
                    f"En känd motsägelse har ändrats. {row['beskrivning']}",
                    **where,
                    value=f"{row['varde_a_text']} mot {row['varde_b_text']}",
                    expected=f"{entry.varde_a} mot {entry.varde_b}, som i {file}",
                    action=f"{row['_atgard']} Stämmer det nya: "
                    f"ändra posten {show(row['avvikelse_id'], 120)} i {file}.",
                    kind=AVVIKELSE,
                    priority=8 if row["avvikelsetyp"] == "pastaende" else 7,
                )
            )
    for contradiction_id in sorted(known.keys() - set(found["avvikelse_id"])):
        findings.append(
            Finding(
                "En känd motsägelse finns inte längre",
                file=file,
                table=f"post {contradiction_id}",
                value=f"{known[contradiction_id].varde_a} mot {known[contradiction_id].varde_b}",
                expected="samma motsägelse i uppgifterna",
                action="Kontrollera att ingen har rättat i data/raw/. Är källan rättad: "
                f"ta bort posten ur {file}.",
                kind=AVVIKELSE,
                priority=9,
            )
        )
    listed = found[found["avvikelse_id"].isin(known.keys()) | shown]
    table = listed.assign(
        slag=[known[i].slag if i in known else "motsager" for i in listed["avvikelse_id"]],
        status=["kand" if i in known else "ny" for i in listed["avvikelse_id"]],
        beslut=[
            _decision(known[i], brought_in_by or {}) if i in known else "Ingen har granskat avvikelsen."
            for i in listed["avvikelse_id"]
        ],
    )
    return table, findings
