"""What was checked and how it went, as plain data that pages and notebooks can show."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pandas as pd

from ojbrottsoffer.schema.codes import PASTAENDEUTFALL
from ojbrottsoffer.schema.finding import AVVIKELSE, FEL, UPPLYSNING, Finding


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
        temporary.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(temporary, path)


def load_report(path: Path) -> Report:
    """Reads what `Report.save` wrote. Raises `FileNotFoundError` if no run has passed yet."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Report(
        [Check(**check) for check in data["checks"]],
        data["rows"],
        [Finding(**notice) for notice in data["notices"]],
    )


HEADINGS = {
    FEL: "FEL (stoppar)",
    AVVIKELSE: "AVVIKELSER (källorna säger emot sig själva eller varandra; granskade)",
    UPPLYSNING: "UPPLYSNINGAR (värt att veta; stoppar aldrig)",
}


def readable(report: Report, contradictions: pd.DataFrame, claims: pd.DataFrame) -> str:
    """A passed run as text for a terminal: per kind the outcome first, then the checks."""
    parts = []
    for kind, heading in HEADINGS.items():
        checks = [check for check in report.checks if check.kind == kind]
        tested = sum(check.tested for check in checks)
        lines = [heading, "=" * len(heading), f"{len(checks)} kontroller, {tested} prövade värden."]
        if kind == FEL:
            lines.append("Inga fel.")
        elif kind == AVVIKELSE:
            for row in contradictions.itertuples():
                lines += [f"  - {row.beskrivning}", f"    Beslut: {row.beslut}"]
            counts = claims["utfall"].value_counts()
            lines.append(
                "Påståenden i källornas text: "
                + ", ".join(f"{counts.get(code, 0)} {words}" for code, words in PASTAENDEUTFALL.codes.items())
                + "."
            )
        else:
            lines += [f"  - {notice_line(notice)}" for notice in report.notices]
        width = max((len(check.table) for check in checks), default=0)
        lines += [""] + [
            f"  {check.table:<{width}}  {'ok' if not check.failed else f'{check.failed} st':>6}"
            f"  {check.what} ({check.tested} prövade)"
            for check in checks
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def notice_line(notice: Finding) -> str:
    """A notice on one line: what, and where it stands."""
    where = ", ".join(text for text in (notice.table, notice.row_label, notice.column) if text)
    return f"{notice.what}. {where}"
