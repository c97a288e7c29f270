"""What is told of changes between versions of the data, and what stops before a version is made."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html import escape

import pytest

from ojbrottsoffer import __version__
from ojbrottsoffer.analysis import archive, versions
from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.checks.rules.publishable import unfit_columns
from ojbrottsoffer.cli import commands
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.published_text import runs
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.site.downloads.dataset import Dataset
from ojbrottsoffer.site.pages.rendering import environment
from ojbrottsoffer.sources.curated.moves import read_moves


def edit(project: Project, table: str, before: str, after: str) -> None:
    path = project.clean / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def released(sources: Project) -> Project:
    """A copy whose tables are those of the version it has."""
    if versions.since_latest(sources, read_tables(sources.clean)):
        for path in sources.versions.iterdir():
            path.unlink()
        versions.record(sources, read_tables(sources.clean))
    return sources


def test_the_tables_are_those_of_the_version_they_say(project: Project):
    """A recorded version is never rewritten: tables that have changed need a new number."""
    latest = versions.read_versions(project)[0]
    changed = [change.tabell for change in versions.since_latest(project, read_tables(project.clean))]
    assert latest.version != __version__ or not changed, (
        f"tabellerna {', '.join(changed)} är inte de som är fastställda som version {latest.version}. "
        "Höj versionen (src/ojbrottsoffer/__init__.py, pyproject.toml, CITATION.cff), kör make och "
        "sedan python -m ojbrottsoffer dataversion --faststall. Är versionen inte publicerad än: "
        "hämta data/versioner/ som den var före den och fastställ igen."
    )


def test_a_change_is_told_by_table_kind_and_key(released: Project):
    assert versions.since_latest(released, read_tables(released.clean)) == []
    edit(
        released,
        "resultat",
        "2015,lund,bedomning-standardiserad,2,Ja",
        "2015,lund,bedomning-standardiserad,1,Delvis",
    )
    path = released.clean / "enheter.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = lines.pop(1)
    path.write_text("".join([*lines, gone.replace("alvdalen", "testkommun-001")]), encoding="utf-8")
    changes = {c.tabell: c for c in versions.since_latest(released, read_tables(released.clean))}
    assert set(changes) == {"enheter", "resultat"}
    assert changes["resultat"].nycklar == {"andrade": ["2015 / lund / bedomning-standardiserad"]}
    assert (changes["resultat"].nya, changes["resultat"].andrade) == (0, 1)
    assert changes["enheter"].nycklar == {"nya": ["testkommun-001"], "borttagna": ["alvdalen"]}
    assert changes["enheter"].rader_fore == changes["enheter"].rader_efter == len(lines)


def test_a_new_column_is_told_and_does_not_make_every_row_changed():
    names = TABLES["kallor"].column_names

    def row(**values: str) -> dict[str, str]:
        return dict.fromkeys(names, "") | values

    before = {"kallor": {key: row(titel=f"titel {key}") for key in "abd"}}
    now = {"a": row(titel="titel a", url="ny"), "b": row(titel="ny"), "c": row()}
    without = [name for name in names if name != "url"]
    [change] = [
        c
        for c in versions.compare(before, {"kallor": [*without, "borta"]}, {"kallor": now})
        if c.tabell == "kallor"
    ]
    assert (change.nya_kolumner, change.borttagna_kolumner) == (["url"], ["borta"])
    assert change.nycklar == {"nya": ["c"], "andrade": ["b"], "borttagna": ["d"]}
    gone = {c.tabell: c for c in versions.compare({"gammal": {"a": {}}}, {"gammal": ["x"]}, {})}
    assert (gone["gammal"].rader_fore, gone["gammal"].rader_efter) == (1, None)
    assert gone["kallor"].rader_fore is None and gone["kallor"].nycklar == {}


def test_every_key_of_a_change_is_listed():
    rows = {"kallor": {f"k{n}": {} for n in range(50)}}
    [change] = [
        c
        for c in versions.compare({}, {"kallor": TABLES["kallor"].column_names}, rows)
        if c.tabell == "kallor"
    ]
    assert change.nya == 50 and change.nycklar["nya"] == list(rows["kallor"])
    first = versions.Version("1.0", "2026-01-01", "0" * 64, {}, {}, [change])
    lines = versions.changed_keys([first], [change]).decode().splitlines()
    assert len(lines) == 101 and lines[1] == "efter 1.0,kallor,nya,k0"
    assert lines[-1] == "1.0,kallor,nya,k49"


def test_a_version_is_recorded_once_and_never_rewritten(released: Project, capsys):
    path = released.versions / "versioner.json"
    before = path.read_bytes()
    assert commands.main(["--rot", str(released.root), "dataversion", "--faststall"]) == 0
    assert "redan fastställd med de här tabellerna" in capsys.readouterr().out
    edit(released, "enheter", "Älvdalen", "Testkommun")
    assert commands.main(["--rot", str(released.root), "dataversion", "--faststall"]) == 1
    message = capsys.readouterr().err
    assert "Versionen är redan fastställd" in message and "CITATION.cff" in message
    assert path.read_bytes() == before
    kept = json.loads(before)
    earlier = [kept[0] | {"version": "0.4.9"}, *(item for item in kept if item["version"] != __version__)]
    path.write_text(json.dumps(earlier), encoding="utf-8")  # the package's version is then a new one
    (released.versions / f"{__version__}.zip").rename(released.versions / "0.4.9.zip")
    citation = released.root / "CITATION.cff"
    text = citation.read_text(encoding="utf-8")
    citation.write_text(text.replace(f"version: {__version__}", "version: 99.0.0"), encoding="utf-8")
    with pytest.raises(DataError, match=r"CITATION.cff gäller en annan version"):
        versions.record(released, read_tables(released.clean))
    citation.write_text(text, encoding="utf-8")
    assert versions.record(released, read_tables(released.clean)).version == __version__
    told = json.loads(path.read_text(encoding="utf-8"))
    assert [item["version"] for item in told] == [__version__, *(item["version"] for item in earlier)]
    assert [c["tabell"] for c in told[0]["andringar"]] == ["enheter"]
    assert versions.since_latest(released, read_tables(released.clean)) == []


def test_the_change_log_on_the_page_says_rows_and_keys(released: Project, project: Project):
    edit(
        released,
        "resultat",
        "2015,lund,bedomning-standardiserad,2,Ja",
        "2015,lund,bedomning-standardiserad,1,Delvis",
    )
    dataset = Dataset(released, read_tables(released.clean))
    before = dataset.versions[0].version
    assert f'<a href="data/{before}/">' in environment().get_template("data/changes.html").render(
        data=dataset, link=str
    )
    shown = (
        environment()
        .get_template("data/change_table.html")
        .module.table_of(dataset, dataset.unreleased, f"Sedan version {before}", str)
    )
    assert f"Sedan version {before}" in shown
    assert "2015 / lund / bedomning-standardiserad" in shown
    assert 'data-rubrik="Ändrade">1<' in shown and 'data-rubrik="Nya">0<' in shown


def test_whoever_moves_from_the_version_before_is_told_what_each_removed_column_became(project: Project):
    moves = read_moves(project)
    for version in versions.read_versions(project):
        page = re.sub(
            r"\s+", " ", (project.site / "data" / version.version / "index.html").read_text("utf-8")
        )
        mine = [row for row in moves if row["version"] == version.version]
        assert ('id="flytta"' in page) == bool(mine)
        assert all(escape(row[name]) in page for row in mine for name in ("tabell", "forut", "nu"))
        for change in version.andringar:
            told = " ".join(row["forut"] for row in mine if row["tabell"] == change.tabell)
            assert set(change.borttagna_kolumner) <= set(re.findall(r"\w+", told)), change.tabell
    readme = (project.site / "data" / "LAS_MIG.txt").read_text("utf-8")
    assert "alla CSV-filer: true och false → TRUE och FALSE" in readme


# What may not leave the project


def test_a_column_that_nobody_has_declared_or_given_values_is_named(project: Project):
    tables = read_tables(project.clean)
    assert not unfit_columns(tables)
    (finding,) = unfit_columns(tables | {"resultat": tables["resultat"].assign(betyg="5")})
    text = "\n".join(finding.lines())
    assert "Kolumnen är inte deklarerad" in text and "resultat" in text
    assert "kolumn:     betyg" in text and "schema/tables/" in text
    (finding,) = unfit_columns(tables | {"resultat": tables["resultat"].drop(columns="svar")})
    assert "deklarerad, men tabellen har den inte" in finding.what and finding.column == "svar"


def test_a_formula_stops_the_build(scratch: Project):
    edit_reference = scratch.reference / "indikatorer.csv"
    text = edit_reference.read_text(encoding="utf-8")
    assert ",Social jour," in text
    edit_reference.write_text(text.replace(",Social jour,", ",=1+1,"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        ingest_and_check(scratch)
    for expected in ("kan läsas som en formel", "indikatorer.csv", "kortnamn", "”=1+1”"):
        assert expected in str(caught.value), caught.value


@pytest.mark.parametrize("text", ["=1", "+1+1", "-1-1", "@a", "\tx", "\rx", "＝1"])
def test_what_a_spreadsheet_would_run_is_seen(text: str):
    assert runs(text)
    assert not runs(f"x{text}")


@pytest.mark.parametrize("text", ["-12", "+3,5", "Lund", "–", "", "a=b"])
def test_plain_numbers_and_texts_are_let_through(text: str):
    assert not runs(text)


def test_every_released_version_is_kept_whole_at_its_own_address(project: Project):
    kept = archive.kept(project)
    recorded = {version.version: version for version in versions.read_versions(project)}
    assert next(iter(kept)) == __version__ and set(kept) == {*recorded, __version__}
    for version, content in kept.items():
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            rows = {
                name.removesuffix(".csv"): sum(1 for _ in csv.reader(io.StringIO(opened.read(name).decode())))
                - 1
                for name in opened.namelist()
                if name.endswith(".csv")
            }
            assert json.loads(opened.read("datapackage.json"))["version"] == version
        if version in recorded:
            assert rows == recorded[version].rader
        page = (project.site / "data" / version / "index.html").read_text("utf-8")
        (name,) = (path.name for path in (project.site / "data" / version).glob("*.zip"))
        assert (project.site / "data" / version / name).read_bytes() == content and f'href="{name}"' in page
        assert 'id="andringar"' in page and "Nya rader" in re.sub(r"\s+", " ", page) or version == "0.1.0"
    changes = (project.site / "data" / "index.html").read_text("utf-8")
    assert all(f'href="{version}/"' in changes for version in kept)
