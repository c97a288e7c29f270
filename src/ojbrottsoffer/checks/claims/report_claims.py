"""How claims in the reports about answers and placings are tried, by name of the check."""

from __future__ import annotations

import re

from ojbrottsoffer.checks.claims.evidence import Evidence, Method
from ojbrottsoffer.sources.computed import JA, counted_ja


def _enumerated(evidence: Evidence, items: list[str]) -> int:
    return len(items)


def _total(evidence: Evidence, items: list[str]) -> int:
    return sum(int(item) for item in items)


def _contiguous_groups(evidence: Evidence, items: list[str]) -> int:
    """The number of groups if each begins where the one before ends, else 0."""
    bounds = [re.fullmatch(r"(\d+)–(\d*)", item).groups() for item in items]
    whole = all(int(b[0]) == int(a[1]) + 1 for a, b in zip(bounds, bounds[1:], strict=False))
    return len(items) if whole and bounds[-1][1] == "" else 0


def _longest_chapter(evidence: Evidence, items: list[str]) -> int:
    pages = [int(last) - int(first) + 1 for first, last in (item.split("–") for item in items)]
    return pages.index(max(pages)) + 1


def _share(evidence: Evidence, items: list[str]) -> int | None:
    rows = evidence.shares(evidence.ar).query("indikator_id == @items[0]")
    rows = rows[rows["kalla_id"] == evidence.own_source]
    return int(rows["andel_ja_procent"].iloc[0]) if len(rows) else None


def _share_elsewhere(evidence: Evidence, items: list[str]) -> int | None:
    rows = evidence.shares(int(items[1])).query("indikator_id == @items[0]")
    rows = rows[rows["kalla_id"] != evidence.kalla_id]
    return int(rows["andel_ja_procent"].iloc[0]) if len(rows) else None


def _survey_years(evidence: Evidence, items: list[str]) -> int:
    """Years up to this one for which any source tells of a round of Öppna jämförelser."""
    rounds = set(evidence.omgangar.query("undersokning == 'oj'")["ar"])
    return len({ar for ar in rounds | set(evidence.tables["riket"]["ar"]) if ar <= evidence.ar})


def _first_survey_year(evidence: Evidence, items: list[str]) -> int | None:
    """The first year that another source than the claim's own tells of a round of Öppna jämförelser."""
    rounds = evidence.omgangar.query("undersokning == 'oj' and kalla_id != @evidence.kalla_id")
    return int(rounds["ar"].min()) if len(rounds) else None


def _above_nation(evidence: Evidence, items: list[str]) -> int:
    shares = evidence.shares(evidence.ar)
    mean = shares[shares["kalla_id"] == evidence.own_source]["andel_ja_procent"].sum() / 100
    return int((counted_ja(evidence.answers()) > mean).sum())


def _yes_to_all(evidence: Evidence, items: list[str]) -> int:
    rows = evidence.answers()
    rows = rows[rows["indikator_id"].isin(items)]
    yes = rows["svar_kod"].eq(JA).fillna(False).groupby(rows["enhet_id"]).sum()
    return int((yes == len(items)).sum())


def _yes_of_unit(evidence: Evidence, items: list[str]) -> int:
    rows = evidence.answers().query("enhet_id == @items[0] and indikator_id in @items[1:]")
    return int(rows["svar_kod"].eq(JA).fillna(False).sum())


def _areas(evidence: Evidence, items: list[str]) -> int:
    return len(set(items) & set(evidence.year("enheter_ar")["landsdel"]))


def _districts(evidence: Evidence, items: list[str]) -> int:
    types = evidence.tables["enheter"].set_index("enhet_id")["typ"]
    return int((types.reindex(evidence.units()) == "stadsdel").sum())


def _answered_of_sent(evidence: Evidence, items: list[str]) -> int:
    rows = evidence.omgangar.query("undersokning == 'unizon' and ar == @evidence.ar").dropna(
        subset=["svarande", "utskickade"]
    )
    return round(100 * int(rows["svarande"].iloc[0]) / int(rows["utskickade"].iloc[0]))


METHODS = {
    "enheter-med-svar": Method(
        "Vi har räknat enheterna med svar i resultat.csv.", lambda e, _: len(e.units())
    ),
    "namngivna-enheter": Method(
        "Vi har räknat de namngivna enheter som har svar i resultat.csv.",
        lambda e, items: len(set(items) & set(e.units())),
        units=slice(None),
    ),
    "antal-indikatorer": Method(
        "Vi har räknat raderna i indikatorer_ar.csv.", lambda e, _: len(e.year("indikatorer_ar"))
    ),
    "flest-svar-per-enhet": Method(
        "Vi har räknat svaren per enhet i resultat.csv.",
        lambda e, _: int(e.answers().groupby("enhet_id").size().max()),
    ),
    "andelar-for-riket": Method(
        "Vi har räknat indikatorerna med andel i tabell 2.",
        lambda e, _: int((e.shares(e.ar)["kalla_id"] == e.own_source).sum()),
    ),
    "svarsfrekvens-annan-kalla": Method(
        "Vi har jämfört med svarsfrekvensen i en annan källa.",
        lambda e, _: e.round_of_others("oj", "svarsfrekvens_procent"),
    ),
    "placeringar-annan-kalla": Method(
        "Vi har jämfört med antalet placeringar i en annan källa.",
        lambda e, _: e.round_of_others("unizon", "placeringar"),
    ),
    "svarande-av-utskickade": Method(
        "Vi har delat antalet svarande med antalet utskickade enkäter.", _answered_of_sent
    ),
    "undersokningsar": Method("Vi har räknat åren med en känd undersökning, i alla källor.", _survey_years),
    "forsta-undersokningsaret": Method(
        "Vi har letat efter det första året med en känd undersökning, i andra källor.", _first_survey_year
    ),
    "svarskoder": Method(
        "Vi har räknat de olika koderna bland svaren.",
        lambda e, _: int(e.answers()["svar_kod"].dropna().nunique()),
    ),
    "sammanhangande-grupper": Method(
        "Vi har räknat grupperna, om var och en börjar där den förra slutar.", _contiguous_groups
    ),
    "grupper-i-urvalet": Method(
        "Vi har räknat de olika befolkningsgrupperna bland enheterna.",
        lambda e, _: int(e.year("enheter_ar")["befolkningsgrupp"].nunique()),
    ),
    "landsomraden-i-urvalet": Method("Vi har räknat de nämnda områden som finns bland enheterna.", _areas),
    "placering-hogst": Method(
        "Vi har räknat enheterna med minst så hög placering i tabell 1.",
        lambda e, items: int((e.placings() <= int(items[0])).fillna(False).sum()),
    ),
    "placering-samre": Method(
        "Vi har räknat enheterna med lägre placering i tabell 1, eller ingen.",
        lambda e, items: int((~(e.placings() <= int(items[0])).fillna(False)).sum()),
    ),
    "over-rikets-medel": Method(
        "Vi har räknat enheterna över rikets genomsnittliga antal ja-svar.", _above_nation
    ),
    "totaler-som-stammer": Method(
        "Vi har räknat enheterna vars tryckta antal stämmer med deras svar.",
        lambda e, _: int((e.year("antal_ja")["differens"] == 0).sum()),
    ),
    "andel-riket": Method("Vi har jämfört med rikets andel i tabell 2.", _share, indicators=slice(0, 1)),
    "andel-riket-annan-kalla": Method(
        "Vi har jämfört med rikets andel i en annan källa.", _share_elsewhere, indicators=slice(0, 1)
    ),
    "summa": Method("Vi har lagt ihop deluppgifterna.", _total),
    "antal-uppraknade": Method("Vi har räknat det som räknas upp.", _enumerated),
    "antal-namn": Method("Vi har räknat namnen.", _enumerated, in_words=True),
    "annat-stalle": Method("Vi har letat efter ett annat ställe som säger emot.", _enumerated, in_words=True),
    "langsta-kapitel": Method("Vi har räknat sidorna per kapitel.", _longest_chapter),
    "stadsdelar": Method("Vi har räknat enheterna som är stadsdelar.", _districts),
    "ja-pa-alla": Method(
        "Vi har räknat enheterna som svarar ja på frågan.", _yes_to_all, indicators=slice(None)
    ),
    "enhet-svarar-ja": Method(
        "Vi har räknat de frågor om detta som enheten svarar ja på.",
        _yes_of_unit,
        units=slice(0, 1),
        indicators=slice(1, None),
    ),
}
