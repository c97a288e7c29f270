"""What a Ja requires: every question decided, nothing pointing nowhere, the right one for a year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from ojbrottsoffer.analysis.what_a_ja_requires import definition_for, definitions_of
from ojbrottsoffer.presentation.definition_words import required, years
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import plain
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.curated import definitions
from ojbrottsoffer.sources.origins import read_origins
from ojbrottsoffer.sources.reference.register import load_reference

YEARS = set(range(2012, 2025))
FILE = "reference/definitioner.yml"
PAIRS = "reference/indikatorer_kolada.csv"


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    for folder in ("data/raw/kolada-2024", "data/reference"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Project(tmp_path)


def read(project: Project) -> dict[str, pd.DataFrame]:
    return definitions.read(project, load_reference(project), read_origins(Project(ROOT)), YEARS)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return read(Project(ROOT))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            FILE,
            "fragor: [social-jour]",
            "fragor: [social-jour, socialjour]",
            ("posten social-jour", "fragor", "”socialjour”", "pekar på något som inte finns"),
        ),
        (
            FILE,
            "termer: [socialjour]",
            "termer: [jour]",
            ("posten social-jour", "termer", "”jour”", "pekar på något som inte finns"),
        ),
        (
            FILE,
            "kalla: socialstyrelsen-guide-2017",
            "kalla: socialstyrelsen-guide-2018",
            ("posten kompetensutveckling-2016", "kalla", "”socialstyrelsen-guide-2018”"),
        ),
        (
            FILE,
            "till: 2021",
            "till: 2031",
            ("posten rutin-intern-barn", "till", "”2031”", "gjordes inte", "2024"),
        ),
        (
            FILE,
            "    fran: 2020\n    till: 2021",
            "    fran: 2021\n    till: 2020",
            ("posten rutin-intern-barn-lss-odelad", "Åren står i fel ordning", "”2020”"),
        ),
        (
            FILE,
            "fragor: [info-sprak]",
            "fragor: [info-talat]",
            ("Posten för en fråga saknas", "info-sprak", "definitioner"),
        ),
        (FILE, "omfattning: ej_funnen", "omfattning: egen", ("posten statistik", "Posten är inte hel", "ja")),
        (FILE, "galler_2015: samma", "galler_2015: kanske", ("galler_2015", "”kanske”", "troligen")),
        (
            PAIRS,
            "U31466,social-jour,",
            "U31466,socialjour,",
            (PAIRS, "rad:        5", "indikator_id", "”socialjour”"),
        ),
        (
            PAIRS,
            "U31466,social-jour,",
            "U99999,social-jour,",
            (PAIRS, "rad:        5", "”U99999”", "katalog.csv"),
        ),
        (
            PAIRS,
            "social-jour,1/0,samma,",
            "social-jour,1/0,nästan,",
            (PAIRS, "relation", "”nästan”", "del_av"),
        ),
    ],
)
def test_a_slip_is_named_with_its_entry(copy: Project, file, old, new, expected):
    path = copy.root / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        read(copy)
    for part in (file, *expected):
        assert part in str(error.value), error.value


def test_every_question_is_decided_and_what_is_not_found_says_where_to_look(tables):
    table = tables["definitioner"]
    assert table["indikator_id"].nunique() == 60
    first = table.drop_duplicates("indikator_id")
    assert first["omfattning"].value_counts().to_dict() == {
        "familj": 37,
        "egen": 13,
        "liknande": 7,
        "ej_funnen": 3,
    }
    missing = table[table["ja"].isna()]
    assert set(missing["indikator_id"]) == {"statistik-vuxna", "statistik-barn", "statistik-utovare"}
    assert missing["kort"].eq("definitionen för 2015 är inte funnen").all()
    assert missing["plats"].str.contains("bilaga 3").all()


def test_a_question_that_was_later_divided_is_partly_that_of_2015(tables):
    pairs = tables["indikatorer_kolada"]
    divided = set(pairs.loc[pairs["relation"] == "del_av", "indikator_id"])
    assert {"intern-vuxna-lss", "rutin-indikation-lss", "info-barn", "info-talat", "kompetensplan"} <= divided
    table = tables["definitioner"]
    later = table[table["kand_fran"].isna() | (table["kand_fran"] > 2015)]
    assert set(later.loc[later["indikator_id"].isin(divided), "galler_2015"]) == {"delvis"}
    same = table.loc[table["indikator_id"].isin(["info-kvinnor", "intern-vuxna-aldreomsorg"]), "galler_2015"]
    assert set(same) == {"troligen"}
    assert "U37481" in " ".join(table.loc[table["indikator_id"] == "intern-vuxna-lss", "plats"])


def test_a_year_gets_its_own_definition_and_else_the_first(tables):
    found = definitions_of(tables["definitioner"], tables["definitioner_begrepp"])
    police = found["extern-vuxna-polis"]
    assert "12 månaderna" in definition_for(police, 2017).short
    assert "24 månaderna" in definition_for(police, 2024).short
    # 2015's own words are not known: the nearest that are, and the line says which years they hold for
    assert required(definition_for(police, 2015)).endswith("(enligt frågan omkring 2016–2023).")
    school = found["skolgang-skyddat-boende"]
    assert required(definition_for(school, 2015)).endswith("(enligt frågan 2015).")
    assert years(definition_for(school, 2019)) == "omkring 2016–2023"
    assert required(definition_for(school, 2024)).startswith("Ett Ja kräver: troligen")
    follow_up = [definition_for(found["uppfoljning-systematisk-vuxna"], year).id for year in (2020, 2023)]
    assert follow_up == ["uppfoljning-systematisk-vuxna", "uppfoljning-isu"]
    assert definition_for(found["kartlaggning-vald-mot-vuxna"], 2012).holds == "nej"
    assert definition_for(found["social-jour"], 2020).source_id == "socialstyrelsen-2020-barn"
    assert definition_for(found["social-jour"], 2015).id == "social-jour"
    assert years(found["social-jour"][0]) == "senare år, till och med 2021"
    assert required(found["statistik-barn"][0]) == "Definitionen för 2015 är inte funnen."
    assert definition_for([], 2015) is None


def test_kolada_is_told_how_its_answers_are_coded_and_when_a_series_ends(tables):
    rows = tables["indikatorer_kolada"].set_index("kolada_id")
    assert rows.loc["U37518", "kodning"] == "2/1/0" and rows.loc["U37494", "kodning"] == "1/0"
    assert plain(rows["serien_slutar"])[list(rows.index).index("U37494")] == 2021
    assert rows.loc["U37475", "serien_slutar"] is pd.NA
    assert (
        rows.loc["U37475", "kalla_id"] == "kolada-2024"
        and rows.loc["U28490", "kalla_id"] == "kolada-2024-april"
    )
    # Their descriptions have changed places in Kolada; the titles are right.
    assert "barn" in rows.loc["U37494", "titel"] and "vuxna" in rows.loc["U37495", "titel"]
