"""The published tables against figures read independently from the report."""

from __future__ import annotations

import hashlib
from collections import Counter

import golden
import pytest

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.project import Project


@pytest.fixture(scope="module")
def tables(project: Project):
    return read_tables(project.clean)


def test_every_answer_is_the_printed_one(tables):
    order = tables["indikatorer_ar"].sort_values("nr")["indikator_id"]
    answers = (
        tables["resultat"]
        .query("ar == 2015")
        .pivot(index="indikator_id", columns="enhet_id", values="svar_kod")
        .loc[order]
    )
    assert set(answers.columns) == set(golden.PAGES)
    for unit, pages in golden.PAGES.items():
        assert "".join(str(code) for code in answers[unit]) == "".join(pages), unit


def test_every_national_share_is_the_printed_one(tables):
    order = tables["indikatorer_ar"].sort_values("nr")["indikator_id"]
    printed = tables["riket"].query("ar == 2015 and kalla_id == 'skl-2016'")
    shares = printed.set_index("indikator_id")["andel_ja_procent"]
    assert list(shares.loc[order]) == golden.SHARES


def test_background_is_the_printed_one(tables):
    of_year = tables["enheter_ar"].set_index("enhet_id")
    totals = tables["antal_ja"].set_index("enhet_id")["antal_ja_publicerat"]
    unizon = tables["rankning"].query("undersokning == 'unizon' and kalla_id == 'skl-2016'")
    ranks = unizon.set_index("enhet_id")
    for unit, (group, area, total, rank) in golden.BACKGROUND.items():
        assert of_year.at[unit, "befolkningsgrupp"] == group
        assert of_year.at[unit, "landsdel"] == area
        assert totals[unit] == total
        if rank is None:
            assert ranks.at[unit, "saknas_orsak"] == "uppgift_saknas"
        else:
            assert ranks.at[unit, "placering"] == rank
        assert ranks.at[unit, "antal_rankade"] == 200


def test_counts_of_the_edition(tables):
    assert len(tables["resultat"]) == 480
    assert len(tables["indikatorer"]) == 60
    levels = Counter(tables["omraden"]["niva"])
    assert levels == {"kvalitetsomrade": 4, "indikatoromrade": 15}
    assert Counter(tables["indikatorer_ar"]["kvalitetsomrade_id"]) == golden.AREA_SIZES


def test_tyreso_is_counted_but_not_corrected(tables):
    row = tables["antal_ja"].set_index("enhet_id").loc["tyreso"]
    assert (row["antal_ja_publicerat"], row["antal_ja_beraknat"], row["differens"]) == (49, 48, 1)
    others = tables["antal_ja"].query("enhet_id != 'tyreso'")
    assert (others["differens"] == 0).all()
    assert "antal-ja-2015-tyreso" in set(tables["avvikelser"]["avvikelse_id"])


def test_rank_is_competition_ranking_on_counted_ja(tables):
    rank = tables["rankning"].query("undersokning == 'oj' and ar == 2015").set_index("enhet_id")
    assert rank["placering"].to_dict() == {
        "goteborg-askim-frolunda-hogsbo": 1,
        "trollhattan": 1,
        "tyreso": 3,
        "lund": 4,
        "skelleftea": 4,
        "nykvarn": 6,
        "hoganas": 7,
        "ronneby": 8,
    }
    assert set(rank.index[rank["delad"]]) == {
        "goteborg-askim-frolunda-hogsbo",
        "trollhattan",
        "lund",
        "skelleftea",
    }


def test_places_lead_to_the_printed_cell(tables):
    places = tables["resultat"].set_index(["enhet_id", "indikator_id"])["plats"]
    for key, place in golden.PLACES.items():
        assert places[key] == place
    assert tables["resultat"]["plats"].is_unique
    assert tables["riket"]["plats"].notna().all()


def test_raw_files_are_as_they_were_published(project: Project):
    listed = {}
    for line in (project.raw / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        listed[name] = digest
    present = {
        path.relative_to(project.raw).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in project.raw.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert present == listed


def test_raw_keeps_every_printed_spelling(project: Project):
    text = "\n".join(path.read_text(encoding="utf-8") for path in (project.raw / "skl-2016").glob("*.csv"))
    for spelling in (
        "utövade",
        "utövad våld",
        "LSSverksamheten",
        "vuxen-psykiatri",
        "akut-mottagningen",
        "kvinnojour,",
        "Mellersta/ Västra",
        "saknas",
        "<i>ÖJ Brottsoffer 2015</i>",
    ):
        assert spelling in text, spelling
