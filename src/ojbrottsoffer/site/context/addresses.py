"""Where the pages are, as one edition leads to them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.site.context.site_tables import SiteTables


@dataclass(frozen=True, eq=False)
class Addresses:
    """The addresses, relative to the site's root. The latest edition of a unit, an indicator or a
    list has the address itself; an earlier one has the year after it.
    """

    ar: int
    """The edition that leads there."""
    editions: dict[int, Edition]
    """Every edition, the latest first."""
    site: SiteTables

    def unit(self, unit: str) -> str:
        tail = "" if self.site.latest[unit] == self.ar else f"{self.ar}/"
        return f"kommuner/{unit}/{tail}"

    def municipality(self, unit: str) -> str:
        """The latest profile of a unit, or the page of a municipality without answers."""
        return f"kommuner/{unit}/"

    def indicator(self, indikator_id: str) -> str:
        tail = "" if self.site.latest_indicators[indikator_id] == self.ar else f"{self.ar}/"
        return f"indikatorer/{indikator_id}/{tail}"

    def figures_of(self, kind: str, key: str) -> str:
        """The API's document about a unit (`enheter`) or an indicator (`indikatorer`); empty if it has none."""
        table, column = self.site.tables[kind], {"enheter": "enhet_id", "indikatorer": "indikator_id"}[kind]
        return f"api/v1/{kind}/{key}.json" if key in set(table[column]) else ""

    def role(self, role: str) -> str:
        return f"roller/{role}/"

    def factor(self, factor: str) -> str:
        return f"framgangsfaktorer/{factor}/"

    def development(self, development: str) -> str:
        return f"framgangsfaktorer/{development}/"

    def method(self, method: str) -> str | None:
        """The address of a method page, or None while there is no such page."""
        return f"metoder/{method}/" if method in self.site.methods else None

    def list_of(self, kind: str) -> str:
        """The address of a list in this edition: one of those that every edition has."""
        return f"{kind}/" if self.ar == self.site.years[0] else f"{kind}/{self.ar}/"

    @property
    def figures(self) -> str:
        """Where the figures that scripts compute with are; the latest edition's has no year."""
        return f"assets/underlag{'' if self.ar == self.site.years[0] else f'-{self.ar}'}.json"

    def of(self, ar: int) -> Addresses:
        """The same as another edition leads there."""
        return Addresses(ar, self.editions, self.site)

    def unit_in(self, unit: str, ar: object) -> str | None:
        """Where a unit's figures of a year are shown, or what there is of it; None if nothing."""
        if ar in self.editions and unit in self.editions[ar].units.index:
            return self.of(ar).unit(unit)
        known = unit in self.site.latest or any(m.kommun_id == unit for m in self.site.municipalities)
        return self.municipality(unit) if known else None

    def indicator_in(self, indikator_id: str, ar: object) -> str | None:
        """The same for an indicator."""
        if ar in self.editions and indikator_id in self.editions[ar].indicators.index:
            return self.of(ar).indicator(indikator_id)
        return f"indikatorer/{indikator_id}/" if indikator_id in self.site.latest_indicators else None

    def switch(self, kind: str, unit: str | None = None, indicator: str | None = None) -> list[dict]:
        """What the edition switch shows on a list (`kind`), or on the page of `unit` or
        `indicator`: year, address, whether it is this one and whether it is the latest.
        """
        pages = []
        for ar, edition in self.editions.items():
            there = self.of(ar)
            if unit:
                url = there.unit(unit) if unit in edition.units.index else None
            elif indicator:
                url = there.indicator(indicator) if indicator in edition.indicators.index else None
            else:
                url = there.list_of(kind)
            if url:
                latest = ar == self.site.years[0]
                pages.append({"ar": ar, "current": ar == self.ar, "url": url, "latest": latest})
        return pages

    def last_seen(self, unit: str) -> dict | None:
        """The latest edition before this one that has the unit, as the edition switch has it."""
        return next((page for page in self.switch("", unit=unit) if page["ar"] < self.ar), None)

    def followers(self, kind: str, key: str) -> list[tuple[str, str]]:
        """What a unit (`enheter`) or an indicator (`indikatorer`) that is in no later edition
        became, as far as it is stated: name and address.
        """
        table = self.site.tables[f"{kind}_mellan_ar"]
        rows = table[(table["fran_id"] == key) & (table["fran_ar"] == self.ar)]
        found = []
        for ar, target in zip(rows["till_ar"], rows["till_id"], strict=True):
            if pd.isna(target) or ar not in self.editions:
                continue
            later, there = self.editions[int(ar)], self.of(int(ar))
            if kind == "enheter" and target in later.units.index:
                found.append((later.units.at[target, "enhet"], there.unit(target)))
            elif kind == "indikatorer" and target in later.indicators.index:
                found.append((later.indicators.at[target, "indikator"], there.indicator(target)))
        return found
