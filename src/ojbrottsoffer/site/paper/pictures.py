"""What is shared as a picture: a unit, a question, a success factor and the site."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.design import PAPER_FONT
from ojbrottsoffer.presentation.pictures.nation_bars import nation_bars
from ojbrottsoffer.presentation.pictures.paint import alone
from ojbrottsoffer.presentation.pictures.squares import KINDS, kind
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.downloads.unit_files import names
from ojbrottsoffer.site.paper.parts import NAME, PUBLISHER, WORDS, Texts, frame, named_squares, squares_said
from ojbrottsoffer.site.paper.printer import Printer
from ojbrottsoffer.sources.curated.factors import Factor

TEMPLATE = "picture.typ"
HEADING, LEAD, FOOT = 150, 230, 90
"""The most characters of each text."""
SQUARES_LEAST, BARS_LEAST = 230, 170
"""Height of a drawing whose letters can be read at half the picture's size; a heading grows to what is left."""
BARS_WIDTH, BARS_HEIGHT = 520, 110
THIS_QUESTION, THESE_QUESTIONS = "den här frågan", "frågorna i den här framgångsfaktorn"
SITE = "assets/bild/oppna-jamforelser.png"
"""What a page without a picture of its own is shared with."""


def of_indicator(indikator_id: str) -> str:
    """The address of a question's picture."""
    return f"indikatorer/{indikator_id}/{indikator_id}.png"


def of_factor(factor: str) -> str:
    return f"framgangsfaktorer/{factor}/{factor}.png"


def said_of_unit(edition: EditionContext, unit: str) -> str:
    """The picture in words, for those who don't see it."""
    return f"{edition.year.units.at[unit, 'enhet']}. {squares_said(edition, unit)}"


def said_of_indicator(edition: EditionContext, indikator_id: str) -> str:
    row = edition.indicators[indikator_id]
    return f"{row['indikator']}: {_share(edition, row)} {_key_of_indicator(edition, row)}"


def said_of_factor(edition: EditionContext, factor: Factor) -> str:
    return f"Framgångsfaktorn {factor.namn}: {factor.kort} {_key_of_factor(edition, factor)}"


def said_of_site(edition: EditionContext) -> str:
    return f"Stöd till våldsutsatta i Sveriges kommuner {edition.year.ar}: {_nation(edition)} {key()}"


def all_files(editions: dict[int, EditionContext], printer: Printer) -> Iterator[tuple[str, bytes]]:
    """Every picture: address and content. Units and questions as the last edition that has them shows them."""
    latest = next(iter(editions.values()))
    for edition in editions.values():
        for unit in edition.own_units:
            yield names(unit)["bild"], printer.picture(TEMPLATE, unit_picture(edition, unit))
        for indicator in edition.indicators:
            if edition.site.latest_indicators[indicator] == edition.year.ar:
                yield (
                    of_indicator(indicator),
                    printer.picture(TEMPLATE, indicator_picture(edition, indicator)),
                )
    for factor in latest.guide.factors.factors.values():
        yield of_factor(factor.id), printer.picture(TEMPLATE, factor_picture(latest, factor))
    yield SITE, printer.picture(TEMPLATE, _site(latest))


def unit_picture(edition: EditionContext, unit: str) -> dict[str, object]:
    """What a unit's picture says."""
    result, name = edition.profiles[unit], edition.year.units.at[unit, "enhet"]
    found = set(map(kind, edition.year.codes[unit].values()))
    answered = result.total - result.missing
    said = f"svarar ja på {result.ja} av {answered} {'besvarade ' if result.missing else ''}frågor."
    if edition.has_nation:
        said += f" Genomsnittet i landet är {edition.facts['riket_medel']}."
    return picture(
        edition,
        name,
        said if answered else "har inte svarat.",
        named_squares(edition, unit),
        told=[[one, WORDS[one]] for one in KINDS if one in found],
    )


def indicator_picture(edition: EditionContext, indikator_id: str) -> dict[str, object]:
    """What a question's picture says."""
    row = edition.indicators[indikator_id]
    bars = _nation_bars(edition, {indikator_id})
    return picture(edition, row["indikator"], _share(edition, row), bars, _key_of_indicator(edition, row))


def factor_picture(edition: EditionContext, factor: Factor) -> dict[str, object]:
    """What a success factor's picture says."""
    bars = _nation_bars(edition, _own(edition, factor))
    return picture(edition, factor.namn, factor.kort, bars, _key_of_factor(edition, factor))


def _site(edition: EditionContext) -> dict[str, object]:
    bars = _nation_bars(edition, set())
    return picture(edition, "Stöd till våldsutsatta i Sveriges kommuner", _nation(edition), bars, key())


def key(whose: str = "i landet", own: str = "") -> str:
    """What a bar is, and a yellow one where there are any."""
    return f"En stapel för varje fråga: andelen ja {whose}, störst först.{f' Gul: {own}.' if own else ''}"


def _key_of_indicator(edition: EditionContext, row: dict) -> str:
    return key(own=THIS_QUESTION if pd.notna(row["riket"]) else "")


def _key_of_factor(edition: EditionContext, factor: Factor) -> str:
    shown = any(pd.notna(edition.indicators[i]["riket"]) for i in _own(edition, factor))
    return key(own=THESE_QUESTIONS if shown else "")


def _own(edition: EditionContext, factor: Factor) -> set[str]:
    """The questions of a success factor."""
    return {i for i in edition.indicators if edition.guide.factors.of_indicator[i] == factor.id}


def _share(edition: EditionContext, row: dict) -> str:
    if pd.isna(row["riket"]):
        return f"Rikets andel saknas för {edition.year.ar}."
    return f"{text.nation_share(row['riket'])} av de svarande i landet svarar ja {edition.year.ar}."


def _nation(edition: EditionContext) -> str:
    if not edition.has_nation:
        return f"{len(edition.indicators)} frågor om stöd till våldsutsatta."
    return (
        f"genomsnittet i landet är ja på {edition.facts['riket_medel']} av {len(edition.indicators)} frågor."
    )


def _nation_bars(edition: EditionContext, own: set[str]) -> str:
    """The nation's shares, with those of some questions in the warm colour."""
    shares = edition.year.indicators["riket"].dropna().astype(float)
    return bars(edition, shares.to_dict(), own)


def bars(edition: EditionContext, shares: dict[str, float], own: set[str]) -> str:
    """Shares as bars, the greatest first, with `own` in the warm colour; nothing without any."""
    if not shares:
        return ""
    order = sorted(shares, key=lambda i: (-shares[i], edition.indicators[i]["nr"]))
    rows = [(edition.indicators[i]["kortnamn"], shares[i]) for i in order]
    marked = [number for number, i in enumerate(order) if i in own]
    return alone(nation_bars(rows, "", marked, BARS_HEIGHT), BARS_WIDTH, PAPER_FONT)


def picture(
    edition: EditionContext,
    heading: str,
    lead: str,
    drawing: str,
    says: str = "",
    told: list[list[str]] | None = None,
) -> dict[str, object]:
    """What the template is given. `says`: what bars show; `told`: the signs of a unit's squares."""
    fit = Texts()
    source = edition.publisher(edition.source_id)
    return frame(edition, heading) | {
        "kicker": PUBLISHER,
        "heading": fit.fit(heading, NAME if told else HEADING),
        "lead": fit.fit(lead[:1].upper() + lead[1:] if not told else lead, LEAD),
        "drawing": drawing,
        "least": SQUARES_LEAST if told else BARS_LEAST,
        "says": says if drawing else "",
        "told": told or [],
        "foot": fit.fit(f"Öppna jämförelser {edition.year.ar}. Källa: {source}.", FOOT),
    }
