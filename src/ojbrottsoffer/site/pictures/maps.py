"""Maps of Sweden as SVG in the page: one symbol per unit, or the municipalities' areas where an
analyst has given them, with symbols for the units that have none.

Shape, pattern and place carry the meaning, colour helps; the table beside the map says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from markupsafe import Markup, escape

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.analysis.geography import CELL, WIDTH, Geography, Point
from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.codes import SVAR

SYMBOL = CELL - 1.5
"""Side of a symbol: some air in its cell."""
SHARES = tuple(
    f"under {high} %" if low is None else f"{low} % eller mer" if high is None else f"{low}–{high - 1} %"
    for low, high in zip((None, *limits.MAP_SHARES), (*limits.MAP_SHARES, None), strict=True)
)
"""The classes of a share of Ja, in words."""
SHARE_SYMBOLS = (
    '<circle cx="10" cy="10" r="7.5" fill="none" stroke="var(--oj-gra)" stroke-width="2.4"/>',
    '<circle cx="10" cy="10" r="7.5" fill="none" stroke="var(--oj-delvis)" stroke-width="2.4"/>'
    '<path d="M10 2.5a7.5 7.5 0 0 0 0 15z" fill="var(--oj-delvis)"/>',
    '<circle cx="10" cy="10" r="8" fill="var(--oj-accent)"/>',
    '<path d="M10 0l10 10l-10 10l-10 -10z" fill="var(--oj-lila)"/>',
)
"""What stands for each class: ring, half, disc, diamond."""
MISSING, UNKNOWN = "x", "uppgift saknas"
"""The symbol of a unit without a share or an answer, as in the tables, and its words."""
ANSWERS, CLASSES = "s", "k"
"""What the ids of the symbols and patterns start with: for answers and for shares."""
DENSE = {"s2": "ja", "k3": "lila"}
"""Areas of one colour: the most that a map can show."""
PATTERNS = {
    "s1": ("rotate(45)", '<path d="M0 1H4" stroke="var(--oj-delvis)" stroke-width="1.9"/>'),
    "s0": ("", '<path d="M.8 .8l1.8 1.8m0 -1.8l-1.8 1.8" stroke="var(--oj-nej)" stroke-width=".8"/>'),
    "sx": ("", '<path d="M0 2H4" stroke="var(--oj-riket)" stroke-width=".9"/>'),
    "k0": ("", '<circle cx="1.4" cy="1.4" r=".8" fill="var(--oj-gra)"/>'),
    "k1": ("rotate(45)", '<path d="M0 1H4" stroke="var(--oj-delvis)" stroke-width="1.4"/>'),
    "k2": ("rotate(-45)", '<path d="M0 1.5H4" stroke="var(--oj-accent)" stroke-width="2.7"/>'),
}
"""The other areas: how their pattern is turned, and what it repeats on the page's colour: crosses,
stripes, dots, lines. The more ja, the denser.
"""
PATTERNS["kx"] = PATTERNS["sx"]
STEP = 4
"""Side of what a pattern repeats."""


@dataclass(frozen=True)
class Drawn:
    """A map and the key to it."""

    picture: Markup
    key: Markup


@dataclass(frozen=True)
class Maps:
    """The map of some units. `cells` has those that are drawn as symbols."""

    geography: Geography
    cells: dict[str, Point]
    areas: dict[str, str]
    """Unit -> SCB code, for those that are drawn as areas: a district has no area of its own."""

    @classmethod
    def of(cls, geography: Geography, units: pd.DataFrame) -> Maps:
        """`units`: typ and kommunkod by `enhet_id`."""
        own = units["typ"].eq("kommun") & units["kommunkod"].isin(geography.outlines.keys())
        return cls(
            geography, geography.cells(units.loc[~own, "kommunkod"]), units.loc[own, "kommunkod"].to_dict()
        )

    def without_place(self, units: Iterable[str]) -> list[str]:
        return [unit for unit in units if unit not in self.cells and unit not in self.areas]

    def by_answer(self, names: dict[str, str], answers: dict[str, int | None], title: str) -> Drawn:
        """The answers to one question; the symbols are those of the page's tables."""
        kinds = {unit: MISSING if code is None else str(code) for unit, code in answers.items()}
        return self._drawn(names, kinds, ANSWERS, title, {**SVAR.codes, MISSING: UNKNOWN})

    def by_share(self, names: dict[str, str], shares: dict[str, float | None], title: str) -> Drawn:
        """Shares of Ja in percent, in classes."""
        kinds = {
            unit: MISSING if share is None else str(share_class(share)) for unit, share in shares.items()
        }
        classes = {str(number): said for number, said in enumerate(SHARES)}
        return self._drawn(names, kinds, CLASSES, title, {**classes, MISSING: UNKNOWN})

    def by_class(
        self, names: dict[str, str], kinds: dict[str, str], title: str, words: dict[str, str]
    ) -> Drawn:
        """Values in classes. `kinds`: unit -> class, from "0". `words`: what each class is."""
        return self._drawn(names, kinds, CLASSES, title, words)

    def _drawn(
        self, names: dict[str, str], kinds: dict[str, str], prefix: str, title: str, words: dict[str, str]
    ) -> Drawn:
        """`kinds`: the kind of each unit. `words`: what each kind means, in the order of the key."""
        shown = [kind for unit, kind in kinds.items() if unit in self.cells or unit in self.areas]
        counts = ", ".join(
            f"{shown.count(kind)} {'med ' if '%' in said else ''}{said}"
            for kind, said in words.items()
            if kind in shown
        )
        label = f"Karta: {title}. {text.count(len(shown), 'enhet', 'enheter')}: {counts}. Tabellen på sidan har samma uppgifter."
        ends = {kind: f": {escape(said)}</title>" for kind, said in words.items()}
        said = {unit: f"<title>{escape(names[unit])}{ends[kind]}" for unit, kind in kinds.items()}
        own = {self.areas[unit]: unit for unit in kinds if unit in self.areas}
        parts = [_patterns(prefix, words)] if own else []
        for code, outline in self.geography.outlines.items():
            unit = own.get(code)
            fill = "none" if unit is None else _paint(prefix + kinds[unit])
            parts.append(
                f'<path class="oj-karta__yta" fill="{fill}" d="{outline}">{said.get(unit, "")}</path>'
            )
        for unit, kind in kinds.items():
            if unit in self.cells:
                place, ground = self._places[unit]
                parts.append(f'{ground}<use href="#oj-{prefix}{kind}" {place}>{said[unit]}</use>')
        used = {kind: said for kind, said in words.items() if kind in shown}
        return Drawn(
            Markup(
                f'<svg class="oj-bild oj-bild--karta" viewBox="0 0 {WIDTH:g} {self.geography.height:.0f}" '
                f'role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
            ),
            _key(
                prefix,
                used,
                areas=bool(own),
                symbols=any(unit in self.cells for unit in kinds),
                unused=bool(self.geography.outlines.keys() - own.keys()),
            ),
        )

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        """Where each symbol goes, and what makes it stand out from an area."""
        found = {
            unit: f'x="{x - SYMBOL / 2:g}" y="{y - SYMBOL / 2:g}" width="{SYMBOL:g}" height="{SYMBOL:g}"'
            for unit, (x, y) in self.cells.items()
        }
        return {
            unit: (
                place,
                f'<rect class="oj-karta__botten" {place} rx="2"/>' if self.geography.outlines else "",
            )
            for unit, place in found.items()
        }


def _paint(kind: str) -> str:
    return f"var(--oj-{DENSE[kind]})" if kind in DENSE else f"url(#oj-p{kind})"


def _patterns(prefix: str, kinds: Iterable[str]) -> str:
    """The patterns of the areas, and a sample of each for the key."""
    made = []
    for kind in (prefix + kind for kind in kinds):
        if kind in PATTERNS:
            turned, shape = PATTERNS[kind]
            turn = f' patternTransform="{turned}"' if turned else ""
            made.append(
                f'<pattern id="oj-p{kind}" width="{STEP}" height="{STEP}" patternUnits="userSpaceOnUse"{turn}>'
                f'<rect width="{STEP}" height="{STEP}" fill="var(--oj-yta)"/>{shape}</pattern>'
            )
        made.append(
            f'<symbol id="oj-y{kind}" viewBox="0 0 20 20"><rect x="1" y="1" width="18" height="18" '
            f'class="oj-karta__yta" fill="{_paint(kind)}"/></symbol>'
        )
    return f"<defs>{''.join(made)}</defs>"


def _key(prefix: str, words: dict[str, str], areas: bool, symbols: bool, unused: bool) -> Markup:
    """What each kind looks like: as an area, as a symbol, or both, as the map has them."""
    looks = [look for look, there in (("y" + prefix, areas), (prefix, symbols)) if there]
    rows = [
        "".join(_sample(f'<use href="#oj-{look}{kind}"/>') for look in looks)
        + f" {escape(said[:1].upper() + said[1:])}"
        for kind, said in words.items()
    ]
    if unused:
        rows.append(
            _sample('<rect x="1" y="1" width="18" height="18" class="oj-karta__yta" fill="none"/>')
            + " Kommun utan svar i utgåvan"
        )
    return Markup(" ".join(f'<span class="oj-svar">{row}</span>' for row in rows))


def _sample(shape: str) -> str:
    return (
        '<svg class="oj-symbol" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" '
        f'focusable="false">{shape}</svg>'
    )


def share_class(share: float) -> int:
    """The class of a share in percent, the lowest first.

    >>> share_class(24.9), share_class(25), share_class(100)
    (0, 1, 3)
    """
    return sum(share >= limit for limit in limits.MAP_SHARES)


def share_symbols() -> Markup:
    """The symbols of the classes, for the page that has the map."""
    drawn = "".join(
        f'<symbol id="oj-k{number}" viewBox="0 0 20 20">{shape}</symbol>'
        for number, shape in enumerate(SHARE_SYMBOLS)
    )
    missing = '<symbol id="oj-kx" viewBox="0 0 20 20"><use href="#oj-sx"/></symbol>'
    return Markup(
        '<svg class="oj-symboler" width="0" height="0" aria-hidden="true" '
        f'focusable="false">{drawn}{missing}</svg>'
    )
