"""Maps of Sweden as SVG in the page: one symbol per unit, areas under them if there are any.

Shape and place carry the meaning, colour helps; the table beside the map says the same. Areas are
drawn once, in a file that all maps of the site use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from ojbrottsoffer.analysis import limits
from ojbrottsoffer.analysis.geography import CELL, WIDTH, Geography, Point
from ojbrottsoffer.publish import text
from ojbrottsoffer.tables.declarations import SVAR

ADDRESS = "assets/karta.svg"
"""The file with the areas; there only with a boundary file."""
SYMBOL = CELL - 1.5
"""Side of a symbol: some air in its cell."""
SHARES = tuple(
    f"under {high} %" if low is None else f"{low} % eller mer" if high is None else f"{low}–{high - 1} %"
    for low, high in zip((None, *limits.MAP_SHARES), (*limits.MAP_SHARES, None), strict=True))
"""The classes of a share of Ja, in words."""
SHARE_SYMBOLS = (
    '<circle cx="10" cy="10" r="7.5" fill="none" stroke="var(--oj-serie5)" stroke-width="2.4"/>',
    '<circle cx="10" cy="10" r="7.5" fill="none" stroke="var(--oj-delvis)" stroke-width="2.4"/>'
    '<path d="M10 2.5a7.5 7.5 0 0 0 0 15z" fill="var(--oj-delvis)"/>',
    '<circle cx="10" cy="10" r="8" fill="var(--oj-accent)"/>',
    '<path d="M10 0l10 10l-10 10l-10 -10z" fill="var(--oj-serie4)"/>',
)
"""What stands for each class: ring, half, disc, diamond."""
MISSING, UNKNOWN = "x", "uppgift saknas"
"""The symbol of a unit without a share or an answer, as in the tables, and its words."""


@dataclass(frozen=True)
class Maps:
    """The map of some units. `cells` has those that have a place."""

    geography: Geography
    cells: dict[str, Point]
    codes: dict[str, str]
    """Unit -> SCB code, for municipalities: a district has no area of its own."""

    def without_place(self, units: Iterable[str]) -> list[str]:
        return [unit for unit in units if unit not in self.cells]

    def by_answer(self, names: dict[str, str], answers: dict[str, int | None], title: str,
                  link: Callable[[str], str]) -> Markup:
        """The answers to one question; the symbols are those of the page's tables."""
        kinds = {unit: (MISSING, UNKNOWN) if code is None else (str(code), SVAR.codes[str(code)])
                 for unit, code in answers.items()}
        return self._drawn(names, kinds, "oj-s", title, link, [*SVAR.codes.values(), UNKNOWN])

    def by_share(self, names: dict[str, str], shares: dict[str, float | None], title: str,
                 link: Callable[[str], str]) -> Markup:
        """Shares of Ja in percent, in classes."""
        kinds = {unit: (MISSING, UNKNOWN) if share is None
                 else (str(share_class(share)), SHARES[share_class(share)])
                 for unit, share in shares.items()}
        return self._drawn(names, kinds, "oj-k", title, link, [*SHARES, UNKNOWN])

    def _drawn(self, names: dict[str, str], kinds: dict[str, tuple[str, str]], prefix: str,
               title: str, link: Callable[[str], str], order: list[str]) -> Markup:
        shown = {unit: kind for unit, kind in kinds.items() if unit in self.cells}
        said = [word for _, word in shown.values()]
        counts = ", ".join(f"{said.count(word)} {'med ' if '%' in word else ''}{word}"
                           for word in order if word in said)
        label = f"Karta: {title}. {text.count(len(shown), 'enhet', 'enheter')}: {counts}. Tabellen på sidan har samma uppgifter."
        parts = [self._area(code, prefix[-1] + kind, link) for unit, (kind, _) in shown.items()
                 if (code := self.codes.get(unit)) in self.geography.boundaries]
        half = SYMBOL / 2
        for unit, (kind, word) in shown.items():
            x, y = self.cells[unit]
            parts.append(f'<use href="#{prefix}{kind}" x="{x - half:g}" y="{y - half:g}" width="{SYMBOL:g}" '
                         f'height="{SYMBOL:g}"><title>{escape(names[unit])}: {escape(word)}</title></use>')
        return Markup(f'<svg class="oj-bild oj-bild--karta" viewBox="0 0 {WIDTH:g} {self.geography.height:.0f}" '
                      f'role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>')

    def _area(self, code: str, kind: str, link: Callable[[str], str]) -> str:
        return f'<use class="oj-karta__yta oj-karta__yta--{kind}" href="{link(ADDRESS)}#k{code}"/>'

    def areas_file(self) -> bytes | None:
        """Every area as a path with its code, for the maps to refer to; None without areas."""
        if not self.geography.boundaries:
            return None
        outlines = ((code, self.geography.outline(code)) for code in sorted(self.geography.boundaries))
        paths = "".join(f'<path id="k{code}" d="{outline}"/>' for code, outline in outlines if outline)
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} '
                f'{self.geography.height:.0f}">{paths}</svg>\n').encode()


def share_class(share: float) -> int:
    """The class of a share in percent, the lowest first.

    >>> share_class(24.9), share_class(25), share_class(100)
    (0, 1, 3)
    """
    return sum(share >= limit for limit in limits.MAP_SHARES)


def share_symbols() -> Markup:
    """The symbols of the classes, for the page that has the map."""
    drawn = "".join(f'<symbol id="oj-k{number}" viewBox="0 0 20 20">{shape}</symbol>'
                    for number, shape in enumerate(SHARE_SYMBOLS))
    missing = '<symbol id="oj-kx" viewBox="0 0 20 20"><use href="#oj-sx"/></symbol>'
    return Markup('<svg class="oj-symboler" width="0" height="0" aria-hidden="true" '
                  f'focusable="false">{drawn}{missing}</svg>')
