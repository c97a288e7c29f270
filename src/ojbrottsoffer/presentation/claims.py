"""The sources' claims as pages and notebooks show them: one that can be read as right is not said to fail."""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.schema.codes import AVVIKELSESLAG, PASTAENDEUTFALL

READINGS = "flera-lasningar"
"""The kind of contradiction where there is a way to read both sides as right."""
FAILS = "stammer_inte"
OUTCOMES = {
    FAILS: PASTAENDEUTFALL.codes[FAILS],
    READINGS: AVVIKELSESLAG.codes[READINGS].lower(),
    "stammer": PASTAENDEUTFALL.codes["stammer"],
    "gar_inte_att_prova": PASTAENDEUTFALL.codes["gar_inte_att_prova"],
}
"""Outcome -> its words, in the order shown."""


def claims_with_outcome(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`pastaenden` with `utfall` a key of `OUTCOMES`, and `gar_isar`: what does not agree, missing if nothing."""
    claims, found = tables["pastaenden"], tables["avvikelser"].set_index("avvikelse_id")
    kind = claims["avvikelse_id"].map(found["slag"])
    return claims.assign(
        utfall=claims["utfall"].mask(kind == READINGS, READINGS),
        gar_isar=claims["avvikelse_id"].map(found["beskrivning"]),
    )
