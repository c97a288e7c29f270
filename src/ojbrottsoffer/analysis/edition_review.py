"""What a new edition changes on the site, for the person who signs it off. Nothing is cut but the
largest moves: every answer that flipped is in `changed_answers`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from ojbrottsoffer.analysis.edition import JA, NEJ, Edition, edition
from ojbrottsoffer.analysis.units.changes import (
    BETTER,
    INCOMPARABLE,
    WORSE,
    EditionChange,
    edition_change,
    previous_year,
)
from ojbrottsoffer.importer.found_shares import whole_percent
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK, SVAR
from ojbrottsoffer.schema.model import counted, swedish_list

MOST_MOVES = 5
OTHER_TABLES = {
    "rankning": ("rankning", ["enhet_id"], "placering"),
    "riket": ("riket", ["indikator_id", "delmangd"], "andel_ja_procent"),
}
"""Kind of table -> its name, its key and the column with its figures."""
KINDS = (
    ("ny", "nya indikatorer"),
    ("utgatt", "utgångna indikatorer"),
    ("omformulerad", "omformulerade"),
    ("delad", "delade"),
    ("sammanslagen", "sammanslagna"),
)
CHANGED = ["enhet_id", "enhet", "indikator_id", "indikator", "fore", "efter", "plats_fore", "plats_efter"]


def summary(tables: dict[str, pd.DataFrame], slag: str, ar: int, kalla_id: str) -> str:
    """What changes, as lines for a terminal."""
    if slag != "svar":
        return _other_table(tables, slag, ar, kalla_id)
    after = edition(tables, ar)
    lines = [
        f"Utgåva {ar}: {counted(len(after.units), 'enhet', 'enheter')}, "
        f"{counted(len(after.indicators), 'indikator', 'indikatorer')}, {int(after.answers.notna().sum().sum())} "
        f"svar, {int(after.answers.isna().sum().sum())} saknas."
    ]
    reasons = Counter(after.reasons.stack().dropna()).most_common()
    said = ", ".join(f"{SAKNAS_ORSAK.codes[reason]}: {n}" for reason, n in reasons)
    lines += [f"  orsak: {said}"] * bool(reasons)
    lines.append(f"  ja-svar: {_ja(after)}")
    compared = _compared(tables, ar)
    if compared is None:
        return "\n".join([*lines, *_nation(tables, ar, kalla_id)])
    before, _, change = compared
    names = pd.concat([after.units["enhet"], before.units["enhet"]])
    names = names[~names.index.duplicated()]
    asked = before.indicators["indikator"].to_dict() | after.indicators["indikator"].to_dict()
    lines.append(f"Jämfört med {before.ar}:")
    lines += _listed("enheter som kommer till", [names[i] for i in change.units_in])
    lines += _listed("enheter som faller bort", [names[i] for i in change.units_out])
    lines += _listed(
        "enheter med ett annat namn eller en annan indelning",
        [
            f"{swedish_list([names[i] for i in c.earlier])} → {names[c.enhet_id]}"
            for c in change.all_units.values()
            if c.link and c.earlier
        ],
    )
    lines += _groups(before, after, change, names)
    for kind, title in KINDS:
        rows = change.indicators[change.indicators["samband"] == kind]
        lines += _listed(title, [asked[i] for i in dict.fromkeys(rows["till_id"].fillna(rows["fran_id"]))])
    both = [c for unit in change.units.values() for c in unit.answers if c.kind != INCOMPARABLE]
    lines.append(f"  ja-svar {before.ar}: {_ja(before)}")
    lines.append(
        f"  jämförbara svar: {len(both)}, med {sum(c.before == JA for c in both)} ja {before.ar} och "
        f"{sum(c.after == JA for c in both)} ja {ar}"
    )
    lines += _gone_and_new(change, names)
    moves = sorted(change.units.values(), key=lambda c: (-c.ja, c.enhet_id))
    lines += _moves([(names[c.enhet_id], c.ja) for c in moves], "ja", "i antal ja på jämförbara frågor")
    flips = [c for unit in change.units.values() for c in (*unit.of_kind(BETTER), *unit.of_kind(WORSE))]
    gained = sum((c.before, c.after) == (NEJ, JA) for c in flips)
    lost = sum((c.before, c.after) == (JA, NEJ) for c in flips)
    lines.append(
        f"  svar som vänt: {gained} från Nej till Ja, {lost} från Ja till Nej, "
        f"{len(flips) - gained - lost} till eller från Delvis"
    )
    often = Counter(c.indikator_id for c in flips).most_common(MOST_MOVES)
    lines += _listed("frågor där flest svar ändrats", [f"{asked[i]} {n}" for i, n in often])
    return "\n".join([*lines, *_nation(tables, ar, kalla_id)])


def _ja(edition: Edition) -> str:
    yes, given = int(edition.is_ja.to_numpy().sum()), int(edition.is_given.to_numpy().sum())
    return f"{yes} av {given} besvarade" + (f" ({whole_percent(100 * yes / given)} %)" if given else "")


def _groups(before: Edition, after: Edition, change: EditionChange, names: pd.Series) -> list[str]:
    """The units whose population group is another: they are compared with others on the site."""
    moved = []
    for unit in change.all_units.values():
        if len(unit.earlier) == 1:
            old, new = (
                before.units.at[unit.earlier[0], "befolkningsgrupp"],
                after.units.at[unit.enhet_id, "befolkningsgrupp"],
            )
            old, new = ("saknas" if pd.isna(group) else str(int(group)) for group in (old, new))
            moved += [f"{names[unit.enhet_id]} {old} → {new}"] * (old != new)
    return _listed("enheter med en annan befolkningsgrupp", moved)


def _gone_and_new(change: EditionChange, names: pd.Series) -> list[str]:
    """The answers to the same questions that are missing now, and those that were missing before."""
    lines = []
    for title, lacks, has in (
        (f"svar som fanns {change.before} men saknas nu", "after", "before"),
        (f"svar som saknades {change.before} men finns nu", "before", "after"),
    ):
        count = Counter(
            names[unit.enhet_id]
            for unit in change.units.values()
            for c in unit.answers
            if c.why == "saknas" and getattr(c, lacks) is None and getattr(c, has) is not None
        )
        most = [f"{name} {n}" for name, n in count.most_common(MOST_MOVES)]
        lines.append(f"  {title}: {count.total()}" + (f" (flest: {', '.join(most)})" if most else ""))
    return lines


def _nation(tables: dict[str, pd.DataFrame], ar: int, kalla_id: str) -> list[str]:
    """The nation's shares that the same file brings, if it does."""
    shares = tables["riket"].query("kalla_id == @kalla_id")["andel_ja_procent"].notna().sum()
    compared = _other_table(tables, "riket", ar, kalla_id).split("\n")[1:] if shares else []
    return [f"Rikets andelar i samma fil: {shares}", *(f"  {line}" for line in compared)] if shares else []


def changed_answers(tables: dict[str, pd.DataFrame], ar: int) -> pd.DataFrame | None:
    """Every comparable answer that is another than in the edition before, with where both stand;
    None if there is no edition before."""
    compared = _compared(tables, ar)
    if compared is None:
        return None
    before, after, change = compared
    rows = [
        (
            unit.enhet_id,
            after.units.at[unit.enhet_id, "enhet"],
            c.indikator_id,
            after.indicators.at[c.indikator_id, "indikator"],
            SVAR.codes[str(c.before)],
            SVAR.codes[str(c.after)],
            before.places.at[c.before_id, unit.earlier[0]],
            after.places.at[c.indikator_id, unit.enhet_id],
        )
        for unit in change.units.values()
        for c in unit.answers
        if c.kind in (BETTER, WORSE)
    ]
    return pd.DataFrame(rows, columns=CHANGED)


def _compared(tables: dict[str, pd.DataFrame], ar: int) -> tuple[Edition, Edition, EditionChange] | None:
    year = previous_year(tables, ar)
    if year is None:
        return None
    before, after = edition(tables, year), edition(tables, ar)
    return before, after, edition_change(tables, before, after)


@dataclass(frozen=True)
class Figures:
    """A ranking or a table of shares against the one before it. The names are of units or questions."""

    before: int
    what: str
    unit: str
    came: list[tuple[str, str]]
    """Name and the cell in the file, of what the table before has not; `gone` the other way round."""
    gone: list[tuple[str, str]]
    steps: pd.DataFrame
    """Columns `id`, `namn`, `fore`, `efter`, `steg` (a better placing or a larger share is more), `plats_fore` and
    `plats_efter`; the largest `steg` first, and those without one left out."""


def figures(tables: dict[str, pd.DataFrame], slag: str, ar: int, kalla_id: str) -> Figures | None:
    """What a ranking or a table of shares changes; None if there is none before it."""
    name, key, value = OTHER_TABLES[slag]
    now, earlier = tables[name].query("kalla_id == @kalla_id"), tables[name].query("ar < @ar")
    if slag == "rankning":
        earlier = earlier[earlier["undersokning"].isin(now["undersokning"])]
    if not len(earlier):
        return None
    year = int(earlier["ar"].max())
    old = earlier[earlier["ar"] == year].drop_duplicates(key).set_index(key)
    new = now.drop_duplicates(key).set_index(key)
    table, id_, called = (
        ("enheter", "enhet_id", "enhet")
        if slag == "rankning"
        else ("indikatorer_ar", "indikator_id", "indikator")
    )
    named = tables[table].sort_values("ar") if "ar" in tables[table] else tables[table]
    names = dict(named[[id_, called]].itertuples(index=False))

    def shown(index) -> str:
        parts = index if isinstance(index, tuple) else (index,)
        return ", ".join(names.get(part, part) for part in parts if part != "alla")

    both = new.index.intersection(old.index)
    if slag == "riket":
        both = both[(new.loc[both, "jamforbar"] == "ja") & (old.loc[both, "jamforbar"] == "ja")]
    found = pd.DataFrame(
        {
            "id": ["-".join(index) if isinstance(index, tuple) else index for index in both],
            "namn": [shown(index) for index in both],
            "fore": old.loc[both, value].to_numpy(),
            "efter": new.loc[both, value].to_numpy(),
            "plats_fore": old.loc[both, "plats"].to_numpy(),
            "plats_efter": new.loc[both, "plats"].to_numpy(),
        }
    ).dropna(subset=["fore", "efter"])
    # A lower number is a better placing.
    found["steg"] = (found["efter"] - found["fore"]) * (-1 if slag == "rankning" else 1)
    return Figures(
        year,
        "enheter" if slag == "rankning" else "frågor",
        "platser" if slag == "rankning" else "procentenheter",
        [(shown(i), str(new.at[i, "plats"])) for i in new.index.difference(old.index)],
        [(shown(i), str(old.at[i, "plats"])) for i in old.index.difference(new.index)],
        found.sort_values("steg", ascending=False, kind="stable"),
    )


def _other_table(tables: dict[str, pd.DataFrame], slag: str, ar: int, kalla_id: str) -> str:
    """A ranking or a table of shares against the year before it."""
    name, key, _ = OTHER_TABLES[slag]
    now = tables[name].query("kalla_id == @kalla_id")
    lines = [
        f"Utgåva {kalla_id}: {counted(len(now), 'rad', 'rader')} i {name}.csv, {now[key[0]].nunique()} olika."
    ]
    found = figures(tables, slag, ar, kalla_id)
    if found is None:
        return lines[0]
    lines.append(f"Jämfört med {found.before}:")
    lines += _listed(f"{found.what} som kommer till", [name for name, _ in found.came])
    lines += _listed(f"{found.what} som faller bort", [name for name, _ in found.gone])
    steps = [(row.namn, int(row.steg)) for row in found.steps.itertuples()]
    return "\n".join([*lines, *_moves(steps, found.unit, f"i {found.unit}")])


def _listed(title: str, items: list[str]) -> list[str]:
    apart = "; " if any("," in item for item in items) else ", "
    return [f"  {title}: {len(items)}" + (f" ({apart.join(items)})" if items else "")]


def _moves(moves: list[tuple[str, int]], unit: str, where: str) -> list[str]:
    """The largest moves up and down, each with how far; `moves` from the highest to the lowest."""
    up = [f"{name} +{n} {unit}" for name, n in moves if n > 0]
    down = [f"{name} −{-n} {unit}" for name, n in reversed(moves) if n < 0]
    lines = []
    for title, items in ((f"störst uppgång {where}", up), (f"störst nedgång {where}", down)):
        rest = f" och {len(items) - MOST_MOVES} mindre" if len(items) > MOST_MOVES else ""
        apart = "; " if any("," in item for item in items) else ", "
        lines.append(f"  {title}: {apart.join(items[:MOST_MOVES]) or 'ingen'}{rest}")
    return lines
