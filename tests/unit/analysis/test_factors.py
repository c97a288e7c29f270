"""The success factors as data: whole, pointing only at what exists, and said so when not."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pandas as pd
import pytest
from conftest import ROOT

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.curated.factors import FILE, METHODS, load_factors
from ojbrottsoffer.sources.reference.register import load_reference

REFERENCE = load_reference(Project(ROOT))
TEXT = (Project(ROOT).reference / FILE).read_text(encoding="utf-8")


def loaded(tmp_path, text, reference=REFERENCE):
    project = Project(tmp_path)
    project.reference.mkdir(parents=True)
    (project.reference / FILE).write_text(text, encoding="utf-8")
    shutil.copy(Project(ROOT).reference / METHODS, project.reference)
    project.raw.symlink_to(Project(ROOT).raw)
    return load_factors(project, reference)


def test_factors_have_the_addresses_that_readers_rely_on():
    factors = load_factors(Project(ROOT), REFERENCE)
    assert list(factors.factors) == [
        "manga-vagar-in",
        "direkt-adekvat-stod",
        "ordinarie-strukturer",
        "samverkan",
        "nationellt-stod",
    ]


def test_every_indicator_and_area_has_one_factor():
    factors = load_factors(Project(ROOT), REFERENCE)
    assert set(factors.of_indicator) == set(REFERENCE.indikatorer["indikator_id"])
    assert len(factors.of_indicator) == 60 and len(factors.of_area) == 15
    assert all(link.own for link in factors.indicators.values())
    assert len(factors.developments) == 6
    assert all(theme.gjorde for factor in factors.factors.values() for theme in factor.delteman)
    assert all(item.lage and item.har and item.kraver for item in factors.developments.values())


def test_national_support_is_measured_by_nothing():
    factors = load_factors(Project(ROOT), REFERENCE)
    assert "nationellt-stod" not in factors.of_indicator.values()
    assert not any(theme.mats for theme in factors.factors["nationellt-stod"].delteman)
    for name, factor in factors.factors.items():
        has_indicators = name in factors.of_indicator.values()
        assert has_indicators == any(theme.mats for theme in factor.delteman), name


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("  social-jour:\n", "  socialjour:\n", ["socialjour", "social-jour"]),
        ("  social-jour:\n", "  info-man:\n", ["info-man", "två gånger"]),
        ("  kartlaggning:\n", "  kartlagning:\n", ["kartlagning", "kartlaggning"]),
        (
            "  info-man:\n    faktor: manga-vagar-in",
            "  info-man:\n    faktor: manga-vagar",
            ["posten info-man", "faktor", "”manga-vagar”"],
        ),
        ("    sida: 16–19\n", "    sida: s. 16\n", ["posten manga-vagar-in", "sida", "”s. 16”"]),
        ("        mats: true\n", "        mats: kanske\n", ["Sprid information", "mats", "”kanske”"]),
        (
            "      - stodsamtal-utovare\n",
            "      - stodsamtal\n",
            ["posten verksamheter-for-valdsutovare", "”stodsamtal”"],
        ),
        (
            "    metoder: [jonkoping-valdsutovare]",
            "    metoder: [jonkoping]",
            ["posten verksamheter-for-valdsutovare", "metoder", "”jonkoping”"],
        ),
        (
            '            sida: 21\n          - text: "Andra',
            '            sida: 211\n          - text: "Andra',
            ["Specialistverksamheter", "sida", "”211”"],
        ),
        (
            "        kalla: nck-examensmal",
            "        kalla: nck-examen",
            ["posten kunskap-i-grundutbildningar", "sedan", "”nck-examen”"],
        ),
        ("utgava: 2015", "utgava: 1815", ["utgava", "”1815”", "2015"]),
        ("    kort: Staten", "    kortt: Staten", ["posten nationellt-stod", "kortt"]),
    ],
)
def test_a_slip_is_named_with_file_and_entry(tmp_path, before, after, told):
    assert before in TEXT
    with pytest.raises(DataError) as error:
        loaded(tmp_path, TEXT.replace(before, after, 1))
    for text in ["data/reference/framgangsfaktorer.yml", *told]:
        assert text in str(error.value)


def test_an_indicator_of_a_later_edition_follows_its_area(tmp_path):
    later = {
        "ar": "2031",
        "nr": "1",
        "indikator_id": "testindikator",
        "indikator": "Testindikator",
        "indikatoromrade_id": "utanfor-kontorstid",
    }
    rows = pd.concat([REFERENCE.indikatorer_ar, pd.DataFrame([later])], ignore_index=True)
    factors = loaded(tmp_path, TEXT, replace(REFERENCE, indikatorer_ar=rows))
    link = factors.indicators["testindikator"]
    assert link.faktor == factors.of_area["utanfor-kontorstid"] and not link.own
