"""The Great Expectations suites: JSON in git, one per public table.

Rules about single columns follow from the declarations and are generated; rules across
columns and tables are written by hand in the same JSON. `sync` rewrites the generated part
and leaves the rest alone. Ids are uuid5 of what the expectation is about, so that a run
two years apart can be compared.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import AVVIKELSE, FEL, UPPLYSNING, Finding
from ojbrottsoffer.schema.model import Column, Table
from ojbrottsoffer.schema.tables import TABLES

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "ojbrottsoffer/expectations")
GENERATED = "genererad"
FIX = "Rätta värdet i den fil som anges, efter den publicerade tabellen."


def suite_path(project: Project, table: str) -> Path:
    """Where Great Expectations' file store looks for the suite."""
    return project.expectations / "gx" / "expectations" / f"{table}.json"


def load_suite(project: Project, table: str) -> dict:
    """The suite of one table as plain data."""
    return json.loads(suite_path(project, table).read_text(encoding="utf-8"))


def written_path(project: Project) -> Path:
    """The list of written rules, kept beside the suites so that one that falls out is missed."""
    return project.expectations / "handskrivna_regler.json"


def written_rules(project: Project, table: Table) -> dict[str, str]:
    """Id of each written rule of a suite -> digest of what it demands and how hard.

    Raises `ValueError` for a rule whose kind of finding does not exist.
    """
    rules = {}
    for rule in load_suite(project, table.name)["expectations"]:
        if rule["meta"].get("ursprung") == GENERATED:
            continue
        if rule["meta"]["slag"] not in (FEL, AVVIKELSE, UPPLYSNING):
            raise ValueError(f"okänt slag: {rule['meta']['slag']}")
        demand = json.dumps([rule["type"], rule["kwargs"], rule["meta"]["slag"]], sort_keys=True)
        rules[rule["id"]] = hashlib.sha256(demand.encode()).hexdigest()[:16]
    return rules


def suites_out_of_step(project: Project) -> list[Finding]:
    """A finding for each suite that is missing, unreadable or without its generated rules.

    Without this a rule that fell out of the JSON would simply not be checked.
    """
    findings = []
    try:
        listed = json.loads(written_path(project).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        listed = {}
    for table in TABLES.values():
        path = suite_path(project, table.name)
        file = project.relative(path)
        try:
            in_step = path.read_text(encoding="utf-8") == synced(project, table) and written_rules(
                project, table
            ) == listed.get(table.name)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            in_step = False
        if not in_step:
            findings.append(
                Finding(
                    "Sviten saknas, är skadad eller har andra regler än den ska",
                    file=file,
                    table=table.name,
                    expected="de regler som kolumnerna ger, och de handskrivna",
                    action=f"Är en kolumn eller regel ändrad med avsikt: kör make suites. Annars: hämta tillbaka "
                    f"filen ur git (git checkout -- {file}).",
                    priority=1,
                )
            )
    return findings


def generated_expectations(table: Table) -> list[dict]:
    """The expectations that follow from the declaration of `table`."""
    rules: list[dict] = []
    for column in table.columns:
        rules += _column_rules(table, column)
    rules.append(_key_rule(table))
    rules += [
        _rule(
            table,
            "expect_column_values_to_be_in_set",
            {"column": key.column, "value_set": {"$PARAMETER": f"{key.target}_{key.target_column}"}},
            f"{key.column} finns i {key.target}.csv",
            "En rad som pekar på något som inte finns går inte att läsa.",
            f"Lägg till raden i {key.target} eller rätta id:t.",
        )
        for key in table.foreign_keys
    ]
    return rules


def _column_rules(table: Table, column: Column) -> list[dict]:
    name = column.name
    rules = []
    if column.required:
        rules.append(
            _rule(
                table,
                "expect_column_values_to_not_be_null",
                {"column": name},
                f"{name} är ifylld på varje rad",
                "Kolumnen är obligatorisk i datakontraktet.",
                FIX,
            )
        )
    if column.codes:
        codes = list(column.codes.codes)
        rules.append(
            _rule(
                table,
                "expect_column_values_to_be_in_set",
                {"column": name, "value_set": [int(c) for c in codes] if column.type == "integer" else codes},
                f"{name} är {column.expected()}",
                "Kodlistan är sluten.",
                FIX,
            )
        )
    elif column.minimum is not None or column.maximum is not None:
        bounds = {"min_value": column.minimum, "max_value": column.maximum}
        rules.append(
            _rule(
                table,
                "expect_column_values_to_be_between",
                {"column": name, **{k: v for k, v in bounds.items() if v is not None}},
                f"{name} är {column.expected()}",
                "Ett tal utanför gränserna är ett skrivfel eller en förskjuten kolumn.",
                FIX,
            )
        )
    if column.pattern:
        rules.append(
            _rule(
                table,
                "expect_column_values_to_match_regex",
                {"column": name, "regex": column.pattern},
                f"{name} har rätt form ({column.pattern})",
                "Id:n och koder måste se likadana ut i alla tabeller.",
                FIX,
            )
        )
    if column.max_length:
        rules.append(
            _rule(
                table,
                "expect_column_value_lengths_to_be_between",
                {"column": name, "max_value": column.max_length},
                f"{name} är högst {column.max_length} tecken",
                "Texten ska få plats i diagram.",
                FIX,
            )
        )
    return rules


def _key_rule(table: Table) -> dict:
    listed = " + ".join(table.key)
    what = f"{listed} är unik"
    why = "Nyckeln pekar ut exakt en rad."
    fix = "Ta bort den rad som inte är tryckt."
    if len(table.key) == 1:
        return _rule(table, "expect_column_values_to_be_unique", {"column": table.key[0]}, what, why, fix)
    return _rule(
        table, "expect_compound_columns_to_be_unique", {"column_list": list(table.key)}, what, why, fix
    )


def _rule(table: Table, kind: str, kwargs: dict, what: str, why: str, fix: str) -> dict:
    return {
        "id": expectation_id(table.name, kind, kwargs),
        "type": kind,
        "kwargs": kwargs,
        "meta": {"ursprung": GENERATED, "slag": "fel", "vad": what, "varfor": why, "atgard": fix},
        "severity": "critical",
    }


def expectation_id(table: str, kind: str, kwargs: dict) -> str:
    """A stable id from what the expectation is about: table, type and columns."""
    about = [kwargs.get(name) for name in ("column", "column_A", "column_B", "column_list", "row_condition")]
    foreign = isinstance(kwargs.get("value_set"), dict)
    return str(uuid.uuid5(NAMESPACE, json.dumps([table, kind, about, foreign])))


def synced(project: Project, table: Table) -> str:
    """The suite file of `table` as it should be: generated rules first, then the written ones."""
    path = suite_path(project, table.name)
    written = []
    if path.exists():
        written = [
            rule
            for rule in load_suite(project, table.name)["expectations"]
            if rule["meta"].get("ursprung") != GENERATED
        ]
        for rule in written:
            rule["id"] = expectation_id(table.name, rule["type"], rule["kwargs"])
    suite = {
        "name": table.name,
        "id": str(uuid.uuid5(NAMESPACE, table.name)),
        "meta": {"tabell": table.title},
        "expectations": generated_expectations(table) + written,
    }
    return json.dumps(suite, ensure_ascii=False, indent=2) + "\n"


def sync(project: Project) -> list[str]:
    """Rewrites the suites that are out of step; returns their names."""
    changed = []
    for table in TABLES.values():
        path = suite_path(project, table.name)
        text = synced(project, table)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(table.name)
    listed = {table.name: written_rules(project, table) for table in TABLES.values()}
    written_path(project).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    return changed
