"""The Great Expectations suites: JSON in git, one per public table.

The first rule of each suite is generated and follows the declaration of the table; the coding of
the answers and rules across columns and tables are written by hand in the same JSON. `sync`
rewrites the generated rule and leaves the rest alone. Ids are uuid5 of what the expectation is
about, so that a run two years apart can be compared.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path

from ojbrottsoffer.checks.expectations.declared import FIX, demands
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import AVVIKELSE, FEL, UPPLYSNING, Finding
from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables import TABLES

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "ojbrottsoffer/expectations")
GENERATED = "genererad"
FOLLOWS_DECLARATION = "expect_table_to_follow_declaration"


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
    """A finding for each suite that is missing, unreadable or without its generated rule.

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
                    expected="regeln som följer kolumnernas deklaration, och de handskrivna",
                    action=f"Är en kolumn eller regel ändrad med avsikt: kör make suites. Annars: hämta tillbaka "
                    f"filen ur git (git checkout -- {file}).",
                    priority=1,
                )
            )
    return findings


def declared_rule(table: Table) -> dict:
    """The rule that follows the declaration of `table`, with all that it demands in its notes."""
    kwargs = {"table_name": table.name, "known": {"$PARAMETER": "kanda_varden"}}
    return {
        "id": expectation_id(table.name, FOLLOWS_DECLARATION, kwargs),
        "type": FOLLOWS_DECLARATION,
        "kwargs": kwargs,
        "description": f"Varje rad i {table.name} är som tabellen är deklarerad",
        "meta": {
            "ursprung": GENERATED,
            "slag": FEL,
            "vad": "Varje rad är som tabellen är deklarerad",
            "varfor": "Den som läser tabellen ska kunna lita på kolumnerna, nyckeln och pekarna.",
            "atgard": FIX,
            "krav": [demand.what for demand in demands(table)],
        },
        "severity": "critical",
    }


def expectation_id(table: str, kind: str, kwargs: dict) -> str:
    """A stable id from what the expectation is about: table, type and columns."""
    about = [kwargs.get(name) for name in ("column", "column_A", "column_B", "column_list", "row_condition")]
    foreign = isinstance(kwargs.get("value_set"), dict)
    return str(uuid.uuid5(NAMESPACE, json.dumps([table, kind, about, foreign])))


def synced(project: Project, table: Table) -> str:
    """The suite file of `table` as it should be: the generated rule first, then the written ones."""
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
        "expectations": [declared_rule(table), *written],
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
