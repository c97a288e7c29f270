"""The source `beraknad`: tables computed from what was read, not published by anyone."""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.sources.single_figures import COUNTS

KALLA_ID = "beraknad"
MAKER = "Socialstyrelsen"
"""Who makes Öppna jämförelser."""
JA = 2
"""The code that counts as Ja; Delvis does not."""


def counted_ja(resultat: pd.DataFrame) -> pd.Series:
    """Number of Ja per (`ar`, `enhet_id`). Expects `ar, enhet_id, svar_kod`."""
    yes = resultat["svar_kod"].eq(JA).fillna(False)
    return yes.groupby([resultat["ar"], resultat["enhet_id"]], sort=True).sum().astype(int)


def own_sources(resultat: pd.DataFrame) -> dict[int, str]:
    """Year -> the source most of that year's answers come from."""
    counts = resultat.groupby(["ar", "kalla_id"]).size().reset_index(name="antal")
    best = counts.sort_values(["ar", "antal", "kalla_id"]).groupby("ar").tail(1)
    return dict(zip((int(ar) for ar in best["ar"]), best["kalla_id"], strict=True))


def preferred(shares: pd.DataFrame, own: dict[int, str], publishers: dict[str, str]) -> pd.Series:
    """True for the one row per year, indicator and part of `riket` that counts: from the source of the
    year's answers (`own`, year -> source), else from who makes the survey (`publishers`, source -> who), else
    the first source by id.
    """
    rank = pd.DataFrame(
        {
            "own": shares["kalla_id"] != shares["ar"].map(own),
            "maker": shares["kalla_id"].map(publishers) != MAKER,
            "kalla_id": shares["kalla_id"],
        }
    ).sort_values(["own", "maker", "kalla_id"], kind="stable")
    keys = shares.loc[rank.index, ["ar", "indikator_id", "delmangd"]]
    return (~keys.duplicated()).reindex(shares.index)


RANKER = "Unizon"
"""Who makes Kvinnofridsbarometern."""


def surveys(rounds: pd.DataFrame, publishers: dict[str, str]) -> pd.DataFrame:
    """`undersokningar`: one row per survey and year of `omgangar`. Each value is that of who makes the survey if it
    gives one, else of the first source by id. `publishers`: source -> who.
    """
    key = ["undersokning", "ar"]
    makers = rounds["undersokning"].map({"oj": MAKER, "unizon": RANKER})
    ordered = rounds.assign(_other=rounds["kalla_id"].map(publishers) != makers)
    ordered = ordered.sort_values([*key, "_other", "kalla_id"], kind="stable")
    rows = ordered[key].drop_duplicates()
    for name in ("publicerad", *COUNTS):
        told = ordered[ordered[name].notna()].drop_duplicates(key)[[*key, name, "kalla_id"]]
        rows = rows.merge(told.rename(columns={"kalla_id": f"{name}_kalla_id"}), how="left", on=key)
    return rows


def respondents(rounds: pd.DataFrame) -> dict[int, int]:
    """Year -> how many answered Öppna jämförelser, where the sources that say so agree (`omgangar`)."""
    told = rounds[(rounds["undersokning"] == "oj") & rounds["svarande"].notna()]
    return {
        int(ar): int(numbers.iloc[0])
        for ar, numbers in told.groupby("ar")["svarande"]
        if numbers.nunique() == 1
    }


def antal_ja(published: pd.DataFrame, resultat: pd.DataFrame) -> pd.DataFrame:
    """The published number of Ja beside the counted one, per year and unit.

    `published`: `ar, enhet_id, antal_ja_publicerat, kalla_id, plats`.
    `differens` is published minus counted.
    """
    counted = counted_ja(resultat).rename("antal_ja_beraknat").reset_index()
    merged = published.merge(counted, on=["ar", "enhet_id"], how="left", validate="one_to_one")
    merged["differens"] = merged["antal_ja_publicerat"] - merged["antal_ja_beraknat"]
    return merged.sort_values(["ar", "enhet_id"]).reset_index(drop=True)


def rank_by_ja(resultat: pd.DataFrame) -> pd.DataFrame:
    """Rows of `rankning` for ÖJ: standard competition ranking on counted Ja (1, 1, 3 …)."""
    counted = counted_ja(resultat)
    by_year = counted.groupby(level="ar")
    frame = pd.DataFrame(
        {
            "placering": by_year.rank(method="min", ascending=False).astype(int),
            "antal_rankade": by_year.transform("size"),
            "delad": counted.groupby([counted.index.get_level_values("ar"), counted]).transform("size").gt(1),
        }
    ).reset_index()
    return frame.assign(
        undersokning="oj",
        saknas_orsak=None,
        kalla_id=KALLA_ID,
        plats="beräknad: antal ja-svar (svar_kod 2) per enhet i resultat.csv",
    )
