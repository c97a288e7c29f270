"""The records of quality in a scratch copy: whole, and about nothing, so that what an earlier run said
decides nothing. And the ways to damage one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ojbrottsoffer.checks.audit_record import FILE_NAME as AUDIT
from ojbrottsoffer.checks.audit_record import PAGE_TYPES
from ojbrottsoffer.checks.damage_classes import OF_A_SOURCE, OF_EVERYTHING
from ojbrottsoffer.checks.damage_record import (
    MUST,
    PARTS,
    SEED,
    ClassResult,
    MutationResult,
    absent_from,
    save_results,
)
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.parse.json_records import stamp


def write_invented_records(project: Project) -> None:
    """Those of the damage test and of the audit, as if each had tried one of everything and found nothing."""
    save_results(project, [_whole(number, *part) for number, part in enumerate(PARTS)])
    nothing = {"sidor": 1, "axe": 0, "ovrigt": 0, "html": 0}
    audit = {
        "css": 0,
        **stamp(),
        "chromium": "1",
        "sidor_i_landet": 0,
        "fel_i_landet": 0,
        "typer": [{"sidtyp": kind, **nothing} for kind in PAGE_TYPES],
    }
    (project.reference / AUDIT).write_text(json.dumps(audit, ensure_ascii=False), encoding="utf-8")


def _whole(number: int, invented: bool, everything: bool) -> MutationResult:
    return MutationResult(
        **stamp(),
        kalla_id=skl2016.KALLA_ID,
        fro=SEED,
        pahittad=f"påhittad {number}" if invented else "",
        omfang="allt" if everything else "",
        klasser=[
            ClassResult(name, title, 1, 1, 1, 0, 0, 0, {MUST: {"fel": 1}}, "", None)
            for name, title in (OF_EVERYTHING if everything else OF_A_SOURCE).items()
            if name not in absent_from(invented)
        ],
    )


def _first(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1)


def _parts(record: Any) -> Any:
    """What a record has several of: classes of damages, types of pages, kinds of countries, or versions."""
    if isinstance(record, dict):
        return record.get("typer") or record["olikhet_per_land"]
    return record[-1].get("klasser") or record


def _without_one(text: str) -> str:
    record = json.loads(text)
    parts = _parts(record)
    del parts[list(parts)[-1] if isinstance(parts, dict) else -1]
    return json.dumps(record)


def _with_another(text: str) -> str:
    record = json.loads(text)
    parts = _parts(record)
    if isinstance(parts, dict):
        parts["9.9"] = parts.pop(list(parts)[-1])
    else:
        parts[-1][next(iter(parts[-1]))] = "finns-inte"
    return json.dumps(record)


RECORDS: dict[str, Callable[[str], str] | None] = {
    "json-dubbelt": _first(r'(".*?": .*?,)', r"\1\1"),
    "json-osynligt": _first(r'(": ")', "\\1\u200b"),
    "json-framtid": _first(r'("datum": ")\d{4}', r"\g<1>2999"),
    "json-forntid": _first(r'("datum": ")\d{4}', r"\g<1>2001"),
    "json-negativt": _first(r"(: )(\d)", r"\1-1\2"),
    "json-form": lambda text: "[5]",
    "json-falt": _first(r'"datum": "[^"]*",', ""),
    "json-del": _without_one,
    "json-okand": _with_another,
    "json-borta": None,
}
"""Ways to damage a record: class -> its new text, given the old; None: the file is gone."""
