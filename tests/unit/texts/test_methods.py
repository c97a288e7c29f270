"""The methods' data: read from the documents' tables, pointing only at what exists, and honest
about what could not be read. A slip is answered with the file and the entry or row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.checks.contradictions import of_averages
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated import methods
from ojbrottsoffer.sources.curated.factors import load_factors
from ojbrottsoffer.sources.origins import read_origins
from ojbrottsoffer.sources.reference.register import load_reference

REFERENCE = load_reference(Project(ROOT))
FACTORS = load_factors(Project(ROOT), REFERENCE)
ANSWERS = "raw/jonkoping-2023/svar.csv"
RATINGS = "raw/sou-2014-49/tabell-2.csv"
CERTAIN = {"namn_pa_raden", "namn_i_texten"}


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """The raw and reference files, to break."""
    for name in ("raw", "reference"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    return Project(tmp_path)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """What the methods' files say now, read from them and not from `data/clean/`."""
    return methods.read(Project(ROOT), REFERENCE, FACTORS, read_origins(Project(ROOT)))


def said(copy: Project, file: str, old: str, new: str) -> str:
    """What is said when a file has `new` instead of `old`."""
    path = copy.root / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        methods.read(copy, REFERENCE, FACTORS, read_origins(copy))
    return str(error.value)


LIST = "reference/metoder.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            LIST,
            "faktorer: [samverkan,",
            "faktorer: [samvrekan,",
            ("posten sodertalje-tio-steg", "faktorer", "”samvrekan”"),
        ),
        (
            LIST,
            "[systematisk-uppfoljning, verksamhetsstatistik,",
            "[systematisk-uppfoljning, statistik,",
            ("posten katrineholm-uppfoljning", "indikatoromraden", "”statistik”"),
        ),
        (
            LIST,
            "[stodsamtal-utovare,",
            "[stodsamtal-utövare,",
            ("posten jonkoping-valdsutovare", "indikatorer", "”stodsamtal-utövare”"),
        ),
        (
            LIST,
            "kalla_id: esv-2016",
            "kalla_id: esv-2061",
            ("posten operation-kvinnofrid", "kalla_id", "”esv-2061”"),
        ),
        (
            LIST,
            "sida: metoder/intervjuguide/",
            "sida: metoder/guiden/",
            ("posten intervjuguide", "metoder/intervjuguide/"),
        ),
        (
            LIST,
            "kort: Så börj",
            "kort: " + "Långt. " * 30 + "Så börj",
            ("posten katrineholm-uppfoljning", "högst 160 tecken"),
        ),
        (
            ANSWERS,
            "upptackt,Habo,",
            "upptackt,Testkommun 001,",
            (ANSWERS, "rad:        19", "”Testkommun 001”", "kommuner.csv"),
        ),
        (ANSWERS, "upptackt,Habo,", "upptakt,Habo,", (ANSWERS, "rad:        19", "”upptakt”")),
        (ANSWERS, "upptackt,Habo,", "upptackt,Gnosjö,", (ANSWERS, "”Gnosjö”", "en gång per fråga")),
        (RATINGS, ",45,4,", ",46,4,", (RATINGS, "rad:        5", "vikt_i_tabellen", "”46”", "4,5")),
        (RATINGS, '"4,9","3,9"', '4.9,"3,9"', (RATINGS, "rad:        2", "”4.9”", "decimalkomma")),
        (RATINGS, "Genomsnitt", "Medel", (RATINGS, "”Medel”", "ett heltal från 1 till 6")),
        (
            "raw/esv-2016/origin.yml",
            "key_figures_for: operation-kvinnofrid",
            "key_figures_for: operation-frid",
            ("esv-2016/origin.yml", "”operation-frid”", "metoder.yml"),
        ),
        (
            "reference/metoder/sjalvskattning.csv",
            "tema_nr,tema,nr",
            "tema_nr,tema,niva,nr",
            (
                "metoder/sjalvskattning.csv",
                "rad:        1",
                "Kolumnen är inte deklarerad",
                "kolumn:     niva",
            ),
        ),
        (
            "reference/metoder/sodertalje_steg.csv",
            "\n3,",
            "\ntre,",
            ("sodertalje_steg.csv", "rad:        4", "”tre”", "ett heltal från 1 till 10"),
        ),
    ],
)
def test_a_slip_is_named_with_its_place(copy: Project, file, old, new, expected):
    message = said(copy, file, old, new)
    for part in expected:
        assert part in message, message


def test_a_municipality_that_falls_out_of_a_question_is_missed(copy: Project):
    message = said(copy, ANSWERS, "grans-mot-atv,Aneby,", "grans-mot-atv,Habo,")
    assert "En kommun saknas på en fråga" in message and "”Aneby”" in message


def test_the_averages_are_computed_again(tables):
    means = tables["sodertalje_medelvarden"].set_index("betyg")
    # 4.9 + 4.8 + 4.6 + 4.5 + 5.0 + 4.7 = 28.5 and 3.9 + 4.2 + 3.5 + 4.0 + 3.3 + 4.2 = 23.1, by hand
    assert means["tryckt"].to_dict() == {"vikt": 4.7, "kvalitet": 3.9}
    assert means["beraknat"].to_dict() == {"vikt": 4.75, "kvalitet": 3.85}
    found = of_averages(tables["sodertalje_medelvarden"], 2014)
    assert found["avvikelse_id"].tolist() == ["medelvarde-2014-sou-2014-49-vikt"]
    assert (found["varde_a_text"][0], found["varde_b"][0]) == ("4,7", 4.75)


def test_an_average_is_a_contradiction_only_when_its_rounding_differs(tables):
    row = tables["sodertalje_medelvarden"].iloc[:1]
    assert of_averages(row.assign(tryckt=4.8), 2014).empty
    assert len(of_averages(row.assign(tryckt=4.9), 2014)) == 1


def test_answers_are_shown_only_where_the_text_ties_them_to_the_municipality(tables):
    frame = tables["valdsutovare_jonkoping"]
    assert frame["kommunkod"].nunique() == 13 and len(frame) == 13 * frame["fraga_id"].nunique()
    assert set(frame["ar"]) == {2023} and frame["saknas_orsak"].isna().equals(frame["svarstext"].notna())
    shown = frame["saknas_orsak"].ne("inte_avlast").fillna(True)
    assert shown.equals(frame["sakerhet_i_avlasningen"].isin(CERTAIN))
    # Table 11 has names for four; three more are named in the running text. The rest have lost theirs.
    offered = frame.query("fraga_id == 'insatser'").set_index("kommun")
    assert set(offered.index[offered["saknas_orsak"].ne("inte_avlast").fillna(True)]) == {
        "Aneby",
        "Eksjö",
        "Gislaved",
        "Gnosjö",
        "Jönköping",
        "Nässjö",
        "Tranås",
    }
    assert set(
        offered.loc[offered["saknas_orsak"].eq("inte_avlast").fillna(False), "sakerhet_i_avlasningen"]
    ) == {"etikett_lossnad"}
    # Table 9 has names on its last page only; the first three there would be a guess.
    told = frame.query("fraga_id == 'sekretess'").dropna(subset=["svarstext"])
    assert list(told["kommun"]) == ["Vaggeryd", "Vetlanda", "Värnamo"]
    missing = frame.query("saknas_orsak == 'uppgift_saknas'")
    assert set(missing.loc[missing["kommun"] == "Tranås", "fraga_id"]) == {
        "arenden",
        "insatser",
        "metoder",
        "grans-mot-atv",
    }
    assert set(missing.loc[missing["kommun"] != "Tranås", "fraga_id"]) == {"arenden"}
    assert set(missing["kommun"]) == {"Tranås", "Eksjö", "Jönköping"}


def test_nothing_in_the_answers_can_point_to_one_employee(tables):
    answers = " ".join(tables["valdsutovare_jonkoping"]["svarstext"].dropna()).lower()
    for word in (
        "en person",
        "en socialsekreterare",
        "tjänst ",
        "tjänster",
        "heltid",
        "halvtid",
        "anställd",
        "utbildning",
        "socionom",
        "psykolog ",
        "kvinna",
        "procent",
    ):
        assert word not in answers
    places = set(tables["valdsutovare_jonkoping"]["plats"])
    assert not any(f"tabell {n}" in place.split(", ") for n in (1, 2, 7, 13) for place in places)


def test_the_ladder_takes_no_side_where_the_source_contradicts_itself(tables):
    steps = tables["insatstrappa"].set_index("trappsteg")
    assert steps.loc[5, ["socialtjansten", "atv"]].tolist() == ["gar_isar", "inte_namnt"]
    assert steps.loc[6, "socialtjansten"] == "delvis"
    # ATV does not see it as its task to make anyone come, and motivates those who have (5.2.1, question 13).
    assert steps.loc[2, "atv"] == "delvis" and "bedömningsfasen" in steps.loc[2, "om_ansvaret"]
    told = tables["valdsutovare_jonkoping"].query("fraga_id == 'trappsteg'").dropna(subset=["svarstext"])
    assert list(told["kommun"]) == ["Gislaved", "Jönköping"]


def test_links_cover_the_areas_they_name(tables):
    links = tables["metoder_kopplingar"]
    assert set(links["metod_id"]) == set(tables["metoder"]["metod_id"])
    assert links["mal"].notna().all()
    own = links.query("metod_id == 'jonkoping-valdsutovare' and malslag == 'indikator'")
    assert set(own["indikator_id"]) == {"stodsamtal-utovare", "info-utovare", "statistik-utovare"}


@pytest.fixture(scope="module")
def published() -> dict[str, pd.DataFrame]:
    return read_tables(Project(ROOT).clean)


def changed(table: str, row: int, column: str, value: object):
    def damage(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.copy()
        frame.loc[row, column] = value
        return frame

    return table, damage


def without(table: str, rows: slice):
    return table, lambda frame: frame.drop(frame.index[rows]).reset_index(drop=True)


UNREAD = 12 * 13 + 4
"""The row of Habo on `insatser`, whose name has come loose."""


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (
            changed("valdsutovare_jonkoping", UNREAD, "svarstext", "samtalsstöd"),
            "Bara svar som säkert hör till kommunen återges",
        ),
        (changed("valdsutovare_jonkoping", 13, "svarstext", None), "Ett svar som saknas har en orsak"),
        (
            changed("valdsutovare_jonkoping", 13, "saknas_orsak", "inte_avlast"),
            "Ett svar som inte är avläst säger varför",
        ),
        (
            changed("valdsutovare_jonkoping", 0, "kommunkod", "0180"),
            "Kommunerna är exakt de tretton i Jönköpings län",
        ),
        (changed("insatstrappa", 0, "atv", "kanske"), "atv är ansvarar, delvis"),
        (
            changed("sodertalje_bedomning", 0, "varde", 49.0),
            "varde är ett tal med decimalpunkt från 1 till 5",
        ),
        (without("sodertalje_bedomning", slice(0, 1)), "Varje princip har två betyg"),
        (without("sodertalje_plan", slice(3, 4)), "Planen har sina 28 åtgärder"),
        (without("sodertalje_checklista", slice(0, 5)), "Varje steg har något att bocka av"),
        (
            changed("uppfoljning_variabler", 2, "variabel", "personnummer"),
            "Ingen variabel pekar ut en person",
        ),
        (changed("uppfoljning_variabler", 1, "varden", None), "En lista har sina värden"),
        (without("metoder", slice(4, 5)), "Metoderna är exakt de åtta som har en sida"),
        (without("sjalvskattning", slice(0, 3)), "Guidens teman finns, utom den praktiska punkten 9"),
        (changed("metod_nyckeltal", 0, "metod_id", "sodertalje"), "metod_id finns i metoder.csv"),
    ],
)
def test_the_suites_stop_what_the_reader_would_be_misled_by(project, published, damage, rule):
    from ojbrottsoffer.checks.expectations.parameters import parameters
    from ojbrottsoffer.checks.expectations.validate import frame_receiver, validate_table

    name, change = damage
    _, findings = validate_table(
        project, name, change(published[name]), parameters(published), frame_receiver()
    )
    broken = [finding for finding in findings if finding.expected.startswith(rule)]
    assert broken, rule
    # and the file to open is named, not its folder
    assert all((project.root / finding.file).is_file() for finding in broken if name != "metod_nyckeltal")


@pytest.mark.parametrize("text", ["4,9", "4.", ".9", "04.9", "1e1", "fyra", "4.9 "])
def test_only_a_plain_number_is_a_number(text):
    with pytest.raises(ValueError, match="decimalpunkt"):
        TABLES["metod_nyckeltal"].column("varde").parse(text)


def test_a_number_may_be_whole():
    column = TABLES["metod_nyckeltal"].column("varde")
    assert (column.parse("4.9"), column.parse("100"), column.parse("")) == (4.9, 100.0, None)
