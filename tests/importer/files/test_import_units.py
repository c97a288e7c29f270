"""The municipality matcher: tolerant of form, silent about nothing. Names only, no answers."""

from __future__ import annotations

import pytest
from conftest import ROOT

from ojbrottsoffer.importer.meaning.units import UnitMatcher, folded, region_code
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.reference.register import load_reference

REFERENCE = load_reference(Project(ROOT))
MATCHER = UnitMatcher(REFERENCE)
KOMMUNER = list(REFERENCE.kommuner[["kommunkod", "kommun"]].itertuples(index=False, name=None))
COLLIDING = {"Habo", "Håbo"}


def code_of(label: str, code: str | None = None) -> str | None:
    unit = MATCHER.match(label, code).unit
    return unit.kommunkod if unit else None


def spellings(name: str) -> list[str]:
    """Forms of one name that a file may have, all of them exact about å, ä and ö."""
    genitive = name if name[-1] in "sxz" else f"{name}s"
    return [
        name,
        name.upper(),
        name.lower(),
        f"  {name} ",
        f"{genitive} kommun",
        f"{name} kommun",
        f"{genitive} stad",
        f"{genitive.upper()} KOMMUN",
        f"{name}, kommun",
        name.replace("-", "\u2013"),
        name.replace(" ", "\u00a0"),
    ]


def test_every_spelling_of_every_municipality_means_that_municipality_and_no_other():
    tried = [(form, code) for code, name in KOMMUNER for form in spellings(name)]
    assert len(tried) >= 300 and len({form for form, _ in tried}) >= 300
    assert [(form, code, code_of(form)) for form, code in tried if code_of(form) != code] == []


def test_names_without_diacritics_and_hyphens_are_known_unless_they_could_be_two():
    for code, name in KOMMUNER:
        form = name.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")).replace("-", " ")
        found = MATCHER.match(form)
        if name == "Håbo":
            assert found.unit.enhet == "Habo"  # an exact name; the file as a whole decides
        else:
            assert found.unit.kommunkod == code, form


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Habo", "0643"),
        ("Håbo", "0305"),
        ("Habo kommun", "0643"),
        ("Håbo kommun", "0305"),
        ("Malå", "2418"),
        ("Malmö", "1280"),
        ("Malmö stad", "1280"),
        ("Nora", "1884"),
        ("Norberg", "1962"),
        ("Upplands-Bro", "0139"),
        ("Upplands Bro", "0139"),
        ("Upplands Väsby", "0114"),
        ("Upplands-Väsby kommun", "0114"),
        ("Lund", "1281"),
        ("Lunds kommun", "1281"),
        ("Göteborg", "1480"),
        ("Göteborgs stad", "1480"),
        ("Göteborgs Stad", "1480"),
        ("Falu kommun", "2080"),
        ("Region Gotland", "0980"),
        ("Högsby", "0821"),
        ("Borås stad", "1490"),
        ("Degerfors kommun", "1862"),
        ("Stockholms stad", "0180"),
        ("Kil", "1715"),
        ("Kiruna", "2584"),
        ("Ale", "1440"),
    ],
)
def test_confusable_names(label, expected):
    assert code_of(label) == expected


def test_the_ids_of_the_register_are_unique():
    ids = list(REFERENCE.municipalities["enhet_id"])
    assert len(ids) == len(set(ids)) == 290
    assert MATCHER.match("Håbo").unit.enhet_id != MATCHER.match("Habo").unit.enhet_id


@pytest.mark.parametrize(
    "label",
    [
        "Göteborg, Askim, Frölunda, Högsbo",
        "Göteborg, Askim-Frölunda-Högsbo",
        "Askim-Frölunda-Högsbo",
        "askim, frölunda, högsbo",
    ],
)
def test_the_known_district_is_never_its_city(label):
    assert MATCHER.match(label).unit.enhet_id == "goteborg-askim-frolunda-hogsbo"


@pytest.mark.parametrize(
    "label",
    [
        "Askim",
        "Frölunda",
        "Högsbo",
        "Lundby",
        "Malm",
        "Götborg",
        "Norrköpping",
        "Upplands",
        "Bro",
        "Väsby",
        "Östersunds lasarett",
        "Övriga",
        "Kommun",
        "stad",
        "1",
        "Ja",
        "",
        "-",
        "Göteborg Centrum",
        "Sodra",
        "Västra Götaland",
        "Halland",
    ],
)
def test_what_is_not_a_known_name_is_never_guessed(label):
    found = MATCHER.match(label)
    assert found.unit is None and found.problem


def test_near_names_are_suggested():
    assert "Göteborg" in [unit.enhet for unit in MATCHER.match("Götborg").suggestions]
    assert [u.enhet_id for u in MATCHER.match("Frölunda").suggestions] == ["goteborg-askim-frolunda-hogsbo"]


def test_the_code_decides_and_a_code_that_contradicts_the_name_is_a_question():
    assert code_of("Upplands Vasbyy", "0114") == "0114"
    assert code_of("", "1281") == "1281"
    wrong = MATCHER.match("Lund", "1280")
    assert wrong.unit is None and "Malmö" in wrong.problem
    assert MATCHER.match("Lund", "9999").unit is None
    district = MATCHER.match("Centrum", "1480")
    assert district.unit is None and "stadsdel" in district.problem


@pytest.mark.parametrize(
    ("text", "code"),
    [("114", "0114"), ("0114", "0114"), ("114.0", "0114"), ("1", "01"), ("00", "00"), ("x", None)],
)
def test_codes_get_their_leading_zero_back(text, code):
    assert region_code(text) == code


def test_a_file_that_lost_its_diacritics_makes_habo_a_question():
    assert MATCHER.doubtful_without_diacritics(["Habo", "Goteborg", "Lund"]) == {"Habo"}
    assert MATCHER.doubtful_without_diacritics(["Habo", "Göteborg", "Lund"]) == set()
    assert MATCHER.doubtful_without_diacritics(["Habo", "Lund"]) == set()
    assert folded("Håbo") == folded("Habo")


def test_counties_and_the_nation_are_not_municipalities():
    assert MATCHER.is_county("Skåne län") and MATCHER.is_county("Stockholms län")
    assert MATCHER.is_county("Uppsala", "03") and not MATCHER.is_county("Uppsala", "0380")
    assert not MATCHER.is_county("Uppsala")
    assert MATCHER.is_nation("RIKET") and MATCHER.is_nation("Hela landet")
    assert not MATCHER.is_nation("Rikets sal")
