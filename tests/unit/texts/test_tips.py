"""The tips as data: every listed piece of advice carried, nothing pointing nowhere."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import ROOT

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.curated.factors import load_factors
from ojbrottsoffer.sources.curated.tips import FILE, load_tips
from ojbrottsoffer.sources.reference.register import load_reference

FACTORS = load_factors(Project(ROOT), load_reference(Project(ROOT)))
TIPS = load_tips(Project(ROOT), FACTORS)
TEXT = (Project(ROOT).reference / FILE).read_text(encoding="utf-8")

LISTS = {
    "fortroendevald": [
        "mål, pengar|budget, strategi, handlingsplan",
        "följas upp, mål, budget, strategi, handlingsplan",
        "resultat, begär",
        "styrdokument, mål",
        "perspektiv, hela kommunen",
    ],
    "kommunovergripande-strateg": [
        "strategi, handlingsplan, vägledningar, mallar",
        "mål, mått, styrdokument",
        "strategin, mål, mått, aktiviteter, förvaltningscheferna",
        "arbetsgrupp, förvaltningar",
        "resultat, förvaltningarnas",
        "utbildning, förtroendevalda, chefer, personal",
        "handläggarna, särskild kunskap",
        "sakkunniga, myndigheter, ideella",
    ],
    "forvaltningschef": [
        "möter, vuxna, barn, våldsutövare, upptäcker, tidigt, stöd",
        "utveckling, kunskap, resurser",
        "mål, strategi, plan, aktiviteter, strategen",
    ],
    "forvaltningschef-socialtjansten": [
        "mål, strategi, plan, aktiviteter, strategen",
        "organisation, över tid, strategen",
        "budget, mål, indikatorer, aktiviteter, problem",
        "mandat, arbetsbeskrivning",
        "förvaltningscheferna, går före, samordnar",
    ],
    "samordnare-socialforvaltningen": [
        "handlingsplan",
        "vägledningar, mallar, metoder",
        "förvaltningschefen, ordnas, håller",
        "mål, mått, aktiviteter",
        "metoderna, vägledande dokument",
        "styrgruppen, arbetsgruppen, samordningsgruppen",
        "myndigheter, ideella, enskilda ärenden",
        "sammanställ, resultaten, nämnd, förvaltning",
        "rutiner, metoder, intern samordning, kartläggningar, fått hjälp",
        "rutiner, enheterna",
        "material, nyanställd",
        "enhetschefer, teamledare, råds",
    ],
}
"""What each row of the five lists in the report's chapter 3 asks for, read row by row: words that
the tips of the row must have between them, `|` between words of the same meaning."""


def test_every_list_of_the_report_is_carried_row_by_row():
    assert list(TIPS.roles) == list(LISTS)
    assert sum(map(len, LISTS.values())) == len(TIPS.coverage) == 33
    for item in TIPS.coverage:
        said = " ".join(TIPS.tips[name].tips for name in item.tips).lower()
        assert all(TIPS.tips[name].roll == item.roll for name in item.tips), item
        for word in LISTS[item.roll][item.nr - 1].split(", "):
            assert any(form in said for form in word.split("|")), (item.roll, item.nr, word)


def test_a_tip_is_not_made_to_carry_two_pieces_of_advice():
    carried = Counter(name for item in TIPS.coverage for name in item.tips)
    assert max(carried.values()) == 1


def test_several_roles_can_move_every_indicator_and_every_factor_has_tips():
    for indicator, area in FACTORS.area_of.items():
        roles = {tip.roll for tip in TIPS.tips.values() if tip.moves(indicator, area)}
        assert len(roles) >= 2, indicator
    assert {name for tip in TIPS.tips.values() for name in tip.faktorer} == set(FACTORS.factors)


def test_tips_begin_with_a_verb_and_are_said_once():
    texts = [tip.tips for tip in TIPS.tips.values()]
    assert len(texts) == len(set(texts))
    for text in texts:
        assert text[0].isupper() and text[-1] in ".?" and len(text) <= 100, text


def test_no_interviewed_municipality_is_named_but_the_published_example():
    for name in ("Lund", "Ronneby", "Höganäs", "Göteborg", "Nykvarn", "Tyresö", "Skellefteå"):
        assert name not in TEXT
    assert [tip.id for tip in TIPS.tips.values() if "Trollhättan" in tip.tips] == ["sa-skolgang"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("    roll: forvaltningschef\n", "    roll: chef\n", ["posten fc-moten-med-utsatta", "”chef”"]),
        (
            "    faktorer: [samverkan]",
            "    faktorer: [samvärkan]",
            ["posten fv-skriftliga-avtal", "faktorer", "”samvärkan”"],
        ),
        (
            "    omraden: [kartlaggning]\n",
            "    omraden: [kartlagning]\n",
            ["posten st-strategi-plan", "omraden", "”kartlagning”"],
        ),
        (
            "    indikatorer: [arendehandledning]",
            "    indikatorer: [social-jour]",
            ["posten sa-radgivare", "indikatorer", "”social-jour”"],
        ),
        ("    metod: intervjuguide", "    metod: intervju", ["posten st-intervjua", "”intervju”"]),
        ("  - id: sa-grupper\n", "  - id: sa-radgivare\n", ["sa-radgivare", "två gånger"]),
        (
            "  - rad: forvaltningschef 2\n",
            "  - rad: forvaltningschef 7\n",
            ["posten forvaltningschef", "1, 7, 3"],
        ),
        (
            "    rader: 12\n",
            "    rader: 13\n",
            ["posten samordnare-socialforvaltningen", "inte täckt", "”12”", "13 rader"],
        ),
        ("    rader: 12\n", "", ["posten samordnare-socialforvaltningen", "rader"]),
        (
            "    tips: [sc-mandat]",
            "    tips: [sa-grupper]",
            ["posten forvaltningschef-socialtjansten 4", "”sa-grupper”"],
        ),
        ("    sida: 34–35\n", "    sida: femtio\n", ["posten sa-skolgang", "”femtio”"]),
        ("    sida: 34–35\n", "    sida: 340\n", ["posten sa-skolgang", "”340”", "från 1 till 70"]),
        ("    sida: 34–35\n", "    sida: 35–34\n", ["posten sa-skolgang", "”35–34”"]),
        (
            "    tips: Handled kollegor",
            "    tips: Handledning av kollegor",
            ["posten sa-handledning", "inte med ett verb", "”Handledning”"],
        ),
        ("    fragor:\n", "    frogor:\n", ["posten fortroendevald", "frogor"]),
    ],
)
def test_a_slip_is_named_with_file_and_entry(tmp_path, before, after, told):
    assert before in TEXT
    project = Project(tmp_path)
    project.reference.mkdir(parents=True)
    (project.reference / FILE).write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_tips(project, FACTORS)
    for text in ["data/reference/tips.yml", *told]:
        assert text in str(error.value)


def test_a_slip_stops_the_build_before_anything_is_written(scratch, capsys):
    from conftest import contents

    from ojbrottsoffer.cli.commands import main

    before = contents(scratch.clean)
    path = scratch.reference / FILE
    path.write_text(TEXT.replace("roll: fortroendevald", "roll: politiker", 1), encoding="utf-8")
    assert main(["--rot", str(scratch.root), "data"]) != 0
    said = capsys.readouterr()
    assert "fv-mal-budget-plan" in said.out + said.err
    assert contents(scratch.clean) == before
