"""The profiles as PDF: two tagged pages with the unit's own figures, and nothing cut in silence."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import golden
import pypdf
import pytest
import segno
from pdfboxes import misplaced
from strange import LONG_NAME, UNIT, changed, half_answered

from ojbrottsoffer.presentation import text
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.pages.site_pages import SitePages
from ojbrottsoffer.site.paper import group_pages, pictures, role_sheets
from ojbrottsoffer.site.paper import printer as printing
from ojbrottsoffer.site.paper.printer import Printer
from ojbrottsoffer.site.paper.profile_content import profile_content
from ojbrottsoffer.site.paper.profile_pdf import TEMPLATE
from ojbrottsoffer.site.slides.unit_slides import unit_slides
from ojbrottsoffer.site.words.citation import released

A4 = (595, 842)
MARGIN = 48
"""Of the paper at the sides, in points: a space after the last word may hang out of the line."""
WORDS = {"2": "Ja", "1": "Delvis", "0": "Nej"}


def said(page: pypdf.PageObject) -> str:
    """The text of a page on one line, with parted words joined."""
    words = normalize("NFKC", page.extract_text()).replace("\u00ad", "").replace("\u2010\n", "")
    return " ".join(words.split())


def figures(element: object) -> Iterator[str]:
    """The alternative texts of the pictures in a tree of tags."""
    element = element.get_object() if isinstance(element, pypdf.generic.IndirectObject) else element
    if isinstance(element, list):
        for child in element:
            yield from figures(child)
    elif isinstance(element, dict):
        if element.get("/S") == "/Figure":
            yield element.get("/Alt", "")
        yield from figures(element.get("/K", []))


@pytest.fixture(scope="module")
def edition(project: Project) -> EditionContext:
    return SitePages.load(project).latest


@pytest.fixture(scope="module")
def printer(project: Project) -> Printer:
    return Printer(released(project))


def profile(printer: Printer, edition: EditionContext, unit: str) -> bytes:
    return printer.pdf(TEMPLATE, profile_content(edition, unit))


def test_the_font_of_the_pages_is_the_one_described_and_light(project: Project):
    said = tomllib.loads((printing.HERE / "fonts" / "fonts.toml").read_text(encoding="utf-8"))
    ((name, digest),) = said["web"].items()
    font = (project.site / "assets" / "font" / name).read_bytes()
    assert hashlib.sha256(font).hexdigest() == digest and len(font) <= 40_000
    assert said["heading"]["family"] in (project.site / "assets/css/webbplats.css").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in (project.site / "assets" / "font" / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("unit", golden.PAGES)
def test_a_profile_is_two_tagged_pages_with_the_units_figures(
    project: Project, edition: EditionContext, unit: str
):
    codes, name = "".join(golden.PAGES[unit]), edition.year.units.at[unit, "enhet"]
    counts = {word: codes.count(code) for word, code in (("Ja", "2"), ("Delvis", "1"), ("Nej", "0"))}
    printed = pypdf.PdfReader(project.site / "kommuner" / unit / f"profil-{unit}.pdf")
    root = printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("sv")
    assert "<pdfuaid:part>1" in root["/Metadata"].get_object().get_data().decode()
    assert printed.metadata.title == f"{name}, stöd till våldsutsatta 2015"
    assert printed.metadata.creation_date.date().isoformat() == SitePages.load(project).data.citation.date
    shown = f"{counts['Ja']} Ja, {counts['Delvis']} Delvis och {counts['Nej']} Nej"
    (alt,) = figures(root["/StructTreeRoot"])
    assert alt.startswith("En ruta för varje fråga. ")
    assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in printed.pages] == [A4, A4]
    first, second = map(said, printed.pages)
    for number, page in enumerate((first, second), start=1):
        assert f"{name} · Öppna jämförelser 2015 · Källa: Sveriges Kommuner och Landsting" in page
        assert page.endswith(f"Sida {number} av 2")
    assert f"{name} svarar ja på {counts['Ja']} av 60" in first and "cirka 30 av 60" in first
    assert "valdes enligt rapporten ut bland de tjugo med flest ja-svar" in first
    assert "Många ja-svar är inte detsamma som hög kvalitet" in first
    profile = edition.profiles[unit]
    assert f"Svaren: {shown}. " in first
    assert ("I källans egen rad med antal står 49." in first) == (unit == "tyreso")
    assert "Placering efter antal ja, bland de åtta enheterna" in first and "av 8" in first
    assert "Placering i Unizons Kvinnofridsbarometer 2015" in first
    at = 0
    for area in profile.areas:
        answers = Counter(codes[at : at + area.answered])
        told = [f"{answers[code]} {word}" for code, word in WORDS.items() if answers[code]]
        assert f"{area.omrade} {swedish_list(told)}" in alt
        at += area.answered
        share, nation = (text.percent(value).replace("\u00a0", " ") for value in (area.share, area.nation))
        assert f"{area.omrade} {area.ja} av {area.answered} {share} {nation}" in first
    for number, (row, code) in enumerate(zip(edition.indicators.values(), codes, strict=True), start=1):
        assert f"{number} {row['kortnamn']} {WORDS[code]} {golden.SHARES[number - 1]} %" in second
    rows = list(edition.indicators.values())
    printed_lines = first.replace(" ", "")
    told = [
        gap
        for gap in profile.gaps
        if (row := edition.indicators[gap])
        and f"{row['kortnamn']}".replace(" ", "")
        in printed_lines.split("Detsomärvanligastilandetstårförst.")[1]
    ]
    assert told == profile.gaps[: len(told)] and len(told) >= min(13, len(profile.gaps))
    left = len(profile.gaps) - len(told)
    assert (f"{left} till: på nästa sida." in first) == (left > 0)
    for page in printed.pages:
        assert not misplaced(page, MARGIN)
    for gap in profile.gaps:
        required = edition.definition(gap).short.replace(" ", "")[1:]
        assert required in f"{first}{second}".replace(" ", ""), gap
    shares = [golden.SHARES[rows.index(edition.indicators[gap])] for gap in told]
    assert shares == sorted(shares, reverse=True)
    for gap, share in zip(told, shares, strict=True):
        assert f"{WORDS[codes[rows.index(edition.indicators[gap])]]}{share}%" in printed_lines
    for item in edition.guide.advice(profile.gaps):
        assert f"{item.role.namn}{item.tips[0][0].tips}".replace(" ", "") in printed_lines
    for one in edition.contradictions_of(unit):
        assert one["beslut"].split(".")[0] in second


def test_every_unit_has_a_pdf_and_its_page_offers_it(project: Project, edition: EditionContext):
    for unit in edition.site.latest:
        page = project.site / "kommuner" / unit / "index.html"
        assert f'href="profil-{unit}.pdf" download' in page.read_text("utf-8")
        assert (page.parent / f"profil-{unit}.pdf").is_file()


def test_a_pdf_is_the_same_every_time_and_with_a_printer_of_its_own(
    project: Project, edition: EditionContext, printer: Printer
):
    built = (project.site / "kommuner" / "tyreso" / "profil-tyreso.pdf").read_bytes()
    assert profile(printer, edition, "tyreso") == built
    profile(printer, edition, "lund")
    assert profile(printer, edition, "tyreso") == built


@pytest.fixture(scope="module")
def invented(project: Project, tmp_path_factory: pytest.TempPathFactory) -> EditionContext:
    return half_answered(project, tmp_path_factory.mktemp("paper") / "projekt")


def pages(printer: Printer, edition: EditionContext) -> tuple[str, str]:
    """The text of the two pages, none of it in the margins or on another text."""
    reader = pypdf.PdfReader(io.BytesIO(profile(printer, edition, UNIT)))
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert not misplaced(page, MARGIN)
    return tuple(map(said, reader.pages))


def test_half_the_answers_and_the_nation_missing_is_said(printer: Printer, invented: EditionContext):
    first, second = pages(printer, invented)
    assert "av 30 besvarade indikatorer" in first and "30 saknas" in first
    assert second.count("Saknas") == 30 and "30 svar saknas (frågan är inte besvarad: 30)" in second
    assert "Påhittade uppgifter." in first and "Påhittade uppgifter." in second
    for area in invented.profiles[UNIT].areas:  # the squares and the chart say the same
        assert first.count(f"{area.ja} av {area.answered} ") >= 2 and area.answered < 14
    first, second = pages(printer, changed(invented, nation=False))
    assert "Rikets andelar saknas för den här utgåvan." in first
    assert "%" not in second and "Riket " not in second


def test_a_text_that_is_too_long_is_shortened_and_the_reader_told_where_it_is_whole(
    printer: Printer, invented: EditionContext
):
    name = LONG_NAME
    first, second = pages(printer, changed(invented, name, "Har kommunen " + "en mycket lång fråga " * 14))
    assert "med ett långt ..." in first and re.search(r"en mycket lång fråga[^.]{,20} [.]{3}", first)
    assert "Där ... står är texten kortad; den finns hel på profilens sida." in second
    assert f"Hela namnet: {name.strip()}" in second
    first, second = pages(printer, changed(invented, "Testkommun" + "x" * 290, "y" * 300, "z" * 300))
    assert "Hela namnet: Testkommunxxx" in second
    first, second = pages(printer, changed(invented, "W" * 300, "W" * 300, "W " * 200, "W" * 500))
    assert "2 avvikelser till står på" in second
    assert "texten kortad" not in pages(printer, invented)[1]


@pytest.mark.parametrize(
    ("sign", "words"),
    [("😀", "Glad 😀 fråga"), ("ש", "Fråga שלום"), ("\u202e", "Fråga \u202eabc"), ("\x07", "Fråga \x07")],
)
def test_a_sign_without_a_glyph_stops_with_what_it_stands_in_whatever_is_made(
    printer: Printer, invented: EditionContext, sign: str, words: str
):
    asked, named = changed(invented, question=words), changed(invented, name=words)
    gap = invented.profiles[UNIT].gaps[0]
    ways = {
        "profil": lambda: profile(printer, asked, UNIT),
        "rollblad": lambda: role_sheets.printed_for_unit(asked, UNIT, printer),
        "frågans bild": lambda: printer.picture(pictures.TEMPLATE, pictures.indicator_picture(asked, gap)),
        "bildspel": lambda: unit_slides(asked, UNIT, printer),
        "enhetens bild": lambda: printer.picture(pictures.TEMPLATE, pictures.unit_picture(named, UNIT)),
        "enhetens bildspel": lambda: unit_slides(named, UNIT, printer),
    }
    for way, make in ways.items():
        with pytest.raises(DataError, match="kan inte visa tecknet") as stopped:
            make()
        message = str(stopped.value)
        assert "råga" in message and ("Testkommun 001" in message or way not in ("profil", "rollblad")), way


def test_where_the_site_will_be_is_printed_with_a_code_that_leads_there(
    monkeypatch: pytest.MonkeyPatch, printer: Printer, invented: EditionContext
):
    told = "webbplatsen Öppna jämförelser Brottsoffer, kommuner/testkommun-001/"
    first, second = pages(printer, invented)
    assert told.replace(" ", "") in first.replace(" ", "") and told in second
    monkeypatch.setenv("SITE_URL", "https://exempel.invalid/oj")
    address = "https://exempel.invalid/oj/kommuner/testkommun-001/"
    content = profile_content(invented, UNIT)
    read = pypdf.PdfReader(io.BytesIO(printer.pdf(TEMPLATE, content))).pages[1]
    assert address in said(read)
    assert address in [note.get_object()["/A"]["/URI"] for note in read["/Annots"]]
    assert modules(content["qr"]) == {
        (across, down)
        for down, row in enumerate(segno.make(address, error="m").matrix)
        for across, dark in enumerate(row)
        if dark
    }
    sheets = role_sheets.printed_for_unit(invented, UNIT, printer)
    assert address in said(pypdf.PdfReader(io.BytesIO(sheets)).pages[-1])


def modules(svg: str, border: int = 2) -> set[tuple[int, int]]:
    """The dark places of a QR code, out of the lines it is drawn with."""
    dark, x, y = set(), 0, 0.5
    for step, across, down in re.findall(
        r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", re.search(r' d="([^"]+)"', svg)[1]
    ):
        if step == "h":
            dark |= {(x + n - border, int(y) - border) for n in range(int(across))}
            x += int(across)
        elif step == "M":
            x, y = int(across), float(down)
        else:
            x, y = x + int(across), y + float(down)
    return dark


def test_more_than_two_pages_have_room_for_stops_with_unit_and_place(
    printer: Printer, invented: EditionContext
):
    content = profile_content(invented, UNIT)
    rows = content["columns"][0]
    with pytest.raises(DataError, match="ryms inte på sin plats") as stopped:
        printer.pdf(TEMPLATE, content | {"columns": [rows * 4, rows * 4]})
    assert "Testkommun 001" in str(stopped.value) and "sida 2" in str(stopped.value)
    many = [
        row | {"nr": str(n), "question": f"Fråga {n} av många"} for n, row in enumerate(rows * 5, start=1)
    ]
    whole = printer.pdf(TEMPLATE, content | {"columns": [many[:66], many[66:132]]})
    second = pypdf.PdfReader(io.BytesIO(whole)).pages[1]
    printed = said(second)
    assert not misplaced(second, MARGIN)
    assert [n for n in range(1, 133) if f"{n} Fråga {n} av många" not in printed] == []
    with pytest.raises(DataError, match="sida 1"):
        printer.pdf(TEMPLATE, content | {"lead": "lång text " * 2000})


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        ("typst/profile.typ", "En mall för utskrift saknas"),
        ("fonts/fonts.toml", "Beskrivningen av typsnitten saknas"),
        ("fonts/SourceSans3-Semibold.otf", "Ett typsnitt för utskrift saknas"),
    ],
)
def test_a_font_or_a_template_that_is_missing_or_another_stops(tmp_path: Path, lost: str, message: str):
    folder = shutil.copytree(printing.HERE, tmp_path / "paper")
    Printer("0", folder)
    if lost.endswith(".otf"):
        (folder / lost).write_bytes((folder / lost).read_bytes() + b" ")
        with pytest.raises(DataError, match="inte det som fonts.toml beskriver"):
            Printer("0", folder)
    (folder / lost).unlink()
    with pytest.raises(DataError, match=message) as stopped:
        Printer("0", folder).pdf(TEMPLATE, {})
    assert lost in str(stopped.value)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_every_unit_question_and_factor_and_the_site_has_a_picture_to_share(
    project: Project, edition: EditionContext
):
    shared = [f"kommuner/{unit}/profil-{unit}.png" for unit in edition.site.latest]
    shared += [pictures.of_indicator(i) for i in edition.indicators]
    shared += [pictures.of_factor(factor) for factor in edition.guide.factors.factors]
    for address in (*shared, pictures.SITE, "sammanfattningar/riket.png"):
        assert size_of((project.site / address).read_bytes()) == (1200, 630), address
    for factor in edition.guide.factors.factors.values():
        has_bars = factor.id in edition.guide.factors.of_indicator.values()
        assert ("Gul:" in pictures.factor_picture(edition, factor)["says"]) == has_bars
        assert ("Gul:" in pictures.said_of_factor(edition, factor)) == has_bars


def test_the_nation_is_one_page_and_groups_need_ten_units(
    project: Project, invented: EditionContext, printer: Printer
):
    (page,) = pypdf.PdfReader(project.site / "sammanfattningar" / "riket.pdf").pages
    assert "I genomsnitt svarar kommunerna ja på cirka 30 av 60 frågor" in said(page)
    assert "Skyddat boende, kvinnor 94 %" in said(page)
    made = dict(group_pages.all_files([invented], printer))
    sizes = invented.year.units["befolkningsgrupp"].value_counts()
    counties = invented.year.units["lanskod"].value_counts()
    wanted = {f"befolkningsgrupp-{code}" for code, n in sizes.items() if n >= 10}
    wanted |= {f"lan-{code}" for code, n in counties.items() if n >= 10}
    assert {Path(name).stem for name in made} == wanted and wanted
    for name, content in made.items():
        if name.endswith(".pdf"):
            (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
            assert "Påhittade uppgifter." in said(page)


def test_a_role_has_a_sheet_of_one_page_and_a_unit_one_for_each_role(
    project: Project, edition: EditionContext
):
    roles = edition.guide.tips.roles.values()
    for role in roles:
        (page,) = pypdf.PdfReader(project.site / role_sheets.of_role(role.id)).pages
        printed = said(page)
        for _, tips in edition.guide.tips_of_role(role.id):
            for tip in tips:
                assert tip.tips.replace(" ", "") in printed.replace(" ", ""), tip.id
    unit = "ronneby"
    pages = pypdf.PdfReader(project.site / "kommuner" / unit / f"rollblad-{unit}.pdf").pages
    assert len(pages) == len(roles)
    for page, role in zip(pages, roles, strict=True):
        printed = said(page).replace(" ", "")
        assert role.namn.replace(" ", "") in printed and role.fragor[0].replace(" ", "") in printed
        (advice,) = (a for a in edition.guide.advice(edition.profiles[unit].gaps) if a.role is role)
        for tip, gaps in advice.tips:
            touched = "; ".join(edition.indicators[gap]["kortnamn"] for gap in gaps)
            assert f"{tip.tips}Rör: {touched}".replace(" ", "") in printed
        assert not misplaced(page, MARGIN)


def test_long_names_fit_the_picture_and_the_role_sheets(printer: Printer, invented: EditionContext):
    for long in (changed(invented, LONG_NAME), changed(invented, "W" * 300, "W" * 300, every=True)):
        assert size_of(printer.picture(pictures.TEMPLATE, pictures.unit_picture(long, UNIT))) == (1200, 630)
        sheets = pypdf.PdfReader(io.BytesIO(role_sheets.printed_for_unit(long, UNIT, printer)))
        assert len(sheets.pages) == len(invented.guide.tips.roles)
        assert "Där ... står är texten kortad. Hela profilen" in said(sheets.pages[-1])
        for page in sheets.pages:
            assert not misplaced(page, MARGIN)
