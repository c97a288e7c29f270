"""Where the sources contradict themselves: found by computation, shown, never corrected.

A contradiction is published only if it stands on the reviewed list
`data/reference/kanda_avvikelser.yml`. A new one, one whose figures have changed and one that
is no longer there stop the build until somebody has looked.
"""

from __future__ import annotations

import pandas as pd
import yaml

from ojbrottsoffer.ingest.skl2016 import PROVENANCE
from ojbrottsoffer.paths import Project
from ojbrottsoffer.tables.declarations import TABLES
from ojbrottsoffer.tables.findings import AVVIKELSE, DataError, Finding, show

LIST_NAME = "kanda_avvikelser.yml"
LIST_FIELDS = {"avvikelse_id", "varde_a", "varde_b", "beslut", "granskad", "granskad_av"}


def known_contradictions(project: Project) -> dict[str, dict[str, str]]:
    """The reviewed list, by id. Raises `DataError` naming an entry that is not complete."""
    path = project.reference / LIST_NAME
    file = project.relative(path)
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError([Finding("Listan över kända avvikelser går inte att läsa", file=file,
                                 value=str(error), expected="en YAML-lista i UTF-8",
                                 action="Rätta filen.", priority=1)]) from error
    findings = []
    for number, entry in enumerate(entries, start=1):
        missing = sorted(LIST_FIELDS - set(entry)) if isinstance(entry, dict) else ["allt"]
        if missing:
            findings.append(Finding("Posten är inte hel", file=file, table=f"post {number}",
                                    value=str(entry), expected=f"fälten {', '.join(missing)}",
                                    action="Fyll i det som saknas.", priority=1))
    if findings:
        raise DataError(findings)
    return {entry["avvikelse_id"]: {k: str(v) for k, v in entry.items()} for entry in entries}


def find_contradictions(antal_ja: pd.DataFrame, enheter: pd.DataFrame) -> pd.DataFrame:
    """Published totals that do not equal what can be counted: rows of `avvikelser`
    without `status` and `beslut`, with provenance columns.
    """
    names = dict(zip(enheter["enhet_id"], enheter["enhet"], strict=True))
    rows = [
        {
            "avvikelse_id": f"antal-ja-{row['ar']}-{row['enhet_id']}",
            "typ": "antal-ja",
            "ar": row["ar"],
            "enhet_id": row["enhet_id"],
            "indikator_id": None,
            "varde_a": str(row["antal_ja_publicerat"]),
            "kalla_a": f"{row['kalla_id']}: {row['plats']}",
            "varde_b": str(row["antal_ja_beraknat"]),
            "kalla_b": "beraknad: antal svar med kod 2 i resultat.csv",
            "beskrivning": f"{names[row['enhet_id']]} har {row['antal_ja_publicerat']} ja-svar "
            f"enligt raden med antal, men {row['antal_ja_beraknat']} av enhetens svar "
            "i samma tabell är Ja.",
            **{name: row[name] for name in PROVENANCE},
        }
        for row in antal_ja[antal_ja["differens"] != 0].to_dict("records")
    ]
    columns = [name for name in TABLES["avvikelser"].column_names if name not in
               ("status", "beslut")] + PROVENANCE
    return pd.DataFrame(rows, columns=columns)


def reviewed(found: pd.DataFrame, project: Project) -> tuple[pd.DataFrame, list[Finding]]:
    """The contradictions on the reviewed list, with `status` and `beslut`, and findings for
    those that nobody has reviewed.
    """
    known = known_contradictions(project)
    file = project.relative(project.reference / LIST_NAME)
    findings = []
    for row in found.to_dict("records"):
        entry = known.get(row["avvikelse_id"])
        if entry is None:
            findings.append(
                Finding(f"Ny motsägelse som ingen har granskat. {row['beskrivning']}",
                        file=row["_fil"], table=row["_tabell"],
                        row=row["_rad"], column=row["_kolumn"], value=row["varde_a"],
                        expected=f"{row['varde_b']} (det antal som går att räkna)",
                        action="Jämför antalet och enhetens svar med den tryckta tabellen. "
                        "Är avskriften fel: rätta den. Är den rätt: lägg till "
                        f"{show(row['avvikelse_id'])} i {file} med beslut och granskare.",
                        kind=AVVIKELSE, priority=7))
        elif (entry["varde_a"], entry["varde_b"]) != (row["varde_a"], row["varde_b"]):
            findings.append(
                Finding(f"En känd motsägelse har ändrats. {row['beskrivning']}",
                        file=row["_fil"], table=row["_tabell"],
                        row=row["_rad"], column=row["_kolumn"],
                        value=f"{row['varde_a']} mot {row['varde_b']}",
                        expected=f"{entry['varde_a']} mot {entry['varde_b']}, som i {file}",
                        action="Jämför med den tryckta tabellen. Stämmer det nya: "
                        f"ändra posten {show(row['avvikelse_id'])} i {file}.",
                        kind=AVVIKELSE, priority=7))
    for contradiction_id in known.keys() - set(found["avvikelse_id"]):
        findings.append(
            Finding("En känd motsägelse finns inte längre", file=file,
                    table=f"post {contradiction_id}",
                    value=f"{known[contradiction_id]['varde_a']} mot "
                    f"{known[contradiction_id]['varde_b']}",
                    expected="samma motsägelse i uppgifterna",
                    action="Kontrollera att ingen har rättat i data/raw/. Är källan rättad: "
                    f"ta bort posten ur {file}.", kind=AVVIKELSE, priority=8))
    listed = found[found["avvikelse_id"].isin(known.keys())]
    table = listed.assign(
        status="kand", beslut=[known[i]["beslut"] for i in listed["avvikelse_id"]]
    )
    return table.drop(columns=PROVENANCE), findings
