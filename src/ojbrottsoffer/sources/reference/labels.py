"""Printed label -> id, through the reviewed mapping only.

A label is known if it equals the harmonised name or stands in `data/reference/etiketter.csv`.
Nothing is matched by likeness; likeness is used only to suggest a remedy in the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from ojbrottsoffer.schema.finding import Finding, show
from ojbrottsoffer.sources.reference.register import Reference
from ojbrottsoffer.sources.reference.register_rules import KINDS

MAPPING_FILE = "data/reference/etiketter.csv"


@dataclass(frozen=True)
class Labels:
    """The known labels of one source and edition: `known[kind][label] -> id`."""

    known: dict[str, dict[str, str]]

    def find(self, kind: str, label: str) -> str | None:
        """The id of a printed label, or None if nobody has said what it means."""
        return self.known[kind].get(label)

    def unknown(self, kind: str, label: str, **where: object) -> Finding:
        """The finding for a label that is not known, with the nearest known ones."""
        near = get_close_matches(label, self.known[kind], n=3, cutoff=0.6)
        return Finding(
            f"Okänd etikett för {KINDS[kind]}",
            value=label,
            expected=(
                "en känd etikett; närmast kommer " + ", ".join(show(n, 120) for n in near)
                if near
                else "en känd etikett; ingen känd liknar den"
            ),
            action=f"Är det ett skrivfel i filen: rätta det. Är det så det står tryckt: "
            f"lägg till etiketten i {MAPPING_FILE} (slag ”{kind}”).",
            priority=2,
            **where,
        )


def labels_for(reference: Reference, kalla_id: str, ar: int) -> Labels:
    """The labels one source may use for the edition of `ar`."""
    edition = reference.edition(ar)
    known: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    known["indikator"] = dict(zip(edition["indikator"], edition.index, strict=True))
    known["enhet"] = dict(zip(reference.enheter["enhet"], reference.enheter["enhet_id"], strict=True))
    for niva in ("kvalitetsomrade", "indikatoromrade"):
        rows = reference.omraden[reference.omraden["niva"] == niva]
        known[niva] = dict(zip(rows["omrade"], rows["omrade_id"], strict=True))
    variants = reference.etiketter[reference.etiketter["kalla_id"] == kalla_id]
    for row in variants.itertuples():
        known[row.slag][row.etikett] = row.id
    return Labels(known)
