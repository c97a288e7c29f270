"""One year's public tables, joined for use by profiles, matrix and notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from ojbrottsoffer.schema.csv_tables import read_csv
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.computed import own_sources

JA, DELVIS, NEJ = 2, 1, 0


@dataclass(frozen=True)
class Edition:
    """The answers of one year.

    `units`: indexed by `enhet_id`: enhet, typ, kommunkod, kommun, lan, landsdel,
    befolkningsgrupp, antal_ja_publicerat, antal_ja_beraknat.
    `indicators`: indexed by `indikator_id` in published order: nr, indikator, kortnamn,
    malgrupp, typ, kvalitetsomrade_id, indikatoromrade_id, riket (percent), riket_plats,
    riket_kalla.
    `answers`: index `indikator_id`, one column per unit, codes 2/1/0 or missing (Int64).
    `places` and `reasons`: same shape, where each answer is printed and why one is missing.
    `areas`: indexed by `omrade_id`: niva, omrade, overordnat_id, ordning.
    `rankings`: this year's rows, one per survey and unit. `contradictions`, `sources`: the
    public tables, this year's rows. Where several sources give a figure, the source of the
    year's answers goes first.
    """

    ar: int
    units: pd.DataFrame
    indicators: pd.DataFrame
    answers: pd.DataFrame
    places: pd.DataFrame
    reasons: pd.DataFrame
    areas: pd.DataFrame
    rankings: pd.DataFrame
    contradictions: pd.DataFrame
    sources: pd.DataFrame

    def areas_of(self, niva: str) -> pd.DataFrame:
        """The areas of one level in published order."""
        return self.areas[self.areas["niva"] == niva].sort_values("ordning")

    @cached_property
    def is_ja(self) -> pd.DataFrame:
        """True where the answer is Ja; the shape of `answers`, plain booleans (fast to sum)."""
        return self._flags(self.answers.eq(JA).fillna(False))

    @cached_property
    def is_partly(self) -> pd.DataFrame:
        """True where the answer is Delvis."""
        return self._flags(self.answers.eq(DELVIS).fillna(False))

    @cached_property
    def is_given(self) -> pd.DataFrame:
        """True where there is an answer."""
        return self._flags(self.answers.notna())

    @cached_property
    def codes(self) -> dict[str, dict[str, int | None]]:
        """Unit -> indicator -> 2, 1, 0 or None: plain numbers, for whoever goes cell by cell."""
        return {
            unit: {
                indicator: None if code != code else int(code)
                for indicator, code in zip(self.answers.index, column, strict=True)
            }
            for unit, column in zip(
                self.answers.columns,
                self.answers.to_numpy(dtype=float, na_value=np.nan).T.tolist(),
                strict=True,
            )
        }

    @cached_property
    def position(self) -> dict[str, int]:
        """Unit -> its column in `answers`."""
        return {unit: number for number, unit in enumerate(self.answers.columns)}

    @cached_property
    def row(self) -> dict[str, int]:
        """Indicator -> its row in `answers`."""
        return {indicator: number for number, indicator in enumerate(self.answers.index)}

    @cached_property
    def cells(self) -> tuple[np.ndarray, np.ndarray]:
        """`is_ja` and `is_given` as arrays."""
        return self.is_ja.to_numpy(), self.is_given.to_numpy()

    @cached_property
    def all_counts(self) -> dict[str, tuple[int, int]]:
        """Area -> number of Ja and of answers of all units."""
        yes, given = self.cells
        return {area: (int(yes[rows].sum()), int(given[rows].sum())) for area, rows in self.rows_of.items()}

    @cached_property
    def area_shares(self) -> dict[str, np.ndarray]:
        """Area -> each unit's share of Ja among its answers, in percent; NaN without any."""
        yes, given = self.cells
        with np.errstate(invalid="ignore"):
            return {
                area: 100 * yes[rows].sum(axis=0) / given[rows].sum(axis=0)
                for area, rows in self.rows_of.items()
            }

    @cached_property
    def quality_areas(self) -> list[str]:
        """Ids of the quality areas in published order."""
        return list(self.areas_of("kvalitetsomrade").index)

    @cached_property
    def nation_means(self) -> dict[str, float | None]:
        """Area -> the mean of the nation's rounded shares; None unless all of them are known."""
        shares = self.indicators["riket"]
        return {area: nation_mean(shares.iloc[rows]) for area, rows in self.rows_of.items()}

    @cached_property
    def rankings_of(self) -> dict[str, list[dict]]:
        """Unit -> its rows of `rankings`."""
        found: dict[str, list[dict]] = {}
        for row in self.rankings.to_dict("records"):
            found.setdefault(row["enhet_id"], []).append(row)
        return found

    @cached_property
    def members(self) -> dict[object, list[str]]:
        """Population group -> its units, in the edition's order."""
        groups = self.units["befolkningsgrupp"].dropna()
        return {group: list(units) for group, units in groups.groupby(groups).groups.items()}

    @cached_property
    def rare_first(self) -> list[str]:
        """The indicators by the nation's share, the rarest Ja first; unknown shares last."""
        return list(self.indicators.sort_values(["riket", "nr"]).index)

    @cached_property
    def common_first(self) -> list[str]:
        """The same, the most common Ja first; unknown shares last."""
        return list(self.indicators.sort_values(["riket", "nr"], ascending=[False, True]).index)

    @cached_property
    def rows_of(self) -> dict[str, np.ndarray]:
        """Area of either level -> the positions of its indicators."""
        return {
            area: np.flatnonzero(self.indicators[f"{row['niva']}_id"] == area)
            for area, row in self.areas.iterrows()
        }

    def _flags(self, frame: pd.DataFrame) -> pd.DataFrame:
        """One block of booleans: with hundreds of units, nullable columns are slow to look in."""
        return pd.DataFrame(frame.to_numpy(dtype=bool), index=frame.index, columns=frame.columns)

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Names for narrow places: a city's only district is called by the city, marked as a part."""
        districts = self.units.loc[self.units["typ"] != "kommun", "kommun"].value_counts()
        return {
            row.Index: row.kommun
            if row.typ == "kommun"
            else f"{row.kommun} (stadsdel)"
            if districts[row.kommun] == 1
            else row.enhet
            for row in self.units.itertuples()
        }

    @property
    def national_mean_ja(self) -> float:
        """The nation's mean number of Ja: a sum of rounded shares, so always ”cirka”."""
        return float(self.indicators["riket"].sum() / 100)


def nation_mean(shares: pd.Series) -> float | None:
    """The mean of the nation's rounded shares; None unless there are any and all are known."""
    return float(shares.mean()) if len(shares) and shares.notna().all() else None


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Every public table in `folder`, typed. Raises `DataError` if one does not fit."""
    return {name: read_csv(folder / f"{name}.csv", table) for name, table in TABLES.items()}


def latest_year(tables: dict[str, pd.DataFrame]) -> int:
    """The last year that has answers."""
    return int(tables["resultat"]["ar"].max())


def edition(tables: dict[str, pd.DataFrame], ar: int) -> Edition:
    """The edition of one year from the public tables."""
    this = {
        name: frame[frame["ar"] == ar] if "ar" in frame.columns else frame for name, frame in tables.items()
    }
    own = own_sources(this["resultat"]).get(ar)
    units = (
        this["enheter"]
        .drop(columns="kalla_id")
        .merge(this["enheter_ar"].query("med_i_underlaget"), on="enhet_id")
        .merge(
            this["antal_ja"][["enhet_id", "antal_ja_publicerat", "antal_ja_beraknat"]],
            on="enhet_id",
            how="left",
        )
        .set_index("enhet_id")
    )
    nation = (
        this["riket"]
        .query("delmangd == 'alla' and foredragen")
        .rename(columns={"andel_ja_procent": "riket", "plats": "riket_plats", "kalla_id": "riket_kalla"})
    )
    indicators = (
        this["indikatorer_ar"]
        .merge(this["indikatorer"].drop(columns="kalla_id"), on="indikator_id")
        .merge(nation[["indikator_id", "riket", "riket_plats", "riket_kalla"]], on="indikator_id", how="left")
        .sort_values("nr")
        .set_index("indikator_id")
    )

    def wide(column: str) -> pd.DataFrame:
        frame = this["resultat"].pivot(index="indikator_id", columns="enhet_id", values=column)
        return frame.reindex(index=indicators.index, columns=units.index)

    return Edition(
        ar=ar,
        units=units,
        indicators=indicators,
        answers=wide("svar_kod"),
        places=wide("plats"),
        reasons=wide("saknas_orsak"),
        areas=this["omraden"].set_index("omrade_id"),
        rankings=_preferred(this["rankning"], ["undersokning", "enhet_id"], own),
        contradictions=this["avvikelser"],
        sources=this["kallor"].set_index("kalla_id"),
    )


def _preferred(frame: pd.DataFrame, keys: list[str], own: str | None) -> pd.DataFrame:
    """One row per key: from the edition's own source if it has one, else the first by name."""
    order = frame.assign(_annan=frame["kalla_id"] != own).sort_values(["_annan", "kalla_id"], kind="stable")
    return order.drop_duplicates(keys).sort_index().drop(columns="_annan")
