"""What is told in words or of single municipalities: carried with its source, shown, never counted."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.checks.contradictions import of_rounds
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources import single_figures, told_figures
from ojbrottsoffer.sources.origins import read_origins
from ojbrottsoffer.sources.reference.register import load_reference

REFERENCE = load_reference(Project(ROOT))
ANSWERS = "kalmar-vald/kommunsvar.csv"
SHARES = "socialstyrelsen-2012/ovriga_andelar.csv"


def test_an_answer_keeps_what_its_question_was_called_when_a_later_edition_calls_it_otherwise():
    project = Project(ROOT)
    origins, asked = read_origins(project), REFERENCE.indikatorer_ar
    later = asked.assign(ar=asked["ar"].astype(int) + 2, indikator="En annan lydelse")
    both = replace(REFERENCE, indikatorer_ar=pd.concat([asked.astype({"ar": int}), later]))
    before, now = (told_figures.read(project, reference, origins) for reference in (REFERENCE, both))
    pd.testing.assert_frame_equal(now["kommunsvar"], before["kommunsvar"])


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            ANSWERS,
            "2018,Kalmar,",
            "2018,Testkommun 001,",
            ("rad:        2", "”Testkommun 001”", "kommuner.csv"),
        ),
        (
            ANSWERS,
            ",skolgang-skyddat-boende,",
            ",skolgang,",
            ("rad:        3", "”skolgang”", "indikatorer.csv"),
        ),
        (ANSWERS, ",säker,", ",helt säker,", ("sakerhet", "”helt säker”", "ganska säker")),
        (SHARES, ",nej,nej,", ",kanske,nej,", ("harledd", "”kanske”", "ja eller nej")),
        (SHARES, "\n2012,", "\ntolv,", ("rad:        2", "ar", "”tolv”", "ett heltal")),
    ],
)
def test_a_slip_is_named_with_its_cell(tmp_path: Path, file, old, new, expected):
    folder = file.split("/")[0]
    shutil.copytree(ROOT / "data" / "raw" / folder, tmp_path / "data" / "raw" / folder)
    copy = Project(tmp_path)
    path = copy.raw / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        told_figures.read(copy, REFERENCE, read_origins(copy))
    for part in (file, *expected):
        assert part in str(error.value), error.value


def test_what_a_municipality_tells_is_no_edition(project: Project):
    tables = read_tables(project.clean)
    told = tables["kommunsvar"]
    assert len(told) == 31 and set(told["enhet_id"]) == {"kalmar"}
    assert "kalmar" not in set(tables["resultat"]["enhet_id"])
    assert "kalmar" not in set(tables["enheter_ar"]["enhet_id"])
    assert set(tables["resultat"]["ar"]) == {2015}
    # A routine that exists but is not up to date is neither a yes nor a no that we could say.
    unclear = told[told["svar"].isna()]
    assert list(unclear["svar_som_tryckt"]) == ["finns, men inte uppdaterad"]


def test_kalmars_page_shows_it_for_what_it_is(project: Project):
    page = (project.site / "kommuner" / "kalmar" / "index.html").read_text(encoding="utf-8")
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "Vad kommunen själv har berättat" in words and "De är ingen utgåva" in words
    assert words.count("”saknar rutin”") == 2 and "går inte att säga" in words
    other = (project.site / "kommuner" / "gotland" / "index.html").read_text(encoding="utf-8")
    assert "egna-uppgifter" not in other


def test_words_stay_words(project: Project):
    shares = read_tables(project.clean)["andelar_i_ord"]
    told = set(zip(shares["ar"], shares["geografi"], shares["uppgift"], strict=True))
    assert {(2012, "riket", "nästan alla"), (2012, "Värmlands län", "knappt 15 procent")} <= told
    page = (project.site / "rankning" / "over-tid" / "index.html").read_text(encoding="utf-8")
    assert "nästan alla" in page and "Värmlands län" in page


def test_sources_that_disagree_on_a_round_are_a_contradiction():
    rounds = single_figures.read(Project(ROOT), REFERENCE).omgangar
    called = dict.fromkeys(rounds["kalla_id"], "en källa")
    found, compared = of_rounds(rounds, called)
    assert compared > 5
    assert list(found["avvikelse_id"]) == ["omgang-2023-unizon-placeringar-skurupsposten-unizon-2023-rapport"]
    same = rounds[rounds["ar"] != 2023]
    assert of_rounds(same, called)[0].empty
    changed = same.assign(svarande=same["svarande"].where(same["kalla_id"] != "lerum-2015", 203))
    assert "203 enligt" in "".join(of_rounds(changed, called)[0]["beskrivning"])


def test_unizons_own_number_of_places_counts(project: Project):
    placings = read_tables(project.clean)["rankning"].query("undersokning == 'unizon'")
    assert set(placings.loc[placings["ar"] == 2023, "antal_rankade"]) == {165}
    assert placings.query("ar == 2021 and enhet_id == 'lilla-edet'")["delad"].isna().all()
    assert pd.notna(placings.query("ar == 2023 and enhet_id == 'eskilstuna'")["delad"]).all()
