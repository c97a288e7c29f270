"""What a unit's PDF says, as plain data for `profile.typ`.

A text longer than its place is cut, with `…` where the cut is and a line that says where the whole
text is. Cut or not, every text is a string here: how it looks is decided in the template.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ojbrottsoffer.analysis.units.unit_profile import Profile, Ranking
from ojbrottsoffer.presentation import palette, text
from ojbrottsoffer.schema.codes import AVVIKELSETYP, SAKNAS_ORSAK, SVAR
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.settings import site_url
from ojbrottsoffer.site.words.marking import marking

SURVEY = "Öppna jämförelser"
NAME, FOOTNOTE, QUESTION, SHORT_NAME, AREA, REMARK, SOURCE = 70, 100, 140, 46, 60, 420, 400
"""The most characters of each kind of text."""
REMARKS = 4
"""At most so many contradictions are told; the page tells them all."""
LONG_WORD = 24
"""A word longer than this may be parted where the line ends."""
SOFT_HYPHEN = "\u00ad"
MISSING_WORD = "Saknas"


@dataclass
class Texts:
    """Cuts texts, and remembers whether any of them was cut."""

    cut: bool = field(default=False)

    def fit(self, words: object, most: int) -> str:
        """At most `most` characters of a text, whole words where it has any."""
        said = " ".join(str(words).split())
        if len(said) > most:
            self.cut = True
            kept = said[: most - 1]
            said = f"{kept.rsplit(' ', 1)[0] if ' ' in kept[most // 2 :] else kept} …"
        return parted(said)


def parted(said: str) -> str:
    """The text with places to part its longest words, so that none reaches past the paper."""
    return re.sub(rf"\S{{{LONG_WORD},}}", lambda word: SOFT_HYPHEN.join(re.findall(".{1,12}", word[0])), said)


def profile_content(edition: EditionContext, unit: str) -> dict[str, object]:
    """All that the two pages show of one unit in an edition."""
    year, result = edition.year, edition.profiles[unit]
    name, fit = year.units.at[unit, "enhet"], Texts()
    known = bool(edition.nation_source)
    content = {
        "title": f"{name}, stöd till våldsutsatta {year.ar}",
        "author": "Öppna jämförelser Brottsoffer",
        "mark": marking(edition.site.project),
        "colours": palette.LIGHT,
        "name": fit.fit(name, NAME),
        "edition": f"{SURVEY} {year.ar}",
        "source": fit.fit(edition.answer_source, FOOTNOTE),
        "lead": _lead(edition, result, fit.fit(name, NAME)),
        "answers": sorted(
            (_code(code) for code in year.codes[unit].values()), key=["2", "1", "0", "x"].index
        ),
        "counts": _counts(result),
        "facts": _facts(edition, result),
        "selection": _selection(edition),
        "areas": [
            {
                "name": fit.fit(area.omrade, AREA),
                "count": f"{area.ja} av {area.answered}" if area.answered else "inga svar",
                "share": area.share,
                "nation": area.nation,
                "shown": [text.percent(area.share), text.nation_share(area.nation)],
            }
            for area in result.areas
        ],
        "nation": known,
        "gaps": [_gap(edition, unit, gap, fit) for gap in result.gaps],
        "gaps_lead": _gaps_lead(edition, result),
        "columns": _columns(edition, unit, fit),
        "uncertain": _uncertain(edition, unit, result, fit),
    }
    page = f"{site_url()}{edition.address.unit(unit)}" if site_url() else ""
    return content | {"page": page, "whole": _whole(name, fit.cut)}


def _code(code: object) -> str:
    return "x" if code is None else str(code)


def _word(code: object) -> str:
    return MISSING_WORD if code is None else SVAR.codes[str(code)]


def _lead(edition: EditionContext, result: Profile, name: str) -> str:
    """The finding: how many Ja, the nation, and where the unit differs from it."""
    if result.missing == result.total:
        first = f"{name} har inte svarat på någon av de {result.total} indikatorerna."
    else:
        answered = "besvarade " if result.missing else ""
        first = (
            f"{name} svarar ja på {result.ja} av {result.total - result.missing} {answered}indikatorer om "
            "stöd till våldsutsatta."
        )
    if edition.has_nation:
        nation = f"Genomsnittet i landet är {edition.facts['riket_medel']} av {result.total}."
    else:
        nation = edition.nation_missing
    return " ".join(part for part in (first, nation, text.finding(result.areas)) if part)


def _counts(result: Profile) -> str:
    missing = f"; {result.missing} saknas" if result.missing else ""
    return f"{result.ja} Ja, {result.partly} Delvis och {result.no} Nej{missing}"


def _facts(edition: EditionContext, result: Profile) -> list[list[str]]:
    """Label and value of the key figures."""
    facts = [[f"Ja-svar {edition.year.ar}", f"{result.ja} av {result.total}"]]
    if edition.has_nation:
        facts.append(["Genomsnitt i riket", f"{edition.facts['riket_medel']} av {result.total}"])
    ranks = {ranking.survey: ranking for ranking in result.rankings}
    among = f"bland {edition.facts['de_enheterna' if edition.is_selection else 'enheter']}"
    if "oj" in ranks:
        facts.append([f"Placering efter antal ja, {among}", _placed(ranks["oj"])])
    if "unizon" in ranks:
        facts.append([f"Placering i {text.SURVEYS['unizon']} {edition.year.ar}", _placed(ranks["unizon"])])
    return facts


def _placed(ranking: Ranking) -> str:
    if ranking.placing is None:
        return "uppgift saknas"
    of = "" if ranking.of is None else f" av {ranking.of}"
    return f"{ranking.placing}{of}{' (delad)' if ranking.shared else ''}"


def _selection(edition: EditionContext) -> str:
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


def _gap(edition: EditionContext, unit: str, gap: str, fit: Texts) -> dict[str, str]:
    row, code = edition.indicators[gap], edition.year.codes[unit][gap]
    return {
        "question": fit.fit(row["indikator"], QUESTION),
        "code": _code(code),
        "word": _word(code),
        "nation": text.nation_share(row["riket"]),
    }


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
                    "code": _code(code),
                    "word": _word(code),
                    "nation": text.nation_share(row["riket"]),
                }
            )
    half = (len(rows) + 1) // 2
    return [rows[:half], rows[half:]]


def _uncertain(edition: EditionContext, unit: str, result: Profile, fit: Texts) -> list[str]:
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
            f"{text.count(len(told) - REMARKS, 'avvikelse', 'avvikelser')} till står på profilens sida."
        )
    return said


def _whole(name: str, cut: bool) -> str:
    """Where the texts that were cut stand whole; the unit's name here, since it names the page."""
    if not cut:
        return ""
    whole = f" Hela namnet: {parted(name)}." if len(name) > NAME else ""
    return f"Där … står är texten kortad; den finns hel på profilens sida.{whole}"
