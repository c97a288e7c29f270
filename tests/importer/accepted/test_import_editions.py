"""A second and a third edition beside 2015: imported, signed off, compared cell by cell, shown.

The answers and the municipalities are invented.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml
from conftest import ROOT, contents
from htmltext import flat
from importfiler import (
    KALLA,
    MARKS,
    NUMBERS,
    File,
    bring_in,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    save_rows,
    shorten_notebooks,
    test_units,
)

from ojbrottsoffer.analysis.edition import edition, read_tables
from ojbrottsoffer.analysis.units.changes import BETTER, INCOMPARABLE, SAME, WORSE, unit_change
from ojbrottsoffer.checks.editions import signoff
from ojbrottsoffer.checks.editions.crosswalk import check_crosswalk
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.accepted.editions import jamforbar, read
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK
from ojbrottsoffer.site.context import edition_context
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.site.context.unit_context import municipality_values
from ojbrottsoffer.site.downloads.unit_files import choices as choices_of
from ojbrottsoffer.site.pages.rendering import environment, render
from ojbrottsoffer.sources.curated import decisions
from ojbrottsoffer.sources.origins import read_origins
from ojbrottsoffer.sources.reference.register import load_reference
from tools.audit.pagetypes import page_type

pytestmark = pytest.mark.slow

UNITS = test_units(12)
NEW = {"malgrupp": "vuxna", "typ": "struktur", "indikatoromrade_id": "handlaggarnas-kompetens"}
WORD = {2: "Ja", 1: "Delvis", 0: "Nej"}


class Editions:
    """The scratch project with its two invented files and what they hold."""

    def __init__(self, folder):
        self.files = folder / "filer"
        self.files.mkdir()
        self.project = make_project(folder / "projekt")
        shorten_notebooks(self.project, "02_kvalitet")  # the draft's first step runs the same checks
        every = indicators_of(self.project)
        shares = [str(20 + i) for i in range(59)] + ["78"]
        self.first = File(
            UNITS[:10],
            every,
            invented_answers(UNITS, every),
            levels=3,
            codes="tal",
            above=2,
            below=1,
            counties=True,
            total=True,
            nation=shares,
        )
        kept = [item for item in every if item[0] not in ("social-jour", "kompetensplan")]
        area = next(item for item in every if item[0] == "kompetensplan")
        added = [
            ("kompetensplan-vuxna", "Samlad plan för vuxna", *area[2:]),
            ("kompetensplan-barn", "Samlad plan för barn", *area[2:]),
            ("helt-ny", "En helt ny fråga", *area[2:]),
        ]
        asked = kept + added
        self.second = File(
            UNITS[2:],
            asked,
            invented_answers(UNITS, asked, seed=3),
            columns=True,
            coding=NUMBERS,
            labels={"info-sprak": "Språk som är vanliga i kommunen", UNITS[5][0]: f"{UNITS[5][0]}s kommun"},
        )
        self.second_profile = {
            "saknas": MARKS,
            "kalla": KALLA,
            "koder": {"2": "Ja", "1": "Delvis", "0": "Nej"},
            "indikatorer": {
                "Samlad plan för vuxna": NEW
                | {
                    "id": "kompetensplan-vuxna",
                    "samband": "delad",
                    "fran": ["kompetensplan"],
                    "kortnamn": "Plan vuxna",
                },
                "Samlad plan för barn": NEW
                | {
                    "id": "kompetensplan-barn",
                    "samband": "delad",
                    "fran": ["kompetensplan"],
                    "kortnamn": "Plan barn",
                },
                "En helt ny fråga": NEW | {"id": "helt-ny", "samband": "ny", "kortnamn": "Ny fråga"},
                "Språk som är vanliga i kommunen": {
                    "id": "info-sprak",
                    "samband": "omformulerad",
                    "jamforbar": "nej",
                },
            },
        }

    def run(self, *arguments) -> int:
        return main(["--rot", str(self.project.root), *map(str, arguments)])

    def bring_in(self, path, ar: int, profile: dict, reader: str | None = None) -> int:
        return bring_in(self.project, path, profile_file(self.files, **profile), ar=ar, reader=reader)

    def sign(self, ar: int, *more) -> int:
        return self.run(
            "granska",
            "--ar",
            ar,
            "--godkann",
            "--granskare",
            "En granskare",
            "--skal",
            "Jämförd med filen",
            "--datum",
            f"{ar + 1}-08-01",
            *more,
        )

    def clean(self, name: str) -> list[dict]:
        with (self.project.clean / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def unit_id(name: str) -> str:
    return name.lower().replace(" ", "-")


def expected_rows(file: File) -> dict:
    return {
        (unit_id(name), item[0]): (str(file.answers[name, item[0]]), "")
        if file.answers[name, item[0]] in WORD
        else ("", file.answers[name, item[0]])
        for name, _ in file.units
        for item in file.indicators
    }


def found_rows(rows: list[dict], ar: int) -> dict:
    return {
        (row["enhet_id"], row["indikator_id"]): (row["svar_kod"], row["saknas_orsak"])
        for row in rows
        if row["ar"] == str(ar)
    }


WRONG, UNKNOWN = UNITS[0][0], UNITS[1][0]
"""Units of 2016 whose total in the file is one too many, and a mark that the profile explains."""
CONTRADICTION = "antal-ja-2016-testkommun-001"


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """2016 imported, refused and signed, 2017 imported and waiting; the steps checked as they go."""
    made = Editions(tmp_path_factory.mktemp("utgavor"))
    published = contents(made.project.clean)
    rows, fills, merged = made.first.grid()
    for row in rows:
        if row[0] == WRONG:
            row[-1] += 1
        if row[0] == UNKNOWN:
            row[-1] = "X"
    path = save_rows(made.files, rows, "xlsx", fills, merged, extra_sheets=("Läs mig",))
    original = path.read_bytes()
    assert made.bring_in(path, 2016, {"saknas": MARKS, "kalla": KALLA}, reader="en granskare") == 0
    assert (made.project.raw / "oj-2016" / "pahittad-fil.xlsx").read_bytes() == original
    assert made.run("data") == 0
    assert contents(made.project.clean) == published, "en osignerad utgåva ändrar inget"
    sign_what_disagrees(made)
    assert made.bring_in(made.second.save(made.files, "ods"), 2017, made.second_profile) == 0
    assert made.run("data") == 0
    made.before = published
    return made


def sign_what_disagrees(made: Editions) -> None:
    """A total that disagrees with the answers waits for a decision: refused, then accepted by name."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        assert made.sign(2016) == 1
    assert CONTRADICTION in said.getvalue()
    signed = made.project.reference / "granskade_utgavor.yml"
    reason = ("--granskare", "Nils Nilsson", "--skal", "Fel i filen", "--datum", "2017-08-01")
    assert made.run("granska", "--ar", 2016, "--avvisa", *reason) == 0
    (whole,) = yaml.safe_load(signed.read_text(encoding="utf-8"))
    assert whole["beslut"] == "underkand" and "avvisade" not in whole
    assert made.run("granska", "--ar", 2016, "--avvisa", CONTRADICTION, *reason) == 0
    (kept,) = yaml.safe_load(signed.read_text(encoding="utf-8"))
    assert kept["beslut"] == "underkand" and kept["avvisade"] == [CONTRADICTION]
    assert made.sign(2016, "--acceptera", CONTRADICTION) == 0
    (now,) = yaml.safe_load(signed.read_text(encoding="utf-8"))
    refused = [
        {name: value for name, value in one.items() if name not in ("kalla_id", "tidigare")}
        for one in (whole, kept)
    ]
    assert now["beslut"] == "godkand" and len(now["tidigare"]) == 2, "ett nej glöms inte"
    assert all(one in now["tidigare"] for one in refused)


def test_a_contradiction_says_who_accepted_it(editions):
    row = next(r for r in editions.clean("avvikelser") if r["avvikelse_id"] == CONTRADICTION)
    alone = "Godtagen av den som tog in utgåvan; ingen annan har granskat den."
    assert (row["status"], row["beslut"]) == ("kand", f"Jämförd med filen {alone}")


def test_a_signed_edition_is_in_the_tables_cell_by_cell(editions):
    rows = editions.clean("resultat")
    assert found_rows(rows, 2016) == expected_rows(editions.first)
    assert {(r["svar_kod"], r["svar"]) for r in rows} <= {
        ("2", "Ja"),
        ("1", "Delvis"),
        ("0", "Nej"),
        ("", ""),
    }
    places = {r["plats"] for r in rows if r["ar"] == "2016"}
    assert len(places) == 10 * 60
    assert next(
        r["plats"]
        for r in rows
        if r["enhet_id"] == "testkommun-001" and r["indikator_id"] == "bedomning-standardiserad"
    ).startswith("pahittad-fil.xlsx, blad ”Svar”, cell C9 (rad Testkommun 001")


def test_2015_is_as_it_was(editions):
    before = editions.before["resultat.csv"].decode().splitlines()
    after = (editions.project.clean / "resultat.csv").read_text(encoding="utf-8").splitlines()
    assert after[: len(before)] == before
    for name in ("enheter_ar", "antal_ja", "indikatorer_ar", "riket"):
        old = editions.before[f"{name}.csv"].decode().splitlines()
        new = (editions.project.clean / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        if name == "riket":  # what others said of 2016 no longer counts: the edition has a share of its own
            assert {row for row in old if row not in new} == {
                row for row in old if row.startswith("2016,social-jour,")
            }
            old = [row for row in old if not row.startswith("2016,")]
        assert set(old) <= set(new)


def test_totals_and_the_nation_come_from_the_file(editions):
    totals = {
        r["enhet_id"]: (r["antal_ja_publicerat"], r["differens"])
        for r in editions.clean("antal_ja")
        if r["ar"] == "2016"
    }
    counted = {
        name: sum(editions.first.answers[name, i[0]] == 2 for i in editions.first.indicators)
        for name, _ in editions.first.units
    }
    assert totals == {
        unit_id(name): (str(number + (name == WRONG)), str(int(name == WRONG)))
        for name, number in counted.items()
        if name != UNKNOWN
    }
    shares = {
        r["indikator_id"]: r["andel_ja_procent"]
        for r in editions.clean("riket")
        if r["kalla_id"] == "oj-2016"
    }
    assert shares == {
        item[0]: text for item, text in zip(editions.first.indicators, editions.first.nation, strict=True)
    }


def test_an_unsigned_edition_leaves_no_trace_in_the_public_tables(editions):
    for path in editions.project.clean.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert "oj-2017" not in text and "testkommun-012" not in text, path.name
    assert "2017" not in {row["ar"] for row in editions.clean("resultat")}


def test_raw_files_are_on_the_checksum_list(editions):
    listed = dict(
        reversed(line.split("  "))
        for line in (editions.project.raw / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    for folder in ("oj-2016", "oj-2017"):
        for name, data in contents(editions.project.raw / folder).items():
            assert listed[f"{folder}/{name}"] == hashlib.sha256(data).hexdigest()


def test_printed_labels_and_links_are_in_the_reference_tables(editions):
    reference = load_reference(editions.project)
    labels = reference.etiketter.query("kalla_id == 'oj-2017'")
    assert dict(labels[["etikett", "id"]].itertuples(index=False, name=None)) == {
        f"{UNITS[5][0]}s kommun": unit_id(UNITS[5][0])
    }
    links = reference.indikatorer_mellan_ar.query("till_ar == '2017' and fran_ar == '2016'")
    kinds = links.groupby("typ").size().to_dict()
    assert kinds == {"samma": 57, "omformulerad": 1, "delad": 2, "ny": 1, "utgatt": 1}
    assert list(links.query("typ == 'utgatt'")["fran_id"]) == ["social-jour"]
    assert jamforbar(reference, "helt-ny", 2017) == "nej"
    assert jamforbar(reference, "info-talat", 2017) == "ja"
    assert jamforbar(reference, "info-sprak", 2017) == "nej"


@pytest.fixture(scope="module")
def drafted(editions):
    """The draft site built, and the tables behind it."""
    assert editions.run("utkast") == 0
    return replace(editions.project, draft=True)


def test_the_draft_has_the_second_edition_cell_by_cell(editions, drafted):
    with (drafted.clean / "resultat.csv").open(encoding="utf-8", newline="") as file:
        assert found_rows(list(csv.DictReader(file)), 2017) == expected_rows(editions.second)


def addresses(site: Path) -> set[str]:
    """Those of the search index have digests of what they hold."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {re.sub(r"^(pagefind/.*?)\w+\.(pf_\w+)$", r"\1\2", name) for name in found}


def test_a_draft_has_all_that_a_publication_has(drafted):
    """The editions that are published, which the draft has too, and the files of its own units."""
    found = addresses(drafted.site)
    assert addresses(Project(ROOT).site) <= found and "pagefind/pagefind.js" in found
    for name, _ in UNITS:
        unit = unit_id(name)
        files = (f"{unit}.csv", f"{unit}.xlsx", f"handlingsplan-{unit}.xlsx", f"profil-{unit}.pdf")
        assert {f"kommuner/{unit}/{file}" for file in files} <= found


def test_the_draft_is_marked_on_every_page_and_is_not_the_site(editions, drafted):
    assert not editions.project.site.exists()
    pages = list(drafted.site.rglob("*.html"))
    assert len(pages) > 60 and (drafted.site / "404.html") in pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert 'class="oj-utkast"' in text and "<title>Utkast: " in text and "noindex" in text, page


def test_the_draft_runs_the_notebooks_on_its_own_tables(editions, drafted):
    """A draft is built as a publication is: what stops a notebook stops the draft."""
    assert not editions.project.executed_notebooks.exists()
    book = drafted.site / "anteckningsbocker" / "03_rankning_urval" / "index.html"
    assert UNITS[3][0] in book.read_text(encoding="utf-8")


def test_each_edition_of_a_unit_has_an_address_and_a_switch(drafted):
    kommuner = drafted.site / "kommuner"
    latest = flat((kommuner / "testkommun-004" / "index.html").read_text(encoding="utf-8"))
    earlier = flat((kommuner / "testkommun-004" / "2016" / "index.html").read_text(encoding="utf-8"))
    assert re.search(r'href="\./" aria-current="page">2017', latest)
    assert re.search(r'href="2016/"[^>]*>2016', latest)
    assert re.search(r'href="\./" aria-current="page">2016', earlier)
    gone = flat((kommuner / "testkommun-001" / "index.html").read_text(encoding="utf-8"))
    assert "Av svaren 2016 är" in gone and 'class="oj-utgavor"' not in gone
    real = flat((kommuner / "lund" / "index.html").read_text(encoding="utf-8"))
    assert "Av svaren 2015 är" in real and 'class="oj-utgavor"' not in real
    for kind in ("kommuner", "indikatorer", "jamfor", "rankning"):
        for name in (kind, f"{kind}/2015", f"{kind}/2016"):
            assert 'class="oj-utgavor"' in (drafted.site / name / "index.html").read_text(encoding="utf-8"), (
                name
            )


def test_comparison_and_ranking_of_an_older_edition_have_its_figures(editions, drafted):
    page = flat((drafted.site / "jamfor" / "2016" / "index.html").read_text(encoding="utf-8"))
    assert 'data-underlag="../../assets/underlag-2016.json"' in page
    figures = json.loads((drafted.site / "assets" / "underlag-2016.json").read_text(encoding="utf-8"))
    unit = next(unit for unit in figures["enheter"] if unit["id"] == "testkommun-004")
    assert unit["svar"] == "".join(
        str(answer) if (answer := editions.first.answers[UNITS[3][0], item[0]]) in WORD else "-"
        for item in editions.first.indicators
    )
    for item in (*figures["enheter"], *figures["indikatorer"]):
        address = item.get("sida") or f"{'kommuner' if 'svar' in item else 'indikatorer'}/{item['id']}/"
        assert (drafted.site / address / "index.html").is_file(), address
    assert unit["sida"] == "kommuner/testkommun-004/2016/"
    ranking = flat((drafted.site / "rankning" / "2016" / "index.html").read_text(encoding="utf-8"))
    assert (
        'href="../../kommuner/testkommun-004/2016/"' in ranking
        and "lund/" not in ranking.split("<h1>")[1].split("</main")[0]
    )


def test_what_has_left_keeps_its_page_and_says_so(drafted):
    def page(address):
        return flat((drafted.site / address / "index.html").read_text(encoding="utf-8"))

    gone = "är inte med i utgåvan 2017. Sidan visar 2016, den senaste utgåvan den är med i."
    assert f"Enheten {gone}" in page("kommuner/testkommun-001")
    assert f"Indikatorn {gone}" in page("indikatorer/social-jour")
    plan = page("indikatorer/kompetensplan")
    assert 'href="../kompetensplan-vuxna/">Samlad plan för vuxna</a> och <a' in plan
    for unit in ("testkommun-001", "testkommun-004"):
        files = [f"{unit}.csv", f"{unit}.xlsx", f"handlingsplan-{unit}.xlsx"]
        assert all((drafted.site / "kommuner" / unit / name).is_file() for name in files)
        assert all(f'href="{name}" download' in page(f"kommuner/{unit}") for name in files), unit
        assert not list((drafted.site / "kommuner" / unit / "2016").glob("*.*sx"))
    own = (drafted.site / "kommuner" / "testkommun-001" / "testkommun-001.csv").read_text(encoding="utf-8")
    assert {line.split(",")[0] for line in own.splitlines()[1:]} == {"2016"}
    assert 'href="../../jamfor/2016/?enheter=testkommun-001,' in page("kommuner/testkommun-001")
    assert '<h2 id="atgarder">' in page("kommuner/testkommun-001")
    assert "/roller/" in page("kommuner/testkommun-001") and "?kommun=" not in page(
        "kommuner/testkommun-001"
    ), "rollbladen har bara dem som är med i den senaste utgåvan"
    assert "/?kommun=testkommun-004" in page("kommuner/testkommun-004")
    assert page_type(drafted.site, "kommuner/testkommun-001/") == "profil"
    listed = page("kommuner").split('id="tidigare"')[1].split("<h2")[0]
    assert (
        'href="testkommun-001/">Testkommun 001</a> (2016)' in listed
        and 'href="lund/">Lund</a> (2015)' in listed
    )
    assert "testkommun-004/" not in listed and 'id="tidigare"' not in page("kommuner/2016")
    assert gone not in page("kommuner/testkommun-004/2016") + page("indikatorer/social-jour/2015")
    choices = json.loads((drafted.site / "assets" / "val.json").read_text(encoding="utf-8"))
    assert ["Social jourverksamhet", "indikatorer/social-jour/", "indikator från 2016"] in choices
    assert all((drafted.site / address / "index.html").is_file() for _, address, _ in choices)


def test_a_municipality_that_has_left_leads_on_to_its_districts(drafted):
    site = SiteTables.load(drafted)
    parts = {
        "testkommun-001": ["testkommun-004", "testkommun-005", "testkommun-006"],
        "kiruna": ["testkommun-007"],
    }
    every = edition_context.editions(
        replace(
            site,
            municipalities=[
                replace(item, units=parts.get(item.kommun_id, item.units)) for item in site.municipalities
            ],
        )
    )
    said = {
        address: word
        for _, address, word in choices_of(every)
        if address in ("kommuner/testkommun-001/", "kommuner/kiruna/")
    }
    assert list(said.values()) == ["svar för en del", "svar från 2016"]
    templates, latest = environment(), every[2017]
    values = municipality_values(latest)
    listed = flat(render(templates, "unit/all_municipalities.html", latest, str, **values))
    assert ">Testkommun 001</a> (svar från 2016)<" in listed and ">Kiruna</a> (svar för en del)<" in listed
    gone = "parts/links/gone.html", {"kind": "kommuner", "what": "Enheten"}
    told = [
        flat(render(templates, gone[0], every[2016], str, **gone[1], key=unit, unit=unit))
        for unit in ("testkommun-001", "testkommun-002")
    ]
    assert (
        'Delar av Testkommun 001 finns med 2017: <a href="kommuner/testkommun-004/">Testkommun 004</a>; '
        '<a href="kommuner/testkommun-005/">Testkommun 005</a> och '
        '<a href="kommuner/testkommun-006/">Testkommun 006</a>. '
    ) in told[0]
    assert "Sidan visar 2016" in told[1] and "finns med" not in told[1]


def test_every_edition_knows_the_one_before(drafted):
    every = edition_context.editions(SiteTables.load(drafted))
    assert list(every) == [2017, 2016, 2015] and [every[ar].year.ar for ar in every] == list(every)
    assert every[2017].previous is every[2016] and every[2016].previous is every[2015]
    assert every[2015].previous is None


def test_an_indicator_has_an_address_per_edition_and_the_search_finds_the_last(drafted):
    indicator = drafted.site / "indikatorer" / "bedomning-standardiserad"
    latest, earlier = (
        path.read_text(encoding="utf-8")
        for path in (indicator / "index.html", indicator / "2016" / "index.html")
    )
    assert re.search(r'href="\./" aria-current="page">2017', latest)
    assert re.search(r'href="\./" aria-current="page">2016', earlier)
    assert "Riket, andel ja 2016" in earlier and "Riket, andel ja 2017" in latest
    for path in drafted.site.glob("[ki]*/**/index.html"):
        unsearched = 'data-pagefind-ignore="all"' in path.read_text(encoding="utf-8")
        assert unsearched == (path.parent.name in ("2015", "2016")), path


def test_changes_of_a_unit_are_those_of_the_two_files(editions, drafted):
    tables = read_tables(drafted.clean)
    name = UNITS[7][0]
    change = unit_change(tables, edition(tables, 2016), edition(tables, 2017), unit_id(name))
    old, new = editions.first.answers, editions.second.answers
    asked = {item[0] for item in editions.second.indicators}
    expected = {}
    for indicator in asked:
        before, after = old.get((name, indicator)), new[name, indicator]
        if (
            indicator in ("helt-ny", "kompetensplan-vuxna", "kompetensplan-barn", "info-sprak")
            or before not in WORD
            or after not in WORD
        ):
            expected[indicator] = INCOMPARABLE
        else:
            expected[indicator] = SAME if before == after else BETTER if after > before else WORSE
    assert {item.indikator_id: item.kind for item in change.answers} == expected
    assert {BETTER, WORSE, SAME, INCOMPARABLE} <= set(expected.values()), "ett prov som ser allt"
    page = flat((drafted.site / "kommuner" / unit_id(name) / "index.html").read_text(encoding="utf-8"))
    for title, kind in (
        ("Bättre svar", BETTER),
        ("Sämre svar", WORSE),
        ("Oförändrade", SAME),
        ("Går inte att jämföra", INCOMPARABLE),
    ):
        number = sum(value == kind for value in expected.values())
        assert f"<dt>{title}</dt><dd>{number}</dd>" in page
    assert "Social jourverksamhet: finns inte längre med" in page


def test_renamed_and_merged_units_follow_the_table(drafted):
    tables = read_tables(drafted.clean)
    before, after = edition(tables, 2016), edition(tables, 2017)

    def with_links(*rows):
        frame = pd.DataFrame(
            rows, columns=["fran_ar", "fran_id", "till_ar", "till_id", "enhetssamband", "anmarkning"]
        )
        return tables | {"enheter_mellan_ar": frame}

    renamed = with_links((2016, "testkommun-001", 2017, "testkommun-012", "namnbyte", None))
    change = unit_change(renamed, before, after, "testkommun-012")
    assert change.earlier == ("testkommun-001",) and change.link == "namnbyte" and len(change.answers) == 61
    merged = with_links(
        (2016, "testkommun-001", 2017, "testkommun-012", "sammanslagen", None),
        (2016, "testkommun-002", 2017, "testkommun-012", "sammanslagen", None),
    )
    change = unit_change(merged, before, after, "testkommun-012")
    assert change.earlier == ("testkommun-001", "testkommun-002") and change.answers == ()
    assert unit_change(tables, before, after, "testkommun-012").link == "ny"


def test_a_broken_link_is_found(editions):
    reference = load_reference(editions.project)
    assert check_crosswalk(reference)[1] == []
    table = reference.indikatorer_mellan_ar
    at = table.index[(table["till_ar"] == "2017") & (table["typ"] == "samma")][0]
    gone = replace(reference, indikatorer_mellan_ar=table.drop(index=at))
    assert {f.column for f in check_crosswalk(gone)[1]} == {"fran_id", "till_id"}
    for column, value in (
        ("typ", "likadan"),
        ("jamforbar", "kanske"),
        ("till_id", "finns-inte"),
        ("fran_ar", "2018"),
    ):
        bad = table.copy()
        bad.loc[at, column] = value
        found = check_crosswalk(replace(reference, indikatorer_mellan_ar=bad))[1]
        assert found and found[0].row == at + 2, column
    units = pd.DataFrame(
        [["2016", "okand-kommun", "2017", "testkommun-012", "namnbyte", ""]],
        columns=reference.enheter_mellan_ar.columns,
    )
    assert check_crosswalk(replace(reference, enheter_mellan_ar=units))[1][0].value == "okand-kommun"


def test_what_granska_shows(editions, capsys):
    assert editions.run("granska", "--ar", 2017, "--alla") == 0
    said = capsys.readouterr().out
    assert "enheter som kommer till: 2 (Testkommun 011" in said
    assert "enheter som faller bort: 2 (Testkommun 001, Testkommun 002)" in said
    gone = next(item[1] for item in editions.first.indicators if item[0] == "social-jour")
    assert "nya indikatorer: 1 (En helt ny fråga)" in said and f"utgångna indikatorer: 1 ({gone})" in said
    old, new = editions.first.answers, editions.second.answers
    asked = {i[0] for i in editions.first.indicators} & {i[0] for i in editions.second.indicators} - {
        "info-sprak"
    }
    pairs = [(old[name, i], new[name, i]) for name, _ in UNITS[2:10] for i in asked]
    assert f"{pairs.count((0, 2))} från Nej till Ja, {pairs.count((2, 0))} från Ja till Nej" in said
    both = [pair for pair in pairs if pair[0] in WORD and pair[1] in WORD]
    assert (
        f"jämförbara svar: {len(both)}, med {sum(a == 2 for a, _ in both)} ja 2016 och {sum(b == 2 for _, b in both)} ja 2017"
        in said
    )
    assert (
        f"svar som fanns 2016 men saknas nu: {sum(a in WORD and b not in WORD for a, b in pairs)} (flest: "
        in said
    )
    assert (
        f"svar som saknades 2016 men finns nu: {sum(a not in WORD and b in WORD for a, b in pairs)} (flest: "
        in said
    )
    every = [new[name, item[0]] for name, _ in editions.second.units for item in editions.second.indicators]
    given = [answer for answer in every if answer in WORD]
    assert f"ja-svar: {given.count(2)} av {len(given)} besvarade" in said
    for reason in ("sekretess", "ej_besvarat"):
        assert f"{SAKNAS_ORSAK.codes[reason]}: {every.count(reason)}" in said
    assert (
        "annan befolkningsgrupp: 0" in said
        and "Inga nya motsägelser." in said
        and "Rikets andelar" not in said
    )
    assert "Inget beslut är fattat" in said
    listed = pd.read_csv(editions.project.work / "granskning" / "oj-2017.csv", dtype=str)
    wanted = {
        (unit_id(name), i, WORD[old[name, i]], WORD[new[name, i]])
        for name, _ in UNITS[2:10]
        for i in asked
        if old[name, i] in WORD and new[name, i] in WORD and old[name, i] != new[name, i]
    }
    assert (
        set(listed[["enhet_id", "indikator_id", "fore", "efter"]].itertuples(index=False, name=None))
        == wanted
    )
    assert listed[["plats_fore", "plats_efter"]].notna().all(axis=None)
    assert f"{len(wanted)} svar har vänt. Alla står i .build/granskning/oj-2017.csv" in said
    for row in listed.itertuples():
        assert f"    {row.enhet}: {row.indikator}: {row.fore} till {row.efter}\n" in said


def test_a_sign_off_needs_a_name_a_reason_and_an_edition(editions, capsys):
    before = contents(editions.project.reference)
    assert editions.run("granska", "--ar", 2017, "--godkann") == 1
    assert "Beslutet saknar granskare eller skäl" in capsys.readouterr().err
    for nobody in ("a b", "Nils N.", "Nils", "12 34", "nils@"):
        reason = ("--granskare", nobody, "--skal", "Jämförd med filen")
        assert editions.run("granska", "--ar", 2017, "--godkann", *reason) == 1
        assert "Granskaren är inte ett namn" in capsys.readouterr().err, nobody
    assert editions.run("granska", "--ar", 2016) == 1
    assert "Det finns inget att granska" in capsys.readouterr().err
    assert contents(editions.project.reference) == before


def test_a_sign_off_counts_only_for_what_was_looked_at(editions, capsys):
    path = editions.project.raw / "oj-2016" / "profil.yml"
    text = path.read_text(encoding="utf-8")
    published = contents(editions.project.clean)
    try:
        path.write_text(text.replace("x: sekretess", "x: ej_aktuellt"), encoding="utf-8")
        assert editions.run("kontrollera") == 1, "en ändrad fil i data/raw/ stoppar"
        assert editions.run("kontrollsummor") == 0
        assert editions.run("kontrollera") == 0
        assert editions.run("granska", "--ar", 2016) == 0
        assert "Tidigare beslut 2017-08-01" in capsys.readouterr().out
    finally:
        path.write_text(text, encoding="utf-8")
        editions.run("kontrollsummor")
    assert contents(editions.project.clean) == published


def test_an_edition_is_not_published_without_the_one_its_links_lead_from(editions, capsys):
    """2017 follows on 2016: compared with 2015 every question would be new."""
    path = editions.project.reference / decisions.SIGN_OFFS
    kept, published = path.read_bytes(), contents(editions.project.clean)
    waiting = read(editions.project, load_reference(editions.project), editions.project.raw / "oj-2017")
    signed = decisions.SignOff(
        kalla_id="oj-2017",
        beslut=decisions.APPROVED,
        innehall=signoff.content_digest(waiting),
        fil=waiting.fil,
        profil=waiting.profil,
        granskad="2018-08-01",
        granskad_av="N",
        skal="Sett.",
        inlast_av=read_origins(editions.project)["oj-2017"].imported_by,
    )
    try:
        path.write_bytes(kept.replace(b"beslut: godkand", b"beslut: underkand"))
        assert editions.sign(2017) == 1
        said = capsys.readouterr()
        assert (
            "Utgåvan 2017 följer på 2016, som inte är godkänd" in said.err and "granska --ar 2016" in said.err
        )
        assert "Jämfört med" not in said.out and b"oj-2017" not in path.read_bytes()
        path.write_bytes(signoff.with_decision(editions.project, signed))
        assert editions.run("data") == 1
        assert "Utgåvan 2017 följer på 2016" in capsys.readouterr().err
        assert contents(editions.project.clean) == published
        both = [waiting, replace(waiting, kalla_id="oj-2016", ar=2016)]
        assert signoff.before_not_there(both, load_reference(editions.project)) == [], (
            "vägen ut: granska 2016"
        )
    finally:
        path.write_bytes(kept)


def test_a_contradiction_must_be_accepted_or_refused(editions, capsys, tmp_path):
    """A placing in an imported ranking that ties without hopping is no matter of taste; a total
    that disagrees with the answers is: it waits for a decision."""
    made = editions
    folder, sums = made.project.raw, (made.project.raw / "SHA256SUMS").read_bytes()
    kept = [(path, contents(path)) for path in (made.project.reference, made.project.clean)]
    rows = [
        ["Kommun", "Placering"],
        [UNITS[0][0], "1"],
        ["Höganäs", "2"],
        [UNITS[2][0], "2 (delad)"],
        [UNITS[3][0], "4"],
        [UNITS[4][0], "-"],
    ]
    rows[2][0] = UNITS[1][0]
    try:
        path = save_rows(tmp_path, rows, "csv")
        profile = profile_file(tmp_path, saknas=MARKS, kalla=KALLA)
        assert bring_in(made.project, path, profile, "rankning") == 0
        assert (
            made.run(
                "granska",
                "--ar",
                2016,
                "--slag",
                "rankning",
                "--avvisa",
                "finns-inte",
                "--granskare",
                "Nils Nilsson",
                "--skal",
                "Tre enheter jämförda",
            )
            == 1
        )
        assert "Okänd motsägelse" in capsys.readouterr().err
        assert (
            made.run(
                "granska",
                "--ar",
                2016,
                "--slag",
                "rankning",
                "--godkann",
                "--granskare",
                "Nils Nilsson",
                "--skal",
                "Tre enheter jämförda",
                "--datum",
                "2017-08-01",
            )
            == 0
        )
        assert made.run("data") == 0
        placings = {
            r["enhet_id"]: (r["placering"], r["delad"], r["antal_rankade"], r["saknas_orsak"])
            for r in made.clean("rankning")
            if r["kalla_id"] == "rankning-2016"
        }
        assert placings == {
            "testkommun-001": ("1", "FALSE", "4", ""),
            "testkommun-002": ("2", "TRUE", "4", ""),
            "testkommun-003": ("2", "TRUE", "4", ""),
            "testkommun-004": ("4", "FALSE", "4", ""),
            "testkommun-005": ("", "", "4", "ej_besvarat"),
        }
    finally:
        shutil.rmtree(folder / "rankning-2016", ignore_errors=True)
        (folder / "SHA256SUMS").write_bytes(sums)
        for path, files in kept:
            for name, data in files.items():
                (path / name).write_bytes(data)
