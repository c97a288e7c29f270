"""The data contract: headers, formats, keys and types that readers rely on."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojbrottsoffer.checks.expectations import suites
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import parse_rows, to_csv_bytes, typed
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.model import Column
from ojbrottsoffer.schema.tables import TABLES, group_of
from ojbrottsoffer.sources import computed

CONTRACT = {
    "enheter": "enhet_id,enhet,typ,kommunkod,kommun,lanskod,lan,kalla_id",
    "enheter_ar": "ar,enhet_id,med_i_underlaget,landsdel,befolkningsgrupp,kalla_id",
    "indikatorer": "indikator_id,kortnamn,malgrupp,typ,indikator_en,kalla_id",
    "indikatorer_ar": "ar,indikator_id,nr,indikator,kvalitetsomrade_id,indikatoromrade_id,kalla_id",
    "omraden": "omrade_id,niva,omrade,overordnat_id,ordning,omrade_en,kalla_id",
    "definitioner": "indikator_id,definition_id,omfattning,kand_fran,kand_till,ar_ungefar,kort,ja,delvis,raknas_inte,"
    "galler_2015,varfor_2015,kalla_id,plats,kort_en",
    "definitioner_begrepp": "indikator_id,definition_id,begrepp_id",
    "faktorer": "faktor_id,faktor,faktor_en,innebord,kalla_id,plats",
    "begrepp": "begrepp_id,begrepp,forklaring,kalla_id,plats",
    "indikatorer_kolada": "kolada_id,indikator_id,titel,kodning,sedd_forst,sedd_sist,serien_slutar,relation,skal,"
    "kalla_id,delmangd",
    "resultat": "ar,enhet_id,indikator_id,svar_kod,svar,saknas_orsak,kalla_id,plats",
    "riket": "ar,indikator_id,delmangd,andel_ja_procent,harledd,jamforbar,anmarkning,kalla_id,plats,"
    "foredragen,antal_svarande",
    "antal_ja": "ar,enhet_id,antal_ja_publicerat,antal_ja_beraknat,differens,kalla_id,plats",
    "rankning": "undersokning,ar,enhet_id,placering,antal_rankade,delad,saknas_orsak,kalla_id,plats",
    "nyckeltal": "nyckeltal_id,nyckeltal,kolada_id,titel,roll,mattenhet,decimaler,vardekodning,hogt_varde,forbehall,"
    "sedd_forst,sedd_sist,kalla_id,nyckeltal_en",
    "nyckeltal_varden": "nyckeltal_id,kommunkod,enhet_id,ar,kon,varde,saknas_orsak,kalla_id,plats",
    "kommungrupper_kolada": "kommungrupp_id,kommungrupp,ar,enhet_id,liknande_id,kalla_id,plats",
    "avvikelser": "avvikelse_id,avvikelsetyp,ar,enhet_id,indikator_id,varde_a,varde_a_text,kalla_id_a,plats_a,"
    "varde_b,varde_b_text,kalla_id_b,plats_b,"
    "beskrivning,slag,status,beslut",
    "kallor": "kalla_id,titel,utgivare,publicerad,url,hamtad,licens_anmarkning",
}
"""Written from the contract by hand, so that a changed declaration is noticed."""
FETCHED = ("nyckeltal_varden", "kommungrupper_kolada")
"""Empty until somebody has fetched values."""
INDICATORS = 60


@pytest.mark.parametrize("name", CONTRACT)
def test_csv_follows_the_contract(project: Project, name: str):
    data = (project.clean / f"{name}.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data and data.endswith(b"\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    assert ",".join(rows[0]) == CONTRACT[name]
    assert all(len(row) == len(rows[0]) for row in rows)
    table = TABLES[name]
    keys = [tuple(row[rows[0].index(column)] for column in table.key) for row in rows[1:]]
    assert (keys or name in FETCHED) and len(set(keys)) == len(keys)


def test_ids_never_change(project: Project):
    with (project.clean / "indikatorer.csv").open(encoding="utf-8") as file:
        ids = [row["indikator_id"] for row in csv.DictReader(file)]
    assert len(ids) == INDICATORS
    assert ids[0] == "bedomning-standardiserad" and ids[-1] == "social-jour"
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


def test_an_area_is_called_like_no_indicator(project: Project):
    tables = {
        name: pd.read_csv(project.clean / f"{name}.csv", dtype="str") for name in ("omraden", "indikatorer")
    }
    assert not set(tables["omraden"]["omrade_id"]) & set(tables["indikatorer"]["indikator_id"])


CORE = ("enheter", "indikatorer", "resultat", "riket", "rankning")


OF_EACH_TABLE = {
    "ar": "a year: of the survey, or the one that the row is about",
    "avvikelse_id": "a row of avvikelser",
    "enhet_id": "a row of enheter",
    "indikator_id": "a row of indikatorer",
    "kalla_id": "a row of kallor",
    "kommunkod": "the code that SCB gives the municipality",
    "fraga": "a question that a survey asks",
    "harledd": "whether a figure is counted from another",
    "jamforbar": "whether a figure can be compared with that of 2015",
    "nr": "number in an order",
    "plats": "where in the source the row stands",
    "publicerad": "when it was published",
    "sedd_forst": "the first snapshot of Kolada that has it",
    "skal": "why the row says what it says",
    "svar": "the answer in words",
    "titel": "the title of what the row is about",
    "uppgift": "what the source says",
    "varde": "a number that the source gives",
    "typ": "what sort of unit or indicator: the core tables keep their names",
}
"""Columns that each table describes in words of its own -> what they mean in all of them."""


def test_a_word_means_one_thing_in_every_table():
    """A column of the same name has the same type, the same codes and the same description, or one of those
    whose common meaning somebody has written down here: a new name with two descriptions stops until then.
    """
    seen: dict[str, dict[str, Column]] = {}
    for table in TABLES.values():
        for column in table.columns:
            seen.setdefault(column.name, {})[table.name] = column
    said: dict[str, set[str]] = {}
    for name, columns in seen.items():
        assert len({column.type for column in columns.values()}) == 1, name
        lists = {column.codes.name if column.codes else "" for column in columns.values()}
        assert len(lists) == 1 or name == "typ", (name, lists)
        said[name] = {column.description for column in columns.values()}
    assert {name for name, words in said.items() if len(words) > 1} == set(OF_EACH_TABLE)
    other = {name: set(columns) for name, columns in seen.items() if name in TABLES and name not in columns}
    assert not other, "en kolumn som heter som en tabell den inte hör till"
    for word, tables in (
        ("enhet", {"enheter"}),
        ("omrade", {"omraden"}),
        ("sida", set()),
        ("typ", {"enheter", "indikatorer"}),
    ):
        assert set(seen.get(word, {})) == tables


def test_every_id_leads_somewhere():
    """A column that holds an id is the key of its table, points at one, or is known outside."""
    own = {
        "samband_id",
        "definition_id",
        "kommungrupp_id",
        "kolada_id",
        "uppgift_id",
        "metodtal_id",
        "fraga_id",
    }
    for table in TABLES.values():
        keyed = {name for key in table.foreign_keys for name in key.columns}
        for column in table.columns:
            if "_id" in column.name and column.name not in own and table.key != (column.name,):
                assert column.name in keyed, (table.name, column.name)
            if column.pattern:
                assert " " not in column.pattern, f"{table.name}.{column.name}: en lista i en cell"


def test_tables_join(project: Project):
    """What one could not join before: parts of questions, contradictions, answers from Jönköping county."""
    tables = {path.stem: pd.read_csv(path, dtype="str") for path in project.clean.glob("*.csv")}
    links, shares = tables["indikatorer_mellan_ar"], tables["riket"]
    assert links["till_id"].isin(tables["indikatorer"]["indikator_id"]).all()
    known = set(zip(shares["indikator_id"], shares["delmangd"], strict=True))
    parts = links[links["till_delmangd"] != "alla"]
    assert len(parts) and set(zip(parts["till_id"], parts["till_delmangd"], strict=True)) <= known
    assert tables["valdsutovare_jonkoping"]["enhet_id"].isin(tables["enheter"]["enhet_id"]).all()
    for side in "ab":
        assert tables["avvikelser"][f"kalla_id_{side}"].isin(tables["kallor"]["kalla_id"]).all()
        said, number = (tables["avvikelser"][name] for name in (f"varde_{side}_text", f"varde_{side}"))
        is_one = said.str.fullmatch(r"[0-9]+([.,][0-9]+)?")
        assert number.notna().equals(is_one) and 0 < is_one.sum() < len(said)
        assert (pd.to_numeric(said[is_one].str.replace(",", ".")) == pd.to_numeric(number[is_one])).all()
    of = shares.groupby(["ar", "indikator_id", "delmangd"])["foredragen"]
    assert of.agg(lambda rows: list(rows).count("TRUE")).eq(1).all() and of.size().max() > 1
    rounds = tables["undersokningar"]
    assert len(tables["omgangar"]) > len(rounds)
    last = rounds.query("undersokning == 'unizon' and ar == '2023'").iloc[0]
    assert tuple(last[["publicerad", "svarande", "utskickade", "svarsfrekvens_procent", "placeringar"]]) == (
        *("2024-02-07", "168", "290", "58", "165"),
    )
    told = tables["omgangar"].set_index(["undersokning", "ar", "kalla_id"])
    for name in (
        "publicerad",
        "antal_indikatorer",
        "svarsfrekvens_procent",
        "svarande",
        "utskickade",
        "placeringar",
    ):
        for row in rounds.dropna(subset=[name]).to_dict("records"):
            assert told.at[(row["undersokning"], row["ar"], row[f"{name}_kalla_id"]), name] == row[name]
        known = tables["omgangar"].dropna(subset=[name]).groupby(["undersokning", "ar"]).ngroups
        assert rounds[name].notna().sum() == rounds[f"{name}_kalla_id"].notna().sum() == known
    for figures in (tables["rankning"], shares.assign(undersokning="oj")):
        met = figures.merge(rounds, on=["undersokning", "ar"], how="left", indicator="met")
        assert len(met) == len(figures) and met["met"].eq("both").all()
    assert shares["antal_svarande"].isna().all(), (
        "en källa säger antalet: beskrivningen av kolumnen gäller inte längre"
    )


def test_short_names_fit_in_charts(project: Project):
    with (project.clean / "indikatorer.csv").open(encoding="utf-8") as file:
        names = [row["kortnamn"] for row in csv.DictReader(file)]
    assert len(set(names)) == INDICATORS and max(map(len, names)) <= 40


def test_clean_is_rebuilt_byte_for_byte(project: Project):
    committed = {p.name: p.read_bytes() for p in project.clean.iterdir()}
    assert ingest_and_check(project).files() == committed


def test_datapackage_describes_every_table(project: Project):
    package = json.loads((project.clean / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    for name, header in CONTRACT.items():
        assert described[name] == header.split(",")


def test_suites_are_in_step_with_the_declarations(project: Project):
    ids = set()
    for table in TABLES.values():
        path = suites.suite_path(project, table.name)
        assert path.read_text(encoding="utf-8") == suites.synced(project, table), (
            f"{table.name}: kör make suites"
        )
        for rule in suites.load_suite(project, table.name)["expectations"]:
            assert rule["id"] not in ids
            ids.add(rule["id"])
            assert all(rule["meta"][note] for note in ("vad", "varfor", "atgard", "slag"))


def test_the_coding_of_the_answers_is_a_rule_of_its_own(project: Project):
    """Whoever opens `expectations/` reads that Ja, Delvis and Nej are 2, 1 and 0."""
    (rule,) = [
        rule
        for rule in suites.load_suite(project, "resultat")["expectations"]
        if rule["kwargs"].get("column") == "svar_kod" and "value_set" in rule["kwargs"]
    ]
    assert rule["kwargs"]["value_set"] == [2, 1, 0]
    assert all(word in rule["meta"]["vad"] for word in ("2 (Ja)", "1 (Delvis)", "0 (Nej)"))


def test_a_changed_declaration_is_not_in_step_with_the_suite(project: Project):
    table = TABLES["riket"]
    columns = tuple(
        replace(column, maximum=99) if column.name == "andel_ja_procent" else column
        for column in table.columns
    )
    changed = suites.synced(project, replace(table, columns=columns))
    assert changed != suites.synced(project, table) and "från 0 till 99" in changed


CELL = {
    "string": st.none()
    | st.text(min_size=1, alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\r")),
    "integer": st.none() | st.integers(-(10**12), 10**12),
    "number": st.none() | st.integers(-(10**9), 10**9).map(lambda n: n / 100),
    "boolean": st.none() | st.booleans(),
}


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_what_is_written_is_read_back(data, name):
    table = TABLES[name]
    row = st.tuples(*(CELL[column.type] for column in table.columns))
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    frame = typed(pd.DataFrame(rows, columns=table.column_names, dtype=object), table)
    written = to_csv_bytes(frame, table)
    read = list(csv.reader(io.StringIO(written.decode("utf-8"), newline="")))
    pd.testing.assert_frame_equal(parse_rows(read[1:], table, "x.csv", 2), frame)


@pytest.mark.parametrize("text", ["2.0", "2 ", " 2", "02", "två", "Ja", "2,0", "+2", "\u0662"])
def test_only_a_plain_integer_is_an_integer(text):
    with pytest.raises(ValueError, match="0"):
        TABLES["resultat"].column("svar_kod").parse(text)


def test_a_table_with_an_undeclared_column_is_refused(project: Project):
    table = TABLES["kallor"]
    with pytest.raises(DataError, match="Kolumnerna stämmer inte"):
        from ojbrottsoffer.schema.csv_tables import read_csv

        read_csv(project.clean / "omraden.csv", table)


def test_the_source_that_counts_and_how_many_answered():
    """The year's own source, else who makes the survey, else the first by id; a number all sources agree on."""
    rows = pd.DataFrame(
        {
            "ar": [2030, 2030, 2031, 2031, 2032, 2032],
            "indikator_id": "social-jour",
            "delmangd": "alla",
            "kalla_id": ["a", "egen", "b", "myndighet", "d", "c"],
        }
    )
    said = computed.preferred(rows, {2030: "egen"}, {"myndighet": "Socialstyrelsen", "a": "Socialstyrelsen"})
    assert list(rows.loc[said, "kalla_id"]) == ["egen", "myndighet", "c"]
    rounds = pd.DataFrame(
        [("oj", 2030, 280), ("oj", 2030, 280), ("oj", 2031, 270), ("oj", 2031, 271), ("unizon", 2032, 160)],
        columns=["undersokning", "ar", "svarande"],
    )
    assert computed.respondents(rounds) == {2030: 280}


def test_a_table_without_a_group_is_named():
    assert all(group_of(name).id for name in TABLES)
    with pytest.raises(ValueError, match="tabellen ny står inte i någon grupp.*till exempel karna"):
        group_of("ny")
