"""What the rules of a suite compare with in other tables, by the name a rule says as `$PARAMETER`."""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.checks.expectations.declared import known_values
from ojbrottsoffer.importer.accepted.editions import is_imported
from ojbrottsoffer.sources.computed import own_sources


def parameters(frames: dict[str, pd.DataFrame]) -> dict[str, object]:
    """Name -> a number, a list of values, or (`kanda_varden`) every list that foreign keys use."""
    known = known_values(frames)
    values: dict[str, object] = {"kanda_varden": known, **known}
    areas = frames["omraden"]
    for niva in ("kvalitetsomrade", "indikatoromrade"):
        values[f"omraden_{niva}"] = sorted(areas.loc[areas["niva"] == niva, "omrade_id"])
    answering = frames["enheter_ar"].query("med_i_underlaget")
    units = answering.groupby("ar").size()
    indicators = frames["indikatorer_ar"].groupby("ar").size()
    values["antal_resultat"] = int((units * indicators).sum())
    values["antal_enheter_i_underlaget"] = len(answering)
    values["enheter_i_underlaget"] = sorted(set(answering["enhet_id"]))
    values["indikatorer_med_svar"] = sorted(set(frames["indikatorer_ar"]["indikator_id"]))
    values["antal_indikatorer_per_ar"] = int(indicators.max())
    # Of an imported file the reader knows every cell, and lets one be empty only if its profile says why.
    totals = frames["antal_ja"]
    imported = totals["kalla_id"].map(is_imported).astype(bool)
    with_totals = set(totals.loc[~imported, "ar"])
    values["antal_enheter_med_publicerat_antal"] = int(
        answering["ar"].isin(with_totals).sum() + imported.sum()
    )
    own = own_sources(frames["resultat"])
    with_shares = {
        row.ar
        for row in frames["riket"].itertuples()
        if own.get(row.ar) == row.kalla_id and not is_imported(row.kalla_id)
    }
    of_years = frames["indikatorer_ar"]["ar"].isin(with_shares)
    values["indikatorer_med_riket"] = sorted(set(frames["indikatorer_ar"].loc[of_years, "indikator_id"]))
    return values
