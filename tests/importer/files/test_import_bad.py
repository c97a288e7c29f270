"""Every broken or doubtful file ends with one Swedish message, and nothing is written."""

from __future__ import annotations

import ast
import random
import re
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import xlwt
import yaml
from conftest import ROOT, contents
from importfiler import (
    KALLA,
    MARKS,
    NUMBERS,
    SPREADSHEETS,
    WORDS,
    File,
    bring_in,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    save_rows,
    test_units,
)
from xlwt.CompoundDoc import XlsDoc

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.read import files
from ojbrottsoffer.importer.recipes.recipe_file import parse_profile

UNITS = test_units(8)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("projekt"))


@pytest.fixture(scope="module")
def indicators(scratch):
    return indicators_of(scratch)[:12]


@pytest.fixture
def stops(scratch, capsys):
    """Runs the import with --skriv; it must stop, say all of `words` and write nothing."""

    def run(path: Path, *words: str, profile: Path | None = None, ar: int = 2016, extra=()) -> str:
        before = contents(scratch.root / "data")
        code = main(
            [
                "--rot",
                str(scratch.root),
                "importera",
                str(path),
                "--ar",
                str(ar),
                "--skriv",
                *(["--profil", str(profile)] if profile else []),
                *extra,
            ]
        )
        said = capsys.readouterr().err
        assert code == 1, said
        assert contents(scratch.root / "data") == before
        for word in words:
            assert word in said, said
        assert "gör så här" in said and "Traceback" not in said
        return said

    return run


@pytest.fixture
def table(indicators):
    return File(UNITS, indicators, invented_answers(UNITS, indicators), coding=WORDS)


def said(folder, **more):
    return profile_file(folder, saknas=MARKS, kalla=KALLA, **more)


def changed(table: File, folder: Path, change, kind="xlsx") -> Path:
    rows, fills, merged = table.grid()
    change(rows)
    return save_rows(folder, rows, kind, fills, merged)


def test_no_such_file(stops, tmp_path):
    stops(tmp_path / "finns inte.xlsx", "Filen finns inte")


@pytest.mark.parametrize("name", ["brev.docx", "bild.xlsx", "tabell.ods", "tabell.xls"])
def test_a_file_that_is_no_spreadsheet(stops, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7 inte en tabell")
    stops(path, "Filen" if name.startswith(("bild", "tabell")) else "slag")


@pytest.mark.parametrize(
    ("kind", "name"), [("xlsx", "svar.csv"), ("xlsx", "svar.xls"), ("xls", "svar.xlsx"), ("ods", "svar.txt")]
)
def test_a_spreadsheet_under_another_name(stops, tmp_path, kind, name):
    path = save_rows(tmp_path, [["Kommun"]], kind).rename(tmp_path / name)
    text = stops(
        path, "Filen är inte det kalkylblad som namnet säger", f"byt filens ändelse till .{kind}".capitalize()
    )
    assert "läsaren säger" not in text


def test_a_zip_that_is_no_spreadsheet(stops, tmp_path):
    path = tmp_path / "arkiv.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("brev.txt", "hej")
    stops(path, "inte ett kalkylblad", "packa upp")


def test_a_cut_off_file(stops, table, tmp_path):
    path = table.save(tmp_path)
    path.write_bytes(path.read_bytes()[:2000])
    stops(path, "trasig eller avklippt")


def test_binary_text(stops, tmp_path):
    path = tmp_path / "tabell.csv"
    path.write_bytes(bytes(range(1, 32)) * 40)
    stops(path, "teckenkodning")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('"Ja;Nej', ("rad 4", "cell B3", '”"Ja”')),
        ('"Ja" (muntligt);Nej', ("rad 4", "cell B3", "muntligt")),
        ('Ja;"Nej', ("rad 4", "cell C3", '”"Nej”')),
    ],
)
@pytest.mark.parametrize("later", ["", '"Testkommun 004";Ja;Nej\n'], ids=["till slutet", "till nästa"])
def test_a_quote_without_its_pair(stops, tmp_path, cell, later, words):
    path = tmp_path / "tabell.csv"
    path.write_text(
        'Kommun;"Fråga\nett";Två\n"Testkommun; 001";Ja;N"ej\n'
        + f"Testkommun 002;{cell}\nTestkommun 003;Ja;Ja\n{later}",
        encoding="utf-8",
    )
    text = stops(path, "Ett citattecken har inget par", "textredigerare", *words)
    assert "expected" not in text and "läsaren säger" not in text


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_an_encrypted_file(stops, table, tmp_path, kind):
    path = ROOT / "tests" / "filer" / "losenord.xlsx"
    if kind == "ods":  # as LibreOffice writes it: the content is noise, and the list of files says so
        path = tmp_path / "losenord.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", bytes(range(256)) * 20)
            archive.writestr(
                "META-INF/manifest.xml",
                "<manifest:manifest><manifest:file-entry><manifest:encryption-data/>"
                "</manifest:file-entry></manifest:manifest>",
            )
    elif kind == "xls":  # the record FILEPASS after the first of the workbook
        path = tmp_path / "losenord.xls"
        book = xlwt.Workbook()
        book.add_sheet("Svar").write(0, 0, "Kommun")
        data = book.get_biff_data()
        start = 4 + int.from_bytes(data[2:4], "little")
        XlsDoc().save(
            str(path), data[:start] + b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48) + data[start:]
        )
    stops(path, "skyddad med lösenord", "utan lösenord")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_empty_sheet(stops, tmp_path, kind):
    stops(save_rows(tmp_path, [[None, None]], kind), "tom")


def test_a_sheet_without_municipalities(stops, tmp_path):
    path = save_rows(tmp_path, [["Frukt", "Pris"], ["Äpple", 3], ["Päron", 4]])
    stops(path, "Hittar ingen tabell", "blad ”Svar”", "A1: Frukt")


def test_two_sheets_that_both_look_right(stops, table, tmp_path):
    path = table.save(tmp_path)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Svar"]).title = "Svar (2)"
    book.save(path)
    stops(path, "Flera blad", "”Svar” (8 rader)", "”Svar (2)”", "blad", profile=said(tmp_path))


def test_a_sheet_that_does_not_exist(stops, table, tmp_path):
    stops(table.save(tmp_path), "finns inte", extra=("--blad", "Resultat"))


def test_a_unit_twice(stops, table, tmp_path):
    def twice(rows):
        rows[3][0] = "TESTKOMMUN 001 kommun"

    stops(
        changed(table, tmp_path, twice),
        "Enheten står två gånger",
        "cell A4",
        "cell A2",
        profile=said(tmp_path),
    )


def test_an_unknown_unit(stops, table, tmp_path):
    def unknown(rows):
        rows[4][0] = "Testkomun 4"

    stops(
        changed(table, tmp_path, unknown),
        "Okänd enhet",
        "cell A5",
        "”Testkomun 4”",
        "Testkommun 004",
        profile=said(tmp_path),
    )


def test_an_unknown_unit_in_the_last_row_is_not_lost(stops, table, tmp_path):
    def unknown(rows):
        rows[-1][0] = "Annanstans"

    stops(changed(table, tmp_path, unknown), "Okänd enhet", "cell A9", profile=said(tmp_path))


def test_name_and_code_that_contradict_each_other(stops, indicators, tmp_path):
    table = File(UNITS, indicators, invented_answers(UNITS, indicators), codes="text")

    def wrong(rows):
        rows[2][1] = "9001"

    stops(
        changed(table, tmp_path, wrong), "namnet pekar på Testkommun 002", "cell A3", profile=said(tmp_path)
    )


def test_an_indicator_twice(stops, table, tmp_path):
    def twice(rows):
        rows[0][5] = rows[0][2].upper()

    stops(
        changed(table, tmp_path, twice),
        "Indikatorn står två gånger",
        "cell F1",
        "kolumn C",
        profile=said(tmp_path),
    )


def test_an_unknown_indicator_gets_suggestions(stops, table, tmp_path):
    def unknown(rows):
        rows[0][1] = "Bedömningsmetod som är standardiserad används"

    stops(
        changed(table, tmp_path, unknown),
        "Okänd indikator",
        "cell B1",
        "bedomning-standardiserad",
        profile=said(tmp_path),
    )


def test_a_column_without_heading(stops, table, tmp_path):
    def bare(rows):
        rows[0][4] = None

    stops(changed(table, tmp_path, bare), "saknar rubrik", "cell E1", profile=said(tmp_path))


def test_a_word_that_is_no_answer(stops, table, tmp_path):
    def odd(rows):
        rows[2][3] = "Kanske"

    stops(
        changed(table, tmp_path, odd),
        "Vad betyder ”Kanske”? Det står i 1 cell, D3",
        "cell D3",
        '(svaret saknas); eller koder: {"kanske": …} (… är Ja, Delvis eller Nej)',
        "meddelanden.md#okant-svar",
        profile=said(tmp_path),
    )


def test_a_number_that_is_no_code(stops, indicators, tmp_path):
    table = File(UNITS, indicators, invented_answers(UNITS, indicators), coding=NUMBERS)

    def odd(rows):
        rows[2][3] = 7

    stops(
        changed(table, tmp_path, odd),
        "Okänd kod ”7” i 1 cell, D3",
        "cell D3",
        "2 (Ja)",
        profile=said(tmp_path),
    )


def test_marks_nobody_has_explained(stops, table, tmp_path):
    message = stops(table.save(tmp_path), "Vad betyder ”X”", "Vad betyder (tom cell)", "uppgift_saknas")
    assert "fråga" in message.lower()


def test_mixed_coding_in_one_column(stops, table, tmp_path, scratch):
    def mix(rows):
        rows[2][3], rows[3][3] = 2, "Ja"

    path = changed(table, tmp_path, mix)
    stops(path, "Blandad kodning", "cell D3", "blandad_kodning", profile=said(tmp_path, koder={"2": "Ja"}))
    allowed = said(tmp_path, koder={"2": "Ja"}, blandad_kodning=True)
    assert bring_in(scratch, path, allowed, write=False) == 0


def test_formulas_without_stored_values(stops, table, tmp_path):
    def formula(rows):
        rows[2][3] = '=IF(1=1,"Ja","Nej")'

    stops(
        changed(table, tmp_path, formula),
        "formeln har inget sparat värde",
        "cell D3",
        "Öppna filen",
        profile=said(tmp_path),
    )


@pytest.mark.parametrize("ar", [2015, 2014, 2012])
def test_a_year_that_exists_or_lies_before(stops, table, tmp_path, ar):
    stops(table.save(tmp_path), f"År {ar}", "--ar", ar=ar)


def test_a_hundred_thousand_empty_rows(stops, table, tmp_path):
    path = table.save(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Svar"].cell(300_000, 2).number_format = "0.00"
    book.save(path)
    stops(path, "300 000 rader", "blad ”Svar”, cell M300000", "tomma raderna", profile=said(tmp_path))


def test_a_hundred_thousand_empty_lines(stops, table, tmp_path):
    path = table.save(tmp_path, "csv")
    with path.open("a", encoding="utf-8") as file:
        file.write(",,,\n" * 300_000)
    stops(path, "rader", "högst 200 000", profile=said(tmp_path))


def test_a_file_of_fifty_megabytes(stops, tmp_path):
    path = tmp_path / "stor.xlsx"
    path.write_bytes(b"PK\x03\x04" + random.Random(1).randbytes(50_000_000))
    stops(path, "för stor", "högst 40 MB")


def test_a_small_file_that_unpacks_to_a_huge_one(stops, table, tmp_path):
    path = table.save(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet2.xml", "w") as sheet:
            for _ in range(151):
                sheet.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    stops(path, "för stort", "högst 150 MB uppackat", "sheet2.xml är 151 MB")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "<table:table-row>",
            '<table:table-row table:number-rows-repeated="1000000">',
            ("rader", "högst 200 000"),
        ),
        (
            "<table:table-cell ",
            '<table:table-cell table:number-columns-repeated="16000" ',
            ("kolumner", "högst 1 000"),
        ),
        (
            "<office:document-content",
            '<!DOCTYPE x [<!ENTITY a "Ja">]><office:document-content',
            ("går inte att läsa", "spara den som xlsx"),
        ),
        (
            "</table:table>",
            '<table:table-row table:number-rows-repeated="4000"><table:table-cell table:style-name="gron" '
            'table:number-columns-repeated="900"/></table:table-row></table:table>',
            ("för många färgade celler", "300 000"),
        ),
    ],
)
def test_an_ods_file_that_grows_when_it_is_read(stops, table, tmp_path, old, new, words):
    stops(swollen(table, tmp_path, old, new), *words, profile=said(tmp_path))


def swollen(table: File, folder: Path, old: str, new: str) -> Path:
    """An ods file with `old` as `new` in the first place of its content, and a green style."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    green = (
        f'<style:style xmlns:style="{names}style:1.0" xmlns:fo="{names}xsl-fo-compatible:1.0" style:name="gron" '
        'style:family="table-cell"><style:table-cell-properties fo:background-color="#00b050"/></style:style>'
    )
    path = table.save(folder, "ods")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["content.xml"].decode()
    for before, after in (
        (old, new),
        ("<office:body>", f"<office:automatic-styles>{green}</office:automatic-styles><office:body>"),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    parts["content.xml"] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_the_background_of_a_whole_ods_sheet_is_no_table(table, tmp_path):
    path = swollen(
        table,
        tmp_path,
        "</table:table>",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:style-name="gron" table:number-columns-repeated="16000"/></table:table-row></table:table>',
    )
    (sheet,) = files.read_sheets(path, path.name)
    assert (sheet.height, sheet.fills) == (files.read_sheets(table.save(tmp_path), "fil")[0].height, {})
    path = swollen(
        table,
        tmp_path,
        "<table:table-row>",
        '<table:table-row><table:table-cell table:style-name="gron" '
        'table:number-columns-repeated="16000"/></table:table-row><table:table-row>',
    )
    assert files.read_sheets(path, path.name)[0].fills == {(0, c): "00B050" for c in range(sheet.width)}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_failed_formulas_and_percentages_of_old_and_open_formats(table, tmp_path, kind):
    if kind == "xls":
        path, book = tmp_path / "f.xls", xlwt.Workbook()
        row = book.add_sheet("Svar").row(0)
        row.set_cell_error(0, "#DIV/0!")
        row.set_cell_number(1, 0.455, xlwt.easyxf(num_format_str="0%"))
        row.set_cell_text(2, "Ja")
        book.save(str(path))
    else:
        path = swollen(
            table,
            tmp_path,
            "<table:table-cell ",
            '<table:table-cell table:formula="of:=1/0" office:value-type="string">'
            '<text:p>#DIV/0!</text:p></table:table-cell><table:table-cell office:value-type="percentage" '
            'office:value="0.455"><text:p>46 %</text:p></table:table-cell><table:table-cell ',
        )
    (sheet,) = files.read_sheets(path, path.name)
    assert sheet.cells[0][:2] == ["", "45.5 %"] and sheet.unread == {(0, 0): "cellen visar felet #DIV/0!"}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"saknas": {"X": "vet ej"}}, ("saknas: X", "vet ej")),
        ({"enhetr": {}}, ("enhetr",)),
        ({"koder": {"2": "Kanske"}}, ("koder: 2",)),
        ({"indikatorer": {"Fråga": "?"}}, ("indikatorer: Fråga",)),
        ({"enheter": {"X-stad": {"enhet": "X"}}}, ("enheter: X-stad",)),
        ({"enheter": {"X-stad": {"typ": "kommun", "enhet": "X", "kommunkod": 125}}}, ("citattecken",)),
        ({"forsta": "0"}, ("radnummer",)),
        ({"rubrikrader": ["rad tre"]}, ("radnummer", "rad tre")),
        ({"tabeller": [{"blad": "Svar", "rad": 3}]}, ("tabeller: post 1", "rad")),
        ({"tabeller": [{"sista": "ö"}]}, ("sista", "radnummer")),
        (
            {
                "slag": ["svar"],
                "antal_rankade": 0,
                "enheter": {"X": {"typ": "kommun", "enhet": ["X"], "kommunkod": "0125"}},
                "indikatorer": {
                    "A": {"id": "a", "kortnam": "A"},
                    "B": {"id": "b", "samband": ["delad"]},
                    "C": {"id": "c", "samband": "delad", "fran": [1, 2]},
                    "D": {"id": "d", "indikatoromrade_id": {}},
                },
            },
            (
                "rankning, riket eller svar",
                "antal_rankade",
                "ett heltal från 1",
                "enheter: X: enhet",
                "indikatorer: A: kortnam",
                "indikatorer: B: samband",
                "indikatorer: C: fran",
                "indikatorer: D: indikatoromrade_id",
                "en text, inom citattecken",
            ),
        ),
    ],
)
def test_a_profile_that_cannot_be_used(stops, table, tmp_path, more, words):
    stops(table.save(tmp_path), "Profilen", *words, profile=profile_file(tmp_path, **more))


def test_a_profile_that_is_no_yaml(stops, table, tmp_path):
    path = tmp_path / "profil.yml"
    path.write_text("saknas: [", encoding="utf-8")
    stops(table.save(tmp_path), "Profilen går inte att läsa", profile=path)


def test_a_profile_that_is_not_there(stops, table, tmp_path):
    text = stops(
        table.save(tmp_path), "Profilen finns inte", "--profilutkast", profile=tmp_path / "profil.yml"
    )
    assert "Errno" not in text


def test_a_source_without_title(stops, table, tmp_path):
    stops(table.save(tmp_path), "Källan saknar uppgifter", profile=profile_file(tmp_path, saknas=MARKS))


def test_a_new_indicator_must_say_what_it_is(stops, table, tmp_path):
    def new(rows):
        rows[0][1] = "En helt ny fråga"

    profile = said(tmp_path, indikatorer={"En helt ny fråga": {"id": "helt-ny", "samband": "ny"}})
    stops(changed(table, tmp_path, new), "helt-ny är ny", "kortnamn", profile=profile)


def split_question(table: File, folder: Path, *entries: dict) -> tuple[Path, Path]:
    """The first question replaced by as many as there are `entries` of the profile about them."""
    source, new = table.indicators[0][0], [f"Ny lydelse {n}" for n in range(1, len(entries) + 1)]

    def split(rows):
        for row in rows:
            row[1:2] = [row[1]] * len(new)
        rows[0][1 : 1 + len(new)] = new

    profile = said(
        folder,
        indikatorer={
            label: {
                "id": "delen-ett",
                "kortnamn": f"Del {label[-1]}",
                "malgrupp": "barn",
                "typ": "struktur",
                "fran": [source],
                "indikatoromrade_id": "handlaggarnas-kompetens",
            }
            | entry
            for label, entry in zip(new, entries, strict=True)
        },
    )
    return changed(table, folder, split), profile


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"samband": "delad"}, ("En delad fråga har bara en del", '"samband": omformulerad')),
        ({"samband": "sammanslagen"}, ("En sammanslagen fråga har bara en källa: delen-ett", "flera frågor")),
        ({"samband": "ny"}, ("En ny fråga har fran: delen-ett", "ny utan fran")),
        ({"samband": "samma"}, ("Samma fråga har ett annat id: delen-ett", "som i utgåvan före")),
        (
            {"samband": "omformulerad", "kortnamn": "Social jour"},
            ("Kortnamnet är upptaget: ”Social jour”", "social-jour har det"),
        ),
        (
            {"samband": "omformulerad", "kortnamn": "=SUMMA(A1)"},
            ("tar inte emot importen: texten kan läsas som en formel",),
        ),
    ],
    ids=str,
)
def test_what_the_project_would_refuse_is_not_written(stops, table, tmp_path, entry, words):
    path, profile = split_question(table, tmp_path, entry)
    text = stops(path, *words, "cell B1", "Ny lydelse 1", profile=profile)
    assert "Stopp: 1 fel och 0" in text or "Stopp: 0 fel och 1 fråga" in text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            {"url": "exempel.se/rapport", "publicerad": "2017-13", "titel": " "},
            (
                "kalla: url",
                "https://",
                "kalla: publicerad",
                "”2017-13”",
                "år-månad-dag",
                "kalla: titel",
                "text på en rad",
            ),
        ),
        (
            {"url": "https://exempel.se/en rapport", "publicerad": "2017-02-30"},
            ("”https://exempel.se/en rapport”", "utan mellanslag", "”2017-02-30”", "ett datum som finns"),
        ),
        ({"url": "javascript:alert(1)", "publicerad": 2017.06}, ("”javascript:alert(1)”", "”2017.06”")),
        (
            {"titel": "=1+1", "utgivare": "@utgivaren", "licens": "-fri"},
            (
                "tar inte emot importen: texten kan läsas som en formel",
                "kalla: titel",
                "kalla: utgivare",
                "kalla: licens",
            ),
        ),
        ({"licens": "?"}, ("Källan saknar uppgifter", '"licens": …')),
        (
            {"titel": ["T", "U"], "utgvare": "T"},
            ("kalla: titel", "inom citattecken", "kalla: utgvare", "titel, utgivare"),
        ),
    ],
    ids=str,
)
def test_a_source_that_cannot_be_published_is_not_written(stops, table, tmp_path, source, words):
    text = stops(
        table.save(tmp_path), *words, profile=profile_file(tmp_path, saknas=MARKS, kalla=KALLA | source)
    )
    assert text.count("gör så här") == len(source) and "profilen" in text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kalla: {publicerad: 2017-02-30}", ("Profilen går inte att läsa", "datum som finns")),
        (
            "saknas: {X: sekretess}\nkoder: {}\nsaknas: {X: ej_svar}",
            ("samma nyckel två gånger", "saknas", "rad:        3"),
        ),
    ],
)
def test_a_profile_that_yaml_would_read_as_something_else(stops, table, tmp_path, line, words):
    path = tmp_path / "profil.yml"
    path.write_text(line, encoding="utf-8")
    stops(table.save(tmp_path), *words, profile=path)


def numbered(table: File, folder: Path, change, kind: str = "xlsx") -> Path:
    """The table with a population group and a total for every unit, and `change` of its rows."""

    def fill(rows):
        for n, row in enumerate(rows):
            row.insert(1, n % 5 + 1 if n else "Befolkningsgrupp")
            row.append(row.count("Ja") if n else "Antal ja")
        change(rows)

    return changed(table, folder, fill, kind)


GROUP, TOTAL = 1, -1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            {(2, GROUP): "medelstor", (2, TOTAL): "4 st", (3, TOTAL): "5 st"},
            (
                "Befolkningsgruppen går inte att använda i 1 cell",
                "cell B3",
                "”medelstor”",
                "Antal ja går inte att använda i 2 celler",
                "cell O3",
                "4 st, 5 st",
                "från 0 till 12",
            ),
        ),
        (
            {(2, GROUP): 9, (4, GROUP): 9, (2, TOTAL): 13},
            (
                "Befolkningsgruppen går inte att använda i 2 celler",
                "”9”",
                "200 000",
                "Antal ja går inte",
                "”13”",
                "från 0 till 12",
            ),
        ),
        ({(2, GROUP): 2.5, (2, TOTAL): -1, (3, TOTAL): 4.5, (4, TOTAL): "4²"}, ("”2.5”", "”-1, 4.5, 4²”")),
    ],
    ids=str,
)
def test_numbers_beside_the_answers_that_the_tables_cannot_have(stops, table, tmp_path, cells, words):
    def change(rows):
        for (row, column), value in cells.items():
            rows[row][column] = value

    text = stops(numbered(table, tmp_path, change), *words, "ignorera", "saknas", profile=said(tmp_path))
    assert "Stopp: 2 fel och 0 frågor" in text


def test_marks_beside_the_answers_are_asked_about_and_then_taken(stops, table, tmp_path, scratch, capsys):
    def change(rows):
        rows[2][GROUP] = rows[3][TOTAL] = rows[4][TOTAL] = "*"

    path = numbered(table, tmp_path, change)
    text = stops(
        path,
        "Vad betyder ”*” i kolumnen ”Befolkningsgrupp”? Den finns i 1 cell",
        "cell B3",
        profile=said(tmp_path),
    )
    assert "Stopp: 0 fel och 1 fråga" in text
    taken = profile_file(tmp_path, kalla=KALLA, saknas=MARKS | {"*": "uppgift_saknas"})
    assert bring_in(scratch, path, taken, write=False) == 0
    told = capsys.readouterr().out
    assert "Befolkningsgrupp saknas för 1 enhet men finns för de andra: Testkommun 002 (cell B3)." in told


@pytest.mark.parametrize("ar", [1999, 20160])
def test_a_year_that_cannot_be(stops, table, tmp_path, ar):
    stops(table.save(tmp_path), "Året går inte att använda", "2000 till 2100", profile=said(tmp_path), ar=ar)


def test_a_new_question_with_the_id_of_an_old_one(stops, table, indicators, tmp_path):
    path, profile = split_question(table, tmp_path, {"samband": "ny", "fran": None, "id": indicators[0][0]})
    text = stops(
        path,
        f"Indikatorns id hör till en annan fråga i utgåvan före: {indicators[0][0]}",
        "cell B1",
        "Ny lydelse 1",
        "ett nytt id",
        profile=profile,
    )
    assert "Stopp: 0 fel och 1 fråga" in text


def test_a_placing_after_the_last_place(stops, tmp_path):
    path = save_rows(
        tmp_path, [["Kommun", "Placering"], *([unit, n] for n, (unit, _) in enumerate(UNITS, start=1))]
    )
    stops(
        path,
        "3 placeringar ligger efter den sista platsen",
        "cell B7",
        "antal_rankade",
        "från 1 till 5",
        profile=profile_file(tmp_path, kalla=KALLA, antal_rankade=5),
        extra=("--slag", "rankning"),
    )


def test_what_only_the_gate_knows_stops_before_anything_is_written(stops, table, tmp_path, scratch, capsys):
    """The net below the importer's own questions: the gate runs on what would be written. A broken
    project is told as that, not as a fault of the file."""
    rows = [
        ["Kommun", "Placering"],
        *([unit, place] for (unit, _), place in zip(UNITS, (1, 2, 2, 3, 5, 6, 7, 8), strict=True)),
    ]
    path, profile = save_rows(tmp_path, rows), profile_file(tmp_path, kalla=KALLA)
    text = stops(
        path,
        "Projektet tar inte emot importen",
        "Påhittad fil.xlsx",
        "cell B5",
        "placering 3 efter 2 på placering 2",
        profile=profile,
        extra=("--slag", "rankning"),
    )
    assert "data/raw" not in text
    rows[4][1] = 4
    path = save_rows(tmp_path, rows)
    arguments = [
        "--rot",
        str(scratch.root),
        "importera",
        str(path),
        "--ar",
        "2016",
        "--slag",
        "rankning",
        "--profil",
        str(profile),
    ]
    assert main(arguments) == 0
    assert "Prövar" in capsys.readouterr().out
    tips = scratch.reference / "tips.yml"
    whole = tips.read_bytes()
    tips.write_bytes(b"")
    assert main(arguments) == 1
    tips.write_bytes(whole)
    said = capsys.readouterr().err
    assert (
        "Projektets kontroller stannar redan utan den nya filen" in said and "data/reference/tips.yml" in said
    )


def test_a_rule_without_words_of_its_own_is_told_with_the_place(stops, table, tmp_path):
    new = {"enhet_id": "Fel Id", "enhet": "Testkommun 001, norra", "kommunkod": "9001"}
    stops(
        table.save(tmp_path),
        "Projektet tar inte emot importen: otillåtet värde",
        "cell A9",
        "enhet_id i",
        profile=said(tmp_path, enheter={UNITS[7][0]: new}),
    )


@pytest.mark.parametrize(
    "entries",
    [
        [{"samband": "omformulerad"}],
        [{"samband": "delad"}, {"samband": "delad", "id": "delen-tva"}],
        [{"samband": "ny", "fran": None}],
    ],
    ids=str,
)
def test_the_answers_that_are_suggested_are_taken(table, tmp_path, scratch, capsys, entries):
    path, profile = split_question(table, tmp_path, *entries)
    assert bring_in(scratch, path, profile, write=False) == 0
    assert "Allt är förstått" in capsys.readouterr().out


def test_shares_above_a_hundred(stops, indicators, tmp_path):
    table = File(UNITS, indicators, invented_answers(UNITS, indicators), nation=["120"] * 12)
    stops(table.save(tmp_path), "mer än 100 procent", "cell B2", profile=said(tmp_path))


def test_the_draft_of_a_profile_leads_to_an_import_once_answered(table, tmp_path, scratch, capsys):
    path, out = table.save(tmp_path), tmp_path / "utkast.yml"
    arguments = ["--rot", str(scratch.root), "importera", str(path), "--ar", "2016"]
    assert main([*arguments, "--profilutkast", str(out)]) == 1
    text = out.read_text(encoding="utf-8")
    assert "?" in text and "rubrikrader" in text
    assert main([*arguments, "--profil", str(out)]) == 1  # unanswered
    answers = {
        "x: '?'": "x: sekretess",
        "tom: '?'": "tom: ej_besvarat",
        "titel: '?'": "titel: T",
        "utgivare: '?'": "utgivare: U",
        "publicerad: '?'": "publicerad: '2017'",
    }
    for question, answer in answers.items():
        assert question in text
        text = text.replace(question, answer)
    out.write_text(text, encoding="utf-8")
    assert bring_in(scratch, path, out, write=False) == 0
    assert "Allt är förstått" in capsys.readouterr().out
    assert main([*arguments, "--profilutkast", str(out)]) == 1  # never overwrites


def starts(node: ast.expr) -> list[str]:
    """The texts a message can start with."""
    if isinstance(node, ast.IfExp):
        return starts(node.body) + starts(node.orelse)
    if isinstance(node, ast.BinOp):
        return starts(node.left)
    if isinstance(node, ast.JoinedStr):
        return [text for part in node.values[:2] for text in starts(part)][:1]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def messages() -> set[str]:
    """The first words of every message of the importer and the review, read out of the code."""
    package, found = ROOT / "src/ojbrottsoffer", set()
    for path in (
        *sorted((package / "importer").rglob("*.py")),
        package / "cli/imports.py",
        package / "cli/reviews.py",
        package / "cli/undoing.py",
        package / "checks/editions/importable.py",
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = isinstance(node, ast.Call) and (
                getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            )
            if name in ("ask", "wrong", "stop", "_stop", "_bad", "_refused", "Finding"):
                for text in starts(node.args[1 if name in ("_bad", "ask") else 0]):
                    found.add(" ".join(re.split("[:;”(?]", text)[0].casefold().split()[:4]))
    return {text for text in found if text}


def test_the_guide_explains_every_message():
    guide = (ROOT / "docs/om/kor-om/meddelanden.md").read_text(encoding="utf-8").casefold()
    every = messages()
    assert len(every) > 60 and "enheten står två gånger" in every, every
    assert sorted(text for text in every if text not in guide) == []


def test_the_example_of_a_profile_in_the_guide_can_be_used():
    guide = (ROOT / "docs/om/kor-om/profilen.md").read_text(encoding="utf-8")
    example = yaml.safe_load(re.search(r"```yaml\n(slag: svar.*?)```", guide, re.DOTALL)[1])
    said = [
        item
        for item in parse_profile(example, Path("profil.yml")).indikatorer.values()
        if not isinstance(item, str)
    ]
    parts = Counter(source for item in said if item.samband == "delad" for source in item.fran)
    assert parts and min(parts.values()) > 1
    assert len({item.kortnamn for item in said}) == len({item.id for item in said}) == len(said)


@pytest.mark.parametrize(
    "more",
    [{"rubrikrader": [900]}, {"enhetskolumn": "ZZ"}, {"forsta": 900}, {"tabeller": [{"enhetskolumn": "ZZ"}]}],
    ids=str,
)
def test_a_profile_that_points_outside_the_sheet(stops, table, tmp_path, more):
    stops(table.save(tmp_path), "Hittar in", "blad ”Svar”", profile=said(tmp_path, **more))
