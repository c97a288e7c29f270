"""A unit's five slides: where we stand, the areas, what we lack, what each role can do, what is uncertain."""

from __future__ import annotations

from collections.abc import Iterator

from pptx.util import Inches

from ojbrottsoffer.presentation import palette, text
from ojbrottsoffer.presentation.pictures.squares import kind, squares
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.unit_context import has_slides
from ojbrottsoffer.site.downloads.unit_files import names
from ojbrottsoffer.site.paper.parts import PUBLISHER, WORDS, Texts, frame, page_address
from ojbrottsoffer.site.paper.printer import SOFT_HYPHEN, Printer
from ojbrottsoffer.site.paper.profile_content import counts, lead, selection, uncertain
from ojbrottsoffer.site.slides.deck import TOP, WIDTH, Deck, add_bars, add_picture, add_table, add_text
from ojbrottsoffer.site.words.citation import released
from ojbrottsoffer.site.words.marking import marking

NAME, QUESTION, ADVICE, NOTE = 60, 70, 160, 420
"""The most characters of each kind of text."""
GAPS = 9
"""So many gaps have room; the notes say how many more there are."""
NOTES = 6
LONG = 900
"""More characters than this are set in a smaller size on the last slide."""


def all_files(
    editions: dict[int, EditionContext], printer: Printer, every: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The slides of every unit, of the last edition that it is in: address and content."""
    for edition in editions.values():
        if every or has_slides(edition):
            for unit in edition.own_units:
                yield names(unit)["bildspel"], unit_slides(edition, unit, printer)


def unit_slides(edition: EditionContext, unit: str, printer: Printer) -> bytes:
    """The deck of one unit. Raises `DataError` if its picture can't be set."""
    year, result = edition.year, edition.profiles[unit]
    fit = Texts()

    def said_short(words: str, most: int) -> str:
        return fit.fit(words, most).replace(SOFT_HYPHEN, "")

    name = said_short(year.units.at[unit, "enhet"], NAME)
    source = f"Källa: {edition.answer_source}."
    read = selection(edition)
    page = page_address(edition.address.unit(unit))
    whole = f"\nHela profilen, med källa vid varje svar: {page}" if page else ""
    title = f"{name}, stöd till våldsutsatta {year.ar}"
    mark = ". ".join(marking(edition.site.project) or ())
    deck = Deck(title, PUBLISHER, int(released(edition.site.project)), mark)

    answered = result.total - result.missing
    first = deck.slide(
        f"{name} svarar ja på {result.ja} av {answered} frågor" if answered else f"{name} har inte svarat",
        f"{lead(edition, result, name)}\n{read}\n{source}{whole}",
    )
    drawing = frame(edition, title) | {
        "drawing": str(squares(edition.codes_by_area[unit], ink=palette.ON_PAPER))
    }
    said = f"{counts(result)}."
    add_picture(
        first,
        printer.picture("drawing.typ", drawing),
        f"En ruta för varje fråga: {said}",
        TOP,
        int(WIDTH * 0.83),
    )
    lines = [f"Svaren {year.ar}: {said} Fylld ruta: ja. Halv: delvis. Tom: nej. Prickad: svar saknas."]
    if edition.has_nation:
        lines.append(f"Genomsnittet i landet är {edition.facts['riket_medel']} av {result.total}.")
    add_text(first, lines, TOP + Inches(3.9), Inches(1.2), 20)

    shown = [area for area in result.areas if area.share is not None]
    second = deck.slide(
        "Område för område, bredvid landet" if edition.has_nation else "Område för område",
        f"{text.finding(result.areas)}\nAndelen ja bland svaren i varje kvalitetsområde. Rikets andel är "
        f"medelvärdet av frågornas avrundade andelar.\n{source}",
    )
    series = [(name, [round(area.share, 1) for area in shown])]
    if any(area.nation is not None for area in shown):
        series.append(("Riket", [None if a.nation is None else round(a.nation, 1) for a in shown]))
    alt = "; ".join(
        f"{area.omrade} {text.percent(area.share)}, riket {text.nation_share(area.nation)}" for area in shown
    )
    if shown:
        add_bars(
            second, [area.omrade for area in shown], series, f"Andel ja i procent. {alt}.", TOP, Inches(5.2)
        )

    codes = year.codes[unit]
    gaps = [edition.indicators[gap] for gap in result.gaps]
    left = len(gaps) - GAPS
    more = (
        f" {text.count(left, 'lucka till står', 'luckor till står')} i handlingsplanen (xlsx)."
        if left > 0
        else ""
    )
    third = deck.slide(
        f"Det här saknas: {text.count(len(gaps), 'fråga', 'frågor')} med Nej eller Delvis"
        if gaps
        else "Inget av svaren är Nej eller Delvis",
        f"Det som är vanligast i landet står först.{more} Vad ett ja kräver står på profilens sida.\n{source}",
    )
    if gaps:
        rows = [
            (
                said_short(row["kortnamn"], QUESTION),
                WORDS[kind(codes[row["indikator_id"]])],
                text.nation_share(row["riket"]),
            )
            for row in gaps[:GAPS]
        ]
        add_table(third, ("Fråga", "Svar", "Riket, andel ja"), rows, (8, 1.4, 2), "Luckor i ordning.", TOP)

    advice = edition.guide.advice(result.gaps)
    fourth = deck.slide(
        "Vad varje roll kan göra först",
        "För varje roll det råd som rör flest av luckorna. Råden bygger på SKL:s rapport "
        "Framgångsfaktorer i kvinnofridsarbetet (2016); sidan står i tabellen. Att följa dem ger inte av "
        f"sig självt ett ja-svar.{whole}",
    )
    if advice:
        rows = [
            (
                item.role.namn,
                said_short(item.tips[0][0].tips, ADVICE),
                text.count(len(item.tips[0][1]), "lucka", "luckor"),
                f"s. {item.tips[0][0].sida}",
            )
            for item in advice
        ]
        add_table(
            fourth, ("Roll", "Råd", "Rör", "Källa"), rows, (3.2, 6, 1.3, 1.3), "Råd för varje roll.", TOP
        )
    else:
        add_text(fourth, ["Inget av svaren är Nej eller Delvis."], TOP, Inches(1))

    notes = [read, *uncertain(edition, unit, result, fit)][:NOTES]
    short = [said_short(line, NOTE) for line in notes]
    cut = "\nDär … står är texten kortad; den finns hel på profilens sida." if fit.cut else ""
    fifth = deck.slide("Det här är osäkert", f"{source}{whole}{cut}")
    add_text(fifth, short, TOP, Inches(5), 16 if len("".join(short)) > LONG else 20)
    return deck.content()
