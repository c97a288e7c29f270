"""The downloads: described, the same in every format, safe to open, citable, reproducible."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import frictionless
import golden
import openpyxl
import pandas as pd
import pytest
import yaml
from conftest import ROOT

from ojbrottsoffer import RELEASED, __version__
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.datapackage import NAME
from ojbrottsoffer.schema.model import Column, Table
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.downloads import formats
from ojbrottsoffer.site.downloads.dataset import CHECKSUMS, KINDS, WHOLE, Dataset
from ojbrottsoffer.site.words.citation import read_citation
from ojbrottsoffer.site.words.tracing import traced
from tools.programs import program

WIDE = "resultat_bred"
OFFERED = [*TABLES, WIDE]


@pytest.fixture(scope="module")
def folder(project: Project) -> Path:
    return project.site / "data"


def cells(folder: Path, name: str) -> tuple[list[str], list[list[str]]]:
    """A table's header and rows, as the CSV file has them."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def as_text(value: object) -> str:
    """A value of another format as CSV has it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


# 1. Described


@pytest.mark.parametrize("standard", ["v1", "v2-strict"])
def test_frictionless_accepts_the_package_without_a_remark(project: Project, standard: str):
    with frictionless.system.use_context(standards=standard):
        report = frictionless.validate(str(project.clean / "datapackage.json"))
    assert report.valid and not report.warnings and not report.errors
    assert {task.name for task in report.tasks} == set(TABLES)
    assert not [task.name for task in report.tasks if task.warnings or task.errors]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "before", "after", "error", "column"),
    [
        ("resultat", ",2,Ja,,", ",7,Ja,,", "constraint-error", "svar_kod"),
        ("resultat", "2015,lund,bedomning", "2015,finns-inte,bedomning", "foreign-key", ""),
        ("enheter", "\neda,", "\nalvdalen,", "primary-key", ""),
        ("riket", ",6,FALSE,", ",sex,FALSE,", "type-error", "andel_ja_procent"),
        ("riket", ",vuxna,", ",vuxen,", "constraint-error", "delmangd"),
        ("indikatorer_faktorer", ",samverkan,", ",samarbete,", "foreign-key", ""),
        ("indikatorer_mellan_ar", ",2015,kompetensplan,", ",2015,kompetenplan,", "foreign-key", ""),
        ("kallor", "kalla_id,titel", "kalla_id,namn", "incorrect-label", "titel"),
    ],
)
def test_frictionless_sees_a_damaged_table(
    project: Project, tmp_path: Path, name: str, before: str, after: str, error: str, column: str
):
    """By the row and, where one cell is wrong, by the column."""
    shutil.copytree(project.clean, tmp_path / "clean")
    path = tmp_path / "clean" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    row = text[: text.index(before) + 1].count("\n") + 1
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    package = tmp_path / "clean" / "datapackage.json"
    told = json.loads(package.read_text(encoding="utf-8"))
    for resource in told["resources"]:  # so that only the cells tell
        if resource["name"] == name:
            del resource["hash"], resource["bytes"]
    package.write_text(json.dumps(told), encoding="utf-8")
    report = frictionless.validate(str(package))
    assert not report.valid
    found = [e for task in report.tasks for e in task.errors if e.type == error]
    assert found
    if error == "incorrect-label":
        assert column in found[0].message
    else:
        assert found[0].row_number == row
        assert getattr(found[0], "field_name", "") == column


def test_a_changed_byte_is_seen_by_the_package_alone(project: Project, tmp_path: Path):
    shutil.copytree(project.clean, tmp_path / "clean")
    path = tmp_path / "clean" / "enheter.csv"
    path.write_bytes(path.read_bytes().replace("Älvdalen".encode(), "Ålvdalen".encode(), 1))
    report = frictionless.validate(str(tmp_path / "clean" / "datapackage.json"))
    assert {e.type for task in report.tasks for e in task.errors} == {"hash-count"}


def test_every_table_column_and_code_is_described_in_both_languages():
    lacking = []
    for table in TABLES.values():
        if not (table.title and table.description and table.english):
            lacking.append(table.name)
        if "kalla_id" not in table.column_names and not (table.origin or table.sources_of):
            lacking.append(f"{table.name}: varifrån (origin)")
        for column in table.columns:
            if not (column.title and column.description and column.english):
                lacking.append(f"{table.name}.{column.name}")
            if column.type in ("integer", "number") and not (column.unit or column.codes):
                lacking.append(f"{table.name}.{column.name}: enhet (unit)")
            if column.codes and set(column.codes.english) != set(column.codes.codes):
                lacking.append(f"kodlistan {column.codes.name}")
    assert not lacking, "skriv english= eller unit= i src/ojbrottsoffer/schema/: " + ", ".join(
        dict.fromkeys(lacking)
    )


def test_the_package_says_where_every_table_comes_from(project: Project):
    package = json.loads((project.clean / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == __version__ and package["builtBy"].endswith(__version__)
    known = {source["kalla_id"] for source in package["sources"]}
    assert known == {row[0] for row in cells(project.clean, "kallor")[1]}
    for resource in package["resources"]:
        sources = {source["kalla_id"] for source in resource.get("sources", [])}
        assert sources <= known and (sources or resource["origin"]), resource["name"]
        header, rows = cells(project.clean, resource["name"])
        if "kalla_id" in header and resource["name"] != "kallor":
            declared = set(TABLES[resource["name"]].sources)
            assert sources == {row[header.index("kalla_id")] for row in rows} | declared
        assert all(source["rights"] for source in resource.get("sources", []))
    codes = {
        r["name"]
        for r in package["resources"]
        if any(f["name"] == "kommunkod" for f in r["schema"]["fields"])
    }
    assert codes and all(
        "scb-kommuner" in {s["kalla_id"] for s in r["sources"]}
        for r in package["resources"]
        if r["name"] in codes
    )
    assert all(r["schema"].get("primaryKey") for r in package["resources"])
    assert all(source["retrieved"] for source in package["sources"] if source["kalla_id"] != "beraknad")


# 2. The same in every format


@pytest.mark.parametrize("name", OFFERED)
def test_json_parquet_and_the_workbook_say_what_the_csv_says(folder: Path, name: str):
    header, rows = cells(folder, name)
    found = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert [[as_text(row[column]) for column in header] for row in found] == rows
    relation = duckdb.from_parquet(str(folder / f"{name}.parquet"))
    assert relation.columns == header
    assert [[as_text(v) for v in row] for row in relation.fetchall()] == rows
    book = openpyxl.load_workbook(folder / f"{name}.xlsx")
    assert book.sheetnames == ["Läs mig", name, "Kolumner", "Kodlistor"]
    found = [[as_text(cell) for cell in row] for row in book[name].iter_rows(values_only=True)]
    assert found == [header, *rows]


def test_parquet_has_the_declared_types(folder: Path):
    types = dict(
        zip(
            *(lambda r: (r.columns, map(str, r.types)))(
                duckdb.from_parquet(str(folder / "resultat.parquet"))
            ),
            strict=True,
        )
    )
    assert types["ar"] == types["svar_kod"] == "INTEGER" and types["plats"] == "VARCHAR"
    harledd = duckdb.from_parquet(str(folder / "riket.parquet")).harledd
    assert str(harledd.types[0]) == "BOOLEAN"


def test_sqlite_has_the_tables_the_keys_and_the_views(folder: Path, tmp_path: Path):
    path = tmp_path / "kopia.sqlite"
    path.write_bytes((folder / f"{NAME}.sqlite").read_bytes())
    base = sqlite3.connect(path)
    for name, table in TABLES.items():
        header, rows = cells(folder, name)
        booleans = {c.name for c in table.columns if c.type == "boolean"}
        found = base.execute(f'SELECT {", ".join(header)} FROM "{name}" ORDER BY rowid').fetchall()
        assert [
            [
                as_text(bool(v) if h in booleans and v is not None else v)
                for h, v in zip(header, row, strict=True)
            ]
            for row in found
        ] == rows
        listed = base.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        assert {row[2] for row in listed} == {key.target for key in table.foreign_keys}
    header, rows = cells(folder, WIDE)
    found = base.execute(f"SELECT * FROM {WIDE} ORDER BY rowid").fetchall()
    assert [[as_text(v) for v in row] for row in found] == rows
    base.execute("PRAGMA foreign_keys = ON")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for broken in (
        "UPDATE resultat SET svar_kod = 7",
        "UPDATE resultat SET enhet_id = 'finns-inte'",
        "INSERT INTO enheter SELECT * FROM enheter LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            base.execute(broken)
    counted = dict(base.execute("SELECT enhet_id, ja FROM antal_svar_per_enhet WHERE ar = 2015"))
    assert counted == {u: "".join(pages).count("2") for u, pages in golden.PAGES.items()}
    assert len(formats.VIEWS) == 10 == base.execute("SELECT count(*) FROM vyer").fetchone()[0]
    for view in formats.VIEWS:
        assert base.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0
    most = base.execute(
        "SELECT max(n) FROM (SELECT count(*) n FROM svar_mot_riket GROUP BY ar, enhet_id, indikator_id)"
    )
    assert most.fetchone() == (1,), "en rad per svar, också där två källor ger landets andel"
    over = base.execute("SELECT count(*), count(DISTINCT indikator_id || delmangd || ar) FROM riket_over_ar")
    assert len(set(over.fetchone())) == 1
    assert base.execute("SELECT count(*) FROM svar_med_namn").fetchone()[0] == len(
        cells(folder, "resultat")[1]
    )
    assert base.execute("SELECT varde FROM om").fetchone() == (__version__,)


@pytest.mark.parametrize("name", OFFERED)
def test_stata_reads_what_the_csv_says_with_labels(folder: Path, name: str):
    header, rows = cells(folder, name)
    with pd.io.stata.StataReader(folder / f"{name}.dta", convert_categoricals=False) as reader:
        found, labels, codes = reader.read(), reader.variable_labels(), reader.value_labels()
        assert reader.time_stamp.startswith(str(int(RELEASED[8:])))
    assert list(found.columns) == [column[:32] for column in header] and all(labels.values())
    booleans = {c.name for c in TABLES[name].columns if c.type == "boolean"} if name in TABLES else set()
    for column, values in zip(header, zip(*rows, strict=True), strict=False):
        told = [
            "" if pd.isna(v) else as_text(bool(v) if column in booleans else v) for v in found[column[:32]]
        ]
        assert told == list(values), column
    if name == "resultat":
        assert codes["svar_kod"] == {0: "Nej", 1: "Delvis", 2: "Ja"}


@pytest.fixture(scope="module")
def book(folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folder / f"{NAME}.xlsx")


def test_the_workbook_holds_every_table_as_it_is(folder: Path, book: openpyxl.Workbook):
    assert book.sheetnames == ["Läs mig", *OFFERED, "Kolumner", "Kodlistor"]
    for name in OFFERED:
        header, rows = cells(folder, name)
        sheet = book[name]
        found = [[as_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert found[0] == header and found[1:] == rows
        assert sheet.freeze_panes == "A2"
    codes = [cell for row in book["enheter"].iter_rows(min_row=2, min_col=4, max_col=4) for cell in row]
    assert [c.value for c in codes] == [row[3] for row in cells(folder, "enheter")[1]]
    assert "0484" in [c.value for c in codes]
    assert {(c.data_type, c.number_format) for c in codes} == {("s", "@")}
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert __version__ in book["Läs mig"]["A1"].value


def test_the_matrix_is_the_answers_turned(folder: Path):
    header, rows = cells(folder, WIDE)
    assert header[:5] == ["ar", "enhet_id", "enhet", "typ", "kommunkod"] and len(header) == 65
    assert {row[1]: "".join(row[5:]) for row in rows} == {
        unit: "".join(pages) for unit, pages in golden.PAGES.items()
    }
    schema = json.loads((folder / f"{WIDE}.schema.json").read_text(encoding="utf-8"))
    assert [f["name"] for f in schema["fields"]] == header
    assert schema["fields"][5]["title"] == "Standardiserad bedömningsmetod"


def test_the_archive_holds_every_file_and_is_a_package_itself(folder: Path, tmp_path: Path):
    archive = zipfile.ZipFile(folder / f"{NAME}.zip")
    names = {path.name for path in folder.iterdir() if path.is_file()} - {"index.html", f"{NAME}.zip"}
    assert set(archive.namelist()) == names
    for name in names - {CHECKSUMS}:
        assert archive.read(name) == (folder / name).read_bytes(), name
    archive.extractall(tmp_path)
    checked = subprocess.run(["sha256sum", "--quiet", "-c", CHECKSUMS], cwd=tmp_path)
    assert checked.returncode == 0
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid and [task.name for task in report.tasks] == OFFERED


def test_the_checksums_are_those_of_the_files(folder: Path):
    listed = dict(
        reversed(line.split("  ")) for line in (folder / CHECKSUMS).read_text(encoding="ascii").splitlines()
    )
    offered = {path.name for path in folder.iterdir() if path.is_file()}
    assert set(listed) == offered - {"index.html", CHECKSUMS}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


# Nothing runs


FORMULAS = ["=1+1", "+46 8 123", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "https://exempel.se"]


def test_a_formula_in_a_text_stays_a_text_in_the_workbook():
    table = Table("prov", "Prov", "Prov.", (Column("text", "string", "Text", "Prov."),), ("text",))
    data = formats.workbook([(table, pd.DataFrame({"text": FORMULAS}))], ["=1+1"], "Prov", str)
    made = openpyxl.load_workbook(io.BytesIO(data))
    found = [cell for row in made["prov"].iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in found] == FORMULAS
    assert {cell.data_type for cell in found} == {"s"} and not any(c.hyperlink for c in found)
    assert made["Läs mig"]["A1"].data_type == "s"


def test_no_cell_of_any_csv_can_run(project: Project):
    dangerous = []
    for path in project.site.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            dangerous += [
                (path.name, cell)
                for row in csv.reader(file)
                for cell in row
                if cell[:1] in tuple("=+-@\t\r") and not re.fullmatch(r"-?\d+", cell)
            ]
    assert not dangerous


# 4 and 5. Understood, cited, found


class Text(HTMLParser):
    """The text of a page's code blocks, tables and links."""

    def __init__(self, page: str):
        super().__init__()
        self.code: list[str] = []
        self.links: set[str] = set()
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "pre":
            self.inside, self.code = True, [*self.code, ""]
        if tag == "a":
            self.links.add(dict(attributes).get("href", ""))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data):
        if self.inside:
            self.code[-1] += data


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def test_the_page_leads_to_every_file(folder: Path, page: str):
    files = {path.name for path in folder.iterdir() if path.is_file()} - {"index.html"}
    sums = (folder / "kontrollsummor" / "index.html").read_text(encoding="utf-8")
    assert "kontrollsummor/" in Text(page).links and CHECKSUMS in Text(page).links
    assert files <= {link.removeprefix("../") for link in Text(sums).links}
    assert {f"{name}.csv" for name in OFFERED} <= Text(page).links and len(page) < 200_000
    for name in OFFERED:
        assert {pattern.format(name) for _, pattern, _ in KINDS.values()} <= files
    assert {file for _, file, _, _ in WHOLE.values()} <= files
    for name in files - {CHECKSUMS}:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() in sums, name


@pytest.mark.parametrize("name", OFFERED)
def test_a_codebook_page_has_every_column_code_and_the_first_rows(folder: Path, name: str):
    page = (folder / name / "index.html").read_text(encoding="utf-8")
    said = html.unescape(re.sub(r"<[^>]+>", "", page))
    header, rows = cells(folder, name)
    for column in header:
        assert f'id="kolumn-{column}"' in page
    for column in TABLES[name].columns if name in TABLES else ():
        assert column.description in said and column.english in said
        for code, meaning in (column.codes.codes if column.codes else {}).items():
            assert f"{code} {meaning}" in said or code == meaning and code in said
    if rows:
        preview = page[page.index('id="rader"') :].split("</table>")[0]
        texts = [
            html.unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<td.*?</td>", preview, re.S)
        ]
        # Each column is a row of the page, and a long text is cut.
        wanted = [row[place] for place in range(len(header)) for row in rows[:3]]
        for text, cell in zip(texts, wanted, strict=True):
            shown, whole = " ".join(text.split()), " ".join(cell.split())
            assert shown in (whole, whole or "–") or len(shown) > 60 and whole.startswith(shown.rstrip(" …"))
        assert preview.count("<tr>") == 1 + len(header)
        assert preview.count('<th scope="col">') == 1 + min(3, len(rows))


def test_the_examples_run_and_say_what_the_tables_say(folder: Path, page: str, tmp_path: Path):
    """All are run beside the files."""
    blocks = Text(page).code
    python = [block for block in blocks if "import " in block]
    assert len(python) == 3
    wanted = {unit: "".join(pages).count("2") for unit, pages in golden.PAGES.items()}
    first, *python = python
    assert len(first.strip().splitlines()) == 3
    done = subprocess.run([sys.executable, "-c", first], cwd=folder, capture_output=True, text=True)
    assert re.search(rf"hogsbo +{wanted['goteborg-askim-frolunda-hogsbo']}\n", done.stdout)
    names = {row[0]: row[1] for row in cells(folder, "enheter")[1]}
    codes = {row[0]: row[3] for row in cells(folder, "enheter")[1]}
    for block in python:
        result = subprocess.run(
            [sys.executable, "-c", block],
            cwd=folder,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        assert result.returncode == 0, result.stderr
        for unit, number in wanted.items():
            assert re.search(rf"{re.escape(names[unit])}\b.* {number}$", result.stdout, re.M), unit
    assert (
        codes["skelleftea"]
        in subprocess.run(
            [sys.executable, "-c", python[0]], cwd=folder, capture_output=True, text=True
        ).stdout
    )
    r = next(block for block in blocks if "read.csv" in block and "<-" in block)
    known = set(cells(folder, "resultat")[0] + cells(folder, "enheter")[0])
    assert set(re.findall(r'"([a-z_]+\.csv)"', r)) == {"resultat.csv", "enheter.csv", "riket.csv"}
    used = set(re.findall(r"\b(ar|svar_kod|enhet_id|enhet|kommunkod|lanskod)\b", r))
    assert used == {"ar", "svar_kod", "enhet_id", "enhet", "kommunkod", "lanskod"} <= known
    r += """
bred <- read.csv("resultat_bred.csv")
stopifnot(is.logical(riket$foredragen), is.logical(riket$harledd), "social_jour" %in% names(bred), !any(grepl(".", names(bred), fixed = TRUE)))
stopifnot(all(nchar(enheter$kommunkod) == 4))
"""
    done = subprocess.run([program("Rscript"), "-e", r], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all(re.search(rf"{u}\b.*\b{n}\b", done.stdout) for u, n in wanted.items())


def test_the_citation_has_one_version_everywhere(project: Project, page: str, folder: Path):
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["version"] == __version__ == package["project"]["version"]
    assert str(told["date-released"]) == RELEASED
    citation = read_citation(project)
    assert citation.swedish() in html.unescape(page)
    bibtex = (folder / "hanvisning.bib").read_text(encoding="utf-8")
    assert bibtex.strip() in html.unescape(re.sub(r"<[^>]+>", "", page))
    assert bibtex.count("{") == bibtex.count("}") and bibtex.count("\n@") == 1
    assert (folder / "CITATION.cff").read_bytes() == (ROOT / "CITATION.cff").read_bytes()
    placed = read_citation(project, "https://exempel.se/oj/")
    assert placed.swedish() == f"{citation.swedish()} Hämtad från https://exempel.se/oj/data/{__version__}/"
    assert (
        f"\n  url = {{https://exempel.se/oj/data/{__version__}/}},\n" in placed.bibtex()
        and "url =" not in bibtex
    )


def test_search_engines_are_told_of_every_file(project: Project, page: str, folder: Path, monkeypatch):
    def told_on(html: str) -> dict:
        told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
        assert told["@type"] == "Dataset" and told["version"] == __version__
        assert 50 <= len(told["description"]) <= 5000  # what Google's index of data sets demands
        assert told["url"] == "./"
        return told

    told, files = told_on(page), 0
    assert re.fullmatch(r"\d{4}/\d{4}", told["temporalCoverage"])
    parts = [part["url"] for part in told["hasPart"]]
    assert parts == [f"{name}/" for name in OFFERED]
    for part in ("", *parts):
        about = told_on((folder / part / "index.html").read_text(encoding="utf-8")) if part else told
        assert part == "" or about["isPartOf"]["url"] == "../"
        for download in about["distribution"]:
            file = folder / part / download["contentUrl"]
            assert hashlib.sha256(file.read_bytes()).hexdigest() == download["sha256"]
            files += 1
    assert files == 5 * len(OFFERED) + 3
    dataset = Dataset(project, {name: pd.read_csv(project.clean / f"{name}.csv") for name in TABLES})
    dataset.__dict__["files"] = {path.name: b"" for path in folder.iterdir() if path.is_file()}
    dataset.__dict__["tables"] = []
    monkeypatch.setenv("SITE_URL", "https://exempel.invalid/oj")
    absolute = dataset.json_ld()
    assert absolute["url"] == "https://exempel.invalid/oj/data/"
    assert absolute["distribution"][0]["contentUrl"].startswith(absolute["url"])


def test_a_trace_that_leads_nowhere_is_refused():
    with pytest.raises(ValueError, match="okänt"):
        traced("cell", "riket", "andel", ar=2015)
    with pytest.raises(ValueError, match="okänt"):
        traced("antal", "resultat", kommun="lund")
    with pytest.raises(ValueError, match="mellanslag"):
        traced("antal", "resultat", svar="Ja och Nej")


# 7. Reproducible


def test_two_builds_in_two_places_are_byte_for_byte_the_same(project: Project, folder: Path, tmp_path: Path):
    """In other folders, with other hash seeds, time zones and languages; against the site too."""
    code = (
        "import hashlib, sys; from pathlib import Path\n"
        "from ojbrottsoffer.project import Project; from ojbrottsoffer.site.downloads.dataset import Dataset\n"
        "from ojbrottsoffer.analysis.edition import read_tables\n"
        "p = Project(Path(sys.argv[1]))\n"
        "for n, c in Dataset(p, read_tables(p.clean)).files.items():\n"
        "    print(hashlib.sha256(c).hexdigest(), n)\n"
    )
    found = []
    for number, zone in ((1, "Pacific/Auckland"), (2, "America/Los_Angeles")):
        place = tmp_path / ("x" * number) / "en mapp"
        (place / "data").mkdir(parents=True)
        for name in ("clean", "versioner", "reference"):
            shutil.copytree(project.root / "data" / name, place / "data" / name)
        shutil.copy(project.root / "CITATION.cff", place)
        result = subprocess.run(
            [sys.executable, "-c", code, str(place)],
            capture_output=True,
            text=True,
            cwd=place,
            env=os.environ
            | {"PYTHONHASHSEED": str(number), "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(ROOT / "src")},
        )
        assert result.returncode == 0, result.stderr
        found.append(Counter(result.stdout.splitlines()))
    assert found[0] == found[1]
    assert found[0] == Counter(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}"
        for path in folder.iterdir()
        if path.is_file() and path.name != "index.html"
    )
