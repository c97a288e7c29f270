"""For tests that break a copy of the project and read what the gate says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding


def edit(path: Path, old: str, new: str) -> str:
    """Changes the first place where a file says `old`; what the file said before."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text


def stopped(scratch: Project, guard: bool = False) -> list[Finding]:
    """What stops the gate. Without `guard` as if the checksums had been written anew."""
    with pytest.raises(DataError) as error:
        ingest_and_check(scratch, guard=guard)
    return error.value.findings
