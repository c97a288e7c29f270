"""The gate in depth: sources against each other, claims, plausibility, damage, interruption."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pandas as pd
import pytest
import yaml
from breaking import edit, stopped

from ojbrottsoffer.checks import datadocs
from ojbrottsoffer.checks.claims.claims_file import METHODS, checked_claims
from ojbrottsoffer.checks.editions.signoff import content_digest
from ojbrottsoffer.checks.expectations.derived import with_helpers
from ojbrottsoffer.checks.expectations.suites import load_suite
from ojbrottsoffer.checks.expectations.validate import validate
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.checks.records.damage_classes import NOT_IN_ONE_FILE
from ojbrottsoffer.checks.records.damage_record import SEED, load_results
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import read_csv
from ojbrottsoffer.schema.finding import MOST_SHOWN, UPPLYSNING, DataError, Finding, show
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated.claim_rows import read_claim_rows
from ojbrottsoffer.sources.curated.corrections import read_corrections
from ojbrottsoffer.sources.reference.register import load_reference
from tools.damage import kinds, outcomes
from tools.damage.imported_edition import import_target
from tools.damage.target import Target, skl2016_target

KINDS = {"fel", "avvikelse", "upplysning"}


@pytest.fixture(scope="session")
def checked(project: Project):
    return ingest_and_check(project)


# Sources against each other


def test_the_ranking_two_sources_give_differently_is_shown(checked):
    rows = checked.tables["avvikelser"].query("avvikelsetyp == 'rankning'")
    assert list(rows["enhet_id"]) == ["trollhattan"]
    row = rows.iloc[0]
    assert (row["varde_a"], row["varde_a_text"], row["varde_b"]) == (6, "6", 7)
    assert row["kalla_id_a"] == "skl-2016" and row["plats_a"].startswith("tabell 1, sida 1, del 2")
    assert row["kalla_id_b"] == "unizon-2015"


def test_every_figure_that_two_sources_give_is_compared(checked):
    """Counted here from the published tables, not by the code that compares."""
    for name, keys, value in (
        ("riket", ["ar", "indikator_id", "delmangd"], "andel_ja_procent"),
        ("rankning", ["undersokning", "ar", "enhet_id"], "placering"),
    ):
        frame = checked.tables[name]
        pairs = frame[frame[value].notna()].groupby(keys).size()
        check = next(c for c in checked.report.checks if c.table == name and c.origin == "motsägelser")
        assert check.tested == sum(n * (n - 1) // 2 for n in pairs) >= 3


def test_what_the_sources_say_otherwise_stops(scratch: Project):
    """Four changes in different places, told in one run: a share that another source gives, a placing
    that no longer contradicts, an answer that a claim counts, and what a claim is expected to give."""
    single, reference = scratch.raw, scratch.reference
    bedomning = "2015,Använder standardiserad bedömningsmetod,"
    edit(single / "socialstyrelsen-2015" / "riket.csv", f"{bedomning}69", f"{bedomning}59")
    placings = single / "unizon-2015" / "rankning.csv"
    edit(placings, "2015,Trollhättan,7,nej", "2015,Trollhättan,6,ja")
    edit(placings, "2015,Kristianstad,6,nej", "2015,Kristianstad,6,ja")
    answers = "Använder brukarnas uppfattning för att utveckla verksamheten,2,2,2,"
    edit(single / "skl-2016" / "tabell-1-sida-1-del-1.csv", f"{answers}0", f"{answers}2")
    edit(reference / "pastaenden.csv", "91,lika,svarsfrekvens", "92,lika,svarsfrekvens")
    findings = stopped(scratch, guard=True)
    texts = [finding.what for finding in findings]

    (share,) = [finding for finding in findings if "69 procent enligt Sveriges Kommuner" in finding.what]
    assert "59 procent enligt Socialstyrelsen 2015" in share.what
    assert share.kind == "avvikelse" and share.value == "69"
    assert share.row and share.row_label == "Använder standardiserad bedömningsmetod"
    assert "data/raw/socialstyrelsen-2015/riket.csv rad 3" in share.expected

    (gone,) = [finding for finding in findings if finding.what == "En känd motsägelse finns inte längre"]
    assert "rankning-2015-unizon-trollhattan" in gone.table

    assert any("Nykvarn har 45 ja-svar" in text for text in texts)
    assert any(
        "En känd motsägelse har ändrats. Rapporten säger att få gör brukarundersökningar, men sju av" in text
        for text in texts
    )

    assert any("annat utfall än det granskade" in text for text in texts)
    assert any("Ny motsägelse" in text and "91 procent" in text for text in texts)


UNREADABLE = (
    ("kalmar", "riket.csv", "2021,Aktuell rutin", "2021,Aktuel rutin", "etiketter_riket.csv"),
    ("kalmar", "riket.csv", "boende,24,", "boende,124,", "0 till 100"),
    ("kalmar", "riket.csv", ",13,ja,osäker", ",13,ja,kanske", "ja, delvis, nej eller osäker"),
    ("unizon-2021", "rankning.csv", "Västerås", "Vesterås", "kommuner.csv"),
)
IMPOSSIBLE = (
    ("unizon-2015", "rankning.csv", "2015,Orsa,191,ja", "2015,Orsa,191,nej", "delad"),
    ("unizon-2015", "rankning.csv", "2015,Eda,193", "2015,Eda,192", "hoppar"),
    ("solna", "rankning.csv", "2015,Solna,108", "2015,Solna,208", "antal_rankade"),
)
TOO_FEW = ("unizon-2015", "omgangar.csv", ",200,", ",180,", "antal_rankade")
"""Folder, file, what stands there and what comes instead, and what is said: of one figure, which the
reader meets, and of figures that don't go together, which the rules tell of in one run; the last
touches many placings and hides what else is wrong with them."""


@pytest.mark.parametrize("damages", [*((damage,) for damage in UNREADABLE), IMPOSSIBLE, (TOO_FEW,)])
def test_damage_in_a_single_figure_stops(damages, scratch: Project):
    for folder, file, old, new, _ in damages:
        edit(scratch.raw / folder / file, old, new)
    findings = stopped(scratch, guard=True)
    for folder, file, _, _, says in damages:
        assert [
            finding
            for finding in findings
            if (finding.file == f"data/raw/{folder}/{file}" or file == "omgangar.csv")
            and says in "\n".join(finding.lines())
        ], (says, findings)


# Claims


NOT_TRUE = {
    "brukarnas-synpunkter",
    "battre-arbete",
    "jonkoping-egen-del",
    "relationsvald-samverkansgrupp",
    "esv-en-person",
    "placeringar-i-bilaga-3",
    "studiens-malgrupp",
    "direktorens-titel",
    "jonkoping-utvarderingens-intervjuade",
    "jonkoping-chefer-i-intervjun",
    "jonkoping-upptackt-enheter",
    "jonkoping-tre-svar",
    "jonkoping-kotid",
    "jonkoping-atv-under-15",
    "jonkoping-atv-motivation",
    "jonkoping-avsatta-tjanster",
    "jonkoping-konfidentiellt",
    "sodertalje-hemuppgifter",
    "sodertalje-lunch",
    "antal-ja-stammer",
    "teman-i-intervjuguiden",
    "fem-myndigheter-i-barnhuset",
    "bara-kommunniva",
    "inte-alla-har-utovarverksamhet",
    "fa-brukarundersokningar",
    "skyddat-boende-man",
    "skyddat-boende-missbruk",
    # in the documents behind the methods
    "jonkoping-intern-samverkan",
    "jonkoping-antal-samtal",
    "jonkoping-inte-uppsokande",
    "jonkoping-mi-alla",
    "jonkoping-sara",
    "jonkoping-belaggning",
    "sodertalje-numrering",
    "sodertalje-kapitel-tre",
    "sodertalje-delat-ansvar",
    "jonkoping-ingen-foljer-upp",
    "jonkoping-eksjo-utan-verksamhet",
    "jonkoping-gnosjo-utan-insatser",
    "jonkoping-utbildning",
    "jonkoping-folja-med",
    "jonkoping-atv-jonkoping",
    "jonkoping-atv-ingen-annan",
    # found when the sources were read once more
    "stadsdelens-namn",
    "tredje-gruppens-namn",
    "politisk-prioritet",
    "barnhusets-plats",
    "barnhusets-namn",
    "utvarderingens-titel",
    "anonyma-kommuner",
    "kompetensutveckling-alla",
    "samverkan-kriminalvard",
    "jonkoping-utforare-sjalva",
    "jonkoping-utforare-delat",
    "jonkoping-avstand",
    "jonkoping-fordjupning",
    "jonkoping-medelvarde",
    "jonkoping-pausad",
    "jonkoping-ett-par",
    "jonkoping-mittersta-steget",
    "jonkoping-medverkan",
    "jonkoping-valda-metoder",
    "jonkoping-atv-barn",
    "jonkoping-atv-kriterier",
    "jonkoping-atv-hornstenar",
    "sodertalje-tabell-1",
    "sodertalje-malgrupp",
    "sodertalje-fem-fall",
    "sodertalje-planens-kolumner",
    "sodertalje-redan-genomfort",
}
NOT_TESTABLE = {
    "esv-delmal",
    "ratt-befolkningsgrupp",
    "bland-de-20-framsta",
    "brukarundersokningar-2014",
    "antal-intervjuer",
    "oppna-serviceinsatser",
    "forebyggande-projekt",
    "upptagningsomrade",
    "anvandning-jamforelser",
    "anvandning-forbattring",
    "anvandning-aldreomsorg",
    "anvandning-brottsoffer",
    "intervjulangd",
    "telefonintervju",
    "trollhattan-framgangsfaktorer",
    "trollhattan-anstallda",
    "trollhattan-styrgrupp",
    "uppfoljningsverktyg",
    "natverkstraffar",
}


def test_claims_come_out_as_a_reader_of_the_report_finds(checked):
    claims = checked.tables["pastaenden"].set_index("pastaende_id")
    outcome = claims["utfall"]
    assert set(outcome.index[outcome == "stammer_inte"]) == NOT_TRUE
    assert set(outcome.index[outcome == "gar_inte_att_prova"]) == NOT_TESTABLE
    assert claims.loc["bada-topplistorna", "beraknat_varde"] == 3
    assert claims.loc["webbinformation", "beraknat_varde"] == 93
    assert claims.loc["svarsfrekvens", "beraknat_varde"] == 91
    assert claims.loc["fem-myndigheter-i-barnhuset", "beraknat_varde"] == 4
    assert list(
        claims.loc[
            ["skyddat-boende-kvinnor", "skyddat-boende-man", "skyddat-boende-missbruk", "trollhattan-samtal"],
            "beraknat_varde",
        ]
    ) == [8, 6, 6, 2]


def test_a_claim_that_fails_has_a_reviewed_contradiction(checked):
    failing = checked.tables["pastaenden"].query("utfall == 'stammer_inte'")
    assert set(failing["avvikelse_id"]) <= set(checked.tables["avvikelser"]["avvikelse_id"])


def test_what_contradicts_is_told_apart_from_what_can_be_read_in_two_ways(checked):
    """The reviewed list decides which; every sentence has words, and both places are known."""
    rows = checked.tables["avvikelser"].set_index("avvikelse_id")
    assert set(rows["slag"]) == {"motsager", "flera-lasningar"}
    kind = rows["slag"]
    assert kind["antal-ja-2015-tyreso"] == kind["pastaende-2015-stadsdelens-namn"] == "motsager"
    assert kind["pastaende-2015-skyddat-boende-man"] == kind["medelvarde-2014-sou-2014-49-vikt"]
    said = rows["beskrivning"]
    assert said["pastaende-2015-fem-myndigheter-i-barnhuset"] == (
        "Noten säger fem myndigheter men räknar upp fyra."
    )
    assert said["pastaende-2023-jonkoping-intern-samverkan"] == "Tabellen har åtta rader, inte sju."
    assert not said.str.contains("Påstått|Det blir|[{}]").any()
    claims = rows[rows["avvikelsetyp"] == "pastaende"]
    assert not claims["kalla_id_b"].eq("beraknad").any()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Noten säger {uppgift} myndigheter men räknar upp {varde}.", "", "en mening"),
        ("myndigheter men räknar upp {varde}.", "myndigheter men räknar upp {antal}.", "{varde}"),
    ],
)
def test_a_claim_that_fails_wants_a_sentence(scratch: Project, before: str, after: str, told: str):
    edit(scratch.reference / "pastaenden.csv", before, after)
    finding = stopped(scratch, guard=True)[0]
    assert finding.column == "mening" and told in finding.expected


def test_a_malformed_claim_is_named(scratch: Project):
    path = scratch.reference / "pastaenden.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lika,antal-indikatorer,", "lika,antal-frågor,"), "utf-8")
    finding = stopped(scratch, guard=True)[0]
    assert finding.column == "kontroll" and finding.value == "antal-frågor"


def test_every_way_to_try_a_claim_is_used(project: Project):
    assert {claim["kontroll"] for claim in checked_claims(read_claim_rows(project))} == set(METHODS)


# Suites and plausibility


def test_every_expectation_says_what_why_and_what_to_do(project: Project):
    ids = []
    for name in TABLES:
        rules = load_suite(project, name)["expectations"]
        assert rules
        for rule in rules:
            meta = rule["meta"]
            assert meta["slag"] in KINDS and meta["ursprung"] in {"genererad", "handskriven"}
            assert all(len(meta[field]) > 10 for field in ("varfor", "atgard")) and meta["vad"]
            ids.append(rule["id"])
    assert len(set(ids)) == len(ids)


def edition_of(columns: dict[str, list[int]]) -> dict[str, pd.DataFrame]:
    """An invented edition: unit -> answers. The nation answers Ja to half of everything."""
    units = list(columns)
    questions = [f"fraga-{n + 1}" for n in range(len(columns[units[0]]))]
    words = {2: "Ja", 1: "Delvis", 0: "Nej"}
    frames = {
        "resultat": pd.DataFrame(
            [
                {
                    "ar": 2030,
                    "enhet_id": unit,
                    "indikator_id": question,
                    "svar_kod": code,
                    "svar": words[code],
                    "saknas_orsak": None,
                    "kalla_id": "kalla",
                    "plats": "rad",
                }
                for unit, codes in columns.items()
                for question, code in zip(questions, codes, strict=True)
            ]
        ).astype({"svar_kod": "Int64"}),
        "riket": pd.DataFrame(
            {
                "ar": 2030,
                "indikator_id": questions,
                "delmangd": "alla",
                "andel_ja_procent": 50,
                "harledd": False,
                "jamforbar": "ja",
                "anmarkning": None,
                "kalla_id": "kalla",
                "plats": "rad",
                "foredragen": True,
            }
        ),
        "enheter": pd.DataFrame(
            {"enhet_id": units, "enhet": [u.title() for u in units], "kommunkod": "0000"}
        ),
        "enheter_ar": pd.DataFrame(
            {"ar": 2030, "enhet_id": units, "med_i_underlaget": True, "befolkningsgrupp": 2.0}
        ),
        "indikatorer_ar": pd.DataFrame(
            {
                "ar": 2030,
                "indikator_id": questions,
                "nr": range(1, len(questions) + 1),
                "indikatoromrade_id": "omrade",
            }
        ),
        "omraden": pd.DataFrame(
            {
                "omrade_id": ["gren", "omrade"],
                "overordnat_id": [None, "gren"],
                "niva": ["kvalitetsomrade", "indikatoromrade"],
            }
        ),
        "nyckeltal": pd.DataFrame({"nyckeltal_id": [], "mattenhet": []}),
        "nyckeltal_varden": pd.DataFrame({"nyckeltal_id": [], "varde": []}),
        "omgangar": pd.DataFrame({"undersokning": ["oj"], "ar": [2030]}),
        "indikatorer_kolada": pd.DataFrame({"relation": ["samma"], "delmangd": ["alla"]}),
        "avvikelser": pd.DataFrame({"varde_a_text": [], "varde_b_text": []}),
        "kallor": pd.DataFrame({"kalla_id": ["kalla", "annan"]}),
    }
    counted = [sum(code == 2 for code in codes) for codes in columns.values()]
    frames["antal_ja"] = pd.DataFrame(
        {"ar": 2030, "enhet_id": units, "antal_ja_publicerat": counted, "antal_ja_beraknat": counted}
    )
    frames["rankning"] = pd.DataFrame(
        {
            "undersokning": "oj",
            "ar": 2030,
            "enhet_id": units,
            "kalla_id": "beraknad",
            "placering": pd.Series(counted).rank(method="min", ascending=False),
            "delad": False,
        }
    )
    return frames


def noise(seed: int, length: int = 20) -> list[int]:
    return random.Random(seed).choices([0, 1, 2], k=length)


def test_identical_answers_and_identical_columns_are_noticed():
    columns = {f"testkommun-{n}": noise(n) for n in range(1, 7)}
    assert (
        with_helpers(edition_of(columns))["enheter_ar"][["_enda_svar", "_svarar_som"]].isna().all(axis=None)
    )
    columns |= {"testkommun-2": [2] * 20, "testkommun-5": list(columns["testkommun-4"])}
    units = with_helpers(edition_of(columns))["enheter_ar"].set_index("enhet_id")
    assert units["_enda_svar"].dropna().to_dict() == {"testkommun-2": "Ja"}
    assert units["_svarar_som"].dropna().to_dict() == {"testkommun-5": "Testkommun-4"}


def test_a_unit_alone_without_a_population_group_is_noticed():
    frames = edition_of({f"testkommun-{n}": noise(n) for n in range(1, 5)})
    assert with_helpers(frames)["enheter_ar"]["_utan_grupp"].isna().all()
    frames["enheter_ar"].loc[2, "befolkningsgrupp"] = None
    assert with_helpers(frames)["enheter_ar"]["_utan_grupp"].dropna().to_dict() == {
        2: "3 andra enheter har en"
    }
    frames["enheter_ar"]["befolkningsgrupp"] = None
    assert with_helpers(frames)["enheter_ar"]["_utan_grupp"].isna().all()


def test_an_indicator_all_answer_alike_is_noticed_when_the_nation_does_not():
    columns = {f"testkommun-{n}": noise(n) for n in range(1, 7)}
    for codes in columns.values():
        codes[3] = 2
    frames = edition_of(columns)
    alike = with_helpers(frames)["indikatorer_ar"].set_index("indikator_id")["_alla_lika"]
    assert list(alike.dropna().index) == ["fraga-4"]
    frames["riket"].loc[3, "andel_ja_procent"] = 95
    assert with_helpers(frames)["indikatorer_ar"]["_alla_lika"].isna().all()


def test_an_answer_fewer_than_one_unit_would_give_is_noticed():
    columns = {f"testkommun-{n}": [0] * 4 + noise(n, 16) for n in range(1, 7)}
    columns["testkommun-3"][0] = 2
    frames = edition_of(columns)
    frames["riket"].loc[0, "andel_ja_procent"] = 16  # 6 x 0.16 < 1
    rows = with_helpers(frames)["resultat"].dropna(subset="_osannolikt")
    assert list(rows[["enhet_id", "indikator_id"]].itertuples(index=False, name=None)) == [
        ("testkommun-3", "fraga-1")
    ]
    frames["riket"].loc[0, "andel_ja_procent"] = 17
    assert with_helpers(frames)["resultat"]["_osannolikt"].isna().all()


def test_an_unused_source_and_a_big_step_are_noticed():
    frames = edition_of({f"testkommun-{n}": noise(n) for n in range(1, 7)})
    after = frames["riket"].head(2).assign(ar=2031, andel_ja_procent=[65, 66])
    frames["riket"] = pd.concat([frames["riket"], after], ignore_index=True)
    helped = with_helpers(frames)
    assert list(helped["kallor"]["_oanvand"].dropna()) == ["annan"]
    assert helped["riket"]["_sprang"].dropna().to_dict() == {21: "+16 procentenheter sedan 2030"}
    frames["kallor"] = frames["kallor"].assign(_utan_rad=[False, True])
    assert with_helpers(frames)["kallor"]["_oanvand"].isna().all(), "kartans gränser står i ingen tabell"


def test_notices_never_stop_and_are_told(checked, capsys, project: Project):
    kinds = {check.kind for check in checked.report.checks}
    assert kinds == KINDS
    assert checked.report.notices
    assert {notice.kind for notice in checked.report.notices} == {UPPLYSNING}
    assert main(["--rot", str(project.root), "kontrollera"]) == 0
    out = capsys.readouterr().out
    headings = [out.index(word) for word in ("FEL (", "AVVIKELSER (", "UPPLYSNINGAR (")]
    assert headings == sorted(headings)
    for row in checked.tables["avvikelser"].itertuples():
        assert row.beskrivning in out and row.beslut in out


DEMANDED = (
    ("resultat", "svar_kod", 7, 3, "svar_kod är 2 (Ja), 1 (Delvis) eller 0 (Nej)"),
    ("resultat", "plats", 7, None, "plats är ifylld på varje rad"),
    ("resultat", "indikator_id", 9, "finns-inte", "indikator_id finns i indikatorer.csv"),
    ("riket", "andel_ja_procent", 90, 101, "andel_ja_procent är ett heltal från 0 till 100"),
    ("enheter", "kommunkod", 1, "12", "kommunkod har rätt form"),
    ("indikatorer", "kortnamn", 3, "x" * 41, "kortnamn är högst 40 tecken"),
    ("kallor", "kalla_id", 2, "skl-2016", "kalla_id är unik"),
)
"""Table, column, row and a value that breaks what the declaration demands."""


def test_a_broken_declaration_names_row_value_and_what_was_expected(project: Project):
    frames = {name: read_csv(project.clean / f"{name}.csv", t) for name, t in TABLES.items()}
    for table, column, row, value, _ in DEMANDED:
        frames[table].loc[row, column] = value
    checks, findings = validate(project, frames)
    for table, column, row, value, expected in DEMANDED:
        frame = frames[table]
        keys = ", ".join(f"{name} = {frame.loc[row, name]}" for name in TABLES[table].key)
        (found,) = [
            one
            for one in findings
            if (one.table, one.column, one.row_label) == (table, column, keys)
            and one.expected.startswith(expected)
        ]
        assert found.value == (None if value is None else str(value)) and found.action and found.file
        (check,) = [one for one in checks if one.table == table and one.what == found.expected]
        assert check.tested == len(frame) and check.failed >= 1 and check.why


def test_every_demand_of_a_declaration_is_a_check_of_its_own(checked):
    told = Counter((check.table, check.what) for check in checked.report.checks)
    assert set(told.values()) == {1}
    for table in TABLES.values():
        for column in table.columns:
            assert not column.required or (table.name, f"{column.name} är ifylld på varje rad") in told
            assert not column.codes or (table.name, f"{column.name} är {column.expected()}") in told
        for key in table.foreign_keys:
            assert (table.name, f"{' + '.join(key.columns)} finns i {key.target}.csv") in told


# Damage


def short_run(
    project: Project, target: Target, unseen: Callable[[kinds.Damage], bool] = lambda damage: False
) -> set[str]:
    """One damage of each class, each met as demanded; the classes there were. Of those that one file can't tell,
    whatever the gate says will do: it is asked about the one that is told all the same. Nor need it be asked about
    a harmless one that is `unseen`.
    """

    def passed_by(damage: kinds.Damage) -> bool:
        if damage.demand == kinds.HARMLESS:
            return unseen(damage)
        return damage.demand == kinds.CANNOT and not damage.what.endswith("blir tom")

    seen = set()
    for kind, outcome in outcomes.outcomes(project, target, 1, 7, list(kinds.CLASSES.values()), passed_by):
        seen.add(kind.name)
        what = f"{kind.name}: {outcome.damage.what} i {list(outcome.damage.files)}"
        if outcome.damage.demand == kinds.MUST:
            assert outcome.stopped, what
        if outcome.damage.demand == kinds.HARMLESS:
            assert not outcome.stopped and outcome.same_tables, what
        if outcome.damage.demand == kinds.CANNOT:
            assert target.second.get(kind.name, kind.second), what
        if kind.name == "befolkningsgrupp" and outcome.damage.what.endswith("blir tom"):
            assert outcome.finding, what  # a group that is gone is told, also where it need not stop
        if outcome.stopped:
            assert outcome.kind in KINDS, what
            assert_usable(outcome.finding, what)
    return seen


@pytest.mark.slow
def test_a_short_run_of_damages_meets_every_demand(project: Project):
    assert short_run(project, skl2016_target(project)) == set(kinds.CLASSES)


@pytest.mark.slow
def test_an_imported_file_is_damaged_in_the_same_ways(project: Project, tmp_path: Path):
    scratch, target = import_target(project, tmp_path, seed=7)
    folder, reference = scratch.raw / target.folder, load_reference(scratch)
    whole = content_digest(editions.read(scratch, reference, folder))

    def unseen(damage: kinds.Damage) -> bool:
        """The file as the gate gets it is the same. A moved row or column has another place, and goes all the way."""
        for file, data in damage.files.items():
            (folder / file).write_bytes(data)
        same = content_digest(editions.read(scratch, reference, folder)) == whole
        for file in damage.files:
            (folder / file).write_bytes(target.data(file))
        return same

    assert short_run(scratch, target, unseen) == set(kinds.CLASSES) - NOT_IN_ONE_FILE
    assert_names_are_kept(scratch, target)


def assert_names_are_kept(project: Project, target: Target) -> None:
    """A unit of another edition in the place of one of the file's is told, as is a profile that
    does not say which units the file has."""
    folder, reference = project.raw / target.folder, load_reference(project)

    def told() -> dict[str, Finding]:
        with pytest.raises(DataError) as stop:
            editions.read(project, reference, folder)
        return {finding.what: finding for finding in stop.value.findings}

    assert target.acquaintance in set(reference.municipalities["enhet"])
    file, row, column = target.units[4]
    (folder / file).write_bytes(target.with_cells({target.units[4]: target.acquaintance})[file])
    finding = told()["Filen har inte samma enheter som när den lästes in"]
    assert f"nya: {target.acquaintance}" in finding.value and finding.row == row + 1
    assert show(target.value(target.units[4])) in finding.expected
    (folder / file).write_bytes(target.data(file))
    profile = folder / "profil.yml"
    said = yaml.safe_load(profile.read_text(encoding="utf-8"))
    names = said.pop("enhetsnamn")
    profile.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    action = told()["Profilen säger inte vilka enheter filen hade när den lästes in"].action
    line = next(part for part in action.split(": ") if part.startswith("["))
    assert yaml.safe_load(line[: line.index("]") + 1]) == names and len(names) == 12


def assert_usable(finding: Finding, what: str) -> None:
    """A person who has never seen the code knows where to look and what to do."""
    text = "\n".join(finding.lines())
    assert finding.file.startswith("data/"), what
    assert finding.what and finding.expected and finding.action, what
    assert finding.table or finding.row is not None or finding.what.startswith("Filen"), what
    assert not re.search(r"\bnan\b|\bNone\b|Error|Traceback|<NA>|/tmp/", text), text
    assert finding.value is None or f"”{finding.value[:3]}" in text or "<" in text, text


def test_damages_follow_from_the_seed(project: Project):
    target = skl2016_target(project)

    def drawn(seed: int) -> list:
        return [
            [d.files for d in outcomes._made(random.Random(f"{seed} {name}"), kind, target, 3)]
            for name, kind in kinds.CLASSES.items()
        ]

    assert drawn(1) == drawn(1) != drawn(2)


@pytest.mark.slow
def test_a_gate_that_lets_damage_through_fails_the_run(project: Project):
    """The damage is undone before the gate looks, so that it lets everything through."""
    folder = skl2016_target(project).folder

    def undone(scratch: Project) -> None:
        shutil.copytree(project.raw / folder, scratch.raw / folder, dirs_exist_ok=True)

    target = replace(skl2016_target(project), prepare=undone)
    result = outcomes.run(project, target, 1, 1, ["ogiltig-kod"])
    assert not result.passed
    assert [(row.krav > 0, row.krav_stoppade) for row in result.klasser] == [(True, 0)]


def test_the_recorded_run_is_whole(project: Project):
    """What the page shows: the full run, of the classes there are, with nothing let through."""
    results = [result for result in load_results(project) if not result.omfang]
    assert [bool(result.pahittad) for result in results] == [False, True, True]
    assert sum(result.antal for result in results) >= 1000
    for result, absent in zip(results, (set(), NOT_IN_ONE_FILE, NOT_IN_ONE_FILE), strict=True):
        assert result.fro == SEED and result.passed
        assert [row.klass for row in result.klasser] == [n for n in kinds.CLASSES if n not in absent]
        assert all(row.exempel or not row.krav for row in result.klasser)
        assert all(row.annan_kalla for row in result.klasser if "kan-inte" in row.utfall)
        assert all(bool(row.exempel_utan_krav) == bool(row.upptackta_utan_krav) for row in result.klasser)


def test_at_most_twenty_findings_are_printed(scratch: Project, capsys):
    path = scratch.raw / "skl-2016" / "tabell-1-sida-2-del-1.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2", ",9"), encoding="utf-8")
    assert main(["--rot", str(scratch.root), "data"]) == 1
    message = capsys.readouterr().err
    assert message.count("FEL:") == MOST_SHOWN
    rest = int(re.search(r"och (\d+) till", message)[1])
    assert f"Stopp: {MOST_SHOWN + rest} fynd" in message


# What the reader sees


def page(project: Project, address: str) -> str:
    return (project.site / address / "index.html").read_text(encoding="utf-8")


def test_the_quality_pages_tell_everything(project: Project, checked):
    html, told = page(project, "kvalitet"), page(project, "kvalitet/motsagelser")
    for row in checked.tables["avvikelser"].itertuples():
        assert f'id="{row.avvikelse_id}"' in told
    claims = page(project, "kvalitet/pastaenden")
    for claim in checked.tables["pastaenden"].itertuples():
        assert f'id="pastaende-{claim.pastaende_id}"' in claims
    report = json.loads(project.report.read_text(encoding="utf-8"))
    assert page(project, "kvalitet/kontroller").count('data-rubrik="Prövade"') == len(report["checks"])
    assert "inte angett någon adress" in html
    assert all(escape(row["vad"]) in html for row in read_corrections(project))


def test_profiles_and_indicators_link_to_their_contradictions(project: Project, checked):
    for row in checked.tables["avvikelser"].itertuples():
        anchor = f"kvalitet/motsagelser/#{row.avvikelse_id}"
        if not pd.isna(row.enhet_id):
            assert anchor in page(project, f"kommuner/{row.enhet_id}")
        if not pd.isna(row.indikator_id):
            assert anchor in page(project, "indikatorer")


def test_great_expectations_pages_are_not_published(project: Project):
    names = [path.as_posix() for path in project.site.rglob("*") if path.is_file()]
    assert not [name for name in names if "data_docs" in name or "expectations" in name]
    naming = [
        name for name in names if name.endswith(".html") and b"great_expectations" in Path(name).read_bytes()
    ]
    # The notebook on the checks shows the code that imports it.
    assert [Path(name).parent.name for name in naming] == ["02_kvalitet"]


@pytest.mark.slow
def test_data_docs_are_built_locally(scratch: Project):
    first = datadocs.build(scratch)
    assert first.is_file() and first.is_relative_to(scratch.root / ".build")
    pages = list(first.parent.rglob("validations/**/*.html"))
    assert len(pages) == len(TABLES)


def test_units_without_answers_get_a_page_that_says_so_and_no_files(project: Project):
    with (project.clean / "resultat.csv").open(encoding="utf-8") as file:
        answering = {row["enhet_id"] for row in csv.DictReader(file)}
    with (project.clean / "enheter.csv").open(encoding="utf-8") as file:
        others = {row["enhet_id"] for row in csv.DictReader(file)} - answering
    profiles = {
        path.parent.name
        for path in (project.site / "kommuner").glob("*/index.html")
        if 'id="alla-svar"' in path.read_text(encoding="utf-8")
    }
    assert others and profiles == answering
    assert {path.parent.name for path in (project.site / "kommuner").glob("*/*.csv")} == answering
    for unit in others:
        page = (project.site / "kommuner" / unit / "index.html").read_text(encoding="utf-8")
        assert "svar finns inte i underlaget" in page, unit
