"""A unit's five slides: where we stand, the areas, what we lack, what each role can do, what is uncertain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pptx.util import Inches

from ojbrottsoffer.analysis.units.unit_profile import Profile
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.pictures.squares import MISSING, kind
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.unit_context import has_slides
from ojbrottsoffer.site.downloads.unit_files import names
from ojbrottsoffer.site.paper.parts import PUBLISHER, WORDS, Texts, frame, named_squares, place, squares_said
from ojbrottsoffer.site.paper.printer import SOFT_HYPHEN, Printer
from ojbrottsoffer.site.paper.profile_content import (
    counts,
    lead,
    other_count,
    profile_content,
    selection,
    uncertain,
)
from ojbrottsoffer.site.slides.deck import (
    BOTTOM,
    TOP,
    Deck,
    add_bars,
    add_picture,
    add_table,
    add_text,
    has_room,
)
from ojbrottsoffer.site.words.citation import released
from ojbrottsoffer.site.words.marking import marking

NAME, QUESTION, ADVICE, NOTE = 60, 70, 160, 420
"""The most characters of each kind of text."""
GAPS = 9
"""At most so many gaps; the slide says how many more there are."""
MORE = "Mer står i talarens anteckningar till den här bilden."
SHAPES = {"2": "Fylld ruta: ja.", "1": "Halv: delvis.", "0": "Tom: nej.", MISSING: "Prickad: svar saknas."}


def all_files(
    editions: dict[int, EditionContext], printer: Printer, every: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The slides of every unit, of the last edition that it is in: address and content."""
    for edition in editions.values():
        if every or has_slides(edition):
            for unit in edition.own_units:
                yield names(unit)["bildspel"], unit_slides(edition, unit, printer)


@dataclass(frozen=True)
class Told:
    """What all slides of a unit need: who it is about, the source, where the whole is."""

    edition: EditionContext
    unit: str
    fit: Texts

    @property
    def result(self) -> Profile:
        return self.edition.profiles[self.unit]

    @property
    def name(self) -> str:
        return self.short(self.edition.year.units.at[self.unit, "enhet"], NAME)

    @property
    def source(self) -> str:
        return f"Källa: {self.edition.answer_source}."

    @property
    def whole(self) -> str:
        """Where the whole profile is."""
        return f"Hela profilen, med källa vid varje svar: {self.place}"

    @property
    def place(self) -> str:
        return place(self.edition.address.unit(self.unit))

    def short(self, words: str, most: int) -> str:
        """A text that fits its place; slides part no words."""
        return self.fit.fit(words, most).replace(SOFT_HYPHEN, "")


def unit_slides(edition: EditionContext, unit: str, printer: Printer) -> bytes:
    """The deck of one unit. Raises `DataError` for a text with a sign that the fonts lack."""
    printer.check(profile_content(edition, unit))  # what the slide library itself refuses, it says badly
    told = Told(edition, unit, Texts())
    title = f"{told.name}, stöd till våldsutsatta {edition.year.ar}"
    mark = ". ".join(marking(edition.site.project) or ())
    deck = Deck(title, PUBLISHER, int(released(edition.site.project)), mark)
    _where(deck, told, printer, title)
    _areas(deck, told)
    _gaps(deck, told)
    _advice(deck, told)
    _uncertain(deck, told)
    printer.check({"title": title, "texts": deck.texts()})
    return deck.content()


def _where(deck: Deck, told: Told, printer: Printer, title: str) -> None:
    edition, result = told.edition, told.result
    answered = result.total - result.missing
    slide = deck.slide(
        f"{told.name} svarar ja på {result.ja} av {answered} frågor"
        if answered
        else f"{told.name} har inte svarat",
        lead(edition, result, told.name),
        selection(edition),
        told.source,
        told.whole,
    )
    drawing = {"drawing": named_squares(edition, told.unit)}
    picture = printer.picture("drawing.typ", frame(edition, title) | drawing)
    add_picture(slide, picture, squares_said(edition, told.unit), TOP, Inches(3.6))
    found = set(map(kind, edition.year.codes[told.unit].values()))
    shapes = " ".join(shape for key, shape in SHAPES.items() if key in found)
    lines = [f"Svaren {edition.year.ar}: {counts(result)}.{other_count(edition, result)} {shapes}"]
    if edition.has_nation:
        lines.append(f"Genomsnittet i landet är {edition.facts['riket_medel']} av {result.total}.")
    add_text(slide, lines, TOP + Inches(3.8), Inches(1.7))


def _areas(deck: Deck, told: Told) -> None:
    shown = [area for area in told.result.areas if area.share is not None]
    nation = any(area.nation is not None for area in shown)
    slide = deck.slide(
        "Område för område, bredvid landet" if nation else "Område för område",
        text.finding(told.result.areas),
        "Andelen ja bland svaren i varje kvalitetsområde.",
        "Rikets andel är medelvärdet av frågornas avrundade andelar." if nation else "",
        told.source,
    )
    series = [(told.name, [round(area.share, 1) for area in shown])]
    if nation:
        series.append(("Riket", [None if a.nation is None else round(a.nation, 1) for a in shown]))
    said = [
        f"{area.omrade} {text.percent(area.share)}"
        + (f", riket {text.nation_share(area.nation)}" if nation else "")
        for area in shown
    ]
    if shown:
        names = [area.omrade for area in shown]
        add_bars(slide, names, series, f"Andel ja i procent. {'; '.join(said)}.", TOP, Inches(4.7))
        which = f"Fylld stapel: {told.name}.{' Tom stapel: riket.' if nation else ''} Andel ja bland svaren."
        unknown = [area.omrade.lower() for area in shown if area.nation is None]
        if nation and unknown:
            which += f" Rikets andel saknas för {swedish_list(unknown)}."
        if unanswered := [area.omrade.lower() for area in told.result.areas if area.share is None]:
            which += f" Inga svar: {swedish_list(unanswered)}."
        add_text(slide, [which], TOP + Inches(4.75), Inches(0.85), 18)
    else:
        add_text(slide, ["Det finns inga svar att visa."], TOP, Inches(1))


def _gaps(deck: Deck, told: Told) -> None:
    edition, codes = told.edition, told.edition.year.codes[told.unit]
    gaps = [edition.indicators[gap] for gap in told.result.gaps]
    nation = bool(edition.nation_source)
    slide = deck.slide(
        f"Det här saknas: {text.count(len(gaps), 'fråga', 'frågor')} med Nej eller Delvis"
        if gaps
        else "Inget av svaren är Nej eller Delvis",
        f"Frågorna står {edition.ordered('med det som är vanligast i landet först')}."
        if len(gaps) > 1
        else "",
        f"Vad ett ja kräver står på {told.place}.",
        told.source,
        told.whole,
    )
    if not gaps:
        return
    heads, widths = ("Fråga", "Svar", "Riket, andel ja"), (8, 1.4, 2)
    rows = [
        (
            told.short(row["kortnamn"], QUESTION),
            WORDS[kind(codes[row["indikator_id"]])],
            text.nation_share(row["riket"]),
        )
        for row in gaps
    ]
    shown = 3 if nation else 2
    alt = f"Frågor med svaret Nej eller Delvis; först {rows[0][0]}."
    rows, room, below = [row[:shown] for row in rows], Inches(4.75), TOP + Inches(4.8)
    number = add_table(slide, heads[:shown], rows, widths[:shown], alt, TOP, room, GAPS)
    if left := len(gaps) - number:
        more = text.count(left, "fråga till står", "frågor till står")
        add_text(
            slide, [f"{more} i handlingsplanen (xlsx), som finns på {told.place}."], below, BOTTOM - below, 16
        )


def _advice(deck: Deck, told: Told) -> None:
    advice = told.edition.guide.advice(told.result.gaps)
    slide = deck.slide(
        "Vad varje roll kan göra först",
        "För varje roll det råd som rör flest av luckorna. Råden bygger på SKL:s rapport "
        "Framgångsfaktorer i kvinnofridsarbetet (2016); sidan står i tabellen. Att följa dem ger inte av "
        "sig självt ett ja-svar.",
        told.whole,
    )
    if not advice:
        add_text(slide, ["Inget av råden rör något som saknas i svaren."], TOP, Inches(1))
        return
    rows = [
        (
            item.role.namn,
            told.short(item.tips[0][0].tips, ADVICE),
            text.count(len(item.tips[0][1]), "lucka", "luckor"),
            f"s. {item.tips[0][0].sida}",
        )
        for item in advice
    ]
    alt = f"Ett råd för var och en av {len(rows)} roller; först {rows[0][0]}: {rows[0][1]}"
    add_table(slide, ("Roll", "Råd", "Rör", "Källa"), rows, (3.2, 6, 1.3, 1.3), alt, TOP, BOTTOM - TOP)


def _uncertain(deck: Deck, told: Told) -> None:
    notes = [selection(told.edition), *uncertain(told.edition, told.unit, told.result, told.fit)]
    lines = [told.short(line, NOTE) for line in notes]
    cut = f"Där … står är texten kortad; den finns hel på {told.place}." if told.fit.cut else ""
    slide = deck.slide("Det här är osäkert", *lines, told.source, told.whole, cut)
    room = BOTTOM - TOP
    if not has_room(lines, room):
        while not has_room([*lines, MORE], room):
            lines.pop()
        lines.append(MORE)
    add_text(slide, lines, TOP, room)
