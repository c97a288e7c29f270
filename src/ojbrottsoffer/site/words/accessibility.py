"""What the accessibility statement says: the recorded result of `make audit`, nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

RESULT = "data/reference/tillganglighet.json"


@dataclass(frozen=True)
class Audited:
    """What was found on the pages of one type."""

    kind: str
    pages: int
    axe: int
    other: int
    html: int

    def as_dict(self) -> dict[str, object]:
        return {
            "sidtyp": self.kind,
            "sidor": self.pages,
            "axe": self.axe,
            "ovrigt": self.other,
            "html": self.html,
        }


def recorded(root: Path) -> dict[str, object]:
    """The recorded result, with sums, for the page `om/tillganglighet`."""
    said = json.loads((root / RESULT).read_text(encoding="utf-8"))
    rows = said["typer"]
    return said | {
        "sidor": sum(row["sidor"] for row in rows),
        "fel": said["css"] + sum(row["axe"] + row["ovrigt"] + row["html"] for row in rows),
    }
