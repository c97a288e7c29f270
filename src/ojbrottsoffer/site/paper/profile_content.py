"""What a unit's PDF says, as plain data for `profile.typ`: how it looks is decided there."""

from __future__ import annotations

from collections import Counter

from ojbrottsoffer.analysis.units.unit_profile import Profile, Ranking
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.pictures.paint import alone
from ojbrottsoffer.presentation.pictures.spine import spine
from ojbrottsoffer.presentation.pictures.squares import KINDS, kind
from ojbrottsoffer.schema.codes import AVVIKELSETYP, SAKNAS_ORSAK
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.unit_context import spread
from ojbrottsoffer.site.paper.parts import (
    ADVICE,
    AREA,
    FOOTNOTE,
    NAME,
    REMARK,
    REQUIRED,
    SHORT_NAME,
    SOURCE,
    SPINE_WIDTH,
    WORDS,
    Texts,
    frame,
    leading,
    named_squares,
    place,
    squares_said,
)
from ojbrottsoffer.site.paper.printer import parted

SHOWN_ROLES = 6
REMARKS = 4
"""At most so many contradictions are told; the page tells them all."""


def profile_content(edition: EditionContext, unit: str) -> dict[str, object]:
    """All that the two pages show of one unit in an edition."""
    year, result = edition.year, edition.profiles[unit]
    name, fit = year.units.at[unit, "enhet"], Texts()
    found = set(map(kind, year.codes[unit].values()))
    where = place(edition.address.unit(unit))
    content = frame(edition, f"{name}, stöd till våldsutsatta {year.ar}") | {
        "name": fit.fit(name, NAME),
        "source": fit.fit(edition.answer_source, FOOTNOTE),
        "lead": lead(edition, result, fit.fit(name, NAME)),
        "squares": named_squares(edition, unit),
        "squares_said": squares_said(edition, unit),
        "counts": counts(result),
        "signs_told": [[key, WORDS[key]] for key in KINDS if key in found],
        "total": result.total,
        "placings": _placings(edition, result),
        "selection": selection(edition),
        **areas(edition, unit, fit),
        "nation": bool(edition.nation_source),
        "gaps": _gaps(edition, unit, result, fit),
        "gaps_lead": _gaps_lead(edition, result),
        "gaps_note": f"För vilka år kraven är kända, och om {year.ar} frågade detsamma, står på {where}.",
        "where": where,
        "advice": _advice(edition, result, fit),
        "columns": _columns(edition, unit, fit),
        "uncertain": uncertain(edition, unit, result, fit),
        **leading(edition.address.unit(unit), "Hela profilen, med källa vid varje svar:"),
    }
    return content | {"whole": _whole(name, fit.cut)}


def lead(edition: EditionContext, result: Profile, name: str) -> str:
    """The finding: how many Ja, the nation, and where the unit differs from it."""
    if result.missing == result.total:
        first = f"{name} har inte svarat på någon av de {result.total} indikatorerna."
    else:
        answered = "besvarade " if result.missing else ""
        first = (
            f"{name} svarar ja på {result.ja} av {result.total - result.missing} {answered}indikatorer om "
            f"stöd till våldsutsatta.{other_count(edition, result)}"
        )
    if edition.has_nation:
        nation = f"Genomsnittet i landet är {edition.facts['riket_medel']} av {result.total}."
    else:
        nation = edition.nation_missing
    return " ".join(part for part in (first, nation, text.finding(result.areas)) if part)


def other_count(edition: EditionContext, result: Profile) -> str:
    """The number of Ja that the source itself gives, where it is another than what its answers give."""
    found = _other(edition, result.enhet_id, "antal-ja", result.ja)
    return f" I källans egen rad med antal står {found[0]}." if found else ""


def _other(edition: EditionContext, unit: str, kind: str, shown: int) -> tuple[str, str] | None:
    """What else is told of a figure that is shown, and the source that says so; from the contradictions."""
    for one in edition.contradictions_of(unit):
        if one["avvikelsetyp"] == kind and shown in (one["varde_a"], one["varde_b"]):
            side = "b" if one["varde_a"] == shown else "a"
            return one[f"varde_{side}_text"], one[f"kalla_id_{side}"]
    return None


def counts(result: Profile) -> str:
    missing = f"; {result.missing} saknas" if result.missing else ""
    return f"{result.ja} Ja, {result.partly} Delvis och {result.no} Nej{missing}"


def _placings(edition: EditionContext, result: Profile) -> list[list[str]]:
    """Label and value of each placing."""
    facts = []
    unit, ranks = result.enhet_id, {ranking.survey: ranking for ranking in result.rankings}
    among = f"bland {edition.facts['de_enheterna' if edition.is_selection else 'enheter']}"
    if "oj" in ranks:
        facts.append([f"Placering efter antal ja, {among}", _placed(ranks["oj"])])
    if "unizon" in ranks:
        ranking, label = ranks["unizon"], f"Placering i {text.SURVEYS['unizon']} {edition.year.ar}"
        other = _other(edition, unit, "rankning", ranking.placing) if ranking.placing is not None else None
        if other:
            label += f" (enligt {edition.site.source_name(other[1])} {other[0]})"
        facts.append([label, _placed(ranking)])
    return facts


def _placed(ranking: Ranking) -> str:
    if ranking.placing is None:
        return "uppgift saknas"
    of = "" if ranking.of is None else f" av {ranking.of}"
    return f"{ranking.placing}{of}{' (delad)' if ranking.shared else ''}"


def selection(edition: EditionContext) -> str:
    """How far the figures can be read."""
    said = (
        "Delvis räknas inte som ja. Många ja-svar är inte detsamma som hög kvalitet: frågorna gäller om "
        "något finns eller görs, och kommunerna har svarat själva."
    )
    if not edition.is_selection:
        return said
    n = text.in_words(len(edition.year.units))
    return (
        f"De {n} enheterna valdes enligt rapporten ut bland de tjugo med flest ja-svar. Placeringen bland "
        f"dem säger därför inget om platsen bland landets alla kommuner. {said}"
    )


def areas(edition: EditionContext, unit: str, fit: Texts) -> dict[str, object]:
    """The chart of the quality areas: a row each, and whom the band is about."""
    who, ranges = spread(edition, unit)
    rows = [
        {
            "name": fit.fit(area.omrade, AREA),
            "count": f"{area.ja} av {area.answered}" if area.answered else "inga svar",
            "drawing": alone(
                spine(area.share, area.nation, *(ranges[area.omrade_id] or (None, None))), SPINE_WIDTH
            ),
            "shown": [text.percent(area.share), text.nation_share(area.nation)],
        }
        for area in edition.profiles[unit].areas
    ]
    key = "Punkt: andelen ja här."
    if any(area.nation is not None for area in edition.profiles[unit].areas):
        key += " Streck: riket."
    return {"areas": rows, "count_head": "Ja-svar", "areas_key": f"{key} Band: {who}, lägst till högst."}


def _gaps(edition: EditionContext, unit: str, result: Profile, fit: Texts) -> list[dict[str, str]]:
    """What is lacking, the most common first, with what a Ja requires, and whether that is the same as of the one before."""
    rows, before = [], ""
    for gap in result.gaps:
        row, code, definition = (
            edition.indicators[gap],
            edition.year.codes[unit][gap],
            edition.definition(gap),
        )
        requires = (
            fit.fit(f"{definition.short[:1].upper()}{definition.short[1:]}.", REQUIRED) if definition else ""
        )
        rows.append(
            {
                "question": fit.fit(row["kortnamn"], SHORT_NAME),
                "requires": requires,
                "same": requires != "" and requires == before,
                "code": kind(code),
                "word": WORDS[kind(code)],
                "nation": text.nation_share(row["riket"]),
            }
        )
        before = requires
    return rows


def _advice(edition: EditionContext, result: Profile, fit: Texts) -> list[dict[str, str]]:
    """For each role what touches most of the gaps, and how many that is."""
    first = [(item.role, *item.tips[0]) for item in edition.guide.advice(result.gaps)]
    return [
        {
            "role": fit.fit(role.namn, NAME),
            "tip": fit.fit(tip.tips, ADVICE),
            "touches": text.count(len(touched), "lucka", "luckor"),
            "page": f"s. {tip.sida}",
        }
        for role, tip, touched in first[:SHOWN_ROLES]
    ]


def _gaps_lead(edition: EditionContext, result: Profile) -> str:
    if not result.gaps:
        return "Inget av svaren är Nej eller Delvis."
    n = text.count(len(result.gaps), "indikator", "indikatorer")
    order = ""
    if edition.nation_source and len(result.gaps) > 1:
        order = " Det som är vanligast i landet står först" + (
            "." if edition.has_nation else ", det utan känd andel sist."
        )
    return f"{n} där svaret är Nej eller Delvis.{order}"


def _columns(edition: EditionContext, unit: str, fit: Texts) -> list[list[dict[str, object]]]:
    """Every question with its answer, under its quality area; in two columns of about the same length."""
    answers = edition.year.codes[unit]
    rows: list[dict[str, object]] = []
    for group in edition.indicator_groups:
        area = fit.fit(group["title"], AREA)
        for row in (row for part in group["areas"] for row in part["indicators"]):
            code = answers[row["indikator_id"]]
            rows.append(
                {
                    "area": area,
                    "nr": str(row["nr"]),
                    "question": fit.fit(row["kortnamn"], SHORT_NAME),
                    "code": kind(code),
                    "word": WORDS[kind(code)],
                    "nation": text.nation_share(row["riket"]),
                }
            )
    half = (len(rows) + 1) // 2
    return [rows[:half], rows[half:]]


def uncertain(edition: EditionContext, unit: str, result: Profile, fit: Texts) -> list[str]:
    """Where the figures come from and what is uncertain about them, a few lines."""
    year, row = edition.year, edition.year.units.loc[unit]
    asked = ""
    if edition.is_selection:
        asked = f", bilaga 3, tabell 1. Enkäten skickades till socialtjänsten i februari {year.ar}"
    said = [f"Svaren: {fit.fit(edition.answer_source, SOURCE)}{asked}. Kommunerna har bedömt sig själva."]
    if row["typ"] == "stadsdel":
        said.append(f"Svaren gäller stadsdelen, inte hela {fit.fit(row['kommun'], NAME)}.")
    if edition.nation_source:
        source = (
            "samma rapport, bilaga 4, tabell 2"
            if edition.is_selection
            else fit.fit(edition.nation_source, SOURCE)
        )
        said.append(f"Rikets andelar: {source}; avrundade till hela procent, bland dem som svarade.")
    if edition.nation_missing:
        said.append(edition.nation_missing)
    if result.missing:
        reasons = Counter(SAKNAS_ORSAK.codes[reason].lower() for reason in year.reasons[unit].dropna())
        why = "; ".join(f"{reason}: {n}" for reason, n in reasons.items())
        said.append(f"{text.count(result.missing, 'svar', 'svar')} saknas{f' ({why})' if why else ''}.")
    for ranking in result.rankings:
        if ranking.survey == "unizon" and ranking.placing is None:
            said.append(f"Unizons placering: {SAKNAS_ORSAK.codes[ranking.reason].lower()}.")
    told = edition.contradictions_of(unit)
    said += [
        fit.fit(f"{AVVIKELSETYP.codes[one['avvikelsetyp']]}: {one['beskrivning']} {one['beslut']}", REMARK)
        for one in told[:REMARKS]
    ]
    if len(told) > REMARKS:
        said.append(
            f"{text.count(len(told) - REMARKS, 'avvikelse', 'avvikelser')} till står på "
            f"{place(edition.address.unit(unit))}."
        )
    return said


def _whole(name: str, cut: bool) -> str:
    """Where the texts that were cut stand whole; the unit's name here, since it names the page."""
    if not cut:
        return ""
    whole = f" Hela namnet: {parted(name)}." if len(name) > NAME else ""
    return f"Där … står är texten kortad; den finns hel på profilens sida.{whole}"
