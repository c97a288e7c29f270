"""What was checked and how it went, as plain data that pages and notebooks can show."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ojbrottsoffer.tables.findings import FEL, Finding


@dataclass(frozen=True)
class Check:
    """One check that was run. Texts are Swedish."""

    table: str
    what: str
    why: str
    tested: int
    """Rows, cells or labels looked at."""
    failed: int = 0
    kind: str = FEL
    origin: str = "great expectations"


@dataclass(frozen=True)
class Report:
    """The outcome of one passed run."""

    checks: list[Check]
    rows: dict[str, int]
    """Public table -> number of rows."""
    notices: list[Finding] = field(default_factory=list)
    """What is worth knowing and stops nothing (`upplysning`)."""

    def save(self, path: Path) -> None:
        """Writes the report as JSON in one step; the same outcome gives the same bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(
            json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        os.replace(temporary, path)


def load_report(path: Path) -> Report:
    """Reads what `Report.save` wrote. Raises `FileNotFoundError` if no run has passed yet."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Report([Check(**check) for check in data["checks"]], data["rows"],
                  [Finding(**notice) for notice in data["notices"]])
