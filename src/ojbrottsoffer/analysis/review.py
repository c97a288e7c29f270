"""What a new edition changes on the site, for the person who signs it off. Nothing is cut but the
largest moves: every answer that flipped is in `changed_answers`."""

from __future__ import annotations

import textwrap
from collections import Counter

import pandas as pd

from ojbrottsoffer.analysis.changes import BETTER, WORSE, EditionChange, edition_change, previous_year
from ojbrottsoffer.analysis.edition import JA, NEJ, Edition, edition
from ojbrottsoffer.tables.declarations import SVAR
from ojbrottsoffer.tables.model import counted

MOST_MOVES = 5
WIDTH = 110
KINDS = (("ny", "nya indikatorer"), ("utgatt", "utgångna indikatorer"), ("omformulerad", "omformulerade"),
         ("delad", "delade"), ("sammanslagen", "sammanslagna"))
CHANGED = ["enhet_id", "enhet", "indikator_id", "indikator", "fore", "efter", "plats_fore", "plats_efter"]


def summary(tables: dict[str, pd.DataFrame], slag: str, ar: int, kalla_id: str) -> str:
    """What changes, as lines for a terminal."""
    if slag != "svar":
        return _other_table(tables, slag, ar, kalla_id)
    after = edition(tables, ar)
    lines = [f"Utgåva {ar}: {counted(len(after.units), 'enhet', 'enheter')}, "
             f"{counted(len(after.indicators), 'indikator', 'indikatorer')}, {int(after.answers.notna().sum().sum())} "
             f"svar, {int(after.answers.isna().sum().sum())} saknas."]
    compared = _compared(tables, ar)
    if compared is None:
        return lines[0]
    before, _, change = compared
    names = pd.concat([after.units["enhet"], before.units["enhet"]])
    names = names[~names.index.duplicated()]
    lines.append(f"Jämfört med {before.ar}:")
    lines += _listed("enheter som kommer till", [names[i] for i in change.units_in])
    lines += _listed("enheter som faller bort", [names[i] for i in change.units_out])
    for kind, title in KINDS:
        rows = change.indicators.query("typ == @kind")
        lines += _listed(title, list(dict.fromkeys(rows["till_id"].fillna(rows["fran_id"]))))
    moves = sorted(change.units.values(), key=lambda c: (-c.ja, c.enhet_id))
    lines += _moves([(names[c.enhet_id], c.ja) for c in moves], "ja", " på jämförbara frågor")
    flips = [c for unit in change.units.values() for c in (*unit.of_kind(BETTER), *unit.of_kind(WORSE))]
    gained = sum((c.before, c.after) == (NEJ, JA) for c in flips)
    lost = sum((c.before, c.after) == (JA, NEJ) for c in flips)
    lines.append(f"  svar som vänt: {gained} från Nej till Ja, {lost} från Ja till Nej, "
                 f"{len(flips) - gained - lost} till eller från Delvis")
    often = Counter(c.indikator_id for c in flips).most_common(MOST_MOVES)
    return "\n".join([*lines, *_listed("frågor där flest svar ändrats", [f"{i} {n}" for i, n in often])])


def changed_answers(tables: dict[str, pd.DataFrame], ar: int) -> pd.DataFrame | None:
    """Every comparable answer that is another than in the edition before, with where both stand;
    None if there is no edition before."""
    compared = _compared(tables, ar)
    if compared is None:
        return None
    before, after, change = compared
    rows = [
        (unit.enhet_id, after.units.at[unit.enhet_id, "enhet"], c.indikator_id,
         after.indicators.at[c.indikator_id, "indikator"], SVAR.codes[str(c.before)], SVAR.codes[str(c.after)],
         before.places.at[c.before_id, unit.earlier[0]], after.places.at[c.indikator_id, unit.enhet_id])
        for unit in change.units.values() for c in unit.answers if c.kind in (BETTER, WORSE)
    ]
    return pd.DataFrame(rows, columns=CHANGED)


def _compared(tables: dict[str, pd.DataFrame], ar: int) -> tuple[Edition, Edition, EditionChange] | None:
    year = previous_year(tables, ar)
    if year is None:
        return None
    before, after = edition(tables, year), edition(tables, ar)
    return before, after, edition_change(tables, before, after)


def _other_table(tables: dict[str, pd.DataFrame], slag: str, ar: int, kalla_id: str) -> str:
    """A ranking or a table of shares against the year before it."""
    name, key, value, unit = (("rankning", ["enhet_id"], "placering", "platser") if slag == "rankning" else
                              ("riket", ["indikator_id", "delmangd"], "andel_ja_procent", "procentenheter"))
    now = tables[name].query("kalla_id == @kalla_id")
    lines = [f"Utgåva {kalla_id}: {counted(len(now), 'rad', 'rader')} i {name}.csv, {now[key[0]].nunique()} olika."]
    earlier = tables[name].query("ar < @ar")
    if slag == "rankning":
        earlier = earlier[earlier["undersokning"].isin(now["undersokning"])]
    if not len(earlier):
        return lines[0]
    year = int(earlier["ar"].max())
    old = earlier[earlier["ar"] == year].drop_duplicates(key).set_index(key)
    new = now.drop_duplicates(key).set_index(key)
    names = {row.enhet_id: row.enhet for row in tables["enheter"].itertuples()} if slag == "rankning" else {}

    def shown(index) -> str:
        parts = index if isinstance(index, tuple) else (index,)
        return ", ".join(names.get(part, part) for part in parts if part != "alla")

    lines.append(f"Jämfört med {year}:")
    what = "enheter" if slag == "rankning" else "indikatorer"
    lines += _listed(f"{what} som kommer till", [shown(i) for i in new.index.difference(old.index)])
    lines += _listed(f"{what} som faller bort", [shown(i) for i in old.index.difference(new.index)])
    both = new.index.intersection(old.index)
    if slag == "riket":
        both = both[(new.loc[both, "jamforbar"] == "ja") & (old.loc[both, "jamforbar"] == "ja")]
    steps = (new.loc[both, value] - old.loc[both, value]).dropna()
    if slag == "rankning":  # a lower number is a better placing
        steps = -steps
    steps = steps.sort_values(ascending=False, kind="stable")
    return "\n".join([*lines, *_moves([(shown(i), int(n)) for i, n in steps.items()], unit, "")])


def _listed(title: str, items: list[str]) -> list[str]:
    apart = "; " if any("," in item for item in items) else ", "
    said = f"  {title}: {len(items)}" + (f" ({apart.join(items)})" if items else "")
    return textwrap.wrap(said, WIDTH, subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)


def _moves(moves: list[tuple[str, int]], unit: str, where: str) -> list[str]:
    """The largest moves up and down; `moves` from the highest to the lowest."""
    up = [f"{name} +{n} {unit}" for name, n in moves if n > 0][:MOST_MOVES]
    down = [f"{name} −{-n} {unit}" for name, n in reversed(moves) if n < 0][:MOST_MOVES]
    return [*_listed(f"störst uppgång{where}", up), *_listed(f"störst nedgång{where}", down)]
